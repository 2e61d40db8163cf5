"""Exercises on skip connections, for chapter 5."""

from __future__ import annotations

import math

import numpy as np

from ...mlp import mlp
from ...network import Network
from ..answers.skip import (
    block_back,
    knows_the_test,
    made_deep,
    moved,
    outputs,
    product,
    right,
    weight_layers,
)
from ..exercise import Case, Demand, Mistake, add


def doubled(x):
    return 2 * x


def squared(x):
    return x**2


def itself(x):
    return x


def added_into(x, f):
    """x + F(x), written into what F returns."""
    y = f(x)
    y += x
    return y


add(
    "skip.forward",
    "A wire around a layer",
    level=1,
    reference=lambda x, f: x + f(x),
    cases=lambda rng: [
        Case("F squares", np.array([[1.0, -3.0]]), squared),
        Case("F doubles", np.array([[1.0, -2.0], [0.0, 3.0]]), doubled),
        Case("F is tanh", rng.normal(size=(5, 2)), np.tanh),
        Case("F gives back x itself", rng.normal(size=(2, 3)), itself),
    ],
    remark="He et al. (2015) had a ReLU behind the sum, and it cut the wire wherever the sum was negative; "
    "a year later they took it out, and a network of 1001 layers trained.",
    mistakes=[
        Mistake("The wire is missing: you return F(x) alone.", lambda x, f: f(x)),
        Mistake(
            "A ReLU behind the sum cuts the wire wherever the sum is negative. He et al. had one in 2015 "
            "and took it out a year later; the block here is y = x + F(x).",
            lambda x, f: np.maximum(x + f(x), 0),
        ),
        Mistake(
            "A ReLU bends the branch. Which activations are in it is F's affair: y = x + F(x).",
            lambda x, f: x + np.maximum(f(x), 0),
        ),
        Mistake("The wire multiplies. It adds: y = x + F(x).", lambda x, f: x * f(x)),
        Mistake(
            "You average the two ways. Then what runs through the wires is halved at every block, and "
            "vanishes in depth like anything that is multiplied.",
            lambda x, f: (x + f(x)) / 2,
        ),
        Mistake("The difference of the two ways, x - F(x): the block adds.", lambda x, f: x - f(x)),
        Mistake("You subtract the wire, F(x) - x: the block adds.", lambda x, f: f(x) - x),
        Mistake(
            "The branch is taken twice in a row. One time is enough: x + F(x).",
            lambda x, f: x + f(f(x)),
        ),
        Mistake(
            "The branch is applied to the sum. It sees x, and its result is added to x.",
            lambda x, f: f(x + f(x)),
        ),
        Mistake("The wire is there, the branch is not called: add F(x).", lambda x, f: x + x),
        Mistake(
            "The numbers are right, but you add into the array that F returned, and F may return x itself: "
            "then the caller's x is overwritten. x + f(x) makes a new array.",
            added_into,
        ),
    ],
)


def block_backward(dy, x, W):
    dx = dy + (dy @ W) * (x > 0)
    dW = dy.T @ np.maximum(x, 0)
    return dx, dW


