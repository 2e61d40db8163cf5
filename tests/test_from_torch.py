"""From PyTorch and back: the same outputs and gradients, or an error that names the part."""

import copy

import numpy as np
import pytest

import nnbook_lib as nn
from nnbook_lib.pytorch.layers import CELLS

from conftest import optional

torch = optional("torch")
T, F = torch.nn, torch.nn.functional
torch.set_num_threads(1)


class Written(T.Module):
    """A module as people write them: parts, and a forward that uses them."""

    def __init__(self, forward, **parts):
        super().__init__()
        self.how = forward
        for name, part in parts.items():
            setattr(self, name, part)

    def forward(self, x, mask=None):
        x = x if mask is None else x * mask
        return self.how(self, x)


def recurrent(kind, forward, width=4, **how):
    return Written(
        forward, rnn=getattr(T, kind)(3, 4, batch_first=True, **how), fc=T.Linear(width, 2)
    )


def last_state(m, x):
    _, h = m.rnn(x)
    return m.fc((h[0] if isinstance(m.rnn, T.LSTM) else h)[-1])


def last_of_all(m, x):
    out, _ = m.rnn(x)
    return m.fc(torch.tanh(out[:, -1, :]))


def from_zeros(m, x):
    h = torch.zeros(1, x.size(0), 4, dtype=x.dtype).to(x.device)
    out, _ = m.rnn(x, (h, h) if isinstance(m.rnn, T.LSTM) else h)
    return m.fc(out[:, -1])


def all_states(m, x):
    out, _ = m.rnn(x)
    return m.fc(out.reshape(out.shape[0], -1))


class Last(T.Module):
    def forward(self, pair):
        out, _ = pair
        return out[:, -1]


def block(d):
    def forward(m, x):
        h = m.b(F.relu(m.a(x)))
        h += m.shortcut(x)
        return h.tanh()

    return Written(forward, a=T.Linear(d, d), b=T.Linear(d, d), shortcut=T.Identity())


def stack(m, x):
    x = m.first(x.view(x.size(0), -1))
    for inner in m.blocks:
        x = inner(x)
    return m.last(F.dropout(x, 0.4, m.training) if m.training else x)


def twice():
    shared = T.Linear(4, 4)
    return T.Sequential(shared, T.Tanh(), T.Sequential(shared, T.ReLU()), shared)


ACTIVATIONS = [
    T.Identity(), T.ReLU(), T.LeakyReLU(), T.LeakyReLU(0.3), T.ELU(), T.SELU(), T.Softplus(), T.GELU(),
    T.GELU("tanh"), T.Sigmoid(), T.Tanh(), T.Softmax(dim=1),
]  # fmt: skip
FUNCTIONS = [
    F.relu, F.leaky_relu, lambda u: F.leaky_relu(u, 0.3), F.elu, F.selu, F.softplus, F.gelu, torch.sigmoid,
    torch.tanh, torch.relu, lambda u: u.softmax(-1), lambda u: F.softmax(u, dim=1),
    lambda u: F.gelu(u, approximate="tanh"), lambda u: u.clone().relu_(), lambda u: torch.flatten(u, 1),
]  # fmt: skip
MODULES = {  # name: the shape of a sample, how the module is built
    **{str(f): ((4,), lambda f=f: T.Sequential(T.Linear(4, 5), f, T.Linear(5, 3))) for f in ACTIVATIONS},
    **{
        f"function {i}": ((4,), lambda f=f: Written(lambda m, x: m.b(f(m.a(x))), a=T.Linear(4, 5), b=T.Linear(5, 3)))
        for i, f in enumerate(FUNCTIONS)
    },
    "norms": ((4,), lambda: T.Sequential(T.Linear(4, 5, bias=False), T.BatchNorm1d(5, 1e-3, 0.3), T.ReLU(),
                                         T.Linear(5, 4), T.LayerNorm(4, 1e-3))),
    "norms without parameters": ((4,), lambda: T.Sequential(
        T.BatchNorm1d(4, affine=False), T.Linear(4, 3), T.LayerNorm(3, bias=False), T.Tanh(),
        T.LayerNorm(3, elementwise_affine=False))),
    "images": ((1, 2, 3), lambda: T.Sequential(T.Flatten(), T.Linear(6, 3))),
    "nested": ((4,), lambda: T.Sequential(T.Sequential(T.Linear(4, 5), T.ReLU()), T.Sequential(T.Linear(5, 3)))),
    "one module twice": ((4,), twice),
    "skips": ((4,), lambda: Written(stack, first=T.Linear(4, 5), blocks=T.ModuleList([block(5), block(5)]),
                                    last=T.Linear(5, 3))),
    "part by itself": ((4,), lambda: T.Linear(4, 3)),
    **{
        f"{kind}, {name}": ((5, 3), lambda kind=kind, how=how: how(kind))
        for kind in CELLS
        for name, how in {
            "out[:, -1]": lambda kind: recurrent(kind, last_of_all),
            "h[-1]": lambda kind: recurrent(kind, last_state),
            "zeros": lambda kind: recurrent(kind, from_zeros),
            "all states": lambda kind: recurrent(kind, all_states, 20),
            "two layers": lambda kind: recurrent(kind, last_state, num_layers=2),
            "no bias": lambda kind: recurrent(kind, last_of_all, bias=False),
            "in a Sequential": lambda kind: T.Sequential(getattr(T, kind)(3, 4, batch_first=True), Last()),
        }.items()
    },
}  # fmt: skip


