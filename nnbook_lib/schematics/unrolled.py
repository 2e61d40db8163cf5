"""A recurrent network unrolled over five steps of time as a schematic, forward and back."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from ..numbers import equals, number, percent, rounded
from ..palette import COLORS, GRAY
from ..recurrent import Recurrent, RNNCell
from .sheet import WIDTH, Sheet, shown, told

STEPS = 5


@cache
def rnn_numbers(weight: float, first_input: float) -> dict:
    """What h_t = tanh(x_t + w h_{t-1}) computes for x = (first_input, 0, 0, 0, 0), and L = h_5.

    x, u, h: (5,), from time step 1 on; dh: dL/dh_t; slope: 1 - h_t^2; factor: w (1 - h_t^2), from
    h_t back to h_{t-1}; dx: dL/dx_t. Of the library's Recurrent(RNNCell), from the tape it watched.
    """
    cell = RNNCell(1, 1, rng=np.random.default_rng(0))
    cell.W[...], cell.U[...], cell.b[...] = 1, weight, 0
    x = np.array([first_input, 0, 0, 0, 0.0])[None, :, None]
    layer = Recurrent(cell)
    y, tape = layer.forward(x, watch=True)
    dx = layer.backward(np.ones_like(y), tape)
    h = np.array([record.y.item() for record in tape])
    dh = np.array([record.dy.item() for record in tape])
    slope = np.array([cell.slope(record.saved).item() for record in tape])
    return {
        "x": x.ravel(), "h": h, "dh": dh, "dx": dx.ravel(), "slope": slope, "factor": weight * slope,
    }  # fmt: skip


def rnn_unrolled(fig, step=11, weight=1.0, first_input=1.0) -> str:
    """h_t = tanh(x_t + w h_{t-1}) for five time steps, forward (1 to 5) and back (6 to 11).

    weight: w; first_input: x_1. The other inputs are 0, so that h_5 has to remember.
    """
    n = rnn_numbers(weight, first_input)
    s = Sheet(fig, 208, step, turn=STEPS + 1)
    line, pitch = 134, 78
    s.text(8, 196, "h′ = tanh(x + w h)", ha="left")
    for t in range(1, STEPS + 1):
        left, middle = 8 + pitch * (t - 1), 27 + pitch * (t - 1)
        back = 2 * STEPS + 2 - t  # the step that takes the gradient back through this cell
        x, h = ((n[v][t - 1], n[f"d{v}"][t - 1]) for v in "xh")
        s.box(middle, line, 38, 28, "tanh", on=(t, back))
        s.wire([(middle, 82), (middle, line - 14)], x, (0, back))
        s.numbers(middle, 64, x, (0, back), name="x" if t == 1 else "", apart=7)
        s.text(middle, 38, f"t = {t}", GRAY)
        end = WIDTH - 8 if t == STEPS else left + pitch
        on = (t, back - 1)
        s.wire([(left + 38, line), (end, line)], h, on)
        # so far from the line that the heads of heavy lines do not touch them
        s.numbers((left + 38 + end) / 2, line, h, on, apart=16)
        if s.back and step >= back and t > 1:
            s.text(middle, line + 30, f"× {shown(n['factor'][t - 1])}", COLORS["backward"])
    s.key()
    return _told(step, n, weight)


def _told(step: int, n: dict, weight: float) -> str:
    h, dh, factor = n["h"], n["dh"], n["factor"]
    if step == 0:
        first = f"Only time step 1 reads something: x = {number(n['x'][0])}."
        return f"{first} The four inputs after it are 0, so the state must carry it to the end."
    if step <= STEPS:
        t = step
        kept = h[t - 1] / h[0]
        size = f"{number(kept)} times" if kept > 2 else f"{percent(kept)} of"
        first = f"The state after time step {t} is {told(h[t - 1])}."
        before = f" + {number(weight)} × {told(h[t - 2])}" if t > 1 else ""
        how = f"{first} It is tanh({number(n['x'][t - 1])}{before})"
        return f"{how}." if t == 1 else f"{how}, {size} the first state."
    t = 2 * STEPS + 1 - step  # the gradient has come back to h_t
    if t == STEPS:
        return "The gradient starts at the last state. ∂L/∂h is 1 there, and goes back one cell a step."
    if t > 0:
        first = f"Back through cell {t + 1}, the gradient is multiplied by {number(factor[t])}."
        how = f"w (1 − h²) = {number(weight)} × {number(n['slope'][t])}"
        return f"{first} That is {how}, and {number(dh[t - 1])} arrives at time step {t}."
    left = dh[0] / dh[-1]
    if left == 0:
        first = "Nothing of the gradient reaches time step 1"
    elif abs(left) < 1:
        first = f"{percent(abs(left))} of the gradient reaches time step 1"
    else:
        first = f"The gradient reaches time step 1 {number(left)} times as large"
    product = " × ".join(number(f, 3) for f in factor[:0:-1])
    shown_left = math.prod(rounded(f, 3) for f in factor[1:])
    return f"{first}. Four cells multiplied it: {product} {equals(shown_left, left)}."
