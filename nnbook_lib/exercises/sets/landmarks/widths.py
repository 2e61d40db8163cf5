"""Exercises on what the widths of layers decide: the normalized range, and the cost of a gradient."""

from __future__ import annotations

import itertools

import numpy as np

from ...exercise import Case, Mistake, add


def ranged(limit=lambda d_out, d_in: np.sqrt(6 / (d_in + d_out)), variance=lambda a: a**2 / 3):
    """normalized with another limit, or another variance of it."""

    def normalized(d_out, d_in):
        a = limit(d_out, d_in)
        return a, d_in * variance(a), d_out * variance(a)

    return normalized


def then(change):
    """normalized with a change of its three numbers."""
    return lambda d_out, d_in: change(d_out, d_in, *ranged()(d_out, d_in))


add(
    "landmarks.normalized",
    "The normalized range",
    level=2,
    reference=ranged(),
    outputs=("limit", "forward", "backward"),
    cases=lambda rng: [
        Case("3 in, 1 out", 1, 3),
        Case("8 in, 8 out", 8, 8),
        Case("64 in, 10 out", 10, 64),
        Case("20 in, 300 out", 300, 20),
    ],
    remark="With the older range, up to 1/√n_in, the three would be 1/√n_in, 1/3 and n_out / (3 n_in): "
    "between equal layers two thirds of the mean square were lost in each, both ways.",
    mistakes=[
        Mistake(
            "Your factors forward and backward are exchanged: going forward, a unit adds up `d_in` terms.",
            then(lambda d_out, d_in, a, f, b: (a, b, f)),
        ),
        Mistake(
            "This is the older range, 1/√n_in, which has n_in Var W = 1/3. The normalized one is "
            "√6/√(n_in + n_out).",
            ranged(lambda d_out, d_in: 1 / np.sqrt(d_in)),
        ),
        Mistake(
            "You use the inputs alone. In the normalized range inputs and outputs are added.",
            ranged(lambda d_out, d_in: np.sqrt(6 / d_in)),
        ),
        Mistake(
            "You use the inputs alone, with n_in Var W = 1. In the normalized range inputs and outputs are "
            "added.",
            ranged(lambda d_out, d_in: np.sqrt(3 / d_in)),
        ),
        Mistake(
            "You return the standard deviation for the limit. A uniform distribution reaches √3 of them.",
            then(lambda d_out, d_in, a, f, b: (a / np.sqrt(3), f, b)),
        ),
        Mistake(
            "Your limit is √2/√(n_in + n_out), the standard deviation, and the factors go with it. The "
            "limit is √6/√(n_in + n_out).",
            ranged(lambda d_out, d_in: np.sqrt(2 / (d_in + d_out))),
        ),
        Mistake(
            "The root of the limit is missing: √6/√(n_in + n_out).",
            ranged(lambda d_out, d_in: 6 / (d_in + d_out)),
        ),
        Mistake(
            "The root of the limit is missing: √6/√(n_in + n_out). The factors are right.",
            then(lambda d_out, d_in, a, f, b: (a**2, f, b)),
        ),
        Mistake(
            "The root stands over the 6 alone: √6/√(n_in + n_out) has two.",
            ranged(lambda d_out, d_in: np.sqrt(6) / (d_in + d_out)),
        ),
        Mistake(
            "You multiply the two numbers of units. They are added.",
            ranged(lambda d_out, d_in: np.sqrt(6 / (d_in * d_out))),
        ),
        Mistake(
            "You divide by the mean of the two numbers of units. It is their sum.",
            ranged(lambda d_out, d_in: np.sqrt(12 / (d_in + d_out))),
        ),
        Mistake(
            "A bracket is missing: 6 is divided by one number of units alone, and the other is added.",
            ranged(lambda d_out, d_in: np.sqrt(6 / d_in + d_out)),
            when=lambda normalized: any(
                np.isclose(normalized(10, 14)[0] ** 2, v) for v in (6 / 10 + 14, 6 / 14 + 10)
            ),
        ),
        Mistake(
            "Your variance is a²/12. That belongs to an interval of width a; this one, from -a to a, is 2a "
            "wide, so a²/3.",
            ranged(variance=lambda a: a**2 / 12),
        ),
        Mistake(
            "Your variance is the square of the limit. Most weights are smaller: it is a²/3.",
            ranged(variance=lambda a: a**2),
        ),
        Mistake(
            "Your variance is a/3. The limit is squared: a²/3.",
            ranged(variance=lambda a: a / 3),
        ),
        Mistake(
            "Your variance is (a/3)². Only a is squared: a²/3.",
            ranged(variance=lambda a: (a / 3) ** 2),
        ),
        Mistake(
            "You multiply by the standard deviation of the weights. A mean square goes with the variance.",
            ranged(variance=lambda a: a / np.sqrt(3)),
        ),
        Mistake(
            "You take the roots of the factors. Asked is the mean square, not the length.",
            then(lambda d_out, d_in, a, f, b: (a, f**0.5, b**0.5)),
        ),
        Mistake(
            "You multiply by n_in both ways. Going back, an input gets terms from all `d_out` units.",
            then(lambda d_out, d_in, a, f, b: (a, f, f)),
        ),
        Mistake(
            "You multiply by n_out both ways. Going forward, a unit adds up `d_in` terms.",
            then(lambda d_out, d_in, a, f, b: (a, b, b)),
        ),
        Mistake(
            "You take both factors to be 1. They are so between equal layers only.",
            then(lambda d_out, d_in, a, f, b: (a, 1.0, 1.0)),
        ),
        Mistake(
            "Your backward factor is one over the forward one. It is n_out times the variance.",
            then(lambda d_out, d_in, a, f, b: (a, f, 1 / f)),
        ),
        Mistake(
            "You return the variance in place of the factors: it is still to be multiplied by the number of "
            "terms.",
            then(lambda d_out, d_in, a, f, b: (a, a**2 / 3, a**2 / 3)),
        ),
    ],
)


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
    ],
)
