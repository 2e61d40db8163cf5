"""Exercises on vanishing gradients, for chapter 4."""

from __future__ import annotations

import numpy as np

from ... import losses, network
from ...functions import sigmoid
from ...inspection import diagnostics
from ...mlp import mlp
from ..exercise import Case, Mistake, add

add(
    "vanishing.sigmoid_slope",
    "The slope, from the output",
    level=1,
    reference=lambda z: z * (1 - z),
    cases=lambda rng: [
        Case("half open, and two others", np.array([0.5, 0.8, 0.1])),
        Case("a saturated unit", np.array([0.999])),
        Case("a batch of activations", sigmoid(rng.normal(0, 2, (4, 3)))),
    ],
    mistakes=[
        Mistake(
            "You apply the sigmoid to z. But z is a sigmoid already: it is the output, so no exponential "
            "is needed any more.",
            lambda z: sigmoid(z) * (1 - sigmoid(z)),
        ),
        Mistake(
            "1 - z² is the slope of tanh. Differentiate 1 / (1 + e^-u), and write what comes out with z.",
            lambda z: 1 - z**2,
        ),
        Mistake(
            "Your slope is negative, and the sigmoid rises everywhere. One factor is z, the other what z "
            "lacks to 1.",
            lambda z: z * (z - 1),
        ),
        Mistake(
            "You return 1/4. That is the largest slope, reached at z = 1/2 only; here the slope at each z "
            "is wanted.",
            lambda z: np.full_like(z, 0.25),
        ),
        Mistake("You return z. One factor is missing: what z lacks to 1.", lambda z: z.copy()),
        Mistake("You return 1 - z. One factor is missing: z itself.", lambda z: 1 - z),
        Mistake(
            "Your slope is one over the right one: that is the slope of the inverse, of u as a "
            "function of z.",
            lambda z: 1 / (z * (1 - z)),
        ),
        Mistake(
            "You differentiate once too often: 1 - 2z is the slope of z (1 - z) with respect to z.",
            lambda z: 1 - 2 * z,
        ),
        Mistake("The second factor is 1 - z, with a minus; you use 1 + z.", lambda z: z * (1 + z)),
        Mistake(
            "Yours is z² (1 - z), with a z too many: e^-u / (1 + e^-u)² is z (1 - z).",
            lambda z: z**2 * (1 - z),
        ),
    ],
    remark="tanh and ReLU, too, have slopes that can be read off their outputs: 1 - z², and 1 "
    "where z > 0. A layer that keeps z for the layer above has all it needs, and can let u "
    "go.",
)


def layers_until(factor, limit):
    """The smallest L with factor**L < limit."""
    if not (0 < factor < 1 and 0 < limit < 1):
        raise ValueError("factor and limit lie between 0 and 1")
    layers = int(np.log(limit) / np.log(factor))  # near it; the logarithms are rounded
    while factor**layers >= limit:
        layers += 1
    while layers > 0 and factor ** (layers - 1) < limit:
        layers -= 1
    return layers


def powers_needed(factor, limit):
    """The L with factor**L = limit, a fraction."""
    return np.log(limit) / np.log(factor)


