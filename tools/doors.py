"""Put the cell that installs the library, where it is missing, into notebooks.

It stands before the first code cell and is the same everywhere; the repository's name in it comes
from _config.yml. Run this after changing that name, or after writing a notebook.

    python tools/doors.py book/01_forward_propagation.ipynb ...
"""

import sys
from pathlib import Path

import nbformat

sys.path.insert(0, str(Path(__file__).parents[1] / "book" / "_ext"))
from nnbook_site.doors import TAG, Repository, install_cell

ID = "install"
HIDDEN = {"jupyter": {"source_hidden": True}, "tags": [TAG]}  # in JupyterLab, and on the page


def with_install_cell(notebook):
    """The notebook with its install cell as _config.yml wants it."""
    source = install_cell(Repository.configured().library)
    cell = next((c for c in notebook.cells if c.get("id") == ID), None)
    if cell is None or (cell.source, cell.metadata) != (source, HIDDEN):
        cell = nbformat.v4.new_code_cell(source, id=ID, metadata=HIDDEN)
    others = [c for c in notebook.cells if c.get("id") != ID]
    first = next(i for i, c in enumerate(others) if c.cell_type == "code")
    notebook.cells = [*others[:first], cell, *others[first:]]
    return notebook


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(__doc__)
    for argument in sys.argv[1:]:
        before = Path(argument).read_text(encoding="utf-8")
        after = nbformat.writes(with_install_cell(nbformat.reads(before, as_version=4))) + "\n"
        if after != before:
            Path(argument).write_text(after, encoding="utf-8")
            print(f"put the install cell into {argument}")
