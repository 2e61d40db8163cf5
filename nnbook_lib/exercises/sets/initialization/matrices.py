"""Exercises on the variance to choose, orthogonal matrices, and a scale set by the data."""

from __future__ import annotations

import numpy as np

from ....dense import Dense
from ....inspection import diagnostics
from ....mlp import mlp
from ...exercise import Case, Mistake, add


def relu(best):
    """The first of two numbers."""
    first, _ = np.ravel(best)
    return first


def tanh(best):
    """The second of two numbers."""
    _, second = np.ravel(best)
    return second


add(
    "initialization.best_variance",
    "Predict the variance, then move the figure",
    level=1,
    reference=np.array([2.0, 1.5]),
    remark="1.5 is what 20 layers ask for here. The deeper the network, the nearer to 1 the best value for "
    "tanh: its u shrink on the way up, and near 0 tanh is a straight line.",
    mistakes=[
        Mistake(
            "ReLU stands first, then tanh: the two are exchanged.",
            np.array([1.5, 2.0]),
            when=lambda best: relu(best) == 1.5 and tanh(best) == 2,
        ),
        Mistake(
            "2 is right for ReLU. For tanh, 1 is what the derivation for linear layers gives; look at the "
            "figure at depth 20: tanh takes a little of the gradient in every layer.",
            np.array([2.0, 1.0]),
            when=lambda best: relu(best) == 2 and tanh(best) == 1,
        ),
        Mistake(
            "2 is right for ReLU. For tanh your value is too small: the gradient falls on its way down.",
            np.array([2.0, 0.5]),
            when=lambda best: relu(best) == 2 and tanh(best) < 1,
        ),
        Mistake(
            "2 is right for ReLU, whose other half is shut. Tanh shuts nothing: at 2 and above its gradient "
            "grows toward the input. Look at depth 20.",
            np.array([2.0, 2.0]),
            when=lambda best: relu(best) == 2 and tanh(best) >= 2,
        ),
        Mistake(
            "Tanh is right. For ReLU your value is too small: it loses half of the mean square at every "
            "layer, though its slope is 1 where it is on. Look at depth 20.",
            np.array([1.0, 1.5]),
            when=lambda best: relu(best) < 2 and tanh(best) == 1.5,
        ),
        Mistake(
            "Tanh is right. For ReLU your value is too large: the gradient grows toward the input.",
            np.array([4.0, 1.5]),
            when=lambda best: relu(best) > 2 and tanh(best) == 1.5,
        ),
        Mistake(
            "At 1 ReLU loses half of the mean square at every layer, though its slope is 1 where it is on. "
            "And tanh takes a little, too. Look at depth 20.",
            np.array([1.0, 1.0]),
            when=lambda best: relu(best) == 1 and tanh(best) == 1,
        ),
        Mistake(
            "Both are too large: set the depth to 20, and see how the gradient grows on its way down.",
            np.array([4.0, 2.0]),
            when=lambda best: relu(best) > 2 and tanh(best) > 1.5,
        ),
        Mistake(
            "For ReLU your value is too small, for tanh too large: ReLU shuts half of the mean square in "
            "every layer, tanh takes little.",
            np.array([1.0, 4.0]),
            when=lambda best: (
                relu(best) < 2 and tanh(best) > 1.5 and (relu(best), tanh(best)) != (1.5, 2)
            ),
        ),
        Mistake(
            "For ReLU your value is too large, for tanh too small: set the depth to 20, and see where the "
            "gradient goes on its way down.",
            np.array([4.0, 1.0]),
            when=lambda best: relu(best) > 2 and tanh(best) < 1.5,
        ),
        Mistake(
            "Both are too small: set the depth to 20, and see how the gradient falls on its way down.",
            np.array([1.5, 1.0]),
            when=lambda best: (
                relu(best) < 2 and tanh(best) < 1.5 and (relu(best), tanh(best)) != (1, 1)
            ),
        ),
    ],
)


def orthogonal(G):
    Q, R = np.linalg.qr(G)
    return Q * np.sign(np.diag(R))