add(
    "vanishing.layers_until",
    "Layers until nothing is left",
    level=2,
    reference=layers_until,
    cases=lambda rng: [
        Case("halved in each layer, below a fifth", 0.5, 0.2),
        Case("exactly at the limit is not below", 0.5, 0.25),
        Case("one layer is enough", 0.25, 0.3),
        Case("the sigmoid's bound, below a millionth", 0.25, 1e-6),
        Case("six tenths a layer, below a thousandth", 0.6, 1e-3),
        Case("more than a thousand layers", 0.99, 1e-6),
    ],
    mistakes=[
        Mistake(
            "One layer too few: after so many it is not below the limit yet. Is the fraction rounded down, "
            "the loop left one round too early, or the last round not counted?",
            lambda factor, limit: layers_until(factor, limit) - 1,
        ),
        Mistake(
            "One layer too many: one fewer is below the limit already. Is the count raised once more after "
            "the last product, or does it begin with 1?",
            lambda factor, limit: layers_until(factor, limit) + 1,
        ),
        Mistake(
            "Right, except where factor**L is exactly the limit: wanted is *below*, so one layer more.",
            lambda factor, limit: int(np.ceil(powers_needed(factor, limit))),
        ),
        Mistake(
            "You round to the nearest whole number. Where that is down, so many layers are not "
            "enough: take the first whole number beyond.",
            lambda factor, limit: round(powers_needed(factor, limit)),
        ),
        Mistake(
            "You return the fractional solution of factor**L = limit. A network has whole layers: which is "
            "the first whole number beyond?",
            powers_needed,
        ),
        Mistake(
            "You divide the logarithms the wrong way around, and leave the fraction as it is. From "
            "factor**L = limit follows L log(factor) = log(limit).",
            lambda factor, limit: np.log(factor) / np.log(limit),
        ),
        Mistake(
            "Your answer is 1 in every case. In a loop, `return` stands inside of it; with logarithms, they "
            "are divided the wrong way around.",
            lambda factor, limit: 1,
        ),
        Mistake(
            "Your answer is 0 in every case. A loop is to go on as long as the product is *not* below the "
            "limit; yours is never entered. With whole numbers, `//` rounds down to 0.",
            lambda factor, limit: 0,
        ),
        Mistake(
            "You count as if every layer took away the same amount, 1 - factor. It takes away the "
            "same share: the layers multiply.",
            lambda factor, limit: int(np.ceil((1 - limit) / (1 - factor))),
        ),
        Mistake(
            "You return what is left after so many layers. Asked for is their number.",
            lambda factor, limit: factor ** layers_until(factor, limit),
        ),
        Mistake(
            "You count the layers of a factor of one tenth, the zeros of the limit. The factor "
            "belongs into it: divide by its logarithm.",
            lambda factor, limit: int(np.floor(-np.log10(limit))) + 1,
        ),
    ],
    remark="The loop is the definition, and the logarithms are one line: the first whole number beyond "
    "log(limit) / log(factor). At a tie the line depends on how the logarithms are rounded, so ties are "
    "better left to the loop.",
)


def delta_below(delta, W, u):
    """delta of the layer below: back through W, then through the sigmoid at u."""
    return (delta @ W) * sigmoid(u) * sigmoid(-u)


