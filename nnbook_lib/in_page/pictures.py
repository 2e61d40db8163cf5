"""What a cell of a page draws with pyplot, as the site shows its own plain figures.

This module is matplotlib's backend there, `module://nnbook_lib.in_page.pictures`: `plt.show()` and
the end of a cell hand over the figures that are open, as in a notebook.
"""

from __future__ import annotations

import io
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from ..live.svg import plain

FigureCanvas = FigureCanvasSVG  # matplotlib asks a backend for it by this name
ALT = "What this cell draws"  # the page has better words for a cell of the book

_shown: list[dict[str, Any]] = []  # by plt.show(), in the present cell


def show(*_: Any, **__: Any) -> None:
    """plt.show() on a page."""
    try:
        for number in plt.get_fignums():
            _shown.append(_picture(plt.figure(number)))
    finally:
        plt.close("all")


def left() -> list[dict[str, Any]]:
    """The pictures of the cell that has ended: those shown, and the figures it left open."""
    try:
        show()
    except Exception as error:  # of matplotlib, as it draws what a cell has put into a figure
        said = f"This figure cannot be drawn: {type(error).__name__}: {error}"
        _shown.append({"kind": "text", "text": said})
    done = _shown[:]
    _shown.clear()
    return done


def form(value: Any) -> dict[str, Any] | None:
    """A figure as a cell's value: its picture, and it is not shown again as one left open."""
    if not isinstance(value, Figure):
        return None
    picture = _picture(value)
    plt.close(value)
    return picture


def _picture(fig: Figure) -> dict[str, Any]:
    file = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none"}):
        fig.savefig(file, format="svg", bbox_inches="tight", facecolor=fig.get_facecolor())
    return {"kind": "svg", "html": plain(file.getvalue(), ALT)}
