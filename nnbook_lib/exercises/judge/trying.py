"""Trying an answer on cases, beside the right answer, and whether two results are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..exercise import Case, Exercise
from .comparing import NoNumbers, Parts, all_close, array, parts, parts_like, same
from .running import Outcome, TimeUp, budget, run

DRAWS = (1, 2)  # of random numbers, beside those of the cases that are shown
AGAIN = 1.0  # seconds for them


@dataclass
class Tried:
    """A case, what the right answer gave on it, and what the learner's did."""

    case: Case
    want: Outcome
    got: Outcome


def attempt(exercise: Exercise, answer: Any, cases: Sequence[Case]) -> list[Tried]:
    """An answer on every case, up to the first that does not end; all together may take
    exercise.seconds.
    """
    with budget(exercise.seconds):
        return _attempt(exercise, answer, cases)


def _attempt(exercise: Exercise, answer: Any, cases: Sequence[Case]) -> list[Tried]:
    right = exercise.right_answer() if cases else None
    tried: list[Tried] = []
    for case in cases:
        tried.append(Tried(case, use(exercise, right, case), use(exercise, answer, case)))
        if isinstance(tried[-1].got.error, TimeUp):
            break
    return tried


def use(exercise: Exercise, answer: Any, case: Case) -> Outcome:
    """What an answer gives on a case."""
    outcome = run(
        lambda *args: exercise.use(answer, args),
        case.args,
        exercise.argument_names(),
        exercise.seconds,
    )
    outcome.changed = tuple(n for n in outcome.changed if n not in exercise.may_change)
    return outcome


def once_more(exercise: Exercise, answer: Any, tried: Sequence[Tried]) -> list[Tried]:
    """The answer on the cases with other random numbers, as many as there is time for; none if it did
    not end on one of the cases.
    """
    if exercise.cases is None or any(isinstance(one.got.error, TimeUp) for one in tried):
        return []
    shown = [one.case.args for one in tried]
    cases = [
        case
        for draw in DRAWS
        for case in exercise.the_cases(draw)
        if not any(same(list(args), list(case.args)) for args in shown)
    ]
    with budget(AGAIN):
        more = _attempt(exercise, answer, cases)
    return [one for one in more if not isinstance(one.got.error, TimeUp)]


def is_right(exercise: Exercise, one: Tried) -> bool:
    """Whether the answer did on this case what was wanted, and left its arguments alone."""
    return not one.got.changed and one.got.error is None and alike(exercise, one.want, one.got)


def alike(exercise: Exercise, a: Outcome, b: Outcome) -> bool:
    """Whether two calls ended in the same way: the same numbers, or the same kind of error."""
    if a.error is not None or b.error is not None:
        return type(a.error) is type(b.error) and not isinstance(a.error, TimeUp)
    try:
        one, two = both(exercise, a, b)
    except NoNumbers:
        return a.value is b.value is None
    return all_close(one, two, exercise.rtol, exercise.atol)


def both(exercise: Exercise, a: Outcome, b: Outcome) -> tuple[Parts, Parts]:
    """The parts of two results, in the same names. Raises NoNumbers."""
    one = parts(a.value, exercise.outputs)
    if isinstance(a.value, Mapping) != isinstance(b.value, Mapping):  # names, or an order
        return one, {"": array(b.value)}
    return one, parts_like(one, b.value)


def where_both_are_numbers(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, ...] | None:
    """The finite entries of two results of the same numbers of rows and columns; None of others."""
    a, b = np.squeeze(a), np.squeeze(b)
    if a.shape != b.shape or a.dtype.kind not in "iufb" or b.dtype.kind not in "iufb":
        return None
    finite = np.isfinite(a) & np.isfinite(b)
    return a[finite], b[finite]
