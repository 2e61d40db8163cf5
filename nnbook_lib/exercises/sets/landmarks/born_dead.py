"""The exercise on dying ReLUs: networks that are born dead."""

from __future__ import annotations

import numpy as np

from ...exercise import Case, Mistake, add


def whole(widths):
    return 1 - np.prod(1 - 0.5**widths)


add(
    "landmarks.born_dead",
    "Born dead",
    level=1,
    reference=whole,
    cases=lambda rng: [
        Case("one layer of one unit", np.array([1])),
        Case("two layers of one unit", np.array([1, 1])),
        Case("one layer of two units", np.array([2])),
        Case("nine layers of three", np.full(9, 3)),
        Case("different widths", np.array([4, 2, 7])),
        Case("others", rng.integers(1, 6, 4)),
    ],
    remark="Nine hidden layers of width 2 come to 0.92, of width 10 to 0.009. Lu and colleagues' other "
    "number, over 90 % of training runs that collapse, is not this one: runs may also die later.",
    mistakes=[
        Mistake(
            "This is the probability to be alive. Asked is that of being dead: what it lacks to 1.",
            lambda widths: np.prod(1 - 0.5**widths),
        ),
        Mistake(
            "You want all layers to be dead, or take all units for one layer. One dead layer is enough: "
            "nothing gets through it.",
            lambda widths: np.prod(0.5**widths),
        ),
        Mistake(
            "You add the layers' probabilities up. That counts networks with several dead layers several "
            "times, and comes to more than 1 with many layers.",
            lambda widths: np.sum(0.5**widths),
        ),
        Mistake(
            "You call a layer dead if one of its units is off. All must be.",
            lambda widths: 1 - np.prod(0.5**widths),
        ),
        Mistake(
            "You look at the narrowest layer alone. The others can be dead, too.",
            lambda widths: 0.5 ** widths.min(),
        ),
        Mistake(
            "You look at the first layer alone. The others can be dead, too.",
            lambda widths: 0.5 ** widths[0],
        ),
        Mistake(
            "You look at the last layer alone. The others can be dead, too.",
            lambda widths: 0.5 ** widths[-1],
        ),
        Mistake(
            "You return each layer's probability. Asked is one number, for the network.",
            lambda widths: 0.5**widths,
        ),
        Mistake(
            "You return the probability up to each layer. Asked is that for the whole network.",
            lambda widths: 1 - np.cumprod(1 - 0.5**widths),
        ),
        Mistake(
            "You take the mean of the layers' probabilities. Each further layer is a further danger.",
            lambda widths: np.mean(0.5**widths),
        ),
        Mistake(
            "You take 1/N or 1/(2N) for a layer of N units. Units are off independently: 2 to the power "
            "-N.",
            lambda widths: 1 - np.prod(1 - 0.5 / widths),
            when=lambda born_dead: any(
                np.isclose(born_dead(np.array([4])), v) for v in (1 / 8, 1 / 4)
            ),
        ),
        Mistake(
            "Width and number of layers are exchanged: a layer of N units is dead with 2^-N, whatever the "
            "number of layers.",
            lambda widths: 1 - (1 - 0.5 ** len(widths)) ** np.mean(widths),
        ),
        Mistake(
            "You take the number of all units as if they were in one layer. Each layer has its own chance.",
            lambda widths: 1 - (1 - 0.5 ** np.sum(widths)) ** len(widths),
        ),
        Mistake(
            "You use the mean width for every layer. A narrow one is in more danger than a wide one saves.",
            lambda widths: 1 - (1 - 0.5 ** np.mean(widths)) ** len(widths),
        ),
        Mistake(
            "The last layer is missing in your product.",
            lambda widths: whole(widths[:-1]),
        ),
        Mistake(
            "The first layer is missing in your product.",
            lambda widths: whole(widths[1:]),
        ),
        Mistake(
            "You use the first layer's width for all. Each has its own.",
            lambda widths: 1 - (1 - 0.5 ** widths[0]) ** len(widths),
        ),
        Mistake(
            "You take the expected number of units that are off. Asked is a probability.",
            lambda widths: np.sum(widths) / 2,
        ),
        Mistake(
            "You subtract the layers' chances to be dead from 1, one after another. All layers are alive "
            "with the product of 1 - 2^-N, and what that lacks to 1 is asked.",
            lambda widths: 1 - np.sum(0.5**widths),
        ),
    ],
)
