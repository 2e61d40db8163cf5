"""Detectors: wrong by its form. Text for a number, NaN, another shape, cut to whole numbers.

Each takes a Trouble and returns a sentence, or None if it has nothing to say.
"""

from __future__ import annotations

import dis
import types
from collections.abc import Callable

import numpy as np

from ... import functions
from .trouble import Trouble, is_numbers, number


def text_for_number(t: Trouble) -> str | None:
    """Text where a number is wanted, or the other way around."""
    is_text, wants_text = t.got.dtype.kind in "US", t.want.dtype.kind in "US"
    if is_text and not wants_text:
        amount = _amount(t.want)
        return (
            f"Your result is text, in quotes; wanted is {amount}{' numbers' * (t.want.ndim == 1)}."
        )
    if wants_text and not is_text:
        return f"Wanted is a word, in quotes; your result is {t.got[()]}."
    return None


def caret(t: Trouble) -> str | None:
    """^ for a power, which of whole numbers gives another whole number, without an error."""
    codes = [getattr(t.answer, "__code__", None)]
    for code in filter(None, codes):
        if any(step.argrepr in ("^", "^=") for step in dis.get_instructions(code)):
            return "A power is written `**`: `x**2`. Your code has `^`, which compares bits."
        codes += [inner for inner in code.co_consts if isinstance(inner, types.CodeType)]
    return None


def not_finite(t: Trouble) -> str | None:
    """NaN or infinity where a number is wanted."""
    if t.got.dtype.kind not in "fc" or not np.isfinite(t.want).all() or np.isfinite(t.got).all():
        return None
    bad = int((~np.isfinite(t.got)).sum())
    which = "NaN" if np.isnan(t.got).any() else "infinity"
    whole = "The result is" if t.got.ndim == 0 else f"{bad} of {t.got.size} entries are"
    big = max(
        (float(np.max(np.abs(a))) for a in t.args.values() if is_numbers(a) and np.size(a)),
        default=0.0,
    )
    if t.exercise.cases is None:
        return f"{whole} {which}; wanted is a number."
    cause = (
        "With numbers this large, look for e to a power, which overflows to infinity or rounds to 0, and "
        "for 0/0 and log(0) behind it"
        if big > 300
        else "Look for 0/0, log(0), a root of a negative number, or a division by what can be 0"
    )
    return f"{whole} {which}. {cause}."


def wrong_shape(t: Trouble) -> str | None:
    """Another shape, and how to come to the right one."""
    want, got = t.want, t.got
    if want.shape == got.shape:
        return None
    both = f"Wanted shape {want.shape}, got {got.shape}"
    if got.ndim == 2 and want.ndim == 2 and t.agree(lambda g, _: g.T):
        return f"{both}: the result is right, but transposed."
    if all(g.size == w.size and t.near(g.reshape(w.shape), w) for g, w in t.pairs):
        return f"{both}: the numbers are right. Bring them into shape: .reshape, [:, None] or [0]."
    for axis in range(got.ndim):
        for reduce, word in ((np.sum, "sum"), (np.mean, "mean")):
            for keep in (False, True):
                if t.agree(lambda g, _, r=reduce, i=axis, k=keep: r(g, axis=i, keepdims=k)):
                    return f"{both}: take the {word} over axis {axis}" + (
                        ", and keep the axis (keepdims=True)." if keep else "."
                    )
    if want.ndim == 0 and got.size:
        for reduce, word in ((np.sum, "sum"), (np.mean, "mean")):
            if t.agree(lambda g, _, r=reduce: r(g)):
                return f"Wanted is one number, got shape {got.shape}: take the {word} of it."
    if got.ndim == want.ndim == 1 and len(got) == 2 * len(want) > 2:
        return (
            f"Wanted are {len(want)} entries, got {len(got)}. Does `+` put two lists one behind the "
            "other? Arrays, `np.array(...)`, are added entry by entry."
        )
    if got.ndim == want.ndim == 1:
        return _how_many(t)
    if got.shape == want.shape[::-1] and got.ndim == 2:
        return f"{both}: the two sizes are exchanged. Which factor of the product needs .T?"
    grown = [(t.came[i].shape, t.wanted[i].size) for i in t.failing]
    if all(size > 1 and shape == (size, size) for shape, size in grown):
        return (
            f"{both}: a table, each of {want.size} with each. A column of shape (n, 1) beside a row of shape "
            "(n,) makes one, and so does a product `@`."
        )
    if want.ndim == 0 or got.ndim == 0:
        return f"Wanted is {_amount(want)}, got {_amount(got)}."
    if got.ndim == want.ndim + 1:
        return f"{both}: one axis too many."
    if got.ndim < want.ndim:
        return f"{both}: an axis is missing."
    axes = (
        [i for i in range(got.ndim) if got.shape[i] != want.shape[i]]
        if got.ndim == want.ndim
        else []
    )
    where = f" Axis {axes[0]} has another length." if len(axes) == 1 else ""
    return f"{both}.{where} Write the shape of every array beside its line."


def _amount(a: np.ndarray) -> str:
    what = "word" if a.dtype.kind in "US" else "number"
    if a.ndim == 0:
        return f"one {what}"
    return f"a list of {len(a)}" if a.ndim == 1 else f"an array of shape {a.shape}"


