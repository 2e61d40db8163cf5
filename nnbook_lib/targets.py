"""What a loss demands of the outputs y and the targets t, and what to do where they do not fit.

Each function raises TypeError or ValueError in the name of the loss, or returns the targets as the
loss can compute with them.
"""

from __future__ import annotations

import math

import numpy as np

from .shapes import got


def outputs(whose: str, y: object) -> None:
    """Demand y of shape (n, k), real and floating, n at least 1."""
    if not isinstance(y, np.ndarray) or y.ndim != 2 or y.dtype.kind != "f":
        raise TypeError(f"{whose} expects y of shape (n, k), real floating numbers; got {got(y)}.")
    if len(y) == 0:
        raise ValueError(f"{whose}: the mean over no samples is not defined; y has 0 rows.")


def numbers(whose: str, y: np.ndarray, t: object) -> np.ndarray:
    """t in y's precision, demanded to be real numbers in y's shape."""
    _array(whose, t)
    if t.dtype.kind not in "biuf":
        raise TypeError(f"{whose} expects t to be real numbers; got {got(t)}.{_to_numbers(t)}")
    if t.shape != y.shape:
        raise ValueError(
            f"{whose} expects t of y's shape {y.shape}; got {t.shape}.{_to_shape(y, t)}"
        )
    return t.astype(y.dtype, copy=False)


def answers(whose: str, y: np.ndarray, t: object) -> np.ndarray:
    """As `numbers`, and each between 0 and 1: the probability of a yes."""
    t = numbers(whose, y, t)
    least, most = t.min(), t.max()
    if least < 0 or most > 1:
        hint = " Labels -1 and 1 become (t + 1) / 2." if (least, most) == (-1, 1) else ""
        raise ValueError(
            f"{whose} expects t between 0 and 1; got {least:g} to {most:g}.{hint or ' Scale them.'}"
        )
    return t


def classes(whose: str, y: np.ndarray, t: object) -> np.ndarray:
    """Demand whole-number labels (n,) from 0 to k-1, or (n, k) rows of probabilities."""
    _array(whose, t)
    n, k = y.shape
    if k == 1:
        raise ValueError(
            f"{whose} compares classes, so y needs at least 2 columns; got 1, whose softmax is always "
            "1. For one yes-or-no question use BinaryCrossEntropy."
        )
    if t.shape == (n,) and t.dtype.kind in "iu":
        if t.min() < 0 or t.max() >= k:
            raise ValueError(
                f"{whose} expects labels 0 to {k - 1}, one for each of y's {k} columns; got {t.min()} "
                f"to {t.max()}. Count the classes, and start labels at 0."
            )
        return t
    if t.shape == (n, k) and t.dtype.kind == "f":
        sums = t.sum(axis=1)
        if t.min() < 0 or np.abs(sums - 1).max() > 1e-4:
            raise ValueError(
                f"{whose} expects each row of t to be probabilities that sum to 1; got entries from "
                f"{t.min():g} to {t.max():g}, and sums from {sums.min():g} to {sums.max():g}."
            )
        return t.astype(y.dtype, copy=False)
    raise ValueError(
        f"{whose} expects t as whole-number labels of shape ({n},) or probabilities of shape "
        f"({n}, {k}); got {got(t)}.{_to_classes(n, k, t)}"
    )


def finite(whose: str, value: float, y: np.ndarray, t: np.ndarray | None) -> str:
    """Why a loss is not finite: the cause to name. Raises ValueError if it lies in the targets."""
    if t is not None and (bad := _bad_rows(t)):
        raise ValueError(
            f"{whose} is {value}; t has NaN or infinity in {bad} of its {len(t)} rows: "
            "look at the targets, such as for missing values."
        )
    if bad := _bad_rows(y):
        return f"y has NaN or infinity in {bad} of its {len(y)} rows: look at the layers before the loss"
    return f"y reaches {np.abs(y).max():.3g}: scale the inputs, or lower the learning rate"


def _array(whose: str, t: object) -> None:
    if not isinstance(t, np.ndarray):
        raise TypeError(f"{whose} expects targets t as an array; got {got(t)}. Pass np.asarray(t).")


def _bad_rows(a: np.ndarray) -> int:
    return int((~np.isfinite(a)).reshape(len(a), -1).any(axis=1).sum())
