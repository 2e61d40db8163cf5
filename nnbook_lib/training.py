"""The training loop, as an iterator that the reader iterates."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .losses import Loss, NotFinite
from .network import Network, expect_loss, expect_network, loss_and_grad
from .optimizers import Optimizer, clip_norm
from .shapes import generator, got, positive, samples, sizes


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


class Training(Iterator[Step]):
    """What `train` returns: an iterator that takes one step each time it is asked for the next.

    `len` is the number of steps in all, so that tqdm(train(...)) shows how far it is.
    """

    def __init__(self, steps: Iterator[Step], total: int):
        self._steps, self._total, self._begun = steps, total, False

    def __next__(self) -> Step:
        self._begun = True
        return next(self._steps)

    def __len__(self) -> int:
        return self._total

    def __repr__(self) -> str:
        if self._begun:
            return f"<train: {self._total} steps in all>"
        return (
            f"<train: {self._total} steps, none taken yet; iterate over me: "
            "for step in nn.train(...): ...>"
        )

    def __del__(self, warn=warnings.warn):
        if not self._begun:
            warn(
                "train(...) was never iterated, so nothing was trained. "
                "Write for step in nn.train(...): ..., or list(nn.train(...)).",
                RuntimeWarning,
                stacklevel=2,
            )


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
) -> Training:
    """Forward, loss, backward, update, again and again; yields a Step after each update.

        for step in train(net, loss, opt, x, t, batch=32, epochs=20, rng=rng):
            if step.ends_epoch:
                print(step.epoch, accuracy(net, x_test, t_test))

    Each epoch visits the samples once in a new random order, the last mini-batch being smaller
    where `batch` does not divide n; batch=None is the whole data set at each step and draws
    nothing from rng. clip limits the gradient's norm. Stop early with `break`. Raises Diverged,
    which keeps the steps recorded, when the loss is not finite; TypeError or ValueError on what
    does not fit. net.theta stays as the last update left it.

    Nothing is trained before the first step is asked for: train gives an iterator, which warns if
    it is thrown away unused.
    """
    _check(net, loss, opt, batch, epochs, clip, rng)
    n = samples("train", x=x, t=t)
    size = n if batch is None else batch
    steps = _steps(net, loss, opt, x, t, batch, epochs, clip, rng)
    return Training(steps, epochs * -(-n // size))


def _check(net, loss, opt, batch, epochs, clip, rng) -> None:
    expect_network("train", net)
    if net.theta.size == 0:
        raise ValueError(
            "train: the network has no parameters to move. Give it a Dense, or another."
        )
    expect_loss("train", loss)
    if not isinstance(opt, Optimizer):
        raise TypeError(
            f"train expects an optimizer such as SGD(lr=0.1); got {got(opt)}. Create one of nn.SGD, "
            "nn.Momentum, nn.Adam and the others."
        )
    sizes("train", epochs=epochs, batch=1 if batch is None else batch)
    if clip is not None:
        positive("train", clip=clip)
    if batch is not None or rng is not None:
        generator("train", rng)


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
