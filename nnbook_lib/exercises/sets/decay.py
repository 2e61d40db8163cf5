"""The rate at which a gradient decays, for chapter 4, and what people measure instead."""

from __future__ import annotations

import numpy as np

from ..exercise import Mistake


def decay_rate(norms):
    """What each layer multiplies the gradient with going back, from a straight line through logs."""
    return float(np.exp(-np.polyfit(np.arange(len(norms)), np.log(norms), 1)[0]))


def from_one(norms):
    """Slope and height of the line, with the layers counted from 1."""
    return np.polyfit(np.arange(1, len(norms) + 1), np.log(norms), 1)


def through_a_point(norms):
    """The factor from each norm to the next, of a line through the first one."""
    steps, rise = np.arange(len(norms)), np.log(norms / norms[0])
    return np.exp((steps * rise).sum() / (steps**2).sum())


def both_of_a_fit(answer):
    """Whether the result is two numbers, the first of them a slope or made of one."""
    fit = np.asarray(answer(np.array([1.0, 4.0, 16.0])))
    slopes = [np.log(4), -np.log(4), 4, 1 / 4]
    return fit.shape == (2,) and np.isclose(fit[0], slopes).any()


MISTAKES = [
    Mistake(
        "You return the slope of the line through the logarithms. A factor is wanted: undo the "
        "logarithm, and mind the direction.",
        lambda norms: -np.polyfit(np.arange(len(norms)), np.log(norms), 1)[0],
    ),
    Mistake(
        "Your factor leads forward, from layer 1 up. The gradient travels the other way.",
        lambda norms: 1 / decay_rate(norms),
    ),
    Mistake(
        "You use the first norm and the last alone, so the luck of these two decides. Fit a line "
        "through the logarithms of all of them.",
        lambda norms: (norms[0] / norms[-1]) ** (1 / (len(norms) - 1)),
    ),
    Mistake(
        "You use the first norm and the last alone, and count a step too many: between L layers lie "
        "L - 1 steps. Better fit a line through the logarithms of all norms.",
        lambda norms: (norms[0] / norms[-1]) ** (1 / len(norms)),
    ),
    Mistake(
        "You return what all layers together leave. Wanted is the factor of one layer.",
        lambda norms: norms[0] / norms[-1],
    ),
    Mistake(
        "That is the height at which the line starts. np.polyfit returns the slope first, then the "
        "height: take the slope.",
        lambda norms: np.exp(np.polyfit(np.arange(len(norms)), np.log(norms), 1)[1]),
    ),
    Mistake(
        "You average the ratios of neighbors. For factors that multiply, one large ratio outweighs "
        "many small ones: average in the logarithm, by fitting a line.",
        lambda norms: np.mean(norms[:-1] / norms[1:]),
    ),
    Mistake(
        "You fit a line through the norms themselves. An exponential is straight only in its "
        "logarithm.",
        lambda norms: np.exp(-np.polyfit(np.arange(len(norms)), norms, 1)[0]),
    ),
    Mistake(
        "You fit log10 and undo it with exp. Base 10 is undone by 10 ** slope.",
        lambda norms: np.exp(-np.polyfit(np.arange(len(norms)), np.log10(norms), 1)[0]),
    ),
    Mistake(
        "You return the slope of the line itself. A factor is wanted: undo the logarithm, and mind the "
        "direction.",
        lambda norms: np.polyfit(np.arange(len(norms)), np.log(norms), 1)[0],
    ),
    Mistake(
        "You average the ratios of neighbors, and in the forward direction. The gradient travels the "
        "other way, and factors that multiply are averaged in the logarithm, by fitting a line.",
        lambda norms: np.mean(norms[1:] / norms[:-1]),
    ),
    Mistake(
        "You fit the natural logarithm and undo it with a power of 10. It is undone by np.exp.",
        lambda norms: 10 ** -np.polyfit(np.arange(len(norms)), np.log(norms), 1)[0],
    ),
    Mistake(
        "You fit the logarithm to base 2 and undo it with exp. Base 2 is undone by 2 ** slope.",
        lambda norms: np.exp(-np.polyfit(np.arange(len(norms)), np.log2(norms), 1)[0]),
    ),
    Mistake(
        "You use the last step alone. Fit a line through the logarithms of all norms.",
        lambda norms: norms[-2] / norms[-1],
    ),
    Mistake(
        "You use the first two norms alone. Fit a line through the logarithms of all norms.",
        lambda norms: norms[0] / norms[1],
    ),
    Mistake(
        "That is one over the height at which the line starts. np.polyfit returns the slope first, then "
        "the height: take the slope.",
        lambda norms: np.exp(-np.polyfit(np.arange(len(norms)), np.log(norms), 1)[1]),
    ),
    Mistake(
        "You take the median of the ratios of neighbors. Fit a line through the logarithms of all norms.",
        lambda norms: np.median(norms[:-1] / norms[1:]),
    ),
    Mistake(
        "Your factor is always below 1. Where the gradient explodes it is above: mind the sign "
        "of the slope.",
        lambda norms: min(decay_rate(norms), 1 / decay_rate(norms)),
    ),
    Mistake(
        "In np.polyfit the places come first, then the logarithms: you have them exchanged.",
        lambda norms: np.exp(-np.polyfit(np.log(norms), np.arange(len(norms)), 1)[0]),
    ),
    Mistake(
        "You return 1 - c. What is asked for is the factor itself, what remains and not what is lost.",
        lambda norms: 1 - decay_rate(norms),
    ),
    Mistake(
        "That is the height of the line one step before the first layer, since you count layers from 1. "
        "np.polyfit returns the slope first: take that.",
        lambda norms: np.exp(from_one(norms)[1]),
    ),
    Mistake(
        "That is one over the height of the line one step before the first layer. np.polyfit returns the "
        "slope first, then the height: the slope is wanted.",
        lambda norms: np.exp(-from_one(norms)[1]),
    ),
    Mistake(
        "Your line is forced through the last norm, so its luck counts too much. A fitted line may pass "
        "all points by: np.polyfit.",
        lambda norms: through_a_point(norms[::-1]),
    ),
    Mistake(
        "Your line is forced through the norm of layer 1, so its luck counts too much. A fitted line may "
        "pass all points by: np.polyfit.",
        lambda norms: 1 / through_a_point(norms),
    ),
    Mistake(
        "1 - slope is only the beginning of exp(-slope), good enough for very small slopes. Undo the "
        "logarithm with np.exp.",
        lambda norms: 1 - np.polyfit(np.arange(len(norms)), np.log(norms), 1)[0],
    ),
    Mistake(
        "This is the geometric mean of the norms, a size. Wanted is the factor from one to the next, which "
        "is in the slope of the line.",
        lambda norms: np.exp(np.mean(np.log(norms))),
    ),
    Mistake(
        "You return both numbers of the fit. np.polyfit gives slope and height, in this order: take the "
        "slope alone, fit[0].",
        lambda norms: np.exp(-np.polyfit(np.arange(len(norms)), np.log(norms), 1)),
        when=both_of_a_fit,
    ),
]
