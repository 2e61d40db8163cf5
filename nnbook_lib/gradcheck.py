"""Checking gradients by numerical differentiation, always in float64: float32's rounding would hide
the answer.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator

import numpy as np

from .contract import keeps_protocol
from .layer import Layer, y_and_saved
from .losses import Loss
from .network import Network, loss_and_grad
from .shapes import generator, got, positive


def numeric_gradient(
    f: Callable[[np.ndarray], float], x: np.ndarray, eps: float = 1e-5
) -> np.ndarray:
    """Central differences: (f(x + eps e_i) - f(x - eps e_i)) / (2 eps) for every entry i of x.

    f: array of x's shape -> number, computed in float64; it gets fresh float64 arrays, whatever
    numbers x holds. The truncation error falls as eps^2 and the rounding error grows as
    1e-16 / eps, so eps near 1e-5 is best, and about ten digits hold. Raises TypeError where x is
    not real or f's value no float64 number, ValueError where eps is lost beside an entry of x.
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

    Raises TypeError or ValueError where the layer breaks the protocol: where backward sets a
    gradient instead of adding to it, writes into dy, or returns no dx.
    """
    keeps_protocol(layer)
    generator("check_layer", rng)
    if not isinstance(x, np.ndarray) or x.dtype.kind != "f":
        raise TypeError(
            f"check_layer differentiates by x, which must be a floating array; got {got(x)}. Pass "
            "np.asarray(x, dtype=float). A layer for whole numbers is checked in a network: check_network."
        )
    layer, x = _in_float64(layer), x.astype(float)
    dy = rng.standard_normal(_output(layer, x, train).shape)

    def value(x: np.ndarray) -> float:
        return float(np.sum(dy * _output(layer, x, train)))

    worker = copy.deepcopy(layer)
    dx = _played_back(worker, x, dy, train)
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

        numeric = numeric_gradient(value_at, array, eps)
        errors[next(names)] = relative_error(getattr(moved, "d" + name), numeric)
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


def _output(layer: Layer, x: np.ndarray, train: bool) -> np.ndarray:
    """y, computed by a copy, so that a Dropout draws the same each time."""
    y, _ = y_and_saved(layer, copy.deepcopy(layer).forward(x, train))
    return y


def _in_float64(layer: Layer) -> Layer:
    """A copy whose parameters, gradients and buffers are float64."""
    twin = copy.deepcopy(layer)
    for part in twin.walk():
        for name in (*part.params, *("d" + name for name in part.params), *part.buffers):
            setattr(part, name, _double(getattr(part, name, None)))
        for name in part.params:  # a parameter that was set by hand has no gradient yet
            if getattr(part, "d" + name) is None:
                setattr(part, "d" + name, np.zeros_like(getattr(part, name)))
    return copy.deepcopy(twin)  # a copied network gathers its arrays into one vector again


def _played_back(layer: Layer, x: np.ndarray, dy: np.ndarray, train: bool) -> np.ndarray:
    """dx, and the gradients on the layer, of one pass, after the promises of backward were tried."""
    where = list(layer.parameters())
    gradients = [getattr(owner, "d" + name) for owner, name in where]
    x_before, dy_before = x.copy(), dy.copy()
    layer.zero_grad()
    _, saved = layer.forward(x, train)
    layer.backward(dy, saved)
    once = [gradient.copy() for gradient in gradients]
    dx = layer.backward(dy, saved)
    if not isinstance(dx, np.ndarray) or dx.shape != x.shape:
        raise TypeError(
            f"{layer.label()}.backward must return dx, an array of x's shape {x.shape}; got {got(dx)}. "
            "End it with return dx."
        )
    if not (np.array_equal(x, x_before) and np.array_equal(dy, dy_before)):
        which = "dy" if np.array_equal(x, x_before) else "x"
        raise ValueError(
            f"{layer.label()} writes into {which}, which is not its own. Compute on a copy."
        )
    for (owner, name), gradient, first in zip(where, gradients, once, strict=True):
        adds = np.allclose(gradient, 2 * first, rtol=1e-6, atol=1e-12, equal_nan=True)
        if getattr(owner, "d" + name) is not gradient or not adds:
            raise ValueError(
                f"{owner.label()}.backward sets d{name} where it must add to it: two passes must give "
                f"twice the gradient, in the same array. Write self.d{name} += ..."
            )
        gradient /= 2
    return dx


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
