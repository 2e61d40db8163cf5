"""The course of a training run: what was measured on the way, to be looked at afterwards.

course = record(net, loss, SGD(lr=0.1), x, t, x_test, t_test, epochs=5, seed=0)
course.losses, course.delta["after"], ...
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..losses import Loss, NotFinite
from ..network import Network, loss_and_grad
from ..optimizers import Optimizer
from ..tape import Tape
from ..training import Diverged, train
from . import diagnostics

ROWS = 128  # of the training data, on which layers are looked at
Profile = dict[str, np.ndarray]  # one number a layer, at two moments of the training
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class Course:
    """What `record` saw.

    losses: (steps,), of each mini-batch; steps_wanted: how many there should have been.
    right: (epochs + 1, 2), the fraction of training and test rows that are right, from before
    training on. delta: ||dL/du|| by layer; ratios: ||dW|| / ||W|| by layer, of the first and the
    last step; dead, shut: fractions by layer; agreement: see `gradient_agreement`. values: each
    activation's outputs, then the network's. weights: each W, after training. x, t: the first
    rows of the training data.
    """

    losses: np.ndarray
    steps_wanted: int
    right: np.ndarray
    delta: Profile
    ratios: Profile
    dead: Profile
    shut: Profile
    agreement: np.ndarray
    values: dict[str, list[np.ndarray]]
    weights: list[np.ndarray]
    x: np.ndarray
    t: np.ndarray

    @property
    def diverged(self) -> bool:
        """Whether training ended early, at a loss that was no number."""
        return len(self.losses) < self.steps_wanted


def record(
    net: Network,
    loss: Loss,
    opt: Optimizer,
    x: np.ndarray,
    t: np.ndarray,
    x_test: np.ndarray,
    t_test: np.ndarray,
    *,
    batch: int = 32,
    epochs: int = 5,
    clip: float | None = None,
    seed: int,
    guess: Callable[[Network, np.ndarray], np.ndarray] | None = None,
    scored: int | None = None,
    agreement: bool = False,
) -> Course:
    """Train net, and write down what the instruments show. t: labels (n,).

    guess(net, x) -> labels (n,) is how the network is asked, by default its largest output;
    scored: on how many of the training rows, where it takes long.
    agreement: whether to compare the gradient with differences, which takes two forward passes
    a number. A loss that is no longer finite ends the run and is recorded as it is.
    """
    guess = guess or (lambda net, x: net(x).argmax(axis=1))

    rows = (x[:scored], t[:scored]), (x_test, t_test)

    def score() -> list[float]:
        return [float(np.mean(guess(net, a) == b)) for a, b in rows]

    with np.errstate(all="ignore"):
        tapes = {BEFORE: watched(net, loss, x[:ROWS], t[:ROWS])}
        cosines = gradient_agreement(net, loss, x[:8], t[:8]) if agreement else np.zeros(0)
        losses, right, ratios, theta = [], [score()], {}, net.theta.copy()
        rng = np.random.default_rng(seed)
        try:
            for step in train(net, loss, opt, x, t, batch=batch, epochs=epochs, clip=clip, rng=rng):
                losses.append(step.loss)
                ratios["last step"] = diagnostics.update_ratios(net, theta)
                ratios.setdefault("first step", ratios["last step"])
                theta = net.theta.copy()
                if step.ends_epoch:
                    right.append(score())
        except Diverged:
            right.append(score())
        tapes[AFTER] = watched(net, loss, x[:ROWS], t[:ROWS])
    seen = {when: tape for when, tape in tapes.items() if tape is not None}
    return Course(
        losses=np.array(losses),
        steps_wanted=epochs * -(-len(x) // batch),
        right=np.array(right),
        delta={when: diagnostics.gradient_norms(tape) for when, tape in seen.items()},
        ratios=dict(sorted(ratios.items())),
        dead={when: diagnostics.dead_units(tape) for when, tape in seen.items()},
        shut={when: _shut(tape) for when, tape in seen.items()},
        agreement=cosines,
        values={when: _values(tape) for when, tape in seen.items()},
        weights=[layer.W.copy() for layer, name in net.parameters() if name == "W"],
        x=x[:10],
        t=t[:10],
    )


def watched(net: Network, loss: Loss, x: np.ndarray, t: np.ndarray) -> Tape | None:
    """The watched tape of one training pass of a copy, or None where the loss is no number."""
    try:
        return loss_and_grad(copy.deepcopy(net), loss, x, t, watch=True)[1]
    except NotFinite:
        return None


def gradient_agreement(
    net: Network, loss: Loss, x: np.ndarray, t: np.ndarray, *, most: int = 24, eps: float = 1e-5
) -> np.ndarray:
    """The cosine between backward's gradient and central differences, for each weight matrix.

    1 where they agree, -1 where the sign is turned. x, t: a few rows. Of each matrix the `most`
    weights with the largest gradient are nudged. Runs on a copy.
    """
    work = copy.deepcopy(net)
    loss_and_grad(work, loss, x, t)
    cosines = []
    for layer, name in work.parameters():
        if name != "W":
            continue
        W, dW = layer.W.reshape(-1), layer.dW.reshape(-1)
        at = np.argsort(-np.abs(dW))[:most]
        nudged = np.empty(len(at))
        for k, i in enumerate(at):
            old = W[i]
            W[i] = old + eps
            above = loss(work.forward(x, True)[0], t)
            W[i] = old - eps
            below = loss(work.forward(x, True)[0], t)
            W[i] = old
            nudged[k] = (above - below) / (2 * eps)
        size = np.linalg.norm(nudged) * np.linalg.norm(dW[at])
        cosines.append(float(nudged @ dW[at] / size) if size > 0 else 0.0)
    return np.array(cosines)


def _values(tape: Tape) -> list[np.ndarray]:
    """The outputs of each activation and, last, of the network; of a cell, of every fourth step."""
    records = diagnostics.activation_records(tape)
    if records[0].layer is records[-1].layer and len(records) > 8:
        records = records[3::4]
    return [r.y for r in records if r is not tape[-1]] + [tape[-1].y]


def _shut(tape: Tape) -> np.ndarray:
    """The saturated fraction by layer, 0 for activations that are not bounded on both sides."""
    ranges = [getattr(r.layer, "interval", (0, 1)) for r in diagnostics.activation_records(tape)]
    return np.where(np.isfinite(ranges).all(axis=1), diagnostics.saturation(tape), 0.0)
