"""Layers made of layers: one after another, and around a skip connection."""

from __future__ import annotations

import numpy as np

from .layer import Container, Layer
from .tape import Tape


class Sequential(Container):
    """y = f_L(... f_2(f_1(x))). Its `saved` is the Tape of its layers.

    Raises ValueError when a layer takes another width than the layer before it gives.
    """

    def __init__(self, *layers: Layer):
        super().__init__(*layers)
        self.d_in, self.d_out = _widths(self, layers)

    def forward(self, x, train=False, watch=False):
        tape = Tape(watch)
        for layer in self.layers:
            x = tape.run(layer, x, train)
        return x, tape

    def backward(self, dy, tape):
        return tape.back(dy)

    def accumulate(self, dy, tape):
        tape.back(dy, need_dx=False)


class Residual(Sequential):
    """y = x + F(x), F the layers one after another, so dL/dx = dL/dy + (dF/dx)^T dL/dy.

    The identity carries the gradient back whole, whatever F does. x, y: (n, d): F must keep x's
    shape, or ValueError. He et al. 2016 (CVPR), eq. 1.
    """

    def __init__(self, *layers: Layer):
        super().__init__(*layers)
        if not layers:
            raise ValueError("Residual needs at least one layer for F; without, y is 2 x.")
        if self.d_in != self.d_out:
            raise ValueError(
                f"Residual adds x to F(x), so F must keep the width; it takes {self.d_in} and gives "
                f"{self.d_out}. Give F's last layer width {self.d_in}."
            )

    def forward(self, x, train=False, watch=False):
        F, tape = super().forward(x, train, watch)
        if np.shape(F) != np.shape(x):  # numpy might stretch one to fit the other
            raise ValueError(
                f"Residual adds x to F(x), so F must keep x's shape, {np.shape(x)}; it gives "
                f"{np.shape(F)}. "
                "Look at F's last layer."
            )
        return x + F, tape

    def backward(self, dy, tape):
        return dy + super().backward(dy, tape)

    accumulate = Sequential.accumulate  # the identity has no parameters


def _widths(whose: Layer, layers: tuple[Layer, ...]) -> tuple[int | None, int | None]:
    """The width that the first layer takes and that the last gives, after checking each joint."""
    first, width, before = None, None, None
    for i, layer in enumerate(layers):
        if layer.d_in is not None:
            if width is None:
                first = layer.d_in
            elif width != layer.d_in:
                between = "" if layers[i - 1] is before else ", or set d_out of what stands between"
                raise ValueError(
                    f"{type(whose).__name__}: layer {i}, {layer.label()}, takes width {layer.d_in}, but "
                    f"{before.label()} before it gives {width}. Make the two agree{between}."
                )
        if layer.d_out is not None:
            width, before = layer.d_out, layer
    return first, width
