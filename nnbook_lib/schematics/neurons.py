"""A neuron, and a layer of two, as schematics: the numbers of chapter 1, forward and back."""

from __future__ import annotations

import numpy as np

from ..activations import ACTIVATIONS
from ..dense import Dense
from ..numbers import number
from ..palette import NAMES
from .sheet import WIDTH, Sheet, added, told

REASONS = np.array([1.0, 1.0, 1.0])  # chapter 1's umbrella: clouds, forecast, full bag, all true
WEIGH = np.array([4.0, 3.0])  # how much the first two of them count
X = np.array([2.0, 1.0, 0.5])  # chapter 1's input, and its hidden layer
W = np.array([[0.5, -1.0, 2.0], [-1.0, 0.5, 1.0]])
B = np.array([0.5, -0.5])
DZ = np.array([1.0, -0.5])  # the gradient that arrives at the layer


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


def single_neuron(fig, step=4, w3=-2.0, bias=-3.0, activation="relu") -> str:
    """z = f(w₁x₁ + w₂x₂ + w₃x₃ + b), forward (steps 1 to 4) and, from ∂L/∂z = 1, back (5 to 8).

    w3: w₃; inputs and other weights are those of chapter 1's umbrella.
    """
    w = np.array([*WEIGH, w3])
    n = layer_numbers(REASONS, w[None], np.array([bias]), activation, [1.0])
    u, z = (_at(n[name], 0) for name in "uz")
    s = Sheet(fig, 290, step, turn=5)
    rows, middle, times, total, bend = (226, 166, 106, 46), 136, 124, 212, 318
    for i, (row, sub) in enumerate(zip(rows, "₁₂₃", strict=False)):
        x, weighs = _at(n["x"], i), _at(n["W"], (0, i))
        s.wire([(8, row), (times - 10, row)], x, (0, 8), name=f"x{sub}", at=(40, row))
        down = [(times, row + 36), (times, row + 10)]
        s.wire(down, weighs, (0, 8), name=f"w{sub}", at=(times, row + 27), side="left")
        s.operation(times, row, "×", on=(1, 8))
        product = (w[i] * REASONS[i], u[1])
        s.wire([(times + 10, row), (total - 14, row)], product, (1, 7), at=(166, row))
    s.wire(
        [(8, rows[3]), (total - 14, rows[3])], _at(n["b"], 0), (0, 7), name="b", at=(40, rows[3])
    )
    s.box(total, middle, 28, 224, "+", on=(2, 7))
    s.text(259, middle + 28, "u")
    s.wire([(total + 14, middle), (bend - 26, middle)], u, (2, 6), at=(259, middle))
    s.box(bend, middle, 52, 26, NAMES[activation], on=(3, 6))
    s.text(370, middle + 28, "z")
    s.wire([(bend + 26, middle), (WIDTH - 8, middle)], z, (3, 5), at=(370, middle))
    s.key()
    return _told(step, n, w, bias, activation)


def _at(both: tuple, i) -> tuple[float, float]:
    """(value, gradient) at one place of the two arrays."""
    return both[0][i], both[1][i]


def _told(step: int, n: dict, w: np.ndarray, bias: float, activation: str) -> str:
    u, z, delta = n["u"][0][0], n["z"][0][0], n["u"][1][0]
    dx, dw = n["x"][1], n["W"][1][0]
    name, products = NAMES[activation], w * REASONS
    passes = activation == "relu" and z == u
    bent = f"lets u = {told(u)} pass" if passes else f"makes {told(z)} of u = {told(u)}"
    loudness = np.abs(products)
    loudest = [f"x{sub}" for sub, v in zip("₁₂₃", loudness, strict=True) if v == loudness.max()]
    said = f"{' and '.join(loudest)} {'speaks' if len(loudest) == 1 else 'speak'} loudest"
    return [
        "A node is given its inputs; its weights and its bias it knows. "
        f"Here x₃ = {told(REASONS[2])} meets w₃ = {told(w[2])}.",
        "Each input is multiplied by its own weight. "
        f"{said}. The products are {', '.join(told(v) for v in products)}.",
        f"The products and the bias add up to u = {told(u)}. That is {added(*products, bias)}.",
        f"{name} {bent}."
        + (" The node stays silent." if z == 0 else ""),
        f"The node answers {told(z)}. "
        f"u = {added(*products, bias)} = {told(u)}, and z = {name}({told(u)}).",
        "A gradient of 1 arrives at z. It is now followed back.",
        f"{name} multiplies it by its slope {told(delta)}."
        + (" The node is shut: nothing goes on." if delta == 0 else f" {told(delta)} arrives at u."),
        f"The sum hands it on whole, to each product and to b. Each gets {told(delta)}.",
        "Each weight gets the gradient times its input, each input the gradient times its weight. "
        f"w₃ gets {told(dw[2])}, x₃ {told(dx[2])}.",
    ][step]  # fmt: skip


