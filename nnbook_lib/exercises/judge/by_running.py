"""Detectors that run the answer again: with the same input, and row by row.

Each takes a Trouble and returns a sentence, or None if it has nothing to say.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .trouble import Trouble, near


def called_twice(t: Trouble) -> str | None:
    """The same input, another result."""
    again = t.part_again(t.answer, t.args)
    if again is None or again.shape != t.got.shape or near(again, t.got):
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
            want, got = t.part_again(t.exercise.right_answer(), one), t.part_again(t.answer, one)
            if want is None or got is None or not near(got, want):
                return None
            seen |= bool(np.any(want))
    if not seen:
        return None
    return (
        f"Each row of {rows[0]} alone comes out right, several together do not: look at what runs over "
        "the rows, a sum, a mean or a maximum, and over which axis."
    )


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
