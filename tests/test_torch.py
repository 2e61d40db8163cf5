"""The third route: PyTorch in float64 computes the same outputs, gradients and trajectories."""

import numpy as np
import pytest

import nnbook_lib as nn

from conftest import optional

torch = optional("torch")
F = torch.nn.functional
torch.set_num_threads(1)

ACTIVATIONS = {
    "identity": lambda u: u,
    "step": lambda u: (u > 0).to(u.dtype) + 0 * u,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": F.leaky_relu,
    "elu": F.elu,
    "selu": F.selu,
    "softplus": lambda u: F.softplus(u, threshold=100),
    "gelu": lambda u: F.gelu(u, approximate="tanh"),
}
LOSSES = {
    "squared_error": lambda y, t: 0.5 * F.mse_loss(y, t, reduction="sum") / len(y),
    "binary_cross_entropy": lambda y, t: (
        F.binary_cross_entropy_with_logits(y, t, reduction="sum") / len(y)
    ),
    "softmax_cross_entropy": F.cross_entropy,
}


def test_every_activation_and_loss_is_compared():
    assert set(ACTIVATIONS) == set(nn.ACTIVATIONS) and set(LOSSES) == set(nn.losses.LOSSES)


def tensor(a, grad=False):
    return torch.tensor(a, requires_grad=grad)


def play(layer, u, weights, train):
    """A layer of ours, computed by PyTorch from its own tensors of the weights (in parameters()
    order).
    """
    if isinstance(layer, nn.Dense):
        return F.linear(u, next(weights), next(weights))
    if isinstance(layer, nn.BatchNorm):
        mean, var = tensor(layer.running_mean), tensor(layer.running_var)
        return F.batch_norm(u, mean, var, next(weights), next(weights), training=train)
    if isinstance(layer, nn.LayerNorm):
        return F.layer_norm(u, u.shape[1:], next(weights), next(weights))
    if isinstance(layer, nn.Residual):
        y = u
        for inner in layer.layers:
            y = play(inner, y, weights, train)
        return u + y
    if isinstance(layer, nn.Activation):
        return ACTIVATIONS[layer.name](u)
    if isinstance(layer, nn.Softmax):
        return torch.softmax(u, dim=-1)
    if isinstance(layer, nn.Recurrent):
        return recurrent(layer, u, [next(weights) for _ in layer.cell.params])
    raise NotImplementedError(layer)


def recurrent(layer, x, weights):
    """torch.nn's RNN, LSTM or GRU run functionally on our weights, rows put into PyTorch's gate
    order.
    """
    cell, d = layer.cell, layer.cell.d_out
    order = {nn.RNNCell: [0], nn.LSTMCell: [0, 1, 3, 2], nn.GRUCell: [0, 1, 2]}[type(cell)]
    rows = torch.cat([torch.arange(k * d, (k + 1) * d) for k in order])
    W, U, b, *c = weights
    second = torch.zeros_like(b) if not c else torch.cat([torch.zeros(2 * d).to(b), c[0]])
    kind = {nn.RNNCell: torch.nn.RNN, nn.LSTMCell: torch.nn.LSTM, nn.GRUCell: torch.nn.GRU}
    module = kind[type(cell)](cell.d_in, d, batch_first=True, dtype=torch.float64)
    values = {
        "weight_ih_l0": W[rows], "weight_hh_l0": U[rows], "bias_ih_l0": b[rows], "bias_hh_l0": second,
    }  # fmt: skip
    y, _ = torch.func.functional_call(module, values, (x,))
    return y if layer.return_sequences else y[:, -1]


def targets(loss, n, k, rng):
    if loss == "softmax_cross_entropy":
        return rng.integers(0, k, n)
    return (
        rng.standard_normal((n, k)) if loss == "squared_error" else (rng.random((n, k)) > 0.5) * 1.0
    )


def compare(net, loss, x, t, train):
    for _, _, w in net.views(net.theta):
        w += 0.2 * np.random.default_rng(8).standard_normal(w.shape)
    weights = [tensor(w.copy(), grad=True) for _, _, w in net.views(net.theta)]
    x_theirs, stream = tensor(x, grad=True), iter(weights)
    u = x_theirs
    for layer in net.layers:
        u = play(layer, u, stream, train)
    theirs = LOSSES[loss](u, tensor(t))
    theirs.backward()

    ours = nn.losses.get(loss)
    y, tape = net.forward(x, train)
    value, saved = ours.forward(y, t)
    net.zero_grad()
    dx = net.backward(ours.backward(saved), tape)
    assert np.abs(y - u.detach().numpy()).max() <= 1e-10
    assert abs(value - theirs.item()) <= 1e-10
    assert np.abs(dx - x_theirs.grad.numpy()).max() <= 1e-10
    for (layer, name, g), w in zip(net.views(net.grad), weights, strict=True):
        assert np.abs(g - w.grad.numpy()).max() <= 1e-10, f"{layer.label()}.{name}"