add(
    "initialization.orthogonal",
    "A matrix that keeps every length",
    level=2,
    reference=orthogonal,
    cases=lambda rng: [
        Case("two by two", np.array([[3.0, 1.0], [4.0, -2.0]])),
        Case("two rows, one column", np.array([[-3.0], [4.0]])),
        Case("five by five", rng.normal(size=(5, 5))),
        Case("six rows, three columns", rng.normal(size=(3, 6)).T),
    ],
    remark="Saxe and others (2013) showed why it helps: in a deep linear network orthogonal weights keep "
    "*all* lengths, while random ones keep them on average, and stretch some directions a thousandfold.",
    mistakes=[
        Mistake(
            "The signs are left as the algorithm chose them, so that Q is not uniform over all orthogonal "
            "matrices. Multiply each column of Q with the sign of its entry on R's diagonal.",
            lambda G: np.linalg.qr(G)[0],
        ),
        Mistake(
            "You multiply the rows with the signs. They belong to the columns of Q, for Q R = (Q S)(S R): "
            "no [:, None], let numpy line them up with the columns.",
            lambda G: np.diag(np.sign(np.diag(np.linalg.qr(G)[1]))) @ np.linalg.qr(G)[0],
        ),
        Mistake(
            "Your columns are perpendicular, and their lengths are not 1 but those on R's diagonal. Gram and "
            "Schmidt divide each column by its length; with np.linalg.qr, Q takes only the *signs* of that "
            "diagonal.",
            lambda G: np.linalg.qr(G)[0] * np.diag(np.linalg.qr(G)[1]),
        ),
        Mistake(
            "You divide each column by its length. The columns have length 1 then, but are not "
            "perpendicular to each other: use np.linalg.qr.",
            lambda G: G / np.linalg.norm(G, axis=0),
        ),
        Mistake(
            "You divide by the largest singular value. The largest is then 1, the others are still "
            "smaller; wanted is 1 for all.",
            lambda G: G / np.linalg.norm(G, 2),
        ),
        Mistake(
            "The U V^T of the singular value decomposition is orthogonal too, and not asked for here: take "
            "np.linalg.qr.",
            lambda G: np.matmul(*np.linalg.svd(G, full_matrices=False)[::2]),
        ),
        Mistake(
            "You take the signs of Q's own diagonal. What is to be positive is the diagonal of R.",
            lambda G: np.linalg.qr(G)[0] * np.sign(np.diag(np.linalg.qr(G)[0])),
        ),
        Mistake(
            "Your result is Q transposed. Its columns, not its rows, come from the columns of G.",
            lambda G: orthogonal(G).T,
        ),
        Mistake(
            "All signs are turned: the diagonal of R would be negative.",
            lambda G: -orthogonal(G),
        ),
        Mistake(
            "You make the entries of Q positive. Then its columns are no longer perpendicular; the diagonal "
            "of *R* is to be positive.",
            lambda G: np.abs(np.linalg.qr(G)[0]),
        ),
        Mistake(
            "You divide G by its Frobenius norm. Each column needs length 1, and must be perpendicular to "
            "the others: np.linalg.qr.",
            lambda G: G / np.linalg.norm(G),
        ),
        Mistake(
            "You return R. The factor with perpendicular columns is Q, the first of the two.",
            lambda G: np.linalg.qr(G)[1],
        ),
    ],
)


def by_data(net, x):
    z = x
    for layer in net.layers:
        if isinstance(layer, Dense):
            layer.W /= np.sqrt(np.mean(layer(z) ** 2))
        z = layer(z)


def rms(u):
    return np.sqrt(np.mean(u**2))


def by_size(scale=rms, look=1):
    """Another size of u, or the size of something else: 0 of what comes in, 2 of what goes out."""

    def rescale(net, x):
        z = x
        for i in range(0, len(net.layers), 2):  # Dense, activation, Dense, ...
            dense, u = net.layers[i], z
            for layer in net.layers[i : i + look]:
                u = layer(u)
            dense.W /= scale(u)
            z = net.layers[i + 1](dense(z)) if i + 1 < len(net.layers) else None

    return rescale


