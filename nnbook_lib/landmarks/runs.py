"""Runs that are too long for a page: a script in benchmarks/ makes them, a small file keeps what came out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def place(name: str) -> Path:
    """Where the runs of benchmarks/landmark_{name}.py are kept."""
    return Path(__file__).parents[1] / "data" / f"landmark_{name}.json"


def read(stored: Path) -> dict[str, Any]:
    """What the script found, with its date, its seconds and its command."""
    return json.loads(stored.read_text(encoding="utf-8"))
