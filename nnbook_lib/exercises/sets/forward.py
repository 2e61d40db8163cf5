"""Exercises on forward propagation, for chapter 1."""

from __future__ import annotations

import functools
import itertools

import numpy as np

from ... import functions
from ..exercise import Case, Mistake, add


def _layers(rng, *widths):
    """Random (W, b) for a network of these widths."""
    return [(rng.normal(size=(b, a)), rng.normal(size=b)) for a, b in itertools.pairwise(widths)]


def _through(x, layers, f=lambda u: np.maximum(u, 0), last=False):
    """A forward pass; last: f after the last layer too."""
    for i, (W, b) in enumerate(layers):
        u = x @ W.T + b
        x = f(u) if last or i < len(layers) - 1 else u
    return x


add(
    "forward.weighted_sum",
    "One node by hand",
    level=1,
    reference=lambda x, w, b: float(w @ x + b),
    cases=lambda rng: [
        Case("three inputs", np.array([1.0, 2.0, 3.0]), np.array([0.5, -1.0, 2.0]), 0.25),
        Case("one input", np.array([2.0]), np.array([-3.0]), 1.0),
        Case("seven random inputs", rng.normal(size=7), rng.normal(size=7), rng.normal()),
    ],
    mistakes=[
        Mistake("The bias is missing. u = w·x + b: add b after the sum.", lambda x, w, b: w @ x),
        Mistake(
            "You multiply entry by entry and stop there: the products are still to be added up.",
            lambda x, w, b: w * x + b,
        ),
        Mistake(
            "The bias is added once for each input. It is added once, after the sum.",
            lambda x, w, b: np.sum(w * x + b),
        ),
        Mistake(
            "The bias is multiplied with the weights: w·(x + b). It stands outside of the sum.",
            lambda x, w, b: w @ (x + b),
        ),
    ],
)


def four_relus(x, a, b, height):
    """A trapezoid from a to b, its ramps a quarter of its width: left, flat, right."""
    ramp = (b - a) / 4

    def r(shift):
        return np.maximum(x - shift, 0)

    return height / ramp * (r(a) - r(a + ramp) - r(b - ramp) + r(b))


add(
    "forward.layer",
    "A layer, for a batch",
    level=1,
    reference=lambda x, W, b: x @ W.T + b,
    cases=lambda rng: [
        Case(
            "one sample, two nodes",
            np.array([[1.0, 2.0, 3.0]]),
            np.array([[1.0, 0.0, -1.0], [0.5, 0.5, 0.5]]),
            np.array([10.0, 20.0]),
        ),
        Case("a square W", rng.normal(size=(4, 3)), rng.normal(size=(3, 3)), rng.normal(size=3)),
        Case(
            "five samples of four numbers, two nodes",
            rng.normal(size=(5, 4)),
            rng.normal(size=(2, 4)),
            rng.normal(size=2),
        ),
        Case("x a transposed view", rng.normal(size=(4, 6)).T, rng.normal(size=(3, 4)), np.ones(3)),
    ],
    mistakes=[
        Mistake(
            "Your product is x @ W. W has shape (outputs, inputs): a node's weights are a row of W, and "
            "the sizes only fit by chance when W is square. Transpose W.",
            lambda x, W, b: x @ W + b,
        ),
        Mistake(
            "The result has samples as columns: that is W X for column vectors. Here a sample is a row.",
            lambda x, W, b: W @ x.T + b[:, None],
        ),
        Mistake("The bias is missing: add b to every row.", lambda x, W, b: x @ W.T),
        Mistake(
            "You add up the biases and give the sum to every node. Each node has a bias of its own: b "
            "broadcasts over the rows by itself.",
            lambda x, W, b: x @ W.T + b.sum(),
        ),
    ],
)

