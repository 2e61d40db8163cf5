"""The controls of the twin laboratory as ipywidgets: the shared ones, and a row for each of the others
with A's and B's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..live.controls import Control as Knob
from ..live.panel import to_widget
from ..palette import COLORS
from .controls import BY_NAME, OWN, SHARED, Control
from .experiment import Experiment

SLIDERS = ("depth", "lr")
LABEL, ROOM = "14em", "15em"  # the width of a label before a row, and of a widget behind it
DIFFERS = f'<b style="color: {COLORS["twin B"]}">differs</b>'


class Form:
    """`box`, with the widgets in it. B follows A in what it has as A; what differs is marked.

    changed: called with the experiment after each move of a hand.
    """

    def __init__(self, changed: Callable[[Experiment], None]):
        import ipywidgets as w

        self.changed = changed
        self.knobs = {
            "shared": {name: _knob(BY_NAME[name], BY_NAME[name].label) for name in SHARED},
            "a": {name: _knob(BY_NAME[name], BY_NAME[name].label, LABEL) for name in OWN},
            "b": {name: _knob(BY_NAME[name], "B", "1.5em") for name in OWN},
        }
        self.marks = {name: w.HTML() for name in OWN}
        self._placing = False
        for part, knobs in self.knobs.items():
            for name, knob in knobs.items():
                knob.observe(lambda change, at=(part, name): self._moved(*at, change), "value")
        rows = [
            w.HBox([self.knobs["a"][name], self.knobs["b"][name], self.marks[name]]) for name in OWN
        ]
        head = w.HTML("<b>Network A, and beside it B, which follows A until it is set apart</b>")
        self.box = w.VBox([w.HBox([*self.knobs["shared"].values()]), head, *rows])

    @property
    def experiment(self) -> Experiment:
        """What the widgets say."""
        parts = {
            part: {name: BY_NAME[name].values[knob.value] for name, knob in knobs.items()}
            for part, knobs in self.knobs.items()
        }
        return Experiment(**parts)

    def place(self, experiment: Experiment) -> None:
        """Set the widgets to an experiment; `changed` is not called."""
        self._placing = True
        try:
            for part, knobs in self.knobs.items():
                for name, knob in knobs.items():
                    knob.value = BY_NAME[name].place(getattr(experiment, part)[name])
        finally:
            self._placing = False
        for name, mark in self.marks.items():
            mark.value = DIFFERS if name in experiment.differences else ""

    def _moved(self, part: str, name: str, change: Any) -> None:
        if self._placing:
            return
        if part == "a" and self.knobs["b"][name].value == change.old:
            self._placing = True
            self.knobs["b"][name].value = change.new
            self._placing = False
        self.place(self.experiment)
        self.changed(self.experiment)


def _knob(control: Control, label: str, wide: str = "initial") -> Any:
    """The widget of a control; its value is the place among the control's values. wide: its label."""
    kind = "slider" if control.name in SLIDERS else "choice"
    start = control.place(control.default)
    knob = Knob(kind, control.values, control.labels, start, name=control.name, label=label)
    widget = to_widget(knob)[1]
    widget.style.description_width = wide
    widget.layout.width = "auto" if wide == "initial" else f"calc({wide} + {ROOM})"
    return widget
