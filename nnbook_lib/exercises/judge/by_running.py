"""Detectors that run the answer again: with the same input, and row by row.

Each takes a Trouble and returns a sentence, or None if it has nothing to say.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .trouble import Trouble, is_fraction


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
    """Right for each sample alone, wrong for several, where the right result is made row by row."""
    rows = _batched(t)
    if not rows or not t.failing:
        return None
    for i in t.failing:
        args = t.arguments[i]
        n = len(args[rows[0]])
        if n < 2:
            return None
        ones = [{m: v[k : k + 1] if m in rows else v for m, v in args.items()} for k in range(n)]
        wanted, came = ([t.part_again(f, one) for one in ones] for f in (t.right, t.answer))
        if any(w is None for w in wanted) or not _are_made_of(t, t.wanted[i], wanted):
            return None
        if not all(c is not None and t.near(c, w) for c, w in zip(came, wanted, strict=True)):
            return None
    return (
        f"Each row of {rows[0]} alone comes out right, several together do not: with several, one has a "
        "say in what comes of another, or their results are put together in another way than is wanted."
    )


def _are_made_of(t: Trouble, whole: np.ndarray, rows: list[np.ndarray]) -> bool:
    """Whether a result is its rows', one behind the other or summed up, perhaps divided by n."""
    if not all(np.isfinite(row).all() and np.any(np.abs(row) > 1e-9) for row in rows):
        return False
    made = [np.sum(rows, axis=0)]
    if rows[0].ndim:
        made.append(np.concatenate(rows))
    return any(t.near(whole, m) or t.near(whole, m / len(rows)) for m in made)


def simplified(t: Trouble) -> str | None:
    """Right as soon as one argument is 0, or a list is short: the mistake needs the others."""
    found = []
    for name in t.args:
        if all(is_fraction(args[name]) for args in t.arguments):
            cases = [t.arguments[i] | {name: t.arguments[i][name] * 0.0} for i in t.failing]
            if all(_comes_out_right(t, name, args) for args in cases):
                found.append(name)
        elif all(isinstance(args[name], list) for args in t.arguments):
            if said := _short_lists(t, name):
                return said
    if len(found) != 1:
        return None
    return f"With {found[0]} = 0 your result is right: look at where {found[0]} comes in."


def _comes_out_right(t: Trouble, name: str, args: dict[str, Any]) -> bool:
    """Whether it does on these arguments, and all else that matters does so with them, too."""
    want, got = t.part_again(t.right, args), t.part_again(t.answer, args)
    if want is None or got is None or not t.near(got, want) or not np.isfinite(want).all():
        return False
    others = [n for n in args if n != name and is_fraction(args[n])]
    moved = [t.part_again(t.right, {**args, n: args[n] * 1.3 + 0.2}) for n in others]
    return bool(others) and all(m is not None and not t.near(m, want) for m in moved)


def _short_lists(t: Trouble, name: str) -> str | None:
    """Up to which length of a list the answer is right, if from there on it is wrong."""
    longest = []
    for i in t.failing:
        args = t.arguments[i]
        right = [
            _same_again(t, args | {name: args[name][:k]}) for k in range(1, len(args[name]) + 1)
        ]
        count = right.index(False) if False in right else 0
        if not count or any(right[count:]):
            return None
        longest.append(count)
    if not longest or len(set(longest)) > 1:
        return None
    entries = "a single entry" if longest[0] == 1 else f"up to {longest[0]} entries"
    return f"With {entries} in {name} your result is right, with more it is wrong."


def _same_again(t: Trouble, args: dict[str, Any]) -> bool:
    want, got = t.part_again(t.right, args), t.part_again(t.answer, args)
    return want is not None and got is not None and t.near(got, want)


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
