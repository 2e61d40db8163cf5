"""Exercises on batch normalization, for chapter 5."""

from __future__ import annotations

import functools

import numpy as np

from ... import datasets
from ...losses import SoftmaxCrossEntropy
from ...mlp import mlp
from ...network import Network, loss_and_grad
from ...norm import BatchNorm
from ...optimizers import SGD
from ...training import Diverged, accuracy, train
from ..exercise import Case, Mistake, add

EPS = 1e-5


def x_hat(x, axis=0, eps=EPS):
    return (x - x.mean(axis, keepdims=True)) / np.sqrt(x.var(axis, keepdims=True) + eps)


def batches(rng):
    yield "two samples of one feature", np.array([[1.0], [3.0]])
    yield "five samples, three features", rng.normal(2, 3, (5, 3))
    yield "a feature that hardly varies", rng.normal(0, (1e-3, 1.0), (6, 2))


add(
    "normalization.standardize",
    "Every feature to mean 0 and variance 1",
    level=1,
    reference=x_hat,
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
            "eps is missing. A feature that is the same on the whole batch would give 0/0.",
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
            "One mean and one variance for the whole array. Each feature, a column, has its own.",
            lambda x: (x - x.mean()) / np.sqrt(x.var() + EPS),
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
        Case("one sample", *(np.array(a) for a in ([[5.0]], [2.0], [1.0], [3.0], [4.0]))),
        Case(
            "four samples, three features",
            rng.normal(1, 2, (4, 3)),
            rng.uniform(0.5, 2, 3),
            rng.normal(size=3),
            rng.normal(size=3),
            rng.uniform(0.2, 3, 3),
        ),
    ],
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
            "You divide by the running variance. Take its root.",
            lambda x, gamma, beta, mean, var: gamma * (x - mean) / (var + EPS) + beta,
        ),
        Mistake(
            "beta is added before gamma multiplies. The order is gamma x^ + beta.",
            lambda x, gamma, beta, mean, var: gamma * ((x - mean) / np.sqrt(var + EPS) + beta),
        ),
    ],
)


def moved(mean, var, x, m):
    return mean + m * (x.mean(0) - mean), var + m * (x.var(0, ddof=1) - var)


add(
    "normalization.running",
    "Running averages",
    level=2,
    reference=moved,
    outputs=("mean", "var"),
    cases=lambda rng: [
        Case("from 0 and 1", np.zeros(1), np.ones(1), np.array([[1.0], [3.0]]), 0.1),
        Case(
            "three features",
            rng.normal(size=3),
            rng.uniform(0.5, 2, 3),
            rng.normal(1, 2, (5, 3)),
            0.25,
        ),
    ],
    mistakes=[
        Mistake(
            "Your momentum is turned around: with m = 0.1 the old average keeps nine tenths, and the batch "
            "adds one. (Keras means it the other way. Here it is PyTorch's way.)",
            lambda mean, var, x, m: moved(mean, var, x, 1 - m),
        ),
        Mistake(
            "The variance divides by n. The running one estimates the variance of all data, so it divides "
            "by n - 1.",
            lambda mean, var, x, m: (
                (1 - m) * mean + m * x.mean(0),
                (1 - m) * var + m * x.var(0),
            ),
        ),
        Mistake(
            "You average standard deviations. The running average is of the variance.",
            lambda mean, var, x, m: (
                (1 - m) * mean + m * x.mean(0),
                (1 - m) * var + m * x.std(0, ddof=1),
            ),
        ),
        Mistake(
            "You add m times the batch's values and keep the old ones whole, so they grow for ever. What "
            "the batch gains, the old average loses: 1 - m.",
            lambda mean, var, x, m: (mean + m * x.mean(0), var + m * x.var(0, ddof=1)),
        ),
    ],
)


def scales(rng):
    yield "two samples of one feature", np.array([[1.0], [2.0]]), np.array([[1.0], [3.0]])
    yield "one sample", rng.normal(size=(1, 3)), rng.normal(size=(1, 3))
    yield "five samples, three features", rng.normal(size=(5, 3)), rng.normal(2, 3, (5, 3))


add(
    "normalization.gamma_beta",
    "What gamma and beta learn from",
    level=1,
    reference=lambda dy, x: ((dy * x_hat(x)).sum(0), dy.sum(0)),
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
            "The sum over the batch is missing: gamma and beta have one entry for each feature.",
            lambda dy, x: (dy * x_hat(x), dy),
        ),
        Mistake(
            "dgamma and dbeta are exchanged.",
            lambda dy, x: (dy.sum(0), (dy * x_hat(x)).sum(0)),
        ),
    ],
)


def back(dy, x, gamma, center=True, scale=True):
    """dx of batch normalization; without what comes through the mean or through the scale."""
    xh, dxh = x_hat(x), dy * gamma
    dx = dxh - center * dxh.mean(0) - scale * xh * (dxh * xh).mean(0)
    return dx / np.sqrt(x.var(0) + EPS)


