"""Exercises on skip connections, for chapter 5."""

from __future__ import annotations

import functools
import math

import numpy as np

from ... import datasets
from ...dense import Dense
from ...losses import SoftmaxCrossEntropy
from ...mlp import mlp
from ...network import Network
from ...optimizers import SGD, Adam
from ...training import Diverged, accuracy, train
from ..exercise import Case, Demand, Mistake, add


def doubled(x):
    return 2 * x


def squared(x):
    return x**2


add(
    "skip.forward",
    "A wire around a layer",
    level=1,
    reference=lambda x, f: x + f(x),
    cases=lambda rng: [
        Case("F doubles", np.array([[1.0, -2.0]]), doubled),
        Case("F squares", rng.normal(size=(3, 4)), squared),
        Case("F is tanh", rng.normal(size=(5, 2)), np.tanh),
    ],
    mistakes=[
        Mistake("The wire is missing: you return F(x) alone.", lambda x, f: f(x)),
        Mistake(
            "A ReLU behind the sum cuts the wire wherever the sum is negative. He et al. had one in 2015 "
            "and took it out a year later; the block here is y = x + F(x).",
            lambda x, f: np.maximum(x + f(x), 0),
        ),
        Mistake("The wire multiplies. It adds: y = x + F(x).", lambda x, f: x * f(x)),
        Mistake(
            "You average the two ways. Then what runs through the wires is halved at every block, and "
            "vanishes in depth like anything that is multiplied.",
            lambda x, f: (x + f(x)) / 2,
        ),
    ],
)


def block_back(dy, x, W, wire=1.0, mask=True, bent=True):
    """dx and dW of y = x + W relu(x)."""
    dz = dy @ W
    dx = wire * dy + dz * ((x > 0) if mask else 1)
    return dx, dy.T @ (np.maximum(x, 0) if bent else x)


add(
    "skip.backward",
    "Its backward pass",
    level=2,
    reference=block_back,
    call=lambda answer, dy, x, W: answer(dy, x, W),
    outputs=("dx", "dW"),
    cases=lambda rng: [
        Case(
            "one sample, W all zero",
            np.array([[1.0, 2.0]]),
            np.array([[3.0, -1.0]]),
            np.zeros((2, 2)),
        ),
        Case("one sample", *(rng.normal(size=s) for s in ((1, 3), (1, 3), (3, 3)))),
        Case("five samples", *(rng.normal(size=s) for s in ((5, 4), (5, 4), (4, 4)))),
    ],
    mistakes=[
        Mistake(
            "The wire is missing on the way back. y = x + F(x), so dx is dy itself, plus what comes back "
            "through F. With W = 0 all of dy must arrive.",
            lambda dy, x, W: block_back(dy, x, W, wire=0.0),
        ),
        Mistake(
            "The wire's share passes the ReLU's mask. It runs around the whole block: only what comes "
            "through W is masked.",
            lambda dy, x, W: ((dy + dy @ W) * (x > 0), block_back(dy, x, W)[1]),
        ),
        Mistake(
            "The mask of the ReLU is missing in the branch: where x is negative, nothing comes back "
            "through it.",
            lambda dy, x, W: block_back(dy, x, W, mask=False),
        ),
        Mistake(
            "dW uses x. What W multiplies is relu(x).",
            lambda dy, x, W: block_back(dy, x, W, bent=False),
        ),
        Mistake(
            "W is transposed on the way back. Rows are samples: forward x W^T, backward dy W.",
            lambda dy, x, W: (dy + (dy @ W.T) * (x > 0), block_back(dy, x, W)[1]),
        ),
    ],
)

add(
    "skip.variance",
    "How large may the branch be?",
    level=1,
    reference=lambda blocks, s: (1 + s**2) ** blocks,
    cases=lambda rng: [
        Case("one block, s = 1", 1, 1.0),
        Case("thirty blocks, s = 1", 30, 1.0),
        Case("ten blocks, s = 0.3", 10, 0.3),
    ],
    mistakes=[
        Mistake(
            "A factor s of the branch is s squared of its variance.",
            lambda blocks, s: (1 + s) ** blocks,
        ),
        Mistake(
            "You add s^2 once for each block. Each block's branch gives s^2 times the variance that "
            "*comes in*, which has grown already: it is a product.",
            lambda blocks, s: 1 + blocks * s**2,
        ),
        Mistake(
            "The wire is forgotten: s^2 for every block is the plain network's product.",
            lambda blocks, s: s ** (2 * blocks),
        ),
        Mistake(
            "You add the two before squaring. Independent numbers add their variances, 1 and s^2.",
            lambda blocks, s: (1 + s) ** (2 * blocks),
        ),
    ],
)

