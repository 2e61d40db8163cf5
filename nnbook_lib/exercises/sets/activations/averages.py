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


TANH, SIGMOID = activations.tanh.df, activations.sigmoid.df
EACH = [(TANH, 0.5), (TANH, 4.0), (SIGMOID, 1.0)]  # few, for answers may take a million draws
ENDS = (2, 2.5, 3, 4, 5, 6, 8, 10, 20)


def measured(rms_slope):
    return np.array([rms_slope(df, s) for df, s in EACH])


def grid(df, spread, end, bell=True):
    """The same on a grid that ends at `end`, with the weights of the bell curve or without."""
    u = np.linspace(-end, end, 4001)
    weights = np.exp(-((u / spread) ** 2) / 2) if bell else np.ones_like(u)
    return np.sqrt(np.average(df(u) ** 2, weights=weights))


def gives(answer, others):
    """Whether an answer is what one of some others gives, and not what is right."""
    mine, right = measured(answer), measured(rms_slope)
    wrong = np.any(np.abs(mine / right - 1) > 0.01)
    return bool(wrong) and any(np.all(np.abs(mine / measured(f) - 1) < 0.005) for f in others)


def ending(times=(), at=(), bell=True):
    """Means over grids that end at some spreads, or at some u for every spread."""
    ends = [lambda s, k=k: k * s for k in times] + [lambda s, k=k: k for k in at]
    return [lambda df, s, end=end: grid(df, s, end(s), bell) for end in ends]


def drawn(n, seed=None):
    """Draws on which the mean depends: from a generator that goes on, or anew from a seed."""
    runs = np.random.default_rng(0)

    def few(df, spread):
        rng = runs if seed is None else np.random.default_rng(seed)
        return np.sqrt(np.mean(df(spread * rng.standard_normal(n)) ** 2))

    return few


def gauss(n):
    """The rule of Gauss and Hermite with n points."""
    t, w = np.polynomial.hermite_e.hermegauss(n)
    return lambda df, spread: np.sqrt(np.average(df(spread * t) ** 2, weights=w))


FEW = [drawn(n, seed) for n in (10, 20, 50, 100, 200, 500, 1000) for seed in range(8)]
FEW += [gauss(n) for n in (3, 4, 5, 6, 7)]


def wavers(answer):
    """Whether all is roughly right, and another number at each call."""
    mine = measured(answer)
    return np.all(np.abs(mine / measured(rms_slope) - 1) < 0.5) and np.any(mine != measured(answer))


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
            when=lambda answer: gives(
                answer, ending(times=(1.5, *ENDS), at=(1, *ENDS), bell=False)
            ),
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
            when=lambda answer: gives(answer, ending(times=(0.5, 1, 1.5, 2, 2.5))),
        ),
        Mistake(
            "Your grid ends at the same u whatever `spread` is, and a larger one needs more room: let it end "
            "at some multiple of `spread`.",
            lambda df, spread: grid(df, spread, 3),
            when=lambda answer: gives(answer, ending(at=(1, 2, 3, 4, 5, 6, 8))),
        ),
        Mistake(
            "Your result is another one at every call, and not within one percent. You draw too few u: the "
            "error falls with the root of their number, so take 100 000 or more.",
            drawn(100),
            when=wavers,
        ),
        Mistake(
            "You average over too few u: for the slopes of some functions one percent takes more. Draw "
            "100 000 or more, or take a fine grid from -5 to 5 spreads.",
            drawn(100, seed=2),
            when=lambda answer: gives(answer, FEW),
        ),
    ],
)
