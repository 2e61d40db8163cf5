"""python -m nnbook_lib.exercises.collect: see the package's docstring."""

from __future__ import annotations

import argparse
import asyncio
import difflib
import importlib.util
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nnbook_lib.exercises import SETS, load

from ...printable import printable
from . import results, tables
from .finding import HandedIn, Refused, find, plain
from .reading import NoNotebook, mentioned, read
from .results import Result, Student, first_of
from .running import run

NONE = "has no exercise in it"


@dataclass(frozen=True)
class Found:
    """What came of a notebook: results by exercise, why it could not be read, did it run to its end."""

    results: dict[str, Result]
    unread: str = ""
    complete: bool = True


def main(arguments: Sequence[str] | None = None) -> int:
    """Collect, print the tables, and return the exit code."""
    asked = _asked(arguments)
    try:
        if importlib.util.find_spec("jupyter_client") is None:
            raise Refused("This runs notebooks, which needs JupyterLab: pip install jupyterlab")
        book = {name: SETS[name.partition(".")[0]] for name in load()}
        only, to = _only(asked.only, book), _csv(asked.csv)
        notebooks, others = find(asked.paths, book.values(), asked.by_file)
    except Refused as error:
        _say(str(error))
        return 2
    for other in others:
        _say(f"{plain(other.name)} is no notebook (its name does not end in .ipynb): left out.")
    try:
        students, complete = asyncio.run(collect(notebooks, book, asked.jobs, asked.timeout))
    except KeyboardInterrupt:
        _say("Stopped.")
        return 130
    there = {name for student in students for name in student.results}
    names = only or [name for name in book if name in there]
    if not names:
        _say("No exercise of this book stands in these notebooks: none calls check.")
        return 2
    students = results.of_class(students, names)
    if len(students) == 1 or asked.details:
        print(printable("\n\n".join(map(tables.of_student, students))))
    if len(students) > 1:
        print(printable(("\n" if asked.details else "") + tables.of_class(students)))
    return 0 if _written(students, to) and complete else 1


async def collect(
    notebooks: Sequence[HandedIn], book: Mapping[str, str], jobs: int, seconds: float
) -> tuple[list[Student], bool]:
    """(the students with their results, whether each notebook ran to its end).

    book: {exercise: the book's notebook that holds it}. jobs: notebooks that run at a time.
    seconds: that a cell may take.
    """
    free, done = asyncio.Semaphore(jobs), 0

    async def one(notebook: HandedIn) -> Found:
        nonlocal done
        async with free:
            found = await _one(notebook.path, book, seconds)
        done += 1
        right = sum(result.status == "right" for result in found.results.values())
        said = found.unread or (f"{right} of {len(found.results)} right" if found.results else NONE)
        _say(f"[{done}/{len(notebooks)}] {notebook.student}, {plain(notebook.path.name)} {said}")
        return found

    whose: dict[str, dict[Path, Found]] = {}
    for notebook, found in zip(notebooks, await asyncio.gather(*map(one, notebooks)), strict=True):
        whose.setdefault(notebook.student, {})[notebook.path] = found
    students = [_student(name, whose[name]) for name in sorted(whose)]
    return students, all(f.complete for of_one in whose.values() for f in of_one.values())


async def _one(path: Path, book: Mapping[str, str], seconds: float) -> Found:
    try:
        cells = read(path)
    except NoNotebook as error:
        named = [name for name, home in book.items() if home in path.stem]
        names = results.expected(mentioned(path) or named, book)
        return Found(dict.fromkeys(names, Result("not reached")), str(error), complete=False)
    if not any(name in book for cell in cells for name in cell.checks):
        return Found({})
    ran = await run(cells, seconds)
    stopped = any(what.stopped for what in ran)
    return Found(results.of_notebook(cells, ran, book), complete=not stopped)


def _student(name: str, handed_in: Mapping[Path, Found]) -> Student:
    student = results.of_student(name, {path: f.results for path, f in handed_in.items()})
    said = {plain(path.name): f.unread for path, f in handed_in.items() if f.unread}
    student.remarks += [f"{file} {unread}." for file, unread in said.items()]
    if not student.results and not said:
        student.remarks.append(f"{first_of([plain(p.name) for p in handed_in])} {NONE}.")
    return student


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m nnbook_lib.exercises.collect",
        description=sys.modules[__package__].__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", metavar="NOTEBOOK_OR_FOLDER")
    parser.add_argument("--csv", metavar="FILE")
    parser.add_argument("--details", action="store_true")
    parser.add_argument("--by-file", action="store_true")
    parser.add_argument("--only", metavar="NAMES", default="")
    parser.add_argument("--jobs", type=_positive(int), metavar="N", default=os.cpu_count() or 1)
    parser.add_argument("--timeout", type=_positive(float), metavar="S", default=120.0)
    return parser.parse_args(arguments)


def _positive(kind: type) -> Callable[[str], int | float]:
    """For argparse: a number above zero."""

    def number(text: str):
        try:
            if (value := kind(text)) > 0:
                return value
        except ValueError:
            pass
        what = "whole number" if kind is int else "number"
        raise argparse.ArgumentTypeError(f"wanted a {what} above zero; got {text!r}")

    return number


def _only(asked: str, book: Mapping[str, str]) -> list[str]:
    """The exercises that --only names, in the book's order."""
    wanted = [word.strip() for word in asked.split(",") if word.strip()]
    for word in wanted:
        if word not in book and word not in SETS:
            close = difflib.get_close_matches(word, [*SETS, *book], n=1)
            meant = f"Did you mean {close[0]}?" if close else f"The sets are {', '.join(SETS)}."
            raise Refused(f"--only: no exercise and no set is called {word!r}. {meant}")
    return [name for name in book if name in wanted or name.partition(".")[0] in wanted]


def _csv(asked: str | None) -> Path | None:
    """The file that --csv names. Refused before anything is run, and unless its name says CSV."""
    if asked is None:
        return None
    to = Path(asked)
    if to.suffix.lower() != ".csv":
        raise Refused(f"--csv {asked}: the table's file must end in .csv, as class.csv does.")
    if not to.parent.is_dir() or to.is_dir():
        raise Refused(f"--csv {asked}: there is no folder {to.parent} to write that file into.")
    return to


def _written(students: Sequence[Student], to: Path | None) -> bool:
    """Write the table, if asked for. False, and a sentence, if that could not be done."""
    if to is None:
        return True
    try:
        # with a mark at its beginning, without which Excel takes UTF-8 for something else
        with to.open("w", encoding="utf-8-sig", newline="") as file:
            tables.write_csv(students, file)
    except OSError as error:
        _say(f"{to} cannot be written: {error.strerror}. Is it open in another program?")
        return False
    return True


def _say(text: str) -> None:
    """On the error stream, which leaves the tables alone."""
    print(printable(text, getattr(sys.stderr, "encoding", None)), file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
