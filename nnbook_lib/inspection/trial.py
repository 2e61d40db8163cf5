"""Short trainings on a copy: does this network learn this batch, and with this remedy?

`diagnose` calls nothing ill that trains well, and reports a cause with a remedy only after trying
it. How far a network has come is said in one number, `learned`: 0 for the loss of the best
constant answer, 1 for the lowest loss that any outputs could have.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace

import numpy as np

from ..losses import BinaryCrossEntropy, Loss, NotFinite, SoftmaxCrossEntropy, SquaredError
from ..network import Network, loss_and_grad
from ..optimizers import Adam, Optimizer

WELL = 0.8  # learned: a batch of 64 rows is known by heart
SOME = 0.2  # learned: on its way
LITTLE = 0.05  # learned: hardly moved
ROWS = 128  # of the batch, for a trial with the reader's optimizer
HEART = 64  # rows to learn by heart
CHEAP = 20_000  # rows x parameters: a step below costs little, so a trial takes more of them
MOST = 17  # times as many, at most


@dataclass(frozen=True)
class Case:
    """What is looked at: a network with its loss, a batch of inputs x and targets t, and the
    optimizer it is meant to be trained with, or None.
    """

    net: Network
    loss: Loss
    x: np.ndarray
    t: np.ndarray
    opt: Optimizer | None = None

    def rows(self, count: int) -> Case:
        """The case on `count` of its rows, the same ones every time; all of them if it has fewer."""
        if len(self.x) <= count:
            return self
        mine = np.random.default_rng(0).permutation(len(self.x))[:count]
        return replace(self, x=self.x[mine], t=self.t[mine])

    def at_rate(self, lr: float) -> Case:
        """The case with its optimizer at this constant rate."""
        return replace(self, opt=fresh(self.opt, lr))


class Yardstick:
    """What a loss can be on these targets: `guess` by the best constant answer, `best` by any."""

    def __init__(self, loss: Loss, y: np.ndarray, t: np.ndarray):
        self.guess, self.best = guess(loss, y, t), best(loss, y, t)

    def learned(self, value: float) -> float:
        """0 where the loss is a guess's, 1 where it cannot be lower; minus infinity if it is none."""
        known = self.guess - self.best
        if not np.isfinite(value):
            return -np.inf
        return (self.guess - value) / known if known > 1e-12 * abs(self.guess) else 0.0


@dataclass(frozen=True)
class Trial:
    """How a training went: its losses, each before its step, and how much was `learned`."""

    losses: np.ndarray
    learned: float
    net: Network

    @property
    def exploded(self) -> bool:
        """Whether the loss left the range of numbers, or rose and stayed above where it began."""
        last = self.losses[-5:].mean()
        return (
            not np.isfinite(last)
            or last > 1.05 * self.losses[0]
            or self.losses.max() > 1e6 * abs(self.losses[0])
        )


def trial(case: Case, steps: int) -> Trial:
    """Train a copy of the network with case.opt on its rows until it knows them WELL.

    For `steps` steps; for more where a step costs next to nothing, up to MOST times as many: four
    rows of XOR take thousands.
    """
    work, losses = copy.deepcopy(case.net), []
    measure = Yardstick(case.loss, work(case.x[:1]), case.t)
    enough = measure.guess - WELL * (measure.guess - measure.best)
    size = len(case.x) * max(1, work.theta.size)
    most = steps * int(np.clip(CHEAP / size, 1, MOST))
    opt = fresh(case.opt)
    while len(losses) < most and not (len(losses) >= 5 and np.mean(losses[-5:]) <= enough):
        try:
            losses.append(loss_and_grad(work, case.loss, case.x, case.t)[0])
        except NotFinite:
            losses.append(np.inf)
            break
        if not goes_on(opt):
            break
        opt.step(work.theta, work.grad)
    now = min(np.mean(losses[-5:]), _evaluated(work, case))
    return Trial(np.array(losses), measure.learned(now), work)


