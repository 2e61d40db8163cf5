"""What is seen of two networks at one moment of their training: numbers, ready to be drawn."""

from __future__ import annotations

import base64
import copy
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..inspection import diagnostics
from ..losses import NotFinite
from ..network import loss_and_grad
from .learner import Learner, right

PROBE = 300  # rows of the training set on which the layers are measured
FINE, COARSE = 60, 30  # squares a side of the surface
MUCH = 20_000  # parameters from which on it is coarse
SHOWN = 24  # test images whose answers are seen
NONE = (None, np.nan)  # no answer
MARGIN = 0.15  # of the data's extent, around it


@dataclass(frozen=True)
class Side:
    """One network after `step` steps. One that has stopped is what was last seen of it, and has `taken`
    a few steps more.

    loss and accuracy are those of all training rows, in evaluation; test is the accuracy on the test
    rows. delta, update, dead, flat and spread have a number for each layer, first to last: ||dL/du||
    of the weight layers, ||change|| / ||W|| of the last step, the fraction of units that are dead,
    the fraction of entries where the slope is below 5 % of its steepest, and the standard deviation
    of the activations. Numbers that are none are NaN. surface: (n, n) bytes, from 0, sure of class
    0, to 255, sure of class 1, its first row the top; or else answers: (label, probability) for each
    image shown, (None, NaN) where it gives no number.
    """

    step: int
    taken: int
    rate: float
    stopped: str
    loss: float
    accuracy: float
    test: float
    delta: np.ndarray
    update: np.ndarray | None
    dead: np.ndarray
    flat: np.ndarray
    spread: np.ndarray
    surface: np.ndarray | None
    answers: tuple[tuple[int | None, float], ...] | None

    @property
    def share(self) -> float:
        """||delta|| of the first layer by that of the last: what arrives of the gradient."""
        return float(self.delta[0] / self.delta[-1]) if self.delta[-1] > 0 else np.nan

    @property
    def course(self) -> tuple[float, float, float]:
        """loss, accuracy and test, as a curve has them: NaN once the network has stopped."""
        return (np.nan,) * 3 if self.stopped else (self.loss, self.accuracy, self.test)

    def as_json(self) -> dict[str, Any]:
        """The side for a page: numbers that are none as null, the surface in base64."""
        told = {
            name: _plain(value) for name, value in vars(self).items() if name not in ("surface",)
        }
        surface = None if self.surface is None else base64.b64encode(self.surface.tobytes())
        return told | {
            "stopped": self.stopped or None,
            "surface": surface and surface.decode(),
            "side": 0 if self.surface is None else len(self.surface),
        }


@dataclass(frozen=True)
class Moment:
    """Both networks after `step` steps, or where they stopped."""

    step: int
    a: Side
    b: Side

    @property
    def sides(self) -> tuple[Side, Side]:
        """A and B."""
        return self.a, self.b


def look(learner: Learner) -> Side:
    """What is seen of a network as it stands. It stays as it is: what moves it moves a copy."""
    with np.errstate(all="ignore"):
        y, y_test = learner.net(learner.x), learner.net(learner.x_test)
        return Side(
            step=learner.steps,
            taken=learner.steps,
            rate=learner.opt.rate(max(0, learner.opt.steps - 1)),
            stopped=learner.stopped,
            loss=_loss(learner, y),
            accuracy=right(y, learner.t),
            test=right(y_test, learner.t_test),
            **_layers(learner),
            **_seen(learner, y_test),
        )


def _loss(learner: Learner, y: np.ndarray) -> float:
    try:
        return float(learner.loss(y, learner.t))
    except NotFinite:
        return np.nan


def _layers(learner: Learner) -> dict[str, np.ndarray | None]:
    net, x, t = copy.deepcopy(learner.net), learner.x[:PROBE], learner.t[:PROBE]
    depth = learner.own["depth"]
    update = None
    if learner.before is not None:
        update = diagnostics.update_ratios(learner.net, learner.before)
    try:
        tape = loss_and_grad(net, learner.loss, x, t, watch=True)[1]
    except NotFinite:
        none = np.full(depth, np.nan)
        return {"delta": np.full(depth + 1, np.nan), "update": update} | dict.fromkeys(
            ("dead", "flat", "spread"), none
        )
    return {
        "delta": diagnostics.gradient_norms(tape),
        "update": update,
        "dead": diagnostics.dead_units(tape),
        "flat": diagnostics.saturation(tape),
        "spread": diagnostics.activation_stds(tape),
    }


def _seen(learner: Learner, y_test: np.ndarray) -> dict[str, Any]:
    if learner.data.classes == 2:
        return {"surface": surface(learner), "answers": None}
    p = _probabilities(y_test[:SHOWN])
    labels = p.argmax(axis=1)
    sure = p[np.arange(len(p)), labels]
    answers = zip(labels.tolist(), sure.tolist(), strict=True)
    return {"surface": None, "answers": tuple(one if one[1] == one[1] else NONE for one in answers)}


def frame(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The corners, low and high, of the square in which points and surface are drawn."""
    low, high = x.min(axis=0), x.max(axis=0)
    middle, half = (low + high) / 2, (high - low).max() * (0.5 + MARGIN)
    return middle - half, middle + half


def surface(learner: Learner) -> np.ndarray | None:
    """The probability of class 1 over the frame, in bytes; None where it is no number."""
    n = COARSE if learner.net.theta.size > MUCH else FINE
    low, high = frame(learner.data.x)
    step = (np.arange(n) + 0.5) / n
    across, up = np.meshgrid(
        low[0] + step * (high[0] - low[0]), high[1] - step * (high[1] - low[1])
    )
    y = learner.net(learner.change(np.column_stack([across.ravel(), up.ravel()])))
    if not np.isfinite(y).all():
        return None
    return np.rint(255 * _probabilities(y)[:, 1]).astype(np.uint8).reshape(n, n)


def _probabilities(y: np.ndarray) -> np.ndarray:
    e = np.exp(y - y.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, np.ndarray):
        return [_plain(each) for each in value.tolist()]
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else None
    return value
