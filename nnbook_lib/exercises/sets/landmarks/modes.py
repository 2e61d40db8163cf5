"""The exercise on deep linear networks: the curve of a mode."""

from __future__ import annotations

import numpy as np

from ...exercise import Case, Mistake, add


def curve(rate=2.0, start=lambda s, u0: s / u0 - 1, top=lambda s: s):
    """mode with another rate, start or end."""

    def mode(t, s, u0, tau):
        return top(s) / (1 + start(s, u0) * np.exp(-rate * s * t / tau))

    return mode


def plain(t, s, u0, tau):
    e = np.exp(2 * s * t / tau)
    return s * e / (e - 1 + s / u0)


def where_finite(other):
    """The plain formula, and another number where it is none."""

    def mode(t, s, u0, tau):
        u = plain(t, s, u0, tau)
        return np.where(np.isfinite(u), u, other)

    return mode


add(
    "landmarks.mode",
    "The curve of a mode",
    level=2,
    reference=curve(),
    cases=lambda rng: [
        Case("the sigmoid of 2t", np.array([0.0, 0.5, 1.0, 2.0]), 1.0, 0.5, 1.0),
        Case("a strong mode, from small beginnings", np.linspace(0, 3, 7), 4.0, 1e-3, 2.0),
        Case("a slow one", np.array([0.0, 0.3, 1.0]), 0.5, 0.2, 3.0),
        Case("others", rng.uniform(0, 2, 5), *rng.uniform([1, 0.1, 0.5], [2, 0.9, 2])),
        Case("large times", np.array([0.0, 1.0, 1e3, 1e5]), 2.0, 1e-2, 1.5),
    ],
    mistakes=[
        Mistake(
            "At large times e^(2st/τ) overflows, and infinity divided by infinity is no number. Divide "
            "above and below by it: what remains is e^(-2st/τ), which only becomes 0.",
            plain,
        ),
        Mistake(
            "At large times your result is 0: infinity divided by infinity was replaced by it, or below "
            "alone is infinite. There u is s.",
            where_finite(0.0),
        ),
        Mistake(
            "At large times your result is 1. There u is s.",
            where_finite(1.0),
        ),
        Mistake(
            "The 2 is missing in the exponent: u grows at the rate 2s/τ, since both matrices learn.",
            curve(rate=1.0),
        ),
        Mistake(
            "You multiply by τ. A larger τ makes learning slower: 2st/τ.",
            lambda t, s, u0, tau: curve()(t, s, u0, 1 / tau),
        ),
        Mistake(
            "τ is missing in the exponent: 2st/τ.", lambda t, s, u0, tau: curve()(t, s, u0, 1.0)
        ),
        Mistake(
            "s is missing in the exponent: a stronger mode is learned faster, 2st/τ.",
            lambda t, s, u0, tau: curve()(t, s, u0, tau * s),
        ),
        Mistake(
            "The s above is missing. The curve ends at s, not at 1.",
            curve(top=lambda s: 1.0),
        ),
        Mistake(
            "You have s/u0 where s/u0 - 1 belongs: at t = 0 the formula gives u0.",
            curve(start=lambda s, u0: s / u0),
        ),
        Mistake(
            "You have u0/s where s/u0 belongs.",
            curve(start=lambda s, u0: u0 / s - 1),
        ),
        Mistake(
            "You have 1/u0 where s/u0 belongs.",
            curve(start=lambda s, u0: 1 / u0 - 1),
        ),
        Mistake(
            "The sign of the 1 is wrong: it is s/u0 - 1.",
            curve(start=lambda s, u0: s / u0 + 1),
        ),
        Mistake(
            "The sign of the exponent is wrong: yours runs back in time, from u0 towards 0. Alone below, the "
            "exponential is e^(-2st/τ).",
            lambda t, s, u0, tau: s / (1 + (s / u0 - 1) * np.exp(2 * s * t / tau)),
        ),
        Mistake(
            "This approaches s as a network without hidden layer does, fastest at the start. Here u is a "
            "factor of its own speed: slow, steep, then level.",
            lambda t, s, u0, tau: s - (s - u0) * np.exp(-2 * s * t / tau),
        ),
        Mistake(
            "This is u's beginning alone, u0 e^(2st/τ): it never levels off.",
            lambda t, s, u0, tau: u0 * np.exp(2 * s * t / tau),
        ),
        Mistake(
            "This is the speed, du/dt. Asked is u itself.",
            lambda t, s, u0, tau: 2 * curve()(t, s, u0, tau) * (s - curve()(t, s, u0, tau)) / tau,
        ),
        Mistake(
            "This is the speed, and without τ. Asked is u itself.",
            lambda t, s, u0, tau: 2 * curve()(t, s, u0, tau) * (s - curve()(t, s, u0, tau)),
        ),
        Mistake(
            "Your brackets end too early: below stands the whole sum e^(2st/τ) - 1 + s/u0.",
            lambda t, s, u0, tau: (
                s * np.exp(2 * s * t / tau) / np.exp(2 * s * t / tau) - 1 + s / u0
            ),
        ),
        Mistake(
            "You return s at all times. That is where the curve ends; it begins at u0.",
            lambda t, s, u0, tau: np.full_like(t, s),
        ),
        Mistake(
            "You take all of (s/u0 - 1) into the exponent. It stands before the exponential.",
            lambda t, s, u0, tau: s / (1 + np.exp(-(s / u0 - 1) * 2 * s * t / tau)),
        ),
        Mistake(
            "The start is missing: your curve is at s/2 at t = 0, whatever u0.",
            curve(start=lambda s, u0: 1.0),
        ),
        Mistake(
            "You let u grow by itself, and cut it off at s. It slows down as it comes near.",
            lambda t, s, u0, tau: np.minimum(s, u0 * np.exp(2 * s * t / tau)),
        ),
        Mistake(
            "You hold the exponent below a bound that is too low: from there on your curve stays where it "
            "is, short of s.",
            lambda t, s, u0, tau: plain(np.minimum(t, 2.5 * tau / s), s, u0, tau),
            when=lambda mode: (
                (u := np.asarray(mode(np.array([0.1, 50.0, 90.0]), 1.0, 1e-9, 1.0)))[1] == u[2]
                and np.isclose(u[0], 1e-9 * np.exp(0.2))
                and 1e-9 < u[1] < 0.999
            ),
        ),
    ],
)
