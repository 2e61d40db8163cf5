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
from .tape import Tape


class Network(Sequential):
    """Layers one after another; all their parameters in `theta`, gradients in `grad`.

    theta, grad: (number of parameters,), the same dtype as the layers. `net.theta = v` copies v
    in. To set one array, write into it: `net.layers[0].W[...] = w`; a *replaced* array would no
    longer be part of theta, so `check` (called by every loss_and_grad) raises ValueError for it.

    `state` gives a copy of all that a trained network consists of, and `restore` takes it back:

        np.savez("net.npz", **net.state())
        net.restore(np.load("net.npz"))       # into a network of the same build

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
        self._arrays = []  # (layer, name, view): what layer.name must be
        for (layer, name, w), (_, _, dw) in zip(
            self.views(self._theta), self.views(self._grad), strict=True
        ):
            setattr(layer, name, w)
            setattr(layer, "d" + name, dw)
            self._arrays += [(layer, name, w), (layer, "d" + name, dw)]

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
        if np.shape(value) != self._theta.shape:
            raise ValueError(
                f"Network.theta holds {self._theta.size} parameters; got {got(value)}. "
                "Copy one with net.theta.copy() from a network of the same build."
            )
        self._theta[...] = value

    @property
    def grad(self) -> np.ndarray:
        """dL/dtheta in one vector, as the last backward passes have added it up; a view."""
        return self._grad

    def zero_grad(self) -> None:
        """Set the whole gradient to zero."""
        self._grad[...] = 0

    def views(self, vector: np.ndarray) -> Iterator[tuple[Layer, str, np.ndarray]]:
        """Cut a vector laid out as theta: (layer, name, its part in layer.name's shape)."""
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
        return {name: array.copy() for name, array in _named_arrays(self)}

    def restore(self, state: Mapping[str, np.ndarray]) -> None:
        """Copy in what `state` gave, from this network or one of the same build.

        Raises TypeError or ValueError, and changes nothing, where names, shapes or dtypes differ.
        """
        own = dict(_named_arrays(self))
        for name, value in _fitting(own, state).items():
            own[name][...] = value

    def check(self) -> None:
        """Raise ValueError if some W or dW is no longer a view of theta or grad."""
        for layer, name, view in self._arrays:
            if getattr(layer, name) is not view:
                raise ValueError(
                    f"{layer.label()}.{name} was replaced by another array, so the optimizer would move "
                    f"theta and not it. Write into the array: layer.{name}[...] = value"
                    f"{', or +=' * name.startswith('d')}. (If the layer "
                    "was put into a second Network, the first one has lost it.)"
                )


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
    net.check()
    net.zero_grad()
    y, tape = net.forward(x, train, watch)
    value, saved = loss.forward(y, t)
    net._collect_gradients(loss.backward(saved), tape)
    net.check()  # a layer may have replaced its dW where it should have added to it
    return value, tape


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
        kind = LOSSES.get(loss, loss) if isinstance(loss, str) else loss
        kind = kind.__name__ if isinstance(kind, type) else "SoftmaxCrossEntropy"
        raise TypeError(
            f"{whose} expects a Loss, such as SquaredError(); got {got(loss)}. "
            f"Pass {kind}(), with the brackets."
        )


def _named_arrays(whole: Layer) -> Iterator[tuple[str, np.ndarray]]:
    """Every parameter and buffer under its name in `state`; those of a shared layer once."""
    seen = set()

    def walk(layer: Layer, place: str) -> Iterator[tuple[str, np.ndarray]]:
        if id(layer) not in seen:
            seen.add(id(layer))
            for name in (*layer.params, *layer.buffers):
                yield place + name, getattr(layer, name)
            for i, part in enumerate(layer.layers):
                yield from walk(part, f"{place}{i}.")

    yield from walk(whole, "")


def _fitting(own: dict[str, np.ndarray], state: object) -> dict[str, np.ndarray]:
    """The arrays of `state`, if they go into those of `own`; else the error that names what differs."""
    if not isinstance(state, Mapping):
        raise TypeError(
            f"Network.restore takes what state() gave, or np.load of the file; got {got(state)}."
        )
    given = {name: np.asarray(state[name]) for name in state}
    differences = [f"{name} is missing" for name in own if name not in given]
    differences += [f"{name} has no place here" for name in given if name not in own]
    for name in own.keys() & given.keys():
        wanted, came = own[name], given[name]
        if came.shape != wanted.shape or not np.can_cast(came.dtype, wanted.dtype, "safe"):
            differences.append(
                f"{name} has {got(came)}, here it is {got(wanted).removeprefix('shape ')}"
            )
    if differences:
        more = f", and {len(differences) - 4} more" if len(differences) > 4 else ""
        raise ValueError(
            f"Network.restore: the state is of another network: {', '.join(differences[:4])}{more}. "
            "Build the network as it was when the state was taken."
        )
    return given
