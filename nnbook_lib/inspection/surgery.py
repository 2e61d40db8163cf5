"""Changing a network's layers: what `diagnose` tries on a copy before it advises it.

Each function takes a network and returns a changed copy, or None where there is nothing to change.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable, Iterator

import numpy as np

from .. import initializers
from ..activations import Activation, Softmax, identity, relu
from ..containers import Residual, Sequential
from ..dense import Dense
from ..dropout import Dropout
from ..layer import Layer
from ..network import Network
from ..norm import BatchNorm, LayerNorm
from ..recurrent import Cell, GRUCell, Recurrent


def leaves(layer: Layer) -> Iterator[Layer]:
    """The layers in the order in which they are applied, those inside Sequential and Residual too."""
    if isinstance(layer, Sequential):
        for inner in layer.layers:
            yield from leaves(inner)
    else:
        yield layer


def edited(net: Network, change: Callable[[int, Layer], list[Layer]]) -> Network:
    """A copy in which leaf i is replaced by the layers change(i, leaf)."""
    number = itertools.count()

    def rebuilt(layer: Layer) -> list[Layer]:
        if not isinstance(layer, Sequential):
            return change(next(number), layer)
        inner = [new for old in layer.layers for new in rebuilt(old)]
        if not inner:
            return []
        kind = Residual if isinstance(layer, Residual) else Sequential
        whole = layer if type(layer) is kind else copy.copy(layer)  # a reader's own class stays one
        kind.__init__(whole, *inner)
        return [whole]

    return Network(*(new for old in copy.deepcopy(net).layers for new in rebuilt(old)))


def bends(layer: Layer) -> bool:
    """Whether it is an activation function that is not the identity, or a softmax."""
    return isinstance(layer, Activation | Softmax) and layer is not identity


def end(net: Network) -> int:
    """The number of the last leaf that does more than pass its input on."""
    order = [*leaves(net)]
    passing = [layer is identity or isinstance(layer, Dropout) for layer in order]
    return max((i for i, passes in enumerate(passing) if not passes), default=0)


def initialized(net: Network) -> Network:
    """Every weight drawn anew as suits the activation after it, biases 0.

    The last Dense of each residual block is divided by the square root of their number, so that
    the sum over the blocks does not grow with it.
    """
    net, rng = copy.deepcopy(net), np.random.default_rng(0)
    order = [*leaves(net)]
    blocks = [layer for layer in net.walk() if isinstance(layer, Residual)]
    ends = [[layer for layer in leaves(b) if isinstance(layer, Dense)][-1:] for b in blocks]
    for i, layer in enumerate(order):
        if isinstance(layer, Dense):
            after = next((a for a in order[i + 1 :] if isinstance(a, Activation)), identity)
            draw = initializers.get(after.init)
            layer.W[...] = draw(layer.d_out, layer.d_in, rng=rng)
            layer.b[...] = 0
            if any(layer in block for block in ends):
                layer.W /= np.sqrt(len(blocks))
        elif isinstance(layer, Recurrent) and type(layer.cell).__module__ == Cell.__module__:
            new = type(layer.cell)(layer.d_in, layer.d_out, rng=rng)
            for name in new.params:
                getattr(layer.cell, name)[...] = getattr(new, name)
        elif isinstance(layer, BatchNorm | LayerNorm):
            layer.gamma[...], layer.beta[...] = 1, 0
    return net


def normalized(net: Network) -> Network | None:
    """Batch normalization between each Dense and the activation after it; drawn anew."""
    order = [*leaves(net)]
    after = {
        i: a
        for i, (a, b) in enumerate(itertools.pairwise(order))
        if isinstance(a, Dense) and bends(b)
    }
    if not after:
        return None
    norm = {i: BatchNorm(dense.d_out, dtype=dense.W.dtype) for i, dense in after.items()}
    return initialized(edited(net, lambda i, layer: [layer, norm[i]] if i in norm else [layer]))


def with_relu(net: Network) -> Network | None:
    """ReLU for every activation inside, drawn with He's variance."""
    last = end(net)
    if all(layer is relu for i, layer in enumerate(leaves(net)) if bends(layer) and i != last):
        return None
    return initialized(
        edited(net, lambda i, layer: [relu] if bends(layer) and i != last else [layer])
    )


def with_relu_normalized(net: Network) -> Network | None:
    """ReLU for every activation inside, and batch normalization before it."""
    return normalized(with_relu(net) or net)


def bent(net: Network) -> Network | None:
    """ReLU after every Dense but the last one."""
    dense = [i for i, layer in enumerate(leaves(net)) if isinstance(layer, Dense)]
    if len(dense) < 2:
        return None
    return initialized(edited(net, lambda i, layer: [layer, relu] if i in dense[:-1] else [layer]))


def without_end(net: Network) -> Network | None:
    """The activation at the end left out."""
    last = end(net)
    return edited(net, lambda i, layer: [] if i == last and bends(layer) else [layer])


def without_softmax(net: Network) -> Network | None:
    """ReLU for every softmax inside."""
    last = end(net)
    inside = [i for i, a in enumerate(leaves(net)) if isinstance(a, Softmax) and i != last]
    if not inside:
        return None
    return initialized(edited(net, lambda i, layer: [relu] if i in inside else [layer]))


def without_dropout(net: Network) -> Network | None:
    """All dropout left out."""
    return edited(net, lambda i, layer: [] if isinstance(layer, Dropout) else [layer])


def gated(net: Network) -> Network | None:
    """GRU cells for plain ones."""
    rng = np.random.default_rng(0)

    def change(i: int, layer: Layer) -> list[Layer]:
        if not isinstance(layer, Recurrent):
            return [layer]
        cell = GRUCell(layer.d_in, layer.d_out, rng=rng, dtype=layer.cell.W.dtype)
        return [Recurrent(cell, return_sequences=layer.return_sequences)]

    return edited(net, change) if any(isinstance(a, Recurrent) for a in leaves(net)) else None


def wider(net: Network, times: int = 8, least: int = 32) -> Network | None:
    """Hidden layers of `times` the width, at least `least` wide; one, with ReLU, if there is none."""
    order = [*leaves(net)]
    dense = [i for i, layer in enumerate(order) if isinstance(layer, Dense)]
    flat = all(isinstance(a, Dense | BatchNorm | LayerNorm) or bends(a) for a in order)
    if not dense or not flat or any(isinstance(a, Residual) for a in net.layers):
        return None
    rng = np.random.default_rng(0)

    def grown(width: int) -> int:
        return max(least, times * width)

    def change(i: int, layer: Layer) -> list[Layer]:
        inside = dense[0] <= i < dense[-1]
        if isinstance(layer, BatchNorm | LayerNorm):
            return [type(layer)(grown(layer.d_in) if inside else layer.d_in)]
        if not isinstance(layer, Dense):
            return [layer]
        d_in = layer.d_in if i == dense[0] else grown(layer.d_in)
        d_out = grown(layer.d_out) if inside else layer.d_out
        if len(dense) > 1:
            return [Dense(d_in, d_out, rng=rng)]
        return [Dense(d_in, least, rng=rng), relu, Dense(least, d_out, rng=rng)]

    return initialized(edited(net, change))
