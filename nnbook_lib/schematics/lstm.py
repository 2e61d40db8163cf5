"""The LSTM cell as a schematic: one unit, one step of time, forward and back."""

from __future__ import annotations

from functools import cache

import numpy as np

from ..autodiff import Tensor
from ..numbers import number, percent
from ..recurrent import LSTMCell
from .sheet import WIDTH, Sheet, as_told, equation, pair, result, told

X, H, C = 1.0, 0.5, 0.8  # what the unit reads, and its state before the step
DH, DC = 0.5, 1.0  # what arrives of the gradient from the steps after this one
PLACES = {"f": 92.0, "i": 168.0, "g": 244.0, "o": 320.0}  # of the gates, from left to right
WORDS = "forget", "input", "candidate", "output"
ROWS = "ifog"  # of the cell's W, U and b


@cache
def cell_with(forget_gate: float, input_gate: float) -> LSTMCell:
    """A cell of one unit whose gates i and f have these pre-activations at x = X, h = H.

    Its weights are fixed; the biases of the two gates make up the rest.
    """
    cell = LSTMCell(1, 1, rng=np.random.default_rng(0))
    cell.W[:, 0], cell.U[:, 0] = (0.5, -0.5, 1.0, 1.0), (0.5, 1.0, -0.5, 0.6)
    cell.b[...] = 0
    for row, wanted in ((0, input_gate), (1, forget_gate)):
        cell.b[row] = wanted - cell.W[row, 0] * X - cell.U[row, 0] * H
    return cell


def lstm_numbers(forget_gate: float, input_gate: float) -> dict:
    """{name: (value, dL/d value)} of all that one step computes, for L = DH h' + DC c'."""
    cell = cell_with(forget_gate, input_gate)
    x, h, c = Tensor(X), Tensor(H), Tensor(C)
    u = {k: x * cell.W[j, 0] + h * cell.U[j, 0] + cell.b[j] for j, k in enumerate(ROWS)}
    gate = {k: v.tanh() if k == "g" else v.sigmoid() for k, v in u.items()}
    keep, write = gate["f"] * c, gate["i"] * gate["g"]
    c_new = keep + write
    tanh_c = c_new.tanh()
    h_new = gate["o"] * tanh_c
    (h_new * DH + c_new * DC).backward()
    nodes = {"x": x, "h": h, "c": c, "keep": keep, "write": write, "c′": c_new, "h′": h_new}
    nodes |= gate | {f"u_{k}": v for k, v in u.items()} | {"tanh c′": tanh_c}
    return {name: pair(node) for name, node in nodes.items()}