add(
    "vanishing.delta_below",
    "One layer down",
    level=1,
    reference=delta_below,
    plain=lambda delta, W, u: (delta @ W) * sigmoid(u) * (1 - sigmoid(u)),
    cases=lambda rng: [
        Case(
            "one sample, u = 0, so the slope is 1/4",
            np.array([[1.0, -2.0]]),
            np.array([[4.0, 8.0], [0.0, -4.0]]),
            np.zeros((1, 2)),
        ),
        Case(
            "a square W, two samples",
            rng.normal(size=(2, 3)),
            rng.normal(size=(3, 3)),
            rng.normal(size=(2, 3)),
        ),
        Case(
            "five samples, two units above, four below",
            rng.normal(size=(5, 2)),
            rng.normal(size=(2, 4)),
            rng.normal(0, 3, size=(4, 5)).T,
        ),
    ],
    mistakes=[
        Mistake(
            "You multiply with W.T on the right. For rows that is the way forward; backward, a row delta "
            "is carried down by W itself.",
            lambda delta, W, u: (delta @ W.T) * sigmoid(u) * sigmoid(-u),
        ),
        Mistake(
            "The slope is missing: back through the weights, and then back through the activation.",
            lambda delta, W, u: delta @ W,
        ),
        Mistake(
            "You multiply with the activation itself. Backward its slope at u is wanted.",
            lambda delta, W, u: (delta @ W) * sigmoid(u),
        ),
        Mistake(
            "You multiply delta with the slope and then go back through W. The order is the other way: "
            "first through the layer above, W, and what arrives is multiplied with the slope at u.",
            lambda delta, W, u: (delta * sigmoid(u) * sigmoid(-u)) @ W,
        ),
        Mistake(
            "The slope has two factors, z and 1 - z; the first is missing.",
            lambda delta, W, u: (delta @ W) * sigmoid(-u),
        ),
        Mistake(
            "1 - tanh² is the slope of tanh. These units are sigmoids: z (1 - z), at most 1/4.",
            lambda delta, W, u: (delta @ W) * (1 - np.tanh(u) ** 2),
        ),
        Mistake(
            "You use u (1 - u). That form wants the output z: compute z = 1 / (1 + e^-u) first.",
            lambda delta, W, u: (delta @ W) * u * (1 - u),
        ),
        Mistake(
            "You apply the sigmoid twice: u is what comes before it, so z is the sigmoid of u, once.",
            lambda delta, W, u: (delta @ W) * sigmoid(sigmoid(u)) * (1 - sigmoid(sigmoid(u))),
        ),
        Mistake(
            "You divide by the number of samples. delta carries the mean's 1/n already; it is taken once, "
            "in the loss.",
            lambda delta, W, u: delta_below(delta, W, u) / len(u),
        ),
        Mistake(
            "You take the slope 1/4 everywhere. That is the largest one, at u = 0; wanted is the slope at "
            "each u.",
            lambda delta, W, u: (delta @ W) / 4,
        ),
        Mistake(
            "Your gate is that of ReLU: 1 where u is positive. These units are sigmoids.",
            lambda delta, W, u: (delta @ W) * (u > 0),
        ),
        Mistake(
            "You multiply with u itself. Backward the slope of the sigmoid at u is wanted.",
            lambda delta, W, u: (delta @ W) * u,
        ),
        Mistake(
            "You return the slope alone. What comes down through W is still to be multiplied with it.",
            lambda delta, W, u: sigmoid(u) * sigmoid(-u),
        ),
        Mistake(
            "You divide by the slope. Back through a function means: times its slope.",
            lambda delta, W, u: (delta @ W) / (sigmoid(u) * sigmoid(-u)),
        ),
    ],
    remark="With columns for samples the same rule reads (Wᵀ δ) ⊙ σ′(u). Whether W is transposed "
    "tells rows from columns, not forward from backward: look at the shapes before you take "
    "a formula from another book.",
)


def decay_rate(norms):
    """What each layer multiplies the gradient with going back, from a straight line through logs."""
    return float(np.exp(-np.polyfit(np.arange(len(norms)), np.log(norms), 1)[0]))


