"""The GRU cell as a schematic: one unit, one step of time, forward and back."""

from __future__ import annotations

from functools import cache

import numpy as np

from ..autodiff import Tensor
from ..numbers import number, percent
from ..recurrent import GRUCell
from .sheet import WIDTH, Sheet, added, equation, pair, told

X, H = 1.0, 0.8  # what the unit reads, and its state before the step


@cache
def cell_with(update_gate: float, reset_gate: float) -> GRUCell:
    """A cell of one unit whose gates z and r have these pre-activations at x = X, h = H.

    Its weights are fixed; the biases of the two gates make up the rest.
    """
    cell = GRUCell(1, 1, rng=np.random.default_rng(0))
    cell.W[:, 0], cell.U[:, 0] = (0.5, -0.5, 0.6), (-0.5, 1.0, -1.5)
    cell.b[...] = 0
    for row, wanted in ((0, reset_gate), (1, update_gate)):
        cell.b[row] = wanted - cell.W[row, 0] * X - cell.U[row, 0] * H
    return cell


def gru_numbers(update_gate: float, reset_gate: float) -> dict:
    """{name: (value, dL/d value)} of all that one step computes, for L = h'."""
    cell = cell_with(update_gate, reset_gate)
    x, h = Tensor(X), Tensor(H)
    a = [x * cell.W[j, 0] + cell.b[j] for j in range(3)]
    u_r, u_z = (a[j] + h * cell.U[j, 0] for j in range(2))
    v = h * cell.U[2, 0] + cell.c[0]
    r, z = u_r.sigmoid(), u_z.sigmoid()
    seen = r * v
    g = (a[2] + seen).tanh()
    rest = 1 - z
    keep, write = h * z, rest * g
    h_new = write + keep
    h_new.backward()
    nodes = {"x": x, "h": h, "a_g": a[2], "u_r": u_r, "u_z": u_z, "v": v, "r": r, "z": z}
    nodes |= {"seen": seen, "g": g, "1 − z": rest, "keep": keep, "write": write, "h′": h_new}
    return {name: pair(node) for name, node in nodes.items()}


