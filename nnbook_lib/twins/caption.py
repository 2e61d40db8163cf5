"""What differs between two networks, in words computed from what was measured."""

from __future__ import annotations

import numpy as np

from ..numbers import number, percent
from .controls import BY_NAME
from .experiment import Experiment
from .moment import Moment, Side


def caption(experiment: Experiment, moment: Moment) -> str:
    """The sentences under the pictures: how far both have come, and the largest difference inside."""
    a, b = moment.sides
    said = []
    if not experiment.differences:
        said.append("A and B are the same: make one thing different.")
    if not (a.stopped or b.stopped) and np.isfinite([a.accuracy, b.accuracy]).all():
        said.append(
            f"{_after(moment.step)} A has {percent(a.accuracy)} of the training rows right (loss"
            f" {number(a.loss)}), B {percent(b.accuracy)} ({number(b.loss)})."
        )
    else:
        said += [_far(name, side) for name, side in zip("AB", moment.sides, strict=True)]
    if experiment.differences and (inside := _inside(a, b)):
        said.append(inside)
    return " ".join(said)


def _after(steps: int) -> str:
    return f"After {steps} step" + "s" * (steps != 1)


def _far(name: str, side: Side) -> str:
    """How far one network has come, or where it stopped and what was last seen of it."""
    after, has = _after(side.step), "has"
    if side.stopped:
        after, has = f"{name} stopped at step {side.taken + 1}; {after.lower()}", "had"
    whose = "it" if side.stopped else name
    if not np.isfinite(side.accuracy):
        return f"{after} {name}’s outputs are no numbers."
    return (
        f"{after} {whose} {has} {percent(side.accuracy)} of the training rows right"
        f" (loss {number(side.loss)})."
    )


def _inside(a: Side, b: Side) -> str:
    """The first of these that differs much: the gradient's way, dead units, flat ones, step sizes,
    spread; "" where one has stopped, or has no numbers to compare.
    """
    if a.stopped or b.stopped or not np.isfinite([a.loss, b.loss]).all():
        return ""
    if _apart(a.share, b.share, 10):
        return _arrives(a, b)
    if abs(a.dead.mean() - b.dead.mean()) > 0.1:
        return f"Of A’s units {percent(a.dead.mean())} are dead, of B’s {percent(b.dead.mean())}."
    if abs(a.flat.mean() - b.flat.mean()) > 0.2:
        return (
            f"Where A’s activations stand, {percent(a.flat.mean())} of the slopes are nearly 0; B’s"
            f" {percent(b.flat.mean())}."
        )
    if a.update is not None and b.update is not None:
        ours, theirs = np.median(a.update), np.median(b.update)
        if _apart(ours, theirs, 3):
            return (
                f"The last step moved A’s weights by {number(ours)} of their size, B’s by"
                f" {number(theirs)}."
            )
    if _apart(a.spread[-1], b.spread[-1], 3):
        return (
            f"The last activations of A spread {number(a.spread[-1])}, those of B"
            f" {number(b.spread[-1])}."
        )
    if _apart(a.share, b.share, 2):
        return _arrives(a, b)
    return "Inside, the layers of the two are much alike on average."


def _arrives(a: Side, b: Side) -> str:
    for name, one, other, side in (("A", a, "B", b), ("B", b, "A", a)):
        if one.share == 0:
            return (
                f"Nothing of the gradient arrives at {name}’s first layer; at {other}’s it is"
                f" {number(side.share)} times that at its last."
            )
    return (
        f"The gradient at A’s first layer is {number(a.share)} times that at its last, at B’s"
        f" {number(b.share)} times."
    )


def _apart(a: float, b: float, times: float) -> bool:
    """Whether both are numbers, and one is more than so many times the other, which may be 0."""
    return bool(np.isfinite([a, b]).all()) and max(a, b) > times * min(a, b)


def different(experiment: Experiment) -> str:
    """What differs, for a line above the pictures: "activation: sigmoid | tanh"."""
    return "; ".join(
        f"{control.label}: {control.label_of(experiment.a[name])} | "
        f"{control.label_of(experiment.b[name])}"
        for name in experiment.differences
        if (control := BY_NAME[name])
    )
