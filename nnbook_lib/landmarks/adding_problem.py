"""The adding problem and the LSTM as they were in 1997: the task, the cell, and many nets at once.

Hochreiter & Schmidhuber 1997, sections 4 and 5.4, appendix A.1.
"""

from __future__ import annotations

import numpy as np

from ..activations import sigmoid as logistic
from ..dense import Dense
from ..functions import sigmoid
from ..network import Network
from ..recurrent import Cell, Recurrent, RNNCell
from .runs import place, read

BLOCKS, SIZE = 2, 2  # memory blocks, cells in each
CELLS, UNITS = BLOCKS * SIZE, 2 * BLOCKS + BLOCKS * SIZE  # units: input gates, output gates, cells
FIRST = ("zero", "unmarked", "kept")
STORED = place("adding")


def task_1997(
    n: int, length: int, *, rng: np.random.Generator, first: str = "zero"
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """x: (n, L, 2) values in [-1, 1] and marks, padded with 0; how long each is, (n,); t: (n, 1).

    Lengths are between `length` and a tenth more. One of the first ten pairs has the mark 1, and one of
    the first length/2 - 1 others; the first and the last pair have -1; t = 0.5 + (X1 + X2) / 4. If the
    first pair is drawn, "we set X1 to zero": its value is 0 and its mark 1 ("zero"), or it keeps its -1
    and does not count ("unmarked"), or it is marked, keeps its value and does not count ("kept"). The
    paper does not say which. Section 5.4.
    """
    if first not in FIRST:
        raise ValueError(f"task_1997: first is one of {', '.join(FIRST)}; got {first!r}")
    rows, most = np.arange(n), length + length // 10
    ends = rng.integers(length, most + 1, n)
    x = np.zeros((n, most, 2))
    x[:, :, 0] = rng.uniform(-1, 1, (n, most)) * (np.arange(most) < ends[:, None])
    one = rng.integers(0, 10, n)
    two = rng.integers(0, length // 2 - 1, n)
    two += two >= one
    x[:, 0, 1] = x[rows, ends - 1, 1] = -1
    x[rows, one, 1] = x[rows, two, 1] = 1
    at_start = (one == 0) | (two == 0)
    if first == "zero":
        x[at_start, 0, 0] = 0
    elif first == "unmarked":
        x[at_start, 0, 1] = -1
    marked = x[rows, one, 0] * (one > 0) + x[rows, two, 0] * (two > 0)
    return x, ends, 0.5 + marked[:, None] / 4


class Cell1997(Cell):
    """s' = s + i g,  y = o h(s'),  i, o = sigma(u),  g = 2 tanh(u / 2),  h(s) = tanh(s / 2).

    Two blocks of two cells; a block shares its gates i and o. There is no forget gate. u = W x + U y +
    V z + b, z being the gates themselves, a step ago. Backward, along s the gradient is handed on
    unchanged; `truncated` (as in the paper) cuts every other way back in time: what arrives at y and z.
    W: (8, d), U, V: (8, 4), rows in the order i, o, cells. Hochreiter & Schmidhuber 1997, A.1.
    """

    params = ("W", "U", "V", "b")
    gates = 2
    states = 3

    def __init__(self, d_in: int, *, truncated: bool = True, rng: np.random.Generator):
        super().__init__(d_in, CELLS, rng=rng)
        self.truncated = truncated
        for name in self.params:
            getattr(self, name)[...] = rng.uniform(-0.1, 0.1, getattr(self, name).shape)
        self.b[:BLOCKS] = -3.0, -6.0  # against drift: section 4

    def start(self, **values):
        super().start(V=np.zeros_like(values["U"]), **values)

    def step(self, a, state):
        y, z, s = state
        u = a + y @ self.U.T + z @ self.V.T
        gates, g = sigmoid(u[:, :CELLS]), 2 * np.tanh(u[:, CELLS:] / 2)
        i, o = spread(gates[:, :BLOCKS]), spread(gates[:, BLOCKS:])
        s = s + i * g
        h = np.tanh(s / 2)
        return (o * h, gates, s), (i, o, g, h, z)

    def step_back(self, dstate, saved, da):
        dy, dz, ds = dstate
        i, o, g, h, _ = saved
        ds = ds + dy * o * (1 - h**2) / 2
        of_gates = np.concatenate([gather(ds * g), gather(dy * h)], axis=1) + dz
        gates = np.concatenate([i[:, ::SIZE], o[:, ::SIZE]], axis=1)
        da[:, :CELLS] = of_gates * gates * (1 - gates)
        da[:, CELLS:] = ds * i * (1 - g**2 / 4)
        if self.truncated:
            return np.zeros_like(dy), np.zeros_like(dz), ds
        return da @ self.U, da @ self.V, ds

    def slope(self, saved):
        i, o, g, h, _ = saved
        return np.concatenate([4 * i * (1 - i), 4 * o * (1 - o), 1 - g**2 / 4, 1 - h**2], axis=1)

    def collect(self, da, x, h, tape):
        super().collect(da, x, h, tape)
        z = np.stack([record.saved[-1] for record in tape])
        self.dV += np.einsum("tnu,tnz->uz", da, z)


class IRNNCell(RNNCell):
    """h' = relu(W x + U h + b), U = I at the start. Le, Jaitly & Hinton 2015."""

    def __init__(self, *sizes: int, **kwargs):
        super().__init__(*sizes, **kwargs)
        self.U[...] = np.eye(len(self.U))

    def step(self, a, state):
        (h,) = state
        h = np.maximum(a + h @ self.U.T, 0)
        return (h,), h

    def step_back(self, dstate, h, da):
        (dh,) = dstate
        da[...] = dh * (h > 0)
        return (da @ self.U,)

    def slope(self, h):
        return (h > 0).astype(h.dtype)


def spread(gates: np.ndarray) -> np.ndarray:
    """A block's gate for each of its cells: (n, 2) -> (n, 4)."""
    return np.repeat(gates, SIZE, axis=1)


def gather(cells: np.ndarray) -> np.ndarray:
    """The sum over a block's cells: (n, 4) -> (n, 2)."""
    return cells.reshape(-1, BLOCKS, SIZE).sum(axis=2)


class Nets1997:
    """As many nets of 1997 as there are rngs, each with a sequence of its own at each step.

    P: (R, 8, 11), a unit's weights to x (2), y and z (8: gates first, then cells) and its bias;
    Q: (R, 5), the output's to the cells and its bias. The output is sigma(Q y + q).
    """

    def __init__(self, rngs: list[np.random.Generator]):
        drawn = [rng.uniform(-0.1, 0.1, 93) for rng in rngs]
        self.P = np.stack([w[:88].reshape(UNITS, 11) for w in drawn])
        self.Q = np.stack([w[88:] for w in drawn])
        self.P[:, :BLOCKS, 10] = -3.0, -6.0

    def forward(self, x: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, tuple]:
        """x: (R, L, 2), ends: (R,). Returns the outputs at the ends, (R,), and what is saved."""
        R, L, _ = x.shape
        a = x @ self.P[:, :, :2].swapaxes(1, 2) + self.P[:, None, :, 10]
        a, U = np.ascontiguousarray(a.swapaxes(0, 1)) / 2, self.P[:, :, 2:10] / 2
        y, t, s = np.zeros((L + 1, R, UNITS)), np.empty((L, R, UNITS)), np.empty((L, R, CELLS))
        now = np.zeros((R, BLOCKS, SIZE))
        for k in range(L):
            u = t[k]
            np.matmul(U, y[k][:, :, None], out=u[:, :, None])
            u += a[k]
            np.tanh(u, out=u)  # sigma(u) = (1 + tanh(u / 2)) / 2
            new = y[k + 1]
            np.multiply(u[:, :CELLS], 0.5, out=new[:, :CELLS])
            new[:, :CELLS] += 0.5
            now = now + 2 * new[:, :BLOCKS, None] * u[:, CELLS:].reshape(R, BLOCKS, SIZE)
            shown = new[:, BLOCKS:CELLS, None] * np.tanh(now / 2)
            new[:, CELLS:] = shown.reshape(R, CELLS)
            s[k] = now.reshape(R, CELLS)
        last = y[ends, np.arange(R)]
        out = sigmoid((self.Q[:, :CELLS] * last[:, CELLS:]).sum(axis=1) + self.Q[:, CELLS])
        return out, (x, y, t[:, :, CELLS:], s)

    def gradients(self, ends, out, saved, error) -> tuple[np.ndarray, np.ndarray]:
        """Of P and of Q, truncated as in the paper; error: (R,), dL/d(the output's sum)."""
        x, y, t, s = saved
        L, R, _ = t.shape
        rows = np.arange(R)
        last, held = y[ends, rows], s[ends - 1, rows]
        dQ = error[:, None] * np.concatenate([last[:, CELLS:], np.ones((R, 1))], axis=1)
        dy, h = error[:, None] * self.Q[:, :CELLS], np.tanh(held / 2)
        o = last[:, BLOCKS:CELLS]
        ds = dy * spread(o) * (1 - h**2) / 2  # at every step: nothing shrinks it
        ds = ds * (np.arange(L)[:, None] < ends)[:, :, None]
        delta, i = np.zeros((L, R, UNITS)), y[1:, :, :BLOCKS]
        opened = np.repeat(i, SIZE, axis=2)
        delta[:, :, CELLS:] = ds * opened * (1 - t**2)
        into = (ds * 2 * t).reshape(L, R, BLOCKS, SIZE).sum(axis=3)
        delta[:, :, :BLOCKS] = into * i * (1 - i)
        delta[ends - 1, rows, BLOCKS:CELLS] = gather(dy * h) * o * (1 - o)
        heard = np.concatenate([x.swapaxes(0, 1), y[:-1], np.ones((L, R, 1))], axis=2)
        return np.matmul(delta.transpose(1, 2, 0), heard.transpose(1, 0, 2)), dQ

    def learn(self, x, ends, t, lr: float = 0.5, slope: np.ndarray | float = 1.0) -> np.ndarray:
        """One sequence for each net; t: (R,). Returns |output - t| before the update, (R,).

        slope: 1 where the error is multiplied by the output's slope, as its square asks; 0 where it is
        not, as cross-entropy asks.
        """
        out, saved = self.forward(x, ends)
        error = (out - t) * (1 - slope + slope * out * (1 - out))
        dP, dQ = self.gradients(ends, out, saved, error)
        self.P -= lr * dP
        self.Q -= lr * dQ
        return np.abs(out - t)

    def keep(self, which: np.ndarray) -> None:
        """Go on with these nets alone."""
        self.P, self.Q = self.P[which], self.Q[which]


def as_network(P: np.ndarray, Q: np.ndarray) -> Network:
    """One net of Nets1997 as a network of the library. P: (8, 11), Q: (5,)."""
    rng = np.random.default_rng(0)
    cell, output = Cell1997(2, rng=rng), Dense(CELLS, 1, rng=rng)
    cell.W[...], cell.V[...], cell.U[...], cell.b[...] = P[:, :2], P[:, 2:6], P[:, 6:10], P[:, 10]
    output.W[...], output.b[...] = Q[:CELLS], Q[CELLS]
    return Network(Recurrent(cell), output, logistic)


def stored() -> dict:
    """What benchmarks/landmark_adding.py found, with its command and date."""
    return read(STORED)


def stored_network(net: dict) -> Network:
    """A net of stored()["nets"], as it was when training ended."""
    P, Q = map(np.array, net["weights"])
    return as_network(P.reshape(UNITS, 11), Q)
