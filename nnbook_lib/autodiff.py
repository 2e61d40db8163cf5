"""Reverse-mode automatic differentiation in about a hundred lines.

No layer of this library uses it: it is the second route to every gradient, and chapter 2 builds
it. A `Tensor` holds a value, the tensors it was computed from, and how a gradient flows back to
each of them (the vector-Jacobian product, one line beside each operation).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from . import functions


class Tensor:
    """A node of the computational graph: `data`, `grad` (dL/d data), its `parents`, its `op`.

    Arithmetic broadcasts as numpy does. `y.backward()` adds dy/dx to x.grad of every x that y
    depends on; call it on a scalar, or give the seed dL/dy with y's shape. `name` labels the node
    in pictures.
    """

    __array_ufunc__ = None  # so that numpy_array * Tensor is left to Tensor.__rmul__

    def __init__(self, data, parents=(), vjps=(), op: str = "", name: str = ""):
        self.data = np.asarray(data, dtype=float)
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
        y = a.data / b.data
        return Tensor(y, (a, b), (lambda g: g / b.data, lambda g: -g * y / b.data), "÷")

    def __pow__(self, k: float):
        return self._map(self.data**k, lambda g: g * k * self.data ** (k - 1), f"^{k}")

    def __matmul__(self, other):  # A (n, k) @ B (k, m)
        a, b = self, _tensor(other)
        if a.data.ndim != 2 or b.data.ndim != 2:
            raise ValueError(f"@ takes two matrices; got shapes {a.data.shape} and {b.data.shape}.")
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

    __radd__, __rmul__ = __add__, __mul__

    def exp(self):
        y = np.exp(self.data)
        return self._map(y, lambda g: g * y, "exp")

    def log(self):
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
    cuts = np.cumsum([t.data.shape[axis] for t in tensors])[:-1]
    vjps = [lambda g, i=i: np.split(g, cuts, axis)[i] for i in range(len(tensors))]
    return Tensor(np.concatenate([t.data for t in tensors], axis), tuple(tensors), vjps, "concat")


def log_softmax(u: Tensor) -> Tensor:
    """log softmax over the last axis; the maximum is a constant shift, which softmax ignores."""
    shifted = u - u.data.max(axis=-1, keepdims=True)
    return shifted - shifted.exp().sum(axis=-1, keepdims=True).log()


def _tensor(x) -> Tensor:
    return x if isinstance(x, Tensor) else Tensor(x)


def _unbroadcast(g: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Sum g over the axes numpy stretched from shape: a value used k times gets k gradients."""
    g = g.sum(axis=tuple(range(g.ndim - len(shape))))
    stretched = tuple(i for i, d in enumerate(shape) if d == 1 and g.shape[i] != 1)
    return g.sum(axis=stretched, keepdims=True)
