"""Exercises on the formulas of batch normalization, backward."""

from __future__ import annotations

import numpy as np

from ...answers.batch_norm import EPS, back, x_hat
from ...exercise import Case, Mistake, add
from .formulas import SMALL


def gamma_beta(dy, x):
    x_hat = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + EPS)
    return (dy * x_hat).sum(axis=0), dy.sum(axis=0)


def scales(rng):
    yield "three samples, two features", np.array([[1.0, 0.0], [2.0, -1.0], [-1.0, 4.0]]), SMALL
    yield "one sample", rng.normal(size=(1, 3)), rng.normal(size=(1, 3))
    yield "five samples, three features", rng.normal(size=(5, 3)), rng.normal(2, 3, (5, 3))


def crossed(gamma_beta):
    """Whether dgamma is a matrix, of products of every feature with every other."""
    dy, x = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 4.0]]), SMALL.copy()
    dgamma, _ = gamma_beta(dy.copy(), x.copy())
    return np.shape(dgamma) == (2, 2) and np.allclose(np.diag(dgamma), (dy * x_hat(x)).sum(0))


add(
    "normalization.gamma_beta",
    "What gamma and beta learn from",
    level=1,
    reference=gamma_beta,
    outputs=("dgamma", "dbeta"),
    cases=lambda rng: [Case(*each) for each in scales(rng)],
    mistakes=[
        Mistake(
            "You take the mean over the batch. The loss has divided by n already; here the samples' shares "
            "are added up.",
            lambda dy, x: ((dy * x_hat(x)).mean(0), dy.mean(0)),
        ),
        Mistake(
            "dgamma uses x. gamma multiplies the normalized x_hat, so x_hat is what dy meets.",
            lambda dy, x: ((dy * x).sum(0), dy.sum(0)),
        ),
        Mistake(
            "dgamma uses x minus its mean. It must be divided by the root of var + eps as well: gamma "
            "multiplies x_hat.",
            lambda dy, x: ((dy * (x - x.mean(0))).sum(0), dy.sum(0)),
        ),
        Mistake(
            "x is normalized over the features of each sample. Batch normalization takes each feature over "
            "the batch, axis=0.",
            lambda dy, x: ((dy * x_hat(x, axis=1)).sum(0), dy.sum(0)),
        ),
        Mistake(
            "The sum over the batch is missing: gamma and beta have one entry for each feature.",
            lambda dy, x: (dy * x_hat(x), dy),
        ),
        Mistake(
            "You sum over the features, axis=1. gamma and beta have an entry for each feature: sum over the "
            "samples, axis=0.",
            lambda dy, x: ((dy * x_hat(x)).sum(1), dy.sum(1)),
        ),
        Mistake(
            "You add up everything. gamma and beta have an entry for each feature: sum over axis 0 only.",
            lambda dy, x: ((dy * x_hat(x)).sum(), dy.sum()),
        ),
        Mistake(
            "Your dgamma is 0 on every batch, since x_hat alone adds up to 0. Multiply dy and x_hat sample "
            "by sample, then add up.",
            lambda dy, x: (dy.sum(0) * x_hat(x).sum(0), dy.sum(0)),
        ),
        Mistake(
            "dgamma and dbeta are exchanged.",
            lambda dy, x: (dy.sum(0), (dy * x_hat(x)).sum(0)),
        ),
        Mistake(
            "@ gives a matrix: every feature of dy with every one of x_hat. gamma meets its own alone, the "
            "diagonal: multiply with *, then sum over axis 0.",
            lambda dy, x: (x_hat(x).T @ dy, dy.sum(0)),
            when=crossed,
        ),
        Mistake(
            "In x_hat the variance divides by n - 1. In training it is the batch's own, which divides by n.",
            lambda dy, x: (
                (dy * (x - x.mean(0)) / np.sqrt(x.var(0, ddof=1) + EPS)).sum(0),
                dy.sum(0),
            ),
        ),
        Mistake(
            "Only the last sample counts: = in the loop overwrites what the others gave. Add up, with +=.",
            lambda dy, x: ((dy * x_hat(x))[-1], dy[-1]),
        ),
        Mistake(
            "Only the first sample counts, as where return stands inside of the loop. Add up over all.",
            lambda dy, x: ((dy * x_hat(x))[0], dy[0]),
        ),
        Mistake(
            "You normalize dy, and dy meets x as it is. It is x that is normalized: dy * x_hat.",
            lambda dy, x: ((x_hat(dy) * x).sum(0), dy.sum(0)),
        ),
        Mistake(
            "eps is missing in x_hat. A single sample gives 0/0 then, and should give 0.",
            lambda dy, x: ((dy * x_hat(x, eps=0.0)).sum(0), dy.sum(0)),
        ),
        Mistake(
            "dgamma is a mean over the batch. The loss has divided by n already: a sum, as in dbeta.",
            lambda dy, x: ((dy * x_hat(x)).mean(0), dy.sum(0)),
        ),
        Mistake(
            "dbeta is a mean over the batch. The loss has divided by n already: a sum, as in dgamma.",
            lambda dy, x: ((dy * x_hat(x)).sum(0), dy.mean(0)),
        ),
        Mistake(
            "dgamma uses x, divided by its standard deviation but not centered: subtract the mean first.",
            lambda dy, x: ((dy * x / np.sqrt(x.var(0) + EPS)).sum(0), dy.sum(0)),
        ),
        Mistake(
            "In x_hat you divide by the variance. It is divided by the root of var + eps.",
            lambda dy, x: ((dy * (x - x.mean(0)) / (x.var(0) + EPS)).sum(0), dy.sum(0)),
        ),
        Mistake(
            "x_hat has one mean and one variance for the whole array. Each feature, a column, has its own: "
            "axis=0.",
            lambda dy, x: (
                (dy * (x - x.mean()) / np.sqrt(x.var() + EPS)).sum(0),
                dy.sum(0),
            ),
        ),
        Mistake(
            "You normalize x_hat a second time, or dy as well. dy meets x_hat as it is.",
            lambda dy, x: ((x_hat(dy) * x_hat(x)).sum(0), dy.sum(0)),
        ),
        Mistake(
            "dbeta is the sum of x_hat or of x, without dy. beta is only added, so it gets the sum of dy.",
            lambda dy, x: ((dy * x_hat(x)).sum(0), x_hat(x).sum(0)),
        ),
        Mistake(
            "eps is added to the standard deviation in x_hat. It belongs to the variance, inside of the "
            "root.",
            lambda dy, x: ((dy * (x - x.mean(0)) / (x.std(0) + EPS)).sum(0), dy.sum(0)),
        ),
    ],
)


