"""Exercises on gates: what a forget gate lets through, and a step of a GRU."""

from __future__ import annotations

import numpy as np

from ....functions import sigmoid
from ...answers import recurrent as wrong
from ...answers.nearly import nearly, rounded
from ...answers.recurrent import arrays
from ...exercise import Case, Mistake, add


def let_through(b, T):
    return sigmoid(b) ** T


add(
    "recurrent.forget",
    "What a forget gate lets through",
    level=1,
    reference=let_through,
    cases=lambda rng: [
        Case("b = 0, two steps", 0.0, 2),
        Case("b = 1, ten steps", 1.0, 10),
        Case("b = -1, three steps", -1.0, 3),
        Case("b = 5, two hundred steps", 5.0, 200),
        Case("b = 6, four hundred steps", 6.0, 400),
    ],
    remark="That is why a forget bias of 1 or 2 is set at the start (Gers and others, 2000; Jozefowicz and "
    "others, 2015). Keras sets 1; PyTorch leaves it near 0, and you have to set it.",
    mistakes=[
        Mistake(
            "b is what goes into the gate. The gate itself is the sigmoid of it.", lambda b, T: b**T
        ),
        Mistake(
            "That is one step. The gradient passes a gate at every one of the T steps.",
            lambda b, T: sigmoid(b),
        ),
        Mistake(
            "You multiply the gate with T. T gates after each other are a product: the T-th power.",
            lambda b, T: T * sigmoid(b),
        ),
        Mistake(
            "The power is inside: sigmoid of T b. A bias that adds up is no gate that repeats.",
            lambda b, T: sigmoid(T * b),
        ),
        Mistake(
            "You return what is lost. Asked is what is left.",
            lambda b, T: 1 - sigmoid(b) ** T,
        ),
        Mistake(
            "Your gate is 1 - sigmoid(b) = sigmoid(-b), what it holds back. It lets sigmoid(b) through: "
            "1 / (1 + e^(-b)), with the minus.",
            lambda b, T: sigmoid(-b) ** T,
        ),
        Mistake(
            "You multiply the *slopes* of the gate. Along the cell, c' = f c + ..., the gradient of c is "
            "multiplied with f itself.",
            lambda b, T: (sigmoid(b) * (1 - sigmoid(b))) ** T,
        ),
        Mistake(
            "The gate is a sigmoid, not a tanh: a share between 0 and 1.",
            lambda b, T: np.tanh(b) ** T,
        ),
        Mistake("One gate too few: T steps have T gates.", lambda b, T: sigmoid(b) ** (T - 1)),
        Mistake("e^b is no share. The gate is the sigmoid of b.", lambda b, T: np.exp(b) ** T),
        Mistake(
            "You take e^(-b) for the gate. That is only a part of the sigmoid, 1 / (1 + e^(-b)).",
            lambda b, T: np.exp(-b * T),
        ),
        Mistake(
            "You apply the sigmoid T times, each to what the last one gave. It is applied once, to b; what "
            "is repeated is the product.",
            lambda b, T: wrong.repeated(sigmoid, b, T),
        ),
        Mistake(
            "Your result is the right one, rounded: leave the rounding away. A share of 0.0001 is small, and "
            "not 0.",
            lambda b, T: round(float(let_through(b, T)), 2),
            when=lambda answer: rounded(
                answer, let_through, (1.0, 10), (-1.0, 3), (0.3, 4), (2.0, 9)
            ),
        ),
        Mistake(
            "Your gate is a straight line with its ends cut off, right only at b = 0: the sigmoid is "
            "1 / (1 + e^(-b)).",
            lambda b, T: np.clip(0.25 * b + 0.5, 0, 1) ** T,
        ),
        Mistake(
            "Your gate is a straight line of slope 0.2 with its ends cut off: the sigmoid is "
            "1 / (1 + e^(-b)).",
            lambda b, T: np.clip(0.2 * b + 0.5, 0, 1) ** T,
        ),
        Mistake(
            "1 - T e^(-b) is close for large b and few steps only, and falls below 0. Asked is the power of "
            "the gate itself.",
            lambda b, T: 1 - T * np.exp(-b),
        ),
        Mistake(
            "e^(-T e^(-b)) is close for large b only. Asked is the power of the gate itself, which is as "
            "short.",
            lambda b, T: np.exp(-T * np.exp(-b)),
        ),
    ],
)


def needed(keep, T):
    f = keep ** (1 / T)
    return np.log(f / (1 - f))


