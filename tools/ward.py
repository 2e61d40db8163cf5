"""A ward of networks with one fault each, and of healthy ones: what does `diagnose` make of them?

    python tools/ward.py            every network: the table, and each that is not named or not cured
    python tools/ward.py --write    the table into book/reference/ward.md, which the book quotes

Whether a network learns is measured here apart from `diagnose`, by a training run and what it gets
right. A fault counts only where it does harm: where its twin without the fault learns and it does
not. It is named if it is the first finding; it is cured if the network learns once the remedy of
the first finding is applied (by the finding itself; where it is the data that must change, by
giving it the twin's data).
"""

from __future__ import annotations

import argparse
import copy
import itertools
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

import nnbook_lib as nn

TABLE = Path(__file__).parents[1] / "book" / "reference" / "ward.md"
HEALTHY = "healthy"


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


# Data sets, each with a loss that suits it ---------------------------------------------------------


class Absolute(nn.Loss):
    """mean |y - t|: a loss that the library does not know."""

    def forward(self, y, t):
        return float(np.abs(y - t).sum() / len(y)), (y, t)

    def backward(self, saved):
        y, t = saved
        return np.sign(y - t) / len(y)


class Hinge(nn.Loss):
    """mean max(0, 1 - t y), t in {-1, 1}: another."""

    def forward(self, y, t):
        return float(np.maximum(0, 1 - t * y).sum() / len(y)), (y, t)

    def backward(self, saved):
        y, t = saved
        return np.where(t * y < 1, -t, 0.0) / len(y)


@dataclass(frozen=True)
class Setup:
    """Data with a loss, and the width and rate of SGD that suit them."""

    x: np.ndarray
    t: np.ndarray
    loss: nn.Loss
    outputs: int
    width: int = 32
    lr: float = 0.1

    def right(self, net: nn.Network, case: Case) -> float:
        """0 for a constant answer, 1 for all right: of classes, or of the targets' variance."""
        with np.errstate(all="ignore"):
            y = max(self._score(net.forward(case.x, train)[0], case.t) for train in (False, True))
        return y

    def _score(self, y: np.ndarray, t: np.ndarray) -> float:
        if not np.isfinite(y).all():
            return -1.0
        if isinstance(self.loss, nn.SquaredError | Absolute):
            return 1 - float(((y - t) ** 2).mean() / t.var())
        if isinstance(self.loss, nn.SoftmaxCrossEntropy):
            labels = t if t.ndim == 1 else t.argmax(axis=1)
            common = np.bincount(labels).max() / len(labels)
            return float((np.mean(y.argmax(axis=1) == labels) - common) / (1 - common))
        half = 0 if isinstance(self.loss, Hinge) else 0.5
        common = np.maximum((t > half).mean(axis=0), (t <= half).mean(axis=0)).mean()
        return float((np.mean((y > 0) == (t > half)) - common) / (1 - common))


def _setups() -> dict[str, Setup]:
    cross, binary, squares = nn.SoftmaxCrossEntropy(), nn.BinaryCrossEntropy(), nn.SquaredError()
    digits, d = nn.datasets.digits(), nn.datasets
    x, t = digits.x[:160], digits.t[:160]
    one = np.eye(10)[t]
    moons, labels = d.moons(160, rng=rng())
    rings, ring = d.circles(160, rng=rng())
    plane = rng().standard_normal((160, 8))
    heights = np.tanh(plane[:, :1] * plane[:, 1:2]) + 0.5 * plane[:, 2:3]
    heights = (heights - heights.mean()) / heights.std()
    waves = rng(1).uniform(-2, 2, (160, 1))
    wave = np.sin(2 * waves)
    rare = np.flatnonzero(t == 3)[:8]
    few = np.r_[np.flatnonzero(t != 3), rare]
    return {
        "digits": Setup(x, t, cross, 10),
        "digits, one-hot": Setup(x, one, cross, 10),
        "digits, probabilities": Setup(x, 0.9 * one + 0.01, cross, 10),
        "digits, yes or no each": Setup(x, one, binary, 10, lr=0.2),
        "digits, one is rare": Setup(x[few], (t[few] == 3)[:, None] * 1.0, binary, 1, lr=0.3),
        "digits, squares": Setup(x, one, squares, 10, lr=0.2),
        "digits, row by row": Setup(x.reshape(-1, 8, 8), t, cross, 10),
        "moons": Setup(moons, labels, cross, 2, 16, 0.3),
        "moons, yes or no": Setup(moons, labels[:, None] * 1.0, binary, 1, 16, 0.3),
        "moons, hinge": Setup(moons, labels[:, None] * 2.0 - 1, Hinge(), 1, 16, 0.1),
        "circles": Setup(rings, ring, cross, 2, 16, 0.3),
        "heights": Setup(plane, heights, squares, 1, 32, 0.05),
        "wave": Setup(waves, wave, squares, 1, 32, 0.1),
        "wave, absolute": Setup(waves, wave, Absolute(), 1, 32, 0.05),
    }


