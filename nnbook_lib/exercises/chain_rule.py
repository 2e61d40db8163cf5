"""Exercises on the chain rule and backpropagation, for chapter 2."""

from __future__ import annotations

import itertools
import math

import numpy as np

from .. import functions
from ..activations import ACTIVATIONS
from ..dense import Dense
from ..losses import SoftmaxCrossEntropy
from ..network import loss_and_grad, mlp
from .exercise import Case, Mistake, add


def neuron(w, b, x, t, slope=lambda u, y: y * (1 - y)):
    """(dw, db) of a sigmoid neuron with half the squared error."""
    u = w * x + b
    y = functions.sigmoid(u)
    delta = float((y - t) * slope(u, y))
    return delta * x, delta


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
    ],
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
    ],
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
    outputs=("dx", "dW", "db"),
    cases=lambda rng: [
        Case(
            "one sample, two nodes",
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
            "(d_out, d_in): a row of dW belongs to one node.",
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
            "db is one number, the sum of all of delta. Each node has a bias of its own: add up the "
            "samples and keep the nodes apart.",
            lambda delta, x, W: (delta @ W, delta.T @ x, delta.sum()),
        ),
    ],
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
    cases=lambda rng: [
        Case("u of both signs", np.array([[1.0, -2.0, 3.0]]), np.array([[2.0, 5.0, -1.0]])),
        Case("u exactly 0", np.array([[1.0, -1.0]]), np.array([[0.0, 0.5]])),
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
            "Where u is negative the slope is 0, not −1: ReLU is flat there, it does not fall.",
            lambda dz, u: dz * np.sign(u),
        ),
    ],
)


def picked(log_p, t):
    return log_p[np.arange(len(t)), t]


LOGITS = (
    Case("equal logits, two classes", np.zeros((1, 2)), np.array([1])),
    Case("two samples", np.array([[2.0, 0.5, -1.0], [0.0, 0.0, 3.0]]), np.array([1, 2])),
)


def logit_cases(rng):
    return [
        *LOGITS,
        Case("five samples", rng.normal(size=(5, 4)), np.array([0, 3, 3, 1, 0])),
        Case("logits of 1000, all close", np.array([[1000.0, 999.0, 1001.0]]), np.array([0])),
        Case(
            "logits of 1000, sure and wrong",
            np.array([[1000.0, 0.0, -1000.0], [0.0, 5.0, 5.0]]),
            np.array([1, 2]),
        ),
    ]


add(
    "chain_rule.cross_entropy",
    "Cross-entropy from logits",
    level=2,
    reference=lambda u, t: SoftmaxCrossEntropy()(u, t),
    cases=logit_cases,
    mistakes=[
        Mistake(
            "e^1000 overflows. Softmax does not change when every logit of a row falls by the same "
            "number: subtract the row's largest one first.",
            lambda u, t: (
                -np.mean(picked(np.log(np.exp(u) / np.exp(u).sum(axis=1, keepdims=True)), t))
            ),
        ),
        Mistake(
            "You take the logarithm of a probability that has been rounded to 0. The row's largest logit "
            "is subtracted, as it should be, but then log(e^u / sum) is still to be simplified: the "
            "logarithm of a quotient is a difference, and log(e^u) is u.",
            lambda u, t: -np.mean(picked(np.log(functions.softmax(u)), t)),
        ),
        Mistake(
            "You add a small number inside of the logarithm, so a loss of 1000 is reported as less than "
            "40, and its gradient is gone. Leave it out, and use that log(e^u / sum) = u − log(sum).",
            lambda u, t: -np.mean(picked(np.log(functions.softmax(u) + 1e-12), t)),
            when=lambda f: (
                5 < f(np.array([[0.0, 1000.0]]), np.array([0])) < 50
                and np.isclose(f(np.zeros((1, 2)), np.array([0])), np.log(2))
            ),
        ),
        Mistake(
            "You return the sum over the samples. The book's loss is their mean, taken here and nowhere "
            "else.",
            lambda u, t: -np.sum(picked(functions.log_softmax(u), t)),
        ),
        Mistake(
            "You divide by the number of entries, n times k. The mean is over the n samples; the zeros "
            "of the one-hot targets are no samples.",
            lambda u, t: -np.sum(picked(functions.log_softmax(u), t)) / u.size,
        ),
        Mistake(
            "u[:, t] takes, for every row, the columns of all samples' labels. Each row has one label "
            "of its own: a row index must go with it.",
            lambda u, t: -np.mean(functions.log_softmax(u)[:, t]),
        ),
        Mistake(
            "You take the probability of the class the network favors. The loss asks for the one of the "
            "right class, t.",
            lambda u, t: -np.mean(functions.log_softmax(u).max(axis=1)),
        ),
    ],
)


def gradient(u, t):
    """p - t, without 1/n."""
    return functions.softmax(u) - np.eye(u.shape[1])[t]


