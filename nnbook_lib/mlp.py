"""The book's deep network, built from a few numbers and names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from . import activations, initializers
from .activations import Activation
from .containers import Residual
from .dense import Dense
from .dropout import Dropout
from .layer import Layer
from .network import Network
from .norm import BatchNorm, LayerNorm
from .shapes import choose, fraction, generator, sizes

NORMS = {"batch": BatchNorm, "layer": LayerNorm}


def mlp(
    d_in: int,
    d_out: int,
    *,
    depth: int | None = None,
    width: int | Sequence[int] = 32,
    activation: str | Activation = "relu",
    init: str | initializers.Initializer | None = None,
    norm: str | None = None,
    skip: bool = False,
    dropout: float = 0.0,
    rng: np.random.Generator,
    dtype: type = np.float64,
) -> Network:
    """The book's deep net: `depth` hidden layers of `width` units, then d_out outputs (logits).

    plain: Dense, f, Dense, f, ..., Dense; depth + 1 weight layers in all. width may also be a
    list, one for each hidden layer. depth=None is 1, or as many as the list has. init=None takes
    what suits the activation (He for the ReLU family, LeCun for SELU, else Xavier). norm="batch"
    or "layer" stands between Dense and f. dropout > 0 follows every f.

    skip=True runs a wire around every f and the hidden Dense after it, u' = u + W f(u) + b: the
    same weights in the same order, so a plain and a residual net can be compared layer by layer
    (He et al. 2016, identity mappings, with one weight layer a block).

    Raises ValueError on sizes below 1, unknown names, and what would have no effect: norm, skip
    or dropout without a hidden layer, skip with only one.
    """
    widths = _widths(depth, width)
    sizes("mlp", d_in=d_in, d_out=d_out)
    fraction("mlp", dropout=dropout)
    generator("mlp", rng)
    f = activations.get(activation, "mlp")
    make_norm = None if norm is None else choose("norm", norm, NORMS)
    _has_effect(widths, norm=norm, skip=skip, dropout=dropout)

    def dense(a: int, b: int) -> Dense:
        return Dense(a, b, init=f.init if init is None else init, rng=rng, dtype=dtype)

    def bend(width: int) -> list[Layer]:
        before = [] if make_norm is None else [make_norm(width, dtype=dtype)]
        return [*before, f, *([Dropout(dropout, rng=rng)] if dropout else [])]

    if not widths:
        return Network(dense(d_in, d_out))
    layers: list[Layer] = [dense(d_in, widths[0])]
    for a, b in pairwise(widths):
        block = [*bend(a), dense(a, b)]
        layers += [Residual(*block)] if skip else block
    return Network(*layers, *bend(widths[-1]), dense(widths[-1], d_out))


def _widths(depth: int | None, width: int | Sequence[int]) -> list[int]:
    """The width of each hidden layer."""
    many = isinstance(width, (list, tuple))
    depth = (len(width) if many else 1) if depth is None else depth
    if isinstance(depth, bool) or not isinstance(depth, (int, np.integer)) or depth < 0:
        raise ValueError(f"mlp: depth, the number of hidden layers, must be >= 0; got {depth!r}.")
    widths = list(width) if many else [width] * int(depth)
    if len(widths) != depth:
        raise ValueError(
            f"mlp: width lists {len(widths)} hidden layers, but depth is {depth}. Leave depth out."
        )
    for each in widths or [width]:
        sizes("mlp", width=each)
    return widths


def _has_effect(widths: list[int], norm: str | None, skip: bool, dropout: float) -> None:
    """Raise ValueError for an option that would leave no trace in the network."""
    if not isinstance(skip, (bool, np.bool_)):
        raise ValueError(f"mlp: skip must be True or False; got {skip!r}.")
    asked = [f"norm={norm!r}"] * (norm is not None) + [f"dropout={dropout!r}"] * (dropout > 0)
    if asked and not widths:
        raise ValueError(
            f"mlp: {' and '.join(asked)} would have no effect, for without a hidden layer (depth=0) "
            "there is no place for it. Leave it out, or give a depth of at least 1."
        )
    if skip and len(widths) < 2:
        raise ValueError(
            "mlp: skip=True would have no effect: a wire leads from one hidden layer to the next, and "
            f"depth is {len(widths)}. Give at least 2, or write skip=depth > 1."
        )
    if skip and len(set(widths)) > 1:
        raise ValueError(
            f"mlp: with skip=True all hidden layers need one width; got {widths}. "
            "Give one number, or leave skip out."
        )
