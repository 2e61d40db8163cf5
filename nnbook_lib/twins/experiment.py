"""The description of an experiment: what both networks have, and what each has of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..shapes import got
from .controls import BY_NAME, OWN, SHARED

Settings = Mapping[str, Any]


@dataclass(frozen=True)
class Experiment:
    """Two networks on the same data: `shared` has the data, `a` and `b` all other controls' values.

    What is not given is as it stands in `CONTROLS`; B is as A where nothing else is said. Values are
    those of the controls or their keys. Raises ValueError for a name that no control has, or a value
    that is not one of the control's.
    """

    shared: Settings
    a: Settings
    b: Settings

    def __init__(
        self,
        shared: Settings | None = None,
        a: Settings | None = None,
        b: Settings | None = None,
    ):
        object.__setattr__(self, "shared", _filled("shared", SHARED, shared))
        object.__setattr__(self, "a", _filled("a", OWN, a))
        object.__setattr__(self, "b", _filled("b", OWN, {**self.a, **named("b", OWN, b)}))

    @property
    def sides(self) -> dict[str, Settings]:
        """{"A": settings, "B": settings}, the shared ones in each."""
        return {"A": {**self.shared, **self.a}, "B": {**self.shared, **self.b}}

    @property
    def differences(self) -> tuple[str, ...]:
        """The names of the controls in which B differs from A."""
        return tuple(name for name in OWN if self.a[name] != self.b[name])

    def alike(self, other: Experiment) -> bool:
        """Whether the two are the same, or but for a seed that A and B share."""
        luck = all(one.a["seed"] == one.b["seed"] for one in (self, other))
        seed = {"seed": other.a["seed"]} if luck else {}
        return Experiment(self.shared, {**self.a, **seed}, {**self.b, **seed}) == other

    def as_dict(self) -> dict[str, dict[str, str]]:
        """The whole description with the values' keys: {"shared": …, "a": …, "b": …}."""
        parts = {"shared": self.shared, "a": self.a, "b": self.b}
        return {
            part: {name: BY_NAME[name].key(value) for name, value in settings.items()}
            for part, settings in parts.items()
        }

    def address(self) -> str:
        """As the page's address has it: "depth=30&activation=sigmoid&B.activation=tanh". What is as by
        default is left out, and what B has as A.
        """
        said = [
            f"{name}={BY_NAME[name].key(value)}"
            for name, value in {**self.shared, **self.a}.items()
            if value != BY_NAME[name].default
        ]
        said += [f"B.{name}={BY_NAME[name].key(self.b[name])}" for name in self.differences]
        return "&".join(said)

    def notes(self) -> list[str]:
        """A sentence for each setting that is without effect, or as good as."""
        said = []
        for name, own in self.sides.items():
            if own["skip"] and own["depth"] < 2:
                said.append(
                    f"{name}: a skip connection needs a second hidden layer; there is none."
                )
            if own["norm"] == "batch" and own["batch"] == 1:
                said.append(
                    f"{name}: in a batch of one, batch normalization makes every row the same."
                )
            if own["init"] == "zeros" and own["norm"] is None:
                said.append(f"{name}: all weights begin at 0, so all units of a layer are alike.")
        return said


def named(part: str, names: tuple[str, ...], given: Settings | None) -> dict[str, Any]:
    """What is given, by controls' names, as their values; ValueError for other names and values."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise ValueError(f"twins: {part} must be a dict such as {{'lr': 0.1}}; got {got(given)}.")
    for name in given:
        if name not in names:
            where = "there is no such control"
            if name in SHARED:
                where = f"both networks share it, write shared={{{name!r}: ...}}"
            elif name in OWN:
                where = f"each network has its own, write both={{{name!r}: ...}}"
            raise ValueError(f"twins: {part} may have {', '.join(names)}; got {name!r}: {where}.")
    return {name: BY_NAME[name].value(value) for name, value in given.items()}


def _filled(part: str, names: tuple[str, ...], given: Settings | None) -> dict[str, Any]:
    """What is given, and the defaults for the rest, in the controls' order."""
    known = named(part, names, given)
    return {name: known.get(name, BY_NAME[name].default) for name in names}
