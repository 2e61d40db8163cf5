"""diagnose: networks broken on purpose are named and cured, healthy ones give no alarm.

The networks here are the plain ones and those of public questions. tools/ward builds several hundred
more; the last tests take a sample of it.
"""

import copy
import re
import sys
from pathlib import Path

import numpy as np
import pytest

import nnbook_lib as nn
from nnbook_lib.inspection.remedies import REMEDIES

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))
from ward.faults import FAULTS  # noqa: E402
from ward.outcomes import complaint, everybody, examined  # noqa: E402

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


class Idle(nn.Optimizer):
    """A reader's optimizer that moves nothing."""

    def update(self, theta, grad, lr):
        pass


class Absolute(nn.Loss):
    """mean |y - t|, a loss that the library does not know."""

    def forward(self, y, t):
        return float(np.abs(y - t).mean()), (y, t)

    def backward(self, saved):
        y, t = saved
        return np.sign(y - t) / y.size


class Embedding(nn.Layer):
    """A row of a table for each whole number: a layer of the reader's own."""

    params = ("E",)

    def __init__(self, many, d):
        self.start(E=rng().standard_normal((many, d)))

    def forward(self, x, train=False):
        return self.E[x].reshape(len(x), -1), x

    def backward(self, dy, x):
        np.add.at(self.dE, x, dy.reshape(*x.shape, -1))
        return np.zeros(x.shape)


def two(scale):
    """Five sigmoid units for XOR, weights of this size."""
    init = nn.initializers.normal(scale)
    return nn.Network(nn.Dense(2, 5, init=init, rng=rng()), nn.sigmoid,
                      nn.Dense(5, 1, init=init, rng=rng(1)))  # fmt: skip


def plane(activation, depth=2, d_in=2, d_out=2, width=16, **how):
    return nn.mlp(d_in, d_out, depth=depth, width=width, activation=activation, rng=rng(), **how)


