"""What these tools are given, as arrays, or a sentence about it."""

from __future__ import annotations

import numpy as np

from ..shapes import got
from .telling import numbered


def array(whose: str, name: str, a: object) -> np.ndarray:
    """a as an array with one sample per row: also a list, or a pandas DataFrame or Series."""
    if callable(getattr(a, "to_numpy", None)):
        a = a.to_numpy()
    try:
        found = np.asarray(a)
    except ValueError:
        raise TypeError(
            f"{whose}: the rows of {name} are not of one length; got {got(a)}. Make them equal, or "
            "fill the gaps."
        ) from None
    if found.ndim == 0:
        raise TypeError(f"{whose}: {name} must be an array with one sample per row; got {got(a)}.")
    return found


def real(whose: str, name: str, a: object) -> np.ndarray:
    """a as floating numbers, in its own precision; raises TypeError for what is not numbers."""
    found = array(whose, name, a)
    if found.dtype.kind == "f":
        return found
    if found.dtype.kind == "O":  # a DataFrame with numbers of several kinds
        try:
            return found.astype(float)
        except (TypeError, ValueError):
            pass
    if found.dtype.kind in "biu":
        return found.astype(float)
    raise TypeError(
        f"{whose} expects {name} to be real numbers; got {got(found)}. Words become numbers when a "
        "table is read: nn.read_table(path, one_hot=...)."
    )


def finite(whose: str, name: str, a: np.ndarray) -> None:
    """Raise ValueError, naming the columns from 0, unless all numbers are finite. a: (n, d)."""
    bad = ~np.isfinite(a)
    if bad.any():
        columns = np.flatnonzero(bad.any(axis=0))
        raise ValueError(
            f"{whose}: {name} has NaN or infinity in {numbered('column', columns)} (from 0), in "
            f"{bad.any(axis=1).sum()} of its {len(a)} rows. Leave these rows out, or fill the gaps."
        )
