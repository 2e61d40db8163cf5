"""Detectors that run the answer again: with the same input, and row by row.

Each takes a Trouble and returns a sentence, or None if it has nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .trouble import Trouble, is_fraction, is_numbers


def called_twice(t: Trouble) -> str | None:
    """The same input, another result."""
    again = t.part_again(t.answer, t.args)
    if again is None or again.shape != t.got.shape or t.near(again, t.got):
        return None
    return (
        "Called again with the same input, your function gives another result: it draws random numbers "
        "of its own, or keeps something from one call to the next."
    )


def row_by_row(t: Trouble) -> str | None:
    """Right for each sample alone, wrong for several."""
    rows = _batched(t)
    if not rows:
        return None
    seen = False
    for i in t.failing:
        args = t.arguments[i]
        n = len(args[rows[0]])
        if n < 2:
            return None
        for k in range(n):
            one = {name: v[k : k + 1] if name in rows else v for name, v in args.items()}
            want, got = t.part_again(t.right, one), t.part_again(t.answer, one)
            if want is None or got is None or not t.near(got, want):
                return None
            seen |= bool(np.any(want))
    if not seen:
        return None
    return (
        f"Each row of {rows[0]} alone comes out right, several together do not: look at what runs over "
        "the rows, a sum, a mean or a maximum, over which axis, and at what is divided by their number."
    )


SIMPLER: tuple[tuple[str, Callable[[Any], bool], Callable[[Any], Any]], ...] = (
    ("{} = 0", is_fraction, lambda a: a * 0.0),
    ("{} = 1", is_fraction, lambda a: a * 0.0 + 1.0),
    ("{} = 1", lambda a: is_numbers(a) and np.ndim(a) == 0 and not is_fraction(a), lambda a: 1),
    ("a single entry in {}", lambda a: isinstance(a, list) and len(a) > 0, lambda a: a[:1]),
)


def simplified(t: Trouble) -> str | None:
    """Right as soon as one argument is made simple: the mistake is in what is done with it."""
    found = []
    for name in t.args:
        for says, suits, simpler in SIMPLER:
            if "entry" not in says and len(t.args) < 2:
                continue
            if all(suits(args[name]) for args in t.arguments):
                cases = [t.arguments[i] | {name: simpler(t.arguments[i][name])} for i in t.failing]
                if all(_comes_out_right(t, args) for args in cases):
                    found.append(says.format(name))
                    break
    if not found or len(found) > 2:
        return None
    if "entry" in found[0]:
        return f"With {found[0]} your result is right: look at what comes with the second."
    them = "it" if len(found) == 1 else "them"
    return (
        f"With {', or with '.join(found)}, your result is right: look at what you do with {them}."
    )


def _comes_out_right(t: Trouble, args: dict[str, Any]) -> bool:
    want, got = t.part_again(t.right, args), t.part_again(t.answer, args)
    if want is None or got is None or not t.near(got, want):
        return False
    return bool(np.any(want)) and bool(np.isfinite(want).all())


def _batched(t: Trouble) -> list[str]:
    """The arguments that have a row for each sample: those as long as the first matrix, always."""

    def length(value: Any) -> int | None:
        return len(value) if isinstance(value, np.ndarray) and value.ndim else None

    first = next((n for n, v in t.args.items() if isinstance(v, np.ndarray) and v.ndim == 2), None)
    if first is None:
        return []
    return [
        name
        for name in [first, *t.args]
        if all(length(args[name]) == length(args[first]) for args in t.arguments)
    ]
