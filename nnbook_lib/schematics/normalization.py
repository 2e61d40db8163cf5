"""Batch normalization of one unit over a batch of four as a schematic, forward and back."""

from __future__ import annotations

import numpy as np

from ..autodiff import Tensor
from ..norm import BatchNorm
from ..numbers import percent
from ..palette import COLORS
from .sheet import Sheet, told

OTHERS = (-1.0, 0.5, 1.0)  # the three samples that stand still
BETA = 0.5


def norm_numbers(first_sample: float, gamma: float, gradient: str) -> dict:
    """{name: (value, dL/d value)} of x, c = x - mean, x^ and y, (4,) each, and of single numbers.

    gradient: dL/dy is 1 for the first sample ("one sample") or for "all alike", or it is "like x̂".
    """
    x, scale, shift = Tensor(np.array([first_sample, *OTHERS])), Tensor(gamma), Tensor(BETA)
    mean = x.mean()
    c = x - mean
    std = ((c * c).mean() + BatchNorm(1).eps) ** 0.5
    hat = c / std
    y = hat * scale + shift
    dy = {"one sample": np.eye(4)[0], "all alike": np.ones(4), "like x̂": hat.data}[gradient]
    y.backward(dy)
    nodes = {"x": x, "μ": mean, "c": c, "σ": std, "x̂": hat, "y": y, "γ": scale, "β": shift}
    return {name: (node.data, node.grad) for name, node in nodes.items()}


def batch_norm(fig, step=9, first_sample=3.0, gamma=1.0, gradient="one sample") -> str:
    """Four samples of one unit, normalized forward (steps 1 to 5) and back (6 to 9).

    first_sample: the others stand still; gamma: the learned scale; gradient: what arrives at y.
    """
    n = norm_numbers(first_sample, gamma, gradient)
    s = Sheet(fig, 346, step, turn=6)
    top, title, rows = 288, 252, [216 - 48 * i for i in range(4)]
    columns = (  # name, title, place, its steps
        ("x", "x", 34, (0, 9)),
        ("c", "x − μ", 150, (2, 8)),
        ("x̂", "x̂", 258, (4, 7)),
        ("y", "y = γ x̂ + β", 360, (5, 6)),
    )
    for name, words, at, on in columns:
        s.text(at, title, words)
        for i, row in enumerate(rows):
            s.numbers(at, row, _entry(n[name], i), on, apart=8)
    between = (("μ", "−", 92, (1, 9)), ("σ", "÷", 206, (3, 8)), ("γ", "×", 308, (0, 7)))
    for (name, sign, at, on), left, right in zip(between, columns[:-1], columns[1:], strict=True):
        for i, row in enumerate(rows):
            a, b = _entry(n[left[0]], i), _entry(n[right[0]], i)
            s.wire([(left[2] + 26, row), (at - 10, row)], a, left[3], head=False)
            s.operation(at, row, sign, on=(right[3][0], left[3][1]))
            s.wire([(at + 10, row), (right[2] - 26, row)], b, right[3])
            start = rows[i - 1] - 10 if i else top - 13
            s.wire([(at, start), (at, row + 10)], _single(n[name]), on, head=i == 0)
        if name != "γ":
            up = [(left[2], title + 10), (left[2], top), (at - 26, top)]
            s.wire(up, _single(n[name]), on)
            s.numbers(at, top + 34, _single(n[name]), on, name=name, apart=7)
    s.box(92, top, 52, 26, "mean", on=(1, 9))
    s.box(206, top, 52, 26, "std", on=(3, 8))
    s.box(332, top, 100, 26, "learned", on=(5, 7))
    for name, at, on in (("γ", 308, (0, 7)), ("β", 362, (0, 6))):
        s.numbers(at, top + 34, _single(n[name]), on, name=name, apart=7)
    for word, at, since in (("− mean", 92, 9), ("− part along x̂", 206, 8)):
        if step >= since:
            s.text(at, 36, word, COLORS["backward"])
    s.key()
    return _told(step, n, gamma, gradient)


def _entry(both: tuple, i: int) -> tuple[float, float]:
    return both[0][i], both[1][i]


def _single(both: tuple) -> tuple[float, float]:
    return both[0].item(), both[1].item()


def _told(step: int, n: dict, gamma: float, gradient: str) -> str:
    v = {name: told(value.item()) for name, (value, _) in n.items() if value.size == 1}
    d = {name: told(slope.item()) for name, (_, slope) in n.items() if slope.size == 1}

    def listed(values):
        return ", ".join(map(told, values))

    who = {
        "one sample": "The loss asks for a change of the first sample only.",
        "all alike": "The loss asks for the same change of all four samples.",
        "like x̂": "The loss asks each sample for as much as its x̂.",
    }[gradient]
    return [
        f"Four samples of one unit come in. x = {listed(n['x'][0])}.",
        f"Every sample takes part in the mean, {v['μ']}. Move one, and all are measured from elsewhere.",
        f"Measured from their mean, the four add up to 0. x − μ = {listed(n['c'][0])}.",
        f"Their standard deviation is {v['σ']}. Every sample takes part in it, too.",
        f"Normalized, they have mean 0 and variance 1. x̂ = {listed(n['x̂'][0])}.",
        f"Two learned numbers choose the scale and the mean anew. y = {v['γ']} x̂ + {v['β']}.",
        f"{who} ∂L/∂y = {listed(n['y'][1])}.",
        f"On the way to x̂, each gradient is multiplied by γ = {v['γ']}. "
        f"γ itself gets {d['γ']}, and β {d['β']}.",
        f"Behind σ, {_left(n, 'c', gamma)} "
        "To stretch all deviations alike has no effect: the part along x̂ is out.",
        f"At x, {_left(n, 'x', gamma)} To shift or to stretch all four has no effect, "
        f"so both parts are taken out of {listed(n['x̂'][1] / n['σ'][0])}.",
    ][step]  # fmt: skip


def _left(n: dict, name: str, gamma: float) -> str:
    """How much of gamma dy / sigma, which constants would let through, is left of the gradient."""
    through = np.linalg.norm(gamma * n["y"][1]) / n["σ"][0]
    share = np.linalg.norm(n[name][1]) / through
    if share < 1e-4:
        return "nothing is left of the gradient."
    return f"{percent(share)} of the gradient is left."
