"""One of the two networks while it trains."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..losses import SoftmaxCrossEntropy
from ..training import Diverged, Step, train
from .experiment import Settings
from .making import Data, inputs, labels, network, optimizer

EPOCHS = 1000  # of one call of train, which keeps each of its steps; then the next begins


def right(y: np.ndarray, t: np.ndarray) -> float:
    """The fraction of rows whose outputs y are right; NaN where one is no number."""
    return float((y.argmax(axis=1) == t).mean()) if np.isfinite(y).all() else np.nan


class Learner:
    """A network with its optimizer, on its rows: `x, t` as it gets them, `x_test, t_test` beside.

    `steps` are those it has taken, `before` its theta before the last of them, and `stopped` says in
    words why it takes no more; "" while it does.
    """

    def __init__(self, own: Settings, data: Data):
        self.own, self.data = own, data
        self.change = inputs(own["inputs"], data.x)
        self.x, self.t = self.change(data.x), labels(data.t, own["shuffled"])
        self.x_test, self.t_test = self.change(data.x_test), data.t_test
        self.net, self.loss = network(own, data.x.shape[1], data.classes), SoftmaxCrossEntropy()
        self.opt = optimizer(own)
        self.steps, self.stopped = 0, ""
        self.before: np.ndarray | None = None
        self._order = np.random.default_rng(own["seed"])
        self._course: Iterator[Step] = iter(())

    def step(self) -> None:
        """Take one step, unless it has stopped."""
        if self.stopped:
            return
        before = self.net.theta.copy()
        try:
            with np.errstate(all="ignore"):
                if next(self._course, None) is None:  # the first one, or the next thousand epochs
                    self._course = self._begun()
                    next(self._course)
        except Diverged:
            self.stopped = self._why()
            return
        self.before, self.steps = before, self.steps + 1

    def _why(self) -> str:
        """Where it stops, and what to try."""
        tries = ["a learning rate ten times smaller"]
        tries += ["weights suited to the activation"] * (self.own["init"] in ("large", "zeros"))
        tries += ["inputs of about unit size"] * (self.own["inputs"] in ("times 100", "stretched"))
        tries += ["the gradient’s norm at most 1"] * (self.own["clip"] is None)
        rate = self.opt.rate(max(0, self.opt.steps - 1))
        return (
            f"Stopped at step {self.steps + 1}: the outputs have grown beyond all numbers, at a learning"
            f" rate of {rate:g}. Try {' or '.join(tries)}."
        )

    def right(self) -> float:
        """The fraction of the training rows that it has right; NaN where its outputs are no numbers."""
        with np.errstate(all="ignore"):
            return right(self.net(self.x), self.t)

    def _begun(self) -> Iterator[Step]:
        own = self.own
        return train(
            *(self.net, self.loss, self.opt, self.x, self.t),
            batch=own["batch"],
            epochs=EPOCHS,
            clip=own["clip"],
            rng=self._order,
        )
