"""Optimizers as vector formulas: first steps by hand, and the rates theory promises on a
quadratic.
"""

import math

import numpy as np
import pytest

import nnbook_lib as nn
from nnbook_lib import optimizers

FIRST_TWO_STEPS = {  # theta after one and two steps from 1.0 with gradients 0.5, then -0.25, lr = 0.1
    "sgd": (0.95, 0.975),
    "momentum": (0.95, 0.95 + 0.9 * -0.05 + 0.025),
    "nesterov": (1 - 0.05 * 1.9, 1 - 0.095 + 0.9 * (0.9 * -0.05 + 0.025) + 0.025),
    "rmsprop": (
        1 - 0.05 / math.sqrt(0.025),
        1 - 0.05 / math.sqrt(0.025) + 0.025 / math.sqrt(0.9 * 0.025 + 0.1 * 0.0625),
    ),
    "adam": (
        0.9,
        0.9 - 0.1 * ((0.9 * 0.05 - 0.025) / 0.19)
        / math.sqrt((0.999 * 0.00025 + 0.001 * 0.0625) / 0.001999),
    ),
    "adamw": (
        0.999 - 0.1,
        0.899 * 0.999 - 0.1 * ((0.9 * 0.05 - 0.025) / 0.19)
        / math.sqrt((0.999 * 0.00025 + 0.001 * 0.0625) / 0.001999),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", optimizers.OPTIMIZERS)
def test_first_two_steps_by_hand(name):
    opt, theta = optimizers.OPTIMIZERS[name](lr=0.1), np.array([1.0])
    for gradient, wanted in zip((0.5, -0.25), FIRST_TWO_STEPS[name], strict=True):
        opt.step(theta, np.array([gradient]))
        assert theta[0] == pytest.approx(wanted, abs=1e-7)
    before = theta.copy()
    opt.reset()
    theta[...] = 1
    opt.step(theta, np.array([0.5]))
    assert theta[0] == pytest.approx(FIRST_TWO_STEPS[name][0], abs=1e-7) and before is not theta


EIGENVALUES = np.array([1.0, 100.0])  # condition number 100


def distance_after(opt, steps):
    theta = np.ones(2)
    for _ in range(steps):
        opt.step(theta, EIGENVALUES * theta)
    return np.linalg.norm(theta)


def test_gradient_descent_is_stable_exactly_below_two_over_the_largest_eigenvalue():
    assert distance_after(nn.SGD(1.99 / 100), 2000) < 1e-6
    assert distance_after(nn.SGD(2.01 / 100), 2000) > 1e3
    beta = 0.9  # with momentum the limit is 2 (1 + beta) / lambda
    assert distance_after(nn.Momentum(1.99 * (1 + beta) / 100, beta), 3000) < 1e-2
    assert distance_after(nn.Momentum(2.01 * (1 + beta) / 100, beta), 3000) > 1e1


def test_best_momentum_converges_at_the_rate_of_the_root_of_the_condition_number():
    lo, hi = np.sqrt(EIGENVALUES)
    beta = ((hi - lo) / (hi + lo)) ** 2
    opt, steps = nn.Momentum(4 / (hi + lo) ** 2, beta), 400
    rate = (distance_after(opt, 2 * steps) / distance_after(nn.Momentum(opt.lr, beta), steps)) ** (
        1 / steps
    )
    assert rate == pytest.approx((10 - 1) / (10 + 1), abs=5e-3)


def test_float32_moments_and_schedules_stay_float32():
    theta = np.ones(3, np.float32)
    for make in optimizers.OPTIMIZERS.values():
        opt = make(lr=optimizers.cosine(np.float64(0.1), steps=10))
        opt.step(theta, np.ones(3, np.float32))
        assert all(getattr(opt, m).dtype == np.float32 for m in opt.moments)


def test_schedules():
    step = optimizers.step_decay(1.0, every=10, factor=0.5)
    assert [step(k) for k in (0, 9, 10, 25)] == [1, 1, 0.5, 0.25]
    wave = optimizers.cosine(1.0, steps=110, warmup=10, floor=0.1)
    assert wave(0) == 0.1 and wave(9) == wave(10) == 1 and wave(500) == pytest.approx(0.1)
    assert wave(60) == pytest.approx(0.55)
    sweep = optimizers.exponential(1e-4, 1.0, steps=5)
    assert [sweep(k) for k in range(5)] == pytest.approx([1e-4, 1e-3, 1e-2, 1e-1, 1])
    opt, theta = nn.SGD(step), np.zeros(1)
    for _ in range(11):
        opt.step(theta, np.ones(1))
    assert theta[0] == pytest.approx(-10.5)


def test_clipping_keeps_the_direction():
    g = np.array([3.0, 4.0])
    assert nn.clip_norm(g, 1.0) == 5 and np.allclose(g, [0.6, 0.8])
    assert nn.clip_norm(g, 2.0) == pytest.approx(1) and np.allclose(g, [0.6, 0.8])
