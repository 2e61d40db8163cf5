"""One step of Adam, for chapter 3, and what people make of it."""

from __future__ import annotations

import numpy as np

from ... import optimizers
from ..exercise import Mistake


def step(theta, m, s, grad, k, lr, b1, b2, eps):
    """Step k of the library's, with a memory set by hand."""
    opt = optimizers.Adam(lr, betas=(b1, b2), eps=eps)
    theta, opt.m, opt.s, opt.steps = theta.copy(), m.copy(), s.copy(), k
    opt.update(theta, grad, lr)
    return theta, opt.m, opt.s


def spoiled(theta, m, s, grad, k, lr, b1, b2, eps, what=""):
    b1, b2 = (b2, b1) if what == "exchanged" else (b1, b2)
    new = (1.0, 1.0) if what == "sums" else (1 - b1, 1 - b2)
    m = b1 * m + new[0] * grad
    taken = {
        "not squared": grad,
        "size": np.abs(grad),
        "square of m": m * m,
        "one number": np.full_like(grad, grad @ grad),
    }
    s = b2 * s + new[1] * taken.get(what, grad * grad)
    m_hat, s_hat = m / (1 - b1**k), s / (1 - b2**k)
    if what == "one beta":
        s_hat = s / (1 - b1**k)
    if what == "hats exchanged":
        m_hat, s_hat = m / (1 - b2**k), s / (1 - b1**k)
    if what == "only the first" and k > 1:
        m_hat, s_hat = m, s
    if what == "no power":
        m_hat, s_hat = m / (1 - b1), s / (1 - b2)
    if what == "product":
        m_hat, s_hat = m / (1 - b1 * k), s / (1 - b2 * k)
    if what in ("no hats", "no m hat"):
        m_hat = m
    if what in ("no hats", "no s hat"):
        s_hat = s
    if what == "times":
        m_hat, s_hat = m * (1 - b1**k), s * (1 - b2**k)
    if what == "k - 1":
        m_hat, s_hat = m / (1 - b1 ** (k + 1)), s / (1 - b2 ** (k + 1))
    below = np.sqrt(s_hat) + eps
    if what == "eps inside":
        below = np.sqrt(s_hat + eps)
    if what == "eps early":
        below = (np.sqrt(s) + eps) / np.sqrt(1 - b2**k)
    if what == "no root":
        below = s_hat + eps
    if what == "no eps":
        below = np.sqrt(s_hat)
    step = lr * (grad if what == "raw gradient" else m_hat) / below
    if what == "no division":
        step = lr * m_hat
    if what == "eps outside":
        step = lr * m_hat / np.sqrt(s_hat) - eps
    if what == "no rate":
        step = step / lr
    if what == "step alone":
        return -step, m, s
    return (theta - step, m_hat, s_hat) if what == "hats kept" else (theta - step, m, s)


def mistake(says, what):
    return Mistake(says, lambda *given: spoiled(*given, what=what))


MISTAKES = [
    mistake(
        "m and s are right, but theta moves without their correction. They start at 0 and are too "
        "small at first: divide m by 1 − β₁ᵏ and s by 1 − β₂ᵏ.",
        "no hats",
    ),
    mistake(
        "m and s are right. For the step you correct s only; m starts at 0 as well.", "no m hat"
    ),
    mistake(
        "m and s are right. For the step you correct m only; s starts at 0 as well.", "no s hat"
    ),
    mistake(
        "m and s are right. Their correction must make them larger: divide by 1 − βᵏ, don't multiply.",
        "times",
    ),
    mistake(
        "The two β are exchanged: b1 belongs to m, b2 to s.",
        "exchanged",
    ),
    mistake(
        "m and s are right. You add eps to the root before the correction; the book, as the paper's "
        "algorithm, adds it to sqrt(ŝ).",
        "eps early",
    ),
    mistake(
        "theta is right, but you return the corrected m and s. The correction is for this step only; "
        "the running means go on uncorrected.",
        "hats kept",
    ),
    mistake(
        "eps stands inside of the root. Here, as in the paper, it is added after it: "
        "sqrt(ŝ) + eps.",
        "eps inside",
    ),
    mistake(
        "The root is missing: s holds squares, so its root has the size of a gradient.",
        "no root",
    ),
    mistake(
        "Your s is a running mean of the gradient. It should be one of its square, entry by entry.",
        "not squared",
    ),
    mistake(
        "The exponent of the correction is one too large. k counts from 1, and the first step "
        "divides by 1 − β.",
        "k - 1",
    ),
    mistake(
        "You divide the gradient itself by the root: that is RMSProp. Adam moves by the running "
        "mean m̂.",
        "raw gradient",
    ),
    mistake(
        "Your m and s are sums: the new value enters a running mean with the weight 1 − β.",
        "sums",
    ),
    mistake("m and s are right. You correct both with β₁; s has a β₂ of its own.", "one beta"),
    mistake(
        "m and s are right. The power is missing in the correction: after k steps it is 1 − βᵏ.",
        "no power",
    ),
    mistake(
        "m and s are right. In the correction you multiply β by k; it is a power, `b1**k`.",
        "product",
    ),
    mistake(
        "m and s are right. Your step does not depend on eps: either it is missing under the fraction, or "
        "a number such as 1e-8 stands in its place.",
        "no eps",
    ),
    mistake(
        "m and s are right. theta moves by lr · m̂: the division by the root of ŝ is missing.",
        "no division",
    ),
    mistake("m and s are right. The learning rate is missing.", "no rate"),
    mistake("m and s are right. What you return as theta is the step alone.", "step alone"),
    mistake(
        "m and s are right. In their correction the two β are exchanged: m is divided by 1 − β₁ᵏ, and s by "
        "1 − β₂ᵏ.",
        "hats exchanged",
    ),
    mistake(
        "m is right. Your s is a running mean of the sizes |grad|, and not of their squares.",
        "size",
    ),
    mistake(
        "m is right. Your s squares the running mean m. What enters s is the square of the new gradient, "
        "grad**2.",
        "square of m",
    ),
    mistake(
        "m is right. The squares in your s are added up over the parameters, so all share one number. Each "
        "has an s of its own: square entry by entry.",
        "one number",
    ),
    mistake(
        "m and s are right. eps is added to theta, and not to the root: brackets around sqrt(ŝ) + eps.",
        "eps outside",
    ),
    mistake(
        "m and s are right. You correct them in the first step only. The correction goes on, and becomes "
        "1 by itself as k grows.",
        "only the first",
    ),
]
