"""Exercises on slopes and their averages, and on softmax."""

from __future__ import annotations

import numpy as np

from .... import activations, functions
from ...exercise import Case, Mistake, add

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
            "On the left your slope is 0.01, a Leaky ReLU's. ReLU's is 0 there.",
            lambda u: np.where(u > 0, 1.0, 0.01),
        ),
        Mistake(
            "That is the sigmoid, a smooth step. ReLU's slope jumps: 0 on the left, 1 on the right.",
            lambda u: functions.sigmoid(u),
        ),
        Mistake(
            "ReLU divided by u is its slope on both sides, and 0/0 at the corner, where 0 is wanted. Ask "
            "for the side: u > 0.",
            lambda u: np.maximum(u, 0) / u,
        ),
        Mistake(
            "Between 0 and 1 you return u itself. The slope is 1 as soon as u is above 0.",
            lambda u: np.clip(u, 0, 1),
        ),
    ],
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
            "You add |u|. What was taken out is u on the right, and 0 on the left: max(u, 0).",
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
        ),
        Mistake(
            "You cut u off at 700, before e^u overflows. For larger u the result must go on growing, like u.",
            lambda u: np.log1p(np.exp(np.minimum(u, 700))),
        ),
        Mistake(
            "You cut u off at 700, before e^u overflows. For larger u the result must go on growing, like u; "
            "and on the left np.log loses what np.log1p keeps.",
            lambda u: np.log(1 + np.exp(np.minimum(u, 700))),
        ),
        Mistake(
            "Far to the left you return 0. It is e^u there, tiny and not 0: the range of numbers near 0 "
            "reaches down to 1e-308.",
            lambda u: np.where(u < -30, 0.0, functions.softplus(u)),
        ),
        Mistake(
            "np.log2 and np.log10 have other bases. Softplus has the natural logarithm, np.log or np.log1p.",
            lambda u: functions.softplus(u) / np.log(2),
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
            "That is u times the sigmoid (SiLU). Softplus is the logarithm of 1 + e^u.",
            lambda u: u * functions.sigmoid(u),
        ),
        Mistake(
            "nan_to_num puts the largest number there is in the place of `inf`. At u = 1000 the right "
            "result is 1000: nothing may overflow on the way.",
            lambda u: np.nan_to_num(np.log1p(np.exp(u))),
        ),
        Mistake("The logarithm of 1 + e^u, without the 1, is u itself.", lambda u: u * 1.0),
    ],
)


U = np.linspace(-10, 10, 4001)
BELL = np.exp(-U * U / 2) / np.exp(-U * U / 2).sum()  # weights of a mean over N(0, 1)


def rms_slope(df, spread):
    """The root of the mean of df(u)^2 over u ~ N(0, spread^2)."""
    return float(np.sqrt(BELL @ df(spread * U) ** 2))


def too_few(answer):
    """Whether it asks for the slope at a few u only, and comes near the right number."""
    asked = []

    def df(u):
        asked.append(np.size(u))
        return activations.tanh.df(np.asarray(u))

    off = abs(answer(df, 0.5) / rms_slope(activations.tanh.df, 0.5) - 1)
    return 0.002 < off < 0.15 and 10 < sum(asked) < 4000


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
            lambda df, spread: np.sqrt(np.mean(df(np.linspace(-3, 3, 999) * spread) ** 2)),
        ),
        Mistake(
            "You multiply with spread². The factor that gives u the standard deviation `spread` is "
            "`spread` itself.",
            lambda df, spread: rms_slope(df, spread**2),
        ),
        Mistake(
            "You take the slope at u = 0 alone, the mean of the u. Their slopes are to be averaged, "
            "squared, over the bell curve.",
            lambda df, spread: float(np.abs(df(np.zeros(1)))[0]),
        ),
        Mistake(
            "The root of the mean slope: the slopes are to be squared before they are averaged.",
            lambda df, spread: np.sqrt(BELL @ df(spread * U)),
        ),
        Mistake(
            "Too few u: the result is off by more than 1 %, and by luck. A hundred thousand draws or "
            "more are enough.",
            lambda df, spread: np.sqrt(
                np.mean(df(spread * np.random.default_rng(1).normal(size=200)) ** 2)
            ),
            when=too_few,
        ),
    ],
)


def jacobian(y):
    """dy/du of softmax: diag(y) - y y^T."""
    return np.diag(y) - np.outer(y, y)


add(
    "activations.softmax_jacobian",
    "Softmax has no slope, but a matrix",
    level=2,
    reference=jacobian,
    remark="Nobody builds this matrix for a large k. Backward needs J^T dy alone, and that is "
    "y * (dy - y @ dy): k numbers, not k².",
    cases=lambda rng: [
        Case("three classes", np.array([0.7, 0.2, 0.1])),
        Case("two classes, undecided", np.array([0.5, 0.5])),
        Case("six random ones", rng.dirichlet(np.ones(6))),
    ],
    mistakes=[
        Mistake(
            "Off the diagonal you have zeros, as if softmax worked entry by entry. Raise one u, and all "
            "other y fall: what is dy_i / du_j?",
            lambda y: np.diag(y * (1 - y)),
        ),
        Mistake(
            "You return the diagonal alone, y (1 - y), as for a sigmoid. The derivative of a vector by a "
            "vector is a matrix.",
            lambda y: y * (1 - y),
        ),
        Mistake(
            "`y @ y` is a single number, the same for every entry. Wanted is the table of all products "
            "y_i y_j: np.outer.",
            lambda y: np.diag(y) - y @ y,
        ),
        Mistake(
            "The sign between the two terms is wrong: raise one u, and the other y fall.",
            lambda y: np.diag(y) + np.outer(y, y),
        ),
        Mistake(
            "You apply softmax to y. It is its output already.",
            lambda y: jacobian(functions.softmax(y)),
        ),
        Mistake(
            "Your rows are y_i (1 - y_j). The 1 stands on the diagonal only, where i = j.",
            lambda y: np.outer(y, 1 - y),
        ),
        Mistake(
            "All signs are turned: raise one u, and its own y rises. The diagonal is y_i (1 - y_i).",
            lambda y: -jacobian(y),
        ),
        Mistake(
            "You have the products y_i y_j alone. On the diagonal y_i is missing, and the products are "
            "subtracted.",
            lambda y: np.outer(y, y),
        ),
        Mistake(
            "You have the diagonal y_i alone. From it the products y_i y_j are subtracted: np.outer.",
            lambda y: np.diag(y),
        ),
        Mistake(
            "On the diagonal stands 1 - y_i^2, with the identity in the place of diag(y). It is y_i - y_i^2.",
            lambda y: np.eye(len(y)) - np.outer(y, y),
        ),
        Mistake(
            "Off the diagonal you have + y_i y_j. Raise one u, and the other y fall.",
            lambda y: np.where(np.eye(len(y)) > 0, jacobian(y), np.outer(y, y)),
        ),
        Mistake(
            "The products y_i y_j with their sign, and the diagonal y_i is missing: diag(y) is to be added.",
            lambda y: -np.outer(y, y),
        ),
        Mistake(
            "`y * y` is a row of squares, which numpy subtracts from every row. Wanted is the table of "
            "all products y_i y_j: np.outer.",
            lambda y: np.diag(y) - y * y,
        ),
        Mistake(
            "You subtract y itself from every row. Wanted is the table of all products y_i y_j: np.outer.",
            lambda y: np.diag(y) - y,
        ),
    ],
)