def make(name):
    torch.manual_seed(0)
    shape, build = MODULES[name]
    module = build().double()
    for part in module.modules():
        if isinstance(part, T.BatchNorm1d):
            part.running_mean.normal_()
            part.running_var.uniform_(0.5, 2)
    return module, np.random.default_rng(1).standard_normal((6, *shape))


@pytest.mark.parametrize("train", [True, False], ids=["train", "eval"])
@pytest.mark.parametrize("name", MODULES)
def test_the_same_outputs_gradients_and_running_averages(name, train):
    module, x = make(name)
    net = nn.from_torch(module, rng=np.random.default_rng(0))
    module.train(train and name != "skips")  # dropout draws other masks there than here
    theirs = torch.tensor(x, requires_grad=True)
    y_ = module(theirs)
    dy = np.random.default_rng(2).standard_normal(tuple(y_.shape))
    y_.backward(torch.tensor(dy))
    y, tape = net.forward(x, train and name != "skips")
    dx = net.backward(dy, tape)
    assert np.abs(y - y_.detach().numpy()).max() <= 1e-10
    assert np.abs(dx - theirs.grad.numpy()).max() <= 1e-10

    grads, holder = copy.deepcopy(net), copy.deepcopy(module)
    grads.theta = net.grad  # written into a module, our gradients lie beside theirs
    nn.to_torch(grads, holder)
    for (path, ours), p in zip(holder.named_parameters(), module.parameters(), strict=True):
        written = (ours != 0) | ("bias_hh" not in path)  # two biases are one here, in the first
        assert ((ours - p.grad) * written).abs().max() <= 1e-10, path
    after = nn.from_torch(module, rng=np.random.default_rng(0))
    for layer, twin in zip(net.walk(), after.walk(), strict=True):
        if isinstance(layer, nn.BatchNorm):
            assert np.abs(layer.running_mean - twin.running_mean).max() <= 1e-12
            assert np.abs(layer.running_var - twin.running_var).max() <= 1e-12


@pytest.mark.parametrize("name", MODULES)
def test_what_is_written_back_is_read_again(name):
    module, x = make(name)
    net = nn.from_torch(module, rng=np.random.default_rng(0))
    net.theta = np.random.default_rng(3).standard_normal(net.theta.size)
    for layer in net.walk():
        if isinstance(layer, nn.BatchNorm):
            layer.running_mean += 1
    nn.to_torch(net, module)
    again = nn.from_torch(module, rng=np.random.default_rng(0))
    assert np.array_equal(again.theta, net.theta) and np.array_equal(again(x), net(x))
    with torch.no_grad():
        assert np.abs(module.eval()(torch.tensor(x)).numpy() - net(x)).max() <= 1e-10


def test_what_the_module_lacks_is_no_parameter():
    net = nn.from_torch(make("norms without parameters")[0])
    assert net.theta.size == 4 * 3 + 3 + 3
    assert nn.from_torch(make("LSTM, no bias")[0]).theta.size == 16 * (3 + 4) + 4 * 2 + 2
    mean, x = net.layers[0].running_mean.copy(), np.full((6, 4), 9.0)
    nn.loss_and_grad(net, nn.SoftmaxCrossEntropy(), x, np.zeros(6, int))
    assert np.allclose(net.layers[0].running_mean, 0.9 * mean + 0.1 * 9)


