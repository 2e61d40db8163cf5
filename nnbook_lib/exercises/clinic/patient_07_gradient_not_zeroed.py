"""Patient 7 of the clinic: the gradient is not set to zero."""

from __future__ import annotations

import numpy as np

from ...network import Network
from ...optimizers import SGD, Adam
from ..exercise import Case, Mistake, add
from .networks import CROSS, T, X
from .trials import deep


def nothing(net):
    pass


def one_step(before=Network.zero_grad, after=nothing, factors=(1.0,), backwards=1, reset=False):
    """A training step; after: between backward and the optimizer. factors: a step's, for each. reset:
    whether the optimizer forgets first.
    """

    def training_step(net, loss, opt, x, t):
        before(net)
        if reset:
            opt.reset()
        y, tape = net.forward(x, train=True)
        value, saved = loss.forward(y, t)
        for _ in range(backwards):
            net.backward(loss.backward(saved), tape)
        after(net)
        for factor in factors:
            opt.step(net.theta, factor * net.grad)
        return value

    return training_step


def after_steps(training_step, number, others=False):
    """What the losses and the weights are after so many steps; others: of Adam, with dropout."""
    opt = Adam(0.01) if others else SGD(0.1)
    net, losses = deep(activation="tanh", dropout=0.2 if others else 0.0), []
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


def forget_dW(net):
    for layer in net.walk():
        if "W" in layer.params:
            layer.dW[...] = 0


def loss_after_the_step(net, loss, opt, x, t):
    one_step()(net, loss, opt, x, t)
    return loss(net(x), t)


def asks_the_optimizer(training_step):
    """Whether it calls opt.zero_grad, which there is not."""
    try:
        after_steps(training_step, 1)
    except AttributeError as error:
        return error.name == "zero_grad" and isinstance(error.obj, SGD)
    return False


add(
    "clinic.patient_7",
    "Patient 7: began well, then got worse and worse",
    level=1,
    reference=one_step(),
    call=after_steps,
    outputs=("losses", "theta"),
    cases=lambda rng: [
        Case("one step", 1),
        Case("two steps", 2),
        Case("eight steps", 8),
        Case("eight steps of Adam, with dropout", 8, True),
    ],
    remark="Adding on purpose has a use: the gradients of several small batches, added up and divided by "
    "their number, make the step of a large one that would not fit into memory.",
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
            "Each step is made twice: opt.step runs once more than it should.",
            one_step(factors=(1.0, 1.0)),
        ),
        Mistake(
            "The gradient is twice what it should be. backward has run twice, and adds the same gradient "
            "once more (nn.loss_and_grad has a backward in it).",
            one_step(backwards=2),
        ),
        Mistake(
            "opt.reset() lets the optimizer forget what it remembers of earlier steps. The gradients lie in "
            "the network, and still pile up there.",
            one_step(nothing, reset=True),
        ),
        Mistake(
            "The gradients are set to zero, and that is the cure. But opt.reset() besides lets the optimizer "
            "forget what it remembers of earlier steps, and Adam and momentum live on that.",
            one_step(reset=True),
        ),
        Mistake(
            "The step is right. The loss that you return is that after it; asked is the one whose gradient "
            "the step follows, from before.",
            loss_after_the_step,
        ),
        Mistake(
            "The gradients of the weights are set to zero, those of the biases still pile up: "
            "net.zero_grad() empties all.",
            one_step(forget_dW),
        ),
        Mistake(
            "You divide by the number of rows once more: the loss is a mean, and so is its gradient.",
            one_step(factors=(1 / 32,)),
        ),
        Mistake(
            "Here the gradients belong to the network, not to the optimizer: net.zero_grad().",
            lambda net, loss, opt, x, t: opt.zero_grad(),
            when=asks_the_optimizer,
        ),
    ],
)
