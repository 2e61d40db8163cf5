"""Detector: the right solution with one small change. A factor left out, a sign turned, an axis.

The changed solution must give what came, on every case and on fresh ones, so what is said is true of
the answer, however it is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import Any

import numpy as np

from .changes import changes
from .comparing import NoNumbers, parts
from .running import run
from .trouble import Trouble, near

SECONDS = 0.5  # for all changes together
AT_MOST = 0.05  # for one run of a changed solution
SEEDS = (1, 2, 3)  # of fresh cases

Result = list[np.ndarray] | None  # the parts; None if they are no numbers


def changed(t: Trouble) -> str | None:
    """What the answer does, if the solution with one small change gives the same."""
    exercise, end = t.exercise, monotonic() + SECONDS
    solution = getattr(exercise, "plain", None) or exercise.reference
    if exercise.cases is None or not callable(solution) or not _decides(t):
        return None
    order = sorted(range(len(t.came)), key=lambda i: i != t.first)
    parts_came: dict[int, Result] = {}
    fresh = None
    for change in changes(solution, exercise.outputs):
        if monotonic() > end:
            return None
        if not change.says:
            continue
        try:
            other = change.function()
        except Exception:  # not every change makes sense
            continue
        if not all(_alike(t, _run(t, other, t.arguments[i]), [t.came[i]]) for i in order):
            continue
        for i in order:
            if i not in parts_came:
                parts_came[i] = _run(t, t.answer, t.arguments[i])
        if exercise.call is not None and not all(
            _alike(t, _run(t, other, t.arguments[i]), parts_came[i]) for i in order
        ):
            continue
        fresh = list(_fresh(t)) if fresh is None else fresh
        if all(_alike(t, _run(t, other, args), came) for args, came in fresh):
            return f"Your result is what comes out {change.says}."
    return None


def _decides(t: Trouble) -> bool:
    """Whether the wrong results are more than a constant: two numbers, or words on two cases."""
    wrong, whole = [], True
    for want, got in zip(t.wanted, t.came, strict=True):
        values = np.ravel(got)
        if values.dtype.kind == "f":
            whole = False
            values = values[np.isfinite(values)]
        if not near(got, want):
            wrong.append(values.tolist())
    found = {v for values in wrong for v in values}
    if whole:
        return len(wrong) > 1 and (len(found) > 1 or t.want.dtype.kind in "US")
    return len(found - {0.0, 1.0}) > 1


def _alike(t: Trouble, made: Result, came: Result) -> bool:
    """Whether two results agree: in all parts, or in the part in question if there is only that."""
    if made is None or came is None:
        return False
    if len(came) == 1 and t.part < len(made):
        return near(made[t.part], came[0])
    return len(made) == len(came) and all(map(near, made, came))


def _run(t: Trouble, answer: Any, args: dict[str, Any]) -> Result:
    """The parts of what an answer gives."""
    outcome = run(lambda *a: t.exercise.use(answer, a), list(args.values()), [], AT_MOST)
    if outcome.error is not None:
        return None
    try:
        return list(parts(outcome.value).values())
    except NoNumbers:
        return None


def _fresh(t: Trouble) -> Iterator[tuple[dict[str, Any], Result]]:
    """(arguments, what the answer gives there): the cases of other seeds, or moved if there are none.

    A function's result is compared in the part in question, another's in all.
    """
    rng = np.random.default_rng(0)
    for seed in SEEDS:
        for i, case in enumerate(t.exercise.cases(np.random.default_rng(seed))):
            args = dict(zip(t.args, case.args, strict=False))
            if i < len(t.arguments) and _same(args, t.arguments[i]):
                args = {name: _moved(value, rng) for name, value in args.items()}
            came = _run(t, t.answer, args)
            right = _run(t, t.exercise.right_answer(), args)
            if came is not None and right is not None and t.part < len(came):
                yield args, came if t.exercise.call is not None else [came[t.part]]


def _same(a: Any, b: Any) -> bool:
    try:
        return repr(a) == repr(b)
    except Exception:
        return False


def _moved(value: Any, rng: np.random.Generator) -> Any:
    """A value of the same kind nearby: fractions by a tenth or so, a list of numbers reordered."""
    if isinstance(value, bool | str) or callable(value):
        return value
    if isinstance(value, int | np.integer):
        return int(value) + int(rng.integers(0, 3))
    if isinstance(value, float):
        return value * float(rng.uniform(0.9, 1.1))
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        moved = value * rng.uniform(0.8, 1.2, value.shape)
        square = value.ndim == 2 and value.shape[0] == value.shape[1]
        return (moved + moved.T) / 2 if square and np.array_equal(value, value.T) else moved
    if isinstance(value, list) and all(isinstance(v, int) for v in value):
        return [v + int(rng.integers(0, 3)) for v in rng.permutation(value).tolist()]
    if isinstance(value, list | tuple):
        return type(value)(_moved(v, rng) for v in value)
    return value
