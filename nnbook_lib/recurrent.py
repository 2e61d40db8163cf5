"""Recurrent networks: cells that take one step, and `Recurrent`, which walks a cell through time.

A cell is two functions, `step` and `step_back`; the loop is written once. What the inputs
contribute to all steps, a = x W^T + b, is one product before the loop, and the parameters'
gradients are one product each after it, so that inside the loop there is only what must wait for
the step before.
"""

from __future__ import annotations

import numpy as np

from . import initializers
from .functions import sigmoid
from .layer import Container, Layer
from .shapes import got, sizes
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
        draw, h = initializers.get(init), d_hidden
        W = np.concatenate([draw(h, d_in, rng=rng) for _ in range(self.gates)])
        U = np.concatenate([initializers.orthogonal(h, h, rng=rng) for _ in range(self.gates)])
        b = np.zeros(self.gates * h)
        self.start(W=W.astype(dtype), U=U.astype(dtype), b=b.astype(dtype))

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
        da = da.reshape(-1, da.shape[-1])
        self.dW += da.T @ x.reshape(-1, self.d_in)
        self.dU += da.T @ h.reshape(-1, self.d_out)
        self.db += np.ones(len(da), da.dtype) @ da

    def forward(self, x, train=False):
        raise TypeError(f"{self.label()} takes single steps; for a layer, write Recurrent(cell).")

    def label(self):
        return f"{type(self).__name__}({self.d_in} -> {self.d_out})"


class RNNCell(Cell):
    """h' = tanh(W x + U h + b). Elman 1990."""

    def step(self, a, state):
        (h,) = state
        h_new = np.tanh(a + h @ self.U.T)
        return (h_new,), h_new

    def step_back(self, dstate, h, da):
        (dh,) = dstate
        np.multiply(dh, 1 - h * h, out=da)
        return (da @ self.U,)

    def slope(self, h):
        return 1 - h * h


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
        super().__init__(d_in, d_hidden, **kwargs)
        self.b[d_hidden : 2 * d_hidden] = forget_bias

    def step(self, a, state):
        h, c = state
        d = self.d_out
        u = h @ self.U.T
        u += a
        ifo = sigmoid(u[:, : 3 * d])
        i, f, o = ifo[:, :d], ifo[:, d : 2 * d], ifo[:, 2 * d :]
        g = np.tanh(u[:, 3 * d :])
        c_new = f * c
        c_new += i * g
        tanh_c = np.tanh(c_new)
        return (o * tanh_c, c_new), (ifo, g, c, tanh_c)

    def step_back(self, dstate, saved, da):
        dh, dc = dstate
        ifo, g, c, tanh_c = saved
        d = self.d_out
        i, f, o = ifo[:, :d], ifo[:, d : 2 * d], ifo[:, 2 * d :]
        dc = dc + dh * o * (1 - tanh_c * tanh_c)
        np.multiply(dc, g, out=da[:, :d])  # di
        np.multiply(dc, c, out=da[:, d : 2 * d])  # df
        np.multiply(dh, tanh_c, out=da[:, 2 * d : 3 * d])  # do
        da[:, : 3 * d] *= ifo * (1 - ifo)
        np.multiply(dc * i, 1 - g * g, out=da[:, 3 * d :])
        return da @ self.U, dc * f

    def slope(self, saved):
        ifo, g, _, tanh_c = saved
        return np.concatenate([4 * ifo * (1 - ifo), 1 - g * g, 1 - tanh_c * tanh_c], axis=1)


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
        d = self.d_out
        Uh = h @ self.U.T
        rz = sigmoid(a[:, : 2 * d] + Uh[:, : 2 * d])
        r, z = rz[:, :d], rz[:, d:]
        v = Uh[:, 2 * d :] + self.c
        g = np.tanh(a[:, 2 * d :] + r * v)
        return (g + z * (h - g),), (h, rz, v, g)

    def step_back(self, dstate, saved, da):
        (dh,) = dstate
        h, rz, v, g = saved
        d = self.d_out
        r, z = rz[:, :d], rz[:, d:]
        dg = dh * (1 - z) * (1 - g * g)
        np.multiply(dg, v, out=da[:, :d])  # dr
        np.multiply(dh, h - g, out=da[:, d : 2 * d])  # dz
        da[:, : 2 * d] *= rz * (1 - rz)
        da[:, 2 * d :] = dg
        return (dh * z + da[:, : 2 * d] @ self.U[: 2 * d] + (dg * r) @ self.U[2 * d :],)

    def collect(self, da, x, h, tape):
        d = self.d_out
        du = da.copy()  # dL/d(U h): as da, but the candidate's share passed the reset gate
        for t, record in enumerate(tape):
            du[t, :, 2 * d :] *= record.saved[1][:, :d]
        du = du.reshape(-1, 3 * d)
        flat = da.reshape(-1, 3 * d)
        self.dW += flat.T @ x.reshape(-1, self.d_in)
        self.db += flat.sum(axis=0)
        self.dU += du.T @ h.reshape(-1, d)
        self.dc += du[:, 2 * d :].sum(axis=0)

    def slope(self, saved):
        _, rz, _, g = saved
        return np.concatenate([4 * rz * (1 - rz), 1 - g * g], axis=1)


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
                f"Recurrent walks a cell, such as LSTMCell(2, 32, rng=rng); got {cell!r}."
            )
        self.cell, self.return_sequences = cell, return_sequences
        self.d_in, self.d_out = cell.d_in, cell.d_out

    def forward(self, x, train=False, watch=False):
        cell = self.cell
        if not (
            isinstance(x, np.ndarray) and x.ndim == 3 and x.shape[2] == cell.d_in and x.shape[1]
        ):
            raise ValueError(
                f"Recurrent({cell.label()}) expects x of shape (n, T, {cell.d_in}), T >= 1; "
                f"got {got(x)}. For one sequence, pass x[None]; for one number a step, x[:, :, None]."
            )
        x = np.ascontiguousarray(x.swapaxes(0, 1))  # (T, n, d): a step's block is contiguous
        T, n, d = x.shape
        a = (x.reshape(T * n, d) @ cell.W.T + cell.b).reshape(T, n, -1)
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
