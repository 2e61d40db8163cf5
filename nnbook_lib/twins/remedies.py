"""What `diagnose` says of a network as it stands, and its remedies as settings of the laboratory."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from ..inspection.diagnosis import Finding, diagnose
from ..inspection.remedies import BOTH, COLUMNS, DRAWN, NORMED, RELU, REMEDIES
from .controls import BY_NAME
from .experiment import Settings
from .learner import Learner

STEPS = 150  # of a trial: diagnose's own are twice as many, and a reader waits
RELU_HE = {"activation": "relu", "init": "suited"}
BY_WORDS: dict[str, Callable[[Settings], dict[str, Any]]] = {
    DRAWN[0]: lambda own: {"init": "suited"},
    RELU[0]: lambda own: RELU_HE,
    NORMED[0]: lambda own: {"norm": "batch", "init": "suited"},
    BOTH[0]: lambda own: RELU_HE | {"norm": "batch"},
    COLUMNS: lambda own: {"inputs": "standardized"},
    "ReLU after every Dense but the last": lambda own: RELU_HE,
    "0.5 or less, or none": lambda own: {"dropout": 0.0},
    "larger batches, or layer normalization": lambda own: {"batch": 32},
    "to look at rows beside their labels; if they match, more data": lambda own: {"shuffled": 0.0},
    "wider layers, or to look at the data": lambda own: {"width": 64},
    "a smaller one; then clipping, or a warm-up": lambda own: {"lr": _next(own["lr"], 0.1)},
    "a larger one": lambda own: {"lr": _next(own["lr"], 10)},
    "Adam at 0.001, or more patience": lambda own: {
        "optimizer": "adam",
        "lr": 0.001,
        "schedule": "constant",
    },
}
TOGETHER = re.compile(r"(?P<first>.*); and with it what 2(?: to (?P<last>\d+))? says$", re.S)


@dataclass(frozen=True)
class Advice:
    """A finding in words, and `change`: the settings that are its remedy, none where there are none.

    cured: diagnose has tried the remedy on a copy, and it learned.
    """

    name: str
    says: str
    remedy: str
    cured: bool
    change: dict[str, Any]


def advice(learner: Learner) -> list[Advice]:
    """What is wrong with this network, causes first; empty where nothing is found."""
    found = diagnose(learner.net, learner.loss, learner.x, learner.t, learner.opt, steps=STEPS)
    return [
        Advice(f.name, f.cause, f.remedy, f.cured, _change(found, f, learner.own)) for f in found
    ]


def _change(found: list[Finding], finding: Finding, own: Settings) -> dict[str, Any]:
    """The settings of a remedy that are not as they should be already."""
    if isinstance(finding.change, partial) and "lr" in finding.change.keywords:
        new = {"lr": _nearest(finding.change.keywords["lr"]), "schedule": "constant"}
    elif together := TOGETHER.match(finding.remedy):
        new = {}
        for other in found[: int(together["last"] or 2)]:
            new |= _by_words(REMEDIES[other.name][0][0], own)
    else:
        new = _by_words(finding.remedy, own)
    return {name: value for name, value in new.items() if own[name] != value}


def _by_words(words: str, own: Settings) -> dict[str, Any]:
    return BY_WORDS[words](own) if words in BY_WORDS else {}


def _nearest(lr: float) -> float:
    return min(BY_NAME["lr"].values, key=lambda known: abs(np.log(known / lr)))


def _next(lr: float, times: float) -> float:
    return _nearest(lr * times)
