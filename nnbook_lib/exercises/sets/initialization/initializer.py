"""Exercise: an initializer that plugs in."""

from __future__ import annotations

import numpy as np

from .... import initializers
from ....dense import Dense
from ...exercise import Case, Demand, Mistake, add


def repeated(rows):
    """How many of some long rows say the same as another."""
    if rows.shape[1] < 100:
        return 0
    alike = np.abs(np.corrcoef(rows)) > 0.9
    return int((alike.sum(axis=1) > 1).sum())


def drawn(init, d_out, d_in):
    """What can be said of a draw: its shape, and its variance and mean in units of the layer."""
    W = init(d_out, d_in, rng=np.random.default_rng(1))
    if W is ... or W is None:
        return W
    if np.ndim(W) != 2:
        raise ValueError(f"W should have shape {(d_out, d_in)}, and has shape {np.shape(W)}")
    alike = repeated(W) + repeated(W.T)
    return (
        *np.shape(W),
        d_in * np.var(W),
        np.mean(W) * np.sqrt(d_in),
        alike,
        np.mean(np.equal(W, 0)),
    )


def follows(init):
    """Whether the weights depend on the rng that is given, and on nothing else."""
    a, b, c = (init(3, 4, rng=np.random.default_rng(seed)) for seed in (5, 5, 6))
    return np.array_equal(a, b) and not np.array_equal(a, c)


def plugs_in(init):
    layer = Dense(6, 5, init=init, rng=np.random.default_rng(0))
    return layer.W.shape == (5, 6)


def weights(init, d_out, d_in):
    return np.asarray(init(d_out, d_in, rng=np.random.default_rng(3)))


def fixed(init):
    """Whether the variance is the same for all sizes, and not 1."""
    one, *others = (np.var(weights(init, *sizes)) for sizes in ((500, 20), (500, 80), (100, 80)))
    return abs(one - 1) > 0.1 and all(abs(other / one - 1) < 0.1 for other in others)


def cut(init):
    """Whether no weight is beyond about two standard deviations of He's, and nearly all else is right."""
    W = weights(init, 500, 50) / np.sqrt(2 / 50)
    return 1.5 < np.max(np.abs(W)) < 2.6 and 0.7 < np.var(W) < 0.97 and abs(np.mean(W)) < 0.05


