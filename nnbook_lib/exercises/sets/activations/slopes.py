"""Exercises on a slope with a corner, and on softplus."""

from __future__ import annotations

import numpy as np

from .... import functions
from ...exercise import Case, Mistake, add


def is_number(value):
    return isinstance(value, int | float | np.number)


def blurred(relu_slope):
    """Whether the slope is 0 far on the left, 1 on the right, and between the two at the corner."""
    near = relu_slope(np.array([s * 10.0**-k for k in range(1, 11) for s in (-0.2, 0.2)]))
    far = relu_slope(np.array([-2.0, 0.5, 3.0]))
    return np.allclose(far, [0, 1, 1]) and bool(np.any((near > 0.01) & (near < 0.99)))


def leaks(relu_slope):
    """Whether the slope on the left is one number other than those that have a name."""
    left, right = relu_slope(np.array([-2.0, -0.5])), relu_slope(np.array([0.3, 3.0]))
    return np.allclose(right, 1) and left[0] == left[1] and left[0] not in (0, 1, -1)


add(
    "activations.relu_slope",
    "A slope with a corner",
    level=1,
    reference=lambda u: (u > 0).astype(float),
    remark="u is hardly ever exactly 0 in floating point, so the choice at the corner makes no difference "
    "to training. PyTorch and TensorFlow take 0, too.",
    cases=lambda rng: [
        Case("left, corner, right", np.array([-2.0, 0.0, 3.0])),
        Case("a batch", rng.normal(size=(3, 4))),
        Case("close to the corner", np.array([1e-9, 0.004, -1e-9, -0.004])),
    ],
    mistakes=[
        Mistake(
            "You return ReLU itself. Its slope knows only the sign of u, not its size.",
            lambda u: np.maximum(u, 0),
        ),
        Mistake(
            "At u = 0 you give 1. ReLU has no slope there; the book, as most libraries do, takes 0, so u "
            "must be above 0.",
            lambda u: (u >= 0).astype(float),
        ),
        Mistake(
            "np.sign is -1 on the left. There ReLU is flat: slope 0.",
            lambda u: np.sign(u),
        ),
        Mistake(
            "At u = 0 you take the middle of the two slopes. It is a possible choice; the book's is 0.",
            lambda u: np.heaviside(u, 0.5),
        ),
        Mistake(
            "The sides are exchanged: ReLU rises on the right, where u > 0, and is flat on the left.",
            lambda u: (u < 0).astype(float),
        ),
        Mistake(
            "You take the slope 1 everywhere. On the left ReLU is flat: slope 0.",
            lambda u: np.ones_like(u),
        ),
        Mistake(
            "You return a single number for the whole array. Each entry of u has a slope of its own: "
            "compare the array with 0, u > 0, or go through its entries.",
            lambda u: float(np.any(u > 0)),
            when=lambda slope: is_number(slope(np.array([-2.0, 0.0, 3.0]))),
        ),
        Mistake(
            "Between 0 and 1 your slope is u itself, as if u were clipped. For every u above 0 it is 1.",
            lambda u: np.clip(u, 0, 1),
        ),
        Mistake(
            "For u between 0 and 1 you give 0, as int() and floor do, which cut the fraction off. Compare u "
            "itself with 0.",
            lambda u: (np.trunc(u) > 0).astype(float),
        ),
        Mistake(
            "For u between 0 and 1/2 you give 0, as if u were rounded first. Compare u itself with 0.",
            lambda u: (np.round(u) > 0).astype(float),
        ),
        Mistake(
            "Close to the corner your slope lies between 0 and 1, as a difference quotient's does, which "
            "looks at both sides. The exact slope jumps: 1 for every u above 0, however small.",
            lambda u: (np.maximum(u + 1e-6, 0) - np.maximum(u - 1e-6, 0)) / 2e-6,
            when=blurred,
        ),
        Mistake(
            "On the left your slope is not 0, as for a Leaky ReLU. ReLU is flat there.",
            lambda u: np.where(u > 0, 1, 0.01),
            when=leaks,
        ),
        Mistake(
            "Of each array only the first entry is filled, all others are 0, as where return stands "
            "inside of the loop and ends it in the first round.",
            lambda u: np.where(np.arange(u.size).reshape(u.shape) == 0, u > 0, 0.0),
        ),
        Mistake(
            "You divide u, or its absolute value, by the other one. At u = 0 that is 0/0; and the slope on "
            "the left is 0.",
            lambda u: u / np.abs(u),
        ),
    ],
)


