"""`attack`: a claim that the reader may try to refute. Widgets in a notebook, HTML on a page."""

from __future__ import annotations

import hashlib
import inspect
import json
import os
import sys
from collections.abc import Callable, Iterable
from functools import cached_property
from inspect import Parameter
from math import isfinite
from typing import Any

import numpy as np

from ..shapes import got
from .attack_page import attack_html
from .attack_panel import AttackPanel
from .claim import claimed
from .controls import is_number
from .explorer import WIDGET
from .failure import FigureError
from .limits import BUILDING
from .presets import slug

LONG = 40  # letters of a claim that its id keeps

# Where the page itself runs Python, nnbook_lib.in_page says here what shows an attack on it.
SHOWN_BY: list[Callable[[Attack], None]] = []


def attack(
    claim: str,
    measure: Callable[..., float],
    what: str,
    *,
    low: float | None = None,
    high: float | None = None,
    **settings: Iterable[float],
) -> Attack:
    """Let the reader try to refute a claim: choose seed, width and depth, run it, see how close it comes.

        def first_over_last(seed, width, depth):
            ...                                  # a number
            return norms[0] / norms[-1]

        attack("The first layer's delta stays above a third of the last's.",
               first_over_last, "first layer's delta over the last's", low=1 / 3,
               seed=range(3), width=[20, 100, 500], depth=[5, 10, 20])

    measure(**setting) is a finite number. The claim is refuted where it is below `low` or above `high`;
    one of the two may be missing. what: what is measured, to stand after "Measured:".

    settings: of each the values that the book itself tries, 1 to 3 lists of numbers, 2 to 60 settings in
    all, which run when the cell does. A reader may choose any number from the least to the greatest, a
    whole one where these are; of `seed`, any from 0 to 9,999. A page without Python has those of the lists.

    A claim that its own tries refute is shown as refuted. On a page that runs Python, a try runs the
    cells whose names the measure needs, and no others: let these hold imports and definitions.

    Raises ValueError for a claim without words or bounds and for settings that are none; FigureError, a
    RuntimeError, where measure raises or gives no finite number, with the setting it was called at;
    ModuleNotFoundError in a notebook without ipywidgets.
    """
    made = Attack(claim, measure, what, low, high, settings)
    made.show()
    return made


