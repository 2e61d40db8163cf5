"""Exercise: units that are equal, and stay so."""

from __future__ import annotations

import numpy as np

from ...exercise import Case, Mistake, add


def distinct_units(W1, b1, W2):
    rows = np.column_stack([W1, b1, W2.T])
    return len(np.unique(rows, axis=0))


def appearing(rows):
    """How often each different row appears."""
    return np.unique(rows, axis=0, return_counts=True)[1]


def table(W1, b1, W2):
    """A row for each unit: what goes in, the bias, what goes out."""
    return np.column_stack([W1, b1, W2.T])


def separate(W1, b1, W2):
    """How many different ones there are of each part, counted on its own."""
    return [len(np.unique(part, axis=0)) for part in (W1, b1, W2.T)]


def greedy(same):
    """A count of the units that are not the same as one before them."""

    def count(W1, b1, W2):
        kept = []
        for i in range(len(b1)):
            if not any(same(W1, b1, W2, i, j) for j in kept):
                kept.append(i)
        return len(kept)

    return count


def in_one_part(W1, b1, W2, i, j):
    return (W1[i] == W1[j]).all() or b1[i] == b1[j] or (W2[:, i] == W2[:, j]).all()


def nearly(W1, b1, W2, i, j):
    rows = table(W1, b1, W2)
    return np.allclose(rows[i], rows[j], atol=0.1)


def tolerates(count):
    """Whether 0.5 and 0.55 are the same to it, and 0.5 and 1.5 are not."""
    b, W2 = np.zeros(2), np.ones((1, 2))
    near, far = np.array([[0.5], [0.55]]), np.array([[0.5], [1.5]])
    return count(near, b.copy(), W2.copy()) == 1 and count(far, b.copy(), W2.copy()) == 2


def products(W1, b1, W2):
    units = np.column_stack([W1, b1])
    return len({tuple(np.outer(W2[:, i], units[i]).ravel()) for i in range(len(b1))})