@pytest.mark.parametrize("seed", range(40))
def test_random_dense_architectures(seed):
    rng = np.random.default_rng(seed)
    names = list(ACTIVATIONS)
    loss = list(LOSSES)[seed % 3]
    k, n = int(rng.integers(2, 6)), int(rng.integers(2, 9))
    d_in, depth, width = (int(rng.integers(low, high)) for low, high in ((1, 7), (0, 6), (2, 8)))
    net = nn.mlp(
        d_in,
        k,
        depth=depth,
        width=width,
        activation=names[seed % len(names)],
        norm=[None, "batch", "layer"][seed // 3 % 3] if depth else None,
        skip=bool(seed // 2 % 2) and depth > 1,
        rng=rng,
    )
    x, t = rng.standard_normal((n, net.d_in)), targets(loss, n, k, rng)
    compare(net, loss, x, t, train=seed % 5 != 0)


@pytest.mark.parametrize("cell", [nn.RNNCell, nn.LSTMCell, nn.GRUCell], ids=lambda c: c.__name__)
@pytest.mark.parametrize("stacked", [False, True])
def test_recurrent_networks(cell, stacked, rng):
    layers = [nn.Recurrent(cell(3, 4, rng=rng), return_sequences=stacked)]
    if stacked:
        layers.append(nn.Recurrent(cell(4, 5, rng=rng)))
    net = nn.Network(*layers, nn.Dense(layers[-1].d_out, 2, rng=rng))
    compare(net, "squared_error", rng.standard_normal((6, 7, 3)), rng.standard_normal((6, 2)), True)


def test_softmax_layer(rng):
    net = nn.Network(nn.Dense(3, 4, rng=rng), nn.softmax, nn.Dense(4, 2, rng=rng))
    compare(net, "squared_error", rng.standard_normal((5, 3)), rng.standard_normal((5, 2)), False)


OPTIMIZERS = {
    "sgd": (nn.SGD(0.05), lambda p: torch.optim.SGD(p, lr=0.05)),
    "momentum": (nn.Momentum(0.02), lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9)),
    "nesterov": (
        nn.Nesterov(0.02),
        lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, nesterov=True),
    ),
    "rmsprop": (nn.RMSProp(0.002), lambda p: torch.optim.RMSprop(p, lr=0.002, alpha=0.9)),
    "adam": (nn.Adam(0.01), lambda p: torch.optim.Adam(p, lr=0.01)),
    "adamw": (nn.AdamW(0.01, weight_decay=0.1), lambda p: torch.optim.AdamW(p, 0.01, weight_decay=0.1)),
}  # fmt: skip


@pytest.mark.parametrize("name", nn.optimizers.OPTIMIZERS)
def test_optimizer_trajectories_over_100_steps(name, rng):
    ours, make = OPTIMIZERS[name]
    ours.reset()
    start, A = rng.standard_normal(6), rng.standard_normal((6, 6))
    p = torch.tensor(start, requires_grad=True)
    theirs, theta = make([p]), start.copy()
    A_theirs = tensor(A)
    for _ in range(100):
        theirs.zero_grad()
        v = A_theirs @ p
        (0.5 * (v @ v) / 6 + torch.sin(p).sum()).backward()
        theirs.step()
        ours.step(theta, A.T @ (A @ theta) / 6 + np.cos(theta))
        assert np.abs(theta - p.detach().numpy()).max() <= 1e-9


def test_clipping(rng):
    g = rng.standard_normal(20)
    p = torch.zeros(20, dtype=torch.float64, requires_grad=True)
    p.grad = tensor(g.copy())
    norm = torch.nn.utils.clip_grad_norm_([p], 1.5)
    assert nn.clip_norm(g, 1.5) == pytest.approx(norm.item(), rel=1e-12)
    assert np.allclose(g, p.grad.numpy(), rtol=1e-5)  # PyTorch divides by norm + 1e-6


@pytest.mark.parametrize("kind", ["labels", "rows", "yes or no", "yes or no, one weight"])
def test_class_weights_are_those_of_pytorch(kind, rng):
    y, weight = 3 * rng.standard_normal((6, 4)), np.array([0.5, 3.0, 1.0, 0.1])
    if kind == "labels":
        t, loss = rng.integers(0, 4, 6), nn.SoftmaxCrossEntropy(weight=weight)
    elif kind == "rows":
        t = nn.functions.softmax(rng.standard_normal((6, 4)))
        loss = nn.SoftmaxCrossEntropy(weight=weight)
    else:
        t = rng.random((6, 4))
        weight = weight if kind == "yes or no" else np.array(2.5)
        loss = nn.BinaryCrossEntropy(pos_weight=weight)
    theirs = tensor(y, grad=True)
    if kind.startswith("yes"):
        value = F.binary_cross_entropy_with_logits(
            theirs, tensor(t), pos_weight=tensor(weight), reduction="sum"
        ) / len(y)  # ours is the mean over the rows
    else:
        value = F.cross_entropy(theirs, tensor(t), weight=tensor(weight))
    value.backward()
    ours, saved = loss.forward(y, t)
    assert abs(ours - value.item()) <= 1e-12
    assert np.abs(loss.backward(saved) - theirs.grad.numpy()).max() <= 1e-12
