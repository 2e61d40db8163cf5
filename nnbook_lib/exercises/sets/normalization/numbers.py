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
            "Along W itself the gradient is 0, since its length does not matter. Across it is not, and that "
            "part changes with the length.",
            lambda: 0.0,
        ),
        Mistake(
            "A doubled W makes nothing four times as large here: behind the normalization the loss is the "
            "same at W and at 2W.",
            lambda: 4.0,
        ),
    ],
)

# At depth 8 with ReLU, as races.learned gives it; a test measures it anew.
RIGHT = {
    "none": {0.01: 0.21, 0.1: 0.59, 1.0: 0.10, 10.0: 0.0},
    "batch": {0.01: 0.19, 0.1: 0.70, 1.0: 0.88, 10.0: 0.20},
}
LARGEST = {norm: max(lr for lr in shares if shares[lr] > 0.4) for norm, shares in RIGHT.items()}

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
            "That is the difference of the two rates. Asked is the factor between them.",
            0.9,
        ),
        Mistake(
            "With 10 the loss falls at times, and the test accuracy stays near 20 %: look at the caption for "
            "each rate.",
            100.0,
        ),
        Mistake(
            "A factor of 1 would mean that nothing is gained. (1 is the largest rate *with* normalization; "
            "divide it by the one without.)",
            1.0,
        ),
        Mistake(
            "The plain network still learns at 0.1, with 59 %: it is the largest of its rates that counts.",
            1000.0,
        ),
    ],
)