def gru_cell(fig, step=11, update_gate=1.0, reset_gate=1.0) -> str:
    """One step of a GRU of one unit, forward (steps 1 to 5) and back (6 to 11).

    update_gate, reset_gate: the pre-activations of z and r, from shut (−4) to open (4).
    """
    n = gru_numbers(update_gate, reset_gate)
    s = Sheet(fig, 390, step, turn=6)
    top, write, tanh, gates, dense = 366, 290, 220, 162, 62  # heights
    z, g, r, v = 122, 216, 302, 378
    along = n["keep"][1] * n["z"][0]  # of dL/dh, what comes along the top line
    # the dense layer below
    s.box(238, dense, 314, 76, on=(1, 11))
    s.text(238, dense - 14, "W x + b and U h + c")
    for x, word in ((z, "update"), (g, "candidate"), (r, "reset"), (v, "U h")):
        s.text(x, dense + 24, word)
    s.wire([(8, dense - 20), (81, dense - 20)], n["x"], (0, 11), name="x", at=(42, dense - 20))
    h = n["h"]
    s.wire([(8, top), (58, top)], h, (0, 11), name="h", at=(33, top), head=False)
    down = [(58, top), (58, dense + 20), (81, dense + 20)]
    s.wire(down, (h[0], h[1] - along), (0, 10), at=(58, 200), side="left")
    s.wire([(58, top), (z - 10, top)], (h[0], along), (0, 8), at=(86, top))
    s.dot(58, top)
    # the gates and the candidate
    up = dense + 38
    s.wire([(z, up), (z, gates - 13)], n["u_z"], (1, 9), at=(z, 124), side="right")
    s.box(z, gates, 50, 26, "σ", on=(2, 9))
    s.wire([(r, up), (r, gates - 13)], n["u_r"], (1, 10), at=(r, 124), side="right")
    s.box(r, gates, 50, 26, "σ", on=(2, 10))
    s.wire([(v, up), (v, tanh), (r + 10, tanh)], n["v"], (1, 10), at=(346, tanh))
    s.wire([(r, gates + 13), (r, tanh - 10)], n["r"], (2, 10), name="r", at=(r, 189), side="right")
    s.operation(r, tanh, "×", on=(3, 10))
    s.wire([(r - 10, tanh), (g + 25, tanh)], n["seen"], (3, 9), at=(266, tanh))
    s.wire([(g, up), (g, tanh - 13)], n["a_g"], (1, 9), at=(g, 124), side="right")
    s.box(g, tanh, 50, 26, "tanh", on=(3, 9))
    s.wire([(g, tanh + 13), (g, write - 10)], n["g"], (3, 8), name="g", at=(g, 256), side="right")
    # keep the share z, write the share 1 − z
    s.wire([(z, gates + 13), (z, top - 10)], n["z"], (2, 8), name="z", at=(z, 188), side="right")
    s.wire([(z, write), (148, write)], n["1 − z"], (4, 8))
    s.box(164, write, 32, 24, "1 −", on=(4, 8))
    s.wire([(180, write), (g - 10, write)], n["1 − z"], (4, 8))
    s.numbers(164, write, n["1 − z"], (4, 8), apart=22)
    s.dot(z, write)
    s.operation(z, top, "×", on=(4, 8))
    s.operation(g, write, "×", on=(4, 8))
    s.wire([(z + 10, top), (g - 10, top)], n["keep"], (4, 7), at=((z + g) / 2, top))
    s.wire([(g, write + 10), (g, top - 10)], n["write"], (4, 7), at=(g, 328), side="right")
    s.operation(g, top, "+", on=(5, 7))
    s.wire([(g + 10, top), (WIDTH - 8, top)], n["h′"], (5, 6), name="h′", at=(320, top))
    s.key()
    return _told(step, n, along)


def _told(step: int, n: dict, along: float) -> str:
    v = {name: told(value) for name, (value, _) in n.items()}
    d = {name: told(slope) for name, (_, slope) in n.items()}
    z, r = n["z"][0], n["r"][0]
    most = abs(along) > abs(n["h"][1] - along)
    return [
        f"Two numbers come in. The state h = {v['h']} from the step before, and x = {v['x']}.",
        "One dense layer serves both gates and the candidate. "
        f"u = {v['u_z']} for z, {v['u_r']} for r; {v['a_g']} and U h = {v['v']} for the candidate.",
        f"The update gate keeps {percent(z)}, the reset gate shows {percent(r)} of U h. "
        f"z = {v['z']}, r = {v['r']}.",
        f"The candidate sees {percent(r)} of U h. g = tanh({added(n['a_g'][0], n['seen'][0])}) = {v['g']}.",
        f"One gate does two jobs: keep {percent(z)}, write {percent(1 - z)}. "
        f"z h = {v['keep']} and (1 − z) g = {v['write']}.",
        "The new state mixes the old one and the candidate. "
        f"h′ = {equation([n['write'][0], n['keep'][0]], n['h′'][0])}.",
        f"A gradient of {d['h′']} arrives at h′. It is now followed back.",
        f"The plus hands the gradient on whole, {d['keep']} both ways. No matrix and no tanh stands here.",
        f"Along the top line the share z = {v['z']} comes back to h. "
        f"The candidate gets {d['g']}, the gate {d['z']}.",
        f"The candidate's share goes through the slope of tanh. {d['g']} becomes {d['seen']}.",
        f"The reset gate lets {percent(r)} of the candidate's gradient through to U h: {d['v']}. "
        f"r itself gets {d['r']}.",
        f"Most of what h gets has come {'along the top line' if most else 'by way of U'}. "
        f"{number(along)} along the line and {number(n['h'][1] - along)} by way of U are {d['h']}; "
        f"x gets {d['x']}.",
    ][step]  # fmt: skip
