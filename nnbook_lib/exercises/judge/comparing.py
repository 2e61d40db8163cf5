"""Comparing what came with what was wanted, part by part."""

from __future__ import annotations

import contextlib
import numbers
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

Parts = dict[str, np.ndarray]
DEEPEST = 8  # axes of a result
SINGLE = (np.dtype(np.float32), np.dtype(np.complex64))


class NoNumbers(Exception):
    """A result that is no number, array, or tuple of them; its text says what it is."""


def parts(value: Any, names: Sequence[str] = ()) -> Parts:
    """A result as named arrays: {"": array} for a single one. Raises NoNumbers."""
    if isinstance(value, Mapping):
        return {str(key): array(one) for key, one in value.items()}
    if isinstance(value, tuple):
        labels = (
            names if len(names) == len(value) else [f"output {i + 1}" for i in range(len(value))]
        )
        return {label: array(one) for label, one in zip(labels, value, strict=True)}
    return {"": array(value)}


def parts_like(wanted: Parts, value: Any) -> Parts:
    """A result as named arrays, in the names of what is wanted: for several parts a list counts as a
    tuple, and so does an array with a row for each; for an array, a tuple of numbers or rows. Raises
    NoNumbers.
    """
    if isinstance(value, Mapping) and set(map(str, value)) == set(wanted):
        value = {name: one for name in wanted for key, one in value.items() if str(key) == name}
    if list(wanted) == [""] and isinstance(value, tuple):
        with contextlib.suppress(NoNumbers):
            made = array(list(value))
            if made.shape == wanted[""].shape:
                return {"": made}
    if len(wanted) > 1 and _holds(wanted, value):
        value = tuple(value)
    return parts(value, list(wanted) if len(wanted) > 1 else ())


def _holds(wanted: Parts, value: Any) -> bool:
    """Whether a list or an array is several results: with an array's rows, all of the right shapes."""
    if isinstance(value, list):
        return len(value) == len(wanted)
    shapes = [part.shape for part in wanted.values()]
    return (
        isinstance(value, np.ndarray) and value.ndim > 0 and [np.shape(v) for v in value] == shapes
    )


def array(value: Any) -> np.ndarray:
    """value as an array of numbers or strings. Raises NoNumbers, saying what it is instead."""
    if value is None:
        raise NoNumbers("None")
    if value is Ellipsis:
        raise NoNumbers("...")
    if isinstance(value, tuple | Mapping):
        raise NoNumbers(f"a {type(value).__name__} of {len(value)}")
    if _depth(value) > DEEPEST:
        raise NoNumbers("a list that holds itself")
    try:
        if hasattr(value, "data") and hasattr(value, "grad"):  # our Tensor, or PyTorch's
            raise NoNumbers("a Tensor; return its .data")
        made = np.asarray(value)
    except ValueError:  # ragged
        raise NoNumbers("a list whose rows have different lengths") from None
    except NoNumbers:
        raise
    except Exception:
        raise NoNumbers(_named(value)) from None
    if made.dtype == object and all(isinstance(v, numbers.Real) for v in made.flat):
        with contextlib.suppress(OverflowError):  # fractions, and whole numbers beyond 64 bits
            made = made.astype(float)
    if made.dtype.kind not in "biufcUS":
        kind = f"an array of {made.dtype}" if isinstance(value, np.ndarray) else _named(value)
        raise NoNumbers(kind)
    return made


def _depth(value: Any, so_far: int = 0) -> int:
    """How many lists stand within one another, no further than it takes to say too many."""
    if not isinstance(value, list) or so_far > DEEPEST:
        return so_far
    return max(
        (_depth(one, so_far + 1) for one in value if isinstance(one, list)), default=so_far + 1
    )


def _named(value: Any) -> str:
    name = type(value).__name__
    return f"an {name}" if name[0].lower() in "aeiou" else f"a {name}"


def close(a: np.ndarray, b: np.ndarray, rtol: float, atol: float) -> bool:
    """Same shape and the same numbers within rtol of the largest one and atol; NaN equals NaN.

    Words are the same whatever their case. Numbers of single precision, which have seven digits, are
    compared to five.
    """
    if a.shape != b.shape:
        return False
    if a.dtype.kind in "US" or b.dtype.kind in "US":
        return [str(v).strip().lower() for v in a.flat] == [str(v).strip().lower() for v in b.flat]
    return not differing(a, b, rtol, atol).any()


def differing(a: np.ndarray, b: np.ndarray, rtol: float, atol: float) -> np.ndarray:
    """Which entries differ, of two arrays of numbers of the same shape."""
    if a.dtype in SINGLE or b.dtype in SINGLE:
        rtol = max(rtol, 1e-5)
    with np.errstate(all="ignore"):
        finite = b[np.isfinite(b)]
        size = float(np.max(np.abs(finite), initial=0.0))
        return ~np.isclose(a, b, rtol=rtol, atol=atol + 1e-3 * rtol * size, equal_nan=True)


def all_close(a: Parts, b: Parts, rtol: float, atol: float) -> bool:
    """Whether two results have the same parts, and these are close."""
    return list(a) == list(b) and all(close(a[k], b[k], rtol, atol) for k in a)


def same(before: Any, now: Any) -> bool:
    """Whether an argument was left as it was. Compares arrays, and what holds them; else True."""
    if isinstance(before, np.ndarray):
        return (
            isinstance(now, np.ndarray)
            and before.shape == now.shape
            and bool(np.array_equal(before, now, equal_nan=before.dtype.kind in "fc"))
        )
    if isinstance(before, list | tuple):
        return len(before) == len(now) and all(map(same, before, now))
    if isinstance(before, dict):
        return before.keys() == now.keys() and all(same(before[k], now[k]) for k in before)
    theta = getattr(before, "theta", None)
    return same(theta, now.theta) if isinstance(theta, np.ndarray) else True