def test_structure_is_kept():
    layout = {
        "nested": "Network(Sequential(Dense(4 -> 5), relu), Dense(5 -> 3))",
        "skips": "Network(\n  0: Flatten()\n  1: Dense(4 -> 5)\n"
        "  2: Sequential(Residual(Dense(5 -> 5), relu, Dense(5 -> 5)), tanh)\n"
        "  3: Sequential(Residual(Dense(5 -> 5), relu, Dense(5 -> 5)), tanh)\n"
        "  4: Dropout(0.4)\n  5: Dense(5 -> 3)\n)",
        "LSTM, all states": "Network(Recurrent(LSTMCell(3 -> 4)), Flatten(-> 20), Dense(20 -> 2))",
        "RNN, two layers": "Network(Recurrent(RNNCell(3 -> 4)), Recurrent(RNNCell(4 -> 4)), Dense(4 -> 2))",
    }
    for name, text in layout.items():
        assert repr(nn.from_torch(make(name)[0], rng=np.random.default_rng(0))) == text


def test_float32_stays_float32():
    module = T.Sequential(T.Linear(4, 5), T.BatchNorm1d(5), T.GELU(), T.Linear(5, 3))
    net, x = nn.from_torch(module), np.random.default_rng(0).standard_normal((6, 4), np.float32)
    y, tape = net.forward(x, train=True)
    dx = net.backward(np.ones_like(y), tape)
    theirs = torch.tensor(x, requires_grad=True)
    y_ = module(theirs)
    y_.sum().backward()
    assert {net.theta.dtype, y.dtype, dx.dtype} == {np.dtype(np.float32)}
    assert np.abs(y - y_.detach().numpy()).max() <= 1e-5
    assert np.abs(dx - theirs.grad.numpy()).max() <= 1e-5


def test_the_module_is_left_as_it_was():
    module = T.Sequential(T.Linear(4, 5), T.BatchNorm1d(5), T.Dropout(0.5), T.Linear(5, 3))
    module[1].eval()
    before, drawn = copy.deepcopy(module.state_dict()), torch.get_rng_state()
    net = nn.from_torch(module, rng=np.random.default_rng(0))
    net.theta += 1  # a copy
    assert [part.training for part in module] == [True, False, True, True]
    assert all(torch.equal(before[name], now) for name, now in module.state_dict().items())
    assert torch.equal(drawn, torch.get_rng_state())


def test_diagnose_and_tape_work_on_it():
    layers = [part for _ in range(12) for part in (T.Linear(32, 32), T.Sigmoid())]
    torch.manual_seed(0)
    net = nn.from_torch(
        T.Sequential(T.Linear(64, 32), T.Sigmoid(), *layers, T.Linear(32, 10)).double()
    )
    x, t, _, _ = nn.datasets.digits()
    _, tape = nn.loss_and_grad(net, nn.SoftmaxCrossEntropy(), x[:64], t[:64], watch=True)
    norms = nn.diagnostics.gradient_norms(tape)
    assert len(norms) == 14 and norms[0] < 1e-6 * norms[-1]
    found = nn.diagnose(net, nn.SoftmaxCrossEntropy(), x[:64], t[:64], steps=3)
    assert found[0].name == "vanishing gradients"


@pytest.mark.parametrize("ill", ["chaotic", "overflowing", "not a number"])
def test_an_ill_network_is_taken(ill):
    """Where rounding grows from layer to layer, outputs differ, and that is not the reader's fault."""
    layers = [
        part
        for _ in range(30)
        for part in (T.Linear(32, 32), T.Tanh() if ill == "chaotic" else T.ReLU())
    ]
    module = T.Sequential(*layers)
    torch.manual_seed(0)
    for p in module.parameters():
        p.data.normal_(std=1e3 if ill == "overflowing" else 1)
        p.data *= np.nan if ill == "not a number" else 1
    assert len(nn.from_torch(module).layers) == 60


def test_frozen_parameters_are_told():
    module = T.Sequential(T.Linear(4, 5), T.ReLU(), T.Linear(5, 3))
    module[0].requires_grad_(False)
    with pytest.warns(
        UserWarning, match=r"0\.weight, 0\.bias will be trained here.*requires_grad_\(True\)"
    ):
        nn.from_torch(module)


