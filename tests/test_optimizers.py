"""Optimizers as vector formulas: first steps by hand, and the rates theory promises on a
quadratic.
"""

import copy
import math
import pickle

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
    assert sweep(200) == 1, "a sweep ends where it should"
    opt, theta = nn.SGD(step), np.zeros(1)
    for _ in range(11):
        opt.step(theta, np.ones(1))
    assert theta[0] == pytest.approx(-10.5)


def test_clipping_keeps_the_direction():
    g = np.array([3.0, 4.0])
    assert nn.clip_norm(g, 1.0) == 5 and np.allclose(g, [0.6, 0.8])
    assert nn.clip_norm(g, 2.0) == pytest.approx(1) and np.allclose(g, [0.6, 0.8])


G = np.ones(3)
SCHEDULES = {
    "step_decay(lr=0.5, every=3)": optimizers.step_decay(0.5, 3),
    "cosine(lr=0.1, steps=100)": optimizers.cosine(np.float64(0.1), steps=100),
    "cosine(lr=0.1, steps=100, warmup=5, floor=0.01)": optimizers.cosine(0.1, 100, 5, 0.01),
    "exponential(lr=0.001, final=10, steps=180)": optimizers.exponential(0.001, 10, 180),
}


@pytest.mark.parametrize("said", SCHEDULES)
def test_a_schedule_is_a_value(said):
    schedule = SCHEDULES[said]
    assert repr(schedule) == said and repr(nn.SGD(schedule)) == f"SGD(lr={said})"
    twin = pickle.loads(pickle.dumps(schedule))
    assert twin == schedule == copy.deepcopy(schedule) and hash(twin) == hash(schedule)
    assert [twin(k) for k in range(300)] == [schedule(k) for k in range(300)]
    assert schedule != optimizers.cosine(0.1, steps=101)


def test_a_function_of_your_own_is_printed_by_name():
    def slower(step):
        return 0.1

    assert repr(nn.Adam(slower)) == "Adam(lr=slower(step))" and "<" not in repr(nn.SGD(lambda k: 1))


REFUSED = {  # what is done: the error, and words in it
    "a floor above lr": (lambda: optimizers.cosine(0.1, 100, floor=0.2), ["floor", "0.1", "0.2"]),
    "a floor below 0": (lambda: optimizers.cosine(0.1, 100, floor=-0.2), ["floor", "-0.2"]),
    "half a step": (lambda: optimizers.cosine(0.1, 99.5), ["cosine", "steps", "whole", "99.5"]),
    "steps that are NaN": (lambda: optimizers.exponential(1, 2, np.nan), ["steps", "whole", "nan"]),
    "half a period": (lambda: optimizers.step_decay(0.1, every=2.5), ["every", "whole", "2.5"]),
    "half a warm-up": (lambda: optimizers.cosine(0.1, 100, warmup=2.5), ["warmup", "whole", "2.5"]),
    "a warm-up below 0": (lambda: optimizers.cosine(0.1, 100, warmup=-1), ["warmup", "-1"]),
    "all warm-up": (lambda: optimizers.cosine(0.1, 100, warmup=100), ["warmup", "below steps = 100"]),
    "a decay that grows": (lambda: optimizers.step_decay(0.1, 5, 2.0), ["factor", "below 1", "2.0"]),
    "a step before the first": (lambda: optimizers.cosine(0.1, 100)(-1), ["cosine", "step", "-1"]),
    "a step between steps": (lambda: optimizers.exponential(1, 2, 9)(0.5), ["exponential", "step", "0.5"]),
    "a rate that is True": (lambda: nn.SGD(True), ["SGD", "lr", "True"]),
    "a rate that is complex": (lambda: nn.SGD(np.complex128(1)), ["SGD", "lr"]),
    "a schedule not made yet": (lambda: nn.SGD(optimizers.cosine), ["SGD", "lr", "cosine"]),
    "one beta": (lambda: nn.Adam(0.1, betas=0.9), ["Adam", "betas", "(0.9, 0.999)", "0.9"]),
    "three betas": (lambda: nn.AdamW(0.1, betas=(0.9, 0.9, 0.9)), ["AdamW", "betas", "pair"]),
    "a whole weight decayed": (lambda: nn.SGD(0.1, weight_decay=1), ["SGD", "weight_decay", "below 1"]),
    "whole-number gradient": (lambda: nn.SGD(0.1).step(0 * G, np.arange(3)), ["grad", "int64", "float"]),
    "gradient in a list": (lambda: nn.Adam(0.1).step(0 * G, [1.0, 1.0, 1.0]), ["Adam.step", "grad", "list"]),
    "complex gradient": (lambda: nn.SGD(0.1).step(0 * G, 1j * G), ["grad", "complex128"]),
    "clipping whole numbers": (lambda: nn.clip_norm(np.arange(3), 1.0), ["clip_norm", "int64", "float"]),
    "clipping a list": (lambda: nn.clip_norm([3.0, 4.0], 1.0), ["clip_norm", "list"]),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_options_that_would_go_wrong_are_refused(name):
    act, words = REFUSED[name]
    with pytest.raises((TypeError, ValueError)) as caught:
        act()
    assert [w for w in words if w not in str(caught.value)] == [], caught.value


@pytest.mark.parametrize("bad", [0, 0.0, -0.1, np.nan, np.inf, None, "fast", [0.1, 0.2]])
def test_a_schedule_that_gives_no_rate_is_named_before_anything_moves(bad):
    opt, theta = nn.Momentum(lambda step: bad if step == 1 else 0.1), np.zeros(3)
    opt.step(theta, G)
    before, v = theta.copy(), opt.v.copy()
    with pytest.raises(
        (TypeError, ValueError), match=r"Momentum.*step 1.*a lambda|Momentum.*step 1"
    ):
        opt.step(theta, G)
    assert np.array_equal(theta, before) and np.array_equal(opt.v, v) and opt.steps == 1


def test_a_run_longer_than_its_schedule_is_not_a_standstill():
    opt = nn.SGD(optimizers.cosine(0.1, steps=2))
    with pytest.raises(ValueError, match=r"step 2 lr = cosine\(lr=0.1, steps=2\) gives 0.0.*floor"):
        for _ in range(3):
            opt.step(np.zeros(3), G)
    assert opt.rate(2) == 0, "but it may be plotted"


@pytest.mark.parametrize("name", optimizers.OPTIMIZERS)
def test_weight_decay_shrinks_apart_from_the_gradient(name):
    plain, decayed = (optimizers.OPTIMIZERS[name](0.1, weight_decay=w) for w in (0, 0.5))
    a, b = np.ones(3), np.ones(3)
    plain.step(a, G)
    decayed.step(b, G)
    assert np.allclose(a - b, 0.1 * 0.5)


def test_norms_out_of_range_are_measured_and_not_finite_ones_leave_the_gradient():
    for scale, dtype in ((1e200, "d"), (1e-200, "d"), (1e30, "f"), (1e-30, "f"), (1.0, "f")):
        g = np.array([3, 4], dtype) * np.dtype(dtype).type(scale)
        assert nn.clip_norm(g, scale) == pytest.approx(5 * scale, rel=1e-6)
        assert g == pytest.approx([0.6 * scale, 0.8 * scale], rel=1e-6) and g.dtype == dtype
    for bad in (np.inf, np.nan):
        g = np.array([bad, 1.0])
        assert not np.isfinite(nn.clip_norm(g, 1.0)) and g[1] == 1
