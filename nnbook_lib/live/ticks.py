"""Axes drawn with one tick. Matplotlib makes an object of five parts for each tick of an axis, a
hundred on a logarithmic one, and throws them away with the figure; they take half the time of a
picture. Here one of them is set to each place in turn, and its mark is drawn at all places at once.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator


def name_distances(fig: Figure) -> list[float]:
    """How far outside of its axes each axis' name stands, in pixels, after the figure was drawn as
    matplotlib does it.
    """
    return [_out(axis) * (_height(axis) - _edge(axis)) for axis in _axes(fig)]


def draw_lightly(fig: Figure, distances: list[float]) -> None:
    """Let the figure draw each axis with one tick, and its name at the distance given."""
    for axis, distance in zip(_axes(fig), distances, strict=True):
        # of this axis' own: what is called when the figure is drawn
        axis.draw = partial(_draw, axis, distance)


def draw_as_usual(fig: Figure) -> None:
    """Undo draw_lightly."""
    for axis in _axes(fig):
        vars(axis).pop("draw", None)


def _axes(fig: Figure) -> list[Axis]:
    return [axis for ax in fig.axes for axis in (ax.xaxis, ax.yaxis)]


def _across(axis: Axis) -> int:
    """The coordinate across the axis: 1 for the x axis, 0 for the y axis."""
    return 1 if axis.axis_name == "x" else 0


def _out(axis: Axis) -> int:
    return -1 if axis.get_label_position() in ("bottom", "left") else 1


def _edge(axis: Axis) -> float:
    """The side of the axes at which the name stands, in pixels."""
    box = axis.axes.bbox
    return (box.min if _out(axis) < 0 else box.max)[_across(axis)]


def _height(axis: Axis) -> float:
    return axis.label.get_position()[_across(axis)]


def _draw(axis: Axis, distance: float, renderer: Any) -> None:
    """What matplotlib's Axis.draw does, for an axis whose ticks differ in place and label only."""
    if not axis.get_visible():
        return
    major = axis.get_majorticklocs()
    labels = axis.major.formatter.format_ticks(major)
    if _has_own_ticks(axis) or axis.major.formatter.get_offset():
        for tick in axis.get_major_ticks(len(major)):
            tick.label1.axes = tick.label2.axes = axis.axes
        return type(axis).draw(axis, renderer)
    renderer.open_group(type(axis).__module__, gid=axis.get_gid())
    if len(major):
        _draw_ticks(axis, axis.get_major_ticks(1)[0], major, labels, renderer)
    if not isinstance(axis.get_minor_locator(), NullLocator):
        minor = axis.get_minorticklocs()
        labels = axis.minor.formatter.format_ticks(minor)
        if len(minor):
            _draw_ticks(axis, axis.get_minor_ticks(1)[0], minor, labels, renderer)
    place = [*axis.label.get_position()]
    place[_across(axis)] = _edge(axis) + _out(axis) * distance
    axis.label.set_position(place)
    axis.label.draw(renderer)
    renderer.close_group(type(axis).__module__)


def _has_own_ticks(axis: Axis) -> bool:
    """Whether somebody asked for the tick objects, perhaps to change one of them. They are made
    when they are first asked for.
    """
    made = vars(axis)
    return any(len(made.get(name, ())) > 1 for name in ("majorTicks", "minorTicks"))


def _draw_ticks(axis: Axis, tick: Any, places: np.ndarray, labels: list[str], renderer) -> None:
    places = np.asarray(places)  # some locators give a list
    inside = _inside(axis, places)
    places, labels = places[inside], [label for label, i in zip(labels, inside, strict=True) if i]
    x = axis.axis_name == "x"
    for place in places if tick.gridline.get_visible() else ():
        tick.update_position(place)
        tick.gridline.draw(renderer)
    for mark in (tick.tick1line, tick.tick2line):
        if mark.get_visible():
            one = mark.get_data()
            side = np.full(len(places), one[_across(axis)][0])
            mark.set_data(*((places, side) if x else (side, places)))
            mark.draw(renderer)
            mark.set_data(*one)
    for name in (tick.label1, tick.label2):
        name.axes = axis.axes  # for whoever asks whose text it is; matplotlib leaves it out
        if name.get_visible():
            for place, text in zip(places, labels, strict=True):
                name.set_text(text)
                name.set_x(place) if x else name.set_y(place)
                name.draw(renderer)


def _inside(axis: Axis, places: np.ndarray) -> np.ndarray:
    """Which of the places lie within the view, to rounding error."""
    low, high = np.sort(axis.get_transform().transform(axis.get_view_interval()))
    at, slack = axis.get_transform().transform(places), 1e-10 * (high - low)
    return (low - slack <= at) & (at <= high + slack)
