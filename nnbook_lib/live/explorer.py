"""`explore`, and the figure that it makes: widgets in a notebook, its own controls on a page."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Mapping
from inspect import Parameter
from pathlib import Path
from typing import Any

from ..shapes import got
from .controls import controls
from .easel import Draw, Easel, called
from .limits import BUILDING, fit_page
from .page import figure_html
from .panel import Panel
from .presets import presets as named_settings
from .svg import markup

WIDGET = "application/vnd.jupyter.widget-view+json"  # ipywidgets 8 makes it; 7, in Colab, does not

# Where the page itself runs Python, nnbook_lib.in_page says here what shows a figure on it.
SHOWN_BY: list[Callable[[Explorer], None]] = []


def explore(
    draw: Draw,
    *,
    alt: str,
    presets: Mapping[str, Mapping[str, Any]] | None = None,
    **given: Any,
) -> Explorer:
    """Show draw's figure with a control for each of its parameters, and draw again as they move.

        def wave(fig, frequency=2, damped=False):
            ...                                  # fig: an empty matplotlib Figure
            return f"{frequency} periods."       # the caption, one sentence

        explore(wave, frequency=(1, 10), damped=False, alt="A sine wave",
                presets={"Fast and damped": {"frequency": 10, "damped": True}})

    draw(fig, **values) is pure and seeded. Controls are abbreviated as in ipywidgets.interact: a
    tuple (low, high) or (low, high, step), a range or an array of numbers is a slider; a list,
    pairs (label, value) or a dict a drop-down; a bool a checkbox; an ipywidget itself; any other
    single value, and ipywidgets.fixed(anything), stays as it is. log(), stops() and play() make a
    logarithmic slider, one that stops at given values, and one that can run. A control starts at
    the parameter's default in draw: a slider at the nearest of its values, a drop-down that lacks
    it at its first. alt: what the figure shows, for readers who cannot see it.

    presets: {label: {control: value}}, settings worth a look. Each is a button; a control that it
    does not name goes to its start. On a page a text links to one by the figure's name, two hyphens
    and the label in lower case, all that is no letter or digit as one hyphen:
    [set it so](#live-wave--fast-and-damped).

    While the book is built, a page is made that holds every picture: at most 400, of 2 to 60 values
    a control, with each default among them. A notebook draws what is asked for, so a slider may be
    as long as you like, and a menu or stops() have 10000 values.

    Where a control is moved to what cannot be drawn, the figure says so in place of its caption,
    with the line of your code that raised; a warning stands under the caption.

    Raises ValueError for a draw that is no function of a figure, a control it does not take, a
    parameter without control or default, what cannot be made into a control, a preset that the
    controls cannot take or no link can name, or what a page cannot hold; FigureError, a
    RuntimeError, when draw raises in the first picture, draws elsewhere than on fig or returns no
    caption, with the values it was drawn at; ModuleNotFoundError in a notebook without ipywidgets.
    """
    explorer = Explorer(draw, alt, given, presets)
    explorer.show()
    return explorer


class Explorer:
    """A live figure: `values` are its controls' present values, `caption` what the figure says."""

    def __init__(
        self, draw: Draw, alt: str, given: Mapping[str, Any], presets: Mapping | None = None
    ):
        name = called(draw) if callable(draw) else "draw"
        self.draw, self.alt = draw, alt
        self.key = "live-" + name.removeprefix("draw_").strip("_<>").replace("_", "-")
        try:
            if not (isinstance(alt, str) and alt.strip()):
                raise ValueError("it needs alt=, a sentence saying what the figure shows")
            defaults = _check_names(draw, given)
            self.controls, self.fixed = controls(given, defaults)
            self.presets = named_settings(presets, self.controls)
        except ValueError as error:
            raise ValueError(f"live figure {name}: {error}") from None
        self._at = {c.name: c.start for c in self.controls}
        self._easel = Easel(draw, self.key)
        self._panel: Panel | None = None  # where it is shown in a notebook
        self._kept: tuple[str, str] | None = None  # the present picture and its caption

    @property
    def values(self) -> dict[str, Any]:
        """{name: value} of every control and every fixed argument."""
        return self._values(self._at)

    @property
    def caption(self) -> str:
        """What draw said of the present picture."""
        return self._picture()[1]

    @property
    def svg(self) -> str:
        """The present picture, as HTML."""
        return self._picture()[0]

    def set(self, **values: Any) -> Explorer:
        """Move controls, as by hand: set(depth=20).

        Raises ValueError for what is not on the grid, FigureError if it cannot be drawn; then
        nothing has moved.
        """
        known = {c.name: c for c in self.controls}
        for name in values:
            if name not in known:
                has = f"it has {', '.join(known)}" if known else "nothing of it moves"
                raise ValueError(f"live figure {self._easel.name} has no control {name!r}; {has}.")
        at = self._at | {name: known[name].index(value) for name, value in values.items()}
        self._kept = self._drawn(at)
        self._at = at
        if self._panel:
            self._panel.place(at)
        return self

    def at(self, **values: Any) -> tuple[str, str]:
        """(picture as HTML, caption) at any values, also between and beyond those of the controls,
        which do not move. Raises FigureError for what cannot be drawn.
        """
        svg, caption = self._easel.picture(self.values | values)
        return markup(svg, self.alt), caption

    def _values(self, at: Mapping[str, int]) -> dict[str, Any]:
        return {c.name: c.values[at[c.name]] for c in self.controls} | self.fixed

    def _drawn(self, at: Mapping[str, int]) -> tuple[str, str]:
        """(picture as HTML, caption) at a place of the grid."""
        return self.at(**self._values(at))

    def _picture(self) -> tuple[str, str]:
        if self._kept is None:
            self._kept = self._drawn(self._at)
        return self._kept

    def show(self) -> None:
        """Display it: widgets where a kernel runs, the page's own controls where a book is built or
        the page runs Python.
        """
        if SHOWN_BY:
            return SHOWN_BY[-1](self)
        shell = sys.modules.get("IPython")  # where a kernel runs, it is loaded
        if shell is None or shell.get_ipython() is None:
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
        """The figure as HTML that needs no Python: every picture of its grid is inside.

        Raises ValueError for a grid that a page cannot hold.
        """
        from .frames import frames

        try:
            fit_page(self.controls)
        except ValueError as error:
            raise ValueError(f"live figure {self._easel.name}: {error}") from None
        made = frames(self._easel, self.alt, self.controls, self.fixed, cache)
        if self._at == {c.name: c.start for c in self.controls}:
            self._kept = made["svg"], made["caption"]
        return figure_html(self.key, self.alt, self.controls, self.presets, made)

    def _widgets(self) -> Any:
        """Controls, picture and caption as ipywidgets that follow one another."""
        panel = Panel(self.controls, self._go, self.presets)
        panel.place(self._at)
        self._panel = panel
        return panel.box

    def _go(self, at: dict[str, int]) -> tuple[str, str]:
        """Move to a place of the grid, also if it cannot be drawn: its picture and caption."""
        if at != self._at:
            self._at, self._kept = at, None
        return self._picture()

    def _ipython_display_(self) -> None:
        """explore has displayed it already."""


def _check_names(draw: Draw, given: Mapping[str, Any]) -> dict[str, Any]:
    """draw's defaults, by name. ValueError if draw cannot be called as draw(fig, **given)."""
    try:
        first, *rest = inspect.signature(draw).parameters.values()
        if first.kind in (Parameter.KEYWORD_ONLY, Parameter.VAR_KEYWORD):
            raise ValueError
    except (TypeError, ValueError):
        raise ValueError(
            "wanted a function draw(fig, ...) that draws on fig, its first argument, and returns a "
            f"caption; got {got(draw)}"
        ) from None
    if hidden := [p.name for p in rest if p.kind is Parameter.POSITIONAL_ONLY]:
        raise ValueError(f"controls are passed by name, which the / after {hidden[-1]!r} forbids")
    named = [p for p in rest if p.kind not in (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)]
    parameters = [p.name for p in named]
    defaults = {p.name: p.default for p in named if p.default is not p.empty}
    takes_any = any(p.kind is Parameter.VAR_KEYWORD for p in rest)
    for name in given:
        if name == first.name:
            raise ValueError(
                f"{name!r} stands where draw is given the figure. Write def draw(fig, {name}, ...)"
            )
        if name not in parameters and not takes_any:
            raise ValueError(f"draw takes {', '.join(parameters) or 'nothing'}, not {name!r}")
    if missing := [name for name in parameters if name not in given and name not in defaults]:
        raise ValueError(f"{missing[0]!r} has neither a control nor a default")
    return defaults
