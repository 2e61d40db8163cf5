"""Patient 14 of the clinic: an exploding RNN."""

from __future__ import annotations

import numpy as np

from ...dense import Dense
from ...network import Network
from ...optimizers import SGD
from ...recurrent import Cell, Recurrent, RNNCell
from ..exercise import Mistake, add
from .networks import STEPS, T_TEST, X_TEST, T, X, rows_as_sequence
from .trials import PATIENCE, Trials, delta_ratio, learn


def echo(scale=1.0, lr=0.1, epochs=5, clip=None, cell=RNNCell, width=32):
    def patient(x, t):
        rng = np.random.default_rng(0)
        one = cell(2, width, rng=rng)
        one.U *= scale
        net = Network(Recurrent(one), Dense(width, 10, rng=rng))
        return learn(net, SGD(lr), x, t, epochs, clip=clip)

    return patient


def stretch(c):
    """How much the cell's U stretches at most, and how large its W is."""
    cell = next(layer for layer in c.net.walk() if isinstance(layer, Cell))
    return np.linalg.norm(cell.U, 2), cell.W.std()


SEQUENCES = rows_as_sequence(X, 32)
trials = Trials(
    lambda: (SEQUENCES.copy(), T.copy()), "net, opt", (rows_as_sequence(X_TEST, 32), T_TEST)
)
add(
    "clinic.patient_14",
    "Patient 14: does not remember how the digit began",
    level=2,
    reference=echo(clip=1.0),  # without the clip 0.5 to 0.8 right: it hangs on how sums are rounded
    seconds=PATIENCE,
    demands=trials.demands(
        (
            "two thirds of the test rows are right",
            lambda c: c.right >= 0.66,
            "Still ill. On the way back each time step multiplies the gradient by diag(tanh′) and by U: "
            "by how much may U stretch a vector if 32 such factors are not to explode? And where U keeps "
            "every length, a single step may still be too long: how do you bound it?",
        ),
        (
            "after the same 225 steps",
            lambda c: c.opt.steps <= STEPS,
            "It is well, but took more steps than it had.",
        ),
        (
            "the gradient is of one size through time",
            lambda c: delta_ratio(c.net, SEQUENCES, T) < 1e3,
            "It learns, and the gradient of the first time step is still more than a thousand times that "
            "of the last.",
        ),
    ),
    mistakes=[
        Mistake(
            "Clipping bounds the length of a step. Its direction still comes from a gradient that has passed "
            "32 stretching factors, and says little about the loss. It is a guard rail; here the "
            "engine is broken.",
            echo(3.0, clip=1.0),
            when=trials.shows(
                lambda c: stretch(c)[0] > 2.5 and stretch(c)[1] < 2 and c.opt.lr == 0.1
            ),
        ),
        Mistake(
            "Smaller steps along the same exploded gradient. It is not too long only, it points anywhere.",
            echo(3.0, lr=0.001),
            when=trials.shows(lambda c: stretch(c)[0] > 2.5 and c.opt.lr < 0.1),
        ),
        Mistake(
            "More epochs. The first step was 78 times as long as the weights it moved: there is nothing left "
            "to train.",
            echo(3.0, epochs=6),
            when=trials.shows(lambda c: stretch(c)[0] > 2.5 and c.opt.steps > STEPS),
        ),
        Mistake(
            "Too much of the medicine: U now shrinks at every step, and after 32 of them nothing of the "
            "digit's beginning is left. The gradient vanishes where it exploded.",
            echo(0.1),
            when=trials.shows(
                lambda c: (
                    stretch(c)[0] < 2.5
                    and c.right < 0.66
                    and delta_ratio(c.net, SEQUENCES, T) < 0.01
                )
            ),
        ),
    ],
)
