"""Exercises on the numbers to look at: inputs, steps over weights, the rate."""

from __future__ import annotations

import functools

import numpy as np

from .... import datasets
from ....inspection import diagnostics
from ....losses import NotFinite, SoftmaxCrossEntropy
from ....mlp import mlp
from ....network import loss_and_grad
from ....optimizers import SGD
from ...answers.nearly import rounded
from ...exercise import Case, Mistake, add


def scaled(x, x_test, over=lambda x, x_test: x):
    base = over(x, x_test)
    mean, std = base.mean(axis=0), base.std(axis=0)
    return (x - mean) / std, (x_test - mean) / std


def something_added(answer):
    """Whether it divides by the deviation plus a constant, or the root of the variance plus one."""
    x = np.array([[1.0, -10.0], [5.0, 30.0], [9.0, 10.0]])
    came, _ = answer(x.copy(), x[:2] + 1)
    mean, std = x.mean(axis=0), x.std(axis=0)
    spread = ((x - mean) / came)[0]
    added = spread - std, spread**2 - std**2
    return any(a.min() > 1e-9 and np.ptp(a) < 1e-6 * max(1e-3, a.max()) for a in added)


def by_quartiles(x, x_test):
    low, middle, high = np.percentile(x, (25, 50, 75), axis=0)
    return (x - middle) / (high - low), (x_test - middle) / (high - low)


add(
    "practice.scale",
    "Look at the data, and keep the test out of it",
    level=1,
    reference=scaled,
    call=lambda answer, x, x_test: answer(x, x_test),
    outputs=("x", "x_test"),
    cases=lambda rng: [
        Case(
            "two features, of ones and of tens",
            np.array([[1.0, -10.0], [5.0, 30.0], [9.0, 10.0]]),
            np.array([[5.0, 60.0], [3.0, 10.0]]),
        ),
        Case(
            "pixels from 0 to 255, three features",
            rng.uniform(0, 255, (8, 3)),
            rng.uniform(0, 255, (4, 3)),
        ),
        Case("a single image to test", rng.normal(3, 2, (6, 4)), rng.normal(3, 2, (1, 4))),
    ],
    remark="Pixels share one unit, so a single mean and spread for all of them is common too, and keeps "
    "the border of an image at 0, where a pixel that is always blank would have spread 0.",
    mistakes=[
        Mistake(
            "One mean and one spread for the whole array. Each feature, a column, has its own.",
            lambda x, x_test: ((x - x.mean()) / x.std(), (x_test - x.mean()) / x.std()),
        ),
        Mistake(
            "The test set is scaled with its own mean and spread. In use, images come one at a time and have "
            "none: scale them with the numbers of the training set.",
            lambda x, x_test: (scaled(x, x_test)[0], scaled(x_test, x_test)[0]),
        ),
        Mistake(
            "Mean and spread are taken over both sets. Then the test set has had a say in the training.",
            lambda x, x_test: scaled(x, x_test, lambda a, b: np.concatenate([a, b])),
        ),
        Mistake(
            "The test set comes back as it was: left out, or scaled by the mean and spread of an x that was "
            "scaled already, 0 and 1. It needs the numbers that x had before.",
            lambda x, x_test: (scaled(x, x_test)[0], x_test),
        ),
        Mistake(
            "Each sample is scaled by itself, axis=1. Here each feature, a column, has a mean and a spread.",
            lambda x, x_test: tuple(
                (a - a.mean(1, keepdims=True)) / a.std(1, keepdims=True) for a in (x, x_test)
            ),
        ),
        Mistake(
            "The features are centered, and keep their size: divide by the standard deviation too.",
            lambda x, x_test: (x - x.mean(0), x_test - x.mean(0)),
        ),
        Mistake(
            "The features have unit spread, and their means are not 0: subtract the mean first.",
            lambda x, x_test: (x / x.std(0), x_test / x.std(0)),
        ),
        Mistake(
            "You divide by the variance. Its root, the standard deviation, has the unit of x.",
            lambda x, x_test: ((x - x.mean(0)) / x.var(0), (x_test - x.mean(0)) / x.var(0)),
        ),
        Mistake(
            "Your spread divides by n - 1 (ddof=1), so that np.std of the result is not 1. Here it is "
            "np.std as it comes.",
            lambda x, x_test: tuple((a - x.mean(0)) / x.std(0, ddof=1) for a in (x, x_test)),
        ),
        Mistake(
            "The range of each feature is brought to 0 to 1. Wanted are mean 0 and standard deviation 1.",
            lambda x, x_test: tuple((a - x.min(0)) / (x.max(0) - x.min(0)) for a in (x, x_test)),
        ),
        Mistake(
            "The mean of the test set is its own, only the spread is the training set's. Both come from "
            "the training set.",
            lambda x, x_test: (scaled(x, x_test)[0], (x_test - x_test.mean(0)) / x.std(0)),
        ),
        Mistake(
            "x is right, and x_test is only centered: x was scaled when its deviation was taken, which is 1 "
            "then. Note mean and deviation before you change x.",
            lambda x, x_test: (scaled(x, x_test)[0], x_test - x.mean(axis=0)),
        ),
        Mistake(
            "Only the mean is divided by the deviation: `x - mean / std` needs brackets, (x - mean) / std.",
            lambda x, x_test: tuple(a - x.mean(0) / x.std(0) for a in (x, x_test)),
        ),
        Mistake(
            "The spread of the test set is its own, only the mean is the training set's. Both come from the "
            "training set.",
            lambda x, x_test: (scaled(x, x_test)[0], (x_test - x.mean(0)) / x_test.std(0)),
        ),
        Mistake(
            "Something is added to the deviation or the variance, as a layer does that fears 0/0. No "
            "feature is constant here, and the deviation must come out as 1.",
            lambda x, x_test: tuple((a - x.mean(0)) / (x.std(0) + 0.1) for a in (x, x_test)),
            when=something_added,
        ),
        Mistake(
            "You take the median and the distance of the quartiles. Asked are mean and standard deviation.",
            by_quartiles,
        ),
    ],
)


