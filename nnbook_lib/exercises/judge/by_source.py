"""Detector: the right solution with one small change. A factor left out, a sign turned, an axis.

The changed solution must give what came, on every case and on fresh ones, so what is said is true of
the answer, however it is written.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from .comparing import NoNumbers, parts
from .running import run
from .source.changes import changes
from .trouble import Trouble

AT_MOST = 0.05  # for one run of a changed solution
OF_ALL = re.compile("loop|function ends|pieces|are exchanged$")  # what shows in every part
MOVES = 4  # times the cases of an exercise that draws no random numbers are moved

Pair = tuple[np.ndarray, np.ndarray]  # what came, what was wanted


def changed(t: Trouble) -> str | None:
    """What the answer does, if the solution with one small change gives the same."""
    exercise = t.exercise
    solution = exercise.plain or exercise.reference
    if exercise.cases is None or not callable(solution):
        return None
    order = sorted(range(len(t.came)), key=lambda i: i != t.first)
    moved: list | None = None
    in_part = None  # a change that explains the part in question, and not the whole result
    for change in changes(solution, exercise.outputs, exercise.argument_names()):
        other = _made(change.function) if _sayable(t, change.says) else None
        if other is None or not all(_gives(t, other, t.arguments[i], t.came[i]) for i in order):
            continue
        whole = all(_same(t, other, args) for args in t.arguments)
        if not whole and (in_part or not _is_direct(t, solution) or OF_ALL.search(change.says)):
            continue
        if not whole and not all(_spoils_nothing(t, other, args) for args in t.arguments):
            continue
        moved = list(_moved_cases(t)) if moved is None else moved
        if all(_gives(t, other, args, came) for args, (came, _) in moved):
            if _decides(t, [*t.pairs, *(pair for _, pair in moved)]):
                in_part = f"Your result is what comes out {change.says}."
                if whole:
                    break
    return in_part


def _sayable(t: Trouble, says: str) -> bool:
    """Whether there is something to say: not that one argument stands for another of a different kind."""
    pair = re.fullmatch(r"if (\w+) stands in the place of (\w+)", says)
    if not pair or not set(pair.groups()) <= t.args.keys():
        return bool(says)
    one, other = (t.args[name] for name in pair.groups())
    return _kind(one) == _kind(other)


def _kind(value: Any) -> Any:
    return np.shape(value) if isinstance(value, np.ndarray | float | int) else type(value)


def _made(function: Callable[[], Any]) -> Any:
    """The changed solution, or None: not every change makes sense."""
    try:
        return function()
    except Exception:
        return None


def _is_direct(t: Trouble, solution: Any) -> bool:
    """Whether a result's parts are the answer's own, none that the exercise makes of them."""
    names = [
        p.name for p in inspect.signature(solution).parameters.values() if p.default is p.empty
    ]
    return t.exercise.call is None or names == list(t.args)


def _result(t: Trouble, answer: Any, args: dict[str, Any]) -> list[np.ndarray]:
    """The parts of what an answer gives; none if there are no numbers."""
    outcome = run(lambda *a: t.exercise.use(answer, a), list(args.values()), [], AT_MOST)
    try:
        return [] if outcome.error else list(parts(outcome.value).values())
    except NoNumbers:
        return []


def _gives(t: Trouble, other: Any, args: dict[str, Any], came: np.ndarray) -> bool:
    """Whether it gives what came, in the part in question."""
    made = _result(t, other, args)
    return t.part < len(made) and t.near(made[t.part], came)


def _same(t: Trouble, other: Any, args: dict[str, Any]) -> bool:
    """Whether it gives in all parts what the answer does."""
    one, two = _result(t, t.answer, args), _result(t, other, args)
    return len(one) == len(two) and all(map(t.near, one, two))


def _spoils_nothing(t: Trouble, other: Any, args: dict[str, Any]) -> bool:
    """Whether it gives the right parts where the answer does."""
    results = (_result(t, answer, args) for answer in (t.right, t.answer, other))
    return all(
        t.near(theirs, want) or not t.near(came, want)
        for want, came, theirs in zip(*results, strict=False)
    )


def _decides(t: Trouble, pairs: Sequence[Pair]) -> bool:
    """Whether what is wrong is more than a constant: different numbers, or a few among others."""
    wrong = [(got, want) for got, want in pairs if not t.near(got, want)]
    if not wrong or any(got.dtype.kind in "US" for got, _ in wrong):
        return len(wrong) > 1
    values = _finite([_wrong_entries(got, want) for got, want in wrong])
    if len(set(values)) > (1 if len(values) > 3 else 2) or len(set(values) - {0.0, 1.0}) > 1:
        return True
    return len(values) > 3 and len(set(_finite([got for got, _ in wrong]))) > 1


def _finite(results: Sequence[np.ndarray]) -> np.ndarray:
    values = np.concatenate([np.ravel(np.asarray(one, float)) for one in results])
    return values[np.isfinite(values)]


def _wrong_entries(got: np.ndarray, want: np.ndarray) -> np.ndarray:
    """The entries of a wrong result that are wrong themselves."""
    if got.shape == want.shape and got.dtype.kind in "iufb" and want.dtype.kind in "iufb":
        return got[~np.isclose(got, want, rtol=1e-5, atol=1e-9)]
    return np.ravel(got)


def _moved_cases(t: Trouble) -> Iterator[tuple[dict[str, Any], Pair]]:
    """(arguments, (what came, what is wanted)): the cases moved, where no random numbers are drawn."""
    rng = np.random.default_rng(0)
    for args in t.arguments * MOVES if len(t.arguments) == t.own else ():
        new = {name: _moved(value, rng) for name, value in args.items()}
        want, came = (_result(t, f, new) for f in (t.right, t.answer))
        if t.part < min(len(want), len(came)):
            yield new, (came[t.part], want[t.part])


def _moved(value: Any, rng: np.random.Generator) -> Any:
    """A value of the same kind nearby: fractions by a tenth or so, whole numbers by one or two."""
    if isinstance(value, bool | str) or callable(value):
        return value
    if isinstance(value, int | np.integer):
        return int(value) + int(rng.integers(0, 3))
    if isinstance(value, float):
        return value * float(rng.uniform(0.8, 1.2))
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        moved = value * rng.uniform(0.8, 1.2, value.shape)
        symmetric = value.ndim == 2 and np.array_equal(value, value.T)
        return (moved + moved.T) / 2 if symmetric else moved
    if isinstance(value, list | tuple):
        return type(value)(_moved(v, rng) for v in value)
    return value
