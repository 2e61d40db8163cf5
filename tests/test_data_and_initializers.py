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


MOONS, RNG = datasets.moons, np.random.default_rng(0)
REFUSED = {  # what is done: words in the error
    "half a sample": (lambda: MOONS(10.5, rng=RNG), ["moons", "n must be a whole number", "10.5"]),
    "noise below 0": (lambda: MOONS(10, -0.1, rng=RNG), ["moons", "noise", "-0.1"]),
    "noise that is NaN": (lambda: datasets.sine(10, np.nan, rng=RNG), ["sine", "noise", "nan"]),
    "a circle inside out": (lambda: datasets.circles(10, inner=-1, rng=RNG), ["circles", "inner", "-1"]),
    "half an arm": (lambda: datasets.spirals(10, arms=2.5, rng=RNG), ["spirals", "arms", "2.5"]),
    "turns that are NaN": (lambda: datasets.spirals(10, turns=np.nan, rng=RNG), ["spirals", "turns", "nan"]),
    "one step to add": (lambda: datasets.adding_problem(5, 1, rng=RNG), ["length", ">= 2", "1"]),
    "a seed for a generator": (lambda: MOONS(10, rng=3), ["moons", "default_rng", "int 3"]),
    "digits rounded to 0": (lambda: datasets.digits(int), ["digits", "dtype", "int64"]),
    "a cell rounded to 0": (lambda: nn.LSTMCell(2, 3, rng=RNG, dtype=int), ["LSTMCell", "dtype", "int64"]),
    "a bias that is NaN": (lambda: nn.LSTMCell(2, 3, forget_bias=np.nan, rng=RNG), ["forget_bias", "nan"]),
    "whole-number sequences": (
        lambda: nn.Recurrent(nn.GRUCell(2, 3, rng=RNG))(np.ones((1, 4, 2), int)), ["GRUCell", "int64"]),
    "a scale below 0": (lambda: initializers.normal(-1), ["normal", "scale", "-1"]),
}  # fmt: skip
for _name, _init in {**initializers.INITIALIZERS, "normal(0.5)": initializers.normal(0.5)}.items():
    for _size in (0, -1, 2.5, True, "2"):
        REFUSED[f"{_name} of {_size!r}"] = (
            lambda init=_init, d=_size: init(3, d, rng=RNG),
            [_name, "d_in", "whole", repr(_size)],
        )
    if _name != "zeros":
        REFUSED[f"{_name} of a seed"] = (
            lambda init=_init: init(3, 2, rng=0),
            [_name, "default_rng", "int 0"],
        )
OWN = {  # an initializer of a reader's own: words in the error
    "of another shape": (
        lambda d_out, d_in, rng: np.ones(d_in),
        ["(d_out, d_in) = (3, 2)", "(2,)"],
    ),
    "the wrong way round": (lambda d_out, d_in, rng: np.ones((d_in, d_out)), ["(2, 3)", "W.T"]),
    "a list": (lambda d_out, d_in, rng: [[0.0] * d_in] * d_out, ["array", "list"]),
    "complex": (lambda d_out, d_in, rng: 1j * np.ones((d_out, d_in)), ["numbers", "complex128"]),
    "NaN": (lambda d_out, d_in, rng: np.full((d_out, d_in), np.nan), ["NaN"]),
}
for _name, (_init, _words) in OWN.items():
    REFUSED[f"an initializer {_name}"] = (
        lambda init=_init: initializers.draw("Dense(2 -> 3)", init, 3, 2, rng=RNG),
        ["Dense(2 -> 3)", "<lambda>", *_words],
    )
    REFUSED[f"a cell's initializer {_name}"] = (
        lambda init=_init: nn.RNNCell(2, 3, init=init, rng=RNG),
        ["RNNCell(2 -> 3)", "<lambda>", *_words],
    )


@pytest.mark.parametrize("name", REFUSED)
def test_sizes_and_options_are_looked_at_before_they_are_used(name):
    act, words = REFUSED[name]
    with pytest.raises((TypeError, ValueError)) as caught:
        act()
    assert [w for w in words if w not in str(caught.value)] == [], caught.value
