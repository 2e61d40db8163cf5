"""The controls of a live figure: each is a name and a short list of values, one of them chosen.

Abbreviations are those of ipywidgets.interact, and each becomes a standard widget in a notebook
and a native control on a page. A list, because the page has a picture of every combination.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor, log10
from numbers import Integral, Real
from typing import Any

from ..plotting import NAMES

MOST = 60  # values of one control; more are neither told apart by a reader nor worth the pictures
LABELS = {"lr": "learning rate", "init": "initialization", "norm": "normalization"}


@dataclass(frozen=True)
class Control:
    """One control: `values`, how each is written (`labels`), where it starts, what it looks like.

    kind: "slider", "choice" (a drop-down) or "switch"; play: a slider that can run by itself.
    widget: the ready-made ipywidget it stands for, if it was given as one.
    """

    kind: str
    values: tuple
    labels: tuple[str, ...]
    start: int | None = None
    play: bool = False
    name: str = ""
    label: str = ""
    widget: Any = None

    def index(self, value: Any) -> int:
        """Where value is in `values`, a number to rounding error; ValueError lists what there is."""
        for i, known in enumerate(self.values):
            if value is known or _equal(value, known):
                return i
        raise ValueError(f"{self.name}={value!r} is not on its grid: {', '.join(self.labels)}.")


def log(low: float, high: float, per_decade: int = 3) -> Control:
    """A logarithmic slider, for learning rates: low · 10^(k / per_decade) up to high.

    Values are rounded to one digit where that tells them apart, so that they read 0.01, 0.02, 0.05.
    """
    if not 0 < low < high or per_decade < 1:
        raise ValueError(
            f"log({low}, {high}, {per_decade}): wanted 0 < low < high, per_decade ≥ 1."
        )
    count = floor(per_decade * log10(high / low) + 1e-9) + 1
    digits = 1 if per_decade <= 3 else 2
    values = [float(f"{low * 10 ** (k / per_decade):.{digits - 1}e}") for k in range(count)]
    return stops(*values)


def stops(*values: float) -> Control:
    """A slider that stops at these values only: stops(1, 2, 5, 10, 20) thins a depth."""
    _count("stops", len(values))
    if len(set(values)) < len(values):
        raise ValueError(f"stops{values}: a value comes twice.")
    return Control("slider", values, tuple(map(_written, values)))


def play(low: int, high: int, step: int = 1) -> Control:
    """A slider with a play button, for steps and epochs: low, low + step, … up to high."""
    return replace(_range("play", low, high, step), play=True)


def controls(given: Mapping[str, Any], defaults: Mapping[str, Any]) -> tuple[list[Control], dict]:
    """The controls that `given` abbreviates, and the fixed arguments: what is a single value.

    defaults: {name: value}, where a control starts; without one it starts as ipywidgets would:
    a slider in its middle, a drop-down at its first, a switch as given. ValueError names the
    control whose range, list or start does not make sense.
    """
    made, fixed = [], {}
    for name, short in given.items():
        try:
            control = _control(name, short)
        except ValueError as error:
            raise ValueError(f"control {name}: {error}") from None
        if control is None:
            fixed[name] = getattr(short, "value", short)
            continue
        label = control.label or LABELS.get(name, name.replace("_", " "))
        control = replace(control, name=name, label=label)
        start = control.start
        if start is None:
            start = (len(control.values) - 1) // 2 if control.kind == "slider" else 0
        if name in defaults:
            start = control.index(defaults[name])
        made.append(replace(control, start=start))
    return made, fixed


def _control(name: str, short: Any) -> Control | None:
    """The control abbreviated by `short`; None for a fixed value."""
    if isinstance(short, Control):
        return short
    if hasattr(short, "traits"):
        return _from_widget(short)
    if isinstance(short, bool):
        return Control("switch", (False, True), ("off", "on"), start=int(short))
    if isinstance(short, tuple) and 2 <= len(short) <= 3 and all(_number(v) for v in short):
        return _range(name, *short)
    if isinstance(short, Mapping):
        return _choice(list(short.items()))
    if isinstance(short, list | tuple):
        pairs = all(isinstance(v, tuple) and len(v) == 2 and isinstance(v[0], str) for v in short)
        return _choice(list(short) if pairs else [(_written(v), v) for v in short])
    return None


def _range(name: str, low: float, high: float, step: float | None = None) -> Control:
    whole = all(isinstance(v, Integral) for v in (low, high, step or 1))
    step = (1 if whole else 0.1) if step is None else step
    if not (high > low and step > 0):
        raise ValueError(f"({low}, {high}, {step}) is no range; wanted low < high and step > 0.")
    count = floor((high - low) / step + 1e-9) + 1
    _count(name, count)
    values = [low + k * step if whole else round(float(low + k * step), 10) for k in range(count)]
    return stops(*values)


def _choice(pairs: Sequence[tuple[str, Any]]) -> Control:
    _count("the list", len(pairs))
    labels, values = zip(*pairs, strict=True)
    return Control("choice", values, tuple(map(str, labels)))


def _from_widget(widget: Any) -> Control | None:
    """The control that an ipywidget shows; None for ipywidgets.fixed."""
    kind = type(widget).__name__
    if kind == "fixed":
        return None
    if kind in ("IntSlider", "BoundedIntText", "FloatSlider", "BoundedFloatText", "Play"):
        control = _range(kind, widget.min, widget.max, widget.step)
        control = replace(control, play=kind == "Play")
    elif kind == "FloatLogSlider":
        exponents = _range(kind, widget.min, widget.max, widget.step).values
        control = stops(*[float(f"{widget.base**e:.3g}") for e in exponents])
    elif kind in ("Checkbox", "ToggleButton"):
        control = Control("switch", (False, True), ("off", "on"))
    elif hasattr(widget, "options"):
        options = widget.options
        pairs = options.items() if isinstance(options, Mapping) else options
        pairs = [o if isinstance(o, tuple) and len(o) == 2 else (_written(o), o) for o in pairs]
        control = _choice(pairs)
        control = replace(control, kind="slider" if kind == "SelectionSlider" else "choice")
    else:
        raise ValueError(f"{kind} has no finite list of values; take a slider, list or checkbox.")
    value = widget.value
    if kind == "FloatLogSlider":
        value = float(f"{value:.3g}")
    return replace(
        control, start=control.index(value), label=widget.description.rstrip(":"), widget=widget
    )


def to_widget(control: Control) -> tuple[Any, Any]:
    """The ipywidgets for a control: (what is shown, the one whose `value` follows)."""
    import ipywidgets as w

    look = {"description": control.label, "style": {"description_width": "initial"}}
    if control.widget is not None:
        return control.widget, control.widget
    if control.kind == "switch":
        box = w.Checkbox(value=bool(control.start), indent=False, description=control.label)
        return box, box
    options = [(label, i) for i, label in enumerate(control.labels)]
    if control.kind == "choice":
        menu = w.Dropdown(options=options, value=control.start, **look)
        return menu, menu
    slider = w.SelectionSlider(options=options, value=control.start, **look)
    if not control.play:
        return slider, slider
    runner = w.Play(min=0, max=len(options) - 1, value=control.start, interval=300)
    runner.observe(lambda change: setattr(slider, "value", change.new), "value")
    slider.observe(lambda change: setattr(runner, "value", change.new), "value")
    return w.HBox([runner, slider]), slider


def _count(name: str, count: int) -> None:
    if not 2 <= count <= MOST:
        raise ValueError(f"{name} has {count} values; wanted 2 to {MOST}.")


def _number(v: Any) -> bool:
    return isinstance(v, Real) and not isinstance(v, bool)


def _equal(a: Any, b: Any) -> bool:
    if _number(a) and _number(b):
        return abs(a - b) <= 1e-9 * max(1.0, abs(b)) if b else abs(a) < 1e-12
    return type(a) is type(b) and bool(a == b)


def _written(value: Any) -> str:
    if _number(value):
        return f"{value:g}".replace("-", "−")
    return NAMES.get(value, value.replace("_", " ")) if isinstance(value, str) else str(value)
