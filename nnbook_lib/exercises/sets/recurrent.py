"""Exercises on recurrent networks, LSTM and GRU, for chapter 5."""

from __future__ import annotations

import functools

import numpy as np

from ... import datasets
from ...dense import Dense
from ...functions import sigmoid
from ...losses import SoftmaxCrossEntropy
from ...mlp import mlp
from ...network import Network
from ...optimizers import Adam
from ...recurrent import LSTMCell, Recurrent
from ...training import accuracy, train
from ..exercise import Case, Mistake, add


def rnn(x, h, W, U, b):
    return np.tanh(x @ W.T + h @ U.T + b)


def rnn_cases(rng):
    yield Case(
        "one sample, one unit", *(np.array(a) for a in ([[1.0]], [[0.5]], [[2.0]], [[-1.0]], [0.5]))
    )
    for says, n, d, k in (("four samples, two inputs, three units", 4, 2, 3), ("square", 2, 3, 3)):
        shapes = (n, d), (n, k), (k, d), (k, k), (k,)
        yield Case(says, *(0.5 * rng.normal(size=shape) for shape in shapes))


add(
    "recurrent.step",
    "One step of a recurrent network",
    level=1,
    reference=rnn,
    cases=lambda rng: list(rnn_cases(rng)),
    mistakes=[
        Mistake(
            "That is a sigmoid. Here the state is bent by tanh, so that it can be negative too.",
            lambda x, h, W, U, b: sigmoid(x @ W.T + h @ U.T + b),
        ),
        Mistake(
            "tanh is missing: the sum itself would grow without bounds.",
            lambda x, h, W, U, b: x @ W.T + h @ U.T + b,
        ),
        Mistake(
            "The old state is missing: without U h nothing is remembered.",
            lambda x, h, W, U, b: np.tanh(x @ W.T + b),
        ),
        Mistake("The bias is missing.", lambda x, h, W, U, b: np.tanh(x @ W.T + h @ U.T)),
        Mistake(
            "U is not transposed. It is square, so the product fits either way; states are rows, so it is "
            "h @ U.T.",
            lambda x, h, W, U, b: np.tanh(x @ W.T + h @ U + b),
        ),
        Mistake(
            "tanh is taken of the input's part only. It bends the whole sum, which keeps the state between "
            "-1 and 1.",
            lambda x, h, W, U, b: np.tanh(x @ W.T + b) + h @ U.T,
        ),
    ],
)


def rnn_back(dh, h, U):
    du = dh * (1 - h**2)
    return du, du @ U


def back_cases(rng):
    yield Case("one unit", *(np.array(a) for a in ([[1.0]], [[0.5]], [[2.0]])))
    for says, n, d in (("one sample", 1, 3), ("five samples", 5, 4)):
        h = np.tanh(rng.normal(size=(n, d)))
        yield Case(says, rng.normal(size=(n, d)), h, rng.normal(size=(d, d)))


add(
    "recurrent.step_back",
    "One step back",
    level=2,
    reference=rnn_back,
    outputs=("du", "dh_old"),
    cases=lambda rng: list(back_cases(rng)),
    mistakes=[
        Mistake(
            "You go through U first. Backward runs from the output: tanh was applied last, so its slope "
            "comes first.",
            lambda dh, h, U: ((dh @ U) * (1 - h**2), dh @ U),
        ),
        Mistake(
            "The slope is taken at the wrong place. h is tanh(u) already, so the slope is 1 - h^2; yours "
            "takes tanh once more.",
            lambda dh, h, U: (
                dh * (1 - np.tanh(h) ** 2),
                (dh * (1 - np.tanh(h) ** 2)) @ U,
            ),
        ),
        Mistake(
            "dh_old forgets the tanh: it must be du that goes back through U, not dh.",
            lambda dh, h, U: (dh * (1 - h**2), dh @ U),
        ),
        Mistake(
            "U is transposed. Forward h @ U.T, backward du @ U.",
            lambda dh, h, U: (dh * (1 - h**2), (dh * (1 - h**2)) @ U.T),
        ),
        Mistake(
            "That is the sigmoid's slope, h (1 - h). tanh's is 1 - h^2.",
            lambda dh, h, U: (dh * h * (1 - h), (dh * h * (1 - h)) @ U),
        ),
    ],
)


