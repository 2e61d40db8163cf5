"""Recurrent networks: cells that take one step, and `Recurrent`, which walks a cell through time.

A cell is two functions, `step` and `step_back`; the loop is written once. What the inputs
contribute to all steps, a = x W^T + b, is one product before the loop, and the parameters'
gradients are one product each after it, so that inside the loop there is only what must wait for
the step before.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from . import initializers
from .functions import column_sums, sigmoid
from .layer import Container, Layer
from .shapes import got, number, sizes
from .tape import Record, Tape

State = tuple[np.ndarray, ...]


class Cell(Layer):
    """One step of a recurrent network, with `gates` rows of weights for each hidden unit.

    W: (gates h, d), U: (gates h, h), b: (gates h,). A state is a tuple of (n, h) arrays, h_t
    first. W is drawn by `init`, U is orthogonal for each gate (the state is then neither
    stretched nor shrunk at the start; Saxe et al. 2014), b is zero. A cell runs inside
    Recurrent(cell).
    """

    params = ("W", "U", "b")
    gates = 1
    states = 1  # how many arrays the state has

    def __init__(
        self,
        d_in: int,
        d_hidden: int,
        *,
        init: str | initializers.Initializer = "xavier",
        rng: np.random.Generator,
        dtype: type = np.float64,
    ):
        sizes(type(self).__name__, d_in=d_in, d_hidden=d_hidden)
        self.d_in, self.d_out = d_in, d_hidden

        def draw(init, width):  # the gates' blocks of rows, one below the other
            how = {"rng": rng, "dtype": dtype}
            rows = [
                initializers.draw(self.label(), init, d_hidden, width, **how)
                for _ in range(self.gates)
            ]
            return np.concatenate(rows)

        W, U = draw(init, d_in), draw("orthogonal", d_hidden)
        self.start(W=W, U=U, b=np.zeros(len(W), dtype))

    def step(self, a: np.ndarray, state: State) -> tuple[State, object]:
        """From a = W x_t + b, (n, gates h), return the new state and what step_back needs."""
        raise NotImplementedError

    def step_back(self, dstate: State, saved: object, da: np.ndarray) -> State:
        """Given dL/d new state, write dL/da into da and return dL/d old state."""
        raise NotImplementedError

    def slope(self, saved: object) -> np.ndarray:
        """The derivatives f'(u) of the step's nonlinearities, each over its largest value."""
        raise NotImplementedError

    def collect(self, da: np.ndarray, x: np.ndarray, h: np.ndarray, tape: Tape) -> None:
        """Add to dW, dU, db. da: (T, n, gates h); x: (T, n, d); h: (T, n, h), before each step."""
        self.dW += _rows(da).T @ _rows(x)
        self.dU += _rows(da).T @ _rows(h)
        self.db += column_sums(_rows(da))

    def forward(self, x, train=False):
        raise TypeError(f"{self.label()} takes single steps; for a layer, write Recurrent(cell).")

    def label(self):
        return f"{type(self).__name__}({self.d_in} -> {self.d_out})"


class RNNCell(Cell):
    """h' = tanh(W x + U h + b). Elman 1990."""

    def step(self, a, state):
        (h,) = state
        h = np.tanh(a + h @ self.U.T)
        return (h,), h

    def step_back(self, dstate, h, da):
        (dh,) = dstate
        da[...] = dh * (1 - h**2)
        return (da @ self.U,)

    def slope(self, h):
        return 1 - h**2


class LSTMStep(NamedTuple):
    """What an LSTM's step saves: its gates, the candidate g, the old c, and tanh of the new one."""

    i: np.ndarray
    f: np.ndarray
    o: np.ndarray
    g: np.ndarray
    c: np.ndarray
    tanh_c: np.ndarray


