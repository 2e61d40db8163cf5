"""Patient 5 of the clinic: labels shuffled against the images."""

from __future__ import annotations

import numpy as np

from ...optimizers import SGD
from ..exercise import Mistake, add
from .networks import T, X
from .trials import PATIENCE, TEST, Trials, bends, deep, digits, learn


def mixed(mix, width=32, activation="relu"):
    def patient(x, t):
        rng = np.random.default_rng(0)
        x, t = mix(x, t, rng.permutation(len(x)), rng.permutation(len(x)))
        return learn(deep(activation=activation, width=width), SGD(0.1), x, t)[0], x, t

    return patient


def pixels(row):
    """What an image is known by: its pixels, from 0 to 16."""
    return np.round(16 * row).astype(int).tobytes()


def matched(c):
    """The fraction of its rows that carry their own label."""
    own = {pixels(row): label for row, label in zip(X, T, strict=True)}
    return np.mean([own.get(pixels(row), -1) == t for row, t in zip(c.x, c.t, strict=True)])


def strange(c):
    return len(c.x) == len(c.t) and matched(c) < 0.9


def moved(a, b):
    return not np.array_equal(a, b)


trials = Trials(digits, "net, x, t", TEST)
add(
    "clinic.patient_5",
    "Patient 5: learns a little, and nothing of use",
    level=1,
    reference=mixed(lambda x, t, a, b: (x[a], t[a])),
    seconds=PATIENCE,
    demands=trials.demands(
        (
            "every image has its own label",
            lambda c: matched(c) == 1,
            "Still ill, and the network is not to blame. Take ten rows of what it is trained on, and look "
            "at each image beside its label.",
        ),
        (
            "9 in 10 test rows are right",
            lambda c: c.right >= 0.9,
            "Every image has its own label now, and too few test rows are right: is the network trained on "
            "all 1440 rows, for five epochs?",
        ),
    ),
    remark="nn.train draws its own order for each epoch, and takes the same rows of x and t. A shuffle "
    "before it is needed only where the data are to be split.",
    mistakes=[
        Mistake(
            "A larger network. It learns more of the training rows by heart, and the test rows stay at one "
            "in ten: there is nothing in these pairs that could carry over.",
            mixed(lambda x, t, a, b: (x[a], t[b]), width=64),
            when=trials.shows(lambda c: strange(c) and c.net.theta.size > 3600),
        ),
        Mistake(
            "Now only the images move: x is in another order, and t in the old one. Whatever is done to the "
            "rows of one must be done to the other.",
            mixed(lambda x, t, a, b: (x[a], t)),
            when=trials.shows(lambda c: strange(c) and not moved(c.t, T)),
        ),
        Mistake(
            "Now only the labels move: t is in another order, and x in the old one. Whatever is done to the "
            "rows of one must be done to the other.",
            mixed(lambda x, t, a, b: (x, t[b])),
            when=trials.shows(lambda c: strange(c) and not moved(c.x, X)),
        ),
        Mistake(
            "The labels are sorted, and the images are not: the first hundred images are all called 0.",
            mixed(lambda x, t, a, b: (x[a], np.sort(t))),
            when=trials.shows(lambda c: strange(c) and (np.diff(c.t) >= 0).all()),
        ),
        Mistake(
            "Another activation for the same pairs. No function can find in an image what is not in it: "
            "look at the labels beside the images.",
            mixed(lambda x, t, a, b: (x[a], t[b]), activation="tanh"),
            when=trials.shows(lambda c: strange(c) and "relu" not in bends(c.net)),
        ),
    ],
)
