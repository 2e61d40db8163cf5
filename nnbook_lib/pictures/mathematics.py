"""The page of mathematical tools, all but matrices: angles, powers, spread, slopes, roots, a line
through points. Each figure is computed from its controls alone.
"""

from __future__ import annotations

from math import comb

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .. import marks, plotting
from ..activations import ACTIVATIONS
from ..numbers import count, equals, number, rounded
from ..palette import COLORS, GRAY, NAMES
from .arrows import AFTER, BEFORE, around_zero, arrow, direction, point

POINTS = np.array([[0.0, 1.0], [1.0, 2.0], [2.0, 4.0]])


def downhill(fig: Figure, angle: float = 120) -> str:
    """g·s for a step s of length 1 at an angle to g = (2, 1)."""
    g = np.array([2.0, 1.0])
    left, right = fig.subplots(1, 2)
    s = direction(angle + np.degrees(np.arctan2(g[1], g[0])))
    around_zero(left, 2.4)
    arrow(left, g, BEFORE)
    arrow(left, s, AFTER)
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
    cosine = np.cos(np.radians(angle)) if abs(product) > 1e-9 else 0.0
    shown = rounded(length, 3) * rounded(cosine, 3)
    return (
        f"{said} At {count(angle, 'degree')}, g · s = ‖g‖ ‖s‖ cos = {number(length, 3)} × 1 × "
        f"{number(cosine, 3)} {equals(shown, length * cosine, 3)}."
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
    tenth, twentieth = (number(factor**k, 4) for k in (10, 20))
    return f"{said} {number(factor)} to the power of 10 is {tenth}, of 20 {twentieth}."


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
        f"{said} At {point(np.array([x, y]))} the Jacobian has the rows {point(J[0])} and "
        f"{point(J[1])}. With the side {number(side)}, the far corner misses by "
        f"{number(side)}² = {number(miss)}."
    )


def swing(fig: Figure, size: float = 0.9, angle: float = 30) -> str:
    """The powers of the complex number of this size and angle, and their real parts."""
    left, right = fig.subplots(1, 2)
    k = np.arange(25)
    way = size**k * np.exp(1j * np.radians(angle) * k)
    around_zero(left, 1.7)
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
        f"{said} The size after 24 steps is {number(size, 3)}²⁴ = {number(size**24, 3)}; the angle says how "
        "fast it swings, the size alone whether it dies out."
    )


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
