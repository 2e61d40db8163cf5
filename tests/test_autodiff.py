"""The second route to every gradient: our reverse-mode tape of scalars-and-arrays against the
layers.
"""

import operator

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


SOME = np.array([[True, False, True], [False, True, False]])
ONES = np.ones((2, 3))
ONE = {  # (2, 3) -> (2, 3)
    **{f"power {k}": lambda a, k=k: (a * a + 0.5) ** k for k in (0, 1, 2, 3, -1, 0.5, -1.5)},
    "square": lambda a: a**2, "a number's power": lambda a: 2 ** (0.3 * a), "exp": lambda a: a.exp(),
    "log": lambda a: (a * a + 0.5).log(), "tanh": lambda a: a.tanh(), "sigmoid": lambda a: a.sigmoid(),
    "negative": lambda a: -a, "relu": lambda a: (a * a + 1).relu() - a.relu(),
    "sum": lambda a: a - a.sum(axis=(0, -1), keepdims=True), "column": lambda a: a.sum(axis=0) + a,
    "mean": lambda a: a * a.mean(axis=-1, keepdims=True), "total": lambda a: a + a.sum(),
    "reverse": lambda a: a[::-1, [2, 0, 0]], "mask": lambda a: a[SOME] + a, "entry": lambda a: a * a[-1, 1],
    "reshape": lambda a: a.T.reshape(2, 3), "rows": lambda a: a[[1, 1]] * a[None][0, ...],
}  # fmt: skip
TWO = {  # any shapes that broadcast to (2, 3)
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "+=": operator.iadd,
    "/": lambda a, b: a / (b * b + 1), "a tensor's power": lambda a, b: (a * a + 0.5) ** b.tanh(),
    "@": lambda a, b: (a * ONES) @ (b * ONES).T @ np.eye(2, 3),
    "join": lambda a, b: concatenate([a * ONES, ONES, b + 0 * ONES], axis=0)[1:5:3],
}  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_composed_of_the_operations_has_the_right_derivative(seed):
    """Four random operations on three leaves of random shapes."""
    rng = np.random.default_rng(seed)
    shapes = [(2, 3), (3,), (1, 3), (2, 1), ()]
    values = [rng.standard_normal(shapes[i]) for i in (0, *rng.integers(0, 5, 2))]
    values[1] = np.round(values[1] + 0.5) + 0.5  # away from a kink

    pairs = [TWO[name] for name in rng.choice(list(TWO), 2)]
    singles = [ONE[name] for name in rng.choice(list(ONE), 2)]

    def f(a, b, c):
        for two, one, other in zip(pairs, singles, (b, c), strict=True):
            a = one(two(a.tanh(), other) + np.zeros((2, 3), int))
        return a

    weights = rng.standard_normal((2, 3))
    leaves = [Tensor(v) for v in values]
    f(*leaves).backward(weights)
    for i, leaf in enumerate(leaves):

        def value(v, i=i):
            return float(np.sum(weights * f(*map(Tensor, [*values[:i], v, *values[i + 1 :]])).data))

        numeric = nn.numeric_gradient(value, np.asarray(values[i]))
        assert np.allclose(leaf.grad, numeric, rtol=1e-5, atol=1e-7)


X = Tensor([-1.0, 0.0, 2.0])
REFUSED = {  # what has no derivative, or none that is finite: the error, and words in it
    "a seed of another shape": (lambda: X.backward([1, 1]), ValueError, [r"(3,)", "(2,)", "broadcast_to"]),
    "a complex seed": (lambda: X.backward(1j * X.data), TypeError, ["real", "complex"]),
    "a root of a negative": (lambda: X**0.5, ValueError, ["** 0.5", "-1"]),
    "a root at 0": (lambda: (X * X) ** 0.5, ValueError, ["** 0.5", "slope", "x = 0"]),
    "1/0 as a power": (lambda: (X * X) ** -1, ValueError, ["** -1", "x = 0"]),
    "1/0": (lambda: 1 / X, ValueError, ["÷ 0", "1e-8"]),
    "log of 0": (lambda: (X * X).log(), ValueError, ["log", "above 0", "got 0", "log_softmax"]),
    "a tensor's power of a negative": (lambda: X**X, ValueError, ["log", "got -1"]),
    "a power of a word": (lambda: X**"2", TypeError, ["exponent", "'2'"]),
    "two vectors": (lambda: X @ X, ValueError, ["two matrices", "(3,)", "reshape(1, -1)"]),
    "matrices that do not fit": (lambda: Tensor(ONES) @ ONES, ValueError, ["(n, k)", "(2, 3)", ".T"]),
    "a comparison": (lambda: X > 0, TypeError, ["compared", "x.data > 0"]),
    "equality": (lambda: X == 0, TypeError, ["compared", "x.data > 0"]),
    "a condition": (lambda: max(X, X), TypeError, ["compared", "x.data > 0"]),
    "an operation it lacks": (lambda: X.max(), AttributeError, ["'max'", "sigmoid", ".data"]),
    "complex data": (lambda: Tensor([1j]), TypeError, ["real", "complex"]),
    "no data": (lambda: Tensor(None), TypeError, ["real numbers"]),
    "tensors in a list": (lambda: Tensor([X, X]), TypeError, ["concatenate"]),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_the_rest_is_refused(name):
    act, kind, words = REFUSED[name]
    with pytest.raises(kind) as caught:
        act()
    assert [w for w in words if w not in str(caught.value)] == [], caught.value


def test_powers_with_the_exponent_0_are_constants_also_at_0():
    x = Tensor([0.0, 0.0, 2.0, -3.0])
    (x**0 + x**1 + x**2).backward(np.ones(4))
    assert x.grad.tolist() == [1, 1, 5, -5]


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
