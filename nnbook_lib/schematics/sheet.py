"""The vocabulary of the schematics: boxes, operations and wires, and the numbers that run on them.

A wire carries a pair, (value, gradient of the loss). Up to the step of the turn values run forward,
in blue, written above the wire; from there on gradients run back, in orange, written below it. A
line is as heavy as the number it carries is large, and dotted where that is 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..autodiff import Tensor
from ..numbers import equals, number, rounded
from ..optional import missing
from ..palette import COLORS, GRAY

try:
    from matplotlib.figure import Figure
    from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Patch, Rectangle
    from matplotlib.path import Path
except ModuleNotFoundError as error:
    raise missing(error, "A picture") from None

WIDTH = 403.2  # points: the book's 5.6 inches
INK = "black"
RADIUS = 10  # of an operation
BEND = 8  # of a corner
LINE = 14  # from one line of text to the next
SMALL = 1e-2  # a number below it has one digit, or it is too long for a wire
ROUNDING = 1e-12  # what is smaller is 0 but for rounding

NEVER = -1, None  # of a part that has no step of its own

Pair = tuple[float, float]
Point = tuple[float, float]


def pair(node: Tensor) -> Pair:
    """(value, gradient) of a node of one number; call backward() before."""
    return node.data.item(), node.grad.item()


def shown(value: float) -> str:
    """A number short enough for a wire: 0.73, −0.018, −0.003, and ≈ 0 below a thousandth."""
    if ROUNDING <= abs(value) < 1e-3:
        return "≈ 0"
    return number(value, 1) if 1e-3 <= abs(value) < SMALL else told(value)


def told(value: float) -> str:
    """A number in a caption, and 0 for what is 0 but for rounding."""
    return "0" if abs(value) < ROUNDING else number(value, _digits(value))


def added(*terms: float) -> str:
    """Terms of a sum: 0.6 − 0.88."""
    return " + ".join(map(told, terms)).replace("+ −", "− ")


def equation(terms: Sequence[float], value: float) -> str:
    """A sum and what it is: 0.6 − 0.88 = −0.28."""
    return f"{added(*terms)} {result(sum(map(as_told, terms)), value)}"


def result(left: float, value: float) -> str:
    """= value, or ≈ value, as numbers.equals says it, of a left side worked out as_told."""
    left, value = (0.0 if abs(v) < ROUNDING else v for v in (left, value))
    return equals(left, value, _digits(value))


def as_told(value: float) -> float:
    """value, rounded as told() shows it."""
    return rounded(value, _digits(value))


def _digits(value: float) -> int:
    """How many digits count: 2, or more where 2 say 1 of what only comes near it, as tanh(3) does."""
    digits = 2
    while digits < 6 and rounded(abs(value), digits) == 1 and abs(abs(value) - 1) > ROUNDING:
        digits += 1
    return digits


def thickness(value: float) -> float:
    """The width in points of a line that carries this value: 1 for nothing, at most 5."""
    return 1 + 4 * abs(value) / (abs(value) + 1)


class Sheet:
    """A page on `fig`, WIDTH by `height` points, y upwards, at a step of the flow.

    turn: the first step at which gradients run back. A part's `on` is (step of the value, step of
    the gradient); None for a gradient that it never gets.
    """

    def __init__(self, fig: Figure, height: float, step: int, turn: int):
        fig.set_size_inches(WIDTH / 72, height / 72)
        fig.set_layout_engine("constrained", w_pad=0, h_pad=0)
        self.ax = fig.subplots()
        self.ax.set(xlim=(0, WIDTH), ylim=(0, height))
        self.ax.axis("off")
        self.step, self.back = step, step >= turn
        self.color = COLORS["backward" if self.back else "forward"]

    def text(self, x: float, y: float, text: str, color: str = INK, ha: str = "center") -> None:
        """One line whose letters are about y."""
        if text:
            self.ax.text(x, y - 4.3, text, color=color, ha=ha, va="baseline")

    def _reached(self, on: tuple[int, int | None]) -> tuple[bool, bool]:
        """Whether a part has its number of the present direction, and whether it gets it now."""
        since = on[1] if self.back else on[0]
        return since is not None and self.step >= since, self.step == since

    def box(self, x: float, y: float, w: float, h: float, text: str = "", on=NEVER) -> None:
        """A box about (x, y), with a text in it; in color while it works."""
        shape = FancyBboxPatch((x - w / 2, y - h / 2), w, h, "round,pad=0,rounding_size=5")
        self._place(shape, self._reached(on)[1])
        self.text(x, y, text)

    def cell(self, x: float, y: float, side: float, works: bool) -> None:
        """A square about (x, y), one number of an array; in color where it works."""
        self._place(Rectangle((x - side / 2, y - side / 2), side, side), works)

    def operation(self, x: float, y: float, sign: str, on=NEVER) -> None:
        """A circle with a sign in it: + × −."""
        self._place(Circle((x, y), RADIUS), self._reached(on)[1])
        self.text(x, y, sign)

    def _place(self, shape: Patch, works: bool) -> None:
        look = {"ec": INK, "fc": "none", "lw": 1}
        if works:
            look = {"ec": self.color, "fc": f"{self.color}26", "lw": 2, "zorder": 1.5}
        shape.set(**look)
        self.ax.add_patch(shape)

    def dot(self, x: float, y: float) -> None:
        """Where a wire branches."""
        self.ax.add_patch(Circle((x, y), 3, fc=INK, lw=0))

    def wire(
        self,
        points: Sequence[Point],
        carries: Pair,
        on: tuple[int, int | None],
        *,
        name: str = "",
        at: Point | None = None,
        side: str = "along",
        head: bool = True,
    ) -> None:
        """A line through points, the way forward. at: where its numbers stand, if they do; side:
        "along" a level line, above and below it, or both at the "left" or "right" of a standing one.
        """
        reached, now = self._reached(on)
        size = carries[self.back]
        zero = abs(size) < ROUNDING
        look: dict[str, Any] = {"color": GRAY, "lw": 1}
        if reached:
            look = {"color": self.color, "lw": thickness(size), "ls": (0, (1, 2)) if zero else "-"}
        way = points[::-1] if self.back and reached else points
        path = _rounded(way)
        if now:
            glow = FancyArrowPatch(
                path=path, arrowstyle="-", shrinkA=0, shrinkB=0, color=self.color
            )
            glow.set(alpha=0.22, linewidth=look["lw"] + 8, capstyle="round")
            self.ax.add_patch(glow)
        style = f"-|>,head_length={5 + look['lw']},head_width={2 + 0.8 * look['lw']}"
        style = style if head else "-"
        self.ax.add_patch(
            FancyArrowPatch(
                path=path, arrowstyle=style, mutation_scale=1, shrinkA=0, shrinkB=0, **look
            )
        )
        if at:
            self.numbers(*at, carries, on, name=name, side=side)

    def numbers(
        self,
        x: float,
        y: float,
        carries: Pair,
        on: tuple[int, int | None],
        *,
        name: str = "",
        side: str = "along",
        apart: float | None = None,
    ) -> None:
        """The value, from its step on, and the gradient below it, from its own."""
        value, gradient = carries
        if apart is None:
            apart = 11 if side == "along" else LINE / 2
        ha = {"left": "right", "right": "left"}.get(side, "center")
        x += {"left": -7, "right": 7}.get(side, 0)
        if self.step >= on[0]:
            text = f"{name} = {shown(value)}" if name else shown(value)
            text = text.replace("= ≈", "≈")
            self.text(x, y + apart, text, COLORS["forward"], ha)
        if self.back and on[1] is not None and self.step >= on[1]:
            self.text(x, y - apart, shown(gradient), COLORS["backward"], ha)

    def key(self, lines: bool = True) -> None:
        """What the colors and, where there are some, the lines mean, at the foot of the sheet."""
        self.text(8, 9, "value →", COLORS["forward"], "left")
        if self.back:
            self.text(78, 9, "← gradient of the loss", COLORS["backward"], "left")
        if lines:
            self.text(WIDTH - 8, 9, "thick: large, dotted: 0", GRAY, "right")


def _rounded(points: Sequence[Point]) -> Path:
    """The line through the points, its corners rounded."""
    vertices, codes = [points[0]], [Path.MOVETO]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        corner = np.array(corner)
        for end, other in ((0, before), (1, after)):
            way = np.array(other) - corner
            length = np.hypot(*way)
            near = corner + way * min(BEND, length / 2) / length
            if end == 0:
                vertices, codes = [*vertices, near], [*codes, Path.LINETO]
            else:
                vertices, codes = [*vertices, corner, near], [*codes, Path.CURVE3, Path.CURVE3]
    return Path([*vertices, points[-1]], [*codes, Path.LINETO])
