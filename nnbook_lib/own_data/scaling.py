"""Columns of very different size, brought to mean 0 and standard deviation 1."""

from __future__ import annotations

import warnings

import numpy as np

from ..shapes import got
from .arrays import finite, real
from .telling import numbered


class StandardScaler:
    """z = (x - mean_) / scale_, a mean and a standard deviation for each column; as scikit-learn's.

        scaler = nn.StandardScaler().fit(x_train)  # only the training rows: the test is unseen
        z_train, z_test = scaler.transform(x_train), scaler.transform(x_test)
        x_test = scaler.inverse_transform(z_test)  # back to the units of x

    x: (n, d). mean_, scale_: (d,) float64, None before fit, and all that it knows: a scaler with
    these two set is ready. scale_ is the root of the mean squared deviation (divided by n, not
    n - 1). A column that is constant has scale_ 1, so that it becomes 0, and fit warns of it.
    float32 stays float32. Also for numeric targets (n, 1). Raises TypeError or ValueError where x
    is not (n, d) finite numbers, has another number of columns, or fit is still to come.
    """

    def __init__(self):
        self.mean_: np.ndarray | None = None
        self.scale_: np.ndarray | None = None

    def fit(self, x: np.ndarray) -> StandardScaler:
        """Take mean_ and scale_ from x, and return the scaler itself."""
        x = self._rows("fit", x).astype(float)
        n, mean = len(x), x.mean(axis=0)
        away = x - mean
        # the second term is 0 but for rounding, of which it takes back the most
        variance = ((away**2).sum(axis=0) - away.sum(axis=0) ** 2 / n) / n
        rounding = np.finfo(float).eps * n
        constant = variance <= rounding * variance + (rounding * mean) ** 2
        if constant.any():
            warnings.warn(
                f"StandardScaler: {numbered('column', np.flatnonzero(constant))} (from 0) of x have "
                "one value only in these rows. From it no network can learn: leave it out.",
                stacklevel=2,
            )
        self.mean_, self.scale_ = mean, np.where(constant, 1.0, np.sqrt(variance))
        return self

    def transform(self, x: np.ndarray) -> np.ndarray:
        """(x - mean_) / scale_. x: (n, d)."""
        x = self._rows("transform", x, seen=True)
        return ((x - self.mean_) / self.scale_).astype(x.dtype, copy=False)

    def fit_transform(self, x: np.ndarray) -> np.ndarray:
        """fit(x), then transform(x): for the training rows."""
        return self.fit(x).transform(x)

    def inverse_transform(self, z: np.ndarray) -> np.ndarray:
        """z * scale_ + mean_: back to the units of x. z: (n, d)."""
        z = self._rows("inverse_transform", z, seen=True)
        return (z * self.scale_ + self.mean_).astype(z.dtype, copy=False)

    def __repr__(self) -> str:
        fitted = "not fitted yet" if self.mean_ is None else f"{len(self.mean_)} columns"
        return f"StandardScaler({fitted})"

    def _rows(self, method: str, x: object, seen: bool = False) -> np.ndarray:
        whose = f"StandardScaler.{method}"
        if seen and (self.mean_ is None or self.scale_ is None):
            raise ValueError(f"{whose}: no mean_ and scale_ yet. Call fit(x_train) first.")
        x = real(whose, "x", x)
        if x.ndim != 2 or len(x) == 0:
            fix = " One column is x[:, None], one row x[None, :]." if x.ndim == 1 else ""
            raise ValueError(
                f"{whose} expects x of shape (n, d), one sample per row, at least one; "
                f"got {got(x)}.{fix}"
            )
        if seen and x.shape[1] != len(self.mean_):
            raise ValueError(
                f"{whose} expects the {len(self.mean_)} columns that it was fitted to; "
                f"got {x.shape[1]}. Pass the same columns, in the same order."
            )
        finite(whose, "x", x)
        return x
