"""Exercises on why and how large weights are drawn, up to an initializer that plugs in."""

from __future__ import annotations

import numpy as np

from .... import initializers
from ....dense import Dense
from ...exercise import Case, Demand, Mistake, add


def distinct_units(W1, b1, W2):
    rows = np.column_stack([W1, b1, W2.T])
    return len(np.unique(rows, axis=0))


def appearing(rows):
    """How often each different row appears."""
    return np.unique(rows, axis=0, return_counts=True)[1]


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
            np.array([[0.5, 1.0], [0.55, 1.0]]),
            np.zeros(2),
            np.array([[2.0, 2.0]]),
        ),
        Case(
            "twice as much going in, half as much going out",
            np.array([[1.0, 2.0], [2.0, 4.0]]),
            np.zeros(2),
            np.array([[2.0, 1.0]]),
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
    ],
)

add(
    "initialization.mean_square",
    "The mean square of u",
    level=1,
    reference=lambda z, var_w: var_w * np.sum(z**2),
    cases=lambda rng: [
        Case("two inputs", np.array([3.0, 1.0]), 0.5),
        Case("inputs of mean 0", np.array([1.0, -1.0, 2.0, -2.0]), 0.1),
        Case("fifty outputs of a ReLU", np.maximum(rng.normal(size=50), 0), 0.04),
    ],
    mistakes=[
        Mistake(
            "You take the variance of z. The sum holds the squares of z themselves: a mean that is not 0 "
            "counts too.",
            lambda z, var_w: len(z) * var_w * np.var(z),
        ),
        Mistake(
            "The number of inputs is missing: n independent terms add up n variances.",
            lambda z, var_w: var_w * np.mean(z**2),
        ),
        Mistake(
            "You add up z itself. u² holds the squares of the terms: z².",
            lambda z, var_w: var_w * np.sum(z),
        ),
        Mistake(
            "You square the mean of z. Wanted is the mean of the squares.",
            lambda z, var_w: len(z) * var_w * np.mean(z) ** 2,
        ),
        Mistake(
            "You multiply with the standard deviation of the weights. A square of u goes with a square of "
            "w: the variance, as it is given.",
            lambda z, var_w: len(z) * np.sqrt(var_w) * np.mean(z**2),
        ),
        Mistake(
            "You return the root, the typical size of u. Wanted is the mean square itself.",
            lambda z, var_w: np.sqrt(len(z) * var_w * np.mean(z**2)),
        ),
        Mistake(
            "You square the sum of z. Of u² only the squares of the single terms remain: the mixed ones "
            "vanish on average.",
            lambda z, var_w: var_w * np.sum(z) ** 2,
        ),
        Mistake(
            "The size of the inputs is missing: each adds its z² times the variance of a weight.",
            lambda z, var_w: len(z) * var_w,
        ),
        Mistake("The variance of the weights is missing.", lambda z, var_w: np.sum(z**2)),
        Mistake(
            "You square the variance of the weights. It is the mean of w² already.",
            lambda z, var_w: var_w**2 * np.sum(z**2),
        ),
    ],
)

add(
    "initialization.xavier_limit",
    "The end of the uniform",
    level=1,
    reference=lambda d_out, d_in: np.sqrt(6 / (d_in + d_out)),
    remark="Whether the numbers come from a uniform or from a bell curve makes no difference that could be "
    "measured; only their variance counts. PyTorch has both, xavier_uniform_ and xavier_normal_.",
    cases=lambda rng: [
        Case("14 in, 10 out", 10, 14),
        Case("200 in, 50 out", 50, 200),
        Case("64 in, 10 out", 10, 64),
    ],
    mistakes=[
        Mistake(
            "You return the standard deviation. A uniform distribution reaches farther: its variance on "
            "[-a, a] is a²/3, so a is √3 standard deviations.",
            lambda d_out, d_in: np.sqrt(2 / (d_in + d_out)),
        ),
        Mistake(
            "Yours is the whole width of the interval from -a to a; asked is a, half of it. (A variance of "
            "a²/12 belongs to a uniform of width a, not 2a.)",
            lambda d_out, d_in: np.sqrt(24 / (d_in + d_out)),
        ),
        Mistake(
            "You use the inputs alone, as LeCun does. Xavier divides by the mean of inputs and outputs.",
            lambda d_out, d_in: np.sqrt(3 / d_in),
        ),
        Mistake(
            "This is a², the root is missing.",
            lambda d_out, d_in: 6 / (d_in + d_out),
        ),
        Mistake(
            "The 2 of the variance 2 / (d_in + d_out) is lost: a² / 3 must equal it.",
            lambda d_out, d_in: np.sqrt(3 / (d_in + d_out)),
        ),
        Mistake(
            "The root covers the 6 alone: it is √(6 / (d_in + d_out)).",
            lambda d_out, d_in: np.sqrt(6) / (d_in + d_out),
        ),
        Mistake(
            "You divide by the inputs alone. Xavier's variance has the sum of inputs and outputs below.",
            lambda d_out, d_in: np.sqrt(6 / d_in),
        ),
        Mistake(
            "You divide by the product of inputs and outputs. Xavier's variance has their sum below.",
            lambda d_out, d_in: np.sqrt(6 / (d_in * d_out)),
        ),
        Mistake(
            "You return the variance, 2 / (d_in + d_out). Asked is the end of the interval, a.",
            lambda d_out, d_in: 2 / (d_in + d_out),
        ),
    ],
)

