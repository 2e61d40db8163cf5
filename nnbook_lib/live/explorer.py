"""`explore`, and the figure that it makes: widgets in a notebook, its own controls on a page."""

from __future__ import annotations

import inspect
import math
import os
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from .controls import Control, controls, to_widget
from .easel import Draw, Easel
from .svg import markup

GRID = 400  # pictures of one figure: a page holds them all
WIDGET = "application/vnd.jupyter.widget-view+json"  # ipywidgets 8 makes it; 7, in Colab, does not
BUILDING = "NNBOOK_FRAMES"  # set while the book is built: the directory where frames are kept


def explore(draw: Draw, *, alt: str, **given: Any) -> Explorer:
    """Show draw's figure with a control for each of its parameters, and draw again as they move.

        def wave(fig, frequency=2, damped=False):
            ...                                  # fig: an empty matplotlib Figure
            return f"{frequency} periods."       # the caption, one sentence

        explore(wave, frequency=(1, 10), damped=False, alt="A sine wave")

    draw(fig, **values) is pure and seeded. Controls are abbreviated as in ipywidgets.interact: a
    tuple (low, high) or (low, high, step) is a slider; a list, pairs (label, value) or a dict a
    drop-down; a bool a checkbox; an ipywidget itself; any other single value is fixed. log(),
    stops() and play() make a logarithmic slider, one that stops at given values, and one that can
    run. A control starts at the parameter's default in draw. alt: what the figure shows, for who
    does not see it.

    Raises ValueError for a control draw does not take, a parameter without control or default, a
    range that is none, or a grid of more than 400 pictures; RuntimeError when draw raises or
    returns no caption, with the values it was drawn at.
    """
    explorer = Explorer(draw, alt, given)
    explorer.show()
    return explorer


class Explorer:
    """A live figure: `values` are its controls' present values, `caption` what the figure says."""

    def __init__(self, draw: Draw, alt: str, given: Mapping[str, Any]):
        name = getattr(draw, "__name__", "draw")
        self.draw, self.alt = draw, alt
        self.key = "live-" + name.removeprefix("draw_").strip("_<>").replace("_", "-")
        try:
            if not (isinstance(alt, str) and alt.strip()):
                raise ValueError("it needs alt=, a sentence saying what the figure shows")
            _check_names(draw, given)
            self.controls, self.fixed = controls(given, _defaults(draw))
            pictures = math.prod(len(c.values) for c in self.controls)
            if pictures > GRID:
                sizes = " x ".join(f"{len(c.values)} {c.name}" for c in self.controls)
                raise ValueError(
                    f"{sizes} = {pictures} pictures, and a page holds at most {GRID}; "
                    "thin a control, for example depth=stops(1, 2, 5, 10, 20)"
                )
        except ValueError as error:
            raise ValueError(f"live figure {name}: {error}") from None
        self._at = {c.name: c.start for c in self.controls}
        self._easel = Easel(draw, self.key)
        self._view: Any = None
        self._svg = self._caption = None

    @property
    def values(self) -> dict[str, Any]:
        """{name: value} of every control and every fixed argument."""
        return {c.name: c.values[self._at[c.name]] for c in self.controls} | self.fixed

    @property
    def caption(self) -> str:
        """What draw said of the present picture."""
        if self._caption is None:
            self._svg, self._caption = self._easel.picture(self.values)
        return self._caption

    @property
    def svg(self) -> str:
        """The present picture, as HTML."""
        _ = self.caption  # draws if need be
        return markup(self._svg, self.alt)

    def set(self, **values: Any) -> Explorer:
        """Move controls, as by hand: set(depth=20). ValueError for what is not on the grid."""
        known = {c.name: c for c in self.controls}
        for name in values:
            if name not in known:
                raise ValueError(
                    f"live figure {self.draw.__name__} has no control {name!r}; "
                    f"it has {', '.join(known)}."
                )
        self._at |= {name: known[name].index(value) for name, value in values.items()}
        self._svg = self._caption = None
        if self._view:
            self._view(self._at)
        return self

    def show(self) -> None:
        """Display it: widgets where a kernel runs, the page's own controls where a book is built."""
        from IPython.core.getipython import get_ipython

        if get_ipython() is None:
            _ = self.caption
            return
        from IPython.display import display

        if where := os.environ.get(BUILDING):
            bundle = {"text/html": self.page(Path(where)), "text/plain": self.caption}
        else:
            box = self._widgets()
            view = {"version_major": 2, "version_minor": 0, "model_id": box.model_id}
            bundle = {WIDGET: view, "text/plain": self.caption}
        display(bundle, raw=True)

    def page(self, cache: Path) -> str:
        """The figure as HTML that needs no Python: every picture of its grid is inside."""
        from .frames import frames

        made = frames(self._easel, self.alt, self.controls, self.fixed, cache)
        knobs = "".join(_html(c, self.key) for c in self.controls)
        reset = '<button type="button" class="live-reset">Reset</button>'
        self._caption = made["caption"]
        return (
            f'<figure class="live" id="{self.key}" aria-label="{escape(self.alt)}">'
            f'<div class="live-controls">{knobs}{reset}</div>'
            f'<div class="live-picture">{made["svg"]}</div>'
            f'<figcaption aria-live="polite">{escape(made["caption"])}</figcaption>'
            f'<script type="text/plain" class="live-frames">{made["data"]}</script></figure>'
        )

    def _widgets(self) -> Any:
        """Controls, picture and caption as ipywidgets that follow one another."""
        import ipywidgets as w

        screen, words = w.HTML(), w.HTML()
        pairs = {c.name: to_widget(c) for c in self.controls}
        moving = False

        def redraw() -> None:
            screen.value = self.svg
            words.value = f"<p>{escape(self.caption)}</p>"

        def moved(change: Any) -> None:
            if not moving:
                for c in self.controls:
                    value = pairs[c.name][1].value
                    ready_made = c.widget is not None or c.kind == "switch"
                    self._at[c.name] = c.index(_snap(c, value)) if ready_made else value
                self._svg = self._caption = None
                redraw()

        def place(at: dict[str, int]) -> None:
            nonlocal moving
            moving = True
            for c in self.controls:
                ready_made = c.widget is not None or c.kind == "switch"
                i = at[c.name]
                pairs[c.name][1].value = c.values[i] if ready_made else i
            moving = False
            redraw()

        self._view = place
        redraw()
        for _, knob in pairs.values():
            knob.observe(moved, "value")
        row = w.HBox([shown for shown, _ in pairs.values()], layout=w.Layout(flex_flow="row wrap"))
        return w.VBox([row, screen, words])

    def _ipython_display_(self) -> None:
        """explore has displayed it already."""


