"""How long the chapters are, the short way and with everything deeper, and what is wrong with the deeper
parts: of notebooks as they lie there, without a build.

    python tools/lengths.py                              all chapters
    python tools/lengths.py book/02_chain_rule.ipynb     one
    python tools/lengths.py --run book/02_chain_rule.ipynb
                                        runs the short way alone, and says where it prints something else

The build prints the same table, and more exactly: what it draws has captions, which count as words. Here
the captions that a notebook has in its cells count, and those that live figures compute do not.
"""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path

import nbformat
import yaml
from docutils.core import publish_doctree
from myst_nb.docutils_ import Parser
from nbclient import NotebookClient

sys.path.insert(0, str(Path(__file__).parents[1] / "book" / "_ext"))
from nnbook_site import deeper, lengths
from site_pages import pages

ROOT = Path(__file__).parents[1]
CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))


def measured(notebook: dict) -> tuple[lengths.Length, lengths.Length]:
    """The two ways through a notebook."""
    cells = [{**cell, "outputs": []} if "outputs" in cell else cell for cell in notebook["cells"]]
    shown = [c for c in cells if "remove-cell" not in c["metadata"].get("tags", [])]
    settings = {
        "nb_execution_mode": "off",
        "nb_output_folder": "",  # it would write the notebook there
        "myst_enable_extensions": CONFIG["parse"]["myst_enable_extensions"],
        "report_level": 5,
        "doctitle_xform": False,
    }
    text = json.dumps({**notebook, "cells": shown})
    doctree = publish_doctree(text, parser=Parser(), settings_overrides=settings)
    short, deep = lengths.measure(doctree)
    inside = deeper.deeper_cells(notebook["cells"])
    for number, cell in enumerate(notebook["cells"]):
        way, source = deep if number in inside else short, "".join(cell["source"])
        if cell["cell_type"] != "code":
            continue
        way.live += "explore(" in source or "\nattack(" in f"\n{source}"
        figure = cell["metadata"].get("mystnb", {}).get("figure", {})
        way.pictures += bool(figure)
        way.words += lengths.words(figure.get("caption", ""))
    return short, short + deep


def run(path: Path) -> list[str]:
    """The cells of a notebook that print something else without the deeper parts than with them."""
    notebook = nbformat.read(path, as_version=4)
    inside = deeper.deeper_cells(notebook.cells)
    kept = [number for number in range(len(notebook.cells)) if number not in inside]
    alone = nbformat.v4.new_notebook(cells=[copy.deepcopy(notebook.cells[n]) for n in kept])
    NotebookClient(alone, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    said = []
    for number, cell in zip(kept, alone.cells, strict=True):
        one, other = (printed(each) for each in (notebook.cells[number], cell))
        if one != other and "nbval-ignore-output" not in cell.metadata.get("tags", []):
            said.append(
                f"{path}, cell {number} prints on the short way:\n{other}\nand stored is:\n{one}"
            )
    return said


def printed(cell) -> str:
    """What a cell printed."""
    parts = [o.text for o in cell.get("outputs", []) if o.get("name") == "stdout"]
    shown = [o.data.get("text/plain", "") for o in cell.get("outputs", []) if "data" in o]
    return "".join(parts) + "\n".join(shown)


def main(files: list[str]) -> None:
    if files and files[0] == "--run":
        wrong = [said for name in files[1:] for said in run(Path(name))]
        print("\n\n".join(wrong) or "The short way prints the same alone.")
        sys.exit(bool(wrong))
    names = [page.name for page in pages(ROOT / "_toc.yml")]
    paths = [Path(f) for f in files] or [ROOT / "book" / f"{name}.ipynb" for name in names]
    known, wrong = {}, []
    for path in (path for path in paths if path.exists() and "exercises" not in path.parts):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        name = path.resolve().relative_to(ROOT / "book").with_suffix("").as_posix()
        known[name] = measured(notebook)
        wrong += [f"{name}: {mistake}" for mistake in deeper.mistakes(notebook["cells"])]
    held = CONFIG["sphinx"]["config"]["short_way"]
    print("\n".join([*lengths.table(known, held), *wrong]))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