add(
    "recurrent.bias",
    "The bias that remembers",
    level=1,
    reference=needed,
    cases=lambda rng: [
        Case("64 % of it after two steps", 0.64, 2),
        Case("half of it after a hundred steps", 0.5, 100),
        Case("a tenth after one", 0.1, 1),
        Case("a tenth after twenty", 0.1, 20),
    ],
    mistakes=[
        Mistake(
            "The logarithm of the gate is not its logit: the sigmoid's inverse is log(f / (1 - f)).",
            lambda keep, T: np.log(keep) / T,
        ),
        Mistake(
            "You return the gate. Asked is the bias in front of its sigmoid: the logit, log(f / (1 - f)).",
            lambda keep, T: keep ** (1 / T),
        ),
        Mistake(
            "You apply the sigmoid. What undoes it is wanted: the logit, log(f / (1 - f)).",
            lambda keep, T: sigmoid(keep ** (1 / T)),
        ),
        Mistake(
            "You divide by T where a root is needed: f to the power of T is keep, so f = keep^(1/T).",
            lambda keep, T: np.log(keep / T / (1 - keep / T)),
        ),
        Mistake(
            "f is the T-th root of keep, keep^(1/T). Yours is the T-th power.",
            lambda keep, T: np.log(keep**T / (1 - keep**T)),
        ),
        Mistake(
            "That is the logit of keep itself: right for one step only.",
            lambda keep, T: np.log(keep / (1 - keep)),
        ),
        Mistake(
            "The logit of keep, divided by T. The root comes first: f = keep^(1/T), then its logit.",
            lambda keep, T: np.log(keep / (1 - keep)) / T,
        ),
        Mistake("The sign is wrong: the logit is log(f / (1 - f)).", lambda k, T: -needed(k, T)),
        Mistake(
            "The logarithm is the natural one, np.log, since the sigmoid has e in it. Yours is of base 10.",
            lambda keep, T: needed(keep, T) / np.log(10),
        ),
        Mistake(
            "For one step you are right. For more your f is 1, and 1 - f is 0, as with `1 // T`, which is 0 "
            "there. Write 1 / T.",
            lambda keep, T: np.log(keep ** (1 // T) / (1 - keep ** (1 // T))),
        ),
        Mistake(
            "You undo a tanh. The gate is a sigmoid, and what undoes that is the logit, log(f / (1 - f)).",
            lambda keep, T: np.arctanh(keep ** (1 / T)),
        ),
        Mistake(
            "Your result is minus infinity, the logarithm of 0, as from f / 1 - f, which is f - f: put "
            "brackets around 1 - f.",
            lambda keep, T: np.log(keep - keep),
        ),
        Mistake(
            "T / (1 - keep) is close for large T and a `keep` near 1 only. Solve sigmoid(b)^T = keep: the "
            "root gives f, its logit b.",
            lambda keep, T: np.log(T / (1 - keep)),
        ),
        Mistake(
            "T / -ln(keep) is close for large T only. Solve sigmoid(b)^T = keep: the root gives f, its "
            "logit b.",
            lambda keep, T: np.log(T / -np.log(keep)),
        ),
        Mistake(
            "For biases above 0 your result lies near the right one, and is not it: rounded, or found by "
            "trying a row of values. The root and the logit give it exactly, below 0 too.",
            lambda keep, T: np.round(needed(keep, T), 1),
            when=lambda answer: nearly(answer, needed, (0.64, 2), (0.5, 100), (0.1, 20), (0.9, 7)),
        ),
        Mistake(
            "That is log(1 - f): the numerator of the logit is missing, log(f / (1 - f)).",
            lambda keep, T: np.log(1 - keep ** (1 / T)),
        ),
    ],
)


def gru(ur, uz, a, v, h):
    r, z = sigmoid(ur), sigmoid(uz)
    g = np.tanh(a + r * v)
    return (1 - z) * g + z * h


CUT = arrays([[0.5, -1, 2]], [[0, 1, -1]], [[-2, 1, -1]], [[0.5, 0.25, -1]], [[-0.5, 0.25, 0.75]])


def gru_with(**how):
    """An answer with another gate, candidate or mixture."""
    return lambda ur, uz, a, v, h: wrong.gru(ur, uz, a, v, h, **how)


add(
    "recurrent.gru",
    "One step of a GRU",
    level=2,
    reference=gru,
    plain=lambda ur, uz, a, v, h: (
        (1 - sigmoid(uz)) * np.tanh(a + sigmoid(ur) * v) + sigmoid(uz) * h
    ),
    cases=lambda rng: [
        Case("one unit", *arrays([[0]], [[1]], [[1]], [[-4]], [[0.25]])),
        Case("z wide open: the state is kept", *arrays([[0]], [[20]], [[1]], [[0.5]], [[0.25]])),
        Case("four samples, three units", *(rng.normal(size=(4, 3)) for _ in range(5))),
    ],
    remark="In the first paper (Cho and others, 2014) the reset gate multiplies h in front of U; here, as "
    "in PyTorch, it multiplies v, which is behind U: that is one matrix product less.",
    mistakes=[
        Mistake(
            "You mix with uz as it is. The gate z is its sigmoid, a share between 0 and 1.",
            lambda ur, uz, a, v, h: (1 - uz) * np.tanh(a + sigmoid(ur) * v) + uz * h,
        ),
        Mistake(
            "z is turned around. In this book, as in PyTorch, z is the share of the old state that is kept; "
            "some papers mean the other share.",
            gru_with(mix=lambda z, g, h: z * g + (1 - z) * h),
        ),
        Mistake(
            "The reset gate does nothing: the candidate sees r times v.",
            gru_with(candidate=lambda a, r, v: np.tanh(a + v)),
        ),
        Mistake(
            "The tanh around the candidate is missing, so the state has no bounds.",
            gru_with(candidate=lambda a, r, v: a + r * v),
        ),
        Mistake(
            "The candidate goes through a sigmoid. Its activation is tanh.",
            gru_with(candidate=lambda a, r, v: sigmoid(a + r * v)),
        ),
        Mistake(
            "The reset gate multiplies the input's part too. It says how much of the *old state* the "
            "candidate sees: it belongs to v alone.",
            gru_with(candidate=lambda a, r, v: np.tanh(r * (a + v))),
        ),
        Mistake(
            "The reset gate multiplies the input's part, a. It belongs to v, the old state's part.",
            gru_with(candidate=lambda a, r, v: np.tanh(r * a + v)),
        ),
        Mistake(
            "The reset gate stands outside of tanh. It multiplies v, inside.",
            gru_with(candidate=lambda a, r, v: r * np.tanh(a + v)),
        ),
        Mistake(
            "The two gates are exchanged: r belongs to v, z mixes the old state with the candidate.",
            lambda ur, uz, a, v, h: gru(uz, ur, a, v, h),
        ),
        Mistake(
            "The gates have no sigmoid: ur and uz are what goes into it.",
            gru_with(gate=lambda u: u),
        ),
        Mistake(
            "That is the candidate alone. What is kept of the old state, z h, is missing.",
            gru_with(mix=lambda z, g, h: (1 - z) * g),
        ),
        Mistake(
            "The candidate comes in whole. It has the share 1 - z, so that the two shares add up to 1.",
            gru_with(mix=lambda z, g, h: g + z * h),
        ),
        Mistake(
            "That is the candidate g. The new state mixes it with the old one: (1 - z) g + z h.",
            gru_with(mix=lambda z, g, h: g),
        ),
        Mistake(
            "You put the old state h where v belongs: v is what has become of it behind its matrix.",
            lambda ur, uz, a, v, h: gru(ur, uz, a, h, h),
        ),
        Mistake(
            "The gates go through tanh. They are shares between 0 and 1: sigmoids. Only the candidate has a "
            "tanh.",
            gru_with(gate=np.tanh),
        ),
        Mistake(
            "A bracket is missing: 1 - z * g takes the product from 1. The candidate's share is (1 - z) * g.",
            gru_with(mix=lambda z, g, h: 1 - z * g + z * h),
        ),
        Mistake(
            "You take the old state where z is above a half, and the candidate elsewhere. z mixes the two: "
            "(1 - z) g + z h.",
            gru_with(mix=lambda z, g, h: np.where(z > 0.5, h, g)),
        ),
        Mistake(
            "What is negative becomes 0 in your result. States run from -1 to 1: nothing is cut off.",
            lambda *given: np.maximum(gru(*given), 0),
            when=lambda answer: wrong.cut_off(answer, gru, CUT),
        ),
        Mistake(
            "You return what belongs to the first sample alone: does a `return` stand inside of the loop?",
            lambda *given: gru(*given)[0],
        ),
        Mistake(
            "The old state comes in whole. It has the share z, so that the two shares add up to 1.",
            gru_with(mix=lambda z, g, h: (1 - z) * g + h),
        ),
    ],
)
