"""Presets of a live figure: settings with a name, each a button, to which a text can link."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..shapes import got
from .controls import Control

NO_LETTERS = re.compile(r"[\W_]+")


class Preset(NamedTuple):
    """A named setting: `at` is {control: place on its grid}, for every control of the figure."""

    label: str
    slug: str
    at: dict[str, int]


def slug(label: str) -> str:
    """A label as the end of a link: in lower case, all that is no letter or digit as one "-"."""
    return NO_LETTERS.sub("-", label.lower()).strip("-")


def presets(given: Any, controls: Sequence[Control]) -> list[Preset]:
    """The presets that {label: {control: value}} names; a control that is not named is at its start.

    Raises ValueError for labels that no link can tell apart, and for what the controls do not have.
    """
    if given is None:
        return []
    if not isinstance(given, Mapping):
        raise ValueError(
            f"presets wants a dict, {{label: {{control: value}}}}; got {got(given)}. Write "
            'presets={"Deep": {"depth": 20}}'
        )
    known, start = {c.name: c for c in controls}, {c.name: c.start for c in controls}
    made: dict[str, Preset] = {}
    for label, values in given.items():
        if not (isinstance(label, str) and (end := slug(label))):
            raise ValueError(
                f"a preset's label is {label!r}; wanted words that a button can show and a link "
                'can end with, as in "Twenty layers"'
            )
        if end in made:
            raise ValueError(
                f"presets {made[end].label!r} and {label!r} have one link, #...--{end}; give one "
                "of them another label"
            )
        if not isinstance(values, Mapping):
            raise ValueError(
                f"preset {label!r} wants a dict, {{control: value}}; got {got(values)}. Write {{}} "
                "for the start"
            )
        for name in values:
            if name not in known:
                has = f"the figure has {', '.join(known)}" if known else "nothing of it moves"
                raise ValueError(f"preset {label!r} sets {name!r}, which is no control; {has}")
        try:
            at = start | {name: known[name].index(value) for name, value in values.items()}
        except ValueError as error:
            raise ValueError(f"preset {label!r}: {error}") from None
        made[end] = Preset(label, end, at)
    return list(made.values())
