"""Exercises on how large weights are drawn: the mean square of u, Xavier, He."""

from __future__ import annotations

import numpy as np

from ...exercise import Case, Mistake, add


def draws(mean_square):
    """Whether the inputs' order makes a difference, or the call does: weights have been drawn."""
    one, two = mean_square(np.array([1.0, 0.0]), 0.5), mean_square(np.array([0.0, 1.0]), 0.5)
    again = mean_square(np.array([1.0, 0.0]), 0.5)
    return bool(one and two and (one != two or one != again))


add(
    "initialization.mean_square",
    "The mean square of u",
    level=1,
    reference=lambda z, var_w: var_w * np.sum(z**2),
    cases=lambda rng: [
        Case("two inputs", np.array([3.0, 1.0]), 0.5),
        Case("inputs of mean 0", np.array([1.0, -1.0, 2.0, -2.0]), 0.1),
        Case("fifty outputs of a ReLU", np.maximum(rng.normal(size=50), 0), 0.04),
    ],
    mistakes=[
        Mistake(
            "You take the variance of z. The sum holds the squares of z themselves: a mean that is not 0 "
            "counts too.",
            lambda z, var_w: len(z) * var_w * np.var(z),
        ),
        Mistake(
            "The number of inputs is missing: n independent terms add up n variances.",
            lambda z, var_w: var_w * np.mean(z**2),
        ),
        Mistake(
            "You add up z itself. u² holds the squares of the terms: z².",
            lambda z, var_w: var_w * np.sum(z),
        ),
        Mistake(
            "You square the mean of z. Wanted is the mean of the squares.",
            lambda z, var_w: len(z) * var_w * np.mean(z) ** 2,
        ),
        Mistake(
            "You multiply with the standard deviation of the weights. A square of u goes with a square of "
            "w: the variance, as it is given.",
            lambda z, var_w: len(z) * np.sqrt(var_w) * np.mean(z**2),
        ),
        Mistake(
            "You return the root, the typical size of u. Wanted is the mean square itself.",
            lambda z, var_w: np.sqrt(len(z) * var_w * np.mean(z**2)),
        ),
        Mistake(
            "You square the sum of z. Of u² only the squares of the single terms remain: the mixed ones "
            "vanish on average.",
            lambda z, var_w: var_w * np.sum(z) ** 2,
        ),
        Mistake(
            "The size of the inputs is missing: each adds its z² times the variance of a weight.",
            lambda z, var_w: len(z) * var_w,
        ),
        Mistake("The variance of the weights is missing.", lambda z, var_w: np.sum(z**2)),
        Mistake(
            "You square the variance of the weights. It is the mean of w² already.",
            lambda z, var_w: var_w**2 * np.sum(z**2),
        ),
        Mistake(
            "You draw the weights. One draw or a thousand, the result depends on them, and asked is the mean "
            "over all: calculate what each input adds to the mean of u².",
            lambda z, var_w: (np.random.default_rng(0).normal(0, np.sqrt(var_w), len(z)) @ z) ** 2,
            when=draws,
        ),
        Mistake(
            "You take the variance of z, with n - 1. The sum holds the squares of z themselves, and their "
            "mean counts too: np.sum(z**2).",
            lambda z, var_w: var_w * np.var(z, ddof=1) * len(z),
        ),
        Mistake(
            "You multiply with the variance of z alone, and it leaves out how many inputs there are, and "
            "their mean. Each input adds z² times the variance of a weight.",
            lambda z, var_w: var_w * np.var(z),
        ),
        Mistake(
            "You divide by the variance of the weights: larger weights make a larger u, so it multiplies.",
            lambda z, var_w: np.sum(z**2) / var_w,
        ),
        Mistake(
            "You multiply with the number of inputs, and the sum has counted them already.",
            lambda z, var_w: len(z) * var_w * np.sum(z**2),
        ),
        Mistake(
            "You return the mean square of each term, an array. The terms are to be added up.",
            lambda z, var_w: var_w * z**2,
        ),
        Mistake(
            "You return 0, the mean of u itself. Asked is the mean of u².",
            lambda z, var_w: 0.0,
        ),
    ],
)

