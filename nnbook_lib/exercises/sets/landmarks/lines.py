"""The exercise on neighboring gradients along a line of inputs."""

from __future__ import annotations

import numpy as np

from ...exercise import Case, Mistake, add


def correlated(g, lag, mean=np.mean, below=lambda d, n: d @ d):
    d = g - mean(g)
    n = len(d) - lag
    return d[:n] @ d[lag:] / below(d, n)


def of_slices(g, lag):
    """What np.corrcoef says of two slices: NaN where one of them has no spread."""
    n = len(g) - lag
    with np.errstate(all="ignore"):
        a, b = g[:n] - g[:n].mean(), g[lag:] - g[lag:].mean()
        return a @ b / np.sqrt((a @ a) * (b @ b))


def around(g, lag):
    d = g - g.mean()
    return d @ np.roll(d, lag) / (d @ d)


def minus_lag(g, lag):
    d = g - g.mean()
    return d[:-lag] @ d[lag:] / (d @ d)


add(
    "landmarks.neighbors",
    "Neighboring gradients",
    level=2,
    reference=correlated,
    cases=lambda rng: [
        Case("1, -1, 1, -1, lag 1", np.array([1.0, -1.0, 1.0, -1.0]), 1),
        Case("1, -1, 1, -1, lag 2", np.array([1.0, -1.0, 1.0, -1.0]), 2),
        Case("a mean of 10", np.array([11.0, 9.0, 13.0, 7.0, 10.0]), 1),
        Case("noise, lag 3", rng.normal(size=40), 3),
        Case("a walk, lag 5", rng.normal(size=30).cumsum(), 5),
        Case("lag 0", rng.normal(size=12) + 1, 0),
    ],
    remark="The usual autocorrelation: the sum above has fewer terms than that below, so at large lags it "
    "is drawn towards 0, and never leaves [-1, 1].",
    mistakes=[
        Mistake(
            "At lag 0 your slice is empty: `d[:-0]` is `d[:0]`. Write `d[: len(d) - lag]`.",
            minus_lag,
        ),
        Mistake(
            "The mean is not subtracted. With gradients that are all near 10, neighbors would seem alike "
            "whatever they do.",
            lambda g, lag: correlated(g, lag, mean=lambda g: 0.0),
        ),
        Mistake(
            "The mean is subtracted above, but not below.",
            lambda g, lag: correlated(g, lag, below=lambda d, n: g @ g),
        ),
        Mistake(
            "The mean is subtracted below, but not above.",
            lambda g, lag: g[: len(g) - lag] @ g[lag:] / np.sum((g - g.mean()) ** 2),
        ),
        Mistake(
            "Each slice gets its own mean and spread in yours, as with np.corrcoef. Here the mean is that of "
            "all, and the sum below runs over all M.",
            of_slices,
            when=lambda neighbors: np.isclose(
                neighbors(np.array([1.0, 2.0, 4.0, 3.0, 7.0]), 1),
                of_slices(np.array([1.0, 2.0, 4.0, 3.0, 7.0]), 1),
            ),
        ),
        Mistake(
            "You divide by the number of products above, and by M below: two means. The definition has two "
            "sums.",
            lambda g, lag: correlated(g, lag) * len(g) / (len(g) - lag),
        ),
        Mistake(
            "You go around: np.roll joins the two ends. The sum above has only those places that both exist.",
            around,
        ),
        Mistake(
            "The sum below is missing.",
            lambda g, lag: correlated(g, lag, below=lambda d, n: 1.0),
        ),
        Mistake(
            "You divide by M. Below stands the sum of the squared distances from the mean.",
            lambda g, lag: correlated(g, lag, below=lambda d, n: len(d)),
        ),
        Mistake(
            "You return the mean of the products. Below stands the sum of the squared distances from the "
            "mean.",
            lambda g, lag: correlated(g, lag, below=lambda d, n: n),
        ),
        Mistake(
            "Above you take a mean, below the sum. Both are sums.",
            lambda g, lag: correlated(g, lag, below=lambda d, n: d @ d * n),
        ),
        Mistake(
            "Above you take the sum, below a mean, the variance. Both are sums.",
            lambda g, lag: correlated(g, lag, below=lambda d, n: d @ d / len(d)),
        ),
        Mistake(
            "Below you take the root. It is the sum of the squares itself.",
            lambda g, lag: correlated(g, lag, below=lambda d, n: np.sqrt(d @ d)),
        ),
        Mistake(
            "Your sum below runs over the first M - lag places. It runs over all M.",
            lambda g, lag: correlated(g, lag, below=lambda d, n: d[:n] @ d[:n]),
        ),
        Mistake(
            "Your sum below runs over the last M - lag places. It runs over all M.",
            lambda g, lag: correlated(g, lag, below=lambda d, n: d[len(d) - n :] @ d[len(d) - n :]),
        ),
        Mistake(
            "You divide by the lengths of the two slices. Below stands the sum over all M.",
            lambda g, lag: correlated(
                g, lag, below=lambda d, n: np.linalg.norm(d[:n]) * np.linalg.norm(d[len(d) - n :])
            ),
        ),
        Mistake(
            "You take neighbors at a distance of 1 always. `lag` says how far apart they are.",
            lambda g, lag: correlated(g, 1),
        ),
        Mistake(
            "Your distance is one too many: at lag 0 each place meets itself.",
            lambda g, lag: correlated(g, lag + 1),
        ),
        Mistake(
            "You leave out the last product: all places i count for which i + lag exists.",
            lambda g, lag: correlated(
                g[:-1], lag, mean=lambda _: g.mean(), below=lambda d, n: np.sum((g - g.mean()) ** 2)
            ),
        ),
        Mistake(
            "You take the absolute value. Neighbors of opposite signs are to give a negative number.",
            lambda g, lag: abs(correlated(g, lag)),
        ),
        Mistake(
            "You compare the squares of the differences. The products are asked for.",
            lambda g, lag: np.sum((g[: len(g) - lag] - g[lag:]) ** 2) / np.sum((g - g.mean()) ** 2),
        ),
        Mistake(
            "You return the correlations at all distances. Asked is that at one.",
            lambda g, lag: np.array([correlated(g, k) for k in range(len(g))]),
            when=lambda neighbors: np.ndim(neighbors(np.array([1.0, -1.0, 3.0]), 1)) == 1,
        ),
    ],
)
