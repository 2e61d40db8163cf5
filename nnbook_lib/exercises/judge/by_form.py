"""Detectors: wrong by its form. Text for a number, NaN, another shape, cut to whole numbers.

Each takes a Trouble and returns a sentence, or None if it has nothing to say.
"""

from __future__ import annotations

import dis
import types

import numpy as np

from .trouble import Trouble, is_numbers, near, number


def text_for_number(t: Trouble) -> str | None:
    """Text where a number is wanted, or the other way around."""
    is_text, wants_text = t.got.dtype.kind in "US", t.want.dtype.kind in "US"
    if is_text and not wants_text:
        return "Your result is text, in quotes; wanted is a number."
    if wants_text and not is_text:
        return "Wanted is a word, in quotes."
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
    whole = "the result is" if bad == t.got.size else f"{bad} of {t.got.size} entries are"
    big = max(
        (float(np.max(np.abs(a))) for a in t.args.values() if is_numbers(a) and np.size(a)),
        default=0.0,
    )
    cause = (
        "e to a large power overflows: subtract the largest entry first, or use a form without it"
        if big > 300
        else "look for 0/0, log(0), or a division by a sum that can be 0"
    )
    return (
        f"{whole} {which}: {cause}.".capitalize()
        if bad == t.got.size
        else f"{whole} {which}: {cause}."
    )


def wrong_shape(t: Trouble) -> str | None:
    """Another shape, and how to come to the right one."""
    want, got = t.want, t.got
    if want.shape == got.shape:
        return None
    both = f"Wanted shape {want.shape}, got {got.shape}"
    if got.ndim == 2 and want.ndim == 2 and want.shape == got.T.shape and near(got.T, want):
        return f"{both}: the result is right, but transposed."
    if all(g.size == w.size for g, w in zip(t.came, t.wanted, strict=True)) and near(
        got.reshape(want.shape), want
    ):
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
            f"Wanted are {len(want)} entries, got {len(got)}: `+` puts two lists one behind the "
            "other. Arrays, `np.array(...)`, are added entry by entry."
        )
    if got.ndim == want.ndim == 1:
        return f"Wanted are {len(want)} entries, got {len(got)}."
    if got.shape == want.shape[::-1] and got.ndim == 2:
        return f"{both}: the two sizes are exchanged. Which factor of the product needs .T?"
    sizes = [n for n in want.shape if n > 1]
    if len(sizes) == 1 and got.ndim == 2 and got.shape == (sizes[0], sizes[0]):
        return (
            f"{both}: a column of shape (n, 1) and a row of shape (n,) were broadcast against each other. "
            "Bring both to the same shape."
        )
    if got.ndim == want.ndim + 1:
        return f"{both}: one axis too many. Is a sum or a mean missing?"
    if got.ndim < want.ndim:
        return f"{both}: an axis is gone. Was it summed over? Indexed with one number?"
    return f"{both}. Write the shape of every array beside its line."


def integers(t: Trouble) -> str | None:
    """Cut or rounded to whole numbers."""
    if t.want.dtype.kind != "f" or t.want.shape != t.got.shape:
        return None
    if t.got.dtype.kind in "iub" and near(t.got, np.trunc(t.want)):
        return (
            "The result is cut to whole numbers: an integer array holds no fractions. Use floats."
        )
    if not near(t.got, t.want) and t.is_made_by(np.round):
        return "The result is rounded to whole numbers: keep the fractions."
    return None


def returns_an_argument(t: Trouble) -> str | None:
    """An argument as it is, or all zeros."""
    for name in t.args:
        if is_numbers(t.args[name]) and all(
            np.shape(g) == np.shape(a[name]) and near(g, np.asarray(a[name]))
            for g, a in zip(t.came, t.arguments, strict=True)
        ):
            return f"Your function returns {name} as it is."
    if t.got.size > 1 and not np.any(t.got) and np.any(t.want):
        return "Your result is all zeros. Is it filled after it was created?"
    return None


def constant(t: Trouble) -> str | None:
    """One and the same number on every case, where the right ones differ."""
    if len(t.came) < 2 or any(g.size != 1 or g.dtype.kind not in "iufb" for g in t.came):
        return None
    got, want = ({float(v.flat[0]) for v in values} for values in (t.came, t.wanted))
    if len(got) == 1 and len(want) > 1:
        return f"Your result is {number(got.pop())} on every case, whatever it is given."
    return None
