"""Every picture of a live figure's grid, drawn once, packed, and kept on disk."""

from __future__ import annotations

import base64
import contextlib
import gc
import gzip
import itertools
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np

from .caption import by_line
from .clock import Clock
from .controls import Control
from .easel import Easel
from .fingerprint import fingerprint
from .svg import fragments, markup

REPORT = "report.jsonl"  # in the cache's directory: what was drawn, a line each, read by the build
NOTEBOOK = "NNBOOK_NOTEBOOK"  # set while the book is built: the name of the one that runs
SWEEP = 50  # pictures between two collections of garbage


def frames(
    easel: Easel, alt: str, controls: Sequence[Control], fixed: Mapping, cache: Path
) -> dict[str, Any]:
    """{"svg": first picture, "caption": its sentence, "data": packed frames} of a figure's grid.

    cache: the directory where they are kept under the hash of all that draws them. Frames are in
    the order of itertools.product over the controls: the last one varies fastest.
    """
    key = easel.key
    inputs = easel.draw, key, alt, [(c.name, c.values, c.start) for c in controls], dict(fixed)
    mark = fingerprint(*inputs, np, matplotlib, frames)
    kept = cache / f"{mark}.json"
    if mark and kept.exists():
        made = json.loads(kept.read_text())
        facts = {name: made[name] for name in ("kb", "faults")}
        _tell(cache, key, done=made["count"], of=made["count"], seconds=None, **facts)
        return made
    with Clock() as clock:
        drawn, found = _draw_all(easel, controls, fixed, cache)
        first, caption = drawn[_first(controls)]
        if len({svg.get("viewBox") for svg, _ in drawn}) > 1:
            raise RuntimeError(f"live figure {easel.name} changes its size; all pictures need one.")
        data = pack(
            [list(fragments(svg)) for svg, _ in drawn], [by_line(caption) for _, caption in drawn]
        )
    kb = round(len(data) / 1000, 1)
    made = {"svg": markup(first, alt), "caption": caption, "data": data}
    made |= {"count": len(drawn), "kb": kb, "faults": found}
    if mark:
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(made))
        part.replace(kept)
    facts = {"kb": kb, "faults": found, "seconds": clock.seconds}
    _tell(cache, key, done=len(drawn), of=len(drawn), **facts)
    return made


def pack(pictures: Sequence[Sequence[str]], captions: Sequence[str]) -> str:
    """Each distinct piece once in a table, a picture as indices into it; gzipped, in base64.

    {"t": table, "f": [[index, ...], ...], "c": [caption, ...]}, read by live.js.
    """
    table: dict[str, int] = {}
    indices = [[table.setdefault(p, len(table)) for p in pieces] for pieces in pictures]
    content = {"t": list(table), "f": indices, "c": list(captions)}
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False)
    return base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()


def _first(controls: Sequence[Control]) -> int:
    return int(np.ravel_multi_index([c.start for c in controls], [len(c.values) for c in controls]))


def _draw_all(
    easel: Easel, controls: Sequence[Control], fixed: Mapping, cache: Path
) -> tuple[list, dict[str, list[str]]]:
    """[(svg, caption), ...] of every point of the grid, all in the layout that has room for all;
    and what is wrong with them: {fault: where}.

    One process draws them, so that a training run that several pictures show is made once:
    notebooks run side by side, figures do not.
    """
    grid = list(itertools.product(*(range(len(c.values)) for c in controls)))
    points = [{c.name: c.values[i] for c, i in zip(controls, at, strict=True)} for at in grid]
    # First those that differ from the opening in one control: they show how much room is needed.
    start = [c.start for c in controls]
    order = sorted(range(len(grid)), key=lambda i: np.count_nonzero(np.subtract(grid[i], start)))
    drawn: list = [None] * len(grid)
    layouts = [-1] * len(grid)  # the number of the layout each was drawn in
    found: list[list[str]] = [[]] * len(grid)
    with _swept() as sweep:
        while old := [i for i in order if layouts[i] < easel.widened]:
            for i in old:
                drawn[i] = easel.picture(points[i] | fixed)
                layouts[i], found[i] = easel.widened, easel.faults()
                sweep()
                _tell(cache, easel.key, done=sum(map(bool, drawn)), of=len(grid))
    wrong: dict[str, list[str]] = {}
    for point, faults in zip(points, found, strict=True):
        for fault in faults:
            wrong.setdefault(fault, []).append(", ".join(f"{k}={v}" for k, v in point.items()))
    return drawn, wrong


@contextlib.contextmanager
def _swept() -> Iterator[Any]:
    """Collect garbage every so many pictures, of what they left only: a figure is thousands of
    objects that refer to each other, and searching all the others each time costs a fifth more.
    """
    count = itertools.count(1)
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield lambda: next(count) % SWEEP or gc.collect()
    finally:
        gc.enable()
        gc.unfreeze()


def _tell(cache: Path, key: str, **facts: Any) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    facts = {"notebook": os.environ.get(NOTEBOOK), "figure": key, **facts}
    with open(cache / REPORT, "a", encoding="utf-8") as file:
        file.write(json.dumps(facts) + "\n")
