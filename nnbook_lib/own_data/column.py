"""The cells of one column: are they numbers, words, or what must be mended first?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from .telling import numbered

SIGNS = "? - -- --- . .. ... … – —".split()
FAILED = "#div/0! #value! #ref! #name? #num! #null!".split()  # formulas of a spreadsheet
GAPS = frozenset(
    ["", *"na n/a #n/a n.a. nan -nan null (null) none nat <na>".split(), *SIGNS, *FAILED]
)
TRUTH = {"true": 1.0, "false": 0.0}
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.I)
INFINITE = re.compile(r"[+-]?(inf|infinity|∞)", re.I)
GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}([,.' \u00a0\u202f’])\d{3}(\1\d{3})*([.,]\d+)?")
NUMBER_AND_MORE = re.compile(r"[^\w]{0,3}\d[\d\W]*[^\W\d_]{0,8}[\d\W]*")  # ₹1,23,456; 10-20; '1.5'
UNIT = re.compile(r"[<>~≈±$€£¥]?\s*[+-]?\d+([.,]\d+)?\s*[^\W\d_%°µ€$£¥]{0,8}[%°µ€$£¥]?[\w/²³]{0,6}")
DATE = re.compile(
    r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?([T ]+\d.*)?"  # 2007-11-30, 30.11.2007
    r"|\d{1,2}[-/. ]+[^\W\d]{3,9}[-/., ]+\d{2,4}|[^\W\d]{3,9}\.? \d{1,2},? \d{2,4}"  # 30-Nov-07
    r"|\d{1,2}:\d{2}(:\d{2})?.*"  # 12:30
)


def is_gap(cell: str) -> bool:
    """Whether nothing was measured: an empty cell, NA, ?, and the like."""
    return cell.lower() in GAPS


def gaps(cells: Sequence[str]) -> np.ndarray:
    """(n,) whether each cell is a gap."""
    found = {cell for cell in set(cells) if is_gap(cell)}
    return np.array([cell in found for cell in cells]) if found else np.zeros(len(cells), bool)


def decimal_mark(whose: str, cells: Iterable[str]) -> str:
    """Whether these cells write one half as 0.5 or as 0,5. Raises ValueError where both can be."""
    cells, found = list(cells), {}
    if "," not in "".join(cells):
        return "."
    for cell in cells:
        for mark in ",.":
            if cell.count(mark) == 1 and NUMBER.fullmatch(cell.replace(mark, ".")):
                found.setdefault((mark, not GROUPS.fullmatch(cell)), cell)  # sure, or thousands?
    comma, point = found.get((",", True)), found.get((".", True))
    if comma and point:
        raise ValueError(
            f"{whose}: {comma!r} has a decimal comma, {point!r} a decimal point. Write all numbers "
            "in one way, without signs between the thousands."
        )
    unsure = found.get((",", False))
    if unsure and not comma and not point:
        raise ValueError(
            f"{whose}: {unsure!r} may be {unsure.replace(',', '.')} or {unsure.replace(',', '')}. "
            "Pass decimal=',' if it is the first; else delete the commas between thousands."
        )
    return "," if comma else "."


def thousands(cells: Iterable[str]) -> list[str]:
    """What to say where all points have three digits behind them, and may stand between thousands."""
    found = [cell for cell in cells if "." in cell and NUMBER.fullmatch(cell)]
    if not found or not all(map(GROUPS.fullmatch, found)):
        return []
    more = found[0].replace(".", "")
    return [f"{found[0]!r} was read as {float(found[0])}: if it is {more}, delete the points"]


def numbers(cells: Sequence[str], decimal: str) -> np.ndarray | None:
    """The column as floats, NaN in gaps; None where a cell is no number."""
    if (plain := _plain(cells, decimal)) is not None:
        return plain
    plain = [number(cell, decimal) for cell in cells]
    return None if any(value is None for value in plain) else np.array(plain, dtype=float)


def _plain(cells: Sequence[str], decimal: str) -> np.ndarray | None:
    """The column at once, where every cell is a number as Python writes it: ten times as fast."""
    try:
        found = np.array(cells, dtype=float)
    except ValueError:
        return None
    alike = decimal == "." and np.isfinite(found).all() and "_" not in "".join(cells)
    return found if alike else None


def number(cell: str, decimal: str) -> float | None:
    """The cell as a float, NaN if it is a gap, None if it is no number."""
    if is_gap(cell):
        return np.nan
    if (truth := TRUTH.get(cell.lower())) is not None:
        return truth
    cell = cell.replace("−", "-")
    if decimal == ",":
        if "." in cell:
            return None
        cell = cell.replace(",", ".")
    if NUMBER.fullmatch(cell):
        return float(cell)
    return float(cell.replace("∞", "inf")) if INFINITE.fullmatch(cell) else None


def trouble(
    name: str, cells: Sequence[str], rows: Sequence[int], decimal: str, one_hot: Sequence[str] = ()
) -> str | None:
    """Why a column of text should be mended in the file, in a sentence; None for plain words.

    one_hot: the columns already given as such.
    """
    kinds = f"(or, if they are kinds, one_hot={[*one_hot, name]})"
    known = [(cell, row) for cell, row in zip(cells, rows, strict=True) if not is_gap(cell)]
    odd = [(cell, row) for cell, row in known if number(cell, decimal) is None]
    if not odd:
        return None
    cell = odd[0][0]

    def mostly(pattern: re.Pattern) -> bool:
        return 2 * sum(bool(pattern.fullmatch(cell)) for cell, _ in odd) > len(odd)

    if mostly(GROUPS):
        cell, sign = next((c, m[1]) for c, _ in odd if (m := GROUPS.fullmatch(c)))
        return (
            f"{name!r} has signs between the thousands, as in {cell!r}: delete them in the file, "
            f"so that this is {cell.replace(sign, '')}"
        )
    if mostly(DATE):
        return (
            f"{name!r} holds dates or times, such as {cell!r}: put a number in their place, such as "
            "the days since the first"
        )
    if 2 * len(odd) <= len(known):
        return (
            f"{name!r} is numbers but for {len(odd)} of {len(known)} cells, such as {cell!r}: "
            f"{numbered('row', [row for _, row in odd])}. Mend them in the file, or empty them "
            f"{kinds}"
        )
    several = len({cell for cell, _ in odd}) > min(20, len(odd) / 2)  # "1st" and "2nd" are kinds
    if (mostly(UNIT) or mostly(NUMBER_AND_MORE)) and several:
        return (
            f"{name!r} has more than a number in its cells, such as {cell!r}: keep only the number, "
            f"and write the unit into the column's name {kinds}"
        )
    return None


def words(cells: Sequence[str], decimal: str) -> list[str]:
    """The cells as names: as they stand, or in a column of numbers 1 for 1.0 and 1,0."""
    sizes = [number(cell, decimal) for cell in cells]
    if any(size is None for size in sizes) or any(cell.lower() in TRUTH for cell in cells):
        return list(cells)
    return [str(int(v)) if np.isfinite(v) and v == round(v) else str(v) for v in sizes]


def different(found: Iterable[str]) -> tuple[str, ...]:
    """Each name once, sorted; numbers by their size."""
    names = sorted(set(found))
    if all(NUMBER.fullmatch(name) for name in names):
        names.sort(key=float)
    return tuple(names)


def identifies(names: Sequence[str], n: int) -> bool:
    """Whether so many names in n rows are those of the rows rather than of kinds of them."""
    return len(names) > max(20, n / 2)
