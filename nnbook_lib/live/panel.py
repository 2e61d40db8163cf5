"""A live figure in a notebook: its controls, its picture and its caption as ipywidgets."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from ..optional import missing
from .controls import Control, is_number
from .failure import in_place_of_caption, overheard
from .presets import Preset
from .steps import Steps


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
        self.screen, self.words = w.HTML(), w.HTML()
        pairs = {c.name: to_widget(c) for c in controls}
        self.knobs = {name: knob for name, (_, knob) in pairs.items()}
        look = w.Layout(flex_flow="row wrap")
        row = w.HBox([shown for shown, _ in pairs.values()], layout=look)
        chips = [self._chip(preset) for preset in presets]
        self.box = w.VBox(
            [*([w.HBox(chips, layout=look)] if chips else []), row, self.screen, self.words]
        )
        self._placing = False
        for knob in self.knobs.values():
            knob.observe(self._moved, "value")

    def _chip(self, preset: Preset) -> Any:
        """A button that sets the controls as the preset says."""
        import ipywidgets as w

        button = w.Button(description=preset.label, layout=w.Layout(width="auto"))
        button.on_click(lambda _: self._shown(lambda: self.place(preset.at)))
        return button

    def place(self, at: Mapping[str, int]) -> None:
        """Put the controls there, and draw. Raises what drawing raises."""
        self._placing = True
        try:
            for c in self.controls:
                i = at[c.name]
                self.knobs[c.name].value = c.values[i] if _shows_values(c) else i
        finally:
            self._placing = False
        self._draw(dict(at))

    def _moved(self, change: Any) -> None:
        if not self._placing:
            self._shown(lambda: self._draw(self._at()))

    def _at(self) -> dict[str, int]:
        """Where the controls stand."""
        return {c.name: place_of(c, self.knobs[c.name].value) for c in self.controls}

    def _shown(self, do: Callable[[], None]) -> None:
        """Do it; an error, also a stop or an exit, is told where the caption stands: nobody sees what
        a widget raises.
        """
        try:
            do()
        except BaseException as error:
            self.screen.value, self.words.value = "", in_place_of_caption(error)

    def _draw(self, at: dict[str, int]) -> None:
        with warnings.catch_warnings(record=True) as heard:  # nor what it warns of
            picture, caption = self.picture(at)
        self.screen.value = picture
        self.words.value = f"<p>{escape(caption)}</p>{overheard(heard)}"


def to_widget(control: Control) -> tuple[Any, Any]:
    """The ipywidgets for a control: (what is shown, the one whose `value` follows)."""
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
        slider = kind(options=options, value=start, **look)
    if not control.play:
        return slider, slider
    ends = {"min": 0, "max": len(values) - 1, "value": start}
    runner = w.Play(**ends, interval=300)

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
