"""What a loss demands of the outputs y and the targets t, and what to do where they do not fit.

Each function raises TypeError or ValueError in the name of the loss, or returns the targets as the
loss can compute with them.
"""

from __future__ import annotations

import numpy as np

from .shapes import got


def outputs(whose: str, y: object) -> None:
    """Demand y of shape (n, k), real and floating, with at least one row."""
    if not isinstance(y, np.ndarray) or y.ndim != 2 or y.dtype.kind != "f":
        raise TypeError(
            f"{whose} expects y of shape (n, k), real and floating point; got {got(y)}.{_to_outputs(y)}"
        )
    if len(y) == 0:
        raise ValueError(f"{whose}: the mean over no samples is not defined; y has 0 rows.")


def numbers(whose: str, y: np.ndarray, t: object) -> np.ndarray:
    """Demand real numbers in y's shape; return them in y's precision."""
    outputs(whose, y)
    _array(whose, t)
    if t.dtype.kind not in "biuf":
        raise TypeError(f"{whose} expects t to be real numbers; got {got(t)}.{_to_numbers(t)}")
    if t.shape != y.shape:
        raise ValueError(
            f"{whose} expects t of y's shape {y.shape}; got {t.shape}.{_to_shape(y, t)}"
        )
    if t.dtype == y.dtype:
        return t
    with np.errstate(over="ignore"):  # an infinity is named with the loss
        return t.astype(y.dtype)


def answers(whose: str, y: np.ndarray, t: object) -> np.ndarray:
    """As `numbers`, and each between 0 and 1: the probability of a yes."""
    t = numbers(whose, y, t)
    if t.min() < 0 or t.max() > 1:
        raise ValueError(
            f"{whose} expects t between 0 and 1; got {t.min():g} to {t.max():g}.{_to_answers(t)}"
        )
    return t


def classes(whose: str, y: np.ndarray, t: object) -> np.ndarray:
    """Demand whole-number labels (n,) from 0 to k-1, or (n, k) rows of probabilities, k >= 2."""
    outputs(whose, y)
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


def weights(whose: str, weight: np.ndarray, y: np.ndarray) -> None:
    """Demand one weight for each of y's columns, or a single number."""
    if weight.ndim and weight.shape != y.shape[1:]:
        raise ValueError(
            f"{whose} has {weight.size} weights, and y has {y.shape[1]} columns. Pass one weight for "
            "each column."
        )


def cause(whose: str, value: float, y: np.ndarray, t: np.ndarray) -> str:
    """What made a loss infinite or NaN. Raises ValueError where it is the targets, as they came in."""
    if bad := _bad_rows(t):
        raise ValueError(
            f"{whose} is {value}: the targets t, as {t.dtype}, have NaN or infinity in {bad} of their "
            f"{len(t)} rows. Look at the data, such as for missing values."
        )
    if bad := _bad_rows(y):
        return f"y has NaN or infinity in {bad} of its {len(y)} rows: look at the layers before the loss"
    high, wanted = np.abs(y).max(), np.abs(t).max()
    if wanted > high:
        return f"the targets t reach {wanted:.3g}: scale them"
    return f"y reaches {high:.3g}: scale the inputs, or lower the learning rate"


def _bad_rows(a: np.ndarray) -> int:
    return int((~np.isfinite(a)).reshape(len(a), -1).any(axis=1).sum())


def _array(whose: str, t: object) -> None:
    if not isinstance(t, np.ndarray):
        raise TypeError(f"{whose} expects targets t as an array; got {got(t)}. Pass np.asarray(t).")


# The remedies ------------------------------------------------------------------------------


def _to_outputs(y: object) -> str:
    if not isinstance(y, np.ndarray):
        return " Pass np.asarray(y, dtype=float)."
    if y.dtype.kind == "c":
        return " Pass y.real, or differentiate by central differences: a loss has no complex step."
    if y.dtype.kind != "f":
        return " Pass y.astype(float)."
    return " Pass y[:, None]." if y.ndim == 1 else " Pass y.reshape(-1, y.shape[-1])."


def _to_numbers(t: np.ndarray) -> str:
    if t.dtype.kind == "c":
        return " Pass t.real."
    return _names_to_labels(t) or " Pass t.astype(float)."


def _names_to_labels(t: np.ndarray) -> str:
    if t.dtype.kind in "US" or (t.dtype.kind == "O" and any(isinstance(v, str) for v in t.flat)):
        which = "t[:, 0]" if t.ndim == 2 and t.shape[1] == 1 else "t"
        return f" Names become labels by np.unique({which}, return_inverse=True)[1]."
    return ""


def _to_shape(y: np.ndarray, t: np.ndarray) -> str:
    n, k = y.shape
    if t.shape == (n,):
        label = "t" if t.dtype.kind in "iu" else "t.astype(int)"
        return " Pass t[:, None]." if k == 1 else f" Labels become rows by np.eye({k})[{label}]."
    if t.shape == (k, n):
        return " Samples seem to be columns: pass t.T."
    if t.shape[:1] != (n,):
        return f" There must be a row of t for each of y's {n}."
    if t.size == y.size:
        return " Flatten it: t.reshape(len(t), -1)."
    return " The last layer must be as wide as a row of t."


def _to_answers(t: np.ndarray) -> str:
    if np.isin(t, (-1, 1)).all():
        return " Labels -1 and 1 become (t + 1) / 2."
    if (t == np.round(t)).all():
        return " For labels of more than two classes use SoftmaxCrossEntropy."
    return " An answer is 0, 1, or the probability of 1."


def _to_classes(n: int, k: int, t: np.ndarray) -> str:
    if names := _names_to_labels(t):
        return names
    if t.shape in ((n,), (n, 1)):
        which = "t" if t.ndim == 1 else "t[:, 0]"
        if t.dtype.kind in "iu":
            return f" Pass {which}."
        if t.dtype.kind == "f" and (t != np.round(t)).any():
            return " A label is the number of a class, a whole number."
        return f" Labels stored otherwise become whole numbers by {which}.astype(int)."
    if t.shape == (n, k):
        return " Rows with a single 1 become labels by t.argmax(axis=1), probabilities by t.astype(float)."
    if t.shape == (k, n):
        return " Samples seem to be columns: pass t.T."
    if t.shape[:1] != (n,):
        return f" There must be one for each of y's {n} rows."
    return " The last layer must be as wide as there are classes."