add(
    "initialization.xavier_limit",
    "The end of the uniform",
    level=1,
    reference=lambda d_out, d_in: np.sqrt(6 / (d_in + d_out)),
    remark="Whether the numbers come from a uniform or from a bell curve makes no difference that could be "
    "measured; only their variance counts. PyTorch has both, xavier_uniform_ and xavier_normal_.",
    cases=lambda rng: [
        Case("14 in, 10 out", 10, 14),
        Case("200 in, 50 out", 50, 200),
        Case("64 in, 10 out", 10, 64),
    ],
    mistakes=[
        Mistake(
            "6 is divided by one of the sizes alone, and the other is added to the quotient: a bracket "
            "around the sum is missing.",
            lambda d_out, d_in: np.sqrt(6 / d_out + d_in),
            when=lambda limit: any(
                np.isclose(limit(10, 14) ** 2, v) for v in (6 / 10 + 14, 6 / 14 + 10)
            ),
        ),
        Mistake(
            "You return the standard deviation. A uniform distribution reaches farther: its variance on "
            "[-a, a] is a²/3, so a is √3 standard deviations.",
            lambda d_out, d_in: np.sqrt(2 / (d_in + d_out)),
        ),
        Mistake(
            "Yours is the whole width of the interval from -a to a; asked is a, half of it. (A variance of "
            "a²/12 belongs to a uniform of width a, not 2a.)",
            lambda d_out, d_in: np.sqrt(24 / (d_in + d_out)),
        ),
        Mistake(
            "You use the inputs alone, as LeCun does. Xavier divides by the mean of inputs and outputs.",
            lambda d_out, d_in: np.sqrt(3 / d_in),
        ),
        Mistake(
            "This is a², the root is missing.",
            lambda d_out, d_in: 6 / (d_in + d_out),
        ),
        Mistake(
            "The 2 of the variance 2 / (d_in + d_out) is lost: a² / 3 must equal it.",
            lambda d_out, d_in: np.sqrt(3 / (d_in + d_out)),
        ),
        Mistake(
            "The root covers the 6 alone: it is √(6 / (d_in + d_out)).",
            lambda d_out, d_in: np.sqrt(6) / (d_in + d_out),
        ),
        Mistake(
            "You divide by the inputs alone. Xavier's variance has the sum of inputs and outputs below.",
            lambda d_out, d_in: np.sqrt(6 / d_in),
        ),
        Mistake(
            "You divide by the product of inputs and outputs. Xavier's variance has their sum below.",
            lambda d_out, d_in: np.sqrt(6 / (d_in * d_out)),
        ),
        Mistake(
            "You return the variance, 2 / (d_in + d_out). Asked is the end of the interval, a.",
            lambda d_out, d_in: 2 / (d_in + d_out),
        ),
        Mistake(
            "Your limit is 0 for every layer. // cuts fractions off: divide with /.",
            lambda d_out, d_in: 0.0,
        ),
        Mistake(
            "You return a matrix of weights. Asked is the end of the interval they come from, one number.",
            lambda d_out, d_in: np.random.default_rng(0).uniform(-1, 1, (d_out, d_in)),
            when=lambda limit: np.ndim(limit(3, 2)) == 2,
        ),
        Mistake(
            "You count the outputs alone. In Xavier's formula inputs and outputs are added.",
            lambda d_out, d_in: np.sqrt(3 / d_out),
            when=lambda limit: limit(10, 14) == limit(10, 70) > 0,
        ),
        Mistake(
            "You return both ends. Asked is a, the positive one.",
            lambda d_out, d_in: np.array([-1, 1]) * np.sqrt(6 / (d_in + d_out)),
        ),
        Mistake(
            "The size is right, and a is the positive end.",
            lambda d_out, d_in: -np.sqrt(6 / (d_in + d_out)),
        ),
        Mistake(
            "You divide by the mean of inputs and outputs, and have the 6 above: the 2 of the mean counts "
            "twice then. It is 6 / (d_in + d_out), or 3 over the mean.",
            lambda d_out, d_in: np.sqrt(12 / (d_in + d_out)),
        ),
        Mistake(
            "You return √(1 / (d_in + d_out)). Xavier's variance has a 2 above, and the uniform needs a "
            "factor 3: a²/3 is its variance.",
            lambda d_out, d_in: np.sqrt(1 / (d_in + d_out)),
        ),
    ],
)


def is_he(*others):
    """Whether an answer is one of some formulas in d_in and a."""

    def found(he_std):
        at = (8, 0.0), (50, 0.25), (4, 0.7), (10, -0.5)
        came = [he_std(3, d_in, a) for d_in, a in at]
        return any(np.allclose(came, [f(d_in, a) for d_in, a in at]) for f in others)

    return found


