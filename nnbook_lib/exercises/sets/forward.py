"""Exercises on forward propagation, for chapter 1."""

from __future__ import annotations

import functools
import itertools
import math

import numpy as np

from ... import functions
from ..exercise import Case, Mistake, add
from . import curves, passes, softmax


def _layers(rng, *widths):
    """Random (W, b) for a network of these widths."""
    return [(rng.normal(size=(b, a)), rng.normal(size=b)) for a, b in itertools.pairwise(widths)]


add(
    "forward.weighted_sum",
    "One node by hand",
    level=1,
    reference=lambda x, w, b: float(w @ x + b),
    cases=lambda rng: [
        Case("three inputs", np.array([1.0, 2.0, 3.0]), np.array([0.5, -1.0, 2.0]), 0.25),
        Case("one input", np.array([2.0]), np.array([-3.0]), 1.0),
        Case("seven random inputs", rng.normal(size=7), rng.normal(size=7), rng.normal()),
    ],
    mistakes=[
        Mistake("The bias is missing. u = w·x + b: add b after the sum.", lambda x, w, b: w @ x),
        Mistake(
            "You multiply entry by entry and stop there: the products are still to be added up.",
            lambda x, w, b: w * x + b,
        ),
        Mistake(
            "The bias is added once for each input. It is added once, after the sum.",
            lambda x, w, b: np.sum(w * x + b),
        ),
        Mistake(
            "The bias is multiplied with the weights: w·(x + b). It stands outside of the sum.",
            lambda x, w, b: w @ (x + b),
        ),
        Mistake("You subtract the bias. It is added.", lambda x, w, b: w @ x - b),
        Mistake(
            "Only the first product is in your sum. If there is a loop, `return` stands inside of it.",
            lambda x, w, b: w[0] * x[0] + b,
        ),
        Mistake(
            "Only the last product is in your sum. If there is a loop, `=` overwrites the sum in every "
            "round: `+=` adds to it.",
            lambda x, w, b: w[-1] * x[-1] + b,
        ),
        Mistake(
            "The last product is missing. If there is a loop, it ends one round too early.",
            lambda x, w, b: w[:-1] @ x[:-1] + b,
        ),
        Mistake(
            "You divide by the number of inputs. Wanted is the sum of the products, not their mean.",
            lambda x, w, b: np.mean(w * x) + b,
        ),
        Mistake(
            "Your result is the sum of the inputs times the sum of the weights, plus b. Each input is to "
            "meet its own weight alone; then the products are added up.",
            lambda x, w, b: w.sum() * x.sum() + b,
        ),
        Mistake(
            "Your negative results are 0. u is the sum as it is; an activation such as ReLU comes after it.",
            lambda x, w, b: max(w @ x + b, 0.0),
        ),
    ],
    remark="A loop that adds up the products is as right as `w @ x`; numpy's product runs the same loop in "
    "compiled code, which for long vectors is far faster.",
)


