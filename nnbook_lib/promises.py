"""What forward and backward promise, tried on a layer: each promise that is broken is named.

Numbers that are right in one pass may be wrong in the next: where a layer is used twice, where its
input is needed again, where two passes add their gradients. check_layer tries all of that.
"""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

from .layer import Layer, y_and_saved
from .shapes import got
from .tape import explain


def gradients(layer: Layer, x: np.ndarray, dy: np.ndarray, train: bool) -> tuple[np.ndarray, Layer]:
    """dx of one pass, and a copy of the layer that holds its gradients, after all promises were
    tried. Raises TypeError or ValueError for one that is broken.
    """
    _keeps_arguments(layer, x, dy, train)
    dx, worker = _pass(layer, x, dy, train)
    _adds(layer, x, dy, train)
    _repeats(layer, x, train)
    _keeps_nothing(layer, x, dy, train, (dx, worker))
    return dx, worker


def output(layer: Layer, x: np.ndarray, train: bool) -> np.ndarray:
    """y, computed by a copy, so that a Dropout draws the same each time. It must be an array of x's
    precision.
    """
    y, _ = _forward(copy.deepcopy(layer), x.copy(), train)
    if not isinstance(y, np.ndarray):
        raise TypeError(
            f"{layer.label()}.forward must return y as an array; got {got(y)}. Compute with arrays."
        )
    if y.dtype != x.dtype:
        raise TypeError(
            f"{layer.label()}.forward must return y in x's precision, {x.dtype}; got {got(y)}. Leave "
            "astype out, or make it astype(x.dtype); constants must be of x's dtype, too."
        )
    return y


def _forward(layer: Layer, x: np.ndarray, train: bool) -> tuple[Any, Any]:
    """(y, saved); an error of the reader's code says where it arose, as in a network."""
    try:
        result = layer.forward(x, train)
    except Exception as error:
        explain(error, f"{layer.label()}.forward")
        raise
    return y_and_saved(layer, result)


def _backward(layer: Layer, dy: np.ndarray, saved: Any) -> Any:
    try:
        return layer.backward(dy, saved)
    except Exception as error:
        explain(error, f"{layer.label()}.backward")
        raise


def _keeps_arguments(layer: Layer, x: np.ndarray, dy: np.ndarray, train: bool) -> None:
    """Neither x nor dy is written into, nor a parameter or buffer."""
    worker, given, back = copy.deepcopy(layer), x.copy(), dy.copy()
    before = _arrays(worker)
    _, saved = _forward(worker, given, train)
    _unchanged(worker, "forward", "x", given, x)
    _same_arrays(worker, "forward", before)
    _backward(worker, back, saved)
    _unchanged(worker, "backward", "dy", back, dy)
    _unchanged(worker, "backward", "x", given, x)
    _same_arrays(worker, "backward", before)


def _pass(layer: Layer, x: np.ndarray, dy: np.ndarray, train: bool) -> tuple[np.ndarray, Layer]:
    """dx, and a copy of the layer with the gradients of one pass."""
    worker = copy.deepcopy(layer)
    _, saved = _forward(worker, x.copy(), train)
    worker.zero_grad()
    dx = _backward(worker, dy.copy(), saved)
    wanted = f"{layer.label()}.backward must return dx = dL/dx, an array of x's shape {x.shape}"
    if isinstance(dx, tuple):
        raise TypeError(
            f"{wanted}; got {got(dx)}. Return dx alone: a parameter's gradient is added to the array "
            "beside it, self.dW += ..."
        )
    if not isinstance(dx, np.ndarray) or dx.shape != x.shape:
        raise TypeError(f"{wanted}; got {got(dx)}. End it with return dx.")
    if dx.dtype != x.dtype:
        raise TypeError(
            f"{wanted} and precision, {x.dtype}; got {got(dx)}. Leave astype out, or make it "
            "astype(dy.dtype)."
        )
    return dx, worker


