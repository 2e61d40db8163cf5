"""The results as tables: of a student and of a class on the screen, and of a class as CSV."""

from __future__ import annotations

import csv
import re
import textwrap
import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import TextIO

from .results import STATUSES, WAS_RIGHT, Result, Student, first_of

MARKS = dict(zip(STATUSES, "✓✗○!–?", strict=True))
# With what a spreadsheet begins to compute; in much of Europe a semicolon begins a cell, too.
FORMULA = re.compile(r"""(^|;)([\s"]*)(?=[=+\-@＝＋－＠])""")
WIDTH, COLUMN = 78, 5  # letters of a line, and of a count


def of_student(student: Student) -> str:
    """Each exercise of a student with what became of it, and why."""
    counts = ", ".join(f"{n} {s}" for s in STATUSES[1:] if (n := student.count(s)))
    head = f"{student.name}: {student.count('right')} of {len(student.results)} right"
    lines = [f"{head} ({counts})" if counts else head]
    width = max(map(len, student.results), default=0)
    for name, result in student.results.items():
        lines.append(f"  {MARKS[result.status]} {name:{width}}  {result.status}")
        lines += _indented(result.says, 6)
    for remark in student.remarks:
        lines += _indented(remark, 2)
    return "\n".join(lines)


def of_class(students: Sequence[Student]) -> str:
    """A line of marks for each student, a line of counts for each exercise, and the remarks."""
    names = list(students[0].results)
    groups = [(s, list(those)) for s, those in groupby(names, lambda n: n.partition(".")[0])]
    width = max(_width(student.name) for student in students)
    right = f"right of {len(names)}"
    wide = [max(len(group), len(those)) for group, those in groups]
    head = "  ".join(f"{g:{w}}" for (g, _), w in zip(groups, wide, strict=True))
    lines = [f"{'':{width}}  {right}  {head}".rstrip()]
    for student in students:
        marks = (
            "".join(MARKS[student.results[name].status] for name in those).ljust(w)
            for (_, those), w in zip(groups, wide, strict=True)
        )
        padded = student.name + " " * (width - _width(student.name))
        count = f"{student.count('right'):>{len(right)}}"
        lines.append(f"{padded}  {count}  {'  '.join(marks)}".rstrip())
    lines += ["", "  ".join(f"{mark} {status}" for status, mark in MARKS.items()), ""]
    width = max(map(len, names))
    rows = {"": list(MARKS.values())}
    rows |= {name: [_count(students, name, status) for status in STATUSES] for name in names}
    rows["all"] = [sum(s.count(status) for s in students) for status in STATUSES]
    lines += [f"{n:{width}}{''.join(f'{c:>{COLUMN}}' for c in row)}" for n, row in rows.items()]
    if said := [f"{student.name}: {one}" for student in students for one in _remarks(student)]:
        lines += ["", *(line for one in said for line in _indented(one, 0))]
    return "\n".join(lines)


def write_csv(students: Sequence[Student], file: TextIO) -> None:
    """A row for each student, and at the end one for each status: how many students have it."""
    names = list(students[0].results)
    table = csv.writer(file)
    table.writerow(["student", *STATUSES, "of", *names, "remarks"])
    for student in students:
        counts = [student.count(status) for status in STATUSES]
        results = [result.status for result in student.results.values()]
        remarks = " ".join(_remarks(student))
        table.writerow([_harmless(student.name), *counts, len(names), *results, _harmless(remarks)])
    for status in STATUSES:
        sums = [sum(s.count(status) for s in students) if s == status else "" for s in STATUSES]
        counts = [_count(students, name, status) for name in names]
        table.writerow([f"all students: {status}", *sums, "", *counts, ""])


def _remarks(student: Student) -> list[str]:
    """What a teacher should look at: answers that do not run, or are right no more, and notebooks."""
    alike: dict[Result, list[str]] = {}
    for name, result in student.results.items():
        looked_at = result.status in ("broken", "not reached") or WAS_RIGHT in result.says
        if looked_at and result.says:
            alike.setdefault(result, []).append(name)
    told = [f"{first_of(names)} {r.status}: {r.says}" for r, names in alike.items()]
    return told + student.remarks


def _count(students: Sequence[Student], name: str, status: str) -> int:
    return sum(student.results[name].status == status for student in students)


def _indented(text: str, by: int) -> list[str]:
    lines = textwrap.wrap(text, WIDTH - by, break_long_words=False, break_on_hyphens=False)
    return [" " * (by if i == 0 else by + 2) + line for i, line in enumerate(lines)]


def _width(text: str) -> int:
    """The columns that text takes on a screen: Chinese and Japanese letters take two."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) != 0 for c in text)


def _harmless(text: str) -> str:
    """Text that a spreadsheet takes as text, even if it begins like a formula."""
    return FORMULA.sub(r"\1\2'", text)
