"""Answers of learners, written from the tasks alone, and what check says to each, with a grade.

tests/learners/*.txt hold the answers, one file for each exercise notebook, in cells:

    # %% forward.weighted_sum | wrong | the bias is missing
    def weighted_sum(x, w, b):
        return w @ x


    check("forward.weighted_sum", weighted_sum)

A cell runs behind the notebook's own first cells. tests/learners/grades.json keeps for every wrong
answer the sentence that check said and its grade: named (this very mistake), useful (it narrows the
search down, and is true), empty, or misleading. A sentence that changes loses its grade.

    python tools/learners.py                 the table by chapter
    python tools/learners.py --store         keep today's sentences; new ones are without a grade
    python tools/learners.py --ungraded      print what is to be graded
    python tools/learners.py --grade FILE    take grades from lines "notebook number grade"
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import re
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib
import nbformat
from solutions import exercises

import nnbook_lib.exercises
from nnbook_lib.exercises.judge import watchdog

ROOT = Path(__file__).parents[1]
ANSWERS = ROOT / "tests" / "learners"
KEPT = ANSWERS / "grades.json"
GRADES = ("named", "useful", "empty", "misleading")
CELL = re.compile(r"^# %% (\S+) \| (wrong|right) \| (.*)\n", re.M)


class Cell(NamedTuple):
    """An answer: of which exercise, whether it is right, what is wrong or unusual, and its code."""

    exercise: str
    right: bool
    what: str
    code: str


def cells(notebook: str) -> list[Cell]:
    """The answers to a notebook's exercises, in the order of their file."""
    _, *rest = CELL.split((ANSWERS / f"{notebook}.txt").read_text(encoding="utf-8"))
    return [
        Cell(exercise, kind == "right", what, code.strip() + "\n")
        for exercise, kind, what, code in zip(*[iter(rest)] * 4, strict=True)
    ]


def notebooks() -> list[str]:
    """The notebooks with answers, in the order of the book."""
    every = dict.fromkeys(nnbook_lib.exercises.SETS.values())
    return [name for name in every if (ANSWERS / f"{name}.txt").exists()]


def prelude(notebook: str) -> dict[str, Any]:
    """The names that the notebook's own cells define, apart from the exercises and the figures."""
    path = ROOT / "book" / "exercises" / f"{notebook}.ipynb"
    made = nbformat.read(path, as_version=4)
    stubs = {found.cell for found in exercises(made)}
    space: dict[str, Any] = {"__name__": "__main__"}
    for number, cell in enumerate(made.cells):
        skip = cell.cell_type != "code" or number in stubs
        if not skip and not re.search(r"%pip|^explore\(", cell.source, re.M):
            with _quiet(), matplotlib.rc_context():
                exec(compile(cell.source, f"{notebook}, cell {number}", "exec"), space)
    return space


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def slow_clock() -> Callable[[], float]:
    """A clock that counts how often it is looked at, so that what check says hangs on no machine's
    speed; slow enough that only what is endless comes to an end by it.
    """
    looks = itertools.count()
    return lambda: 2e-5 * next(looks)


def judged(cell: Cell, before: dict[str, Any]) -> nnbook_lib.exercises.Report:
    """What check says to an answer."""
    reports = []

    def noted(*answer):
        reports.append(nnbook_lib.exercises.check(*answer))
        return reports[-1]

    space = {**before, "check": noted}
    watchdog.monotonic = slow_clock()
    with _quiet():
        exec(compile(cell.code, f"<{cell.exercise}: {cell.what}>", "exec"), space)
    return reports[-1]


def all_judged(notebook: str) -> Iterator[tuple[Cell, nnbook_lib.exercises.Report]]:
    """(cell, report) of all answers to a notebook's exercises."""
    before = prelude(notebook)
    for cell in cells(notebook):
        yield cell, judged(cell, before)


def kept() -> dict[str, list[dict[str, str]]]:
    """notebook -> its wrong answers: exercise, what is wrong, what check says, and its grade."""
    return json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}


def alike(one: str, other: str) -> bool:
    """Whether two sentences are the same but for their numbers and for where time ran out."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    text = text.partition(" It was at line")[0]
    return re.sub(r"-?\d+(\.\d*)?(e[-+]?\d+)?", "#", text)


def store() -> None:
    """Keep what check says today; a sentence that says what was kept before keeps its grade."""
    old, new = kept(), {}
    for notebook in notebooks():
        entries = {(e["exercise"], e["what"]): e for e in old.get(notebook, [])}
        new[notebook] = []
        for cell, report in all_judged(notebook):
            if not cell.right:
                before = entries.get((cell.exercise, cell.what), {})
                says = report.verdict.diagnosis
                grade = before.get("grade", "") if alike(before.get("says", ""), says) else ""
                new[notebook].append(
                    {"exercise": cell.exercise, "what": cell.what, "says": says, "grade": grade}
                )
    _write(new)


def _write(grades: dict[str, list[dict[str, str]]]) -> None:
    KEPT.write_text(json.dumps(grades, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def take_grades(path: str) -> None:
    """Fill in grades from lines "notebook number grade"."""
    grades = kept()
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.strip():
            notebook, number, grade = line.split()[:3]
            if grade not in GRADES:
                raise ValueError(f"{line!r}: a grade is one of {', '.join(GRADES)}")
            grades[notebook][int(number)]["grade"] = grade
    _write(grades)


def print_ungraded() -> None:
    """Every answer without a grade, with its code and what check said."""
    for notebook, entries in kept().items():
        code = {(cell.exercise, cell.what): cell.code for cell in cells(notebook)}
        for number, entry in enumerate(entries):
            if not entry["grade"]:
                exercise, what = entry["exercise"], entry["what"]
                print(f"[{notebook} {number}] {exercise}: {what}\n{code[exercise, what]}")
                print(f"check says: {entry['says']}\n")


def table() -> str:
    """Of each notebook: wrong answers, and how many of each grade."""
    head = "| notebook | wrong | " + " | ".join(GRADES) + " |"
    lines, sums = [head, "|---" * (len(GRADES) + 2) + "|"], Counter()
    for notebook, entries in kept().items():
        count = Counter(e["grade"] for e in entries)
        lines.append(
            f"| {notebook} | {len(entries)} | " + " | ".join(str(count[g]) for g in GRADES)
        )
        sums.update(count)
    shares = [f"{sums[g]} ({sums[g] / max(sum(sums.values()), 1):.0%})" for g in GRADES]
    return "\n".join([*lines, f"| all | {sum(sums.values())} | " + " | ".join(shares) + " |"])


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            print(table())
        case ["--store"]:
            store()
        case ["--ungraded"]:
            print_ungraded()
        case ["--grade", file]:
            take_grades(file)
        case _:
            sys.exit(__doc__)
