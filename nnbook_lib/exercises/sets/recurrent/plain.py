"""Exercises on a plain recurrent network: a step, a step back, back through time."""

from __future__ import annotations

import numpy as np

from ....functions import sigmoid
from ...answers import recurrent as wrong
from ...answers.recurrent import arrays
from ...exercise import Case, Mistake, add


def rnn(x, h, W, U, b):
    return np.tanh(x @ W.T + h @ U.T + b)


def rnn_cases(rng):
    small = arrays([[1, -1]], [[0.5, 0]], [[1, 2], [0, 1]], [[0, 1], [2, 1]], [0.5, -0.25])
    yield Case("one sample, two inputs, two units", *small)
    for says, n, d, k in (("four samples, two inputs, three units", 4, 2, 3), ("square", 2, 3, 3)):
        shapes = (n, d), (n, k), (k, d), (k, k), (k,)
        yield Case(says, *(0.5 * rng.normal(size=shape) for shape in shapes))


add(
    "recurrent.step",
    "One step of a recurrent network",
    level=1,
    reference=rnn,
    cases=lambda rng: list(rnn_cases(rng)),
    remark="PyTorch's nn.RNN has two biases, which are only ever added: so that its arrays fit cuDNN. One is "
    "enough.",
    mistakes=[
        Mistake(
            "tanh stands around `h @ U.T` alone. It goes around the whole sum.",
            lambda x, h, W, U, b: x @ W.T + np.tanh(h @ U.T) + b,
        ),
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
            "Neither W nor U is transposed. Samples are rows: x @ W.T and h @ U.T.",
            lambda x, h, W, U, b: np.tanh(x @ W + h @ U + b),
        ),
        Mistake(
            "W is not transposed. Samples are rows, so it is x @ W.T.",
            lambda x, h, W, U, b: np.tanh(x @ W + h @ U.T + b),
        ),
        Mistake(
            "`W @ x` takes the columns of x for samples. They are its rows: x @ W.T, and h @ U.T.",
            lambda x, h, W, U, b: np.tanh(W @ x + U @ h + b),
        ),
        Mistake(
            "tanh is taken of the input's part only. It bends the whole sum, which keeps the state between "
            "-1 and 1.",
            lambda x, h, W, U, b: np.tanh(x @ W.T + b) + h @ U.T,
        ),
        Mistake(
            "The bias is added behind tanh. It belongs into the sum, so that the state stays between -1 "
            "and 1.",
            lambda x, h, W, U, b: np.tanh(x @ W.T + h @ U.T) + b,
        ),
        Mistake(
            "You add up two tanh, one of the input's part and one of the state's. It is one, of the whole "
            "sum.",
            lambda x, h, W, U, b: np.tanh(x @ W.T + b) + np.tanh(h @ U.T),
        ),
        Mistake(
            "You add the step to the old state, as a skip connection would. Here h comes in through U alone.",
            lambda x, h, W, U, b: h + rnn(x, h, W, U, b),
        ),
        Mistake(
            "You add up two tanh, of W x and of U h + b. It is one, of the whole sum.",
            lambda x, h, W, U, b: np.tanh(x @ W.T) + np.tanh(h @ U.T + b),
        ),
        Mistake(
            "The new state of one row goes into the next row. Rows are samples, which know nothing of each "
            "other: each has its old state in its own row of h.",
            wrong.running_on,
        ),
        Mistake(
            "Only the first row is filled in, and the others are 0. Does a `return` stand inside of the "
            "loop?",
            lambda x, h, W, U, b: rnn(x, h, W, U, b) * (np.arange(len(x)) == 0)[:, None],
        ),
        Mistake(
            "You take U's diagonal alone, so that each unit sees its own old state only. It is the product "
            "of matrices, h @ U.T.",
            lambda x, h, W, U, b: np.tanh(x @ W.T + h * np.diag(U) + b),
        ),
    ],
)


def rnn_back(dh, h, U):
    du = dh * (1 - h**2)
    return du, du @ U


