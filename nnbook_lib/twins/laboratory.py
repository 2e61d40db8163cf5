"""The laboratory that `twins` opens: an experiment that is moved on and looked at."""

from __future__ import annotations

from typing import Any

from .caption import caption
from .experiment import Experiment
from .moment import Moment
from .pair import Twins
from .presets import PRESETS, Preset
from .telling import finding

STEPS = 200  # of an experiment that is not a preset, in a picture that stands still
PICTURES = 20  # moments kept on the way there


class Laboratory:
    """An experiment on the bench: `twins`, its two networks, and `moment`, the one that is looked at.

    preset: the one whose experiment it is; None for one of the reader's own.
    """

    preset: Preset | None

    def __init__(self, experiment: Experiment):
        self.easel: Any = None
        self.html = ""  # where it stands still
        self.open(experiment)

    def open(self, experiment: Experiment) -> None:
        """Put an experiment on the bench, before its first step."""
        self.experiment, self.twins, self.index = experiment, Twins(experiment), 0
        self.preset = next((p for p in PRESETS if experiment.alike(p.experiment)), None)

    @property
    def moment(self) -> Moment:
        """The moment that is looked at."""
        return self.twins.at(self.index)

    @property
    def caption(self) -> str:
        """What is said of it."""
        return caption(self.experiment, self.moment)

    @property
    def finding(self) -> str:
        """What the preset has shown, as soon as its steps are taken; "" before, and without one."""
        preset, last = self.preset, self.twins.moments[-1]
        if preset is None or not (last.step == preset.steps or self.twins.over):
            return ""
        return finding(preset, self.twins)

    @property
    def svg(self) -> str:
        """The picture of the moment, as HTML."""
        from ..live.easel import Easel
        from ..live.svg import markup
        from .drawing import ALT

        self.easel = self.easel or Easel(self._draw, "twins")
        return markup(self.easel.picture({"index": self.index})[0], ALT)

    def _draw(self, fig: Any, index: int) -> str:
        from .drawing import draw

        draw(fig, self.twins, self.twins.at(index))
        return self.caption

    def advance(self, steps: int = 1, seconds: float | None = None) -> Moment:
        """Take up to so many steps, not beyond those of the preset at once, and look at the moment
        after them; seconds: see Twins.advance.
        """
        goal = self.preset.steps if self.preset else 0
        if self.twins.step < goal:
            steps = min(steps, goal - self.twins.step)
        self.twins.advance(steps, seconds)
        self.index = len(self.twins.moments) - 1
        return self.moment

    def run(self) -> None:
        """Take the steps of the preset, or 200, with some moments on the way."""
        steps = self.preset.steps if self.preset else STEPS
        while self.twins.step < steps and not self.twins.over:
            self.advance(min(max(1, steps // PICTURES), steps - self.twins.step))

    def look(self, index: int) -> None:
        """Look at another of the moments kept."""
        self.twins.at(index)
        self.index = index

    def page(self, alive: bool = True) -> str:
        """The present moment as HTML; alive: with all that the page's scripts need to go on."""
        from .static import figure, tables

        opening = self.preset.key if self.preset else None
        numbers = tables(self.experiment, self.moment)
        return figure(self.svg, self.caption, numbers, self.experiment, opening, alive)

    def __repr__(self) -> str:
        return self.caption

    def _repr_html_(self) -> str | None:
        """As a cell of a page shows it."""
        return self.html or None

    def _ipython_display_(self) -> None:
        """`twins` has displayed it already."""
