"""Presets of the clinic: patients that can be told in settings, each beside its cured twin."""

from __future__ import annotations

from ...numbers import number, percent
from ..pair import Twins
from ..preset import Preset, dead, end, right, shares, start, tested

CLINIC = "The clinic"
LONG = 225  # steps: five epochs of the clinic


def _updates(twins: Twins) -> str:
    a, b = end(twins)
    said = (
        f"The last step moved the first layer’s weights by {number(a.update[0])} of their size in A"
    )
    return f"{said} and by {number(b.update[0])} in B. {right(twins)}"


def _flat(twins: Twins) -> str:
    a, b = start(twins)
    said = (
        "Values where the slope is nearly 0, before the first step, in the layer that has most: A"
    )
    return f"{said} {percent(a.flat.max())}, B {percent(b.flat.max())}. {right(twins)}"


def _symmetric(twins: Twins) -> bool:
    a, b = end(twins)
    return a.delta[0] == 0 and a.update is not None and a.accuracy < 0.3 and b.accuracy > 0.8


PRESETS: tuple[Preset, ...] = (
    Preset(
        key="patient-1",
        title="Patient 1: unscaled inputs",
        chapter=CLINIC,
        question="A’s pixels run from 0 to 100, B’s from 0 to 1. It is the same picture. What do"
        " the first steps make of A’s units?",
        steps=LONG,
        sentence="With inputs a hundred times as large a whole layer is dead after 225 steps and"
        " the network guesses; with pixels from 0 to 1 more than 8 in 10 images are right.",
        holds=lambda twins: (
            end(twins)[0].dead.max() == 1
            and end(twins)[0].accuracy < 0.3
            and end(twins)[1].accuracy > 0.8
        ),
        measured=dead,
        shared={"data": "digits"},
        both={"depth": 2, "activation": "relu"},
        a={"inputs": "times 100"},
        b={"inputs": "plain"},
    ),
    Preset(
        key="patient-2",
        title="Patient 2: a rate too large",
        chapter=CLINIC,
        question="A rate of 10 against 0.1. Large steps should arrive sooner. Where do A’s tanh"
        " units stand after 225 of them?",
        steps=LONG,
        sentence="At a rate of 10 nearly all values of one layer end on the flat parts of tanh"
        " and the network guesses; at 0.1 more than 8 in 10 images are right.",
        holds=lambda twins: (
            end(twins)[0].flat.max() > 0.9
            and end(twins)[0].accuracy < 0.3
            and end(twins)[1].accuracy > 0.8
        ),
        measured=right,
        shared={"data": "digits"},
        both={"depth": 2},
        a={"lr": 10.0},
        b={"lr": 0.1},
    ),
    Preset(
        key="patient-3",
        title="Patient 3: thirty layers, flat as a board",
        chapter=CLINIC,
        question="Thirty layers of sigmoids with Adam. B has a wire around every layer, and still"
        " its sigmoids. Does the wire mend what a slope of a quarter breaks?",
        steps=LONG,
        sentence="Without wires less than a trillionth of the gradient arrives at the first layer"
        " and the network guesses; with them more than a hundredth does, and more than 4 in 10"
        " images are right.",
        holds=lambda twins: (
            start(twins)[0].share < 1e-12
            and start(twins)[1].share > 1e-2
            and end(twins)[0].accuracy < 0.3
            and end(twins)[1].accuracy > 0.4
        ),
        measured=shares,
        shared={"data": "digits"},
        both={"depth": 30, "activation": "sigmoid", "optimizer": "adam", "lr": 0.001},
        a={"skip": False},
        b={"skip": True},
    ),
    Preset(
        key="patient-5",
        title="Patient 5: labels that do not belong to the images",
        chapter=CLINIC,
        question="In A all labels are shuffled, so there is nothing to find out about digits."
        " Will the network refuse to learn?",
        steps=1000,
        sentence="No: it has more than 9 in 10 of the shuffled labels by heart, and fewer than 3"
        " in 10 test images right; with their own labels more than 8 in 10 test images are.",
        holds=lambda twins: (
            end(twins)[0].accuracy > 0.9 and end(twins)[0].test < 0.3 and end(twins)[1].test > 0.8
        ),
        measured=tested,
        shared={"data": "digits"},
        both={"depth": 2, "width": 64, "activation": "relu", "optimizer": "adam", "lr": 0.003},
        a={"shuffled": 1.0},
        b={"shuffled": 0.0},
    ),
    Preset(
        key="patient-8",
        title="Patient 8: all weights zero",
        chapter=CLINIC,
        question="A begins with all weights at 0, without prejudice. How much of the gradient"
        " arrives at its first layer?",
        steps=LONG,
        sentence="Exactly nothing, and the network guesses; drawn with He’s variance it gets more"
        " than 8 in 10 images right.",
        holds=_symmetric,
        measured=shares,
        shared={"data": "digits"},
        both={"depth": 2, "activation": "relu"},
        a={"init": "zeros"},
        b={"init": "he"},
    ),
    Preset(
        key="patient-12",
        title="Patient 12: saturated before the first step",
        chapter=CLINIC,
        question="Five layers of 64 tanh units; A’s weights have standard deviation 1, about six"
        " to eight times Xavier’s. How much of A stands on the flat parts of tanh before any"
        " step?",
        steps=LONG,
        sentence="In one layer more than 6 in 10 of A’s values do, and after 225 steps it has"
        " fewer than 6 in 10 images right; with Xavier’s weights more than 9 in 10 are.",
        holds=lambda twins: (
            start(twins)[0].flat.max() > 0.6
            and end(twins)[0].accuracy < 0.6
            and end(twins)[1].accuracy > 0.9
        ),
        measured=_flat,
        shared={"data": "digits"},
        both={"depth": 5, "width": 64},
        a={"init": "large"},
        b={"init": "xavier"},
    ),
    Preset(
        key="patient-13",
        title="Patient 13: a rate too small",
        chapter=CLINIC,
        question="A rate of 0.001 against 0.1. A’s steps are a hundredth as long. How far is A"
        " after 225 steps?",
        steps=LONG,
        sentence="At 0.001 fewer than 3 in 10 images are right after 225 steps; at a hundred"
        " times the rate more than 8 in 10 are.",
        holds=lambda twins: end(twins)[0].accuracy < 0.3 and end(twins)[1].accuracy > 0.8,
        measured=_updates,
        shared={"data": "digits"},
        both={"depth": 2, "activation": "relu"},
        a={"lr": 0.001},
        b={"lr": 0.1},
    ),
)
