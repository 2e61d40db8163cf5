"""Exercises on training in practice, for chapter 6."""

from __future__ import annotations

import functools

import numpy as np

from ... import datasets
from ...inspection import diagnostics
from ...losses import NotFinite, SoftmaxCrossEntropy
from ...mlp import mlp
from ...network import loss_and_grad
from ...optimizers import SGD
from ..exercise import Case, Mistake, add


def scaled(x, x_test, over=lambda x, x_test: x):
    base = over(x, x_test)
    mean, std = base.mean(axis=0), base.std(axis=0)
    return (x - mean) / std, (x_test - mean) / std


add(
    "practice.scale",
    "Look at the data, and keep the test out of it",
    level=1,
    reference=scaled,
    call=lambda answer, x, x_test: answer(x, x_test),
    outputs=("x", "x_test"),
    cases=lambda rng: [
        Case("one feature", np.array([[1.0], [3.0]]), np.array([[2.0], [6.0]])),
        Case(
            "pixels from 0 to 255, three features",
            rng.uniform(0, 255, (8, 3)),
            rng.uniform(0, 255, (4, 3)),
        ),
    ],
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
            "The test set is left as it was. The network would meet numbers in another range than it was "
            "trained on.",
            lambda x, x_test: (scaled(x, x_test)[0], x_test),
        ),
        Mistake(
            "Each sample is scaled by itself, axis=1. Here each feature, a column, has a mean and a spread.",
            lambda x, x_test: tuple(
                (a - a.mean(1, keepdims=True)) / a.std(1, keepdims=True) for a in (x, x_test)
            ),
        ),
    ],
)

add(
    "practice.update_ratio",
    "Is the step of the right size?",
    level=1,
    reference=lambda before, after: float(np.linalg.norm(after - before) / np.linalg.norm(before)),
    cases=lambda rng: [
        Case("two weights", np.array([[3.0, 4.0]]), np.array([[3.0, 4.5]])),
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
            "The weights themselves are compared, after over before. Of interest is how far they moved.",
            lambda before, after: np.linalg.norm(after) / np.linalg.norm(before),
        ),
    ],
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
    reference=lambda: usual_rate(5, "relu"),
    made=True,
    mistakes=[
        Mistake(
            "With this rate the median is about ten times what is usual. It may work; asked is the rate "
            "that comes nearest to 1e-3.",
            lambda: 10 * usual_rate(5, "relu"),
        ),
        Mistake(
            "1e-3 is the ratio of step to weight you are looking for, no learning rate. With this rate the "
            "weights move by less than a tenth of that: look where the median line lies.",
            lambda: 1e-3,
        ),
        Mistake(
            "The smallest rate is not the safest: with steps of a few millionths of the weights, training "
            "would take for ever.",
            lambda: RATES[0],
        ),
        Mistake(
            "The largest rate moves the weights by about their own size, or tears them apart.",
            lambda: RATES[-1],
        ),
    ],
)


def suspect(loss_start, guess, dead, ratio, update):
    """The checks in the order of the chapter; what comes first can cause what comes after."""
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 1e-1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


def numb(*args, skip):
    """The same without one of the checks."""
    healthy = {"dead": (2, 0.0), "ratio": (3, 1.0), "start": (0, args[1]), "update": (4, 1e-3)}
    at, value = healthy[skip]
    return suspect(*args[:at], value, *args[at + 1 :])


def suspect_cases(rng):
    guess = np.log(10)
    yield Case("nothing is wrong", 2.4, guess, 0.05, 0.6, 1e-3)
    yield Case("a start at 40", 40.0, guess, 0.1, 2.0, 0.5)
    yield Case("nine in ten units dead, and no gradient below them", 2.3, guess, 0.9, 1e-9, 1e-6)
    yield Case("a gradient of a billionth", 2.3, guess, 0.0, 1e-9, 1e-7)
    yield Case("a gradient of a million, and large steps", 2.6, guess, 0.0, 1e6, 0.9)
    yield Case("steps as long as the weights", 2.4, guess, 0.1, 0.8, 1.2)
    yield Case("steps of a ten millionth", 2.4, guess, 0.1, 0.8, 1e-7)


