"""Presets of chapter 5 on normalization and skip connections, and of chapter 6."""

from __future__ import annotations

from ...numbers import number, percent
from ..pair import Twins
from ..preset import Preset, end, fails, right, shares, start, stops, tested

NORMALIZATION = "Chapter 5, batch normalization"
SKIP = "Chapter 5, skip connections"
PRACTICE = "Chapter 6, practice"


def _nothing_moves(twins: Twins) -> bool:
    a, b = end(twins)
    return a.update is not None and a.update.max() == 0 and a.accuracy < 0.2 and b.accuracy > 0.4


def _updates(twins: Twins) -> str:
    a, b = end(twins)
    said = (
        f"The largest move of a weight matrix in the last step: A {number(a.update.max())} of its"
    )
    return f"{said} size, B {number(b.update.max())}. {right(twins)}"


def _first_flat(twins: Twins) -> str:
    a, b = start(twins)
    said = "Values of the first layer where the slope is nearly 0, before the first step: A"
    return f"{said} {percent(a.flat[0])}, B {percent(b.flat[0])}. {right(twins)}"


def _sizes(twins: Twins) -> str:
    a, b = start(twins)
    said = "Spread of the last hidden layer’s activations before the first step: A"
    return f"{said} {number(a.spread[-1])}, B {number(b.spread[-1])}. {stops(twins)}"


