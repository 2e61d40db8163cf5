"""The short way and the deep way. What goes on when an idea is finished stands in a section of its own

    ### Deeper: Why the root of two

at the end of the section that it goes on from. On the site it is folded, its heading stays where it is,
and page.js opens it for a link that leads there. JupyterLab folds it by `CLOSED` in the heading cell's
metadata. On paper, in the EPUB and on GitHub it is a section like any other.

`mistakes` reads a notebook as one who takes the short way does: what is told and computed after a deeper
part may not need it.
"""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes

BEGINS = "Deeper:"
CLOSED = "jp-MarkdownHeadingCollapsed"
HEADING = re.compile(r"^(#{1,6}) +(.*?)\s*$")
FENCE = re.compile(r"^\s*(```|~~~)")


def is_deeper(node: nodes.Node) -> bool:
    """Whether a node of a page is a section that goes deeper."""
    return (
        isinstance(node, nodes.section)
        and len(node) > 0
        and isinstance(node[0], nodes.title)
        and node[0].astext().startswith(BEGINS)
    )


def fold(app, doctree, docname) -> None:
    """Fold each deeper section of a page, its heading in the line that opens it."""
    if app.builder.format != "html":
        return
    for section in [*doctree.findall(is_deeper)]:
        title, *rest = section.children
        begin = '<details class="deeper"><summary>\n'
        section["classes"].append("deeper")
        section[:] = [
            nodes.raw("", begin, format="html"),
            title,
            nodes.raw("", "</summary>\n", format="html"),
            *rest,
            nodes.raw("", "</details>\n", format="html"),
        ]


# A notebook ------------------------------------------------------------------------------------


class Heading(NamedTuple):
    """A heading in a notebook's text: cell by number, and whether it is the first line there."""

    cell: int
    level: int
    title: str
    first: bool

    @property
    def deeper(self) -> bool:
        """Whether a deeper part begins here."""
        return self.title.startswith(BEGINS)


def headings(cells: list[dict]) -> Iterator[Heading]:
    """All headings of a notebook's cells, in their order."""
    for number, cell in enumerate(cells):
        if cell["cell_type"] != "markdown":
            continue
        fenced = False
        for line, text in enumerate("".join(cell["source"]).splitlines()):
            fenced ^= bool(FENCE.match(text))
            if not fenced and (found := HEADING.match(text)):
                yield Heading(number, len(found[1]), found[2], line == 0)


def deeper_cells(cells: list[dict]) -> set[int]:
    """The numbers of the cells that stand in a deeper part."""
    found, inside, known = set(), 0, [*headings(cells)]
    for number in range(len(cells)):
        for head in (h for h in known if h.cell == number):
            if head.deeper and not inside:
                inside = head.level
            elif inside and head.level <= inside:
                inside = head.level if head.deeper else 0
        if inside:
            found.add(number)
    return found


def mistakes(cells: list[dict]) -> list[str]:
    """What is wrong with the deeper parts of a notebook, one sentence each."""
    return [*_misplaced(cells), *_needed(cells)]


def _misplaced(cells: list[dict]) -> Iterator[str]:
    inside = None
    for head in headings(cells):
        if inside and head.level <= inside.level:
            if not head.first:
                yield f'"{head.title}" ends "{inside.title}" and must begin a cell of its own.'
            if head.level == inside.level and not head.deeper:
                yield (
                    f'"{head.title}" goes on after "{inside.title}": what is deeper stands last in its '
                    "section."
                )
            inside = None
        if head.deeper and not inside:
            inside = head
            if not head.first:
                yield f'"{head.title}" must begin a cell of its own.'
            if head.level < 3:
                yield f'"{head.title}" must stand in the section that it goes on from: write ###.'
            if not cells[head.cell]["metadata"].get(CLOSED):
                yield f'the cell of "{head.title}" needs "{CLOSED}": true in its metadata.'


def _needed(cells: list[dict]) -> Iterator[str]:
    """Names that a deeper cell gave their value, or random numbers that it took, and a cell of the short
    way asks for.
    """
    deep, giver, generators, drawn = deeper_cells(cells), {}, set(), {}
    for number, cell in enumerate(cells):
        if cell["cell_type"] != "code":
            continue
        for asked, given, generates in _names("".join(cell["source"])):
            if number in deep:
                drawn |= dict.fromkeys(asked & generators, number)
            else:
                for name in sorted(asked):
                    if giver.get(name, number) in deep:
                        yield (
                            f"`{name}` gets its value in cell {giver.pop(name)}, which is deeper, and "
                            f"cell {number} of the short way asks for it."
                        )
                    if name in drawn:
                        yield (
                            f"cell {drawn.pop(name)}, which is deeper, draws from `{name}`, and so does "
                            f"cell {number} of the short way: its numbers are others alone."
                        )
            giver |= dict.fromkeys(given, number)
            generators = generators | given if generates else generators - given
            drawn = {name: cell for name, cell in drawn.items() if name not in given}


def _names(code: str) -> Iterator[tuple[set[str], set[str], bool]]:
    """Of each statement of a cell: the global names that it asks for, those that it gives, and whether it
    makes a generator of random numbers and calls it something.
    """
    plain = re.sub(r"^(\s*)[%!].*$", r"\1pass", code, flags=re.M)
    for statement in ast.parse(plain).body:
        asked, given = set(), set()
        todo = [symtable.symtable(ast.unparse(statement), "cell", "exec")]
        while todo:
            table = todo.pop()
            todo += table.get_children()
            for symbol in table.get_symbols():
                here = table.get_type() == "module"
                if symbol.is_referenced() and (here or symbol.is_global()):
                    asked.add(symbol.get_name())
                if here and (symbol.is_assigned() or symbol.is_imported()):
                    given.add(symbol.get_name())
                elif symbol.is_declared_global() and symbol.is_assigned():
                    given.add(symbol.get_name())
        if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
            asked.add(statement.target.id)
        else:  # a loop's own names and the like
            asked -= {n for n in given if not _asked_first(statement, n)}
        makes = isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call)
        yield asked, given, makes and ast.unparse(statement.value.func).endswith("default_rng")


def _asked_first(statement: ast.stmt, name: str) -> bool:
    """Whether the first that a statement does with a name is to ask for it."""
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return statement.name != name
    if isinstance(statement, (ast.Assign, ast.AnnAssign)):
        return statement.value is not None and any(
            isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load)
            for n in ast.walk(statement.value)
        )
    places = [
        (n.lineno, n.col_offset, isinstance(n.ctx, ast.Load))
        for n in ast.walk(statement)
        if isinstance(n, ast.Name) and n.id == name
    ]
    return bool(places) and min(places)[2]
