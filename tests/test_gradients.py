"""The first route to every gradient: each backward pass against numerical differentiation."""

import numpy as np
import pytest

import nnbook_lib as nn

from conftest import LAYERS


def inputs(rng, n, shape, layout):
    x = rng.standard_normal((n, *shape))
    if layout == "strided":  # every other column of a wider, transposed array
        wide = np.zeros((*shape[::-1], 2 * n)).T
        wide[::2] = x
        x = wide[::2]
        assert not x.flags.c_contiguous
    return x


@pytest.mark.parametrize("layout", ["contiguous", "strided"])
@pytest.mark.parametrize("n", [6, 1])
@pytest.mark.parametrize("train", [True, False], ids=["train", "eval"])
def test_backward_is_the_derivative_of_forward(case, train, n, layout, rng):
    make, shape = case
    errors = nn.check_layer(make(), inputs(rng, n, shape, layout), train=train, rng=rng)
    assert max(errors.values()) <= 1e-7, errors


@pytest.mark.parametrize("train", [True, False], ids=["train", "eval"])
def test_float32_agrees_with_float64_and_stays_float32(case, train, rng):
    make, shape = case
    x, results = rng.standard_normal((6, *shape)), []
    for dtype in (np.float64, np.float32):
        layer = make(dtype)
        y, saved = layer.forward(x.astype(dtype), train)
        dy = np.random.default_rng(3).standard_normal(y.shape).astype(dtype)
        dx = layer.backward(dy, saved)
        grads = [getattr(owner, "d" + name) for owner, name in layer.parameters()]
        assert {a.dtype for a in (y, dx, *grads)} == {np.dtype(dtype)}
        results.append([y, dx, *grads])
    for wide, narrow in zip(*results, strict=True):
        assert np.linalg.norm(wide - narrow) <= 2e-5 * np.linalg.norm(wide) + 1e-5


def test_every_layer_of_the_library_is_checked():
    def subclasses(cls):
        for sub in cls.__subclasses__():
            yield sub
            yield from subclasses(sub)

    built = [build(np.random.default_rng(0), float) for build, _ in LAYERS.values()]
    covered = {type(part) for layer in built for part in layer.walk()}
    abstract = {nn.Container, nn.Cell, nn.BatchNorm.__base__}
    # nnbook_lib.exercises has layers too, wrong on purpose
    library = {c for c in subclasses(nn.Layer) if c.__module__.rpartition(".")[0] == "nnbook_lib"}
    assert library - abstract == covered - abstract


WEIGHTS = [0.5, 3.0, 1.0, 0.1]
LOSS_TARGETS = {
    "squared error": (nn.SquaredError(), lambda r, y: r.standard_normal(y.shape)),
    "binary": (nn.BinaryCrossEntropy(), lambda r, y: (r.random(y.shape) > 0.5) * 1.0),
    "binary, soft": (nn.BinaryCrossEntropy(), lambda r, y: r.random(y.shape)),
    "softmax, labels": (nn.SoftmaxCrossEntropy(), lambda r, y: r.integers(0, y.shape[1], len(y))),
    "softmax, rows": (
        nn.SoftmaxCrossEntropy(),
        lambda r, y: nn.functions.softmax(r.standard_normal(y.shape)),
    ),
    "binary, one weight": (nn.BinaryCrossEntropy(pos_weight=3), lambda r, y: r.random(y.shape)),
    "binary, weights": (nn.BinaryCrossEntropy(pos_weight=WEIGHTS), lambda r, y: r.random(y.shape)),
    "softmax, labels, weights": (
        nn.SoftmaxCrossEntropy(weight=WEIGHTS),
        lambda r, y: r.integers(0, y.shape[1], len(y)),
    ),
    "softmax, rows, weights": (
        nn.SoftmaxCrossEntropy(weight=WEIGHTS),
        lambda r, y: nn.functions.softmax(r.standard_normal(y.shape)),
    ),
}


@pytest.mark.parametrize("n", [5, 1])
@pytest.mark.parametrize("name", LOSS_TARGETS)
def test_loss_backward_is_the_derivative_of_its_value(name, n, rng):
    loss, make_targets = LOSS_TARGETS[name]
    y = 3 * rng.standard_normal((n, 4))
    t = make_targets(rng, y)
    _, saved = loss.forward(y, t)
    numeric = nn.numeric_gradient(lambda y: loss(y, t), y)
    assert nn.relative_error(loss.backward(saved), numeric) <= 1e-7
    y32, t32 = y.astype(np.float32), t if t.dtype.kind == "i" else t.astype(np.float32)
    value32, saved32 = loss.forward(y32, t32)
    assert loss.backward(saved32).dtype == np.float32
    assert value32 == pytest.approx(loss(y, t), rel=1e-5)


