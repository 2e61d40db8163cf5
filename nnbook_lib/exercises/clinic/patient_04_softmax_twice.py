"""Patient 4 of the clinic: softmax twice."""

from __future__ import annotations

from ...activations import Softmax, sigmoid, softmax
from ...network import Network
from ...optimizers import SGD
from ..exercise import Mistake, add
from .networks import CROSS, STEPS, T, X
from .trials import PATIENCE, TEST, Trials, bends, deep, digits, learn


def double(*end, lr=0.5, epochs=10, width=32, spread=1.0):
    def patient(x, t):
        net = Network(*deep(activation="tanh", width=width).layers, *end)
        net.layers[4].W *= spread
        return learn(net, SGD(lr), x, t, epochs)

    return patient


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
    reference=double(),
    seconds=PATIENCE,
    demands=trials.demands(
        (
            "ten outputs",
            lambda c: c.net(X[:1]).shape == (1, 10),
            "The network should keep its last Dense layer, which makes ten outputs, one for each digit.",
        ),
        (
            "the outputs have no floor for the loss",
            lambda c: unsquashed(c) or CROSS(c.net(X), T) < 0.6,
            "Still ill: the loss does not come below its floor. Work out the lowest loss that the outputs "
            "of this last layer can reach, and compare.",
        ),
        (
            "the loss on the training rows is below 0.6",
            lambda c: CROSS(c.net(X), T) < 0.6,
            "The floor is gone, and the loss is not far below it. Without the second softmax the gradients "
            "are larger: look at the size of the steps, and at their number.",
        ),
        (
            "8 in 10 test rows are right",
            lambda c: c.right >= 0.8,
            "The floor is gone, and too few rows are right. Without the second softmax the gradients are "
            "larger: look at the size of the steps, and at their number.",
        ),
    ),
    remark="Where probabilities are wanted after training, take the softmax of the outputs then. Keras "
    "has both forms and a switch, from_logits; PyTorch's cross_entropy takes logits only.",
    mistakes=[
        *trials.mistakes(double(softmax)),
        Mistake(
            "The softmax is gone, and the gradients are larger without it; the rate that you have set is too "
            "much for them. Leave it at 0.5.",
            double(lr=5.0),
            when=trials.knows(lambda c: unsquashed(c) and c.opt.lr > 0.5),
        ),
        Mistake(
            "The softmax is gone, and the rate that you have set is too small to get far in ten epochs. "
            "Leave it at 0.5.",
            double(lr=0.005),
            when=trials.knows(lambda c: unsquashed(c) and c.opt.lr < 0.05),
        ),
        Mistake(
            "More epochs. The loss creeps toward ln(1 + 9/e) = 1.46, and no number of steps brings it "
            "below: it is the best that outputs between 0 and 1 can do.",
            double(softmax, epochs=15),
            when=trials.knows(lambda c: ends_in_softmax(c) and c.opt.steps > 2 * STEPS),
        ),
        Mistake(
            "The softmax is still the last layer, and its outputs still lie between 0 and 1. The rate "
            "decides how fast the floor is reached, not where it lies.",
            double(softmax, lr=5.0),
            when=trials.knows(lambda c: ends_in_softmax(c) and c.opt.lr != 0.5),
        ),
        Mistake(
            "A larger network reaches the same floor: it lies in the range of the last layer's outputs.",
            double(softmax, width=64),
            when=trials.knows(lambda c: ends_in_softmax(c) and c.net.theta.size > 3600),
        ),
        Mistake(
            "You replaced one squashing function by another. The loss takes logits, any real number: "
            "nothing may stand between the last Dense layer and it.",
            double(sigmoid),
            when=trials.knows(lambda c: bends(Network(*c.net.layers[-1:])) != set()),
        ),
        Mistake(
            "There is still a softmax inside, and other layers behind it. What has passed it lies between "
            "0 and 1, and the layers behind must undo that first. Take it out.",
            double(softmax, softmax),
            when=trials.knows(inner_softmax),
        ),
        Mistake(
            "The softmax is still the last layer. Whatever stands before it, and whichever loss trains it, "
            "its outputs lie between 0 and 1, and so the loss stays above its floor.",
            double(softmax, spread=5.0),
            when=trials.knows(
                lambda c: (
                    ends_in_softmax(c)
                    and c.opt.lr == 0.5
                    and c.opt.steps <= 2 * STEPS
                    and c.net.theta.size <= 3600
                )
            ),
        ),
    ],
)
