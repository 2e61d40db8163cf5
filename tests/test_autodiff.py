"""The second route to every gradient: our reverse-mode tape of scalars-and-arrays against the
layers.
"""

import numpy as np
import pytest

import nnbook_lib as nn
from nnbook_lib.autodiff import Tensor, concatenate, log_softmax

OPERATIONS = {
    "add": (lambda a, b: a + b, (3, 4), (4,)),
    "subtract": (lambda a, b: a - b, (3, 1), (1, 4)),
    "multiply": (lambda a, b: a * b, (2, 3, 4), (3, 1)),
    "divide": (lambda a, b: a / (b * b + 1), (3, 4), (1, 4)),
    "number first": (lambda a, b: 2 - a * 3 + 1 / (b * b + 1), (3, 4), ()),
    "array first": (lambda a, b: np.arange(4.0) * a + np.ones((2, 3)) @ b, (4,), (3, 4)),
    "power": (lambda a, b: (a * a + 1) ** 1.5 + b**3, (3,), (3,)),
    "matmul": (lambda a, b: a @ b, (3, 4), (4, 2)),
    "exp, log": (lambda a, b: (a.exp() + b.exp()).log(), (3, 4), (4,)),
    "tanh, sigmoid": (lambda a, b: a.tanh() * b.sigmoid(), (3, 4), (4,)),
    "relu": (lambda a, b: (a + b).relu(), (3, 4), (4,)),
    "sums": (lambda a, b: a.sum(axis=0) * b.sum(axis=1) + a.mean(), (3, 4), (4, 3)),
    "means": (lambda a, b: a.mean(axis=0, keepdims=True) @ b.mean(axis=1, keepdims=True), (3, 4), (4, 3)),
    "reshape, T": (lambda a, b: a.reshape(4, 3).T @ b, (3, 4), (4, 2)),
    "index": (lambda a, b: a[[0, 0, 2]] * b[1:].reshape(3, 1), (3, 4), (4,)),
    "concatenate": (lambda a, b: concatenate([a, b], axis=1).tanh(), (3, 4), (3, 2)),
    "log_softmax": (lambda a, b: log_softmax(a * b), (3, 4), (4,)),
}  # fmt: skip


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_has_the_right_derivative(name, rng):
    f, *shapes = OPERATIONS[name]
    a, b = (rng.standard_normal(shape) for shape in shapes)
    leaves = Tensor(a), Tensor(b)
    y = f(*leaves)
    seed = rng.standard_normal(y.data.shape)
    y.backward(seed)
    for i, leaf in enumerate(leaves):

        def value(v, i=i):
            args = [v, b] if i == 0 else [a, v]
            return float(np.sum(seed * f(*map(Tensor, args)).data))

        numeric = nn.numeric_gradient(value, np.asarray([a, b][i]))
        assert leaf.grad.shape == leaf.data.shape
        assert nn.relative_error(leaf.grad, numeric) <= 1e-7


def test_reused_values_add_and_long_chains_do_not_recurse():
    x = Tensor(0.5, name="x")
    y = x
    for _ in range(20_000):
        y = y * 1.0
    (y * y + x).backward()
    assert x.grad == 2.0
    with pytest.raises(ValueError, match=r"scalar; got shape \(3,\).*\.sum\(\)"):
        Tensor([1.0, 2.0, 3.0]).backward()
    with pytest.raises(ValueError, match=r"two matrices; got shapes \(3,\)"):
        Tensor(np.ones(3)) @ np.ones((3, 2))


def leaves_of(layer):
    return [Tensor(getattr(owner, name)) for owner, name in layer.parameters()]


def assert_same_gradients(layer, leaves):
    for (owner, name), leaf in zip(layer.parameters(), leaves, strict=True):
        assert np.allclose(getattr(owner, "d" + name), leaf.grad, rtol=1e-10, atol=1e-13), name


def test_deep_residual_network_with_softmax_cross_entropy(rng):
    net = nn.mlp(5, 3, depth=4, width=6, activation="tanh", skip=True, rng=rng)
    net.theta += 0.1 * rng.standard_normal(net.theta.size)
    x, t = rng.standard_normal((7, 5)), np.arange(7) % 3
    value, _ = nn.loss_and_grad(net, nn.SoftmaxCrossEntropy(), x, t)

    leaves = leaves_of(net)
    pairs = list(zip(leaves[::2], leaves[1::2], strict=True))
    (W, b), *hidden, (V, c) = pairs
    u = Tensor(x) @ W.T + b
    for M, m in hidden:
        u = u + (u.tanh() @ M.T + m)
    logits = u.tanh() @ V.T + c
    loss = -log_softmax(logits)[np.arange(7), t].mean()
    loss.backward()
    assert value == pytest.approx(loss.data, rel=1e-13)
    assert_same_gradients(net, leaves)


@pytest.mark.parametrize("axis, layer", [(0, nn.BatchNorm(4)), (1, nn.LayerNorm(4))])
def test_normalizations(axis, layer, rng):
    layer.gamma += rng.standard_normal(4)
    x, dy = Tensor(rng.standard_normal((6, 4))), rng.standard_normal((6, 4))
    gamma, beta = leaves_of(layer)
    centered = x - x.mean(axis=axis, keepdims=True)
    var = (centered * centered).mean(axis=axis, keepdims=True)
    y = gamma * centered * (var + layer.eps) ** -0.5 + beta
    y.backward(dy)
    ours, saved = layer.forward(x.data, train=True)
    dx = layer.backward(dy, saved)
    assert np.allclose(ours, y.data, atol=1e-13) and np.allclose(dx, x.grad, atol=1e-12)
    assert_same_gradients(layer, (gamma, beta))


def lstm(x, W, U, b, h, c):
    d = h.data.shape[1]
    u = x @ W.T + h @ U.T + b
    i, f, o = (u[:, k * d : (k + 1) * d].sigmoid() for k in range(3))
    c = f * c + i * u[:, 3 * d :].tanh()
    return o * c.tanh(), c


def gru(x, W, U, b, v, h):
    d = h.data.shape[1]
    a, Uh = x @ W.T + b, h @ U.T
    r, z = (u.sigmoid() for u in (a[:, :d] + Uh[:, :d], a[:, d : 2 * d] + Uh[:, d : 2 * d]))
    g = (a[:, 2 * d :] + r * (Uh[:, 2 * d :] + v)).tanh()
    return ((1 - z) * g + z * h,)


def rnn(x, W, U, b, h):
    return ((x @ W.T + h @ U.T + b).tanh(),)


@pytest.mark.parametrize(
    "cell, step",
    [(nn.LSTMCell, lstm), (nn.GRUCell, gru), (nn.RNNCell, rnn)],
    ids=["LSTM", "GRU", "RNN"],
)
def test_cells_through_time(cell, step, rng):
    layer = nn.Recurrent(cell(2, 3, rng=rng), return_sequences=True)
    x = rng.standard_normal((4, 6, 2))
    y, tape = layer.forward(x)
    dy = rng.standard_normal(y.shape)
    layer.backward(dy, tape)

    leaves = leaves_of(layer)
    state = tuple(Tensor(np.zeros((4, 3))) for _ in range(layer.cell.states))
    outputs = []
    for t in range(6):
        state = step(Tensor(x[:, t]), *leaves, *state)
        outputs.append(state[0].reshape(4, 1, 3))
    all_steps = concatenate(outputs, axis=1)
    all_steps.backward(dy)
    assert np.allclose(y, all_steps.data, atol=1e-14)
    assert_same_gradients(layer, leaves)
