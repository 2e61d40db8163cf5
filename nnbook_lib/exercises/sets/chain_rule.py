"""Exercises on the chain rule and backpropagation, for chapter 2."""

from __future__ import annotations

import itertools
import math

import numpy as np

from ... import functions
from ...activations import ACTIVATIONS
from ...dense import Dense
from ..exercise import Case, Mistake, add


def neuron(w, b, x, t, slope=lambda u, y: y * (1 - y), error=lambda y, t: y - t):
    """(dw, db) of a sigmoid neuron with half the squared error."""
    u = w * x + b
    y = functions.sigmoid(u)
    delta = float(error(y, t) * slope(u, y))
    return delta * x, delta


def nudged(w, b, x, t, h, back):
    """(dw, db) from the loss at a nudge of h up and one of back down."""

    def loss(w, b):
        return (functions.sigmoid(w * x + b) - t) ** 2 / 2

    way = h + back
    return (loss(w + h, b) - loss(w - back, b)) / way, (loss(w, b + h) - loss(w, b - back)) / way


def nudges_coarsely(answer):
    """Whether an answer is a quotient of differences, to one side or both, that is not near enough."""
    tries = (0.5, -0.5, 2.0, 1.0), (1.0, 0.25, -3.0, 0.0)
    came, right = [answer(*given) for given in tries], [neuron(*given) for given in tries]
    quotients = [
        [nudged(*given, h, back) for given in tries]
        for h in (1.0, 0.5, 0.1, 0.05, 0.01, 1e-3, 1e-4, 1e-5)
        for back in (0.0, h)
    ]
    return not np.allclose(came, right, 1e-6) and any(np.allclose(came, q, 1e-6) for q in quotients)