def lstm_cell(fig, step=10, forget_gate=1.0, input_gate=1.0) -> str:
    """One step of an LSTM of one unit, forward (steps 1 to 5) and back (6 to 10).

    forget_gate, input_gate: the pre-activations of f and i, from shut (−4) to open (4).
    """
    n = lstm_numbers(forget_gate, input_gate)
    s = Sheet(fig, 370, step, turn=6)
    top, write, show, gates, dense = 346, 262, 236, 170, 66  # heights
    f, i, g, o = PLACES.values()
    middle = (i + g) / 2
    # the dense layer below, and its four blocks
    s.box(206, dense, 286, 84, on=(1, 10))
    s.text(206, dense - 12, "u = W x + U h + b")
    for y, name in ((dense + 22, "h"), (dense - 22, "x")):
        s.wire([(8, y), (63, y)], n[name], (0, 10), name=name, at=(34, y))
    for (name, x), word in zip(PLACES.items(), WORDS, strict=True):
        s.text(x, dense + 26, word)
        up = [(x, dense + 42), (x, gates - 13)]
        s.wire(up, n[f"u_{name}"], (1, 9), at=(x, 133), side="left")
        s.box(x, gates, 50, 26, "tanh" if name == "g" else "σ", on=(2, 9))
    # what the gates open
    up = [(f, gates + 13), (f, top - 10)]
    s.wire(up, n["f"], (2, 8), name="f", at=(f, write), side="left")
    for x, name, side in ((i, "i", "left"), (g, "g", "right")):
        inward = middle + (10 if x > middle else -10)
        way = [(x, gates + 13), (x, write), (inward, write)]
        s.wire(way, n[name], (2, 8), name=name, at=(x, 216), side=side)
    s.operation(middle, write, "×", on=(3, 8))
    up = [(middle, write + 10), (middle, top - 10)]
    s.wire(up, n["write"], (3, 7), at=(middle, 302), side="left")
    # the cell's own line
    s.wire([(8, top), (f - 10, top)], n["c"], (0, 8), name="c", at=(40, top))
    s.operation(f, top, "×", on=(3, 8))
    s.wire([(f + 10, top), (middle - 10, top)], n["keep"], (3, 7), at=((f + middle) / 2, top))
    s.operation(middle, top, "+", on=(4, 7))
    out = n["c′"]
    s.wire([(middle + 10, top), (o, top)], out, (4, 6), name="c′", at=(262, top), head=False)
    s.wire([(o, top), (WIDTH - 8, top)], (out[0], DC), (4, 6), at=(360, top))
    # what it shows
    s.wire([(o, top), (o, 315)], (out[0], out[1] - DC), (5, 6))
    s.dot(o, top)
    s.box(o, 302, 50, 26, "tanh", on=(5, 6))
    s.wire([(o, 289), (o, show + 10)], n["tanh c′"], (5, 6), at=(o, 268), side="left")
    s.operation(o, show, "×", on=(5, 6))
    s.wire([(o, gates + 13), (o, show - 10)], n["o"], (2, 6), name="o", at=(o, 205), side="right")
    s.wire([(o + 10, show), (WIDTH - 8, show)], n["h′"], (5, 6), name="h′", at=(363, show))
    s.key()
    return _told(step, n)


def _finely(value: float) -> str:
    """With three digits, so that two gradients of about 1 can be told apart: 0.745, 1.09."""
    return f"{value:.3g}" if value < 0.1 else f"{value:#.3g}"


def _told(step: int, n: dict) -> str:
    shows = result(as_told(n["o"][0]) * as_told(n["tanh c′"][0]), n["h′"][0])
    v = {name: told(value) for name, (value, _) in n.items()}
    d = {name: told(slope) for name, (_, slope) in n.items()}
    f, i = n["f"][0], n["i"][0]
    return [
        f"Three numbers come in. From the step before c = {v['c']} and h = {v['h']}, and x = {v['x']}.",
        "One dense layer computes the pre-activations of all gates. "
        f"They are {v['u_f']}, {v['u_i']}, {v['u_g']} and {v['u_o']}.",
        f"The forget gate is open to {percent(f)}, the input gate to {percent(i)}. "
        f"f = {v['f']}, i = {v['i']}, g = {v['g']}, o = {v['o']}.",
        f"The cell keeps {percent(f)} of its content. "
        f"f c = {v['keep']}, and i g = {v['write']} is to be written.",
        f"The cell adds: it does not replace. c′ = {equation([n['keep'][0], n['write'][0]], n['c′'][0])}.",
        f"The cell shows a share of itself. h′ = o tanh c′ = {v['o']} × {v['tanh c′']} {shows}.",
        f"At c′ two gradients add up to {d['c′']}. {number(DC)} comes along the cell, the rest from h′.",
        f"The plus hands the gradient on whole, {d['keep']} both ways. No matrix and no tanh stands here.",
        f"Of the gradient at c′, the share f = {v['f']} reaches c: {d['c']}. "
        f"The gates get {d['f']} for f, {d['i']} for i and {d['g']} for g.",
        "Each gate's slope shrinks its own gradient, not the cell's. "
        f"At f the slope is {number(f * (1 - f))}, and {d['u_f']} is left.",
        f"Along the cell exactly f = {v['f']} of the gradient has come back. "
        f"{_finely(n['c'][1])} of {_finely(n['c′'][1])} at c; "
        f"h gets {d['h']} by way of U.",
    ][step]  # fmt: skip