add(
    "skip.backward",
    "Its backward pass",
    level=2,
    reference=block_backward,
    outputs=("dx", "dW"),
    cases=lambda rng: [
        Case(
            "one sample",
            np.array([[1.0, 2.0, -1.0]]),
            np.array([[3.0, -1.0, 2.0]]),
            np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0], [1.0, 0.0, 1.0]]),
        ),
        Case(
            "W all zero: dy arrives whole",
            np.array([[1.0, 2.0]]),
            np.array([[3.0, -1.0]]),
            np.zeros((2, 2)),
        ),
        Case("five samples", *(rng.normal(size=s) for s in ((5, 4), (5, 4), (4, 4)))),
        Case(
            "an x of 0",
            np.array([[1.0, 2.0], [3.0, -1.0]]),
            np.array([[0.0, 2.0], [1.0, 0.0]]),
            np.array([[1.0, -2.0], [3.0, 1.0]]),
        ),
    ],
    mistakes=[
        Mistake(
            "The wire is missing on the way back. y = x + F(x), so dx is dy itself, plus what comes back "
            "through F. With W = 0 all of dy must arrive.",
            lambda dy, x, W: block_back(dy, x, W, wire=0.0),
        ),
        Mistake(
            "Only the wire comes back in dx. The branch has its share too: dy @ W, through the mask x > 0.",
            lambda dy, x, W: (dy.copy(), block_back(dy, x, W)[1]),
        ),
        Mistake(
            "The wire's share passes the ReLU's mask. It runs around the whole block: only what comes "
            "through W is masked.",
            lambda dy, x, W: ((dy + dy @ W) * (x > 0), block_back(dy, x, W)[1]),
        ),
        Mistake(
            "The mask of the ReLU is missing in the branch: where x is negative, nothing comes back "
            "through it.",
            lambda dy, x, W: block_back(dy, x, W, slope=lambda x: 1),
        ),
        Mistake(
            "The mask is applied before W. Backward runs from the output: W stands behind the ReLU, so W "
            "comes first, then the mask.",
            lambda dy, x, W: (dy + (dy * (x > 0)) @ W, block_back(dy, x, W)[1]),
        ),
        Mistake(
            "You multiply the branch by relu(x). Its slope is wanted, 1 where x > 0 and else 0.",
            lambda dy, x, W: block_back(dy, x, W, slope=lambda x: np.maximum(x, 0)),
        ),
        Mistake(
            "Your slope at x = 0 is 1. In this book ReLU's is 0 there: x > 0.",
            lambda dy, x, W: block_back(dy, x, W, slope=lambda x: x >= 0),
        ),
        Mistake(
            "You multiply x by its wire: the wire's share of dx is dy, not dy x.",
            lambda dy, x, W: block_back(dy, x, W, wire=x),
        ),
        Mistake(
            "dW uses x. What W multiplies is relu(x).",
            lambda dy, x, W: block_back(dy, x, W, enters=lambda x: x),
        ),
        Mistake(
            "dW uses the mask x > 0. What W multiplies is relu(x) itself.",
            lambda dy, x, W: block_back(dy, x, W, enters=lambda x: x > 0),
        ),
        Mistake(
            "dW is transposed. Its rows belong to the outputs, as those of W do: dy.T @ relu(x).",
            lambda dy, x, W: (block_back(dy, x, W)[0], block_back(dy, x, W)[1].T),
        ),
        Mistake(
            "You average dW over the samples. dy carries the 1/n of the mean loss already: add them up.",
            lambda dy, x, W: (block_back(dy, x, W)[0], block_back(dy, x, W)[1] / len(x)),
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
        Case("one block, s = 0.5", 1, 0.5),
        Case("two blocks, s = 2", 2, 2.0),
        Case("three blocks, s = -0.5", 3, -0.5),
        Case("thirty blocks, s = 1", 30, 1.0),
        Case("ten blocks, s = 0.3", 10, 0.3),
    ],
    remark="Other ways to keep it in bounds: start every branch at 0, by a factor that is learned (ReZero, "
    "SkipInit, 2020), or normalize in front of it, as Transformers do.",
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
            "You multiply the variance of one block by their number. Each block multiplies what the one "
            "before has made: a power.",
            lambda blocks, s: blocks * (1 + s**2),
        ),
        Mistake(
            "The wire is forgotten: s^2 for every block is the plain network's product.",
            lambda blocks, s: s ** (2 * blocks),
        ),
        Mistake(
            "You add the wire once, to the product of all branches. Every block has a wire: 1 + s^2 each.",
            lambda blocks, s: 1 + s ** (2 * blocks),
        ),
        Mistake(
            "You add the two before squaring. Independent numbers add their variances, 1 and s^2.",
            lambda blocks, s: (1 + s) ** (2 * blocks),
        ),
        Mistake(
            "That is the standard deviation. Asked is its square, the variance.",
            lambda blocks, s: (1 + s**2) ** (blocks / 2),
        ),
        Mistake(
            "Your result is as if s were 1: each block adds s^2 of what comes in, not all of it.",
            lambda blocks, s: 2.0**blocks,
        ),
    ],
)


def paths(blocks):
    return np.array([math.comb(blocks, k) for k in range(blocks + 1)])


add(
    "skip.paths",
    "Count the paths",
    level=1,
    reference=paths,
    cases=lambda rng: [
        Case("three blocks", 3),
        Case("one block", 1),
        Case("four blocks", 4),
        Case("twenty blocks", 20),
    ],
    remark="Veit and others (2016) cut single blocks out of a trained residual network, and it went on "
    "working: half of the paths were left. They called it an ensemble of shallow networks.",
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
            "You have 2^k. That counts the paths of the first k blocks; asked is how many paths of *all* "
            "blocks pass exactly k branches.",
            lambda blocks: 2 ** np.arange(blocks + 1),
        ),
        Mistake(
            "One path for each length would be so if only its length counted. *Which* k of the branches it "
            "takes makes it another path.",
            lambda blocks: np.ones(blocks + 1, int),
        ),
        Mistake(
            "The path that takes no branch is missing: the wires all the way, k = 0.",
            lambda blocks: paths(blocks)[1:],
        ),
        Mistake(
            "The path that takes every branch is missing: k runs to `blocks`, so range(blocks + 1).",
            lambda blocks: paths(blocks)[:-1],
        ),
        Mistake(
            "You return shares, which add up to 1. Asked are the numbers of paths.",
            lambda blocks: paths(blocks) / 2**blocks,
        ),
        Mistake(
            "You count ordered choices. A path takes its branches in the order of the network, so only "
            "the set of branches matters.",
            lambda blocks: np.array([math.perm(blocks, k) for k in range(blocks + 1)]),
        ),
        Mistake(
            "You add up as you go: entry k counts the paths with at most k branches. Asked are those with "
            "exactly k.",
            lambda blocks: np.cumsum(paths(blocks)),
        ),
    ],
)


