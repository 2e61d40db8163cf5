"""Counting operations: arrays that note what numpy does with them, through layers and through autodiff.

The cheap gradient principle is a sentence about numbers of operations: Griewank 2012, p. 391 and 396;
Baydin, Pearlmutter, Radul, Siskind 2018, section 3.2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from .. import autodiff

TIMES = {"multiply", "divide", "square", "reciprocal"}  # each entry counts as one multiplication
PLUS = {"add", "subtract", "negative"}
OPS: Counter[str] = Counter()


class Counted(np.ndarray):
    """An array that counts in OPS what is computed from it: "times" (and divided), "plus" (and minus),
    and "other" (exp, tanh, maximum, comparisons and the like), one for each entry of the result.

    A product of matrices (n, k) @ (k, m) counts n m k multiplications and n m (k - 1) additions, a sum of
    n entries n - 1 additions. Make one by `counted(x)`; whatever is computed from it is one, too.
    """

    def __array_ufunc__(self, ufunc, method, *inputs, out=(), **how):
        plain = [x.view(np.ndarray) if isinstance(x, Counted) else x for x in inputs]
        if out:
            how["out"] = tuple(x.view(np.ndarray) for x in out)
        y = getattr(ufunc, method)(*plain, **how)
        name = ufunc.__name__
        if name in ("matmul", "vecmat", "matvec"):
            OPS["times"] += np.size(y) * plain[0].shape[-1]
            OPS["plus"] += np.size(y) * (plain[0].shape[-1] - 1)
        else:
            kind = "times" if name in TIMES else "plus" if name in PLUS else "other"
            OPS[kind] += np.size(plain[0]) - np.size(y) if method == "reduce" else np.size(y)
        if out:
            return out[0]
        return counted(y)


def counted(x: np.ndarray | float) -> Counted:
    """x as an array that counts."""
    return np.asarray(x).view(Counted)


class _Numpy:
    """numpy, but asarray leaves a Counted what it is: autodiff.Tensor calls it on its data."""

    asarray = staticmethod(np.asanyarray)

    def __getattr__(self, name):
        return getattr(np, name)


@contextmanager
def counting() -> Iterator[Counter[str]]:
    """What is computed inside from Counted arrays, also within Tensors; a Counter, empty at first."""
    OPS.clear()
    numpy, autodiff.np = autodiff.np, _Numpy()
    try:
        yield OPS
    finally:
        autodiff.np = numpy


def both_ways(f, *arrays: np.ndarray) -> tuple[Counter[str], Counter[str]]:
    """Operations of y = f(*Tensors), and of y together with its gradient by autodiff. f gives a scalar."""
    with counting() as ops:
        y = f(*(autodiff.Tensor(counted(a)) for a in arrays))
        forward = ops.copy()
        y.backward()
        return forward, ops.copy()


class Dual:
    """A value and one derivative that goes forward with it: (u, u').

    The product rule beside the product: (u v)' = u' v + u v'. Wengert 1964.
    """

    def __init__(self, data, dot):
        self.data, self.dot = data, dot

    def __add__(self, other):
        return Dual(self.data + other.data, self.dot + other.dot)

    def __mul__(self, other):
        return Dual(self.data * other.data, self.dot * other.data + self.data * other.dot)

    def __matmul__(self, other):
        return Dual(self.data @ other.data, self.dot @ other.data + self.data @ other.dot)

    def tanh(self):
        y = np.tanh(self.data)
        return Dual(y, self.dot * (1 - y * y))

    def sum(self):
        return Dual(self.data.sum(), self.dot.sum())


def one_by_one(f, *arrays: np.ndarray) -> tuple[list[np.ndarray], Counter[str]]:
    """The gradient of f in forward mode, a pass for each number in arrays, and the operations of all."""
    gradients = [np.zeros(a.shape) for a in arrays]
    with counting() as ops:
        for gradient, a in zip(gradients, arrays, strict=True):
            for at in np.ndindex(a.shape):
                dots = [np.zeros(b.shape) for b in arrays]
                dots[[b is a for b in arrays].index(True)][at] = 1
                duals = (
                    Dual(counted(b), counted(dot)) for b, dot in zip(arrays, dots, strict=True)
                )
                gradient[at] = f(*duals).dot
        return gradients, ops.copy()
