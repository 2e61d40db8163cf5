"""A handed-in file, read: its code cells, the exercises each checks, and what was stored."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CALL = re.compile(r"""\bcheck\s*\(\s*(?:name\s*=\s*)?\\?["']?(\w+\.\w+)""")
STORED = re.compile(r"^([✓✗○]) (\w+\.\w+): ", re.M)


class NoNotebook(Exception):
    """A file that cannot be read as a notebook; the message says why."""


@dataclass(frozen=True)
class Cell:
    """A code cell: what is in it, the exercises it checks, and {exercise: right} as handed in."""

    source: str
    checks: tuple[str, ...] = ()
    stored: tuple[tuple[str, bool], ...] = ()


def read(path: Path) -> list[Cell]:
    """The code cells of a notebook. Raises NoNotebook."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise NoNotebook(f"cannot be opened: {error.strerror}") from None
    except (ValueError, RecursionError):
        empty = path.stat().st_size == 0
        raise NoNotebook("is empty" if empty else "is no notebook: it is not valid JSON") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise NoNotebook("is no notebook: it has no list of cells (nbformat 4)")
    return [_cell(cell) for cell in cells if cell.get("cell_type") == "code"]


def mentioned(path: Path) -> list[str]:
    """The exercises named in a file that is no notebook, as far as can be seen."""
    try:
        return checked(path.read_text(encoding="utf-8", errors="replace").replace("\\n", "\n"))
    except OSError:
        return []


def checked(source: str) -> list[str]:
    """The names in calls of check, whether or not the code is Python; not those in comments."""
    return CALL.findall(re.sub(r"#.*", "", source))


def _cell(cell: dict[str, Any]) -> Cell:
    source = _text(cell.get("source"))
    outputs = cell["outputs"] if isinstance(cell.get("outputs"), list) else []
    data = [out["data"] for out in outputs if isinstance(out, dict) and "data" in out]
    shown = "\n".join(_text(one.get("text/plain")) for one in data if isinstance(one, dict))
    stored = tuple((name, mark == "✓") for mark, name in STORED.findall(shown))
    return Cell(source, tuple(checked(source)), stored)


def _text(value: Any) -> str:
    """What a notebook holds as text or as a list of lines; "" for what should not be there."""
    text = "".join(map(str, value)) if isinstance(value, list) else value
    return text.encode("utf-8", "replace").decode() if isinstance(text, str) else ""
