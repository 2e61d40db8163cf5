"""What these tools are given, as arrays, or a sentence about it."""

from __future__ import annotations

import numpy as np

from ..shapes import got, to_array
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
        raise TypeError(
            f"{whose}: {name} must be an array with one sample per row; got {got(a)}. {to_array(name, a)}"
        )
    return found


def labels(whose: str, name: str, a: object, *, remedy: str) -> np.ndarray:
    """a as labels (n,): whole numbers, or names as text. remedy: for what has several columns.

    Raises TypeError or ValueError on what are no labels, gaps among them.
    """
    found = array(whose, name, a)
    if found.ndim == 2 and found.shape[1] == 1:
        found = found[:, 0]
    if found.ndim != 1 or len(found) == 0:
        raise ValueError(
            f"{whose} expects {name} as labels of shape (n,), at least one; got {got(found)}. {remedy}"
        )
    if found.dtype.kind == "O":  # a column of a DataFrame
        gaps = sum(map(_is_gap, found))
        if not gaps:
            kinds = {isinstance(v, str) for v in found}
            found = found.astype(str) if True in kinds else np.array(found.tolist())
    else:
        gaps = int((~np.isfinite(found)).sum()) if found.dtype.kind == "f" else 0
    if gaps:
        raise ValueError(
            f"{whose}: {name} has no label, but a gap or infinity, in {gaps} of its {len(found)} rows. "
            "Leave these rows out."
        )
    if found.dtype.kind not in "biufU":
        raise TypeError(
            f"{whose} expects {name} as labels; got {got(found)}. Names are text: {name}.astype(str)."
        )
    return found


def _is_gap(v: object) -> bool:
    """Whether it stands for nothing: None, NaN, NaT, pandas' NA."""
    try:
        return v is None or bool(v != v)
    except TypeError:  # NA does not say
        return True


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
    fix = "Words become numbers when a table is read: nn.read_table(path, one_hot=...)."
    if found.dtype.kind == "c":
        fix = f"Pass {name}.real."
    raise TypeError(f"{whose} expects {name} to be real numbers; got {got(found)}. {fix}")


def finite(whose: str, name: str, a: np.ndarray) -> None:
    """Raise ValueError, naming the columns from 0, unless all numbers are finite. a: (n, d)."""
    bad = ~np.isfinite(a)
    if bad.any():
        columns = np.flatnonzero(bad.any(axis=0))
        raise ValueError(
            f"{whose}: {name} has NaN or infinity in {numbered('column', columns)} (from 0), in "
            f"{bad.any(axis=1).sum()} of its {len(a)} rows. Leave these rows out, or fill the gaps."
        )
