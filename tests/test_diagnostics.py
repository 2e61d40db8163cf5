"""The instrument: known gradients are read right, and the book's headline numbers come out of it."""

import numpy as np
import pytest

import nnbook_lib as nn
from nnbook_lib import diagnostics

LOSS = nn.SoftmaxCrossEntropy()


def first_to_last(activation, init, seeds=5, **kwargs):
    """The ratio of delta norms, first hidden layer to last, of 20 layers of 32 on digits: the
    median.
    """
    x, t, *_ = nn.datasets.digits()
    ratios = []
    for seed in range(seeds):
        net = nn.mlp(64, 10, depth=20, activation=activation, init=init,
                     rng=np.random.default_rng(seed), **kwargs)  # fmt: skip
        _, tape = nn.loss_and_grad(net, LOSS, x[:256], t[:256], watch=True)
        norms = diagnostics.gradient_norms(tape)
        assert norms.shape == (21,)
        ratios.append(norms[0] / norms[-2])
    return np.median(ratios)


def test_the_vanishing_gradient_and_its_remedies():
    assert 1e-14 < first_to_last("sigmoid", "xavier") < 1e-11
    assert 0.02 < first_to_last("tanh", "xavier") < 1
    assert 0.2 < first_to_last("relu", "he") < 5
    assert first_to_last("relu", "xavier") < 1e-2 * first_to_last("relu", "he")
    assert first_to_last("sigmoid", "xavier", skip=True) > 0.1
    assert first_to_last("sigmoid", "xavier", norm="batch") > 1e3 * first_to_last(
        "sigmoid", "xavier"
    )


def test_gradient_norms_are_the_deltas_by_hand(rng):
    net = nn.mlp(3, 2, depth=1, width=4, activation="tanh", rng=rng)
    x, t = rng.standard_normal((5, 3)), np.arange(5) % 2
    _, tape = nn.loss_and_grad(net, LOSS, x, t, watch=True)
    first, _, second = net.layers
    z = np.tanh(x @ first.W.T + first.b)
    p = nn.functions.softmax(z @ second.W.T + second.b)
    d2 = (p - np.eye(2)[t]) / 5
    d1 = d2 @ second.W * (1 - z**2)
    assert np.allclose(diagnostics.gradient_norms(tape), [np.linalg.norm(d1), np.linalg.norm(d2)])
    assert np.allclose(
        diagnostics.weight_gradient_norms(tape),
        [np.linalg.norm(d1.T @ x), np.linalg.norm(d2.T @ z)],
    )
    assert np.allclose(diagnostics.activation_means(tape), [z.mean()])
    assert np.allclose(diagnostics.activation_stds(tape), [z.std()])


def test_time_is_measured_by_the_same_functions(rng):
    """A linear-range RNN whose U is orthogonal * g multiplies dL/dh by g a step: read it off the
    tape.
    """
    T, gain = 12, 0.5
    net = nn.Network(nn.Recurrent(nn.RNNCell(1, 8, rng=rng)), nn.Dense(8, 1, rng=rng))
    net.layers[0].cell.U[...] *= gain
    net.layers[0].cell.W[...] *= 1e-6
    x, t = rng.standard_normal((6, T, 1)), np.ones((6, 1))
    _, tape = nn.loss_and_grad(net, nn.SquaredError(), x, t, watch=True)
    norms = diagnostics.gradient_norms(tape)
    assert norms.shape == (T + 1,)  # T steps and the output layer
    assert np.allclose(norms[: T - 1] / norms[1:T], gain, rtol=1e-6)
    assert diagnostics.saturation(tape).shape == diagnostics.dead_units(tape).shape == (T,)
    assert diagnostics.weight_gradient_norms(tape).shape == (2,)


@pytest.mark.parametrize("cell", [nn.LSTMCell, nn.GRUCell])
def test_gates_saturate_with_their_inputs(cell, rng):
    net = nn.Network(nn.Recurrent(cell(2, 4, rng=rng)))
    x, t = rng.standard_normal((5, 6, 2)), np.zeros((5, 4))
    _, calm = nn.loss_and_grad(net, nn.SquaredError(), 0.1 * x, t, watch=True)
    _, wild = nn.loss_and_grad(net, nn.SquaredError(), 100 * x, t, watch=True)
    assert diagnostics.saturation(calm).max() == 0 and diagnostics.saturation(wild).mean() > 0.4


def test_dead_and_saturated_units_are_counted(rng):
    net = nn.mlp(3, 2, depth=1, width=10, rng=rng)
    dense = net.layers[0]
    dense.W[...] = np.abs(dense.W)
    dense.b[:3] = -100
    x, t = rng.random((20, 3)), np.arange(20) % 2
    dense.b[3] = -np.median(x @ dense.W[3])  # off for half of the samples: resting, not dead
    _, tape = nn.loss_and_grad(net, LOSS, x, t, watch=True)
    assert diagnostics.dead_units(tape) == [0.3] and diagnostics.saturation(tape) == [0.35]
    leaky = nn.Network(dense, nn.leaky_relu, net.layers[2])
    _, tape = nn.loss_and_grad(leaky, LOSS, x, t, watch=True)
    assert diagnostics.dead_units(tape) == [0] and diagnostics.saturation(tape) == [0.35]


def test_update_ratios(rng):
    net = nn.mlp(3, 2, depth=1, width=4, init="zeros", rng=rng)
    net.layers[0].W[...] = 2.0
    before = net.theta.copy()
    net.layers[0].W[...] *= 1.001
    assert np.allclose(diagnostics.update_ratios(net, before)[:1], [1e-3])
    net.layers[2].W[...] = 1.0
    assert np.isinf(diagnostics.update_ratios(net, before)[1])
