"""Exercises on activation functions, for chapter 5."""

from __future__ import annotations

import numpy as np

from ... import activations, functions, losses, network, optimizers
from ...layer import Layer
from ..exercise import Case, Demand, Mistake, add

add(
    "activations.relu_slope",
    "A slope with a corner",
    level=1,
    reference=lambda u: (u > 0).astype(float),
    cases=lambda rng: [
        Case("left, corner, right", np.array([-2.0, 0.0, 3.0])),
        Case("a batch", rng.normal(size=(3, 4))),
    ],
    mistakes=[
        Mistake(
            "You return ReLU itself. Its slope knows only the sign of u, not its size.",
            lambda u: np.maximum(u, 0),
        ),
        Mistake(
            "At u = 0 you give 1. ReLU has no slope there; the book, as most libraries do, takes 0, so u "
            "must be above 0.",
            lambda u: (u >= 0).astype(float),
        ),
        Mistake(
            "np.sign is -1 on the left. There ReLU is flat: slope 0.",
            lambda u: np.sign(u),
        ),
        Mistake(
            "At u = 0 you take the middle of the two slopes. It is a possible choice; the book's is 0.",
            lambda u: np.heaviside(u, 0.5),
        ),
    ],
)


add(
    "activations.softplus",
    "Softplus for any u",
    level=2,
    reference=functions.softplus,
    atol=0.0,
    cases=lambda rng: [
        Case("near 0", np.array([-1.0, 0.0, 2.0])),
        Case("a batch", rng.normal(0, 3, size=(4, 3))),
        Case("u of 1000", np.array([1000.0, 0.0, -1000.0])),
        Case("far to the left", np.array([-40.0])),
    ],
    mistakes=[
        Mistake(
            "e^1000 overflows. Take the large exponent out: ln(1 + e^u) = u + ln(1 + e^-u), and use for "
            "each u the form whose exponent is negative.",
            lambda u: np.log(1 + np.exp(u)),
        ),
        Mistake(
            "e^1000 overflows, with log1p too. Take the large exponent out: "
            "ln(1 + e^u) = u + ln(1 + e^-u), and use for each u the form whose exponent is negative.",
            lambda u: np.log1p(np.exp(u)),
        ),
        Mistake(
            "That is ReLU. Softplus is its smooth version: ln 2 at u = 0, not 0.",
            lambda u: np.maximum(u, 0),
        ),
        Mistake(
            "For positive u the part you took out is lost: ln(1 + e^u) = u + ln(1 + e^-u).",
            lambda u: np.log1p(np.exp(-np.abs(u))),
        ),
        Mistake(
            "At u = -40, 1 + e^-40 rounds to 1, and its logarithm to 0. np.log1p(v) computes ln(1 + v) "
            "without that loss.",
            lambda u: np.maximum(u, 0) + np.log(1 + np.exp(-np.abs(u))),
        ),
        Mistake(
            "You cut u off before the exponential. That avoids the overflow, but for large u the result "
            "must go on growing, like u.",
            lambda u: np.log1p(np.exp(np.clip(u, -500, 500))),
        ),
    ],
)


U = np.linspace(-10, 10, 4001)
BELL = np.exp(-U * U / 2) / np.exp(-U * U / 2).sum()  # weights of a mean over N(0, 1)


def rms_slope(df, spread):
    """The root of the mean of df(u)^2 over u ~ N(0, spread^2)."""
    return float(np.sqrt(BELL @ df(spread * U) ** 2))


add(
    "activations.rms_slope",
    "What a layer passes on",
    level=2,
    reference=rms_slope,
    rtol=0.01,
    cases=lambda rng: [
        Case("the identity", activations.identity.df, 1.0),
        Case("ReLU", activations.relu.df, 3.0),
        Case("tanh", activations.tanh.df, 1.0),
        Case("sigmoid, large inputs", activations.sigmoid.df, 4.0),
    ],
    mistakes=[
        Mistake(
            "You average the slope itself. Lengths add up by squares: square, average, then the root.",
            lambda df, spread: BELL @ df(spread * U),
        ),
        Mistake(
            "np.std subtracts the mean of the slopes first. Here the mean square itself is wanted: "
            "np.sqrt(np.mean(... ** 2)).",
            lambda df, spread: np.sqrt(rms_slope(df, spread) ** 2 - (BELL @ df(spread * U)) ** 2),
        ),
        Mistake(
            "You draw u evenly between -spread and spread. It comes from a bell curve, which reaches "
            "farther: spread * rng.standard_normal(...).",
            lambda df, spread: np.sqrt(np.mean(df(np.linspace(-1, 1, 9999) * spread) ** 2)),
        ),
        Mistake(
            "The root is missing: yours is the mean square.",
            lambda df, spread: BELL @ df(spread * U) ** 2,
        ),
        Mistake(
            "Your u are always drawn with spread 1: multiply them with `spread`.",
            lambda df, spread: rms_slope(df, 1.0),
        ),
        Mistake(
            "You take `spread` for the variance. It is the standard deviation: u = spread · g with g from "
            "N(0, 1).",
            lambda df, spread: rms_slope(df, np.sqrt(spread)),
        ),
        Mistake(
            "You take the slope at a single point. The u of a layer are spread over the bell curve, and "
            "the slope is to be averaged over them.",
            lambda df, spread: float(np.abs(df(np.array([spread])))[0]),
        ),
        Mistake(
            "You average over evenly spaced u. Under the bell curve those near 0 count more: draw u with "
            "rng.standard_normal, or weight by e^(-u²/2).",
            lambda df, spread: np.sqrt(np.mean(df(np.linspace(-3, 3, 999) * spread) ** 2)),
        ),
    ],
)


