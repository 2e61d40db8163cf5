"""Patient 1 of the clinic: unscaled inputs."""

from __future__ import annotations

import numpy as np

from ...optimizers import SGD
from ...training import Diverged
from ..exercise import Mistake, add
from .networks import STEPS, T, X
from .trials import PATIENCE, TEST, Trials, bends, deep, learn


def size(x):
    """The root mean square of the largest column."""
    return float(np.sqrt(np.mean(x**2, axis=0)).max())


def scanner(scale=lambda p: p / 255, lr=0.1, epochs=5, **how):
    def patient(pixels, t):
        x = scale(pixels)
        return *learn(deep(**how), SGD(lr), x, t, epochs), x

    return patient


def fits(c):
    return float(np.mean(c.net(c.x).argmax(axis=1) == T))


def as_it_came(c):
    """Whether the network and its training are those of the script."""
    return (
        c.net.theta.size == deep().theta.size
        and bends(c.net) == {"relu"}
        and type(c.opt) is SGD
        and c.opt.lr == 0.1
        and c.opt.steps == STEPS
    )


trials = Trials(lambda: (255 * X, T.copy()), "net, opt, x", TEST)
add(
    "clinic.patient_1",
    "Patient 1: a loss in the hundreds, then silence",
    level=1,
    reference=scanner(),
    seconds=PATIENCE,
    demands=trials.demands(
        (
            "x has numbers of about unit size",
            lambda c: np.isfinite(c.x).all() and 0.1 < size(c.x) < 5,
            "Still ill. The cause lies before the first layer: compare the range of what the network "
            "is given with that of a healthy patient, and return as x what it is trained on.",
        ),
        (
            "9 in 10 training rows are right",
            lambda c: fits(c) >= 0.9,
            "x is of the right order now, and the network learns too slowly. Is it the one trained on this "
            "x, for five epochs? Dividing all pixels by one number keeps most of what they say.",
        ),
        (
            "nothing else was changed",
            as_it_came,
            "x is well now, and the patient would be without your other change. Put it back: who changes "
            "two things at once does not know which one helped. It came with two hidden layers of 32 "
            "ReLUs, SGD at 0.1, and five epochs.",
        ),
    ),
    remark="Photographs are often scaled by 255 and then standardized by one mean and spread for each color, "
    "measured on the training set.",
    mistakes=[
        Mistake(
            "A smaller learning rate for inputs that are still in the hundreds. The steps no longer "
            "burst, but the first layer still dominates everything: no rate reaches 9 in 10 here. "
            "Treat x, not the step.",
            scanner(lambda p: p, lr=0.001),
            when=trials.shows(lambda c: size(c.x) > 5 and c.opt.lr < 0.1 and c.opt.steps == STEPS),
        ),
        Mistake(
            "Longer training on the same inputs. The units were dead after the first few steps, and "
            "nothing that is dead learns later. Treat x.",
            scanner(lambda p: p, epochs=8),
            when=trials.shows(lambda c: size(c.x) > 5 and c.opt.steps > STEPS),
        ),
        Mistake(
            "Another activation for the same inputs. It saturates where the old one died: the cause "
            "stands before it. Treat x.",
            scanner(lambda p: p, activation="tanh"),
            when=trials.shows(lambda c: size(c.x) > 5 and "relu" not in bends(c.net)),
        ),
        Mistake(
            "Training stopped: a number was infinite or NaN. Do you divide each column by its standard "
            "deviation? Some pixels are 0 on every image, and 0/0 is NaN. Divide by one number for all "
            "pixels, or add a little to the deviation.",
            scanner(lambda p: (p - p.mean(axis=0)) / p.std(axis=0)),
            when=trials.fails(Diverged),
        ),
        Mistake(
            "It learns now: something behind the inputs takes their size out again. The cause is still "
            "there, and the next network has to be treated anew. Treat x.",
            scanner(lambda p: p, norm="batch"),
            when=trials.shows(
                lambda c: (
                    size(c.x) > 5 and "relu" in bends(c.net) and fits(c) >= 0.9 and c.opt.lr >= 0.1
                )
            ),
        ),
        Mistake(
            "Too much of the medicine: the numbers are now far below 1, the first layer is given next "
            "to nothing, and its gradient is as small.",
            scanner(lambda p: p / 255**2),
            when=trials.shows(lambda c: size(c.x) < 0.1),
        ),
    ],
)
