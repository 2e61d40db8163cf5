"""Two inputs, a neuron, a second one on its output, and the loss: forward and backward, step by step."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..activations import ACTIVATIONS
from ..numbers import equals, number, percent, rounded
from ..palette import COLORS, GRAY, NAMES

HALF_WIDE, HALF_HIGH = 0.4, 0.42
GIVEN = {"x1": (0, 2), "w1": (0, 1), "x2": (0, 0), "w2": (0, -1), "b": (0, -2)}
GIVEN |= {"v": (2.2, 1.55), "c": (2.2, -1.55), "t": (4.3, 0.75)}
COMPUTED = {"u1": (1.15, 0.75), "z": (1.15, -0.75), "u2": (3.3, 0.75), "y": (3.3, -0.75)}
COMPUTED |= {"L": (4.3, -0.75)}
PLACE = GIVEN | COMPUTED  # column, row
INTO = {"u1": "x1 w1 x2 w2 b", "z": "u1", "u2": "v z c", "y": "u2", "L": "y t"}
STEPS = [  # the nodes computed, and how
    ("", "Press Play"),
    ("u1", "u₁ = w₁x₁ + w₂x₂ + b = {u1}"),
    ("z", "z = f(u₁) = {z}"),
    ("u2", "u₂ = v z + c = {u2}"),
    ("y", "y = f(u₂) = {y}"),
    ("L", "L = ½ (y − t)² = {L}"),
    ("y", "∂L/∂y = y − t = {dy}"),
    ("u2", "δ₂ = ∂L/∂y · f′(u₂) = {dy} × {f2} {is_du2}"),
    ("v c", "∂L/∂v = δ₂ z = {du2} × {z} {is_dv}, and ∂L/∂c = δ₂ = {dc}"),
    ("z", "∂L/∂z = δ₂ v = {du2} × {v} {is_dz}"),
    ("u1", "δ₁ = ∂L/∂z · f′(u₁) = {dz} × {f1} {is_du1}"),
    ("w1 w2 b", "δ₁ times x₁, x₂ and 1 gives {dw1}, {dw2} and {db}"),
]
PRODUCTS = ("du2", "dy", "f2"), ("dv", "du2", "z"), ("dz", "du2", "v"), ("du1", "dz", "f1")
LAST_FORWARD = 5


def passes(x1: float, x2: float, activation: str, **changed: float) -> tuple[dict, dict]:
    """Both passes of the net: {node: its number} and {node: dL/d node}, for `two_neurons`.

    The parameters and the target are those of chapter 2 where they are not given: w1, w2, b, v, c, t.
    """
    f = ACTIVATIONS[activation]
    value = {"w1": 0.8, "w2": -0.5, "b": 0.3, "v": 1.5, "c": 0.2, "t": 1.0} | changed
    value |= {"x1": x1, "x2": x2}
    u1 = np.float64(value["w1"] * x1 + value["w2"] * x2 + value["b"])  # forward
    z = f.f(u1)
    u2 = value["v"] * z + value["c"]
    y = f.f(u2)
    value |= {"u1": u1, "z": z, "u2": u2, "y": y, "L": 0.5 * (y - value["t"]) ** 2}
    dy = y - value["t"]  # backward
    delta2 = dy * f.df(u2)
    dz = delta2 * value["v"]
    delta1 = dz * f.df(u1)
    slope = {"y": dy, "u2": delta2, "v": delta2 * z, "c": delta2, "z": dz, "u1": delta1}
    return value, slope | {"w1": delta1 * x1, "w2": delta1 * x2, "b": delta1}


def two_neurons(
    ax: Axes, step: int, value: Mapping[str, float], slope: Mapping[str, float], activation: str
) -> str:
    """Draw the net as it is after so many of the 11 steps; returns what the step does, and how.

    value: {node: its number}; slope: {node: dL/d node}; the nodes are x1, w1, x2, w2, b, u1, z, v, c,
    u2, y, t and L.
    """
    back = step > LAST_FORWARD
    tokens, how = STEPS[step][0].split(), STEPS[step][1]
    color = COLORS["backward" if back else "forward"]
    valued = {*GIVEN}.union(*(names.split() for names, _ in STEPS[: min(step, LAST_FORWARD) + 1]))
    sloped = set().union(*(names.split() for names, _ in STEPS[LAST_FORWARD + 1 : step + 1]))
    _wires(ax, tokens, color, back)
    for name in PLACE:
        lines = [value[name] if name in valued else None, slope[name] if name in sloped else None]
        _node(ax, name, *lines, color if name in tokens else "")
    ax.set(xlim=(-0.43, 4.73), ylim=(-2.5, 2.5))
    ax.axis("off")
    df = ACTIVATIONS[activation].df
    shown = value | {f"d{name}": v for name, v in slope.items()}
    shown |= {"f1": df(value["u1"]), "f2": df(value["u2"])}
    words = {name: number(v, 3) for name, v in shown.items()}
    for product, *factors in PRODUCTS:
        left = math.prod(rounded(shown[name], 3) for name in factors)
        words[f"is_{product}"] = equals(left, shown[product], 3)
    return f"{_said(step, value, slope, shown, NAMES[activation])} {how.format_map(words)}."


def _said(step: int, value: Mapping, slope: Mapping, shown: Mapping, f: str) -> str:
    """What a step has found out, in a sentence."""
    off = value["y"] - value["t"]
    passes = [_passed(shown["f1"]), _passed(shown["f2"])]
    learns = [_pretty(name) for name in ("w1", "w2", "b") if slope[name]]
    return (
        f"Given are the inputs, the parameters, the target, and f, here {f}.",
        "Forward: neuron 1 weighs its inputs and adds them up.",
        "Forward: neuron 1 is off." if value["z"] == 0 else f"Forward: f, here {f}, bends the sum.",
        "Forward: neuron 2 weighs what neuron 1 gives.",
        "Forward: the net gives its answer.",
        f"The answer is {number(abs(off))} too {'high' if off > 0 else 'low'}."
        if off
        else "The answer is right.",
        f"Backward: the loss falls if y {'falls' if off > 0 else 'rises'}."
        if off
        else "Backward: there is nothing to mend.",
        f"Backward: neuron 2 {passes[1]}.",
        "Backward: v and c get their share of the blame.",
        "Backward: what is left goes on to neuron 1, across the weight v.",
        f"Backward: neuron 1 {passes[0]}.",
        "Neuron 1 learns nothing from this."
        if not learns
        else "All three parameters of neuron 1 learn from this."
        if len(learns) == 3
        else f"Of neuron 1, only {' and '.join(learns)} learns from this.",
    )[step]


def _pretty(name: str) -> str:
    """x₁ for x1."""
    return name.translate(str.maketrans("12", "₁₂"))


def _passed(slope: float) -> str:
    if slope == 0:
        return "is off and lets nothing through"
    if slope == 1:
        return "hands the slope on whole"
    return f"lets {percent(slope)} of the slope through"


def _node(ax: Axes, name: str, value: float | None, slope: float | None, token: str) -> None:
    """A box with the name, the value in blue and the slope in orange; token: the color of its mark."""
    column, row = PLACE[name]
    lines = [(_pretty(name), "black"), (_short(value), COLORS["forward"])]
    lines.append(("" if slope is None else f"∂ {_short(slope)}", COLORS["backward"]))
    for k, (text, color) in enumerate(lines):
        ax.text(column, row + 0.27 - 0.27 * k, text, c=color, ha="center", va="center")
    style = {"fc": f"{token}30", "ec": token, "lw": 2.5} if token else {"fc": "none", "lw": 0.8}
    corner, size = (column - HALF_WIDE, row - HALF_HIGH), (2 * HALF_WIDE, 2 * HALF_HIGH)
    ax.add_patch(Rectangle(corner, *size, **{"ec": "black", **style}))


def _short(v: float | None) -> str:
    """Four digits after the point at most, so that a box holds it; "" for None."""
    if v is None:
        return ""
    text = f"{v:.4f}".rstrip("0").rstrip(".").replace("-", "−")
    return text if text not in ("0", "−0") else "≈ 0" if v else "0"


def _wires(ax: Axes, tokens: list[str], color: str, back: bool) -> None:
    """The wires between the boxes; those in use have an arrow in the color."""
    for start, end in [(start, into) for into in INTO for start in INTO[into].split()]:
        (x0, y0), (x1, y1) = PLACE[start], PLACE[end]
        across, down = (HALF_WIDE, 0) if x0 != x1 else (0, -HALF_HIGH)
        how = {"arrowstyle": "-", "color": GRAY, "lw": 1, "shrinkA": 0, "shrinkB": 0}
        if (start if back else end) in tokens:
            how |= {"arrowstyle": "<|-" if back else "-|>", "color": color, "lw": 2}
        ax.annotate("", (x1 - across, y1 - down), (x0 + across, y0 + down), arrowprops=how)
    for k, column in enumerate((1.15, 3.3), start=1):
        ax.text(column, 1.3, f"neuron {k}", ha="center", color=GRAY)
