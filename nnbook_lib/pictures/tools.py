"""The page of mathematical tools: what a matrix does to a square, an arrow, a circle; how numbers
spread; what powers do. Each figure is computed from its controls alone.
"""

from __future__ import annotations

from math import comb

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .. import marks, plotting
from ..activations import ACTIVATIONS
from ..numbers import count, number
from ..palette import COLORS, GRAY, NAMES
from .keys import line_names

BEFORE, AFTER = COLORS["forward"], COLORS["backward"]
MATRICES = {  # of two rows, by what they do
    "symmetric": np.array([[2.0, 1.0], [1.0, 2.0]]),
    "shear": np.array([[1.0, 1.0], [0.0, 1.0]]),
    "flatten": np.array([[1.0, 1.0], [0.5, 0.5]]),
    "rotate": np.array([[0.6, -0.8], [0.8, 0.6]]),
}


def _plain(ax: Axes, half: float) -> None:
    """A plane around 0, as high as it is wide in numbers, with both axes."""
    ax.axhline(0, color=GRAY, lw=0.5)
    ax.axvline(0, color=GRAY, lw=0.5)
    whole = int(half)
    step = 1 if whole < 4 else 2
    ticks = np.arange(-whole // step * step, whole + 1, step)
    ax.set(xlim=(-half, half), ylim=(-half, half), aspect="equal", xticks=ticks, yticks=ticks)


def _arrow(ax: Axes, v: np.ndarray, color: str, **how) -> None:
    """An arrow from 0 to v. v: (2,)."""
    if np.hypot(*v) > 0.05:
        line = {"arrowstyle": "-|>", "color": color, "lw": 2, "shrinkA": 0, "shrinkB": 0} | how
        ax.annotate("", xy=v, xytext=(0, 0), arrowprops=line)
    ax.plot(*v, ".", color=color, ms=5)


def _at(v: np.ndarray) -> str:
    return f"({number(v[0])}, {number(v[1])})"


def _unit(angle: float) -> np.ndarray:
    return np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))]).round(12)


def square(fig: Figure, a: float = 2, b: float = 1, c: float = 0, d: float = 1) -> str:
    """The unit square, and where the matrix [[a, b], [c, d]] takes it."""
    ax, W = fig.subplots(), np.array([[a, b], [c, d]], dtype=float)
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=float)
    _plain(ax, 4.4)
    for points, color in ((corners, BEFORE), (corners @ W.T, AFTER)):
        ax.fill(*points.T, color=color, alpha=0.15, lw=0)
        ax.plot(*np.vstack([points, points[:1]]).T, color=color, lw=1)
    lines = [ax.plot([], [], color=color)[0] for color in (BEFORE, AFTER)]
    line_names(ax, [("before", lines[0]), ("after", lines[1])])
    for column in W.T:
        _arrow(ax, column, AFTER)
    area = abs(a * d - b * c)
    grown = {0: "No area is left.", 1: "The area is as before."}.get(
        area, f"The area is {number(area)} times what it was."
    )
    if area == 0:
        said = "The square is pressed flat: different points come to lie on each other."
    elif np.array_equal(W, np.eye(2)):
        said = "Nothing moves: this is the identity matrix."
    else:
        said = "The square becomes a parallelogram."
    return f"{said} The columns say where (1, 0) and (0, 1) go: to {_at(W[:, 0])} and {_at(W[:, 1])}. {grown}"


def downhill(fig: Figure, angle: float = 120) -> str:
    """g·s for a step s of length 1 at an angle to g = (2, 1)."""
    g = np.array([2.0, 1.0])
    left, right = fig.subplots(1, 2)
    s = _unit(angle + np.degrees(np.arctan2(g[1], g[0])))
    _plain(left, 2.4)
    _arrow(left, g, BEFORE)
    _arrow(left, s, AFTER)
    left.set_title("g blue, the step s orange")
    degrees = np.arange(0, 361, 5)
    length = np.hypot(*g)
    right.plot(degrees, length * np.cos(np.radians(degrees)), color=GRAY)
    right.axhline(0, color=GRAY, lw=0.5)
    product = float(g @ s)
    right.plot(angle, product, "o", color=AFTER)
    right.set(xlim=(0, 360), ylim=(-2.6, 2.6), xlabel="angle between them", title="g · s")
    right.set_xticks([0, 90, 180, 270, 360])
    if angle == 180:
        said = "Exactly against g: no step of this length changes the value more downwards."
    elif abs(product) < 1e-9:
        said = "At a right angle nothing changes, to first order."
    else:
        said = "Uphill." if product > 0 else "Downhill, and not yet as steeply as can be."
    return (
        f"{said} At {count(angle, 'degree')}, g · s = ‖g‖ ‖s‖ cos = {number(length, 3)} × 1 × "
        f"{number(np.cos(np.radians(angle)), 3) if abs(product) > 1e-9 else '0'} = "
        f"{number(product, 3) if abs(product) > 1e-9 else '0'}."
    )