add(
    "chain_rule.three_factors",
    "Three factors",
    level=1,
    reference=lambda w, b, x, t: neuron(w, b, x, t),
    outputs=("dw", "db"),
    cases=lambda rng: [
        Case("the neuron of the chapter", 0.5, -0.5, 2.0, 1.0),
        Case("a negative input", 1.0, 0.25, -3.0, 0.0),
        Case("random numbers", *map(float, rng.normal(size=4))),
    ],
    mistakes=[
        Mistake(
            "The middle factor is missing: your derivative stops at the output y. The loss reaches u "
            "through the sigmoid, and the sigmoid has a slope of its own.",
            lambda *given: neuron(*given, slope=lambda u, y: 1),
        ),
        Mistake(
            "You put y into σ'(u) = σ(u)(1 − σ(u)) as if it were u: that applies the sigmoid twice. "
            "σ(u) is y already.",
            lambda *given: neuron(*given, slope=lambda u, y: ACTIVATIONS["sigmoid"].df(y)),
        ),
        Mistake(
            "The slope of the sigmoid is y(1 − y); you use u(1 − u). It is computed from the neuron's "
            "output, not from its sum.",
            lambda *given: neuron(*given, slope=lambda u, y: u * (1 - u)),
        ),
        Mistake(
            "1 − y² is the slope of tanh. The sigmoid's is y(1 − y).",
            lambda *given: neuron(*given, slope=lambda u, y: 1 - y**2),
        ),
        Mistake(
            "Your product begins with the loss itself. It begins with the loss's slope: how does L move "
            "when y does?",
            lambda *given: neuron(*given, error=lambda y, t: (y - t) ** 2 / 2),
        ),
        Mistake(
            "db has the factor x too. Ask how u moves when b does: the bias has no input.",
            lambda *given: (neuron(*given)[0],) * 2,
        ),
        Mistake(
            "Your dw is dL/du. The last hop is missing: how does u move when w does?",
            lambda *given: (neuron(*given)[1],) * 2,
        ),
        Mistake(
            "Your dw ends with the factor w. In u = w x + b each factor of the product is the slope with "
            "respect to the other one.",
            lambda w, b, x, t: (w * neuron(w, b, x, t)[1], neuron(w, b, x, t)[1]),
        ),
        Mistake(
            "The first factor is missing: how does L move when y does? By y − t.",
            lambda *given: neuron(*given, error=lambda y, t: 1.0),
        ),
        Mistake(
            "You leave the sigmoid out: your y is u. The neuron puts u through σ, on the way forward and, "
            "with its slope, on the way back.",
            lambda w, b, x, t: ((w * x + b - t) * x, w * x + b - t),
        ),
        Mistake(
            "Your neuron has tanh in the place of the sigmoid.",
            lambda w, b, x, t: (lambda y: ((y - t) * (1 - y**2) * x, (y - t) * (1 - y**2)))(
                np.tanh(w * x + b)
            ),
        ),
        Mistake(
            "The sigmoid's slope has two factors, y and 1 − y; the second is missing.",
            lambda *given: neuron(*given, slope=lambda u, y: y),
        ),
        Mistake(
            "The sigmoid's slope has two factors, y and 1 − y; the first is missing.",
            lambda *given: neuron(*given, slope=lambda u, y: 1 - y),
        ),
        Mistake(
            "The sigmoid's slope is y(1 − y), with a minus; you use y(1 + y).",
            lambda *given: neuron(*given, slope=lambda u, y: y * (1 + y)),
        ),
        Mistake(
            "Your db ends with the factor b. How does u = wx + b move when b does? By just as much: the "
            "last factor is 1.",
            lambda w, b, x, t: (neuron(w, b, x, t)[0], b * neuron(w, b, x, t)[1]),
        ),
        Mistake(
            "Your product begins with (y − t)². It begins with the slope of the loss (y − t)²/2, which is "
            "y − t.",
            lambda *given: neuron(*given, error=lambda y, t: (y - t) ** 2),
        ),
        Mistake(
            "Your sigmoid is turned around, 1 / (1 + e^u): the minus in e^−u is missing.",
            lambda w, b, x, t: (lambda y: ((y - t) * y * (1 - y) * x, (y - t) * y * (1 - y)))(
                functions.sigmoid(-(w * x + b))
            ),
        ),
        Mistake(
            "You nudge, with steps so long that the result only comes near the slope. The three factors of "
            "the chain rule give it exactly.",
            lambda *given: nudged(*given, h=0.1, back=0.0),
            when=nudges_coarsely,
        ),
    ],
    remark="A neuron with cross-entropy in the place of the squared error has δ = y − t: the "
    "sigmoid's slope cancels. That is a good reason why classifiers are trained with "
    "cross-entropy: a neuron that is sure and wrong still learns.",
)

