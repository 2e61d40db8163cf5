"""What is measured: the problems, with the data and the initial parameters that every peer gets.

The arrays are made here, by our library, and sent to the peers, so that all start from the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from nnbook_lib import Dense, LSTMCell, Network, Recurrent, datasets, mlp

STEP, DIGITS, MOONS, LSTM, NORMS = "step", "digits", "moons", "lstm", "norms"

DIGITS_LR = (
    0.08  # of 30 seeds 25 end above 97.5 % (347 of 355 test images), 0 to 4 among them; 0.03: fewer
)
DIGITS_EPOCHS, DIGITS_BATCH, DIGITS_GOAL = 20, 32, 0.975


@dataclass
class Problem:
    """One row of a table.

    `task` is the function that each peer writes for it. arrays: W1, b1, W2, b2, ... (W: (d_out, d_in)), for
    the LSTM W, U, b (gates i, f, o, g) and the head's W, b. `targets`: peer -> our time over the peer's.
    """

    table: str
    name: str
    task: str
    arrays: list[np.ndarray]
    x: np.ndarray
    t: np.ndarray
    activation: str = "relu"
    lr: float = 0.01
    x_test: np.ndarray | None = None
    t_test: np.ndarray | None = None
    targets: dict[str, float] = field(default_factory=dict)

    @property
    def dtype(self) -> np.dtype:
        return self.x.dtype

    @property
    def widths(self) -> list[int]:
        """d_in, the hidden widths, d_out of a net of dense layers."""
        return [W.shape[1] for W in self.arrays[::2]] + [len(self.arrays[-1])]


def problems(quick: bool = False) -> Iterator[Problem]:
    """All problems in the order of the page; quick: a few small ones."""
    yield from steps([1, 5] if quick else [1, 5, 20, 50], [32, 256] if quick else [32, 256, 1797])
    yield digits(epochs=DIGITS_EPOCHS)
    yield moons()
    for dtype in (np.float64, np.float32):
        yield lstm(dtype)
    yield norms()


def steps(depths: list[int], batches: list[int]) -> Iterator[Problem]:
    """One step of 64-[50]*L-10, ReLU, softmax cross-entropy, SGD, on the first rows of the digits."""
    data = datasets.digits()
    x, t = np.concatenate([data.x, data.x_test]), np.concatenate([data.t, data.t_test])
    for dtype in (np.float32, np.float64):
        for batch in batches:
            for depth in depths:
                net = mlp(64, 10, depth=depth, width=50, rng=np.random.default_rng(0), dtype=dtype)
                yield Problem(
                    STEP,
                    f"L = {depth}, batch {batch}, {np.dtype(dtype)}",
                    "train_step",
                    arrays_of(net),
                    x[:batch].astype(dtype),
                    t[:batch],
                    targets={"torch": 1.0} if batch > 256 else {"torch": 0.5, "jax": 1.0},
                )


def digits(epochs: int, seed: int = 0) -> Problem:
    """A whole training run, 64-100-100-10, momentum 0.9."""
    data = datasets.digits()
    net = mlp(64, 10, depth=2, width=100, rng=np.random.default_rng(seed))
    return Problem(
        DIGITS,
        f"64-100-100-10, {epochs} epochs, float64",
        "digits_run",
        arrays_of(net),
        data.x,
        data.t,
        lr=DIGITS_LR,
        x_test=data.x_test,
        t_test=data.t_test,
        targets={"torch": 0.4},
    )


def moons() -> Problem:
    """One full-batch step on 200 points, 2-8-8-1 tanh, binary cross-entropy."""
    rng = np.random.default_rng(0)
    x, t = datasets.moons(200, rng=rng)
    net = mlp(2, 1, depth=2, width=8, activation="tanh", rng=rng)
    return Problem(
        MOONS,
        "2-8-8-1, 200 points, float64",
        "train_step",
        arrays_of(net),
        x,
        t[:, None].astype(float),
        activation="tanh",
        targets={"torch": 0.25},
    )


def lstm(dtype: type) -> Problem:
    """One step of an LSTM 2 -> 32 over 100 time steps, batch 32, with a dense 32 -> 1 head."""
    rng = np.random.default_rng(0)
    x, t = datasets.adding_problem(32, 100, rng=rng)
    cell = LSTMCell(2, 32, rng=rng, dtype=dtype)
    net = Network(Recurrent(cell), Dense(32, 1, rng=rng, dtype=dtype))
    return Problem(
        LSTM,
        f"T = 100, batch 32, 2 -> 32, {np.dtype(dtype)}",
        "lstm_step",
        arrays_of(net),
        x.astype(dtype),
        t.astype(dtype),
        targets={"torch": 0.5} if dtype is np.float64 else {},
    )


def norms() -> Problem:
    """Forward, backward with all gradients, and ||dL/du|| of each layer of a net 50 deep and 64 wide."""
    data = datasets.digits()
    net = mlp(64, 10, depth=50, width=64, rng=np.random.default_rng(0))
    return Problem(
        NORMS,
        "depth 50, width 64, batch 128, float64",
        "gradient_norms",
        arrays_of(net),
        data.x[:128],
        data.t[:128],
        targets={"torch": 0.6},
    )


def arrays_of(net: Network) -> list[np.ndarray]:
    return [getattr(layer, name).copy() for layer, name in net.parameters()]