add(
    "forward.layer",
    "A layer, for a batch",
    level=1,
    reference=lambda x, W, b: x @ W.T + b,
    cases=lambda rng: [
        Case(
            "one sample, two nodes",
            np.array([[1.0, 2.0, 3.0]]),
            np.array([[1.0, 0.0, -1.0], [0.5, 0.5, 0.5]]),
            np.array([10.0, 20.0]),
        ),
        Case(
            "two samples, a square W",
            np.array([[1.0, 2.0], [3.0, -1.0]]),
            np.array([[1.0, -3.0], [0.0, 2.0]]),
            np.array([0.5, -0.5]),
        ),
        Case(
            "five samples of four numbers, two nodes",
            rng.normal(size=(5, 4)),
            rng.normal(size=(2, 4)),
            rng.normal(size=2),
        ),
        Case("x a transposed view", rng.normal(size=(4, 6)).T, rng.normal(size=(3, 4)), np.ones(3)),
    ],
    mistakes=[
        Mistake(
            "Your product is x @ W. W has shape (outputs, inputs): a node's weights are a row of W, and "
            "the sizes only fit by chance when W is square. Transpose W.",
            lambda x, W, b: x @ W + b,
        ),
        Mistake(
            "The result has samples as columns: that is W X for column vectors. Here a sample is a row.",
            lambda x, W, b: W @ x.T + b[:, None],
        ),
        Mistake("The bias is missing: add b to every row.", lambda x, W, b: x @ W.T),
        Mistake(
            "You add up the biases and give the sum to every node. Each node has a bias of its own: b "
            "broadcasts over the rows by itself.",
            lambda x, W, b: x @ W.T + b.sum(),
        ),
        Mistake(
            "Your product is W @ x, which is for one sample as a column. Here a sample is a row, "
            "and x stands on the left: x @ W.T.",
            lambda x, W, b: W @ x + b,
        ),
        Mistake(
            "W @ x.T has a sample in each column, and b, a row, then meets samples instead of nodes. With "
            "samples as rows it is x @ W.T.",
            lambda x, W, b: W @ x.T + b,
        ),
        Mistake(
            "You make b a column, so it meets samples instead of nodes. As it is, a vector of shape "
            "(d_out,), it is added to every row.",
            lambda x, W, b: x @ W.T + b[:, None],
        ),
        Mistake(
            "Your negative results are 0. A layer ends with u; an activation such as ReLU comes after it.",
            lambda x, W, b: np.maximum(x @ W.T + b, 0),
        ),
        Mistake("You subtract the biases. They are added.", lambda x, W, b: x @ W.T - b),
        Mistake(
            "Only the first sample is in your result. Every row of x gets a row of its own.",
            lambda x, W, b: x[:1] @ W.T + b,
        ),
        Mistake(
            "You bring W into its other shape without a transpose: reshape leaves the numbers in their "
            "order, row after row, so they meet the wrong inputs. Write W.T.",
            lambda x, W, b: x @ W.reshape(W.shape[::-1]) + b,
        ),
        Mistake(
            "Your bias comes once for each input, as if it stood inside of the sum over them. It is added "
            "once, after the sum.",
            lambda x, W, b: x @ W.T + b * x.shape[1],
        ),
        Mistake(
            "You average over the samples, so one row is left. Every row of x gets a row of its own.",
            lambda x, W, b: (x @ W.T + b).mean(axis=0, keepdims=True),
        ),
        Mistake(
            "You add up the samples, so one row is left. They have nothing to do with each other: a row of "
            "x gives a row.",
            lambda x, W, b: (x @ W.T + b).sum(axis=0, keepdims=True),
        ),
        Mistake(
            "Your result is the sum of a row of x times the sum of a row of W, plus b. Each input is to meet "
            "its own weight alone; then the products are added up.",
            lambda x, W, b: np.outer(x.sum(axis=1), W.sum(axis=1)) + b,
        ),
    ],
    remark="PyTorch's nn.Linear keeps W as here, (outputs, inputs), and computes x @ W.T + b. Keras keeps it "
    "the other way around and computes x @ W + b: look at the shape before you carry weights over.",
)

add(
    "forward.collapse",
    "Two layers without activation are one",
    level=2,
    reference=lambda W1, b1, W2, b2: (W2 @ W1, W2 @ b1 + b2),
    outputs=("W", "b"),
    cases=lambda rng: [
        Case(
            "two nodes in each layer",
            np.array([[1.0, 2.0], [0.0, 1.0]]),
            np.array([1.0, 0.0]),
            np.array([[1.0, 0.0], [3.0, 1.0]]),
            np.array([0.0, 5.0]),
        ),
        Case(
            "three inputs, four nodes, two outputs",
            rng.normal(size=(4, 3)),
            rng.normal(size=4),
            rng.normal(size=(2, 4)),
            rng.normal(size=2),
        ),
        Case(
            "square matrices",
            rng.normal(size=(3, 3)),
            rng.normal(size=3),
            rng.normal(size=(3, 3)),
            rng.normal(size=3),
        ),
    ],
    mistakes=[
        Mistake(
            "Your b is b1 + b2. The second layer multiplies all that comes from the first, its bias too: "
            "write W2 (W1 x + b1) + b2 out.",
            lambda W1, b1, W2, b2: (W2 @ W1, b1 + b2),
        ),
        Mistake(
            "Your W is W1 W2. The layer that acts first stands on the right: W2 (W1 x).",
            lambda W1, b1, W2, b2: (W1 @ W2, W2 @ b1 + b2),
        ),
        Mistake(
            "The second bias is lost. b is what the two layers give for x = 0.",
            lambda W1, b1, W2, b2: (W2 @ W1, W2 @ b1),
        ),
        Mistake(
            "The first bias is lost. b is what the two layers give for x = 0.",
            lambda W1, b1, W2, b2: (W2 @ W1, b2),
        ),
        Mistake(
            "You put the layers in the wrong order: yours is the first layer behind the second, "
            "W1 (W2 x + b2) + b1.",
            lambda W1, b1, W2, b2: (W1 @ W2, W1 @ b2 + b1),
        ),
        Mistake(
            "Your W is W1 W2, and your b is b1 + b2. Write W2 (W1 x + b1) + b2 out: W1 stands next to x, and "
            "b1 is multiplied too.",
            lambda W1, b1, W2, b2: (W1 @ W2, b1 + b2),
        ),
        Mistake(
            "Your W is right; your b is W1 b2 + b1. It is the first bias that passes through the "
            "second layer.",
            lambda W1, b1, W2, b2: (W2 @ W1, W1 @ b2 + b1),
        ),
        Mistake(
            "Your W is transposed: W1ᵀ W2ᵀ is (W2 W1)ᵀ. Here x is a column, so no transpose is needed.",
            lambda W1, b1, W2, b2: (W1.T @ W2.T, W2 @ b1 + b2),
        ),
        Mistake(
            "In your b the first bias meets the columns of W2, as in b1 @ W2. W2 acts from the "
            "left: W2 @ b1.",
            lambda W1, b1, W2, b2: (W2 @ W1, b1 @ W2 + b2),
        ),
        Mistake(
            "Your b sends b2 through W2 as well. It comes in after it.",
            lambda W1, b1, W2, b2: (W2 @ W1, W2 @ (b1 + b2)),
        ),
        Mistake(
            "Your b is W b1 + b2 with the product W = W2 W1. The first bias comes in after W1, so only W2 "
            "acts on it.",
            lambda W1, b1, W2, b2: (W2 @ W1, W2 @ W1 @ b1 + b2),
        ),
        Mistake(
            "`*` multiplies entry by entry. Matrices that act one after the other are multiplied with @.",
            lambda W1, b1, W2, b2: (W2 * W1, W2 * b1 + b2),
        ),
        Mistake(
            "You add the matrices. The second layer acts on what the first one gives: a product.",
            lambda W1, b1, W2, b2: (W1 + W2, b1 + b2),
        ),
        Mistake(
            "You return W alone. Wanted are both, separated by a comma: `return W, b`.",
            lambda W1, b1, W2, b2: W2 @ W1,
        ),
    ],
    remark="It works in the other direction, too. A large matrix is sometimes written as a product of two "
    "thin ones, with no activation between, to save parameters: the function is still a single layer, of "
    "lower rank.",
)