add(
    "forward.collapse",
    "Two layers without activation are one",
    level=2,
    reference=lambda W1, b1, W2, b2: (W2 @ W1, W2 @ b1 + b2),
    outputs=("W", "b"),
    cases=lambda rng: [
        Case("one node each", *(np.array(a) for a in ([[2.0]], [1.0], [[3.0]], [5.0]))),
        Case(
            "three inputs, four nodes, two outputs",
            rng.normal(size=(4, 3)),
            rng.normal(size=4),
            rng.normal(size=(2, 4)),
            rng.normal(size=2),
        ),
        Case(
            "square matrices",
            rng.normal(size=(3, 3)),
            rng.normal(size=3),
            rng.normal(size=(3, 3)),
            rng.normal(size=3),
        ),
    ],
    mistakes=[
        Mistake(
            "Your b is b1 + b2. The second layer multiplies all that comes from the first, its bias too: "
            "write W2 (W1 x + b1) + b2 out.",
            lambda W1, b1, W2, b2: (W2 @ W1, b1 + b2),
        ),
        Mistake(
            "Your W is W1 W2. The layer that acts first stands on the right: W2 (W1 x).",
            lambda W1, b1, W2, b2: (W1 @ W2, W2 @ b1 + b2),
        ),
        Mistake(
            "The second bias is lost. b is what the two layers give for x = 0.",
            lambda W1, b1, W2, b2: (W2 @ W1, W2 @ b1),
        ),
        Mistake(
            "The first bias is lost. b is what the two layers give for x = 0.",
            lambda W1, b1, W2, b2: (W2 @ W1, b2),
        ),
    ],
)

add(
    "forward.parameters",
    "How many parameters?",
    level=1,
    reference=lambda widths: int(sum(a * b + b for a, b in itertools.pairwise(widths))),
    cases=lambda rng: [
        Case("three inputs, one node", [3, 1]),
        Case("two layers", [2, 3, 1]),
        Case("digits: 64, 32, 32, 10", [64, 32, 32, 10]),
    ],
    mistakes=[
        Mistake(
            "You give a bias to each node that a layer's edges come *from*. It belongs to the nodes they "
            "lead to: a layer from a to b has b biases.",
            lambda widths: sum(a * b + a for a, b in itertools.pairwise(widths)),
        ),
        Mistake(
            "You count the first layer only: run through all neighboring widths.",
            lambda widths: widths[0] * widths[1] + widths[1],
        ),
        Mistake(
            "You count weights only. Every node has a bias too.",
            lambda widths: sum(a * b for a, b in itertools.pairwise(widths)),
        ),
        Mistake(
            "You give the inputs a bias. They are numbers that come in, no nodes that compute.",
            lambda widths: sum(a * b for a, b in itertools.pairwise(widths)) + sum(widths),
        ),
        Mistake(
            "You give every layer one bias. Every node has its own.",
            lambda widths: sum(a * b + 1 for a, b in itertools.pairwise(widths)),
        ),
        Mistake(
            "You count nodes. A parameter belongs to an edge (a weight) or to a node (a bias).",
            lambda widths: sum(widths[1:]),
        ),
    ],
)

add(
    "forward.tent",
    "A tent from three ReLUs",
    level=1,
    reference=np.array([1.0, -2.0, 1.0]),
    mistakes=[
        Mistake(
            "1, -1, 0 are the slopes of the pieces. ReLUs add up, so each entry of v is the change of the "
            "slope at its place: with -1 at the second, the curve only becomes level.",
            np.array([1.0, -1.0, 0.0]),
        ),
        Mistake(
            "The curve climbs to 1, falls back to 0, and goes on falling: the third ReLU must make it level "
            "again.",
            np.array([1.0, -2.0, 0.0]),
        ),
        Mistake(
            "(1, -1, 1) climbs, is level, and climbs again. Each entry of v is a change of the slope: "
            "the slopes are v1, v1 + v2, v1 + v2 + v3, and wanted are 1, -1, 0.",
            np.array([1.0, -1.0, 1.0]),
        ),
        Mistake(
            "With (1, 2, 1) every ReLU makes the curve steeper. The second must bend it down.",
            np.array([1.0, 2.0, 1.0]),
        ),
    ],
)

