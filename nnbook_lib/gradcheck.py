"""Checking gradients by numerical differentiation, always in float64: float32's rounding would hide
the answer.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator

import numpy as np

from .contract import keeps_protocol
from .layer import Layer, expect_layer
from .losses import Loss
from .network import Network, loss_and_grad
from .promises import gradients, output
from .shapes import generator, got, positive


def numeric_gradient(
    f: Callable[[np.ndarray], float], x: np.ndarray, eps: float = 1e-5
) -> np.ndarray:
    """Central differences: (f(x + eps e_i) - f(x - eps e_i)) / (2 eps) for every entry i of x.

    f: array of x's shape -> number, computed in float64; it gets fresh float64 arrays, whatever
    numbers x holds. The truncation error falls as eps^2 and the rounding error grows as
    1e-16 f / eps, so eps near 1e-5 is best, and about ten digits hold of an entry as large as f. What
    is smaller than 1e-11 f drowns. Raises TypeError where x is not real or f's value no float64
    number, ValueError where eps is lost beside an entry of x.
    """
    x = _real("numeric_gradient", x)
    positive("numeric_gradient", eps=eps)
    gradient = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[i] += eps
        below[i] -= eps
        step = above[i] - below[i]  # 2 eps, as far as x's digits go
        if step == 0:
            raise ValueError(
                f"numeric_gradient: eps = {eps:g} is lost beside an entry of x, {x[i]:g}. "
                "Scale x, or pass a larger eps."
            )
        gradient[i] = (_number(f(above)) - _number(f(below))) / step
    return gradient


def complex_step_gradient(
    f: Callable[[np.ndarray], complex], x: np.ndarray, eps: float = 1e-30
) -> np.ndarray:
    """Im f(x + i eps e_k) / eps for every entry k of x.

    Exact to rounding, since nothing is subtracted. f must be built of analytic operations (exp,
    tanh, products; no abs, comparison or transpose-conjugate). Raises TypeError where x is not
    real, or f not complex. Squire & Trapp 1998, SIAM Review 40(1):110-112.
    """
    x = _real("complex_step_gradient", x)
    positive("complex_step_gradient", eps=eps)
    gradient = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        z = x.astype(complex)
        z[i] += 1j * eps
        value = np.asarray(f(z))
        if value.shape != () or value.dtype.kind != "c":
            raise TypeError(
                f"complex_step_gradient: f must return a complex number; got {got(value)}. Sum over "
                "the entries, and leave out what drops the imaginary part: abs, float, .real."
            )
        gradient[i] = value.imag / eps
    return gradient


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    """||a - b|| / max(||a||, ||b||); 0 where both are below 1e-8, a difference's noise, and
    infinite where an entry is not finite. a, b: of one shape, or ValueError.
    """
    a, b = (_real("relative_error", array) for array in (a, b))
    if a.shape != b.shape:
        raise ValueError(
            f"relative_error compares arrays entry by entry, so they must have one shape; got {a.shape} "
            f"and {b.shape}. Reshape one of them."
        )
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        return float("inf")
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
    on a copy of the layer in float64: a Dropout then draws the same mask each time. Parameters
    inside containers are keyed "label.name", with a number where labels repeat.

    Raises TypeError or ValueError where the layer breaks the protocol, which a right number would not
    show: where backward sets a gradient instead of adding to it, leaves one at zero on which L
    depends, or returns no dx; where either writes into x, dy or a parameter, returns another
    precision, or keeps on the layer what belongs to one pass.
    """
    expect_layer("check_layer", layer)
    keeps_protocol(layer)
    generator("check_layer", rng)
    if not isinstance(x, np.ndarray) or x.dtype.kind != "f":
        raise TypeError(
            f"check_layer differentiates by x, which must be a floating array; got {got(x)}. Pass "
            "np.asarray(x, dtype=float). A layer for whole numbers is checked in a network: check_network."
        )
    if all(getattr(owner, name).dtype == x.dtype for owner, name in layer.parameters()):
        output(layer, x, train)  # in the precision that it came in
    layer, x = _in_float64(layer), x.astype(float)
    dy = rng.standard_normal(output(layer, x, train).shape)

    def value(x: np.ndarray) -> float:
        return float(np.sum(dy * output(layer, x, train)))

    dx, worker = gradients(layer, x, dy, train)
    errors = {"x": relative_error(dx, numeric_gradient(value, x, eps))}
    names = _names(layer)
    for (original, name), (moved, _) in zip(layer.parameters(), worker.parameters(), strict=True):
        array = getattr(original, name)

        def value_at(w: np.ndarray, array=array) -> float:
            before = array.copy()
            array[...] = w
            try:
                return value(x)
            finally:
                array[...] = before

        numeric, analytic = numeric_gradient(value_at, array, eps), getattr(moved, "d" + name)
        errors[next(names)] = relative_error(analytic, numeric)
        if not analytic.any() and np.linalg.norm(numeric) > 1e-6:  # more than rounding
            raise ValueError(
                f"{moved.label()}.backward leaves d{name} at zero, but the output depends on {name}. "
                f"Write self.d{name} += ..., in this spelling."
            )
    return errors


