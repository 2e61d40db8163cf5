"""From things to a description and back: a tree of plain values, arrays, and things with state.

In the description a number, a text, True, False or None stand for themselves; everything else is a
dict with one key, which says what it is:

    {"array": name}   {"list": [...]}   {"tuple": [...]}   {"dict": [[key, value], ...]}
    {"scalar": [dtype, number]}   {"thing": number}   {"other": what it was, which is not kept}

A thing is described once, in the list `things`, so that a layer that stands twice is one afterwards.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from ..network import Network
from ..shapes import got
from .archive import KINDS, TEXT
from .forms import Described, described, finished, made, needed, put

PLAIN = (bool, int, float, str)
KEEPS = "networks, optimizers, scalers, tables, generators, arrays, numbers, text, dicts and lists of these"


class Writer:
    """Takes a tree apart: `things`, their descriptions, and `arrays` by name."""

    def __init__(self):
        self.things: list[dict[str, Any]] = []
        self.arrays: dict[str, np.ndarray] = {}
        self._numbers: dict[int, int] = {}  # id -> number
        self._held: list[object] = []  # so that no id is given away twice
        self._open: set[int] = set()
        self._in_network = False

    def node(self, value: Any, place: str = "", *, own: bool = False) -> Any:
        """What stands for the value. own: of what a reader's class keeps, not all need be kept."""
        if value is None or type(value) in PLAIN:
            return value
        if isinstance(value, str):  # numpy's
            return str(value)
        if isinstance(value, np.generic) and value.dtype.kind in "biuf" and value.itemsize <= 8:
            return {"scalar": [str(value.dtype), value.item()]}
        if isinstance(value, np.ndarray):
            return self._array(value, place)
        if id(value) in self._open:
            raise ValueError(f"nn.save: {place or 'what is saved'} contains itself. Take it out.")
        self._open.add(id(value))
        try:
            return self._inner(value, place, own)
        finally:
            self._open.discard(id(value))

    def _inner(self, value: Any, place: str, own: bool) -> Any:
        if type(value) in (list, tuple):
            parts = [self.node(part, at(place, i), own=own) for i, part in enumerate(value)]
            return {type(value).__name__: parts}
        if isinstance(value, dict):
            pairs = []
            for key, v in value.items():
                plain = (
                    key.item() if isinstance(key, np.generic) else key
                )  # as np.unique gives them
                if plain is not None and type(plain) not in PLAIN:
                    raise TypeError(
                        f"nn.save: the keys of a dict must be text or numbers; got {got(key)}."
                    )
                pairs.append([plain, self.node(v, at(place, plain), own=own)])
            return {"dict": pairs}
        if id(value) in self._numbers:
            return {"thing": self._numbers[id(value)]}
        said = described(value)
        if said is None:
            if own:
                name = getattr(value, "__qualname__", "")
                return {"other": f"{type(value).__name__} {name}".strip()}
            raise TypeError(f"nn.save keeps {KEEPS}; got {_named(value, place)}. {_remedy(value)}")
        return {"thing": self._thing(value, said, place)}

    def _thing(self, value: Any, said: Described, place: str) -> int:
        outer = self._in_network
        if isinstance(value, Network) and not outer:  # one inside has given its arrays to the outer
            value.check()
        self._in_network = outer or isinstance(value, Network)
        entry: dict[str, Any] = {"kind": said.kind}
        if said.own:
            entry["own"] = True
        for part, items in ("options", said.options), ("state", said.state):
            named = {
                name: self.node(v, inside(place, name), own=said.own or callable(v))
                for name, v in items.items()
            }
            entry |= {part: named} if named else {}
        self._in_network = outer
        self.things.append(entry)
        self._held.append(value)
        self._numbers[id(value)] = len(self.things) - 1
        return len(self.things) - 1

    def _array(self, array: np.ndarray, place: str) -> dict[str, str]:
        plain = np.asarray(array)
        if (
            isinstance(array, np.ma.MaskedArray)
            or plain.dtype.hasobject
            or (plain.dtype.kind not in KINDS)
        ):
            raise TypeError(
                f"nn.save keeps arrays of numbers or text; got {_named(array, place)}. Names become text "
                "by astype(str), numbers by astype(float); of a masked array save its data and its mask."
            )
        name = re.sub(r"[^\w.-]", "_", place)[:80] or "array"
        while name in self.arrays or name == TEXT:
            name += "_"
        self.arrays[name] = plain
        return {"array": name}


class Reader:
    """Puts it together again. own: the reader's classes and activations, by name."""

    def __init__(self, things: list[dict], arrays: dict[str, np.ndarray], own: dict[str, Any]):
        self.things, self.arrays, self.own = things, arrays, own
        self.built: dict[int, Any] = {}

    def value(self, node: Any) -> Any:
        """What a node stands for."""
        if node is None or type(node) in PLAIN:
            return node
        ((what, held),) = node.items()
        if what == "array":
            return self.arrays[held]
        if what == "scalar":
            return np.dtype(held[0]).type(held[1])
        if what in ("list", "tuple"):
            parts = [self.value(part) for part in held]
            return parts if what == "list" else tuple(parts)
        if what == "dict":
            return {key: self.value(part) for key, part in held}
        if what == "thing":
            return self.thing(held)
        raise ValueError(
            f"it kept {held if what == 'other' else what}, which cannot be made again. Build it as it "
            "was, and nn.load(path, into=...)"
        )

    def entry(self, number: int) -> dict[str, Any]:
        """The description of a thing."""
        if type(number) is not int or not 0 <= number < len(self.things):
            raise ValueError(f"there is no thing {number!r} in it")
        return self.things[number]

    def thing(self, number: int) -> Any:
        """The thing of that number, made when it is first asked for."""
        if number not in self.built:
            entry = self.entry(number)
            options = {name: self.value(v) for name, v in entry.get("options", {}).items()}
            said = Described(entry["kind"], options, {}, bool(entry.get("own")))
            thing = made(said, self.own)
            state = entry.get("state", {})
            if lacks := [name for name in needed(thing, said) if name not in state]:
                raise ValueError(f"it has a {said.kind} without its {', '.join(lacks)}")
            for name, v in state.items():
                put(thing, said, name, self.value(v))
            self.built[number] = finished(thing, said)
        return self.built[number]


def form_of(array: np.ndarray) -> list:
    """[dtype, shape], as the description has them."""
    return [str(array.dtype), list(array.shape)]


def at(place: str, key: object) -> str:
    """The place of what stands at key of what stands at place."""
    return f"{place}.{key}" if place else str(key)


def inside(place: str, name: str) -> str:
    """Layers stand at their number, as in Network.state; the rest at its name."""
    return place if name == "layers" else at(place, name)


def _named(value: object, place: str) -> str:
    return f"{got(value)} under {place}" if place else got(value)


def _remedy(value: object) -> str:
    """What to do with what can't be kept."""
    if isinstance(value, type):
        return "Create it: call the class."
    return "Save np.asarray of it." if hasattr(value, "__array__") else "Leave it out."