add(
    "forward.parameters",
    "How many parameters?",
    level=1,
    reference=lambda widths: int(sum(a * b + b for a, b in itertools.pairwise(widths))),
    cases=lambda rng: [
        Case("three inputs, two nodes", [3, 2]),
        Case("two layers", [2, 3, 1]),
        Case("digits: 64, 32, 32, 10", [64, 32, 32, 10]),
    ],
    mistakes=[
        Mistake(
            "You give a bias to each node that a layer's edges come *from*. It belongs to the nodes they "
            "lead to: a layer from a to b has b biases.",
            lambda widths: sum(a * b + a for a, b in itertools.pairwise(widths)),
        ),
        Mistake(
            "You count the first layer only: run through all neighboring widths.",
            lambda widths: widths[0] * widths[1] + widths[1],
        ),
        Mistake(
            "You count weights only. Every node has a bias too.",
            lambda widths: sum(a * b for a, b in itertools.pairwise(widths)),
        ),
        Mistake(
            "You give the inputs a bias. They are numbers that come in, no nodes that compute.",
            lambda widths: sum(a * b for a, b in itertools.pairwise(widths)) + sum(widths),
        ),
        Mistake(
            "You give every layer one bias. Every node has its own.",
            lambda widths: sum(a * b + 1 for a, b in itertools.pairwise(widths)),
        ),
        Mistake(
            "You count nodes. A parameter belongs to an edge (a weight) or to a node (a bias).",
            lambda widths: sum(widths[1:]),
        ),
        Mistake(
            "You count the last layer only. If there is a loop, it overwrites the sum in every round: add "
            "to it.",
            lambda widths: widths[-2] * widths[-1] + widths[-1],
        ),
        Mistake(
            "The last layer is missing: the outputs have weights and biases as well.",
            lambda widths: sum(a * b + b for a, b in itertools.pairwise(widths[:-1])),
        ),
        Mistake(
            "The outputs have no bias in your sum. They are nodes that compute, with a bias each.",
            lambda widths: sum(a * b for a, b in itertools.pairwise(widths)) + sum(widths[1:-1]),
        ),
        Mistake(
            "You give a bias to both ends of each layer's edges. It belongs to the nodes they lead to, once.",
            lambda widths: sum(a * b + a + b for a, b in itertools.pairwise(widths)),
        ),
        Mistake(
            "You multiply all widths, which counts paths. Layers are counted one by one, and added up.",
            lambda widths: math.prod(widths),
        ),
        Mistake(
            "You add a and b where an edge leads from each of a nodes to each of b: a times b.",
            lambda widths: sum(a + b + b for a, b in itertools.pairwise(widths)),
        ),
        Mistake(
            "You multiply all widths and add the biases. The layers' weights are counted one by one, a·b "
            "each, and added up.",
            lambda widths: math.prod(widths) + sum(widths[1:]),
        ),
        Mistake(
            "You count every second layer only. Go from each width to the next one, in steps of one.",
            lambda widths: sum(a * b + b for a, b in list(itertools.pairwise(widths))[::2]),
        ),
    ],
    remark="In fully connected layers nearly all parameters are weights: their number grows with the square "
    "of the width, that of the biases with the width. A layer in front of batch normalization often has no "
    "bias at all, for it would be subtracted at once.",
)

