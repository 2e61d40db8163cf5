"""A network owns its parameters as one flat vector, which optimizers move.

theta = [W1, b1, W2, b2, ...] in one array; every layer.W is a view of it, every layer.dW of `grad`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from .containers import Sequential
from .contract import keeps_protocol
from .layer import Layer
from .losses import LOSSES, Loss
from .memory import keep_freed_memory
from .shapes import got
from .state import fitting, named_arrays
from .summary import Summary, summary
from .tape import Tape


class Network(Sequential):
    """Layers one after another; all their parameters in `theta`, gradients in `grad`.

    theta, grad: (number of parameters,), the same dtype as the layers. `net.theta = v` copies v
    in, and so does `net.grad = v`. To set one array, write into it: `net.layers[0].W[...] = w`; a
    *replaced* array would no longer be part of theta, so `check` (called by every loss_and_grad)
    raises ValueError for it.

    `state` gives a copy of all that a trained network consists of, and `restore` takes it back. To
    keep the network itself in a file, `save("net.npz", net)`; `load` makes it again. `summary()` says
    what it is made of.

    Raises TypeError for layers that do not keep to the protocol or differ in dtype.
    """

    def __init__(self, *layers: Layer):
        super().__init__(*layers)
        keeps_protocol(self)
        keep_freed_memory()  # for the whole process, once: memory.py tells what, and what it gains
        self._own()

    def _own(self) -> None:
        """Gather parameters and gradients into the flat vectors; put views in their place."""
        where = list(self.parameters())
        arrays = [getattr(layer, name) for layer, name in where]
        kinds = {a.dtype for a in arrays}
        if len(kinds) > 1:
            raise TypeError(
                f"Network: its layers have parameters of {' and '.join(sorted(map(str, kinds)))}. "
                "Build all of them with the same dtype=."
            )
        self._theta = np.concatenate([a.ravel() for a in arrays]) if arrays else np.zeros(0)
        self._grad = np.zeros_like(self._theta)
        # (layer, name, view): what layer.name must be
        self._weights = list(self.views(self._theta))
        self._gradients = [(layer, "d" + name, dw) for layer, name, dw in self.views(self._grad)]
        for layer, name, view in self._weights + self._gradients:
            setattr(layer, name, view)

    def __setstate__(self, state):  # a deep copy's arrays, or a pickle's, are no longer views
        self.__dict__.update(state)
        self._own()

    @property
    def theta(self) -> np.ndarray:
        """All parameters in one vector; a view, not a copy.

        It does not carry what training moves without a gradient, as batch normalization's running
        averages: to keep a network and come back to it, take `state`.
        """
        return self._theta

    @theta.setter
    def theta(self, value: np.ndarray) -> None:
        remedy = "Copy one with net.theta.copy() from a network of the same build."
        self._copy_in(self._theta, value, remedy)

    @property
    def grad(self) -> np.ndarray:
        """dL/dtheta in one vector, as the last backward passes have added it up; a view.

        Setting it copies the numbers in, as with theta, so `net.grad *= 0` is right, too. Raises
        ValueError where a layer's backward has set its dW instead of adding to it.
        """
        _still_views(self._gradients)
        return self._grad

    @grad.setter
    def grad(self, value: np.ndarray) -> None:
        remedy = "To set all to zero, call net.zero_grad()."
        self._copy_in(self._grad, value, remedy)

    def _copy_in(self, vector: np.ndarray, value: np.ndarray, remedy: str) -> None:
        """Write value into theta or grad. ValueError unless it has their shape and real numbers."""
        fits = np.can_cast(np.asarray(value).dtype, vector.dtype, "same_kind")
        if np.shape(value) != vector.shape or not fits:
            name = "theta" if vector is self._theta else "grad"
            raise ValueError(
                f"Network.{name} holds {vector.size} real numbers, one for each parameter; got "
                f"{got(value)}. {remedy}"
            )
        vector[...] = value

    def zero_grad(self) -> None:
        """Set the whole gradient to zero."""
        self._grad.fill(0)

    def views(self, vector: np.ndarray) -> Iterator[tuple[Layer, str, np.ndarray]]:
        """Cut a vector laid out as theta: (layer, name, its part in layer.name's shape)."""
        if np.shape(vector) != self._theta.shape:
            raise ValueError(
                f"Network.views cuts a vector of {self._theta.size} numbers, as theta is; got "
                f"{got(vector)}. Pass one of theta's shape."
            )
        start = 0
        for layer, name in self.parameters():
            shape = getattr(layer, name).shape
            end = start + int(np.prod(shape))
            yield layer, name, vector[start:end].reshape(shape)
            start = end

    def state(self) -> dict[str, np.ndarray]:
        """Copies of all parameters and buffers, under names such as "1.W" or "2.running_mean".

        The number is the layer's place in `layers`; a nested layer has one for each container
        ("3.0.W"). What an optimizer remembers, and where a Dropout's generator stands, is not in it.
        """
        return {name: array.copy() for name, array in named_arrays(self)}

    def restore(self, state: Mapping[str, np.ndarray]) -> None:
        """Copy in what `state` gave, from this network or one of the same build.

        Raises TypeError or ValueError, and changes nothing, where names, shapes or dtypes differ.
        """
        own = dict(named_arrays(self))
        for name, value in fitting(own, state).items():
            own[name][...] = value

    def summary(self) -> Summary:
        """A table that prints itself: for each layer its place in `layers`, the shape of its output
        and how many parameters it has; below, all of them in sum. "T" stands for the length of a
        sequence, "?" for a width that is not known without an x. A block of layers that repeats three
        times or more is written out once.
        """
        return summary(self)

    def check(self) -> None:
        """Raise ValueError if some W or dW is no longer a view of theta or grad."""
        _still_views(self._weights)
        _still_views(self._gradients)


def loss_and_grad(
    net: Network,
    loss: Loss,
    x: np.ndarray,
    t: np.ndarray,
    *,
    watch: bool = False,
    train: bool = True,
) -> tuple[float, Tape]:
    """One forward and one backward pass: the loss and the tape; net.grad is then dL/dtheta.

    net.grad is set, not added to. With watch=True every record of the tape keeps y and dL/dy,
    which is what `diagnostics` reads. With train=True the layers' buffers move, once. Raises
    TypeError where net or loss is none, or x has another dtype than the parameters, and what the
    layers and the loss raise.
    """
    _fits(net, loss, x)
    _still_views(net._weights)
    net.zero_grad()
    y, tape = net.forward(x, train, watch)
    value, saved = loss.forward(y, t)
    net._collect_gradients(loss.backward(saved), tape)
    _still_views(net._gradients)  # a layer may have set its dW where it should have added to it
    return value, tape


def _still_views(arrays: list[tuple[Layer, str, np.ndarray]]) -> None:
    for layer, name, view in arrays:
        if getattr(layer, name) is not view:
            into = f"layer.{name}[...] = value"
            if name not in layer.params:  # a gradient
                into = f"self.{name} += ..."
            raise ValueError(
                f"{layer.label()}.{name} was replaced by another array, so the optimizer would move "
                f"theta and not it. Write into the array: {into}. (If the layer was put into a "
                "second Network, the first one has lost it.)"
            )


def _fits(net: Network, loss: Loss, x: np.ndarray) -> None:
    """Raise TypeError unless these are a network, a loss, and an x of the network's dtype."""
    expect_network("loss_and_grad", net)
    expect_loss("loss_and_grad", loss)
    if isinstance(x, np.ndarray) and x.dtype != net.theta.dtype and x.dtype.kind == "f":
        raise TypeError(
            f"Network computes in {net.theta.dtype}, but x is {x.dtype}. "
            f"Pass x.astype(np.{net.theta.dtype}), or build the network with dtype=np.{x.dtype}."
        )


def expect_network(whose: str, net: object) -> None:
    """Raise TypeError unless net is a Network."""
    if not isinstance(net, Network):
        raise TypeError(
            f"{whose} expects a Network, which has all its parameters in one vector; got {got(net)}. "
            "Make one of the layers: Network(*layers)."
        )


def expect_loss(whose: str, loss: object) -> None:
    """Raise TypeError unless loss is a Loss."""
    if not isinstance(loss, Loss):
        kind = LOSSES.get(loss) if isinstance(loss, str) else loss
        if isinstance(kind, type) and issubclass(kind, Loss):
            remedy = f"Pass {kind.__name__}(), with the brackets."
        else:
            kinds = ", ".join(f"{kind.__name__}()" for kind in LOSSES.values())
            remedy = f"Pass one of {kinds}, or a subclass of Loss, with forward and backward."
        raise TypeError(f"{whose} expects a loss; got {got(loss)}. {remedy}")
