"""The training loop, as a generator the reader iterates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .losses import Loss, NotFinite
from .network import Network, loss_and_grad
from .optimizers import Optimizer, clip_norm
from .shapes import generator, got, positive, sizes


@dataclass(frozen=True, slots=True)
class Step:
    """One update: its number from 1, its epoch from 1, the loss of its mini-batch before the
    update.

    `ends_epoch` is True for the last step of an epoch: the moment to evaluate. `grad_norm` is the
    gradient's norm before clipping, or None where train does not clip.
    """

    step: int
    epoch: int
    loss: float
    ends_epoch: bool
    grad_norm: float | None = None


class Diverged(RuntimeError):
    """Training was stopped because the loss was no longer a finite number; `steps` is what was
    recorded.
    """

    def __init__(self, message: str, steps: list[Step]):
        super().__init__(message)
        self.steps = steps


def train(
    net: Network,
    loss: Loss,
    opt: Optimizer,
    x: np.ndarray,
    t: np.ndarray,
    *,
    batch: int | None = 32,
    epochs: int = 1,
    clip: float | None = None,
    rng: np.random.Generator | None = None,
) -> Iterator[Step]:
    """Forward, loss, backward, update, again and again; yields a Step after each update.

        for step in train(net, loss, opt, x, t, batch=32, epochs=20, rng=rng):
            if step.ends_epoch:
                print(step.epoch, accuracy(net, x_test, t_test))

    Each epoch visits the samples once in a new random order, the last mini-batch being smaller
    where `batch` does not divide n; batch=None is the whole data set at each step and draws
    nothing. clip limits the gradient's norm. Stop early with `break`. Raises Diverged, which
    keeps the steps recorded, when the loss is not finite; ValueError on sizes that do not fit.
    net.theta stays as the last update left it.
    """
    n = len(x)
    if n == 0 or len(t) != n:
        raise ValueError(
            f"train: x has {n} samples and t {len(t)}; they must pair up, at least one."
        )
    sizes("train", epochs=epochs, batch=n if batch is None else batch)
    if clip is not None:
        positive("train", clip=clip)
    if not isinstance(opt, Optimizer):
        raise TypeError(f"train expects an optimizer such as SGD(lr=0.1); got {got(opt)}.")
    if batch is not None:
        generator("train", rng)
    return _steps(net, loss, opt, x, t, batch, epochs, clip, rng)


def _steps(net, loss, opt, x_all, t_all, batch, epochs, clip, rng) -> Iterator[Step]:
    n, steps = len(x_all), []
    size = n if batch is None else batch
    xs, ts = x_all, t_all
    for epoch in range(1, epochs + 1):
        if batch is not None:  # shuffled once an epoch: a mini-batch is then a slice, not a copy
            order = rng.permutation(n)
            xs, ts = x_all[order], t_all[order]
        for start in range(0, n, size):
            x, t = xs[start : start + size], ts[start : start + size]
            try:
                with np.errstate(over="ignore", invalid="ignore"):  # Diverged says it better
                    value, _ = loss_and_grad(net, loss, x, t)
                    norm = None if clip is None else clip_norm(net.grad, clip)
                    opt.step(net.theta, net.grad)
            except NotFinite as error:
                raise Diverged(_advice(opt, steps, error), steps) from error
            steps.append(Step(len(steps) + 1, epoch, value, start + size >= n, norm))
            yield steps[-1]


def _advice(opt: Optimizer, steps: list[Step], error: NotFinite) -> str:
    done = len(steps)
    rate = opt.rate(max(0, opt.steps - 1))
    past = ""
    if steps:
        past = f"; the loss was {steps[0].loss:.3g} at step 1, {steps[-1].loss:.3g} at step {done}"
    return (
        f"train stopped at step {done + 1}: {error} Learning rate {rate:g}{past}. "
        "Try a learning rate ten times smaller, clip=1.0, or inputs scaled to about unit size. "
        "The steps so far are in this error's `steps`."
    )


def accuracy(net: Network, x: np.ndarray, t: np.ndarray) -> float:
    """The fraction of rows whose largest output is at the label. x: (n, d), t: (n,) labels."""
    if np.ndim(t) != 1 or len(t) != len(x) or len(x) == 0:
        raise ValueError(
            f"accuracy expects one label for each of the {len(x)} rows of x; got t of {got(t)}."
        )
    return float(np.mean(net(x).argmax(axis=1) == t))
