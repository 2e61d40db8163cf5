"""A network at a glance: a row for each layer, and how many numbers it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .containers import Sequential
from .layer import Layer
from .listing import again, runs

Shape = tuple[int | str, ...]  # of one sample; "?" and "T" are not known before there is an x


@dataclass(frozen=True)
class Row:
    """One layer: its place in `layers`, as Network.state names it; its label; its output's shape.

    parameters: how many numbers are its own or inside of it, those of a layer that stood before not
    again. inner: the rows of what it is made of.
    """

    place: str
    layer: str
    output: str
    parameters: int
    inner: tuple[Row, ...] = ()

    @property
    def key(self) -> tuple:
        """What it has in common with the same layer at another place."""
        return self.layer, self.output, self.parameters, tuple(row.key for row in self.inner)


@dataclass(frozen=True, repr=False)
class Summary:
    """What Network.summary gives: `rows`, and in sum how many numbers there are.

    parameters: all weights and biases; trained: those that an optimizer moves; buffers: numbers that
    training moves without a gradient; bytes: what parameters and buffers take in memory.
    """

    rows: tuple[Row, ...]
    parameters: int
    trained: int
    buffers: int
    bytes: int
    dtype: str

    def __repr__(self) -> str:
        table = [("", "layer", "output", "parameters"), *_lines(self.rows)]
        widths = [max(len(line[i]) for line in table) for i in range(4)]
        lines = [
            f"{a:{widths[0]}}  {b:{widths[1]}}  {c:{widths[2]}}  {d:>{widths[3]}}".rstrip()
            for a, b, c, d in table
        ]
        fixed = self.parameters - self.trained
        how = "all trained" if not fixed else f"{self.trained:,} trained, {fixed:,} fixed"
        said = f"{self.parameters:,} parameters, {how}" if self.parameters else "no parameters"
        buffers = f"; {self.buffers:,} numbers in buffers" if self.buffers else ""
        rule = "-" * max(map(len, lines))
        size = f"; {self.bytes:,} bytes, {self.dtype}" if self.bytes else ""
        end = f"{said}{buffers}{size}"
        return "\n".join([lines[0], rule, *lines[1:], rule, end])


def summary(net: Sequential) -> Summary:
    """The summary of a network, or of any layers in a Sequential."""
    layers = list({id(layer): layer for layer in net.walk()}.values())
    named = [(layer, name) for layer in layers for name in _parameters(layer)]
    arrays = [getattr(layer, name) for layer, name in named]
    trained = sum(getattr(layer, name).size for layer, name in named if name in layer.params)
    buffers = [getattr(layer, name) for layer in layers for name in layer.buffers]
    kinds = sorted({str(array.dtype) for array in arrays + buffers})
    return Summary(
        rows=tuple(_rows(net, (net.d_in or "?",), "", {})),
        parameters=_count(arrays),
        trained=trained,
        buffers=_count(buffers),
        bytes=sum(array.nbytes for array in arrays + buffers),
        dtype=" and ".join(kinds),
    )


def _rows(whole: Layer, shape: Shape, place: str, seen: dict[int, str]) -> Iterator[Row]:
    """A row for each layer of `layers`; seen: the places of the layers that stood before."""
    for i, layer in enumerate(whole.layers):
        here = f"{place}{i}"
        chain = isinstance(whole, Sequential)
        out = layer._shape_of_y(shape) if chain else (layer.d_out,) if layer.d_out else ()
        before = seen.get(id(layer))
        if before is None:
            seen[id(layer)] = here
            own = _count([getattr(layer, name) for name in _parameters(layer)])
            inner = tuple(_rows(layer, shape, f"{here}.", seen))
            total = own + sum(row.parameters for row in inner)
            yield Row(here, layer.label(), _shown(out), total, inner)
        else:
            said = f"{layer.label()}, as at {before}" if any(layer.parameters()) else layer.label()
            yield Row(here, said, _shown(out), 0)
        shape = out if chain else shape


def _shown(shape: Shape) -> str:
    return f"(n, {', '.join(map(str, shape))})" if shape else ""


def _parameters(layer: Layer) -> list[str]:
    """The names of its parameters, those too that this one object leaves fixed."""
    names = dict.fromkeys((*type(layer).params, *layer.params))
    return [name for name in names if isinstance(getattr(layer, name, None), np.ndarray)]


def _count(arrays: list[np.ndarray]) -> int:
    return sum(array.size for array in arrays)


def _lines(rows: tuple[Row, ...], depth: int = 0) -> Iterator[tuple[str, str, str, str]]:
    """The table's lines: place, layer, output, parameters; repeated blocks once."""
    indent = "  " * depth
    for start, length, times in runs([row.key for row in rows]):
        block = rows[start : start + length]
        for row in block:
            count = f"{row.parameters:,}" if row.parameters else ""
            yield row.place, indent + row.layer, row.output, count
            yield from _lines(row.inner, depth + 1)
        if times > 1:
            more = sum(row.parameters for row in block) * (times - 1)
            last = rows[start + length * times - 1].place
            places = f"{rows[start + length].place} to {last}"
            yield places, indent + again(length, times), "", f"{more:,}" if more else ""