def back_cases(rng):
    yield Case("one sample, two units", *arrays([[1, -2]], [[0.5, 0]], [[1, 2], [0, 3]]))
    for says, n, d in (("one sample, three units", 1, 3), ("five samples", 5, 4)):
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
            "dh_old goes through U first and through tanh then. tanh was applied last, so it comes first "
            "on the way back: du @ U.",
            lambda dh, h, U: (rnn_back(dh, h, U)[0], (dh @ U) * (1 - h**2)),
        ),
        Mistake(
            "The slope is taken at the wrong place. h is tanh(u) already, so the slope is 1 - h^2; yours "
            "takes tanh once more.",
            lambda dh, h, U: wrong.step_back(dh, h, U, lambda h: 1 - np.tanh(h) ** 2),
        ),
        Mistake(
            "dh_old forgets the tanh: it must be du that goes back through U, not dh.",
            lambda dh, h, U: (rnn_back(dh, h, U)[0], dh @ U),
        ),
        Mistake(
            "U is transposed. Forward h @ U.T, backward du @ U.",
            lambda dh, h, U: (rnn_back(dh, h, U)[0], rnn_back(dh, h, U)[0] @ U.T),
        ),
        Mistake(
            "That is the sigmoid's slope, h (1 - h). tanh's is 1 - h^2.",
            lambda dh, h, U: wrong.step_back(dh, h, U, wrong.sigmoid_slope),
        ),
        Mistake(
            "The slope of tanh is 1 - h^2: the square is missing.",
            lambda dh, h, U: wrong.step_back(dh, h, U, lambda h: 1 - h),
        ),
        Mistake(
            "You square too much: the slope is 1 - h^2, not (1 - h)^2.",
            lambda dh, h, U: wrong.step_back(dh, h, U, lambda h: (1 - h) ** 2),
        ),
        Mistake(
            "You divide by the slope. On the way back the gradient is multiplied with it.",
            lambda dh, h, U: wrong.step_back(dh, h, U, lambda h: 1 / (1 - h**2)),
        ),
        Mistake(
            "The sign of the slope is wrong: it is 1 - h^2, which is never negative.",
            lambda dh, h, U: wrong.step_back(dh, h, U, lambda h: h**2 - 1),
        ),
        Mistake(
            "tanh is missing: du is dh times its slope, 1 - h^2.",
            lambda dh, h, U: wrong.step_back(dh, h, U, np.ones_like),
        ),
        Mistake(
            "dh does not come in. The slope alone is no gradient: the chain rule multiplies it with dh.",
            lambda dh, h, U: wrong.step_back(np.ones_like(dh), h, U),
        ),
        Mistake(
            "You use h where its slope is wanted: du is dh times 1 - h^2.",
            lambda dh, h, U: wrong.step_back(dh, h, U, lambda h: h),
        ),
        Mistake(
            "dh_old has become du.T @ h: that is how the gradient of a matrix is made. Asked is the "
            "gradient at the old state, du @ U.",
            lambda dh, h, U: (rnn_back(dh, h, U)[0], rnn_back(dh, h, U)[0].T @ h),
        ),
        Mistake(
            "You return what belongs to the last row alone. Every row has its gradients: the formulas take "
            "whole arrays, without a loop.",
            lambda dh, h, U: tuple(part[-1] for part in rnn_back(dh, h, U)),
        ),
        Mistake(
            "You return what belongs to the first row alone: does a `return` stand inside of the loop?",
            lambda dh, h, U: tuple(part[0] for part in rnn_back(dh, h, U)),
        ),
    ],
)


def through_time(dh, hs, U):
    """dL/dh_t for t = 1 .. T, given dL/dh_T."""
    out = np.zeros_like(hs)
    out[-1] = dh
    for t in range(len(hs) - 1, 0, -1):
        out[t - 1] = (out[t] * (1 - hs[t] ** 2)) @ U
    return out


def time_cases(rng):
    hs = np.array([[[0.5, 0.9]], [[0.5, 0.0]], [[0.0, -0.5]]])
    yield Case(
        "three steps, one sample, two units", *arrays([[1, -4]]), hs, *arrays([[1, 2], [0, 1]])
    )
    for says, T, n, d in (("one step", 1, 2, 3), ("six steps", 6, 4, 3)):
        hs = np.tanh(rng.normal(size=(T, n, d)))
        yield Case(says, rng.normal(size=(n, d)), hs, rng.normal(size=(d, d)))
    turn = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    yield Case("150 steps", rng.normal(size=(2, 3)), 0.1 * rng.normal(size=(150, 2, 3)), turn)


