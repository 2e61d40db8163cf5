"""Exercise notebooks, and the notebooks of their solutions, which are made from them.

An exercise is three cells: a Markdown cell with its title and task; a code cell with what is to be
completed, whose last line is check("set.name", answer); a Markdown cell with two hints and the
solution, folded. Between the first two there may be others, such as a figure's. In a solution
notebook the code of the solution stands in the place of what was to be completed, so nothing is
written down twice.

    python tools/solutions.py book/exercises/01_forward_propagation.ipynb solutions.ipynb
"""

from __future__ import annotations

import copy
import re
import sys
from pathlib import Path
from typing import NamedTuple

import nbformat

CHECK = re.compile(r'^check\(\s*"([\w.]+)"', re.M)
SOLUTION = re.compile(r'<details class="solution">(.*?)</details>', re.S)
HINT = re.compile(r'<details class="hint"><summary>(Hint[^<]*)</summary>(.*?)</details>', re.S)
CODE = re.compile(r"^```python\n(.*?)^```", re.M | re.S)


class Found(NamedTuple):
    """An exercise in a notebook: where its code cell is, and the texts around it."""

    name: str
    cell: int
    title: str
    task: str
    hints: list[tuple[str, str]]
    solution: str  # the whole fold
    code: str  # the code in it


def exercises(notebook: nbformat.NotebookNode) -> list[Found]:
    """The exercises of a notebook in their order. Raises ValueError where one is incomplete."""
    found = []
    for i, cell in enumerate(notebook.cells):
        match = CHECK.search(cell.source) if cell.cell_type == "code" else None
        if match:
            found.append(_read(notebook, i, match[1]))
    return found


def _read(notebook, i, name) -> Found:
    before = (c.source for c in reversed(notebook.cells[:i]) if c.cell_type == "markdown")
    task = next((text for text in before if text.startswith("## ")), "")
    after = notebook.cells[i + 1].source if i + 1 < len(notebook.cells) else ""
    title = re.match(r"## (.+)\n", task)
    solution = SOLUTION.search(after)
    code = "\n".join(CODE.findall(solution[1])) if solution else ""
    if not (title and solution and code):
        raise ValueError(
            f"exercise {name}: wanted are a Markdown cell that begins with '## title', this code cell, and "
            'a Markdown cell with a <details class="solution"> that holds a ```python block'
        )
    return Found(name, i, title[1], task, HINT.findall(after), solution[1], code)


def solved(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook with every exercise's code replaced by that of its solution, then checked."""
    notebook = copy.deepcopy(notebook)
    for found in exercises(notebook):
        cell = notebook.cells[found.cell]
        cell.source = (
            f"{found.code.rstrip()}\n\n\n{cell.source[CHECK.search(cell.source).start() :]}"
        )
        cell.outputs = []
    return notebook


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, target = map(Path, sys.argv[1:])
    nbformat.write(solved(nbformat.read(source, as_version=4)), target)
