"""Exercises on blocks in a row: variance, paths, Jacobian."""

from __future__ import annotations

import math

import numpy as np

from ...answers.skip import all_variances, overflows, product
from ...exercise import Case, Mistake, add

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
        Mistake(
            "That is 1 + s^(2^L) for L blocks: Python takes `**` from the right, and the 1 stands outside of "
            "the power. Put brackets around one block: (1 + s**2)**blocks.",
            lambda blocks, s: 1 + s**2**blocks,
        ),
        Mistake(
            "e^(L s^2) is the limit for a small s. Asked is the product itself, for every s: one block is "
            "1 + s^2, and L of them are a power of that.",
            lambda blocks, s: np.exp(blocks * s**2),
        ),
        Mistake(
            "That is one block, whatever their number: does the exponent miss, or a `return` stand inside of "
            "the loop?",
            lambda blocks, s: 1 + s**2,
        ),
        Mistake(
            "You divide s^2 by the number of blocks. That is the remedy, for later: here each branch gives "
            "s times its number, undivided.",
            lambda blocks, s: (1 + s**2 / blocks) ** blocks,
        ),
        Mistake(
            "1 is what goes in, and what a normalization would make of it. Here nothing takes out again what "
            "the branches add.",
            lambda blocks, s: 1.0,
        ),
        Mistake(
            "You return the variances behind all of the blocks, one after the other. Asked is the last of "
            "them, one number.",
            lambda blocks, s: (1 + s**2) ** np.arange(blocks + 1),
            when=all_variances,
        ),
        Mistake(
            "You add up what the branches give, and leave out the variance 1 that came in.",
            lambda blocks, s: blocks * s**2,
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
            "All is 0 but the last: the arguments of comb are exchanged. comb(n, k) takes k of n things.",
            lambda blocks: np.array([math.comb(k, blocks) for k in range(blocks + 1)]),
        ),
        Mistake(
            "That is the row of one block less: n is `blocks`, and k runs from 0 to `blocks`.",
            lambda blocks: paths(blocks - 1),
        ),
        Mistake(
            "You count in one block too many: comb(blocks + 1, k). There are `blocks` of them; the + 1 "
            "belongs to range, which leaves out its end.",
            lambda blocks: paths(blocks + 1)[:-1],
        ),
        Mistake(
            "That is the row of one block more. There are `blocks` of them.",
            lambda blocks: paths(blocks + 1),
        ),
        Mistake(
            "You multiply by k: that counts the branches on all paths of a length. Asked is how many paths "
            "there are.",
            lambda blocks: np.arange(blocks + 1) * paths(blocks),
        ),
        Mistake(
            "Only the first entry is filled in, and the others are 0. Does a `return` stand inside of the "
            "loop?",
            lambda blocks: np.eye(1, blocks + 1)[0],
        ),
        Mistake(
            "The upper half stays 0. The row is the same from both ends, but both ends must be filled in: "
            "k runs to `blocks`.",
            lambda blocks: paths(blocks) * (np.arange(blocks + 1) <= blocks // 2),
        ),
        Mistake(
            "`blocks // k` is no number of choices: k of n things can be taken in comb(n, k) ways.",
            lambda blocks: np.array([1] + [blocks // k for k in range(1, blocks + 1)]),
        ),
        Mistake(
            "Large numbers come out wrong, for they do not fit into the type of your array: uint8 ends at "
            "255. Leave dtype away, or take int.",
            lambda blocks: paths(blocks) % 256,
            when=overflows,
        ),
    ],
)


def written_into(Js):
    for J in Js:
        J += np.eye(len(J))
    return product(Js, lambda J: J)


def up_to_two(Js):
    """The paths that take two branches at most."""
    pairs = (Js[j] @ Js[i] for j in range(len(Js)) for i in range(j))
    return np.eye(len(Js[0])) + sum(Js) + sum(pairs)


def wire_from_the_start(Js):
    total = np.eye(len(Js[0]))
    for J in Js:
        total = np.eye(len(J)) + J @ total
    return total


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
        Mistake(
            "The product is right, but the caller's matrices are others now. `J += ...` writes into them, "
            "and a copy of the list holds the same matrices; np.eye(len(J)) + J makes a new one.",
            written_into,
        ),
        Mistake(
            "Your result is all zeros. A product that starts from zeros stays there: start from np.eye, the "
            "identity.",
            lambda Js: np.zeros_like(Js[0]),
        ),
        Mistake(
            "Your wires all begin at the input: I + J @ total. A block's wire carries what comes out of the "
            "block before it: total + J @ total.",
            wire_from_the_start,
        ),
        Mistake(
            "You take the last block as often as there are blocks. Each has a matrix of its own.",
            lambda Js: np.linalg.matrix_power(np.eye(len(Js[0])) + Js[-1], len(Js)),
        ),
        Mistake(
            "Your sum ends with the paths that take two branches. There are longer ones: the product of all "
            "I + J has them.",
            up_to_two,
        ),
        Mistake(
            "That is one number, the determinant. Asked is the matrix itself.",
            lambda Js: np.linalg.det(product(Js)),
        ),
    ],
)
