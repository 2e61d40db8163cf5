"""Presets of chapter 4: gradients that vanish or explode on their way back."""

from __future__ import annotations

from ..preset import Preset, end, fails, first_deltas, right, shares, start, stops

VANISHING = "Chapter 4, vanishing gradients"

PRESETS: tuple[Preset, ...] = (
    Preset(
        key="sigmoid-in-depth",
        title="Sigmoid in depth, and its tanh twin",
        chapter=VANISHING,
        question="Twenty hidden layers, once with sigmoid, once with tanh. How much of the last"
        " layer’s gradient does the first one receive?",
        steps=200,
        sentence="With sigmoid the first layer receives less than a billionth of the last one’s"
        " gradient and the network does not learn; with tanh it does.",
        holds=lambda twins: (
            start(twins)[0].share < 1e-9
            and end(twins)[0].accuracy < 0.6
            and end(twins)[1].accuracy > 0.85
        ),
        measured=shares,
        both={"depth": 20, "lr": 0.03},
        a={"activation": "sigmoid"},
        b={"activation": "tanh"},
    ),
    Preset(
        key="ten-sigmoids-or-one",
        title="Ten layers of sigmoids, or one",
        chapter=VANISHING,
        question="The slope of a sigmoid is a quarter at most. What do ten hidden layers of it"
        " learn in 400 steps that one does not?",
        steps=400,
        sentence="Nothing: less than a hundred-thousandth of the gradient arrives at the first of"
        " ten layers and the network still guesses, while one layer gets more than 8 in 10 rows"
        " right.",
        holds=lambda twins: (
            start(twins)[0].share < 1e-5
            and end(twins)[0].accuracy < 0.6
            and end(twins)[1].accuracy > 0.8
        ),
        measured=shares,
        both={"activation": "sigmoid", "lr": 1.0},
        a={"depth": 10},
        b={"depth": 1},
    ),
    Preset(
        key="adam-and-depth",
        title="How far Adam helps",
        chapter=VANISHING,
        question="Adam divides every gradient by its own size, so a small one should not matter."
        " Does it make thirty layers of sigmoids learn, as it does eight?",
        steps=300,
        sentence="With eight layers Adam gets more than 8 in 10 rows right; with thirty the first"
        " layer’s gradient is shorter than 10⁻¹⁵, far below the 10⁻⁸ that Adam adds when it divides,"
        " and the network only guesses.",
        holds=lambda twins: (
            start(twins)[0].delta[0] < 1e-15
            and end(twins)[0].accuracy < 0.6
            and end(twins)[1].accuracy > 0.8
        ),
        measured=first_deltas,
        both={"activation": "sigmoid", "optimizer": "adam", "lr": 0.01},
        a={"depth": 30},
        b={"depth": 8},
    ),
    Preset(
        key="weights-too-small",
        title="Weights too small, five layers",
        chapter=VANISHING,
        question="A draws its weights with a standard deviation of 0.01, B with Xavier’s. Small"
        " weights sound safe. What do they do to the gradient in five layers of tanh?",
        steps=300,
        sentence="With weights of 0.01 less than a hundred-thousandth of the gradient arrives at"
        " the first layer and the network does not learn; with Xavier’s it does.",
        holds=lambda twins: (
            start(twins)[0].share < 1e-5
            and end(twins)[0].accuracy < 0.6
            and end(twins)[1].accuracy > 0.8
        ),
        measured=shares,
        both={"depth": 5},
        a={"init": "small"},
        b={"init": "xavier"},
    ),
    Preset(
        key="exploding-in-depth",
        title="The mirror image: exploding",
        chapter=VANISHING,
        question="Ten ReLU layers whose weights have standard deviation 1, where He’s would have"
        " about a third. How many steps does A take before its numbers run out?",
        steps=200,
        sentence="The first layer’s gradient is more than a thousand times the last one’s, and"
        " within 20 steps the outputs are no numbers any more; with He’s weights the network"
        " learns.",
        holds=lambda twins: (
            start(twins)[0].share > 1e3
            and bool(end(twins)[0].stopped)
            and twins.learners["A"].steps < 20
            and end(twins)[1].accuracy > 0.85
        ),
        measured=lambda twins: f"{shares(twins).removesuffix(right(twins))}{stops(twins)}",
        both={"depth": 10, "activation": "relu"},
        a={"init": "large"},
        b={"init": "he"},
    ),
    Preset(
        key="clipping",
        title="The same explosion, clipped",
        chapter=VANISHING,
        question="Again ten ReLU layers with weights far too large, at a tenth of the rate. B"
        " shortens every gradient that is longer than 1 to length 1, and keeps its direction. Is"
        " the direction still worth following?",
        steps=400,
        sentence="Without clipping the run is over within 20 steps; with it, it goes on and gets"
        " more than 6 in 10 rows right.",
        holds=lambda twins: (
            bool(end(twins)[0].stopped)
            and twins.learners["A"].steps < 20
            and not fails(end(twins)[1], 0.6)
        ),
        measured=stops,
        both={"depth": 10, "activation": "relu", "init": "large", "lr": 0.01},
        a={"clip": None},
        b={"clip": 1.0},
    ),
)
