"""Exercises on deep networks with wires: forty layers in a figure, and one to build."""

from __future__ import annotations

import numpy as np

from ....mlp import mlp
from ....network import Network
from ...answers.skip import (
    gradient_arrives,
    knows_the_test,
    made_deep,
    moved,
    never_said,
    outputs,
    right,
    weight_layers,
)
from ...exercise import Demand, Mistake, add

# With tanh and learning rate 0.03, as races.trained gives it; a test measures it anew.
RIGHT = {
    "plain": {2: 0.52, 10: 0.50, 40: 0.2},
    "skip": {2: 0.67, 10: 0.73, 40: 0.81},
}
WORST = {kind: min(right, key=right.get) for kind, right in RIGHT.items()}

add(
    "skip.depth",
    "Forty layers",
    level=1,
    reference=WORST,
    stops=(2, 10, 40),
    remark="At the larger rates, or with ReLU, depth is a burden with wires, too: they carry signal and "
    "gradient, and choose no learning rate.",
    mistakes=[
        Mistake(
            'The keys are "plain" and "skip", spelled like this, and no others.',
            {"plane": 40, "skips": 2},
            when=lambda answer: isinstance(answer, dict) and set(answer) != set(WORST),
        ),
        Mistake(
            "For each of the two one depth is asked, the one at which it does worst. You give several.",
            {"plain": [40, 2, 10], "skip": [2, 10, 40]},
            when=lambda answer: max(np.size(answer["plain"]), np.size(answer["skip"])) > 1,
        ),
        Mistake(
            "Those are the depths that do best. Asked is where each does worst.",
            {"plain": 2, "skip": 40},
            when=lambda answer: answer["plain"] in (2, 10) and answer["skip"] == 40,
        ),
        Mistake(
            "Without wires you are right. With them depth is no burden, if tanh and the rate 0.03 are left "
            "as they are (at 0.3 it is): read the captions at 2, 10 and 40 with skip on.",
            {"plain": 40, "skip": 40},
            when=lambda answer: answer["plain"] == 40 and answer["skip"] == 40,
        ),
        Mistake(
            "Without wires you are right. With them 10 layers do better than 2: look for a smaller "
            "percentage.",
            {"plain": 40, "skip": 10},
            when=lambda answer: answer["plain"] == 40 and answer["skip"] == 10,
        ),
        Mistake(
            "With wires you are right. Without them 2 and 10 layers get about half of the digits: look for a "
            "smaller percentage.",
            {"plain": 10, "skip": 2},
            when=lambda answer: answer["plain"] in (2, 10) and answer["skip"] == 2,
        ),
        Mistake(
            "Both answers are depths of the slider, and neither is the one that does worst. Leave tanh and "
            "0.03 as they are, and read six captions.",
            {"plain": 2, "skip": 10},
            when=lambda answer: answer["plain"] in (2, 10) and answer["skip"] == 10,
        ),
    ],
)


def works(net):
    """Whether it is deep, and its outputs are ten finite numbers a digit."""
    y = outputs(net)
    return weight_layers(net) >= 30 and y.shape == (5, 10) and np.isfinite(y).all()


def guesses(net):
    return works(net) and moved(net) and right(net) < 0.25


def some_left_out(net):
    """Whether it knows all digits but some, and those not at all."""
    left_out = len(never_said(net))
    return 0 < left_out < 5 and right(net) > 0.9 * (1 - 0.1 * left_out)


def eight_digits():
    """A network trained on the digits 0 to 7 alone."""
    return made_deep(skip=True, norm="batch", activation="relu", epochs=4, lr=0.005, below=8)


add(
    "skip.deep",
    "A deep network that reads digits",
    level=3,
    reference=lambda: made_deep(skip=True, norm="batch", activation="relu", epochs=10, lr=0.005),
    made=True,
    remark="Transformers of about a hundred layers are built of the same two: a wire around every branch, "
    "and a normalization in it. (check sees the network, not how it was made. Whether test digits were "
    "among those it was trained on, you know best: then its 90 % would say nothing of new ones.)",
    demands=[
        Demand(
            "it is a network",
            lambda net: isinstance(net, Network),
            "check expects the trained network itself, an nn.Network such as nn.mlp(...) makes: "
            'check("skip.deep", net). Not its class or function, not its theta, and not a tuple of several '
            "things.",
        ),
        Demand(
            "it makes 10 numbers of 64 pixels",
            lambda net: outputs(net).shape == (5, 10),
            "For five digits, an array of shape (5, 64), its output should have the shape (5, 10): "
            "nn.mlp(64, 10, ...).",
        ),
        Demand(
            "these are finite",
            lambda net: bool(np.isfinite(outputs(net)).all()),
            "Some of its outputs are not finite: the training has blown up. A smaller learning rate, a clip, "
            "or a normalization keeps the numbers in bounds.",
        ),
        Demand(
            "it has 30 weight layers or more",
            lambda net: weight_layers(net) >= 30,
            "Count its weight matrices: nn.mlp(depth=d) has d + 1 of them.",
        ),
        Demand(
            "it gets 90 % of the test digits right",
            lambda net: right(net) >= 0.9,
            "It learns, and is not there yet: more epochs, another learning rate, or one more remedy.",
        ),
        Demand(
            "and not because it was trained on them",
            lambda net: not knows_the_test(net),
            "It does better on the test digits than on the others: it was trained on them. Train on "
            "digits.x and digits.t.",
        ),
    ],
    mistakes=[
        Mistake(
            "Your network is not deep: it has fewer than 30 layers with weights.",
            lambda: made_deep(depth=3, activation="relu"),
            when=lambda net: weight_layers(net) < 30,
        ),
        Mistake(
            "All its biases are 0, as they are at the start: it was not trained, or its parameters were "
            "overwritten afterward. nn.train is a generator, which trains only while a loop, "
            "`for step in nn.train(...)`, runs through it.",
            lambda: mlp(64, 10, depth=31, width=24, rng=np.random.default_rng(0)),
            when=lambda net: works(net) and not moved(net),
        ),
        Mistake(
            "It guesses, and next to nothing arrives at its first layers: their gradient is less than a "
            "thousandth of the last one's. Measure the norms at the start, with "
            "nn.loss_and_grad(..., watch=True). Which remedies give the gradient a way?",
            lambda: made_deep(activation="sigmoid", epochs=1),
            when=lambda net: guesses(net) and not gradient_arrives(net),
        ),
        Mistake(
            "It guesses, though a gradient arrives at its first layers: what is missing is in the training. "
            "Are the rate and the number of steps large enough? Does each image come with its own label, as "
            "in digits.x and digits.t? Were the parameters touched afterward?",
            lambda: made_deep(activation="tanh", skip=True, epochs=1, lr=1e-5),
            when=lambda net: guesses(net) and gradient_arrives(net),
        ),
        Mistake(
            "It is good at most digits, and gets some of the ten right on no image at all, as if they had "
            "been left out of the training. Train on all rows of digits.x and digits.t.",
            eight_digits,
            when=lambda net: works(net) and 0.5 <= right(net) < 0.9 and some_left_out(net),
        ),
        Mistake(
            "It has learned something and stopped far from 90 %. A deep plain network degrades even if its "
            "gradient is level: wires (skip=True) help, and a normalization that keeps what runs through "
            "them in bounds. If it has both, it wants more steps.",
            lambda: made_deep(activation="tanh", init="orthogonal", epochs=1, lr=1e-3),
            when=lambda net: works(net) and 0.25 <= right(net) < 0.75 and not some_left_out(net),
        ),
    ],
)
