"""Shape and value checks whose messages say whose input, what was wanted, what came, and the
remedy.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping

import numpy as np


def got(x: object) -> str:
    """How an error message describes what it was given: the shape of an array, the type of the
    rest.
    """
    if isinstance(x, np.ndarray):
        return f"shape {x.shape} of {x.dtype}"
    return f"{type(x).__name__} {one_line(repr(x)):.60}"


def to_array(name: str, x: object, dtype: str = "") -> str:
    """How x, called name, becomes an array: of a table, it is one of its parts."""
    if hasattr(x, "x") and hasattr(x, "t"):
        return "It is a table: pass its x or its t."
    return f"Pass np.asarray({name}{dtype})."


def one_line(text: str) -> str:
    """The text with its breaks and runs of blanks as single blanks."""
    return re.sub(r"\s+", " ", text)


def floats(whose: str, x: object) -> np.ndarray:
    """x as an array of floating numbers: itself if it is one; whole numbers and lists as float64.

    Raises TypeError for what is not numbers.
    """
    if isinstance(x, np.ndarray) and x.dtype.kind in "fc":
        return x
    array = np.asarray(x)
    if array.dtype.kind in "fc":
        return array
    if array.dtype.kind in "biu":
        return array.astype(float)
    raise TypeError(f"{whose} expects numbers; got {got(x)}. Pass np.asarray(x, dtype=float).")


def is_rows(x: object, width: int) -> bool:
    """True when x is a floating array of shape (n, width): n samples, one per row."""
    return (
        isinstance(x, np.ndarray) and x.ndim == 2 and x.shape[1] == width and x.dtype.kind in "fc"
    )


def rows_error(whose: str, x: object, width: int) -> Exception:
    """The error to raise when `is_rows(x, width)` is false, with the remedy for the common cases."""
    wanted = f"{whose} expects x of shape (n, {width}), floating point, one sample per row"
    if not isinstance(x, np.ndarray):
        return TypeError(f"{wanted}; got {got(x)}. {to_array('x', x, ', dtype=float')}")
    if x.dtype.kind not in "fc":
        return TypeError(f"{wanted}; got {got(x)}. Pass x.astype(float).")
    if x.shape == (width,):
        return ValueError(f"{wanted}; got {x.shape}. For one sample, pass x[None, :].")
    if x.ndim == 2 and x.shape[0] == width:
        return ValueError(f"{wanted}; got {x.shape}. Samples seem to be columns: pass x.T.")
    if x.ndim > 2 and math.prod(x.shape[1:]) == width:
        return ValueError(f"{wanted}; got {x.shape}. Flatten it: x.reshape(len(x), -1).")
    return ValueError(f"{wanted}; got {x.shape}. Check the width of the layer before it.")


def number(whose: str, **values: float) -> None:
    """Raise ValueError unless every named value is a finite number."""
    _demand(whose, values, "a finite number", lambda value: True)


def floating(whose: str, x: object) -> None:
    """Raise TypeError unless x is a floating array."""
    if not (isinstance(x, np.ndarray) and x.dtype.kind in "fc"):
        raise TypeError(
            f"{whose} expects x as an array, floating point; got {got(x)}. "
            "Pass np.asarray(x, dtype=float)."
        )


def samples(whose: str, **arrays: np.ndarray) -> int:
    """The number of rows of all the arrays named; raises unless they are arrays that pair up."""
    for name, array in arrays.items():
        if not isinstance(array, np.ndarray) or array.ndim == 0:
            raise TypeError(
                f"{whose}: {name} must be an array with one sample per row; got {got(array)}. "
                f"{to_array(name, array)}"
            )
    return same_length(whose, "samples", arrays)


def same_length(whose: str, what: str, arrays: Mapping[str, np.ndarray]) -> int:
    """The number of rows that all arrays have, called `what`; raises ValueError where they differ or
    have none.
    """
    counts = {name: len(array) for name, array in arrays.items()}
    n = next(iter(counts.values()))
    if n == 0 or set(counts.values()) != {n}:
        have = " and ".join(f"{name} has {count} {what}" for name, count in counts.items())
        raise ValueError(f"{whose}: {have}; they must pair up, at least one.")
    return n


def share(whose: str, **values: float) -> None:
    """Raise ValueError unless every named value lies in (0, 1]."""
    _demand(whose, values, "above 0 and at most 1", lambda value: 0 < value <= 1)


def positive(whose: str, **values: float) -> None:
    """Raise ValueError unless every named value is a finite number above zero."""
    _demand(whose, values, "a number above 0", lambda value: value > 0)


def not_negative(whose: str, **values: float) -> None:
    """Raise ValueError unless every named value is a finite number, zero or above."""
    _demand(whose, values, "a number, 0 or above", lambda value: value >= 0)


def fraction(whose: str, **values: float) -> None:
    """Raise ValueError unless every named value lies in [0, 1)."""
    _demand(whose, values, "at least 0 and below 1", lambda value: 0 <= value < 1)


def _demand(whose: str, values: dict, wanted: str, holds: Callable[[float], bool]) -> None:
    for name, value in values.items():
        real = isinstance(value, (int, float, np.integer, np.floating))
        if not real or isinstance(value, bool) or not (math.isfinite(value) and holds(value)):
            raise ValueError(f"{whose}: {name} must be {wanted}; got {value!r}.")


def whole(whose: str, least: int = 0, **values: int) -> None:
    """Raise ValueError unless every named value is a whole number of at least `least`."""
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
            raise ValueError(f"{whose}: {name} must be a whole number >= {least}; got {value!r}.")


def sizes(whose: str, **values: int) -> None:
    """Raise ValueError unless every named value is a whole number of at least 1."""
    whole(whose, least=1, **values)


def floating_dtype(whose: str, dtype: object) -> None:
    """Raise TypeError unless dtype is a real floating one: weights cast to integers become 0."""
    if np.dtype(dtype).kind != "f":
        raise TypeError(
            f"{whose} computes in floating point: dtype must be np.float64 or np.float32; "
            f"got {np.dtype(dtype)}."
        )


def generator(whose: str, rng: object) -> np.random.Generator:
    """Return rng, or raise TypeError unless it is a numpy Generator: randomness is never
    implicit.
    """
    if isinstance(rng, np.random.Generator):
        return rng
    raise TypeError(
        f"{whose} draws random numbers: pass rng=np.random.default_rng(seed); got {got(rng)}."
    )


def choose(whose: str, name: str, table: dict[str, object]) -> object:
    """table[name], or a ValueError that lists the names allowed."""
    try:
        return table[name]
    except (KeyError, TypeError):
        said = one_line(repr(name))
        raise ValueError(f"{whose} {said:.60} is unknown; choose from {listed(table)}.") from None


def listed(names: Iterable[str]) -> str:
    """'a', 'b' or 'c' -- the way an error message lists what is allowed."""
    *most, last = (repr(name) for name in names)
    return f"{', '.join(most)} or {last}" if most else last
