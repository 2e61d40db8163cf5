"""What a preset is, how it is run, and the words in which presets tell their numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..numbers import number, percent
from .experiment import Experiment
from .moment import Side
from .pair import Twins


@dataclass(frozen=True)
class Preset:
    """An experiment with its `question`, and after `steps` steps the `sentence` that is found out.

    both: the settings that A and B share; a, b: what is different. holds(twins): whether the sentence
    is true of what was measured; measured(twins): its numbers, in words. Both look at the first and
    the last moment alone, so that it does not matter how many were kept between them.
    """

    key: str
    title: str
    chapter: str
    question: str
    steps: int
    sentence: str
    holds: Callable[[Twins], bool]
    measured: Callable[[Twins], str]
    shared: dict[str, Any] = field(default_factory=dict)
    both: dict[str, Any] = field(default_factory=dict)
    a: dict[str, Any] = field(default_factory=dict)
    b: dict[str, Any] = field(default_factory=dict)

    @property
    def experiment(self) -> Experiment:
        """The experiment itself."""
        return Experiment(self.shared, {**self.both, **self.a}, {**self.both, **self.b})


def run(preset: Preset, pictures: int = 20) -> Twins:
    """The preset's experiment, after its steps, with as many moments kept."""
    twins = Twins(preset.experiment)
    each = max(1, preset.steps // pictures)
    while twins.step < preset.steps and not twins.over:
        twins.advance(min(each, preset.steps - twins.step))
    return twins


def start(twins: Twins) -> tuple[Side, Side]:
    """A and B before the first step."""
    return twins.moments[0].sides


def end(twins: Twins) -> tuple[Side, Side]:
    """A and B at the last moment."""
    return twins.moments[-1].sides


def right(twins: Twins) -> str:
    """The training rows that are right."""
    a, b = end(twins)
    return f"Training rows right: A {percent(a.accuracy)}, B {percent(b.accuracy)}."


def tested(twins: Twins) -> str:
    """The training and the test rows that are right."""
    a, b = end(twins)
    return f"{right(twins)} Test rows: A {percent(a.test)}, B {percent(b.test)}."


def losses(twins: Twins) -> str:
    """The losses."""
    a, b = end(twins)
    return f"Loss: A {number(a.loss)}, B {number(b.loss)}. {right(twins)}"


def shares(twins: Twins) -> str:
    """What arrived of the gradient before the first step, and the rows that are right at the end."""
    a, b = start(twins)
    said = f"‖δ‖ of the first layer by that of the last before the first step: A {number(a.share)},"
    return f"{said} B {number(b.share)}. {right(twins)}"


def first_deltas(twins: Twins) -> str:
    """The length of the first layer's gradient before the first step."""
    a, b = start(twins)
    said = f"‖δ‖ of the first layer before the first step: A {number(a.delta[0])}, B"
    return f"{said} {number(b.delta[0])}. {right(twins)}"


def dead(twins: Twins) -> str:
    """The dead units of the layer that has most."""
    a, b = end(twins)
    said = f"Dead units in the layer that has most: A {percent(a.dead.max())}, B"
    return f"{said} {percent(b.dead.max())}. {right(twins)}"


def stops(twins: Twins) -> str:
    """Where a side has stopped, and the rows that are right; of one that has, before it did."""
    said = [
        f"{name} takes no step after number {learner.steps}."
        for name, learner in twins.learners.items()
        if learner.stopped
    ]
    return " ".join([*said, right(twins)])


def fails(side: Side, below: float) -> bool:
    """Whether it has stopped, or has fewer training rows right."""
    return bool(side.stopped) or side.accuracy < below
