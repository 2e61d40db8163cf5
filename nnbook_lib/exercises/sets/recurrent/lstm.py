"""Exercises on the LSTM: a step, a step back."""

from __future__ import annotations

import numpy as np

from ....functions import sigmoid
from ...answers import recurrent as wrong
from ...answers.recurrent import arrays
from ...exercise import Case, Mistake, add


def lstm(u, c):
    """u: (n, 4 d) in the order i, f, o, g; c: (n, d)."""
    i, f, o, g = np.split(u, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


def lstm_cases(rng):
    yield Case("one unit", *arrays([[0, 2, 1, 0.5]], [[-2]]))
    yield Case("two units", *arrays([[0, 1, 2, -1, 1, 3, 0.5, -2]], [[-2, 3]]))
    yield Case("four samples, three units", rng.normal(size=(4, 12)), 2 * rng.normal(size=(4, 3)))


add(
    "recurrent.lstm",
    "One step of an LSTM",
    level=2,
    reference=lstm,
    outputs=("h", "c"),
    cases=lambda rng: list(lstm_cases(rng)),
    remark="Some LSTMs tie the gates, i = 1 - f, and some let the gates see the cell (peepholes). Greff and "
    "others compared eight variants in 2017: none was clearly better than this one.",
    mistakes=[
        Mistake(
            "Your gates are in the order i, f, g, o, as in PyTorch. Here u holds i, f, o, g.",
            lambda u, c: wrong.lstm(u, c, order=(0, 1, 3, 2)),
        ),
        Mistake(
            "Input gate and forget gate are exchanged: f multiplies the old cell, i the candidate.",
            lambda u, c: wrong.lstm(u, c, order=(1, 0, 2, 3)),
        ),
        Mistake(
            "The four numbers of a unit do not stand side by side. The first d columns of u are i, of all "
            "units, the next d are f: np.split(u, 4, axis=1).",
            lambda u, c: lstm(wrong.interleaved(u), c),
        ),
        Mistake(
            "h is o times c. The cell may grow large; tanh bounds it before the output gate.",
            lambda u, c: wrong.lstm(u, c, bend=lambda c: c),
        ),
        Mistake(
            "The candidate g goes through a sigmoid, so the cell could only grow. Its activation is tanh.",
            lambda u, c: wrong.lstm(u, c, squash=sigmoid),
        ),
        Mistake(
            "The candidate g is used as it stands in u: it goes through tanh first.",
            lambda u, c: wrong.lstm(u, c, squash=lambda u: u),
        ),
        Mistake(
            "The gates are used as they stand in u. They are shares between 0 and 1: sigmoids.",
            lambda u, c: wrong.lstm(u, c, gate=lambda u: u),
        ),
        Mistake(
            "The gates go through tanh. They are shares between 0 and 1: sigmoids. Only g has a tanh.",
            lambda u, c: wrong.lstm(u, c, gate=np.tanh),
        ),
        Mistake(
            "h is made from the old cell. First the new c, then h from it.",
            lambda u, c: (sigmoid(np.split(u, 4, axis=1)[2]) * np.tanh(c), lstm(u, c)[1]),
        ),
        Mistake(
            "The output gate is missing: h is o tanh(c).",
            lambda u, c: (np.tanh(lstm(u, c)[1]), lstm(u, c)[1]),
        ),
        Mistake(
            "The output gate has no sigmoid, or the gates i and f have one and o has none: h is "
            "sigmoid(o) tanh(c).",
            lambda u, c: (np.split(u, 4, axis=1)[2] * np.tanh(lstm(u, c)[1]), lstm(u, c)[1]),
        ),
        Mistake(
            "The forget gate is missing: the old cell comes in whole. It is f c.",
            lambda u, c: wrong.lstm(u, c, cell=lambda i, f, g, c: c + i * g),
        ),
        Mistake(
            "The input gate is missing: what is added to the cell is i g, not g.",
            lambda u, c: wrong.lstm(u, c, cell=lambda i, f, g, c: f * c + g),
        ),
        Mistake(
            "The old cell is missing: the new one is f c + i g.",
            lambda u, c: wrong.lstm(u, c, cell=lambda i, f, g, c: i * g),
        ),
        Mistake(
            "f is what is *kept* of the old cell. Yours keeps 1 - f of it.",
            lambda u, c: wrong.lstm(u, c, cell=lambda i, f, g, c: (1 - f) * c + i * g),
        ),
        Mistake(
            "You give the candidate the share 1 - f, as a GRU would. Here it has a gate of its own, i.",
            lambda u, c: wrong.lstm(u, c, cell=lambda i, f, g, c: f * c + (1 - f) * g),
        ),
        Mistake(
            "The new cell is bent by tanh. Only h is: c itself keeps what was added, without bounds.",
            lambda u, c: (lstm(u, c)[0], np.tanh(lstm(u, c)[1])),
        ),
    ],
)


def lstm_back(dh, dc, u, c):
    i, f, o, g = np.split(u, 4, axis=1)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    tanh_c = np.tanh(f * c + i * g)
    dc = dc + dh * o * (1 - tanh_c**2)
    du_i = dc * g * i * (1 - i)
    du_f = dc * c * f * (1 - f)
    du_o = dh * tanh_c * o * (1 - o)
    du_g = dc * i * (1 - g**2)
    return np.concatenate([du_i, du_f, du_o, du_g], axis=1), dc * f


def left_out(**how):
    """An answer with something left out or exchanged."""
    return lambda dh, dc, u, c: wrong.lstm_back(dh, dc, u, c, **how)


def in_another_order(*order):
    """An answer with the blocks of du in another order."""
    return lambda dh, dc, u, c: wrong.reordered(lstm_back(dh, dc, u, c), order)


add(
    "recurrent.lstm_back",
    "An LSTM's step back",
    level=3,
    reference=lstm_back,
    outputs=("du", "dc_old"),
    cases=lambda rng: [
        Case("one unit", *arrays([[1]], [[0.5]], [[0, 2, 1, 0.5]], [[-2]])),
        Case(
            "two units",
            *arrays([[1, -1]], [[0, 2]], [[0, 1, 2, -1, 1, 3, 0.5, -2]], [[-2, 3]]),
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
            left_out(along=0),
        ),
        Mistake(
            "What h gives to the cell is missing: h = o tanh(c), so dc grows by dh o (1 - tanh(c)^2) before "
            "it is shared out.",
            left_out(through=0),
        ),
        Mistake(
            "What h gives to the cell reaches the gates, and is missing in dc_old. Both come from the same "
            "sum, dc + dh o (1 - tanh(c)^2).",
            left_out(leave=0),
        ),
        Mistake(
            "The slopes of the gates are missing: you return the gradients of i, f, o and g, and asked are "
            "those of the u in front of their sigmoids and the tanh.",
            left_out(slopes=False),
        ),
        Mistake(
            "dc_old is dc as it is. On its way back the gradient passes the forget gate: times f.",
            left_out(gate=0),
        ),
        Mistake(
            "In the forget gate's part you take the new cell. f multiplies the *old* one.",
            left_out(new=1),
        ),
        Mistake(
            "The slope of g is that of tanh, 1 - g^2. Yours is a sigmoid's.",
            left_out(g_slope=wrong.sigmoid_slope),
        ),
        Mistake(
            "The blocks of du are in the order i, f, g, o, as in PyTorch. Here it is i, f, o, g.",
            in_another_order(0, 1, 3, 2),
        ),
        Mistake(
            "The first two blocks of du are exchanged: the order is i, f, o, g.",
            in_another_order(1, 0, 2, 3),
        ),
        Mistake(
            "What h sends to the cell passes tanh's slope at the *new* cell, 1 - tanh(c')^2, with "
            "c' = f c + i g. Yours is taken at the old one.",
            left_out(at=lambda old, new: old),
        ),
        Mistake(
            "What h sends to the cell lacks the output gate: h = o tanh(c'), so it is dh o (1 - tanh(c')^2).",
            left_out(o_gate=0),
        ),
        Mistake(
            "In the output gate's part c' stands without its tanh: h = o tanh(c'), so to o goes dh tanh(c').",
            left_out(reads=lambda c: c),
        ),
        Mistake(
            "In the output gate's part stands the tanh of the old cell. h is made from the new one: to o "
            "goes dh tanh(c').",
            lambda dh, dc, u, c: wrong.lstm_back(dh, dc, u, c, reads=lambda new: np.tanh(c)),
        ),
        Mistake(
            "You apply the sigmoid to the gates twice: i, f and o are its values already, so their slope is "
            "s (1 - s), of the value s itself.",
            left_out(slope=lambda s: sigmoid(s) * (1 - sigmoid(s))),
        ),
        Mistake(
            "The four parts of du stand below each other. They are blocks of columns: "
            "np.concatenate([...], axis=1).",
            lambda dh, dc, u, c: (
                np.concatenate(np.split(lstm_back(dh, dc, u, c)[0], 4, axis=1)),
                lstm_back(dh, dc, u, c)[1],
            ),
        ),
        Mistake(
            "du comes as four arrays. Join them to one of shape (n, 4 d): np.concatenate([...], axis=1).",
            lambda dh, dc, u, c: (
                tuple(np.split(lstm_back(dh, dc, u, c)[0], 4, axis=1)),
                lstm_back(dh, dc, u, c)[1],
            ),
            when=wrong.du_in_parts,
        ),
    ],
)