def backward(dy, x, gamma):
    s = np.sqrt(x.var(axis=0) + EPS)
    x_hat = (x - x.mean(axis=0)) / s
    dx_hat = dy * gamma
    shift = dx_hat.mean(axis=0)
    stretch = (dx_hat * x_hat).mean(axis=0)
    return (dx_hat - shift - x_hat * stretch) / s


def x_hat1(x):
    """x_hat with the variance over n - 1."""
    return (x - x.mean(0)) / np.sqrt(x.var(0, ddof=1) + EPS)


def last_term(dy, x, gamma, before, inside):
    """dx with something else for x_hat in its last term: before the mean, or inside of it."""
    away = before * (dy * gamma * inside).mean(0)
    return back(dy, x, gamma, scale=0) - away / np.sqrt(x.var(0) + EPS)


add(
    "normalization.backward",
    "The whole backward pass",
    level=2,
    reference=backward,
    cases=lambda rng: [
        Case(
            "three samples, two features",
            np.array([[1.0, 0.0], [0.0, 2.0], [0.0, 1.0]]),
            SMALL,
            np.array([2.0, -1.0]),
        ),
        Case(
            "six samples, four features",
            rng.normal(size=(6, 4)),
            rng.normal(1, 3, (6, 4)),
            rng.uniform(0.5, 2, 4),
        ),
        Case("one sample", rng.normal(size=(1, 3)), rng.normal(size=(1, 3)), np.ones(3)),
    ],
    remark="The paper (Ioffe and Szegedy, 2015) lists six equations, with dL/dvar and dL/dmean on the way. "
    "Put together they are this line, and it needs one pass over the batch less.",
    mistakes=[
        Mistake(
            "Your result is as if mean and variance were constants. They depend on every x of the batch, "
            "and each of these ways carries gradient: the favorite mistake. One sample alone shows it, "
            "since its gradient must be 0.",
            lambda dy, x, gamma: back(dy, x, gamma, center=0, scale=0),
        ),
        Mistake(
            "What comes through the mean is missing: subtract the mean of dx_hat over the batch.",
            lambda dy, x, gamma: back(dy, x, gamma, center=0),
        ),
        Mistake(
            "What comes through the variance is missing: subtract x_hat times the mean of dx_hat * x_hat.",
            lambda dy, x, gamma: back(dy, x, gamma, scale=0),
        ),
        Mistake(
            "gamma is missing: the gradient passes it first, dx_hat = dy * gamma.",
            lambda dy, x, gamma: back(dy, x, np.ones_like(gamma)),
        ),
        Mistake(
            "The last factor is missing: x_hat is x divided by the standard deviation; so is its gradient.",
            lambda dy, x, gamma: back(dy, x, gamma, end=0),
        ),
        Mistake(
            "You divide by the variance at the end. x_hat is x divided by its root; so is its gradient.",
            lambda dy, x, gamma: back(dy, x, gamma, end=-1),
        ),
        Mistake(
            "You multiply by the standard deviation at the end. x_hat is x divided by it; so is its "
            "gradient.",
            lambda dy, x, gamma: back(dy, x, gamma, end=0.5),
        ),
        Mistake(
            "You use x where x_hat belongs. What comes through the variance is what would only stretch "
            "the normalized values, so both x in that term are normalized ones.",
            lambda dy, x, gamma: back(dy, x, gamma, meets=lambda x: x),
        ),
        Mistake(
            "In the term that comes through the variance, var + eps has the wrong power: as if x minus its "
            "mean stood there twice in the place of x_hat. By steps, dvar has (var + eps)^(-3/2).",
            lambda dy, x, gamma: back(dy, x, gamma, meets=lambda x: x - x.mean(0)),
        ),
        Mistake(
            "In the last term one x_hat is missing: it is x_hat times the mean of dx_hat * x_hat.",
            lambda dy, x, gamma: (
                back(dy, x, gamma, scale=0)
                - (dy * gamma * x_hat(x)).mean(0) / np.sqrt(x.var(0) + EPS)
            ),
        ),
        Mistake(
            "The last term has the wrong sign. Mean and variance take something away from dx_hat: both "
            "are subtracted.",
            lambda dy, x, gamma: back(dy, x, gamma, scale=-1),
        ),
        Mistake(
            "The mean of dx_hat has the wrong sign: it is subtracted.",
            lambda dy, x, gamma: back(dy, x, gamma, center=-1),
        ),
        Mistake(
            "The means run over all numbers of the batch at once. Each feature has its own mean and "
            "variance: take the means over axis 0.",
            lambda dy, x, gamma: back(dy, x, gamma, over=None),
        ),
        Mistake(
            "You subtract sums where means belong: each x has a share of 1/n in the mean.",
            lambda dy, x, gamma: back(dy, x, gamma, average=np.sum),
        ),
        Mistake(
            "What comes through the variance is half as large as it should be: the square's derivative, "
            "2 (x - mean), has lost its 2.",
            lambda dy, x, gamma: back(dy, x, gamma, scale=0.5),
        ),
        Mistake(
            "What comes through the variance is twice as large as it should be: the root's derivative has a "
            "factor 1/2 that cancels the square's 2.",
            lambda dy, x, gamma: back(dy, x, gamma, scale=2),
        ),
        Mistake(
            "Your means run over the features, axis=1. Mean and variance are those of each feature over the "
            "batch: axis=0.",
            lambda dy, x, gamma: (
                (
                    dy * gamma
                    - (dy * gamma).mean(1, keepdims=True)
                    - x_hat(x) * (dy * gamma * x_hat(x)).mean(1, keepdims=True)
                )
                / np.sqrt(x.var(0) + EPS)
            ),
        ),
        Mistake(
            "In the last term x stands before the mean, where x_hat belongs: x_hat times the mean of "
            "dx_hat * x_hat.",
            lambda dy, x, gamma: last_term(dy, x, gamma, x, x_hat(x)),
        ),
        Mistake(
            "In the last term x stands inside of the mean, where x_hat belongs: x_hat times the mean of "
            "dx_hat * x_hat.",
            lambda dy, x, gamma: last_term(dy, x, gamma, x_hat(x), x),
        ),
        Mistake(
            "In the last term one of the two x_hat is x minus its mean, without the division by the root of "
            "var + eps.",
            lambda dy, x, gamma: last_term(dy, x, gamma, x_hat(x), x - x.mean(0)),
        ),
        Mistake(
            "In the last term you divide by n - 1. All means of the batch divide by n here, as in training.",
            lambda dy, x, gamma: back(dy, x, gamma, scale=len(x) / (len(x) - 1)),
        ),
        Mistake(
            "Both means divide by n - 1. All means of the batch divide by n here.",
            lambda dy, x, gamma: back(
                dy, x, gamma, average=lambda v, axis: v.sum(axis=axis) / (len(v) - 1)
            ),
        ),
        Mistake(
            "In x_hat and at the end the variance divides by n - 1. In training it divides by n.",
            lambda dy, x, gamma: (
                (dy * gamma - (dy * gamma).mean(0) - x_hat1(x) * (dy * gamma * x_hat1(x)).mean(0))
                / np.sqrt(x.var(0, ddof=1) + EPS)
            ),
        ),
        Mistake(
            "gamma is multiplied in twice. The gradient passes it once, at the start or at the end.",
            lambda dy, x, gamma: back(dy, x, gamma**2),
        ),
        Mistake(
            "gamma meets the first term alone. What comes through mean and variance passes gamma, too: "
            "dx_hat = dy * gamma stands in all three.",
            lambda dy, x, gamma: (
                back(dy, x, gamma, center=0, scale=0)
                + back(dy, x, np.ones_like(gamma))
                - back(dy, x, np.ones_like(gamma), center=0, scale=0)
            ),
        ),
        Mistake(
            "The mean of dx_hat * x_hat is a sum with you: each x has a share of 1/n in the variance.",
            lambda dy, x, gamma: back(dy, x, gamma, scale=len(x)),
        ),
        Mistake(
            "The mean of dx_hat is a sum with you: each x has a share of 1/n in the mean.",
            lambda dy, x, gamma: back(dy, x, gamma, center=len(x)),
        ),
        Mistake(
            "All signs are turned: dx_hat comes first, and what goes through mean and variance is taken "
            "from it.",
            lambda dy, x, gamma: -back(dy, x, gamma),
        ),
        Mistake(
            "At the end stands the root of var, without eps. It is the root of var + eps, as in x_hat.",
            lambda dy, x, gamma: back(dy, x, gamma) * np.sqrt((x.var(0) + EPS) / x.var(0)),
        ),
    ],
)
