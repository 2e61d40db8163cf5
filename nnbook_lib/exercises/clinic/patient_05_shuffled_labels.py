"""Patient 5 of the clinic: labels shuffled against the images."""

from __future__ import annotations

import numpy as np

from ...optimizers import SGD
from ..exercise import Mistake, add
from .networks import T, X
from .trials import PATIENCE, TEST, Trials, deep, digits, learn


def mixed(mix, width=32):
    def patient(x, t):
        rng = np.random.default_rng(0)
        x, t = mix(x, t, rng.permutation(len(x)), rng.permutation(len(x)))
        return learn(deep(width=width), SGD(0.1), x, t)[0], x, t

    return patient


def returns_others(x, t):
    """Well, but for what it says it was trained on."""
    net, x, t = mixed(lambda x, t, a, b: (x, t))(x, t)
    return net, x, np.roll(t, 1)


def pixels(row):
    """What an image is known by: its pixels, from 0 to 16."""
    return np.round(16 * row).astype(int).tobytes()


def matched(c):
    """The fraction of its rows that carry their own label."""
    own = {pixels(row): label for row, label in zip(X, T, strict=True)}
    return np.mean([own.get(pixels(row), -1) == t for row, t in zip(c.x, c.t, strict=True)])


def foreign(c):
    """Whether many of the images that it returns have another label than their own."""
    return np.ndim(c.x) == 2 and len(c.x) == len(c.t) and matched(c) < 0.9


def strange(c):
    """The same, and the network has not learned."""
    return foreign(c) and c.right < 0.9


def of_old(c):
    """Whether most of the images that it returns are old ones."""
    old = {pixels(row) for row in X}
    return np.mean([pixels(row) in old for row in c.x]) > 0.9


def ordered(c):
    return (np.diff(c.t) >= 0).all()


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
            "Every image that you return has its own label, and too few test rows are right. Is this what "
            "the network was trained on, all 1440 rows of it, for five epochs?",
        ),
    ),
    remark="nn.train draws its own order for each epoch, and takes the same rows of x and t. A shuffle "
    "before it is needed only where the data are to be split.",
    mistakes=[
        *trials.mistakes(mixed(lambda x, t, a, b: (x[a], t[b]))),
        Mistake(
            "A larger network. It learns more of the training rows by heart, and the test rows stay at one "
            "in ten: there is nothing in these pairs that could carry over.",
            mixed(lambda x, t, a, b: (x[a], t[b]), width=64),
            when=trials.knows(
                lambda c: strange(c) and of_old(c) and c.net.theta.size > 3600 and not ordered(c)
            ),
        ),
        Mistake(
            "Now only the images move: x is in another order, and t in the old one. Whatever is done to the "
            "rows of one must be done to the other.",
            mixed(lambda x, t, a, b: (x[a], t)),
            when=trials.knows(lambda c: strange(c) and of_old(c) and not moved(c.t, T)),
        ),
        Mistake(
            "Now only the labels move: t is in another order, and x in the old one. Whatever is done to the "
            "rows of one must be done to the other.",
            mixed(lambda x, t, a, b: (x, t[b])),
            when=trials.knows(lambda c: strange(c) and not moved(c.x, X)),
        ),
        Mistake(
            "The labels are sorted by themselves, so that the first hundred images are all called 0. A label "
            "stays beside its image.",
            mixed(lambda x, t, a, b: (x[a], np.sort(t))),
            when=trials.knows(lambda c: strange(c) and ordered(c)),
        ),
        Mistake(
            "x and t come back in exchanged order. Return net, x, t.",
            lambda x, t: (mixed(lambda x, t, a, b: (x, t))(x, t)[0], t, x),
            when=trials.knows(lambda c: np.ndim(c.x) == 1 and np.ndim(c.t) == 2),
        ),
        Mistake(
            "The network is well, so it was trained on images with their own labels. The x and t that you "
            "return are others: return what it was trained on.",
            returns_others,
            when=trials.knows(lambda c: foreign(c) and c.right >= 0.9),
        ),
        Mistake(
            "Many of the images that you return are none of those you were given: their pixels have moved "
            "or changed. Only whole rows may change places, and the labels with them.",
            lambda x, t: mixed(lambda x, t, a, b: (x[:, ::-1], t[b]))(x, t),
            when=trials.knows(lambda c: strange(c) and not of_old(c) and not ordered(c)),
        ),
        Mistake(
            "The labels that you return are not the old ones in another order: some have become others.",
            mixed(lambda x, t, a, b: (x[a], (t + 1) % 10)),
            when=trials.knows(
                lambda c: (
                    strange(c)
                    and of_old(c)
                    and moved(c.x, X)
                    and not ordered(c)
                    and moved(np.sort(c.t), np.sort(T))
                )
            ),
        ),
        Mistake(
            "Images and labels are both in another order, and not in the same. Draw one order, and take the "
            "rows of both by it: x[order], t[order].",
            mixed(lambda x, t, a, b: (x[a], t[b])),
            when=trials.knows(
                lambda c: (
                    strange(c)
                    and of_old(c)
                    and c.net.theta.size <= 3600
                    and moved(c.x, X)
                    and moved(c.t, T)
                    and not ordered(c)
                    and not moved(np.sort(c.t), np.sort(T))
                )
            ),
        ),
    ],
)
