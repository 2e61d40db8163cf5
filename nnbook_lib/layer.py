"""The protocol: Layer, Record, Tape. Start reading here.

A layer is a function with parameters. `forward` returns its value and what backward will need;
nothing is kept on the layer, so one layer may be used twice, nested, or unrolled over time. The
caller keeps what was saved, and a container keeps it for its layers on a tape:

    y, saved = layer.forward(x)
    dx = layer.backward(dy, saved)        # and layer.dW has grown by dL/dW

Throughout the library dy means dL/dy, with y's own shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np


class Layer:
    """A differentiable map y = f(x; parameters).

    A subclass writes `forward` and `backward` and names its parameters in `params`; the gradient
    of a parameter `W` is the array `dW` beside it. x, y: (n, ...), one sample per row.

    forward reads x and the parameters and writes to neither. backward never writes into dy; it
    *adds* to dW, so that a layer used twice collects both shares.
    """

    params: tuple[str, ...] = ()
    layers: tuple[Layer, ...] = ()  # what this layer is made of, if it is a container
    d_in: int | None = None  # the width it takes; None: any
    d_out: int | None = None  # the width it gives; None: the one it took

    def forward(self, x: np.ndarray, train: bool = False) -> tuple[np.ndarray, Any]:
        """Return y = f(x) and `saved`, exactly what backward will need."""
        raise NotImplementedError(f"{type(self).__name__} has no forward(x, train)")

    def backward(self, dy: np.ndarray, saved: Any) -> np.ndarray:
        """Add dL/dW to self.dW for every parameter W, and return dx = dL/dx."""
        raise NotImplementedError(f"{type(self).__name__} has no backward(dy, saved)")

    def accumulate(self, dy: np.ndarray, saved: Any) -> None:
        """The half of backward that adds to the parameters' gradients, for when nobody needs dx."""
        if self.params:
            self.backward(dy, saved)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """y alone, as in evaluation."""
        return self.forward(x)[0]

    def start(self, **values: np.ndarray) -> None:
        """Set the parameters, in the order of `params`, and zero gradients of the same shapes."""
        for name in self.params:
            value = np.ascontiguousarray(values[name])
            setattr(self, name, value)
            setattr(self, "d" + name, np.zeros_like(value))

    def parameters(self) -> Iterator[tuple[Layer, str]]:
        """Every (layer, parameter's name) in here, nested ones too; a shared layer once."""
        seen = set()
        for layer in self.walk():
            if id(layer) not in seen:
                seen.add(id(layer))
                yield from ((layer, name) for name in layer.params)

    def walk(self) -> Iterator[Layer]:
        """This layer and all layers inside it, outer before inner, in forward order."""
        yield self
        for layer in self.layers:
            yield from layer.walk()

    def zero_grad(self) -> None:
        """Set every gradient of this layer and those inside it to zero."""
        for layer, name in self.parameters():
            getattr(layer, "d" + name)[...] = 0

    def label(self) -> str:
        """A short name for error messages and pictures, such as 'Dense(64 -> 32)'."""
        return type(self).__name__

    def __repr__(self) -> str:
        return self.label()


class Container(Layer):
    """A layer made of `layers`. Its `saved` is a Tape, and its forward takes `watch`."""

    def __init__(self, *layers: Layer):
        for layer in layers:
            if not isinstance(layer, Layer):
                hint = " Create it: call the class." if isinstance(layer, type) else ""
                raise TypeError(f"{type(self).__name__} is made of layers; got {layer!r}.{hint}")
        self.layers = layers

    def __repr__(self) -> str:
        return f"{self.label()}({', '.join(map(repr, self.layers))})"


class Record:
    """A line of a tape: `layer` was applied and `saved` this; if watched, also y and dL/dy."""

    __slots__ = ("dy", "layer", "saved", "y")

    def __init__(self, layer: Layer, saved: Any, y: np.ndarray | None = None):
        self.layer, self.saved, self.y, self.dy = layer, saved, y, None

    def __repr__(self) -> str:
        return f"Record({self.layer.label()}, saved {type(self.saved).__name__})"


class Tape(list[Record]):
    """What happened in a forward pass, in order: one Record for each layer applied.

    `run` plays a layer forward and writes it down; `back` reads the tape from its end. With
    watch=True each record keeps its y and, after `back`, its dL/dy: what every plot of gradients
    is drawn from.
    """

    def __init__(self, watch: bool = False):
        super().__init__()
        self.watch = watch
        self.inputs: Any = None  # what the container itself saves, beside its layers' records

    def run(self, layer: Layer, x: np.ndarray, train: bool) -> np.ndarray:
        """Return layer(x) and append its record."""
        if layer.layers:
            y, saved = layer.forward(x, train, self.watch)
        else:
            y, saved = layer.forward(x, train)
        self.append(Record(layer, saved, y if self.watch else None))
        return y

    def back(self, dy: np.ndarray, need_dx: bool = True) -> np.ndarray | None:
        """Carry dL/dy from the last record to the first; return dL/dx, or None if not needed."""
        last = None if need_dx or not self else self[0]
        for record in reversed(self):
            if self.watch:
                record.dy = dy
            if record is last:
                return record.layer.accumulate(dy, record.saved)
            dy = record.layer.backward(dy, record.saved)
        return dy

    def walk(self) -> Iterator[Record]:
        """Every record of a layer that is not a container, in forward order, nested tapes opened."""
        for record in self:
            if isinstance(record.saved, Tape):
                yield from record.saved.walk()
            else:
                yield record
