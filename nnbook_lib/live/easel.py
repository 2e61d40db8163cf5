"""Where the pictures of a live figure are drawn: `draw` draws with matplotlib on an empty figure, and
what all of its pictures have in common is made only once.

That is how wide each text is, and the layout. It is solved for the first picture and kept, so the
axes stay where they are while a control moves, unless a later picture needs more room.
"""

from __future__ import annotations

import functools
import io
import math
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import matplotlib
import numpy as np
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpecBase
from matplotlib.transforms import Bbox

from ..plotting import STYLE
from .failure import FigureError
from .faults import Written, faults
from .scales import scale
from .svg import ARROW, PANEL, page_svg
from .ticks import draw_as_usual, draw_lightly, name_distances

Draw = Callable[..., str]
POINTS = 72  # in an inch: the unit of the page's SVG
LATER = "after its function had returned, as matplotlib drew it"
SLACK = 0.5  # points that a text may stick out unseen
COLORS = 32  # of a bitmap
ONE_BY_ONE = threading.RLock()  # a notebook may run its cells and its controls in two threads


def called(draw: Any) -> str:
    """The name of a drawing function: of what it calls, if it is a partial; else of its class."""
    while isinstance(draw, functools.partial):
        draw = draw.func
    return getattr(draw, "__name__", type(draw).__name__)


class Easel:
    """Draws the pictures of one figure.

    draw(fig, **values) -> caption, as live.explore wants it. key: tells this figure's ids from
    others' on a page. name: what an error calls it. `widened` counts how often a picture needed
    more room than those before it, which therefore have another layout.
    """

    def __init__(self, draw: Draw, key: str):
        self.draw, self.key, self.name, self.widened = draw, key, called(draw), 0
        self._renderer = _Renderer()
        self._layouts: dict[Any, Layout] = {}  # by the figure's size and its grid of axes
        self._last: tuple[Figure, str] | None = None

    def picture(self, values: Mapping[str, Any]) -> tuple[ElementTree.Element, str]:
        """(SVG, caption) of draw(fig, **values).

        One at a time, in whatever thread a notebook lets its controls move. Raises FigureError, a
        RuntimeError, naming figure and values when draw raises, draws nothing on fig or on another
        figure, or returns no sentence.
        """
        with ONE_BY_ONE:
            return self._picture(values)

    def _picture(self, values: Mapping[str, Any]) -> tuple[ElementTree.Element, str]:
        at = f"at {', '.join(f'{name}={value!r}' for name, value in values.items())}"
        with matplotlib.rc_context({**STYLE, "svg.hashsalt": self.key}):
            fig = Figure(layout="constrained", dpi=POINTS)
            _Canvas(fig, self._renderer)
            try:
                with _Strays() as strays:
                    caption = self.draw(fig, **values)
                text = self._rendered(fig)
                scales = [scale(ax) for ax in fig.axes]
                svg = page_svg(text, self.key, colors=COLORS, scales=scales)
            except (Exception, SystemExit) as error:
                doing = f"live figure {self.name}: drawing it {at}"
                raise FigureError.raised(doing, error, LATER) from error
        if strays.found or is_empty(fig):
            where = "on a figure of pyplot" if strays.found else "nothing on fig"
            raise FigureError(
                f"live figure {self.name} drew {where} {at}. Draw on fig, the figure that it is "
                "given: ax = fig.subplots(), then ax.plot(...) in place of plt.plot(...)."
            )
        if not (isinstance(caption, str) and caption.strip()):
            raise FigureError(
                f"live figure {self.name} returned {caption!r:.60} {at}; wanted its caption, one "
                "sentence computed from what it shows."
            )
        self._last = fig, caption
        return svg, caption

    def faults(self) -> list[str]:
        """What is wrong with the last picture that was drawn."""
        return faults(self._last[0], self._renderer.texts, self._last[1]) if self._last else []

    def _rendered(self, fig: Figure) -> str:
        """Matplotlib's SVG, with the layout of the pictures before it where that has room."""
        engine, kind = fig.get_layout_engine(), _kind(fig)
        fig.set_layout_engine("none")
        known = self._layouts.get(kind)
        if known is not None:
            known.give(fig)
            text = self._renderer.render(fig)
            if not self._renderer.crowded(fig):
                return text
        own = Layout.solved(fig, engine, self._renderer)
        roomy = own if known is None else known.with_room_for(own)
        if known is not None and roomy.near(known):
            return text  # what sticks out does so in any layout
        self._layouts[kind] = roomy
        self.widened += known is not None
        roomy.give(fig)
        return self._renderer.render(fig)


@dataclass(frozen=True)
class Layout:
    """Where the axes of a figure stand, and how far outside of them the names of their axes."""

    places: list[Bbox]
    names: list[float]

    @classmethod
    def solved(cls, fig: Figure, engine: Any, renderer: _Renderer) -> Layout:
        """As matplotlib solves it for this figure."""
        draw_as_usual(fig)
        for ax in fig.axes:
            ax.set_in_layout(True)  # set_position takes it out
        if fig.axes:
            engine.execute(fig)
        renderer.render(fig)  # which puts the names in their place
        places = [ax.get_position(original=True).frozen() for ax in fig.axes]
        return cls(places, name_distances(fig))

    def give(self, fig: Figure) -> None:
        """Lay the figure out like this."""
        for ax, place in zip(fig.axes, self.places, strict=True):
            ax.set_position(place)
        draw_lightly(fig, self.names)

    def with_room_for(self, other: Layout) -> Layout:
        """The larger margin of the two on every side; a name as far out as in either."""
        places = [
            Bbox.from_extents(*np.maximum(a.min, b.min), *np.minimum(a.max, b.max))
            for a, b in zip(self.places, other.places, strict=True)
        ]
        return Layout(places, list(np.maximum(self.names, other.names)))

    def near(self, other: Layout) -> bool:
        """Whether the two look the same."""
        places = np.allclose(self.places, other.places, atol=1e-3)
        return places and np.allclose(self.names, other.names, atol=SLACK)


