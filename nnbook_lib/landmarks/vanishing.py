"""Gradients through time: a cell with any activation, its whole Jacobian, and a unit of fifty steps.

Hochreiter 1991, retold in Hochreiter & Schmidhuber 1997, section 3.1; Pascanu, Mikolov & Bengio 2013.
"""

from __future__ import annotations

import numpy as np

from ..activations import ACTIVATIONS, Activation
from ..recurrent import Cell, Recurrent


class Elman(Cell):
    """h' = f(x + U h + b), with the activation f; so  dh'/dh = diag(f'(u)) U.

    U: (n, n), b: (n,); W is the identity, so that a first input can set any state.
    Hochreiter & Schmidhuber 1997, section 3.1.
    """

    def __init__(self, f: Activation, U: np.ndarray, b: np.ndarray | float = 0.0):
        super().__init__(len(U), len(U), rng=np.random.default_rng(0))
        self.f = f
        self.W[...], self.U[...], self.b[...] = np.eye(len(U)), U, b

    def step(self, a, state):
        (h,) = state
        u = a + h @ self.U.T
        return (self.f.f(u),), u

    def step_back(self, dstate, u, da):
        (dh,) = dstate
        da[...] = dh * self.f.df(u)
        return (da @ self.U,)

    def slope(self, u):
        return self.f.df(u) / self.f.steepest


def jacobians(cell: Cell, first: np.ndarray, steps: int) -> np.ndarray:
    """dh_T/dh_t for t = 1 to T = steps + 1, by the library's backward pass: (T, n, n).

    first: (n,), the input at step 1; later ones are 0. Each of the n copies of the sequence carries
    back the gradient of one entry of h_T.
    """
    n = cell.d_out
    x = np.zeros((n, steps + 1, n))
    x[:, 0] = first
    layer = Recurrent(cell)
    _, tape = layer.forward(x, watch=True)
    layer.backward(np.eye(n), tape)
    return np.stack([record.dy for record in tape])


def one_unit(w, b, depth: int = 50, f: str = "sigmoid") -> tuple[np.ndarray, ...]:
    """E = (f(x_T) - 0.7)^2 with x_t = w f(x_{t-1}) + b, x_0 = 0.5, T = depth; and dE/dw, dE/db.

    w, b: arrays of one shape, a unit for each entry. Pascanu et al. 2013, eq. 8 and Fig. 6.
    """
    act = ACTIVATIONS[f]
    x = np.full(np.shape(w), 0.5)
    dw, db = np.zeros_like(x), np.zeros_like(x)
    for _ in range(depth):
        h, slope = act.f(x), w * act.df(x)
        x, dw, db = w * h + b, h + slope * dw, 1 + slope * db
    error, back = act.f(x) - 0.7, act.df(x)
    return error**2, 2 * error * back * dw, 2 * error * back * db


def descend(
    w, b, lr: float, limit: float, updates: int, depth: int = 50, f: str = "sigmoid"
) -> tuple[np.ndarray, np.ndarray]:
    """Gradient descent on one_unit, its gradient clipped at norm `limit` (inf: not at all).

    Returns w, b and E before each update, (updates + 1, 3, ...), and each step's length.
    Pascanu et al. 2013, Algorithm 1.
    """
    w, b = np.array(w, dtype=float), np.array(b, dtype=float)
    visited, lengths = [], []
    for _ in range(updates + 1):
        error, dw, db = one_unit(w, b, depth, f)
        visited.append((w, b, error))
        norm = np.hypot(dw, db)
        scale = lr * np.minimum(1, limit / np.maximum(norm, 1e-300))
        lengths.append(scale * norm)
        w, b = w - scale * dw, b - scale * db
    return np.array(visited), np.array(lengths[:-1])
