"""Exercises on a residual block: its output, its backward pass."""

from __future__ import annotations

import numpy as np

from ...answers.skip import block_back, first_row_only
from ...exercise import Case, Mistake, add


def doubled(x):
    return 2 * x


def squared(x):
    return x**2


def itself(x):
    return x


def turned_around(x):
    return x[:, ::-1] * 1.0


def added_into(x, f):
    """x + F(x), written into what F returns."""
    y = f(x)
    y += x
    return y


def side_by_side(answer):
    """Whether it returns x and F(x) themselves, joined or as two things."""
    x = np.array([[1.0, -3.0, 2.0]])
    came = answer(x.copy(), squared)
    return sorted(np.ravel(came)) == sorted(np.ravel([x, x**2]))


add(
    "skip.forward",
    "A wire around a layer",
    level=1,
    reference=lambda x, f: x + f(x),
    cases=lambda rng: [
        Case("F squares", np.array([[1.0, -3.0]]), squared),
        Case("F doubles", np.array([[1.0, -2.0], [0.0, 3.0]]), doubled),
        Case("F is tanh", rng.normal(size=(5, 2)), np.tanh),
        Case(
            "F turns the row around", np.array([[1.0, -2.0, 4.0], [0.0, 3.0, 5.0]]), turned_around
        ),
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
            "The numbers are right, but you write into an array that is not yours: into x itself, or into "
            "what F returned, which may be x. Then the caller's x is overwritten. x + f(x) makes a new "
            "array.",
            added_into,
        ),
        Mistake(
            "That is F of twice the input, as F(x + x). F gets x alone, and x is added to what comes out.",
            lambda x, f: f(x + x),
        ),
        Mistake(
            "You add F(x) and F(F(x)): the wire carries x itself, and F is called once.",
            lambda x, f: f(x) + f(f(x)),
        ),
        Mistake(
            "That is twice the branch, F(x) + F(x). One of the two ways is the wire, which carries x.",
            lambda x, f: 2 * f(x),
        ),
        Mistake("x comes in twice: once is enough, x + F(x).", lambda x, f: 2 * x + f(x)),
        Mistake(
            "The branch is added up to a single number, as np.sum(f(x)) does. F(x) is added entry by entry, "
            "as it is.",
            lambda x, f: x + np.sum(f(x)),
        ),
        Mistake(
            "The branch is averaged to a single number, as np.mean(f(x)) does. F(x) is added entry by entry, "
            "as it is.",
            lambda x, f: x + np.mean(f(x)),
        ),
        Mistake(
            "You hand back both ways beside each other. They are added, entry by entry: one array of the "
            "shape of x.",
            lambda x, f: np.concatenate([x, f(x)], axis=-1),
            when=side_by_side,
        ),
        Mistake(
            "That is the product of two matrices, x and F(x) transposed. The two ways are added.",
            lambda x, f: x @ f(x).T,
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
        Mistake(
            "dW is that of the last sample alone. It adds up over all samples: dW += ..., or dy.T @ relu(x).",
            lambda dy, x, W: (block_back(dy, x, W)[0], block_back(dy[-1:], x[-1:], W)[1]),
        ),
        Mistake(
            "Only the first sample is worked through: the others lack their share of dx, and dW is that of "
            "the first alone. Does a `return` stand inside of the loop?",
            lambda dy, x, W: (
                np.concatenate([block_back(dy[:1], x[:1], W)[0], dy[1:]]),
                block_back(dy[:1], x[:1], W)[1],
            ),
            when=first_row_only,
        ),
        Mistake(
            "The mask is taken where the branch's output, W relu(x), is positive. The ReLU stands in front "
            "of W: its mask is x > 0.",
            lambda dy, x, W: block_back(dy, x, W, slope=lambda x: np.maximum(x, 0) @ W.T > 0),
        ),
    ],
)
