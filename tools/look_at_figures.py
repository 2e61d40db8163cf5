"""Draw every picture of a notebook's live figures and tell what is wrong with them.

    PYTHONPATH=. python tools/look_at_figures.py book/04_vanishing_gradients.ipynb [live-edge ...]

The notebook's cells run as they stand; each live figure (or those named) is drawn at every point of
its grid, as for a page. --sheet: also put its pictures into FOLDER/KEY.html, to be looked at.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import json
import linecache
import os
import sys
from pathlib import Path

import matplotlib

from nnbook_lib.live import easel, explorer, svg


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook", type=Path)
    parser.add_argument("keys", nargs="*")
    parser.add_argument("--sheet", type=Path)
    asked = parser.parse_args()
    notebook, sheet = asked.notebook.resolve(), asked.sheet and asked.sheet.resolve()
    matplotlib.use("agg")
    figures: list[explorer.Explorer] = []
    explorer.SHOWN_BY.append(figures.append)
    os.chdir(notebook.parent)
    bad, space = 0, {"__name__": "__main__"}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code" or "remove-cell" in cell["metadata"].get("tags", ()):
            continue
        source, name = "".join(cell["source"]), f"{notebook.name}:{cell.get('id')}"
        linecache.cache[name] = len(source), None, source.splitlines(True), name  # for inspect
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, name, "exec"), space)
        for figure in figures:
            if not asked.keys or figure.key in asked.keys:
                bad += look(figure, sheet)
        figures.clear()
    return bool(bad)


def look(figure: explorer.Explorer, sheet: Path | None) -> int:
    """Draw all its pictures; how many of them have a fault."""
    drawn = easel.Easel(figure.draw, figure.key)
    names = [c.name for c in figure.controls]
    told: dict[str, list[str]] = {}
    html, bad, all_of = [], 0, 0
    for values in itertools.product(*(c.values for c in figure.controls)):
        at = dict(zip(names, values, strict=True))
        picture, caption = drawn.picture(at | figure.fixed)
        found = drawn.faults()
        place = ", ".join(f"{name}={value}" for name, value in at.items())
        for fault in found:
            told.setdefault(fault.partition(":")[0] if "computer" in fault else fault, []).append(
                f"{place}: {fault}" if "computer" in fault else place
            )
        all_of, bad = all_of + 1, bad + bool(found)
        html.append(f"<figure>{svg.markup(picture, figure.alt)}{place}: {caption}</figure>")
    print(f"{figure.key}: {all_of} pictures, {bad} with faults")
    for fault, places in sorted(told.items(), key=lambda one: -len(one[1])):
        print(f"  {len(places):4}  {fault}   (at {places[0]})")
    if sheet:
        sheet.mkdir(parents=True, exist_ok=True)
        look = "figure{display:inline-block;width:403px;margin:8px;font:14px sans-serif}"
        text = f"<meta charset=utf-8><style>{look}</style>{''.join(html)}"
        (sheet / f"{figure.key}.html").write_text(text, encoding="utf-8")
    return bad


if __name__ == "__main__":
    sys.exit(main())
