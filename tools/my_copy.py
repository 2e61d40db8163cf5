"""Make a copy of the book's notebooks to work in, or bring it up to date without losing answers.

    python nnbook/tools/my_copy.py FOLDER

The first time, FOLDER becomes a copy of the notebooks, and of what they link to and read. After the
book was updated, say the same again: what you have not touched becomes new, what you wrote stays
(see merge_notebooks.py). To start over with a chapter, delete its notebook and say it once more.

FOLDER/.nnbook keeps what you were given, to know what you changed, and everything that was replaced.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

from merge_notebooks import EMPTY, by_id, merge, read, write

ROOT = Path(__file__).resolve().parents[1]
BOOK = ROOT / "book"
HIDDEN = ".nnbook"
BUILDERS = {"conftest.py", "references.bib"}  # what only building and testing the book needs


def files(book: Path) -> Iterator[Path]:
    """What a copy holds of the book, as paths from its top: notebooks, pages, pictures, data."""
    for path in sorted(book.rglob("*")):
        name = path.relative_to(book)
        out = any(part.startswith((".", "_")) for part in name.parts) or str(name) in BUILDERS
        if path.is_file() and not out:
            yield name


class Copy:
    """A learner's folder, and what is done to it in one go."""

    def __init__(self, folder: Path, book: Path = BOOK):
        self.folder, self.book = folder, book
        self.base = folder / HIDDEN / "given"
        days = (folder / HIDDEN / "replaced" / f"{date.today()}-{n}" for n in count(1))
        self.kept = next(day for day in days if not day.exists())
        self.worked_in = as_committed(book)
        self.lines: list[str] = []
        self.changed = 0

    def refuse(self) -> str:
        """Why the folder can't become a copy, or ""."""
        if not any(self.book.rglob("*.ipynb")):
            return (
                f"{self.book} holds no notebooks: run this from the book's own folder, as it came."
            )
        if self.folder.exists() and not self.folder.is_dir():
            return f"{self.folder} is a file. Name a folder for your copy."
        here, home = self.folder.resolve(), self.book.resolve().parent
        if home == here or home in here.parents or here in home.parents:
            return (
                f"{self.folder} and the book's own folder, {home}, are not apart, and the next book "
                "would take your answers' place. Name a folder beside it, such as "
                f"{home.parent / 'my-book'}."
            )
        if not self.folder.exists() or (self.folder / HIDDEN).exists():
            return ""
        ours = any((self.folder / name).exists() for name in files(self.book))
        if any(self.folder.iterdir()) and not ours:
            return f"{self.folder} holds other files. Name a new folder, which is made for you."
        return ""

    def update(self) -> None:
        """Bring every file up to date; a file that can't be written does not stop the others."""
        names = dict.fromkeys(files(self.book))
        if self.base.exists():
            names |= dict.fromkeys(p.relative_to(self.base) for p in files_in(self.base))
        for name in names:
            try:
                self.settle(name)
            except OSError as error:
                why = error.strerror
                self.say(name, f"could not be read or written ({why}). Close it, and repeat this")

    def settle(self, name: Path) -> None:
        """One file, by what was given, what is there, and what the book has now."""
        given, own, here = map(content, (self.base / name, self.folder / name, self.book / name))
        book = self.worked_in.get(name, here)
        if book is None:
            self.dropped(name, given, own)
        elif own is None:
            self.put(name, self.begun(name, here, book))
            self.give(name, book)
        elif own == book:
            self.give(name, book)
        elif name.suffix == ".ipynb":
            self.merged(name, given, own, book)
        elif own == given:
            self.put(name, book)
            self.give(name, book)
        elif book != given:
            self.beside(name, book, "you have changed it, and so has the book")
            self.give(name, book)

    def begun(self, name: Path, here: bytes, book: bytes) -> bytes:
        """What a copy starts with: the book's file, with what the learner has done to it already."""
        if here == book:
            return book
        try:
            read(here)
        except ValueError:  # half of a merge by git
            return book
        if not same(name, book, here):
            self.say(name, "you have worked in the book's folder; your copy has it as you left it")
        return here

    def merged(self, name: Path, given: bytes | None, own: bytes, book: bytes) -> None:
        """A notebook that differs from the book's."""
        try:
            new = read(book)
        except ValueError as error:
            self.say(name, f"the book's own is damaged, {error}. Fetch the book anew; yours stays")
            return
        try:
            mine = read(own)
        except ValueError as error:
            self.beside(name, book, f"yours can't be read, {error}")
            return  # and what was given stays what it was, for the day it is mended
        try:
            base = read(given)
        except ValueError:
            base = EMPTY
        if base is EMPTY and not by_id(mine).keys() & by_id(new).keys():
            self.beside(name, book, "a notebook of your own has this name")
            return
        result, words = merge(base, mine, new)
        if result != mine:
            self.put(name, write(result))
        if words:
            self.say(name, words)
        self.give(name, book)

    def dropped(self, name: Path, given: bytes | None, own: bytes | None) -> None:
        """A file that the book has no longer: it goes, unless the learner has worked in it."""
        if own is not None and not same(name, given, own):
            self.say(name, "no longer in the book; yours stays, since you have changed it")
        elif own is not None:
            self.keep(name)
            (self.folder / name).unlink()
            self.say(name, "no longer in the book, and gone here")
        (self.base / name).unlink(missing_ok=True)

    # Files ----------------------------------------------------------------------------------

    def beside(self, name: Path, book: bytes, why: str) -> None:
        """Leave the learner's file alone, and put the book's next to it."""
        new = name.with_name(f"{name.stem}.new{name.suffix}")
        there = self.folder / new
        if not there.is_file() or there.read_bytes() != book:
            self.put(new, book)
        self.say(name, f"{why}. It is left as it is, and the book's is beside it: {new.name}")

    def put(self, name: Path, text: bytes) -> None:
        """Write a file of the copy; what stood there is kept."""
        self.keep(name)
        replace(self.folder / name, text)
        self.changed += 1

    def keep(self, name: Path) -> None:
        if (self.folder / name).exists():
            replace(self.kept / name, (self.folder / name).read_bytes())

    def give(self, name: Path, text: bytes) -> None:
        """Note what the learner has been given."""
        there = self.base / name
        if not there.is_file() or there.read_bytes() != text:
            replace(there, text)

    def say(self, name: Path, words: str) -> None:
        self.lines.append(f"{name.as_posix()}: {words}")


