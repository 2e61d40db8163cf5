"""Two residual blocks as a schematic: the wire and the branch, forward and back."""

from __future__ import annotations

from ..autodiff import Tensor
from ..numbers import equals, number, percent, rounded
from ..palette import COLORS, GRAY
from .sheet import WIDTH, Sheet, equation, pair, shown, told

X = 0.8
BLOCKS = 2


def residual_numbers(weight: float, wire: bool) -> dict:
    """{name: (value, dL/d value)} of x, (u1, F1, y1), (u2, F2, y2), for L = y2 and F = weight ReLU.

    u: what the ReLU gives; y_k = x_k + F(x_k), or F(x_k) alone without the wire.
    """
    nodes = {"y0": Tensor(X)}
    for k in range(1, BLOCKS + 1):
        x = nodes[f"y{k - 1}"]
        u = x.relu()
        branch = u * weight
        y = x + branch if wire else branch * 1
        nodes |= {f"u{k}": u, f"F{k}": branch, f"y{k}": y}
    nodes[f"y{BLOCKS}"].backward()
    return {name: pair(node) for name, node in nodes.items()}


def residual_block(fig, step=11, weight=-0.5, wire=True) -> str:
    """Two blocks y = x + w ReLU(x) of one unit, forward (steps 1 to 4) and back (5 to 11).

    weight: w of both branches; wire: off takes the identity away, and leaves a plain net.
    """
    n = residual_numbers(weight, wire)
    s = Sheet(fig, 222, step, turn=5)
    top, low = 192, 100
    for k, left in ((1, 58), (2, 208)):
        start = 2 * (k - 1)  # the step that brings x
        last = 6 if k == 2 else 9  # the step of the plus on the way back
        plus, middle = left + 104, left + 52
        x, u, branch, y = (n[name] for name in (f"y{k - 1}", f"u{k}", f"F{k}", f"y{k}"))
        through = (x[0], u[1] if x[0] > 0 else 0.0)  # what the branch gives back to x
        if wire:
            along = [(left, top), (plus - 10, top)]
            s.wire(along, (x[0], y[1]), (start, last), at=(middle, top))
            s.dot(left, top)
            s.operation(plus, top, "+", on=(start + 2, last))
        down = [(left, top), (left, low), (middle - 34, low)]
        s.wire(down, through, (start, last + 1), at=(left, 148), side="right")
        s.box(middle, low, 68, 28, "w · ReLU", on=(start + 1, last + 1))
        up = [(middle + 34, low), (plus, low), (plus, top - (10 if wire else 0))]
        s.wire(up, branch, (start + 1, last), at=(plus, 148), side="left", head=wire)
        slope = weight if x[0] > 0 else 0
        if s.back and step > last:
            factor = f"1 + F′ = {shown(1 + slope)}" if wire else f"F′ = {shown(slope)}"
            s.text(middle, 62, factor, COLORS["backward"])
        s.text(middle, 40, f"block {k}", GRAY)
    s.wire([(8, top), (58, top)], n["y0"], (0, 11), name="x", at=(33, top), head=False)
    after = 10 if wire else 0
    s.wire([(162 + after, top), (208, top)], n["y1"], (2, 8), at=(189, top), head=False)
    s.wire([(312 + after, top), (WIDTH - 8, top)], n["y2"], (4, 5), name="y", at=(358, top))
    s.key()
    return _told(step, n, weight, wire)


def _told(step: int, n: dict, weight: float, wire: bool) -> str:
    v = {name: told(value) for name, (value, _) in n.items()}
    d = {name: told(slope) for name, (_, slope) in n.items()}
    slopes = [weight if n[f"y{k}"][0] > 0 else 0.0 for k in (0, 1)]
    factors = [1 + slope if wire else slope for slope in slopes]
    sums = [
        f"x + F = {equation([n[f'y{k - 1}'][0], n[f'F{k}'][0]], n[f'y{k}'][0])}"
        if wire
        else f"F = {v[f'y{k}']}"
        for k in (1, 2)
    ]
    two = "two ways, along the wire and into the branch" if wire else "one way, into the branch"
    meet = [f"hands on {'1 + ' if wire else ''}F′ = {number(f)} of the gradient" for f in factors]
    return [
        f"x = {v['y0']} goes {two}. The branch is F(x) = w ReLU(x), with w = {number(weight)}.",
        f"The branch computes a change only. F(x) = {v['F1']}." if wire else
        f"The branch computes all there will be. F(x) = {v['F1']}.",
        f"The first block is done. {sums[0]}.",
        f"The second branch has the same weight. F = {v['F2']}.",
        f"The second block is done. y = {sums[1]}.",
        "Now the gradient comes back. It starts with ∂L/∂y = 1.",
        "The plus hands the gradient on whole, to wire and branch alike. 1 goes each way." if wire else
        "Without the wire, the branch is the only way. 1 goes into it.",
        f"The branch multiplies its share by F′ = {number(slopes[1])}. Along the wire nothing is multiplied."
        if wire else f"The branch multiplies the gradient by F′ = {number(slopes[1])}.",
        f"Block 2 {meet[1]}. {d['y1']} arrives at block 1.",
        f"Block 1 does the same to what it gets. {d['y1']} goes {'each way' if wire else 'into the branch'}.",
        f"Its branch multiplies by F′ = {number(slopes[0])}. "
        f"{number(slopes[0] * n['y1'][1])} comes out of it.",
        _end(n, factors, wire),
    ][step]  # fmt: skip


def _end(n: dict, factors: list[float], wire: bool) -> str:
    left = n["y0"][1]
    shown_left = rounded(factors[1], 3) * rounded(factors[0], 3)
    product = f"{number(factors[1], 3)} × {number(factors[0], 3)} {equals(shown_left, left)}"
    what = "(1 + F′)" if wire else "F′"
    if abs(left) < 1e-12:
        first = "Nothing of the gradient reaches x"
        first += (
            ": a branch takes away just what the wire brings." if wire else ": the branch is shut."
        )
    elif left > 1:
        first = f"The gradient reaches x {number(left)} times as large: it grows with every block."
    elif abs(left - 1) < 1e-12:
        first = "The whole gradient reaches x" + (
            ": the branch is silent, the wire is not." if wire else "."
        )
    else:
        much = f"{percent(abs(left))} of the gradient reaches x"
        first = much + (", with its sign turned." if left < 0 else ".")
    return f"{first} {what} of block 2 times {what} of block 1 is {product}."