def through_time(dh, hs, U, slope=lambda h: 1 - h**2, shift=0):
    """dL/dh_t for t = 1 .. T, given dL/dh_T."""
    out = [dh]
    for t in range(len(hs) - 1, 0, -1):
        out.append((out[-1] * slope(hs[t - shift])) @ U)
    return np.stack(out[::-1])


def time_cases(rng):
    h = np.array([0.5, 0.0, -0.5])[:, None, None]
    yield Case("three steps of one unit", np.array([[1.0]]), h, np.array([[2.0]]))
    for says, T, n, d in (("one step", 1, 2, 3), ("six steps", 6, 4, 3)):
        hs = np.tanh(rng.normal(size=(T, n, d)))
        yield Case(says, rng.normal(size=(n, d)), hs, rng.normal(size=(d, d)))


add(
    "recurrent.through_time",
    "Back through time",
    level=2,
    reference=through_time,
    call=lambda answer, dh, hs, U: answer(dh, hs, U),
    cases=lambda rng: list(time_cases(rng)),
    mistakes=[
        Mistake(
            "The entries run backward in time. Entry t must belong to hs[t]: turn the list around.",
            lambda dh, hs, U: through_time(dh, hs, U)[::-1],
        ),
        Mistake(
            "The tanh's slope is taken at the step before. From h_t back to h_(t-1) the gradient passes the "
            "tanh that made h_t.",
            lambda dh, hs, U: through_time(dh, hs, U, shift=1),
        ),
        Mistake(
            "The tanh is missing on the way back: only U remains, as in a linear network.",
            lambda dh, hs, U: through_time(dh, hs, U, slope=np.ones_like),
        ),
        Mistake(
            "U is transposed. Forward h @ U.T, backward du @ U.",
            lambda dh, hs, U: through_time(dh, hs, U.T),
        ),
    ],
)


def lstm(u, c, order=(0, 1, 2, 3), bend=np.tanh, squash=np.tanh):
    """u: (n, 4 d) in the order i, f, o, g; c: (n, d)."""
    parts = np.split(u, 4, axis=1)
    i, f, o, g = (parts[k] for k in order)
    c = sigmoid(f) * c + sigmoid(i) * squash(g)
    return sigmoid(o) * bend(c), c


def lstm_cases(rng):
    yield Case("one unit", np.array([[0.0, 2.0, 1.0, 0.5]]), np.array([[1.0]]))
    yield Case("four samples, three units", rng.normal(size=(4, 12)), rng.normal(size=(4, 3)))


add(
    "recurrent.lstm",
    "One step of an LSTM",
    level=2,
    reference=lstm,
    call=lambda answer, u, c: answer(u, c),
    outputs=("h", "c"),
    cases=lambda rng: list(lstm_cases(rng)),
    mistakes=[
        Mistake(
            "Your gates are in the order i, f, g, o, as in PyTorch. Here u holds i, f, o, g.",
            lambda u, c: lstm(u, c, order=(0, 1, 3, 2)),
        ),
        Mistake(
            "Input gate and forget gate are exchanged: f multiplies the old cell, i the candidate.",
            lambda u, c: lstm(u, c, order=(1, 0, 2, 3)),
        ),
        Mistake(
            "h is o times c. The cell may grow large; tanh bounds it before the output gate.",
            lambda u, c: lstm(u, c, bend=lambda c: c),
        ),
        Mistake(
            "The candidate g goes through a sigmoid, so the cell could only grow. Its activation is tanh.",
            lambda u, c: lstm(u, c, squash=sigmoid),
        ),
        Mistake(
            "h is made from the old cell. First the new c, then h from it.",
            lambda u, c: (sigmoid(np.split(u, 4, axis=1)[2]) * np.tanh(c), lstm(u, c)[1]),
        ),
    ],
)


