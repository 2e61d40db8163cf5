"""For teachers: links that bring the book's newest notebooks to a student's place on a JupyterHub.

    ```{hub-links} exercises/          the notebooks in this folder of the book
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
    """A list: title of each notebook of a folder, and its link without the hub's address."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        env = self.state.document.settings.env
        book, repository = Path(env.srcdir), Repository.configured()
        items = []
        for file in sorted((book / self.arguments[0]).glob("*.ipynb")):
            name = file.relative_to(book).as_posix()
            if name.removesuffix(".ipynb") not in env.found_docs:
                continue
            env.note_dependency(str(file))
            link = pull(repository, name)
            said = nodes.paragraph("", title(file))
            items.append(
                nodes.list_item("", said, nodes.literal_block(link, link, language="text"))
            )
        if not items:
            raise self.error(f"The book has no notebooks in {self.arguments[0]!r}.")
        return [nodes.bullet_list("", *items)]


def setup(app) -> None:
    app.add_directive("hub-links", HubLinks)
