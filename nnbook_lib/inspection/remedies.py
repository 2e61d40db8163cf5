"""What to do about each finding: in words, and as a change that `diagnose` tries on a copy.

REMEDIES has, for every name that a finding can have, one or more (words, change): a change takes a
`Case` and returns a mended one, or None where it does not apply. (words, None): not to be tried
here, since it is the data that must change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from . import surgery
from .trial import Case, classes

Change = Callable[[Case], Case | None]


def on_net(surgery: Callable) -> Change:
    """The change of a case that changes its network."""

    def change(case: Case) -> Case | None:
        net = surgery(case.net)
        return None if net is None else replace(case, net=net)

    return change


def standardized(a: np.ndarray) -> np.ndarray:
    """Each column less its mean, over its standard deviation; a constant column becomes 0."""
    axes = tuple(range(a.ndim - 1))
    mean, std = a.mean(axis=axes), a.std(axis=axes)
    return ((a - mean) / np.where(std > 1e-9 * np.abs(mean), std, 1)).astype(a.dtype)


def standard_inputs(case: Case) -> Case:
    """The case with standardized inputs."""
    return replace(case, x=standardized(case.x))


def standard_targets(case: Case) -> Case:
    """The case with standardized targets."""
    return replace(case, t=standardized(case.t))


def balanced(case: Case) -> Case:
    """The case with the rows of rarer classes repeated, until each class has as many."""
    labels = classes(case.t)
    counts = np.bincount(labels)
    times = np.maximum(1, counts.max() // np.maximum(counts, 1))
    rows = np.repeat(np.arange(len(labels)), times[labels])
    return replace(case, x=case.x[rows], t=case.t[rows])


DRAWN = "to draw the weights with He's or Xavier's variance, biases 0", on_net(surgery.initialized)
NORMED = "batch normalization before each activation", on_net(surgery.normalized)
RELU = "ReLU with He's variance for the activations", on_net(surgery.with_relu)
BOTH = "ReLU with He's variance, and batch normalization", on_net(surgery.with_relu_normalized)
GATED = "a cell with gates, GRU or LSTM", on_net(surgery.gated)
COLUMNS = "to subtract each column's mean and divide by its standard deviation, if that is not 0"
SIZES = [DRAWN, RELU, NORMED, BOTH, GATED]

REMEDIES: dict[str, list[tuple[str, Change | None]]] = {
    "inputs not finite": [("to find where the data lost them", None)],
    "targets not finite": [("to find where the data lost them", None)],
    "labels out of range": [("to count the classes, starting from 0", None)],
    "one class only": [("to shuffle the data before cutting batches", None)],
    "batch of one": [("larger batches, or layer normalization", None)],
    "softmax of one output": [
        (
            "to leave out the softmax, with BinaryCrossEntropy as the loss",
            on_net(surgery.without_end),
        )
    ],
    "softmax twice": [
        ("to leave out the softmax at the end: the loss contains it", on_net(surgery.without_end))
    ],
    "squashed outputs": [("to leave out the activation at the end", on_net(surgery.without_end))],
    "activation at the end": [
        (
            "to leave out the activation at the end: the loss takes logits",
            on_net(surgery.without_end),
        )
    ],
    "unscaled inputs": [(COLUMNS, standard_inputs)],
    "inputs off center": [(COLUMNS, standard_inputs)],
    "unscaled targets": [(COLUMNS, standard_targets)],
    "targets off center": [(COLUMNS, standard_targets)],
    "overflow": [DRAWN, NORMED],
    "softmax inside": [("ReLU in its place", on_net(surgery.without_softmax))],
    "no activation": [("ReLU after every Dense but the last", on_net(surgery.bent))],
    "dropout too high": [("0.5 or less, or none", on_net(surgery.without_dropout))],
    "symmetric units": [DRAWN],
    "weights too small": SIZES,
    "dead units": SIZES,
    "saturated units": SIZES,
    "vanishing gradients": SIZES,
    "exploding gradients": SIZES,
    "loss too high at the start": SIZES,
    "one class dominates": [
        ("to let each class count alike: repeat its rows, or weigh them in the loss", balanced)
    ],
    "learning rate too large": [("a smaller one; then clipping, or a warm-up", None)],
    "learning rate too small": [("a larger one", None)],
    "no progress": [("Adam at 0.001, or more patience", None)],
    "labels unrelated to inputs": [
        ("to look at rows beside their labels; if they match, more data", None)
    ],
    "cannot learn one batch by heart": [
        ("wider layers, or to look at the data", on_net(surgery.wider))
    ],
}
