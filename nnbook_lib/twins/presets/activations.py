"""Presets of chapter 5 on activation functions: slopes of one, units that die, SELU."""

from __future__ import annotations

from ...numbers import number
from ..pair import Twins
from ..preset import Preset, dead, end, losses, shares, start

ACTIVATIONS = "Chapter 5, activations"


def _dead_or_moving(twins: Twins) -> bool:
    a, b = end(twins)
    still = a.dead.max() == 1 and a.accuracy < 0.6 and a.update[0] == 0
    return still and b.dead.max() == 0 and b.update.min() > 0


def _keeps_its_spread(twins: Twins) -> bool:
    spread = start(twins)[1].spread
    a, b = end(twins)
    return spread.min() > 0.5 and spread.max() < 1.5 and b.loss < a.loss / 10


def _spreads(twins: Twins) -> str:
    a, b = start(twins)
    said = "Spread of the activations before the first step, over the layers: A"
    said += f" {number(a.spread.min())} to {number(a.spread.max())}, B"
    return f"{said} {number(b.spread.min())} to {number(b.spread.max())}. {losses(twins)}"


PRESETS: tuple[Preset, ...] = (
    Preset(
        key="relu-in-depth",
        title="A slope of one: ReLU in ten layers",
        chapter=ACTIVATIONS,
        question="Ten hidden layers, sigmoid against ReLU, each with the weights that suit it."
        " ReLU’s slope is 1 for half of the inputs and 0 for the others. Is that better than a"
        " quarter for all?",
        steps=300,
        sentence="With ReLU more than a hundredth of the gradient arrives at the first layer and"
        " all but a few rows are right; with sigmoid less than a hundred-thousandth does, and the"
        " network guesses.",
        holds=lambda twins: (
            start(twins)[0].share < 1e-5
            and start(twins)[1].share > 1e-2
            and end(twins)[0].accuracy < 0.6
            and end(twins)[1].accuracy > 0.97
        ),
        measured=shares,
        both={"depth": 10},
        a={"activation": "sigmoid"},
        b={"activation": "relu"},
    ),
    Preset(
        key="dying-at-a-large-rate",
        title="ReLUs that die at a large rate",
        chapter=ACTIVATIONS,
        question="Four layers of ReLU. A’s steps are thirty times as long as B’s. After 300"
        " steps, how many units of A’s worst layer give 0 for every row?",
        steps=300,
        sentence="In at least one of A’s layers every unit is dead, so that no gradient passes"
        " and the network guesses; at a thirtieth of the rate none of B’s layers dies and it"
        " learns.",
        holds=lambda twins: (
            end(twins)[0].dead.max() == 1
            and end(twins)[0].accuracy < 0.6
            and end(twins)[1].dead.max() < 1
            and end(twins)[1].accuracy > 0.9
        ),
        measured=dead,
        both={"depth": 4, "activation": "relu"},
        a={"lr": 3.0},
        b={"lr": 0.1},
    ),
    Preset(
        key="leaky-relu",
        title="A leak that keeps units alive",
        chapter=ACTIVATIONS,
        question="Inputs that lie 10 away from 0 push whole layers of ReLUs below 0. Leaky ReLU"
        " keeps a slope of 0.01 there. Is a hundredth enough to keep a layer moving?",
        steps=400,
        sentence="With ReLU a whole layer is dead after 400 steps, the first layer does not move any"
        " more and the network guesses; with the leak no unit has slope 0, and every layer moves.",
        holds=_dead_or_moving,
        measured=dead,
        both={"depth": 3, "inputs": "off center"},
        a={"activation": "relu"},
        b={"activation": "leaky_relu"},
    ),
    Preset(
        key="selu-in-depth",
        title="Thirty layers that normalize themselves",
        chapter=ACTIVATIONS,
        question="SELU is made so that activations drift towards spread 1, layer by layer,"
        " without any normalization. Does that help thirty layers at a small rate?",
        steps=200,
        sentence="Before the first step the spread of SELU’s activations is between 0.5 and 1.5"
        " in every layer, and after 200 steps its loss is less than a tenth of ReLU’s.",
        holds=_keeps_its_spread,
        measured=_spreads,
        both={"depth": 30, "width": 32, "lr": 0.003},
        a={"activation": "relu"},
        b={"activation": "selu"},
    ),
)
