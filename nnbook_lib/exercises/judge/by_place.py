"""Detectors: right in some places or on some inputs, wrong in others.

Each takes a Trouble and returns a sentence, or None if it has nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .comparing import differing
from .trouble import Trouble, is_fraction, is_numbers


def line_by_line(t: Trouble) -> str | None:
    """Each row, or each column, is right up to a factor or an offset of its own."""
    with np.errstate(all="ignore"):
        pairs = [(got / want, got - want) for want, got in t.wrong_matrices()]
    if not pairs or any(np.any(r == 0) for r, _ in pairs):
        return None
    if all(np.allclose(r, r.flat[0], rtol=1e-6) for r, _ in pairs):
        return (
            "On each case your result is the right one times some number. Look at what everything is "
            "multiplied with or divided by."
        )
    for axis, line in ((1, "row"), (0, "column")):
        if all(np.allclose(r, r.mean(axis, keepdims=True), rtol=1e-6) for r, _ in pairs):
            return (
                f"Each {line} is the right one times a factor of its own: look at what the {line} is "
                "multiplied with or divided by."
            )
        if all(np.allclose(d, d.mean(axis, keepdims=True), rtol=1e-6, atol=1e-9) for _, d in pairs):
            return (
                f"Each {line} is off by a number of its own: look at what is added to the {line} or "
                "subtracted from it."
            )
    return None


def unfilled(t: Trouble) -> str | None:
    """All is 0 but what stands first or last, and that is right."""
    for where, kept in (("first", slice(0, 1)), ("last", slice(-1, None))):
        seen = False
        for i in t.failing:
            got, want = t.came[i], t.wanted[i]
            if got.shape != want.shape or not got.ndim or len(got) < 2:
                return None
            rest = got.copy()
            rest[kept] = 0
            if not t.near(got[kept], want[kept]) or np.any(rest) or not np.any(want[kept]):
                break
            seen = True
        else:
            if seen:
                what = "row" if t.want.ndim > 1 else "entry"
                more = " Does `return` stand inside of the loop?" if where == "first" else ""
                return f"Only the {where} {what} of your result is filled, and right; the others are 0.{more}"
    return None


def order(t: Trouble) -> str | None:
    """The right numbers in another order."""
    want = t.want
    if want.shape != t.got.shape or want.size < 2:
        return None
    if want.ndim == 2 and t.is_made_by(lambda w: w.T):
        return "The result is transposed."
    for axis in range(want.ndim):
        if t.is_made_by(lambda w, i=axis: np.flip(w, i)):
            return f"The entries are in reversed order along axis {axis}."
        for k in (1, -1):
            if t.is_made_by(lambda w, i=axis, k=k: np.roll(w, k, i)):
                return f"The entries are shifted by one place along axis {axis}."
    if all(g.shape == w.shape and t.near(np.sort(g, None), np.sort(w, None)) for g, w in t.pairs):
        return "The right numbers stand in other places: look at the order, or the axes."
    return None


def wrong_where(t: Trouble) -> str | None:
    """On every case the wrong entries are those where an argument of the same shape is negative, or
    so; or they are those of one place.
    """
    if any(g.shape != w.shape for g, w in t.pairs):
        return None
    wrong = [_wrong(t, *pair) for pair in t.pairs]
    return _where_an_argument(t, wrong) or _at_one_place(t, wrong)


def _wrong(t: Trouble, got: np.ndarray, want: np.ndarray) -> np.ndarray:
    return differing(got.astype(float), want.astype(float), t.exercise.rtol, t.exercise.atol)


KINDS = (
    ("positive", lambda v: v > 0),
    ("negative", lambda v: v < 0),
    ("zero", lambda v: v == 0),
    ("not positive", lambda v: v <= 0),
    ("not negative", lambda v: v >= 0),
    ("not zero", lambda v: v != 0),
    ("above 1 in size", lambda v: np.abs(v) > 1),
    ("1 or less in size", lambda v: np.abs(v) <= 1),
)


def _where_an_argument(t: Trouble, wrong: list[np.ndarray]) -> str | None:
    for name in t.args:
        values = [a[name] for a in t.arguments]
        if not all(
            is_numbers(v) and np.shape(v) == w.shape for v, w in zip(values, wrong, strict=True)
        ):
            continue
        for words, test in KINDS:
            masks = [np.asarray(test(np.asarray(v))) for v in values]
            mixed = any(m.any() and not m.all() for m in masks)
            if mixed and all(map(np.array_equal, masks, wrong)) and _holds_elsewhere(t, name, test):
                return f"It is wrong exactly where {name} is {words}."
    return None


def _holds_elsewhere(t: Trouble, name: str, test: Callable[[np.ndarray], np.ndarray]) -> bool:
    """Whether it is wrong in the same places with other signs and zeros in the argument, too."""
    noise = np.random.default_rng(0)
    for args in t.arguments:
        moved = {**args, name: noise.choice([-1.7, -0.4, 0.0, 0.3, 1.6], np.shape(args[name]))}
        want, got = t.part_again(t.right, moved), t.part_again(t.answer, moved)
        if want is None or got is None or want.shape != got.shape:
            continue
        if np.any(_wrong(t, got, want) & ~test(moved[name])):
            return False
    return True


def _at_one_place(t: Trouble, wrong: list[np.ndarray]) -> str | None:
    """Of the cases that fail, each with all its wrong entries in the same row, column or place."""
    failing = [w for w in wrong if w.any()]
    own = sum(w.any() for w in wrong[: t.own])
    if own < (1 if t.exercise.cases is None else 2) or any(
        w.ndim != t.want.ndim or w.all() for w in failing
    ):
        return None
    if t.want.ndim == 2:
        for axis, word in ((0, "row"), (1, "column")):
            lines = [np.flatnonzero(w.any(axis=1 - axis)) for w in failing]
            if all(len(at) == 1 for at in lines) and (
                place := _place(word, [int(a[0]) for a in lines], [w.shape[axis] for w in failing])
            ):
                return f"All is right but {place}."
        square = all(len(set(w.shape)) == 1 for w in failing)
        if square and all((w == np.eye(len(w), dtype=bool)).all() for w in failing):
            return "All is right but the diagonal."
        if square and all((w == ~np.eye(len(w), dtype=bool)).all() for w in failing):
            return "Only the diagonal is right."
    if t.want.ndim == 1 and len(t.pairs) == 1 and wrong[0].sum() > 1:
        return f"Of the {wrong[0].size} entries {(~wrong[0]).sum()} are right."
    if t.want.ndim == 1:
        at = [np.flatnonzero(w) for w in failing]
        if all(len(a) == 1 for a in at) and (
            place := _place("entry", [int(a[0]) for a in at], [len(w) for w in failing])
        ):
            return f"All is right but {place}."
        if all(len(w) > 2 and not w[0] and w[1:].all() for w in failing):
            return "Only the first entry is right: look at how one step leads to the next."
        if all(len(w) > 2 and not w[-1] and w[:-1].all() for w in failing):
            return "Only the last entry is right: look at how one step leads to the one before."
    return None


def _place(word: str, at: list[int], lengths: list[int]) -> str:
    """ "the first row", "the last row" or "row 2" if it is the same on all, else ""."""
    if not any(at):
        return f"the first {word}"
    if all(i == n - 1 for i, n in zip(at, lengths, strict=True)):
        return f"the last {word}"
    return f"{word} {at[0]}, counted from 0" if len(set(at)) == 1 else ""


def ignores(t: Trouble) -> str | None:
    """An argument that the right result depends on, and the answer's on no case does, however it is
    moved.
    """
    if t.counts():
        return None  # what is counted may stay the same
    noise = np.random.default_rng(0)
    for name in t.args:
        if not all(is_fraction(a[name]) or callable(a[name]) for a in t.arguments):
            continue
        matters = False
        for args, want, got in zip(t.arguments, t.wanted, t.came, strict=True):
            for moved in ({**args, name: move} for move in _moves(args[name], noise)):
                new_want = t.part_again(t.right, moved)
                new_got = t.part_again(t.answer, moved)
                if new_want is None:
                    continue
                if new_got is None or not t.near(new_got, got):
                    break
                matters = matters or not t.near(new_want, want)
            else:
                continue
            break
        else:
            if matters:
                return f"Your result does not depend on {name}, and it should."
    return None


def _moves(value: Any, noise: np.random.Generator) -> Sequence[Any]:
    """Others in the place of an argument."""
    if callable(value):
        return (lambda *x: 1.7 * value(*x), lambda *x: value(*x) + 0.3)
    return (value * 1.37 + 0.11 + 0.1 * noise.normal(size=np.shape(value)), -value, 10.0 * value)


KINDS_OF_CASES = (
    ("holds negative numbers", lambda v: np.min(v) < 0, np.abs),
    ("holds large numbers", lambda v: np.max(np.abs(v)) > 50, lambda v: v / np.max(np.abs(v))),
    ("holds a zero", lambda v: np.any(v == 0), lambda v: np.where(v == 0, 0.25, v)),
    ("has more than one column", lambda v: v.ndim == 2 and v.shape[1] > 1, lambda v: v[:, :1]),
)


def some_cases(t: Trouble) -> str | None:
    """What the wrong cases have, and the right ones do not, if without it they come out right too."""
    right = [t.near(got, want) for got, want in t.pairs]
    if not any(right) or all(right):
        return None
    for name in t.args:
        if not all(is_fraction(a[name]) and np.size(a[name]) for a in t.arguments):
            continue
        for words, test, without in KINDS_OF_CASES:
            holds = [bool(test(np.asarray(a[name]))) for a in t.arguments]
            if any(h == ok for h, ok in zip(holds, right, strict=True)):
                continue
            cured = ({**t.arguments[i], name: without(t.arguments[i][name])} for i in t.failing)
            if all(_is_right(t, args) for args in cured):
                return f"It goes wrong where {name} {words}: without, your result is right."
    return None


def _is_right(t: Trouble, args: dict) -> bool:
    want, got = t.part_again(t.right, args), t.part_again(t.answer, args)
    return want is not None and got is not None and t.near(got, want) and bool(np.any(want))


def some_right(t: Trouble) -> str | None:
    """How many entries are right, and where the first wrong one is."""
    if t.want.shape != t.got.shape or t.want.ndim == 0:
        return None
    right = ~_wrong(t, t.got, t.want)
    if not right.any() or right.all():
        return None
    at = tuple(int(i) for i in np.argwhere(~right)[0])
    place = at[0] if len(at) == 1 else at
    return f"{right.sum()} of {right.size} entries are right; the first wrong one is at {place}."
