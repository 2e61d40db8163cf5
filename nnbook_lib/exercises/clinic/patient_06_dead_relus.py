"""Patient 6 of the clinic: dead ReLUs."""

from __future__ import annotations

import numpy as np

from ...optimizers import SGD, Adam
from ..exercise import Mistake, add
from .networks import STEPS, T, X
from .trials import PATIENCE, TEST, Trials, always_on, bends, dead, deep, digits, learn


def sparse(bias=0.0, activation="relu", lr=0.1, epochs=5, kind=SGD, first=None, **how):
    def patient(x, t):
        net = deep(activation=activation, **how)
        for layer in net.layers[:-1:2]:
            layer.b[...] = bias
        if first is not None:
            net.layers[0].b[...] = first
        return learn(net, kind(lr), x, t, epochs)

    return patient


def linear(c):
    """Whether the network makes of the mean of two images the mean of what it makes of them."""
    a, b = X[:64], X[64:128]
    middle = (c.net(a) + c.net(b)) / 2
    return np.allclose(c.net((a + b) / 2), middle, atol=1e-6 * np.abs(middle).max())


def pushed_down(c):
    """Whether the biases of the first layer still lie far below 0."""
    return c.net.layers[0].b.mean() < -1


def biases(c):
    """The mean bias of each hidden layer."""
    return np.array([layer.b.mean() for layer in c.net.layers[:-1] if hasattr(layer, "b")])


def silent(c):
    return dead(c.net, X, T).max() > 0.8


trials = Trials(digits, "net, opt", TEST)
add(
    "clinic.patient_6",
    "Patient 6: has not moved since it was born",
    level=1,
    reference=sparse(),
    seconds=PATIENCE,
    demands=trials.demands(
        (
            "most units are alive",
            lambda c: not silent(c),
            "Still ill: in some layer more than 80 % of the units give 0 on every row, so their weights get "
            "no gradient. What pushes u below 0 on every row?",
        ),
        (
            "the units bend",
            lambda c: always_on(c.net, X, T).max() < 0.4,
            "Now many units are on for every row: a ReLU that is never off is the identity, and a layer of "
            "them is no layer. The input should decide.",
        ),
        (
            "the network is not linear",
            lambda c: not linear(c),
            "Without an activation that bends, the layers are a single linear map: nothing can die, and "
            "nothing is gained by the layers. Keep ReLU, and treat what pushes its units down.",
        ),
        (
            "9 in 10 test rows are right",
            lambda c: c.right >= 0.9,
            "The units are alive, and too few rows are right. Something still pushes them to one side, or "
            "makes their values too large: compare biases and weights at the start with a healthy net.",
        ),
    ),
    remark="Some authors start ReLU biases at 0.01 or 0.1, so that no unit is off on every row. With He's "
    "weights hardly one is, and 0 does as well.",
    mistakes=[
        Mistake(
            "A larger learning rate: the gradient of a dead unit is exactly 0, and any number times 0 is 0.",
            sparse(-2.0, lr=1.0),
            when=trials.shows(lambda c: silent(c) and c.opt.lr > 0.1),
        ),
        Mistake(
            "More epochs: the gradient of a dead unit is exactly 0, today and in a year.",
            sparse(-2.0, epochs=8),
            when=trials.shows(lambda c: silent(c) and c.opt.steps > STEPS),
        ),
        Mistake(
            "Leaky ReLU lets a hundredth of the gradient pass in each layer, so that nothing is dead any "
            "more. But all units still start far on their flat side. Treat what put them there.",
            sparse(-2.0, activation="leaky_relu"),
            when=trials.shows(
                lambda c: "leaky_relu" in bends(c.net) and c.right < 0.9 and pushed_down(c)
            ),
        ),
        Mistake(
            "The other extreme: many units are above 0 on every row. A ReLU that is never off is the "
            "identity, and a layer of them collapses into a linear map. Let the input decide: biases of "
            "0.",
            sparse(3.0),
            when=trials.shows(lambda c: always_on(c.net, X, T).max() >= 0.4),
        ),
        Mistake(
            "Another optimizer: Adam, too, can only scale what arrives, and the gradient of a dead unit "
            "is exactly 0.",
            sparse(-2.0, kind=Adam, lr=0.001),
            when=trials.shows(lambda c: silent(c) and type(c.opt) is not SGD),
        ),
        Mistake(
            "A smaller learning rate: the gradient of a dead unit is exactly 0, and any number times 0 is 0.",
            sparse(-2.0, lr=0.01),
            when=trials.shows(lambda c: silent(c) and type(c.opt) is SGD and c.opt.lr < 0.1),
        ),
        Mistake(
            "One layer is mended, another still starts with biases far below 0. A single dead layer "
            "stops everything.",
            sparse(-2.0, first=0.0),
            when=trials.shows(
                lambda c: silent(c) and biases(c).max() > -0.5 and biases(c).min() < -1
            ),
        ),
        Mistake(
            "The right direction, too little of it: the biases are still so far below 0 that most units "
            "are off on every row.",
            sparse(-1.4),
            when=trials.shows(
                lambda c: silent(c) and c.opt.steps <= STEPS and -1.9 < biases(c).max() < -0.5
            ),
        ),
        Mistake(
            "More units, and all of them are born dead, for the same reason as before.",
            sparse(-2.0, width=64),
            when=trials.shows(
                lambda c: silent(c) and c.net.theta.size > deep().theta.size and pushed_down(c)
            ),
        ),
    ],
)
