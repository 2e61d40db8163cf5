"""Forward passes through layers, for chapter 1: what they give, and what people write instead."""

from __future__ import annotations

import numpy as np

from ... import functions
from ..exercise import Mistake


def same(u):
    return u


def through(x, layers, f=lambda u: np.maximum(u, 0), last=False):
    """A forward pass; last: f after the last layer too."""
    for i, (W, b) in enumerate(layers):
        u = x @ W.T + b
        x = f(u) if last or i < len(layers) - 1 else u
    return x


def bias_after(x, layers):
    """With the biases of the hidden layers added behind the ReLU."""
    for W, b in layers[:-1]:
        x = np.maximum(x @ W.T, 0) + b
    return through(x, layers[-1:])


def by_shape(x, layers):
    """Without a ReLU after any layer of the last one's shape."""
    for W, b in layers:
        x = through(x, [(W, b)], last=W.shape != layers[-1][0].shape)
    return x


MISTAKES = [
    Mistake(
        "You stop after the first layer. Is `return` inside of the loop?",
        lambda x, layers: through(x, layers[:1], last=len(layers) > 1),
    ),
    Mistake(
        "The ReLU comes after the last layer too, so no output can be negative. The output layer gives "
        "its u as it is: logits, or a number for regression.",
        lambda x, layers: through(x, layers, last=True),
    ),
    Mistake(
        "There is no ReLU between the layers, so the whole network is one affine map.",
        lambda x, layers: through(x, layers, f=same),
    ),
    Mistake(
        "The ReLU is applied to the input as well. It belongs behind a layer.",
        lambda x, layers: through(np.maximum(x, 0), layers),
    ),
    Mistake(
        "The biases are missing in the hidden layers.",
        lambda x, layers: through(x, [(W, 0 * b) for W, b in layers[:-1]] + layers[-1:]),
    ),
    Mistake(
        "The biases are missing in all layers.",
        lambda x, layers: through(x, [(W, 0 * b) for W, b in layers]),
    ),
    Mistake(
        "The bias of the output layer is missing.",
        lambda x, layers: through(x, layers) - layers[-1][1],
    ),
    Mistake(
        "Your result is the u of the first layer. Is `return` inside of the loop?",
        lambda x, layers: through(x, layers[:1]),
    ),
    Mistake(
        "The last layer is missing: your result is what goes into it.",
        lambda x, layers: through(x, layers[:-1], last=True),
    ),
    Mistake(
        "The ReLU is missing before the last layer.",
        lambda x, layers: (
            through(through(x, layers[:-1]), layers[-1:]) if len(layers) > 1 else through(x, layers)
        ),
    ),
    Mistake(
        "Your product is z @ W. A node's weights are a row of W, so W is to be transposed; the sizes "
        "only fit where W is square.",
        lambda x, layers: through(x, [(W.T, b) for W, b in layers]),
    ),
    Mistake(
        "Every layer is given the first input, so only the last one counts. Each takes what the one "
        "before it gave: carry one array through the loop.",
        lambda x, layers: [through(x, [layer]) for layer in layers][-1],
    ),
    Mistake(
        "The hidden layers have a sigmoid instead of a ReLU, np.maximum(u, 0).",
        lambda x, layers: through(x, layers, f=functions.sigmoid),
    ),
    Mistake(
        "The hidden layers have tanh instead of a ReLU, np.maximum(u, 0).",
        lambda x, layers: through(x, layers, f=np.tanh),
    ),
    Mistake(
        "Only the first layer is followed by a ReLU. It stands between each two layers.",
        lambda x, layers: through(through(x, layers[:1], last=len(layers) > 1), layers[1:], f=same),
    ),
    Mistake(
        "You take the size of u in the place of a ReLU. max(u, 0) makes negative numbers 0, "
        "not positive.",
        lambda x, layers: through(x, layers, f=np.abs),
    ),
    Mistake(
        "A ReLU comes after the first layer, even where it is the only one, and after no other. It stands "
        "between each two layers.",
        lambda x, layers: through(through(x, layers[:1], last=True), layers[1:], f=same),
    ),
    Mistake(
        "In the hidden layers you add the bias after the ReLU. It belongs to u, which the ReLU is taken "
        "of: max(W x + b, 0).",
        bias_after,
    ),
    Mistake(
        "Every layer that has the shape of the last one goes without a ReLU in your network. The last is "
        "the last in the list, whatever its shape.",
        by_shape,
    ),
    Mistake(
        "You run through the layers from the last to the first. The first in the list takes in x.",
        lambda x, layers: through(x, layers[::-1]),
    ),
]
