"""What is too long for a cell of the landmark of 2010: singular values, batches, and a stored run.

Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ..losses import SoftmaxCrossEntropy
from ..mlp import mlp
from ..network import Network, loss_and_grad
from ..optimizers import SGD
from .runs import place, read

STORED = place("glorot")


def singular_values(W: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """The singular values of a layer's Jacobian dz/dz_below = diag(f'(u)) W, largest first.

    W: (n, n); slopes: (n,), f'(u) at one input. Eq. 17, with columns for its rows.
    """
    return np.linalg.svd(slopes[:, None] * W, compute_uv=False)


def batches(t: np.ndarray, *, balanced: bool, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Numbers of rows, (k,), for ever; k is the number of classes in t.

    balanced: one row of each class; if not, k rows at random, so that a class may come thrice.
    """
    rows = [np.flatnonzero(t == kind) for kind in range(t.max() + 1)]
    while True:
        if balanced:
            yield np.array([of[rng.integers(len(of))] for of in rows])
        else:
            yield rng.integers(0, len(t), len(rows))


def sigmoid_run(
    x: np.ndarray,
    t: np.ndarray,
    *,
    depth: int,
    balanced: bool = False,
    lr: float = 0.5,
    width: int = 100,
    frozen: Sequence[str] = (),
    seed: int = 0,
) -> Iterator[Network]:
    """Train as the paper did in its Fig. 2: yields the network after every update, for ever.

    `depth` hidden layers of `width` units, weights U(+-1/sqrt(n)), biases 0, plain gradient
    descent on batches of as many rows as there are classes. x: (n, d), t: (n,). frozen: which of
    the output layer's "W" and "b" do not learn.
    """
    rng = np.random.default_rng(seed)
    how = {"depth": depth, "width": width, "activation": "sigmoid", "dtype": x.dtype}
    net = mlp(x.shape[1], t.max() + 1, init="heuristic", rng=rng, **how)
    loss, opt = SoftmaxCrossEntropy(), SGD(lr)
    for rows in batches(t, balanced=balanced, rng=rng):
        loss_and_grad(net, loss, x[rows], t[rows])
        for name in frozen:
            getattr(net.layers[-1], "d" + name).fill(0)
        opt.step(net.theta, net.grad)
        yield net


def layer_means(net: Network, x: np.ndarray) -> np.ndarray:
    """The mean activation of each hidden layer over the rows of x, (depth,)."""
    means = []
    for layer in net.layers[:-1]:
        x, _ = layer.forward(x)
        means.append(x.mean())
    return np.array(means[1::2])  # every second layer is the activation


def stored() -> dict:
    """What benchmarks/landmark_glorot.py found: its date, its command, its seconds, and the runs."""
    return read(STORED)