class _Strays:
    """with _Strays() as strays: ...; then strays.found says whether pyplot has opened a figure
    meanwhile and left it open. It is closed, so that it is not shown for the one that was meant.
    Beside the main thread, in which cells run, nobody can say whose figures are new.
    """

    def __enter__(self) -> _Strays:
        self._before, self.found = self._open(), False
        return self

    def __exit__(self, *error: object) -> None:
        mine = threading.current_thread() is threading.main_thread()
        for number in self._open() - self._before if mine else ():
            self.found = True
            sys.modules["matplotlib.pyplot"].close(number)

    @staticmethod
    def _open() -> set[int]:
        pyplot = sys.modules.get("matplotlib.pyplot")
        return set(pyplot.get_fignums()) if pyplot else set()


def is_empty(fig: Figure) -> bool:
    """Whether nothing is on a figure but its background."""
    return fig.get_children() == [fig.patch]


class _Canvas(FigureCanvasBase):
    """A canvas whose renderer is the easel's, for all who measure texts before they are drawn."""

    def __init__(self, fig: Figure, renderer: _Renderer):
        super().__init__(fig)
        self._renderer = renderer

    def get_renderer(self) -> _Renderer:
        return self._renderer


class _Renderer(RendererSVG):
    """Matplotlib's own, for many pictures: it keeps the measures of texts, and notes where in the
    present picture its texts stand.
    """

    def __init__(self) -> None:
        super().__init__(0, 0, io.StringIO(), image_dpi=POINTS)
        self._measured: dict[tuple, tuple] = {}
        self.texts: list[Written] = []

    def render(self, fig: Figure) -> str:
        """The SVG of a figure as it is, without solving its layout."""
        file, parser = io.StringIO(), self._text2path
        width, height = POINTS * fig.get_size_inches()
        super().__init__(width, height, file, image_dpi=POINTS)
        self._text2path, self.texts = parser, []
        for i, ax in enumerate(fig.axes):
            ax.set_gid(f"{PANEL}{i}")
            for arrow in filter(None, (getattr(text, "arrow_patch", None) for text in ax.texts)):
                arrow.set_gid(ARROW)
            for line in ax.lines:  # the key of a curve's name, outside of the axes
                if line.get_transform() == ax.transAxes and not line.get_clip_on():
                    line.set_gid(ARROW)
        fig.draw(self)
        self.finalize()
        return file.getvalue()

    def get_text_width_height_descent(self, s, prop, ismath):
        text = s, hash(prop), ismath
        if text not in self._measured:
            self._measured[text] = super().get_text_width_height_descent(s, prop, ismath)
        return self._measured[text]

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        w, h, descent = self.get_text_width_height_descent(s, prop, ismath)
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        corners = [(a, b) for a in (0, w) for b in (-descent, h - descent)]
        across = [x + a * cos - b * sin for a, b in corners]
        down = [y - a * sin - b * cos for a, b in corners]
        box = min(across), min(down), max(across), max(down)
        self.texts.append(Written(s, box, prop.get_size_in_points(), angle, mtext))
        super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)

    def crowded(self, fig: Figure) -> bool:
        """Whether a text of the last picture leaves the figure, runs into other axes, or into the
        name of an axis of its own.
        """
        if not self.texts:
            return False
        texts = [one.text for one in self.texts]
        owners, boxes = (
            [text and text.axes for text in texts],
            np.array([t.box for t in self.texts]),
        )
        low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        if min(low) < -SLACK or any(high > np.array([self.width, self.height]) + SLACK):
            return True
        for ax in fig.axes:
            x0, y0, x1, y1 = ax.bbox.extents
            area = x0, self.height - y1, x1, self.height - y0
            name = np.array([text in (ax.xaxis.label, ax.yaxis.label) for text in texts])
            own = np.array([owner is ax for owner in owners])
            others = np.array([owner is not ax and owner is not None for owner in owners])
            if _meet(boxes[others], np.vstack([boxes[own], area])):
                return True
            if _meet(boxes[name], boxes[own & ~name]):
                return True
        return False


def _meet(some: np.ndarray, others: np.ndarray) -> bool:
    """Whether any of some boxes (., 4) overlaps any of the others by more than SLACK."""
    a, b = some[:, None], others[None]
    overlap = np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2])
    return bool((overlap > SLACK).all(axis=-1).any())


def _kind(fig: Figure) -> tuple:
    """What a layout belongs to: the figure's size and its grid of axes."""
    specs = [ax.get_subplotspec() for ax in fig.axes]
    grids = [spec and (spec.num1, spec.num2, *_grid(spec.get_gridspec())) for spec in specs]
    return *fig.get_size_inches(), *grids


def _grid(spec: GridSpecBase) -> tuple:
    return spec.get_geometry(), tuple(spec.get_width_ratios()), tuple(spec.get_height_ratios())
