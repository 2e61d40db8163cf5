"""Arrays to pictures in the book's one style. A function takes numbers and an `ax`, draws, and
returns the `ax`; it never trains and never shows.

Ink is black on a transparent ground and text plain Unicode, so that a dark page can turn black
into its own text color. What has a meaning has its color in COLORS (palette.py), at least 3:1 against
a white and a dark page, and a name or a shape beside it; what has none there gets a spare one.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from .activations import ACTIVATIONS
from .autodiff import Tensor
from .dense import Dense
from .network import Network
from .numbers import number
from .optional import missing
from .palette import COLORS, GRAY, NAMES, PALE

try:
    import matplotlib
    from matplotlib.axes import Axes
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch
    from matplotlib.path import Path

    from .log_ticks import LogLabels, LogTicks
except ModuleNotFoundError as error:
    raise missing(error, "A picture") from None

Arrays, Named = Sequence[np.ndarray], np.ndarray | Mapping[str, np.ndarray]
DIVERGING = LinearSegmentedColormap.from_list("classes", ["#7b3fa0", PALE, "#2b8a3e"])
STYLE = {  # figures are narrow, so that 12 points are 11 pixels on a phone
    **{"figure.figsize": (5.6, 3.4), "font.size": 12, "lines.linewidth": 2},
    **{"axes.titlesize": "medium", "axes.titlelocation": "left", "axes.titley": 1.0},
    **{f"axes.spines.{side}": False for side in ("top", "right")},
    **{f"{part}.facecolor": "none" for part in ("figure", "savefig", "axes")},
    **{"image.interpolation": "none", "image.cmap": "gray_r", "svg.fonttype": "none"},
    "axes.prop_cycle": matplotlib.cycler(color=["#0072b2", "black", "#889900", "#bf6fae"]),
}


def use_style() -> None:
    """Draw in the book's style from here on; in a notebook, as SVG, sharp at every size."""
    matplotlib.rcParams.update(STYLE)
    if "ipykernel" in sys.modules:
        from matplotlib_inline.config import InlineBackend

        InlineBackend.instance().figure_formats = {"svg"}


def curves(x: np.ndarray, ys: Mapping, ax: Axes, *, log: bool = False, **line) -> Axes:
    """Lines over one x, each named at its right end. x: (n,); ys: {name: (n,)}.

    A name of COLORS or of an activation has that color, others the style's, which are no one's. log:
    a logarithmic y axis (say so in its label), without the values not above 0, and with two numbers
    on it at least. Set the axes' limits before.
    """
    ends = []
    for name, y in ys.items():
        y = np.where(np.asarray(y) > 0, y, np.nan) if log else np.asarray(y, dtype=float)
        color = {"color": COLORS[name]} if name in COLORS or name in ACTIVATIONS else {}
        (drawn,) = ax.plot(x[: len(y)], y, **color, **line)
        if np.isfinite(y).any() and name:
            ends.append((y[np.isfinite(y)][-1], np.nanmean(y), NAMES[name], drawn.get_color()))
    ax.margins(x=0.02)
    if log:
        ax.set_yscale("log")
        ax.yaxis.set_major_locator(LogTicks())
        ax.yaxis.set_major_formatter(LogLabels())
        ax.yaxis.set_minor_formatter(lambda v, _: "")
    if ends:
        _name_ends(ax, ends)
    return ax


def by_layer(values: Named, ax: Axes, *, what="", log=False, unit="layer", **line) -> Axes:
    """One point a layer, layer 1 at the left. values: (L,), or {name: (L,)} to compare.

    `what` names the quantity on the y axis, which says so when it is logarithmic; unit="time
    step" is for a recurrent net. Keywords go to plot; a single series is in the gradient's orange.
    """
    named = values if isinstance(values, Mapping) else {"": values}
    line = {} if named is values else {"color": COLORS["backward"], **line}
    layers = np.arange(1, 1 + max(map(len, named.values())))
    curves(layers, named, ax, log=log, **{"marker": "o", "markersize": 4, **line})
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set(xlabel=unit, ylabel=f"{what} (logarithmic scale)" if log else what)
    return ax


