"""For teachers: links that bring the book's newest notebooks to a student's place on a JupyterHub.

    ```{hub-links} exercises           the notebooks in this folder of the book
    The exercises
    ```

The repository comes from _config.yml; only the hub's own address is left to fill in.
"""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote, urlencode

from docutils import nodes
from docutils.parsers.rst import Directive

from .doors import Repository


def pull(repository: Repository, file: str = "") -> str:
    """What stands after a hub's address: nbgitpuller fetches the book and opens a file of it.

    https://nbgitpuller.readthedocs.io/en/latest/link.html
    """
    folder = repository.name.rpartition("/")[2]  # where git puts it: named like the repository
    asked = {
        "repo": repository.url,
        "branch": repository.branch,
        "urlpath": f"lab/tree/{folder}/{repository.book}/{file}".rstrip("/"),
    }
    return f"/hub/user-redirect/git-pull?{urlencode(asked, quote_via=quote, safe='')}"


def title(notebook: Path) -> str:
    """The heading of a notebook."""
    cell = json.loads(notebook.read_text(encoding="utf-8"))["cells"][0]
    return "".join(cell["source"]).splitlines()[0].lstrip("# ")


class HubLinks(Directive):
    """A fold with the title of each notebook of a folder, and its link without the hub's address."""

    required_arguments, has_content = 1, True

    def run(self) -> list[nodes.Node]:
        env = self.state.document.settings.env
        book, repository = Path(env.srcdir), Repository.configured()
        contents = (book.parent / "_toc.yml").read_text(encoding="utf-8")
        files = (book / self.arguments[0]).glob("*.ipynb")
        names = {
            f"file: {f.relative_to(book).as_posix().removesuffix('.ipynb')}\n": f for f in files
        }
        items = []
        for name in sorted(filter(contents.__contains__, names), key=contents.index):
            file = names[name]
            env.note_dependency(str(file))
            link = pull(repository, file.relative_to(book).as_posix())
            said = nodes.paragraph("", title(file))
            items.append(
                nodes.list_item("", said, nodes.literal_block(link, link, language="text"))
            )
        if not items:
            raise self.error(f"The book has no notebooks in {self.arguments[0]!r}.")
        head = f'<details class="hub"><summary>{" ".join(self.content)}</summary>'
        return [
            nodes.raw("", head, format="html"),
            nodes.bullet_list("", *items),
            nodes.raw("", "</details>", format="html"),
        ]


def setup(app) -> None:
    app.add_directive("hub-links", HubLinks)