class LSTMCell(Cell):
    """i, f, o = sigma(u), g = tanh(u), u = W x + U h + b;  c' = f c + i g;  h' = o tanh(c').

    Backward, dc' grows by dh' o (1 - tanh(c')^2), and dc = dc' f: along c the gradient meets no
    matrix and no tanh, only the forget gate. Hochreiter & Schmidhuber 1997, with the forget gate
    of Gers et al. 2000; its bias starts at `forget_bias` (1: Gers et al. 2000, Jozefowicz et al.
    2015). The rows of W, U, b are in the order i, f, o, g (PyTorch: i, f, g, o).
    """

    gates = 4
    states = 2

    def __init__(self, d_in: int, d_hidden: int, *, forget_bias: float = 1.0, **kwargs):
        number("LSTMCell", forget_bias=forget_bias)
        super().__init__(d_in, d_hidden, **kwargs)
        self.b[d_hidden : 2 * d_hidden] = forget_bias

    def step(self, a, state):
        h, c = state
        i, f, o, g = blocks(a + h @ self.U.T, 4)
        i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
        c_new = f * c + i * g
        tanh_c = np.tanh(c_new)
        return (o * tanh_c, c_new), LSTMStep(i, f, o, g, c, tanh_c)

    def step_back(self, dstate, saved, da):
        dh, dc = dstate
        i, f, o, g, c, tanh_c = saved
        dc = dc + dh * o * (1 - tanh_c**2)
        di, df, do, dg = dc * g, dc * c, dh * tanh_c, dc * i
        delta = di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g**2)
        np.concatenate(delta, axis=1, out=da)
        return da @ self.U, dc * f

    def slope(self, saved):
        i, f, o, g, _, tanh_c = saved
        gates = [4 * gate * (1 - gate) for gate in (i, f, o)]
        return np.concatenate([*gates, 1 - g**2, 1 - tanh_c**2], axis=1)


class GRUStep(NamedTuple):
    """What a GRU's step saves: its gates, the candidate g, v = U h + c, and the old h."""

    r: np.ndarray
    z: np.ndarray
    g: np.ndarray
    v: np.ndarray
    h: np.ndarray


class GRUCell(Cell):
    """r, z = sigma(W x + b + U h);  g = tanh(W x + b + r (U h + c));  h' = (1 - z) g + z h.

    c: (h,) is the candidate's own recurrent bias. The reset gate r comes after the product U h,
    as in PyTorch and cuDNN, so that one product serves all gates; Cho et al. 2014 put it before,
    U (r h). The rows of W, U, b are in the order r, z, g.
    """

    params = ("W", "U", "b", "c")
    gates = 3

    def start(self, **values):
        super().start(c=np.zeros(self.d_out, values["b"].dtype), **values)

    def step(self, a, state):
        (h,) = state
        a_r, a_z, a_g = blocks(a, 3)
        Uh_r, Uh_z, Uh_g = blocks(h @ self.U.T, 3)
        r, z, v = sigmoid(a_r + Uh_r), sigmoid(a_z + Uh_z), Uh_g + self.c
        g = np.tanh(a_g + r * v)
        return ((1 - z) * g + z * h,), GRUStep(r, z, g, v, h)

    def step_back(self, dstate, saved, da):
        (dh,) = dstate
        r, z, g, v, h = saved
        delta_g = dh * (1 - z) * (1 - g**2)
        delta_z = dh * (h - g) * z * (1 - z)
        delta_r = delta_g * v * r * (1 - r)
        np.concatenate([delta_r, delta_z, delta_g], axis=1, out=da)
        return (dh * z + self.at_U(da, r) @ self.U,)

    def at_U(self, da: np.ndarray, r: np.ndarray) -> np.ndarray:
        """dL/d(U h): as dL/da, but the candidate's share has passed the reset gate."""
        delta_r, delta_z, delta_g = blocks(da, 3)
        return np.concatenate([delta_r, delta_z, delta_g * r], axis=-1)

    def collect(self, da, x, h, tape):
        dUh = self.at_U(da, np.stack([record.saved.r for record in tape]))
        self.dW += _rows(da).T @ _rows(x)
        self.dU += _rows(dUh).T @ _rows(h)
        self.db += column_sums(_rows(da))
        self.dc += column_sums(_rows(dUh))[2 * self.d_out :]

    def slope(self, saved):
        r, z, g, _, _ = saved
        return np.concatenate([4 * r * (1 - r), 4 * z * (1 - z), 1 - g**2], axis=1)


