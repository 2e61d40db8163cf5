"""The clinic, patients 6 to 9."""

from __future__ import annotations

import functools

import numpy as np

from ..network import Network
from ..norm import BatchNorm
from ..optimizers import SGD
from .exercise import Case, Mistake, add
from .patients import CROSS, STEPS, T_TEST, X_TEST, T, X, normalized_net
from .ward import PATIENCE, TEST, Ward, always_on, bends, dead, deep, digits, learn, weights

# 6: dead ReLUs


def sparse(bias=0.0, activation="relu", lr=0.1, epochs=5):
    def patient(x, t):
        net = deep(activation=activation)
        for layer in net.layers[:-1:2]:
            layer.b[...] = bias
        return learn(net, SGD(lr), x, t, epochs)

    return patient


def silent(c):
    return dead(c.net, X, T).max() > 0.8


ward = Ward(digits, "net, opt", TEST)
add(
    "clinic.patient_6",
    "Patient 6: has not moved since it was born",
    level=1,
    reference=sparse(),
    seconds=PATIENCE,
    demands=ward.demands(
        (
            "most units are alive",
            lambda c: not silent(c),
            "Still ill: in some layer more than 80 % of the units give 0 on every row, so their weights get "
            "no gradient. What pushes u below 0 on every row?",
        ),
        (
            "the units bend",
            lambda c: always_on(c.net, X, T).max() < 0.8,
            "Now the units are on for every row: a ReLU that is never off is the identity, and the network "
            "is a single linear layer. The input should decide.",
        ),
        (
            "9 in 10 test rows are right",
            lambda c: c.right >= 0.9,
            "The units are alive, and too few rows are right. Something still pushes them to one side, or "
            "makes their values too large: compare biases and weights at the start with a healthy net.",
        ),
    ),
    mistakes=[
        Mistake(
            "A larger learning rate: the gradient of a dead unit is exactly 0, and any number times 0 is 0.",
            sparse(-2.0, lr=1.0),
            when=ward.shows(lambda c: silent(c) and c.opt.lr > 0.1),
        ),
        Mistake(
            "More epochs: the gradient of a dead unit is exactly 0, today and in a year.",
            sparse(-2.0, epochs=8),
            when=ward.shows(lambda c: silent(c) and c.opt.steps > STEPS),
        ),
        Mistake(
            "Leaky ReLU lets a hundredth of the gradient pass in each layer, so that nothing is dead any "
            "more. But all units still start far on their flat side. Treat what put them there.",
            sparse(-2.0, activation="leaky_relu"),
            when=ward.shows(lambda c: "leaky_relu" in bends(c.net) and c.right < 0.9),
        ),
        Mistake(
            "The other extreme: with these biases u is above 0 on every row. A ReLU that is never off is the "
            "identity, and the layers collapse into one linear map. Let the input decide: biases of 0.",
            sparse(3.0),
            when=ward.shows(lambda c: always_on(c.net, X, T).max() >= 0.8),
        ),
    ],
)


# 7: the gradient is not set to zero


def nothing(net):
    pass


def one_step(before=Network.zero_grad, after=nothing, factors=(1.0,)):
    """A training step; after: between backward and the optimizer. factors: a step's, for each."""

    def training_step(net, loss, opt, x, t):
        before(net)
        y, tape = net.forward(x, train=True)
        value, saved = loss.forward(y, t)
        net.backward(loss.backward(saved), tape)
        after(net)
        for factor in factors:
            opt.step(net.theta, factor * net.grad)
        return value

    return training_step


def after_steps(training_step, number):
    """What the losses and the weights are after so many steps."""
    net, opt, losses = deep(activation="tanh"), SGD(0.1), []
    for k in range(number):
        rows = slice(32 * k, 32 * k + 32)
        losses.append(training_step(net, CROSS, opt, X[rows], T[rows]))
        if losses[-1] is Ellipsis:
            raise NotImplementedError
        if losses[-1] is None:
            raise TypeError("training_step returns None; its last line should return the loss")
    return np.array(losses), net.theta


def forget_weights(net):
    net.theta[...] = 0


add(
    "clinic.patient_7",
    "Patient 7: began well, then got worse and worse",
    level=1,
    reference=one_step(),
    call=after_steps,
    outputs=("losses", "theta"),
    cases=lambda rng: [Case("one step", 1), Case("two steps", 2), Case("eight steps", 8)],
    mistakes=[
        Mistake(
            "Still ill: the first step is right, and every later one is not. Something of the first step "
            "is still there when the second begins. What does backward do to net.grad?",
            one_step(nothing),
        ),
        Mistake(
            "Now nothing moves: the gradient is set to zero after backward has computed it, and before "
            "the optimizer can use it.",
            one_step(after=Network.zero_grad),
        ),
        Mistake(
            "A smaller step while the gradients still pile up. It takes longer to get worse, that is "
            "all. (Its first step, too, is shorter than it should be.)",
            one_step(nothing, factors=(0.1,)),
        ),
        Mistake(
            "You divide the pile by the number of rows: backward's gradient is already a mean, and the "
            "steps before are still in it.",
            one_step(nothing, factors=(1 / 32,)),
        ),
        Mistake(
            "Only the first layer's gradient is set to zero; the others' still piles up.",
            one_step(lambda net: net.layers[0].zero_grad()),
        ),
        Mistake(
            "You set the weights to zero, and with them all that the network has learned. It is the "
            "gradient that has to be emptied.",
            one_step(forget_weights),
        ),
        Mistake(
            "The gradient is right, and the step goes uphill: opt.step subtracts it by itself.",
            one_step(factors=(-1.0,)),
        ),
        Mistake(
            "The optimizer steps twice with the same gradient. One step for each backward pass.",
            one_step(factors=(1.0, 1.0)),
        ),
    ],
)