add(
    "chain_rule.p_minus_t",
    "The gradient p − t",
    level=2,
    reference=lambda u, t: gradient(u, t) / len(t),
    cases=logit_cases,
    mistakes=[
        Mistake(
            "The 1/n is missing. The loss is a mean over n samples, so a nudge of one sample's logit "
            "counts one n-th.",
            lambda u, t: gradient(u, t),
        ),
        Mistake(
            "You divide by the number of entries, n times k. The loss is a mean over the n samples.",
            lambda u, t: gradient(u, t) / u.size,
        ),
        Mistake(
            "The sign is wrong: this is t − p. The gradient points to where the loss rises; the minus of "
            "descent comes later, in the update.",
            lambda u, t: -gradient(u, t) / len(t),
        ),
        Mistake(
            "You subtract the label's number. Class 3 is no larger than class 1: the target is a row with "
            "a 1 at the right class and 0 elsewhere.",
            lambda u, t: (functions.softmax(u) - t[:, None]) / len(t),
        ),
        Mistake(
            "[:, t] subtracts 1 from the columns of all labels, in every row. Each row has one label of "
            "its own: index rows and columns together.",
            lambda u, t: (functions.softmax(u) - np.eye(u.shape[1])[t].max(axis=0)) / len(t),
        ),
        Mistake(
            "This is p / n: the target has been forgotten. Every row of the gradient must sum to 0.",
            lambda u, t: functions.softmax(u) / len(t),
        ),
    ],
)


def two_layers(x, t, W1, b1, W2, b2):
    """(dW1, db1, dW2, db2), by the library's network."""
    net = mlp(x.shape[1], len(W2), width=len(W1), activation="tanh", rng=np.random.default_rng(0))
    first, _, last = net.layers
    first.W[...], first.b[...], last.W[...], last.b[...] = W1, b1, W2, b2
    loss_and_grad(net, SoftmaxCrossEntropy(), x, t)
    return first.dW, first.db, last.dW, last.db


def by_hand(x, t, W1, b1, W2, b2, slope=lambda u, z: 1 - z**2, over=len, back=np.matmul):
    """The same by the formulas, to be spoiled: the slope of tanh, what 1/n is, one layer back."""
    u1 = x @ W1.T + b1
    z1 = np.tanh(u1)
    delta2 = gradient(z1 @ W2.T + b2, t) / over(x)
    delta1 = back(delta2, W2) * slope(u1, z1)
    return delta1.T @ x, delta1.sum(axis=0), delta2.T @ z1, delta2.sum(axis=0)


def two_layer_case(says, rng, n, d, h, k):
    shapes = ((h, d), (h,), (k, h), (k,))
    return Case(
        says,
        rng.normal(size=(n, d)),
        rng.integers(k, size=n),
        *(rng.normal(size=s) for s in shapes),
    )


add(
    "chain_rule.two_layers",
    "A network, forward and backward",
    level=3,
    reference=two_layers,
    outputs=("dW1", "db1", "dW2", "db2"),
    cases=lambda rng: [
        Case(
            "one sample, one hidden unit",
            *(np.array(a) for a in ([[2.0]], [0], [[0.5]], [-0.5], [[1.0], [-1.0]], [0.0, 0.0])),
        ),
        two_layer_case("five samples", rng, 5, 4, 3, 2),
        two_layer_case("three of everything", rng, 3, 3, 3, 3),
        two_layer_case("one sample", rng, 1, 2, 5, 3),
    ],
    mistakes=[
        Mistake(
            "dW2 and db2 are right. On the way from z1 to u1 the slope of tanh is missing.",
            lambda *given: by_hand(*given, slope=lambda u, z: 1.0),
        ),
        Mistake(
            "dW2 and db2 are right. The slope of tanh is taken at z1 instead of u1: that is tanh of tanh. "
            "From z1, the slope is 1 − z1².",
            lambda *given: by_hand(*given, slope=lambda u, z: 1 - np.tanh(z) ** 2),
        ),
        Mistake(
            "dW2 and db2 are right. z(1 − z) is the slope of the sigmoid; this network has tanh.",
            lambda *given: by_hand(*given, slope=lambda u, z: z * (1 - z)),
        ),
        Mistake(
            "dW2 and db2 are right. The slope of tanh is 1 − z1²; you use u1 for z1.",
            lambda *given: by_hand(*given, slope=lambda u, z: 1 - u**2),
        ),
        Mistake(
            "All four are n times the right ones: the loss is a mean, and its 1/n belongs into the "
            "first delta.",
            lambda *given: by_hand(*given, over=lambda x: 1),
        ),
        Mistake(
            "All four are divided by n twice. The 1/n in the first delta reaches every layer by itself.",
            lambda *given: by_hand(*given, over=lambda x: len(x) ** 2),
        ),
        Mistake(
            "The way back from delta2 uses W2.T; that fits only where W2 is square. delta2 is (n, k), "
            "and one row of it meets the rows of W2.",
            lambda *given: by_hand(*given, back=lambda delta, W: delta @ W.T),
        ),
    ],
)
