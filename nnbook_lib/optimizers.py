"""Gradient-descent methods on one flat vector: opt.step(theta, grad) moves theta in place.

An optimizer knows nothing of layers, so it also walks down a ravine drawn in a notebook. Its
moments have theta's shape and dtype and are made at the first step; use one optimizer per vector,
or `reset()` it. `lr` is a number, or a function of the step number 0, 1, 2, ..., such as the
schedules `step_decay`, `cosine` and `exponential`.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from .schedules import Schedule, cosine, exponential, step_decay  # noqa: F401
from .shapes import fraction, got, positive

Rate = float | Callable[[int], float]


class Optimizer:
    """The shared part: the step counter, the learning rate, weight decay, and the moments' memory.

    A subclass names its moments in `moments` and writes `update(theta, grad, lr)` in their terms.
    With weight_decay > 0, theta first shrinks by lr * weight_decay of itself, biases too, apart
    from the gradient (Loshchilov & Hutter 2019; for SGD it is the same as weight_decay / 2
    |theta|^2 added to the loss). Raises ValueError for a learning rate that is not above 0,
    TypeError for a theta it cannot change.
    """

    moments: tuple[str, ...] = ()

    def __init__(self, lr: Rate, *, weight_decay: float = 0.0):
        name = type(self).__name__
        if isinstance(lr, type):
            raise TypeError(f"{name}: lr is the class {lr.__name__}. Call it: {lr.__name__}(...).")
        if not callable(lr):
            positive(name, lr=lr)
        fraction(name, weight_decay=weight_decay)
        self.lr, self.weight_decay = lr, weight_decay
        self.reset()

    def reset(self) -> None:
        """Forget the moments and the number of steps taken."""
        self.steps = 0
        for name in self.moments:
            setattr(self, name, None)

    def rate(self, step: int) -> float:
        """The learning rate of a step, counted from 0; TypeError if lr(step) gives no number."""
        value = self.lr(step) if callable(self.lr) else self.lr
        try:
            return float(value)
        except (TypeError, ValueError):
            raise TypeError(
                f"{type(self).__name__}: lr = {_shown(self.lr)} must return a number; at step {step} "
                f"it gave {got(value)}."
            ) from None

    def step(self, theta: np.ndarray, grad: np.ndarray) -> None:
        """Move theta in place, one step against grad. theta, grad: floating, of one shape.

        Raises ValueError where the schedule's rate is not a number above 0. A gradient with NaN is
        not looked for: theta becomes NaN, and the loss says so at the next step.
        """
        lr = self.rate(self.steps)
        self._check(theta, grad, lr)
        if self.steps == 0:
            for name in self.moments:
                setattr(self, name, np.zeros_like(theta))
        self.steps += 1
        if self.weight_decay:
            theta *= 1 - lr * self.weight_decay
        self.update(theta, grad, lr)

    def update(self, theta: np.ndarray, grad: np.ndarray, lr: float) -> None:
        """Change theta in place; `self.steps` already counts this step."""
        raise NotImplementedError

    def _check(self, theta, grad, lr):
        """Raise the error for what does not fit, before anything has changed."""
        name = type(self).__name__
        if not isinstance(theta, np.ndarray) or theta.dtype.kind != "f":
            raise TypeError(
                f"{name}.step changes theta in place, so it must be a floating numpy array; "
                f"got {got(theta)}. Pass np.array(theta, dtype=float)."
            )
        if not isinstance(grad, np.ndarray) or grad.dtype.kind != "f":
            raise TypeError(
                f"{name}.step expects grad as a floating numpy array; got {got(grad)}. "
                "Pass np.asarray(grad, dtype=float)."
            )
        if grad.shape != theta.shape:
            raise ValueError(
                f"{name}.step: grad has shape {grad.shape}, theta {theta.shape}. "
                "They must agree entry by entry."
            )
        walked = getattr(self, self.moments[0]) if self.moments and self.steps else None
        if walked is not None and walked.shape != theta.shape:
            raise ValueError(
                f"{name} has walked a vector of shape {walked.shape}; got theta of shape "
                f"{theta.shape}. Use a new optimizer for a new network, or call reset()."
            )
        if not 0 < lr < math.inf:
            hint = (
                " A schedule must last as long as the run: give it more steps, or a floor above 0; "
                "a warm-up begins with (step + 1), not with 0."
            )
            raise ValueError(
                f"{name}: the learning rate must be a number above 0; at step {self.steps} "
                f"lr = {_shown(self.lr)} gives {lr}.{hint if callable(self.lr) else ''}"
            )

    def __repr__(self) -> str:
        decay = f", weight_decay={self.weight_decay}" if self.weight_decay else ""
        return f"{type(self).__name__}(lr={_shown(self.lr)}{decay})"


class SGD(Optimizer):
    """theta <- theta - lr g. Robbins & Monro 1951; plain descent on the whole batch."""

    def update(self, theta, grad, lr):
        theta -= lr * grad


class Momentum(Optimizer):
    """v <- beta v - lr g;  theta <- theta + v. Polyak 1964; Rumelhart et al. 1986, eq. 9.

    The velocity form: lr is inside v. PyTorch keeps v without lr and multiplies after; the two
    differ only while lr changes.
    """

    moments = ("v",)

    def __init__(self, lr: Rate, beta: float = 0.9, *, weight_decay: float = 0.0):
        super().__init__(lr, weight_decay=weight_decay)
        fraction(type(self).__name__, beta=beta)
        self.beta = beta

    def update(self, theta, grad, lr):
        self.v *= self.beta
        self.v -= lr * grad
        theta += self.v


class Nesterov(Momentum):
    """v <- beta v - lr g;  theta <- theta + beta v - lr g: the gradient is taken a step ahead.

    theta here is the look-ahead point of Sutskever et al. 2013, eq. 3-4 (their theta + mu v), as
    in PyTorch, so that the gradient is needed at theta only. Nesterov 1983.
    """

    def update(self, theta, grad, lr):
        step = lr * grad
        self.v *= self.beta
        self.v -= step
        theta += self.beta * self.v
        theta -= step


class RMSProp(Optimizer):
    """s <- rho s + (1 - rho) g^2;  theta <- theta - lr g / (sqrt(s) + eps).

    Tieleman & Hinton 2012, lecture 6.5. rho = 0.9 is the lecture's; PyTorch's default is 0.99.
    eps stands outside the root, as in PyTorch.
    """

    moments = ("s",)

    def __init__(self, lr: Rate, rho: float = 0.9, eps: float = 1e-8, *, weight_decay: float = 0.0):
        super().__init__(lr, weight_decay=weight_decay)
        fraction("RMSProp", rho=rho)
        positive("RMSProp", eps=eps)
        self.rho, self.eps = rho, eps

    def update(self, theta, grad, lr):
        self.s *= self.rho
        self.s += (1 - self.rho) * grad * grad
        theta -= lr * grad / (np.sqrt(self.s) + self.eps)


class Adam(Optimizer):
    """m <- b1 m + (1-b1) g;  s <- b2 s + (1-b2) g^2;  theta <- theta - lr m^ / (sqrt(s^) + eps).

    m^ = m / (1 - b1^k) and s^ = s / (1 - b2^k) undo the zero start after k steps. Kingma & Ba
    2015, alg. 1; eps is added to sqrt(s^), as there and in PyTorch (not to the uncorrected root).

    With weight_decay > 0 it is AdamW. Loshchilov & Hutter 2019, alg. 2.
    """

    moments = ("m", "s")

    def __init__(
        self,
        lr: Rate = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ):
        super().__init__(lr, weight_decay=weight_decay)
        name = type(self).__name__
        if np.shape(betas) != (2,):
            raise ValueError(f"{name}: betas must be a pair such as (0.9, 0.999); got {betas!r}.")
        fraction(name, beta1=betas[0], beta2=betas[1])
        positive(name, eps=eps)
        self.betas, self.eps = tuple(betas), eps

    def update(self, theta, grad, lr):
        b1, b2 = self.betas
        self.m += (1 - b1) * (grad - self.m)
        self.s += (1 - b2) * (grad * grad - self.s)
        m_hat = self.m / (1 - b1**self.steps)
        s_hat = self.s / (1 - b2**self.steps)
        theta -= lr * m_hat / (np.sqrt(s_hat) + self.eps)


class AdamW(Adam):
    """Adam with decoupled weight decay, 0.01 unless told. Loshchilov & Hutter 2019, alg. 2."""

    def __init__(
        self,
        lr: Rate = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.01,
    ):
        super().__init__(lr, betas, eps, weight_decay)


OPTIMIZERS: dict[str, type[Optimizer]] = {
    "sgd": SGD,
    "momentum": Momentum,
    "nesterov": Nesterov,
    "rmsprop": RMSProp,
    "adam": Adam,
    "adamw": AdamW,
}


def clip_norm(grad: np.ndarray, limit: float) -> float:
    """Scale grad in place so that its Euclidean norm is at most limit; return the norm it had.

    g <- g * min(1, limit / ||g||): the direction stays. Pascanu et al. 2013, alg. 1. A gradient
    with infinity or NaN has no direction: it is left as it is, and the norm returned shows it.
    Raises TypeError unless grad is a floating array.
    """
    positive("clip_norm", limit=limit)
    if not isinstance(grad, np.ndarray) or grad.dtype.kind != "f":
        raise TypeError(
            f"clip_norm scales grad in place, so it must be a floating numpy array; got {got(grad)}. "
            "Pass np.array(grad, dtype=float)."
        )
    norm = _norm(grad)
    if limit < norm < math.inf:
        grad *= limit / norm
    return norm


def _norm(v: np.ndarray) -> float:
    """||v||, in float64, also where the squares of v's entries overflow or vanish."""
    v = v.astype(np.float64, copy=False)
    with np.errstate(over="ignore", invalid="ignore"):
        norm = math.sqrt(np.vdot(v, v))
    if 1e-150 < norm < math.inf or not v.size:
        return norm
    largest = float(np.abs(v).max())
    return largest * _norm(v / largest) if 0 < largest < math.inf else largest


def _shown(lr: Rate) -> str:
    """How a learning rate is printed; of a function, its name."""
    if isinstance(lr, Schedule) or not callable(lr):
        return repr(lr)
    name = getattr(lr, "__name__", type(lr).__name__)
    return "a lambda of the step" if name == "<lambda>" else f"{name}(step)"