add(
    "forward.bump",
    "A bump from four ReLUs",
    level=2,
    reference=four_relus,
    cases=lambda rng: [
        Case("from 0 to 4, height 1", np.arange(-1.0, 6.0), 0.0, 4.0, 1.0),
        Case("from -3 to -1, height 2.5", np.linspace(-4, 0, 17), -3.0, -1.0, 2.5),
        Case("upside down", rng.uniform(-2, 8, 20), 1.0, 6.0, -0.5),
    ],
    mistakes=[
        Mistake(
            "Your bump has vertical walls. Wanted are ramps, a quarter of the width long, made of ReLUs.",
            lambda x, a, b, height: np.where((x > a) & (x < b), height, 0.0),
        ),
        Mistake(
            "The ramps are as steep for every bump. To climb to the height within a quarter of the width, "
            "the slope must be height / ((b - a) / 4).",
            lambda x, a, b, height: four_relus(x, a, b, height * (b - a) / 4),
        ),
        Mistake(
            "The bump climbs and never comes down: two more ReLUs must take the slope away again.",
            lambda x, a, b, height: (
                height / ((b - a) / 4) * (np.maximum(x - a, 0) - np.maximum(x - a - (b - a) / 4, 0))
            ),
        ),
        Mistake(
            "Your bump is 1 high: multiply with the height.",
            lambda x, a, b, height: four_relus(x, a, b, 1.0),
        ),
        Mistake(
            "The second ramp begins at b. It ends there: it begins a quarter of the width before.",
            lambda x, a, b, height: (
                height
                / ((b - a) / 4)
                * sum(
                    sign * np.maximum(x - at, 0)
                    for sign, at in zip(
                        (1, -1, -1, 1), (a, a + (b - a) / 4, b, b + (b - a) / 4), strict=True
                    )
                )
            ),
        ),
    ],
)

add(
    "forward.kinks",
    "Count the kinks",
    level=1,
    reference=8,
    mistakes=[
        Mistake(
            "9 is the number of straight pieces. Between them are the kinks, one fewer.",
            9,
        ),
        Mistake(
            "16 would count weights. A kink is a place where a unit's u changes its sign, and in a hidden "
            "layer with one input each unit has one such place.",
            16,
        ),
        Mistake(
            "7 is one too few. Every one of the eight units bends the curve where its u is 0; none is "
            "needed for anything else.",
            7,
        ),
    ],
)


def naive_softmax(u):
    return np.exp(u) / np.exp(u).sum(axis=1, keepdims=True)