def dense_layer(fig, step=3, x3=0.5, activation="relu") -> str:
    """z = f(W x + b) with two nodes, forward (steps 1 to 3) and, from a given ∂L/∂z, back (4 to 7).

    x3: the third input. Every cell of the arrays has its value and, below it, its gradient.
    """
    x = np.array([X[0], X[1], x3])
    n = layer_numbers(x, W, B, activation, DZ)
    s = Sheet(fig, 218, step, turn=4)
    cell, middle = 44, 104
    arrays = (
        ("W", 8, 2, 3),
        ("x", 154, 3, 1),
        ("b", 212, 2, 1),
        ("u", 270, 2, 1),
        ("z", 351, 2, 1),
    )
    on = {"W": (0, 6), "x": (0, 7), "b": (0, 6), "u": (None, 5), "z": (3, 4)}
    for name, left, rows, columns in arrays:
        top = middle + cell * rows / 2
        s.text(left + cell * columns / 2, 192, name)
        for i in range(rows):
            for j in range(columns):
                at = left + cell * (j + 0.5), top - cell * (i + 0.5)
                value, gradient = (np.reshape(part, (rows, columns))[i, j] for part in n[name])
                since = (i + 1, 5) if name == "u" else on[name]
                s.cell(*at, cell, _works(name, i, step))
                s.numbers(*at, (value, gradient), since, apart=8 if s.back else 0)
    for x_at, sign in ((147, "·"), (205, "+"), (263, "=")):
        s.text(x_at, middle, sign)
    s.text(332.5, middle + 16, NAMES[activation])
    s.wire([(317, middle), (348, middle)], (1.0, 1.0), (3, 5))
    s.key(lines=False)
    return _told_of_layer(step, n, activation)


def _works(name: str, i: int, step: int) -> bool:
    """Whether row i of an array is at work in this step of the layer."""
    if step in (1, 2):
        return name == "x" or (i == step - 1 and name in "Wbu")
    return name in {3: "uz", 4: "z", 5: "zu", 6: "uxWb", 7: "uWx"}.get(step, "")


def _told_of_layer(step: int, n: dict, activation: str) -> str:
    def listed(name, part=0):
        return ", ".join(told(v) for v in np.ravel(n[name][part]))

    (x, _), (W, _), (b, _), (u, delta) = (n[name] for name in "xWbu")

    def row(i):
        products = " + ".join(f"{number(w)} · {number(v)}" for w, v in zip(W[i], x, strict=True))
        return f"{products} + {number(b[i])} = {number(u[i])}".replace("+ −", "− ")

    row_of_dW = ", ".join(number(v) for v in n["W"][1][0])
    shut = [f"node {i + 1}" for i in range(2) if delta[i] == 0]
    silence = f": {' and '.join(shut)} {'are' if shut[1:] else 'is'} shut" if shut else ""
    return [
        "A layer is a table of weights, one row for each node. W has 2 rows of 3, b one number a row.",
        f"The first row of W and x give the first node its u = {number(u[0])}. {row(0)}.",
        f"The second row of W and the same x give the second node its u = {number(u[1])}. {row(1)}.",
        f"{NAMES[activation]} bends each number by itself. u = ({listed('u')}) becomes z = ({listed('z')}).",
        f"Now a gradient arrives at each node. ∂L/∂z = ({listed('z', 1)}).",
        f"Each node multiplies by its own slope. δ = ({listed('u', 1)}){silence}.",
        "Each weight gets the δ of its row times the input of its column. "
        f"∂L/∂W = δ xᵀ, and ∂L/∂b = δ = ({listed('b', 1)}).",
        f"Each input collects what both nodes send back. ∂L/∂x = Wᵀδ = ({listed('x', 1)}), "
        f"and the first row of ∂L/∂W is δ₁x = ({row_of_dW}).",
    ][step]  # fmt: skip