def powers(fig: Figure, factor: float = 0.5, logarithmic: bool = False) -> str:
    """factor to the power of 0 to 20, on either scale."""
    ax, k = fig.subplots(), np.arange(21)
    y = float(factor) ** k
    ax.plot(k, y, color=BEFORE)
    ax.set(xlabel="number of factors", xticks=[0, 5, 10, 15, 20])
    if logarithmic:
        plotting.curves(k, {}, ax, log=True)
        ax.set(ylim=(1e-13, 1e7), ylabel="product (logarithmic scale)")
        said = (
            "Every factor is one step of the same height: the powers lie on a straight line."
            if factor != 1
            else "A factor of one: the line is level."
        )
    else:
        ax.set(ylim=(0, 2), ylabel="product")
        marks.leaving(ax, k, y, BEFORE)
        if factor < 1:
            many = int(np.argmax(y < 0.02)) or 20
            said = f"It is lost on the floor: from {count(many, 'factor')} on all look like 0."
            if y[-1] > 0.02:
                said = "It shrinks, and can still be seen."
        else:
            said = "A factor of one: nothing changes." if factor == 1 else "It leaves the picture."
    inside = y <= ax.get_ylim()[1]
    ax.plot(k[inside], y[inside], ".", color=BEFORE)
    return f"{said} {number(factor)} to the power of 10 is {number(factor**10)}, of 20 {number(factor**20)}."


def coins(fig: Figure, n: int = 4, divided: bool = False) -> str:
    """The sum of n coins, each +1 or -1: how likely each value is, exactly."""
    ax, heads = fig.subplots(), np.arange(n + 1)
    scale = np.sqrt(n) if divided else 1.0
    values = (2 * heads - n) / scale
    chance = np.array([comb(n, int(k)) for k in heads]) / 2.0**n
    spread = np.sqrt(chance @ values**2)
    half = 4.5 if divided else 26
    ax.bar(values, chance, width=1.6 / scale, color=BEFORE)
    ax.set(
        xlim=(-half, half),
        ylim=(0, 0.62),
        ylabel="how likely",
        xlabel="the sum" + divided * " / √n",
    )
    y = 0.57
    ax.annotate(
        "", xy=(spread, y), xytext=(-spread, y), arrowprops={"arrowstyle": "<->", "color": AFTER}
    )
    ax.text(spread + half / 30, y, f"±{number(spread)}", va="center", color=AFTER)
    said = (
        "Divided by √n, the spread is 1, for any number of coins."
        if divided
        else f"The mean stays 0, and the spread grows as √n: it is {number(spread, 3)}."
    )
    return (
        f"{said} The variance, the mean of the squares, is {number(spread**2)} for "
        f"{count(n, 'coin')}."
    )


def activated(fig: Figure, activation: str = "relu", spread: float = 1.0) -> str:
    """What an activation makes of numbers u with mean 0 and a spread: their mean and variance."""
    left, right = fig.subplots(1, 2, sharey=True)
    f = ACTIVATIONS[activation]
    u = spread * np.linspace(-5, 5, 20001)
    bell = np.exp(-((u / spread) ** 2) / 2)
    bell /= bell.sum()
    z = f(u)
    bins = np.arange(-3.1, 3.2, 0.2)
    for ax, values, title in ((left, u, "u"), (right, z, f"{NAMES[activation]}(u)")):
        shares, _ = np.histogram(values, bins, weights=bell)
        color = COLORS[activation] if ax is right else GRAY
        ax.bar((bins[:-1] + bins[1:]) / 2, shares, 0.2, color=color)
        mean = float(bell @ values)
        ax.axvline(mean, color="black", lw=1, ls="--")
        ax.set(xlim=(-3, 3), ylim=(0, 0.65), title=title, xticks=[-2, 0, 2])
    left.set_ylabel("share of the numbers")
    mean, square = float(bell @ z), float(bell @ z**2)
    shown = 0.0 if abs(mean) < 1e-9 else mean
    return (
        f"The mean is {number(shown)}, the variance {number(square - mean**2)}. The mean of the "
        f"squares is {number(square)}; before the activation it was {number(spread**2)}."
    )