add(
    "forward.tent",
    "A tent from three ReLUs",
    level=1,
    reference=np.array([1.0, -2.0, 1.0]),
    mistakes=curves.TENT,
    remark="The method of finite elements, with which engineers compute heat and stress, builds its curves "
    "from such tents, one for each point of a grid. There the grid is fixed; a network moves its kinks.",
)

add(
    "forward.bump",
    "A bump from four ReLUs",
    level=2,
    reference=curves.bump,
    call=curves.by_piece,
    cases=curves.bumps,
    mistakes=curves.BUMP,
    remark="`np.interp` or `np.clip` draw the same curve in a line. Out of ReLUs it is a network with four "
    "hidden units, and gradient descent can move its places and heights.",
)

add(
    "forward.kinks",
    "Count the kinks",
    level=1,
    reference=8,
    mistakes=curves.KINKS,
    remark="Depth multiplies where width adds: a second layer bends every piece of the first again, so the "
    "number of pieces can grow exponentially with depth (Montúfar et al. 2014). A trained network uses few "
    "of them.",
)


add(
    "forward.softmax",
    "Softmax that does not overflow",
    level=2,
    reference=functions.softmax,
    cases=lambda rng: [
        Case("one row of equal logits", np.zeros((1, 2))),
        Case("two rows", np.array([[1.0, 2.0, 4.0], [3.0, 3.0, 0.0]])),
        Case("five random rows", rng.normal(size=(5, 4))),
        Case("logits near 1000", np.array([[1000.0, 999.0, 998.0]])),
        Case("logits of 3000", np.array([[3000.0, 2999.0, 0.0], [0.0, 1.0, 2.0]])),
        Case("logits of -3000", np.array([[-3000.0, -3001.0]])),
    ],
    mistakes=softmax.MISTAKES,
    remark="Libraries subtract the largest logit, too. In training they go one step further and return "
    "log p, u - max - log(sum), since the loss wants the logarithm and a p that has rounded to 0 has none.",
)

add(
    "forward.network",
    "The whole network",
    level=2,
    reference=lambda x, layers: functools.reduce(
        lambda z, layer: np.maximum(z, 0) @ layer[0].T + layer[1],
        layers[1:],
        x @ layers[0][0].T + layers[0][1],
    ),
    cases=lambda rng: [
        Case(
            "two samples, two hidden nodes, one output",
            np.array([[1.0, 2.0], [-1.0, 1.0]]),
            [
                (np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([3.0, 1.0])),
                (np.array([[1.0, -2.0]]), np.array([1.0])),
            ],
        ),
        Case("three layers of three nodes", rng.normal(size=(4, 3)), _layers(rng, 3, 3, 3, 3)),
        Case("one layer", rng.normal(size=(3, 4)), _layers(rng, 4, 2)),
        Case("four layers", rng.normal(size=(5, 3)), _layers(rng, 3, 6, 4, 5, 2)),
    ],
    mistakes=passes.MISTAKES,
    remark="Many libraries write the ReLU as a layer of its own, Linear, ReLU, Linear: the last one then has "
    "none by itself, and nobody has to remember which layer is the last.",
)


add(
    "forward.interpolate",
    "Any curve from ReLUs",
    level=3,
    reference=curves.hinges,
    cases=lambda rng: [
        Case("a tent", np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 0.0])),
        Case("two points", np.array([-1.0, 3.0]), np.array([2.0, 10.0])),
        Case("uneven steps", np.array([0.0, 0.5, 2.0, 2.25]), np.array([1.0, -1.0, 3.0, 3.5])),
        Case("forty points", np.sort(rng.uniform(-3, 3, 40)), rng.normal(size=40)),
    ],
    mistakes=curves.THROUGH_POINTS,
    remark="`np.interp` draws the same curve and is the better tool for it. The construction shows "
    "what a layer can represent; it does not say that gradient descent finds it.",
)
