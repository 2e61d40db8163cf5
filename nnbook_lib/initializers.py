"""Weight initializers: init(d_out, d_in, rng=rng) -> W of shape (d_out, d_in), float64.

Each keeps some variance constant through u = W x, where Var u = d_in * Var W * E[x^2]. All are
Gaussian (an initializer is then fixed by its standard deviation, and a slider can rescale one
draw), except the two named uniform, which are the paper's own.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable

import numpy as np

from .shapes import choose, floating_dtype, generator, got, listed, positive, sizes

Initializer = Callable[..., np.ndarray]


def _checked(init: Initializer) -> Initializer:
    """init, with its sizes and its generator looked at before it computes."""

    @functools.wraps(init)
    def checked(d_out: int, d_in: int, *, rng: np.random.Generator) -> np.ndarray:
        sizes(init.__name__, d_out=d_out, d_in=d_in)
        return init(d_out, d_in, rng=generator(init.__name__, rng))

    return checked


def zeros(d_out: int, d_in: int, *, rng: np.random.Generator | None = None) -> np.ndarray:
    """W = 0: all units of a layer compute the same, and learning never tells them apart."""
    sizes("zeros", d_out=d_out, d_in=d_in)
    return np.zeros((d_out, d_in))


def normal(scale: float) -> Initializer:
    """An initializer with W ~ N(0, scale^2), whatever the widths; scale > 0."""
    positive("normal", scale=scale)

    def init(d_out: int, d_in: int, *, rng: np.random.Generator) -> np.ndarray:
        return scale * rng.standard_normal((d_out, d_in))

    init.__name__ = f"normal({float(scale)!r})"
    return _checked(init)


@_checked
def xavier(d_out: int, d_in: int, *, rng: np.random.Generator) -> np.ndarray:
    """Var W = 2 / (d_in + d_out), for both directions. Glorot & Bengio 2010, eq. 12."""
    return np.sqrt(2 / (d_in + d_out)) * rng.standard_normal((d_out, d_in))


@_checked
def xavier_uniform(d_out: int, d_in: int, *, rng: np.random.Generator) -> np.ndarray:
    """W ~ U(-a, a), a = sqrt(6 / (d_in + d_out)): the same variance. Glorot & Bengio 2010, eq.
    16.
    """
    a = np.sqrt(6 / (d_in + d_out))
    return rng.uniform(-a, a, (d_out, d_in))


@_checked
def heuristic(d_out: int, d_in: int, *, rng: np.random.Generator) -> np.ndarray:
    """W ~ U(-1/sqrt(d_in), 1/sqrt(d_in)), so d_in Var W = 1/3: the common choice before 2010.

    Glorot & Bengio 2010, eq. 1 and 15: it shrinks activations and deltas by sqrt(1/3) a linear
    layer.
    """
    a = 1 / np.sqrt(d_in)
    return rng.uniform(-a, a, (d_out, d_in))


@_checked
def he(d_out: int, d_in: int, *, rng: np.random.Generator) -> np.ndarray:
    """Var W = 2 / d_in: 2 for the half that a ReLU shuts. He et al. 2015, eq. 10."""
    return np.sqrt(2 / d_in) * rng.standard_normal((d_out, d_in))


@_checked
def lecun(d_out: int, d_in: int, *, rng: np.random.Generator) -> np.ndarray:
    """Var W = 1 / d_in: a linear layer keeps its variance. LeCun et al. 1998, sec. 4.6."""
    return np.sqrt(1 / d_in) * rng.standard_normal((d_out, d_in))


@_checked
def orthogonal(d_out: int, d_in: int, *, rng: np.random.Generator) -> np.ndarray:
    """All singular values of W are 1: orthonormal rows, or columns where d_out > d_in.

    Saxe et al. 2014. The Q of a Gaussian matrix's QR decomposition, its signs fixed by the
    diagonal of R so that Q is uniform over the orthogonal group.
    """
    tall = rng.standard_normal((max(d_out, d_in), min(d_out, d_in)))
    q, r = np.linalg.qr(tall)
    q *= np.sign(np.diag(r))
    return q if d_out >= d_in else np.ascontiguousarray(q.T)


INITIALIZERS: dict[str, Initializer] = {
    "zeros": zeros,
    "xavier": xavier,
    "xavier_uniform": xavier_uniform,
    "heuristic": heuristic,
    "he": he,
    "lecun": lecun,
    "orthogonal": orthogonal,
}


def get(init: str | Initializer) -> Initializer:
    """The initializer of that name, or init itself; ValueError for an unknown name."""
    return init if callable(init) else choose("initializer", init, INITIALIZERS)


def _takes_sizes(init: Initializer) -> bool:
    try:
        inspect.signature(init).bind(1, 1, rng=None)
    except TypeError:
        return False
    except ValueError:  # of what is not written in Python, no signature is known
        return True
    return True


def draw(
    whose: str,
    init: str | Initializer,
    d_out: int,
    d_in: int,
    *,
    rng: np.random.Generator | None,
    dtype: type = np.float64,
) -> np.ndarray:
    """A layer's W by init, as dtype. Raises TypeError or ValueError, in the layer's name `whose`, for
    an initializer of your own that does not give finite numbers of shape (d_out, d_in).
    """
    floating_dtype(whose, dtype)
    if not isinstance(init, str) and not callable(init):
        raise TypeError(
            f"{whose}: init must be a name, {listed(INITIALIZERS)}, or a function of (d_out, d_in, "
            f"rng=rng); got {got(init)}. To set the weights yourself, write layer.W[...] = W."
        )
    init = get(init)
    name = getattr(init, "__name__", type(init).__name__)
    if not _takes_sizes(init):
        hint = "Call it first, as init=normal(0.1)." if init is normal else "Write it so."
        raise TypeError(
            f"{whose}: initializer {name} must take (d_out, d_in, rng=rng) and return W. {hint}"
        )
    W = init(d_out, d_in, rng=rng)
    if not isinstance(W, np.ndarray) or W.dtype.kind not in "fiu":
        raise TypeError(
            f"{whose}: initializer {name} must return an array of numbers; got {got(W)}."
        )
    if W.shape != (d_out, d_in):
        hint = " Return W.T." if W.shape == (d_in, d_out) else ""
        raise ValueError(
            f"{whose}: initializer {name} must return W of shape (d_out, d_in) = {d_out, d_in}; "
            f"got {W.shape}.{hint}"
        )
    if not np.isfinite(W).all():
        raise ValueError(f"{whose}: initializer {name} returned NaN or infinity among the weights.")
    return W.astype(dtype)