add(
    "recurrent.through_time",
    "Back through time",
    level=2,
    reference=through_time,
    cases=lambda rng: list(time_cases(rng)),
    remark="Where every state has a loss of its own, as in a language model, its gradient is added on the "
    "way: out[t - 1] = (...) @ U + dh[t - 1]. And long sequences are cut after some hundred steps back: "
    "truncated backpropagation through time.",
    mistakes=[
        Mistake(
            "The entries run backward in time. Entry t must belong to hs[t]: turn the list around.",
            lambda dh, hs, U: through_time(dh, hs, U)[::-1],
        ),
        Mistake(
            "The tanh's slope is taken at the step before. From h_t back to h_(t-1) the gradient passes the "
            "tanh that made h_t.",
            lambda dh, hs, U: wrong.back_in_time(dh, hs, U, shift=1),
        ),
        Mistake(
            "The tanh is missing on the way back: only U remains, as in a linear network.",
            lambda dh, hs, U: wrong.back_in_time(dh, hs, U, slope=np.ones_like),
        ),
        Mistake(
            "U is transposed. Forward h @ U.T, backward du @ U.",
            lambda dh, hs, U: through_time(dh, hs, U.T),
        ),
        Mistake(
            "U is missing: each step back passes the tanh's slope and then U.",
            lambda dh, hs, U: through_time(dh, hs, np.eye(len(U))),
        ),
        Mistake(
            "You return the gradients at the sums inside of tanh. Asked are those at the states h_t: the "
            "last one is dh as it came, and a slope comes in only on the way to the state before.",
            lambda dh, hs, U: through_time(dh, hs, U) * (1 - hs**2),
        ),
        Mistake(
            "The gradient goes through U first, then through tanh. tanh was applied last on the way "
            "forward, so its slope comes first.",
            lambda dh, hs, U: wrong.back_in_time(dh, hs, U, first_U=True),
        ),
        Mistake(
            "From h_t to h_(t-1) the gradient passes the slope at h_t, then U. You go through U first, and "
            "take the slope at h_(t-1).",
            lambda dh, hs, U: wrong.back_in_time(dh, hs, U, first_U=True, shift=1),
        ),
        Mistake(
            "Each entry is made from dL/dh_T by a single step. From one to the next the factors pile up: "
            "make out[t - 1] from out[t].",
            wrong.one_step_each,
        ),
        Mistake(
            "The loop ends one step too early: the first entry, of h_1, stays 0.",
            lambda dh, hs, U: wrong.back_in_time(dh, hs, U, stop=1),
        ),
        Mistake(
            "One entry too many: in front stands dL/dh_0, of the state before the first. `hs` begins with "
            "h_1.",
            wrong.to_the_start,
        ),
        Mistake(
            "You add dh at every step, as if every state had a loss. Only the last one has.",
            lambda dh, hs, U: wrong.back_in_time(dh, hs, U, every=True),
        ),
        Mistake(
            "The slope of tanh is 1 - h^2: the square is missing.",
            lambda dh, hs, U: wrong.back_in_time(dh, hs, U, slope=lambda h: 1 - h),
        ),
        Mistake(
            "The states are tanh(u) already, so the slope is 1 - h^2; yours takes tanh once more.",
            lambda dh, hs, U: wrong.back_in_time(dh, hs, U, slope=lambda h: 1 - np.tanh(h) ** 2),
        ),
        Mistake(
            "That is the sigmoid's slope, h (1 - h). tanh's is 1 - h^2.",
            lambda dh, hs, U: wrong.back_in_time(dh, hs, U, slope=wrong.sigmoid_slope),
        ),
        Mistake(
            "Each entry stands one place too late: the last is dh after a step back, and dL/dh_T = dh itself "
            "is missing. Note dh first, then make the step.",
            lambda dh, hs, U: wrong.to_the_start(dh, hs, U)[:-1],
        ),
        Mistake(
            "You start at the first state and run forward in time. The loss is at the last one: out[-1] is "
            "dh, and each entry is made from the one behind it.",
            lambda dh, hs, U: through_time(dh, hs[::-1], U)[::-1],
        ),
        Mistake(
            "Only one step back is made, and the entries before it are 0: does a `return` stand inside of "
            "the loop?",
            lambda dh, hs, U: wrong.back_in_time(dh, hs, U, stop=max(len(hs) - 2, 0)),
        ),
        Mistake(
            "The slope is that of the last state at every step. From h_t to h_(t-1) it is that of h_t.",
            lambda dh, hs, U: wrong.back_in_time(dh, np.broadcast_to(hs[-1], hs.shape), U),
        ),
        Mistake(
            "That is the entry of the first state alone. Asked are those of all states, in the order of "
            "time: an array of the shape of hs.",
            lambda dh, hs, U: through_time(dh, hs, U)[0],
        ),
    ],
)
