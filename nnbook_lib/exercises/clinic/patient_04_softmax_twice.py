"""Patient 4 of the clinic: softmax twice."""

from __future__ import annotations

from ...activations import Softmax, sigmoid, softmax
from ...network import Network
from ...optimizers import SGD
from ..exercise import Mistake, add
from .networks import CROSS, STEPS, T, X
from .trials import PATIENCE, TEST, Trials, bends, deep, digits, learn


def double(*end, lr=1.0, epochs=10, width=32):
    return lambda x, t: learn(Network(*deep(width=width).layers, *end), SGD(lr), x, t, epochs)


def inner_softmax(c):
    return any(isinstance(layer, Softmax) for layer in c.net.layers[:-1])


def ends_in_softmax(c):
    return isinstance(c.net.layers[-1], Softmax) and not inner_softmax(c)


def unsquashed(c):
    return not any(isinstance(layer, Softmax) for layer in c.net.layers) and not bends(
        Network(*c.net.layers[-1:])
    )


trials = Trials(digits, "net, opt", TEST)
add(
    "clinic.patient_4",
    "Patient 4: nearly always right, and never sure",
    level=1,
    reference=double(lr=0.1),
    seconds=PATIENCE,
    demands=trials.demands(
        (
            "the loss on the training rows is below 0.6",
            lambda c: CROSS(c.net(X), T) < 0.6,
            "Still ill: the loss does not come below its floor. Work out the lowest loss that the outputs "
            "of this last layer can reach, and compare.",
        ),
        (
            "8 in 10 test rows are right",
            lambda c: c.right >= 0.8,
            "The floor is gone, and now too few rows are right: look at the size of the steps, since the "
            "gradients have become larger too.",
        ),
    ),
    mistakes=[
        Mistake(
            "The floor is gone: nothing squashes the outputs any more. But the gradients are about ten times "
            "as large as before, and the rate is still the old one. Shorten the steps.",
            double(lr=1.0),
            when=trials.shows(lambda c: unsquashed(c) and c.opt.lr > 0.3),
        ),
        Mistake(
            "More epochs. The loss creeps toward ln(1 + 9/e) = 1.46, and no number of steps brings it "
            "below: it is the best that outputs between 0 and 1 can do.",
            double(softmax, epochs=15),
            when=trials.shows(lambda c: ends_in_softmax(c) and c.opt.steps > 2 * STEPS),
        ),
        Mistake(
            "Another learning rate changes how fast the floor is reached, not where it lies.",
            double(softmax, lr=0.3),
            when=trials.shows(lambda c: ends_in_softmax(c) and c.opt.lr != 1),
        ),
        Mistake(
            "A larger network reaches the same floor: it lies in the range of the last layer's outputs.",
            double(softmax, width=64),
            when=trials.shows(lambda c: ends_in_softmax(c) and c.net.theta.size > 3600),
        ),
        Mistake(
            "You replaced one squashing function by another. The loss takes logits, any real number: "
            "nothing may stand between the last Dense layer and it.",
            double(sigmoid),
            when=trials.shows(lambda c: bends(Network(*c.net.layers[-1:])) != set()),
        ),
        Mistake(
            "There is still a softmax inside, and other layers behind it. What has passed it lies between "
            "0 and 1, and the layers behind must undo that first. Take it out.",
            double(softmax, softmax),
            when=trials.shows(inner_softmax),
        ),
    ],
)
