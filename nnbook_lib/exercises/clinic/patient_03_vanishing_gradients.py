"""Patient 3 of the clinic: vanishing gradients at depth 30."""

from __future__ import annotations

from ... import initializers
from ...optimizers import Adam
from ..exercise import Mistake, add
from .networks import STEPS, T, X
from .trials import PATIENCE, TEST, Trials, bends, deep, delta_ratio, digits, learn, weights


def tower(depth=30, activation="sigmoid", lr=0.001, epochs=5, clip=None, **how):
    return lambda x, t: learn(deep(depth, activation, **how), Adam(lr), x, t, epochs, clip)


def arrives(c):
    return delta_ratio(c.net, X, T) >= 1e-3


def still_sigmoids(c):
    """Whether no gradient arrives in thirty sigmoids, at the old rate, in no more than the old steps, with
    weights of no great size.
    """
    old = c.opt.lr <= 0.001 and c.opt.steps <= STEPS and len(weights(c.net)) == 31
    return (
        old and bends(c.net) == {"sigmoid"} and weights(c.net)[-2].std() <= 0.5 and not arrives(c)
    )


trials = Trials(digits, "net, opt", TEST)
add(
    "clinic.patient_3",
    "Patient 3: thirty layers, flat as a board",
    level=2,
    reference=tower(skip=True),
    seconds=PATIENCE,
    demands=trials.demands(
        (
            "31 layers of weights",
            lambda c: len(weights(c.net)) == 31,
            "The network should keep its thirty hidden layers and its output layer.",
        ),
        (
            "the gradient arrives at layer 1",
            arrives,
            "Still ill: ‖δ‖ of layer 1 is below a thousandth of that of layer 30. By what factor does it "
            "shrink in each layer on the way back, and what sets this factor?",
        ),
        (
            "Adam with its rate of 0.001",
            lambda c: isinstance(c.opt, Adam) and c.opt.lr == 0.001,
            "The gradient arrives now. Adam with its rate of 0.001 was to stay: what was wrong was the "
            "factor in each layer, not the steps.",
        ),
        (
            "in the same 225 steps",
            lambda c: c.opt.steps == STEPS,
            "The gradient arrives now. But five epochs of batches of 32 were to stay, 225 steps; yours are "
            "fewer or more.",
        ),
        (
            "4 in 10 test rows are right",
            lambda c: c.right >= 0.4,
            "The gradient arrives now, and yet too few rows are right after 225 steps. Other cures that "
            "let it arrive leave the steps larger.",
        ),
    ),
    remark="Of the cures, `norm` and `skip` hold at any depth; a better activation with its own weights "
    "makes each factor nearly 1, and a hundred layers of nearly 1 can be far from 1 again.",
    mistakes=[
        *trials.mistakes(tower()),
        Mistake(
            "You amputate: with fewer layers the product has fewer factors. But the thirty layers were what "
            "was asked for. Change the factor instead.",
            tower(depth=3),
            when=trials.knows(lambda c: len(weights(c.net)) < 31),
        ),
        Mistake(
            "A larger learning rate multiplies every layer's step by the same number. The last layers "
            "are thrown about, and the first ones, which receive next to nothing of it, still stand.",
            tower(lr=0.1),
            when=trials.knows(
                lambda c: isinstance(c.opt, Adam) and not arrives(c) and c.opt.lr > 0.001
            ),
        ),
        Mistake(
            "More epochs. What does not arrive at layer 1 does not add up to anything there: in the ill "
            "network it would take 10¹⁵ steps to move once by its own size. Let the gradient arrive first.",
            tower(epochs=6),
            when=trials.knows(lambda c: not arrives(c) and c.opt.steps > STEPS),
        ),
        Mistake(
            "Larger weights enlarge a factor of the product, so that some gradient arrives. But most "
            "sigmoids are saturated now, and what comes forward to layer 30 is nearly the same for every "
            "image, or chance. A cure must carry both ways.",
            tower(init=initializers.normal(2.0)),
            when=trials.knows(
                lambda c: (
                    c.right < 0.4 and "sigmoid" in bends(c.net) and weights(c.net)[-2].std() > 0.5
                )
            ),
        ),
        Mistake(
            "Another activation, with weights that do not suit it: each layer still takes a part of the "
            "gradient. Leave `init` out, and nn.mlp draws weights that suit the activation.",
            tower(activation="relu", init=initializers.normal(0.1)),
            when=trials.knows(lambda c: not arrives(c) and "sigmoid" not in bends(c.net)),
        ),
        Mistake(
            "Clipping shortens a gradient that is too long. Here hardly any arrives, and what is shortened "
            "or left does not grow by it.",
            tower(clip=1e-9),
            when=trials.knows(lambda c: still_sigmoids(c) and c.clipped),
        ),
        Mistake(
            "The thirty sigmoids are still there, and each multiplies the gradient by a slope of a quarter "
            "at most. Neither the weights' size nor their number makes up for that here: change the factor.",
            tower(width=64),
            when=trials.knows(lambda c: still_sigmoids(c) and not c.clipped),
        ),
    ],
)
