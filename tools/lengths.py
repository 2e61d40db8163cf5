"""How long the chapters are, the short way and with everything deeper, and what is wrong with the deeper
parts: of notebooks as they lie there, without a build.

    python tools/lengths.py                              all chapters
    python tools/lengths.py book/02_chain_rule.ipynb     one

The build prints the same table, and more exactly: what it draws has captions, which count as words. Here
the captions that a notebook has in its cells count, and those that live figures compute do not.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import yaml
from docutils.core import publish_doctree
from myst_nb.docutils_ import Parser

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
from nnbook_site import deeper, lengths
from site_pages import pages

CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))


def measured(notebook: dict) -> tuple[lengths.Length, lengths.Length]:
    """The two ways through a notebook."""
    cells = [{**cell, "outputs": []} if "outputs" in cell else cell for cell in notebook["cells"]]
    shown = [c for c in cells if "remove-cell" not in c["metadata"].get("tags", [])]
    settings = {
        "nb_execution_mode": "off",
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
        way.live += "explore(" in source
        figure = cell["metadata"].get("mystnb", {}).get("figure", {})
        way.pictures += bool(figure)
        way.words += lengths.words(figure.get("caption", ""))
    return short, short + deep


def main(files: list[str]) -> None:
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
