"""Which columns of a table are taken, and as what."""

from __future__ import annotations

from difflib import get_close_matches
from typing import NamedTuple
from unicodedata import normalize

import numpy as np

from ..shapes import got
from .column import is_gap
from .sheet import Sheet
from .table import Table
from .telling import and_more, quoted


class Plan(NamedTuple):
    """Which columns are taken, and as what."""

    target: str | None  # None: the file has none
    task: str | None
    features: list[str]
    one_hot: list[str]
    left: list[str]
    notes: list[str]

    def leave_out(self, *names: str) -> str:
        """The option that leaves these out, too."""
        return f"leave_out={[*self.left, *names]}"


def plan(sheet: Sheet, target, task, leave_out, one_hot) -> Plan:
    """The columns as they were asked for. Raises TypeError or ValueError on names that are not there."""
    if target is None:
        raise ValueError(
            f"{sheet.whose}: which column is to be predicted? Pass target=, one of "
            f"{quoted(sheet.header, 30)}.{sheet.hint}"
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
    return Plan(target, task, features, hot, left, notes)


def as_before(sheet: Sheet, like: Table, target, task, leave_out, one_hot) -> Plan:
    """The columns of a table read before. Raises ValueError where one of x is missing, or where
    something else was asked for.
    """
    before = "numbers" if like.classes is None else "classes"
    other = {
        "target": target not in (None, like.target),
        "task": task not in (None, before),
        "leave_out": any(name in like.taken for name in _listed(leave_out)),
        "one_hot": any(like.taken.get(name, name) is None for name in _listed(one_hot)),
    }
    if asked := [option for option, differs in other.items() if differs]:
        raise ValueError(
            f"{sheet.whose}: like= takes target and columns as the table before had them, and "
            f"{asked[0]}= asks for others. Pass like= without it, or read both tables anew."
        )
    if missing := [name for name in like.taken if name not in sheet.header]:
        raise ValueError(
            f"{sheet.whose} has no column {quoted(missing)}, which the table before had; it has "
            f"{quoted(sheet.header, 30)}.{sheet.hint}"
        )
    there = like.target if like.target in sheet.header else None
    if there and all(is_gap(row[sheet.header.index(there)]) for row in sheet.rows):
        there = None  # its place is left for the answers
    hot = [name for name, words in like.taken.items() if words]
    return Plan(there, before, list(like.taken), hot, [], [])


def _listed(names: object) -> list:
    return list(names) if isinstance(names, list | tuple | set | np.ndarray) else [names]


def _known(sheet: Sheet, option: str, names: object, one: bool = False) -> list[str]:
    """The names as a list, each of them in the header."""
    names = _listed(names)
    for name in names:
        if not isinstance(name, str):
            raise TypeError(
                f"{sheet.whose}: {option} takes names of columns, of {quoted(sheet.header, 30)}; got "
                f"{got(name)}."
            )
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
                f"{sheet.whose} has no column {name!r}, given as {option}. {says}{have}{sheet.hint}"
            )
    return found