SETUPS = _setups()
SEQUENCES = ("digits, row by row",)
ALL = tuple(name for name in SETUPS if name not in SEQUENCES)
DIGITS = tuple(name for name in ALL if name.startswith("digits") and "rare" not in name)
CURVED = ("moons", "moons, yes or no", "moons, hinge", "circles", "wave", "wave, absolute")
CROSS = ("digits", "digits, one-hot", "digits, probabilities", "moons", "circles")
BINARY = ("digits, yes or no each", "moons, yes or no")
SQUARES = ("digits, squares", "heights", "wave")
REAL = ("heights", "wave")
OPTIMIZERS: dict[str, Callable[[float], nn.Optimizer]] = {
    "SGD": nn.SGD,
    "momentum": lambda lr: nn.Momentum(lr / 5),
    "Adam": lambda lr: nn.Adam(0.005),
    "RMSProp": lambda lr: nn.RMSProp(0.002),
}
SMOOTH = ("tanh", "gelu", "elu", "relu", "leaky_relu", "selu")


@dataclass(frozen=True)
class Case:
    """A network in training: what `diagnose` is given."""

    net: nn.Network
    x: np.ndarray
    t: np.ndarray
    opt: nn.Optimizer


@dataclass(frozen=True)
class Plan:
    """What a network of the ward is built from."""

    data: str
    depth: int
    activation: str
    optimizer: str
    seed: int

    @property
    def setup(self) -> Setup:
        return SETUPS[self.data]

    def opt(self, times: float = 1.0) -> nn.Optimizer:
        opt = OPTIMIZERS[self.optimizer](self.setup.lr / (1 if self.depth < 5 else 3))
        opt.lr *= times
        return opt

    def net(self, *end: nn.Layer, inside: tuple[nn.Layer, ...] = (), **how: Any) -> nn.Network:
        """The healthy network; layers `inside` it after the first activation, and at its end."""
        s = self.setup
        if s.x.ndim == 3:
            kinds = {"tanh": nn.RNNCell, "selu": nn.LSTMCell, "gelu": nn.GRUCell}
            cell = kinds[self.activation](s.x.shape[2], s.width, rng=rng(self.seed))
            return nn.Network(nn.Recurrent(cell), nn.Dense(s.width, 10, rng=rng(self.seed)), *end)
        how = {"depth": self.depth, "activation": self.activation, "width": s.width} | how
        net = nn.mlp(s.x.shape[1], s.outputs, rng=rng(self.seed), **how)
        layers = [*net.layers[:2], *inside, *net.layers[2:], *end]
        return nn.Network(*layers)

    def case(self, net: nn.Network | None = None, **changed: Any) -> Case:
        s = self.setup
        whole = {"net": net or self.net(), "x": s.x, "t": s.t, "opt": self.opt()}
        return Case(**(whole | changed))


# Faults: from a plan to the ill case -----------------------------------------------------------------


def lost(a: np.ndarray, plan: Plan) -> np.ndarray:
    a = a.astype(float)
    a.flat[rng(plan.seed).integers(a.size)] = (np.nan, np.inf)[plan.seed % 2]
    return a


def moved(plan: Plan) -> np.ndarray:
    x = plan.setup.x / np.maximum(plan.setup.x.std(axis=0), 1e-3)
    return x * 0.2 + 4 * (1 if plan.seed % 2 else -1)


def with_column(plan: Plan) -> np.ndarray:
    return np.c_[plan.setup.x[:, 1:], np.full(len(plan.setup.x), 1e3)]


def biased(plan: Plan, value: float) -> nn.Network:
    net = plan.net()
    for layer in net.layers[:-1]:
        if isinstance(layer, nn.Dense):
            layer.b[...] = value
    return net