def jacobian(y):
    """dy/du of softmax: diag(y) - y y^T."""
    return np.diag(y) - np.outer(y, y)


add(
    "activations.softmax_jacobian",
    "Softmax has no slope, but a matrix",
    level=2,
    reference=jacobian,
    cases=lambda rng: [
        Case("two classes, undecided", np.array([0.5, 0.5])),
        Case("three classes", np.array([0.7, 0.2, 0.1])),
        Case("six random ones", rng.dirichlet(np.ones(6))),
    ],
    mistakes=[
        Mistake(
            "Off the diagonal you have zeros, as if softmax worked entry by entry. Raise one u, and all "
            "other y fall: what is dy_i / du_j?",
            lambda y: np.diag(y * (1 - y)),
        ),
        Mistake(
            "You return the diagonal alone, y (1 - y), as for a sigmoid. The derivative of a vector by a "
            "vector is a matrix.",
            lambda y: y * (1 - y),
        ),
        Mistake(
            "`y @ y` is a single number, the same for every entry. Wanted is the table of all products "
            "y_i y_j: np.outer.",
            lambda y: np.diag(y) - y @ y,
        ),
        Mistake(
            "The sign between the two terms is wrong: raise one u, and the other y fall.",
            lambda y: np.diag(y) + np.outer(y, y),
        ),
        Mistake(
            "You apply softmax to y. It is its output already.",
            lambda y: jacobian(functions.softmax(y)),
        ),
        Mistake(
            "Your rows are y_i (1 - y_j). The 1 stands on the diagonal only, where i = j.",
            lambda y: np.outer(y, 1 - y),
        ),
    ],
)

add(
    "activations.most_gradient",
    "Predict which function keeps the gradient",
    level=1,
    reference="selu",
    call=lambda activation: activation.lower() if isinstance(activation, str) else activation,
    mistakes=[
        Mistake(
            "A ReLU's slope is 1, but for half of the inputs it is 0: RMS 0.71. Look at layer 1 at "
            "depth 16, then try the others.",
            "relu",
        ),
        Mistake(
            "tanh reaches slope 1 at the single point u = 0; its RMS is below 1. It does keep more than "
            "ReLU and the sigmoid here. One of the list keeps more still.",
            "tanh",
        ),
        Mistake(
            "ELU's RMS slope is 0.82: below 1, and sixteen layers multiply it. Look at depth 16, then think "
            "of the function that was built so that its layers keep their variance.",
            "elu",
        ),
        Mistake("The sigmoid keeps the least of all: at most a quarter a layer.", "sigmoid"),
    ],
)

