"""Exercises on the formulas of batch normalization, forward and backward."""

from __future__ import annotations

import numpy as np

from ...answers.batch_norm import EPS, back, moved, x_hat
from ...exercise import Case, Mistake, add


def standardized(x):
    return (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + EPS)


SMALL = np.array([[1.0, 10.0], [2.0, 30.0], [6.0, -10.0]])


def batches(rng):
    yield "three samples, two features", SMALL
    yield "five samples, three features", rng.normal(2, 3, (5, 3))
    yield "a feature that hardly varies", rng.normal(0, (1e-3, 1.0), (6, 2))
    yield "a feature that does not vary", np.array([[3.0, 1.0], [3.0, 5.0]])
    yield "a single sample", rng.normal(size=(1, 3))


add(
    "normalization.standardize",
    "Every feature to mean 0 and variance 1",
    level=1,
    reference=standardized,
    cases=lambda rng: [Case(says, x) for says, x in batches(rng)],
    mistakes=[
        Mistake(
            "You normalize each sample over its features, axis=1: that is layer normalization. Batch "
            "normalization takes each feature over the batch.",
            lambda x: x_hat(x, axis=1),
        ),
        Mistake(
            "eps is added to the standard deviation. It belongs to the variance, inside of the root; you "
            "see the difference where a feature hardly varies.",
            lambda x: (x - x.mean(0)) / (x.std(0) + EPS),
        ),
        Mistake(
            "eps is missing. A feature that is the same on the whole batch gives 0/0.",
            lambda x: x_hat(x, eps=0.0),
        ),
        Mistake(
            "Your variance divides by n - 1. In training, batch normalization takes the batch's own, which "
            "divides by n.",
            lambda x: (x - x.mean(0)) / np.sqrt(x.var(0, ddof=1) + EPS),
        ),
        Mistake(
            "You divide by the variance. Its root, the standard deviation, has the unit of x.",
            lambda x: (x - x.mean(0)) / (x.var(0) + EPS),
        ),
        Mistake(
            "The mean is not subtracted. The variance is right, but the features are not centered.",
            lambda x: x / np.sqrt(x.var(0) + EPS),
        ),
        Mistake(
            "The features are centered, and keep their size: divide by the root of var + eps.",
            lambda x: x - x.mean(0),
        ),
        Mistake(
            "One mean and one variance for the whole array. Each feature, a column, has its own.",
            lambda x: (x - x.mean()) / np.sqrt(x.var() + EPS),
        ),
        Mistake(
            "A bracket is missing: `x - mean / root` divides the mean alone. (x - mean) / root.",
            lambda x: x - x.mean(0) / np.sqrt(x.var(0) + EPS),
        ),
        Mistake(
            "A bracket is missing: eps is added to the whole quotient. It belongs beside the variance, "
            "under the root.",
            lambda x: (x - x.mean(0)) / np.sqrt(np.maximum(x.var(0), 1e-300)) + EPS,
        ),
        Mistake(
            "You divide by the length of the centered column. Its square is n times the variance: take "
            "the mean of the squares, not their sum.",
            lambda x: (x - x.mean(0)) / np.sqrt(((x - x.mean(0)) ** 2).sum(0) + EPS),
        ),
        Mistake(
            "You divide by the range, largest less smallest. Wanted is the root of var + eps.",
            lambda x: (x - x.mean(0)) / (np.ptp(x, axis=0) + EPS),
        ),
        Mistake(
            "The root is taken of eps, too, and the two roots are added: wanted is the root of the sum "
            "var + eps.",
            lambda x: (x - x.mean(0)) / (x.std(0) + np.sqrt(EPS)),
        ),
    ],
)


def evaluated(x, gamma, beta, mean, var):
    return gamma * (x - mean) / np.sqrt(var + EPS) + beta


add(
    "normalization.evaluate",
    "The same layer in evaluation",
    level=1,
    reference=evaluated,
    cases=lambda rng: [
        Case(
            "one sample, two features",
            *(
                np.array(a)
                for a in ([[5.0, 1.0]], [2.0, 3.0], [1.0, -1.0], [3.0, 2.0], [4.0, 0.25])
            ),
        ),
        Case(
            "four samples, three features",
            rng.normal(1, 2, (4, 3)),
            rng.uniform(0.5, 2, 3),
            rng.normal(size=3),
            rng.normal(size=3),
            rng.uniform(0.2, 3, 3),
        ),
        Case(
            "a variance of almost nothing",
            *(np.array(a) for a in ([[2.0], [1.0]], [2.0], [1.0], [1.5], [1e-6])),
        ),
    ],
    remark="With fixed numbers this is y = a x + c, so in use a batch normalization can be folded into the "
    "weights of the layer before it. Inference engines do that.",
    mistakes=[
        Mistake(
            "You use mean and variance of the batch at hand. In evaluation the running averages take their "
            "place, so that a sample's answer does not depend on its neighbors.",
            lambda x, gamma, beta, mean, var: gamma * x_hat(x) + beta,
        ),
        Mistake(
            "gamma and beta are missing: they scale and shift in evaluation as in training.",
            lambda x, gamma, beta, mean, var: (x - mean) / np.sqrt(var + EPS),
        ),
        Mistake(
            "gamma is missing: it scales in evaluation as in training.",
            lambda x, gamma, beta, mean, var: (x - mean) / np.sqrt(var + EPS) + beta,
        ),
        Mistake(
            "beta is missing: it shifts in evaluation as in training.",
            lambda x, gamma, beta, mean, var: gamma * (x - mean) / np.sqrt(var + EPS),
        ),
        Mistake(
            "You divide by the running variance. Take its root.",
            lambda x, gamma, beta, mean, var: gamma * (x - mean) / (var + EPS) + beta,
        ),
        Mistake(
            "beta is added before gamma multiplies. The order is gamma x^ + beta.",
            lambda x, gamma, beta, mean, var: gamma * ((x - mean) / np.sqrt(var + EPS) + beta),
        ),
        Mistake(
            "gamma and beta are exchanged: gamma scales, beta shifts.",
            lambda x, gamma, beta, mean, var: evaluated(x, beta, gamma, mean, var),
        ),
        Mistake(
            "eps is missing beside the variance. Where that is almost 0, it matters.",
            lambda x, gamma, beta, mean, var: gamma * (x - mean) / np.sqrt(var) + beta,
        ),
        Mistake(
            "eps stands outside of the root. It is added to the variance.",
            lambda x, gamma, beta, mean, var: gamma * (x - mean) / (np.sqrt(var) + EPS) + beta,
        ),
        Mistake(
            "You normalize, and then once more with the batch's own mean and variance, or x is normalized "
            "already when the running averages are used. Only these are.",
            lambda x, gamma, beta, mean, var: evaluated(x_hat(x), gamma, beta, mean, var),
        ),
        Mistake(
            "The running mean is not subtracted.",
            lambda x, gamma, beta, mean, var: gamma * x / np.sqrt(var + EPS) + beta,
        ),
    ],
)


