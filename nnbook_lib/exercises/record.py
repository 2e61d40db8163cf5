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


def record(verdict: Verdict) -> None:
    """Append name, status and diagnosis to the file that the environment names, if it does."""
    if path := os.environ.get(FILE):
        said = {"name": verdict.name, "status": verdict.status, "says": verdict.diagnosis}
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps(said) + "\n")


def recorded(path: Path) -> list[dict[str, Any]]:
    """The verdicts in a file, in the order in which they were given."""
    found = []
    with contextlib.suppress(FileNotFoundError, ValueError):  # a last line that was cut off
        for line in path.read_text(encoding="utf-8").splitlines():
            found.append(json.loads(line))
    return found
