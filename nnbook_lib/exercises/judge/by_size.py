"""Detectors: the right result, but for a factor, an offset, or a function applied to it.

Each takes a Trouble and returns a sentence, or None if it has nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from ... import functions
from .trouble import Trouble, number, ratio_of


def factor(t: Trouble) -> str | None:
    """The right result times a number, or times a size of an argument."""
    return _factor(t, zip(t.came, t.wanted, strict=True))


def step(t: Trouble) -> str | None:
    """What is added to where an update rule starts is the right step times a number."""
    begins = starts(t)
    if begins is None or any(b.shape != w.shape for b, w in zip(begins, t.wanted, strict=True)):
        return None
    steps = [(g - b, w - b) for (g, w), b in zip(t.pairs, begins, strict=True)]
    if said := _factor(t, steps):
        name = next(n for n in UPDATED if n in t.args)
        return f"As a step from {name}: {said[0].lower()}{said[1:].replace('result', 'step')}"
    return None


UPDATED = ("theta", "w", "W")  # arguments that an update rule moves, along a gradient


def starts(t: Trouble) -> list[np.ndarray] | None:
    """What an update rule starts from, on each case; None of another function."""
    name = next((name for name in UPDATED if name in t.args), None)
    if name is None or "grad" not in t.args:
        return None
    return [np.asarray(a[name], float) for a in t.arguments]


def _factor(t: Trouble, pairs: Iterable[tuple[np.ndarray, np.ndarray]]) -> str | None:
    """What c is, if got = c want for each pair (got, want), one for each case."""
    ratios = {}
    for i, (got, want) in enumerate(pairs):
        ratio = ratio_of(got, want)
        if ratio is None:
            return None
        if ratio != 0:
            ratios[i] = ratio
    cases, ratios = list(ratios), list(ratios.values())
    if not ratios or (len(ratios) < len(t.wanted) and len(ratios) < 2):
        return None
    if np.allclose(ratios, ratios[0], rtol=2 * t.rtol):
        c = ratios[0]
        if np.isclose(c, -1, rtol=2 * t.rtol):
            return "The sign is wrong: your result is the negative of the right one."
        if np.isclose(c, 1, rtol=2 * t.rtol):
            return None
        return f"Your result is the right one times {number(c, t.rtol)}, on every case."
    fits: list[str] = []
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
                if np.allclose(ratios, [sign * size[i] ** power for i in cases], rtol=2 * t.rtol):
                    turned = ", and its sign is wrong" if sign < 0 else ""
                    fits.append(f"{words}{turned}")
    if not fits or len(set(np.round(ratios, 9))) < 2:
        return None
    return f"Your result is the right one {' (or, which is the same here, '.join(fits[:2])}" + (
        ")." if len(fits) > 1 else "."
    )


def _sizes(t: Trouble) -> Iterator[tuple[str, list[float]]]:
    """Numbers that a result is easily multiplied by: ("the number of rows of x", one a case)."""
    for name in t.args:
        values = [a.get(name) for a in t.arguments]
        if all(isinstance(v, int | float | np.number) and not isinstance(v, bool) for v in values):
            if all(v > 0 for v in values):
                yield name, [float(v) for v in values]
        elif all(isinstance(v, np.ndarray) and v.ndim for v in values):
            flat = all(v.ndim == 1 for v in values)
            what = f"the number of {'entries' if flat else 'rows'} of {name}"
            yield from _counts(what, [float(len(v)) for v in values])
            if all(v.ndim == 2 for v in values):
                what = f"the number of columns of {name}"
                yield from _counts(what, [float(v.shape[1]) for v in values])
            if not flat:
                yield f"the number of entries of {name}", [float(v.size) for v in values]


def _counts(what: str, sizes: list[float]) -> Iterator[tuple[str, list[float]]]:
    """A number of rows, one less, and what a variance over n - 1 in place of n differs by."""
    yield what, sizes
    if all(n > 1 for n in sizes):
        yield f"{what}, less 1", [n - 1 for n in sizes]
        yield f"n / (n - 1), with n {what}", [n / (n - 1) for n in sizes]


def offset(t: Trouble) -> str | None:
    """The difference is a constant."""
    if t.want.shape == t.got.shape and sum(g.size for g in t.came) > 1:
        gap = float((t.got.astype(float) - t.want).flat[0])
        if abs(gap) > 1e-9 and t.is_made_by(lambda w: w + gap):
            return f"Every entry is off by the same number, {number(gap)}."
    return None


def other_form(t: Trouble) -> str | None:
    """A simple function of the right result."""
    forms: list[tuple[str, Callable]] = [
        ("1 minus the right one", lambda w: 1 - w),
        ("the square of the right one", np.square),
        ("the root of the right one", np.sqrt),
        ("the logarithm of the right one", np.log),
        ("the logarithm of the right one, to base 10", np.log10),
        ("the logarithm of the right one, to base 2", np.log2),
        ("e to the power of the right one", np.exp),
        ("the right one minus 1", lambda w: w - 1),
        ("the right one plus 1", lambda w: w + 1),
        ("1 over the right one", lambda w: 1 / w),
        ("the right one with negative numbers set to 0", lambda w: np.maximum(w, 0)),
        ("the right one without its sign", np.abs),
        ("the right one cut to numbers from 0 to 1", lambda w: np.clip(w, 0, 1)),
        ("the right one cut to 1 where it is larger", lambda w: np.minimum(w, 1)),
        ("the right one rounded down to a whole number", np.floor),
        ("the right one rounded up to a whole number", np.ceil),
        ("the sigmoid of the right one", functions.sigmoid),
        ("tanh of the right one", np.tanh),
        ("the softmax of the right one", functions.softmax),
    ]
    for words, form in forms:
        if t.is_made_by(form):
            return f"Your result is {words}."
    if all(t.near(np.abs(g), np.abs(w)) for g, w in t.pairs) and any(
        np.any(g * w < 0) for g, w in t.pairs
    ):
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
    """Right to two digits on every case, without what the result was before the first step."""
    begins = starts(t) or [np.zeros(()) for _ in t.wanted]
    worst = 0.0
    for (got, want), start in zip(t.pairs, begins, strict=True):
        if want.shape != got.shape or want.dtype.kind not in "fc":
            return None
        size = float(np.linalg.norm(want - start))
        error = float(np.linalg.norm(got - want))
        worst = max(worst, error / size if size else np.inf * error if error else 0.0)
    if 0 < worst < 1e-2:
        return (
            f"Close on every case, with a relative error of {worst:.0e} at most: a rounded number, a "
            "step that is too coarse, or a small term that is missing or in the wrong place."
        )
    return None


def direction(t: Trouble) -> str | None:
    """On which side of the right ones the wrong results lie, if there are enough to tell."""
    above: list[bool] = []
    for i in t.failing:
        got, want = t.came[i], t.wanted[i]
        if got.shape != want.shape or got.dtype.kind not in "iuf" or want.dtype.kind not in "iuf":
            return None
        wrong = ~np.isclose(got, want, rtol=t.rtol)
        if not np.isfinite(got).all() or np.any(want[wrong] * got[wrong] < 0):
            return None
        above += list((np.abs(got[wrong]) > np.abs(want[wrong])).flat)
    if len(above) < 12 or len(set(above)) > 1:
        return None
    return f"Wherever it is wrong, your result is too {'large' if above[0] else 'small'}."
