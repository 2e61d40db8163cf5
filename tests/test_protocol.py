"""What a reader may rely on: pure forward, adding backward, layers used twice, one flat theta."""

import copy
import pickle

import numpy as np
import pytest

import nnbook_lib as nn


def parameters_of(layer):
    return [getattr(owner, name).copy() for owner, name in layer.parameters()]


@pytest.mark.parametrize("train", [True, False], ids=["train", "eval"])
def test_forward_is_pure_and_backward_leaves_its_arguments(case, train, rng):
    make, shape = case
    layer, x = make(), rng.standard_normal((6, *shape))
    state, x_before = copy.deepcopy(vars(layer)), x.copy()
    y, saved = layer.forward(x, train)
    assert np.array_equal(x, x_before)
    if "Dropout" not in str(layer):  # its generator has moved on, nothing else has
        again, _ = layer.forward(x, train)
        assert np.array_equal(y, again)
        for key, value in vars(layer).items():
            if isinstance(value, np.ndarray):
                assert np.array_equal(value, state[key]), f"forward changed {key}"
    weights, y_before, dy = parameters_of(layer), y.copy(), rng.standard_normal(y.shape)
    dy_before = dy.copy()
    layer.backward(dy, saved)
    assert (
        np.array_equal(dy, dy_before)
        and np.array_equal(y, y_before)
        and np.array_equal(x, x_before)
    )
    for before, after in zip(weights, parameters_of(layer), strict=True):
        assert np.array_equal(before, after)


def test_backward_adds_and_accumulate_is_its_half(case, rng):
    make, shape = case
    layer, x = make(), rng.standard_normal((6, *shape))
    y, saved = layer.forward(x)
    dy = rng.standard_normal(y.shape)
    layer.zero_grad()
    layer.backward(dy, saved)
    once = [getattr(owner, "d" + name).copy() for owner, name in layer.parameters()]
    layer.accumulate(dy, saved)
    twice = [getattr(owner, "d" + name) for owner, name in layer.parameters()]
    for a, b in zip(once, twice, strict=True):
        assert np.allclose(2 * a, b, rtol=1e-12, atol=1e-14) and (a.size == 0 or np.any(a))


def test_one_layer_used_twice_collects_both_shares(rng):
    shared = nn.Dense(3, 3, rng=rng)
    net = nn.Network(shared, nn.tanh, nn.Residual(shared, nn.tanh), shared)
    assert net.theta.size == 12
    errors = nn.check_network(net, nn.SquaredError(), rng.standard_normal((4, 3)), np.ones((4, 3)))
    assert max(error for _, error in errors) <= 1e-7


def test_nested_containers_are_one_network(rng):
    inner = nn.Sequential(nn.Dense(4, 4, rng=rng), nn.Sequential(nn.relu, nn.LayerNorm(4)))
    nested = nn.Network(nn.Residual(inner), nn.Dense(4, 2, rng=rng))
    x, t = rng.standard_normal((5, 4)), np.arange(5) % 2
    _, tape = nn.loss_and_grad(nested, nn.SoftmaxCrossEntropy(), x, t, watch=True)
    assert [r.layer.label() for r in tape.walk()] == [
        "Dense(4 -> 4)", "relu", "LayerNorm(4)", "Dense(4 -> 2)",
    ]  # fmt: skip
    assert all(r.dy.shape == r.y.shape for r in tape.walk())
    assert max(e for _, e in nn.check_network(nested, nn.SoftmaxCrossEntropy(), x, t)) <= 1e-7


def test_recurrent_is_its_cell_unrolled(rng):
    """Plain backpropagation through single steps by hand gives what Recurrent's batched products
    give.
    """
    cell = nn.LSTMCell(2, 3, rng=rng)
    x = rng.standard_normal((4, 5, 2))
    layer = nn.Recurrent(cell)
    y, tape = layer.forward(x)
    state = (np.zeros((4, 3)), np.zeros((4, 3)))
    saved = []
    for t in range(5):
        state, s = cell.step(x[:, t] @ cell.W.T + cell.b, state)
        saved.append(s)
    assert np.allclose(y, state[0], atol=1e-15)
    dy = rng.standard_normal(y.shape)
    dW, dstate = np.zeros_like(cell.W), (dy, np.zeros((4, 3)))
    for t in reversed(range(5)):
        da = np.empty((4, 12))
        dstate = cell.step_back(dstate, saved[t], da)
        dW += da.T @ x[:, t]
    layer.backward(dy, tape)
    assert np.allclose(dW, cell.dW, atol=1e-14)


def test_the_forget_gate_starts_open_and_carries_the_gradient(rng):
    """With W = U = 0, dc/dc_0 over T steps is sigma(forget_bias)^T: the cell's additive path."""
    for bias in (0.0, 1.0, 5.0):
        cell, T = nn.LSTMCell(2, 3, forget_bias=bias, rng=rng), 20
        cell.W[...] = cell.U[...] = 0
        _, tape = nn.Recurrent(cell).forward(np.zeros((1, T, 2)))
        dstate = np.zeros((1, 3)), np.ones((1, 3))
        for record in reversed(tape):
            dstate = cell.step_back(dstate, record.saved, np.empty((1, 12)))
        assert np.allclose(dstate[1], nn.functions.sigmoid(np.float64(bias)) ** T)


