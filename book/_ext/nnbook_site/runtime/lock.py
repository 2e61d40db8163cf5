"""The files of Pyodide that a site carries, as lock.json names them, and whether a folder has them.

README.md says how the lock was made, and how each hash was confirmed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

_SAID = json.loads(Path(__file__).with_name("lock.json").read_text(encoding="utf-8"))
VERSION: str = _SAID["pyodide"]
ADDRESS: str = _SAID["address"]  # Pyodide's own, for files that are nowhere else
PACKAGES = "pyodide-lock.json"  # Pyodide's list of its packages, itself one of the files


@dataclass(frozen=True)
class File:
    """A file of Pyodide. Its group says who needs it: `core` a page that computes, `drawing` one that
    draws, too, and `lite` JupyterLite, beside both.
    """

    name: str
    group: str
    version: str
    size: int
    sha256: str


FILES = [File(**said) for said in _SAID["files"]]


def group(*names: str) -> list[File]:
    """The files of some groups."""
    return [file for file in FILES if file.group in names]


def sha256(content: bytes) -> str:
    """The hash that the lock gives, of a file's content."""
    return hashlib.sha256(content).hexdigest()


def fault(file: File, folder: Path) -> str:
    """What is wrong with the file as a folder has it: "" if nothing is."""
    here = folder / file.name
    if not here.is_file():
        return f"{file.name} is missing"
    if here.stat().st_size != file.size or sha256(here.read_bytes()) != file.sha256:
        return f"{file.name} is not the file of Pyodide {VERSION}: its SHA-256 is another"
    return ""
