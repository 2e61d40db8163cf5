"""The exercise on SELU: mean and variance, one layer further."""

from __future__ import annotations

import numpy as np

from ....activations import SELU_ALPHA, selu
from ...exercise import Case, Mistake, add
from .lengths import POINTS, SHARES


def moved(
    center=lambda mu, omega: mu * omega,
    spread=lambda nu, tau: np.sqrt(nu * tau),
    f=selu.f,
    average=lambda y: SHARES @ y,
    variance=lambda y, mean: SHARES @ (y - mean) ** 2,
):
    """moments with another bell curve of net inputs, another activation, or other moments of it."""

    def moments(mu, nu, omega, tau):
        y = f(center(mu, omega) + spread(nu, tau) * POINTS)
        mean = average(y)
        return mean, variance(y, mean)

    return moments


def elu(u):
    return np.where(u > 0, u, SELU_ALPHA * np.expm1(np.minimum(u, 0)))


add(
    "landmarks.moments",
    "One step of the moments",
    level=2,
    reference=moved(),
    outputs=("mean", "variance"),
    rtol=1e-4,
    atol=1e-5,
    cases=lambda rng: [
        Case("the fixed point", 0.0, 1.0, 0.0, 1.0),
        Case("always 1", 0.5, 0.0, 2.0, 1.0),
        Case("a mean that is off", 0.6, 1.0, 0.8, 1.1),
        Case("a variance that is off", 0.0, 4.0, 0.3, 0.9),
        Case(
            "others", *rng.uniform(-1, 1, 1), *rng.uniform(0.3, 2, 1), *rng.uniform(-1, 1, 1), 1.4
        ),
    ],
    mistakes=[
        Mistake(
            "You return the mean square as the variance. The mean is to be subtracted: it is 0 at the fixed "
            "point only.",
            moved(variance=lambda y, mean: SHARES @ y**2),
        ),
        Mistake(
            "You stretch the points by the variance ντ. The bell curve is stretched by the standard "
            "deviation, its root.",
            moved(spread=lambda nu, tau: nu * tau),
        ),
        Mistake(
            "You stretch by ν√τ. Both stand under the root: √(ντ).",
            moved(spread=lambda nu, tau: nu * np.sqrt(tau)),
        ),
        Mistake(
            "You stretch by √ν τ. τ is a sum of squares: both stand under the root, √(ντ).",
            moved(spread=lambda nu, tau: np.sqrt(nu) * tau),
        ),
        Mistake(
            "τ is missing: the net input's variance is ντ.", moved(spread=lambda nu, tau: nu**0.5)
        ),
        Mistake(
            "ν is missing: the net input's variance is ντ.", moved(spread=lambda nu, tau: tau**0.5)
        ),
        Mistake(
            "The spread is missing: the points are stretched by √(ντ).",
            moved(spread=lambda nu, tau: 1.0),
        ),
        Mistake("ω is missing: the net input's mean is μω.", moved(center=lambda mu, omega: mu)),
        Mistake("μ is missing: the net input's mean is μω.", moved(center=lambda mu, omega: omega)),
        Mistake(
            "You add μ and ω. The net input's mean is their product.",
            moved(center=lambda mu, omega: mu + omega),
        ),
        Mistake(
            "The mean is missing: the points are moved by μω.",
            moved(center=lambda mu, omega: 0.0),
        ),
        Mistake(
            "You move the points before you stretch them, and stretch the mean, too. It is "
            "μω + √(ντ) times the point.",
            lambda mu, nu, omega, tau: moved()(mu * np.sqrt(nu * tau), nu, omega, tau),
        ),
        Mistake(
            "You subtract the mean. The net input is μω *plus* √(ντ) times the point.",
            moved(center=lambda mu, omega: -mu * omega),
        ),
        Mistake(
            "You return the standard deviation. Asked is the variance, its square.",
            moved(variance=lambda y, mean: np.sqrt(SHARES @ (y - mean) ** 2)),
        ),
        Mistake(
            "You return mean and variance of u, before SELU. Asked are those of what comes out.",
            lambda mu, nu, omega, tau: (mu * omega, nu * tau),
        ),
        Mistake(
            "You apply SELU to the mean and to the variance. It is to be applied to every net input, and "
            "then the moments are taken.",
            lambda mu, nu, omega, tau: (selu.f(mu * omega), selu.f(nu * tau)),
        ),
        Mistake(
            "All points count alike in your moments. Each has its share of the bell curve: `shares @ ...`.",
            moved(average=np.mean, variance=lambda y, mean: np.var(y)),
        ),
        Mistake(
            "All points count alike in your variance. Each has its share of the bell curve: `shares @ ...`.",
            moved(variance=lambda y, mean: np.var(y)),
        ),
        Mistake(
            "All points count alike in the squared distances that you average. Each has its share of the "
            "bell curve: `shares @ ...`.",
            moved(variance=lambda y, mean: np.mean((y - mean) ** 2)),
        ),
        Mistake(
            "You average the slope of SELU, `nn.selu.df`. Asked is SELU itself.",
            moved(f=selu.df),
        ),
        Mistake(
            "You take the ELU, without the factor λ = 1.0507 before it.",
            moved(f=elu),
        ),
        Mistake(
            "You take the ReLU. SELU goes below 0, which is how it comes back to mean 0.",
            moved(f=lambda u: np.maximum(u, 0)),
        ),
        Mistake(
            "You apply SELU twice.",
            moved(f=lambda u: selu.f(selu.f(u))),
        ),
        Mistake(
            "Your variance is the mean square less the mean. The *square* of the mean is subtracted.",
            moved(variance=lambda y, mean: SHARES @ y**2 - mean),
        ),
        Mistake(
            "You square the mean distance, and that is 0. Square each distance, then take the mean.",
            moved(variance=lambda y, mean: 0.0),
        ),
        Mistake(
            "You take the distances from μω. They count from the mean of what comes out of SELU.",
            lambda mu, nu, omega, tau: moved(
                variance=lambda y, mean: SHARES @ (y - mu * omega) ** 2
            )(mu, nu, omega, tau),
        ),
        Mistake(
            "You take the distances from the old mean μ. They count from the mean of what comes out of SELU.",
            lambda mu, nu, omega, tau: moved(variance=lambda y, mean: SHARES @ (y - mu) ** 2)(
                mu, nu, omega, tau
            ),
        ),
        Mistake(
            "You square ω. The net input's mean is μω.",
            moved(center=lambda mu, omega: mu * omega**2),
        ),
        Mistake(
            "Your mean is SELU of the mean. SELU is bent, so the mean of what comes out is another: "
            "`shares @ y`.",
            moved(average=lambda y: y[800]),
        ),
        Mistake(
            "Your mean is SELU of the mean. SELU is bent, so the mean of what comes out is another: "
            "`shares @ y`. The variance is right.",
            lambda mu, nu, omega, tau: (selu.f(mu * omega), moved()(mu, nu, omega, tau)[1]),
        ),
        Mistake(
            "You add μω behind SELU. It belongs into the net input: SELU treats a moved one otherwise.",
            lambda mu, nu, omega, tau: (
                mu * omega + moved()(0.0, nu, omega, tau)[0],
                moved()(0.0, nu, omega, tau)[1],
            ),
        ),
    ],
)