add(
    "normalization.backward",
    "The whole backward pass",
    level=2,
    reference=back,
    cases=lambda rng: [
        Case(
            "three samples of one feature", np.eye(3)[:, :1], np.array([[1.0], [2.0], [6.0]]), 1.0
        ),
        Case(
            "six samples, four features",
            rng.normal(size=(6, 4)),
            rng.normal(1, 3, (6, 4)),
            rng.uniform(0.5, 2, 4),
        ),
        Case("one sample", rng.normal(size=(1, 3)), rng.normal(size=(1, 3)), np.ones(3)),
    ],
    mistakes=[
        Mistake(
            "You treat mean and variance as constants. They depend on every x of the batch, and each of "
            "these ways carries gradient: the favorite mistake. One sample alone shows it, since its "
            "gradient must be 0.",
            lambda dy, x, gamma: back(dy, x, gamma, False, False),
        ),
        Mistake(
            "What comes through the mean is missing: subtract the mean of dx_hat over the batch.",
            lambda dy, x, gamma: back(dy, x, gamma, center=False),
        ),
        Mistake(
            "What comes through the variance is missing: subtract x_hat times the mean of dx_hat * x_hat.",
            lambda dy, x, gamma: back(dy, x, gamma, scale=False),
        ),
        Mistake(
            "gamma is missing: the gradient passes it first, dx_hat = dy * gamma.",
            lambda dy, x, gamma: back(dy, x, np.ones_like(gamma)),
        ),
        Mistake(
            "The last factor is missing: x_hat is x divided by the standard deviation; so is its gradient.",
            lambda dy, x, gamma: back(dy, x, gamma) * np.sqrt(x.var(0) + EPS),
        ),
        Mistake(
            "You use x where x_hat belongs. What comes through the variance is what would only stretch "
            "the normalized values, so both x in that term are normalized ones.",
            lambda dy, x, gamma: (
                (dy * gamma - (dy * gamma).mean(0) - x * (dy * gamma * x).mean(0))
                / np.sqrt(x.var(0) + EPS)
            ),
        ),
        Mistake(
            "The last term has the wrong sign. Mean and variance take something away from dx_hat: both "
            "are subtracted.",
            lambda dy, x, gamma: 2 * back(dy, x, gamma, scale=False) - back(dy, x, gamma),
        ),
        Mistake(
            "The means run over all numbers of the batch at once. Each feature has its own mean and "
            "variance: take the means over axis 0.",
            lambda dy, x, gamma: (
                (dy * gamma - np.mean(dy * gamma) - x_hat(x) * np.mean(dy * gamma * x_hat(x)))
                / np.sqrt(x.var(0) + EPS)
            ),
        ),
        Mistake(
            "You subtract sums where means belong: each x has a share of 1/n in the mean.",
            lambda dy, x, gamma: (
                (dy * gamma - (dy * gamma).sum(0) - x_hat(x) * (dy * gamma * x_hat(x)).sum(0))
                / np.sqrt(x.var(0) + EPS)
            ),
        ),
    ],
)


@functools.cache
def gradient_ratio() -> float:
    """||dL/dW|| with W doubled over ||dL/dW||, where batch normalization follows, eps almost 0."""
    rng = np.random.default_rng(0)
    net = mlp(6, 3, depth=1, width=8, norm="batch", rng=rng)
    x, t = rng.normal(size=(20, 6)), np.arange(20) % 3
    first, norm = net.layers[0], net.layers[1]
    norm.eps = 1e-30
    sizes = []
    for _ in range(2):
        loss_and_grad(net, SoftmaxCrossEntropy(), x, t)
        sizes.append(np.linalg.norm(first.dW))
        first.W *= 2
    return round(sizes[1] / sizes[0], 6)


add(
    "normalization.length",
    "A weight without a length",
    level=1,
    reference=gradient_ratio,
    made=True,
    mistakes=[
        Mistake(
            "The output stays the same, but the slope does not: to change the output as much as before, W "
            "must now move twice as far.",
            lambda: 1.0,
        ),
        Mistake(
            "Turned around. W is twice as long, so the same step turns it half as far.",
            lambda: 2.0,
        ),
        Mistake(
            "1/4 is the factor of the *turn*: the gradient is half as large, and it meets a W twice as "
            "long. Asked is the gradient itself.",
            lambda: 0.25,
        ),
    ],
)

RATES = (0.01, 0.1, 1.0, 10.0)


@functools.cache
def learned(depth: int, activation: str, lr: float, norm: str) -> tuple[np.ndarray, float]:
    """The losses of 64 steps of SGD on 512 digits, and the accuracy on the test digits."""
    digits = datasets.digits()
    x, t = digits.x[:512], digits.t[:512]
    net: Network = mlp(
        64,
        10,
        depth=depth,
        width=24,
        activation=activation,
        norm=None if norm == "none" else norm,
        rng=np.random.default_rng(0),
    )
    losses = []
    try:
        for step in train(
            net,
            SoftmaxCrossEntropy(),
            SGD(lr),
            x,
            t,
            batch=64,
            epochs=8,
            rng=np.random.default_rng(1),
        ):
            losses.append(step.loss)
    except Diverged:
        return np.array(losses), 0.0
    with np.errstate(all="ignore"):
        return np.array(losses), accuracy(net, digits.x_test, digits.t_test)