def turned(fig: Figure, matrix: str = "symmetric", angle: float = 15) -> str:
    """An arrow of length 1 at an angle, and where the matrix takes it."""
    ax, W, v = fig.subplots(), MATRICES[matrix], _unit(angle)
    w = W @ v
    _plain(ax, 3.4)
    values, vectors = np.linalg.eig(W)
    for value, own in zip(values, vectors.T, strict=True):
        if abs(value.imag) < 1e-9:
            ax.plot(*np.outer(own.real, [-9, 9]), ":", color=GRAY, lw=1.5)
    _arrow(ax, w, AFTER)
    _arrow(ax, v, BEFORE)
    lines = [ax.plot([], [], color=color)[0] for color in (BEFORE, AFTER)]
    line_names(ax, [("v", lines[0]), ("W v", lines[1])])
    cross, along = v[0] * w[1] - v[1] * w[0], float(v @ w)
    if np.hypot(*w) < 1e-9:
        said = "It is pressed to a point: an eigenvector, with the eigenvalue 0."
    elif abs(cross) < 1e-9:
        said = f"It is not turned: an eigenvector, with the eigenvalue {number(along)}."
    else:
        by = np.degrees(np.arctan2(cross, along))
        said = f"It is turned by {number(abs(by))} degrees: no eigenvector."
    real = sum(abs(values.imag) < 1e-9)
    dotted = (
        " Dotted: the directions that are not turned." if real else " No direction keeps its own."
    )
    return f"{said} Its length goes from 1 to {number(np.hypot(*w), 3)}.{dotted}"


def bowl(fig: Figure, lr: float = 0.3) -> str:
    """Gradient descent on 1/2 w·A w, whose eigenvalues are 3 and 1: one factor for each."""
    left, right = fig.subplots(1, 2)
    A, steps = MATRICES["symmetric"], np.arange(9)
    way = [np.array([2.0, 0.0])]
    for _ in steps[1:]:
        way.append(way[-1] - lr * A @ way[-1])
    way = np.array(way)
    x = np.linspace(-3.3, 3.3, 81)
    X, Y = np.meshgrid(x, x)
    heights = A[0, 0] * X**2 / 2 + A[0, 1] * X * Y + A[1, 1] * Y**2 / 2
    _plain(left, 3.3)
    left.contour(X, Y, heights, levels=[0.5, 2, 5, 10], colors=GRAY, linewidths=0.7)
    left.plot(*way.T, ".-", color=BEFORE, lw=1)
    left.set_title("the steps")
    for own, name, color in (((1, 1), "(1, 1)", AFTER), ((1, -1), "(1, −1)", COLORS["class 0"])):
        part = np.abs(way @ np.array(own)) / 2
        right.plot(steps, part, ".-", color=color, label=name)
    right.set(xlim=(-0.3, 8.3), ylim=(0, 2.3), xlabel="step", xticks=[0, 2, 4, 6, 8])
    right.set_title("share along each")
    right.legend(frameon=False, loc="upper right")
    fast, slow = 1 - 3 * lr, 1 - lr
    if abs(fast) > 1:
        said = "It diverges along (1, 1), where the eigenvalue is 3."
    elif abs(fast) == 1:
        said = "Along (1, 1) it jumps to and fro for ever."
    else:
        said = "Both shares shrink, each at its own pace."
    return (
        f"{said} Each step multiplies the share along (1, 1) by 1 − 3 × {number(lr)} = "
        f"{number(fast, 3) if abs(fast) > 1e-9 else '0'} and that along (1, −1) by "
        f"1 − {number(lr)} = {number(slow, 3)}."
    )


