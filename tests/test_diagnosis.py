"""diagnose: networks broken on purpose are named, healthy ones give no alarm, nothing is changed."""

import copy

import numpy as np
import pytest

import nnbook_lib as nn
from nnbook_lib.inspection.diagnosis import REMEDIES

CROSS, BINARY, SQUARES = nn.SoftmaxCrossEntropy(), nn.BinaryCrossEntropy(), nn.SquaredError()
DIGITS = nn.datasets.digits()
X, T = DIGITS.x[:128], DIGITS.t[:128]
ONE = np.eye(10)[T]


def rng(seed=0):
    return np.random.default_rng(seed)


def net(depth=3, activation="relu", **how):
    return nn.mlp(64, 10, depth=depth, activation=activation, rng=rng(), **how)


def ended(*layers, d_out=10):
    """A healthy net with these layers after its end."""
    return nn.Network(nn.Dense(64, 32, init="he", rng=rng()), nn.relu,
                      nn.Dense(32, d_out, rng=rng()), *layers)  # fmt: skip


def biased(b, **how):
    broken = net(**how)
    for layer in broken.layers[:-1:2]:
        layer.b[...] = b
    return broken


def constant(value):
    broken = net()
    broken.theta = np.full_like(broken.theta, value)
    return broken


def killed():
    """ReLUs killed by training with a learning rate far too large, as it happens."""
    broken = net()
    for _ in nn.train(broken, CROSS, nn.SGD(lr=5.0), X, T, batch=32, epochs=2, rng=rng()):
        pass
    return broken


def recurrent(scale):
    cell = nn.RNNCell(2, 8, rng=rng())
    cell.U *= scale
    return nn.Network(nn.Recurrent(cell), nn.Dense(8, 1, rng=rng()))


NAN = np.where(X == X[0, 20], np.nan, X)
STRONG = nn.initializers.normal(0.8)
BROKEN = {  # what was done: (the name of the first finding, net, loss, x, t, optimizer)
    "a pixel lost": ("inputs not finite", net(), CROSS, NAN, T, None),
    "labels from 1": ("labels out of range", net(), CROSS, X, T + 1, None),
    "labels -1 and 1": ("labels out of range", net(), BINARY, X, 2 * ONE - 1, None),
    "sorted data": ("one class only", net(), CROSS, X[T == 3], T[T == 3], None),
    "pixels 0 to 255": ("unscaled inputs", net(), CROSS, 255 * X, T, nn.SGD(0.1)),
    "pixels / 1000": ("unscaled inputs", net(), CROSS, X / 1000, T, None),
    "prices in yen": ("unscaled targets", net(), SQUARES, X, 1e4 * ONE, None),
    "softmax twice": ("softmax twice", ended(nn.softmax), CROSS, X, T, None),
    "sigmoid before the loss": ("squashed outputs", ended(nn.sigmoid), BINARY, X, ONE, None),
    "tanh before the loss": ("squashed outputs", ended(nn.tanh), CROSS, X, T, None),
    "targets beyond tanh": ("squashed outputs", ended(nn.tanh), SQUARES, X, 4 * ONE, None),
    "all zero": ("symmetric units", constant(0.0), CROSS, X, T, nn.SGD(0.1)),
    "all equal": ("symmetric units", constant(0.1), CROSS, X, T, nn.SGD(0.1)),
    "biases of -10": ("dead units", biased(-10.0), CROSS, X, T, nn.SGD(0.1)),
    "dead by training": ("dead units", killed(), CROSS, X, T, None),
    "a step function": ("dead units", net(activation="step"), CROSS, X, T, None),
    "biases of 12": ("saturated units", biased(12.0, activation="sigmoid"), CROSS, X, T, None),
    "large tanh weights": ("saturated units", net(5, "tanh", init=STRONG), CROSS, X, T, None),
    "30 sigmoids": ("vanishing gradients", net(30, "sigmoid"), CROSS, X, T, nn.SGD(0.1)),
    "30 ReLUs, Xavier / 2": ("vanishing gradients", net(30, init=nn.initializers.normal(0.1)),
                             CROSS, X, T, None),
    "40 steps back": ("vanishing gradients", recurrent(0.5), SQUARES,
                      *nn.datasets.adding_problem(64, 40, rng=rng()), None),
    "30 ReLUs, large": ("exploding gradients", net(30, init=STRONG), CROSS, X, T, nn.SGD(0.1)),
    "overflow": ("overflow", net(250, init=nn.initializers.normal(9.0)), CROSS, X, T, None),
    "residual without norm": ("loss too high at the start", net(10, skip=True), CROSS, X, T, None),
    "100 times too large": ("learning rate too large", net(), CROSS, X, T, nn.SGD(10.0)),
    "Adam too large": ("learning rate too large", net(), CROSS, X, T, nn.Adam(0.3)),
    "100 times too small": ("learning rate too small", net(), CROSS, X, T, nn.SGD(0.001)),
    "Adam too small": ("learning rate too small", net(), CROSS, X, T, nn.Adam(1e-6)),
    "width 1": ("cannot learn one batch by heart", net(width=1, activation="tanh"), CROSS, X, T,
                None),
    "shuffled labels": ("labels unrelated to inputs", net(), CROSS, X, rng().permutation(T),
                        nn.SGD(0.1)),
}  # fmt: skip

