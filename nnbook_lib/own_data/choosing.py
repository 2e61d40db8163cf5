"""Which columns of a table are taken, and as what."""

from __future__ import annotations

from difflib import get_close_matches
from typing import NamedTuple
from unicodedata import normalize

import numpy as np

from ..shapes import got
from .sheet import Sheet
from .table import Table
from .telling import and_more, quoted


class Plan(NamedTuple):
    """Which columns are taken, and as what."""

    target: str | None  # None: the file has none
    task: str | None
    features: list[str]
    one_hot: list[str]
    notes: list[str]


def plan(sheet: Sheet, target, task, leave_out, one_hot) -> Plan:
    """The columns as they were asked for. Raises TypeError or ValueError on names that are not there."""
    if target is None:
        raise ValueError(
            f"{sheet.whose}: which column is to be predicted? Pass target=, one of "
            f"{quoted(sheet.header, 30)}."
        )
    (target,) = _known(sheet, "target", [target] if isinstance(target, str) else target, one=True)
    left, hot = _known(sheet, "leave_out", leave_out), _known(sheet, "one_hot", one_hot)
    if target in left or target in hot:
        raise ValueError(
            f"{sheet.whose}: {target!r} is the target, which is no column of x: take it out of "
            f"{'leave_out' if target in left else 'one_hot'}."
        )
    if both := [name for name in hot if name in left]:
        raise ValueError(f"{sheet.whose}: {quoted(both)} stand in leave_out and in one_hot.")
    notes = [f"left out: {and_more(left, 8)}"] if left else []
    for i, name in enumerate(sheet.header):  # as pandas writes its index
        if name != f"column {i + 1}" or name in hot:
            continue
        cells = [row[i] for row in sheet.rows]
        if cells in [[str(k) for k in range(start, start + len(cells))] for start in (0, 1)]:
            left.append(name)
            notes.append(f"left out: {name}, which has no name and counts the rows")
    features = [name for name in sheet.header if name != target and name not in left]
    if not features:
        raise ValueError(
            f"{sheet.whose}: no column is left for x; the file has {quoted(sheet.header)}."
        )
    return Plan(target, task, features, hot, notes)


def as_before(sheet: Sheet, like: Table) -> Plan:
    """The columns of a table read before. Raises ValueError where one of x is missing."""
    if missing := [name for name in like.taken if name not in sheet.header]:
        raise ValueError(
            f"{sheet.whose} has no column {quoted(missing)}, which the table before had; it has "
            f"{quoted(sheet.header, 30)}."
        )
    there = like.target if like.target in sheet.header else None
    task = "numbers" if like.classes is None else "classes"
    hot = [name for name, words in like.taken.items() if words]
    return Plan(there, task, list(like.taken), hot, [])


def _known(sheet: Sheet, option: str, names: object, one: bool = False) -> list[str]:
    """The names as a list, each of them in the header."""
    names = list(names) if isinstance(names, list | tuple | set | np.ndarray) else [names]
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"{sheet.whose}: {option} takes names of columns; got {got(name)}.")
    if one and len(names) != 1:
        raise TypeError(f"{sheet.whose}: target is one column; got {len(names)}.")
    found = [normalize("NFC", name.strip()) for name in names]
    for name in found:
        if name not in sheet.header:
            folded = {other.casefold(): other for other in sheet.header}
            near = [folded[n] for n in get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)]
            says = f"Did you mean {' or '.join(map(repr, near))}?" if near else "It has"
            have = "" if near else f" {quoted(sheet.header, 30)}."
            raise ValueError(
                f"{sheet.whose} has no column {name!r}, given as {option}. {says}{have}"
            )
    return found