def files_in(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def replace(path: Path, text: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.part")
    half.write_bytes(text)
    os.replace(half, path)


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def as_committed(book: Path) -> dict[Path, bytes]:
    """The files of the book that were worked in where they stand, as they had come, if git knows."""

    def git(*words):
        done = subprocess.run(["git", "-C", book, *words], capture_output=True, check=True)
        return done.stdout

    try:
        names = git(
            "diff", "--name-only", "--relative", "--diff-filter=MU", "-z", "HEAD", "--", "."
        )
        paths = [Path(name.decode()) for name in names.split(b"\0") if name]
        return {path: git("show", f"HEAD:./{path.as_posix()}") for path in paths}
    except (OSError, subprocess.CalledProcessError):  # no git here, or the book came as a ZIP
        return {}


def same(name: Path, given: bytes | None, own: bytes) -> bool:
    """Whether the learner has left a file as it was given; a notebook may have been run."""
    if given is None or own == given:
        return own == given
    if name.suffix != ".ipynb":
        return False
    try:
        return not merge(read(given), read(own), EMPTY)[0]["cells"]
    except ValueError:
        return False


def main(arguments: list[str]) -> None:
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.exit(__doc__)
    copy = Copy(Path(arguments[0]).expanduser())
    if why := copy.refuse():
        sys.exit(why)
    first = not copy.base.exists()
    copy.update()
    print(*copy.lines, sep="\n", end="\n" if copy.lines else "")
    if first:
        number = sum(name.suffix == ".ipynb" for name in files(BOOK))
        print(f"{copy.folder} is your copy of the book, {number} notebooks. Work there.")
    elif copy.changed:
        print(f"{copy.folder} is up to date; written anew: {copy.changed}.")
    else:
        print(f"{copy.folder} was up to date.")
    if copy.kept.exists():
        print(f"What stood there before is in {copy.kept}.")


if __name__ == "__main__":
    main(sys.argv[1:])