add(
    "initialization.he_std",
    "He's factor, also for a leak",
    level=1,
    remark="PyTorch's kaiming_normal_ has this a as an argument, and its own nn.Linear calls the uniform "
    "version with a = √5, for no reason but old habit: its weights have variance 1 / (3 d_in).",
    reference=lambda d_out, d_in, a: np.sqrt(2 / ((1 + a**2) * d_in)),
    cases=lambda rng: [
        Case("8 inputs, ReLU", 3, 8, 0.0),
        Case("50 inputs, Leaky ReLU", 20, 50, 0.25),
        Case("slope 1: no activation at all", 5, 4, 1.0),
        Case("a falling slope", 6, 10, -0.5),
    ],
    mistakes=[
        Mistake(
            "That is the variance. Wanted is the standard deviation, its root.",
            lambda d_out, d_in, a: 2 / ((1 + a**2) * d_in),
        ),
        Mistake(
            "You count the outputs. Going forward, a unit adds up d_in terms.",
            lambda d_out, d_in, a: np.sqrt(2 / ((1 + a**2) * d_out)),
        ),
        Mistake(
            "The leak a is missing. The negative half is not lost: a² of it is kept.",
            lambda d_out, d_in, a: np.sqrt(2 / d_in),
        ),
        Mistake(
            "The leak enters by its square, since mean squares are what is kept: 1 + a².",
            lambda d_out, d_in, a: np.sqrt(2 / ((1 + a) * d_in)),
        ),
        Mistake(
            "The factor 2 is missing: it pays for the half that ReLU shuts.",
            lambda d_out, d_in, a: np.sqrt(1 / ((1 + a**2) * d_in)),
        ),
        Mistake(
            "You average inputs and outputs, as Xavier does. He takes the inputs alone.",
            lambda d_out, d_in, a: np.sqrt(4 / ((1 + a**2) * (d_in + d_out))),
        ),
        Mistake(
            "The leak keeps something, so the weights may be smaller: 1 + a² stands below, not above.",
            lambda d_out, d_in, a: np.sqrt(2 * (1 + a**2) / d_in),
        ),
        Mistake(
            "The leak adds to what is kept: 1 + a², not 1 - a².",
            lambda d_out, d_in, a: (
                np.sqrt(2 / ((1 - a**2) * d_in)) if a**2 < 1 else np.float64(np.inf)
            ),
        ),
        Mistake(
            "1 + a is squared. The two halves keep 1 and a² each: 1 + a².",
            lambda d_out, d_in, a: np.sqrt(2 / ((1 + a) ** 2 * d_in)),
        ),
        Mistake(
            "The root covers the 2 alone: it is √(2 / ((1 + a²) d_in)).",
            lambda d_out, d_in, a: np.sqrt(2) / ((1 + a**2) * d_in),
        ),
    ],
)


def repeated(rows):
    """How many of some long rows say the same as another."""
    if rows.shape[1] < 100:
        return 0
    alike = np.abs(np.corrcoef(rows)) > 0.9
    return int((alike.sum(axis=1) > 1).sum())


def drawn(init, d_out, d_in):
    """What can be said of a draw: its shape, and its variance and mean in units of the layer."""
    W = init(d_out, d_in, rng=np.random.default_rng(1))
    if W is ... or W is None:
        return W
    if np.ndim(W) != 2:
        raise ValueError(f"W should have shape {(d_out, d_in)}, and has shape {np.shape(W)}")
    return *np.shape(W), d_in * np.var(W), np.mean(W) * np.sqrt(d_in), repeated(W) + repeated(W.T)


