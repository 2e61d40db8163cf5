"""Patient 12 of the clinic: saturated sigmoids."""

from __future__ import annotations

from ... import initializers
from ...activations import Activation
from ...inspection.diagnostics import saturation
from ...optimizers import SGD
from ..exercise import Mistake, add
from .networks import STEPS, T, X
from .trials import PATIENCE, TEST, Trials, bends, deep, digits, learn, tape, weights


def loud(init=None, activation="sigmoid", lr=1.0, epochs=5, mend=None, clip=None):
    def patient(x, t):
        net = deep(activation=activation, init=init)
        if mend is not None:
            net.layers[mend].W[...] = deep(activation=activation).layers[mend].W
        return learn(net, SGD(lr), x, t, epochs, clip)

    return patient


def saturated(c):
    return saturation(tape(c.net, X, T)).max() > 0.6


def too_large(c):
    """Whether each hidden layer's weights are of the old, large kind."""
    return [W.std() > 2 for W in weights(c.net)[:-1]]


def all_sigmoids(net):
    """Whether both hidden activations are sigmoids."""
    return [layer.name for layer in net.walk() if isinstance(layer, Activation)] == ["sigmoid"] * 2


LARGE = initializers.normal(5.0)
trials = Trials(digits, "net, opt", TEST)
add(
    "clinic.patient_12",
    "Patient 12: certain from the first step, and wrong",
    level=1,
    reference=loud(),
    seconds=PATIENCE,
    demands=trials.demands(
        (
            "its hidden layers are sigmoids",
            lambda c: all_sigmoids(c.net) or all(too_large(c)),
            "The sigmoids were to stay: what was wrong is the size of the weights, and they suffer from "
            "it in any activation.",
        ),
        (
            "most values lie where the slope is not 0",
            lambda c: not saturated(c),
            "Still ill: most values of a hidden layer lie at its two ends, where the slope is next to 0. "
            "What makes u so large, before any training?",
        ),
        (
            "8 in 10 test rows are right",
            lambda c: c.right >= 0.8,
            "The units are no longer saturated, and too few rows are right. A sigmoid's slope is at most a "
            "quarter: it needs a rate of about 1, and weights that are neither large nor all alike.",
        ),
        (
            "after the same 225 steps",
            lambda c: c.opt.steps <= STEPS,
            "It is well, but took more steps than it had.",
        ),
    ),
    remark="The standard deviation of an initialization belongs to the width of the layer: 5 is too much "
    "here, and so would be 1 with a thousand inputs.",
    mistakes=[
        *trials.mistakes(loud(LARGE)),
        Mistake(
            "Another learning rate. Where the slope is next to 0, small steps stand still, and large ones "
            "jump from one flat side to the other.",
            loud(LARGE, lr=10.0),
            when=trials.knows(lambda c: all(too_large(c)) and c.opt.lr != 1),
        ),
        Mistake(
            "More epochs help a little: the few values that are not saturated do all the learning. Treat "
            "what saturates the others.",
            loud(LARGE, epochs=8),
            when=trials.knows(lambda c: all(too_large(c)) and c.opt.steps > STEPS),
        ),
        Mistake(
            "Another activation with the same weights. tanh saturates as well, and with ReLU the outputs "
            "are in the thousands. The weights are too large for each of them.",
            loud(LARGE, activation="tanh"),
            when=trials.knows(lambda c: all(too_large(c)) and "sigmoid" not in bends(c.net)),
        ),
        Mistake(
            "One layer is well, another still has the old weights, and is saturated.",
            loud(LARGE, mend=0),
            when=trials.knows(lambda c: any(too_large(c)) and not all(too_large(c))),
        ),
        Mistake(
            "The units are not saturated, and 225 steps are not enough: are the weights near 0 at the start? "
            "Then every unit of a layer gives nearly the same, and most of the training goes into telling "
            "them apart.",
            loud(initializers.normal(0.001)),
            when=trials.knows(
                lambda c: (
                    c.right < 0.8
                    and c.opt.lr == 1
                    and c.opt.steps == STEPS
                    and not saturated(c)
                    and all_sigmoids(c.net)
                )
            ),
        ),
        Mistake(
            "The weights still end with a deviation above 2, so that most sums are far too large for a "
            "sigmoid, before any training. Whatever else you have changed: leave `init` out.",
            loud(LARGE, clip=1.0),
            when=trials.knows(
                lambda c: (
                    all(too_large(c))
                    and c.opt.lr == 1
                    and c.opt.steps <= STEPS
                    and "sigmoid" in bends(c.net)
                )
            ),
        ),
    ],
)
