"""Every exercise is solved in a Python that has numpy and this library, as the page's own has."""

import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tools"))
from solutions import exercises, solved  # noqa: E402

NOTEBOOKS = sorted((ROOT / "book" / "exercises").glob("*.ipynb"))
ALONE = f"""
import contextlib, json, sys
sys.path[:0] = {[str(ROOT), str(ROOT / "tests")]}
for name in ("IPython", "ipywidgets", "matplotlib"):
    sys.modules[name] = None  # as if it were not installed
from judged import said
with contextlib.redirect_stdout(sys.stderr):
    found = [said(cells) for cells in json.load(sys.stdin)]
print(json.dumps(found))
"""


def above(notebook, cell):
    """The sources that the page runs before an exercise: of the cells above it, neither what draws nor
    other exercises.
    """
    others = {found.cell for found in exercises(notebook)}
    return [
        c.source
        for i, c in enumerate(notebook.cells[:cell])
        if c.cell_type == "code"
        and i not in others
        and not {"draws", "remove-cell"} & set(c.metadata.get("tags", []))
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_exercise_is_solved_after_the_cells_above_it_that_draw_nothing(path):
    """Without the answers to those above it; and what is there to be completed is not taken for one."""
    notebook = nbformat.read(path, as_version=4)
    answered = solved(notebook)
    tried = [
        [*above(notebook, found.cell), one.cells[found.cell].source]
        for found in exercises(notebook)
        for one in (notebook, answered)
    ]
    done = subprocess.run(
        [sys.executable, "-c", ALONE], input=json.dumps(tried), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    reports = json.loads(done.stdout)
    for found, stub, solution in zip(exercises(notebook), reports[::2], reports[1::2], strict=True):
        open_places = re.search(
            r"\.\.\.(?!])", notebook.cells[found.cell].source
        )  # not those of b[...]
        assert ("not attempted yet" if open_places else "FAILS") in stub, stub
        assert f"{found.name}: right" in solution, solution
