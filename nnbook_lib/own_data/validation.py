"""How `fit` judges a network after an epoch: by rows that it is not trained on."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable

import numpy as np

from ..losses import BinaryCrossEntropy, Loss, NotFinite, SoftmaxCrossEntropy
from ..network import Network
from ..prediction import accuracy
from ..shapes import got

SLICE = 1024  # rows of one evaluation pass, so that many of them need little memory
SHARED = 0.1  # of the validation rows, may be training rows, too, before fit warns
Metric = Callable[[Network, np.ndarray, np.ndarray], float]
Judge = Callable[[], tuple[float, float]]


def judge_of(
    net: Network, loss: Loss, x: np.ndarray, validation: tuple | None, metric: Metric | None
) -> tuple[Judge, Metric | None]:
    """judge() -> (validation loss, score) of net as it is, NaN where there is none; the metric."""
    if validation is None:
        return lambda: (np.nan, np.nan), None
    x_val, t_val = validation

    def judge() -> tuple[float, float]:
        with np.errstate(all="ignore"):
            parts = [net(x_val[i : i + SLICE]) for i in range(0, len(x_val), SLICE)]
            try:
                value = loss(np.concatenate(parts), t_val)
            except NotFinite:
                return np.inf, np.nan
            return value, np.nan if metric is None else _score(metric, net, x_val, t_val)

    try:
        if metric is None and isinstance(loss, SoftmaxCrossEntropy | BinaryCrossEntropy):
            metric = _accuracy_if_any(net, x_val, t_val)
        judge()
    except (TypeError, ValueError) as error:
        raise type(error)(f"fit, on the validation data: {error}") from error
    if (shared := _shared(x, x_val)) > 0:
        warnings.warn(
            f"fit: {shared} of the {len(x_val)} validation rows are training rows, too, so the "
            "validation loss says little about new rows. Split the table once, before everything else.",
            RuntimeWarning,
            stacklevel=3,
        )
    return judge, metric


def name_of(metric: Metric | None) -> str:
    """What a history calls the score."""
    name = getattr(metric, "__name__", "metric")
    return "" if metric is None else "metric" if name.startswith("<") else name


def _score(metric: Metric, net: Network, x: np.ndarray, t: np.ndarray) -> float:
    """What metric says, if that is a number."""
    score = metric(net, x, t)
    if np.ndim(score) or np.asarray(score).dtype.kind not in "biuf":
        raise TypeError(f"metric must return a number; {name_of(metric)} returned {got(score)}.")
    return float(score)


def _accuracy_if_any(net: Network, x: np.ndarray, t: np.ndarray) -> Metric | None:
    """`accuracy`, if it can judge such targets: not probabilities, nor several answers a row."""
    try:
        accuracy(net, x, t)
    except (TypeError, ValueError):
        return None
    return accuracy


def _shared(x: np.ndarray, x_val: np.ndarray) -> int:
    """How many validation rows are training rows, too; 0 if no more than a coarse table explains.

    In such a table rows are equal by chance, and then about as often among the training rows
    themselves: of few rows the two shares differ, which three standard deviations allow for.
    """
    known = Counter(hash(row.tobytes()) for row in x)
    by_chance = (sum(count for count in known.values() if count > 1) + 1) / (len(x) + 2)
    spread = np.sqrt(by_chance * (1 - by_chance) * (1 / len(x) + 1 / len(x_val)))
    shared = sum(hash(row.tobytes()) in known for row in x_val)
    return shared if shared / len(x_val) > by_chance + SHARED + 3 * spread else 0
