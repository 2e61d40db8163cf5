"""What keeps this network from learning? The checks of chapter 6 in order, each with its number.

    print(diagnose(net, loss, x, t, SGD(lr=0.1)))

Causes come before consequences: data, outputs, units, gradients, loss, learning rate, and last a
short training. All of it runs on copies; net and opt stay as they are. The checks and their
thresholds are in symptoms.py.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import numpy as np

from ..losses import Loss
from ..network import Network
from ..optimizers import Optimizer
from ..shapes import got, sizes
from .symptoms import examine

REMEDIES = {  # every name a finding can have
    "inputs not finite": "to find where the data lost them",
    "labels out of range": "to count the classes, starting from 0",
    "one class only": "to shuffle the data before cutting batches",
    "unscaled inputs": "to subtract each column's mean and divide by its standard deviation",
    "unscaled targets": "to subtract each column's mean and divide by its standard deviation",
    "overflow": "He or Xavier initialization, or normalization",
    "softmax twice": "to leave out the softmax at the end: the loss contains it",
    "squashed outputs": "to leave out the activation at the end",
    "symmetric units": "random weights, He or Xavier",
    "dead units": "a smaller learning rate, He initialization with biases of 0, or leaky ReLU",
    "saturated units": "smaller inputs, a smaller initialization, or normalization before it",
    "vanishing gradients": "ReLU with He, normalization, or skip connections; in time, gates",
    "exploding gradients": "a smaller initialization, normalization, or clipping",
    "loss too high at the start": "scaled inputs, a smaller initialization, or normalization",
    "learning rate too large": "a smaller one; then clipping, or a warm-up",
    "learning rate too small": "a larger one",
    "cannot learn one batch by heart": "to mend what stands above; else the data, or more width",
    "labels unrelated to inputs": "to look at rows beside their labels; if they match, more data",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault's `name`, the `value` that shows it, its `cause` in a sentence, a `remedy` to try."""

    name: str
    value: float
    cause: str
    remedy: str


class Diagnosis(list[Finding]):
    """The findings, causes first; empty where there is nothing to find. Print it to read it."""

    def __str__(self) -> str:
        lines = [] if self else ["Nothing found."]
        for i, f in enumerate(self, start=1):
            lines += textwrap.wrap(f"{i}. {f.name.upper()}: {f.cause}", 74, subsequent_indent="   ")
            lines += textwrap.wrap(f"   Try {f.remedy}.", 74, subsequent_indent="   ")
        return "\n".join(lines)

    __repr__ = __str__


def diagnose(
    net: Network,
    loss: Loss,
    x: np.ndarray,
    t: np.ndarray,
    opt: Optimizer | None = None,
    *,
    steps: int = 300,
) -> Diagnosis:
    """Look at a network on one batch, as it stands, and name what would keep it from learning.

    x, t: a batch; with 128 rows or more, labels that have nothing to do with x are noticed too.
    opt: the optimizer you mean to use, to have its learning rate tried. steps: how long the last
    check may train. Begin with the first finding: the others may follow from it. Raises what the
    layers and the loss raise where shapes do not fit.
    """
    sizes("diagnose", steps=steps)
    if opt is not None and not isinstance(opt, Optimizer):
        raise TypeError(f"diagnose expects an optimizer such as SGD(lr=0.1); got {got(opt)}.")
    with np.errstate(all="ignore"):
        found = examine(net, loss, x, t, opt, steps)
        return Diagnosis(Finding(*each, REMEDIES[each[0]]) for each in found)