def stretched(fig: Figure, matrix: str = "shear", angle: float = 0) -> str:
    """The circle of all arrows of length 1, and the ellipse that a matrix makes of it."""
    ax, W = fig.subplots(), MATRICES[matrix]
    circle = np.array([_unit(a) for a in range(0, 361, 4)])
    _plain(ax, 3.4)
    for points, color in ((circle, BEFORE), (circle @ W.T, AFTER)):
        ax.plot(*points.T, color=color, lw=1)
    lines = [ax.plot([], [], color=color)[0] for color in (BEFORE, AFTER)]
    line_names(ax, [("length 1", lines[0]), ("after W", lines[1])])
    left, sizes, _ = np.linalg.svd(W)
    for size, axis in zip(sizes, left.T, strict=True):
        ax.plot(*np.outer(axis, [-size, size]), ":", color=GRAY, lw=1.5)
    v = _unit(angle)
    w = W @ v
    _arrow(ax, w, AFTER)
    _arrow(ax, v, BEFORE)
    long, short = (0.0 if s < 1e-9 else s for s in sizes)
    here = np.hypot(*w)
    if long - short < 1e-9:
        said = "Every arrow keeps its length: the circle stays a circle."
    elif short == 0:
        said = "The circle is pressed to a line: the smaller singular value is 0."
    else:
        said = "The circle becomes an ellipse; its half axes are the singular values."
    own = "keeps its length" if abs(here - 1) < 5e-4 else f"becomes {number(here, 3)} long"
    if here < 1e-9:
        own = "becomes a point"
    return f"{said} They are {number(long, 3)} and {number(short, 3)}; this arrow {own}."


def product_norms(fig: Figure, corner: float = 1.0, depth: int = 40) -> str:
    """The norm of W^k for W = [[0.9, corner], [0, 0.9]], the norm to the k, the eigenvalue to the k."""
    ax, k = fig.subplots(), np.arange(1, depth + 1)
    W = np.array([[0.9, corner], [0.0, 0.9]])
    norms = np.array([np.linalg.norm(np.linalg.matrix_power(W, int(n)), 2) for n in k])
    bound, value = np.linalg.norm(W, 2) ** k, 0.9**k
    plotting.curves(k, {}, ax, log=True)
    drawn = [
        ax.plot(k, norms, color=AFTER)[0],
        ax.plot(k, bound, "--", color=GRAY)[0],
        ax.plot(k, value, ":", color=BEFORE)[0],
    ]
    line_names(ax, list(zip(["‖Wᵏ‖", "‖W‖ᵏ", "0.9ᵏ"], drawn, strict=True)))
    ax.set(xlim=(0.5, depth + 0.5), ylim=(1e-3, 1e4), xlabel="k", ylabel="logarithmic scale")
    marks.leaving(ax, k, bound, GRAY)
    top = int(norms.argmax())
    if corner == 0:
        said = "All three are the same: this matrix only shrinks."
    elif norms[top] > 1:
        grown = "and then shrinks" if top < depth - 1 else "up to the last of these factors"
        said = f"The product first grows, to {number(norms[top])} times at k = {top + 1}, {grown}."
    else:
        said = "The product shrinks from the start, and more slowly than the eigenvalue says."
    return (
        f"{said} At k = {depth}: ‖Wᵏ‖ = {number(norms[-1])}; the bound ‖W‖ᵏ is {number(bound[-1])}; "
        f"the eigenvalue alone gives {number(value[-1])}."
    )


def again(fig: Figure, scale: float = 1.0, times: int = 12) -> str:
    """An arrow that is turned again and again by scale times [[0.6, -0.8], [0.8, 0.6]]."""
    ax, W = fig.subplots(), scale * MATRICES["rotate"]
    way = [np.array([1.5, 0.0])]
    for _ in range(times):
        way.append(W @ way[-1])
    way = np.array(way)
    _plain(ax, 5.2)
    circle = np.array([_unit(a) for a in range(0, 361, 4)])
    ax.plot(*(1.5 * circle.T), ":", color=GRAY, lw=1.5)
    ax.plot(*way.T, ".-", color=AFTER, lw=1)
    _arrow(ax, way[-1], AFTER)
    _arrow(ax, way[0], BEFORE)
    length = np.hypot(*way[-1])
    if scale == 1:
        said = "The length stays: an orthogonal matrix only turns or mirrors."
    else:
        said = f"Each turn {'shrinks' if scale < 1 else 'stretches'} it {number(scale)} times."
    if times == 0:
        said = "Not turned yet."
    return f"{said} After {count(times, 'turn')} the length is {number(length, 3)}, from 1.5."