def update_ratio(before, after):
    return float(np.linalg.norm(after - before) / np.linalg.norm(before))


STEPS = [  # of odd ratios
    (np.array([[3.0, 4.0]]), np.array([[3.0, 4.0 + step]])) for step in (0.123456, 1.7654, 0.02468)
]


def several_ratios(answer):
    """Whether it gives a ratio for each row, or for each column."""
    before, after = np.array([[3.0, 4.0, 1.0], [1.0, 0.5, 2.0]]), np.full((2, 3), 2.0)
    came = np.ravel(answer(before.copy(), after.copy()))
    ratios = (
        np.linalg.norm(after - before, axis=k) / np.linalg.norm(before, axis=k) for k in (0, 1)
    )
    return any(came.shape == r.shape and np.allclose(came, r) for r in ratios)


add(
    "practice.update_ratio",
    "Is the step of the right size?",
    level=1,
    reference=update_ratio,
    cases=lambda rng: [
        Case("two weights", np.array([[3.0, 4.0]]), np.array([[3.0, 4.5]])),
        Case(
            "two by two", np.array([[1.0, -2.0], [-2.0, 4.0]]), np.array([[1.0, -2.0], [-1.0, 2.0]])
        ),
        Case("longer than the weights", np.array([[3.0, 4.0]]), np.array([[-6.0, 4.0]])),
        Case(
            "a matrix",
            *(lambda W: (W, W + 0.01 * rng.normal(size=W.shape)))(rng.normal(size=(5, 3))),
        ),
    ],
    mistakes=[
        Mistake(
            "You divide by the weight after the step. The step is compared with what it started from.",
            lambda before, after: np.linalg.norm(after - before) / np.linalg.norm(after),
        ),
        Mistake(
            "You compare the lengths before and after. A weight that only turns keeps its length and has "
            "moved all the same: take the length of the difference.",
            lambda before, after: (
                abs(np.linalg.norm(after) - np.linalg.norm(before)) / np.linalg.norm(before)
            ),
        ),
        Mistake(
            "You subtract the lengths, so that the sign says whether the weight grew. One that turns keeps "
            "its length and has moved all the same: subtract the matrices, then take the norm.",
            lambda before, after: np.linalg.norm(after) / np.linalg.norm(before) - 1,
        ),
        Mistake(
            "That is the length of the step. Compared with the weight it belongs to it says something: "
            "divide by the norm of before.",
            lambda before, after: np.linalg.norm(after - before),
        ),
        Mistake(
            "The ratio is turned over: the step is in the numerator.",
            lambda before, after: np.linalg.norm(before) / np.linalg.norm(after - before),
        ),
        Mistake(
            "A mean of ratios, entry by entry, is ruled by the weights that happen to be near 0. Take the "
            "norms of the whole matrices.",
            lambda before, after: np.mean(np.abs(after - before) / np.abs(before)),
        ),
        Mistake(
            "You sum the entries, so that steps up and steps down cancel. The norm adds up their squares.",
            lambda before, after: abs((after - before).sum() / before.sum()),
        ),
        Mistake(
            "You sum absolute values. Asked is the Frobenius norm, the root of the sum of squares.",
            lambda before, after: np.abs(after - before).sum() / np.abs(before).sum(),
        ),
        Mistake(
            "The roots are missing: yours is the ratio of the sums of squares, the square of what is asked.",
            lambda before, after: ((after - before) ** 2).sum() / (before**2).sum(),
        ),
        Mistake(
            "That is the spectral norm, by which a matrix stretches at most. For the Frobenius norm call "
            "np.linalg.norm without a second argument.",
            lambda before, after: np.linalg.norm(after - before, 2) / np.linalg.norm(before, 2),
        ),
        Mistake(
            "The weights themselves are compared, after over before. Of interest is how far they moved.",
            lambda before, after: np.linalg.norm(after) / np.linalg.norm(before),
        ),
        Mistake(
            "You divide entry by entry and take the norm then: entries near 0 rule it. Take two norms, and "
            "divide these.",
            lambda before, after: np.linalg.norm((after - before) / before),
        ),
        Mistake(
            "You have a ratio for each row or column. Asked is one number, of the whole matrices: "
            "np.linalg.norm without an axis.",
            lambda before, after: (
                np.linalg.norm(after - before, axis=1) / np.linalg.norm(before, axis=1)
            ),
            when=several_ratios,
        ),
        Mistake(
            "That is the ratio's logarithm, of base 10, as the figure's axis has it. Asked is the ratio "
            "itself.",
            lambda before, after: np.log10(update_ratio(before, after)),
        ),
        Mistake(
            "That is the natural logarithm of the ratio. Asked is the ratio itself.",
            lambda before, after: np.log(update_ratio(before, after)),
        ),
        Mistake(
            "The largest entries are compared. The length of a matrix is its Frobenius norm, to which all "
            "entries add.",
            lambda before, after: np.abs(after - before).max() / np.abs(before).max(),
        ),
        Mistake(
            "Your result is the right one, rounded. A ratio of 1e-3 is the usual one, and 1e-5 is too "
            "small: rounding makes them 0.001 and 0. Leave it away.",
            lambda before, after: round(update_ratio(before, after), 3),
            when=lambda answer: rounded(
                lambda *case: answer(*(W.copy() for W in case)), update_ratio, *STEPS
            ),
        ),
    ],
    remark="PyTorch and TensorFlow users often watch standard deviations instead of norms, "
    "std of the step over std of the weights. For weights around 0 that is nearly the same ratio.",
)

