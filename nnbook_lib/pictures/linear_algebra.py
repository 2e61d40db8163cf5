"""The page of mathematical tools, matrices: what one does to a square, an arrow, a circle, and what
its powers do. Each figure is computed from its controls alone.
"""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from .. import marks, plotting
from ..numbers import count, number
from ..palette import COLORS, GRAY
from .arrows import AFTER, BEFORE, around_zero, arrow, direction, point
from .keys import line_names

MATRICES = {  # of two rows, by what they do
    "symmetric": np.array([[2.0, 1.0], [1.0, 2.0]]),
    "shear": np.array([[1.0, 1.0], [0.0, 1.0]]),
    "flatten": np.array([[1.0, 1.0], [0.5, 0.5]]),
    "rotate": np.array([[0.6, -0.8], [0.8, 0.6]]),
}


def square(fig: Figure, a: float = 2, b: float = 1, c: float = 0, d: float = 1) -> str:
    """The unit square, and where the matrix [[a, b], [c, d]] takes it."""
    ax, W = fig.subplots(), np.array([[a, b], [c, d]], dtype=float)
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=float)
    around_zero(ax, 4.4)
    for points, color in ((corners, BEFORE), (corners @ W.T, AFTER)):
        ax.fill(*points.T, color=color, alpha=0.15, lw=0)
        ax.plot(*np.vstack([points, points[:1]]).T, color=color, lw=1)
    lines = [ax.plot([], [], color=color)[0] for color in (BEFORE, AFTER)]
    line_names(ax, [("before", lines[0]), ("after", lines[1])])
    for column in W.T:
        arrow(ax, column, AFTER)
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
    one, other = map(point, W.T)
    return f"{said} The columns say where (1, 0) and (0, 1) go: to {one} and {other}. {grown}"


def turned(fig: Figure, matrix: str = "symmetric", angle: float = 15) -> str:
    """An arrow of length 1 at an angle, and where the matrix takes it."""
    ax, W, v = fig.subplots(), MATRICES[matrix], direction(angle)
    w = W @ v
    around_zero(ax, 3.4)
    values, vectors = np.linalg.eig(W)
    for value, own in zip(values, vectors.T, strict=True):
        if abs(value.imag) < 1e-9:
            ax.plot(*np.outer(own.real, [-9, 9]), ":", color=GRAY, lw=1.5)
    arrow(ax, w, AFTER)
    arrow(ax, v, BEFORE)
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
    around_zero(left, 3.3)
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
    circle = np.array([direction(a) for a in range(0, 361, 4)])
    around_zero(ax, 3.4)
    for points, color in ((circle, BEFORE), (circle @ W.T, AFTER)):
        ax.plot(*points.T, color=color, lw=1)
    lines = [ax.plot([], [], color=color)[0] for color in (BEFORE, AFTER)]
    line_names(ax, [("length 1", lines[0]), ("after W", lines[1])])
    left, sizes, _ = np.linalg.svd(W)
    for size, axis in zip(sizes, left.T, strict=True):
        ax.plot(*np.outer(axis, [-size, size]), ":", color=GRAY, lw=1.5)
    v = direction(angle)
    w = W @ v
    arrow(ax, w, AFTER)
    arrow(ax, v, BEFORE)
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
    around_zero(ax, 5.2)
    circle = np.array([direction(a) for a in range(0, 361, 4)])
    ax.plot(*(1.5 * circle.T), ":", color=GRAY, lw=1.5)
    ax.plot(*way.T, ".-", color=AFTER, lw=1)
    arrow(ax, way[-1], AFTER)
    arrow(ax, way[0], BEFORE)
    length = np.hypot(*way[-1])
    if scale == 1:
        said = "The length stays: an orthogonal matrix only turns or mirrors."
    else:
        said = f"Each turn {'shrinks' if scale < 1 else 'stretches'} it {number(scale, 3)} times."
    if times == 0:
        said = "Not turned yet."
    return f"{said} After {count(times, 'turn')} the length is {number(length, 3)}, from 1.5."
