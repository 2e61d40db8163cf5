"""What a file holds, put into things that are there already, if they are of the same build."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..shapes import got
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
            same = isinstance(live, (list, tuple)) and len(live) == len(held)
            self._demand(same, place, f"a {what} of {len(held)}", live)
            if same:
                parts = [
                    self.match(a, b, at(place, i))
                    for i, (a, b) in enumerate(zip(held, live, strict=True))
                ]
                return tuple(parts) if what == "tuple" else parts
        elif what == "dict":
            return self._dict(held, live, place)
        elif what != "other":
            self._demand(_equal(self.value(node), live), place, self.value(node), live)
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
            keys = ", ".join(f"{key!r}: ..." for key, _ in pairs)
            self._demand(False, place, f"a dict, {{{keys}}}", live)
            return live
        keys = [key for key, _ in pairs]
        for key in live:
            if key not in keys:
                self._demand(False, at(place, key), "nothing", live[key])
        return {
            key: self.match(node, live[key], at(place, key)) if key in live else self.value(node)
            for key, node in pairs
        }

    def _thing(self, number: int, live: Any, place: str) -> None:
        entry, said = self.entry(number), described(live)
        theirs = entry["kind"], bool(entry.get("own"))
        if said is None or theirs != (said.kind, said.own):
            self._demand(False, place, f"a {entry['kind']}", live)
            return
        state = entry.get("state", {})
        if number in self.built:  # it stood at another place before
            if state and self.built[number] is not live:
                self._demand(False, place, f"the {entry['kind']} that it has before", live)
            return
        if state and any(other is live for other in self.built.values()):
            self._demand(False, place, f"another {entry['kind']} than before", live)
        self.built[number] = live
        for name, node in entry.get("options", {}).items():
            self.match(node, said.options.get(name), inside(place, name))
        for name, node in state.items():
            self._state(live, name, node, said.state.get(name), place)

    def _state(self, live: Any, name: str, node: Any, now: Any, place: str) -> None:
        """One attribute of a thing: arrays and things are filled, the rest is set."""
        here = inside(place, name)
        if isinstance(live, np.random.Generator):
            value = self.value(node)
            self._copies.append(lambda: setattr(live.bit_generator, "state", value))
        elif name in ("params", "d_in", "d_out") or _is_or_has_things(node):
            self.match(node, now, here)
        elif isinstance(node, dict) and "array" in node and isinstance(now, np.ndarray):
            self.match(node, now, here)
        elif isinstance(node, dict) and "other" in node:
            return
        else:
            value = self.value(node)
            if now is None and name in getattr(live, "params", ()):
                self._demand(False, here, got(value), now)
            self._copies.append(lambda: setattr(live, name, value))

    def _array(self, array: np.ndarray, live: Any, place: str) -> None:
        fits = isinstance(live, np.ndarray) and goes_into(array, live)
        self._demand(fits, place, got(array), live)
        if fits:
            self._copies.append(lambda: np.copyto(live, array))

    def _demand(self, fits: bool, place: str, there: Any, here: Any) -> None:
        if not fits:
            there = there if isinstance(there, str) else repr(there)
            where = f"{place} is " if place else ""
            self.differences.append(f"{where}{there} there, here {got(here)}")


def _is_or_has_things(node: Any) -> bool:
    """Whether something in the node is a thing, which is to be filled and not replaced."""
    if not isinstance(node, dict):
        return False
    ((what, held),) = node.items()
    if what == "dict":
        return any(_is_or_has_things(part) for _, part in held)
    return what == "thing" or (what in ("list", "tuple") and any(map(_is_or_has_things, held)))


def _equal(a: Any, b: Any) -> bool:
    return type(a) is type(b) and (a == b or (a != a and b != b))  # NaN is NaN
