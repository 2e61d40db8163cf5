"""Exercises on what batch normalization does to lengths and to learning rates."""

from __future__ import annotations

import functools

import numpy as np

from ....losses import SoftmaxCrossEntropy
from ....mlp import mlp
from ....network import loss_and_grad
from ...exercise import Mistake, add


@functools.cache
def gradient_ratio() -> float:
    """||dL/dW|| with W doubled over ||dL/dW||, where batch normalization follows, eps almost 0."""
    rng = np.random.default_rng(0)
    net = mlp(6, 3, depth=1, width=8, norm="batch", rng=rng)
    x, t = rng.normal(size=(20, 6)), np.arange(20) % 3
    first, norm = net.layers[0], net.layers[1]
    norm.eps = 1e-30
    sizes = []
    for _ in range(2):
        loss_and_grad(net, SoftmaxCrossEntropy(), x, t)
        sizes.append(np.linalg.norm(first.dW))
        first.W *= 2
    return round(sizes[1] / sizes[0], 6)


def number(value):
    """The answer as a float."""
    if isinstance(value, bool | str):
        raise TypeError("no number")
    return float(value)


def between(low, high, but=()):
    """Whether the answer lies between two numbers, and is none of some others."""
    return lambda value: (
        low < number(value) < high and not any(np.isclose(number(value), one) for one in but)
    )


def is_near(*numbers):
    return lambda value: any(np.isclose(number(value), one, rtol=1e-3) for one in numbers)


add(
    "normalization.length",
    "A weight without a length",
    level=1,
    reference=gradient_ratio,
    made=True,
    remark="Weight decay shortens such a weight, which changes nothing of what the network computes, and "
    "raises its learning rate: behind a normalization that is most of what it does.",
    mistakes=[
        Mistake(
            "The output stays the same, but the slope does not: to change the output as much as before, W "
            "must now move twice as far.",
            lambda: 1.0,
        ),
        Mistake(
            "Turned around. W is twice as long, so the same step turns it half as far.",
            lambda: 2.0,
        ),
        Mistake(
            "1/4 is the factor of the *turn*: the gradient is half as large, and it meets a W twice as "
            "long. Asked is the gradient itself.",
            lambda: 0.25,
        ),
        Mistake(
            "A factor of 0 would leave no gradient at all. Along W itself it is 0, since the length does not "
            "matter, but not across. (Of a fraction, // leaves 0: divide with /.)",
            lambda: 0.0,
        ),
        Mistake(
            "The gradient does not grow, and there is no square in it: behind the normalization the loss is "
            "the same at W and at 2W.",
            lambda: 4.0,
        ),
        Mistake(
            "There is no root in it: a root comes from squares that are added up, and here W is multiplied "
            "as a whole. L(2 W) = L(W): what follows for the derivatives of the two?",
            lambda: np.sqrt(2),
            when=is_near(2**0.5, 0.5**0.5),
        ),
        Mistake(
            "A length is not negative, and so its factor is above 0. (In Python ^ is no power: 2 ** 3 is 8, "
            "and 2 ^ 3 is 1.)",
            lambda: -3.0,
            when=between(-np.inf, 0),
        ),
        Mistake(
            "The gradient does not grow: where W is longer, the same step turns it by less, and the loss "
            "changes by less.",
            lambda: 8.0,
            when=between(1, np.inf, but=(2, 4, 2**0.5)),
        ),
        Mistake(
            "The gradient does become smaller, but by another factor. L(2 W) = L(W) for every W: "
            "differentiate both sides.",
            lambda: 0.3,
            when=between(0, 1, but=(0.25, 0.5, 0.5**0.5)),
        ),
    ],
)

# At depth 8 with ReLU, as races.learned gives it; a test measures it anew.
RIGHT = {
    "none": {0.01: 0.19, 0.1: 0.53, 1.0: 0.10, 10.0: 0.0},
    "batch": {0.01: 0.19, 0.1: 0.66, 1.0: 0.87, 10.0: 0.18},
}
LARGEST = {norm: max(lr for lr in shares if shares[lr] > 0.4) for norm, shares in RIGHT.items()}

RATES = (0.01, 0.1, 1.0, 10.0)
DIFFERENCES = tuple(a - b for a in RATES for b in RATES if a > b)
FACTORS = (0.1, 0.9, 1.0, 10.0, 100.0, 1000.0)


add(
    "normalization.rates",
    "How much more can it take?",
    level=1,
    reference=LARGEST["batch"] / LARGEST["none"],
    remark="A factor of ten or more was the paper's own claim in 2015: Inception learned with a rate thirty "
    "times as large. Warmup and Adam have since made plain networks stand more, too.",
    mistakes=[
        Mistake(
            "0.1 is the largest rate of the plain network, and it is the factor turned around. Asked is by "
            "how much normalization *raises* it.",
            0.1,
        ),
        Mistake(
            "That is the difference of two rates. Asked is the factor between them.",
            0.9,
            when=is_near(*DIFFERENCES),
        ),
        Mistake(
            "With 10 the loss falls at times, and the accuracy stays near 20 %: look at the caption for "
            "each rate.",
            100.0,
        ),
        Mistake(
            "A factor of 1 would mean that nothing is gained. (1 is the largest rate *with* normalization; "
            "divide it by the one without.)",
            1.0,
        ),
        Mistake(
            "1000 is the whole range of the rates, 10 over 0.01. Of each network the largest rate counts "
            "with which it gets more than 40 %: the plain one does at 0.1, the normalized one fails at 10.",
            1000.0,
        ),
        Mistake(
            "A factor by which a rate is raised lies above 1: the larger of the two rates over the smaller.",
            0.01,
            when=between(0, 1, but=(*FACTORS, *DIFFERENCES)),
        ),
        Mistake(
            "A factor between two rates is not 0 or below: divide the rates, and not their exponents.",
            -1.0,
            when=lambda value: number(value) <= 0,
        ),
        Mistake(
            "All four rates are powers of ten, and so is the factor between any two of them. Yours is none: "
            "divide the one rate by the other.",
            8.0,
            when=between(1, np.inf, but=(*FACTORS, *DIFFERENCES, 1e4, 1e5)),
        ),
        Mistake(
            "No two of the four rates lie so far apart: the smallest is 0.01, the largest 10.",
            1e4,
            when=lambda value: any(np.isclose(number(value), one) for one in (1e4, 1e5)),
        ),
    ],
)