def by_heart(case: Case, steps: int) -> Trial:
    """The better of two trials with Adam, at 0.01 and 0.001, on 64 rows: what could be learned."""
    case, best = case.rows(HEART), None
    for lr in (0.01, 0.001):
        new = trial(replace(case, opt=Adam(lr)), steps)
        best = new if best is None or new.learned > best.learned else best
        if best.learned >= WELL:
            break
    return best


def fresh(opt: Optimizer, lr: float | None = None) -> Optimizer:
    """The same method from its start; at another rate, if one is given."""
    opt = copy.deepcopy(opt)
    opt.reset()
    if lr is not None:
        opt.lr = lr
    return opt


def goes_on(opt: Optimizer) -> bool:
    """Whether its schedule has a rate for the next step: a run may be planned shorter than a trial."""
    try:
        return opt.rate(opt.steps) > 0
    except (IndexError, ValueError):
        return False


def guess(loss: Loss, y: np.ndarray, t: np.ndarray) -> float:
    """The loss of the best constant answer: the targets' mean, or the frequencies of the classes."""
    k = y.shape[1]
    if type(loss) is SoftmaxCrossEntropy:
        p = np.bincount(t, minlength=k) / len(t) if t.ndim == 1 else t.mean(axis=0)
        c = np.log(np.maximum(_weighed(loss.weight, p), 1e-20))
    elif type(loss) is BinaryCrossEntropy:
        p = np.clip(t.mean(axis=0), 1e-9, 1 - 1e-9)
        c = np.log(_weighed(loss.pos_weight, p) / (1 - p))
    elif type(loss) is SquaredError:
        c = t.mean(axis=0)
    else:
        return _descended(loss, np.zeros((1, k)), t)
    return loss(np.tile(c, (len(t), 1)), t)


def best(
    loss: Loss, y: np.ndarray, t: np.ndarray, low: float = -np.inf, high: float = np.inf
) -> float:
    """The lowest loss of outputs between low and high; above 0 where t are probabilities."""
    if type(loss) is SquaredError:
        p = t
    elif type(loss) is SoftmaxCrossEntropy:
        p = t if t.ndim == 2 else np.eye(y.shape[1])[t]
        p = np.clip(_weighed(loss.weight, p), 1e-20, None)
        p = np.log(p / p.max(axis=1, keepdims=True)) + min(high, 50)
    elif type(loss) is BinaryCrossEntropy:
        p = np.clip(_weighed(loss.pos_weight, t), 1e-20, None)
        p = np.log(p / np.clip(1 - t, 1e-20, None))
    else:
        return _descended(loss, np.zeros((len(t), y.shape[1])), t)
    return loss(np.clip(p, low, high).astype(float), t)


def _weighed(weight: np.ndarray | None, p: np.ndarray) -> np.ndarray:
    """Frequencies times what a loss makes each of them count."""
    return p if weight is None else weight * p


def classes(t: np.ndarray) -> np.ndarray:
    """Labels (n,) of targets that are labels, one column of 0 and 1, or a row for each class."""
    if t.ndim == 1:
        return t.astype(int)
    return (t[:, 0] > 0.5).astype(int) if t.shape[1] == 1 else t.argmax(axis=1)


def _descended(loss: Loss, c: np.ndarray, t: np.ndarray) -> float:
    """The lowest loss that Adam finds for outputs c, of all rows alike where c has one row.

    For losses of which no more is known than that they have a gradient.
    """
    size = np.abs(t).max() if isinstance(t, np.ndarray) and t.dtype.kind in "fiu" else 1.0
    opt, found = Adam(0.03 * max(1.0, float(size))), np.inf
    for _ in range(300):
        try:
            value, saved = loss.forward(np.broadcast_to(c, (len(t), c.shape[1])).copy(), t)
        except NotFinite:
            break
        found = min(found, value)
        dy = loss.backward(saved)
        opt.step(c, dy.sum(axis=0, keepdims=True) if len(c) == 1 else dy)
    return found


def _evaluated(net: Network, case: Case) -> float:
    try:
        return case.loss(net(case.x), case.t)
    except NotFinite:
        return np.inf