def follows(init):
    """Whether the weights depend on the rng that is given, and on nothing else."""
    a, b, c = (init(3, 4, rng=np.random.default_rng(seed)) for seed in (5, 5, 6))
    return np.array_equal(a, b) and not np.array_equal(a, c)


def plugs_in(init):
    layer = Dense(6, 5, init=init, rng=np.random.default_rng(0))
    return layer.W.shape == (5, 6)


add(
    "initialization.he",
    "An initializer that plugs in",
    level=2,
    reference=initializers.he,
    call=drawn,
    outputs=(
        "rows",
        "columns",
        "d_in × variance",
        "mean × √d_in",
        "rows or columns that repeat another",
    ),
    rtol=0.03,
    atol=0.03,
    cases=lambda rng: [
        Case("300 units of 200 inputs", 300, 200),
        Case("4000 units of 10 inputs", 4000, 10),
    ],
    mistakes=[
        Mistake(
            "The shape is the other way around: W is (d_out, d_in), a row for each unit.",
            lambda d_out, d_in, *, rng: initializers.he(d_out, d_in, rng=rng).T,
        ),
        Mistake(
            "You use the variance where numpy wants the standard deviation: take the root.",
            lambda d_out, d_in, *, rng: rng.normal(0, 2 / d_in, (d_out, d_in)),
        ),
        Mistake(
            "The variance is 2 / d_out. Going forward, a unit adds up d_in terms: 2 / d_in.",
            lambda d_out, d_in, *, rng: rng.normal(0, np.sqrt(2 / d_out), (d_out, d_in)),
        ),
        Mistake(
            "rng.random and rng.uniform() run from 0 to 1: all your weights are positive, and so is their "
            "mean. Draw from a bell curve around 0.",
            lambda d_out, d_in, *, rng: np.sqrt(2 / d_in) * rng.random((d_out, d_in)),
        ),
        Mistake(
            "The variance is 1 / d_in, which suits a linear layer. He's factor 2 pays for the half that "
            "ReLU shuts.",
            initializers.lecun,
        ),
        Mistake(
            "The weights are not scaled: whatever the width, their variance is 1. Multiply by He's standard "
            "deviation.",
            lambda d_out, d_in, *, rng: rng.standard_normal((d_out, d_in)),
        ),
        Mistake(
            "That is Xavier's variance, 2 / (d_in + d_out). He takes the inputs alone: 2 / d_in.",
            initializers.xavier,
        ),
        Mistake(
            "rng.normal takes the mean first, then the standard deviation: yours have the mean √(2 / d_in).",
            lambda d_out, d_in, *, rng: rng.normal(np.sqrt(2 / d_in), 1, (d_out, d_in)),
        ),
        Mistake(
            "The factor is upside down: more inputs ask for smaller weights, √(2 / d_in).",
            lambda d_out, d_in, *, rng: rng.normal(0, np.sqrt(d_in / 2), (d_out, d_in)),
        ),
        Mistake(
            "A uniform on [-a, a] has variance a²/3, and you put He's standard deviation in for a. Either "
            "draw from a bell curve, or take a = √3 standard deviations.",
            lambda d_out, d_in, *, rng: np.sqrt(2 / d_in) * rng.uniform(-1, 1, (d_out, d_in)),
        ),
        Mistake(
            "A row is drawn once and repeated: then all units are twins. Draw every weight, with the shape "
            "(d_out, d_in).",
            lambda d_out, d_in, *, rng: np.tile(
                rng.normal(0, np.sqrt(2 / d_in), (1, d_in)), (d_out, 1)
            ),
        ),
        Mistake(
            "The root covers the 2 alone: the standard deviation is √(2 / d_in).",
            lambda d_out, d_in, *, rng: rng.normal(0, np.sqrt(2) / d_in, (d_out, d_in)),
        ),
        Mistake(
            "Your weights do not follow the rng that is given: the same seed must give the same ones, and "
            "another seed others. Draw from rng, not from np.random or a generator made inside.",
            lambda d_out, d_in, *, rng: initializers.he(d_out, d_in, rng=np.random.default_rng()),
            when=lambda init: not follows(init),
        ),
    ],
    demands=[
        Demand(
            "the weights follow the rng",
            follows,
            "The weights must come from the rng that is given: the same for the same seed, others for "
            "another.",
        ),
        Demand(
            "nn.Dense takes it",
            plugs_in,
            "nn.Dense(6, 5, init=..., rng=...) calls it as init(d_out, d_in, rng=rng): keep these names.",
        ),
    ],
)
