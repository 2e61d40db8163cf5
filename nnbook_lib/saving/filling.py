"""What a file holds, put into things that are there already, if they are of the same build."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..layer import Layer
from ..shapes import got, one_line
from ..state import few, goes_into
from .forms import described
from .tree import Reader, at, inside


class Filler(Reader):
    """A Reader that also compares what is described with live things, and then fills these.

    `match` only looks, and collects differences; `fill` raises ValueError if there were any, and
    else copies everything in, so that nothing is changed by half.
    """

    def __init__(self, *args: Any):
        super().__init__(*args)
        self.differences: list[str] = []
        self._copies: list[Callable[[], Any]] = []

    def match(self, node: Any, live: Any, place: str = "") -> Any:
        """What will stand where node does: live, if it is of the same build."""
        what, held = next(iter(node.items())) if isinstance(node, dict) else ("plain", node)
        if what == "thing":
            self._thing(held, live, place)
        elif what == "array":
            self._array(self.arrays[held], live, place)
        elif what in ("list", "tuple"):
            row = isinstance(live, (list, tuple))
            if row and len(live) == len(held):
                pairs = enumerate(zip(held, live, strict=True))
                parts = [self.match(a, b, at(place, i)) for i, (a, b) in pairs]
                return tuple(parts) if what == "tuple" else parts
            layers = row and all(isinstance(part, Layer) for part in live)
            entries = "layers" if layers else "entries"
            here = f"{len(live)} {entries}" if row else got(live)
            self._differ(place, f"{len(held)} {entries}", here)
        elif what == "dict":
            return self._dict(held, live, place)
        elif what != "other":
            value = self.value(node)
            if not _equal(value, live):
                self._differ(place, one_line(repr(value)), got(live))
        return live

    def fill(self) -> None:
        """Copy everything in. Raises ValueError, and changes nothing, where builds differ."""
        if self.differences:
            raise ValueError(
                f"it was saved of another build: {few(self.differences)}. Build it as it was when it was "
                "saved"
            )
        for copy in self._copies:
            copy()

    def _dict(self, pairs: list, live: Any, place: str) -> Any:
        if not isinstance(live, dict):
            keys = ", ".join(repr(key) for key, _ in pairs)
            if isinstance(live, Layer) and all(
                list(node) == ["array"] for _, node in pairs if node
            ):
                raise ValueError(
                    f"it holds arrays, {keys}, and no network. If they are its state: "
                    "net.restore(nn.load(path))"
                )
            raise ValueError(
                f"it holds a dict of {keys}, and into is {got(live)}. Put what is to be filled into a dict, "
                "into={name: ...}"
            )
        keys = [key for key, _ in pairs]
        for key in live:
            if key not in keys:
                self._differ(at(place, key), "nothing", got(live[key]))
        return {
            key: self.match(node, live[key], at(place, key)) if key in live else self.value(node)
            for key, node in pairs
        }

    def _thing(self, number: int, live: Any, place: str) -> None:
        entry, said = self.entry(number), described(live)
        theirs = entry["kind"], bool(entry.get("own"))
        if said is None or theirs != (said.kind, said.own):
            self._differ(place, f"a {entry['kind']}", got(live))
            return
        state = entry.get("state", {})
        if number in self.built or any(other is live for other in self.built.values()):
            if self.built.get(number) is not live and self._holds(number):
                self._differ(place, f"a {entry['kind']} that stands at the same places", "another")
            if number in self.built:
                return
        self.built[number] = live
        for name, node in entry.get("options", {}).items():
            self.match(node, said.options.get(name), inside(place, name))
        for name, node in state.items():
            self._state(live, name, node, said.state.get(name), place)
        for name in said.state.keys() - state.keys():
            if not said.own:  # of a reader's own class, what is not in the file stays as it is
                self._differ(at(place, name), "nothing", got(said.state[name]))

    def _holds(self, number: int) -> bool:
        """Whether a thing has state, or is made of things that have."""
        entry = self.entry(number)
        inner = [self._holds(k) for k in _numbers(list(entry.get("options", {}).values()))]
        return bool(entry.get("state")) or any(inner)

    def _state(self, live: Any, name: str, node: Any, now: Any, place: str) -> None:
        """One attribute of a thing: arrays and things are filled, the rest is set."""
        here = inside(place, name)
        if isinstance(live, np.random.Generator):
            value = self.value(node)
            type(live.bit_generator)(0).state = value  # raises where it is none
            self._copies.append(lambda: setattr(live.bit_generator, "state", value))
            return
        what = next(iter(node)) if isinstance(node, dict) else ""
        build = name in ("params", "d_in", "d_out") or _numbers(node)
        if build or (what == "array" and isinstance(now, np.ndarray)):
            self.match(node, now, here)
        elif what != "other":
            value = self.value(node)
            self._copies.append(lambda: setattr(live, name, value))

    def _array(self, array: np.ndarray, live: Any, place: str) -> None:
        if isinstance(live, np.ndarray) and goes_into(array, live):
            self._copies.append(lambda: np.copyto(live, array))
        else:
            self._differ(place, got(array), got(live))

    def _differ(self, place: str, there: str, here: str) -> None:
        where = f"{place} is " if place else ""
        self.differences.append(f"{where}{there} there, here {here}")


def _numbers(node: Any) -> list[int]:
    """The numbers of the things in a node."""
    if isinstance(node, list):
        return [number for part in node for number in _numbers(part)]
    if not isinstance(node, dict):
        return []
    ((what, held),) = node.items()
    return [held] if what == "thing" else _numbers(held)


def _equal(a: Any, b: Any) -> bool:
    numbers = all(isinstance(v, (int, float, np.number)) for v in (a, b))
    return (numbers or type(a) is type(b)) and bool(a == b or (a != a and b != b))  # NaN is NaN
