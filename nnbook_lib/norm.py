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


def standardize_back(dx_hat, x_hat, inv_std, axis: int) -> np.ndarray:
    """dx = (dx^ - mean(dx^) - x^ mean(dx^ x^)) / std.

    What moves the mean or the scale has no effect. Ioffe & Szegedy 2015, sec. 3, their six
    equations for the backward pass put together.
    """
    shift = means(dx_hat, axis)
    scale = means(dx_hat * x_hat, axis)
    return inv_std * (dx_hat - shift - x_hat * scale)


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

    def _scale_back(self, dy, x_hat):
        self.dgamma += column_sums(dy * x_hat)
        self.dbeta += column_sums(dy)
        return dy * self.gamma


class BatchNorm(_Norm):
    """x^ = (x - mean) / sqrt(var + eps), each feature over the batch; y = gamma x^ + beta.

    In training, mean and var are the batch's (var divides by n); in evaluation, running averages
    of them, r <- (1 - momentum) r + momentum * batch, whose var divides by n - 1: PyTorch's
    conventions (Keras writes momentum for our 1 - momentum, and averages the var over n). Forward
    stays pure: the running averages move in backward, with the gradients. A training batch of one
    sample gives y = beta and no gradient to x. Ioffe & Szegedy 2015, alg. 1.
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
        dx_hat = self._scale_back(dy, x_hat)
        if batch is None:
            return dx_hat * inv_std
        self._track(*batch, n=len(dy))
        return standardize_back(dx_hat, x_hat, inv_std, 0)

    def _track(self, mean, var, n):
        self.running_mean += self.momentum * (mean - self.running_mean)
        if n > 1:
            self.running_var += self.momentum * (var * (n / (n - 1)) - self.running_var)


class LayerNorm(_Norm):
    """x^ = (x - mean) / sqrt(var + eps), each sample over its features; y = gamma x^ + beta.

    The same in training and evaluation, and for a batch of one. Ba, Kiros & Hinton 2016, eq. 4.
    """

    def forward(self, x, train=False):
        self._check(x)
        x_hat, inv_std, _, _ = standardize(x, 1, self.eps)
        return self.gamma * x_hat + self.beta, (x_hat, inv_std)

    def backward(self, dy, saved):
        x_hat, inv_std = saved
        return standardize_back(self._scale_back(dy, x_hat), x_hat, inv_std, 1)
