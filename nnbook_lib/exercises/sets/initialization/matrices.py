"""Exercises on orthogonal matrices, and on a scale set by the data."""

from __future__ import annotations

import numpy as np

from ....dense import Dense
from ....inspection import diagnostics
from ....mlp import mlp
from ...exercise import Case, Mistake, add


def orthogonal(G):
    Q, R = np.linalg.qr(G)
    return Q * np.sign(np.diag(R))


def like(*others):
    """Whether an answer gives, on a square matrix, what one of some others does."""

    def found(orthogonal):
        G = np.array([[1.0, 2.0, -1.0], [3.0, -1.0, 0.5], [-2.0, 0.3, 4.0]])
        came = np.asarray(orthogonal(G.copy()))
        return any(came.shape == (3, 3) and np.allclose(came, other(G)) for other in others)

    return found


def sign_of_rows(G):
    Q, R = np.linalg.qr(G)
    return Q * np.resize(np.sign(np.diag(R)), len(Q))[:, None]


def neighbors(G):
    """Gram and Schmidt, where each column is made perpendicular to the one before it alone."""
    Q = G / np.linalg.norm(G, axis=0)
    for j in range(1, Q.shape[1]):
        Q[:, j] -= (Q[:, j - 1] @ Q[:, j]) * Q[:, j - 1]
        Q[:, j] /= np.linalg.norm(Q[:, j])
    return Q


def complete(G):
    Q, R = np.linalg.qr(G, mode="complete")
    signs = np.ones(len(Q))
    signs[: G.shape[1]] = np.sign(np.diag(R))
    return Q * signs


add(
    "initialization.orthogonal",
    "A matrix that keeps every length",
    level=2,
    reference=orthogonal,
    cases=lambda rng: [
        Case("two by two", np.array([[3.0, 1.0], [4.0, -2.0]])),
        Case("two rows, one column", np.array([[-3.0], [4.0]])),
        Case(
            "three by three",
            np.array([[3.0, 1.0, 0.0], [-2.0, -2.0, -4.0], [-4.0, -4.0, -3.0]]),
        ),
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
            sign_of_rows,
            when=like(sign_of_rows),
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
            when=like(
                lambda G: np.linalg.qr(G)[1],
                lambda G: np.linalg.qr(G)[1] * np.sign(np.diag(np.linalg.qr(G)[1]))[:, None],
                lambda G: np.abs(np.linalg.qr(G)[1]),
            ),
        ),
        Mistake(
            "You turn the signs of all columns, whatever R says. Multiply each column of Q with the sign of "
            "its entry on R's diagonal.",
            lambda G: -np.linalg.qr(G)[0],
        ),
        Mistake(
            "These are the left singular vectors. They are perpendicular too, but asked is the Q of "
            "G = QR: np.linalg.qr.",
            lambda G: np.linalg.svd(G, full_matrices=False)[0],
            when=like(
                lambda G: np.linalg.svd(G)[0],
                lambda G: np.linalg.svd(G)[2],
                lambda G: np.linalg.svd(G)[2].T,
            ),
        ),
        Mistake(
            "You take one sign for all columns, that of R's first entry. Each column has its own, that of "
            "its entry on R's diagonal.",
            lambda G: np.linalg.qr(G)[0] * np.sign(np.linalg.qr(G)[1][0, 0]),
        ),
        Mistake(
            'Your Q has more columns than G, as with mode="complete". Those that come from G are as many '
            "as G's: np.linalg.qr gives them by itself.",
            complete,
            when=lambda orthogonal: np.shape(orthogonal(np.array([[-3.0], [4.0]]))) == (2, 2),
        ),
        Mistake(
            "You make each column perpendicular to the one before it alone. It must be so to all before it.",
            neighbors,
        ),
        Mistake(
            "You multiply Q with the signs of all of R. Only those on its diagonal count: np.diag(R).",
            lambda G: np.linalg.qr(G)[0] @ np.sign(np.linalg.qr(G)[1]),
        ),
        Mistake(
            "You orthogonalize the rows of G, by its transpose. It is the columns that become perpendicular.",
            lambda G: orthogonal(G.T).T,
            when=like(lambda G: orthogonal(G.T).T, lambda G: np.linalg.qr(G.T)[0].T),
        ),
        Mistake(
            "You go through the columns from the last to the first. In G = QR, R is upper triangular, so "
            "the first column of Q is the first of G, at length 1.",
            lambda G: orthogonal(G[:, ::-1])[:, ::-1],
        ),
        Mistake(
            "You return the Q of G's transpose. Take the columns of G as they are.",
            lambda G: orthogonal(G.T),
            when=like(lambda G: orthogonal(G.T), lambda G: np.linalg.qr(G.T)[0]),
        ),
        Mistake(
            "You return the product of Q and R, with the signs or without: G itself, or nearly so. Asked is "
            "Q.",
            lambda G: G * 1.0,
        ),
    ],
)