add(
    "chain_rule.paths",
    "Paths and edges",
    level=1,
    reference=lambda widths: (
        math.prod(widths),
        sum(a * b for a, b in itertools.pairwise(widths)),
    ),
    outputs=("paths", "edges"),
    cases=lambda rng: [
        Case("two inputs, three units, one output", [2, 3, 1]),
        Case("no hidden layer", [3, 2]),
        Case("two hidden layers", [2, 3, 4, 5]),
        Case("the digits, four hidden layers of 100", [64, 100, 100, 100, 100, 10]),
    ],
    mistakes=[
        Mistake(
            "You multiply the numbers of edges. A path takes one unit of each layer, so each layer's "
            "width is a factor once; you have the hidden ones twice.",
            lambda widths: (
                math.prod(a * b for a, b in itertools.pairwise(widths)),
                sum(a * b for a, b in itertools.pairwise(widths)),
            ),
        ),
        Mistake(
            "You count the paths from one input to one output. Wanted are those from any input to any "
            "output.",
            lambda widths: (
                math.prod(widths[1:-1]),
                sum(a * b for a, b in itertools.pairwise(widths)),
            ),
        ),
        Mistake(
            "You leave out the inputs. A path begins at any one of them, so their number is a factor too.",
            lambda widths: (
                math.prod(widths[1:]),
                sum(a * b for a, b in itertools.pairwise(widths)),
            ),
        ),
        Mistake(
            "You leave out the outputs. A path ends at any one of them, so their number is a factor too.",
            lambda widths: (
                math.prod(widths[:-1]),
                sum(a * b for a, b in itertools.pairwise(widths)),
            ),
        ),
        Mistake(
            "Your edges are units. An edge joins two units: every unit of a layer with every one of the "
            "next.",
            lambda widths: (math.prod(widths), sum(widths)),
        ),
        Mistake(
            "Your edges are parameters, with the biases. A bias is no edge between two units.",
            lambda widths: (
                math.prod(widths),
                sum(a * b + b for a, b in itertools.pairwise(widths)),
            ),
        ),
        Mistake(
            "Your paths are a sum. At each layer a path chooses one unit, and choices in a row multiply.",
            lambda widths: (sum(widths), sum(a * b for a, b in itertools.pairwise(widths))),
        ),
        Mistake(
            "Your edges are a product. The edges of one layer are a times b; those of different layers are "
            "added up.",
            lambda widths: (
                math.prod(widths),
                math.prod(a * b for a, b in itertools.pairwise(widths)),
            ),
        ),
        Mistake(
            "Your edges are those between the first two layers. The others count, too.",
            lambda widths: (math.prod(widths), widths[0] * widths[1]),
        ),
        Mistake(
            "Your edges are those between the last two layers. If there is a loop, it overwrites the sum in "
            "every round.",
            lambda widths: (math.prod(widths), widths[-2] * widths[-1]),
        ),
        Mistake(
            "You add the widths of neighbors. Each of a units is joined with each of b: a times b edges.",
            lambda widths: (math.prod(widths), sum(a + b for a, b in itertools.pairwise(widths))),
        ),
        Mistake(
            "Your edges are units, the inputs left out. An edge joins two units: every unit of a layer with "
            "every one of the next.",
            lambda widths: (math.prod(widths), sum(widths[1:])),
        ),
        Mistake(
            "Your edges are squares of widths. They join a layer with the next one: the product of two "
            "neighboring widths.",
            lambda widths: (math.prod(widths), sum(a * a for a in widths)),
        ),
        Mistake(
            "Your edges lead from every layer to all later ones. In such a network they lead to the next "
            "layer only.",
            lambda widths: (
                math.prod(widths),
                sum(a * b for a, b in itertools.combinations(widths, 2)),
            ),
        ),
        Mistake(
            "The paths overflow: a 32-bit whole number ends at about 2·10⁹. Python's own numbers have no "
            "such end: math.prod(widths), or int(...) before you multiply.",
            lambda widths: (
                int(np.prod(np.array(widths, dtype=np.int32), dtype=np.int32)),
                sum(a * b for a, b in itertools.pairwise(widths)),
            ),
        ),
        Mistake(
            "The edges to the outputs are missing. The last layer is joined with the one below it, too.",
            lambda widths: (
                math.prod(widths),
                sum(a * b for a, b in itertools.pairwise(widths[:-1])),
            ),
        ),
    ],
    remark="Both directions visit each edge once. Forward mode would have to do so again for every "
    "parameter whose slope is wanted; reverse mode, from the loss down, gives all slopes "
    "in one pass, which is why networks are trained with it.",
)


def dense(delta, x, W):
    """(dx, dW, db), by the library's layer."""
    layer = Dense(W.shape[1], W.shape[0], init="zeros")
    layer.W[...] = W
    return layer.backward(delta, x), layer.dW, layer.db