add(
    "vanishing.decay_rate",
    "The rate of the decay",
    level=2,
    reference=decay_rate,
    cases=lambda rng: [
        Case("a quarter a layer, exactly", np.array([1.0, 4.0, 16.0, 64.0])),
        Case("a gradient that explodes", np.array([8.0, 4.0, 2.0])),
        Case("twelve noisy layers", 0.3 ** -np.arange(12.0) * np.exp(rng.normal(0, 0.5, 12))),
    ],
    mistakes=[
        Mistake(
            "You return the slope of the line through the logarithms. A factor is wanted: undo the "
            "logarithm, and mind the direction.",
            lambda norms: -np.polyfit(np.arange(len(norms)), np.log(norms), 1)[0],
        ),
        Mistake(
            "Your factor leads forward, from layer 1 up. The gradient travels the other way.",
            lambda norms: 1 / decay_rate(norms),
        ),
        Mistake(
            "You use the first norm and the last alone, so the luck of these two decides. Fit a line "
            "through the logarithms of all of them.",
            lambda norms: (norms[0] / norms[-1]) ** (1 / (len(norms) - 1)),
        ),
        Mistake(
            "You use the first norm and the last alone, and count a step too many: between L layers lie "
            "L - 1 steps. Better fit a line through the logarithms of all norms.",
            lambda norms: (norms[0] / norms[-1]) ** (1 / len(norms)),
        ),
        Mistake(
            "You return what all layers together leave. Wanted is the factor of one layer.",
            lambda norms: norms[0] / norms[-1],
        ),
        Mistake(
            "That is the height at which the line starts. np.polyfit returns the slope first, then the "
            "height: take the slope.",
            lambda norms: np.exp(np.polyfit(np.arange(len(norms)), np.log(norms), 1)[1]),
        ),
        Mistake(
            "You average the ratios of neighbors. For factors that multiply, one large ratio outweighs "
            "many small ones: average in the logarithm, by fitting a line.",
            lambda norms: np.mean(norms[:-1] / norms[1:]),
        ),
        Mistake(
            "You fit a line through the norms themselves. An exponential is straight only in its "
            "logarithm.",
            lambda norms: np.exp(-np.polyfit(np.arange(len(norms)), norms, 1)[0]),
        ),
        Mistake(
            "You fit log10 and undo it with exp. Base 10 is undone by 10 ** slope.",
            lambda norms: np.exp(-np.polyfit(np.arange(len(norms)), np.log10(norms), 1)[0]),
        ),
        Mistake(
            "You return the slope of the line itself. A factor is wanted: undo the logarithm, and mind the "
            "direction.",
            lambda norms: np.polyfit(np.arange(len(norms)), np.log(norms), 1)[0],
        ),
        Mistake(
            "You average the ratios of neighbors, and in the forward direction. The gradient travels the "
            "other way, and factors that multiply are averaged in the logarithm, by fitting a line.",
            lambda norms: np.mean(norms[1:] / norms[:-1]),
        ),
        Mistake(
            "You fit the natural logarithm and undo it with a power of 10. It is undone by np.exp.",
            lambda norms: 10 ** -np.polyfit(np.arange(len(norms)), np.log(norms), 1)[0],
        ),
        Mistake(
            "You fit the logarithm to base 2 and undo it with exp. Base 2 is undone by 2 ** slope.",
            lambda norms: np.exp(-np.polyfit(np.arange(len(norms)), np.log2(norms), 1)[0]),
        ),
        Mistake(
            "You use the last step alone. Fit a line through the logarithms of all norms.",
            lambda norms: norms[-2] / norms[-1],
        ),
        Mistake(
            "You use the first two norms alone. Fit a line through the logarithms of all norms.",
            lambda norms: norms[0] / norms[1],
        ),
    ],
    remark="The rate over a few layers is no law of nature: it changes along the net and during "
    "training. A line through the logarithms says what it is on the average, and how far "
    "the points lie from it says whether to believe it.",
)


def _tape(rng, d_in, d_out, n, **build):
    """The watched tape of a small network after one pass forward and back."""
    net = mlp(d_in, d_out, rng=rng, **build)
    x, t = rng.normal(size=(n, d_in)), rng.integers(0, d_out, n)
    return network.loss_and_grad(net, losses.SoftmaxCrossEntropy(), x, t, watch=True)[1]


def _norms(records, of=lambda r: r.dy):
    return np.array([np.linalg.norm(of(r)) for r in records])


