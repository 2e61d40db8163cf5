"""The protocol: Layer and Container. Start reading here.

A layer is a function with parameters. `forward` returns its value and what backward will need;
nothing is kept on the layer, so one layer may be used twice, nested, or unrolled over time. The
caller keeps what was saved, and a container keeps it for its layers on a tape:

    y, saved = layer.forward(x)
    dx = layer.backward(dy, saved)        # and layer.dW has grown by dL/dW

Throughout the library dy means dL/dy, with y's own shape.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import numpy as np

from . import listing
from .shapes import got


class Layer:
    """A differentiable map y = f(x; parameters).

    A subclass writes `forward` and `backward` and names its parameters in `params`; the gradient
    of a parameter `W` is the array `dW` beside it. x, y: (n, ...), one sample per row. A layer
    made of other layers names them in `layers`: what is not named there is not trained.

    forward reads x and the parameters and writes to neither. backward never writes into dy; it
    *adds* to dW, so that a layer used twice collects both shares. What else training moves, as
    batch normalization its running averages, are arrays named in `buffers`, and `track` moves
    them.
    """

    params: tuple[str, ...] = ()
    buffers: tuple[str, ...] = ()  # arrays that training moves without a gradient
    layers: tuple[Layer, ...] = ()  # what this layer is made of
    d_in: int | None = None  # the width it takes; None: any
    d_out: int | None = None  # the width it gives; None: the one it took

    def forward(self, x: np.ndarray, train: bool = False) -> tuple[np.ndarray, Any]:
        """Return y = f(x) and `saved`, exactly what backward will need."""
        raise NotImplementedError(f"{type(self).__name__} has no forward(x, train)")

    def backward(self, dy: np.ndarray, saved: Any) -> np.ndarray:
        """Add dL/dW to self.dW for every parameter W, and return dx = dL/dx."""
        raise NotImplementedError(f"{type(self).__name__} has no backward(dy, saved)")

    def accumulate(self, dy: np.ndarray, saved: Any) -> None:
        """The half of backward that adds to the parameters' gradients, for when nobody needs dx.

        A subclass may write it to save work. It goes with the backward of its own class: a class
        that writes only a new backward is asked for that.
        """
        self.backward(dy, saved)

    def track(self, saved: Any) -> None:
        """Move the `buffers` by one training pass. A tape calls it once, when it is played back."""

    def __init_subclass__(cls, **kwargs: Any):
        super().__init_subclass__(**kwargs)
        accumulates, goes_back = (
            next(c for c in cls.__mro__ if method in vars(c))  # the class that writes it
            for method in ("accumulate", "backward")
        )
        fits = issubclass(accumulates, goes_back)
        cls._collect_gradients = cls.accumulate if fits else cls.backward

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """y alone, as in evaluation."""
        y, _ = y_and_saved(self, self.forward(x))
        return y

    def start(self, **values: np.ndarray) -> None:
        """Set the parameters that `params` names, and zero gradients of the same shapes.

        Raises TypeError unless there is one floating array for each name.
        """
        if set(values) != set(self.params):
            raise TypeError(
                f"{type(self).__name__}.start sets the parameters named in params, "
                f"{tuple(self.params)}; got {tuple(values)}. Make the two agree."
            )
        for name in self.params:
            value = np.ascontiguousarray(values[name])
            if value.dtype.kind not in "fc":
                raise TypeError(
                    f"{type(self).__name__}.start: {name} must be floating point, or no step could "
                    f"change it; got {value.dtype}. Pass np.asarray({name}, dtype=float)."
                )
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

    def _shape_of_y(self, shape: tuple[int | str, ...]) -> tuple[int | str, ...]:
        """The shape of one sample of y, where x has this one; a word stands for what is not known."""
        return shape if self.d_out is None else (*shape[:-1], self.d_out)

    def label(self) -> str:
        """A short name for error messages and pictures, such as 'Dense(64 -> 32)'."""
        return type(self).__name__

    def __repr__(self) -> str:
        return self.label()


class Container(Layer):
    """A layer that runs its `layers` on a Tape, which is its `saved`; its forward takes `watch`.

        def forward(self, x, train=False, watch=False):
            tape = Tape(watch)
            y = tape.run(self.layers[0], x, train)
            ...
            return y, tape

    Raises TypeError for what is no layer, and for a subclass whose forward takes no `watch`.
    """

    def __init__(self, *layers: Layer):
        for layer in layers:
            if not isinstance(layer, Layer):
                raise TypeError(
                    f"{type(self).__name__} is made of layers; got {got(layer)}. {_remedy(layer)}"
                )
        self.layers = layers

    def __init_subclass__(cls, **kwargs: Any):
        super().__init_subclass__(**kwargs)
        try:
            inspect.signature(cls.forward).bind("self", "x", "train", "watch")
        except TypeError:
            raise TypeError(
                f"{cls.__name__} is a Container, so a tape hands its forward (x, train, watch). "
                "Write def forward(self, x, train=False, watch=False), and Tape(watch) in it."
            ) from None

    def track(self, saved):
        """Let the layers inside move their buffers by the pass that the tape recorded."""
        if hasattr(saved, "track"):
            saved.track()
        elif any(layer.buffers for layer in self.walk()):
            raise TypeError(
                f"{self.label()} has layers with buffers inside, which are found through its tape; its "
                f"forward saved {type(saved).__name__}. Return (y, tape), and keep what else backward "
                "needs in tape.inputs."
            )

    def __repr__(self) -> str:
        """On one line if it fits, else a numbered line for each layer."""
        return listing.container(self.label(), [repr(layer) for layer in self.layers])


def y_and_saved(layer: Layer, result: object) -> tuple[np.ndarray, Any]:
    """What layer.forward returned, if it is (y, saved); else TypeError."""
    if isinstance(result, tuple) and len(result) == 2:
        return result
    raise TypeError(
        f"{layer.label()}.forward must return (y, saved); got {got(result)}. "
        "If backward needs nothing, return y, None."
    )


def expect_layer(whose: str, thing: object) -> None:
    """Raise TypeError unless thing is a Layer."""
    if not isinstance(thing, Layer):
        raise TypeError(f"{whose} expects a layer; got {got(thing)}. {_remedy(thing)}")


def _remedy(thing: object) -> str:
    """What to write in the place of what is no layer."""
    if isinstance(thing, type):
        return "Create it: call the class."
    if isinstance(thing, str):
        return f"Write the layer itself, as nn.{thing}, without quotes."
    if isinstance(thing, (list, tuple)):
        return "Pass them one by one: put * before the list."
    if callable(thing):
        return (
            "A function has no derivative of its own: take nn.tanh and the like, or "
            'Activation("name", f, df), df the derivative of f.'
        )
    return "Write a subclass of Layer, with forward and backward."
