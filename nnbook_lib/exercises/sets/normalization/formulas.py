"""Exercises on the formulas of batch normalization, forward."""

from __future__ import annotations

import numpy as np

from ...answers.batch_norm import EPS, moved, x_hat
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


WIDE = np.array([[1.0, 10.0], [2.0, 30.0], [6.0, -10.0], [3.0, 2.0]])
OTHER_EPS = (1e-2, 1e-3, 1e-4, 1e-6, 1e-7, 1e-8, 1e-10, 1e-12)


def other_eps(standardize):
    """Whether eps is another one, or added in another place, and all else right."""
    x = np.array([[0.0, 2.0], [1e-3, 2.0], [3e-3, 2.0]])
    came = standardize(x.copy())
    return any(np.allclose(came, x_hat(x, eps=eps), rtol=1e-4) for eps in OTHER_EPS)


def by_range(standardize):
    """Whether the features are brought to an interval by their least and largest numbers."""
    came, (low, high) = standardize(WIDE.copy()), (WIDE.min(0), WIDE.max(0))
    others = low, WIDE.mean(0), (low + high) / 2
    return any(np.allclose(came, (WIDE - v) / (high - low), rtol=1e-3) for v in others)


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
            "You divide by the root of the mean of x². The variance is the mean of (x - mean)²: subtract the "
            "mean first, as you do above.",
            lambda x: (x - x.mean(0)) / np.sqrt((x**2).mean(0) + EPS),
        ),
        Mistake(
            "You add the root of eps to the standard deviation. eps is added to the variance, and then one "
            "root is taken of both.",
            lambda x: (x - x.mean(0)) / (x.std(0) + np.sqrt(EPS)),
        ),
        Mistake(
            "Your eps is another one. It is 1e-5 here, the notebook's `eps`; you see the difference where a "
            "feature hardly varies.",
            lambda x: x_hat(x, eps=1e-8),
            when=other_eps,
        ),
        Mistake(
            "You bring each feature to a fixed interval, by its smallest and its largest number: min-max "
            "scaling. Asked is division by the root of var + eps.",
            lambda x: (x - x.min(0)) / (x.max(0) - x.min(0) + EPS),
            when=by_range,
        ),
        Mistake(
            "x is divided before the mean is subtracted, and the mean is not: (x - mean) / root, with a "
            "bracket.",
            lambda x: x / np.sqrt(x.var(0) + EPS) - x.mean(0),
        ),
        Mistake(
            "You take the number of columns for the number of samples. x.shape is (n, d): n, d = x.shape.",
            lambda x: (
                (x - x.sum(0) / x.shape[1])
                / np.sqrt(((x - x.sum(0) / x.shape[1]) ** 2).sum(0) / x.shape[1] + EPS)
            ),
        ),
        Mistake(
            "You divide by the length of the centered column. Without the division by n it is √n standard "
            "deviations.",
            lambda x: (x - x.mean(0)) / np.sqrt(((x - x.mean(0)) ** 2).sum(0) + EPS),
        ),
        Mistake(
            "You subtract the median, and asked is the mean.",
            lambda x: (x - np.median(x, axis=0)) / np.sqrt(x.var(0) + EPS),
        ),
        Mistake(
            "You divide by the mean of |x - mean|. The variance is the mean of the squares, and then comes a "
            "root.",
            lambda x: (x - x.mean(0)) / (np.abs(x - x.mean(0)).mean(0) + EPS),
        ),
        Mistake(
            "The mean is that of each feature, and the variance that of the whole array: it needs axis=0, "
            "too.",
            lambda x: (x - x.mean(0)) / np.sqrt(x.var() + EPS),
        ),
        Mistake(
            "The variance is that of each feature, and the mean that of the whole array: it needs axis=0, "
            "too.",
            lambda x: (x - x.mean()) / np.sqrt(x.var(0) + EPS),
        ),
        Mistake(
            "You multiply with the root of var + eps. Divide by it.",
            lambda x: (x - x.mean(0)) * np.sqrt(x.var(0) + EPS),
        ),
        Mistake(
            "The signs are turned: x - mean, not mean - x.",
            lambda x: -x_hat(x),
        ),
        Mistake(
            "Only the first sample is left of the batch. The result has a row for each sample of x.",
            lambda x: x_hat(x)[0],
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
        Mistake(
            "@ adds up over the features. gamma scales each feature by itself: multiply with *.",
            lambda x, gamma, beta, mean, var: ((x - mean) / np.sqrt(var + EPS)) @ gamma + beta,
        ),
        Mistake(
            "beta is divided by the root, too. It is added at the end: (gamma (x - mean)) / root + beta.",
            lambda x, gamma, beta, mean, var: (gamma * (x - mean) + beta) / np.sqrt(var + EPS),
        ),
        Mistake(
            "Your result is the first sample's alone. x may have more rows: use all of x at once, without a "
            "loop that returns in its first round.",
            lambda x, gamma, beta, mean, var: evaluated(x[0], gamma, beta, mean, var),
        ),
        Mistake(
            "The batch's own mean is subtracted, and so the running mean has no effect. In evaluation it is "
            "the running mean alone that is subtracted.",
            lambda x, gamma, beta, mean, var: evaluated(x, gamma, beta, x.mean(0), var),
        ),
        Mistake(
            "You divide by the batch's own standard deviation, and the running variance has no effect. In "
            "evaluation it takes its place.",
            lambda x, gamma, beta, mean, var: evaluated(x, gamma, beta, mean, x.var(0)),
        ),
        Mistake(
            "Mean and variance are exchanged: mean is subtracted, var stands below the root.",
            lambda x, gamma, beta, mean, var: evaluated(x, gamma, beta, var, mean),
        ),
        Mistake(
            "beta is subtracted. It is added: gamma x^ + beta.",
            lambda x, gamma, beta, mean, var: evaluated(x, gamma, -beta, mean, var),
        ),
        Mistake(
            "The running mean is added. It is subtracted.",
            lambda x, gamma, beta, mean, var: evaluated(x, gamma, beta, -mean, var),
        ),
        Mistake(
            "The root of eps is added to the standard deviation. eps is added to the variance, and then one "
            "root is taken of both.",
            lambda x, gamma, beta, mean, var: (
                gamma * (x - mean) / (np.sqrt(var) + np.sqrt(EPS)) + beta
            ),
        ),
        Mistake(
            "Your eps is another one. It is 1e-5 here, the notebook's `eps`; you see the difference where a "
            "variance is almost 0.",
            lambda x, gamma, beta, mean, var: gamma * (x - mean) / np.sqrt(var + 1e-8) + beta,
            when=lambda evaluate: other_eps(
                lambda x: evaluate(x, np.ones(2), np.zeros(2), x.mean(0), x.var(0))
            ),
        ),
        Mistake(
            "You multiply with the standard deviation. Divide by it.",
            lambda x, gamma, beta, mean, var: gamma * (x - mean) * np.sqrt(var + EPS) + beta,
        ),
        Mistake(
            "A bracket is missing: `x - mean / root` divides the mean alone. It is (x - mean) / root.",
            lambda x, gamma, beta, mean, var: gamma * (x - mean / np.sqrt(var + EPS)) + beta,
        ),
        Mistake(
            "gamma divides. It multiplies: gamma x^ + beta.",
            lambda x, gamma, beta, mean, var: evaluated(x, 1 / gamma, beta, mean, var),
        ),
    ],
)


