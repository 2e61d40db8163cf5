"""Exercises on initialization, for chapter 5."""

from __future__ import annotations

import numpy as np

from ... import initializers
from ...dense import Dense
from ...inspection import diagnostics
from ...mlp import mlp
from ..exercise import Case, Demand, Mistake, add


def distinct_units(W1, b1, W2):
    """How many different hidden units there are: the same weights in, bias and weights out."""
    return len(np.unique(np.column_stack([W1, b1, W2.T]), axis=0))


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
    ],
)

add(
    "initialization.mean_square",
    "The mean square of u",
    level=1,
    reference=lambda z, var_w: float(len(z) * var_w * np.mean(z**2)),
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
    ],
)

add(
    "initialization.xavier_limit",
    "The end of the uniform",
    level=1,
    reference=lambda d_out, d_in: float(np.sqrt(6 / (d_in + d_out))),
    cases=lambda rng: [
        Case("three in, three out", 3, 3),
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
            "You take a² / 12 for the variance. That is a uniform of width a; from -a to a the width is 2a.",
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
    ],
)

add(
    "initialization.he_std",
    "He's factor, also for a leak",
    level=1,
    reference=lambda d_out, d_in, a: float(np.sqrt(2 / ((1 + a**2) * d_in))),
    cases=lambda rng: [
        Case("8 inputs, ReLU", 3, 8, 0.0),
        Case("50 inputs, Leaky ReLU", 20, 50, 0.25),
        Case("slope 1: no activation at all", 5, 4, 1.0),
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
    ],
)


def _drawn(init, d_out, d_in):
    """What can be said of a draw: its shape, and its variance and mean in units of the layer."""
    W = init(d_out, d_in, rng=np.random.default_rng(1))
    if W is ... or W is None:
        return W
    if np.ndim(W) != 2:
        raise ValueError(f"W should have shape {(d_out, d_in)}, and has shape {np.shape(W)}")
    return *np.shape(W), d_in * np.var(W), np.mean(W) * np.sqrt(d_in)


def _follows(init):
    """Whether the weights depend on the rng that is given, and on nothing else."""
    a, b, c = (init(3, 4, rng=np.random.default_rng(seed)) for seed in (5, 5, 6))
    return np.array_equal(a, b) and not np.array_equal(a, c)


def _plugs_in(init):
    layer = Dense(6, 5, init=init, rng=np.random.default_rng(0))
    return layer.W.shape == (5, 6)


add(
    "initialization.he",
    "An initializer that plugs in",
    level=2,
    reference=initializers.he,
    call=_drawn,
    outputs=("rows", "columns", "d_in × variance", "mean × √d_in"),
    rtol=0.03,
    atol=0.03,
    cases=lambda rng: [
        Case("300 units of 200 inputs", 300, 200),
        Case("100 units of 900 inputs", 100, 900),
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
            "You make a generator of your own and leave the one given aside. Draw from rng: the same rng "
            "must give the same weights, and another one others.",
            lambda d_out, d_in, *, rng: initializers.he(d_out, d_in, rng=np.random.default_rng()),
            when=lambda init: not _follows(init),
        ),
    ],
    demands=[
        Demand(
            "the weights follow the rng",
            _follows,
            "The weights must come from the rng that is given: the same for the same seed, others for "
            "another.",
        ),
        Demand(
            "nn.Dense takes it",
            _plugs_in,
            "nn.Dense(6, 5, init=..., rng=...) calls it as init(d_out, d_in, rng=rng): keep these names.",
        ),
    ],
)


add(
    "initialization.best_variance",
    "Predict the variance, then move the figure",
    level=1,
    reference=np.array([2.0, 1.5]),
    mistakes=[
        Mistake(
            "2 is right for ReLU. For tanh, 1 is what the derivation for linear layers gives; look at the "
            "figure at depth 20: tanh takes a little of the gradient in every layer.",
            np.array([2.0, 1.0]),
        ),
        Mistake(
            "ReLU stands first, then tanh: the two are exchanged.",
            np.array([1.5, 2.0]),
        ),
        Mistake(
            "At 1 ReLU loses half of the mean square at every layer, though its slope is 1 where it is on. "
            "And tanh takes a little, too. Look at depth 20.",
            np.array([1.0, 1.0]),
        ),
        Mistake(
            "2 is right for ReLU, whose other half is shut. Tanh shuts nothing: at 2 its gradient grows "
            "toward the input. Look at depth 20.",
            np.array([2.0, 2.0]),
        ),
    ],
)


def orthogonal(G):
    """The Q of G = QR with R's diagonal positive."""
    Q, R = np.linalg.qr(G)
    return Q * np.sign(np.diag(R))