add(
    "activations.dead_units",
    "Count the dead",
    level=2,
    reference=lambda u: float((u <= 0).all(axis=0).mean()),
    cases=lambda rng: [
        Case(
            "three samples, four units; the last two are dead",
            np.array([[1.0, -1.0, -1.0, 0.0], [2.0, -2.0, -3.0, 0.0], [3.0, 9.0, -1.0, -2.0]]),
        ),
        Case("one sample, five units", np.array([[1.0, -1.0, -2.0, 0.5, -3.0]])),
        Case(
            "ten samples, seven units", rng.normal(-1.3, 0.8, size=(10, 7)) + np.arange(-2, 5) / 3
        ),
    ],
    mistakes=[
        Mistake(
            "You count entries. A unit is off for some samples as a matter of course; it is dead if it is "
            "off for all of them.",
            lambda u: np.mean(u <= 0),
        ),
        Mistake(
            "You call a unit dead if it is off for a single sample. All samples are needed: .all, not .any.",
            lambda u: (u <= 0).any(axis=0).mean(),
        ),
        Mistake(
            "You ask which samples have all units off. A unit is a column: the samples lie along axis 0.",
            lambda u: (u <= 0).all(axis=1).mean(),
        ),
        Mistake(
            "A unit at u = 0 has slope 0 too, by the book's convention: count u <= 0.",
            lambda u: (u < 0).all(axis=0).mean(),
        ),
        Mistake(
            "You return how many units are dead. Wanted is the share: divide by the number of units.",
            lambda u: (u <= 0).all(axis=0).sum(),
        ),
        Mistake(
            "You divide by the number of samples. The share is one of the units: there are u.shape[1].",
            lambda u: (u <= 0).all(axis=0).sum() / len(u),
        ),
        Mistake(
            "You return the share of the living.",
            lambda u: 1 - (u <= 0).all(axis=0).mean(),
        ),
        Mistake(
            "You ask whether the mean of u is negative. A unit can be off on average and on for one sample; "
            "that one keeps it alive.",
            lambda u: (u.mean(axis=0) <= 0).mean(),
        ),
    ],
)


def leaky_backward(dz, u, a):
    """dL/du of z = u for u > 0, else a u."""
    return dz * np.where(u > 0, 1.0, a)


add(
    "activations.leaky_backward",
    "Leaky ReLU, backward",
    level=1,
    reference=leaky_backward,
    cases=lambda rng: [
        Case("one sample", np.array([[1.0, 1.0, -2.0]]), np.array([[3.0, -3.0, -1.0]]), 0.25),
        Case("four samples", rng.normal(size=(4, 3)), rng.normal(size=(4, 3)), 0.1),
        Case("u a transposed view", rng.normal(size=(2, 5)), rng.normal(size=(5, 2)).T, 0.01),
    ],
    mistakes=[
        Mistake(
            "You look at the sign of dz. Open or shut is decided on the way forward, by u.",
            lambda dz, u, a: dz * np.where(dz > 0, 1.0, a),
        ),
        Mistake(
            "You return the slope alone. Backward it is multiplied with what comes from above, dz.",
            lambda dz, u, a: np.where(u > 0, 1.0, a),
        ),
        Mistake(
            "For negative u you give 0: that is ReLU. The leaky one lets the share a through.",
            lambda dz, u, a: dz * (u > 0),
        ),
        Mistake(
            "You multiply dz with the output of the function. Backward its slope is wanted: 1 or a.",
            lambda dz, u, a: dz * np.where(u > 0, u, a * u),
        ),
        Mistake(
            "Your sides are exchanged: slope 1 is on the right, where u > 0.",
            lambda dz, u, a: dz * np.where(u > 0, a, 1.0),
        ),
        Mistake(
            "The numbers are right, but you write them into dz, which other branches may still need: "
            "make a new array.",
            lambda dz, u, a: np.multiply(dz, np.where(u > 0, 1.0, a), out=dz),
        ),
    ],
)


add(
    "activations.elu_slope",
    "ELU's slope, from its output",
    level=1,
    reference=lambda z, alpha: np.where(z > 0, 1.0, z + alpha),
    cases=lambda rng: [
        Case("alpha = 1", np.array([2.0, -0.5]), 1.0),
        Case("alpha = 2, close to the floor", np.array([0.1, -0.2, -1.999]), 2.0),
        Case("a batch", np.maximum(rng.normal(0, 2, size=(3, 4)), -0.69), 0.7),
    ],
    mistakes=[
        Mistake(
            "You take e^z. The exponential stands in u: z = alpha (e^u - 1). Solve that for alpha e^u.",
            lambda z, alpha: np.where(z > 0, 1.0, alpha * np.exp(np.minimum(z, 0))),
        ),
        Mistake(
            "You add 1, which is right for alpha = 1 alone. From z = alpha e^u - alpha, what is alpha e^u?",
            lambda z, alpha: np.where(z > 0, 1.0, z + 1),
        ),
        Mistake(
            "For positive z you give alpha. There ELU is the identity, with slope 1.",
            lambda z, alpha: np.minimum(z, 0) + alpha,
        ),
        Mistake(
            "For negative z you give z itself, which is negative. ELU rises everywhere: z plus something.",
            lambda z, alpha: np.where(z > 0, 1.0, z),
        ),
        Mistake(
            "z + alpha is the slope on the left. On the right it is 1: you need both, and np.where.",
            lambda z, alpha: z + alpha,
        ),
    ],
)