def linear(forward, **parts):
    return Written(forward, a=T.Linear(4, 4), **parts)


def without_gradient(m, x):
    with torch.no_grad():
        h = m.a(x)
    return m.a(h)


def hooked():
    module = T.Sequential(T.Linear(4, 4), T.Tanh())
    module[0].register_forward_hook(lambda part, x, y: 2 * y)
    return module


def tied():
    module = T.Sequential(T.Linear(4, 4), T.Linear(4, 4))
    module[1].weight = module[0].weight
    return module


def gru(forward, **how):
    return Written(forward, rnn=T.GRU(3, 4, **{"batch_first": True, **how}), fc=T.Linear(4, 2))


weight_norm = T.utils.parametrizations.weight_norm
REFUSED = {  # what: how it is built, and the words of the error
    "convolution": (lambda: T.Sequential(T.Sequential(T.Conv2d(1, 2, 3))), ["0.0", "Conv2d(1, 2", "behind the conv"]),
    "log softmax": (lambda: T.Sequential(T.Linear(4, 3), T.LogSoftmax(1)), ["1, LogSoftmax", "CrossEntropyLoss"]),
    "log softmax as a function": (lambda: linear(lambda m, x: F.log_softmax(m.a(x), 1)), ["CrossEntropyLoss"]),
    "embedding": (lambda: T.Sequential(T.Embedding(4, 3)), ["0, Embedding(4, 3)", "vectors up first"]),
    "not initialized": (lambda: T.Sequential(T.LazyLinear(3)), ["0, LazyLinear", "once on a batch"]),
    "softmax along the batch": (lambda: T.Sequential(T.Softmax(dim=0)), ["0, Softmax(dim=0)", "dim=-1"]),
    "ELU(2)": (lambda: T.Sequential(T.ELU(2.0)), ["0, ELU(alpha=2.0)", "alpha=1"]),
    "softplus with beta": (lambda: T.Sequential(T.Softplus(2.0)), ["0, Softplus(beta=2.0", "without arguments"]),
    "a slope above 1": (lambda: T.Sequential(T.LeakyReLU(2.0)), ["0, LeakyReLU(negative_slope=2.0)", "slope must be"]),
    "cumulative averages": (lambda: T.Sequential(T.BatchNorm1d(3, momentum=None)), ["momentum", "number"]),
    "no averages": (lambda: T.Sequential(T.BatchNorm1d(3, track_running_stats=False)), ["track_running_stats=True"]),
    "two dimensions": (lambda: T.Sequential(T.LayerNorm((3, 4))), ["LayerNorm((3, 4)", "last dimension"]),
    "the batch flattened": (lambda: T.Sequential(T.Flatten(0)), ["Flatten(start_dim=0", "from dimension 1"]),
    "weight norm": (lambda: T.Sequential(weight_norm(T.Linear(4, 4))), ["0, ", "remove_parametrizations"]),
    "tied weights": (tied, ["1.weight and 0.weight", "one module in both places"]),
    "half precision": (lambda: T.Linear(4, 4).half(), ["torch.float16", "module.float()"]),
    "mixed precision": (lambda: T.Sequential(T.Linear(4, 4), T.Linear(4, 4).double()), ["float32 and torch.float64"]),
    "time first": (lambda: gru(last_state, batch_first=False), ["rnn, GRU(3, 4)", "batch_first=True"]),
    "both directions": (lambda: gru(last_of_all, bidirectional=True), ["rnn, GRU", "bidirectional=False"]),
    "ReLU in time": (lambda: recurrent("RNN", last_state, nonlinearity="relu"), ["rnn, RNN", "tanh"]),
    "projected": (lambda: recurrent("LSTM", last_of_all, 2, proj_size=2), ["rnn, LSTM", "proj_size=0"]),
    "a pair": (lambda: T.GRU(3, 4, batch_first=True), ["GRU(3, 4", "return one tensor"]),
    "a pair into a layer": (lambda: T.Sequential(T.GRU(3, 4, batch_first=True), T.Linear(4, 2)), ["1, Linear", "out[:, -1]"]),
    "every time step": (lambda: gru(lambda m, x: m.fc(m.rnn(x)[0])), ["every time step", "Dense(4 -> 2)"]),
    "first state": (lambda: gru(lambda m, x: m.fc(m.rnn(x)[0][:, 0])), ["[:, 0]", "out[:, -1]"]),
    "mean over time": (lambda: gru(lambda m, x: m.fc(m.rnn(x)[0].mean(1))), ["mean()"]),
    "cell state": (lambda: recurrent("LSTM", lambda m, x: m.fc(m.rnn(x)[1][1][-1])), ["fc, Linear"]),
    "random first state": (lambda: gru(lambda m, x: m.fc(m.rnn(x, torch.randn(1, x.size(0), 4))[0][:, -1])), ["rnn, GRU", "zeros"]),
    "softmax over time": (lambda: gru(lambda m, x: m.rnn(x)[0].softmax(1)), ["outputs", "differ by up to"]),
    "two branches": (lambda: linear(lambda m, x: m.a(x) + m.b(x), b=T.Linear(4, 4)), ["the sum", "x + f(x)"]),
    "twice the branch": (lambda: linear(lambda m, x: torch.add(x, m.a(x), alpha=2)), ["add()"]),
    "a factor": (lambda: linear(lambda m, x: 0.5 * m.a(x)), ["mul()"]),
    "a parameter by itself": (lambda: linear(lambda m, x: m.a(x) * m.p, p=T.Parameter(torch.ones(4))), ["with p itself"]),
    "two at once": (lambda: linear(lambda m, x: torch.cat([m.a(x), x], 1)), ["cat()", "Linear, BatchNorm1d"]),
    "some columns": (lambda: linear(lambda m, x: m.a(x)[:, :2]), ["[:, slice(None, 2, None)]"]),
    "squeezed": (lambda: linear(lambda m, x: m.a(x).squeeze(1)), ["squeeze()", "(n, 1)"]),
    "another function": (lambda: linear(lambda m, x: F.silu(m.a(x))), ["silu()", "GELU"]),
    "a choice by value": (lambda: linear(lambda m, x: m.a(x) if x.sum() > 0 else x), ["same steps for every x"]),
    "converted": (lambda: linear(lambda m, x: m.a(x.float())), ["float()", "out of forward"]),
    "len": (lambda: linear(lambda m, x: m.a(x.view(len(x), -1))), ["x.size(0) for len(x)"]),
    "two outputs": (lambda: linear(lambda m, x: (m.a(x), x)), ["return one tensor"]),
    "an inner part": (lambda: T.Sequential(T.Linear(4, 4), linear(lambda m, x: F.silu(x))), ["1, silu()"]),
    "attention": (lambda: linear(lambda m, x: m.b(x, x, x)[0], b=T.MultiheadAttention(4, 2)), ["b, ", "one tensor"]),
    "an input overwritten": (lambda: linear(lambda m, x: x + m.b(x), b=T.Sequential(T.ReLU(True), T.Linear(4, 4))), ["inplace=True"]),
    "another path in evaluation": (lambda: linear(lambda m, x: m.a(x) if m.training else m.a(x).relu()), ["in evaluation"]),
    "dropout in evaluation": (lambda: linear(lambda m, x: F.dropout(m.a(x))), ["in evaluation"]),
    "a hook": (hooked, ["hooks"]),
    "a cut gradient": (lambda: linear(without_gradient), ["gradients", "no_grad"]),
    "widths": (lambda: T.Sequential(T.Linear(4, 3), T.Linear(4, 3)), ["layer 1", "width 4", "gives 3"]),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_has_no_layer_is_named(what):
    build, words = REFUSED[what]
    torch.manual_seed(0)
    with pytest.raises(ValueError) as caught:
        nn.from_torch(build(), rng=np.random.default_rng(0))
    message = str(caught.value)
    assert [w for w in words if w not in message] == [], message
    assert message.endswith((".", ")"))


def test_no_module_no_generator_and_another_module():
    with pytest.raises(TypeError, match=r"torch\.nn\.Module; got type .*call the class"):
        nn.from_torch(T.Linear)
    with pytest.raises(TypeError, match=r"Dropout\(p=0\.5.*rng=np\.random\.default_rng"):
        nn.from_torch(T.Sequential(T.Linear(4, 4), T.Dropout(0.5)))
    net = nn.from_torch(T.Linear(4, 3))
    with pytest.raises(ValueError, match=r"Dense\(4 -> 2\).*Dense\(4 -> 3\).*Change the module"):
        nn.to_torch(net, T.Linear(4, 2))
