"""Activation functions. Each is a value: a pair (f, f'), and a layer without parameters.

Where f' can be had from z = f(u), as sigma' = z (1 - z), backward uses that form (`df_from_z`), so
that u itself need not be kept. Both forms are tested to be the same function.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import cached_property

import numpy as np

from . import functions
from .layer import Layer
from .shapes import choose, floats, fraction, got

Function = Callable[[np.ndarray], np.ndarray]


class Activation(Layer):
    """z = f(u) entry by entry, so dL/du = dL/dz * f'(u).

    f, df: arrays in, arrays out, df the derivative at u. df_from_z, if given, is the same
    derivative computed from z. `init` names the initializer that suits it; `interval` is that of its
    values, for tables. Whole numbers u count as float64; TypeError for what is not numbers.
    """

    made_by: tuple[Callable, tuple] | None = None  # the call that makes it again, for a pickle

    def __init__(
        self,
        name: str,
        f: Function,
        df: Function,
        df_from_z: Function | None = None,
        *,
        interval: tuple[float, float] = (-np.inf, np.inf),
        init: str = "xavier",
    ):
        self.name, self.f, self.df, self.df_from_z = name, f, df, df_from_z
        self.interval, self.init = interval, init

    def forward(self, u, train=False):
        u = floats(self.name, u)
        z = self.f(u)
        return z, (u if self.df_from_z is None else z)

    def backward(self, dz, saved):
        return dz * self.slope(saved)

    def label(self):
        return self.name

    def slope(self, saved: np.ndarray) -> np.ndarray:
        """f'(u), from what forward saved."""
        return (self.df if self.df_from_z is None else self.df_from_z)(saved)

    @cached_property
    def steepest(self) -> float:
        """The largest |f'|, found on a fine grid of [-8, 8] with 0+ in it."""
        u = np.append(np.linspace(-8, 8, 16001), 1e-300)
        return float(np.abs(self.df(u)).max())

    def __copy__(self):
        return self  # a value

    def __deepcopy__(self, memo):
        return self

    def __reduce_ex__(self, protocol):
        """The library's are pickled by what makes them, yours if its functions have names."""
        if ACTIVATIONS.get(self.name) is self:
            return get, (self.name,)
        if self.made_by:
            return self.made_by
        for part in (self.f, self.df, self.df_from_z):
            if "<" in getattr(part, "__qualname__", ""):  # <lambda>, or a function's <locals>
                raise pickle.PicklingError(
                    f"Activation {self.name!r} cannot be pickled, since {part.__qualname__} has no name "
                    "to be found by. Write its functions with def, outside of other functions."
                )
        return super().__reduce_ex__(protocol)


def leaky_relu_with(slope: float) -> Activation:
    """max(u, slope u): Leaky ReLU with a slope of your choice in [0, 1); PReLU's starts at 0.25."""
    fraction("leaky_relu_with", slope=slope)
    slope = float(slope)
    activation = Activation(
        "leaky_relu" if slope == 0.01 else f"leaky_relu({slope!r})",
        f=lambda u: np.maximum(u, slope * u),
        df=lambda u: _like(u, np.where(u > 0, 1.0, slope)),
        df_from_z=lambda z: _like(z, np.where(z > 0, 1.0, slope)),
        init="he",
    )
    activation.made_by = leaky_relu_with, (slope,)
    return activation