def check_network(
    net: Network, loss: Loss, x: np.ndarray, t: np.ndarray, *, train: bool = True, eps: float = 1e-5
) -> list[tuple[str, float]]:
    """The relative error of loss_and_grad, array by array: [("Dense(2 -> 3).W", 1e-10), ...].

    The labels are numbered where they repeat. Costs two forward passes a parameter, so use a small
    network. A float32 network is checked as a copy in float64. `net` ends with its parameters and
    buffers unchanged and its gradient computed.
    """
    if not isinstance(net, Network):
        raise TypeError(f"check_network expects a Network; got {got(net)}. Try check_layer.")
    frozen = _in_float64(net)
    x, t = (_double(array) for array in (x, t))

    def value(theta: np.ndarray) -> float:
        worker = copy.deepcopy(frozen)
        worker.theta = theta
        return loss(worker.forward(x, train)[0], t)

    worker = copy.deepcopy(frozen)
    loss_and_grad(worker, loss, x, t, train=train)
    numeric = numeric_gradient(value, frozen.theta, eps)
    net.grad[...] = worker.grad
    parts = zip(net.views(worker.grad), net.views(numeric), strict=True)
    return [
        (name, relative_error(analytic, wanted))
        for name, ((_, _, analytic), (_, _, wanted)) in zip(_names(net), parts, strict=True)
    ]


def _real(whose: str, x: object) -> np.ndarray:
    """x in float64: whole numbers and lists too, but nothing that is not a real number."""
    array = np.asarray(x)
    if array.dtype.kind not in "iuf":
        raise TypeError(
            f"{whose} expects real numbers; got {got(x)}. Pass np.asarray(x, dtype=float)."
        )
    return array.astype(float)


def _number(value: object) -> float:
    """What f returned, if that is one number, computed in float64."""
    array = np.asarray(value)
    if array.shape != () or array.dtype.kind not in "iuf":
        raise TypeError(
            f"numeric_gradient: f must return a real number; got {got(value)}. Sum over its entries."
        )
    if array.dtype in (np.float32, np.float16):
        raise TypeError(
            f"numeric_gradient: f computes in {array.dtype}, whose rounding is as large as the "
            "difference. Compute f in float64: astype(float) for the arrays it holds."
        )
    return float(array)


def _double(array: object) -> object:
    """The array in float64; labels, and what is no array, as they came."""
    is_float = isinstance(array, np.ndarray) and array.dtype.kind == "f"
    return array.astype(float) if is_float else array


def _in_float64(layer: Layer) -> Layer:
    """A copy whose parameters, gradients and buffers are float64."""
    twin = copy.deepcopy(layer)
    for part in twin.walk():
        for name in (*part.params, *("d" + name for name in part.params), *part.buffers):
            setattr(part, name, _double(getattr(part, name, None)))
        for name in part.params:  # where it was set by hand, it may have no gradient, or another
            own, gradient = getattr(part, name), getattr(part, "d" + name)
            if np.shape(gradient) != own.shape or getattr(gradient, "dtype", None) != own.dtype:
                setattr(part, "d" + name, np.zeros_like(own))
    return copy.deepcopy(twin)  # a copied network gathers its arrays into one vector again


def _names(whole: Layer) -> Iterator[str]:
    """A name for each of the parameters: "W" of the layer itself, "label.W" of one inside; the
    second layer with a label is "label 2".
    """
    labels, places = {}, {}
    for layer, name in whole.parameters():
        if layer is whole:
            yield name
            continue
        if id(layer) not in places:
            label = layer.label()
            labels[label] = labels.get(label, 0) + 1
            places[id(layer)] = label if labels[label] == 1 else f"{label} {labels[label]}"
        yield f"{places[id(layer)]}.{name}"
