"""Schedules: the learning rate as a function of the step number 0, 1, 2, ...

    opt = SGD(lr=cosine(0.1, steps=1000, warmup=50))

Each is a value: it can be called, printed, compared and pickled. A function of your own will do as
well, `SGD(lr=lambda step: 0.1 / (1 + step))`, but it says less when it is printed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .shapes import not_negative, positive, sizes, whole


class Schedule:
    """A learning rate for every step. A subclass writes `at(step)`.

    Calling it raises ValueError for a step that is not a whole number of at least 0.
    """

    def __call__(self, step: int) -> float:
        whole(type(self).__name__, step=step)
        return float(self.at(step))

    def at(self, step: int) -> float:
        """The learning rate of a step."""
        raise NotImplementedError

    def __repr__(self) -> str:
        defaults = vars(type(self))
        said = [f"{k}={_plain(v)}" for k, v in vars(self).items() if v != defaults.get(k)]
        return f"{type(self).__name__}({', '.join(said)})"


@dataclass(frozen=True, repr=False)
class step_decay(Schedule):
    """lr * factor^floor(step / every), 0 < factor < 1."""

    lr: float
    every: int
    factor: float = 0.1

    def __post_init__(self):
        positive("step_decay", lr=self.lr, factor=self.factor)
        sizes("step_decay", every=self.every)
        if self.factor >= 1:
            raise ValueError(
                f"step_decay: factor must be below 1, or the rate does not fall; got {self.factor}."
            )

    def at(self, step):
        return self.lr * self.factor ** (step // self.every)


@dataclass(frozen=True, repr=False)
class cosine(Schedule):
    """A linear rise over `warmup` steps, then half a cosine from lr down to floor at `steps`.

    From there on it stays at floor. Loshchilov & Hutter 2017, eq. 5, without restarts.
    """

    lr: float
    steps: int
    warmup: int = 0
    floor: float = 0.0

    def __post_init__(self):
        positive("cosine", lr=self.lr)
        not_negative("cosine", floor=self.floor)
        sizes("cosine", steps=self.steps)
        whole("cosine", warmup=self.warmup)
        if self.warmup >= self.steps:
            raise ValueError(
                f"cosine: warmup must be from 0 to below steps = {self.steps}; got {self.warmup}."
            )
        if self.floor > self.lr:
            raise ValueError(
                f"cosine: floor is where the rate ends, at most lr = {self.lr}; got {self.floor}."
            )

    def at(self, step):
        if step < self.warmup:
            return self.lr * (step + 1) / self.warmup
        done = min(1.0, (step - self.warmup) / (self.steps - self.warmup))
        return self.floor + (self.lr - self.floor) * 0.5 * (1 + math.cos(math.pi * done))


@dataclass(frozen=True, repr=False)
class exponential(Schedule):
    """From lr to final by equal factors in `steps` steps, and no further: the sweep that finds a rate.

    lr * (final / lr)^(step / (steps - 1)). Smith 2017.
    """

    lr: float
    final: float
    steps: int

    def __post_init__(self):
        positive("exponential", lr=self.lr, final=self.final)
        sizes("exponential", steps=self.steps)

    def at(self, step):
        done = min(1.0, step / max(1, self.steps - 1))
        return self.lr * (self.final / self.lr) ** done


def _plain(value: float) -> str:
    return repr(value.item() if isinstance(value, np.generic) else value)
