"""The library's reference, made from its source files: for every public name its signature, its
docstring as it is written, and its code in a fold. And links to it from the text of the chapters.

    ```{library} layer losses           the entries of these modules, on this page
    ```{library} the rest               of all modules that no other page of the folder names
    ```{library-index} forward learning   all names, page by page, each with its first sentence

A name in code, such as `nn.Dense` or `diagnostics.gradient_norms`, becomes a link to its entry: in
the text once a section, in the code cells once a page.
"""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import Directive

from .describing import describe, paragraph, prose, section
from .links import link_code, link_names
from .names import PAGES, REST, catalog, entries, file_of, module_entry, modules, pages, path_of


class Library(Directive):
    """The entries of some modules."""

    required_arguments, final_argument_whitespace = 1, True

    def run(self) -> list[nodes.Node]:
        env = self.state.document.settings.env
        here = pages(Path(env.srcdir))
        names = self.arguments[0].split()
        if self.arguments[0] == REST:
            names = [m for m in modules() if here[m] == env.docname]
        found = []
        for name in names:
            if name not in modules():
                raise self.error(f"nnbook_lib has no module {name!r}.")
            env.note_dependency(str(file_of(name)))
            whole = module_entry(name)
            parts = [describe(entry) for entry in entries(name)]
            found.append(section(whole, *prose(whole.doc), *parts))
        return found


class LibraryIndex(Directive):
    """Every name with its first sentence, in the order of the pages that are named."""

    required_arguments, final_argument_whitespace = 1, True

    def run(self) -> list[nodes.Node]:
        env = self.state.document.settings.env
        where = pages(Path(env.srcdir))
        order = [f"{PAGES}/{name}" for name in self.arguments[0].split()]
        if missing := set(where.values()) ^ set(order):
            raise self.error(f"Every page of the reference, and no other: {sorted(missing)}.")
        found = []
        for page in order:
            text = Path(env.srcdir, page).with_suffix(".md").read_text("utf-8")
            head = re.search(r"^# (.+)$", text, re.M)[1]
            link = nodes.reference("", head, internal=True, refuri=f"{Path(page).name}.html")
            title = nodes.title("", "", link)
            ids = [nodes.make_id(head)]
            found.append(nodes.section("", title, ids=ids))
            for module in [m for m in where if where[m] == page and m in modules()]:
                env.note_dependency(str(file_of(module)))
                found[-1] += summary(module)
        return found


def summary(module: str) -> list[nodes.Node]:
    """A module's names, each with its first sentence."""
    named = list(entries(module))
    items = [paragraph(f"`{e.shown}`  {_first_sentence(e.doc)}") for e in named if e.doc]
    if plain := [f"`{e.shown}`" for e in named if not e.doc]:
        items.append(paragraph(", ".join(plain)))
    whole = module_entry(module)
    head = paragraph(f"`nnbook_lib/{path_of(module)}`: {_first_sentence(whole.doc)}")
    return [head, nodes.bullet_list("", *(nodes.list_item("", item) for item in items))]


def _first_sentence(doc: str) -> str:
    """Up to the first full stop that ends a sentence, or the first paragraph."""
    block = doc.split("\n\n")[0].replace("\n", " ")
    match = re.match(r".*?\.(?= [A-Z`]|$)", block)
    return match[0] if match else block.rstrip(":")


def setup(app) -> None:
    app.add_directive("library", Library)
    app.add_directive("library-index", LibraryIndex)
    app.connect("doctree-resolved", link_names)
    app.connect("html-page-context", link_code, priority=700)
    # The pages are read and written again when a name comes or goes.
    app.add_config_value("nnbook_names", sorted(catalog()), "env", [list])
