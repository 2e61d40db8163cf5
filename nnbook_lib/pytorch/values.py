"""What stands for the tensors in a forward that is followed: each knows the layers it was made by."""

from __future__ import annotations

from ..flatten import Flatten
from ..layer import Layer
from ..recurrent import Cell, Recurrent

LAST = (slice(None), -1), (slice(None), -1, slice(None))  # out[:, -1] and out[:, -1, :]


class Value:
    """A tensor in forward: what `layer` makes of the value `before`. The input has neither."""

    def __init__(self, before: Value | None = None, layer: Layer | None = None):
        self.before, self.layer = before, layer

    def since(self, start: Value) -> list[Layer] | None:
        """The layers that made it of start, or None if it was not made of start."""
        layers, value = [], self
        while value is not start:
            if value.before is None:
                return None
            layers.append(value.layer)
            value = value.before
        layers.reverse()
        for i, layer in enumerate(layers):  # what flattens sequences sets the width itself
            if isinstance(layer, Flatten) and any(a.d_out for a in layers[:i]):
                layer.d_out = next((a.d_in for a in layers[i:] if a.d_in), None)
        return layers


class States(Value):
    """All states of a recurrent layer: what its module returns first, `out`."""

    def __init__(self, before: Value, cell: Cell):
        super().__init__(before, Recurrent(cell, return_sequences=True))
        self.last = Value(before, Recurrent(cell))

    def __getitem__(self, key):
        if key not in LAST:
            raise KeyError(key)
        return self.last


class Hidden:
    """The last state of each layer of a recurrent module, `h`; we know that of its last layer."""

    def __init__(self, last: Value, depth: int):
        self.last, self.depth = last, depth

    def __getitem__(self, k):
        if k not in (-1, self.depth - 1):
            raise KeyError(k)
        return self.last


class Aside:
    """What forward computes beside the values: a size, a device, a first state of zeros."""

    def __init__(self, zeros: bool = False):
        self.zeros = zeros

    def __getitem__(self, key):
        return Aside()