AGAIN = np.array([-2.0, -1.0, -0.1])  # left of 0, where all forms agree


def other_base(softplus):
    """Whether the logarithm, or the exponential with it, has base 2 or 10."""
    came, e = softplus(AGAIN.copy()), np.exp(AGAIN)
    others = np.log2(1 + e), np.log10(1 + e), np.logaddexp2(0, AGAIN)
    return any(np.allclose(came, other, rtol=1e-7, atol=0) for other in others)


def near_zero(softplus):
    return np.allclose(softplus(np.array([-1.0, 0.0])), [np.log1p(np.exp(-1)), np.log(2)])


def cut_off(softplus):
    """Where u is cut off before the exponential, or None."""
    top, higher = softplus(np.array([1000.0])), softplus(np.array([3000.0]))
    cut = near_zero(softplus) and np.isfinite(top[0]) and top[0] == higher[0]
    return float(top[0]) if cut and np.allclose(softplus(top - 0.5), top - 0.5) else None


def loses_the_left(softplus):
    return not np.allclose(softplus(np.array([-40.0])), np.exp(-40.0), rtol=1e-6, atol=0)


def stays(softplus):
    """Whether it stays at one number from where e^u overflows."""
    top = softplus(np.array([1000.0, 3000.0, 705.0]))
    return near_zero(softplus) and np.isfinite(top[0]) and top[0] == top[1] and top[2] > 704


def too_soon(softplus):
    """Whether u itself is returned where ln(1 + e^u) is another number."""
    u = np.array([2.5, 3.5, 5.5, 7.5, 10.5, 12.5])
    begins = np.allclose(softplus(np.array([0.5])), np.log1p(np.exp(0.5)))
    return begins and near_zero(softplus) and bool(np.any(softplus(u) == u))


def series(softplus):
    """Whether ln(1 + v) is some terms of v - v²/2 + v³/3 - ..."""
    terms = [-((-np.exp(AGAIN)) ** k) / k for k in range(1, 9)]
    return any(
        np.allclose(softplus(AGAIN.copy()), s, rtol=1e-7, atol=0) for s in np.cumsum(terms, axis=0)
    )


