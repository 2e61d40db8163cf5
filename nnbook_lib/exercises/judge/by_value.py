"""Detectors for answers that are a word, or one of a few values.

Each takes a Trouble and returns a sentence, or None if it has nothing to say.
"""

from __future__ import annotations

import difflib

import numpy as np

from .trouble import Trouble, is_numbers, number, ratio_of


def word(t: Trouble) -> str | None:
    """A word for another, or one that is none of those wanted."""
    if t.got.dtype.kind not in "US" or t.want.dtype.kind not in "US" or t.got.shape != t.want.shape:
        return None
    said, holds = str(t.got.flat[_first_other(t)]), str(t.want.flat[_first_other(t)])
    known = sorted({str(w) for want in t.wanted for w in want.flat})
    if said.strip().lower() not in [w.lower() for w in known]:
        close = difflib.get_close_matches(said.lower(), known, n=1, cutoff=0.7)
        if close:
            return f"{said!r} is none of the words in the task. Is {close[0]!r} meant?"
    more = sum(
        str(g) != str(w)
        for got, want in t.pairs[: t.own]
        for g, w in zip(got.flat, want.flat, strict=False)
    )
    besides = f" {more} of {t.own} cases are wrong." if more > 1 else ""
    return f"You say {said!r} where {holds!r} holds.{besides}"


def _first_other(t: Trouble) -> int:
    same = [str(g).lower() == str(w).lower() for g, w in zip(t.got.flat, t.want.flat, strict=True)]
    return same.index(False)


def off_by_one(t: Trouble) -> str | None:
    """Whole numbers, wrong by 1 in the same direction wherever they are wrong."""
    if any(
        g.dtype.kind not in "iu" or w.dtype.kind not in "iu" or g.shape != w.shape
        for g, w in t.pairs
    ):
        return None
    gaps = {int(v) for got, want in t.pairs for v in (got.astype(int) - want).flat}
    for gap, word in ((1, "more"), (-1, "less")):
        if gaps == {0, gap}:
            return f"Where your result is wrong, it is one {word} than it should be."
    return None


def no_stop(t: Trouble) -> str | None:
    """A number that is not among those that can be chosen."""
    stops = t.exercise.stops
    if not stops or t.got.size != 1 or t.got.dtype.kind not in "iuf":
        return None
    value = t.got.flat[0]
    if any(np.isclose(value, stop) for stop in stops):
        return None
    listed = ", ".join(number(float(stop)) for stop in stops)
    return f"{number(float(value))} is none of the values to choose from: {listed}."


def proportional(t: Trouble) -> str | None:
    """Several numbers, all wrong by the same factor."""
    ratio = ratio_of(t.got, t.want) if t.got.size > 1 else None
    if ratio is None or not ratio:
        return None
    if ratio == -1:
        return "All the signs are turned; else it is right."
    return "The proportions are right: all numbers are off by the same factor."


def too_large_or_small(t: Trouble) -> str | None:
    """On which side of the right one a number lies."""
    if t.want.size != 1 or not is_numbers(t.got) or t.got.shape != t.want.shape:
        return None
    got, want = float(t.got.flat[0]), float(t.want.flat[0])
    if got == -want:
        return "The size is right, the sign is not."
    return f"{number(got)} is too {'large' if got > want else 'small'}."
