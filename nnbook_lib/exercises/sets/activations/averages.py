"""Exercise: the root mean square of the slopes at the inputs that occur."""

from __future__ import annotations

import numpy as np

from .... import activations
from ...exercise import Case, Mistake, add

U = np.linspace(-10, 10, 4001)
BELL = np.exp(-U * U / 2) / np.exp(-U * U / 2).sum()  # weights of a mean over N(0, 1)


def rms_slope(df, spread):
    """The root of the mean of df(u)^2 over u ~ N(0, spread^2)."""
    return float(np.sqrt(BELL @ df(spread * U) ** 2))


EACH = [(df, s) for df in (activations.tanh.df, activations.sigmoid.df) for s in (0.5, 1.0, 4.0)]


def grid(df, spread, end, bell=True):
    """The same on a grid that ends at `end`, with the weights of the bell curve or without."""
    u = np.linspace(-end, end, 4001)
    weights = np.exp(-((u / spread) ** 2) / 2) if bell else np.ones_like(u)
    return np.sqrt(np.average(df(u) ** 2, weights=weights))


def gives(answer, other):
    """Whether an answer is what another gives, and not what is right."""
    mine = np.array([answer(df, s) for df, s in EACH])
    theirs = np.array([other(df, s) for df, s in EACH])
    right = np.array([rms_slope(df, s) for df, s in EACH])
    wrong = np.any(np.abs(mine / right - 1) > 0.01)
    return bool(wrong and np.all(np.abs(mine / theirs - 1) < 0.005))


def ends_at(answer, times=(), at=(), bell=True):
    """Whether it is the mean over a grid that ends at some spreads, or at some u for every spread."""

    def is_grid(end):
        return gives(answer, lambda df, s: grid(df, s, end(s), bell))

    return any(is_grid(lambda s, k=k: k * s) for k in times) or any(
        is_grid(lambda s, k=k: k) for k in at
    )


def flat(answer):
    """Whether u is spread evenly, to one of the usual ends."""
    ends = (2, 2.5, 3, 4, 5, 6, 8, 10, 20)
    return ends_at(answer, times=(1.5, *ends), at=(1, *ends), bell=False)


def constant_factor(answer):
    """Whether all results are too large or too small by the same factor."""
    ratios = [answer(df, s) / rms_slope(df, s) for df, s in EACH]
    return abs(ratios[0] - 1) > 0.02 and all(abs(r / ratios[0] - 1) < 0.01 for r in ratios)


def near(answer):
    """Whether all is roughly right."""
    return all(abs(answer(df, s) / rms_slope(df, s) - 1) < 0.5 for df, s in EACH)


def repeats(answer):
    return all(answer(df, s) == answer(df, s) for df, s in EACH)


def drawn(n, seed=None):
    """Draws on which the mean depends: from a generator that goes on, or anew from a seed."""
    runs = np.random.default_rng(0)

    def few(df, spread):
        rng = runs if seed is None else np.random.default_rng(seed)
        return np.sqrt(np.mean(df(spread * rng.standard_normal(n)) ** 2))

    return few