XOR = nn.datasets.xor()
SINE = nn.datasets.sine(rng=rng())
MOONS = nn.datasets.moons(200, rng=rng())
CIRCLES = nn.datasets.circles(rng=rng())
SPIRALS = nn.datasets.spirals(300, rng=rng())
PLANE = rng().standard_normal((200, 8))
FAR = 2.5 + 0.05 * np.tanh(PLANE[:, :1])
RAW = PLANE[:, :5] * [1, 10, 100, 1000, 1]
PRICES = 3 * RAW @ rng(1).standard_normal((5, 1)) + 100
EVENTS = np.r_[np.flatnonzero(MOONS[1] == 0), np.flatnonzero(MOONS[1] == 1)[:3]]
RARE = MOONS[0][EVENTS], MOONS[1][EVENTS]
LETTERS = rng().integers(0, 27, (200, 3))
LOST = np.where(SINE[1] == SINE[1][3], np.nan, SINE[1])
NAN = np.where(X == X[0, 20], np.nan, X)
STRONG = nn.initializers.normal(0.8)
BROKEN = {  # what was done: (the name of the first finding, net, loss, x, t, optimizer)
    "a pixel lost": ("inputs not finite", net(), CROSS, NAN, T, None),
    "labels from 1": ("labels out of range", net(), CROSS, X, T + 1, None),
    "labels -1 and 1": ("labels out of range", net(), BINARY, X, 2 * ONE - 1, None),
    "sorted data": ("one class only", net(), CROSS, X[T == 3], T[T == 3], None),
    "pixels 0 to 255": ("unscaled inputs", net(), CROSS, 255 * X, T, nn.SGD(0.1)),
    "pixels / 1000": ("unscaled inputs", net(), CROSS, X / 1000, T, nn.SGD(0.1)),
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
    "large tanh weights": ("saturated units", net(5, "tanh", init=nn.initializers.normal(3)), CROSS,
                           X, T, nn.SGD(0.1)),
    "30 sigmoids": ("vanishing gradients", net(30, "sigmoid"), CROSS, X, T, nn.SGD(0.1)),
    "30 ReLUs, Xavier / 2": ("vanishing gradients", net(30, init=nn.initializers.normal(0.1)),
                             CROSS, X, T, None),
    "40 steps back": ("vanishing gradients", recurrent(0.5), SQUARES,
                      *nn.datasets.adding_problem(64, 40, rng=rng()), nn.SGD(0.01)),
    "30 ReLUs, large": ("exploding gradients", net(30, init=STRONG), CROSS, X, T, nn.SGD(0.1)),
    "overflow": ("overflow", net(250, init=nn.initializers.normal(9.0)), CROSS, X, T, None),
    "residual without norm": ("loss too high at the start", net(12, skip=True), CROSS, X, T,
                              nn.SGD(0.1)),
    "100 times too large": ("learning rate too large", net(), CROSS, X, T, nn.SGD(10.0)),
    "Adam too large": ("learning rate too large", net(), CROSS, X, T, nn.Adam(0.3)),
    "100 times too small": ("learning rate too small", net(), CROSS, X, T, nn.SGD(0.001)),
    "Adam too small": ("learning rate too small", net(), CROSS, X, T, nn.Adam(1e-6)),
    "width 1": ("cannot learn one batch by heart", net(width=1, activation="tanh"), CROSS, X, T,
                None),
    "a target lost": ("targets not finite", plane("relu", d_in=1, d_out=1), SQUARES, SINE[0], LOST,
                      None),
    "far from 0": ("inputs off center", plane("tanh", d_out=2), CROSS, 0.2 * MOONS[0] + 4, MOONS[1],
                   nn.SGD(0.3)),
    "targets far from 0": ("targets off center", plane("relu", 2, 8, 1, 32), SQUARES, PLANE, FAR, None),
    "unscaled on both sides": ("unscaled inputs", plane("relu", 2, 5, 1), SQUARES, RAW, PRICES,
                               nn.SGD(0.1)),
    "raw targets": ("unscaled targets", plane("relu", 2, 5, 1), SQUARES, RAW / RAW.std(axis=0), PRICES,
                    nn.SGD(0.1)),
    "tiny weights": ("weights too small", two(0.01), BINARY, *XOR, nn.SGD(0.1)),
    "no activation": ("no activation", plane("identity", 1, width=512), CROSS, *CIRCLES, None),
    "a softmax in a block": ("softmax twice", nn.Network(nn.Sequential(*ended(nn.softmax).layers)),
                             CROSS, X, T, None),
    "a softmax, passed on": ("softmax twice", ended(nn.softmax, nn.identity), CROSS, X, T, None),
    "a softmax inside": ("softmax inside", nn.Network(nn.Dense(64, 32, rng=rng()), nn.softmax,
                         nn.Dense(32, 32, rng=rng()), nn.softmax, nn.Dense(32, 10, rng=rng())), CROSS,
                         X, T, nn.SGD(0.1)),
    "a softmax of one": ("softmax of one output", nn.Network(nn.Dense(64, 1, rng=rng()), nn.softmax),
                         SQUARES, X, (T > 4)[:, None] * 1.0, None),
    "ReLU on the logits": ("activation at the end", ended(nn.relu), CROSS, X, T, None),
    "keep 10 %": ("dropout too high", net(dropout=0.9), CROSS, X, T, None),
    "one row": ("batch of one", net(norm="batch"), CROSS, X[:1], T[:1], None),
    "an idle optimizer": ("no progress", net(), CROSS, X, T, Idle(0.1)),
    "everything explodes": ("learning rate too large", plane("relu", 2, 8, 1), SQUARES, PLANE,
                            PLANE[:, :1], nn.SGD(100.0)),
    "one-hot shuffled": ("labels unrelated to inputs", net(), CROSS, X, rng().permutation(ONE), None),
    "yes or no shuffled": ("labels unrelated to inputs", net(), BINARY, X, rng().permutation(ONE), None),
    "squares shuffled": ("labels unrelated to inputs", net(), SQUARES, X, rng().permutation(ONE), None),
    "shuffled labels": ("labels unrelated to inputs", net(), CROSS, X, rng().permutation(T),
                        nn.SGD(0.1)),
}  # fmt: skip