add(
    "skip.paths",
    "Count the paths",
    level=1,
    reference=lambda blocks: np.array([math.comb(blocks, k) for k in range(blocks + 1)]),
    cases=lambda rng: [Case("one block", 1), Case("three blocks", 3), Case("twenty blocks", 20)],
    mistakes=[
        Mistake(
            "Those are the lengths k themselves. Asked is how many paths have each length.",
            lambda blocks: np.arange(blocks + 1),
        ),
        Mistake(
            "That is the number of all paths. Asked is how many of them pass k branches, for every k.",
            lambda blocks: 2**blocks,
        ),
        Mistake(
            "One path for each length would be so if only its length counted. *Which* k of the branches it "
            "takes makes it another path.",
            lambda blocks: np.ones(blocks + 1, int),
        ),
        Mistake(
            "The path that takes no branch is missing: the wires all the way, k = 0.",
            lambda blocks: np.array([math.comb(blocks, k) for k in range(1, blocks + 1)]),
        ),
        Mistake(
            "You count ordered choices. A path takes its branches in the order of the network, so only "
            "the set of branches matters.",
            lambda blocks: np.array([math.perm(blocks, k) for k in range(blocks + 1)]),
        ),
    ],
)

add(
    "skip.jacobian",
    "The product, multiplied out",
    level=2,
    reference=lambda jacobians: functools.reduce(
        lambda total, J: (np.eye(len(J)) + J) @ total, jacobians, np.eye(len(jacobians[0]))
    ),
    cases=lambda rng: [
        Case("one block of one number", [np.array([[0.5]])]),
        Case(
            "two blocks", [np.array([[0.0, 1.0], [0.0, 0.0]]), np.array([[1.0, 0.0], [2.0, 0.0]])]
        ),
        Case("five blocks", list(rng.normal(0, 0.5, (5, 3, 3)))),
    ],
    mistakes=[
        Mistake(
            "That is the plain network's product. A block's Jacobian is I + J.",
            lambda jacobians: functools.reduce(
                lambda total, J: J @ total, jacobians, np.eye(len(jacobians[0]))
            ),
        ),
        Mistake(
            "The order is turned around: the block that acts first stands on the right.",
            lambda jacobians: functools.reduce(
                lambda total, J: total @ (np.eye(len(J)) + J), jacobians, np.eye(len(jacobians[0]))
            ),
        ),
        Mistake(
            "You add up the single branches, I + J1 + J2 + ... Paths that take two branches or more are "
            "missing: the product has all of them.",
            lambda jacobians: np.eye(len(jacobians[0])) + sum(jacobians),
        ),
        Mistake(
            "You have the plain product plus I: one wire around the whole network. Here each block has "
            "its own.",
            lambda jacobians: (
                np.eye(len(jacobians[0]))
                + functools.reduce(lambda total, J: J @ total, jacobians, np.eye(len(jacobians[0])))
            ),
        ),
    ],
)


@functools.cache
def trained(depth: int, skip: bool, activation: str, lr: float) -> tuple[np.ndarray, float]:
    """The losses of 66 steps of SGD on 720 digits, and the accuracy on the test digits."""
    digits = datasets.digits()
    x, t = digits.x[:720], digits.t[:720]
    rng = np.random.default_rng(0)
    net = mlp(64, 10, depth=depth, width=24, activation=activation, skip=skip, rng=rng)
    if skip:
        for part in list(net.walk()):
            if isinstance(part, Dense) and part.d_in == part.d_out:
                part.W /= np.sqrt(depth)  # the branches share the variance
    losses = []
    try:
        for step in train(
            net,
            SoftmaxCrossEntropy(),
            SGD(lr),
            x,
            t,
            batch=66,
            epochs=6,
            rng=np.random.default_rng(1),
        ):
            losses.append(step.loss)
    except Diverged:
        return np.array(losses), 0.0
    with np.errstate(all="ignore"):
        return np.array(losses), accuracy(net, digits.x_test, digits.t_test)


