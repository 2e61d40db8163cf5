"""From settings to what trains: the data, the network, the optimizer. script.py writes the same in
words of Python.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import datasets
from ..mlp import mlp
from ..network import Network
from ..optimizers import OPTIMIZERS, Optimizer
from ..schedules import cosine, step_decay
from .controls import DRAWN
from .experiment import Settings

ROWS = 300  # of points
IMAGES = 600  # of digits, of the 1442
EVERY, COURSE, WARMUP = 300, 1000, 100  # steps of the schedules


@dataclass(frozen=True)
class Data:
    """Training and test rows, as they were made: before a network's `inputs` are changed."""

    x: np.ndarray
    t: np.ndarray
    x_test: np.ndarray
    t_test: np.ndarray
    classes: int


def data(name: str, noise: float) -> Data:
    """The rows of a data set. Training and test rows are drawn with seeds 0 and 1."""
    if name == "digits":
        made, rng = datasets.digits(), np.random.default_rng(0)
        x = made.x[:IMAGES] + noise * rng.standard_normal((IMAGES, 64))
        return Data(x, made.t[:IMAGES], made.x_test, made.t_test, 10)
    rows = [_points(name, noise, np.random.default_rng(seed)) for seed in (0, 1)]
    return Data(*rows[0], *rows[1], 2)


def _points(name: str, noise: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    if name == "xor":
        x, t = (np.tile(a, (ROWS // 4, 1)) for a in datasets.xor())
        return x + noise * rng.standard_normal(x.shape), t[:, 0].astype(int)
    return getattr(datasets, name)(ROWS, noise=noise, rng=rng)


def inputs(how: str, x: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """What is done to a network's inputs; x: the training rows, whose mean and spread count."""
    if how == "standardized":
        mean, std = x.mean(axis=0), x.std(axis=0)
        return lambda rows: (rows - mean) / np.where(std > 0, std, 1)
    return {
        "plain": lambda rows: rows,
        "times 100": lambda rows: 100 * rows,
        "off center": lambda rows: rows + 10,
        "stretched": lambda rows: rows * np.geomspace(10, 1, rows.shape[1]),
    }[how]


def labels(t: np.ndarray, share: float) -> np.ndarray:
    """t with a share of the labels shuffled among themselves."""
    rng = np.random.default_rng(2)
    t, mixed = t.copy(), rng.random(len(t)) < share
    t[mixed] = rng.permutation(t[mixed])
    return t


def network(own: Settings, d_in: int, classes: int) -> Network:
    """The network of a side, before its first step."""
    return mlp(d_in, classes, rng=np.random.default_rng(own["seed"]), **shape(own))


def shape(own: Settings) -> dict[str, Any]:
    """What mlp is told of a side, without what has no effect."""
    told = {name: own[name] for name in ("depth", "width", "activation")}
    if own["init"] != "suited":
        told["init"] = DRAWN[own["init"]] if own["init"] in ("small", "large") else own["init"]
    if own["norm"]:
        told["norm"] = own["norm"]
    if own["skip"] and own["depth"] > 1:
        told["skip"] = True
    if own["dropout"]:
        told["dropout"] = own["dropout"]
    return told


def optimizer(own: Settings) -> Optimizer:
    """The optimizer of a side, before its first step."""
    return OPTIMIZERS[own["optimizer"]](lr=rate(own))


def rate(own: Settings) -> Any:
    """The learning rate, or its schedule; a schedule ends at a hundredth."""
    lr, end = own["lr"], floor(own)
    return {
        "constant": lr,
        "steps": step_decay(lr, every=EVERY),
        "cosine": cosine(lr, steps=COURSE, floor=end),
        "warm-up": cosine(lr, steps=COURSE, warmup=WARMUP, floor=end),
    }[own["schedule"]]


def floor(own: Settings) -> float:
    """Where a schedule ends: a hundredth of the rate, as it is written."""
    return float(f"{own['lr'] / 100:g}")
