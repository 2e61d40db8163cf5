"""Presets of chapter 5 on initialization: the size of the first weights."""

from __future__ import annotations

from ...numbers import number
from ..pair import Twins
from ..preset import Preset, end, right, shares, start

INITIALIZATION = "Chapter 5, initialization"


def _last_spreads(twins: Twins) -> str:
    a, b = start(twins)
    said = "Spread of the last hidden layer’s activations before the first step: A"
    return f"{said} {number(a.spread[-1])}, B {number(b.spread[-1])}. {right(twins)}"


PRESETS: tuple[Preset, ...] = (
    Preset(
        key="he-or-xavier",
        title="He against Xavier at thirty ReLU layers",
        chapter=INITIALIZATION,
        question="Between equal layers He’s variance is twice Xavier’s, because a ReLU shuts half"
        " of what comes. A factor of √2 in each weight: does that matter after thirty layers?",
        steps=300,
        sentence="It is √2 for each layer: with Xavier’s weights the last layer’s activations"
        " spread less than a thousandth of what they do with He’s, and the network guesses; with"
        " He’s it gets more than 7 in 10 rows right.",
        holds=lambda twins: (
            start(twins)[0].spread[-1] < start(twins)[1].spread[-1] / 1000
            and end(twins)[0].accuracy < 0.6
            and end(twins)[1].accuracy > 0.7
        ),
        measured=_last_spreads,
        both={"depth": 30, "width": 32, "activation": "relu", "lr": 0.01},
        a={"init": "xavier"},
        b={"init": "he"},
    ),
    Preset(
        key="before-2010",
        title="The usual weights before 2010",
        chapter=INITIALIZATION,
        question="Ten layers of tanh, drawn as was usual before 2010, against Xavier’s weights,"
        " which have three times the variance between equal layers. Who is ahead after 100 steps?",
        steps=100,
        sentence="With the old weights less than a hundredth of the gradient arrives at the first"
        " layer and after 100 steps the network still guesses; with Xavier’s more than a tenth"
        " does, and more than 8 in 10 rows are right.",
        holds=lambda twins: (
            start(twins)[0].share < 0.01
            and start(twins)[1].share > 0.1
            and end(twins)[0].accuracy < 0.6
            and end(twins)[1].accuracy > 0.8
        ),
        measured=shares,
        both={"depth": 10, "lr": 0.03},
        a={"init": "heuristic"},
        b={"init": "xavier"},
    ),
    Preset(
        key="orthogonal",
        title="Beyond the average: orthogonal weights",
        chapter=INITIALIZATION,
        question="Thirty linear layers of four units. LeCun’s variance keeps a signal’s length on"
        " average; orthogonal matrices keep every length. Is the average good enough?",
        steps=150,
        sentence="Through orthogonal layers the gradient arrives at its full length, a factor of"
        " 1; through random ones of the right variance less than a tenth of it is left.",
        holds=lambda twins: start(twins)[0].share < 0.1 and abs(start(twins)[1].share - 1) < 1e-6,
        measured=shares,
        both={"depth": 30, "width": 4, "activation": "identity", "lr": 0.03},
        a={"init": "lecun"},
        b={"init": "orthogonal"},
    ),
)
