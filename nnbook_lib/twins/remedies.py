"""What `diagnose` says of a network as it stands, and its remedies as settings of the laboratory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter
from typing import Any

import numpy as np

from ..inspection.diagnosis import Finding, diagnose
from ..inspection.remedies import BOTH, COLUMNS, DRAWN, NORMED, RELU, REMEDIES
from ..numbers import percent
from .controls import BY_NAME
from .experiment import Settings
from .learner import Learner

STEPS = 150  # of a trial by diagnose: its own are twice as many, and a reader waits
LEAST, MOST, PATIENCE = 300, 600, 2.0  # steps and seconds of a trial here
SMALLER = [0.1**k for k in range(1, 7)]  # times the rate
RATES = {
    "learning rate too large": ("a smaller one; then clipping, or a warm-up", SMALLER),
    "learning rate too small": ("a larger one", [10.0**k for k in range(1, 5)]),
    "overflow": ("a smaller learning rate", SMALLER),
}
HELPS, WELL = 0.05, 0.9  # so much more must be right; so much is enough
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
    """A finding in words; `change`: the settings that are its remedy, and `tried`: what came of them.

    A remedy is tried in the laboratory itself, from the first step on. One that helps no more than
    what there was has no change, and one that is no matter of settings has none either.
    """

    name: str
    says: str
    remedy: str
    change: dict[str, Any]
    tried: str


def advice(side: str, learner: Learner) -> list[Advice]:
    """What is wrong with the network of side "A" or "B", those with a remedy that helps first; empty where
    nothing is found.

    Looked at are the network as it stands and as it began: of a rate that was too large, what it has
    left behind shows only the harm.
    """
    start = Learner(learner.own, learner.data)
    own = _trained(learner, {}, min(MOST, max(LEAST, learner.steps)))
    told: dict[str, Advice] = {}
    for one in (start, learner) if learner.steps else (learner,):
        findings = _diagnosed(one)
        for found in findings:
            if found.name not in told or not told[found.name].change:
                changes = [*_changes(findings, found, own.own)]
                told[found.name] = _tried(side, own, _dated(found, one), changes)
    return _once(sorted(told.values(), key=lambda one: not one.change))


def _dated(finding: Finding, learner: Learner) -> Finding:
    """The finding, whose numbers are those before the first step, or after so many."""
    steps = f"After {learner.steps} step" + "s" * (learner.steps != 1)
    when = steps if learner.steps else "Before the first step"
    return replace(finding, cause=f"{when}: {finding.cause}")


def _once(all_of: list[Advice]) -> list[Advice]:
    """Each remedy once: what an earlier finding's remedy mends as well has none of its own."""
    told: list[Advice] = []
    for one in all_of:
        if one.change and any(one.change == earlier.change for earlier in told):
            one = replace(one, change={}, tried="The remedy above mends it, too.")
        told.append(one)
    return told


def _diagnosed(learner: Learner) -> list[Finding]:
    net, loss, x, t = learner.net, learner.loss, learner.x, learner.t
    found = [*diagnose(net, loss, x, t, learner.opt, steps=STEPS)]
    if learner.own["batch"] == 1:  # what only a row by itself shows
        alone = diagnose(net, loss, x[:1], t[:1], learner.opt, steps=STEPS)
        found = [one for one in alone if one.name == "batch of one"] + found
    return found


def _trained(learner: Learner, change: dict[str, Any], steps: int) -> Learner:
    """A network of these settings and a change, trained from the start: as far as there is time."""
    other, end = Learner({**learner.own, **change}, learner.data), perf_counter() + PATIENCE
    while other.steps < steps and not other.stopped and perf_counter() < end:
        other.step()
    return other


def _tried(
    side: str, own: Learner, finding: Finding, changes: list[tuple[str, dict[str, Any]]]
) -> Advice:
    """The finding with the remedy that helps most, or the first after which nearly all rows are right,
    and what came of it in words; of one that does not help, the words alone.
    """
    now, best = own.right(), Advice(finding.name, finding.cause, finding.remedy, {}, "")
    most = HELPS + (
        now if np.isfinite(now) else 1 / own.data.classes
    )  # less than a guess: no number
    for remedy, change in changes:
        other = _trained(own, change, LEAST if own.stopped else own.steps or LEAST)
        then = other.right()
        came = f"Tried from the start: {_came('it', other)}; {_came(side, own)}."
        if then > most and not other.stopped:
            most, best = then, replace(best, remedy=remedy, change=change, tried=came)
        if then > WELL:
            break
        if not best.tried:
            best = replace(best, remedy=remedy, tried=came)
    if not changes and finding.remedy in BY_WORDS:
        best = replace(best, tried=f"{side} has that already.")
    return best


def _came(name: str, learner: Learner) -> str:
    """What came of a network, in words."""
    steps = f"{learner.steps} step" + "s" * (learner.steps != 1)
    if learner.stopped:
        return f"{name} stops after {steps}"
    if not np.isfinite(learner.right()):
        return f"after {steps} {name} gives no numbers"
    return f"after {steps} {name} has {percent(learner.right())} of the training rows right"


def _changes(
    found: list[Finding], finding: Finding, own: Settings
) -> Iterator[tuple[str, dict[str, Any]]]:
    """(remedy, settings) to be tried for a finding: its own first, then the others there are for it."""
    first: dict[str, Any] = {}
    remedy = finding.remedy
    if isinstance(finding.change, partial) and "lr" in finding.change.keywords:
        first = {"lr": _nearest(finding.change.keywords["lr"]), "schedule": "constant"}
    elif together := TOGETHER.match(finding.remedy):
        first_found = found[: int(together["last"] or 2)]
        for other in first_found:
            first |= _by_words(REMEDIES[other.name][0][0], own)
        against = " and ".join(other.name for other in first_found[1:])  # 2 is no number of ours
        remedy = f"{together['first']}; and with it what helps against {against}"
    else:
        first = _by_words(finding.remedy, own)
    others = [(words, _by_words(words, own)) for words, _ in REMEDIES[finding.name]]
    words, rates = RATES.get(finding.name, ("", []))
    others += [(words, {"lr": _nearest(own["lr"] * times)}) for times in rates]
    seen: list[dict[str, Any]] = [{}]
    for words, settings in [(remedy, first), *others]:
        change = {name: value for name, value in settings.items() if own[name] != value}
        if change not in seen:
            seen.append(change)
            yield words, change


def _by_words(words: str, own: Settings) -> dict[str, Any]:
    return BY_WORDS[words](own) if words in BY_WORDS else {}


def _nearest(lr: float) -> float:
    return min(BY_NAME["lr"].values, key=lambda known: abs(np.log(known / lr)))


def _next(lr: float, times: float) -> float:
    return _nearest(lr * times)
