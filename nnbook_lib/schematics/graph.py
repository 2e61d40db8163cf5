"""The computational graph of one neuron and its squared error as a schematic, forward and back."""

from __future__ import annotations

from ..autodiff import Tensor
from .sheet import Sheet, as_told, pair, result, told

X, B, T = 2.0, -0.5, 1.0  # chapter 2's neuron: input, bias, target


def graph_numbers(weight: float, target: float = T) -> dict:
    """{name: (value, dL/d value)} of every node of L = (sigma(w x + b) - t)^2 / 2."""
    w, x, b, t = Tensor(weight), Tensor(X), Tensor(B), Tensor(target)
    product = w * x
    u = product + b
    y = u.sigmoid()
    error = y - t
    square = error * error
    loss = square * 0.5
    loss.backward()
    nodes = {"w": w, "x": x, "wx": product, "b": b, "u": u, "y": y, "t": t, "e": error}
    nodes |= {"e²": square, "L": loss}
    return {name: pair(node) for name, node in nodes.items()}


def computational_graph(fig, step=11, weight=0.5, target=T) -> str:
    """L = ½ (σ(w x + b) − t)² at x = 2, b = −0.5, forward (steps 1 to 5) and back (6 to 11).

    weight: w; target: t.
    """
    n = graph_numbers(weight, target)
    s = Sheet(fig, 222, step, turn=6)
    line, foot = 126, 60
    times, plus, bend, minus, square = 58, 126, 200, 280, 372
    along = (  # name, from, to, node, its steps
        ("w", 8, times - 10, "w", (0, 11)),
        ("w x", times + 10, plus - 10, "wx", (1, 10)),
        ("u", plus + 10, bend - 14, "u", (2, 9)),
        ("y", bend + 14, minus - 10, "y", (3, 8)),
        ("y − t", minus + 10, square - 22, "e", (4, 7)),
    )
    for name, start, end, node, on in along:
        middle = (start + end) / 2
        s.text(middle, line + 28, name)
        s.wire([(start, line), (end, line)], n[node], on, at=(middle, line))
    for name, x, back in (("x", times, 11), ("b", plus, 10), ("t", minus, 8)):
        up = [(x, foot), (x, line - 10)]
        s.wire(up, n[name], (0, back), name=name, at=(x, 80), side="right")
    s.operation(times, line, "×", on=(1, 11))
    s.operation(plus, line, "+", on=(2, 10))
    s.box(bend, line, 28, 26, "σ", on=(3, 9))
    s.operation(minus, line, "−", on=(4, 8))
    s.box(square, line, 44, 26, "½( )²", on=(5, 7))
    up = [(square, line + 13), (square, 212)]
    s.wire(up, n["L"], (5, 6), name="L", at=(square, 178), side="left")
    s.key()
    return _told(step, n)


def _told(step: int, n: dict) -> str:
    v = {name: told(value) for name, (value, _) in n.items()}
    d = {name: told(slope) for name, (_, slope) in n.items()}
    y, slope = n["y"][0], n["y"][0] * (1 - n["y"][0])
    e, du = as_told(n["e"][0]), as_told(n["u"][1])
    more = n["w"][1]
    if abs(more) < 5e-3:
        last = "A change of w has next to no effect on the loss."
    else:
        last = f"Raise w a little, and the loss {'rises' if more > 0 else 'falls'}."
    return [
        f"Four numbers are given. w = {v['w']}, x = {v['x']}, b = {v['b']} and the target t = {v['t']}.",
        f"Forward: w x = {v['w']} × {v['x']} = {v['wx']}. The node keeps both factors for the way back.",
        f"Forward: u = {v['wx']} {'−' if n['b'][0] < 0 else '+'} {told(abs(n['b'][0]))} = {v['u']}. "
        "A sum needs to keep nothing.",
        f"Forward: y = σ({v['u']}) = {v['y']}. Its slope there is y (1 − y) = {told(slope)}.",
        f"Forward: y − t = {v['e']}. The output is too {'small' if y < n['t'][0] else 'large'}.",
        f"Forward: L = ½ ({v['e']})² {result(e**2 / 2, n['L'][0])}. One number says how wrong the neuron is.",
        "Backward begins with ∂L/∂L = 1. Each node now multiplies what arrives by its own slope.",
        f"Backward: the slope of ½ e² is e, and {d['e']} goes on. The error itself has become the gradient.",
        f"Backward: a minus hands the gradient on, and turns its sign for t. y gets {d['y']}, t {d['t']}.",
        f"Backward: the sigmoid multiplies by {told(slope)}. {d['y']} becomes {d['u']}.",
        f"Backward: a plus hands the gradient on unchanged. w x and b get {d['wx']} each.",
        f"{last} ∂L/∂w = {d['u']} × {v['x']} {result(du * X, n['w'][1])}, ∂L/∂b = {d['b']}: "
        "a product hands each factor the other one.",
    ][step]  # fmt: skip