add(
    "initialization.he",
    "An initializer that plugs in",
    level=2,
    reference=initializers.he,
    call=drawn,
    outputs=(
        "rows",
        "columns",
        "d_in × variance",
        "mean × √d_in",
        "rows or columns that repeat another",
        "the share of weights that are 0",
    ),
    rtol=0.03,
    atol=0.03,
    cases=lambda rng: [
        Case("300 units of 200 inputs", 300, 200),
        Case("4000 units of 10 inputs", 4000, 10),
    ],
    mistakes=[
        Mistake(
            "The shape is the other way around: W is (d_out, d_in), a row for each unit.",
            lambda d_out, d_in, *, rng: initializers.he(d_out, d_in, rng=rng).T,
        ),
        Mistake(
            "You use the variance where numpy wants the standard deviation: take the root.",
            lambda d_out, d_in, *, rng: rng.normal(0, 2 / d_in, (d_out, d_in)),
        ),
        Mistake(
            "The variance is 2 / d_out. Going forward, a unit adds up d_in terms: 2 / d_in.",
            lambda d_out, d_in, *, rng: rng.normal(0, np.sqrt(2 / d_out), (d_out, d_in)),
        ),
        Mistake(
            "All your weights are positive, and so is their mean. He's are drawn from a bell curve around 0, "
            "with as many below it as above.",
            lambda d_out, d_in, *, rng: np.sqrt(2 / d_in) * rng.random((d_out, d_in)),
            when=lambda init: (
                weights(init, 20, 30).min() >= 0 and np.var(weights(init, 20, 30)) > 0
            ),
        ),
        Mistake(
            "The variance is 1 / d_in, which suits a linear layer. He's factor 2 pays for the half that "
            "ReLU shuts.",
            initializers.lecun,
        ),
        Mistake(
            "The weights are not scaled: whatever the width, their variance is 1. Multiply by He's standard "
            "deviation.",
            lambda d_out, d_in, *, rng: rng.standard_normal((d_out, d_in)),
        ),
        Mistake(
            "That is Xavier's variance, 2 / (d_in + d_out). He takes the inputs alone: 2 / d_in.",
            initializers.xavier,
        ),
        Mistake(
            "rng.normal takes the mean first, then the standard deviation: yours have the mean √(2 / d_in).",
            lambda d_out, d_in, *, rng: rng.normal(np.sqrt(2 / d_in), 1, (d_out, d_in)),
        ),
        Mistake(
            "The factor is upside down: more inputs ask for smaller weights, √(2 / d_in).",
            lambda d_out, d_in, *, rng: rng.normal(0, np.sqrt(d_in / 2), (d_out, d_in)),
        ),
        Mistake(
            "A uniform on [-a, a] has variance a²/3, and you put He's standard deviation in for a. Either "
            "draw from a bell curve, or take a = √3 standard deviations.",
            lambda d_out, d_in, *, rng: np.sqrt(2 / d_in) * rng.uniform(-1, 1, (d_out, d_in)),
        ),
        Mistake(
            "A row is drawn once and repeated: then all units are twins. Draw every weight, with the shape "
            "(d_out, d_in).",
            lambda d_out, d_in, *, rng: np.tile(
                rng.normal(0, np.sqrt(2 / d_in), (1, d_in)), (d_out, 1)
            ),
        ),
        Mistake(
            "The root covers the 2 alone: the standard deviation is √(2 / d_in).",
            lambda d_out, d_in, *, rng: rng.normal(0, np.sqrt(2) / d_in, (d_out, d_in)),
        ),
        Mistake(
            "Your weights do not follow the rng that is given: the same seed must give the same ones, and "
            "another seed others. Draw from rng, not from np.random or a generator made inside.",
            lambda d_out, d_in, *, rng: initializers.he(d_out, d_in, rng=np.random.default_rng()),
            when=lambda init: not follows(init),
        ),
        Mistake(
            "Your variance is the same whatever d_in is: a fixed number stands in its place. He's is "
            "2 / d_in.",
            lambda d_out, d_in, *, rng: np.sqrt(2 / 64) * rng.standard_normal((d_out, d_in)),
            when=fixed,
        ),
        Mistake(
            "Many of your weights are exactly 0, and these add nothing. Draw them all: ReLU shuts the half "
            "by itself, and He's factor 2 pays for it.",
            lambda d_out, d_in, *, rng: (
                initializers.he(d_out, d_in, rng=rng) * (np.arange(d_in) % 2)
            ),
        ),
        Mistake(
            "The tails are cut off: no weight lies farther than about two standard deviations from 0, and "
            "the variance falls below 2 / d_in. Leave them as they are drawn.",
            lambda d_out, d_in, *, rng: np.clip(
                initializers.he(d_out, d_in, rng=rng), -2 * (2 / d_in) ** 0.5, 2 * (2 / d_in) ** 0.5
            ),
            when=cut,
        ),
        Mistake(
            "The variance is 4 / d_in, twice He's: is the mean of inputs and outputs taken, or √2 "
            "multiplied in twice?",
            lambda d_out, d_in, *, rng: np.sqrt(2) * initializers.he(d_out, d_in, rng=rng),
        ),
        Mistake(
            "The variance is 6 / d_in, three times He's. The factor 3 belongs to a uniform's end, not to a "
            "bell curve.",
            lambda d_out, d_in, *, rng: np.sqrt(3) * initializers.he(d_out, d_in, rng=rng),
        ),
    ],
    demands=[
        Demand(
            "the weights follow the rng",
            follows,
            "The weights must come from the rng that is given: the same for the same seed, others for "
            "another.",
        ),
        Demand(
            "nn.Dense takes it",
            plugs_in,
            "nn.Dense(6, 5, init=..., rng=...) calls it as init(d_out, d_in, rng=rng): keep these names.",
        ),
    ],
)
