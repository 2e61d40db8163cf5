"""From a tape to arrays: what every plot of this book is drawn from.

Each function takes the tape of `loss_and_grad(..., watch=True)` and returns one number for each
layer, in forward order; for a recurrent net, one for each time step: depth and time are measured
by the same code.

    value, tape = loss_and_grad(net, loss, x, t, watch=True)
    gradient_norms(tape)          # (number of weight layers,)
"""

from __future__ import annotations

import numpy as np

from ..activations import Activation
from ..network import Network
from ..recurrent import Cell
from ..tape import Record, Tape


def weight_records(tape: Tape) -> list[Record]:
    """The records of layers with a weight matrix W: a Dense's y is its u, a cell's y its h_t."""
    return _kept([r for r in tape.walk() if "W" in r.layer.params], "layer with weights")


def activation_records(tape: Tape) -> list[Record]:
    """The records of activation functions, and of recurrent cells, which contain theirs."""
    return _kept(
        [r for r in tape.walk() if isinstance(r.layer, Activation | Cell)], "activation function"
    )


def gradient_norms(tape: Tape) -> np.ndarray:
    """||dL/du_l|| of each Dense over the whole batch; ||dL/dh_t|| of each step of a cell."""
    records = weight_records(tape)
    if records[0].dy is None:
        raise ValueError("This tape has not been played back: use loss_and_grad(..., watch=True).")
    return np.array([np.linalg.norm(r.dy) for r in records])


def weight_gradient_norms(tape: Tape) -> np.ndarray:
    """||dL/dW_l|| of each weight matrix.

    It can stay level where delta vanishes, since dW = delta^T x and x may grow: plot both. Read
    from the layers, so call it before the next backward pass. A cell unrolled over time has one
    dW.
    """
    return np.array([np.linalg.norm(layer.dW) for layer in _distinct_layers(tape)])


def update_ratios(net: Network, before: np.ndarray) -> np.ndarray:
    """||W_after - W_before|| / ||W_before|| of each weight matrix.

    before: a net.theta.copy() made earlier. Near 1e-3 a step is a healthy size; far below, the
    layer does not move. W = 0 before gives inf.
    """
    pairs = zip(net.views(before), net.views(net.theta), strict=True)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        moved = [
            (np.linalg.norm(new - old), np.linalg.norm(old))
            for (_, name, old), (_, _, new) in pairs
            if name == "W"
        ]
        change, size = np.array(moved).T
        return change / size


def activation_means(tape: Tape) -> np.ndarray:
    """The mean of each activation's output over the batch and its units."""
    return np.array([r.y.mean() for r in activation_records(tape)])


def activation_stds(tape: Tape) -> np.ndarray:
    """The standard deviation of each activation's output over the batch and its units."""
    return np.array([r.y.std() for r in activation_records(tape)])


def saturation(tape: Tape, below: float = 0.05) -> np.ndarray:
    """The fraction of entries where |f'(u)| is less than `below` times its largest value.

    For sigmoid, below=0.05 means |u| > 4.4. A cell counts all its gates.
    """
    return np.array([(_relative_slope(r) < below).mean() for r in activation_records(tape)])


def dead_units(tape: Tape) -> np.ndarray:
    """The fraction of units with f'(u) = 0 for every sample: no gradient reaches them."""
    return np.array(
        [(_relative_slope(r) == 0).all(axis=0).mean() for r in activation_records(tape)]
    )


def _relative_slope(record: Record) -> np.ndarray:
    slope = np.abs(record.layer.slope(record.saved))
    return slope / (getattr(record.layer, "steepest", 1.0) or 1.0)


def _distinct_layers(tape: Tape) -> list:
    return list({id(r.layer): r.layer for r in weight_records(tape)}.values())


def _kept(records: list[Record], what: str) -> list[Record]:
    """The records, if any and watched; else the error that says what to do."""
    if not records:
        raise ValueError(f"This tape has no {what} on it, so there is nothing to measure.")
    if records[0].y is None:
        raise ValueError("This tape was not watched: use loss_and_grad(..., watch=True).")
    return records