def nudged(fig: Figure, x: float = 1.0, y: float = 0.5, side: float = 0.5) -> str:
    """A small square at (x, y), its image under f(x, y) = (x y, x + y), and what the Jacobian says."""
    left, right = fig.subplots(1, 2)
    edge = np.linspace(0, 1, 12)
    ring = np.concatenate([
        np.column_stack([edge, 0 * edge]), np.column_stack([1 + 0 * edge, edge]),
        np.column_stack([edge[::-1], 1 + 0 * edge]), np.column_stack([0 * edge, edge[::-1]]),
    ])  # fmt: skip
    place = np.array([x, y]) + side * ring
    image = np.column_stack([place[:, 0] * place[:, 1], place.sum(axis=1)])
    J = np.array([[y, x], [1.0, 1.0]])
    linear = np.array([x * y, x + y]) + side * ring @ J.T
    left.plot(*place.T, color=BEFORE)
    left.set(
        xlim=(-0.2, 3.2),
        ylim=(-0.2, 3.2),
        title="x and y",
        xticks=[0, 1, 2, 3],
        yticks=[0, 1, 2, 3],
    )
    right.plot(*image.T, color=AFTER, label="f")
    right.plot(*linear.T, "--", color="black", lw=1.2, label="Jacobian")
    right.set(
        xlim=(-0.5, 9.5),
        ylim=(-0.3, 6.3),
        title="x y and x + y",
        xticks=[0, 3, 6, 9],
        yticks=[0, 2, 4, 6],
    )
    right.legend(frameon=False, loc="lower right")
    miss = side**2
    said = (
        "The Jacobian foretells it well." if miss < 0.05 else "For so large a nudge the two part."
    )
    return (
        f"{said} At {_at(np.array([x, y]))} the Jacobian has the rows {_at(J[0])} and {_at(J[1])}. With the "
        f"side {number(side)}, the far corner misses by {number(side)}² = {number(miss)}."
    )


def swing(fig: Figure, size: float = 0.9, angle: float = 30) -> str:
    """The powers of the complex number of this size and angle, and their real parts."""
    left, right = fig.subplots(1, 2)
    k = np.arange(25)
    way = size**k * np.exp(1j * np.radians(angle) * k)
    _plain(left, 1.7)
    inside = np.abs(way) < 1.7
    left.plot(way.real[inside], way.imag[inside], ".-", color=BEFORE, lw=0.8)
    left.plot(size * np.cos(np.radians(angle)), size * np.sin(np.radians(angle)), "o", color=AFTER)
    left.set_title("rᵏ in the plane")
    right.axhline(0, color=GRAY, lw=0.5)
    right.plot(k, way.real, ".-", color=BEFORE, lw=1)
    right.set(
        xlim=(-0.5, 24.5),
        ylim=(-2.1, 2.1),
        xlabel="k",
        title="its real part",
        xticks=[0, 8, 16, 24],
    )
    marks.leaving(right, k, way.real, BEFORE)
    fate = "dies out" if size < 1 else "goes on for ever" if size == 1 else "grows"
    if angle == 0:
        said = f"No turn: it {fate if size != 1 else 'stays'} on one side."
    else:
        said = f"It swings, once in {number(360 / angle)} steps, and {fate}."
    return (
        f"{said} The size after 24 steps is {number(size)}²⁴ = {number(size**24)}; the angle says how "
        "fast it swings, the size alone whether it dies out."
    )


POINTS = np.array([[0.0, 1.0], [1.0, 2.0], [2.0, 4.0]])


def fitted(fig: Figure, slope: float = 1.0, offset: float = 1.0) -> str:
    """Three points, a line, and the squares of what it misses."""
    ax, (x, t) = fig.subplots(), POINTS.T
    y = slope * x + offset
    ax.plot([-0.5, 3.5], [offset - 0.5 * slope, offset + 3.5 * slope], color=AFTER)
    for at, want, got in zip(x, t, y, strict=True):
        side = abs(want - got)
        ax.add_patch(Rectangle((at, min(want, got)), side, side, fc=BEFORE, alpha=0.2, lw=0))
    ax.plot(x, t, "o", color=BEFORE)
    ax.set(xlim=(-0.5, 5), ylim=(-1, 6), xlabel="x", ylabel="y", aspect="equal")
    ax.set(xticks=[0, 1, 2, 3, 4, 5], yticks=[0, 2, 4, 6])
    A = np.column_stack([x, np.ones(3)])
    best = np.linalg.lstsq(A, t, rcond=None)[0]
    total, least = float(((y - t) ** 2).sum()), float(((A @ best - t) ** 2).sum())
    said = (
        "Close to the best line." if total < least + 0.05
        else "The squares can be made smaller."
    )  # fmt: skip
    return (
        f"{said} They add up to {number(total, 3)}; the least possible is {number(least, 3)}, at slope "
        f"{number(best[0], 3)} and offset {number(best[1], 3)}."
    )
