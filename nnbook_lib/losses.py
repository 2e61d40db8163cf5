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
from .shapes import choose, got


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
    """L = -1/n sum [c t log p + (1 - t) log(1 - p)], p = sigma(y); c = 1: dL/dy = (p - t) / n.

    y, t: (n, k). y are logits: no sigmoid before it. Computed as c t softplus(-y) + (1 - t)
    softplus(y), which neither overflows nor takes log 0. t in [0, 1]; each column is a yes-or-no
    question of its own. c is pos_weight, a number or one for each column, as in PyTorch's
    BCEWithLogitsLoss: a yes counts c times; where a yes is rare, (rows of no) / (rows of yes)
    balances them. Raises ValueError unless it is above 0, and where it does not fit y's columns.
    """

    pos_weight: np.ndarray | None = None

    def __init__(self, pos_weight: float | np.ndarray | None = None):
        self.pos_weight = _weights("BinaryCrossEntropy(pos_weight=...)", pos_weight)

    def forward(self, y, t):
        t = targets.answers(self.name, y, t)
        if self.pos_weight is None:
            value = (functions.softplus(y) - t * y).sum() / len(y)
        else:
            targets.weights(f"{self.name}(pos_weight=...)", self.pos_weight, y)
            yes, no = functions.softplus(-y), functions.softplus(y)
            value = (self.pos_weight.astype(y.dtype) * t * yes + (1 - t) * no).sum() / len(y)
        return self._finite(value, y, t), (y, t)

    def backward(self, saved):
        y, t = saved
        p = functions.sigmoid(y)
        if self.pos_weight is None:
            return (p - t) / len(y)
        return ((1 - t) * p - self.pos_weight.astype(y.dtype) * t * (1 - p)) / len(y)

    def __repr__(self) -> str:
        return f"{self.name}({_shown('pos_weight', self.pos_weight)})"


class SoftmaxCrossEntropy(Loss):
    """L = -sum_i w_i log p_i[t_i] / sum_i w_i, p = softmax(y); w_i = 1: dL/dy = (p - onehot(t)) / n.

    y: (n, k) logits, k >= 2, no softmax before it. t: (n,) whole-number labels 0 .. k-1, or (n, k)
    rows of probabilities that sum to 1. With equal logits the value is log k. weight: (k,), one for
    each class, as in PyTorch's CrossEntropyLoss: w_i = weight[t_i], so that dL/dy is that of row i
    times w_i / mean w. With probabilities, L = -1/n sum_ic weight_c t_ic log p_ic.
    `class_weight("balanced", t)` makes all classes count the same. Raises ValueError unless the
    weights are above 0, and where there are not k of them.
    """

    weight: np.ndarray | None = None

    def __init__(self, weight: np.ndarray | None = None):
        self.weight = _weights("SoftmaxCrossEntropy(weight=...)", weight, vector=True)

    def forward(self, y, t):
        t = targets.classes(self.name, y, t)
        n = len(y)
        shifted = y - y.max(axis=1, keepdims=True)  # p stays the same, and e^ cannot overflow
        e = np.exp(shifted)
        total = e.sum(axis=1, keepdims=True)
        log_p = shifted - np.log(total)
        at_target = log_p[np.arange(n), t] if t.ndim == 1 else t * log_p
        share = None if self.weight is None else self._shares(y, t)
        value = -at_target.sum() / n if share is None else -(share * at_target).sum()
        return self._finite(value, y, t), (e / total, t, share)

    def _shares(self, y, t):
        """What each row's log p counts, (n,); of probabilities, each entry's, (k,)."""
        targets.weights(f"{self.name}(weight=...)", self.weight, y)
        if t.ndim == 2:
            return (self.weight / len(y)).astype(y.dtype)
        w = self.weight[t]
        return (w / w.sum()).astype(y.dtype)

    def backward(self, saved):
        p, t, share = saved
        n = len(p)
        if t.ndim == 2:
            if share is None:
                return (p - t) / n
            t = share * t
            return p * t.sum(axis=1, keepdims=True) - t
        dy = p.copy()
        dy[np.arange(n), t] -= 1
        return dy / n if share is None else dy * share[:, None]

    def __repr__(self) -> str:
        return f"{self.name}({_shown('weight', self.weight)})"


def _weights(whose: str, weight: object, vector: bool = False) -> np.ndarray | None:
    """The weights as float64, or None; raises unless they are numbers above 0."""
    if weight is None:
        return None
    try:
        w = np.array(weight, dtype=float)  # a copy, which no one else writes into
    except (TypeError, ValueError):
        raise TypeError(f"{whose} expects numbers above 0; got {got(weight)}.") from None
    if w.ndim > 1 or (vector and w.ndim == 0) or not (np.isfinite(w).all() and (w > 0).all()):
        wanted = (
            "one number above 0 for each class" if vector else "a number above 0, or one a column"
        )
        raise ValueError(f"{whose} expects {wanted}; got {got(weight)}.")
    return w


def _shown(name: str, weight: np.ndarray | None) -> str:
    if weight is None:
        return ""
    if weight.ndim == 0:
        return f"{name}={weight:.4g}"
    return f"{name}=[{', '.join(f'{w:.4g}' for w in weight)}]"


LOSSES: dict[str, type[Loss]] = {
    "squared_error": SquaredError,
    "binary_cross_entropy": BinaryCrossEntropy,
    "softmax_cross_entropy": SoftmaxCrossEntropy,
}


def get(loss: str | Loss) -> Loss:
    """The loss of that name, or loss itself. Raises ValueError on an unknown name."""
    return loss if isinstance(loss, Loss) else choose("loss", loss, LOSSES)()