add(
    "initialization.he_std",
    "He's factor, also for a leak",
    level=1,
    remark="PyTorch's kaiming_normal_ has this a as an argument, and its own nn.Linear calls the uniform "
    "version with a = √5, for no reason but old habit: its weights have variance 1 / (3 d_in).",
    reference=lambda d_out, d_in, a: np.sqrt(2 / ((1 + a**2) * d_in)),
    cases=lambda rng: [
        Case("8 inputs, ReLU", 3, 8, 0.0),
        Case("50 inputs, Leaky ReLU", 20, 50, 0.25),
        Case("slope 1: no activation at all", 5, 4, 1.0),
        Case("a falling slope", 6, 10, -0.5),
    ],
    mistakes=[
        Mistake(
            "That is the variance. Wanted is the standard deviation, its root.",
            lambda d_out, d_in, a: 2 / ((1 + a**2) * d_in),
        ),
        Mistake(
            "You count the outputs. Going forward, a unit adds up d_in terms.",
            lambda d_out, d_in, a: np.sqrt(2 / ((1 + a**2) * d_out)),
        ),
        Mistake(
            "The leak a is missing. The negative half is not lost: a² of it is kept.",
            lambda d_out, d_in, a: np.sqrt(2 / d_in),
        ),
        Mistake(
            "The leak enters by its square, since mean squares are what is kept: 1 + a².",
            lambda d_out, d_in, a: np.sqrt(2 / ((1 + a) * d_in)),
        ),
        Mistake(
            "The factor 2 is missing: it pays for the half that ReLU shuts.",
            lambda d_out, d_in, a: np.sqrt(1 / ((1 + a**2) * d_in)),
        ),
        Mistake(
            "You average inputs and outputs, as Xavier does. He takes the inputs alone.",
            lambda d_out, d_in, a: np.sqrt(4 / ((1 + a**2) * (d_in + d_out))),
        ),
        Mistake(
            "The leak keeps something, so the weights may be smaller: 1 + a² stands below, not above.",
            lambda d_out, d_in, a: np.sqrt(2 * (1 + a**2) / d_in),
        ),
        Mistake(
            "The leak adds to what is kept: 1 + a², not 1 - a².",
            lambda d_out, d_in, a: (
                np.sqrt(2 / ((1 - a**2) * d_in)) if a**2 < 1 else np.float64(np.inf)
            ),
        ),
        Mistake(
            "1 + a is squared. The two halves keep 1 and a² each: 1 + a².",
            lambda d_out, d_in, a: np.sqrt(2 / ((1 + a) ** 2 * d_in)),
        ),
        Mistake(
            "The root covers the 2 alone: it is √(2 / ((1 + a²) d_in)).",
            lambda d_out, d_in, a: np.sqrt(2) / ((1 + a**2) * d_in),
        ),
        Mistake(
            "1 + a² stands outside of the root. It divides the variance: √(2 / ((1 + a²) d_in)).",
            lambda d_out, d_in, a: np.sqrt(2 / d_in) / (1 + a**2),
        ),
        Mistake(
            "You add a to the factor √2. The leak keeps more, so the weights become smaller: divide by "
            "1 + a² inside of the root.",
            lambda d_out, d_in, a: (np.sqrt(2) + a) / np.sqrt(d_in),
        ),
        Mistake(
            "Your result is the same whatever leak a is given, unless that is 0: use the argument itself.",
            lambda d_out, d_in, a: np.sqrt(2 / ((1 + (0.01 if a else 0) ** 2) * d_in)),
            when=lambda he_std: he_std(6, 10, 0.25) == he_std(6, 10, 0.5) != he_std(6, 10, 0.0),
        ),
        Mistake(
            "You keep 1/2 + a². The half that is negative keeps a² of its own half: (1 + a²) / 2.",
            lambda d_out, d_in, a: np.sqrt(1 / ((0.5 + a**2) * d_in)),
        ),
        Mistake(
            "There is a 2 or a root too many, or it stands in another place: it "
            "is √(2 / ((1 + a²) d_in)).",
            lambda d_out, d_in, a: 2 / ((1 + a**2) * np.sqrt(d_in)),
            when=is_he(
                lambda d_in, a: 2 / (1 + a**2) / d_in**0.5,
                lambda d_in, a: 2 / ((1 + a**2) * d_in) ** 0.5,
            ),
        ),
        Mistake(
            "Your standard deviation is 0 for most layers: // cuts fractions off. Divide with /.",
            lambda d_out, d_in, a: np.sqrt(2 // ((1 + a**2) * d_in)),
        ),
        Mistake(
            "You leave d_in out: the more terms a unit adds up, the smaller its weights have to be.",
            lambda d_out, d_in, a: np.sqrt(2 / (1 + a**2)),
            when=lambda he_std: (
                he_std(6, 10, 0.25) == he_std(6, 20, 0.25) > 0
                and he_std(6, 10, 0.25) == he_std(3, 10, 0.25)
            ),
        ),
        Mistake(
            "You subtract: 2 - a² or 2 - a. What is kept adds up, 1 + a², and stands below.",
            lambda d_out, d_in, a: np.sqrt((2 - a**2) / d_in),
            when=is_he(
                lambda d_in, a: ((2 - a**2) / d_in) ** 0.5, lambda d_in, a: ((2 - a) / d_in) ** 0.5
            ),
        ),
    ],
)
