"""Detector: the right function of other inputs. Two arguments exchanged, one left out, transposed.

The reference is run on changed arguments; if it then gives what came, on every case, that is what
the answer does.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from .trouble import Trouble, is_fraction, near

CHANGES: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("as if {} were 0: is it left out?", lambda a: a * 0.0),
    ("as if the sign of {} were turned", lambda a: -a),
    ("as if {} were transposed", lambda a: np.ascontiguousarray(np.swapaxes(a, -1, -2))),
    ("as if {} were 1 everywhere: is it left out?", lambda a: a * 0.0 + 1.0),
    ("as if {} were squared", np.square),
    ("as if the root of {} were taken", np.sqrt),
    ("as if negative entries of {} were cut to 0", lambda a: np.maximum(a, 0.0)),
    ("as if {} had passed a tanh", np.tanh),
    ("as if {} were summed to one number", np.sum),
    ("as if {} were averaged to one number", np.mean),
    ("as if {} were in reverse order", lambda a: a[::-1].copy()),
    ("as if {} were one step further", lambda a: a + 1),
    ("as if {} were one less", lambda a: a - 1),
)


def other_input(t: Trouble) -> str | None:
    """What the answer takes for its input, if the reference would then give the same."""
    if t.exercise.cases is None or t.slow():
        return None
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
    for name, (says, how) in itertools.product(t.args, CHANGES):
        if all(is_fraction(args[name]) for args in t.arguments):
            yield says.format(name), lambda args, n=name, h=how: args | {n: h(args[n])}


def _explains(t: Trouble, change: Callable[[dict], dict]) -> bool:
    """Whether the reference, on changed arguments, gives this part of what came, on every case."""
    for args, got in zip(t.arguments, t.came, strict=True):
        try:
            with np.errstate(all="ignore"):
                moved = change(args)
        except Exception:
            return False
        made = t.again(t.exercise.right_answer(), moved)
        if made is None or t.part >= len(made) or not near(made[t.part], got):
            return False
    return True