add(
    "chain_rule.dense_backward",
    "Backward through a layer",
    level=2,
    reference=lambda delta, x, W: dense(delta, x, W),
    plain=lambda delta, x, W: (delta @ W, delta.T @ x, delta.sum(axis=0)),
    outputs=("dx", "dW", "db"),
    cases=lambda rng: [
        Case(
            "one sample, two units",
            np.array([[1.0, -2.0]]),
            np.array([[3.0, 4.0, 5.0]]),
            np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]]),
        ),
        Case("a square W", *(rng.normal(size=s) for s in ((4, 3), (4, 3), (3, 3)))),
        Case("five samples", *(rng.normal(size=s) for s in ((5, 2), (5, 4), (2, 4)))),
        Case(
            "x a transposed view", rng.normal(size=(6, 3)), rng.normal(size=(4, 6)).T, np.eye(3, 4)
        ),
    ],
    mistakes=[
        Mistake(
            "Your dx uses W.T. Forward, a row x meets W.T; on the way back the same weights are used "
            "across, from outputs to inputs. Write the shapes beside the factors: (n, d_out) is to become "
            "(n, d_in).",
            lambda delta, x, W: (delta @ W.T, *dense(delta, x, W)[1:]),
        ),
        Mistake(
            "Your dW is transposed. A gradient has the shape of what it belongs to, and W is "
            "(d_out, d_in): a row of dW belongs to one unit.",
            lambda delta, x, W: (delta @ W, x.T @ delta, delta.sum(axis=0)),
        ),
        Mistake(
            "You divide dW and db by n. The mean is taken once, in the loss, and delta carries its 1/n "
            "already. Here the samples' shares only add up.",
            lambda delta, x, W: (
                delta @ W,
                delta.T @ x / len(x),
                delta.mean(axis=0),
            ),
        ),
        Mistake(
            "db is a mean over the samples, dW a sum. All rows use the same b, and where paths meet, "
            "they add; the 1/n is in delta already.",
            lambda delta, x, W: (delta @ W, delta.T @ x, delta.mean(axis=0)),
        ),
        Mistake(
            "db is delta itself, a row for each sample. b is used by every row, so its gradient collects "
            "from all of them.",
            lambda delta, x, W: (delta @ W, delta.T @ x, delta),
        ),
        Mistake(
            "db is summed over the units (axis 1). Each unit keeps its own; what is added up are the "
            "samples, the rows.",
            lambda delta, x, W: (delta @ W, delta.T @ x, delta.sum(axis=1)),
        ),
        Mistake(
            "db is one number, the sum of all of delta. Each unit has a bias of its own: add up the "
            "samples and keep the units apart.",
            lambda delta, x, W: (delta @ W, delta.T @ x, delta.sum()),
        ),
        Mistake(
            "You divide dW by n. The mean is taken once, in the loss, and delta carries its 1/n already. "
            "Here the samples' shares only add up.",
            lambda delta, x, W: (delta @ W, delta.T @ x / len(x), delta.sum(axis=0)),
        ),
        Mistake(
            "You divide all three by n. The mean is taken once, in the loss, and delta carries its "
            "1/n already.",
            lambda delta, x, W: tuple(g / len(x) for g in dense(delta, x, W)),
        ),
        Mistake(
            "dx is delta itself. Between u and x lie the weights: an input reaches the loss through all "
            "units, each with its weight.",
            lambda delta, x, W: (delta, *dense(delta, x, W)[1:]),
        ),
        Mistake(
            "dx is also multiplied with x, as if an activation stood in between. The slope of u with "
            "respect to x is W, and nothing else.",
            lambda delta, x, W: (delta @ W * x, *dense(delta, x, W)[1:]),
        ),
        Mistake(
            "db is made of ones, the slope of u with respect to b. What arrives, delta, is still to be "
            "multiplied with it and added up over the samples.",
            lambda delta, x, W: (delta @ W, delta.T @ x, np.ones(len(W))),
        ),
        Mistake(
            "dW and db are those of the first sample alone. All samples use the same weights: add their "
            "shares up.",
            lambda delta, x, W: (delta @ W, delta[:1].T @ x[:1], delta[0]),
        ),
        Mistake(
            "dW is that of the last sample alone. If there is a loop, `=` overwrites it in every round: "
            "`+=` adds the samples up.",
            lambda delta, x, W: (delta @ W, np.outer(delta[-1], x[-1]), delta.sum(axis=0)),
        ),
        Mistake(
            "Your dW is made of dx and x. A weight's gradient is made of what arrives at u, which is delta, "
            "and of what came in, x.",
            lambda delta, x, W: (delta @ W, (delta @ W).T @ x, delta.sum(axis=0)),
        ),
    ],
    remark="Frameworks differ in where the mean is taken, not in these lines: PyTorch's Linear "
    "adds the samples up as well, and leaves the 1/n to the loss. A derivation with columns "
    "has dW = δ xᵀ and dx = Wᵀ δ: the same, transposed.",
)