def by_data(net, x):
    z = x
    for layer in net.layers:
        if isinstance(layer, Dense):
            layer.W /= np.sqrt(np.mean(layer(z) ** 2))
        z = layer(z)


def but_last(net, x):
    last = net.layers[-1].W.copy()
    by_data(net, x)
    net.layers[-1].W[...] = last


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


def onward(step):
    """Every layer is measured and scaled, and then `step` makes what the next one gets."""

    def rescale(net, x):
        z = x
        for i in range(0, len(net.layers), 2):
            dense = net.layers[i]
            dense.W /= rms(dense(z))
            z = step(net.layers[i : i + 2], z)

    return rescale


def as_one(net, x):
    """One factor for all weights."""
    net.theta /= rms(net(x))


def scaled_alike(by_data):
    """Whether all matrices have got the same factor, which is not 1."""
    rng = np.random.default_rng(0)
    net = mlp(6, 3, depth=3, width=8, activation="tanh", rng=rng)
    before = [np.linalg.norm(layer.W) for layer in net.layers[::2]]
    by_data(net, rng.uniform(0, 1, (20, 6)))
    factors = [np.linalg.norm(layer.W) for layer in net.layers[::2]] / np.array(before)
    return np.allclose(factors, factors[0]) and not np.isclose(factors[0], 1)


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
            "You measure every u before the layers below are changed: all at first, or from the last down, "
            "or you carry the old u on. But a rescaled layer sends other numbers up: scale the first, "
            "compute its output anew, then go to the second.",
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
        Mistake(
            "The activations are left out on the way up: the next layer must get z, what the activation "
            "makes of u, and not u itself.",
            onward(lambda layers, z: layers[0](z)),
        ),
        Mistake(
            "You give every layer the activation ReLU. The networks have others, too: apply the layers of "
            "net.layers themselves.",
            onward(lambda layers, z: np.maximum(layers[0](z), 0)),
        ),
        Mistake(
            "You add up over the units of a layer, and average over the samples alone. The mean square "
            "runs over both: np.mean(u**2).",
            by_size(scale=lambda u: np.sqrt((u**2).sum(axis=1).mean())),
        ),
        Mistake(
            "You add up over the samples, and average over the units alone. The mean square runs over both: "
            "np.mean(u**2).",
            by_size(scale=lambda u: np.sqrt((u**2).sum(axis=0).mean())),
        ),
        Mistake(
            "You measure the first unit of each layer alone. The mean square runs over all its units: "
            "np.mean(u**2).",
            by_size(scale=lambda u: rms(u[:, 0])),
        ),
        Mistake(
            "You measure on the first sample alone. The mean square runs over the whole batch: all of x.",
            by_size(scale=lambda u: rms(u[:1])),
        ),
        Mistake(
            "All matrices get the same factor. Each layer needs its own, measured on its own u: go through "
            "the layers from the first to the last.",
            as_one,
            when=scaled_alike,
        ),
        Mistake(
            "You take the root for each sample, and average the roots. Average the squares over the batch "
            "and the units first, then take one root.",
            by_size(scale=lambda u: np.mean(np.sqrt(np.mean(u**2, axis=1)))),
        ),
        Mistake(
            "You take the root for each unit, and average the roots. Average the squares over the batch "
            "and the units first, then take one root.",
            by_size(scale=lambda u: np.mean(np.sqrt(np.mean(u**2, axis=0)))),
        ),
        Mistake(
            "The last layer is left as it was. Its u is to have mean square 1, too.",
            but_last,
        ),
        Mistake(
            "You take the variance of u for its size, without a root, and leave the mean out. Divide by the "
            "root of the mean square.",
            by_size(scale=np.var),
        ),
        Mistake(
            "You divide by the root of a root. One root is right: that of the mean square.",
            by_size(scale=lambda u: np.sqrt(rms(u))),
        ),
    ],
)