STANDARD = (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-2)


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
    "xor, five sigmoids": (two(1.0), BINARY, *XOR, nn.SGD(0.1)),
    "a loss of one's own": (plane("tanh", 2, 1, 1), Absolute(), *SINE, nn.Adam(0.01)),
    "letters as indices": (
        nn.Network(
            Embedding(27, 8), nn.Dense(24, 32, rng=rng()), nn.tanh, nn.Dense(32, 27, rng=rng())
        ),
        CROSS,
        LETTERS,
        LETTERS[:, 2],
        None,
    ),
    "a rare class": (plane("tanh"), CROSS, *RARE, nn.SGD(1.0)),
    "no optimizer": (net(1, "sigmoid"), CROSS, X, T, None),
}


@pytest.mark.parametrize("done", BROKEN)
def test_each_fault_is_named_first_with_its_number(done):
    name, broken, *rest = BROKEN[done]
    first = nn.diagnose(broken, *rest)[0]
    assert first.name == name
    assert any(first.remedy.startswith(words) for words, _ in REMEDIES[name])
    assert first.value == np.inf or any(c.isdigit() for c in first.cause)


def test_every_fault_has_a_broken_network():
    rare = nn.diagnose(plane("tanh"), CROSS, *RARE, nn.SGD(0.003))
    assert [f.name for f in rare] == ["learning rate too small", "one class dominates"]
    balanced = nn.SoftmaxCrossEntropy(weight=nn.class_weight("balanced", RARE[1]))
    rare_no_more = nn.diagnose(plane("tanh"), balanced, *RARE, nn.SGD(0.003))
    assert [f.name for f in rare_no_more] == ["learning rate too small"]
    named = {name for name, *_ in BROKEN.values()} | {f.name for f in rare}
    assert named == set(REMEDIES)


def test_what_no_network_could_learn_is_no_illness():
    """A straight line through noisy points, a rate of answers that is right at most: both are well."""
    noisy = PLANE[:, :1] + 1.5 * rng(1).standard_normal((200, 1))
    coins = (PLANE[:, :1] + 1.5 * rng(2).standard_normal((200, 1)) > 0) * 1.0
    for opt in nn.SGD(0.1), nn.Adam(0.03):
        assert nn.diagnose(nn.mlp(8, 1, depth=0, rng=rng()), SQUARES, PLANE, noisy, opt) == []
        assert nn.diagnose(nn.mlp(8, 1, depth=0, rng=rng()), BINARY, PLANE, coins, opt) == []


def test_what_people_bring_is_examined():
    """Yes and no as bool, a schedule that ends, a block of one's own, one row, no weights."""

    class Block(nn.Residual):
        def __init__(self, d):
            super().__init__(nn.Dense(d, d, rng=rng()), nn.relu)

    yes = PLANE[:, :1] > 0
    assert nn.diagnose(plane("relu", 1, 8, 1), BINARY, PLANE, yes, nn.Adam(0.01)) == []
    short = nn.SGD(nn.optimizers.cosine(0.2, 50))
    nn.diagnose(net(), CROSS, X, T, short)
    mine = nn.Network(nn.Dense(64, 10, rng=rng()), Block(10), nn.softmax)
    assert nn.diagnose(mine, CROSS, X, T, nn.SGD(0.1))[0].name == "softmax twice"
    assert nn.diagnose(plane("relu", 1, 8, 1), SQUARES, PLANE[:1], FAR[:1], nn.SGD(0.05)) == []
    nn.diagnose(nn.Network(nn.BatchNorm(8)), SQUARES, PLANE, PLANE)
    with pytest.raises(ValueError, match="no parameters"):
        nn.diagnose(nn.Network(nn.relu), SQUARES, PLANE, PLANE)


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
    assert str(healthy) == repr(healthy) == "Nothing found." and not healthy
    said = str(nn.diagnose(net(30, "sigmoid"), CROSS, X, T))
    assert said.startswith("1. VANISHING GRADIENTS: ‖δ‖ goes from")
    assert "layer 30" in said and "\n   Try " in said and "Tried on a copy: it" in said
    assert max(map(len, said.splitlines())) <= 74