class PReLU(Layer):
    """z = u for u > 0, else a u, with one slope a that is learned. He et al. 2015, eq. 1."""

    params = ("a",)

    def __init__(self, a=0.25):
        self.start(a=np.array([a]))

    def forward(self, u, train=False):
        return np.where(u > 0, u, self.a * u), u

    def backward(self, dz, u):
        self.da += np.sum(dz * np.minimum(u, 0))
        return dz * np.where(u > 0, 1.0, self.a)


class _Assigned(PReLU):
    def backward(self, dz, u):
        self.da[...] = np.sum(dz * np.minimum(u, 0))
        return dz * np.where(u > 0, 1.0, self.a)


class _Averaged(PReLU):
    def backward(self, dz, u):
        self.da += np.mean(dz * np.minimum(u, 0))
        return dz * np.where(u > 0, 1.0, self.a)


class _AllOfU(PReLU):
    def backward(self, dz, u):
        self.da += np.sum(dz * u)
        return dz * np.where(u > 0, 1.0, self.a)


class _Scaled(PReLU):
    def backward(self, dz, u):
        self.da += np.sum(dz * self.a * np.minimum(u, 0))
        return dz * np.where(u > 0, 1.0, self.a)


class _Plain(PReLU):
    def backward(self, dz, u):
        self.da += np.sum(dz * np.minimum(u, 0))
        return dz * (u > 0)


class _Max(PReLU):
    def forward(self, u, train=False):
        return np.maximum(u, self.a * u), u


class _SavesZ(PReLU):
    def forward(self, u, train=False):
        z = np.where(u > 0, u, self.a * u)
        return z, z


class _Frozen(PReLU):
    def backward(self, dz, u):
        return dz * np.where(u > 0, 1.0, self.a)


def _use(PReLU, u, a, dz):
    """Forward and twice backward, as when a layer stands in two places: z, dL/du, dL/da."""
    layer = PReLU()
    layer.a[...] = a
    z, saved = layer.forward(u)
    layer.zero_grad()
    du = layer.backward(dz, saved)
    layer.backward(2 * dz, saved)
    return z, du, np.sum(layer.da)


def _learns(PReLU):
    """Whether a network that is this layer alone learns |x|, which is slope -1."""
    layer = PReLU()
    net, x = network.Network(layer), np.linspace(-1, 1, 21)[:, None]
    for _ in range(60):
        network.loss_and_grad(net, losses.SquaredError(), x, np.abs(x))
        optimizers.SGD(2.0).step(net.theta, net.grad)
    return abs(float(np.sum(layer.a)) + 1) < 0.01


add(
    "activations.prelu",
    "A layer of your own: a slope that is learned",
    level=3,
    reference=PReLU,
    call=_use,
    outputs=("z", "dL/du", "dL/da"),
    cases=lambda rng: [
        Case("one sample, a = 0.5", np.array([[2.0, -4.0]]), 0.5, np.array([[1.0, 3.0]])),
        Case("five samples", rng.normal(size=(5, 3)), 0.1, rng.normal(size=(5, 3))),
        Case("a slope above 1", rng.normal(size=(3, 2)), 1.5, rng.normal(size=(3, 2))),
        Case("a negative slope", rng.normal(size=(2, 4)), -0.3, rng.normal(size=(2, 4))),
    ],
    mistakes=[
        Mistake(
            "dL/da is overwritten at each backward pass. A layer may stand in two places of a network and "
            "collects both shares: self.da += ...",
            _Assigned,
        ),
        Mistake(
            "You average over the entries. dz carries the loss's 1/n already, and each entry that uses a "
            "adds its share: a sum.",
            _Averaged,
        ),
        Mistake(
            "For dL/da you add up dz u over all entries. Where u > 0, z = u does not contain a at all.",
            _AllOfU,
        ),
        Mistake(
            "For dL/da you multiply with a u, the output. Differentiate a u by a: what remains is u.",
            _Scaled,
        ),
        Mistake(
            "dL/du is 0 where u is negative. There z = a u, with slope a.",
            _Plain,
        ),
        Mistake(
            "max(u, a u) is right while a is below 1. A slope that is learned may grow beyond, and then it "
            "picks the wrong side: decide by the sign of u.",
            _Max,
        ),
        Mistake(
            "You save z, and backward takes it for u. Save what backward needs, u itself: z is a u on the "
            "left, and with a negative a even its sign is another.",
            _SavesZ,
        ),
        Mistake(
            "dL/da stays 0: backward must add to self.da, besides returning dL/du. Otherwise the slope "
            "never learns.",
            _Frozen,
        ),
    ],
    demands=[
        Demand(
            "in a network, it learns the slope of |x|",
            _learns,
            "nn.Network(PReLU()), trained on |x|, does not find the slope -1. The optimizer moves what "
            'params = ("a",) names and self.start(a=...) made, by what stands in self.da.',
        )
    ],
)
