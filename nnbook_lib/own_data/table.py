"""What is known of a table after it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .telling import and_more


@dataclass(frozen=True, eq=False)
class Table:
    """What `read_table` returns. It prints what was read, and what was left out.

    x: (n, d) float64. t: (n,) labels from 0 where the target is classes, (n, 1) float64 where it is
    numbers, None where a file read `like` another one has no target. columns: the d names of x's
    columns; a word's column is called "island=Biscoe". classes: the names of the labels, or None.
    target: the target's name. rows: (n,) where each row stands in the file, as a spreadsheet
    program counts them (in a DataFrame, its place from 0). taken: the file's columns that x is made
    of; for those given as one_hot their words, for the others None. notes: what was left out, and
    what else was noticed.
    """

    x: np.ndarray
    t: np.ndarray | None
    columns: tuple[str, ...]
    classes: tuple[str, ...] | None
    target: str
    rows: np.ndarray
    taken: dict[str, tuple[str, ...] | None]
    notes: tuple[str, ...]
    source: str

    def __repr__(self) -> str:
        n, d = self.x.shape
        rows = f"{n} row{'s' * (n != 1)}" if n else "its rows were not kept"
        lines = [f"{self.source}: {rows}, {d} column{'s' * (d != 1)} for x"]
        lines.append(f"  x  {and_more(self.columns, 8)}")
        if not n:
            kind = "numbers" if self.classes is None else f"classes {and_more(self.classes, 8)}"
            lines.append(f"  t  {self.target}: {kind}")
        elif self.t is None:
            lines.append(f"  t  none: the file has no column {self.target}, or an empty one")
        elif self.classes is None:
            span = f"from {self.t.min():g} to {self.t.max():g}"
            lines.append(f"  t  {self.target}: numbers {span}")
        else:
            counts = np.bincount(self.t, minlength=len(self.classes))
            have = [f"{name} ({count})" for name, count in zip(self.classes, counts, strict=True)]
            lines.append(f"  t  {self.target}: {len(have)} classes, {and_more(have, 8)}")
        return "\n".join([*lines, *(f"  {note}" for note in self.notes)])


def without_rows(columns: tuple[str, ...], **form: Any) -> Table:
    """A table of which only its form is known, so that other files can be read `like` it."""
    none = np.zeros((0, len(columns)))
    return Table(none, None, columns, rows=np.zeros(0, int), notes=(), **form)
