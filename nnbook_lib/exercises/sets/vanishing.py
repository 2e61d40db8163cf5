"""Exercises on vanishing gradients, for chapter 4."""

from __future__ import annotations

import numpy as np

from ... import losses, network
from ...functions import sigmoid
from ...inspection import diagnostics
from ...mlp import mlp
from ..exercise import Case, Mistake, add
from . import decay

add(
    "vanishing.sigmoid_slope",
    "The slope, from the output",
    level=1,
    reference=lambda z: z * (1 - z),
    cases=lambda rng: [
        Case("half open, and two others", np.array([0.5, 0.8, 0.1])),
        Case("a saturated unit", np.array([0.999])),
        Case("from end to end", np.array([0.0, 0.25, 1.0])),
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
        Mistake(
            "You square 1 - z. Only one of the two factors is 1 - z, the other is z itself.",
            lambda z: (1 - z) ** 2,
        ),
        Mistake(
            "`@` multiplies and adds up. A slope is wanted for each entry by itself: `*`.",
            lambda z: z @ (1 - z),
        ),
        Mistake(
            "You add the slopes up. One is wanted for each entry, in the shape of z.",
            lambda z: np.sum(z * (1 - z), axis=-1),
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
            "You divide the logarithms the wrong way around. From factor**L = limit follows "
            "L log(factor) = log(limit).",
            lambda factor, limit: int(np.log(factor) / np.log(limit)) + 1,
        ),
        Mistake(
            "Your answer is 1 in every case. If there is a loop, `return` stands inside of it.",
            lambda factor, limit: 1,
        ),
        Mistake(
            "You give up at 100 layers. There may be more than a thousand.",
            lambda factor, limit: min(layers_until(factor, limit), 100),
        ),
        Mistake(
            "In each round you square the factor. A layer multiplies what is left by the same factor: keep "
            "the product apart from it.",
            lambda factor, limit: next(L for L in range(1, 99) if factor**2 ** (L - 1) < limit),
        ),
        Mistake(
            "You take the logarithm of the quotient limit / factor, which is a difference of two logarithms. "
            "Wanted is their quotient.",
            lambda factor, limit: int(np.floor(np.log(limit / factor))) + 1,
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
        Mistake(
            "Where a single layer is enough, you answer with 2: the count begins with 2 and is never below. "
            "Begin with 1.",
            lambda factor, limit: max(layers_until(factor, limit), 2),
        ),
        Mistake(
            "You count with a factor of 1/4, whatever is given. Use the argument.",
            lambda factor, limit: layers_until(0.25, limit),
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
            "The slope has two factors, z and 1 - z; the first is missing. (1 / (1 + e^u) is 1 - z.)",
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
        Mistake(
            "The brackets around 1 - z are missing: `* z * 1 - z` multiplies first and then subtracts z.",
            lambda delta, W, u: (delta @ W) * sigmoid(u) - sigmoid(u),
        ),
        Mistake(
            "You add the slope. What comes down through W is multiplied with it.",
            lambda delta, W, u: (delta @ W) + sigmoid(u) * sigmoid(-u),
        ),
        Mistake(
            "`*` multiplies entry by entry. delta is carried down by a matrix product: delta @ W.",
            lambda delta, W, u: delta * W * sigmoid(u) * sigmoid(-u),
        ),
        Mistake(
            "Only the first sample is filled in, and all other rows are 0. If there is a loop, `return` "
            "stands inside of it.",
            lambda delta, W, u: delta_below(delta, W, u) * (np.arange(len(u)) == 0)[:, None],
        ),
        Mistake(
            "This is the gradient of the weights above, deltaᵀ z. Wanted is the delta of the layer below, "
            "which has a row for each sample.",
            lambda delta, W, u: delta.T @ sigmoid(u),
        ),
    ],
    remark="With columns for samples the same rule reads (Wᵀ δ) ⊙ σ′(u). Whether W is transposed "
    "tells rows from columns, not forward from backward: look at the shapes before you take "
    "a formula from another book.",
)


add(
    "vanishing.decay_rate",
    "The rate of the decay",
    level=2,
    reference=decay.decay_rate,
    cases=lambda rng: [
        Case("a quarter a layer, exactly", np.array([1.0, 4.0, 16.0, 64.0])),
        Case("a gradient that explodes", np.array([8.0, 4.0, 2.0])),
        Case("twelve noisy layers", 0.3 ** -np.arange(12.0) * np.exp(rng.normal(0, 0.5, 12))),
    ],
    mistakes=decay.MISTAKES,
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
        Mistake(
            "You take the norm of each sample and average. Wanted is one norm over the whole batch.",
            lambda tape: _norms(
                diagnostics.weight_records(tape), lambda r: np.linalg.norm(r.dy, axis=1).mean()
            ),
        ),
        Mistake(
            "You average sizes. A norm is the root of the sum of the squares.",
            lambda tape: _norms(diagnostics.weight_records(tape), lambda r: np.abs(r.dy).mean()),
        ),
        Mistake(
            "You divide by the number of samples. dL/du carries the mean's 1/n already.",
            lambda tape: _norms(diagnostics.weight_records(tape), lambda r: r.dy / len(r.dy)),
        ),
        Mistake(
            "You keep the layers *without* a W, the activations. delta is what arrives at a layer with "
            "weights.",
            lambda tape: _norms(r for r in tape.walk() if "W" not in r.layer.params),
        ),
        Mistake(
            "Only the norm of the first layer is there. If there is a loop, `return` stands inside of it.",
            lambda tape: diagnostics.gradient_norms(tape)[:1],
        ),
        Mistake(
            "You take every second record, whatever layer it belongs to. Other layers may stand between: ask "
            "for those with a W.",
            lambda tape: _norms(list(tape.walk())[::2]),
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
        Mistake(
            "No depth of the slider is infinite. It asks for a sigmoid network, whose gradient vanishes: at "
            "which depth is it below the limit first?",
            np.inf,
        ),
        Mistake(
            "One depth is wanted, the first on the slider at which the share is below the limit, and you "
            "give several.",
            [10, 12],
            when=lambda depth: np.size(depth) > 1,
        ),
    ],
    remark="The number rests on the initialization. With weights twice as large it takes about "
    "sixteen layers, with weights four times as large more than twenty: chapter 5 asks how "
    "large they should be.",
)
