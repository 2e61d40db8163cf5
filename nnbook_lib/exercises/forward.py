"""Exercises on forward propagation, for chapter 1."""

from __future__ import annotations

import numpy as np

from .. import functions
from .exercise import Case, Mistake, add

add(
    "forward.weighted_sum",
    "One node by hand",
    level=1,
    reference=lambda x, w, b: float(w @ x + b),
    cases=lambda rng: [
        Case("three inputs", np.array([1.0, 2.0, 3.0]), np.array([0.5, -1.0, 2.0]), 0.25),
        Case("one input", np.array([2.0]), np.array([-3.0]), 1.0),
        Case("seven random inputs", rng.normal(size=7), rng.normal(size=7), rng.normal()),
    ],
    mistakes=[
        Mistake("The bias is missing. u = w·x + b: add b after the sum.", lambda x, w, b: w @ x),
        Mistake(
            "You multiply entry by entry and stop there: the products are still to be added up.",
            lambda x, w, b: w * x + b,
        ),
        Mistake(
            "The bias is added once for each input. It is added once, after the sum.",
            lambda x, w, b: np.sum(w * x + b),
        ),
        Mistake(
            "The bias is multiplied with the weights: w·(x + b). It stands outside of the sum.",
            lambda x, w, b: w @ (x + b),
        ),
    ],
)


def naive_softmax(u):
    return np.exp(u) / np.exp(u).sum(axis=1, keepdims=True)


add(
    "forward.softmax",
    "Softmax that does not overflow",
    level=2,
    reference=functions.softmax,
    cases=lambda rng: [
        Case("one row of equal logits", np.zeros((1, 2))),
        Case("two rows", np.array([[1.0, 2.0, 4.0], [3.0, 3.0, 0.0]])),
        Case("five random rows", rng.normal(size=(5, 4))),
        Case("logits of 1000", np.array([[1000.0, 999.0, 0.0], [0.0, 1.0, 2.0]])),
    ],
    mistakes=[
        Mistake(
            "e^1000 overflows to infinity, and infinity / infinity is NaN. Softmax does not change when "
            "every logit of a row falls by the same number: subtract the row's largest one first.",
            naive_softmax,
        ),
        Mistake(
            "You divide by the sum over the whole batch. Each row is a distribution of its own: sum with "
            "axis=1, keepdims=True.",
            lambda u: np.exp(u - u.max()) / np.exp(u - u.max()).sum(),
        ),
        Mistake(
            "You normalize the columns. A sample is a row, so sum over axis=1.",
            lambda u: np.exp(u - u.max(0)) / np.exp(u - u.max(0)).sum(axis=0),
        ),
        Mistake(
            "You divide by the row's largest logit instead of subtracting it. That is another "
            "temperature for every row, and it divides by zero where the largest logit is 0.",
            lambda u: functions.softmax(u / u.max(axis=1, keepdims=True)),
        ),
        Mistake(
            "The exponentials are missing: you divide the logits themselves by their sum.",
            lambda u: u / u.sum(axis=1, keepdims=True),
        ),
        Mistake(
            "You subtract the largest logit of the batch, not of each row. Where a row lies far below it, "
            "all its exponentials round to 0, and 0/0 is NaN. Take the largest of each row.",
            lambda u: np.exp(u - u.max()) / np.exp(u - u.max()).sum(axis=1, keepdims=True),
        ),
    ],
)
