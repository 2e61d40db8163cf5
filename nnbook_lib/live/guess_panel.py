"""A guess in a notebook, as ipywidgets: a slider, a few options, or a slider for each point of a curve."""

from __future__ import annotations

from html import escape
from typing import Any

from ..optional import missing
from .answers import Choice, Curve, Number
from .guess_page import drawing

NONE = "no guess yet"
SHORT = 36  # letters of all options that stand side by side


class GuessPanel:
    """`box`: question, control, picture, a button and what it shows. `guess`: where the control stands,
    None before the first move.
    """

    def __init__(self, question: str, answer: Number | Choice | Curve, says: str):
        try:
            import ipywidgets as w
        except ModuleNotFoundError as error:
            raise missing(error, "A guess") from None
        self.answer, self.says = answer, says
        self.guess: Any = None
        self.shown = False
        asked = w.HTML(f"<p><b>Guess first.</b> {escape(question, quote=False)}</p>")
        self.knobs = self._made(w)
        self.button = w.Button(description="Show the answer", layout=w.Layout(width="max-content"))
        self.button.on_click(self._pressed)
        self.screen, self.words = w.HTML(), w.HTML()
        row = w.HBox(self.knobs, layout=w.Layout(flex_flow="row wrap"))
        self.box = w.VBox([asked, self.screen, row, self.button, self.words])
        for knob in self.knobs:
            knob.observe(self._moved, "value")
        self._show()

    def _made(self, w: Any) -> list:
        answer = self.answer
        wide = {"style": {"description_width": "initial"}}
        if isinstance(answer, Choice):
            short = sum(map(len, answer.labels)) <= SHORT
            options = [(label, i) for i, label in enumerate(answer.labels)]
            if short:
                return [
                    w.ToggleButtons(options=options, value=None, style={"button_width": "auto"})
                ]
            look = w.Layout(width="max-content")
            return [w.RadioButtons(options=options, value=None, layout=look)]
        values = answer.scale.values
        if isinstance(answer, Number):
            marks = [(answer.scale.words(v), i) for i, v in enumerate(values)]
            look = {"description": "Your guess", "layout": w.Layout(width="32em"), **wide}
            return [w.SelectionSlider(options=[(NONE, -1), *marks], value=-1, **look)]
        ends = {"min": 0, "max": len(values) - 1, "value": (len(values) - 1) // 2}
        look = {"orientation": "vertical", "readout": False, "layout": w.Layout(width="3.4em")}
        words = [answer.point(i).removeprefix(answer.x_label).strip() for i in range(len(answer.x))]
        return [w.IntSlider(**ends, description=word, **look, **wide) for word in words]

    def _moved(self, _: Any) -> None:
        places = [knob.value for knob in self.knobs]
        if isinstance(self.answer, Curve):
            self.guess = places
        else:
            self.guess = places[0] if places[0] is not None and places[0] >= 0 else None
        self._show()

    def _pressed(self, _: Any) -> None:
        self.shown = not self.shown
        self.button.description = "Hide the answer" if self.shown else "Show the answer"
        self._show()

    def _show(self) -> None:
        if isinstance(self.answer, Curve):
            self.screen.value = drawing(self.answer, self.guess, self.shown)
        said = self.answer.says(self.guess) if self.guess is not None else ""
        why = getattr(self.answer, "why", "")
        told = (self.answer.plainly, said, why, self.says) if self.shown else ()
        self.words.value = "".join(f"<p>{escape(t, quote=False)}</p>" for t in told if t)
