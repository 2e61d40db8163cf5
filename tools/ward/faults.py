"""What may be done to a network: from a plan to the ill case, and the names that a finding may have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import nnbook_lib as nn

from .plans import (
    ALL,
    BINARY,
    CROSS,
    CURVED,
    DIGITS,
    OPTIMIZERS,
    REAL,
    SEQUENCES,
    SMOOTH,
    SQUARES,
    Case,
    Plan,
    rng,
)


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
        (*DIGITS, "heights"),
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
