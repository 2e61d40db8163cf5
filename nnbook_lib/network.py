"""A network owns its parameters as one flat vector, which optimizers move.

theta = [W1, b1, W2, b2, ...] in one array; every layer.W is a view of it, every layer.dW of `grad`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from . import activations, initializers
from .activations import Activation
from .containers import Residual, Sequential
from .dense import Dense
from .dropout import Dropout
from .layer import Layer, Tape
from .losses import Loss
from .memory import keep_freed_memory
from .norm import BatchNorm, LayerNorm
from .shapes import choose, got, sizes


class Network(Sequential):
    """Layers one after another; all their parameters in `theta`, gradients in `grad`.

    theta, grad: (number of parameters,), the same dtype as the layers. `net.theta = v` copies v
    in. To set one array, write into it: `net.layers[0].W[...] = w`; a *replaced* array would no
    longer be part of theta, so `check` (called by every loss_and_grad) raises ValueError for it.
    """

    def __init__(self, *layers: Layer):
        super().__init__(*layers)
        keep_freed_memory()
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
        """All parameters in one vector; a view, not a copy."""
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

    def check(self) -> None:
        """Raise ValueError if some W or dW is no longer a view of theta or grad."""
        for layer, name, view in self._arrays:
            if getattr(layer, name) is not view:
                raise ValueError(
                    f"{layer.label()}.{name} was replaced by another array, so the optimizer would move "
                    f"theta and not it. Write into the array: layer.{name}[...] = value. (If the layer "
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
    which is what `diagnostics` reads. Raises TypeError where x has another dtype than the
    parameters, and what the layers and the loss raise.
    """
    net.check()
    x = _same_dtype(net, x)
    net.zero_grad()
    y, tape = net.forward(x, train, watch)
    value, saved = loss.forward(y, t)
    net.accumulate(loss.backward(saved), tape)
    return value, tape


def _same_dtype(net: Network, x: np.ndarray) -> np.ndarray:
    if isinstance(x, np.ndarray) and x.dtype != net.theta.dtype and x.dtype.kind == "f":
        raise TypeError(
            f"Network computes in {net.theta.dtype}, but x is {x.dtype}. "
            f"Pass x.astype(np.{net.theta.dtype}), or build the network with dtype=np.{x.dtype}."
        )
    return x


NORMS = {"batch": BatchNorm, "layer": LayerNorm}


def mlp(
    d_in: int,
    d_out: int,
    *,
    depth: int = 1,
    width: int = 32,
    activation: str | Activation = "relu",
    init: str | initializers.Initializer | None = None,
    norm: str | None = None,
    skip: bool = False,
    dropout: float = 0.0,
    rng: np.random.Generator,
    dtype: type = np.float64,
) -> Network:
    """The book's deep net: `depth` hidden layers of `width` units, then d_out outputs (logits).

    plain: Dense, f, Dense, f, ..., Dense; depth + 1 weight layers in all. init=None takes what
    suits the activation (He for the ReLU family, LeCun for SELU, else Xavier). norm="batch" or
    "layer" stands between Dense and f. dropout > 0 follows every f.

    skip=True runs a wire around every f and the hidden Dense after it, u' = u + W f(u) + b: the
    same weights in the same order, so a plain and a residual net can be compared layer by layer
    (He et al. 2016, identity mappings, with one weight layer a block). Raises ValueError on sizes
    below 1 and unknown names.
    """
    if isinstance(depth, bool) or not isinstance(depth, (int, np.integer)) or depth < 0:
        raise ValueError(f"mlp: depth, the number of hidden layers, must be >= 0; got {depth!r}.")
    sizes("mlp", d_in=d_in, d_out=d_out, width=width)
    f = activations.get(activation)
    make_norm = None if norm is None else choose("norm", norm, NORMS)

    def dense(a: int, b: int) -> Dense:
        return Dense(a, b, init=f.init if init is None else init, rng=rng, dtype=dtype)

    def bend() -> list[Layer]:
        before = [] if make_norm is None else [make_norm(width, dtype=dtype)]
        return [*before, f, *([Dropout(dropout, rng=rng)] if dropout else [])]

    if depth == 0:
        return Network(dense(d_in, d_out))
    layers: list[Layer] = [dense(d_in, width)]
    for _ in range(depth - 1):
        block = [*bend(), dense(width, width)]
        layers += [Residual(*block)] if skip else block
    return Network(*layers, *bend(), dense(width, d_out))
