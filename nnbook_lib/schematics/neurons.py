"""A neuron, and a layer of two, as schematics: the numbers of chapter 1, forward and back."""

from __future__ import annotations

import numpy as np

from ..activations import ACTIVATIONS
from ..dense import Dense
from ..numbers import number
from ..palette import COLORS, GRAY, NAMES
from .sheet import WIDTH, Sheet, shown

X = np.array([2.0, 1.0, 0.5])  # chapter 1's input, and its hidden layer
W = np.array([[0.5, -1.0, 2.0], [-1.0, 0.5, 1.0]])
B = np.array([0.5, -0.5])


def layer_numbers(x, weights, biases, activation: str, dz) -> dict:
    """{name: (value, dL/d value)} of x, W, b, u = W x + b, z = f(u), for dL/dz = dz.

    Of the library's Dense and its activation, for the one row x.
    """
    dense, f = Dense(*weights.shape[::-1], rng=np.random.default_rng(0)), ACTIVATIONS[activation]
    dense.W[...], dense.b[...] = weights, biases
    u, kept = dense.forward(x[None])
    z, bent = f.forward(u)
    delta = f.backward(np.asarray(dz, dtype=float)[None], bent)
    dx = dense.backward(delta, kept)
    return {
        "x": (x, dx[0]), "W": (dense.W, dense.dW), "b": (dense.b, dense.db),
        "u": (u[0], delta[0]), "z": (z[0], np.asarray(dz, dtype=float)),
    }  # fmt: skip


def neuron(fig, step=4, weight=2.0, bias=0.5, activation="relu") -> str:
    """z = f(w₁x₁ + w₂x₂ + w₃x₃ + b), forward (steps 1 to 4) and, for dL/dz = 1, back (5 to 8).

    weight: w₃; the other two weights and the inputs are those of chapter 1's upper hidden node.
    """
    w = np.array([[W[0, 0], W[0, 1], weight]])
    n = layer_numbers(X, w, np.array([bias]), activation, [1.0])
    (x, dx), (w, dw) = n["x"], (n["W"][0][0], n["W"][1][0])
    u, du = n["u"][0][0], n["u"][1][0]
    z = n["z"][0][0]
    s = Sheet(fig, 250, step, turn=5)
    rows, middle, times, plus, bend = (210, 146, 82), 146, 128, 226, 308
    for i, (row, sub) in enumerate(zip(rows, "₁₂₃", strict=True)):
        product = (w[i] * x[i], du)
        s.wire([(8, row), (times - 10, row)], (x[i], dx[i]), (0, 8), name=f"x{sub}", at=(38, row))
        s.wire([(times, row - 28), (times, row - 10)], (w[i], dw[i]), (0, 8))
        s.operation(times, row, "×", on=(1, 8))
        way = [(times + 10, row), (plus, row), (plus, middle + (10 if row > middle else -10))]
        way = [(times + 10, row), (plus - 10, row)] if row == middle else way
        s.wire(way, product, (1, 7), at=(180, row))
    s.operation(plus, middle, "+", on=(2, 7))
    s.key()
    return "x"