def write_into(dz, u):
    """dz, with its entries overwritten."""
    dz[u <= 0] = 0
    return dz


add(
    "chain_rule.relu_backward",
    "Backward through ReLU",
    level=1,
    reference=lambda dz, u: dz * ACTIVATIONS["relu"].df(u),
    plain=lambda dz, u: dz * (u > 0),
    cases=lambda rng: [
        Case("u of both signs", np.array([[1.0, -2.0, 3.0]]), np.array([[2.0, 5.0, -1.0]])),
        Case("u exactly 0", np.array([[1.0, -1.0, 2.0, 3.0]]), np.array([[0.0, 0.5, -0.5, 1.0]])),
        Case("random", rng.normal(size=(4, 3)), rng.normal(size=(4, 3))),
    ],
    mistakes=[
        Mistake(
            "You apply ReLU to the gradient. What decides is the sign of u on the way forward, not the "
            "sign of dz on the way back: a negative gradient passes an open unit.",
            lambda dz, u: np.maximum(dz, 0),
        ),
        Mistake(
            "You multiply with the value relu(u). The chain rule wants the slope of ReLU at u, which is "
            "0 or 1.",
            lambda dz, u: dz * np.maximum(u, 0),
        ),
        Mistake(
            "You return the slope alone. What arrives from above, dz, is still to be multiplied with it.",
            lambda dz, u: (u > 0) * 1.0,
        ),
        Mistake(
            "At u = 0 you let the gradient pass. ReLU has no slope there; the book, as most libraries, "
            "takes 0.",
            lambda dz, u: dz * (u >= 0),
        ),
        Mistake(
            "The result is right, but you write it into dz, which belongs to the caller: with a skip "
            "connection the same dz is still needed on another path. Make a new array.",
            write_into,
        ),
        Mistake(
            "Your gate is turned around: it lets pass where u is negative. ReLU is flat there.",
            lambda dz, u: dz * (u < 0),
        ),
        Mistake(
            "Where u is negative the slope is 0, not −1: ReLU is flat there, it does not fall.",
            lambda dz, u: dz * np.sign(u),
        ),
        Mistake(
            "The gate is missing: you return dz as it came. Where u was negative nothing passes.",
            lambda dz, u: dz.copy(),
        ),
        Mistake(
            "This is the way forward, ReLU of u. On the way back dz arrives, and passes where u "
            "was positive.",
            lambda dz, u: np.maximum(u, 0),
        ),
        Mistake(
            "Where u is negative you let a little pass. That is leaky ReLU; the slope of ReLU is 0 there.",
            lambda dz, u: dz * np.where(u > 0, 1.0, 0.01),
        ),
        Mistake(
            "You multiply dz with u. The chain rule wants the slope at u, which is 1 or 0, not u itself.",
            lambda dz, u: dz * u,
        ),
        Mistake(
            "dz passes where u is *not* above 0, and is stopped where it is. In np.where(condition, a, b) "
            "the a is taken where the condition holds.",
            lambda dz, u: dz * (u <= 0),
        ),
        Mistake(
            "A mask in square brackets keeps some of the entries and loses their places. Multiply with the "
            "mask, dz * (u > 0): the others become 0.",
            lambda dz, u: dz[u > 0],
        ),
        Mistake(
            "Where u lies between 0 and 1 nothing passes. ReLU rises from 0 on, so the gate is open as soon "
            "as u > 0.",
            lambda dz, u: dz * (u >= 1),
        ),
        Mistake(
            "One unit that is closed closes its whole row. Each entry has a gate of its own, so compare "
            "entry by entry.",
            lambda dz, u: dz * (u > 0).all(axis=1, keepdims=True),
        ),
        Mistake(
            "One unit that is open opens its whole row. Each entry has a gate of its own, so compare "
            "entry by entry.",
            lambda dz, u: dz * (u > 0).any(axis=1, keepdims=True),
        ),
    ],
    remark="The gate can also be read off the output, since z > 0 exactly where u > 0. Frameworks "
    "use that: they keep z for the way back and can let u go.",
)
