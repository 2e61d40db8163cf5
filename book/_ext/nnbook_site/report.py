"""Says which live figure is being drawn while a book is built, and what each costs afterwards."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from sphinx.util import logging

from nnbook_lib.frames import REPORT
from nnbook_lib.live import BUILDING

logger = logging.getLogger(__name__)
_done = threading.Event()


def begin(app) -> None:
    _file().parent.mkdir(parents=True, exist_ok=True)
    _file().write_text("")
    if sys.stderr.isatty():
        _done.clear()
        threading.Thread(target=_watch, daemon=True).start()


def end(app, error) -> None:
    """The table of this build's figures. One taken from the cache has no time."""
    _done.set()
    figures = [line for line in _lines() if "kb" in line]
    if error or not figures:
        return
    logger.info("")
    logger.info(f"{'live figure':32}{'frames':>8}{'ms a frame':>12}{'kB in the page':>16}")
    for line in figures:
        ms = "kept" if line["ms"] is None else line["ms"]
        logger.info(f"{line['figure']:32}{line['of']:8}{ms:>12}{line['kb']:16.1f}")


def _watch() -> None:
    """Show the newest line while figures are drawn."""
    shown = None
    while not _done.wait(0.5):
        newest = next(reversed(list(_lines())), None)
        if newest and newest != shown and newest["done"] < newest["of"]:
            shown = newest
            sys.stderr.write(
                f"\r{newest['figure']}: {newest['done']} of {newest['of']} frames\033[K"
            )
            sys.stderr.flush()


def _file() -> Path:
    return Path(os.environ[BUILDING]) / REPORT


def _lines() -> Iterator[dict]:
    for line in _file().read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:  # half written
            return
