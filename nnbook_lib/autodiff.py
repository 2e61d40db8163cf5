"""Reverse-mode automatic differentiation: an engine that finds the way back by itself.

No layer of this library uses it: it is the second route to every gradient, and chapter 2 builds
it. A `Tensor` holds a value, the tensors it was computed from, and how a gradient flows back to
each of them (the vector-Jacobian product, one line beside each operation).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from . import functions
from .shapes import got


class Tensor:
    """A node of the computational graph: `data`, `grad` (dL/d data), its `parents`, its `op`.

    Arithmetic broadcasts as numpy does. `y.backward()` adds dy/dx to x.grad of every x that y
    depends on; call it on a scalar, or give the seed dL/dy with y's shape. `name` labels the node
    in pictures. Raises TypeError for data that are not real numbers, ValueError where an operation
    has no finite value or slope. Leave `data` alone between an operation and backward.
    """

    __array_ufunc__ = None  # so that numpy_array * Tensor is left to Tensor.__rmul__

    def __init__(self, data, parents=(), vjps=(), op: str = "", name: str = ""):
        data = np.asarray(data)
        if data.dtype.kind not in "biuf":
            hint = " Join Tensors by concatenate." if data.dtype == object else ""
            raise TypeError(f"Tensor holds real numbers; got {got(data)}.{hint}")
        self.data = data.astype(float, copy=False)
        self.grad = np.zeros_like(self.data)
        self.parents, self.vjps, self.op, self.name = parents, vjps, op, name

    def backward(self, seed: np.ndarray | None = None) -> None:
        """Add dL/dx to x.grad for every ancestor x, given seed = dL/d self (1 for a scalar)."""
        if seed is None:
            if self.data.size != 1:
                raise ValueError(
                    f"backward() starts from a scalar; got shape {self.data.shape}. "
                    "Reduce it, as with .sum(), or pass the seed dL/dy of that shape."
                )
            seed = np.ones_like(self.data)
        elif np.shape(seed) != self.data.shape:
            raise ValueError(
                f"backward(seed): the seed dL/dy has y's shape {self.data.shape}; got {np.shape(seed)}."
                " Pass np.broadcast_to(seed, y.data.shape) if every entry counts alike."
            )
        seed = Tensor(seed).data
        flowing = {id(self): seed}  # dL/d node, complete once every child has been visited
        for node in reversed(self.graph()):
            g = flowing.pop(id(node))
            node.grad = node.grad + g
            for parent, vjp in zip(node.parents, node.vjps, strict=True):
                share = _unbroadcast(vjp(g), parent.data.shape)
                flowing[id(parent)] = flowing.get(id(parent), 0) + share

    def graph(self) -> list[Tensor]:
        """Every node self depends on, parents before children, self last; without recursion."""
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, parents_done = stack.pop()
            if parents_done:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                stack.append((node, True))
                stack.extend((parent, False) for parent in reversed(node.parents))
        return order

    # Each operation: its value, then for each input the map from dL/dy to dL/d input.
    def __add__(self, other):
        a, b = self, _tensor(other)
        return Tensor(a.data + b.data, (a, b), (lambda g: g, lambda g: g), "+")

    def __mul__(self, other):
        a, b = self, _tensor(other)
        return Tensor(a.data * b.data, (a, b), (lambda g: g * b.data, lambda g: g * a.data), "×")

    def __truediv__(self, other):
        a, b = self, _tensor(other)
        if not b.data.all():
            raise ValueError("÷ 0 has no value: keep the divisor away from 0, as by adding 1e-8.")
        y = a.data / b.data
        return Tensor(y, (a, b), (lambda g: g / b.data, lambda g: -g * y / b.data), "÷")

    def __pow__(self, k: float):
        if not np.isscalar(k):  # a^b = e^(b log a), for a > 0
            return (_tensor(k) * self.log()).exp()
        _check_power(self.data, k)
        y = self.data**k
        if k == 0:  # a constant, also at 0, where k x^(k-1) would be 0 times infinity
            return self._map(y, lambda g: 0 * g, "^0")
        return self._map(y, lambda g: g * k * self.data ** (k - 1), f"^{k}")

    def __matmul__(self, other):  # A (n, k) @ B (k, m)
        a, b = self, _tensor(other)
        m, n = a.data.shape, b.data.shape
        if len(m) != 2 or len(n) != 2:
            raise ValueError(
                f"@ takes two matrices; got shapes {m} and {n}. Make a vector v a row by "
                "v.reshape(1, -1), or a column by v.reshape(-1, 1)."
            )
        if m[1] != n[0]:
            raise ValueError(
                f"@ takes shapes (n, k) and (k, m); got {m} and {n}. Transpose one by .T."
            )
        return Tensor(
            a.data @ b.data, (a, b), (lambda g: g @ b.data.T, lambda g: a.data.T @ g), "@"
        )

    def __getitem__(self, key):
        def vjp(g):
            full = np.zeros_like(self.data)
            np.add.at(full, key, g)  # an index may occur twice
            return full

        return self._map(self.data[key], vjp, "[ ]")

    def __neg__(self):
        return self._map(-self.data, lambda g: -g, "−")

    def __sub__(self, other):
        return self + -_tensor(other)

    def __rsub__(self, other):
        return _tensor(other) + -self

    def __rtruediv__(self, other):
        return _tensor(other) / self

    def __rmatmul__(self, other):
        return _tensor(other) @ self

    def __rpow__(self, other):
        return _tensor(other) ** self

    __radd__, __rmul__ = __add__, __mul__

    def _not_compared(self, *other):
        raise TypeError(
            "A Tensor is neither compared nor tested: where a comparison jumps there is no slope. "
            "Ask its data, as in x.data > 0."
        )

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = _not_compared
    __hash__ = object.__hash__

    def __getattr__(self, name):
        raise AttributeError(
            f"Tensor has no {name!r}. It has + - * / ** @ [ ], exp, log, tanh, sigmoid, relu, sum, mean, "
            "reshape and T; write it with these, or without a gradient by numpy on .data."
        )

    def exp(self):
        y = np.exp(self.data)
        return self._map(y, lambda g: g * y, "exp")

    def log(self):
        if not (self.data > 0).all():
            raise ValueError(
                f"log takes numbers above 0; got {self.data.min():.3g}. Add a small one, such as "
                "1e-12, or use log_softmax."
            )
        return self._map(np.log(self.data), lambda g: g / self.data, "log")

    def tanh(self):
        y = np.tanh(self.data)
        return self._map(y, lambda g: g * (1 - y * y), "tanh")

    def sigmoid(self):
        y = functions.sigmoid(self.data)
        return self._map(y, lambda g: g * y * (1 - y), "σ")

    def relu(self):
        return self._map(np.maximum(self.data, 0), lambda g: g * (self.data > 0), "ReLU")

    def sum(self, axis=None, keepdims: bool = False):
        def vjp(g):
            g = g if axis is None or keepdims else np.expand_dims(g, axis)
            return np.broadcast_to(g, self.data.shape)

        return self._map(self.data.sum(axis=axis, keepdims=keepdims), vjp, "Σ")

    def mean(self, axis=None, keepdims: bool = False):
        total = self.sum(axis=axis, keepdims=keepdims)
        return total * (total.data.size / self.data.size)

    def reshape(self, *shape):
        return self._map(self.data.reshape(*shape), lambda g: g.reshape(self.data.shape), "reshape")

    @property
    def T(self):
        return self._map(self.data.T, lambda g: g.T, "T")

    def _map(self, y, vjp: Callable, op: str):
        return Tensor(y, (self,), (vjp,), op)

    def __repr__(self) -> str:
        value = np.array2string(self.data, precision=4, threshold=9)
        return f"Tensor({self.name or self.op}, {value})"


def concatenate(tensors: list[Tensor], axis: int = -1) -> Tensor:
    """Join tensors along an axis, as np.concatenate; the gradient is cut at the same places."""
    tensors = tuple(map(_tensor, tensors))
    y = np.concatenate([t.data for t in tensors], axis)
    cuts = np.cumsum([t.data.shape[axis] for t in tensors])[:-1]
    vjps = [lambda g, i=i: np.split(g, cuts, axis)[i] for i in range(len(tensors))]
    return Tensor(y, tensors, vjps, "concat")


def log_softmax(u: Tensor) -> Tensor:
    """log softmax over the last axis; the maximum is a constant shift, which softmax ignores."""
    u = _tensor(u)
    shifted = u - u.data.max(axis=-1, keepdims=True)
    return shifted - shifted.exp().sum(axis=-1, keepdims=True).log()


def _tensor(x) -> Tensor:
    return x if isinstance(x, Tensor) else Tensor(x)


def _check_power(x: np.ndarray, k: float) -> None:
    """Refuse powers that have no value or no slope somewhere in x."""
    if not isinstance(k, (int, float, np.integer, np.floating)) or not np.isfinite(k):
        raise TypeError(f"** takes a finite number or a Tensor as exponent; got {got(k)}.")
    if k != int(k) and (x < 0).any():
        raise ValueError(f"x ** {k} of a negative number is not real; x reaches {x.min():.3g}.")
    if k < 1 and k != 0 and not x.all():
        raise ValueError(
            f"x ** {k} has no finite slope at x = 0: add a small number to x, as 1e-8."
        )


def _unbroadcast(g: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Sum g over the axes numpy stretched from shape: a value used k times gets k gradients."""
    g = g.sum(axis=tuple(range(g.ndim - len(shape))))
    stretched = tuple(i for i, d in enumerate(shape) if d == 1 and g.shape[i] != 1)
    return g.sum(axis=stretched, keepdims=True)