def track(mean, var, x, m):
    new_mean = mean + m * (x.mean(axis=0) - mean)
    new_var = var + m * (x.var(axis=0, ddof=1) - var)
    return new_mean, new_var


def fixed_momentum(track):
    """Whether m makes no difference, and the averages move as with another m."""
    old = np.array([1.0, 0.0]), np.array([1.0, 4.0])
    came = [np.array(track(*(a.copy() for a in old), WIDE.copy(), m)) for m in (0.2, 0.6)]
    if not np.array_equal(*came):
        return False
    usual = (0.1, 0.9, 0.01, 0.99, 0.5, 0.05, 0.95)
    return any(
        np.allclose(came[0], moved(*old, WIDE, k, spread=s), rtol=1e-9)
        for k in usual
        for s in (WIDE.var(0), WIDE.var(0, ddof=1))
    )


def of_squares(track):
    """Whether the batch's variance is the mean of x²."""
    _, var = track(np.array([1.0, -2.0]), np.zeros(2), WIDE.copy(), 0.2)
    return any(np.allclose(var, 0.2 * (WIDE**2).sum(0) / n) for n in (len(WIDE), len(WIDE) - 1))


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
        Mistake(
            "n / (n - 1) multiplies the old running variance as well. It corrects the batch's variance "
            "alone.",
            lambda mean, var, x, m: (
                mean + m * (x.mean(0) - mean),
                ((1 - m) * var + m * x.var(0)) * len(x) / (len(x) - 1),
            ),
        ),
        Mistake(
            "The mean divides by n - 1, too. A mean divides by n; it is the variance that divides by n - 1.",
            lambda mean, var, x, m: (
                mean + m * (x.sum(0) / (len(x) - 1) - mean),
                var + m * (x.var(0, ddof=1) - var),
            ),
        ),
        Mistake(
            "The batch's variance is taken around the new running mean. It is that around the batch's own "
            "mean.",
            lambda mean, var, x, m: moved(
                mean,
                var,
                x,
                m,
                spread=((x - mean - m * (x.mean(0) - mean)) ** 2).sum(0) / (len(x) - 1),
            ),
        ),
        Mistake(
            "You average standard deviations, and square the result. It is the variances themselves that are "
            "averaged.",
            lambda mean, var, x, m: (
                mean + m * (x.mean(0) - mean),
                ((1 - m) * np.sqrt(var) + m * x.std(0, ddof=1)) ** 2,
            ),
        ),
        Mistake(
            "Your momentum is a fixed number, whatever m is given: use the argument.",
            lambda mean, var, x, m: moved(mean, var, x, 0.1),
            when=fixed_momentum,
        ),
        Mistake(
            "Your averages move away from the batch's values. The step is m (batch - old), and it is added.",
            lambda mean, var, x, m: moved(mean, var, x, -m),
        ),
        Mistake(
            "The variance is not one: the mean of x² divides by n - 1, and the square of the mean does not. "
            "It is the sum of (x - mean)² that is divided by n - 1.",
            lambda mean, var, x, m: moved(
                mean, var, x, m, spread=(x**2).sum(0) / (len(x) - 1) - x.mean(0) ** 2
            ),
        ),
        Mistake(
            "You return the variance first. Asked are the mean, then the variance.",
            lambda mean, var, x, m: track(mean, var, x, m)[::-1],
        ),
        Mistake(
            "Of var you keep all, and add m times the batch's: it grows for ever. What the batch gains, the "
            "old average loses: 1 - m.",
            lambda mean, var, x, m: (track(mean, var, x, m)[0], var + m * x.var(0, ddof=1)),
        ),
        Mistake(
            "The mean square of x stands for its variance. Subtract the batch's mean first.",
            lambda mean, var, x, m: moved(mean, var, x, m, spread=(x**2).sum(0) / (len(x) - 1)),
            when=of_squares,
        ),
        Mistake(
            "You return the steps alone. Asked are the averages after them: the old value plus the step.",
            lambda mean, var, x, m: (m * (x.mean(0) - mean), m * (x.var(0, ddof=1) - var)),
        ),
        Mistake(
            "The averages are as they were. They move by the fraction m toward the batch's values, and the "
            "new ones are returned.",
            lambda mean, var, x, m: (mean, var),
        ),
        Mistake(
            "The variance is averaged with the momentum turned around: m of the batch, 1 - m of the old.",
            lambda mean, var, x, m: (
                track(mean, var, x, m)[0],
                m * var + (1 - m) * x.var(0, ddof=1),
            ),
        ),
        Mistake(
            "You take the mean and the variance of each sample, over its features. Each feature has its own, "
            "over the batch: axis=0.",
            lambda mean, var, x, m: moved(mean, var, x, m, axis=1, spread=x.var(1, ddof=1)),
        ),
    ],
)
