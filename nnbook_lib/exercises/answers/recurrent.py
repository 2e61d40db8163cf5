"""Steps of recurrent networks, forward and back, and the same with parts exchanged or left out."""

from __future__ import annotations

import numpy as np

from ...functions import sigmoid


def arrays(*rows):
    """Each list as an array of numbers."""
    return [np.array(row, float) for row in rows]


def step_back(dh, h, U, slope=lambda h: 1 - h**2):
    """A step back through tanh(x W^T + h U^T + b), with another slope in tanh's place."""
    du = dh * slope(h)
    return du, du @ U


def running_on(x, h, W, U, b):
    """A step forward in which each row starts from the new state of the row before."""
    out, state = [], h[0]
    for row in x:
        state = np.tanh(W @ row + U @ state + b)
        out.append(state)
    return np.array(out)


def sigmoid_slope(h):
    """Of the sigmoid, by its output."""
    return h * (1 - h)


def back_in_time(
    dh, hs, U, *, slope=lambda h: 1 - h**2, shift=0, every=False, stop=0, first_U=False
):
    """dL/dh_t for all t. every: a loss at each step; stop: the loop ends so many steps too early."""
    out = np.zeros_like(hs)
    out[-1] = dh
    for t in range(len(hs) - 1, stop, -1):
        s = slope(hs[t - shift])
        out[t - 1] = (out[t] @ U) * s if first_U else (out[t] * s) @ U
        out[t - 1] += dh if every else 0
    return out


def to_the_start(dh, hs, U):
    """With dL/dh_0 in front."""
    out = back_in_time(dh, hs, U)
    return np.concatenate([((out[0] * (1 - hs[0] ** 2)) @ U)[None], out])


def one_step_each(dh, hs, U):
    """Each entry made from dL/dh_T itself."""
    return np.stack([*((dh * (1 - h**2)) @ U for h in hs[1:]), dh])


def repeated(f, x, times):
    """f(f(... x))."""
    for _ in range(times):
        x = f(x)
    return x


def lstm(u, c, *, order=(0, 1, 2, 3), bend=np.tanh, squash=np.tanh, gate=sigmoid, cell=None):
    """h and c of a step; cell(i, f, g, c) in the place of f c + i g."""
    parts = np.split(u, 4, axis=1)
    i, f, o, g = (parts[k] for k in order)
    i, f, o, g = gate(i), gate(f), gate(o), squash(g)
    c = cell(i, f, g, c) if cell else f * c + i * g
    return o * bend(c), c


def interleaved(u):
    """u with the four numbers of a unit side by side, taken for blocks."""
    return np.concatenate([u[:, k::4] for k in range(4)], axis=1)


def lstm_back(
    *given,
    along=1,
    through=1,
    slopes=True,
    gate=1,
    leave=1,
    new=0,
    g_slope=None,
    slope=lambda s: s * (1 - s),
    at=None,
    reads=np.tanh,
    o_gate=1,
):
    """du and dL/dc of the step before.

    along, through: the factors of the two shares of dc; leave: of `through` in what leaves along
    the cell; gate: 0 to leave the forget gate out there; new: 1 to take the new cell for the old;
    slope: a gate's, by its value; at(old, new): the cell at which tanh's slope is taken; reads: what
    o multiplies, of the new cell; o_gate: 0 to leave o out on the way from h to the cell.
    """
    dh, dc, u, c = given
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    made = f * c + i * g
    bent = np.tanh(at(c, made) if at else made)
    share = through * dh * (o if o_gate else 1) * (1 - bent**2)
    total = along * dc + share
    gates = [(total * g, i), (total * (made if new else c), f), (dh * reads(made), o)]
    du = [d * (slope(s) if slopes else 1) for d, s in gates]
    du.append(total * i * ((g_slope(g) if g_slope else 1 - g**2) if slopes else 1))
    return np.concatenate(du, axis=1), (along * dc + leave * share) * (f if gate else 1)


def reordered(du_dc, order):
    """The four blocks of du in another order."""
    parts = np.split(du_dc[0], 4, axis=1)
    return np.concatenate([parts[k] for k in order], axis=1), du_dc[1]


def gru(ur, uz, a, v, h, *, gate=sigmoid, candidate=lambda a, r, v: np.tanh(a + r * v), mix=None):
    """A step; candidate(a, r, v) and mix(z, g, h) in the place of the GRU's."""
    r, z = gate(ur), gate(uz)
    g = candidate(a, r, v)
    return mix(z, g, h) if mix else (1 - z) * g + z * h


def du_in_parts(answer) -> bool:
    """Whether a step of an LSTM back returns du as four arrays."""
    came = answer(*(0.5 * np.ones((2, d)) for d in (3, 3, 12, 3)))
    return len(came) == 2 and isinstance(came[0], tuple | list) and len(came[0]) == 4


def cut_off(answer, right, case) -> bool:
    """Whether it gives the right array with all that is negative set to 0."""
    came, wanted = np.asarray(answer(*(a.copy() for a in case))), right(*case)
    inside = wanted < 1
    return came.shape == wanted.shape and np.allclose(
        came[inside], np.maximum(wanted[inside], 0), rtol=1e-6
    )