def test_what_a_terminal_cannot_write_is_replaced(monkeypatch):
    class Old:
        encoding = "cp1252"

    found = nn.diagnose(net(30, "sigmoid"), CROSS, X, T)
    monkeypatch.setattr(sys, "stdout", Old())
    str(found).encode("cp1252")


def test_a_remedy_is_applied_to_copies():
    ill, opt = net(), nn.SGD(0.1)
    before = ill.theta.copy()
    found = nn.diagnose(ill, CROSS, 255 * X, T, opt)[0]
    assert found.name == "unscaled inputs" and found.cured
    _, loss, x, _, same = found.treat(ill, CROSS, 255 * X, T, opt)
    assert np.array_equal(ill.theta, before) and (loss, same.lr) == (CROSS, 0.1)
    assert abs(x.std(axis=0)[x.any(axis=0)] - 1).max() < 1e-9, (
        "constant columns stay 0, without NaN"
    )


def test_a_cured_network_is_healthy():
    for done in (
        "pixels 0 to 255",
        "biases of -10",
        "softmax twice",
        "30 sigmoids",
        "Adam too large",
    ):
        _, ill, loss, x, t, opt = BROKEN[done]
        first = nn.diagnose(ill, loss, x, t, opt)[0]
        assert first.cured and nn.diagnose(*first.treat(ill, loss, x, t, opt)) == [], done


def test_wrong_arguments_are_refused():
    with pytest.raises(TypeError, match="optimizer such as SGD"):
        nn.diagnose(net(), CROSS, X, T, 0.1)
    with pytest.raises(ValueError, match="steps"):
        nn.diagnose(net(), CROSS, X, T, steps=0)
    with pytest.raises(ValueError, match="64"):
        nn.diagnose(net(), CROSS, X[:, :9], T)


# The ward ------------------------------------------------------------------------------------

SAMPLE = everybody()[::6]


@pytest.mark.parametrize("part", range(8))
def test_the_ward(part):
    """No healthy network is accused, no ill one passed over; nearly all are named and cured.

    `make ward` examines all of it, and has the rest of what is asked: 95 % of each.
    """
    said = {
        f"{o.fault}, {o.about}": complaint(o) for o in (examined(*who) for who in SAMPLE[part::8])
    }
    wrong = {about: text for about, text in said.items() if text}
    assert not [text for text in wrong.values() if text.startswith(("accused", "ill,"))], wrong
    assert len(wrong) <= 0.1 * len(said), wrong


def test_the_books_page_has_the_ward():
    page = (ROOT / "book" / "reference" / "ward.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+) \| (\d+) \| (\d+) \| (\d+) \|$", page, re.M)
    assert [fault for fault, *_ in rows] == [
        f for f in FAULTS if f in dict.fromkeys(r[0] for r in rows)
    ]
    assert len(rows) >= 0.8 * len(FAULTS)
    counts = np.array([[int(n) for n in numbers] for _, *numbers in rows]).sum(axis=0)
    total = re.search(r"\*\*all\*\* \| \*\*(\d+)\*\* \| \*\*(\d+)\*\* \| \*\*(\d+)\*\*", page)
    assert counts.tolist() == [int(n) for n in total.groups()]
    networks, named, cured = counts
    assert named >= 0.95 * networks and cured >= 0.95 * networks
    healthy, accused = map(int, re.search(r"Of (\d+) healthy ones (\d+) were", page).groups())
    assert accused == 0 and networks + healthy >= 400
    assert f"{networks} are ill, and 0 of them were passed over in silence" in page
    chapter = (ROOT / "book" / "06_practice.ipynb").read_text(encoding="utf-8")
    assert all(re.search(rf"\b{n}\b", chapter) for n in (networks, named, cured, healthy))
