"""What became of each exercise, in a notebook and for a student."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .finding import plain
from .reading import Cell
from .running import Ran

STATUSES = ("right", "wrong", "not attempted", "broken", "missing", "not reached")
TRIED = ("right", "wrong", "broken")
OF_CHECK = {"right": "right", "wrong": "wrong", "open": "not attempted"}
NOT_CALLED = "The cell ran, but the book's check was not called in it."
NO_CELL = "No cell checks it."
NOT_HANDED_IN = "No notebook with it was handed in."
WAS_RIGHT = "It was shown as right when handed in."


@dataclass(frozen=True)
class Result:
    """What became of an exercise: one of STATUSES, and a sentence."""

    status: str
    says: str = ""


@dataclass
class Student:
    """A student's results by exercise, and remarks on the notebooks."""

    name: str
    results: dict[str, Result] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def count(self, status: str) -> int:
        """The number of exercises with that status."""
        return sum(result.status == status for result in self.results.values())


def expected(names: Iterable[str], book: Mapping[str, str]) -> list[str]:
    """All exercises of the book's notebooks from which there is at least one, in the book's order.

    book: {exercise: the book's notebook that holds it}
    """
    homes = {book[name] for name in names if name in book}
    return [name for name, home in book.items() if home in homes]


def of_notebook(
    cells: Sequence[Cell], ran: Sequence[Ran], book: Mapping[str, str]
) -> dict[str, Result]:
    """The results of the exercises expected in a notebook. The last cell that checks one counts."""
    found: dict[str, Result] = {}
    stored: dict[str, bool] = {}
    for cell, what in zip(cells, ran, strict=True):
        stored |= dict(cell.stored)
        for name in cell.checks:
            if what.stopped:
                found[name] = Result("not reached", what.stopped)
            elif what.error:
                found[name] = Result("broken", f"{plain(what.error).rstrip('.')}.")
            else:
                found.setdefault(name, Result("broken", NOT_CALLED))
        for said in what.verdicts:
            if status := OF_CHECK.get(said["status"]):
                says = _first(plain(said["says"])) if status == "wrong" else ""
                found[said["name"]] = Result(status, says)
    results = {n: found.get(n, Result("missing", NO_CELL)) for n in expected(found, book)}
    for name, result in results.items():
        if stored.get(name) and result.status != "right":
            results[name] = Result(result.status, f"{result.says} {WAS_RIGHT}".strip())
    return results


def of_student(name: str, handed_in: Mapping[Path, Mapping[str, Result]]) -> Student:
    """One result for each exercise: of the last notebook in which it was tried."""
    student, twice = Student(name), Counter()
    for exercise in dict.fromkeys(e for results in handed_in.values() for e in results):
        all_of = [results[exercise] for results in handed_in.values() if exercise in results]
        tried = [result for result in all_of if result.status in TRIED]
        there = [result for result in all_of if result.status != "missing"]
        student.results[exercise] = (tried or there or all_of)[-1]
        twice[exercise] = len(tried)
    if more := [exercise for exercise, times in twice.items() if times > 1]:
        student.remarks.append(
            f"{first_of(more)} tried in more than one notebook: the last one counts. "
            "(If these are of several students, --by-file tells them apart.)"
        )
    return student


def of_class(students: Iterable[Student], names: Sequence[str]) -> list[Student]:
    """The students, each with a result for each of these exercises and no other."""
    absent = Result("missing", NOT_HANDED_IN)
    return [
        Student(s.name, {n: s.results.get(n, absent) for n in names}, s.remarks) for s in students
    ]


def first_of(names: Sequence[str]) -> str:
    """Names in short: the first, and how many more there are."""
    return f"{names[0]} and {len(names) - 1} more" if len(names) > 1 else names[0]


def _first(text: str) -> str:
    """The first sentence."""
    return re.split(r"(?<=[.?!])\s", text.strip(), maxsplit=1)[0]