def constant(plan: Plan) -> nn.Network:
    net = plan.net()
    net.theta = np.full_like(net.theta, (0.0, 0.1)[plan.seed % 2])
    return net


def nested(plan: Plan, *end: nn.Layer) -> nn.Network:
    """The end inside a Sequential, or followed by the identity, or plainly there."""
    net = plan.net()
    ways = [
        lambda: [*net.layers, *end],
        lambda: [*net.layers[:-1], nn.Sequential(net.layers[-1], *end)],
        lambda: [*net.layers, *end, nn.identity],
        lambda: [nn.Sequential(nn.Sequential(*net.layers, *end))],
    ]
    return nn.Network(*ways[plan.seed % 4]())


def affine(plan: Plan) -> nn.Network:
    return plan.net(activation="identity", depth=max(1, plan.depth), width=64)


def recurrent(plan: Plan, times: float) -> nn.Network:
    net = plan.net()
    net.layers[0].cell.U *= times
    return net


def shuffled(plan: Plan) -> np.ndarray:
    return rng(plan.seed + 1).permutation(plan.setup.t)


NORMAL = nn.initializers.normal


@dataclass(frozen=True)
class Fault:
    """ill: from a plan to a case; names: what it may be called; where: data sets, depths,
    activations and optimizers it is tried on.
    """

    ill: Callable[[Plan], Case]
    names: tuple[str, ...]
    data: tuple[str, ...] = ALL
    depths: tuple[int, ...] = (1, 2, 4)
    activations: tuple[str, ...] = SMOOTH
    optimizers: tuple[str, ...] = tuple(OPTIMIZERS)
    count: int = 12


