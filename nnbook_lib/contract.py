"""What a network asks of the layers it is made of, looked at once, when it is made.

A reader's own layer may break the protocol in ways that would only show later, or never: a parameter
that no optimizer moves. Each is named here, with the remedy.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import numpy as np

from .layer import Layer
from .shapes import got

SIGNALS = {"x", "u", "z", "y", "out"}  # kept on a layer, these are values and not parameters


def keeps_protocol(whole: Layer) -> None:
    """Raise TypeError unless `whole` and every layer in it keep to the protocol of layer.py."""
    layers = list({id(layer): layer for layer in whole.walk()}.values())
    for kind in {type(layer): layer for layer in layers}.values():
        _takes(kind, "forward", "x, train=False")
        _takes(kind, "backward", "dy, saved")
    owned = {id(layer) for layer in layers}
    for layer in layers:
        _names_its_arrays(layer)
        _names_its_layers(layer, owned)
        _tracks_its_layers(layer)


def _takes(layer: Layer, method: str, arguments: str) -> None:
    try:
        inspect.signature(getattr(layer, method)).bind(*arguments.split(", "))
    except TypeError:
        raise TypeError(
            f"{layer.label()}.{method} does not take ({arguments}). "
            f"Write def {method}(self, {arguments})."
        ) from None


def _names_its_arrays(layer: Layer) -> None:
    """Each name in params and buffers is an array's, and each parameter is named in params."""
    for kind, names in (("params", layer.params), ("buffers", layer.buffers)):
        if isinstance(names, str):
            raise TypeError(
                f"{layer.label()}: {kind} must be a tuple of names; got {names!r}. "
                f"Write {kind} = ({names!r},), with the comma."
            )
        for name in names:
            array = getattr(layer, name, None)
            if not isinstance(array, np.ndarray):
                remedy = (
                    f"self.start({name}=...)" if kind == "params" else f"self.{name} = np.zeros(d)"
                )
                raise TypeError(
                    f"{layer.label()} names {name!r} in {kind}, so self.{name} must be an array; got "
                    f"{got(array)}. Set it in __init__: {remedy}."
                )
    for name in layer.params:
        if getattr(layer, name).dtype.kind not in "fc":
            raise TypeError(
                f"{layer.label()}.{name} must be floating point, or no step could change it; got "
                f"{got(getattr(layer, name))}. Give it dtype=float."
            )
    named = {*layer.params, *layer.buffers, *type(layer).params}  # an object may leave one fixed
    for name in set(vars(layer)) - SIGNALS - named:
        array, gradient = vars(layer)[name], vars(layer).get("d" + name)
        if isinstance(array, np.ndarray) and np.shape(gradient) == array.shape != ():
            raise TypeError(
                f"{layer.label()} has {name} and d{name}, but params, {tuple(layer.params)}, does not "
                f"name {name!r}, so no optimizer would move it. Add it to params."
            )


def _names_its_layers(layer: Layer, owned: set[int]) -> None:
    """Each layer with parameters that is kept on this one is found through some `layers`."""
    for name, value in vars(layer).items():
        for part in _layers_in(value):
            if id(part) not in owned and any(True for _ in part.parameters()):
                raise TypeError(
                    f"{layer.label()} keeps {part.label()} in self.{name}, but not in its `layers`, so "
                    "no optimizer would move its parameters. Set self.layers to a tuple of all layers "
                    "it is made of."
                )


def _tracks_its_layers(layer: Layer) -> None:
    """Buffers inside a layer are reached through its tape, or by a track of its own."""
    inside = [part.label() for part in layer.walk() if part is not layer and part.buffers]
    if inside and type(layer).track is Layer.track:
        raise TypeError(
            f"{layer.label()} has {inside[0]} inside, whose buffers nobody would move. Make it a "
            "Container, which runs its layers on a Tape, or write its track(saved)."
        )


def _layers_in(value: object) -> Iterator[Layer]:
    if isinstance(value, dict):
        value = list(value.values())
    for part in value if isinstance(value, (list, tuple, set)) else [value]:
        if isinstance(part, Layer):
            yield part
