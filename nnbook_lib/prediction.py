"""From a network's outputs to labels, and how many of them are right."""

from __future__ import annotations

import numpy as np

from .activations import Activation
from .containers import Sequential
from .layer import Layer
from .network import Network, expect_network
from .shapes import got


def predict(net: Network, x: np.ndarray) -> np.ndarray:
    """The label for each row of x: which of the outputs is largest. x: (n, d); returns (n,) from 0.

    Of a single output, a logit as BinaryCrossEntropy takes it, the label is 1 where it is above 0,
    a probability of one half; where the network itself ends in a sigmoid, above 0.5. For numbers as
    targets, `net(x)` is the answer. Raises TypeError or ValueError where net is no Network, x does
    not fit it, or the outputs are not (n, k) finite numbers.
    """
    expect_network("predict", net)
    return _decided("predict", net, net(x))


def accuracy(net: Network, x: np.ndarray, t: np.ndarray) -> float:
    """The fraction of rows whose label is predicted right. x: (n, d), t: (n,) labels from 0.

    As `predict` says it: with several outputs, the largest must be at the label; with a single
    one, a logit, it must be above 0 where t is 1 and not above 0 where t is 0; t is then (n,) or
    (n, 1) of 0 and 1, in any dtype. Raises TypeError or ValueError where net is no Network, on
    targets that are no labels of the network's outputs, and on outputs that are not finite.
    """
    expect_network("accuracy", net)
    n = len(x) if np.ndim(x) else 0
    t = np.asarray(t)
    column = t.shape == (n, 1)
    if (t.ndim != 1 and not column) or len(t) != n or n == 0:
        fix = " Pass t.argmax(axis=1)." if t.ndim == 2 and t.shape[1] > 1 else ""
        raise ValueError(
            f"accuracy expects one label for each of the {n} rows of x; got t of {got(t)}.{fix}"
        )
    y = net(x)
    if y.ndim == 2 and y.shape[1] == 1:
        _demand_answers(t)
    else:
        _demand_labels(t, y)
    return float(np.mean(_decided("accuracy", net, y) == t.reshape(n)))


def _decided(whose: str, net: Network, y: np.ndarray) -> np.ndarray:
    """The labels that outputs say, (n,)."""
    if bad := int((~np.isfinite(y)).any(axis=tuple(range(1, y.ndim))).sum()):
        raise ValueError(
            f"{whose}: the network's outputs are NaN or infinite in {bad} of {len(y)} rows, so they "
            "say nothing. Look for gaps in x, or for a training that diverged."
        )
    if y.ndim != 2:
        raise ValueError(f"{whose} expects outputs of shape (n, k); the network gives {got(y)}.")
    if y.shape[1] > 1:
        return y.argmax(axis=1)
    return (y[:, 0] > _middle(net)).astype(np.intp)


def _middle(layer: Layer) -> float:
    """What a single output must exceed for a yes: the middle of what the last layer can give."""
    while isinstance(layer, Sequential):
        layer = layer.layers[-1]
    low, high = layer.interval if isinstance(layer, Activation) else (-np.inf, np.inf)
    return (low + high) / 2 if np.isfinite([low, high]).all() else 0.0


def _demand_answers(t: np.ndarray) -> None:
    """For one output: 0 and 1."""
    if t.dtype.kind not in "biuf":
        raise TypeError(
            f"accuracy of one output expects t of 0 and 1; got {got(t)}. Names become labels by "
            "np.unique(t, return_inverse=True)[1]."
        )
    if not np.isin(t, (0, 1)).all():
        fix = "For numbers as targets there is no accuracy: see r2_score and mean_absolute_error."
        if np.isnan(t.astype(float)).any():
            fix = "Leave out the rows that have no answer."
        elif np.isin(t, (-1, 1)).all():
            fix = "Labels -1 and 1 become (t + 1) / 2."
        elif t.dtype.kind in "iu":
            fix = "For more classes give the network an output for each."
        raise ValueError(
            f"accuracy of one output expects t of 0 and 1; got {t.min():g} to {t.max():g}. {fix}"
        )


def _demand_labels(t: np.ndarray, y: np.ndarray) -> None:
    """For several outputs: whole numbers (n,) from 0."""
    if t.ndim == 2:
        raise ValueError(f"accuracy expects t of shape ({len(t)},); got {got(t)}. Pass t[:, 0].")
    if t.dtype.kind not in "iu":
        raise TypeError(
            f"accuracy expects whole-number labels t; got {got(t)}. Numbers become t.astype(int), "
            "names np.unique(t, return_inverse=True)[1]."
        )
    if y.ndim == 2 and (t.min() < 0 or t.max() >= y.shape[1]):
        raise ValueError(
            f"accuracy expects labels 0 to {y.shape[1] - 1}, one for each output; got {t.min()} to "
            f"{t.max()}. Count the classes, and start labels at 0."
        )
