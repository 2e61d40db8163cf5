"""Presets of chapters 1 to 3: what a layer can draw, what a gradient needs, how steps are taken."""

from __future__ import annotations

from ...numbers import number
from ..pair import Twins
from ..preset import Preset, end, fails, losses, right, stops

FORWARD = "Chapter 1, forward propagation"
CHAIN = "Chapter 2, the chain rule"
DESCENT = "Chapter 3, gradient descent"


def _hidden_moves(twins: Twins) -> bool:
    a, b = end(twins)
    return a.update is not None and a.update[:-1].max() == 0 and b.update.min() > 0


def _updates(twins: Twins) -> str:
    a, b = end(twins)
    said = (
        f"The last step moved the first layer’s weights by {number(a.update[0])} of their size in A"
    )
    return f"{said} and by {number(b.update[0])} in B. {right(twins)}"


PRESETS: tuple[Preset, ...] = (
    Preset(
        key="layers-without-bend",
        title="Four layers without a bend",
        chapter=FORWARD,
        question="A ring inside a ring, four hidden layers. In A they only add and multiply: the"
        " activation is the identity. Can A tell the ring from the disk?",
        steps=800,
        sentence="With the identity four layers draw one straight line, and it gets fewer than 7"
        " in 10 rows right; with tanh all but a few are right.",
        holds=lambda twins: end(twins)[0].accuracy < 0.7 and end(twins)[1].accuracy > 0.98,
        measured=right,
        shared={"data": "circles", "noise": 0.05},
        both={"depth": 4},
        a={"activation": "identity"},
        b={"activation": "tanh"},
    ),
    Preset(
        key="three-fences",
        title="Two fences or three",
        chapter=FORWARD,
        question="One hidden layer: each unit puts up one straight fence. How many units does it"
        " take to close a fence around the disk, two or three?",
        steps=1000,
        sentence="Two fences leave an opening, and more than 1 row in 10 stays wrong; three"
        " close, and all but a few rows are right.",
        holds=lambda twins: end(twins)[0].accuracy < 0.9 and end(twins)[1].accuracy > 0.98,
        measured=right,
        shared={"data": "circles", "noise": 0.05},
        both={"depth": 1, "lr": 0.3},
        a={"width": 2},
        b={"width": 3},
    ),
    Preset(
        key="only-the-seed",
        title="The same network, two seeds",
        chapter=FORWARD,
        question="XOR, one hidden layer of two ReLU units: enough, in principle. A and B differ"
        " in nothing but the seed that draws their weights. Do both learn it?",
        steps=500,
        sentence="From seed 1 the two units end where one of the four corners stays wrong, from"
        " seed 0 all four come out right: with just enough units it is a matter of luck.",
        holds=lambda twins: 0.7 < end(twins)[0].accuracy < 0.8 and end(twins)[1].accuracy > 0.98,
        measured=right,
        shared={"data": "xor"},
        both={"depth": 1, "width": 2, "activation": "relu", "lr": 0.3},
        a={"seed": 1},
        b={"seed": 0},
    ),
    Preset(
        key="step-has-no-slope",
        title="A step has no slope",
        chapter=CHAIN,
        question="Rosenblatt’s units of 1958 answer 0 or 1, by a step. Its slope is 0 wherever it"
        " has one. Which of A’s three weight matrices will move?",
        steps=400,
        sentence="With the step the two hidden layers’ weights move by exactly 0 and only the"
        " output layer learns; with tanh all three layers move.",
        holds=_hidden_moves,
        measured=_updates,
        both={"depth": 2},
        a={"activation": "step"},
        b={"activation": "tanh"},
    ),
    Preset(
        key="one-row-or-all",
        title="One row a step, or all of them",
        chapter=DESCENT,
        question="After 300 steps A has seen 300 rows, one a step. B sees all 300 rows at every"
        " step, 90,000 in all. How far behind is A?",
        steps=300,
        sentence="Step for step B is far ahead, with less than a third of the loss; but A has"
        " more than 8 in 10 rows right after looking at no more rows than B does for its first"
        " step.",
        holds=lambda twins: (
            end(twins)[0].accuracy > 0.8 and end(twins)[1].loss < end(twins)[0].loss / 3
        ),
        measured=losses,
        both={"depth": 2, "lr": 0.3},
        a={"batch": 1},
        b={"batch": None},
    ),
    Preset(
        key="momentum-in-a-ravine",
        title="A ravine: SGD against Momentum",
        chapter=DESCENT,
        question="One column of the inputs is stretched by 10, so the loss is a ravine: steep"
        " across, flat along. Same rate, same steps. What does inertia gain?",
        steps=300,
        sentence="At the same rate and after the same steps Momentum has less than a third of"
        " SGD’s loss.",
        holds=lambda twins: end(twins)[1].loss < end(twins)[0].loss / 3,
        measured=losses,
        both={"depth": 1, "inputs": "stretched", "lr": 0.03, "batch": None},
        a={"optimizer": "sgd"},
        b={"optimizer": "momentum"},
    ),
    Preset(
        key="adam-in-a-ravine",
        title="The same ravine: SGD against Adam",
        chapter=DESCENT,
        question="Stretched inputs again, now with mini-batches. Adam gives each weight a step"
        " length of its own. How much does that help in a ravine?",
        steps=300,
        sentence="At the same rate Adam has all but a few rows right and less than a tenth of"
        " SGD’s loss; SGD has more than 1 row in 10 wrong.",
        holds=lambda twins: (
            end(twins)[0].accuracy < 0.9
            and end(twins)[1].accuracy > 0.98
            and end(twins)[1].loss < end(twins)[0].loss / 10
        ),
        measured=losses,
        both={"depth": 2, "inputs": "stretched", "lr": 0.01},
        a={"optimizer": "sgd"},
        b={"optimizer": "adam"},
    ),
    Preset(
        key="warm-up",
        title="A hundred careful steps",
        chapter=DESCENT,
        question="A net with wires around its layers, whose gradient is huge at the start. Both"
        " rates fall along a cosine; B’s begins near 0 and rises for 100 steps first. Does a slow"
        " start matter in the end?",
        steps=300,
        sentence="Without the warm-up the first steps leave a network that only guesses; with it,"
        " the same network gets more than 8 in 10 rows right.",
        holds=lambda twins: fails(end(twins)[0], 0.6) and end(twins)[1].accuracy > 0.8,
        measured=stops,
        both={
            "depth": 24,
            "activation": "relu",
            "skip": True,
            "optimizer": "momentum",
            "lr": 0.001,
        },
        a={"schedule": "cosine"},
        b={"schedule": "warm-up"},
    ),
)