def test_theta_and_grad_own_every_array(rng):
    net = nn.mlp(4, 3, depth=2, width=5, norm="batch", rng=rng)
    for vector, prefix in ((net.theta, ""), (net.grad, "d")):
        vector[...] = np.arange(vector.size)
        flat = [getattr(owner, prefix + name).ravel() for owner, name in net.parameters()]
        assert np.array_equal(np.concatenate(flat), vector)
    net.theta = np.zeros(net.theta.size)
    assert not net.layers[0].W.any()
    net.grad *= 0
    assert not net.layers[0].dW.any()
    net.grad = np.ones(net.grad.size)
    assert (net.layers[0].dW == 1).all()


@pytest.mark.parametrize("clone", [copy.deepcopy, lambda n: pickle.loads(pickle.dumps(n))])
def test_a_copied_network_owns_its_own_arrays(clone, rng):
    net = nn.mlp(3, 2, depth=3, width=4, norm="batch", skip=True, rng=rng)
    twin = clone(net)
    twin.check()
    before = net.theta.copy()
    twin.theta[...] = 7
    assert (twin.layers[0].W == 7).all() and np.array_equal(net.theta, before)
    assert twin.layers[-2] is nn.relu


def test_replaced_arrays_are_caught(rng):
    net = nn.mlp(3, 2, width=4, rng=rng)
    x, t = rng.standard_normal((5, 3)), np.zeros(5, int)
    net.layers[0].W = net.layers[0].W * 2
    with pytest.raises(ValueError, match=r"Dense\(3 -> 4\)\.W was replaced.*layer\.W\[\.\.\.\]"):
        nn.loss_and_grad(net, nn.SoftmaxCrossEntropy(), x, t)
    other = nn.mlp(3, 2, width=4, rng=rng)
    nn.Network(*other.layers)
    with pytest.raises(ValueError, match="second Network"):
        nn.loss_and_grad(other, nn.SoftmaxCrossEntropy(), x, t)


def test_the_first_layers_input_gradient_is_not_computed(rng):
    class NoInputGradient(nn.Dense):
        def backward(self, delta, x):
            raise AssertionError("dx of the first layer was computed, though nobody asked")

        accumulate = nn.Dense.accumulate

    net = nn.Network(NoInputGradient(3, 4, rng=rng), nn.relu, nn.Dense(4, 2, rng=rng))
    nn.loss_and_grad(net, nn.SoftmaxCrossEntropy(), rng.standard_normal((5, 3)), np.zeros(5, int))
    assert net.layers[0].dW.any()


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_whole_run_keeps_its_dtype_and_repeats_with_its_seed(dtype):
    def run():
        rng = np.random.default_rng(5)
        x, t = nn.datasets.moons(64, rng=rng)
        net = nn.mlp(2, 2, depth=3, norm="batch", skip=True, dropout=0.2, rng=rng, dtype=dtype)
        steps = list(
            nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(0.01), x.astype(dtype), t, rng=rng)
        )
        return net, [s.loss for s in steps]

    (net, losses), (_, again) = run(), run()
    assert losses == again
    assert {net.theta.dtype, net.grad.dtype, net(np.zeros((1, 2), dtype)).dtype} == {
        np.dtype(dtype)
    }


def test_watching_changes_no_number(rng):
    net = nn.mlp(4, 3, depth=4, skip=True, norm="layer", rng=rng)
    x, t = rng.standard_normal((6, 4)), np.arange(6) % 3
    value, tape = nn.loss_and_grad(net, nn.SoftmaxCrossEntropy(), x, t)
    grad = net.grad.copy()
    watched, _ = nn.loss_and_grad(net, nn.SoftmaxCrossEntropy(), x, t, watch=True)
    assert value == watched and np.array_equal(grad, net.grad)
    assert all(r.y is None and r.dy is None for r in tape.walk())


def test_batch_norm_tracks_the_batches_it_was_trained_on(rng):
    norm, x = nn.BatchNorm(3, momentum=0.1), 5 + 2 * rng.standard_normal((50, 3))
    for _ in range(200):
        y, saved = norm.forward(x, train=True)
        norm.track(saved)
    assert np.allclose(norm.running_mean, x.mean(axis=0))
    assert np.allclose(norm.running_var, x.var(axis=0, ddof=1))
    assert np.allclose(y.mean(axis=0), 0, atol=1e-12) and np.allclose(y.std(axis=0), 1, atol=1e-5)
    assert np.allclose(
        norm(x), y, atol=0.05
    )  # evaluation: nearly the same, from the running averages


def test_dropout_keeps_the_mean_and_drops_its_fraction(rng):
    x = np.ones((200, 500))
    y, _ = nn.Dropout(0.3, rng=rng).forward(x, train=True)
    assert abs((y == 0).mean() - 0.3) < 0.01 and abs(y.mean() - 1) < 0.01
    assert nn.Dropout(0.3, rng=rng)(x) is x
