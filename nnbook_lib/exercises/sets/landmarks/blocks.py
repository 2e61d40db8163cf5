"""The exercise on residual learning: a block that does nothing."""

from __future__ import annotations

import numpy as np

from ...exercise import Case, Mistake, add


def relu(a):
    return np.maximum(a, 0)


def branch(x, W1, W2):
    return relu(x @ W1.T) @ W2.T


add(
    "landmarks.block",
    "A block that does nothing",
    level=2,
    reference=lambda x, W1, W2: relu(x + branch(x, W1, W2)),
    cases=lambda rng: [
        Case("W2 of zeros", np.array([[2.0, 3.0], [-1.0, 2.0]]), np.eye(2), np.zeros((2, 2))),
        Case(
            "two by two",
            np.array([[2.0, 1.0]]),
            np.array([[1.0, 2.0], [-1.0, 1.0]]),
            np.array([[0.0, 1.0], [-3.0, 2.0]]),
        ),
        Case("a wider branch", *(rng.normal(size=s) for s in ((4, 3), (5, 3), (3, 5)))),
        Case(
            "one sample",
            np.array([[1.0, -2.0, 0.5]]),
            np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]]),
            np.array([[1.0, 2.0], [2.0, -1.0], [-3.0, 1.0]]),
        ),
    ],
    remark="In a second article the authors moved the ReLUs before the products: without one behind the "
    "sum, a block can also leave a negative x as it is.",
    mistakes=[
        Mistake(
            "The last ReLU stands before the sum in yours, around F alone. It stands behind: ReLU(x + F).",
            lambda x, W1, W2: x + relu(branch(x, W1, W2)),
        ),
        Mistake(
            "The last ReLU is missing, the one around the whole sum.",
            lambda x, W1, W2: x + branch(x, W1, W2),
        ),
        Mistake(
            "The ReLU inside of F is missing, between the two products. Without it W2 W1 is one matrix.",
            lambda x, W1, W2: relu(x + x @ W1.T @ W2.T),
        ),
        Mistake(
            "Both ReLUs are missing: one stands between the two products, one around the whole sum.",
            lambda x, W1, W2: x + x @ W1.T @ W2.T,
        ),
        Mistake(
            "The input is not added. With W2 = 0 your block gives 0 for everything.",
            lambda x, W1, W2: relu(branch(x, W1, W2)),
        ),
        Mistake(
            "The input is not added, and the last ReLU is missing: you return F alone.",
            branch,
        ),
        Mistake(
            "There is a ReLU too many around F. It may be negative: only the sum goes through the last "
            "ReLU.",
            lambda x, W1, W2: relu(x + relu(branch(x, W1, W2))),
        ),
        Mistake(
            "Each of the two goes through a ReLU of its own in yours. It stands around their sum.",
            lambda x, W1, W2: relu(x) + relu(branch(x, W1, W2)),
        ),
        Mistake(
            "In yours only x goes through the last ReLU. It stands around the sum of x and F.",
            lambda x, W1, W2: relu(x) + branch(x, W1, W2),
        ),
        Mistake(
            "Your first ReLU takes x itself. It belongs behind the first product: ReLU(W1 x).",
            lambda x, W1, W2: relu(x + relu(x) @ W1.T @ W2.T),
        ),
        Mistake(
            "Yours is the block of the authors' second article: its ReLUs stand before the products. In this "
            "one they stand behind the first product, and behind the sum.",
            lambda x, W1, W2: x + relu(relu(x) @ W1.T) @ W2.T,
        ),
        Mistake(
            "F is subtracted. It is added to x.",
            lambda x, W1, W2: relu(x - branch(x, W1, W2)),
        ),
        Mistake(
            "x and F are multiplied. They are added.",
            lambda x, W1, W2: relu(x * branch(x, W1, W2)),
        ),
        Mistake(
            "x is added twice.",
            lambda x, W1, W2: relu(2 * x + branch(x, W1, W2)),
        ),
        Mistake(
            "W1 and W2 are exchanged: W1 comes first.",
            lambda x, W1, W2: relu(x + relu(x @ W2) @ W1),
        ),
        Mistake(
            "W2 is not transposed. Batch-first, every layer is `x @ W.T`; where W2 is square the other one "
            "fits by chance.",
            lambda x, W1, W2: relu(x + relu(x @ W1.T) @ W2),
        ),
        Mistake(
            "W1 is not transposed. Batch-first, every layer is `x @ W.T`; where W1 is square the other one "
            "fits by chance.",
            lambda x, W1, W2: relu(x + relu(x @ W1) @ W2.T),
        ),
        Mistake(
            "You return x. An x that is nowhere negative passes unchanged where F is 0, as with W2 = 0.",
            lambda x, W1, W2: x * 1.0,
        ),
        Mistake(
            "You return the ReLU of x. The block does so where F is 0, as with W2 = 0.",
            lambda x, W1, W2: relu(x),
        ),
        Mistake(
            "np.max gives the largest of all. The ReLU goes entry by entry: np.maximum(a, 0).",
            lambda x, W1, W2: np.max(x + branch(x, W1, W2)),
            when=lambda block: (
                np.ndim(block(np.ones((2, 3)), np.ones((2, 3)), np.ones((3, 2)))) == 0
            ),
        ),
        Mistake(
            "You add the mean of x and F, half of the sum. They are added whole.",
            lambda x, W1, W2: relu(x + branch(x, W1, W2)) / 2,
        ),
        Mistake(
            "You add x only where F leaves room: the larger of the two is not their sum.",
            lambda x, W1, W2: relu(np.maximum(x, branch(x, W1, W2))),
        ),
        Mistake(
            "In yours x goes through a ReLU before the sum. It is added as it came.",
            lambda x, W1, W2: relu(relu(x) + branch(x, W1, W2)),
        ),
        Mistake(
            "Neither W1 nor W2 is transposed. Batch-first, every layer is `x @ W.T`.",
            lambda x, W1, W2: relu(x + relu(x @ W1) @ W2),
        ),
        Mistake(
            "Your x goes through a ReLU before all else. It enters both the branch and the sum as it came.",
            lambda x, W1, W2: relu(relu(x) + branch(relu(x), W1, W2)),
        ),
        Mistake(
            "You add what the first layer gives, not x itself: the input of the whole block is added.",
            lambda x, W1, W2: relu(relu(x @ W1.T) + branch(x, W1, W2)),
        ),
    ],
)
