"""Two networks at one moment, as one picture: what they answer, and below it what can be measured of
both on the same axes. A is solid, B dashed, and each line says at its end whose it is.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..palette import COLORS, GRAY
from ..plotting import DIVERGING, by_layer, curves, images, points
from .controls import BY_NAME
from .learner import Learner
from .moment import SHOWN, Moment, Side, frame
from .pair import Twins

SIZE = 5.6, 9.2  # inches: as wide as the book's other figures
BAND = 1e-4, 1e-2  # of the update ratio, where steps are neither tiny nor wild
WIDE = 100  # from this ratio of its ends on the loss has a logarithmic axis
ALT = (
    "Networks A and B side by side: what they answer, loss and accuracy over the steps, and by layer"
    " the norm of delta, the size of the last step, dead and flat units, and the activations’ spread"
)


def draw(fig: Figure, twins: Twins, moment: Moment) -> None:
    """Draw a moment of two networks on an empty figure. A panel without a line says why."""
    fig.set_size_inches(*SIZE)
    axes = fig.subplots(4, 2, height_ratios=(1.5, 1, 1, 1))
    for name, side, ax in zip("AB", moment.sides, axes[0], strict=True):
        _answers(ax, name, side, twins)
    (loss, right), (delta, update), (units, spread) = axes[1:]
    _loss(loss, twins, moment)
    _right(right, twins, moment)
    a, b = moment.sides
    _layers(delta, "‖δ‖", a.delta, b.delta)
    update.axhspan(*BAND, color=GRAY, alpha=0.2, lw=0)
    _layers(update, "‖step‖ / ‖W‖", a.update, b.update)
    _units(units, moment)
    _layers(spread, "spread of activations", a.spread, b.spread)


def _answers(ax: Axes, name: str, side: Side, twins: Twins) -> None:
    """What one network says: over the plane with its points, or under images."""
    differences = twins.experiment.differences
    title = name
    if len(differences) == 1:
        control = BY_NAME[differences[0]]
        value = control.label_of(twins.experiment.sides[name][control.name])
        title = (
            f"{name}: {value}"
            if isinstance(control.default, str)
            else f"{name}: {control.label} {value}"
        )
    ax.set_title("\n".join(textwrap.wrap(title, 26)), color=COLORS[f"twin {name}"])
    if side.answers is not None:
        _images(ax, side, twins)
    else:
        _plane(ax, side, twins.learners[name])
    said = f"stopped; as after step {side.step}" if side.stopped else ""
    ax.text(0.5, -0.03, said, transform=ax.transAxes, ha="center", va="top", size=10)


def _plane(ax: Axes, side: Side, learner: Learner) -> None:
    (left, low), (right, high) = frame(learner.data.x)
    ax.set(xticks=[], yticks=[], xlim=(left, right), ylim=(low, high), aspect="equal")
    if side.surface is None:
        ax.text(
            0.5, 0.5, "its answers are no numbers", transform=ax.transAxes, ha="center", size=10
        )
    else:
        how = {"cmap": DIVERGING, "vmin": 0, "vmax": 255, "interpolation": "none"}
        ax.imshow(side.surface, extent=(left, right, low, high), **how)
    points(learner.data.x, learner.t, ax, size=3.5)


def _images(ax: Axes, side: Side, twins: Twins) -> None:
    """The first test images with the answers; a wrong one has a cross."""
    x, t = twins.data.x_test[:SHOWN], twins.data.t_test[:SHOWN]
    wrong = [answer != label for (answer, _), label in zip(side.answers, t, strict=True)]
    titles = ["?" if answer is None else f"{answer}" for answer, _ in side.answers]
    images(x, ax, titles=titles, columns=6)
    for text, is_wrong in zip(ax.texts, wrong, strict=True):
        text.set(size=9, weight="bold" if is_wrong else "normal")
        if is_wrong:
            text.set_text(f"{text.get_text()} ✗")


def _loss(ax: Axes, twins: Twins, moment: Moment) -> None:
    steps, values = _course(twins, "loss")
    seen = [v for line in values.values() for v in line if np.isfinite(v) and v > 0]
    log = bool(seen) and max(seen) > WIDE * min(seen)
    if not log:
        ax.set_ylim(0, 1.05 * max(seen, default=1))
    _over_steps(ax, "loss", steps, values, moment, log)


def _right(ax: Axes, twins: Twins, moment: Moment) -> None:
    steps, values = _course(twins, "accuracy")
    ax.set_ylim(-3, 103)
    for name, line in _course(twins, "test")[1].items():
        ax.plot(steps, 100 * line, color=COLORS[name], lw=1, ls=_dash(name))
    percent = {name: 100 * line for name, line in values.items()}
    _over_steps(ax, "right, % (thin: test rows)", steps, percent, moment)


def _course(twins: Twins, what: str) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The steps kept, and a number of both networks there; of one that has stopped, none later."""
    steps = np.array([moment.step for moment in twins.moments])
    lines = {
        f"twin {name}": np.array(
            [
                getattr(one, what) if one.step == moment.step else np.nan
                for moment in twins.moments
                for one in [moment.sides[place]]
            ]
        )
        for place, name in enumerate("AB")
    }
    return steps, lines


