"""What can be set in the twin laboratory: each control with the values it has.

`CONTROLS` is the one description of it, in the order of the form. A value's `key` is how an address
and the page write it, its label how a reader sees it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..activations import ACTIVATIONS
from ..initializers import INITIALIZERS, normal
from ..optimizers import OPTIMIZERS
from ..palette import NAMES

SMALL, LARGE = normal(0.01), normal(1.0)
DRAWN = INITIALIZERS | {"small": SMALL, "large": LARGE}  # by the names of the control


@dataclass(frozen=True)
class Control:
    """A control: `values`, and for each a key and a label; `default` is one of them. `shared`: both
    networks have the same value; else each has its own.
    """

    name: str
    label: str
    values: tuple[Any, ...]
    labels: tuple[str, ...]
    default: Any
    shared: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The values as an address writes them: "0.1", "batch", "on"."""
        return tuple(_key(value) for value in self.values)

    def key(self, value: Any) -> str:
        """How an address writes a value."""
        return self.keys[self.place(value)]

    def place(self, value: Any) -> int:
        """The place of a value, or of a key, among the values; ValueError if it is not there."""
        value = value.item() if isinstance(value, np.generic) else value
        for i, (known, key) in enumerate(zip(self.values, self.keys, strict=True)):
            if (type(value) is str and value == key) or _same(known, value):
                return i
        raise ValueError(
            f"twins: {self.name} must be one of {', '.join(self.keys)}; got {value!r}."
        )

    def value(self, given: Any) -> Any:
        """The value that is given, as itself or as its key."""
        return self.values[self.place(given)]

    def label_of(self, value: Any) -> str:
        """How a reader sees a value."""
        return self.labels[self.place(value)]


def _same(known: Any, value: Any) -> bool:
    boolean = isinstance(known, bool) == isinstance(value, bool)  # True is not 1 here
    return boolean and type(value) in (type(known), int, float, str) and known == value


def _key(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, float) else str(value).replace(" ", "-")


def _control(name, label, values, default, labels=None, shared=False) -> Control:
    labels = tuple(labels or (NAMES[v] if isinstance(v, str) else f"{v:g}" for v in values))
    return Control(name, label, tuple(values), labels, default, shared)


RATES = (
    *(1e-5, 1e-4, 3e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3),
    *(1.0, 3.0, 10.0, 30.0, 100.0, 1000.0),
)

CONTROLS: tuple[Control, ...] = (
    _control(
        "data",
        "data",
        ("xor", "moons", "circles", "spirals", "digits"),
        "moons",
        ("XOR", "two moons", "circles", "spirals", "digits"),
        shared=True,
    ),
    _control("noise", "noise", (0.0, 0.05, 0.1, 0.2, 0.3, 0.5), 0.1, shared=True),
    _control("depth", "hidden layers", range(1, 31), 4),
    _control("width", "units in each", (2, 3, 4, 8, 16, 32, 64), 16),
    _control("activation", "activation", tuple(ACTIVATIONS), "tanh"),
    _control(
        "init",
        "initialization",
        ("suited", *DRAWN),
        "suited",
        (
            *("suited", "all zero", "Xavier", "Xavier, uniform", "before 2010"),
            *("He", "LeCun", "orthogonal", "spread 0.01", "spread 1"),
        ),
    ),
    _control("norm", "normalization", (None, "batch", "layer"), None, ("none", "batch", "layer")),
    _control("skip", "skip connections", (False, True), False, ("off", "on")),
    _control("dropout", "dropout", (0.0, 0.1, 0.2, 0.5, 0.8), 0.0),
    _control(
        "optimizer",
        "optimizer",
        tuple(OPTIMIZERS),
        "sgd",
        ("SGD", "Momentum", "Nesterov", "RMSProp", "Adam", "AdamW"),
    ),
    _control("lr", "learning rate", RATES, 0.1),
    _control(
        "schedule",
        "schedule",
        ("constant", "steps", "cosine", "warm-up"),
        "constant",
        ("constant", "steps of 300", "cosine", "warm-up"),
    ),
    _control("batch", "batch", (1, 4, 16, 32, 64, None), 32, ("1", "4", "16", "32", "64", "all")),
    _control(
        "clip", "gradient's norm at most", (None, 0.1, 1.0, 5.0), None, ("any", "0.1", "1", "5")
    ),
    _control(
        "inputs",
        "inputs",
        ("plain", "times 100", "off center", "stretched", "standardized"),
        "plain",
        (*("plain", "times 100", "plus 10", "stretched", "standardized"),),
    ),
    _control(
        "shuffled",
        "labels shuffled",
        (0.0, 0.1, 0.5, 1.0),
        0.0,
        ("none", "a tenth", "half of them", "all"),
    ),
    _control("seed", "seed", range(10), 0),
)
BY_NAME = {control.name: control for control in CONTROLS}
SHARED = tuple(control.name for control in CONTROLS if control.shared)
OWN = tuple(control.name for control in CONTROLS if not control.shared)
