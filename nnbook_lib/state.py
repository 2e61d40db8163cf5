"""The arrays that a network consists of, by name: what Network.state gives and restore takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from .layer import Layer
from .shapes import got


def named_arrays(whole: Layer) -> Iterator[tuple[str, np.ndarray]]:
    """Every parameter and buffer under its name in `state`; those of a shared layer once."""
    seen = set()

    def walk(layer: Layer, place: str) -> Iterator[tuple[str, np.ndarray]]:
        if id(layer) not in seen:
            seen.add(id(layer))
            for name in (*layer.params, *layer.buffers):
                yield place + name, getattr(layer, name)
            for i, part in enumerate(layer.layers):
                yield from walk(part, f"{place}{i}.")

    yield from walk(whole, "")


def fitting(own: dict[str, np.ndarray], state: object) -> dict[str, np.ndarray]:
    """The arrays of `state`, if they go into those of `own`; else the error that names what differs."""
    if not isinstance(state, Mapping):
        raise TypeError(
            f"Network.restore takes what state() gave, or np.load of the file; got {got(state)}."
        )
    given = {name: np.asarray(state[name]) for name in state}
    differences = {
        "lacks": [name for name in own if name not in given],
        "has besides": [name for name in given if name not in own],
        "has in another form": [
            f"{name} ({got(given[name])}; here {got(array)})"
            for name, array in own.items()
            if name in given and not goes_into(given[name], array)
        ],
    }
    told = [f"{what} {few(names)}" for what, names in differences.items() if names]
    if told:
        raise ValueError(
            f"Network.restore: the state is of another network. It {'; it '.join(told)}. "
            "Build the network as it was when the state was taken."
        )
    return given


def goes_into(value: np.ndarray, array: np.ndarray) -> bool:
    """Whether value can be copied into array without losing digits."""
    return value.shape == array.shape and np.can_cast(value.dtype, array.dtype, "safe")


def few(names: list[str], most: int = 3) -> str:
    """The first of the names, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
