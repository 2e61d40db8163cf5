"""Data sets and initial weights are what their docstrings say."""

import hashlib

import numpy as np
import pytest

import nnbook_lib as nn
from nnbook_lib import datasets, initializers


def test_digits_are_the_uci_digits_with_their_fixed_split():
    x, t, x_test, t_test = datasets.digits()
    assert x.shape == (1442, 64) and x_test.shape == (355, 64)
    assert (x.min(), x.max()) == (0, 1) and set((x * 16).ravel() % 1) == {0}
    assert np.bincount(t).tolist() == [143, 146, 142, 147, 145, 146, 145, 144, 140, 144]
    assert np.bincount(t_test).tolist() == [35, 36, 35, 36, 36, 36, 36, 35, 34, 36]
    pixels = (np.concatenate([x, x_test]) * 16).astype(np.uint8)
    labels = np.concatenate([t, t_test]).astype(np.uint8)
    assert (
        hashlib.sha256(pixels.tobytes() + labels.tobytes()).hexdigest()[:16] == "fd52f70d83ecd066"
    )
    assert datasets.digits(np.float32).x.dtype == np.float32


@pytest.mark.parametrize("make", [datasets.moons, datasets.circles, datasets.spirals])
def test_two_dimensional_sets(make):
    x, t = make(101, rng=np.random.default_rng(3))
    again, _ = make(101, rng=np.random.default_rng(3))
    assert x.shape == (101, 2) and t.shape == (101,) and np.array_equal(x, again)
    assert np.abs(np.bincount(t) - 50.5).max() <= 0.5 and np.abs(x).max() < 2.5
    clean, _ = make(100, noise=0, rng=np.random.default_rng(3))
    if make is datasets.circles:
        assert np.allclose(sorted(set(np.linalg.norm(clean, axis=1).round(9))), [0.5, 1])


def test_small_problems():
    x, t = datasets.xor()
    assert t.ravel().tolist() == [0, 1, 1, 0]
    x, t = datasets.symmetry()
    assert x.shape == (64, 6) and len(np.unique(x, axis=0)) == 64 and t.sum() == 8
    x, t = datasets.sine(50, noise=0, rng=np.random.default_rng(0))
    assert np.allclose(t, np.sin(x)) and (np.diff(x[:, 0]) > 0).all()


def test_adding_problem_and_its_baseline(rng):
    x, t = datasets.adding_problem(4000, 21, rng=rng)
    marks = x[:, :, 1]
    assert x.shape == (4000, 21, 2) and set(marks.ravel()) == {0, 1}
    assert (marks[:, :10].sum(axis=1) == 1).all() and (marks[:, 10:].sum(axis=1) == 1).all()
    assert np.allclose(t[:, 0], (x[:, :, 0] * marks).sum(axis=1))
    assert np.mean((t - 1) ** 2) == pytest.approx(1 / 6, abs=0.01)


STD = {
    "xavier": np.sqrt(2 / 500),
    "xavier_uniform": np.sqrt(2 / 500),
    "heuristic": np.sqrt(1 / 900),
    "he": np.sqrt(2 / 300),
    "lecun": np.sqrt(1 / 300),
    "zeros": 0,
    "orthogonal": np.sqrt(1 / 300),
}


@pytest.mark.parametrize("name", initializers.INITIALIZERS)
def test_initializers_have_their_variance(name, rng):
    W = initializers.get(name)(200, 300, rng=rng)
    assert W.shape == (200, 300) and W.dtype == np.float64
    assert W.std() == pytest.approx(STD[name], rel=0.02) and abs(W.mean()) < 0.001
    again = initializers.get(name)(200, 300, rng=np.random.default_rng(0))
    assert np.array_equal(W, again)


@pytest.mark.parametrize("shape", [(20, 30), (30, 20), (25, 25)])
def test_orthogonal_has_unit_singular_values(shape, rng):
    singular = np.linalg.svd(initializers.orthogonal(*shape, rng=rng), compute_uv=False)
    assert np.allclose(singular, 1)


def test_normal_names_itself_and_mlp_picks_what_suits(rng):
    assert initializers.normal(0.01).__name__ == "normal(0.01)"
    for activation, scale in (("relu", 2 / 400), ("selu", 1 / 400), ("tanh", 1 / 400)):
        net = nn.mlp(400, 2, depth=2, width=400, activation=activation, rng=rng)
        assert net.layers[2].W.var() == pytest.approx(scale, rel=0.02)
    net = nn.mlp(9, 2, depth=0, rng=rng)
    assert len(net.layers) == 1


def test_plain_and_residual_networks_have_the_same_weights():
    plain, skip = (
        nn.mlp(4, 3, depth=5, width=6, skip=skip, norm="layer", rng=np.random.default_rng(0))
        for skip in (False, True)
    )
    assert (
        np.array_equal(plain.theta, skip.theta)
        and plain.theta.size == 4 * 6 + 6 + 4 * 42 + 5 * 12 + 21
    )
    flat = [layer.label() for layer in skip.walk() if not layer.layers]
    assert flat == [layer.label() for layer in plain.walk() if not layer.layers]
