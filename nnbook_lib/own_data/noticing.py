"""What may be wrong with a table that can be read: a sentence each, for the reader to judge."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from .telling import and_more, quoted

FILLERS = (-9, -99, -999, -9999, -99999)
FEW = 5  # rows of a class, of which a fifth is for the test


def alike(name: str, kinds: Sequence[str]) -> Iterator[str]:
    """Names that differ in capital letters or blanks only."""
    folded = defaultdict(list)
    for kind in kinds:
        folded["".join(kind.casefold().split())].append(kind)
    for same in folded.values():
        if len(same) > 1:
            yield f"{name!r} has {quoted(same)}: the same, written differently?"


def rare(name: str, labels: Sequence[str]) -> Iterator[str]:
    """Classes of so few rows that training, validation and test cannot all have some."""
    few = [f"{kind!r} ({count})" for kind, count in sorted(Counter(labels).items()) if count < FEW]
    if few:
        yield f"{name!r} has few rows of {and_more(few)}: hardly enough to train, validate and test"


def numbers(columns: Mapping[str, np.ndarray], left: Sequence[str]) -> Iterator[str]:
    """A column that counts the rows, whose order is often that of the classes; -999 for a gap.

    left: the columns left out already.
    """
    for name, column in columns.items():
        if len(column) >= 10 and (np.diff(column) == 1).all():
            yield f"{name!r} counts the rows; if it is no measurement, leave_out={[*left, name]}"
        below = column[column < 0]
        if len(below) and (below == below[0]).all() and below[0] in FILLERS:
            rows = f"{len(below)} row{'s' * (len(below) > 1)}"
            yield f"{name!r} is {below[0]:g} in {rows}, else never below 0: a sign for a gap?"
