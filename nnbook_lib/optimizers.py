"""Gradient-descent methods on one flat vector: opt.step(theta, grad) moves theta in place.

An optimizer knows nothing of layers, so it also walks down a ravine drawn in a notebook. Its
moments have theta's shape and dtype and are made at the first step; use one optimizer per vector,
or `reset()` it. `lr` is a number, or a schedule: a function of the step number 0, 1, 2, ...
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from .shapes import fraction, got, positive

Schedule = Callable[[int], float]


class Optimizer:
    """The shared part: the step counter, the learning rate, and the moments' memory.

    A subclass names its moments in `moments` and writes `update(theta, grad, lr)` in their terms.
    Raises ValueError for a learning rate that is not above 0, TypeError for a theta it cannot
    change.
    """

    moments: tuple[str, ...] = ()

    def __init__(self, lr: float | Schedule):
        if not callable(lr):
            positive(type(self).__name__, lr=lr)
        self.lr = lr
        self.reset()

    def reset(self) -> None:
        """Forget the moments and the number of steps taken."""
        self.steps = 0
        for name in self.moments:
            setattr(self, name, None)

    def rate(self, step: int) -> float:
        """The learning rate of a step, counted from 0."""
        return float(self.lr(step) if callable(self.lr) else self.lr)

    def step(self, theta: np.ndarray, grad: np.ndarray) -> None:
        """Move theta in place, one step against grad. theta, grad: floating, of one shape."""
        if not isinstance(theta, np.ndarray) or theta.dtype.kind != "f":
            raise TypeError(
                f"{type(self).__name__}.step changes theta in place, so it must be a floating numpy "
                f"array; got {got(theta)}. Pass np.array(theta, dtype=float)."
            )
        if np.shape(grad) != theta.shape:
            raise ValueError(
                f"{type(self).__name__}.step: grad has shape {np.shape(grad)}, theta {theta.shape}. "
                "They must agree entry by entry."
            )
        if self.steps == 0:
            for name in self.moments:
                setattr(self, name, np.zeros_like(theta))
        elif self.moments and getattr(self, self.moments[0]).shape != theta.shape:
            raise ValueError(
                f"{type(self).__name__} has walked a vector of shape "
                f"{getattr(self, self.moments[0]).shape}; got theta of shape {theta.shape}. "
                "Use a new optimizer for a new network, or call reset()."
            )
        lr = self.rate(self.steps)
        self.steps += 1
        self.update(theta, grad, lr)

    def update(self, theta: np.ndarray, grad: np.ndarray, lr: float) -> None:
        """Change theta in place; `self.steps` already counts this step."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"{type(self).__name__}(lr={getattr(self.lr, '__name__', self.lr)})"


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

    def __init__(self, lr: float | Schedule, beta: float = 0.9):
        fraction("Momentum", beta=beta)
        super().__init__(lr)
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

    def __init__(self, lr: float | Schedule, rho: float = 0.9, eps: float = 1e-8):
        fraction("RMSProp", rho=rho)
        positive("RMSProp", eps=eps)
        super().__init__(lr)
        self.rho, self.eps = rho, eps

    def update(self, theta, grad, lr):
        self.s *= self.rho
        self.s += (1 - self.rho) * grad * grad
        theta -= lr * grad / (np.sqrt(self.s) + self.eps)


class Adam(Optimizer):
    """m <- b1 m + (1-b1) g;  s <- b2 s + (1-b2) g^2;  theta <- theta - lr m^ / (sqrt(s^) + eps).

    m^ = m / (1 - b1^k) and s^ = s / (1 - b2^k) undo the zero start after k steps. Kingma & Ba
    2015, alg. 1; eps is added to sqrt(s^), as there and in PyTorch (not to the uncorrected root).

    weight_decay > 0 is AdamW's: theta shrinks by lr * weight_decay apart from the gradient,
    biases too. Loshchilov & Hutter 2019, alg. 2.
    """

    moments = ("m", "s")

    def __init__(
        self,
        lr: float | Schedule = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ):
        fraction(type(self).__name__, beta1=betas[0], beta2=betas[1], weight_decay=weight_decay)
        positive(type(self).__name__, eps=eps)
        super().__init__(lr)
        self.betas, self.eps, self.weight_decay = betas, eps, weight_decay

    def update(self, theta, grad, lr):
        b1, b2 = self.betas
        self.m += (1 - b1) * (grad - self.m)
        self.s += (1 - b2) * (grad * grad - self.s)
        m_hat = self.m / (1 - b1**self.steps)
        s_hat = self.s / (1 - b2**self.steps)
        if self.weight_decay:
            theta *= 1 - lr * self.weight_decay
        theta -= lr * m_hat / (np.sqrt(s_hat) + self.eps)


class AdamW(Adam):
    """Adam with decoupled weight decay, 0.01 unless told. Loshchilov & Hutter 2019, alg. 2."""

    def __init__(
        self,
        lr: float | Schedule = 1e-3,
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

    g <- g * min(1, limit / ||g||): the direction stays. Pascanu et al. 2013, alg. 1.
    """
    positive("clip_norm", limit=limit)
    norm = math.sqrt(np.vdot(grad, grad))
    if norm > limit:
        grad *= limit / norm
    return norm


# Schedules: the learning rate as a function of the step number.
def step_decay(lr: float, every: int, factor: float = 0.1) -> Schedule:
    """lr * factor^floor(step / every)."""
    positive("step_decay", lr=lr, every=every, factor=factor)
    return lambda step: lr * factor ** (step // every)


def cosine(lr: float, steps: int, warmup: int = 0, floor: float = 0.0) -> Schedule:
    """A linear rise over `warmup` steps, then half a cosine from lr down to floor at `steps`.

    Loshchilov & Hutter 2017, eq. 5, without restarts.
    """
    positive("cosine", lr=lr, steps=steps)
    if not 0 <= warmup < steps:
        raise ValueError(f"cosine: warmup must be from 0 to below steps = {steps}; got {warmup}.")

    def schedule(step: int) -> float:
        if step < warmup:
            return lr * (step + 1) / warmup
        done = min(1.0, (step - warmup) / (steps - warmup))
        return floor + (lr - floor) * 0.5 * (1 + math.cos(math.pi * done))

    return schedule


def exponential(lr: float, final: float, steps: int) -> Schedule:
    """From lr to final by equal factors: the learning-rate finder's sweep (Smith 2017)."""
    positive("exponential", lr=lr, final=final, steps=steps)
    return lambda step: lr * (final / lr) ** (step / max(1, steps - 1))
