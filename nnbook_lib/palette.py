"""The colors of things and their written names, for those of the library and for a reader's own."""

from __future__ import annotations

from typing import Any
from zlib import crc32

GRAY, PALE = "#808080", "#f4f2f0"
# Colors of names that the book does not know: at least 3:1 on a white and on a dark page, as far
# as can be from those it does know and from each other, the farthest first.
# fmt: off
SPARE = (
    "#005aff", "#ff4b78", "#c378b4", "#c35aff", "#0f96d2", "#a54b3c", "#007869", "#6969b4",
    "#ff3cb4", "#b400ff", "#a55ab4", "#4b78ff",
)
# fmt: on


def _word(name: Any) -> Any:
    """The name of an activation that is given itself."""
    return getattr(name, "name", name)


class Colors(dict):
    """{name: color}. A name that is not in it gets a spare color at its first look-up, and keeps it.

    Which one follows from the name, unless another name has that already; only when all are given
    away do two names share one. An Activation counts as its name.
    """

    def __init__(self, known: dict[str, str]):
        super().__init__(known)
        self._given: dict[Any, str] = {}

    def __missing__(self, name: Any) -> str:
        word = _word(name)
        if word in self:
            return self[word]
        if word not in self._given:
            at = crc32(str(word).encode()) % len(SPARE)
            turned = SPARE[at:] + SPARE[:at]
            taken = {*self.values(), *self._given.values()}
            self._given[word] = next((c for c in turned if c not in taken), turned[0])
        return self._given[word]


class Names(dict):
    """{name: as it is written}. A name that is not in it is written as it is."""

    def __missing__(self, name: Any) -> str:
        word = _word(name)
        return self[word] if word in self else str(word)


# fmt: off
COLORS = Colors({
    "forward": "#0072b2", "backward": "#d55e00", "class 0": "#7b3fa0", "class 1": "#2b8a3e",
    # activations
    "identity": GRAY, "step": "#5f7382", "sigmoid": "#8a3fe0", "tanh": "#0a9f8c",
    "relu": "#cc1f58", "leaky_relu": "#c9745f", "elu": "#8481e0", "selu": "#d42bc0",
    "softplus": "#8a6d1f", "gelu": "#5f9c2b",
    # remedies, beside a plain net
    "plain": GRAY, "init": "#a87900", "norm": "#3d8f3d", "skip": "#7c55d6", "gates": "#b43c24",
    # the two of the twin laboratory; B's lines are dashed, too
    "twin A": "#0090fc", "twin B": "#e40024",
})
# fmt: on
NAMES = Names(
    {"relu": "ReLU", "leaky_relu": "Leaky ReLU", "elu": "ELU", "selu": "SELU", "gelu": "GELU"}
    | {"twin A": "A", "twin B": "B"}
)