def at_once(net, x):
    for record in diagnostics.weight_records(net.forward(x, watch=True)[1]):
        record.layer.W /= rms(record.y)


def sizes(by_data, net, x):
    """The mean squares of all u after it, and whether each W has kept its direction."""
    before = [W.copy() for _, name, W in net.views(net.theta) if name == "W"]
    if by_data(net, x) is ...:
        return ...
    net.check()
    records = diagnostics.weight_records(net.forward(x, watch=True)[1])
    kept = [
        np.sum(r.layer.W * W) / np.linalg.norm(r.layer.W) / np.linalg.norm(W)
        for r, W in zip(records, before, strict=True)
    ]
    return np.array([np.mean(r.y**2) for r in records]), np.array(kept)


def some_net(rng, activation, depth):
    x = rng.uniform(0, 1, (20, 6))
    return mlp(6, 3, depth=depth, width=8, activation=activation, rng=rng), x


add(
    "initialization.by_data",
    "Let the data set the scale",
    level=3,
    reference=by_data,
    call=sizes,
    outputs=("the mean square of each u", "the cosine of each W with the old one"),
    may_change=("net",),
    cases=lambda rng: [
        Case("one hidden layer", *some_net(rng, "tanh", 1)),
        Case("six layers of softplus", *some_net(rng, "softplus", 6)),
        Case("thirty layers of ReLU", *some_net(rng, "relu", 30)),
    ],
    remark="Mishkin and Matas (2015) do this behind an orthogonal initialization (LSUV). A batch "
    "normalization does it anew at every step.",
    mistakes=[
        Mistake(
            "You measure every u before any W is changed, or carry the old u on. But a rescaled layer sends "
            "other numbers up: scale the first, compute its output anew, then go to the second.",
            at_once,
        ),
        Mistake(
            "You divide W by the mean square of u. u grows with W, so its square grows with the square of "
            "W: divide by the root.",
            by_size(scale=lambda u: np.mean(u**2)),
        ),
        Mistake(
            "You multiply by the size of u. A u that is too large asks for smaller weights: divide.",
            by_size(scale=lambda u: 1 / rms(u)),
        ),
        Mistake(
            "You divide by the length of all of u, so that the *sum* of the squares becomes 1. Wanted is "
            "their mean.",
            by_size(scale=np.linalg.norm),
        ),
        Mistake(
            "You measure what comes in, z. The rule is about u, what the layer makes of it.",
            by_size(look=0),
        ),
        Mistake(
            "Only the first layer is right. Go on to the next one, with what the rescaled layer and its "
            "activation give.",
            lambda net, x: net.layers[0].W.__itruediv__(rms(net.layers[0](x))),
        ),
        Mistake(
            "You divide by the standard deviation. It leaves the mean of u out; wanted is that the mean of "
            "the squares becomes 1.",
            by_size(scale=np.std),
        ),
        Mistake(
            "You measure what comes out of the activation. The rule is about u, what goes into it.",
            by_size(look=2),
        ),
        Mistake(
            "You scale each unit on its own. That sets the sizes, but turns W: here a layer gets one factor "
            "for all its units.",
            by_size(scale=lambda u: np.sqrt(np.mean(u**2, axis=0))[:, None]),
        ),
        Mistake(
            "You divide every W by its own size, without looking at any data. How large u becomes depends "
            "on what comes in.",
            lambda net, x: [layer.W.__itruediv__(rms(layer.W)) for layer in net.layers[::2]],
        ),
        Mistake(
            "You divide by the mean of |u|. Then the mean of the absolute values is 1; wanted is that of the "
            "squares.",
            by_size(scale=lambda u: np.mean(np.abs(u))),
        ),
        Mistake(
            "You divide by the largest |u|. Wanted is that the mean of the squares becomes 1.",
            by_size(scale=lambda u: np.max(np.abs(u))),
        ),
        Mistake(
            "The weights are as they were. Write into them, layer.W /= ...: `W = W / ...` only gives a new "
            "array that name.",
            lambda net, x: None,
        ),
    ],
)