add(
    "vanishing.gradient_norms",
    "Read the gradient off the tape",
    level=2,
    reference=diagnostics.gradient_norms,
    plain=lambda tape: _norms(r for r in tape.walk() if "W" in r.layer.params),
    cases=lambda rng: [
        Case("one hidden layer", _tape(rng, 2, 2, 1, width=3)),
        Case("four sigmoid layers", _tape(rng, 3, 2, 7, depth=4, width=5, activation="sigmoid")),
        Case("with batch normalization between", _tape(rng, 3, 4, 6, depth=2, norm="batch")),
        Case("with skip connections", _tape(rng, 3, 2, 5, depth=3, width=4, skip=True)),
    ],
    mistakes=[
        Mistake(
            "You take the norm for every record. The activations have records too, and their dy is dL/dz, "
            'not delta: keep the records whose layer has a "W" among its params.',
            lambda tape: _norms(tape.walk()),
        ),
        Mistake(
            "You keep every layer with parameters. Batch normalization has some, and no W: ask for "
            '"W" in r.layer.params.',
            lambda tape: _norms(r for r in tape.walk() if r.layer.params),
        ),
        Mistake(
            "You loop over the tape's own records. A layer made of layers, as a skip connection is, holds "
            "its records inside: tape.walk() opens them.",
            lambda tape: _norms(r for r in tape if "W" in r.layer.params),
        ),
        Mistake(
            "These are the norms of the weight gradients dW. delta is dL/du, which the record keeps as dy.",
            lambda tape: diagnostics.weight_gradient_norms(tape),
        ),
        Mistake(
            "These are the norms of what went forward, y. What came back is dy.",
            lambda tape: _norms(diagnostics.weight_records(tape), lambda r: r.y),
        ),
        Mistake(
            "These are squared norms: the root is missing.",
            lambda tape: diagnostics.gradient_norms(tape) ** 2,
        ),
        Mistake(
            "You add up sizes. A norm is the root of the sum of the squares.",
            lambda tape: _norms(diagnostics.weight_records(tape), lambda r: np.abs(r.dy).sum()),
        ),
        Mistake(
            "You take the mean over the samples first, where they can cancel. The norm is over the whole "
            "batch: all entries of the matrix.",
            lambda tape: _norms(diagnostics.weight_records(tape), lambda r: r.dy.mean(axis=0)),
        ),
        Mistake(
            "You divide by the number of entries: a root of the mean square. Wanted is the norm, the root of "
            "the sum.",
            lambda tape: _norms(
                diagnostics.weight_records(tape), lambda r: np.sqrt(np.mean(r.dy**2))
            ),
        ),
        Mistake(
            "You ask for the spectral norm, np.linalg.norm(r.dy, 2). Without the 2 it is the root "
            "of the sum of all squares, which is wanted.",
            lambda tape: _norms(
                diagnostics.weight_records(tape), lambda r: np.linalg.norm(r.dy, 2)
            ),
        ),
        Mistake(
            "You take the largest entry. Wanted is the norm, the root of the sum of all squares.",
            lambda tape: _norms(diagnostics.weight_records(tape), lambda r: np.abs(r.dy).max()),
        ),
    ],
    remark="Frameworks offer hooks for this, functions that are called when a gradient passes. A "
    "tape is the plainer way: the pass leaves its numbers behind, and you read them "
    "afterwards.",
)


add(
    "vanishing.millionth",
    "Predict, then move the figure",
    level=1,
    reference=10,
    stops=(2, 4, 6, 8, 10, 12),  # of the figure's slider
    mistakes=[
        Mistake(
            "At depth 2 layer 1 still receives 0.07 times the output's δ, a bit more than a quarter of a "
            "quarter. How many quarters make a millionth?",
            2,
        ),
        Mistake(
            "At depth 4 the share is 0.004. A millionth, 1e-06, is four thousand times smaller: at "
            "the rate of the first four layers, how many more does it take?",
            4,
        ),
        Mistake(
            "At depth 6 about two ten-thousandths are left, 0.0002. Count the zeros in the caption: a "
            "millionth is 1e-06.",
            6,
        ),
        Mistake(
            "At depth 8 layer 1 still receives about a hundred-thousandth, 1e-05. A millionth is ten times "
            "smaller.",
            8,
        ),
        Mistake(
            "At depth 12 it is below a millionth, but not for the first time: move the slider one stop "
            "back.",
            12,
        ),
        Mistake(
            "1e-06 is the limit. Asked for is the depth at which the share falls below it.",
            1e-6,
        ),
    ],
    remark="The number rests on the initialization. With weights twice as large it takes about "
    "sixteen layers, with weights four times as large more than twenty: chapter 5 asks how "
    "large they should be.",
)
