"""Detector: the right function of other inputs. Two arguments exchanged, one left out, transposed.

The reference is run on changed arguments; if it then gives what came, on every case, that is what
the answer does.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from .trouble import Trouble, is_fraction, is_numbers

# What may be done to an argument of fractions, to one that has a length, to a whole number. What is
# changed is the input of the right answer: the learner's result comes out "as if".
OF_FRACTIONS: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("as if {} were 0: is it left out?", lambda a: a * 0.0),
    ("as if the sign of {} were turned", lambda a: -a),
    ("as if {} were transposed", lambda a: np.ascontiguousarray(np.swapaxes(a, -1, -2))),
    ("as if {} were 1 everywhere: is it left out?", lambda a: a * 0.0 + 1.0),
    ("as if {} were squared", np.square),
    ("as if the root of {} were taken", np.sqrt),
    ("as if negative entries of {} were cut to 0", lambda a: np.maximum(a, 0.0)),
    ("as if {} had no sign", np.abs),
    ("as if {} had passed a tanh", np.tanh),
    ("as if {} were summed to one number", np.sum),
    ("as if {} were averaged to one number", np.mean),
    ("as if 1 were added to {}", lambda a: a + 1),
    ("as if 1 were subtracted from {}", lambda a: a - 1),
    ("as if {} were twice as large", lambda a: 2 * a),
    ("as if {} were half as large", lambda a: a / 2),
)
OF_LENGTH = (
    ("as if {} were in reverse order", lambda a: a[::-1].copy()),
    ("as if the first entry of {} were left out", lambda a: a[1:]),
    ("as if the last entry of {} were left out", lambda a: a[:-1]),
    ("as if only the first entry of {} counted", lambda a: a[:1]),
    ("as if only the last entry of {} counted", lambda a: a[-1:]),
    ("as if only the first two entries of {} counted", lambda a: a[:2]),
    ("as if only every second entry of {} counted", lambda a: a[::2]),
    ("as if the first entry of {} came twice", lambda a: _joined(a[:1], a)),
    ("as if the last entry of {} came twice", lambda a: _joined(a, a[-1:])),
    ("as if {} were sorted", np.sort),
)
OF_WHOLE_NUMBERS = (
    ("as if {} were one more", lambda a: a + 1),
    ("as if {} were one less", lambda a: a - 1),
    ("as if {} were 1", lambda a: a * 0 + 1),
    ("as if {} were 0", lambda a: a * 0),
)


def _zeroed(axis: int, where: slice) -> Callable[[np.ndarray], np.ndarray]:
    """The array with 0 at some places of an axis."""

    def change(a: np.ndarray) -> np.ndarray:
        if axis >= a.ndim:
            raise IndexError("no such axis")
        changed = a.copy()
        np.moveaxis(changed, axis, 0)[where] = 0
        return changed

    return change


PLACES = (
    ("the first {} of {{}} did not count", slice(0, 1)),
    ("the last {} of {{}} did not count", slice(-1, None)),
    ("only the first {} of {{}} counted", slice(1, None)),
    ("only the last {} of {{}} counted", slice(0, -1)),
)
OF_VECTORS = tuple((f"as if {says}".format("entry"), _zeroed(0, at)) for says, at in PLACES)
OF_MATRICES = tuple(
    (f"as if {says}".format(word), _zeroed(axis, at))
    for axis, word in ((1, "column"), (0, "row"))
    for says, at in PLACES
)


def _joined(a: Any, b: Any) -> Any:
    return a + b if isinstance(a, list) else np.concatenate([a, b])


def other_input(t: Trouble) -> str | None:
    """What the answer takes for its input, if the reference would then give the same."""
    numbers = {float(v) for got in t.came for v in got.flat}
    if t.exercise.cases is None or len(numbers) < (6 if t.counts() else 3):
        return None  # so few numbers come out of many inputs
    for says, change in _changes(t):
        if _explains(t, change):
            return f"Your result comes out {says}" + ("" if says.endswith("?") else ".")
    return None


def _changes(t: Trouble) -> Iterator[tuple[str, Callable[[dict], dict]]]:
    for a, b in itertools.combinations(t.args, 2):
        yield (
            f"as if {a} and {b} were exchanged",
            lambda args, a=a, b=b: args | {a: args[b], b: args[a]},
        )
    for test, kinds in (
        (is_fraction, OF_FRACTIONS),
        (lambda v: is_fraction(v) and np.ndim(v) == 1, OF_VECTORS),
        (lambda v: is_fraction(v) and np.ndim(v) == 2, OF_MATRICES),
        (_has_length, OF_LENGTH),
        (_is_whole, OF_WHOLE_NUMBERS),
    ):
        for name, (says, how) in itertools.product(t.args, kinds):
            if all(test(args[name]) for args in t.arguments):
                yield says.format(name), lambda args, n=name, h=how: args | {n: h(args[n])}


def _has_length(value: Any) -> bool:
    return isinstance(value, list) or (isinstance(value, np.ndarray) and value.ndim > 0)


def _is_whole(value: Any) -> bool:
    return is_numbers(value) and np.asarray(value).dtype.kind in "iu"


def _explains(t: Trouble, change: Callable[[dict], dict]) -> bool:
    """Whether the reference, on changed arguments, gives this part of what came, on every case, and
    the change matters on one.
    """
    for args, got in zip(t.arguments, t.came, strict=True):
        try:
            with np.errstate(all="ignore"):
                moved = change(args)
        except Exception:
            return False
        made = t.part_again(t.right, moved)
        if made is None or not t.near(made, got):
            return False
    return True