def largest_rate(norm: str) -> float:
    """The largest of RATES with which a ReLU network of depth 8 gets more than 40 % right."""
    return max(lr for lr in RATES if learned(8, "relu", lr, norm)[1] > 0.4)


add(
    "normalization.rates",
    "How much more can it take?",
    level=1,
    reference=lambda: largest_rate("batch") / largest_rate("none"),
    made=True,
    mistakes=[
        Mistake(
            "Turned around: you divided the plain network's rate by the normalized one's.",
            lambda: largest_rate("none") / largest_rate("batch"),
        ),
        Mistake(
            "That is the difference of the two rates. Rates are compared by their ratio.",
            lambda: largest_rate("batch") - largest_rate("none"),
        ),
        Mistake(
            "With 10 the loss falls at times, and the test accuracy stays near 20 %: look at the caption for "
            "each rate.",
            lambda: 10.0 / largest_rate("none"),
        ),
        Mistake(
            "You compared at one rate. Find the largest useful one for each network: set norm, then move lr.",
            lambda: 1.0,
        ),
    ],
)


def use_layer(layer_class, x, dy, later):
    """A learner's layer for x's width: forward, backward and track in training, then evaluation."""
    layer = layer_class(x.shape[1])
    layer.gamma += 0.5
    layer.beta -= 0.25
    means = [np.array(layer.running_mean)]

    def look(result):
        means.append(np.array(layer.running_mean))
        return result

    y, saved = look(layer.forward(x, train=True))
    dx = look(layer.backward(dy, saved))
    look(layer.track(saved))
    dx = dx + layer.backward(dy, layer.forward(x, train=True)[1])  # gradients add up
    evaluated, saved = layer.forward(later, train=False)
    dgamma, later_dx = np.array(layer.dgamma), layer.backward(later, saved)
    return y, dx, np.diff(means, axis=0), dgamma, evaluated, later_dx


class Forgetful(BatchNorm):
    """Sets its gradients instead of adding to them."""

    def backward(self, dy, saved):
        self.zero_grad()
        return super().backward(dy, saved)


class AlwaysTraining(BatchNorm):
    """Uses the batch in evaluation too."""

    def forward(self, x, train=False):
        return super().forward(x, train=True)


class NeverTracking(BatchNorm):
    """Keeps no running averages."""

    def track(self, saved): ...


class Impure(NeverTracking):
    """Moves its running averages in forward."""

    def forward(self, x, train=False):
        y, saved = super().forward(x, train)
        BatchNorm.track(self, saved)
        return y, saved


class TracksInBackward(NeverTracking):
    """Moves its running averages in backward."""

    def backward(self, dy, saved):
        BatchNorm.track(self, saved)
        return super().backward(dy, saved)


class EvalBackward(BatchNorm):
    """Takes the training formula backward in evaluation."""

    def backward(self, dy, saved):
        return super().backward(dy, (*saved[:2], (None, None, len(dy))))


add(
    "normalization.layer",
    "A layer of your own",
    level=3,
    reference=BatchNorm,
    call=use_layer,
    outputs=("y", "dx", "steps of running_mean", "dgamma", "y in evaluation", "dx in evaluation"),
    cases=lambda rng: [
        Case(
            f"{n} samples, {d} features",
            rng.normal(1, 2, (n, d)),
            rng.normal(size=(n, d)),
            rng.normal(size=(later, d)),
        )
        for n, d, later in ((5, 2, 3), (8, 4, 1))
    ],
    mistakes=[
        Mistake(
            "Your layer sets dgamma and dbeta. It must add to them, so that a layer used twice collects "
            "both shares: self.dgamma += ...",
            Forgetful,
        ),
        Mistake(
            "In evaluation your layer still takes mean and variance of the batch. With train=False it uses "
            "the running averages.",
            AlwaysTraining,
        ),
        Mistake(
            "The running averages never move. In training they follow each batch: move them in track.",
            NeverTracking,
        ),
        Mistake(
            "Your forward moves the running averages. In this library forward is pure, so that looking at a "
            "network does not change it: move them in track.",
            Impure,
        ),
        Mistake(
            "Your backward moves the running averages, so a pass that is played back twice would move them "
            "twice. Backward only adds to the gradients: move them in track.",
            TracksInBackward,
        ),
        Mistake(
            "In evaluation, mean and variance are constants, and dx is only dy gamma / sqrt(var + eps). "
            "Your backward takes the formula of training.",
            EvalBackward,
        ),
    ],
)