def _like(u: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """The slope in u's precision; that of whole numbers stays float64."""
    return slope.astype(u.dtype) if u.dtype.kind == "f" else slope


def _gelu_inner(u: np.ndarray) -> np.ndarray:
    return np.tanh(GELU_C * (u + 0.044715 * u * u * u))  # u**3: over 100 times slower


def _gelu_slope(u: np.ndarray) -> np.ndarray:
    t = _gelu_inner(u)
    return 0.5 * (1 + t) + 0.5 * u * (1 - t * t) * GELU_C * (1 + 3 * 0.044715 * u * u)


GELU_C = float(np.sqrt(2 / np.pi))
# The fixed point of mean 0, variance 1: Klambauer et al. 2017, eq. 14.
SELU_ALPHA = 1.6732632423543772
SELU_LAMBDA = 1.0507009873554805

identity = Activation("identity", f=lambda u: u, df=np.ones_like)
step = Activation(  # Rosenblatt's unit; no gradient ever passes it
    "step", f=lambda u: (u > 0).astype(u.dtype), df=np.zeros_like, interval=(0, 1)
)
sigmoid = Activation(
    "sigmoid",
    f=functions.sigmoid,
    df=lambda u: functions.sigmoid(u) * functions.sigmoid(-u),  # 1 - sigma(40) rounds to 0
    df_from_z=lambda z: z * (1 - z),
    interval=(0, 1),
)
tanh = Activation(
    "tanh",
    f=np.tanh,
    df=lambda u: 1 - np.tanh(u) ** 2,
    df_from_z=lambda z: 1 - z * z,
    interval=(-1, 1),
)
relu = Activation(  # f'(0) is not defined; 0 by convention, as in PyTorch
    "relu",
    f=lambda u: np.maximum(u, 0),
    df=lambda u: (u > 0).astype(u.dtype),
    df_from_z=lambda z: (z > 0).astype(z.dtype),
    interval=(0, np.inf),
    init="he",
)
leaky_relu = leaky_relu_with(0.01)  # Maas et al. 2013's slope
elu = Activation(  # alpha = 1; Clevert et al. 2016, eq. 15
    "elu",
    f=lambda u: np.where(u > 0, u, np.expm1(np.minimum(u, 0))),
    df=lambda u: np.exp(np.minimum(u, 0)),
    df_from_z=lambda z: np.minimum(z, 0) + 1,
    interval=(-1, np.inf),
    init="he",
)
selu = Activation(  # Klambauer et al. 2017, eq. 2
    "selu",
    f=lambda u: SELU_LAMBDA * np.where(u > 0, u, SELU_ALPHA * np.expm1(np.minimum(u, 0))),
    df=lambda u: SELU_LAMBDA * np.where(u > 0, 1, SELU_ALPHA * np.exp(np.minimum(u, 0))),
    df_from_z=lambda z: _like(z, np.where(z > 0, SELU_LAMBDA, z + SELU_LAMBDA * SELU_ALPHA)),
    interval=(-SELU_LAMBDA * SELU_ALPHA, np.inf),
    init="lecun",
)
softplus = Activation(
    "softplus",
    f=functions.softplus,
    df=functions.sigmoid,
    df_from_z=lambda z: -np.expm1(-z),
    interval=(0, np.inf),
    init="he",
)
gelu = Activation(  # the tanh form; Hendrycks & Gimpel 2016, sec. 2. PyTorch: approximate="tanh"
    "gelu",
    f=lambda u: 0.5 * u * (1 + _gelu_inner(u)),
    df=_gelu_slope,
    interval=(-0.17004, np.inf),
    init="he",
)

ACTIVATIONS: dict[str, Activation] = {
    a.name: a for a in (identity, step, sigmoid, tanh, relu, leaky_relu, elu, selu, softplus, gelu)
}


def get(activation: str | Activation, whose: str = "activations.get") -> Activation:
    """The activation of that name, or activation itself. Raises, in the name of `whose`, ValueError on
    an unknown name, and TypeError for what has no derivative with it, such as a plain function.
    """
    if isinstance(activation, Activation):
        return activation
    if isinstance(activation, str):
        return choose("activation", activation, ACTIVATIONS)
    name = getattr(activation, "__name__", "")
    known = f'"{name}"' if name in ACTIVATIONS else 'one by name, as "tanh"'
    raise TypeError(
        f"{whose}: activation must have its derivative with it; got {got(activation)}. Pass {known}, or "
        'Activation("name", f, df), df the derivative of f.'
    )


class Softmax(Layer):
    """p_i = e^{u_i} / sum_j e^{u_j} along each row. u, p: (n, k).

    A vector function: its Jacobian is diag(p) - p p^T, so du = p * (dp - sum(dp * p)). Before a
    cross-entropy leave it out: SoftmaxCrossEntropy takes the logits u, which is simpler and more
    exact.
    """

    def forward(self, u, train=False):
        p = functions.softmax(floats("Softmax", u))
        return p, p

    def backward(self, dp, p):
        return p * (dp - np.sum(dp * p, axis=-1, keepdims=True))


softmax = Softmax()
