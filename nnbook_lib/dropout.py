"""Dropout, the one layer whose forward pass draws random numbers."""

from __future__ import annotations

import numpy as np

from .layer import Layer
from .shapes import floating, fraction, generator


class Dropout(Layer):
    """In training y = x * m / (1 - p), m_ij = 0 with probability p, else 1; later y = x.

    Dividing by 1 - p keeps E[y] = x, so evaluation needs no change ("inverted" dropout). Each
    training forward draws a new mask from rng. Raises TypeError for x that is not floating.
    Srivastava et al. 2014, sec. 4 and 10.
    """

    def __init__(self, p: float, *, rng: np.random.Generator):
        fraction("Dropout", p=p)
        self.p, self.rng = p, generator("Dropout", rng)

    def forward(self, x, train=False):
        floating(self.label(), x)
        if not train:
            return x, None
        mask = (self.rng.random(x.shape) >= self.p).astype(x.dtype)
        mask /= 1 - self.p
        return x * mask, mask

    def backward(self, dy, mask):
        return dy if mask is None else dy * mask

    def label(self):
        return f"Dropout({self.p:g})"