# 8: zero initialization


def blank(init=None, bias=None, activation="relu", lr=0.1, epochs=5, only_first=False):
    def patient(x, t):
        net = deep(activation=activation, **({} if init is None else {"init": init}))
        if only_first:
            net.theta[...] = 0
            net.layers[0].W[...] = deep().layers[0].W
        if bias is not None:
            for layer in net.layers[:-1:2]:
                layer.b[...] = bias
        return learn(net, SGD(lr), x, t, epochs)

    return patient


def different(c):
    """The number of different units in each hidden layer."""
    return [len(np.unique(W.round(9), axis=0)) for W in weights(c.net)[:-1]]


def all_zero(c):
    return not any(W.any() for W in weights(c.net)[:-1])


ward = Ward(digits, "net, opt", TEST)
add(
    "clinic.patient_8",
    "Patient 8: no opinion on anything",
    level=1,
    reference=blank(),
    seconds=PATIENCE,
    demands=ward.demands(
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
        Mistake(
            "Equal weights instead of zero weights. Now a gradient arrives, the same one for all units of a "
            "layer: 32 copies of one unit, for ever. They must differ from the start.",
            blank(init=lambda d_out, d_in, rng: np.full((d_out, d_in), 0.05)),
            when=ward.shows(lambda c: max(different(c)) < 3 and not all_zero(c)),
        ),
        Mistake(
            "Another learning rate. The hidden layers' gradient is exactly 0, and so is any multiple of it.",
            blank(init="zeros", lr=1.0),
            when=ward.shows(lambda c: all_zero(c) and c.opt.lr != 0.1),
        ),
        Mistake(
            "More epochs. The hidden layers' gradient is exactly 0, today and in a year.",
            blank(init="zeros", epochs=8),
            when=ward.shows(lambda c: all_zero(c) and c.opt.steps > STEPS),
        ),
        Mistake(
            "Another activation. With weights of 0 in the layer above, no gradient comes down, whatever "
            "function it would have to pass.",
            blank(init="zeros", activation="tanh"),
            when=ward.shows(
                lambda c: (
                    all_zero(c)
                    and "relu" not in bends(c.net)
                    and c.opt.lr == 0.1
                    and c.opt.steps == STEPS
                )
            ),
        ),
        Mistake(
            "The first layer is well, and another is still blank: no gradient passes through a layer whose "
            "weights are 0.",
            blank(only_first=True),
            when=ward.shows(lambda c: max(different(c)) > 16 and min(different(c)) < 3),
        ),
    ],
)
# 9: batch normalization in the wrong mode


@functools.cache
def trained():
    return learn(normalized_net(), SGD(0.1), epochs=3)[0]


def without_norms(net):
    return Network(*(layer for layer in net.layers if not isinstance(layer, BatchNorm)))


def one_class(k):
    return X_TEST[T_TEST == k][:20]


add(
    "clinic.patient_9",
    "Patient 9: excellent in the lab, useless in the app",
    level=1,
    reference=lambda net, x: net(x).argmax(axis=1),
    cases=lambda rng: [
        Case("one image", trained(), X_TEST[:1]),
        Case("forty images", trained(), X_TEST[:40]),
        Case("twenty images of a 3", trained(), one_class(3)),
        Case("twenty images of an 8", trained(), one_class(8)),
    ],
    mistakes=[
        Mistake(
            "Still ill: every image gets the same answer. Alone in its batch, an image is its own mean: what "
            "is left after subtracting it, and which mean should be subtracted instead?",
            lambda net, x: np.array([net.forward(r[None], True)[0][0].argmax() for r in x]),
        ),
        Mistake(
            "You ask many images at once, and a single one is still ill. With many the answer to one depends "
            "on its neighbors: twenty images of one class are normalized as if they were all classes. "
            "Not the batch is to be changed, but the mode.",
            lambda net, x: net.forward(x, True)[0].argmax(axis=1),
        ),
        Mistake(
            "You leave out the normalization. The weights after it were trained on normalized numbers and "
            "get others now. Keep the layers, and let them use what they have learned.",
            lambda net, x: without_norms(net)(x).argmax(axis=1),
        ),
        Mistake(
            "You return what the network says of the classes. Wanted is the class: the place of the largest.",
            lambda net, x: net(x),
        ),
        Mistake(
            "That is the largest output of each row. Wanted is its place, which is the class.",
            lambda net, x: net(x).max(axis=1),
        ),
        Mistake(
            "That is the class the network finds least likely: argmax, not argmin.",
            lambda net, x: net(x).argmin(axis=1),
        ),
    ],
)
