"""A judge that nobody has bribed: numpy, Python and the library as they were, while it judges.

    remember()              # once, when all is imported
    with pristine():        # `np.allclose = lambda *a: True` does not hold inside, and holds again after
        ...

What a learner adds under a name of its own stays (their code may use it); what they put in the
place of something, or before it, does not.
"""

from __future__ import annotations

import builtins
import contextlib
import copy
import inspect
import math
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from ...layer import Layer

LIBRARY = __name__.partition(".")[0]
WATCHDOG = f"{__package__}.watchdog"  # whose clock a test may set
OTHERS = (builtins, math, copy, inspect, np, np.linalg, np.random)
MISSING = object()
Before = list[tuple[Any, str, Any]]  # (whose, name, value)

_known: dict[
    int, tuple[Any, dict[str, Any]]
] = {}  # id of a module, class or object -> it, its names
_open: list[Before] = []  # what stood before in the pristine contexts that are open


def remember() -> None:
    """Take down the names of what is not known yet: the library's modules, classes, activations."""
    for thing in OTHERS:
        _keep(thing)
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == LIBRARY and name != WATCHDOG and id(module) not in _known:
            _keep(module)
            for value in list(vars(module).values()):
                if isinstance(value, Layer):
                    _keep(value)
                elif isinstance(value, type) and value.__module__.partition(".")[0] == LIBRARY:
                    _keep(value)


def _keep(thing: Any) -> None:
    if id(thing) not in _known:
        _known[id(thing)] = thing, dict(vars(thing))


@contextlib.contextmanager
def pristine() -> Iterator[None]:
    """Inside, everything that is remembered stands as it did; after, as it stood before."""
    depth, before = len(_open), _put_back(_known.values())
    _open.append(before)
    try:
        yield
    finally:
        del _open[depth:]  # with one inside that was interrupted
        _put_back(_known.values())
        for thing, name, value in before:
            _set(thing, name, value)


def mend() -> None:
    """Put back what code that ran in a pristine context has just replaced in numpy and Python."""
    if _open:
        _put_back(_known[id(thing)] for thing in OTHERS)


def _put_back(those: Iterable[tuple[Any, dict[str, Any]]]) -> Before:
    """Put all names back as they were; returns what stood there instead. Python's own come first."""
    before: Before = []
    for thing, names in those:
        now = thing.__dict__
        if _same(now, names):
            continue
        changed = [name for name in names if now.get(name, MISSING) is not names[name]]
        if thing is not builtins:
            changed += [name for name in now if name not in names and _hides(thing, name)]
        before += [(thing, name, now.get(name, MISSING)) for name in changed]
        for name in changed:
            _set(thing, name, names.get(name, MISSING))
    return before


def _same(now: Mapping[str, Any], names: dict[str, Any]) -> bool:
    """Whether all names still stand for the same things; in doubt, no."""
    try:
        return now == names
    except Exception:  # two arrays, compared
        return False


def _hides(thing: Any, name: str) -> bool:
    """Whether a name added to a module, a class or an object stands before one it inherits."""
    if inspect.ismodule(thing):
        return name in _known[id(builtins)][1]
    kinds = thing.__mro__[1:] if isinstance(thing, type) else type(thing).__mro__
    return any(name in vars(kind) for kind in kinds)


def _set(thing: Any, name: str, value: Any) -> None:
    """Set or delete a name, past the thing's own ideas about that."""
    if thing is builtins:  # none of which can be used yet
        thing.__dict__[name] = value
        return
    setter = type if isinstance(thing, type) else object
    with contextlib.suppress(AttributeError, TypeError):
        if value is MISSING:
            setter.__delattr__(thing, name)
        else:
            setter.__setattr__(thing, name, value)
