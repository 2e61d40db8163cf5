"""The doors of the book: where a page can be run, in a row of links under its title.

All of them follow from `repository` in _config.yml. A notebook opens itself; another page opens the
folder of the book.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import yaml

CONFIG = Path(__file__).parents[3] / "_config.yml"
EXPLAINED = "reference/doors"  # the page that tells what each door does
LITE = "lite"  # the folder of the site that holds JupyterLite
TAG = "remove-cell"  # the cell that installs the library is not on the site

INSTALL = """\
# Google Colab and JupyterLite start without this book's library:
# there, this installs it.
import importlib.util

if importlib.util.find_spec("nnbook_lib") is None:
    %pip install -q {library}"""


@dataclass(frozen=True)
class Repository:
    """Where the book's files can be fetched: `url` and `branch` of a GitHub repository, and the
    folder `book` of its text.
    """

    url: str
    branch: str
    book: str

    @classmethod
    def configured(cls, config: Path = CONFIG) -> Repository:
        """As _config.yml says."""
        said = yaml.safe_load(config.read_text(encoding="utf-8"))["repository"]
        return cls(said["url"].rstrip("/"), said["branch"], said["path_to_book"].strip("/"))

    @property
    def name(self) -> str:
        """owner/name"""
        return urlsplit(self.url).path.strip("/")

    @property
    def site(self) -> str:
        """Where its pages stand on the web."""
        owner, _, name = self.name.partition("/")
        return f"https://{owner.lower()}.github.io/{name}/"

    @property
    def library(self) -> str:
        """What pip installs the library from."""
        return f"git+{self.url}@{self.branch}"

    def binder(self, file: str = "") -> str:
        """JupyterLab on a server of mybinder.org, with a file of the book open."""
        place = quote(f"lab/tree/{self.book}/{file}".rstrip("/"), safe="")
        return f"https://mybinder.org/v2/gh/{self.name}/{quote(self.branch)}?urlpath={place}"

    def colab(self, file: str = "") -> str:
        """Google Colab with a notebook of the book, or with the list of them."""
        place = f"blob/{self.branch}/{self.book}/{quote(file)}" if file else ""
        return f"https://colab.research.google.com/github/{self.name}/{place}"


def install_cell(library: str) -> str:
    """The text of the cell that installs the library where it is missing."""
    return INSTALL.format(library=library)


def lite(file: str = "") -> str:
    """JupyterLite on this site, with a notebook open; the address is relative to the site's root."""
    return f"{LITE}/lab/index.html" + (f"?path={quote(file)}" if file else "")


def has_lite() -> bool:
    """Whether JupyterLite is installed here, to be put on the site."""
    return all(map(find_spec, ("jupyterlite_core", "jupyterlite_pyodide_kernel")))


def row(repository: Repository, file: str, up: str, page: str, what="this chapter") -> str:
    """The links under the title of a page. file: its notebook, or ""; up: from the page to the
    site's root, as in "../"; page: its name; what: what is run there.
    """
    links = [
        ("Binder", repository.binder(file), "A server with everything installed. 1 to 5 minutes."),
        ("Colab", repository.colab(file), "Needs a Google account. About a minute."),
    ]
    if has_lite():
        links.append(
            (
                "In your browser",
                up + lite(file),
                "JupyterLite, without a server. About a minute; about 30 MB the first time.",
            )
        )
    if file:
        links.append(("Download .ipynb", f"{up}_sources/{quote(file)}", "For your own Jupyter."))
    if page != EXPLAINED:
        links.append(("Which one?", f"{up}{EXPLAINED}.html", "What each of these does."))
    items = "".join(
        f'<li><a href="{escape(to)}" title="{says}"{_download(name)}>{name}</a></li>'
        for name, to, says in links
    )
    return f'<nav class="doors" aria-label="Run {what}"><p>Run {what}</p><ul>{items}</ul></nav>'


def _download(name: str) -> str:
    return " download" if name.startswith("Download") else ""


def add_row(app: Any, pagename: str, templatename: str, context: dict, doctree: Any) -> None:
    """Put the row under the title of a page that is a notebook, and of the one that explains it."""
    if doctree is None or "body" not in context:
        return
    options = app.config.html_theme_options
    repository = Repository(
        options["repository_url"].rstrip("/"), options["repository_branch"], options["path_to_docs"]
    )
    source = Path(app.env.doc2path(pagename))
    file = source.relative_to(app.srcdir).as_posix() if source.suffix == ".ipynb" else ""
    if not file and pagename != EXPLAINED:
        return
    what = "this chapter" if file and pagename != app.config.root_doc else "the book"
    html = row(repository, file, "../" * pagename.count("/"), pagename, what)
    context["body"] = context["body"].replace("</h1>", f"</h1>\n{html}", 1)
