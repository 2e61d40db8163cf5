"""What may be wrong with a table that can be read: a sentence each, for the reader to judge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from .telling import quoted

FILLERS = (-9, -99, -999, -9999, -99999)


def alike(name: str, kinds: Sequence[str]) -> Iterator[str]:
    """Names that differ in capital letters or blanks only."""
    folded = defaultdict(list)
    for kind in kinds:
        folded["".join(kind.casefold().split())].append(kind)
    for same in folded.values():
        if len(same) > 1:
            yield f"{name!r} has {quoted(same)}: the same, written differently?"


def numbers(columns: Mapping[str, np.ndarray]) -> Iterator[str]:
    """A column that counts the rows, whose order is often that of the classes; -999 for a gap."""
    for name, column in columns.items():
        if len(column) >= 10 and (np.diff(column) == 1).all():
            yield f"{name!r} counts the rows; if it is no measurement, leave_out=[{name!r}]"
        below = column[column < 0]
        if len(below) and (below == below[0]).all() and below[0] in FILLERS:
            yield f"{name!r} is {below[0]:g} in {len(below)} rows, else never below 0: a sign for a gap?"
