"""Detectors: right in some places or on some inputs, wrong in others.

Each takes a Trouble and returns a sentence, or None if it has nothing to say.
"""

from __future__ import annotations

import numpy as np

from .comparing import close
from .trouble import Trouble, is_fraction, is_numbers, near, ratio_of


def line_by_line(t: Trouble) -> str | None:
    """Each row, or each column, is right up to a factor or an offset of its own."""
    with np.errstate(all="ignore"):
        pairs = [(got / want, got - want) for want, got in t.wrong_matrices()]
    if pairs and all(ratio_of(g, w) for g, w in zip(t.came, t.wanted, strict=True)):
        return (
            "On each case your result is the right one times some number, and each time another. Look at "
            "what everything is multiplied with or divided by."
        )
    for axis, line in ((1, "row"), (0, "column")) if pairs else ():
        if all(np.allclose(r, r.mean(axis, keepdims=True), rtol=1e-6) for r, _ in pairs):
            return (
                f"Each {line} is the right one times a factor of its own: what the {line} is "
                "multiplied with or divided by is missing, or taken over other numbers."
            )
        if all(np.allclose(d, d.mean(axis, keepdims=True), rtol=1e-6, atol=1e-9) for _, d in pairs):
            return (
                f"Each {line} is off by a number of its own: what is added to the {line} or "
                "subtracted from it is missing, or taken over other numbers."
            )
    return None


def order(t: Trouble) -> str | None:
    """The right numbers in another order."""
    want, got = t.want, t.got
    if want.shape != got.shape or want.size < 2:
        return None
    if want.ndim == 2 and want.shape[0] == want.shape[1] and near(got.T, want):
        return "The result is transposed."
    for axis in range(want.ndim):
        if want.shape[axis] > 1 and near(np.flip(got, axis), want):
            return f"The entries are in reversed order along axis {axis}."
        for k in (1, -1):
            if want.shape[axis] > 2 and near(np.roll(got, k, axis), want):
                return f"The entries are shifted by one place along axis {axis}."
    if near(np.sort(got, axis=None), np.sort(want, axis=None)):
        return "The right numbers stand in other places: look at the order, or the axes."
    return None


def one_sample(t: Trouble) -> str | None:
    """Right for n = 1 and wrong for a batch."""
    shapes = [
        next((v.shape for v in a.values() if isinstance(v, np.ndarray) and v.ndim == 2), None)
        for a in t.arguments
    ]
    if all(shape is None or shape[0] == shape[1] for shape in shapes):
        return None  # no batch
    lengths = [shape and shape[0] for shape in shapes]
    right = [
        g.shape == w.shape and close(g, w, 1e-5, 1e-9)
        for g, w in zip(t.came, t.wanted, strict=True)
    ]
    ones = [ok for ok, n in zip(right, lengths, strict=True) if n == 1]
    more = [ok for ok, n in zip(right, lengths, strict=True) if n is not None and n > 1]
    nothing = all(not np.any(w) for w, n in zip(t.wanted, lengths, strict=True) if n == 1)
    if ones and more and all(ones) and not any(more) and not nothing:
        return (
            "Right for one sample, wrong for a batch: a sum or a mean over the rows is missing, or runs "
            "over the wrong axis."
        )
    return None


def wrong_where(t: Trouble) -> str | None:
    """The wrong entries are those where an argument of the same shape is negative, or so."""
    if t.want.shape != t.got.shape or t.want.ndim == 0:
        return None
    wrong = ~np.isclose(t.got.astype(float), t.want.astype(float), rtol=1e-5, atol=1e-9)
    if wrong.all() or not wrong.any():
        return None
    for name, value in t.args.items():
        if (
            isinstance(value, np.ndarray)
            and value.shape == t.want.shape
            and value.dtype.kind in "if"
        ):
            for words, mask in (
                ("positive", value > 0),
                ("negative", value < 0),
                ("zero", value == 0),
                ("above 1 in size", np.abs(value) > 1),
            ):
                if mask.any() and not mask.all() and (wrong == mask).all():
                    return f"It is wrong exactly where {name} is {words}."
    if t.want.ndim == 2:
        for axis, words in ((0, "row"), (1, "column")):
            lines = wrong.all(axis=1 - axis)
            if lines.sum() == 1 and wrong.sum() == lines.sum() * t.want.shape[1 - axis]:
                return f"All is right but {words} {int(np.argmax(lines))}, counted from 0."
        if (wrong == np.eye(*wrong.shape, dtype=bool)).all():
            return "All is right but the diagonal."
        if (wrong == ~np.eye(*wrong.shape, dtype=bool)).all():
            return "Only the diagonal is right."
    if t.want.ndim == 1 and len(wrong) > 2:
        if wrong[1:].all() and not wrong[0]:
            return "Only the first entry is right: look at how one step leads to the next."
        if wrong.sum() == 1:
            i = int(np.argmax(wrong))
            place = {0: "the first", len(wrong) - 1: "the last"}.get(
                i, f"that at place {i}, counted from 0"
            )
            return f"All entries are right but {place}."
    return None


def ignores(t: Trouble) -> str | None:
    """An argument that the right result depends on, and the answer's on no case does."""
    for name in t.args:
        if not all(is_fraction(a[name]) for a in t.arguments):
            continue
        matters = False
        for args, want, got in zip(t.arguments, t.wanted, t.came, strict=True):
            noise = np.random.default_rng(0).normal(size=np.shape(args[name]))
            moved = {**args, name: args[name] * 1.37 + 0.11 + 0.1 * noise}
            new_want, new_got = t.again(t.exercise.reference, moved), t.again(t.answer, moved)
            if new_want is None or new_got is None or not any(near(g, got) for g in new_got):
                break
            matters = matters or not any(near(w, want) for w in new_want)
        else:
            if matters:
                return f"Your result does not depend on {name}, and it should."
    return None


def some_cases(t: Trouble) -> str | None:
    """Some cases right, others not: name what they differ in."""
    right = [
        g.shape == w.shape and close(g, w, 1e-5, 1e-9)
        for g, w in zip(t.came, t.wanted, strict=True)
    ]
    if not any(right) or all(right):
        return None
    for name in t.args:
        values = [a[name] for a in t.arguments]
        if not all(is_numbers(v) and np.size(v) for v in values):
            continue
        for words, sure, test in (  # sure: so many cases of each kind it takes
            ("holds negative numbers", 2, lambda v: np.min(v) < 0),
            ("holds large numbers", 1, lambda v: np.max(np.abs(v)) > 50),
            ("holds a zero", 2, lambda v: np.any(np.asarray(v) == 0)),
            ("has more than one row", 1, lambda v: np.ndim(v) == 2 and len(v) > 1),
            ("is not square", 1, lambda v: np.ndim(v) == 2 and len(set(np.shape(v))) == 2),
        ):
            holds = [bool(test(v)) for v in values]
            if min(sum(right), len(right) - sum(right)) < sure:
                continue
            if all(h != ok for h, ok in zip(holds, right, strict=True)):
                return f"It goes wrong exactly where {name} {words}."
    return None


def some_right(t: Trouble) -> str | None:
    """How many entries are right, and where the first wrong one is."""
    if t.want.shape != t.got.shape or t.want.ndim == 0:
        return None
    right = np.isclose(t.got.astype(float), t.want.astype(float), rtol=1e-5, atol=1e-9)
    if not right.any():
        return None
    at = tuple(int(i) for i in np.argwhere(~right)[0])
    place = at[0] if len(at) == 1 else at
    return f"{right.sum()} of {right.size} entries are right; the first wrong one is at {place}."