FAULTS: dict[str, Fault] = {
    "a number lost in x": Fault(lambda p: p.case(x=lost(p.setup.x, p)), ("inputs not finite",)),
    "a number lost in t": Fault(
        lambda p: p.case(t=lost(p.setup.t, p)), ("targets not finite",), SQUARES
    ),
    "labels from 1": Fault(
        lambda p: p.case(t=p.setup.t + 1), ("labels out of range",), ("digits", "moons", "circles")
    ),
    "labels -1 and 1": Fault(
        lambda p: p.case(t=2 * p.setup.t - 1), ("labels out of range",), BINARY
    ),
    "sorted data": Fault(
        lambda p: p.case(x=p.setup.x[p.setup.t == 1], t=p.setup.t[p.setup.t == 1]),
        ("one class only",),
        ("digits", "moons", "circles"),
    ),
    "batch norm, one row": Fault(
        lambda p: p.case(p.net(norm="batch"), x=p.setup.x[:1], t=p.setup.t[:1]), ("batch of one",)
    ),
    "inputs times 255": Fault(
        lambda p: p.case(x=p.setup.x * 255), ("unscaled inputs",), optimizers=("SGD", "momentum")
    ),
    "inputs by 1000": Fault(lambda p: p.case(x=p.setup.x / 1000), ("unscaled inputs",)),
    "inputs far from 0": Fault(
        lambda p: p.case(x=moved(p)),
        ("inputs off center", "unscaled inputs"),
        optimizers=("SGD", "momentum"),
    ),
    "a column of 1000": Fault(
        lambda p: p.case(x=with_column(p)),
        ("unscaled inputs",),
        DIGITS + ("heights",),
        optimizers=("SGD", "momentum"),
    ),
    "targets times 10,000": Fault(
        lambda p: p.case(t=p.setup.t * 1e4), ("unscaled targets",), SQUARES
    ),
    "targets far from 0": Fault(
        lambda p: p.case(t=2.5 + 0.02 * p.setup.t), ("targets off center",), REAL
    ),
    "softmax twice": Fault(lambda p: p.case(nested(p, nn.softmax)), ("softmax twice",), CROSS),
    "a sigmoid before its loss": Fault(
        lambda p: p.case(nested(p, nn.sigmoid)), ("squashed outputs",), BINARY
    ),
    "tanh before the loss": Fault(
        lambda p: p.case(nested(p, nn.tanh)), ("squashed outputs",), CROSS
    ),
    "targets beyond tanh": Fault(
        lambda p: p.case(nested(p, nn.tanh), t=4 * p.setup.t), ("squashed outputs",), REAL
    ),
    "ReLU on the logits": Fault(
        lambda p: p.case(nested(p, nn.relu)),
        ("activation at the end", "squashed outputs"),
        CROSS + BINARY,
    ),
    "ReLU on targets below 0": Fault(
        lambda p: p.case(nested(p, nn.relu)), ("squashed outputs",), REAL
    ),
    "softmax of one output": Fault(
        lambda p: p.case(nested(p, nn.softmax)),
        ("softmax of one output",),
        ("heights", "wave", "moons, yes or no"),
    ),
    "softmax inside": Fault(
        lambda p: p.case(p.net(inside=(nn.softmax, *(() if p.seed % 2 else (nn.softmax,))))),
        ("softmax inside",),
        optimizers=("SGD", "momentum"),
    ),
    "no activation": Fault(lambda p: p.case(affine(p)), ("no activation",), CURVED),
    "dropout 0.9": Fault(
        lambda p: p.case(p.net(dropout=(0.9, 0.95)[p.seed % 2])),
        ("dropout too high",),
        depths=(2, 4),
    ),
    "all weights alike": Fault(lambda p: p.case(constant(p)), ("symmetric units",)),
    "biases of -10": Fault(
        lambda p: p.case(biased(p, -10.0)), ("dead units",), DIGITS, activations=("relu",)
    ),
    "a step function": Fault(
        lambda p: p.case(p.net(activation="step")), ("dead units",), depths=(2, 3, 4)
    ),
    "biases of 12": Fault(
        lambda p: p.case(biased(p, 12.0)), ("saturated units",), activations=("sigmoid", "tanh")
    ),
    "tanh, large weights": Fault(
        lambda p: p.case(p.net(init=NORMAL(3.0))),
        ("saturated units",),
        DIGITS,
        depths=(3, 5),
        activations=("tanh",),
        optimizers=("SGD",),
    ),
    "tiny weights": Fault(
        lambda p: p.case(p.net(init=NORMAL(0.002))),
        ("weights too small",),
        depths=(1, 2, 4),
        activations=("tanh", "relu", "sigmoid"),
        optimizers=("SGD", "momentum"),
    ),
    "30 sigmoids": Fault(
        lambda p: p.case(p.net(depth=30)),
        ("vanishing gradients",),
        DIGITS,
        activations=("sigmoid",),
        optimizers=("SGD", "Adam", "RMSProp"),
    ),
    "30 layers, small weights": Fault(
        lambda p: p.case(p.net(depth=30, init=NORMAL(0.08))),
        ("vanishing gradients",),
        DIGITS,
        activations=("relu", "tanh"),
        optimizers=("SGD", "Adam", "RMSProp"),
    ),
    "30 layers, large weights": Fault(
        lambda p: p.case(p.net(depth=30, init=NORMAL(0.8))),
        ("exploding gradients",),
        DIGITS,
        activations=("relu", "leaky_relu"),
        optimizers=("SGD", "Adam", "RMSProp"),
    ),
    "30 layers, weights of 1e12": Fault(
        lambda p: p.case(p.net(depth=30, init=NORMAL(1e12))),
        ("overflow",),
        DIGITS,
        activations=("relu", "leaky_relu"),
        optimizers=("SGD", "Adam"),
        count=6,
    ),
    "12 blocks without a norm": Fault(
        lambda p: p.case(p.net(depth=12, skip=True)),
        ("loss too high at the start",),
        DIGITS,
        activations=("relu",),
        optimizers=("SGD", "momentum"),
    ),
    "rate times 1000": Fault(
        lambda p: p.case(opt=p.opt(1000.0)),
        ("learning rate too large",),
    ),
    "rate by 10,000": Fault(lambda p: p.case(opt=p.opt(1e-4)), ("learning rate too small",)),
    "width 1": Fault(
        lambda p: p.case(p.net(width=1)),
        ("cannot learn one batch by heart",),
        DIGITS,
        activations=("tanh", "gelu"),
    ),
    "a recurrent net, U times 50": Fault(
        lambda p: p.case(recurrent(p, 50.0)),
        ("exploding gradients", "saturated units", "vanishing gradients"),
        SEQUENCES,
        activations=("tanh",),
        optimizers=("SGD",),
        count=6,
    ),
    "a recurrent net, rate times 1000": Fault(
        lambda p: p.case(opt=p.opt(1000.0)),
        ("learning rate too large",),
        SEQUENCES,
        activations=("tanh", "gelu", "selu"),
        count=6,
    ),
    "a recurrent net, softmax twice": Fault(
        lambda p: p.case(nested(p, nn.softmax)),
        ("softmax twice",),
        SEQUENCES,
        activations=("tanh", "gelu", "selu"),
        count=6,
    ),
    "labels shuffled": Fault(
        lambda p: p.case(t=shuffled(p)), ("labels unrelated to inputs",), ALL, depths=(1, 2)
    ),
}


