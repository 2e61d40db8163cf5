"""The controls of a live figure: each is a name and a list of values, one of them chosen.

Abbreviations are those of ipywidgets.interact, and each becomes a standard widget in a notebook
and a native control on a page. The page has a picture of every combination: while the book is built,
the list is short and a control starts on it. In a notebook there is no such limit.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, MappingView, Sequence, Set
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice, pairwise
from math import ceil, floor, isclose, isfinite, log10
from numbers import Integral, Real
from typing import Any

import numpy as np

from ..plotting import NAMES
from ..shapes import got
from .limits import LONGEST, LONGEST_SLIDER, MOST, count_fits, fit_page, is_building
from .steps import Steps

LABELS = {"lr": "learning rate", "init": "initialization", "norm": "normalization"}


@dataclass(frozen=True)
class Control:
    """One control: `values`, how each is written (`labels`), where it starts, what it looks like.

    kind: "slider", "choice" or "switch"; play: a slider that can run by itself. widget: the
    ready-made ipywidget it stands for, if it was given as one. A slider of more than 60 evenly
    spaced values has Steps for values, and no labels.
    """

    kind: str
    values: Sequence
    labels: tuple[str, ...] = ()
    start: int | None = None
    play: bool = False
    name: str = ""
    label: str = ""
    widget: Any = None

    @property
    def is_short(self) -> bool:
        """Whether it is a few options, side by side as buttons: a phone has room for 36 letters."""
        few = self.kind == "choice" and len(self.labels) <= 4
        return few and sum(map(len, self.labels)) <= 36

    def index(self, value: Any) -> int:
        """Where value is in `values`, a number to rounding error; ValueError lists what there is."""
        value = _plain(value)
        near = self.nearest(value)
        if near is not None and (value is self.values[near] or _equal(value, self.values[near])):
            return near
        grid = ", ".join(self.labels)
        if isinstance(self.values, Steps):
            grid = f"{self.values[0]} to {self.values[-1]} in steps of {self.values.step}"
        raise ValueError(f"{self.name}={value!r} is not on its grid: {grid}.")

    def nearest(self, value: Any) -> int | None:
        """Where value is in `values`; of a slider, where the nearest is; None if there is none."""
        value = _plain(value)
        if isinstance(self.values, Steps):
            is_finite = is_number(value) and isfinite(value)
            return self.values.near(value) if is_finite else None
        for i, known in enumerate(self.values):
            if value is known or _equal(value, known):
                return i
        if self.kind != "slider" or not all(map(is_number, (value, *self.values))):
            return None
        return min(range(len(self.values)), key=lambda i: abs(self.values[i] - value))


def log(low: float, high: float, per_decade: int = 3) -> Control:
    """A logarithmic slider, for learning rates: low · 10^(k / per_decade) up to high.

    Values are rounded to one digit where that tells them apart, so that they read 0.01, 0.02, 0.05.
    """
    numbers = all(map(is_number, (low, high, per_decade)))
    if not numbers or not 0 < low < high < float("inf") or per_decade < 1:
        raise ValueError(
            f"log({low}, {high}, {per_decade}): wanted 0 < low < high, per_decade ≥ 1."
        )
    count = floor(per_decade * log10(high / low) + 1e-9) + 1
    count_fits("log", count)
    digits = 1 if per_decade <= 3 else 2 if per_decade <= 20 else 2 + ceil(log10(per_decade / 20))
    values = [float(f"{low * 10 ** (k / per_decade):.{digits - 1}e}") for k in range(count)]
    return stops(*values)


def stops(*values: float) -> Control:
    """A slider that stops at these values only: stops(1, 2, 5, 10, 20) thins a depth."""
    if len(values) == 1 and not is_number(values[0]):
        raise ValueError("stops takes the values themselves: stops(1, 2, 5), or stops(*values).")
    count_fits("stops", len(values))
    values = tuple(map(_plain, values))
    ordered = sorted(values) if all(map(is_number, values)) else ()
    if any(_equal(v, w) for v, w in pairwise(ordered)):
        raise ValueError(f"stops{values}: a value comes twice.")
    return Control("slider", values, tuple(map(_written, values)))


def play(low: int | Control, high: int | None = None, step: int = 1) -> Control:
    """A slider with a play button: low, low + step, … up to high; or play(stops(0, 1, 10, 100))."""
    return replace(low if isinstance(low, Control) else _range("play", low, high, step), play=True)


def controls(given: Mapping[str, Any], defaults: Mapping[str, Any]) -> tuple[list[Control], dict]:
    """The controls that `given` abbreviates, and the fixed arguments: what is a single value.

    defaults: {name: value}, where a control starts; without one it starts as ipywidgets would:
    a slider in its middle, a drop-down at its first, a switch as given. A default that is not among
    the values puts a slider to the nearest, and a drop-down where it starts without one. ValueError
    names the control whose range or list does not make sense, and what to write instead; while the
    book is built, also the one whose default is not among its values.
    """
    made, fixed = [], {}
    for name, short in given.items():
        if _is_from_ipywidgets("fixed", short):
            fixed[name] = short.value
            continue
        try:
            control = _control(name, short)
        except ValueError as error:
            raise ValueError(f"control {name}: {error}") from None
        if control is None:
            fixed[name] = _plain(short)
            continue
        label = control.label or LABELS.get(name, name.replace("_", " "))
        control = replace(control, name=name, label=label)
        start = control.start
        if start is None:
            start = (len(control.values) - 1) // 2 if control.kind == "slider" else 0
        if name in defaults:
            near = (control.index if is_building() else control.nearest)(defaults[name])
            start = start if near is None else near
        made.append(replace(control, start=start))
    if is_building():
        fit_page(made)
    return made, fixed


def _control(name: str, short: Any) -> Control | None:
    """The control abbreviated by `short`; None for a fixed value."""
    if isinstance(short, Control):
        return short
    if _is_from_ipywidgets("Widget", short):
        return _from_widget(name, short)
    if isinstance(short, type) and any(base.__name__ == "Widget" for base in short.__mro__):
        raise ValueError(f"{short.__name__} is a class: make a widget of it, {short.__name__}().")
    short = _plain(short)
    if isinstance(short, bool):
        return Control("switch", (False, True), ("off", "on"), start=int(short))
    if isinstance(short, tuple) and 2 <= len(short) <= 3 and all(map(is_number, short)):
        return _range(name, *short)
    if hasattr(type(short), "__array__"):  # as of pandas, too
        short = np.asarray(short)
    if isinstance(short, str | bytes) or not isinstance(short, Iterable):
        return None
    if isinstance(short, Mapping):
        return _choice(list(short.items()))
    if isinstance(short, range) and short and short.step > 0:
        return _range("the range", short[0], short[-1], short.step)
    values = _values(short)
    if isinstance(short, range | np.ndarray) and _is_a_scale(values):
        return stops(*values)
    pairs = all(isinstance(v, tuple) and len(v) == 2 and isinstance(v[0], str) for v in values)
    return _choice(values if pairs else [(_written(v), v) for v in values])


def _values(short: Iterable) -> list:
    """The values that a list, or something like it, is plainly made of; ValueError otherwise."""
    if isinstance(short, np.ndarray) and short.ndim == 1:
        count_fits("the array", len(short))
        if short.dtype.kind != "f":
            return short.tolist()
        digits = np.finfo(short.dtype).precision  # 0.3, not 0.30000000000000004
        return [float(f"{v:.{digits}g}") for v in short]
    if isinstance(short, Sequence | MappingView) or _is_enum(short):
        count_fits("the list", len(short))
        return [_plain(v) for v in short]
    if isinstance(short, Iterator):
        most = MOST if is_building() else LONGEST
        values = [_plain(v) for v in islice(short, most + 1)]
        if len(values) > most:
            raise ValueError(f"it has more than {most} values; wanted at most so many.")
        return values
    if isinstance(short, Set):
        raise ValueError(f"{got(short)} has no order; write a list, [...], for a menu.")
    raise ValueError(
        f"{got(short)} is neither a list of values nor a single one. Write a list, [...], for a "
        "menu, or ipywidgets.fixed(...) for what does not move."
    )


def _range(name: str, low: float, high: float, step: float | None = None) -> Control:
    numbers = all(is_number(v) and isfinite(v) for v in (low, high, 1 if step is None else step))
    whole = all(isinstance(v, Integral) for v in (low, high, step or 1))
    step = (1 if whole else 0.1) if step is None else step
    if not (numbers and high >= low and step > 0):
        raise ValueError(f"({low}, {high}, {step}) is no range; wanted low < high and step > 0.")
    low, high, step = (_plain(v) if whole else float(v) for v in (low, high, step))
    count = floor((high - low) / step + 1e-9) + 1
    if count > MOST and not is_building():
        if count > LONGEST_SLIDER:
            raise ValueError(f"({low}, {high}, {step}) has {count} values; take a longer step.")
        return Control("slider", Steps(low, step, count))
    count_fits(name, count)
    return stops(*Steps(low, step, count))


def _choice(pairs: Sequence[tuple[str, Any]]) -> Control:
    count_fits("the list", len(pairs))
    labels, values = zip(*pairs, strict=True)
    return Control("choice", tuple(map(_plain, values)), tuple(map(str, labels)))


def _is_from_ipywidgets(kind: str, thing: Any) -> bool:
    """Whether it is an ipywidgets.<kind>. Whoever has made one has imported ipywidgets."""
    module = sys.modules.get("ipywidgets")
    return module is not None and isinstance(thing, getattr(module, kind))


def _from_widget(name: str, widget: Any) -> Control:
    """The control that an ipywidget, or one derived from it, shows."""
    kinds = [kind.__name__ for kind in type(widget).__mro__]

    def is_a(*names: str) -> bool:
        return any(known in kinds for known in names)

    value = widget.value if hasattr(widget, "value") else None
    if is_a("IntSlider", "BoundedIntText", "FloatSlider", "BoundedFloatText", "Play"):
        control = _range(kinds[0], widget.min, widget.max, widget.step)
        control = replace(control, play=is_a("Play"))
    elif is_a("FloatLogSlider"):
        exponents = _range(kinds[0], widget.min, widget.max, widget.step).values
        digits = 3 if widget.step * log10(widget.base) > 0.01 else 9
        count_fits(kinds[0], len(exponents))
        control = stops(*[float(f"{widget.base**e:.{digits}g}") for e in exponents])
    elif is_a("Checkbox", "ToggleButton"):
        control = Control("switch", (False, True), ("off", "on"))
    elif is_a("_Selection"):
        options = widget.options
        pairs = options.items() if isinstance(options, Mapping) else options
        pairs = [o if isinstance(o, tuple) and len(o) == 2 else (_written(o), o) for o in pairs]
        control = _choice(pairs)
        control = replace(control, kind="slider" if is_a("SelectionSlider") else "choice")
    else:
        raise ValueError(
            f"{kinds[0]} has no finite list of values; take a slider, list or checkbox."
        )
    control = replace(control, name=name)
    start = control.index(value) if is_building() else control.nearest(value)
    return replace(control, start=start, label=widget.description.rstrip(":"), widget=widget)


def _is_enum(thing: Any) -> bool:
    return isinstance(thing, type) and issubclass(thing, Enum)


def _is_a_scale(values: Sequence) -> bool:
    """Whether these are numbers that rise, or fall, all the way: what a slider runs through."""
    if not all(map(is_number, values)):
        return False
    pairs = list(pairwise(values))
    return all(a < b for a, b in pairs) or all(a > b for a, b in pairs)


def _plain(value: Any) -> Any:
    """A numpy number, bool or word as Python's own."""
    is_one = isinstance(value, np.generic | np.ndarray) and value.ndim == 0
    return value.item() if is_one else value


def is_number(v: Any) -> bool:
    """Whether v is a real number, and neither a bool nor a member of an Enum."""
    return isinstance(v, Real) and not isinstance(v, bool | Enum)


def _equal(a: Any, b: Any) -> bool:
    if is_number(a) and is_number(b):
        return isclose(a, b, rel_tol=1e-9) or (0 in (a, b) and abs(a - b) < 1e-12)
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return np.array_equal(a, b)
    try:
        return type(a) is type(b) and bool(a == b)
    except ValueError:  # of arrays inside
        return False


def _written(value: Any) -> str:
    if is_number(value):
        return f"{value:g}".replace("-", "−")
    if isinstance(value, Enum):
        return value.name
    return NAMES.get(value, value.replace("_", " ")) if isinstance(value, str) else str(value)
