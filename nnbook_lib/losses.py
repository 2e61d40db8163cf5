"""Losses. Each takes the mean over the batch, once, here: no layer and no optimizer divides by n.

    value, saved = loss.forward(y, t)       # a float
    dy = loss.backward(saved)               # dL/dy, y's shape

`loss(y, t)` is the value alone. What y and t must be is looked at in `targets`. A loss that is not
finite raises NotFinite, naming what came in.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from . import functions, targets
from .shapes import choose


class NotFinite(FloatingPointError):
    """A loss came out infinite or not a number."""


class Loss:
    """L(y, t), a mean over the n rows of y. Subclasses write `forward` and `backward`.

    y: (n, k) floating. Raises TypeError or ValueError where y and t do not fit each other, and
    where t is not finite; NotFinite where the value is not a finite number.
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

    @property
    def name(self) -> str:
        """How error messages call it."""
        return type(self).__name__

    def __repr__(self) -> str:
        return f"{self.name}()"

    def _finite(self, value: np.floating, y: np.ndarray, t: np.ndarray) -> float:
        """The value as a float, or the error that names what made it infinite or NaN."""
        if not math.isfinite(value):
            cause = targets.cause(self.name, value, y, t)
            raise NotFinite(f"{self.name} is {value}; {cause}.")
        return float(value)


class SquaredError(Loss):
    """L = 1/(2n) sum_i |y_i - t_i|^2, so dL/dy = (y - t) / n. y, t: (n, k).

    The 1/2 makes the derivative plain. PyTorch's MSELoss has no 1/2 and divides by n k.
    """

    def forward(self, y, t):
        t = targets.numbers(self.name, y, t)
        difference = y - t
        value = 0.5 * np.vdot(difference, difference) / len(y)
        return self._finite(value, y, t), difference

    def backward(self, difference):
        return difference / len(difference)


class BinaryCrossEntropy(Loss):
    """L = -1/n sum [t log p + (1 - t) log(1 - p)], p = sigma(y), so dL/dy = (p - t) / n.

    y, t: (n, k). y are logits: no sigmoid before it. Computed as softplus(y) - t y, which neither
    overflows nor takes log 0. t in [0, 1]; each column is a yes-or-no question of its own.
    """

    def forward(self, y, t):
        t = targets.answers(self.name, y, t)
        value = (functions.softplus(y) - t * y).sum() / len(y)
        return self._finite(value, y, t), (y, t)

    def backward(self, saved):
        y, t = saved
        return (functions.sigmoid(y) - t) / len(y)


class SoftmaxCrossEntropy(Loss):
    """L = -1/n sum_i log p_i[t_i], p = softmax(y), so dL/dy = (p - onehot(t)) / n.

    y: (n, k) logits, k >= 2, no softmax before it. t: (n,) whole-number labels 0 .. k-1, or (n, k)
    rows of probabilities that sum to 1. With equal logits the value is log k.
    """

    def forward(self, y, t):
        t = targets.classes(self.name, y, t)
        n = len(y)
        shifted = y - y.max(axis=1, keepdims=True)  # p stays the same, and e^ cannot overflow
        e = np.exp(shifted)
        total = e.sum(axis=1, keepdims=True)
        log_p = shifted - np.log(total)
        at_target = log_p[np.arange(n), t] if t.ndim == 1 else t * log_p
        return self._finite(-at_target.sum() / n, y, t), (e / total, t)

    def backward(self, saved):
        p, t = saved
        if t.ndim == 2:
            return (p - t) / len(p)
        dy = p.copy()
        dy[np.arange(len(p)), t] -= 1
        return dy / len(p)


LOSSES: dict[str, type[Loss]] = {
    "squared_error": SquaredError,
    "binary_cross_entropy": BinaryCrossEntropy,
    "softmax_cross_entropy": SoftmaxCrossEntropy,
}


def get(loss: str | Loss) -> Loss:
    """The loss of that name, or loss itself. Raises ValueError on an unknown name."""
    return loss if isinstance(loss, Loss) else choose("loss", loss, LOSSES)()
