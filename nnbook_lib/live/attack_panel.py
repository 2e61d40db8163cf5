"""An attack in a notebook, as ipywidgets: a field for each setting, a button, and what came of the tries."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ..optional import missing
from .attack_page import drawing, measured
from .claim import Claim
from .failure import in_place_of_caption, overheard

RUNNING = "Running …"


class AttackPanel:
    """`box`: claim, picture, fields, button and what is said. `mine`: {setting: value} of the reader's tries.

    at: what measures, at settings by name.
    """

    def __init__(self, claim: Claim, tried: Mapping[tuple, float], at: Callable[..., float]):
        try:
            import ipywidgets as w
        except ModuleNotFoundError as error:
            raise missing(error, "An attack") from None
        self.claim, self.tried, self.at = claim, tried, at
        self.mine: dict[tuple, float] = {}
        words = (
            f"<b>Try to refute it.</b> {escape(claim.words, quote=False)}",
            escape(measured(claim, tried), quote=False),
            escape(claim.told(tried), quote=False),
        )
        head, told = w.HTML(f"<p>{words[0]}</p><p>{words[1]}</p>"), w.HTML(f"<p>{words[2]}</p>")
        start, _ = claim.closest(tried)
        pairs = zip(claim.knobs, start, strict=True)
        self.knobs = {knob.name: _field(w, knob, value) for knob, value in pairs}
        self.button = w.Button(description="Try to refute it", layout=w.Layout(width="max-content"))
        self.button.on_click(self._pressed)
        self.screen, self.said = w.HTML(), w.HTML()
        row = w.HBox([*self.knobs.values(), self.button], layout=w.Layout(flex_flow="row wrap"))
        self.box = w.VBox([head, self.screen, told, row, self.said])
        self._show()

    def _pressed(self, _: Any) -> None:
        setting = {name: knob.value for name, knob in self.knobs.items()}
        self.said.value = f"<p>{RUNNING}</p>"
        try:
            with warnings.catch_warnings(record=True) as heard:
                value = self.at(**setting)
        except BaseException as error:  # also a stop: nobody sees what a widget raises
            self.said.value = in_place_of_caption(error, "number")
            return
        chosen = tuple(setting.values())
        self.mine[chosen] = value
        best = self.claim.best(*self.claim.closest(self.mine), len(self.mine), self.tried)
        lines = self.claim.says(chosen, value, self.tried), best
        said = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)
        self.said.value = said + overheard(heard)
        self._show()

    def _show(self) -> None:
        self.screen.value = drawing(self.claim, self.tried, self.mine)


def _field(w: Any, knob: Any, value: float) -> Any:
    low, high = knob.ends
    kind = w.BoundedIntText if knob.whole else w.BoundedFloatText
    look = {"description": knob.label, "style": {"description_width": "initial"}}
    step = {"step": 1} if knob.whole else {"step": (high - low) / 100}
    return kind(value=value, min=low, max=high, layout=w.Layout(width="11em"), **step, **look)
