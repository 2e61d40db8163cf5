"""Patient 6 of the clinic: dead ReLUs."""

from __future__ import annotations

import numpy as np

from ...dense import Dense
from ...optimizers import SGD
from ..exercise import Mistake, add
from .networks import STEPS, T, X
from .trials import PATIENCE, TEST, Trials, always_on, bends, dead, deep, digits, learn, weights


def sparse(bias=0.0, activation="relu", lr=0.1, epochs=5, weight=1.0):
    def patient(x, t):
        net = deep(activation=activation)
        for layer in net.layers[:-1:2]:
            layer.b[...] = bias
            layer.W *= weight
        return learn(net, SGD(lr), x, t, epochs)

    return patient


def linear(c):
    """Whether the network makes of the mean of two images the mean of what it makes of them."""
    a, b = X[:64], X[64:128]
    middle = (c.net(a) + c.net(b)) / 2
    return np.allclose(c.net((a + b) / 2), middle, atol=1e-6 * np.abs(middle).max())


def pushed_down(c):
    """Whether the biases of the first layer still lie far below 0."""
    return c.net.layers[0].b.mean() < -1


def on_activations(x, t):
    for layer in deep().layers[1::2]:
        layer.b[...] = 0


def low_start(c):
    """Whether some hidden layer starts with biases far below 0."""
    return any(layer.b.mean() < -0.5 for layer in c.start.layers[:-1] if isinstance(layer, Dense))


def never_off(c):
    """Whether in some layer most of the ReLUs are on for every row, at the start or in the end."""
    ends = (always_on(net, X, T).max() for net in (c.start, c.net))
    return "relu" in bends(c.net) and max(ends) >= 0.8


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
            lambda c: not never_off(c),
            "In some layer nearly all units are on for every row, at the start or in the end: a ReLU that is "
            "never off is the identity, and such layers are a single linear one. The input should decide.",
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
        *trials.mistakes(sparse(-2.0)),
        Mistake(
            "A larger learning rate: the gradient of a dead unit is exactly 0, and any number times 0 is 0.",
            sparse(-2.0, lr=1.0),
            when=trials.knows(lambda c: silent(c) and c.opt.lr > 0.1),
        ),
        Mistake(
            "More epochs: the gradient of a dead unit is exactly 0, today and in a year.",
            sparse(-2.0, epochs=8),
            when=trials.knows(lambda c: silent(c) and c.opt.steps > STEPS),
        ),
        Mistake(
            "Leaky ReLU lets a hundredth of the gradient pass in each layer, so that nothing is dead any "
            "more. But all units still start far on their flat side. Treat what put them there.",
            sparse(-2.0, activation="leaky_relu"),
            when=trials.knows(
                lambda c: "leaky_relu" in bends(c.net) and c.right < 0.9 and pushed_down(c)
            ),
        ),
        Mistake(
            "The other extreme: with these biases nearly all units of a layer are on for every row, and a "
            "ReLU that is never off is the identity. Let the input decide: biases of 0.",
            sparse(3.0),
            when=trials.knows(never_off),
        ),
        Mistake(
            "In a hidden layer the biases still start far below 0. There u is below 0 on every row, and the "
            "units give 0, without a gradient. Leave the biases of *every* layer at 0.",
            sparse(-1.0),
            when=trials.knows(
                lambda c: silent(c) and low_start(c) and c.opt.lr <= 0.1 and c.opt.steps <= STEPS
            ),
        ),
        Mistake(
            "The weights of a hidden layer start at 0: u is 0 on every row, where ReLU's slope is 0 too. The "
            "weights were well; only the biases were not.",
            sparse(weight=0.0),
            when=trials.knows(
                lambda c: not low_start(c) and not all(W.any() for W in weights(c.start)[:-1])
            ),
        ),
        Mistake(
            "An activation has no b and no W. In net.layers the Dense layers stand at 0, 2 and 4, "
            "net.layers[::2], with the activations between them.",
            on_activations,
            when=trials.fails(AttributeError, "'Activation' object has no attribute"),
        ),
    ],
)