RATES = (0.0001, 0.001, 0.01, 0.1, 1.0)


@functools.cache
def one_step(depth: int, activation: str, lr: float) -> tuple[np.ndarray, float]:
    """Update ratios of the weight matrices in one step of SGD on 256 digits; the loss's change."""
    digits, loss = datasets.digits(), SoftmaxCrossEntropy()
    x, t = digits.x[:256] - digits.x.mean(axis=0), digits.t[:256]
    net = mlp(64, 10, depth=depth, width=32, activation=activation, rng=np.random.default_rng(0))
    before = net.theta.copy()
    value, _ = loss_and_grad(net, loss, x, t)
    SGD(lr).step(net.theta, net.grad)
    ratios = diagnostics.update_ratios(net, before)
    try:
        return ratios, loss(net(x), t) - value
    except NotFinite:
        return ratios, np.inf


def usual_rate(depth: int, activation: str, target: float = 1e-3) -> float:
    """The rate of RATES whose median update ratio is nearest to the target, in powers of ten."""
    return min(
        RATES,
        key=lambda lr: abs(np.log10(np.median(one_step(depth, activation, lr)[0]) / target)),
    )


add(
    "practice.usual_rate",
    "Read the rate off the ratio",
    level=1,
    reference=lambda: usual_rate(5, "tanh"),
    made=True,
    stops=RATES,
    remark="With ReLU at the same depth, 0.01 gives 3.3e-4 and 0.1 gives 3.3e-3: the usual ratio is an "
    "order of magnitude, and lies between two powers of ten as often as on one.",
    mistakes=[
        Mistake(
            "With 0.1 the median is 7e-3, seven times what is usual. It may work; asked is the rate that "
            "comes nearest to 1e-3.",
            lambda: 0.1,
        ),
        Mistake(
            "The ratio of step to weight should be 1e-3, and with the *learning rate* 0.001 it is 7e-5: "
            "look where the thin line, the median, lies.",
            lambda: 0.001,
        ),
        Mistake(
            "With 0.0001 a step is seven millionths of the weights: more than a hundred times below what "
            "is usual.",
            lambda: RATES[0],
        ),
        Mistake(
            "With 1.0 the weights move by 7 % of their size in one step: seventy times what is usual.",
            lambda: RATES[-1],
        ),
    ],
)
