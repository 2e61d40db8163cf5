"""Which notebooks were handed in, and by whom.

The folder that holds all that is given is the class. A notebook in a folder of it belongs to the
student whom that folder is named after. One that lies directly in it belongs to whom its own name
names, when the book's is taken away: "Sato_01_forward (1).ipynb" is Sato's. If nothing is left, it
belongs to the folder: a student who looks at their own work gives just that.
"""

from __future__ import annotations

import glob
import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

COPY = re.compile(r"[\s_-]*(\(\d+\)|-Copy\d+)$")  # what browsers and JupyterLab name a copy
BETWEEN = " _-."
SHORTEST = 5  # letters of a book's name that are recognized: "01_fo"


class Refused(Exception):
    """What was asked cannot be done; the message is for the person who asked."""


@dataclass(frozen=True)
class HandedIn:
    """A notebook, and the student it belongs to."""

    path: Path
    student: str


def find(
    given: Sequence[str], book: Iterable[str], by_file: bool = False
) -> tuple[list[HandedIn], list[Path]]:
    """(the notebooks in these files and folders, the files given that are none).

    book: the names of the book's notebooks. by_file: whose a notebook is follows from its own name,
    in whatever folder it lies. Raises Refused for a path that does not exist, and if there is no
    notebook at all.
    """
    paths = [Path(os.path.abspath(p)) for one in given for p in _expanded(one)]
    notebooks = list(dict.fromkeys(n for path in paths for n in _notebooks(path)))
    others = [path for path in paths if path.is_file() and path not in notebooks]
    if not notebooks:
        raise Refused(f"There is no notebook (a file that ends in .ipynb) in {', '.join(given)}.")
    try:
        top = Path(os.path.commonpath([p if p.is_dir() else p.parent for p in paths]))
    except ValueError:
        raise Refused("The notebooks lie on different drives. Give those of one drive.") from None
    book = sorted(set(book))
    return [
        HandedIn(n, _student(n, n.parent if by_file else top, book))
        for n in sorted(notebooks, key=_key)
    ], others


def plain(text: str) -> str:
    """Text in one spelling, on one line, and without what a terminal would obey."""
    text = text.encode("utf-8", "backslashreplace").decode()  # a zip's names may be no UTF-8
    text = unicodedata.normalize("NFC", text)  # macOS spells が in two letters
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _expanded(given: str) -> list[str]:
    """The paths that are meant: Windows leaves it to the program what a * stands for."""
    if os.path.exists(given):
        return [given]
    found = sorted(glob.glob(given)) if set(given) & set("*?[") else []
    if not found:
        raise Refused(
            f"{plain(given)} does not exist. Give the notebooks that were handed in, or folders."
        )
    return found


def _notebooks(path: Path) -> list[Path]:
    files = path.rglob("*") if path.is_dir() else [path]
    return [f for f in files if f.suffix.lower() == ".ipynb" and f.is_file() and _seen(f, path)]


def _seen(file: Path, given: Path) -> bool:
    """Whether a file is no checkpoint or another hidden copy."""
    parts = file.relative_to(given).parts if file != given else [file.name]
    return not any(part.startswith((".", "__MACOSX")) for part in parts)


def _key(path: Path) -> list:
    """For sorting: "x" before "x (1)", and that before "x (10)"."""
    words = re.split(r"(\d+)", str(path.with_suffix("")))
    return [int(word) if i % 2 else word for i, word in enumerate(words)]


def _student(path: Path, top: Path, book: list[str]) -> str:
    inside = path.relative_to(top).parts
    if len(inside) > 1:
        return plain(inside[0])
    name = plain(path.stem)
    bare = COPY.sub("", name)
    longest = max((_shared(bare, stem) for stem in book), key=len)
    left = re.sub(r"[\s_-]{2,}", "_", bare.replace(longest, "", 1)).strip(BETWEEN)
    if left:
        return left
    return f"{plain(top.name)} {name[len(bare) :].strip(BETWEEN)}".strip()  # whose copy, who knows


def _shared(name: str, stem: str) -> str:
    """The longest beginning of the stem of a book's notebook that stands in a name, as it stands."""
    alike = re.sub(r"[\s-]", "_", name.lower())
    for length in range(len(stem), SHORTEST - 1, -1):
        if (start := alike.find(stem[:length])) >= 0:
            return name[start : start + length]
    return ""