add(
    "activations.softplus",
    "Softplus for any u",
    level=2,
    reference=functions.softplus,
    atol=0.0,
    cases=lambda rng: [
        Case("near 0", np.array([-1.0, 0.0, 2.0])),
        Case("a batch", rng.normal(0, 3, size=(4, 3))),
        Case("u of 1000 and more", np.array([1000.0, 0.0, 1234.5])),
        Case("u of 30 and 720", np.array([30.0, 720.0])),
        Case("to the left, -28", np.array([-28.0])),
        Case("far to the left, -40", np.array([-40.0])),
        Case("farther still, -1000", np.array([-1000.0, 1.0])),
    ],
    remark="np.where computes both of its branches for every u, and picks afterwards: with the overflow in "
    "one of them the result is right, and numpy warns all the same. One form for all u stays silent.",
    mistakes=[
        Mistake(
            "e^1000 overflows. Take the large exponent out: ln(1 + e^u) = u + ln(1 + e^-u), and use for "
            "each u the form whose exponent is negative.",
            lambda u: np.log(1 + np.exp(u)),
        ),
        Mistake(
            "e^1000 overflows, with log1p too. Take the large exponent out: "
            "ln(1 + e^u) = u + ln(1 + e^-u), and use for each u the form whose exponent is negative.",
            lambda u: np.log1p(np.exp(u)),
        ),
        Mistake(
            "Your form, u + ln(1 + e^-u), is the right one for u > 0. Far to the left its terms cancel, and "
            "then e^-u overflows: use the other form there.",
            lambda u: u + np.log1p(np.exp(-u)),
        ),
        Mistake(
            "That is ReLU. Softplus is its smooth version: ln 2 at u = 0, not 0.",
            lambda u: np.maximum(u, 0),
        ),
        Mistake(
            "For positive u the part you took out is lost: ln(1 + e^u) = u + ln(1 + e^-u).",
            lambda u: np.log1p(np.exp(-np.abs(u))),
        ),
        Mistake(
            "You add u on both sides. What was taken out is u on the right only, and 0 on the left: "
            "max(u, 0).",
            lambda u: u + np.log1p(np.exp(-np.abs(u))),
        ),
        Mistake(
            "On the left your result has |u| too much. With max(u, 0) in front, the exponent is -|u|, and "
            "nothing else.",
            lambda u: np.abs(u) + np.log1p(np.exp(-np.abs(u))),
        ),
        Mistake(
            "For positive u you return u itself. At u = 2 that is 0.13 too little: ln(1 + e^-u) is to be "
            "added.",
            lambda u: np.where(u > 0, u, np.log1p(np.exp(-np.abs(u)))),
        ),
        Mistake(
            "On the right the exponent is cut off at 0, so that ln 2 is added to every positive u. It is "
            "ln(1 + e^-u) that is to be added, which dies away: the exponent is -|u|.",
            lambda u: np.maximum(u, 0) + np.log1p(np.exp(np.minimum(u, 0))),
        ),
        Mistake(
            "On the right all is well. On the left 1 + e^u loses what e^u adds to the 1, and at u = -40 all "
            "of it. np.log1p(v) computes ln(1 + v) without that loss.",
            lambda u: np.maximum(u, 0) + np.log(1 + np.exp(-np.abs(u))),
        ),
        Mistake(
            "You cut u off before the exponential. That avoids the overflow, but for large u the result "
            "must go on growing, like u.",
            lambda u: np.log1p(np.exp(np.clip(u, -500, 500))),
            when=lambda softplus: cut_off(softplus) is not None and not loses_the_left(softplus),
        ),
        Mistake(
            "You cut u off before the exponential. For larger u the result must go on growing, like u; and "
            "on the left 1 + e^u loses what np.log1p(e^u) keeps.",
            lambda u: np.log(1 + np.exp(np.minimum(u, 700))),
            when=lambda softplus: cut_off(softplus) is not None and loses_the_left(softplus),
        ),
        Mistake(
            "Far to the left you return 0. It is e^u there, tiny and not 0: the range of numbers near 0 "
            "reaches down to 1e-308.",
            lambda u: np.where(u < -30, 0.0, functions.softplus(u)),
        ),
        Mistake(
            "np.log2, np.log10 and np.logaddexp2 have other bases. Softplus has the natural logarithm: "
            "np.log, np.log1p or np.logaddexp.",
            lambda u: functions.softplus(u) / np.log(2),
            when=other_base,
        ),
        Mistake(
            "That is the sigmoid, softplus's slope.",
            lambda u: functions.sigmoid(u),
        ),
        Mistake(
            "The sign in the exponent is turned: yours is ln(1 + e^-u), which falls.",
            lambda u: functions.softplus(-u),
        ),
        Mistake(
            "np.logaddexp adds numbers that are given by their logarithms. The 1 of 1 + e^u is e^0: you "
            "have ln(e + e^u), with e^1.",
            lambda u: np.logaddexp(1.0, u),
        ),
        Mistake(
            "np.logaddexp adds numbers that are given by their logarithms: it takes u, and not e^u.",
            lambda u: np.logaddexp(0.0, np.exp(u)),
        ),
        Mistake(
            "From somewhere on to the right your result is always the same number, as if an overflow had "
            "been replaced. It must go on growing, like u: avoid the overflow instead.",
            lambda u: np.nan_to_num(np.log1p(np.exp(u)), posinf=1000.0),
            when=lambda softplus: cut_off(softplus) is None and stays(softplus),
        ),
        Mistake(
            "On the right you return u itself, and begin too early: at u = 5 the ln(1 + e^-u) that is left "
            "out is 0.0067. One form that holds for all u needs no border.",
            lambda u: np.where(u > 5, u, np.log1p(np.exp(np.minimum(u, 5)))),
            when=too_soon,
        ),
        Mistake(
            "In the place of ln(1 + v) you take v, or the first terms of its series v - v²/2 + ..., which "
            "is near for small v alone. np.log1p(v) is right for all.",
            lambda u: np.maximum(u, 0) + np.exp(-np.abs(u)) - np.exp(-2 * np.abs(u)) / 2,
            when=series,
        ),
        Mistake(
            "ln(1 + e^-|u|) has the wrong sign: it is to be added, also to the u of the right.",
            lambda u: np.maximum(u, 0) - np.log1p(np.exp(-np.abs(u))),
        ),
    ],
)
