"""A training script under observation: which batches it shows a network, and what its steps are.

    seen = observed(training_script)
    seen.pixels, seen.epochs, seen.steps

The ten samples are one digit of each class, so a label tells which sample it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np

from ... import datasets
from ...losses import NotFinite, SoftmaxCrossEntropy
from ...mlp import mlp
from ...network import Network, loss_and_grad

RATE, BATCH, EPOCHS, SAMPLES = 0.02, 4, 6, 10
PER_EPOCH = -(-SAMPLES // BATCH)  # batches, the last of them smaller


class Watched(Network):
    """A network that keeps the last batch it was shown, and the parameters it had then."""

    def forward(self, x, train=False, watch=False):
        """As Network's."""
        self.last = np.array(x), self.theta.copy()
        return super().forward(x, train, watch)


class WatchedLoss(SoftmaxCrossEntropy):
    """A loss that notes (x, t, theta) of every batch whose gradient is asked for."""

    def __init__(self, net: Watched):
        super().__init__()
        self.net, self.noted = net, []

    def forward(self, y, t):
        """As SoftmaxCrossEntropy's."""
        x, theta = self.net.last
        value, saved = super().forward(y, t)
        return value, (saved, (x, np.array(t), theta))

    def backward(self, saved):
        """As SoftmaxCrossEntropy's."""
        saved, batch = saved
        self.noted.append(batch)
        return super().backward(saved)


def one_of_each() -> tuple[np.ndarray, np.ndarray]:
    """Ten digits, one of each class, with pixels from 0 to 16."""
    digits = datasets.digits()
    rows = [int(np.flatnonzero(digits.t == k)[0]) for k in range(SAMPLES)]
    return np.round(digits.x[rows] * 16), digits.t[rows].copy()


class Seen:
    """What a script did: `batches`, a list of (x, t, theta), `end`, the parameters it left behind,
    and `changed`, whether it wrote into the data.
    """

    def __init__(self, script: Callable, net: Network, batches: list, changed: bool):
        self.script, self.net, self.batches, self.changed = script, net, batches, changed
        self.end = net.theta.copy()

    @cached_property
    def repeats(self) -> bool:
        """Whether it does the same when it runs again."""
        return np.array_equal(self.end, observed(self.script).end)

    @cached_property
    def largest(self) -> list[float]:
        """The largest pixel of each epoch."""
        sizes = [float(np.abs(x).max()) for x, _, _ in self.batches]
        return [max(sizes[i : i + PER_EPOCH]) for i in range(0, len(sizes), PER_EPOCH)]

    @cached_property
    def scaled(self) -> bool:
        """Whether the pixels reach the network with about unit size."""
        return 0.5 <= min(self.largest) and max(self.largest) <= 4

    @cached_property
    def epochs(self) -> list[list[list[int]]]:
        """The labels of each batch, epoch by epoch: [[[3, 1, 0, 2], ...], ...]."""
        labels = [np.ravel(t).tolist() for _, t, _ in self.batches]
        return [labels[i : i + PER_EPOCH] for i in range(0, len(labels), PER_EPOCH)]

    @cached_property
    def complete(self) -> bool:
        """Whether every epoch shows every sample once."""
        shown = [sorted(chain(*epoch)) for epoch in self.epochs]
        return len(shown) > 0 and all(one == list(range(SAMPLES)) for one in shown)

    @cached_property
    def together(self) -> bool:
        """Whether each image comes with its own label, however its pixels were scaled."""
        rows, labels = (np.concatenate([batch[k] for batch in self.batches]) for k in (0, 1))
        own = one_of_each()[0][labels.astype(int)]  # each column is shifted and scaled, at most
        rows, own = rows - rows.mean(axis=0), own - own.mean(axis=0)
        fit = (rows * own).sum(axis=0) / np.maximum((own * own).sum(axis=0), 1e-12)
        return bool(np.allclose(rows, fit * own, atol=1e-6 * max(1.0, np.abs(rows).max())))

    @cached_property
    def mixes(self) -> bool:
        """Whether the batches of the epochs are made of other samples."""
        made = {frozenset(frozenset(batch) for batch in epoch) for epoch in self.epochs}
        return len(made) > EPOCHS // 2

    @cached_property
    def in_given_order(self) -> bool:
        """Whether each epoch runs through the samples as they stand in the data."""
        return all(list(chain(*epoch)) == list(range(SAMPLES)) for epoch in self.epochs)

    @cached_property
    def same_batches(self) -> bool:
        """Whether the same batches come in every epoch, in whatever order."""
        made = {frozenset(frozenset(batch) for batch in epoch) for epoch in self.epochs}
        return len(made) == 1

    @cached_property
    def steps(self) -> np.ndarray:
        """(number of steps, parameters): how far the parameters moved behind each batch."""
        thetas = [theta for _, _, theta in self.batches] + [self.end]
        return np.diff(thetas, axis=0)

    @cached_property
    def gradients(self) -> np.ndarray:
        """(number of steps, parameters): the gradient of each batch."""
        found, end = [], self.net.theta.copy()
        for x, t, theta in self.batches:
            self.net.theta = theta
            loss_and_grad(self.net, SoftmaxCrossEntropy(), x, t)
            found.append(self.net.grad.copy())
        self.net.theta = end
        return np.array(found)

    def steps_are(self, wanted: np.ndarray) -> bool:
        """Whether each step is -RATE times the row of `wanted`."""
        size = float(np.abs(wanted).max()) * RATE
        return bool(np.allclose(self.steps, -RATE * wanted, rtol=1e-5, atol=1e-7 * size))