def _snap(control: Control, value: Any) -> Any:
    """The value of the grid nearest to what a ready-made slider says."""
    if control.kind == "slider" and not isinstance(value, str | bool):
        return min(control.values, key=lambda known: abs(known - value))
    return value


def _defaults(draw: Draw) -> dict[str, Any]:
    parameters = list(inspect.signature(draw).parameters.values())[1:]
    return {p.name: p.default for p in parameters if p.default is not p.empty}


def _check_names(draw: Draw, given: Mapping[str, Any]) -> None:
    parameters = list(inspect.signature(draw).parameters)[1:]
    if unknown := [name for name in given if name not in parameters]:
        raise ValueError(f"draw takes {', '.join(parameters) or 'nothing'}, not {unknown[0]!r}")
    missing = [name for name in parameters if name not in given and name not in _defaults(draw)]
    if missing:
        raise ValueError(f"{missing[0]!r} has neither a control nor a default")


def _html(control: Control, key: str) -> str:
    """The control as native HTML; its input's value is the index of the chosen value."""
    name, labels, start = f"{key}-{control.name}", control.labels, control.start
    common = f'id="{name}" data-name="{control.name}" data-start="{start}"'
    words = escape("|".join(labels))
    label = f'<label for="{name}">{escape(control.label)}</label>'
    if control.kind == "switch":
        checked = " checked" if start else ""
        return f'<span class="live-control"><input type="checkbox" {common}{checked}>{label}</span>'
    if control.kind == "choice":
        options = "".join(
            f'<option value="{i}"{" selected" if i == start else ""}>{escape(text)}</option>'
            for i, text in enumerate(labels)
        )
        return f'<span class="live-control">{label}<select {common}>{options}</select></span>'
    button = '<button type="button" class="live-play">Play</button>' if control.play else ""
    return (
        f'<span class="live-control">{label}{button}<input type="range" {common} min="0" '
        f'max="{len(labels) - 1}" value="{start}" data-labels="{words}" '
        f'aria-valuetext="{escape(labels[start])}">'
        f'<output for="{name}">{escape(labels[start])}</output></span>'
    )
