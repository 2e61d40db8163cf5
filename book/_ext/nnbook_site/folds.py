"""The code that only draws: one quiet link under its figure, in place of a bar above it.

A hidden cell shows what it gives; its code, and that of the hidden cells just before it that define what
it draws, stand in one fold below. So do imports, which every chapter begins with and nobody reads.
"""

from __future__ import annotations

import ast

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode

# What belongs to imports: it sets up what they brought, or starts a landmark's clock.
SETUP = ("use_style", "set_printoptions", "simplefilter", "filterwarnings", "Comparison")


def under_their_figures(app, doctree, docname) -> None:
    """Put the code of hidden cells below what they give, and imports into a fold."""
    if app.builder.format != "html":
        return
    together = not docname.startswith("exercises/")  # there the cells above an exercise are its own
    for fold in [f for f in doctree.findall(HideCodeCellNode) if "above-input" in f["classes"]]:
        cell, code = fold.parent, fold.children
        gives = len(cell) > 1
        before = _silent_before(cell) if gives and together else []
        cell.remove(fold)
        for each in before:
            each.parent.remove(each)
            each[:] = [c for c in each if not isinstance(c, nodes.raw)]
        cell.extend(_fold("Code", [*before, *code]))
    for cell in doctree.findall(nodes.container):
        if cell.get("nb_element") == "cell_code" and len(cell) == 1 and only_imports(cell[0]):
            cell[:] = _fold("Imports", [cell[0]])


def _fold(name: str, inside: list[nodes.Node]) -> list[nodes.Node]:
    begin = f'<details class="hide"><summary>{name}</summary>\n'
    return [
        nodes.raw("", begin, format="html"),
        *inside,
        nodes.raw("", "</details>\n", format="html"),
    ]


def _silent_before(cell: nodes.Element) -> list[nodes.Element]:
    """The hidden cells without output that stand directly before this one, in their order."""
    found, place = [], cell.parent.index(cell)
    while place and _is_silent(before := cell.parent[place - 1]):
        found.insert(0, before)
        place -= 1
    return found


def _is_silent(node: nodes.Node) -> bool:
    hidden = isinstance(node, nodes.container) and node.get("hide_mode") == "input"
    return hidden and not any(c.get("nb_element") == "cell_code_output" for c in _elements(node))


def _elements(node: nodes.Element) -> list[nodes.Element]:
    return [child for child in node if isinstance(child, nodes.Element)]


def only_imports(source: nodes.Node) -> bool:
    """Whether a cell's code imports, and sets up what it imported, and does nothing else."""
    if not isinstance(source, nodes.container) or source.get("nb_element") != "cell_code_source":
        return False
    try:
        body = ast.parse(source.astext()).body
    except SyntaxError:
        return False
    return any(map(_imports, body)) and all(_imports(s) or _sets_up(s) for s in body)


def _imports(statement: ast.stmt) -> bool:
    return isinstance(statement, (ast.Import, ast.ImportFrom))


def _sets_up(statement: ast.stmt) -> bool:
    call = statement.value if isinstance(statement, ast.Expr | ast.Assign) else None
    if not isinstance(call, ast.Call):
        return False
    return (getattr(call.func, "attr", "") or getattr(call.func, "id", "")) in SETUP