def without_pairs(W1, b1, W2):
    counts = appearing(table(W1, b1, W2))
    return len(b1) - int(np.sum(counts * (counts - 1) // 2))


def whole(count):
    """Whether 2.1 and 2.4 are the same to it, and 0.5 and 1.6 are not."""
    b, W2 = np.zeros(2), np.ones((1, 2))
    near = count(np.array([[2.1], [2.4]]), b.copy(), W2.copy())
    far = count(np.array([[0.5], [1.6]]), b.copy(), W2.copy())
    return near == 1 and far == 2


add(
    "initialization.distinct_units",
    "Twins",
    level=2,
    reference=distinct_units,
    cases=lambda rng: [
        Case(
            "four units, the first two are twins",
            np.array([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0], [3.0, 0.0]]),
            np.array([0.0, 0.0, 1.0, 0.0]),
            np.array([[5.0, 5.0, 5.0, 5.0]]),
        ),
        Case("all weights zero", np.zeros((3, 2)), np.zeros(3), np.zeros((2, 3))),
        Case(
            "equal going in, not going out",
            np.full((4, 2), 0.1),
            np.zeros(4),
            np.array([[1.0, 1.0, 2.0, 3.0], [0.0, 0.5, 0.0, 0.0]]),
        ),
        Case("five random units", rng.normal(size=(5, 3)), np.zeros(5), rng.normal(size=(2, 5))),
        Case(
            "twins that are no neighbors",
            np.array([[1.0, 2.0], [0.0, 3.0], [1.0, 2.0]]),
            np.zeros(3),
            np.array([[1.0, 1.0, 1.0]]),
        ),
        Case(
            "as many outputs as units",
            np.array([[1.0], [1.0], [2.0]]),
            np.zeros(3),
            np.array([[4.0, 4.0, 4.0], [4.0, 4.0, 4.0], [4.0, 4.0, 4.0]]),
        ),
        Case(
            "the same numbers in another order",
            np.array([[1.0, 2.0], [2.0, 1.0]]),
            np.zeros(2),
            np.array([[3.0, 3.0]]),
        ),
        Case(
            "all signs turned",
            np.array([[1.0, -2.0], [-1.0, 2.0]]),
            np.array([0.5, -0.5]),
            np.array([[1.0, -1.0]]),
        ),
        Case(
            "nearly equal, and not quite",
            np.array([[0.5, 1.0], [0.55, 1.0], [0.5501, 1.0]]),
            np.zeros(3),
            np.array([[2.0, 2.0, 2.0]]),
        ),
        Case(
            "twice as much going in, half as much going out",
            np.array([[1.0, 2.0], [2.0, 4.0]]),
            np.zeros(2),
            np.array([[2.0, 1.0]]),
        ),
        Case(
            "each part alone tells two apart, all together three",
            np.array([[1.0], [1.0], [2.0]]),
            np.array([0.0, 1.0, 0.0]),
            np.array([[3.0, 4.0, 4.0]]),
        ),
        Case("a single unit", np.array([[1.0, 0.0]]), np.zeros(1), np.array([[2.0]])),
    ],
    mistakes=[
        Mistake(
            "You compare the rows of W1 alone. Two units with the same weights going in still differ if "
            "their biases do, or the weights with which they are used above.",
            lambda W1, b1, W2: len(np.unique(W1, axis=0)),
        ),
        Mistake(
            "You leave the weights going out aside. They decide what a unit receives: different columns of "
            "W2 make different deltas, and the units part at the first step.",
            lambda W1, b1, W2: len(np.unique(np.column_stack([W1, b1]), axis=0)),
        ),
        Mistake(
            "You leave the biases aside. Two units with different biases compute different numbers.",
            lambda W1, b1, W2: len(np.unique(np.column_stack([W1, W2.T]), axis=0)),
        ),
        Mistake(
            "You count different numbers in W1. A unit is a whole row.",
            lambda W1, b1, W2: len(np.unique(W1)),
        ),
        Mistake(
            "You compare neighbors only. Twins may stand apart: np.unique compares all.",
            lambda W1, b1, W2: (
                1 + int(np.diff(np.column_stack([W1, b1, W2.T]), axis=0).any(axis=1).sum())
            ),
        ),
        Mistake(
            "You count the units that do what another one does already. Wanted is how many different ones "
            "there are.",
            lambda W1, b1, W2: len(W1) - distinct_units(W1, b1, W2),
        ),
        Mistake(
            "You count the units that have no twin. Two twins are one different unit, not none.",
            lambda W1, b1, W2: (appearing(np.column_stack([W1, b1, W2.T])) == 1).sum(),
        ),
        Mistake(
            "You count the kinds that have twins. Asked is how many different units there are, with the "
            "single ones.",
            lambda W1, b1, W2: (appearing(np.column_stack([W1, b1, W2.T])) > 1).sum(),
        ),
        Mistake(
            "You take the weights going out for rows of W2. W2 is (d_out, units): what goes out of unit i "
            "stands in column i, so it is W2.T.",
            lambda W1, b1, W2: len(np.unique(np.column_stack([W1, b1, W2]), axis=0)),
        ),
        Mistake(
            "You compare the numbers of a unit as a heap, without their order. Which input a weight belongs "
            "to makes a difference.",
            lambda W1, b1, W2: len(
                np.unique(np.sort(np.column_stack([W1, b1, W2.T]), axis=1), axis=0)
            ),
        ),
        Mistake(
            "You compare sums, and different numbers can have the same sum. Compare all of them.",
            lambda W1, b1, W2: len(np.unique(np.column_stack([W1, b1, W2.T]).sum(axis=1))),
        ),
        Mistake(
            "You return the number of units. Those that are the same count once.",
            lambda W1, b1, W2: len(W1),
        ),
        Mistake(
            "You count different numbers among all of them. A unit is a whole row of the table: axis=0.",
            lambda W1, b1, W2: len(np.unique(table(W1, b1, W2))),
        ),
        Mistake(
            "You count different columns of the table, axis=1. A unit is a row: axis=0.",
            lambda W1, b1, W2: np.unique(table(W1, b1, W2), axis=1).shape[1],
        ),
        Mistake(
            "You count the three parts separately, and take the largest count. Units differ as soon as any "
            "part does, so put the parts side by side and count the rows.",
            lambda W1, b1, W2: max(separate(W1, b1, W2)),
        ),
        Mistake(
            "You count the three parts separately, and take the smallest count. Units differ as soon as any "
            "part does, so put the parts side by side and count the rows.",
            lambda W1, b1, W2: min(separate(W1, b1, W2)),
        ),
        Mistake(
            "You count the three parts separately, and multiply the counts. Not all combinations occur: put "
            "the parts side by side and count the rows.",
            lambda W1, b1, W2: int(np.prod(separate(W1, b1, W2))),
        ),
        Mistake(
            "You take two units for the same if one of the three agrees: weights in, bias or weights out. "
            "All three must: and, not or.",
            greedy(in_one_part),
        ),
        Mistake(
            "You subtract every pair of equal units. Three that are equal make three pairs, and only two "
            "are too many.",
            without_pairs,
        ),
        Mistake(
            "You take the rank. Units that are different may depend on each other linearly; count the "
            "different rows.",
            lambda W1, b1, W2: np.linalg.matrix_rank(table(W1, b1, W2)),
        ),
        Mistake(
            "You round to whole numbers, or cut the fractions off. The same are units that are exactly "
            "equal.",
            lambda W1, b1, W2: len(np.unique(np.round(table(W1, b1, W2)), axis=0)),
            when=whole,
        ),
        Mistake(
            "You let units count as the same that are only close: here 0.5 and 0.55. By the task they must "
            "be exactly equal.",
            greedy(nearly),
            when=tolerates,
        ),
        Mistake(
            "For unit i you take row i of W2. What goes out of it stands in column i: W2[:, i], or a row of "
            "W2.T.",
            lambda W1, b1, W2: len({(*W1[i], b1[i], *W2[i % len(W2)]) for i in range(len(b1))}),
        ),
        Mistake(
            "The first unit is left out. numpy counts from 0.",
            lambda W1, b1, W2: len(np.unique(table(W1, b1, W2)[1:], axis=0)),
        ),
        Mistake(
            "The last unit is left out: range(len(b1)) has them all.",
            lambda W1, b1, W2: len(np.unique(table(W1, b1, W2)[:-1], axis=0)),
        ),
        Mistake(
            "You compare without signs. A unit with all its weights turned computes something else.",
            lambda W1, b1, W2: len(np.unique(np.abs(table(W1, b1, W2)), axis=0)),
        ),
        Mistake(
            "You compare the products of what goes in and what goes out. Twice as much in and half as much "
            "out is another unit: compare the numbers themselves.",
            products,
        ),
        Mistake(
            "You return the different units themselves. Asked is how many there are: len(...).",
            lambda W1, b1, W2: np.unique(table(W1, b1, W2), axis=0),
            when=lambda count: np.ndim(count(np.eye(2), np.zeros(2), np.eye(2))) == 2,
        ),
        Mistake(
            "You compare the outgoing weights alone: the columns of W2. What comes in and the bias count, "
            "too.",
            lambda W1, b1, W2: len(np.unique(W2.T, axis=0)),
        ),
    ],
)
