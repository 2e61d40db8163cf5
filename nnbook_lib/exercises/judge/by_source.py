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
SEEDS = (1, 2)  # of fresh cases


def changed(t: Trouble) -> str | None:
    """What the answer does, if the solution with one small change gives the same."""
    exercise, end = t.exercise, monotonic() + SECONDS
    if exercise.cases is None or not callable(exercise.reference) or not _decides(t):
        return None
    order = [t.first, *(i for i in range(len(t.came)) if i != t.first)]
    fresh = None
    for change in changes(exercise.reference, exercise.outputs):
        if monotonic() > end:
            return None
        if not change.says:
            continue
        try:
            other = change.function()
        except Exception:  # not every change makes sense
            continue
        if not all(_gives(t, other, t.arguments[i], t.came[i]) for i in order):
            continue
        fresh = list(_fresh(t)) if fresh is None else fresh
        if all(_gives(t, other, args, came) for args, came in fresh):
            return f"Your result is what comes out {change.says}."
    return None


def _decides(t: Trouble) -> bool:
    """Whether the wrong results hold at least two numbers that no constant explains."""
    wrong = []
    for want, got in zip(t.wanted, t.came, strict=True):
        if not near(got, want):
            values = np.ravel(got)
            finite = values[np.isfinite(values)] if values.dtype.kind in "iufb" else values
            wrong += finite.tolist()
    return len(set(wrong) - {0, 1}) > 1 or (len(t.came) > 2 and len(set(wrong)) > 0)


def _gives(t: Trouble, other: Any, args: dict[str, Any], came: np.ndarray) -> bool:
    made = _part(t, other, args)
    return made is not None and near(made, came)


def _part(t: Trouble, answer: Any, args: dict[str, Any]) -> np.ndarray | None:
    """The part in question of what an answer gives; None if that is no number."""
    outcome = run(lambda *a: t.exercise.use(answer, a), list(args.values()), [], AT_MOST)
    if outcome.error is not None:
        return None
    try:
        made = list(parts(outcome.value).values())
    except NoNumbers:
        return None
    return made[t.part] if t.part < len(made) else None


def _fresh(t: Trouble) -> Iterator[tuple[dict[str, Any], np.ndarray]]:
    """(arguments, what the answer gives there) of the cases of other seeds."""
    for seed in SEEDS:
        for case in t.exercise.cases(np.random.default_rng(seed)):
            args = dict(zip(t.args, case.args, strict=False))
            came = _part(t, t.answer, args)
            if came is not None:
                yield args, came
