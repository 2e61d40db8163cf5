"""Every picture of a live figure's grid, drawn once on all cores, packed, and kept on disk."""

from __future__ import annotations

import base64
import gzip
import itertools
import json
import math
import multiprocessing
import os
import time
import warnings
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import matplotlib
import numpy as np

from .controls import Control
from .fingerprint import fingerprint
from .picture import Draw, fragments, markup, picture

REPORT = "report.jsonl"  # in the cache's directory: a line for each figure, read after the build
_job: tuple = ()  # what worker processes draw; they inherit it by fork


def frames(
    draw: Draw, key: str, alt: str, controls: Sequence[Control], fixed: Mapping, cache: Path
) -> dict[str, Any]:
    """{"svg": first picture, "caption": its sentence, "data": packed frames} of draw over its grid.

    cache: the directory where they are kept under the hash of all that draws them. Frames are in
    the order of itertools.product over the controls: the last one varies fastest.
    """
    inputs = draw, key, alt, [(c.name, c.values, c.start) for c in controls], dict(fixed)
    mark = fingerprint(*inputs, np, matplotlib, frames)
    kept = cache / f"{mark}.json"
    begun = time.perf_counter()
    if mark and kept.exists():
        made = json.loads(kept.read_text())
        _tell(cache, key, done=made["count"], of=made["count"], kb=made["kb"], ms=None)
        return made
    drawn = _draw_all(draw, key, controls, fixed, cache)
    ms = 1000 * (time.perf_counter() - begun) / len(drawn)
    first = drawn[_first(controls)]
    if len({svg.split(">", 1)[0] for svg, _, _ in drawn}) > 1:
        raise RuntimeError(f"live figure {draw.__name__} changes its size; all pictures need one.")
    data = pack([frame for _, frame, _ in drawn], [caption for _, _, caption in drawn])
    svg = markup(ElementTree.fromstring(first[0]), alt)
    kb = round(len(data) / 1000, 1)
    made = {"svg": svg, "caption": first[2], "data": data, "count": len(drawn), "kb": kb}
    if mark:
        cache.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(made))
        part.replace(kept)
    _tell(cache, key, done=len(drawn), of=len(drawn), kb=kb, ms=round(ms))
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


def _draw_all(draw: Draw, key: str, controls: Sequence[Control], fixed: Mapping, cache: Path):
    """[(svg, pieces, caption), ...] of every point, drawn by as many processes as there are cores."""
    global _job
    grid = list(itertools.product(*(c.values for c in controls)))
    points = [dict(zip((c.name for c in controls), point, strict=True)) | fixed for point in grid]
    size = _share([len(c.values) for c in controls], _cores())
    parts = [points[i : i + size] for i in range(0, len(points), size)]
    _job = draw, key, cache, multiprocessing.Value("i", 0), len(points)
    with _pool() as pool:
        # The last part first: depth and steps grow along the grid, and the longest should not end it.
        futures = [pool.submit(_draw_some, part) for part in reversed(parts)]
        return [picture for future in reversed(futures) for picture in future.result()]


def _share(lengths: Sequence[int], cores: int) -> int:
    """How many points of the grid a process draws at a time: all that agree in the first controls,
    as many of these as make a part for every core. A process then meets each training run once,
    since what a run is drawn with (its steps, its layers) is what varies fastest.
    """
    parts = 1
    for length in lengths:
        parts *= length
        if parts >= cores:
            break
    return math.prod(lengths) // parts


def _draw_some(points: list[dict]) -> list[tuple[str, list[str], str]]:
    draw, key, cache, counter, total = _job
    out = []
    for values in points:
        svg, caption = picture(draw, values, key)
        pieces = list(fragments(svg))
        out.append((ElementTree.tostring(svg, encoding="unicode"), pieces, caption))
        with counter.get_lock():
            counter.value += 1
            _tell(cache, key, done=counter.value, of=total)
    return out


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _pool() -> Executor:
    """Forked processes, which need not import the notebook's functions; else this process."""
    if _cores() == 1 or "fork" not in multiprocessing.get_all_start_methods():
        return _Here()
    warnings.filterwarnings("ignore", message=".*multi-threaded.*fork", category=DeprecationWarning)
    return ProcessPoolExecutor(_cores(), mp_context=multiprocessing.get_context("fork"))


class _Here(Executor):
    """Runs what is submitted at once, in this process."""

    def submit(self, fn, /, *args, **kwargs) -> Future:
        future: Future = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def _tell(cache: Path, key: str, **facts) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    with open(cache / REPORT, "a", encoding="utf-8") as file:
        file.write(json.dumps({"figure": key, **facts}) + "\n")