class Attack:
    """A claim under attack: `tried` are the book's own tries, `text` is what a cell stores."""

    def __init__(
        self,
        claim: str,
        measure: Callable[..., float],
        what: str,
        low: float | None,
        high: float | None,
        settings: dict[str, Iterable[float]],
    ):
        if not (isinstance(claim, str) and slug(claim)):
            raise ValueError(f"attack wants a claim in words; got {claim!r}.")
        try:
            _check_names(measure, settings)
            self.claim = claimed(claim, what, low, high, settings)
        except ValueError as error:
            raise ValueError(f"attack {claim!r}: {error}.") from None
        self.measure = measure
        words = slug(claim)
        if len(words) > LONG:  # and no two of a page are one
            words = f"{words[:LONG].rpartition('-')[0] or words[:LONG]}-{self.kept[:4]}"
        self.key = f"attack-{words}"

    @property
    def kept(self) -> str:
        """The name under which a browser keeps the tries: another one with other bounds or settings."""
        made = self.claim
        knobs = [[knob.name, *map(float, knob.ends)] for knob in made.knobs]
        bounds = [None if bound is None else f"{bound:.6g}" for bound in (made.low, made.high)]
        asked = json.dumps([made.words, made.what, bounds, knobs])
        return hashlib.sha256(asked.encode()).hexdigest()[:12]

    @cached_property
    def tried(self) -> dict[tuple[float, ...], float]:
        """{(2, 20, 20): 0.41, ...}: what the book's own tries gave. They run when it is asked for."""
        return {setting: self._measured(setting) for setting in self.claim.settings()}

    @property
    def holds(self) -> bool:
        """Whether none of the book's own tries refutes it."""
        return all(map(self.claim.holds, self.tried.values()))

    @property
    def closest(self) -> tuple[tuple[float, ...], float]:
        """The setting and the value that came closest to refuting it, or that do so most clearly."""
        return self.claim.closest(self.tried)

    @property
    def text(self) -> str:
        """The claim and what came of it, as the cell stores them."""
        return f"{self.claim.words}\n{self.claim.told(self.tried)}"

    def at(self, **setting: float) -> float:
        """The measured number at any setting that a reader may choose: at(seed=12, width=50, depth=7).

        Raises ValueError for a setting that is none, FigureError where there is no number.
        """
        names = [knob.name for knob in self.claim.knobs]
        if sorted(setting) != sorted(names):
            raise ValueError(f"The settings are {', '.join(names)}; got {', '.join(setting)}.")
        return self._measured(tuple(knob.taken(setting[knob.name]) for knob in self.claim.knobs))

    def says(self, **setting: float) -> str:
        """What is said of a try at this setting."""
        value = self.at(**setting)
        order = tuple(setting[knob.name] for knob in self.claim.knobs)
        return self.claim.says(order, value, self.tried)

    def _measured(self, setting: tuple[float, ...]) -> float:
        named = {k.name: v for k, v in zip(self.claim.knobs, setting, strict=True)}
        at = ", ".join(f"{name}={value!r}" for name, value in named.items())
        try:
            value = self.measure(**named)
        except Exception as error:
            doing = f"attack {self.claim.words!r}: measuring at {at}"
            raise FigureError.raised(doing, error, "in the library") from error
        if isinstance(value, np.generic | np.ndarray) and value.ndim == 0:
            value = value.item()
        if not is_number(value) or not isfinite(value):
            name = getattr(self.measure, "__name__", "the measure")
            raise FigureError(
                f"attack {self.claim.words!r}: at {at}, {name} returned {got(value)}; wanted a finite "
                "number. Return one, or leave out the settings that have none."
            )
        return float(value)

    def page(self) -> str:
        """The attack as HTML: complete without scripts; attack.js puts the controls there."""
        return attack_html(self.key, self.kept, self.claim, self.tried)

    def show(self) -> None:
        """Display it: widgets where a kernel runs, HTML where a book is built or the page runs Python."""
        if SHOWN_BY:
            return SHOWN_BY[-1](self)
        shell = sys.modules.get("IPython")  # where a kernel runs, it is loaded
        if shell is None or shell.get_ipython() is None:
            _ = self.tried
            return
        from IPython.display import display

        if os.environ.get(BUILDING):
            bundle = {"text/html": self.page(), "text/plain": self.text}
        else:
            box = AttackPanel(self.claim, self.tried, self.at).box
            view = {"version_major": 2, "version_minor": 0, "model_id": box.model_id}
            bundle = {WIDGET: view, "text/plain": self.text}
        display(bundle, raw=True)

    def _ipython_display_(self) -> None:
        """attack has displayed it already."""


def _check_names(measure: Callable[..., float], settings: dict[str, Any]) -> None:
    """ValueError if it cannot be called as measure(**setting)."""
    wanted = "a function of the settings that returns a number, measure(seed, width, depth)"
    try:
        parameters = inspect.signature(measure).parameters.values()
    except (TypeError, ValueError):
        raise ValueError(f"wanted {wanted}; got {got(measure)}") from None
    named = (Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY)
    takes = [p.name for p in parameters if p.kind in named]
    any_name = any(p.kind is Parameter.VAR_KEYWORD for p in parameters)
    name = getattr(measure, "__name__", "measure")
    for setting in settings:
        if setting not in takes and not any_name:
            raise ValueError(f"{name} takes {', '.join(takes) or 'nothing'}, not {setting!r}")
    needs = [p.name for p in parameters if p.kind in named and p.default is p.empty]
    if missing := [each for each in needs if each not in settings]:
        raise ValueError(
            f"{name} needs {missing[0]!r}, for which no values are given. Write {missing[0]}=[1, 2, 5]"
        )