add(
    "initialization.orthogonal",
    "A matrix that keeps every length",
    level=2,
    reference=orthogonal,
    cases=lambda rng: [
        Case("two by two", np.array([[3.0, 1.0], [4.0, -2.0]])),
        Case("five by five", rng.normal(size=(5, 5))),
        Case("six rows, three columns", rng.normal(size=(3, 6)).T),
    ],
    mistakes=[
        Mistake(
            "The signs are left as the algorithm chose them, so that Q is not uniform over all orthogonal "
            "matrices. Multiply each column of Q with the sign of its entry on R's diagonal.",
            lambda G: np.linalg.qr(G)[0],
        ),
        Mistake(
            "You multiply the rows with the signs. They belong to the columns of Q, for Q R = (Q S)(S R): "
            "no [:, None], let numpy line them up with the columns.",
            lambda G: np.diag(np.sign(np.diag(np.linalg.qr(G)[1]))) @ np.linalg.qr(G)[0],
        ),
        Mistake(
            "You multiply with R's diagonal itself, which stretches the columns again. Its sign is enough.",
            lambda G: np.linalg.qr(G)[0] * np.diag(np.linalg.qr(G)[1]),
        ),
        Mistake(
            "You divide each column by its length. The columns have length 1 then, but are not "
            "perpendicular to each other: use np.linalg.qr.",
            lambda G: G / np.linalg.norm(G, axis=0),
        ),
        Mistake(
            "You divide by the largest singular value. The largest is then 1, the others are still "
            "smaller; wanted is 1 for all.",
            lambda G: G / np.linalg.norm(G, 2),
        ),
        Mistake(
            "The U V^T of the singular value decomposition is orthogonal too, and not asked for here: take "
            "np.linalg.qr.",
            lambda G: np.matmul(*np.linalg.svd(G, full_matrices=False)[::2]),
        ),
        Mistake(
            "You return R. The factor with perpendicular columns is Q, the first of the two.",
            lambda G: np.linalg.qr(G)[1],
        ),
    ],
)


def rms(u):
    return np.sqrt(np.mean(u**2))


def by_data(net, x, scale=rms, look=1):
    """Divide every W, from the first on, by the size of the u that it gives on x."""
    z = x
    for i in range(0, len(net.layers), 2):  # Dense, activation, Dense, ...
        dense, u = net.layers[i], z
        for layer in net.layers[i : i + look]:
            u = layer(u)
        dense.W /= scale(u)
        z = net.layers[i + 1](dense(z)) if i + 1 < len(net.layers) else None


def _at_once(net, x):
    for record in diagnostics.weight_records(net.forward(x, watch=True)[1]):
        record.layer.W /= rms(record.y)


def _sizes(by_data, net, x):
    """The mean squares of all u after it, and whether each W has kept its direction."""
    before = [W.copy() for _, name, W in net.views(net.theta) if name == "W"]
    if by_data(net, x) is ...:
        return ...
    net.check()
    records = diagnostics.weight_records(net.forward(x, watch=True)[1])
    kept = [
        np.sum(r.layer.W * W) / np.linalg.norm(r.layer.W) / np.linalg.norm(W)
        for r, W in zip(records, before, strict=True)
    ]
    return np.array([np.mean(r.y**2) for r in records]), np.array(kept)


def _net(rng, activation, depth):
    x = rng.uniform(0, 1, (20, 6))
    return mlp(6, 3, depth=depth, width=8, activation=activation, rng=rng), x


add(
    "initialization.by_data",
    "Let the data set the scale",
    level=3,
    reference=by_data,
    call=_sizes,
    outputs=("the mean square of each u", "the cosine of each W with the old one"),
    may_change=("net",),
    cases=lambda rng: [
        Case("one hidden layer", *_net(rng, "tanh", 1)),
        Case("six layers of softplus", *_net(rng, "softplus", 6)),
        Case("thirty layers of ReLU", *_net(rng, "relu", 30)),
    ],
    mistakes=[
        Mistake(
            "You measure every u before any W is changed, or carry the old u on. But a rescaled layer sends "
            "other numbers up: scale the first, compute its output anew, then go to the second.",
            _at_once,
        ),
        Mistake(
            "You divide W by the mean square of u. u grows with W, so its square grows with the square of "
            "W: divide by the root.",
            lambda net, x: by_data(net, x, scale=lambda u: np.mean(u**2)),
        ),
        Mistake(
            "You multiply by the size of u. A u that is too large asks for smaller weights: divide.",
            lambda net, x: by_data(net, x, scale=lambda u: 1 / rms(u)),
        ),
        Mistake(
            "You divide by the length of all of u, so that the *sum* of the squares becomes 1. Wanted is "
            "their mean.",
            lambda net, x: by_data(net, x, scale=np.linalg.norm),
        ),
        Mistake(
            "You measure what comes in, z. The rule is about u, what the layer makes of it.",
            lambda net, x: by_data(net, x, look=0),
        ),
        Mistake(
            "Only the first layer is right. Go on to the next one, with what the rescaled layer and its "
            "activation give.",
            lambda net, x: net.layers[0].W.__itruediv__(rms(net.layers[0](x))),
        ),
        Mistake(
            "You divide by the standard deviation. It leaves the mean of u out; wanted is that the mean of "
            "the squares becomes 1.",
            lambda net, x: by_data(net, x, scale=np.std),
        ),
        Mistake(
            "You measure what comes out of the activation. The rule is about u, what goes into it.",
            lambda net, x: by_data(net, x, look=2),
        ),
        Mistake(
            "You scale each unit on its own. That sets the sizes, but turns W: here a layer gets one factor "
            "for all its units.",
            lambda net, x: by_data(net, x, scale=lambda u: np.sqrt(np.mean(u**2, axis=0))[:, None]),
        ),
        Mistake(
            "You divide every W by its own size, without looking at any data. How large u becomes depends "
            "on what comes in.",
            lambda net, x: [layer.W.__itruediv__(rms(layer.W)) for layer in net.layers[::2]],
        ),
    ],
)