add(
    "forward.softmax",
    "Softmax that does not overflow",
    level=2,
    reference=functions.softmax,
    cases=lambda rng: [
        Case("one row of equal logits", np.zeros((1, 2))),
        Case("two rows", np.array([[1.0, 2.0, 4.0], [3.0, 3.0, 0.0]])),
        Case("five random rows", rng.normal(size=(5, 4))),
        Case("logits near 1000", np.array([[1000.0, 999.0, 998.0]])),
        Case("logits of 3000", np.array([[3000.0, 2999.0, 0.0], [0.0, 1.0, 2.0]])),
    ],
    mistakes=[
        Mistake(
            "You subtract the mean of the row. That is allowed, and not enough: a logit far above the mean "
            "still overflows. Subtract the largest.",
            lambda u: (
                np.exp(u - u.mean(axis=1, keepdims=True))
                / np.exp(u - u.mean(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
            ),
        ),
        Mistake(
            "e^3000 overflows to infinity, and infinity / infinity is NaN. Softmax does not change when "
            "every logit of a row falls by the same number: subtract the row's largest one first.",
            naive_softmax,
        ),
        Mistake(
            "You divide by the sum over the whole batch. Each row is a distribution of its own: sum with "
            "axis=1, keepdims=True.",
            lambda u: np.exp(u - u.max()) / np.exp(u - u.max()).sum(),
        ),
        Mistake(
            "You normalize the columns. A sample is a row, so sum over axis=1.",
            lambda u: np.exp(u - u.max(0)) / np.exp(u - u.max(0)).sum(axis=0),
        ),
        Mistake(
            "You divide by the row's largest logit instead of subtracting it. That is another "
            "temperature for every row, and it divides by zero where the largest logit is 0.",
            lambda u: functions.softmax(u / u.max(axis=1, keepdims=True)),
        ),
        Mistake(
            "The exponentials are missing: you divide the logits themselves by their sum.",
            lambda u: u / u.sum(axis=1, keepdims=True),
        ),
        Mistake(
            "You subtract the largest logit of the batch, not of each row. Where a row lies far below it, "
            "all its exponentials round to 0, and 0/0 is NaN. Take the largest of each row.",
            lambda u: np.exp(u - u.max()) / np.exp(u - u.max()).sum(axis=1, keepdims=True),
        ),
    ],
)

add(
    "forward.network",
    "The whole network",
    level=2,
    reference=lambda x, layers: functools.reduce(
        lambda z, layer: np.maximum(z, 0) @ layer[0].T + layer[1],
        layers[1:],
        x @ layers[0][0].T + layers[0][1],
    ),
    cases=lambda rng: [
        Case(
            "two layers of one node",
            np.array([[1.0], [-1.0]]),
            [(np.array([[2.0]]), np.array([0.5])), (np.array([[-3.0]]), np.array([1.0]))],
        ),
        Case("one layer", rng.normal(size=(3, 4)), _layers(rng, 4, 2)),
        Case("four layers", rng.normal(size=(5, 3)), _layers(rng, 3, 6, 4, 5, 2)),
    ],
    mistakes=[
        Mistake(
            "You stop after the first layer. Is `return` inside of the loop?",
            lambda x, layers: _through(x, layers[:1], last=len(layers) > 1),
        ),
        Mistake(
            "The ReLU comes after the last layer too, so no output can be negative. The output layer gives "
            "its u as it is: logits, or a number for regression.",
            lambda x, layers: _through(x, layers, last=True),
        ),
        Mistake(
            "There is no ReLU between the layers, so the whole network is one affine map.",
            lambda x, layers: _through(x, layers, f=lambda u: u),
        ),
        Mistake(
            "The ReLU is applied to the input as well. It belongs behind a layer.",
            lambda x, layers: _through(np.maximum(x, 0), layers),
        ),
        Mistake(
            "The biases are missing in the hidden layers.",
            lambda x, layers: _through(x, [(W, 0 * b) for W, b in layers[:-1]] + layers[-1:]),
        ),
    ],
)


def hinges(x, y):
    """v with y_0 + sum of v_i relu(x - x_i) through all points."""
    return np.diff(np.diff(y) / np.diff(x), prepend=0.0)


add(
    "forward.interpolate",
    "Any curve from ReLUs",
    level=3,
    reference=hinges,
    cases=lambda rng: [
        Case("a tent", np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 0.0])),
        Case("two points", np.array([-1.0, 3.0]), np.array([2.0, 10.0])),
        Case("uneven steps", np.array([0.0, 0.5, 2.0, 2.25]), np.array([1.0, -1.0, 3.0, 3.5])),
        Case("forty points", np.sort(rng.uniform(-3, 3, 40)), rng.normal(size=40)),
    ],
    mistakes=[
        Mistake(
            "You return the slopes of the pieces. A ReLU goes on for ever, so what each one adds is the "
            "change of the slope at its place.",
            lambda x, y: np.diff(y) / np.diff(x),
        ),
        Mistake(
            "You return the steps of y. A weight is a slope: divide by the steps of x.",
            lambda x, y: np.diff(y),
        ),
        Mistake(
            "You take the changes of y's steps, as if the points stood one apart: divide each step of y by "
            "its step of x first.",
            lambda x, y: np.diff(np.diff(y), prepend=0.0),
        ),
        Mistake(
            "The first weight is missing: before the first point the slope is 0, so the first change is the "
            "first slope itself.",
            lambda x, y: np.diff(np.diff(y) / np.diff(x)),
        ),
        Mistake(
            "The changes have the wrong sign: the new slope minus the old one.",
            lambda x, y: -hinges(x, y),
        ),
    ],
)