XOR = nn.datasets.xor()
SINE = nn.datasets.sine(rng=rng())
MOONS = nn.datasets.moons(200, rng=rng())
SPIRALS = nn.datasets.spirals(300, rng=rng())
STANDARD = (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-2)


def plane(activation, depth=2, d_in=2, d_out=2, width=16):
    return nn.mlp(d_in, d_out, depth=depth, width=width, activation=activation, rng=rng())


def trained():
    good = net()
    for _ in nn.train(good, CROSS, nn.Adam(0.003), DIGITS.x, DIGITS.t, epochs=8, rng=rng()):
        pass
    return good


HEALTHY = {
    "1 ReLU": (net(1), CROSS, X, T, nn.SGD(0.1)),
    "3 ReLU": (net(), CROSS, X, T, nn.SGD(0.1)),
    "3 ReLU, Adam": (net(), CROSS, X, T, nn.Adam()),
    "3 ReLU, momentum": (net(), CROSS, X, T, nn.Momentum(0.02)),
    "3 ReLU, a warm-up": (net(), CROSS, X, T, nn.Adam(nn.optimizers.cosine(1e-3, 500, warmup=50))),
    "3 ReLU, float32": (net(dtype=np.float32), CROSS, X.astype(np.float32), T, nn.SGD(0.1)),
    "20 ReLU": (net(20), CROSS, X, T, nn.Adam()),
    "linear": (net(0), CROSS, X, T, nn.SGD(0.5)),
    "3 sigmoid": (net(activation="sigmoid"), CROSS, X, T, nn.SGD(1.0)),
    "10 tanh": (net(10, "tanh"), CROSS, X, T, nn.SGD(0.05)),
    "10 tanh, orthogonal": (net(10, "tanh", init="orthogonal"), CROSS, X, T, nn.SGD(0.05)),
    "5 leaky ReLU, yes or no": (net(5, "leaky_relu"), BINARY, X, ONE, nn.SGD(0.05)),
    "10 SELU": (net(10, "selu"), CROSS, X, T, nn.SGD(0.01)),
    "3 GELU": (net(activation="gelu"), CROSS, X, T, nn.Adam()),
    "20 sigmoid, batch norm": (net(20, "sigmoid", norm="batch"), CROSS, X, T, nn.SGD(0.1)),
    "20 ReLU, batch norm, skip": (net(20, norm="batch", skip=True), CROSS, X, T, nn.SGD(0.1)),
    "10 tanh, skip": (net(10, "tanh", skip=True), CROSS, X, T, nn.SGD(0.05)),
    "10 ReLU, layer norm": (net(10, norm="layer"), CROSS, X, T, nn.SGD(0.05)),
    "dropout": (net(dropout=0.3), CROSS, X, T, nn.Adam()),
    "standardized": (net(), CROSS, STANDARD, T, nn.SGD(0.05)),
    "squares": (net(), SQUARES, X, ONE, nn.SGD(0.1)),
    "sigmoid outputs, squares": (ended(nn.sigmoid), SQUARES, X, ONE, nn.SGD(1.0)),
    "probabilities": (net(), CROSS, X, 0.9 * ONE + 0.01, nn.SGD(0.1)),
    "32 rows": (net(), CROSS, X[:32], T[:32], nn.SGD(0.1)),
    "xor": (plane("tanh", 1, d_out=1), BINARY, *XOR, nn.SGD(0.5)),
    "sine": (plane("tanh", d_in=1, d_out=1), SQUARES, *SINE, nn.SGD(0.05)),
    "moons": (plane("relu"), CROSS, *MOONS, nn.SGD(0.3)),
    "spirals": (plane("tanh", width=32), CROSS, *SPIRALS, nn.Adam(0.01)),
    "trained": (trained(), CROSS, X, T, nn.Adam(0.003)),
}