def works(skip: bool) -> int:
    """Of six networks of 40 layers, how many get more than half of the test digits right."""
    return sum(
        trained(40, skip, activation, lr)[1] > 0.5
        for activation in ("tanh", "relu")
        for lr in (0.03, 0.1, 0.3)
    )


add(
    "skip.depth",
    "Forty layers",
    level=1,
    reference=lambda: works(True),
    made=True,
    mistakes=[
        Mistake(
            "That is the number without the wires: at depth 40 none of the plain networks learns. Switch "
            "skip on.",
            lambda: works(False),
        ),
        Mistake(
            "The wires carry the gradient; they do not make every learning rate right. Look at the larger "
            "rates.",
            lambda: 6,
        ),
        Mistake(
            "You have counted tanh only. One of the ReLU networks does it too.",
            lambda: sum(trained(40, True, "tanh", lr)[1] > 0.5 for lr in (0.03, 0.1, 0.3)),
        ),
        Mistake(
            "You have counted ReLU only. Two of the tanh networks do it too.",
            lambda: sum(trained(40, True, "relu", lr)[1] > 0.5 for lr in (0.03, 0.1, 0.3)),
        ),
    ],
)


def weight_layers(net: Network) -> int:
    return sum(isinstance(part, Dense) for part in net.walk())


def right(net: Network) -> float:
    digits = datasets.digits()
    return accuracy(net, digits.x_test, digits.t_test)


def classifies(net: Network) -> bool:
    """Whether it is a network from 64 numbers to 10, in working order."""
    y = net(datasets.digits().x_test[:5])
    return y.shape == (5, 10) and bool(np.isfinite(y).all())


def made_deep(depth: int = 31, epochs: int = 6, lr: float = 0.002, **how) -> Network:
    """A deep network, trained on the digits."""
    digits, rng = datasets.digits(), np.random.default_rng(0)
    net = mlp(64, 10, depth=depth, width=24, rng=rng, **how)
    steps = train(
        net, SoftmaxCrossEntropy(), Adam(lr), digits.x, digits.t, batch=64, epochs=epochs, rng=rng
    )
    for _ in steps:
        pass
    return net


add(
    "skip.deep",
    "A deep network that reads digits",
    level=3,
    reference=lambda: made_deep(skip=True, norm="batch", activation="relu", epochs=10, lr=0.005),
    made=True,
    demands=[
        Demand(
            "it is a network from 64 pixels to 10 finite logits",
            classifies,
            "Wanted is a trained nn.Network with 64 inputs and 10 outputs, without softmax at the end. If "
            "its outputs are not finite, the training has diverged.",
        ),
        Demand(
            "it has 30 weight layers or more",
            lambda net: weight_layers(net) >= 30,
            "Count its Dense layers: nn.mlp(depth=d) has d + 1 of them.",
        ),
        Demand(
            "it gets 90 % of the test digits right",
            lambda net: right(net) >= 0.9,
            "It learns, and is not there yet: more epochs, another learning rate, or one more remedy.",
        ),
    ],
    mistakes=[
        Mistake(
            "Your network is not deep: it has fewer than 30 layers with weights.",
            lambda: made_deep(depth=3, activation="relu"),
            when=lambda net: weight_layers(net) < 30,
        ),
        Mistake(
            "It guesses, and has learned nothing: one digit in ten. Measure its gradient norms at the start, "
            "with nn.loss_and_grad(..., watch=True): does anything reach the first layers? Which remedies "
            "give the gradient a way?",
            lambda: made_deep(activation="sigmoid", epochs=1),
            when=lambda net: weight_layers(net) >= 30 and classifies(net) and right(net) < 0.25,
        ),
        Mistake(
            "It has learned something and stopped far from 90 %. A deep plain network degrades even if its "
            "gradient is level: give it wires (skip=True), and keep what runs through them in bounds.",
            lambda: made_deep(activation="tanh", init="orthogonal", epochs=1, lr=1e-3),
            when=lambda net: weight_layers(net) >= 30 and 0.25 <= right(net) < 0.75,
        ),
    ],
)
