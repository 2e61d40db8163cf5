"""What check says, written down for a program that collects answers: see collect/.

Nothing is written unless the environment names a file for it.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from .judge.judging import Verdict

FILE = "NNBOOK_VERDICTS"  # the variable of the environment that names the file
KEYS = ("name", "status", "says")


def record(verdict: Verdict) -> None:
    """Append name, status and diagnosis to the file that the environment names, if it does."""
    if path := os.environ.get(FILE):
        said = dict(zip(KEYS, (verdict.name, verdict.status, verdict.diagnosis), strict=True))
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps(said) + "\n")


def recorded(path: Path) -> list[dict[str, Any]]:
    """The verdicts in a file, in the order in which they were given.

    The notebook may have written into it, too: what is no verdict, or only half of one, is left out.
    """
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        with contextlib.suppress(ValueError, RecursionError):
            said = json.loads(line)
            if isinstance(said, dict) and all(isinstance(said.get(key), str) for key in KEYS):
                found.append(said)
    return found