@pytest.mark.parametrize("activation", nn.ACTIVATIONS.values(), ids=list(nn.ACTIVATIONS))
def test_both_forms_of_a_derivative_are_one_function(activation):
    u = np.linspace(-6, 6, 401) + 1e-3
    if activation.df_from_z is not None:
        assert np.allclose(
            activation.df_from_z(activation.f(u)), activation.df(u), atol=1e-14, rtol=1e-12
        )
    low, high = activation.interval
    z = activation.f(np.linspace(-50, 50, 100001))
    assert low - 1e-5 <= z.min() and z.max() <= high
    slopes = np.abs(activation.df(np.linspace(-8, 8, 4001)))
    assert activation.steepest >= slopes.max() - 1e-12


def test_activations_and_losses_do_not_overflow():
    u = np.array([[-1e4, -750.0, 0.0, 750.0, 1e4]])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        for f in (*nn.ACTIVATIONS.values(), nn.softmax):
            z, saved = f.forward(u)
            assert np.isfinite(z).all() and np.isfinite(f.backward(np.ones_like(z), saved)).all()
        assert nn.SoftmaxCrossEntropy()(u, np.array([0])) == 2e4
        assert nn.BinaryCrossEntropy()(u, np.ones_like(u)) == pytest.approx(1e4 + 750 + np.log(2))
        twice = nn.BinaryCrossEntropy(pos_weight=2)
        assert twice(u, np.ones_like(u)) == pytest.approx(2 * (1e4 + 750 + np.log(2)))


def test_whole_network_check_names_each_array_and_finds_a_planted_mistake(rng):
    net = nn.mlp(3, 2, depth=2, width=4, activation="tanh", norm="batch", rng=rng)
    x, t = rng.standard_normal((5, 3)), np.arange(5) % 2
    errors = nn.check_network(net, nn.SoftmaxCrossEntropy(), x, t)
    assert [name for name, _ in errors][:2] == ["Dense(3 -> 4).W", "Dense(3 -> 4).b"]
    assert max(error for _, error in errors) <= 1e-7

    class Wrong(nn.Dense):
        def backward(self, delta, x):
            return super().backward(delta, x) * 1.001

    bad = nn.Network(Wrong(3, 4, rng=rng), nn.tanh, Wrong(4, 2, rng=rng))
    errors = dict(nn.check_network(bad, nn.SoftmaxCrossEntropy(), x, t))
    assert errors["Dense(3 -> 4).W"] > 1e-4 and errors["Dense(4 -> 2).W"] <= 1e-7


def test_complex_step_is_exact_to_rounding():
    x = np.array([0.3, -1.2, 2.0])
    exact = nn.complex_step_gradient(lambda z: np.sum(np.tanh(z) * np.exp(z)), x)
    formula = np.exp(x) * (np.tanh(x) + 1 - np.tanh(x) ** 2)
    assert nn.relative_error(exact, formula) <= 1e-15
    rough = nn.numeric_gradient(lambda z: np.sum(np.tanh(z) * np.exp(z)), x)
    assert 1e-13 < nn.relative_error(rough, formula) <= 1e-9


@pytest.mark.parametrize(
    "x", [[3, 4], np.array([3, 4]), np.array([3, 4], np.float32)], ids=["list", "whole", "float32"]
)
@pytest.mark.parametrize("gradient", [nn.numeric_gradient, nn.complex_step_gradient])
def test_whole_numbers_and_lists_are_nudged_rightly(gradient, x):
    assert gradient(lambda v: (v * v).sum(), x) == pytest.approx([6, 8], rel=1e-9)
    assert gradient(lambda v: v * v, 3) == pytest.approx(6, rel=1e-9)


def test_a_float32_network_is_checked_in_float64(rng):
    how = {"activation": "tanh", "norm": "batch", "depth": 2, "width": 4}
    net = nn.mlp(3, 2, **how, rng=rng, dtype=np.float32)
    x, t = rng.standard_normal((5, 3)).astype(np.float32), np.arange(5) % 2
    state = net.state()
    errors = nn.check_network(net, nn.SoftmaxCrossEntropy(), x, t)
    assert max(error for _, error in errors) <= 1e-7, errors
    assert max(nn.check_layer(net, x, rng=rng).values()) <= 1e-7
    assert net.theta.dtype == np.float32 and net.grad.any()
    assert all(np.array_equal(state[name], array) for name, array in net.state().items())


def test_repeated_labels_are_numbered(rng):
    net = nn.mlp(3, 3, depth=1, width=3, rng=rng)
    x, t = rng.standard_normal((4, 3)), np.zeros((4, 3))
    names = ["Dense(3 -> 3).W", "Dense(3 -> 3).b", "Dense(3 -> 3) 2.W", "Dense(3 -> 3) 2.b"]
    assert [name for name, _ in nn.check_network(net, nn.SquaredError(), x, t)] == names
    assert list(nn.check_layer(net, x, rng=rng)) == ["x", *names]


def test_an_error_that_is_not_finite_is_the_largest():
    errors = [1e-9, nn.relative_error(np.ones(2), np.array([1, np.nan]))]
    assert max(errors) == np.inf == nn.relative_error(np.array([1, np.inf]), np.ones(2))