add(
    "practice.suspect",
    "A method, as a function",
    level=2,
    reference=suspect,
    cases=lambda rng: list(suspect_cases(rng)),
    mistakes=[
        Mistake(
            "You ask for the learning rate first. Steps are too small *because* the gradient has vanished: "
            "what lies nearer to the data is to be ruled out first.",
            lambda *args: (
                "learning rate too large"
                if args[4] > 1e-1
                else "learning rate too small"
                if args[4] < 1e-5
                else suspect(*args)
            ),
        ),
        Mistake(
            "You ask for the gradient before the units. Behind dead units nothing arrives, so the gradient "
            "is a symptom there, not the cause.",
            lambda *args: (
                numb(*args, skip="dead")
                if numb(*args, skip="dead") != "healthy"
                else suspect(*args)
            ),
        ),
        Mistake(
            "Exploding gradients are missing: a ratio above 1e3 is as ill as one below 1e-3.",
            lambda *args: numb(*args, skip="ratio") if args[3] > 1e3 else suspect(*args),
        ),
        Mistake(
            "The loss at the start is compared with a fixed number, or not at all: knowing nothing costs "
            "`guess`, and three times that is too much.",
            lambda *args: numb(*args, skip="start"),
        ),
    ],
)


add(
    "practice.accumulate",
    "Twice backward",
    level=1,
    reference=12.0,
    mistakes=[
        Mistake(
            "6 is the gradient once. backward() adds to .grad, and nobody has zeroed it between the calls.",
            6.0,
        ),
        Mistake(
            "36 multiplies the two gradients. They are added: 6 + 6.",
            36.0,
        ),
        Mistake(
            "9 is the loss. Its derivative by w is 2 w, and it is added twice.",
            9.0,
        ),
        Mistake(
            "18 adds the losses. The gradients are added, and each is 2 w.",
            18.0,
        ),
    ],
)


def clean_run(x, t, lr, batch, epochs, seed, *, faults=()):
    """A training script, and the same with some of the faults of the exercise left in."""
    rng = np.random.default_rng(seed)
    if "scale" not in faults:
        x = x / 16
    net = mlp(64, 10, depth=2, width=32, activation="relu", rng=rng)
    loss = SoftmaxCrossEntropy()
    summed = np.zeros_like(net.grad)
    order = np.arange(len(x))
    for _ in range(epochs):
        if "order" not in faults:
            order = rng.permutation(len(x))
        for start in range(0, len(x), batch):
            rows = order[start : start + batch]
            loss_and_grad(net, loss, x[rows], t[rows])
            summed = summed + net.grad if "zero" in faults else net.grad
            net.theta -= lr * summed * (-1 if "sign" in faults else 1)
    return net.theta.copy()


def script_cases(rng):
    digits = datasets.digits()
    x, t = np.round(digits.x[:64] * 16), digits.t[:64]
    yield Case("64 digits, one epoch", x, t, 0.05, 64, 1, 0)
    yield Case("60 digits, three epochs in batches of 16", x[:60], t[:60], 0.05, 16, 3, 1)


def left_in(*faults):
    return lambda x, t, lr, batch, epochs, seed: clean_run(
        x, t, lr, batch, epochs, seed, faults=faults
    )


add(
    "practice.script",
    "Repair a training script",
    level=3,
    reference=clean_run,
    call=lambda answer, x, t, lr, batch, epochs, seed: answer(x, t, lr, batch, epochs, seed),
    cases=lambda rng: list(script_cases(rng)),
    rtol=1e-5,
    mistakes=[
        Mistake(
            "Nothing is mended yet. Compare the script with the chapter's loop line by line; there are three "
            "faults.",
            left_in("scale", "order", "zero"),
        ),
        Mistake(
            "One fault is left: the pixels run from 0 to 16. Divide them by 16 before they go in.",
            left_in("scale"),
        ),
        Mistake(
            "One fault is left: the gradients of all steps so far are added up. After the update, begin "
            "again from zero.",
            left_in("zero"),
        ),
        Mistake(
            "One fault is left: the samples come in the same order in every epoch. Draw a new permutation in "
            "each, with rng.permutation.",
            left_in("order"),
        ),
        Mistake(
            "Two faults are left, the scale of the pixels and the gradients that pile up.",
            left_in("scale", "zero"),
        ),
        Mistake(
            "Two faults are left, the scale of the pixels and the order of the samples.",
            left_in("scale", "order"),
        ),
        Mistake(
            "Two faults are left, the gradients that pile up and the order of the samples.",
            left_in("zero", "order"),
        ),
    ],
)
