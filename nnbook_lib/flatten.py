"""From a sample of any shape to a row."""

from __future__ import annotations

import math

import numpy as np

from .layer import Layer
from .shapes import got


class Flatten(Layer):
    """y = x with all that belongs to a sample in one row, so dx = dy in the shape of x.

    x: (n, ...), y: (n, d), d the product of the other sizes; d_out, if given, is what d must be.
    Raises ValueError where it is not, TypeError for what is no array.
    """

    def __init__(self, d_out: int | None = None):
        self.d_out = d_out

    def forward(self, x, train=False):
        if not isinstance(x, np.ndarray) or x.ndim == 0:
            raise TypeError(
                f"{self.label()} expects x as an array, one sample per row; got {got(x)}. "
                "Pass np.asarray(x, dtype=float)."
            )
        if self.d_out not in (None, math.prod(x.shape[1:])):
            raise ValueError(
                f"Flatten(-> {self.d_out}) expects {self.d_out} numbers for each sample; "
                f"got {got(x)}. Check the size of the images, or the length of the sequences."
            )
        return x.reshape(len(x), -1), x.shape

    def backward(self, dy, shape):
        return dy.reshape(shape)

    def _shape_of_y(self, shape):
        return (self.d_out or ("?" if len(shape) > 1 else shape[0]),)

    def label(self):
        return "Flatten()" if self.d_out is None else f"Flatten(-> {self.d_out})"
