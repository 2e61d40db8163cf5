"""Losses. Each takes the mean over the batch, once, here: no layer and no optimizer divides by n.

    value, saved = loss.forward(y, t)       # a float
    dy = loss.backward(saved)               # dL/dy, y's shape

`loss(y, t)` is the value alone. A loss that is not finite raises NotFinite, naming what came in.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from . import functions
from .shapes import choose, got


class NotFinite(FloatingPointError):
    """A loss came out infinite or not a number."""


class Loss:
    """L(y, t), a mean over the n rows of y. Subclasses write `forward` and `backward`.

    y: (n, k) floating. Raises TypeError or ValueError where y and t do not fit each other,
    NotFinite where the value is not a finite number.
    """

    def forward(self, y: np.ndarray, t: np.ndarray) -> tuple[float, Any]:
        """Return the loss and what backward will need."""
        raise NotImplementedError

    def backward(self, saved: Any) -> np.ndarray:
        """Return dL/dy."""
        raise NotImplementedError

    def __call__(self, y: np.ndarray, t: np.ndarray) -> float:
        """The value alone."""
        return self.forward(y, t)[0]

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    def _finite(self, value: np.floating, y: np.ndarray) -> float:
        value = float(value)
        if math.isfinite(value):
            return value
        bad = int((~np.isfinite(y)).any(axis=-1).sum())
        cause = (
            f"y has NaN or infinity in {bad} of its {len(y)} rows: look at the layers before the loss"
            if bad
            else f"y reaches {np.abs(y).max():.3g}: scale the inputs, or lower the learning rate"
        )
        raise NotFinite(f"{type(self).__name__} is {value}; {cause}.")

    def _check(self, y: np.ndarray, t: np.ndarray, same_shape: bool = True) -> None:
        name = type(self).__name__
        if not isinstance(y, np.ndarray) or y.ndim != 2 or y.dtype.kind not in "fc":
            raise TypeError(f"{name} expects y of shape (n, k), floating point; got {got(y)}.")
        if len(y) == 0:
            raise ValueError(f"{name}: the mean over no samples is not defined; y has 0 rows.")
        if not isinstance(t, np.ndarray):
            raise TypeError(f"{name} expects targets t as an array; got {got(t)}.")
        if same_shape and t.shape != y.shape:
            fix = " Pass t[:, None]." if t.shape == y.shape[:1] and y.shape[1] == 1 else ""
            raise ValueError(f"{name} expects t of y's shape {y.shape}; got {t.shape}.{fix}")


class SquaredError(Loss):
    """L = 1/(2n) sum_i |y_i - t_i|^2, so dL/dy = (y - t) / n. y, t: (n, k).

    The 1/2 makes the derivative plain. PyTorch's MSELoss has no 1/2 and divides by n k.
    """

    def forward(self, y, t):
        self._check(y, t)
        difference = y - t
        return self._finite(0.5 * np.vdot(difference, difference) / len(y), y), difference

    def backward(self, difference):
        return difference / len(difference)


class BinaryCrossEntropy(Loss):
    """L = -1/n sum [t log p + (1 - t) log(1 - p)], p = sigma(y), so dL/dy = (p - t) / n.

    y, t: (n, k). y are logits: no sigmoid before it. Computed as softplus(y) - t y, which neither
    overflows nor takes log 0. t in [0, 1]; each column is a yes-or-no question of its own.
    """

    def forward(self, y, t):
        self._check(y, t)
        if t.min() < 0 or t.max() > 1:
            raise ValueError(
                f"BinaryCrossEntropy expects t between 0 and 1; got {t.min():g} to {t.max():g}. "
                "Labels -1 and 1 become (t + 1) / 2."
            )
        value = (functions.softplus(y) - t * y).sum() / len(y)
        return self._finite(value, y), (y, t)

    def backward(self, saved):
        y, t = saved
        return (functions.sigmoid(y) - t) / len(y)


class SoftmaxCrossEntropy(Loss):
    """L = -1/n sum_i log p_i[t_i], p = softmax(y), so dL/dy = (p - onehot(t)) / n.

    y: (n, k) logits, no softmax before it. t: (n,) whole-number labels 0 .. k-1, or (n, k) rows of
    probabilities that sum to 1. With equal logits the value is log k.
    """

    def forward(self, y, t):
        self._check(y, t, same_shape=False)
        n, _ = y.shape
        shifted = y - np.maximum.reduce(y, axis=1, keepdims=True)
        e = np.exp(shifted)
        total = np.add.reduce(e, axis=1, keepdims=True)
        value = np.add.reduce(np.log(total), axis=None) - self._at_target(shifted, t)
        return self._finite(value / n, y), (e, total, t)

    def backward(self, saved):
        e, total, t = saved
        p = e / total
        if t.ndim == 1:
            p[np.arange(len(p)), t] -= 1
        else:
            p -= t
        p /= len(p)
        return p

    def _at_target(self, shifted, t):
        """sum_i shifted_i[t_i], or sum of t * shifted; refuses targets that are neither form."""
        n, k = shifted.shape
        if t.shape == (n,) and t.dtype.kind in "iu":
            try:
                if np.minimum.reduce(t) >= 0:
                    return np.add.reduce(shifted[np.arange(n), t])
            except IndexError:
                pass
            raise ValueError(
                f"SoftmaxCrossEntropy expects labels 0 to {k - 1}, one for each of y's {k} columns; got "
                f"{t.min()} to {t.max()}. Count the classes, and start labels at 0."
            )
        if t.shape == (n, k) and t.dtype.kind == "f":
            if np.abs(t.sum(axis=1) - 1).max() > 1e-4 or t.min() < 0:
                raise ValueError(
                    "SoftmaxCrossEntropy expects each row of t to be probabilities that sum to 1; got "
                    f"sums from {t.sum(axis=1).min():g} to {t.sum(axis=1).max():g}."
                )
            return np.vdot(t, shifted)
        raise ValueError(
            f"SoftmaxCrossEntropy expects t as whole-number labels of shape ({n},) or probabilities of "
            f"shape ({n}, {k}); got {got(t)}. Labels stored as floats become t.astype(int)."
        )


LOSSES: dict[str, type[Loss]] = {
    "squared_error": SquaredError,
    "binary_cross_entropy": BinaryCrossEntropy,
    "softmax_cross_entropy": SoftmaxCrossEntropy,
}


def get(loss: str | Loss) -> Loss:
    """The loss of that name, or loss itself. Raises ValueError on an unknown name."""
    return loss if isinstance(loss, Loss) else choose("loss", loss, LOSSES)()
