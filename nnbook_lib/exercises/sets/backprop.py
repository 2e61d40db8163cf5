"""Exercises on the loss and the backward pass of a whole network, for chapter 2."""

from __future__ import annotations

import numpy as np

from ... import functions
from ...losses import SoftmaxCrossEntropy
from ...mlp import mlp
from ...network import loss_and_grad
from ..exercise import Case, Mistake, add
from . import logits
from .logits import gradient


def cross_entropy(u, t):
    shifted = u - u.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(log_p[np.arange(len(t)), t])


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
        Case("logits of -1000", np.array([[-1000.0, -1001.0]]), np.array([0])),
    ]


add(
    "backprop.cross_entropy",
    "Cross-entropy from logits",
    level=2,
    reference=lambda u, t: SoftmaxCrossEntropy()(u, t),
    plain=cross_entropy,
    cases=logit_cases,
    mistakes=logits.CROSS_ENTROPY,
    remark="Libraries do the same, and therefore want logits: PyTorch's cross_entropy applies the "
    "softmax itself. Whoever hands it probabilities applies softmax twice, and the network "
    "learns slowly, without an error.",
)


add(
    "backprop.p_minus_t",
    "The gradient p − t",
    level=2,
    reference=lambda u, t: gradient(u, t) / len(t),
    cases=logit_cases,
    mistakes=logits.P_MINUS_T,
    remark="Half the squared error after a linear layer has the same gradient, (y − t)/n, and so "
    "has binary cross-entropy after a sigmoid: output and loss that belong together leave "
    "nothing but the error.",
)


def two_layers(x, t, W1, b1, W2, b2):
    """(dW1, db1, dW2, db2), by the library's network."""
    net = mlp(x.shape[1], len(W2), width=len(W1), activation="tanh", rng=np.random.default_rng(0))
    first, _, last = net.layers
    first.W[...], first.b[...], last.W[...], last.b[...] = W1, b1, W2, b2
    loss_and_grad(net, SoftmaxCrossEntropy(), x, t)
    return first.dW, first.db, last.dW, last.db


def plain(u):
    return u


def by_hand(
    *given,
    f=np.tanh,
    slope=lambda u, z: 1 - z**2,
    over=len,
    back=np.matmul,
    output=plain,
    first=lambda u, t: gradient(u, t),
    end=lambda u: 1,
    below=lambda u, z: z,
    bias=np.sum,
):
    """The same by the formulas, to be spoiled: the activation and its slope, what 1/n is, one layer
    back, what is done to the logits and to their delta, what dW2 is made with, and how db adds up."""
    x, t, W1, b1, W2, b2 = given
    u1 = x @ W1.T + b1
    z1 = f(u1)
    u2 = output(z1 @ W2.T + b2)
    delta2 = first(u2, t) * end(u2) / over(x)
    delta1 = back(delta2, W2) * slope(u1, z1)
    return delta1.T @ x, bias(delta1, axis=0), delta2.T @ below(u1, z1), bias(delta2, axis=0)


def two_layer_case(says, rng, n, d, h, k):
    shapes = ((h, d), (h,), (k, h), (k,))
    return Case(
        says,
        rng.normal(size=(n, d)),
        rng.integers(k, size=n),
        *(rng.normal(size=s) for s in shapes),
    )


add(
    "backprop.two_layers",
    "A network, forward and backward",
    level=3,
    reference=two_layers,
    plain=by_hand,
    outputs=("dW1", "db1", "dW2", "db2"),
    cases=lambda rng: [
        Case(
            "one sample, two hidden units",
            np.array([[2.0, -1.0]]),
            np.array([0]),
            np.array([[0.5, 1.0], [-0.5, 0.0]]),
            np.array([-0.5, 0.5]),
            np.array([[1.0, 0.0], [-1.0, 2.0], [0.0, 1.0]]),
            np.zeros(3),
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
            "The logits go through tanh too. The last layer gives its u as it is.",
            lambda *given: by_hand(*given, output=np.tanh),
        ),
        Mistake(
            "You multiply the first delta with a slope of tanh. There is no tanh after the last layer: "
            "p − t, divided by n, is the gradient at its u.",
            lambda *given: by_hand(*given, end=lambda u: 1 - u**2),
        ),
        Mistake(
            "You multiply the first delta with a slope of tanh. There is no tanh after the last layer: "
            "p − t, divided by n, is the gradient at its u, not 1 − tanh² of it.",
            lambda *given: by_hand(*given, end=lambda u: 1 - np.tanh(u) ** 2),
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
        Mistake(
            "The dW are right. Your db are means over the samples: the 1/n is in delta already, so add up.",
            lambda *given: by_hand(*given, bias=np.mean),
        ),
        Mistake(
            "Your dW2 is made with u1. The second layer took in z1, after tanh.",
            lambda *given: by_hand(*given, below=lambda u, z: u),
        ),
        Mistake(
            "The hidden units are sigmoids in your network. The task has tanh.",
            lambda *given: by_hand(*given, f=functions.sigmoid, slope=lambda u, z: z * (1 - z)),
        ),
        Mistake(
            "The hidden units are ReLUs in your network. The task has tanh.",
            lambda *given: by_hand(*given, f=lambda u: np.maximum(u, 0), slope=lambda u, z: u > 0),
        ),
        Mistake(
            "Your forward pass leaves out tanh, and its slope: the network is linear.",
            lambda *given: by_hand(*given, f=plain, slope=lambda u, z: 1),
        ),
        Mistake(
            "The softmax is missing: the first delta is p − t, and your p are still the logits.",
            lambda *given: by_hand(*given, first=lambda u, t: u - np.eye(u.shape[1])[t]),
        ),
        Mistake(
            "The first delta is p: the target has been forgotten.",
            lambda *given: by_hand(*given, first=lambda u, t: functions.softmax(u)),
        ),
        Mistake(
            "In the first delta, [:, t] subtracts 1 from the columns of all labels, in every row. Each row "
            "has one label of its own: index rows and columns together.",
            lambda *given: by_hand(
                *given,
                first=lambda u, t: functions.softmax(u) - np.eye(u.shape[1])[t].max(axis=0),
            ),
        ),
        Mistake(
            "You multiply p − t with p(1 − p). That slope has cancelled already: p − t, divided by n, is the "
            "gradient at the logits.",
            lambda *given: by_hand(
                *given,
                first=lambda u, t: (
                    gradient(u, t) * functions.softmax(u) * (1 - functions.softmax(u))
                ),
            ),
        ),
        Mistake(
            "dW2 and db2 are right. u1 > 0 is the slope of ReLU; this network has tanh, whose slope is "
            "1 − z1².",
            lambda *given: by_hand(*given, slope=lambda u, z: u > 0),
        ),
    ],
    remark="A framework does nothing else: it writes down what the forward pass did and applies "
    "the backward rule of each line, in reverse. That it finds dW1 to dbL of any network "
    "without you is what chapter 2 calls an engine.",
)
