"""Checking gradients by numerical differentiation."""

from __future__ import annotations

import copy
from collections.abc import Callable

import numpy as np

from .layer import Layer
from .losses import Loss
from .network import Network, loss_and_grad


def numeric_gradient(
    f: Callable[[np.ndarray], float], x: np.ndarray, eps: float = 1e-5
) -> np.ndarray:
    """Central differences: (f(x + eps e_i) - f(x - eps e_i)) / (2 eps) for every entry i of x.

    f: array of x's shape -> number; it gets fresh arrays. The truncation error falls as eps^2 and
    the rounding error grows as 1e-16 / eps, so eps near 1e-5 is best in float64, and about ten
    digits hold.
    """
    gradient = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[i] += eps
        below[i] -= eps
        gradient[i] = (f(above) - f(below)) / (2 * eps)
    return gradient


def complex_step_gradient(
    f: Callable[[np.ndarray], complex], x: np.ndarray, eps: float = 1e-30
) -> np.ndarray:
    """Im f(x + i eps e_k) / eps for every entry k of x.

    Exact to rounding, since nothing is subtracted. f must be built of analytic operations (exp,
    tanh, products; no abs, comparison or transpose-conjugate). Squire & Trapp 1998, SIAM Review
    40(1):110-112.
    """
    gradient = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        z = x.astype(complex)
        z[i] += 1j * eps
        gradient[i] = np.imag(f(z)) / eps
    return gradient


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """||a - b|| / max(||a||, ||b||); 0 where both are below 1e-8, a difference's noise."""
    size = max(np.linalg.norm(a), np.linalg.norm(b))
    return 0.0 if size < 1e-8 else float(np.linalg.norm(a - b) / size)


def check_layer(
    layer: Layer,
    x: np.ndarray,
    *,
    train: bool = False,
    rng: np.random.Generator,
    eps: float = 1e-5,
) -> dict[str, float]:
    """The relative error of backward against central differences: {"x": ..., "W": ..., ...}.

    Differentiates L = sum(dy * y) for a random dy, so every output counts. Each evaluation runs
    on a copy of the layer: a Dropout then draws the same mask each time. Parameters inside
    containers are keyed "label.name", with a number where labels repeat.
    """
    dy = rng.standard_normal(copy.deepcopy(layer).forward(x, train)[0].shape)

    def value(x: np.ndarray) -> float:
        return float(np.sum(dy * copy.deepcopy(layer).forward(x, train)[0], dtype=float))

    worker = copy.deepcopy(layer)
    worker.zero_grad()
    _, saved = worker.forward(x, train)
    errors = {"x": relative_error(worker.backward(dy, saved), numeric_gradient(value, x, eps))}
    for (original, name), (moved, _) in zip(layer.parameters(), worker.parameters(), strict=True):
        array = getattr(original, name)

        def value_at(w: np.ndarray, array=array) -> float:
            before = array.copy()
            array[...] = w
            try:
                return value(x)
            finally:
                array[...] = before

        key = name if original is layer else f"{original.label()}.{name}"
        while key in errors:
            key += "'"
        errors[key] = relative_error(
            getattr(moved, "d" + name), numeric_gradient(value_at, array, eps)
        )
    return errors


def check_network(
    net: Network, loss: Loss, x: np.ndarray, t: np.ndarray, *, train: bool = True, eps: float = 1e-5
) -> list[tuple[str, float]]:
    """The relative error of loss_and_grad, array by array: [("Dense(2 -> 3).W", 1e-10), ...].

    Costs two forward passes a parameter, so use a small network. `net` ends with its parameters
    unchanged and its gradient computed.
    """
    start = net.theta.copy()
    frozen = copy.deepcopy(net)

    def value(theta: np.ndarray) -> float:
        worker = copy.deepcopy(frozen)
        worker.theta = theta
        return loss(worker.forward(x, train)[0], t)

    numeric = numeric_gradient(value, start, eps)
    worker = copy.deepcopy(frozen)
    loss_and_grad(worker, loss, x, t, train=train)
    net.grad[...] = worker.grad
    return [
        (f"{layer.label()}.{name}", relative_error(analytic, wanted))
        for (layer, name, analytic), (_, _, wanted) in zip(
            net.views(worker.grad), net.views(numeric), strict=True
        )
    ]
