"""A live figure in a notebook: its controls, its picture and its caption as ipywidgets."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Any

from ..optional import missing
from . import caption
from .controls import Control, is_number
from .failure import in_place_of_caption, overheard
from .ghost import CHANGED, PANEL, laid_under
from .presets import Preset
from .steps import Steps

PAUSE = 1.0  # seconds without a move, after which another begins


class Panel:
    """Widgets that follow one another: `box`, with controls, picture and caption in it.

    picture: {name: place on its grid} -> (picture as HTML, caption), at each move of a hand.
    """

    def __init__(
        self,
        controls: Sequence[Control],
        picture: Callable[[dict], tuple[str, str]],
        presets: Sequence[Preset] = (),
    ):
        try:
            import ipywidgets as w
        except ModuleNotFoundError as error:
            raise missing(error, "A live figure") from None
        self.controls, self.picture = controls, picture
        self.screen, self.words, self.note = w.HTML(), w.HTML(), w.HTML()
        pairs = {c.name: to_widget(c, buttons=True) for c in controls}
        self.knobs = {name: knob for name, (_, knob) in pairs.items()}
        look = w.Layout(flex_flow="row wrap")
        chips = [_button(preset.label, preset.at, self) for preset in presets]
        self.last = w.Checkbox(value=True, description="last setting", indent=False)
        self.last.layout.width = "auto"
        reset = _button("", {c.name: c.start for c in controls}, self, icon="undo", tooltip="Reset")
        tools = w.HBox([*chips, self.last, reset, self.note], layout=look)
        row = w.HBox([shown for shown, _ in pairs.values()], layout=look)
        self.box = w.VBox([tools, row, self.screen, self.words])
        self._placing = False
        self._now: str | None = None  # the picture, and the one before the present run of moves
        self._before: str | None = None
        self._hand: tuple[Any, float] = None, -PAUSE  # the knob that moved last, and when
        for knob in self.knobs.values():
            knob.observe(self._moved, "value")
        self.last.observe(lambda _: self._show(), "value")

    def place(self, at: Mapping[str, int]) -> None:
        """Put the controls there, and draw. Raises what drawing raises."""
        self._placing = True
        try:
            for c in self.controls:
                i = at[c.name]
                self.knobs[c.name].value = c.values[i] if _shows_values(c) else i
        finally:
            self._placing = False
        self._draw(dict(at), None)

    def told(self, do: Callable[[], None]) -> None:
        """Do it; an error, also a stop or an exit, is told where the caption stands: nobody sees what
        a widget raises.
        """
        try:
            do()
        except BaseException as error:
            self.screen.value, self.words.value = "", in_place_of_caption(error)
            self.note.value, self._now = "", None

    def _moved(self, change: Any) -> None:
        if not self._placing:
            self.told(lambda: self._draw(self._at(), change.owner))

    def _at(self) -> dict[str, int]:
        """Where the controls stand."""
        return {c.name: place_of(c, self.knobs[c.name].value) for c in self.controls}

    def _draw(self, at: dict[str, int], knob: Any) -> None:
        """Draw. What one knob does without a pause is one move: its ghost is where it began."""
        with warnings.catch_warnings(record=True) as heard:  # nor what it warns of
            picture, said = self.picture(at)
        (last, when), self._hand = self._hand, (knob, monotonic())
        if knob is None or knob is not last or self._hand[1] - when > PAUSE:
            self._before = self._now
        self._now = picture
        self._show()
        self.words.value = f"<p>{caption.html(said)}</p>{overheard(heard)}"

    def _show(self) -> None:
        """The picture, with its ghost if that is wanted and there is one."""
        if self._now is None:
            return
        self.last.layout.display = "flex" if PANEL in self._now else "none"
        picture, changed = self._now, False
        if self.last.value and self._before is not None and self._before != picture:
            picture, changed = laid_under(picture, self._before)
        self.screen.value, self.note.value = picture, f"<i>{CHANGED}</i>" * changed


def _button(label: str, at: Mapping[str, int], panel: Panel, **look: Any) -> Any:
    """A button that puts the controls there."""
    import ipywidgets as w

    button = w.Button(description=label, layout=w.Layout(width="auto"), **look)
    button.on_click(lambda _: panel.told(lambda: panel.place(at)))
    return button


def to_widget(control: Control, buttons: bool = False) -> tuple[Any, Any]:
    """The ipywidgets for a control: (what is shown, the one whose `value` follows). buttons: show a
    few options side by side.
    """
    import ipywidgets as w

    look = {"description": control.label, "style": {"description_width": "initial"}}
    if control.widget is not None:
        return control.widget, control.widget
    if control.kind == "switch":
        box = w.Checkbox(value=bool(control.start), indent=False, description=control.label)
        return box, box
    values, start = control.values, control.start
    if isinstance(values, Steps):
        ends = {"min": values[0], "max": values[-1], "step": values.step, "value": values[start]}
        kind = w.IntSlider if values.whole else w.FloatSlider
        slider = kind(**ends, readout_format=_digits(values), **look)
    else:
        options = [(label, i) for i, label in enumerate(control.labels)]
        kind = w.Dropdown if control.kind == "choice" else w.SelectionSlider
        if buttons and control.is_short:
            kind, look["style"] = w.ToggleButtons, look["style"] | {"button_width": "auto"}
        slider = kind(options=options, value=start, **look)
    if not control.play:
        return slider, slider
    ends = {"min": 0, "max": len(values) - 1, "value": start}
    runner = w.Play(**ends, interval=900 if len(values) <= 15 else 300)

    def follow(change: Any) -> None:
        slider.value = values[change.new] if _shows_values(control) else change.new

    runner.observe(follow, "value")
    slider.observe(lambda change: setattr(runner, "value", place_of(control, change.new)), "value")
    return w.HBox([runner, slider]), slider


def place_of(control: Control, value: Any) -> int:
    """The place on the grid that a widget's value says: of a slider's, the nearest."""
    if not _shows_values(control):
        return value
    if control.kind == "slider" and is_number(value):
        return control.nearest(value)
    return control.index(value)


def _shows_values(control: Control) -> bool:
    """Whether its widget's value is one of the control's, and not the place of it."""
    return (
        control.widget is not None or control.kind == "switch" or isinstance(control.values, Steps)
    )


def _digits(values: Steps) -> str:
    """The format that shows a step: ".2f" for 0.25, "d" for whole numbers."""
    _, _, digits = f"{values.step:.6f}".rstrip("0").partition(".")
    return "d" if values.whole else f".{max(1, len(digits))}f"