add(
    "activations.rms_slope",
    "What a layer passes on",
    level=2,
    reference=rms_slope,
    rtol=0.01,
    cases=lambda rng: [
        Case("tanh", activations.tanh.df, 1.0),
        Case("tanh, small inputs", activations.tanh.df, 0.5),
        Case("sigmoid, large inputs", activations.sigmoid.df, 4.0),
        Case("ReLU", activations.relu.df, 3.0),
        Case("the identity", activations.identity.df, 2.0),
    ],
    mistakes=[
        Mistake(
            "You average the slope itself. Lengths add up by squares: square first, then average, then take "
            "the root.",
            lambda df, spread: BELL @ df(spread * U),
        ),
        Mistake(
            "np.std subtracts the mean of the slopes first. Here the mean square itself is wanted: "
            "np.sqrt(np.mean(... ** 2)).",
            lambda df, spread: np.sqrt(rms_slope(df, spread) ** 2 - (BELL @ df(spread * U)) ** 2),
        ),
        Mistake(
            "You draw u evenly between -spread and spread. It comes from a bell curve, which reaches "
            "farther: spread * rng.standard_normal(...).",
            lambda df, spread: np.sqrt(np.mean(df(np.linspace(-1, 1, 9999) * spread) ** 2)),
        ),
        Mistake(
            "The root is missing: yours is the mean square.",
            lambda df, spread: BELL @ df(spread * U) ** 2,
        ),
        Mistake(
            "Your u are always drawn with spread 1: multiply them with `spread`.",
            lambda df, spread: rms_slope(df, 1.0),
        ),
        Mistake(
            "You take `spread` for the variance. It is the standard deviation: u = spread · g with g from "
            "N(0, 1).",
            lambda df, spread: rms_slope(df, np.sqrt(spread)),
        ),
        Mistake(
            "You take the slope at a single point, u = spread. The u of a layer are spread over the bell "
            "curve, and the squares of their slopes are to be averaged.",
            lambda df, spread: float(np.abs(df(np.array([spread])))[0]),
        ),
        Mistake(
            "You take the largest slope. What counts are the slopes at the u that occur: average their "
            "squares.",
            lambda df, spread: float(np.max(df(U))),
        ),
        Mistake(
            "The slopes are averaged rightly, and then multiplied with `spread`. That is the size of u; the "
            "slopes have no part in it.",
            lambda df, spread: spread * rms_slope(df, spread),
        ),
        Mistake(
            "You average over evenly spaced u. Under the bell curve those near 0 count more: draw u with "
            "rng.standard_normal, or weight by e^(-u²/2).",
            lambda df, spread: grid(df, spread, 3 * spread, bell=False),
            when=flat,
        ),
        Mistake(
            "Your u are spread by `spread` squared. It is the standard deviation itself: "
            "u = spread · g with g from N(0, 1).",
            lambda df, spread: rms_slope(df, spread**2),
        ),
        Mistake(
            "Your bell curve is too narrow, as e^(-(u/spread)²) is: with the 2 below the exponent it is "
            "e^(-u²/(2 spread²)).",
            lambda df, spread: rms_slope(df, spread / np.sqrt(2)),
        ),
        Mistake(
            "You average (f'(u) u)². The slope alone is squared: leave out the factor u.",
            lambda df, spread: float(np.sqrt(BELL @ (df(spread * U) * spread * U) ** 2)),
        ),
        Mistake(
            "You take positive u alone: with ReLU that gives 1, though half of its slopes are 0. u comes "
            "from both sides of the bell curve.",
            lambda df, spread: rms_slope(lambda u: df(np.abs(u)), spread),
        ),
        Mistake(
            "Your u do not reach far enough: at two spreads and less from 0 the bell curve is not over. "
            "Let the grid end at five spreads or more.",
            lambda df, spread: grid(df, spread, spread),
            when=lambda answer: ends_at(answer, times=(0.5, 1, 1.5, 2, 2.5)),
        ),
        Mistake(
            "Your grid ends at the same u whatever `spread` is, and a larger one needs more room: let it end "
            "at some multiple of `spread`.",
            lambda df, spread: grid(df, spread, 3),
            when=lambda answer: ends_at(answer, at=(1, 2, 3, 4, 5, 6, 8)),
        ),
        Mistake(
            "Your result is another one at every call, and not within one percent. You draw too few u: the "
            "error falls with the root of their number, so take 100 000 or more.",
            drawn(100),
            when=lambda answer: near(answer) and not repeats(answer),
        ),
        Mistake(
            "You average over too few u: for the slopes of some functions one percent takes more. Draw "
            "100 000 or more, or take a fine grid from -5 to 5 spreads.",
            drawn(100, seed=2),
            when=lambda answer: any(
                gives(answer, drawn(n, seed))
                for n in (10, 20, 50, 100, 200, 500, 1000)
                for seed in range(8)
            ),
        ),
        Mistake(
            "The weights of your mean do not add up to 1: the curve e^(-u²/2) must be divided by its sum.",
            lambda df, spread: 3.0 * rms_slope(df, spread),
            when=constant_factor,
        ),
    ],
)