def _how_many(t: Trouble) -> str:
    """Too few or too many entries, and which ones are there."""
    both = f"Wanted are {len(t.want)} entries, got {len(t.got)}"
    shorter = all(g.ndim == 1 and len(g) < len(w) for g, w in t.pairs)
    if shorter and all(t.near(g, w[: len(g)]) for g, w in t.pairs):
        return f"{both}: they are the first ones, and right. What comes behind them is missing."
    if shorter and all(t.near(g, w[len(w) - len(g) :]) for g, w in t.pairs):
        return f"{both}: they are the last ones, and right. What comes before them is missing."
    longer = all(g.ndim == 1 and len(g) > len(w) for g, w in t.pairs)
    if longer and all(t.near(g[: len(w)], w) for g, w in t.pairs):
        return f"{both}: the first {len(t.want)} are right, and what follows is too much."
    if longer and all(t.near(g[len(g) - len(w) :], w) for g, w in t.pairs):
        return f"{both}: the last {len(t.want)} are right, and what comes before is too much."
    return f"{both}."


def integers(t: Trouble) -> str | None:
    """Cut or rounded to whole numbers."""
    if t.want.dtype.kind != "f" or t.want.shape != t.got.shape:
        return None
    cut = all(g.dtype.kind in "iub" and t.near(g, np.trunc(w)) for g, w in t.pairs)
    if cut and t.want.ndim:
        return (
            "The result is cut to whole numbers: an integer array holds no fractions. Use floats."
        )
    if cut:
        return "The result is cut to a whole number: `//` and `int(...)` drop the fraction."
    lost = any(np.any((w != np.round(w)) & (np.round(w) != 0)) for w in t.wanted)
    if lost and t.is_made_by(np.round):
        return "The result is rounded to whole numbers: keep the fractions."
    for digits in range(1, 7):
        same = [_rounded_alike(got, want, digits) for got, want in t.pairs]
        if all(same) and any(np.any(got) for got in t.came):
            return f"The result is the right one, rounded to {digits} digits behind the point: keep them all."
    return None


def returns_an_argument(t: Trouble) -> str | None:
    """An argument as it is, or all zeros."""
    for name in t.args:
        if is_numbers(t.args[name]) and all(
            np.shape(g) == np.shape(a[name]) and t.near(g, np.asarray(a[name]))
            for g, a in zip(t.came, t.arguments, strict=True)
        ):
            return f"Your function returns {name} as it is."
    if t.got.size > 1 and np.any(t.want) and all(_is_zero(g) for g in t.came):
        if any(np.any(g) for g in t.came):
            return "Your result is 0 everywhere, up to rounding, on every case."
        return "Your result is all zeros, on every case. Is it filled after it was created?"
    return None


def _rounded_alike(got: np.ndarray, want: np.ndarray, digits: int) -> bool:
    return got.shape == want.shape and bool(np.allclose(got, np.round(want, digits), 0, 1e-12))


def _is_zero(a: np.ndarray) -> bool:
    return a.dtype.kind in "iufb" and float(np.max(np.abs(a), initial=0.0)) < 1e-12


FUNCTIONS: tuple[tuple[str, Callable[[np.ndarray], np.ndarray]], ...] = (
    ("{} with its sign turned", lambda a: -a),
    ("{} squared", np.square),
    ("the root of {}", np.sqrt),
    ("e to the power of {}", np.exp),
    ("the logarithm of {}", np.log),
    ("1 over {}", lambda a: 1 / a),
    ("{} without its sign", np.abs),
    ("{} with negative numbers set to 0, a ReLU", lambda a: np.maximum(a, 0)),
    ("1 where {} is positive, else 0", lambda a: (a > 0) * 1.0),
    ("the sign of {}", np.sign),
    ("the sigmoid of {}", functions.sigmoid),
    ("tanh of {}", np.tanh),
    ("the softmax of {}", functions.softmax),
    ("the slope of the sigmoid at {}", lambda a: functions.sigmoid(a) * (1 - functions.sigmoid(a))),
    ("the slope of tanh at {}", lambda a: 1 - np.tanh(a) ** 2),
    ("{0} (1 - {0})", lambda a: a * (1 - a)),
    ("1 - {}²", lambda a: 1 - a**2),
    ("a 1 for the largest entry of each row of {}", lambda a: np.eye(a.shape[1])[a.argmax(1)]),
    ("the sum of {}", np.sum),
    ("the mean of {}", np.mean),
    ("the transpose of {}", np.transpose),
    ("the sum of {} over axis 0", lambda a: a.sum(axis=0)),
    ("the mean of {} over axis 0", lambda a: a.mean(axis=0)),
    ("the sum of {} over axis 1", lambda a: a.sum(axis=1)),
    ("the mean of {} over axis 1", lambda a: a.mean(axis=1)),
    ("the norm of {}", np.linalg.norm),
    ("the length of {}", len),
)


def function_of_an_argument(t: Trouble) -> str | None:
    """A usual function of one argument, and of nothing else."""
    if len({float(v) for got in t.came for v in got.flat}) < 4:
        return None  # so few numbers may be anything
    for name in t.args:
        values = [a[name] for a in t.arguments]
        if all(isinstance(v, np.ndarray) or is_numbers(v) for v in values):
            for says, form in FUNCTIONS:
                if t.are_made([lambda v=value, f=form: f(v) for value in values]):
                    return f"Your result is {says.format(name)}."
    return None


def constant(t: Trouble) -> str | None:
    """One and the same number on every case, where the right ones differ."""
    if len(t.came) < 2 or any(g.size != 1 or g.dtype.kind not in "iufb" for g in t.came):
        return None
    got, want = ({float(v.flat[0]) for v in values} for values in (t.came, t.wanted))
    if len(got) == 1 and len(want) > 1:
        return f"Your result is {number(got.pop())} on every case, whatever it is given."
    return None
