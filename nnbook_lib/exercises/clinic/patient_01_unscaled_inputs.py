"""Patient 1 of the clinic: unscaled inputs."""

from __future__ import annotations

import numpy as np

from ...initializers import normal
from ...optimizers import SGD
from ...training import Diverged
from ..exercise import Mistake, add
from .networks import STEPS, T, X
from .trials import PATIENCE, TEST, Trials, bends, deep, learn, weights


def size(x):
    """The root mean square of the largest column."""
    return float(np.sqrt(np.mean(x**2, axis=0)).max())


def scanner(scale=lambda p: p / 255, lr=0.1, epochs=5, clip=None, **how):
    def patient(pixels, t):
        x = scale(pixels)
        return *learn(deep(**how), SGD(lr), x, t, epochs, clip), x

    return patient


def raw(c):
    """Whether x is of the size that the scanner gives."""
    return size(c.x) > 100


def small_weights(c):
    return weights(c.start)[0].std() < 0.05


def as_before(c):
    """Whether x is raw, the network ill, and rate, steps and activation are the old ones."""
    old = c.opt.lr == 0.1 and c.opt.steps == STEPS and "relu" in bends(c.net)
    return raw(c) and old and fits(c) < 0.9 and c.right < 0.9


def fits(c):
    return float(np.mean(c.net(c.x).argmax(axis=1) == T))


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
            "x is of the right order now, and too few of its rows are right. Is it what the network was "
            "trained on, for five epochs? Dividing all pixels by one number keeps what they say.",
        ),
    ),
    remark="Photographs are often scaled by 255 and then standardized by one mean and spread for each color, "
    "measured on the training set.",
    mistakes=[
        *trials.mistakes(scanner(lambda p: p)),
        Mistake(
            "A smaller learning rate for inputs that are still in the hundreds. The steps no longer "
            "burst, but the first layer still dominates everything: no rate reaches 9 in 10 here. "
            "Treat x, not the step.",
            scanner(lambda p: p, lr=0.001),
            when=trials.knows(lambda c: raw(c) and c.opt.lr < 0.1 and c.opt.steps == STEPS),
        ),
        Mistake(
            "Longer training on the same inputs. The units were dead after the first few steps, and "
            "nothing that is dead learns later. Treat x.",
            scanner(lambda p: p, epochs=8),
            when=trials.knows(lambda c: raw(c) and c.opt.steps > STEPS),
        ),
        Mistake(
            "Another activation for the same inputs. It saturates where the old one died: the cause "
            "stands before it. Treat x.",
            scanner(lambda p: p, activation="tanh"),
            when=trials.knows(lambda c: raw(c) and "relu" not in bends(c.net)),
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
            when=trials.knows(
                lambda c: (
                    raw(c)
                    and "relu" in bends(c.net)
                    and fits(c) >= 0.9 > c.right
                    and c.opt.lr >= 0.1
                )
            ),
        ),
        Mistake(
            "Too much of the medicine: the numbers are now far below 1, the first layer is given next "
            "to nothing, and its gradient is as small.",
            scanner(lambda p: p / 255**2),
            when=trials.knows(lambda c: size(c.x) < 0.1),
        ),
        Mistake(
            "`//` drops the fraction: what is left are 0 and 1, and most of the image is lost. Divide with "
            "/.",
            scanner(lambda p: p // 255),
            when=trials.knows(lambda c: len(np.unique(c.x)) <= 2),
        ),
        Mistake(
            "The network is well with pixels from 0 to 1, so it was trained on such. What you return as x "
            "is not that: it still runs to 255. Scale x itself, and train on x.",
            lambda pixels, t: (*scanner()(pixels, t)[:2], pixels),
            when=trials.knows(lambda c: raw(c) and c.right >= 0.9),
        ),
        Mistake(
            "The right medicine, too little of it: x is still far above unit size. The pixels run to 255.",
            scanner(lambda p: p / 16),
            when=trials.knows(lambda c: 5 < size(c.x) and not raw(c)),
        ),
        Mistake(
            "Clipping bounds the length of the steps. x is as it was, and with it the size of u. Treat x.",
            scanner(lambda p: p, clip=1.0),
            when=trials.knows(lambda c: as_before(c) and c.clipped),
        ),
        Mistake(
            "Smaller weights for larger inputs: that mends the size of one u, and x is as raw as before. "
            "Treat x.",
            scanner(lambda p: p, init=normal(0.001)),
            when=trials.knows(lambda c: as_before(c) and not c.clipped and small_weights(c)),
        ),
        Mistake(
            "x still spans hundreds, as the scanner gives it. Centering does not change that, and a result "
            "that gets no name is lost: np.divide(x, 255) makes a new array.",
            scanner(lambda p: p),
            when=trials.knows(lambda c: as_before(c) and not c.clipped and not small_weights(c)),
        ),
        Mistake(
            "x is well, and the rate that you have set is too small to get far in five epochs. Leave it at "
            "0.1: with such an x it is right.",
            scanner(lr=0.0001),
            when=trials.knows(lambda c: 0.1 < size(c.x) < 5 and c.opt.lr < 0.05 and fits(c) < 0.9),
        ),
    ],
)