def lstm_back(dh, dc, u, c, *, along=True, through=True, slopes=True, gate=True):
    """du and dL/dc of the step before; the switches leave parts of it out."""
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    tanh_c = np.tanh(f * c + i * g)
    dc = along * dc + through * dh * o * (1 - tanh_c**2)
    gates = [(dc * g, i), (dc * c, f), (dh * tanh_c, o)]
    du = [d * (s * (1 - s) if slopes else 1) for d, s in gates]
    du.append(dc * i * ((1 - g**2) if slopes else 1))
    return np.concatenate(du, axis=1), dc * (f if gate else 1)


add(
    "recurrent.lstm_back",
    "An LSTM's step back",
    level=3,
    reference=lstm_back,
    call=lambda answer, dh, dc, u, c: answer(dh, dc, u, c),
    outputs=("du", "dc_old"),
    cases=lambda rng: [
        Case(
            "one unit",
            np.array([[1.0]]),
            np.array([[0.5]]),
            np.array([[0.0, 2.0, 1.0, 0.5]]),
            np.array([[1.0]]),
        ),
        Case(
            "four samples, three units",
            *(rng.normal(size=s) for s in ((4, 3), (4, 3), (4, 12), (4, 3))),
        ),
    ],
    mistakes=[
        Mistake(
            "What comes along the cell from later steps, dc, is lost. It is added to what comes through "
            "h: that sum is the whole point of an LSTM.",
            lambda dh, dc, u, c: lstm_back(dh, dc, u, c, along=False),
        ),
        Mistake(
            "What h gives to the cell is missing: h = o tanh(c), so dc grows by dh o (1 - tanh(c)^2) before "
            "it is shared out.",
            lambda dh, dc, u, c: lstm_back(dh, dc, u, c, through=False),
        ),
        Mistake(
            "The slopes of the gates are missing: you return the gradients of i, f, o and g, and asked are "
            "those of the u in front of their sigmoids and the tanh.",
            lambda dh, dc, u, c: lstm_back(dh, dc, u, c, slopes=False),
        ),
        Mistake(
            "dc_old is dc as it is. On its way back the gradient passes the forget gate: times f.",
            lambda dh, dc, u, c: lstm_back(dh, dc, u, c, gate=False),
        ),
    ],
)


add(
    "recurrent.forget",
    "What a forget gate lets through",
    level=1,
    reference=lambda b, T: sigmoid(b) ** T,
    cases=lambda rng: [
        Case("b = 0, ten steps", 0.0, 10),
        Case("b = 1, ten steps", 1.0, 10),
        Case("b = 5, a hundred steps", 5.0, 100),
    ],
    mistakes=[
        Mistake(
            "b is what goes into the gate. The gate itself is the sigmoid of it.", lambda b, T: b**T
        ),
        Mistake(
            "That is one step. The gradient passes a gate at every one of the T steps.",
            lambda b, T: sigmoid(b),
        ),
        Mistake(
            "You multiply the gate with T. T gates after each other are a product: the T-th power.",
            lambda b, T: T * sigmoid(b),
        ),
        Mistake(
            "The power is inside: sigmoid of T b. A bias that adds up is no gate that repeats.",
            lambda b, T: sigmoid(T * b),
        ),
    ],
)


def needed(keep, T):
    f = keep ** (1 / T)
    return np.log(f / (1 - f))


add(
    "recurrent.bias",
    "The bias that remembers",
    level=1,
    reference=needed,
    cases=lambda rng: [
        Case("half of it after one step", 0.5, 1),
        Case("half of it after a hundred steps", 0.5, 100),
        Case("a tenth after twenty", 0.1, 20),
    ],
    mistakes=[
        Mistake(
            "The logarithm of the gate is not its logit: the sigmoid's inverse is log(f / (1 - f)).",
            lambda keep, T: np.log(keep) / T,
        ),
        Mistake(
            "You return the gate. Asked is the bias in front of its sigmoid: the logit, log(f / (1 - f)).",
            lambda keep, T: keep ** (1 / T),
        ),
        Mistake(
            "You divide by T where a root is needed: f to the power of T is keep, so f = keep^(1/T).",
            lambda keep, T: np.log(keep / T / (1 - keep / T)),
        ),
        Mistake(
            "That is the logit of keep itself: right for one step only.",
            lambda keep, T: np.log(keep / (1 - keep)),
        ),
        Mistake("The sign is wrong: the logit is log(f / (1 - f)).", lambda k, T: -needed(k, T)),
    ],
)


