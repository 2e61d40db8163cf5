"""Tape and Record: what a forward pass did, kept by a container for the way back."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from typing import Any

import numpy as np

from .layer import Container, Layer, y_and_saved
from .shapes import got


class Record:
    """A line of a tape: `layer` was applied and `saved` this; if watched, also y and dL/dy.

    `shape` is that of x, and so of dL/dx; None where it is not known.
    """

    __slots__ = ("dy", "layer", "saved", "shape", "y")

    def __init__(
        self,
        layer: Layer,
        saved: Any,
        y: np.ndarray | None = None,
        shape: tuple[int, ...] | None = None,
    ):
        self.layer, self.saved, self.shape = layer, saved, shape
        self.y, self.dy = y, None

    def __repr__(self) -> str:
        return f"Record({self.layer.label()}, saved {type(self.saved).__name__})"


class Tape(list[Record]):
    """What happened in a forward pass, in order: one Record for each layer applied.

    `run` plays a layer forward and writes it down; `back` reads the tape from its end. With
    watch=True each record keeps its y and, after `back`, its dL/dy: what every plot of gradients
    is drawn from.
    """

    def __init__(self, watch: bool = False):
        super().__init__()
        self.watch = watch
        self.tracked = False  # whether the layers' buffers have taken in this pass
        self.inputs: Any = None  # what the container itself saves, beside its layers' records

    def run(self, layer: Layer, x: np.ndarray, train: bool) -> np.ndarray:
        """Return layer(x) and append its record."""
        try:
            if isinstance(layer, Container):
                result = layer.forward(x, train, self.watch)
            else:
                result = layer.forward(x, train)
        except Exception as error:
            explain(error, f"{layer.label()}.forward")
            raise
        y, saved = y_and_saved(layer, result)
        if not hasattr(y, "shape"):
            raise TypeError(
                f"{layer.label()}.forward must return y as an array; got {got(y)}. Compute with arrays: "
                "np.asarray makes one of a list."
            )
        self.append(Record(layer, saved, y if self.watch else None, getattr(x, "shape", None)))
        return y

    def back(self, dy: np.ndarray, need_dx: bool = True) -> np.ndarray | None:
        """Carry dL/dy from the last record to the first; return dL/dx, or None if not needed.

        Raises TypeError or ValueError where a layer's backward returns something else than a dx.
        """
        self.track()
        last = None if need_dx or not self else self[0]
        for record in reversed(self):
            if self.watch:
                record.dy = dy
            try:
                if record is last:
                    record.layer._collect_gradients(dy, record.saved)
                    return None
                dy = record.layer.backward(dy, record.saved)
            except Exception as error:
                explain(error, f"{record.layer.label()}.backward")
                raise
            if getattr(dy, "shape", None) != record.shape and record.shape is not None:
                raise _no_dx(record, dy)
        return dy

    def track(self) -> None:
        """Let every layer on the tape move its buffers by this pass: once, however often called."""
        if not self.tracked:
            self.tracked = True
            for record in self:
                record.layer.track(record.saved)

    def walk(self) -> Iterator[Record]:
        """Every record of a layer that is not a container, in forward order, nested tapes opened."""
        for record in self:
            if isinstance(record.saved, Tape):
                yield from record.saved.walk()
            else:
                yield record


def explain(error: Exception, where: str) -> None:
    """Add to an error of the reader's own code where it arose, in plain words if there are some.

    Errors that this library raises name their remedy themselves.
    """
    from .plain_words import in_plain_words

    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    ours = frames[-1].f_code.co_filename.startswith(os.path.dirname(__file__))
    if not ours and not hasattr(error, "__notes__"):
        error.add_note(f"In {where}. {in_plain_words(error)}".rstrip())


def _no_dx(record: Record, dx: object) -> Exception:
    kind = ValueError if isinstance(dx, np.ndarray) else TypeError
    return kind(
        f"{record.layer.label()}.backward must return dx = dL/dx, an array of x's shape "
        f"{record.shape}; got {got(dx)}. End it with return dx. (Where nobody needs dx, call "
        "accumulate in place of backward.)"
    )