PRESETS: tuple[Preset, ...] = (
    Preset(
        key="batch-norm-forgives",
        title="Batch norm forgives a bad start",
        chapter=NORMALIZATION,
        question="Ten tanh layers with weights of 0.01, far too small. Batch normalization"
        " divides by the spread that it finds. Does it matter then how small the weights are?",
        steps=200,
        sentence="Without it less than a trillionth of the gradient arrives at the first layer"
        " and the network does not learn; with it, the same weights get more than 8 in 10 rows"
        " right.",
        holds=lambda twins: (
            start(twins)[0].share < 1e-12
            and end(twins)[0].accuracy < 0.6
            and end(twins)[1].accuracy > 0.8
        ),
        measured=shares,
        both={"depth": 10, "init": "small"},
        a={"norm": None},
        b={"norm": "batch"},
    ),
    Preset(
        key="batch-norm-large-rate",
        title="Batch norm bears a large rate",
        chapter=NORMALIZATION,
        question="Eight ReLU layers at a rate of 1, ten times what suits them. Which of the two"
        " is still learning after 200 steps?",
        steps=200,
        sentence="Without batch normalization the network ends up guessing or overflows; with it,"
        " it has more than 9 in 10 rows right at the same rate.",
        holds=lambda twins: fails(end(twins)[0], 0.6) and end(twins)[1].accuracy > 0.9,
        measured=stops,
        both={"depth": 8, "activation": "relu", "lr": 1.0},
        a={"norm": None},
        b={"norm": "batch"},
    ),
    Preset(
        key="batch-norm-explodes",
        title="At the start, the gradient explodes",
        chapter=NORMALIZATION,
        question="Thirty ReLU layers before any step, with batch normalization and without. In"
        " which of the two is the first layer’s gradient larger than the last one’s?",
        steps=1,
        sentence="With batch normalization the first layer’s gradient is more than a hundred"
        " times the last one’s at the start; without it, it is smaller than the last one’s.",
        holds=lambda twins: start(twins)[0].share > 100 and start(twins)[1].share < 1,
        measured=shares,
        both={"depth": 30, "activation": "relu"},
        a={"norm": "batch"},
        b={"norm": None},
    ),
    Preset(
        key="batch-of-one",
        title="A batch of one",
        chapter=NORMALIZATION,
        question="One image a step. Batch normalization subtracts the mean of the batch, and here"
        " the batch is that image. What is left of it?",
        steps=600,
        sentence="Nothing: batch normalization makes 0 of every image, and the weights move by"
        " exactly 0 while only biases learn; layer normalization, which looks along the units,"
        " gets more than 4 in 10 images right.",
        holds=_nothing_moves,
        measured=_updates,
        shared={"data": "digits"},
        both={"depth": 2, "activation": "relu", "batch": 1, "lr": 0.01},
        a={"norm": "batch"},
        b={"norm": "layer"},
    ),
    Preset(
        key="deeper-and-worse",
        title="Deeper, and worse",
        chapter=SKIP,
        question="Both have batch normalization and He’s weights, so no gradient vanishes. Thirty"
        " layers can do all that three can. Do they learn the training images as well?",
        steps=100,
        sentence="The gradient at the first of thirty layers is more than a hundred times the"
        " last one’s at the start, so it does not vanish; yet after 100 steps they have fewer"
        " than 4 in 10 training images right, and three layers more than 7.",
        holds=lambda twins: (
            start(twins)[0].share > 100
            and end(twins)[0].accuracy < 0.4
            and end(twins)[1].accuracy > 0.7
        ),
        measured=shares,
        shared={"data": "digits"},
        both={"activation": "relu", "norm": "batch"},
        a={"depth": 30},
        b={"depth": 3},
    ),
    Preset(
        key="residual-or-plain",
        title="A wire around every layer",
        chapter=SKIP,
        question="The same thirty layers, and in B a wire around each: u′ = u + F(u). It has no"
        " weights. How much does it change?",
        steps=100,
        sentence="After 100 steps the plain net has fewer than 4 in 10 training images right, the"
        " one with wires more than 7.",
        holds=lambda twins: end(twins)[0].accuracy < 0.4 and end(twins)[1].accuracy > 0.7,
        measured=right,
        shared={"data": "digits"},
        both={"depth": 30, "activation": "relu", "norm": "batch"},
        a={"skip": False},
        b={"skip": True},
    ),
    Preset(
        key="skip-without-norm",
        title="A wire alone lets the signal grow",
        chapter=SKIP,
        question="Thirty ReLU layers with wires, once with batch normalization in the branches"
        " and once without. What happens to a signal to which every layer adds as much again?",
        steps=100,
        sentence="Without normalization the last layer’s activations have a spread of more than"
        " 100 before the first step, and the network ends up guessing; with it the spread is"
        " below 1, and more than 7 in 10 rows are right.",
        holds=lambda twins: (
            start(twins)[0].spread[-1] > 100
            and start(twins)[1].spread[-1] < 1
            and fails(end(twins)[0], 0.6)
            and end(twins)[1].accuracy > 0.7
        ),
        measured=_sizes,
        both={"depth": 30, "activation": "relu", "skip": True},
        a={"norm": None},
        b={"norm": "batch"},
    ),
    Preset(
        key="off-center",
        title="Inputs plus ten",
        chapter=PRACTICE,
        question="A gets every pixel plus 10. Nothing is lost: what differs is as large as"
        " before. What will two layers of tanh make of it?",
        steps=225,
        sentence="With 10 added more than half of the first layer’s values lie where tanh is"
        " flat, before any step, and the network does not learn; without, it gets more than 8 in"
        " 10 images right.",
        holds=lambda twins: (
            start(twins)[0].flat[0] > 0.5
            and end(twins)[0].accuracy < 0.3
            and end(twins)[1].accuracy > 0.8
        ),
        measured=_first_flat,
        shared={"data": "digits"},
        both={"depth": 2},
        a={"inputs": "off center"},
        b={"inputs": "plain"},
    ),
    Preset(
        key="dropout",
        title="Wrong labels, and dropout",
        chapter=PRACTICE,
        question="Half of the training labels are shuffled, those of the test images are right. A"
        " learns the labels by heart, the wrong ones too. Which network reads the test images"
        " better?",
        steps=800,
        sentence="Without dropout the network has all but a few training labels by heart and"
        " fewer than 8 in 10 test images right; with dropout it knows fewer of the training"
        " labels and gets more of the test images right.",
        holds=lambda twins: (
            end(twins)[0].accuracy > 0.95
            and end(twins)[0].test < 0.77
            and end(twins)[1].accuracy < 0.8
            and end(twins)[1].test > end(twins)[0].test + 0.05
        ),
        measured=tested,
        shared={"data": "digits"},
        both={
            "depth": 2,
            "width": 64,
            "activation": "relu",
            "optimizer": "adam",
            "lr": 0.003,
            "shuffled": 0.5,
        },
        a={"dropout": 0.0},
        b={"dropout": 0.5},
    ),
)
