"""The exercise on the cheap gradient: multiplications forward and backward."""

from __future__ import annotations

import itertools

import numpy as np

from ...exercise import Case, Mistake, add


def products(sizes):
    return np.array([a * b for a, b in itertools.pairwise(sizes)])


def costs(forward=lambda p, n: n * p.sum(), backward=lambda p, n: n * (2 * p.sum() - p[0])):
    """multiplications with other counts, from the weights of each layer."""
    return lambda sizes, n: (forward(products(sizes), n), backward(products(sizes), n))


def with_biases(sizes, n):
    p = np.array([(a + 1) * b for a, b in itertools.pairwise(sizes)])
    return n * p.sum(), n * (2 * p.sum() - p[0])


add(
    "landmarks.multiplications",
    "Counting multiplications",
    level=2,
    reference=costs(),
    outputs=("forward", "backward"),
    cases=lambda rng: [
        Case("2, 3, 1, one sample", [2, 3, 1], 1),
        Case("one layer", [5, 4], 3),
        Case("digits", [64, 30, 20, 10], 7),
        Case("wide, then narrow", [3, 50, 2, 6, 2], 10),
    ],
    remark="Forward and backward together are what a step of training costs; the first layer, which is "
    "spared one of its products, is often the largest.",
    mistakes=[
        Mistake(
            "You let the first layer, too, compute the gradient of its input, the data. Nobody asks for it: "
            "its backward pass has one product, not two.",
            costs(backward=lambda p, n: 2 * n * p.sum()),
        ),
        Mistake(
            "You spare the last layer a product. It is the first that needs no gradient of its input.",
            costs(backward=lambda p, n: n * (2 * p.sum() - p[-1])),
        ),
        Mistake(
            "You leave the first layer's backward pass out. It does compute the gradient of its weights.",
            costs(backward=lambda p, n: 2 * n * (p.sum() - p[0])),
        ),
        Mistake(
            "Backward you count only the gradients of the weights. The layers above the first also compute "
            "δW for the layer below.",
            costs(backward=lambda p, n: n * p.sum()),
        ),
        Mistake(
            "Backward you count only what goes to the layer below. The gradients of the weights cost as "
            "much again, and the first layer has them, too.",
            costs(backward=lambda p, n: n * (p.sum() - p[0])),
        ),
        Mistake(
            "The batch is missing: every sample takes all the multiplications.",
            costs(lambda p, n: p.sum(), lambda p, n: 2 * p.sum() - p[0]),
        ),
        Mistake(
            "Forward, the batch is missing: every sample takes all the multiplications.",
            costs(forward=lambda p, n: p.sum()),
        ),
        Mistake(
            "Backward, the batch is missing: every sample takes all the multiplications.",
            costs(backward=lambda p, n: 2 * p.sum() - p[0]),
        ),
        Mistake(
            "What the first layer is spared must be counted for every sample, too: n times its weights.",
            costs(backward=lambda p, n: 2 * n * p.sum() - p[0]),
        ),
        Mistake(
            "Your backward holds the forward pass as well. Return them apart.",
            costs(backward=lambda p, n: n * (3 * p.sum() - p[0])),
        ),
        Mistake(
            "You count more than products of matrices: the biases, or the activations. Asked are the "
            "multiplications in products of matrices alone.",
            with_biases,
            when=lambda multiplications: multiplications([2, 3, 5], 1)[0] in (29, 24),
        ),
        Mistake(
            "You count additions, too: each product with its sum. Asked are the multiplications alone.",
            costs(lambda p, n: 2 * n * p.sum(), lambda p, n: 2 * n * (2 * p.sum() - p[0])),
        ),
        Mistake(
            "You multiply all sizes with one another. Each layer has the product of two neighbors, and the "
            "layers add up.",
            lambda sizes, n: (n * np.prod(sizes), n * (2 * np.prod(sizes) - sizes[0] * sizes[1])),
            when=lambda multiplications: multiplications([2, 3, 5], 1)[0] == 30,
        ),
        Mistake(
            "You add the sizes up. A layer has a weight for each input *and* unit: their product.",
            lambda sizes, n: (n * sum(sizes), 2 * n * sum(sizes)),
            when=lambda multiplications: multiplications([2, 3, 5], 1)[0] in (8, 10, 13),
        ),
        Mistake(
            "Your last layer is missing. Between k sizes lie k - 1 layers.",
            lambda sizes, n: costs()(sizes[:-1], n) if len(sizes) > 2 else (0, 0),
            when=lambda multiplications: multiplications([2, 3, 5], 1)[0] == 6,
        ),
        Mistake(
            "Your first layer is missing forward. It begins with `sizes[0]`, the inputs.",
            lambda sizes, n: (n * products(sizes)[1:].sum(), costs()(sizes, n)[1]),
            when=lambda multiplications: multiplications([2, 3, 5], 1)[0] == 15,
        ),
        Mistake(
            "You multiply by the batch twice.",
            costs(lambda p, n: n**2 * p.sum(), lambda p, n: n**2 * (2 * p.sum() - p[0])),
        ),
        Mistake(
            "You subtract the inputs only. What the first layer is spared is a product of matrices: as many "
            "multiplications as forward.",
            lambda sizes, n: (costs()(sizes, n)[0], 2 * costs()(sizes, n)[0] - n * sizes[0]),
        ),
        Mistake(
            "You return numbers of each layer. Asked are their sums.",
            lambda sizes, n: (n * products(sizes), 2 * n * products(sizes)),
            when=lambda multiplications: np.ndim(multiplications([2, 3, 5], 1)[0]) == 1,
        ),
        Mistake(
            "You take the backward pass for twice the forward one less one product per sample. The first "
            "layer is spared as many multiplications as it has forward.",
            costs(backward=lambda p, n: 2 * n * p.sum() - n),
        ),
        Mistake(
            "You leave the last layer's backward pass out. The way back begins with it, and its two products "
            "count.",
            costs(backward=lambda p, n: 2 * n * (p.sum() - p[-1])),
        ),
        Mistake(
            "You count three products a layer backward. There are two: the gradient of W, and δW.",
            costs(backward=lambda p, n: 3 * n * p.sum()),
        ),
    ],
)
