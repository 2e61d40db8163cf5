"""Networks to which nothing was done: of them nothing must be found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

import nnbook_lib as nn

from .plans import ALL, DIGITS, OPTIMIZERS, SEQUENCES, SMOOTH, Case, Plan, Setup, rng, spread


class Embedding(nn.Layer):
    """A row of a table for each whole number: a layer of the reader's own."""

    params = ("E",)

    def __init__(self, many: int, d: int, *, rng: np.random.Generator):
        self.start(E=rng.standard_normal((many, d)))

    def forward(self, x, train=False):
        return self.E[x].reshape(len(x), -1), x

    def backward(self, dy, x):
        np.add.at(self.dE, x, dy.reshape(*x.shape, -1))
        return None


def healthy() -> Iterator[tuple[str, Setup, Callable[[], Case]]]:
    plain = spread("plain", 80, ALL, (1, 2, 4, 8), SMOOTH, tuple(OPTIMIZERS))
    plans = [(Plan(*row, seed), {}) for seed, row in enumerate(plain)]
    sigmoid = spread("sigmoid", 12, DIGITS, (1, 2), ("sigmoid",), ("Adam", "RMSProp"))
    plans += [(Plan(*row, seed), {}) for seed, row in enumerate(sigmoid)]
    helped = (
        {"norm": "batch"},
        {"norm": "layer"},
        {"norm": "batch", "skip": True},
        {"dropout": 0.2},
    )
    for i, how in enumerate(helped):
        rows = spread(f"helped {i}", 8, DIGITS, (2, 6, 12) if "norm" in how else (2, 3), SMOOTH,
                      tuple(OPTIMIZERS))  # fmt: skip
        plans += [(Plan(*row, seed), how) for seed, row in enumerate(rows)]
    cells = spread(
        "cells", 9, SEQUENCES, (1,), ("tanh", "gelu", "selu"), ("Adam", "SGD", "RMSProp")
    )
    plans += [(Plan(*row, seed), {}) for seed, row in enumerate(cells)]
    for plan, how in plans:
        about = f"{plan.data}, {plan.depth} {plan.activation}, {plan.optimizer}"
        about += "".join(f", {name} {value}" for name, value in how.items())
        yield about, plan.setup, lambda plan=plan, how=how: plan.case(plan.net(**how))
    letters = rng().integers(0, 27, (160, 2))
    names = Setup(letters, letters[:, 0] % 2, nn.SoftmaxCrossEntropy(), 2)
    for seed in range(4):
        yield f"letters as indices, {seed}", names, lambda seed=seed: Case(
            nn.Network(Embedding(27, 8, rng=rng(seed)), *nn.mlp(16, 2, width=64, rng=rng(seed)).layers),
            names.x, names.t, nn.Adam(0.01),
        )  # fmt: skip
    xor = nn.datasets.xor()
    corners = Setup(*xor, nn.BinaryCrossEntropy(), 1)
    for seed in range(4):
        yield (
            f"XOR, {seed}",
            corners,
            lambda seed=seed: Case(
                nn.mlp(2, 1, width=8, activation="tanh", rng=rng(seed)), *xor, nn.SGD(0.5)
            ),
        )
