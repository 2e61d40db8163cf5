"""Patient 8 of the clinic: zero initialization."""

from __future__ import annotations

import numpy as np

from ...initializers import normal
from ...optimizers import SGD
from ..exercise import Mistake, add
from .networks import STEPS
from .trials import PATIENCE, TEST, Trials, bends, deep, digits, learn, weights


def blank(
    init=None, bias=None, activation="relu", lr=0.1, epochs=5, only_first=False, only_last=False
):
    def patient(x, t):
        net = deep(activation=activation, **({} if init is None else {"init": init}))
        if only_first:
            net.theta[...] = 0
            net.layers[0].W[...] = deep().layers[0].W
        if only_last:
            net.theta[...] = 0
            net.layers[-1].W[...] = deep().layers[-1].W
        if bias is not None:
            for layer in net.layers[:-1:2]:
                layer.b[...] = bias
        return learn(net, SGD(lr), x, t, epochs)

    return patient


def different(c):
    """The number of different units in each hidden layer."""
    return [len(np.unique(W.round(9), axis=0)) for W in weights(c.net)[:-1]]


def spread(c):
    """The standard deviation of the first weights before training."""
    return weights(c.start)[0].std()


def only_biases(c):
    """Whether the network started with weights of 0 and biases that differ."""
    return not any(W.any() for W in weights(c.start)) and np.ptp(c.start.layers[0].b) > 0


def all_zero(c):
    return not any(W.any() for W in weights(c.net)[:-1])


trials = Trials(digits, "net, opt", TEST)
add(
    "clinic.patient_8",
    "Patient 8: no opinion on anything",
    level=1,
    reference=blank(),
    seconds=PATIENCE,
    demands=trials.demands(
        (
            "the units of every layer differ",
            lambda c: min(different(c)) > 16,
            "Still ill: count the different rows of the hidden layers' W after training. Units with the "
            "same weights and the same gradient stay copies of each other.",
        ),
        (
            "9 in 10 test rows are right",
            lambda c: c.right >= 0.9,
            "The units differ, and too few rows are right: look at the size of the weights at the start.",
        ),
    ),
    mistakes=[
        *trials.mistakes(blank(init="zeros")),
        Mistake(
            "All units of a layer have the same weights. A gradient arrives, and it is the same one for "
            "all of them: 32 copies of one unit, for ever. They must differ from the start, unit by unit.",
            blank(init=lambda d_out, d_in, rng: np.full((d_out, d_in), 0.05)),
            when=trials.knows(
                lambda c: max(different(c)) < 3 and not all_zero(c) and not only_biases(c)
            ),
        ),
        Mistake(
            "Another learning rate. The hidden layers' gradient is exactly 0, and so is any multiple of it.",
            blank(init="zeros", lr=1.0),
            when=trials.knows(lambda c: all_zero(c) and c.opt.lr != 0.1 and not only_biases(c)),
        ),
        Mistake(
            "More epochs. The hidden layers' gradient is exactly 0, today and in a year.",
            blank(init="zeros", epochs=8),
            when=trials.knows(lambda c: all_zero(c) and c.opt.steps > STEPS and not only_biases(c)),
        ),
        Mistake(
            "Another activation. With weights of 0 in the layer above, no gradient comes down, whatever "
            "function it would have to pass.",
            blank(init="zeros", activation="tanh"),
            when=trials.knows(
                lambda c: (
                    all_zero(c)
                    and not only_biases(c)
                    and "relu" not in bends(c.net)
                    and c.opt.lr == 0.1
                    and c.opt.steps == STEPS
                )
            ),
        ),
        Mistake(
            "The output layer is well, and the hidden layers are still blank: what they give is 0, and so is "
            "their gradient.",
            blank(only_last=True),
            when=trials.knows(
                lambda c: all_zero(c) and weights(c.net)[-1].any() and not only_biases(c)
            ),
        ),
        Mistake(
            "In one hidden layer the units differ, in another they are all alike: its weights are 0, or its "
            "rows start as copies. The weights of every layer must differ.",
            blank(only_first=True),
            when=trials.knows(lambda c: max(different(c)) > 16 and min(different(c)) < 3),
        ),
        Mistake(
            "Random biases, and weights of 0: through a layer whose weights are 0 no gradient comes down, "
            "and units whose weights are copies get the same one. It is the weights that must differ.",
            blank(init="zeros", bias=np.linspace(-1, 1, 32)),
            when=trials.knows(only_biases),
        ),
        Mistake(
            "The weights differ, and start next to 0: what reaches the outputs, and what comes back, is a "
            "product of them. Leave `init` out, and their size suits the width.",
            blank(init=normal(1e-6)),
            when=trials.knows(
                lambda c: min(different(c)) > 16 and c.right < 0.9 and 0 < spread(c) < 0.01
            ),
        ),
        Mistake(
            "The weights differ, and are much too large at the start. Leave `init` out, and their size suits "
            "the width.",
            blank(init=normal(10.0)),
            when=trials.knows(lambda c: min(different(c)) > 16 and c.right < 0.9 and spread(c) > 1),
        ),
    ],
)