def track(mean, var, x, m):
    new_mean = mean + m * (x.mean(axis=0) - mean)
    new_var = var + m * (x.var(axis=0, ddof=1) - var)
    return new_mean, new_var


add(
    "normalization.running",
    "Running averages",
    level=2,
    reference=track,
    outputs=("mean", "var"),
    cases=lambda rng: [
        Case(
            "three samples, two features",
            np.array([1.0, 0.0]),
            np.array([1.0, 4.0]),
            np.array([[1.0, 2.0], [3.0, 2.0], [5.0, 8.0]]),
            0.25,
        ),
        Case("from 0 and 1", np.zeros(1), np.ones(1), np.array([[1.0], [4.0]]), 0.1),
        Case(
            "three features",
            rng.normal(size=3),
            rng.uniform(0.5, 2, 3),
            rng.normal(1, 2, (5, 3)),
            0.4,
        ),
    ],
    remark="Keras averages the variance that divides by n. In a batch of 32 the two differ by 3 %, in one of "
    "2 by a factor of two.",
    mistakes=[
        Mistake(
            "Your momentum is turned around: with m = 0.1 the old average keeps nine tenths, and the batch "
            "adds one. (Keras means it the other way. Here it is PyTorch's way.)",
            lambda mean, var, x, m: moved(mean, var, x, 1 - m),
        ),
        Mistake(
            "The variance divides by n. The running one estimates the variance of all data, so it divides "
            "by n - 1.",
            lambda mean, var, x, m: moved(mean, var, x, m, spread=x.var(0)),
        ),
        Mistake(
            "The correction is turned around: n / (n - 1) makes a variance over n larger.",
            lambda mean, var, x, m: moved(mean, var, x, m, spread=x.var(0) * (len(x) - 1) / len(x)),
        ),
        Mistake(
            "You average standard deviations. The running average is of the variance.",
            lambda mean, var, x, m: moved(mean, var, x, m, spread=x.std(0, ddof=1)),
        ),
        Mistake(
            "You average standard deviations, and these over n. The running average is of the variance, "
            "over n - 1.",
            lambda mean, var, x, m: moved(mean, var, x, m, spread=x.std(0)),
        ),
        Mistake(
            "You add m times the batch's values and keep the old ones whole, so they grow for ever. What "
            "the batch gains, the old average loses: 1 - m.",
            lambda mean, var, x, m: moved(mean, var, x, m, keep=False),
        ),
        Mistake(
            "The variance is taken around the running mean. It is the batch's, around the batch's own mean.",
            lambda mean, var, x, m: moved(
                mean, var, x, m, spread=((x - mean) ** 2).sum(0) / (len(x) - 1)
            ),
        ),
        Mistake(
            "The averages run over all numbers of the batch. Each feature, a column, has its own: axis=0.",
            lambda mean, var, x, m: (
                mean + m * (x.mean() - mean),
                var + m * (x.var(ddof=1) - var),
            ),
        ),
        Mistake(
            "You return the batch's own mean and variance. The running ones move only the fraction m of the "
            "way there.",
            lambda mean, var, x, m: (x.mean(0), x.var(0, ddof=1)),
        ),
    ],
)


def gamma_beta(dy, x):
    x_hat = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + EPS)
    return (dy * x_hat).sum(axis=0), dy.sum(axis=0)


def scales(rng):
    yield "three samples, two features", np.array([[1.0, 0.0], [2.0, -1.0], [-1.0, 4.0]]), SMALL
    yield "one sample", rng.normal(size=(1, 3)), rng.normal(size=(1, 3))
    yield "five samples, three features", rng.normal(size=(5, 3)), rng.normal(2, 3, (5, 3))


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
    ],
)


def backward(dy, x, gamma):
    s = np.sqrt(x.var(axis=0) + EPS)
    x_hat = (x - x.mean(axis=0)) / s
    dx_hat = dy * gamma
    shift = dx_hat.mean(axis=0)
    stretch = (dx_hat * x_hat).mean(axis=0)
    return (dx_hat - shift - x_hat * stretch) / s


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
            "In the last term you use x minus its mean where x_hat belongs: divide it by the root of "
            "var + eps, both times.",
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
    ],
)
