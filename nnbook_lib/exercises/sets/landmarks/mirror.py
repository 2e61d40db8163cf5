"""The exercise on symmetry: weights that tell palindromes from all other inputs."""

from __future__ import annotations

import itertools

import numpy as np

from ...exercise import Case, Mistake, add

INPUTS = np.array(list(itertools.product([0, 1], repeat=6)))
HALVES = np.array(list(itertools.product([0, 1], repeat=3)))
DIFFERENT = INPUTS != INPUTS[:, ::-1]
NO_PALINDROME = DIFFERENT.any(axis=1)
ENDS = np.array(list(itertools.product([-1, 0, 1], repeat=3)))  # x1 - x6, x2 - x5, x3 - x4


def nets(w):
    return INPUTS @ np.concatenate([w, -w[::-1]])


def mistaken(w):
    return np.sum((nets(w) == 0) & NO_PALINDROME)


def silent(six):
    """How many inputs that are no palindromes give 0 with these six weights."""
    return np.sum((INPUTS @ six == 0) & NO_PALINDROME)


add(
    "landmarks.mistaken",
    "Weights that tell a mirror",
    level=2,
    reference=mistaken,
    cases=lambda rng: [
        Case("1, 2, 4", np.array([1, 2, 4])),
        Case("1, 2, 3", np.array([1, 2, 3])),
        Case("two equal weights", np.array([1, 1, 2])),
        Case("a weight of 0", np.array([0, 1, 3])),
        Case("a negative weight", np.array([3, -5, 2])),
        Case("small whole numbers", rng.integers(1, 4, 3)),
        Case("others, of both signs", rng.integers(-3, 4, 3)),
    ],
    remark="The network of 1986 came to have weights in the ratio 1 : 2 : 4, and its two hidden units had "
    "them with opposite signs: together they are off for palindromes alone.",
    mistakes=[
        Mistake(
            "You count the palindromes, too. The net input is 0 on all eight of them, as it should be: "
            "count the others.",
            lambda w: np.sum(nets(w) == 0),
        ),
        Mistake(
            "The second half of your weights is not turned around: the last input has the weight -w1, so "
            "it is `-w[::-1]`.",
            lambda w: silent(np.concatenate([w, -w])),
        ),
        Mistake(
            "Your two halves have the same sign. With -w on the mirror's side, equal ends cancel.",
            lambda w: silent(np.concatenate([w, w[::-1]])),
        ),
        Mistake(
            "Your second half is neither turned around nor negative: it is `-w[::-1]`.",
            lambda w: silent(np.concatenate([w, w])),
        ),
        Mistake(
            "You count those that the unit tells from palindromes, where the net input is not 0. Asked is "
            "how many it mistakes.",
            lambda w: np.sum(nets(w) != 0),
        ),
        Mistake(
            "You count each input and its mirror image once. Both are among the 64.",
            lambda w: mistaken(w) // 2,
        ),
        Mistake(
            "You count sums with signs, not inputs. Where a pair has equal ends, they may be 0 or 1: each "
            "such pair doubles the number of inputs.",
            lambda w: np.sum(ENDS @ w == 0) - 1,
        ),
        Mistake(
            "You return whether there are any. Asked is how many.",
            lambda w: mistaken(w) > 0,
        ),
        Mistake(
            "You return whether there are none. Asked is how many there are.",
            lambda w: mistaken(w) == 0,
        ),
        Mistake(
            "You count an input only if all three pairs are unequal. One unequal pair is enough to be no "
            "palindrome: `any`, not `all`.",
            lambda w: np.sum((nets(w) == 0) & DIFFERENT.all(axis=1)),
        ),
        Mistake(
            "You return a share of the 64 inputs. Asked is their number.",
            lambda w: mistaken(w) / 64,
        ),
        Mistake(
            "You count inputs whose net input is positive. It must be exactly 0.",
            lambda w: np.sum(nets(w) > 0),
        ),
        Mistake(
            "You count those whose net input is 0 or negative. It must be exactly 0.",
            lambda w: np.sum((nets(w) <= 0) & NO_PALINDROME),
        ),
        Mistake(
            "You look at a single input, that of the weights' own sum. Go through all 64.",
            lambda w: int(w[0] + w[1] == w[2]),
        ),
        Mistake(
            "You count the palindromes on which the net input is 0: always all eight. Asked are the "
            "inputs that are none.",
            lambda w: np.sum((nets(w) == 0) & ~NO_PALINDROME),
        ),
        Mistake(
            "Your count is that of three inputs alone. The hidden unit sees six: the second half has the "
            "weights -w3, -w2, -w1.",
            lambda w: np.sum(HALVES @ w == 0) - 1,
            when=lambda mistaken: any(
                all(
                    mistaken(w) == np.sum(HALVES @ w == 0) - less
                    for w in np.array([[1, 2, 4], [1, 2, 3], [1, 1, -2], [0, 1, 3], [3, -3, 0]])
                )
                for less in (0, 1)
            ),
        ),
        Mistake(
            "You count the inputs that the unit gets right, palindromes among them. Asked is how many it "
            "mistakes.",
            lambda w: 64 - mistaken(w),
        ),
    ],
)