def blocks(u: np.ndarray, k: int) -> list[np.ndarray]:
    """The k blocks that stand side by side in u's last axis, one for each gate; views."""
    d = u.shape[-1] // k
    return [u[..., j * d : (j + 1) * d] for j in range(k)]


def _rows(a: np.ndarray) -> np.ndarray:
    """Steps and samples in one axis: (T, n, d) -> (T n, d)."""
    return a.reshape(-1, a.shape[-1])


class Recurrent(Container):
    """h_t, ... = step(x_t, h_{t-1}, ...) for t = 1 .. T, from a zero state; y = h_T.

    x: (n, T, d), y: (n, h), or with return_sequences=True all states, (n, T, h). `saved` is a
    Tape with one record of the cell for each step, so what draws gradients against depth draws
    them against time: watched, record t has y = h_t and dy = dL/dh_t.
    """

    def __init__(self, cell: Cell, *, return_sequences: bool = False):
        super().__init__(cell)
        if not isinstance(cell, Cell):
            raise TypeError(
                f"Recurrent walks a cell, such as LSTMCell(2, 32, rng=rng); got {got(cell)}."
            )
        self.cell, self.return_sequences = cell, return_sequences
        self.d_in, self.d_out = cell.d_in, cell.d_out

    def forward(self, x, train=False, watch=False):
        self._check(x)
        cell = self.cell
        x = np.ascontiguousarray(x.swapaxes(0, 1))  # (T, n, d): a step's block is contiguous
        T, n, _ = x.shape
        a = (_rows(x) @ cell.W.T + cell.b).reshape(T, n, -1)
        h = np.zeros((T + 1, n, cell.d_out), a.dtype)  # h[t] is the state before step t
        state = tuple(np.zeros((n, cell.d_out), a.dtype) for _ in range(cell.states))
        tape = Tape(watch)
        tape.inputs = x, h
        for t in range(T):
            state, saved = cell.step(a[t], state)
            h[t + 1] = state[0]
            tape.append(Record(cell, saved, state[0] if watch else None))
        return (h[1:].swapaxes(0, 1) if self.return_sequences else state[0]), tape

    def backward(self, dy, tape):
        da = self._through_time(dy, tape)
        return (da @ self.cell.W).swapaxes(0, 1)

    def accumulate(self, dy, tape):
        self._through_time(dy, tape)

    def _shape_of_y(self, shape):
        return ("T", self.d_out) if self.return_sequences else (self.d_out,)

    def _through_time(self, dy, tape):
        """From step T to 1: add to the cell's gradients and return dL/da, (T, n, gates h)."""
        cell, (x, h) = self.cell, tape.inputs
        da = np.empty((*x.shape[:2], len(cell.b)), h.dtype)
        zero = np.zeros_like(h[0])
        dstate = (zero if self.return_sequences else dy,) + (zero,) * (cell.states - 1)
        for t in range(len(tape) - 1, -1, -1):
            if self.return_sequences:
                dstate = (dstate[0] + dy[:, t], *dstate[1:])
            if tape.watch:
                tape[t].dy = dstate[0]
            dstate = cell.step_back(dstate, tape[t].saved, da[t])
        cell.collect(da, x, h[:-1], tape)
        return da

    def _check(self, x):
        whose, d = f"Recurrent({self.cell.label()})", self.cell.d_in
        if not (isinstance(x, np.ndarray) and x.ndim == 3 and x.shape[2] == d and x.shape[1]):
            raise ValueError(
                f"{whose} expects x of shape (n, T, {d}), T >= 1; got {got(x)}. For one sequence, "
                "pass x[None]; for one number a step, x[:, :, None]."
            )
        if x.dtype.kind not in "fc":
            raise TypeError(f"{whose} expects floating point; got {got(x)}. Pass x.astype(float).")
