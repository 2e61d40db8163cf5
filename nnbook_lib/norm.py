"""Batch and layer normalization: the same formula along the two axes of a batch."""

from __future__ import annotations

import numpy as np

from .functions import column_sums, means
from .layer import Layer
from .shapes import fraction, is_rows, positive, rows_error, sizes


def standardize(x: np.ndarray, axis: int, eps: float) -> tuple[np.ndarray, ...]:
    """x^ = (x - mean) / sqrt(var + eps) along axis; returns x^, 1/sqrt(...), mean, var."""
    mean = means(x, axis)
    centered = x - mean
    var = means(centered * centered, axis)
    inv_std = 1 / np.sqrt(var + eps)
    return centered * inv_std, inv_std, mean, var


class _Norm(Layer):
    """y = gamma x^ + beta, gamma = 1, beta = 0 at first. x, y: (n, d); gamma, beta: (d,)."""

    params = ("gamma", "beta")

    def __init__(self, d: int, *, eps: float = 1e-5, dtype: type = np.float64):
        sizes(type(self).__name__, d=d)
        positive(type(self).__name__, eps=eps)
        self.d_in = self.d_out = d
        self.eps = eps
        self.start(gamma=np.ones(d, dtype), beta=np.zeros(d, dtype))

    def label(self):
        return f"{type(self).__name__}({self.d_in})"

    def _check(self, x):
        if not is_rows(x, self.d_in):
            raise rows_error(self.label(), x, self.d_in)

    def _collect(self, dy, x_hat):
        """Add to dgamma and dbeta; return what was added."""
        dgamma, dbeta = column_sums(dy * x_hat), column_sums(dy)
        self.dgamma += dgamma
        self.dbeta += dbeta
        return dgamma, dbeta


class BatchNorm(_Norm):
    """x^ = (x - mean) / sqrt(var + eps), each feature over the batch; y = gamma x^ + beta.

    In training, mean and var are the batch's (var divides by n); in evaluation, running averages
    of them, r <- (1 - momentum) r + momentum * batch, whose var divides by n - 1: PyTorch's
    conventions (Keras writes momentum for our 1 - momentum, and averages the var over n). Forward
    stays pure: the running averages move in backward, with the gradients. A training batch of one
    sample gives y = beta and no gradient to x. Ioffe & Szegedy 2015, alg. 1.

    Backward, what moves a feature's mean or its scale has no effect, so it is taken out of dy:

        dx = gamma / sqrt(var + eps) (dy - mean(dy) - x^ mean(dy x^))

    the six equations of their sec. 3 put together.
    """

    def __init__(
        self, d: int, *, momentum: float = 0.1, eps: float = 1e-5, dtype: type = np.float64
    ):
        super().__init__(d, eps=eps, dtype=dtype)
        fraction("BatchNorm", momentum=momentum)
        self.momentum = momentum
        self.running_mean = np.zeros(d, dtype)
        self.running_var = np.ones(d, dtype)

    def forward(self, x, train=False):
        self._check(x)
        if train:
            x_hat, inv_std, mean, var = standardize(x, 0, self.eps)
            batch = mean[0], var[0]
        else:
            inv_std = 1 / np.sqrt(self.running_var + self.eps)
            x_hat = (x - self.running_mean) * inv_std
            batch = None
        return self.gamma * x_hat + self.beta, (x_hat, inv_std, batch)

    def backward(self, dy, saved):
        x_hat, inv_std, batch = saved
        dgamma, dbeta = self._collect(dy, x_hat)
        if batch is None:
            return self.gamma * inv_std * dy
        n = len(dy)
        self._track(*batch, n)
        return self.gamma * inv_std * (dy - dbeta / n - x_hat * (dgamma / n))

    def accumulate(self, dy, saved):
        self.backward(dy, saved)  # also without parameters: the running averages move there

    def _track(self, mean, var, n):
        self.running_mean += self.momentum * (mean - self.running_mean)
        if n > 1:
            self.running_var += self.momentum * (var * (n / (n - 1)) - self.running_var)


class LayerNorm(_Norm):
    """x^ = (x - mean) / sqrt(var + eps), each sample over its features; y = gamma x^ + beta.

    The same in training and evaluation, and for a batch of one. Backward is batch normalization's
    formula along the other axis, where gamma is not constant: with dx^ = gamma dy,

        dx = (dx^ - mean(dx^) - x^ mean(dx^ x^)) / sqrt(var + eps)

    Ba, Kiros & Hinton 2016, eq. 4.
    """

    def forward(self, x, train=False):
        self._check(x)
        x_hat, inv_std, _, _ = standardize(x, 1, self.eps)
        return self.gamma * x_hat + self.beta, (x_hat, inv_std)

    def backward(self, dy, saved):
        x_hat, inv_std = saved
        self._collect(dy, x_hat)
        dx_hat = self.gamma * dy
        shift, scale = means(dx_hat, 1), means(dx_hat * x_hat, 1)
        return inv_std * (dx_hat - shift - x_hat * scale)
