"""Exercises on a block with a wire around it, and on a stack of them."""

from __future__ import annotations

import math

import numpy as np

from ...answers.skip import block_back, product
from ...exercise import Case, Mistake, add


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
        Mistake(
            "You return the larger of the two. The block adds them.",
            lambda x, f: np.maximum(x, f(x)),
        ),
        Mistake(
            "You divide by the root of 2, which keeps the variance, and shrinks what runs through the "
            "wires at every block. Here the sum stands as it is.",
            lambda x, f: (x + f(x)) / np.sqrt(2),
        ),
        Mistake(
            "You put the two beside each other. They are added, entry by entry.",
            lambda x, f: np.concatenate([x, f(x)], axis=-1),
        ),
        Mistake(
            "A tanh behind the sum bends what runs through the wire. The block is y = x + F(x).",
            lambda x, f: np.tanh(x + f(x)),
        ),
        Mistake(
            "The branch is multiplied with x. It is added to it: y = x + F(x).",
            lambda x, f: x + x * f(x),
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
        Mistake(
            "The arguments of comb are exchanged: comb(n, k) chooses k of n things.",
            lambda blocks: np.array([math.comb(k, blocks) for k in range(blocks + 1)]),
        ),
        Mistake(
            "That is the row of one block more: of `blocks` things, k are chosen.",
            lambda blocks: np.array([math.comb(blocks + 1, k) for k in range(blocks + 1)]),
        ),
        Mistake(
            "That is the row of one block less: of `blocks` things, k are chosen.",
            lambda blocks: np.array([math.comb(blocks - 1, k) for k in range(blocks + 1)]),
        ),
        Mistake(
            "You have blocks^k, as if the same branch could be taken twice. A path takes each branch "
            "once or not at all.",
            lambda blocks: np.array([blocks**k for k in range(blocks + 1)]),
        ),
        Mistake(
            "Factorials count orders. A path takes its branches in the order of the network: "
            "comb(blocks, k).",
            lambda blocks: np.array([math.factorial(k) for k in range(blocks + 1)]),
        ),
        Mistake(
            "You multiply the number of paths by their length. Asked is how many there are.",
            lambda blocks: paths(blocks) * np.arange(blocks + 1),
        ),
        Mistake(
            "You have blocks times k. Which k of the blocks are taken makes a path: comb(blocks, k).",
            lambda blocks: blocks * np.arange(blocks + 1),
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