def spread(name: str, count: int, *choices: tuple) -> Iterator[tuple]:
    """`count` combinations in which each value of each choice comes up about equally often."""
    draw = rng(zlib.crc32(name.encode()))
    columns = []
    for values in choices:
        rounds = -(-count // len(values))
        columns.append([values[i] for _ in range(rounds) for i in draw.permutation(len(values))])
    return itertools.islice(zip(*columns, strict=False), count)


# The healthy -----------------------------------------------------------------------------------------


class Embedding(nn.Layer):
    """A row of a table for each whole number: a layer of the reader's own."""

    params = ("E",)

    def __init__(self, many: int, d: int, *, rng: np.random.Generator):
        self.start(E=rng.standard_normal((many, d)))

    def forward(self, x, train=False):
        return self.E[x].reshape(len(x), -1), x

    def backward(self, dy, x):
        np.add.at(self.dE, x, dy.reshape(*x.shape, -1))
        return None


def _healthy() -> Iterator[tuple[str, Setup, Callable[[], Case]]]:
    plain = spread("plain", 80, ALL, (1, 2, 4, 8), SMOOTH, tuple(OPTIMIZERS))
    plans = [(Plan(*row, seed), {}) for seed, row in enumerate(plain)]
    sigmoid = spread("sigmoid", 12, DIGITS, (1, 2), ("sigmoid",), ("Adam", "RMSProp"))
    plans += [(Plan(*row, seed), {}) for seed, row in enumerate(sigmoid)]
    helped = (
        {"norm": "batch"},
        {"norm": "layer"},
        {"norm": "batch", "skip": True},
        {"dropout": 0.2},
    )
    for i, how in enumerate(helped):
        rows = spread(f"helped {i}", 8, DIGITS, (2, 6, 12) if "norm" in how else (2, 3), SMOOTH,
                      tuple(OPTIMIZERS))  # fmt: skip
        plans += [(Plan(*row, seed), how) for seed, row in enumerate(rows)]
    cells = spread(
        "cells", 9, SEQUENCES, (1,), ("tanh", "gelu", "selu"), ("Adam", "SGD", "RMSProp")
    )
    plans += [(Plan(*row, seed), {}) for seed, row in enumerate(cells)]
    for plan, how in plans:
        about = f"{plan.data}, {plan.depth} {plan.activation}, {plan.optimizer}"
        about += "".join(f", {name} {value}" for name, value in how.items())
        yield about, plan.setup, lambda plan=plan, how=how: plan.case(plan.net(**how))
    letters = rng().integers(0, 27, (160, 2))
    names = Setup(letters, letters[:, 0] % 2, nn.SoftmaxCrossEntropy(), 2)
    for seed in range(4):
        yield f"letters as indices, {seed}", names, lambda seed=seed: Case(
            nn.Network(Embedding(27, 8, rng=rng(seed)), *nn.mlp(16, 2, width=64, rng=rng(seed)).layers),
            names.x, names.t, nn.Adam(0.01),
        )  # fmt: skip
    xor = nn.datasets.xor()
    corners = Setup(*xor, nn.BinaryCrossEntropy(), 1)
    for seed in range(4):
        yield (
            f"XOR, {seed}",
            corners,
            lambda seed=seed: Case(
                nn.mlp(2, 1, width=8, activation="tanh", rng=rng(seed)), *xor, nn.SGD(0.5)
            ),
        )


# What comes of it ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """Of one network: whether it learns, and its twin; what is found; whether the remedy cures."""

    fault: str
    about: str
    learns: bool
    twin_learns: bool
    found: tuple[str, ...]
    named: bool
    cured: bool
    seconds: float


STEPS, RIGHT = 800, 0.5  # how long a network is trained, and what it must then get right


def learns(case: Case, setup: Setup) -> bool:
    """Whether training gets it half of the way from a constant answer to all right."""
    net, opt = copy.deepcopy(case.net), copy.deepcopy(case.opt)
    steps = STEPS * 10 if len(case.x) < 8 else STEPS
    with np.errstate(all="ignore"):
        try:
            for _ in range(steps):
                nn.loss_and_grad(net, setup.loss, case.x, case.t)
                opt.step(net.theta, net.grad)
        except (nn.NotFinite, ValueError):
            return False
        return setup.right(net, case) >= RIGHT


def examined(fault: str, number: int) -> Outcome:
    """Build a network of the ward, look at it, treat it."""
    if fault == HEALTHY:
        about, setup, make = list(_healthy())[number]
        ill = twin = make()
        names = ()
    else:
        of = FAULTS[fault]
        row = list(spread(fault, of.count, of.data, of.depths, of.activations, of.optimizers))[
            number
        ]
        plan = Plan(*row, number)
        about = f"{plan.data}, {plan.depth} {plan.activation}, {plan.optimizer}, seed {number}"
        setup, names = plan.setup, of.names
        ill, twin = of.ill(plan), plan.case()
    start = time.perf_counter()
    found = nn.diagnose(ill.net, setup.loss, ill.x, ill.t, ill.opt)
    seconds = time.perf_counter() - start
    cured = False
    if found:
        treated = found[0].treat(ill.net, setup.loss, ill.x, ill.t, ill.opt)
        if treated is None:  # the data must change: as the finding says, to the twin's
            cured = found[0].name in names and learns(replace(ill, x=twin.x, t=twin.t), setup)
        else:
            net, _, x, t, opt = treated
            cured = learns(Case(net, x, t, opt), setup)
    first = found[0].name if found else ""
    return Outcome(
        fault, about, learns(ill, setup), learns(twin, setup),
        tuple(f.name for f in found), first in names if names else not found, cured, seconds,
    )  # fmt: skip


def everybody() -> list[tuple[str, int]]:
    """(fault, number) of every network of the ward, the healthy first."""
    healthy = [(HEALTHY, i) for i in range(len(list(_healthy())))]
    return healthy + [(name, i) for name, of in FAULTS.items() for i in range(of.count)]


def counts(o: Outcome) -> bool:
    """Whether an outcome tells something: not where the twin is ill too, or the fault does no harm."""
    return o.twin_learns and (o.fault == HEALTHY or not o.learns or bool(o.found))


def table(outcomes: list[Outcome]) -> str:
    """The table: fault, networks, named, cured."""
    lines = [
        "| what was done | networks | first finding names it | its remedy cures |",
        "|---|---|---|---|",
    ]
    for fault in [HEALTHY, *FAULTS]:
        these = [o for o in outcomes if o.fault == fault and counts(o)]
        if not these:
            continue
        named = f"{sum(o.named for o in these)}"
        cured = "" if fault == HEALTHY else f"{sum(o.cured for o in these)}"
        if fault == HEALTHY:
            named += " without a finding"
        lines.append(f"| {fault} | {len(these)} | {named} | {cured} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    who = [(f, i) for f, i in everybody() if args.only in f]
    with ProcessPoolExecutor(2) as pool:
        outcomes = list(pool.map(examined, *zip(*who, strict=True), chunksize=4))
    print(table(outcomes))
    for o in outcomes:
        if (
            not o.named
            or (o.fault != HEALTHY and not o.cured)
            or not o.twin_learns
            or (o.learns and o.fault != HEALTHY)
        ):
            what = "named" if o.named else "NOT NAMED"
            what += ", cured" if o.cured else ", NOT CURED"
            harm = "learns all the same" if o.learns else "does not learn"
            print(
                f"{o.fault} [{o.about}]: {harm}{'' if o.twin_learns else ', NOR DOES ITS TWIN'}; {what}: {o.found}"
            )
    ill = [o for o in outcomes if o.fault != HEALTHY]
    print(
        len(outcomes),
        "networks;",
        "named",
        np.mean([o.named for o in ill]) if ill else "",
        "cured",
        np.mean([o.cured for o in ill]) if ill else "",
        "silent on ill",
        sum(not o.found for o in ill if not o.learns),
        "seconds",
        round(sum(o.seconds for o in outcomes)),
    )


if __name__ == "__main__":
    main()
