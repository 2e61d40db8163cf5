"""Experiments that teach: each with a question to answer first, and what one finds out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .experiment import Experiment
from .numbers import number
from .twins import Twins


@dataclass(frozen=True)
class Preset:
    """An experiment with its `question`, and after `steps` steps the `sentence` that is found out.

    both: the settings that A and B share; a, b: what is different. holds(twins): whether the sentence
    is true of what was measured; measured(twins): its numbers, in words.
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


def _shares(twins: Twins) -> str:
    a, b = twins.moments[-1].sides
    return f"‖δ‖ of the first layer by that of the last: A {number(a.share)}, B {number(b.share)}."


PRESETS: tuple[Preset, ...] = (
    Preset(
        key="sigmoid-in-depth",
        title="Sigmoid in depth, and its tanh twin",
        chapter="Chapter 4, vanishing gradients",
        question="Twenty hidden layers, once with sigmoid, once with tanh. How much of the last"
        " layer’s gradient does the first one receive?",
        steps=200,
        sentence="With sigmoid the first layer receives less than a billionth of the last one’s"
        " gradient and the network does not learn; with tanh it does.",
        holds=lambda twins: (
            twins.moments[-1].a.share < 1e-9
            and twins.moments[-1].a.accuracy < 0.6
            and twins.moments[-1].b.accuracy > 0.85
        ),
        measured=_shares,
        both={"depth": 20},
        a={"activation": "sigmoid"},
        b={"activation": "tanh"},
    ),
)
BY_KEY = {preset.key: preset for preset in PRESETS}