def _over_steps(
    ax: Axes,
    title: str,
    steps: np.ndarray,
    values: dict[str, np.ndarray],
    moment: Moment,
    log: bool = False,
) -> None:
    ax.set_title(_title(title, log), size=10)
    ax.set_xlim(0, max(1, steps[-1]))
    before = len(ax.lines)
    curves(steps, values, ax, log=log)
    for line, size in zip(ax.lines[before : before + 2], (4, 2.5), strict=True):
        if np.isfinite(line.get_ydata()).sum() == 1:  # which makes no line
            line.set(marker="o", markersize=size, clip_on=False)
    ax.lines[before + 1].set_linestyle("--")
    ax.xaxis.get_major_locator().set_params(integer=True)
    if moment.step < steps[-1]:
        ax.axvline(moment.step, color=GRAY, lw=1, zorder=0)
    _name(ax, "step", list(values.values()), log)


def _layers(ax: Axes, title: str, a: np.ndarray | None, b: np.ndarray | None) -> None:
    """A number for each layer of both networks, on a logarithmic axis."""
    ax.set_title(_title(title, log=True), size=10)
    a, b = (np.array([]) if values is None else values for values in (a, b))
    _both_by_layer(ax, a, b, log=True)
    for name, values in (("A", a), ("B", b)):
        none = np.flatnonzero(values == 0)
        if 0 < len(none) < len(values):  # a logarithmic axis has no 0: they stand at its foot
            foot = {"transform": ax.get_xaxis_transform(), "clip_on": False}
            ax.plot(none + 1, 0 * none, "v", ms=5, c=COLORS[f"twin {name}"], **foot)


def _units(ax: Axes, moment: Moment) -> None:
    """Dead units with points, flat entries as thin lines."""
    a, b = moment.sides
    ax.set_ylim(-4, 104)
    for name, side in (("twin A", a), ("twin B", b)):
        layers = np.arange(1, 1 + len(side.flat))
        ax.plot(layers, 100 * side.flat, color=COLORS[name], lw=1, ls=_dash(name))
    ax.set_title("dead (dots), flat (thin), %", size=10)
    _both_by_layer(ax, 100 * a.dead, 100 * b.dead)


def _both_by_layer(ax: Axes, a: np.ndarray, b: np.ndarray, log: bool = False) -> None:
    before = len(ax.lines)
    by_layer({"twin A": a, "twin B": b}, ax, log=log)
    ax.lines[before + 1].set(linestyle="--", markersize=2.5)  # where they meet, both are seen
    ax.set(ylabel="")
    if max(len(a), len(b)) < 2:
        ax.set_xticks(range(1, 1 + len(a)))
    _name(ax, "layer", [a, b], log)


def _name(ax: Axes, unit: str, sides: Sequence[np.ndarray], log: bool) -> None:
    """Name the x axis, and say there why a network has no line."""
    a, b = (_lack(values, log) for values in sides)
    said = [("A and B", a)] if a == b else [("A", a), ("B", b)]
    ax.set_xlabel("; ".join([unit, *(f"{who}: {why}" for who, why in said if why)]), size=10)


def _lack(values: np.ndarray, log: bool) -> str:
    """Why there is nothing to draw of these numbers; "" where there is."""
    if not len(values):
        return "no step yet"
    known = values[np.isfinite(values)]
    if not len(known):
        return "no number"
    return "0 everywhere" if log and not (known > 0).any() else ""


def _title(words: str, log: bool) -> str:
    return f"{words}, log scale" if log else words


def _dash(name: str) -> str:
    return "--" if name.endswith("B") else "-"