def _adds(layer: Layer, x: np.ndarray, dy: np.ndarray, train: bool) -> None:
    """Two passes back give twice the gradient, in the same arrays."""
    worker = copy.deepcopy(layer)
    worker.zero_grad()
    where = [(owner, name, getattr(owner, "d" + name)) for owner, name in worker.parameters()]
    _, saved = _forward(worker, x.copy(), train)
    _backward(worker, dy.copy(), saved)
    once = [gradient.copy() for _, _, gradient in where]
    _backward(worker, dy.copy(), saved)
    for (owner, name, gradient), first in zip(where, once, strict=True):
        adds = np.allclose(gradient, 2 * first, rtol=1e-6, atol=1e-12, equal_nan=True)
        if getattr(owner, "d" + name) is not gradient or not adds:
            raise ValueError(
                f"{owner.label()}.backward sets d{name} where it must add to it: two passes must give "
                f"twice the gradient, in the same array. Write self.d{name} += ..."
            )


def _repeats(layer: Layer, x: np.ndarray, train: bool) -> None:
    """forward gives the same y again: from a copy, whose generator stands at the same place; and,
    where there is no generator, from the same layer.
    """
    first = output(layer, x, train)
    if not _same(first, output(layer, x, train)):
        raise ValueError(
            f"{layer.label()}.forward draws random numbers that cannot be drawn again, so no check can "
            "follow it. Draw them from a generator that the layer keeps, self.rng."
        )
    worker = copy.deepcopy(layer)
    if any(_draws(vars(part)) for part in worker.walk()):
        return
    _forward(worker, x.copy(), train)
    if not _same(first, _forward(worker, x.copy(), train)[0]):
        raise ValueError(
            f"{layer.label()}.forward gives another y when it is called a second time, so it changes "
            "something that it keeps. It may write to nothing on self; what training moves is named in "
            "buffers, and moved by track."
        )


def _keeps_nothing(
    layer: Layer, x: np.ndarray, dy: np.ndarray, train: bool, wanted: tuple[np.ndarray, Layer]
) -> None:
    """A second forward pass, of other samples, changes neither y nor the way back from the first."""
    worker = copy.deepcopy(layer)
    y, saved = _forward(worker, x.copy(), train)
    before = y.copy()
    others = (x[::-1], np.flip(x), 0.5 * x)  # valid inputs, as far as can be told
    other = next((o for o in others if not _same(o, x)), x)
    _forward(worker, other.copy(), train)
    kept = _same(y, before)
    worker.zero_grad()
    dx, (right, twin) = _backward(worker, dy.copy(), saved), wanted
    there, here = ([dx, *_gradients(worker)], [right, *_gradients(twin)])
    if not kept or not all(map(_same, there, here)):
        what = "the gradients of the first are" if kept else "the y of the first is"
        raise ValueError(
            f"{layer.label()} keeps on itself what belongs to one pass: after a second forward, {what} "
            "no longer right, so it cannot be used twice. Return what backward needs as saved, and "
            "make new arrays in forward."
        )


def _gradients(layer: Layer) -> list[np.ndarray]:
    return [getattr(owner, "d" + name) for owner, name in layer.parameters()]


def _draws(value: object) -> bool:
    """Whether a generator of random numbers is in it."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return any(map(_draws, value))
    return isinstance(value, (np.random.Generator, np.random.RandomState))


def _arrays(layer: Layer) -> list[tuple[Layer, str, np.ndarray]]:
    return [
        (part, name, getattr(part, name).copy())
        for part in layer.walk()
        for name in (*part.params, *part.buffers)
    ]


def _same_arrays(layer: Layer, method: str, before: list[tuple[Layer, str, np.ndarray]]) -> None:
    for part, name, array in before:
        if not _same(getattr(part, name), array):
            moved = "a parameter is moved by the optimizer"
            moved = moved if name in part.params else "a buffer is moved by track"
            raise ValueError(
                f"{layer.label()}.{method} changes {part.label()}.{name}: {moved}, and by nothing else. "
                "Compute on a copy."
            )


def _unchanged(layer: Layer, method: str, name: str, now: np.ndarray, before: np.ndarray) -> None:
    if not _same(now, before):
        raise ValueError(
            f"{layer.label()}.{method} writes into {name}, which is not its own. Compute on a copy, "
            f"{name}.copy()."
        )


def _same(a: np.ndarray, b: np.ndarray) -> bool:
    return np.array_equal(a, b, equal_nan=True)