def observed(script: Callable[..., Any], seed: int = 0) -> Seen:
    """Run the script on the ten digits. NotImplementedError if it is `...`."""
    net = Watched(*mlp(64, SAMPLES, depth=2, width=8, rng=np.random.default_rng(3)).layers)
    loss, (x, t) = WatchedLoss(net), one_of_each()
    given = x.copy(), t.copy()
    result = script(net, loss, *given, RATE, BATCH, EPOCHS, np.random.default_rng(seed))
    if result is Ellipsis:
        raise NotImplementedError
    changed = not (np.array_equal(given[0], x) and np.array_equal(given[1], t))
    return Seen(script, net, loss.noted, changed)


def training_script(net, loss, x, t, lr, batch, epochs, rng, *, faults=()):
    """The script of the exercise, mended; the same with some of its faults left in, or others put
    in their place.
    """
    x = x if "scale" in faults else x / 255 if "255" in faults else x / 16
    x = (x - x.mean(axis=0)) / x.std(axis=0) if "nan" in faults else x
    order = rng.permutation(len(x)) if "once" in faults else np.arange(len(x))
    grad = np.zeros_like(net.grad)
    for _ in range(epochs):
        x = x / 16 if "again" in faults else x
        if not {"order", "once", "blocks"} & set(faults):
            order = rng.permutation(len(x))
        starts = np.arange(0, len(x) - (batch - 1) * ("last" in faults), batch)
        starts = rng.permutation(starts) if "blocks" in faults else starts
        if "epoch" in faults:
            grad = np.zeros_like(grad)
        for start in starts:
            rows = order[start : start + batch]
            if "drawn" in faults:
                rows = rng.integers(0, len(x), len(rows))
            labels = t[start : start + batch] if "labels" in faults else t[rows]
            loss_and_grad(net, loss, x[rows], labels)
            grad = grad + net.grad if {"zero", "epoch"} & set(faults) else net.grad
            net.theta -= lr * grad * (-1 if "sign" in faults else 1)
    return net


def shows_no_numbers(script) -> bool:
    """Whether the network is shown NaN or infinity."""
    net = Watched(*mlp(64, SAMPLES, depth=2, width=8, rng=np.random.default_rng(3)).layers)
    try:
        with np.errstate(all="ignore"):
            script(net, WatchedLoss(net), *one_of_each(), RATE, BATCH, 1, np.random.default_rng(0))
    except NotFinite:
        return not np.isfinite(net.last[0]).all()
    return False


def does(faulty):
    """Whether a script does something, as its observation shows."""
    return lambda script: faulty(observed(script))


def left_in(*faults):
    """The script with these faults."""
    return lambda *given: training_script(*given, faults=faults)


def sums(gradients, since=0):
    """What adding up gives: the sum of all gradients, or of those since the last multiple."""
    if not since:
        return np.cumsum(gradients, axis=0)
    return np.concatenate(
        [np.cumsum(gradients[i : i + since], axis=0) for i in range(0, len(gradients), since)]
    )
