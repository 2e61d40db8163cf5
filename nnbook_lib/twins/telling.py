"""What the notebook and the page say alike: what a preset found out, and all that can be chosen."""

from __future__ import annotations

from typing import Any

from ..numbers import percent
from .controls import CONTROLS
from .learner import Learner
from .pair import Twins
from .presets import PRESETS, Preset


def finding(preset: Preset, twins: Twins) -> str:
    """What a preset's experiment has shown, with its numbers; also where it came out otherwise."""
    otherwise = "This time it came out otherwise than the book says: "
    said = preset.sentence if preset.holds(twins) else otherwise + preset.sentence
    return f"{said} {preset.measured(twins)}"


def nothing_found(side: str, learner: Learner) -> str:
    """What is said where `diagnose` finds nothing wrong with network "A" or "B"."""
    right = learner.right()
    said = f"None of the faults that are known here is found in {side}, which has {percent(right)} of the"
    said += f" training rows right after {learner.steps} step{'s' * (learner.steps != 1)}."
    if not right > 1.5 / learner.data.classes:
        said += " That is little more than a guess: its twin may show what keeps it."
    return said


def choices() -> dict[str, list[dict[str, Any]]]:
    """The controls and the presets as JSON has them: a value as its key."""
    controls = [
        {
            "name": control.name,
            "label": control.label,
            "keys": list(control.keys),
            "labels": list(control.labels),
            "shared": control.shared,
            "default": control.key(control.default),
        }
        for control in CONTROLS
    ]
    presets = [
        {name: getattr(preset, name) for name in ("key", "title", "chapter", "question", "steps")}
        | {"experiment": preset.experiment.as_dict()}
        for preset in PRESETS
    ]
    return {"controls": controls, "presets": presets}