def gru(ur, uz, a, v, h, keep=True, reset=True, bend=True):
    r, z = sigmoid(ur), sigmoid(uz)
    g = np.tanh(a + r * v) if reset and bend else a + r * v if bend is False else np.tanh(a + v)
    return (1 - z) * g + z * h if keep else z * g + (1 - z) * h


add(
    "recurrent.gru",
    "One step of a GRU",
    level=2,
    reference=gru,
    call=lambda answer, ur, uz, a, v, h: answer(ur, uz, a, v, h),
    cases=lambda rng: [
        Case("one unit, z wide open", *(np.array([[x]]) for x in (0.0, 20.0, 1.0, 0.5, 0.25))),
        Case("four samples, three units", *(rng.normal(size=(4, 3)) for _ in range(5))),
    ],
    mistakes=[
        Mistake(
            "z is turned around. In this book, as in PyTorch, z is the share of the old state that is kept; "
            "some papers mean the other share.",
            lambda ur, uz, a, v, h: gru(ur, uz, a, v, h, keep=False),
        ),
        Mistake(
            "The reset gate does nothing: the candidate sees r times v.",
            lambda ur, uz, a, v, h: gru(ur, uz, a, v, h, reset=False),
        ),
        Mistake(
            "The tanh around the candidate is missing, so the state has no bounds.",
            lambda ur, uz, a, v, h: gru(ur, uz, a, v, h, bend=False),
        ),
        Mistake(
            "The reset gate multiplies the input's part too. It says how much of the *old state* the "
            "candidate sees: it belongs to v alone.",
            lambda ur, uz, a, v, h: gru(ur, uz, sigmoid(ur) * a, v, h),
        ),
    ],
)


@functools.cache
def learn(kind: str, depth: int, lr: float) -> tuple[np.ndarray, float]:
    """60 steps of Adam on 640 digits: losses, and accuracy on the test digits.

    kind: "LSTM", which is shown the image at its first of `depth` steps and nothing after it, or
    the activation of a plain network of that depth.
    """
    digits, rng = datasets.digits(), np.random.default_rng(0)
    x, x_test = digits.x[:640], digits.x_test
    if kind == "LSTM":
        cell = LSTMCell(64, 24, forget_bias=3.0, rng=rng)
        net = Network(Recurrent(cell), Dense(24, 10, rng=rng))
        x, x_test = (np.pad(a[:, None], ((0, 0), (0, depth - 1), (0, 0))) for a in (x, x_test))
    else:
        net = mlp(64, 10, depth=depth, width=24, activation=kind, rng=rng)
    steps = train(
        net, SoftmaxCrossEntropy(), Adam(lr), x, digits.t[:640], batch=64, epochs=6, rng=rng
    )
    losses = np.array([step.loss for step in steps])
    return losses, accuracy(net, x_test, digits.t_test)


def plain_ones() -> int:
    """Of the twelve plain networks of depth 20, how many get half of the test digits right."""
    return sum(
        learn(kind, 20, lr)[1] >= 0.5
        for kind in ("sigmoid", "tanh", "relu")
        for lr in (0.001, 0.003, 0.01, 0.03)
    )


add(
    "recurrent.depth",
    "Twenty steps against twenty layers",
    level=1,
    reference=plain_ones,
    made=True,
    mistakes=[
        Mistake(
            "None is true of the sigmoid. One of the other activations does it with small learning rates.",
            lambda: 0,
        ),
        Mistake(
            "That is the LSTM, which does it with all four learning rates. Asked are the plain networks.",
            lambda: sum(learn("LSTM", 20, lr)[1] >= 0.5 for lr in (0.001, 0.003, 0.01, 0.03)),
        ),
        Mistake(
            "Better than guessing is not half of them: read the accuracy in the caption.",
            lambda: sum(
                learn(kind, 20, lr)[1] > 0.15
                for kind in ("sigmoid", "tanh", "relu")
                for lr in (0.001, 0.003, 0.01, 0.03)
            ),
        ),
        Mistake("One too few: look at two neighboring learning rates.", lambda: 1),
    ],
)