@pytest.mark.parametrize("done", BROKEN)
def test_each_fault_is_named_first_with_its_number(done):
    name, broken, *rest = BROKEN[done]
    long = name in ("cannot learn one batch by heart", "labels unrelated to inputs")
    first = nn.diagnose(broken, *rest, steps=300 if long else 10)[0]
    assert first.name == name and first.remedy == REMEDIES[name]
    assert first.value == np.inf or any(c.isdigit() for c in first.cause)


def test_every_fault_has_a_broken_network():
    assert {name for name, *_ in BROKEN.values()} == set(REMEDIES)


@pytest.mark.parametrize("which", HEALTHY)
def test_no_false_alarm(which):
    assert nn.diagnose(*HEALTHY[which]) == []


def test_no_false_alarm_from_other_seeds_and_rows():
    for seed in range(5):
        other = nn.mlp(64, 10, depth=5, rng=rng(seed))
        rows = rng(seed).permutation(len(DIGITS.x))[:160]
        assert nn.diagnose(other, CROSS, DIGITS.x[rows], DIGITS.t[rows], nn.SGD(0.05)) == []


def test_nothing_is_changed():
    patient, opt = net(norm="batch", dropout=0.2), nn.Adam()
    opt.step(np.zeros(3), np.ones(3))
    before, arrays = copy.deepcopy(vars(opt)), copy.deepcopy(patient)
    state = str(patient.layers[3].rng.bit_generator.state)
    said = str(nn.diagnose(patient, CROSS, X, T, opt))
    assert np.array_equal(patient.theta, arrays.theta) and not patient.grad.any()
    assert np.array_equal(patient.layers[1].running_mean, np.zeros(32))
    assert state == str(patient.layers[3].rng.bit_generator.state)
    assert repr(before) == repr(vars(opt))
    assert said == str(nn.diagnose(patient, CROSS, X, T, opt))


def test_it_reads_well():
    healthy = nn.diagnose(net(), CROSS, X, T)
    assert str(healthy) == "Nothing found." and not healthy
    said = str(nn.diagnose(net(30, "sigmoid"), CROSS, X, T, steps=10))
    assert said.startswith("1. VANISHING GRADIENTS: ‖δ‖ goes from")
    assert "layer 30" in said and "\n   Try " in said
    assert max(map(len, said.splitlines())) <= 74


def test_wrong_arguments_are_refused():
    with pytest.raises(TypeError, match="optimizer such as SGD"):
        nn.diagnose(net(), CROSS, X, T, 0.1)
    with pytest.raises(ValueError, match="steps"):
        nn.diagnose(net(), CROSS, X, T, steps=0)
    with pytest.raises(ValueError, match="64"):
        nn.diagnose(net(), CROSS, X[:, :9], T)