def jacobian(Js):
    total = np.eye(len(Js[0]))
    for J in Js:
        total = (np.eye(len(J)) + J) @ total
    return total


add(
    "skip.jacobian",
    "The product, multiplied out",
    level=2,
    reference=jacobian,
    cases=lambda rng: [
        Case(
            "two blocks", [np.array([[0.0, 1.0], [0.0, 0.0]]), np.array([[1.0, 0.0], [2.0, 0.0]])]
        ),
        Case("one block", [np.array([[0.5, 1.0], [0.0, -2.0]])]),
        Case("five blocks", list(rng.normal(0, 0.5, (5, 3, 3)))),
    ],
    mistakes=[
        Mistake(
            "That is the plain network's product. A block's Jacobian is I + J.",
            lambda Js: product(Js, lambda J: J),
        ),
        Mistake(
            "The order is turned around: the block that acts first stands on the right.",
            lambda Js: product(Js, turned=True),
        ),
        Mistake(
            "You add up the single branches, I + J1 + J2 + ... Paths that take two branches or more are "
            "missing: the product has all of them.",
            lambda Js: np.eye(len(Js[0])) + sum(Js),
        ),
        Mistake(
            "You add up the blocks' Jacobians. Functions after each other multiply theirs.",
            lambda Js: sum(np.eye(len(J)) + J for J in Js),
        ),
        Mistake(
            "You have the plain product plus I: one wire around the whole network. Here each block has "
            "its own.",
            lambda Js: np.eye(len(Js[0])) + product(Js, lambda J: J),
        ),
        Mistake(
            "`1 + J` adds 1 to every entry. The wire's Jacobian is the identity, np.eye, with its ones on "
            "the diagonal only.",
            lambda Js: product(Js, lambda J: 1 + J),
        ),
        Mistake(
            "`*` multiplies entry by entry. A product of Jacobians is a product of matrices: @.",
            lambda Js: np.prod([np.eye(len(J)) + J for J in Js], axis=0),
        ),
        Mistake(
            "Your matrix is transposed: row i of a Jacobian belongs to output i.",
            lambda Js: product(Js).T,
        ),
        Mistake(
            "That is the last block alone. All blocks multiply: keep the product in a name and go on with "
            "it.",
            lambda Js: np.eye(len(Js[0])) + Js[-1],
        ),
        Mistake(
            "The last block is missing in the product.",
            lambda Js: product(Js[:-1] or [np.zeros_like(Js[0])]),
        ),
        Mistake(
            "The first block is missing in the product.",
            lambda Js: product(Js[1:] or [np.zeros_like(Js[0])]),
        ),
    ],
)

# With tanh and learning rate 0.03, as races.trained gives it; a test measures it anew.
RIGHT = {
    "plain": {2: 0.54, 10: 0.54, 40: 0.2},
    "skip": {2: 0.66, 10: 0.77, 40: 0.88},
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
            "Those are the depths that do best. Asked is where each does worst.",
            {"plain": 2, "skip": 40},
            when=lambda answer: answer["plain"] in (2, 10) and answer["skip"] == 40,
        ),
        Mistake(
            "Without wires you are right. With them depth is no burden here: read the captions at 2, 10 and "
            "40 with skip on.",
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
            "With wires you are right. Without them both 2 and 10 layers get more than half of the digits: "
            "look for a smaller percentage.",
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


add(
    "skip.deep",
    "A deep network that reads digits",
    level=3,
    reference=lambda: made_deep(skip=True, norm="batch", activation="relu", epochs=10, lr=0.005),
    made=True,
    remark="Transformers of about a hundred layers are built of the same two: a wire around every branch, "
    "and a normalization in it.",
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
            "All its biases are 0, as at the start: it has not been trained. nn.train is a generator, which "
            "trains only while a loop, `for step in nn.train(...)`, runs through it.",
            lambda: mlp(64, 10, depth=31, width=24, rng=np.random.default_rng(0)),
            when=lambda net: works(net) and not moved(net),
        ),
        Mistake(
            "It guesses, and has learned next to nothing. Measure its gradient norms at the start, "
            "with nn.loss_and_grad(..., watch=True): does anything reach the first layers? Which remedies "
            "give the gradient a way?",
            lambda: made_deep(activation="sigmoid", epochs=1),
            when=lambda net: works(net) and moved(net) and right(net) < 0.25,
        ),
        Mistake(
            "It has learned something and stopped far from 90 %. A deep plain network degrades even if its "
            "gradient is level: wires (skip=True) help, and a normalization that keeps what runs through "
            "them in bounds. If it has both, it wants more steps.",
            lambda: made_deep(activation="tanh", init="orthogonal", epochs=1, lr=1e-3),
            when=lambda net: works(net) and 0.25 <= right(net) < 0.75,
        ),
    ],
)
