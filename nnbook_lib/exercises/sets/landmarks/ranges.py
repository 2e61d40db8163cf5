"""The exercise on the normalized range: what it does in both directions."""

from __future__ import annotations

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
        Mistake(
            "You add two roots. The sum n_in + n_out stands under one root.",
            ranged(lambda d_out, d_in: np.sqrt(6) / (np.sqrt(d_in) + np.sqrt(d_out))),
        ),
        Mistake(
            "You add two roots. The sum n_in + n_out stands under one root. The factors are right.",
            then(lambda d_out, d_in, a, f, b: (np.sqrt(6) / (d_in**0.5 + d_out**0.5), f, b)),
        ),
        Mistake(
            "You return the variance for the limit. The limit is √6/√(n_in + n_out); the factors are right.",
            then(lambda d_out, d_in, a, f, b: (a**2 / 3, f, b)),
        ),
    ],
)