def histograms(layers: Arrays, ax: Axes, limits: tuple[float, float], **how) -> Axes:
    """One histogram a layer, layer 1 on top, all of one height. layers: arrays of any shape.

    40 bins; values outside limits count in the outermost. Keywords go to stairs.
    """
    for i, values in enumerate(layers, start=1):
        counts, edges = np.histogram(np.clip(values, *limits), 40, limits)
        top = i - 0.85 * counts / max(1, counts.max())
        ax.stairs(top, edges, baseline=i, fill=True, lw=0, **({"color": COLORS["forward"]} | how))
    ax.set(xlim=limits, ylim=(len(layers) + 0.1, 0), ylabel="layer")
    ax.set_yticks(range(1, len(layers) + 1))
    return ax


def images(pixels: np.ndarray, ax: Axes, *, titles=(), columns=10, **how) -> Axes:
    """Square gray images in rows of `columns`, dark where large, a title under each.

    pixels: (n, side * side). Keywords go to imshow (cmap, vmin, vmax).
    """
    n, side = len(pixels), round(pixels.shape[1] ** 0.5)
    columns, high, wide = min(columns, n), side + (side // 2 + 1 if len(titles) else 1), side + 1
    sheet = np.full((-(-n // columns) * high, columns * wide), np.nan)  # nan stays transparent
    for i, picture in enumerate(pixels):
        top, left = i // columns * high, i % columns * wide
        sheet[top : top + side, left : left + side] = picture.reshape(side, side)
        if i < len(titles):
            ax.text(left + (side - 1) / 2, top + 1.2 * side, titles[i], ha="center", va="center")
    ax.imshow(sheet, **how)
    ax.axis("off")
    return ax


def plane_points(half: float, n: int = 61) -> np.ndarray:
    """The centers of n x n cells over [-half, half]^2, to compute a function at. (n*n, 2)."""
    axis = (2 * np.arange(n) + 1 - n) / n * half
    return np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)


def plane(values: np.ndarray, ax: Axes, half: float, **how) -> Axes:
    """A heatmap over [-half, half]^2 of values (n*n,), computed at plane_points(half, n).

    From class 0's color through white to class 1's; keywords go to imshow (cmap, vmin, vmax).
    """
    n = round(np.size(values) ** 0.5)
    how = {"cmap": DIVERGING, "interpolation": "none", **how}
    ax.imshow(np.reshape(values, (n, n)), origin="lower", extent=[-half, half] * 2, **how)
    ax.set(xlabel="x₁", ylabel="x₂", xlim=(-half, half), ylim=(-half, half))
    return ax


def points(x: np.ndarray, t: np.ndarray, ax: Axes, size: float = 5) -> Axes:
    """Labelled points of the plane, class 0 as discs, class 1 as triangles. x: (n, 2), t: (n,)."""
    for label, marker in enumerate("o^"):
        how = {"ms": size, "c": COLORS[f"class {label}"], "mec": PALE, "mew": 0.6}
        ax.plot(*x[np.ravel(t) == label].T, marker, **how)
    return ax


def network(
    sizes: Network | Sequence[int], ax: Axes, *, values=(), weights=(), biases=(), titles=(), most=7
) -> Axes:
    """A column of nodes for each layer and the edges between neighbors; negative weights dashed.

    sizes: (d_0, ..., d_L), or a Network, whose Dense layers then give weights and biases too.
    values: [(d_0,), ..., (d_L,)], written into the nodes; weights: [(d_1, d_0), ...], on the edges
    if they are few; biases: [(d_1,), ...], under the nodes; titles: over the columns. Of a column
    of more than `most` nodes the first ones and the last are drawn.
    """
    if isinstance(sizes, Network):
        dense = [layer for layer in sizes.walk() if isinstance(layer, Dense)]
        weights, biases = [d.W for d in dense], [d.b for d in dense]
        sizes = [dense[0].d_in, *(d.d_out for d in dense)]
    few = 0 < sum(map(np.size, weights)) <= 30
    columns = []  # {index of a node: its center}, the dots under None
    for k, d in enumerate(sizes):
        shown = [*range(d)] if d <= most else [*range(most - 2), None, d - 1]
        columns.append({i: (3.0 * k, (len(shown) - 1) / 2 - r) for r, i in enumerate(shown)})
    for k, (left, right) in enumerate(pairwise(columns)):
        for i, j in ((i, j) for i in left for j in right if None not in (i, j)):
            _edge(ax, left[i], right[j], weights[k][j, i] if few else None)
    for k, column in enumerate(columns):
        for i, (x, y) in column.items():
            inside = "⋮" if i is None else _short(values[k][i]) if len(values) else ""
            ax.text(x, y, inside, ha="center", va="center")
            if i is not None:
                ax.add_patch(Circle((x, y), 0.36, fill=False, ec=COLORS["forward"], lw=1.5))
            if i is not None and few and k > 0 and len(biases):
                b = _short(biases[k - 1][i])
                ax.text(x, y - 0.4, f"b = {b}", ha="center", va="top")
    top = max(map(len, columns)) / 2
    for k, title in enumerate(titles):
        ax.text(3.0 * k, top, title, ha="center")
    ax.set(xlim=(-0.6, 3.0 * len(columns) - 2.4), ylim=(-top - 0.2, top + 0.4), aspect="equal")
    ax.axis("off")
    return ax


def _short(v: float) -> str:
    """v with three digits, and 0 for what is only rounding error."""
    return number(0 if abs(v) < 1e-12 else v, 3)


def _edge(ax: Axes, start: tuple, end: tuple, w: float | None) -> None:
    """A line from circle to circle, heavier for a larger |w|, w written on it near its start."""
    start, end = np.array(start), np.array(end)
    step = (end - start) / np.hypot(*(end - start))
    lw, dashes = (0.5, "-") if w is None else (min(0.6 + abs(w), 3.0), "--" if w < 0 else "-")
    line = np.transpose([start + 0.36 * step, end - 0.36 * step])
    ax.plot(*line, dashes, c=GRAY, lw=lw, zorder=0)
    if w is not None:
        angle = np.degrees(np.arctan2(step[1], step[0]))
        turned = {"rotation": angle, "rotation_mode": "anchor", "transform_rotates_text": True}
        ax.text(*(start + step), _short(w), ha="center", va="bottom", **turned)


def graph(tensor: Tensor, ax: Axes) -> Axes:
    """The computational graph that ends at `tensor`: each node with its name or operation, its
    value in blue and, after backward(), its gradient in orange.

    Inputs to the left, arrows the way forward. An array shows its shape, and its gradient's norm.
    The text shrinks to the room there is: an inch of width a column keeps it readable.
    """
    nodes = tensor.graph()
    colors = ["black", COLORS["forward"], COLORS["backward"]]
    colors = colors if any(node.grad.any() for node in nodes) else colors[:2]
    place, routes = _layout(nodes)
    centers = np.array([*place.values()])
    low, high = centers.min(axis=0) - 0.55, centers.max(axis=0) + 0.55
    ax.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    ax.axis("off")
    inches = ax.get_window_extent().size / ax.figure.dpi / (high - low)
    size = min(11, 72 * min(inches * [0.175, 0.21]))
    for route in routes:
        arrow = {"arrowstyle": "-|>", "mutation_scale": size, "color": GRAY, "zorder": 0}
        ax.add_patch(FancyArrowPatch(path=Path(route), shrinkA=0, shrinkB=0, **arrow))
    for node in nodes:
        x, y = place[id(node)]
        ax.add_patch(FancyBboxPatch((x - 0.46, y - 0.34), 0.92, 0.68, "round,pad=0.04", fill=False))
        title, one = f"{node.name} {node.op}".strip() or "const", node.data.size == 1
        value = _short(node.data.item()) if one else "×".join(map(str, node.data.shape))
        slope = _short(node.grad.item()) if one else f"‖{_short(np.linalg.norm(node.grad))}‖"
        texts = title, value, f"∂ {slope}"
        for row, color in enumerate(colors):
            height = y + 0.22 * ((len(colors) - 1) / 2 - row)
            ax.text(x, height, texts[row], color=color, size=size, ha="center", va="center")
    return ax


def _layout(nodes: list[Tensor]) -> tuple[dict, list]:
    """Where each node stands, {id: (x, y)}, and each edge's bends, [(x, y), ...].

    A node's column is its longest path to the output. An edge has a stand-in in every column it
    crosses. To and fro, each column is sorted by the mean height of its neighbors and pulled
    there, which leaves few crossings (after Sugiyama et al. 1981).
    """
    edges = [(id(p), id(node)) for node in nodes for p in node.parents]
    column = {id(nodes[-1]): 0}
    for start, end in reversed(edges):
        column[start] = min(column.get(start, 0), column[end] - 1)
    columns = {c: [v for v in column if column[v] == c] for c in range(min(column.values()), 1)}
    chains, before, after = [], {}, {}
    for k, (start, end) in enumerate(edges):
        inner = [(c, k) for c in range(column[start] + 1, column[end])]
        for c, _ in inner:
            columns[c].append((c, k))
        chains.append([start, *inner, end])
        for a, b in pairwise(chains[-1]):
            after.setdefault(a, []).append(b)
            before.setdefault(b, []).append(a)
    y = {v: float(row) for col in columns.values() for row, v in enumerate(col)}
    for sweep in range(24):
        near, walk = (before, 1) if sweep % 2 == 0 else (after, -1)
        for col in [*columns.values()][::walk]:
            wish = {v: np.mean([y[n] for n in near.get(v, [v])]) for v in col}
            col.sort(key=wish.get)
            y.update(zip(col, apart(np.array([wish[v] for v in col]), 1.0), strict=True))
    x = {v: 1.5 * c for c, col in columns.items() for v in col}
    routes = [[(x[v] + side, y[v]) for v in c for side in (-0.48, 0.48)][1:-1] for c in chains]
    return {v: (x[v], y[v]) for v in column}, routes


def apart(wish: np.ndarray, gap: float, low: float = -np.inf, high: float = np.inf) -> np.ndarray:
    """Heights at least `gap` apart, between low and high, nearest in squares to the rising wishes."""
    ladder, blocks = gap * np.arange(len(wish)), []
    for value in wish - ladder:
        blocks.append((value, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, m), (b, n) = blocks[-2:]
            blocks[-2:] = [((m * a + n * b) / (m + n), m + n)]
    shared = np.repeat([mean for mean, _ in blocks], [n for _, n in blocks])
    return np.clip(shared, low, max(low, high - gap * (len(wish) - 1))) + ladder


def _name_ends(ax: Axes, ends: list[tuple[float, float, str, str]]) -> None:
    """Write each curve's name, with a key in its color, right of the axes at its end's height."""
    bottom, top = ax.get_ylim()
    scale = np.log if ax.get_yscale() == "log" else np.asarray
    y = (scale([end for end, *_ in ends]) - scale(bottom)) / (scale(top) - scale(bottom))
    gap = matplotlib.rcParams["font.size"] / 55 * ax.figure.dpi / ax.get_window_extent().height
    heights = apart(np.sort(np.clip(y, 0, 1)), gap, 0, 1)
    order = np.lexsort([[end[1] for end in ends], np.round(50 * y)])  # as they come, at one point
    for height, (*_, name, color) in zip(heights, [ends[i] for i in order], strict=True):
        ax.plot([1.02, 1.05], [height] * 2, c=color, lw=3, transform=ax.transAxes, clip_on=False)
        ax.text(1.07, height, name, transform=ax.transAxes, va="center")
