"""Detectors: the right result, but for a factor, an offset, or a function applied to it.

Each takes a Trouble and returns a sentence, or None if it has nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from ... import functions
from .trouble import Trouble, is_numbers, near, number, ratio_of


def factor(t: Trouble) -> str | None:
    """The right result times a number, or times a size of an argument."""
    return _factor(t, zip(t.came, t.wanted, strict=True))


def step(t: Trouble) -> str | None:
    """What is added to an argument is the right step times a number: an update that goes wrong."""
    for name in t.args:
        starts = [a[name] for a in t.arguments]
        if all(
            np.shape(a) == w.shape and is_numbers(a) for a, w in zip(starts, t.wanted, strict=True)
        ):
            steps = [(g - a, w - a) for g, w, a in zip(t.came, t.wanted, starts, strict=True)]
            if said := _factor(t, steps):
                return (
                    f"As a step from {name}: {said[0].lower()}{said[1:].replace('result', 'step')}"
                )
    return None


def _factor(t: Trouble, pairs: Iterable[tuple[np.ndarray, np.ndarray]]) -> str | None:
    """What c is, if got = c want for each pair (got, want), one for each case."""
    ratios = []
    for got, want in pairs:
        ratio = ratio_of(got, want)
        if ratio is None:
            return None
        ratios.append(ratio)
    ratios = [r for r in ratios if r != 0]
    if not ratios or (len(ratios) < len(t.wanted) and len(ratios) < 2):
        return None
    if np.allclose(ratios, ratios[0], rtol=1e-5):
        c = ratios[0]
        if np.isclose(c, -1):
            return "The sign is wrong: your result is the negative of the right one."
        if np.isclose(c, 1):
            return None
        return f"Your result is the right one times {number(c)}, on every case."
    for says, size in _sizes(t):
        for power, words in (
            (1, f"times {says}"),
            (-1, f"divided by {says}"),
            (2, f"times {says} squared"),
            (-2, f"divided by {says} squared"),
            (0.5, f"times the root of {says}"),
            (-0.5, f"divided by the root of {says}"),
        ):
            for sign in (1, -1):
                if _equal_lists(ratios, [sign * s**power for s in size]):
                    turned = " and its sign is wrong" if sign < 0 else ""
                    return f"Your result is the right one {words}{turned}."
    return None


def _sizes(t: Trouble) -> Iterator[tuple[str, list[float]]]:
    """Numbers that a result is easily multiplied by: ("the number of rows of x", one a case)."""
    for name in t.args:
        values = [a.get(name) for a in t.arguments]
        if all(isinstance(v, int | float | np.number) and not isinstance(v, bool) for v in values):
            if all(v > 0 for v in values):
                yield name, [float(v) for v in values]
        elif all(isinstance(v, np.ndarray) and v.ndim for v in values):
            yield f"the number of rows of {name}", [float(len(v)) for v in values]
            if all(v.ndim == 2 for v in values):
                yield f"the number of columns of {name}", [float(v.shape[1]) for v in values]


def _equal_lists(a: list[float], b: list[float]) -> bool:
    return len(a) == len(b) and bool(np.allclose(a, b, rtol=1e-5))


def offset(t: Trouble) -> str | None:
    """The difference is a constant, or one of the arguments."""
    for name in t.args:
        for sign, words in (
            (1, "is missing, or subtracted once too often"),
            (-1, "is added once too often, or not subtracted"),
        ):
            if t.agree(lambda g, a, n=name, s=sign: g + s * np.asarray(a[n], float)):
                return f"Your result is off by exactly {name}: {name} {words}."
            if t.agree(lambda g, a, n=name, s=sign: g + 2 * s * np.asarray(a[n], float)):
                return f"Your result is off by twice {name}: the sign of {name} is wrong."
    if t.want.shape == t.got.shape and t.got.size:
        gap = float((t.got.astype(float) - t.want).flat[0])
        if abs(gap) > 1e-9 and t.is_made_by(lambda w: w + gap):
            return f"Every entry is off by the same number, {number(gap)}."
    return None


def other_form(t: Trouble) -> str | None:
    """A simple function of the right result."""
    forms: list[tuple[str, Callable]] = [
        ("the square of the right one", np.square),
        ("the root of the right one", np.sqrt),
        ("the logarithm of the right one", np.log),
        ("e to the power of the right one", np.exp),
        ("1 minus the right one", lambda w: 1 - w),
        ("the right one minus 1", lambda w: w - 1),
        ("the right one plus 1", lambda w: w + 1),
        ("1 over the right one", lambda w: 1 / w),
        ("the right one with negative numbers set to 0", lambda w: np.maximum(w, 0)),
        ("the right one without its sign", np.abs),
        ("the sigmoid of the right one", functions.sigmoid),
        ("tanh of the right one", np.tanh),
        ("the softmax of the right one", functions.softmax),
    ]
    for words, form in forms:
        if t.is_made_by(form):
            return f"Your result is {words}."
    if t.want.shape == t.got.shape and near(np.abs(t.got), np.abs(t.want)):
        return "The sizes are right; some signs are wrong."
    return None


def mistake_times(t: Trouble) -> str | None:
    """A named mistake and a constant factor besides: two mistakes at once."""
    if all(got.size < 2 for got in t.came):
        return None  # any two numbers have a ratio
    for mistake in t.exercise.mistakes:
        if mistake.when is not None or t.exercise.made:
            continue
        ratios = []
        for args, got in zip(t.arguments, t.came, strict=True):
            made = t.again(mistake.answer, args)
            ratio = ratio_of(got, made[0]) if made and len(made) == 1 else None
            if ratio is None:
                break
            ratios.append(ratio)
        else:
            ratios = [r for r in ratios if r]
            if len(ratios) > 1 and np.allclose(ratios, ratios[0]) and not np.isclose(ratios[0], 1):
                flipped = np.isclose(ratios[0], -1)
                more = "of the wrong sign" if flipped else f"times {number(ratios[0])}"
                return f"Two things at once. {mistake.says} And the result is {more}."
    return None


def nearly(t: Trouble) -> str | None:
    """Right to two digits."""
    if t.want.shape != t.got.shape or t.want.dtype.kind not in "fc":
        return None
    size = float(np.linalg.norm(t.want))
    error = float(np.linalg.norm(t.got - t.want)) / size if size else np.inf
    if error < 1e-2:
        return (
            f"Close, with a relative error of {error:.0e}: a rounded number, a step that is too coarse, "
            "or a small term that is missing or in the wrong place."
        )
    return None
