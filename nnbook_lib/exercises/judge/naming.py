"""Whether an answer makes a mistake that has a name: exactly, beside a harmless change, or in part.

A name is given on evidence: the answer does what the mistake does on every case, and on the same
cases with other random numbers.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from math import inf
from typing import Any

import numpy as np

from ..exercise import Exercise, Mistake
from . import kinds
from .comparing import NoNumbers, close
from .running import Outcome, TimeUp, budget, run
from .trying import Tried, alike, attempt, both, once_more, use, where_both_are_numbers

SECONDS = 3.0  # for the learner's code, where it is run to find a name


class Examples:
    """What the mistakes' own answers give, each tried once on a case."""

    def __init__(self, exercise: Exercise):
        self.exercise = exercise
        self.known: dict[tuple[int, int], Outcome] = {}

    def __call__(self, mistake: Mistake, one: Tried) -> Outcome:
        """What it gives on a case. It is ours, so it ends, and no budget is needed."""
        key = id(mistake), id(one)
        if key not in self.known:
            with budget(inf):
                example = self.exercise.wrong_answer(mistake)
                self.known[key] = use(self.exercise, example, one.case)
        return self.known[key]


def named(exercise: Exercise, answer: Any, tried: Sequence[Tried]) -> tuple[str, int] | None:
    """(what to say, which of the exercise's mistakes it is), or None; none of an endless answer."""
    if any(isinstance(one.got.error, TimeUp) for one in tried):
        return None
    with budget(SECONDS):
        return _named(exercise, answer, tried)


def _named(exercise: Exercise, answer: Any, tried: Sequence[Tried]) -> tuple[str, int] | None:
    more: list[Tried] | None = None
    examples = Examples(exercise)
    for makes in makes_it, makes_it_besides, makes_it_in_part:
        for k, mistake in enumerate(exercise.mistakes):
            lead = makes(examples, mistake, answer, tried)
            if lead is None:
                continue
            if mistake.when is None:
                if more is None:
                    more = once_more(exercise, answer, tried)
                if more and makes(examples, mistake, answer, more) is None:
                    continue
            changed = next((one.got for one in tried if one.got.changed), None)
            theirs_too = changed is None or _writes_too(examples, mistake, tried)
            besides = "" if theirs_too else f" {kinds.changed(changed)}"
            return lead + mistake.says + besides, k
    return None


def makes_it(
    examples: Examples, mistake: Mistake, answer: Any, tried: Sequence[Tried]
) -> str | None:
    """ "" if the answer makes this mistake, else None."""
    if mistake.when is not None:
        found = run(mistake.when, [answer], [], examples.exercise.seconds)
        try:
            return "" if found.error is None and found.value else None
        except Exception:
            return None
    if not tried:
        return None
    numbers = False
    for one in tried:
        theirs = examples(mistake, one)
        if not alike(examples.exercise, theirs, one.got):
            return None
        if not set(theirs.changed) <= set(one.got.changed):
            return None
        numbers |= theirs.error is None or str(theirs.error) == str(one.got.error)
    return "" if numbers else None


def makes_it_besides(
    examples: Examples, mistake: Mistake, answer: Any, tried: Sequence[Tried]
) -> str | None:
    """ "" if it makes this mistake, and something else that hides it: it overflows on some cases,
    comes as a column or a row, or is rounded.
    """
    exercise, pairs = examples.exercise, _of_parts(examples, mistake, tried)
    if pairs is None:
        return None
    shows = False
    for right, mine, others in pairs:
        for part, value in mine.items():
            seen = where_both_are_numbers(value, others[part])
            if seen is not None and np.any(
                np.isfinite(value).ravel() & ~np.isfinite(others[part]).ravel()
            ):
                return None  # what is wrong with the mistake there is right here
            if seen is None or not close(*seen, 1e-5, exercise.atol):
                return None
            truth = where_both_are_numbers(value, right[part])
            whole = seen[0].size == value.size > 0
            shows |= whole and (truth is None or not close(*truth, 1e-3, exercise.atol))
    return "" if shows else None


def makes_it_in_part(
    examples: Examples, mistake: Mistake, answer: Any, tried: Sequence[Tried]
) -> str | None:
    """Where to look, if all that this mistake gets wrong is wrong in the answer in the same way; other
    parts of the answer are wrong besides.
    """
    exercise, pairs = examples.exercise, _of_parts(examples, mistake, tried)
    if pairs is None or len(pairs[0][0]) < 2:
        return None

    def same(one: Any, other: Any) -> bool:
        return close(one, other, exercise.rtol, exercise.atol)

    names = list(pairs[0][0])
    touched = [p for p in names if any(not same(theirs[p], right[p]) for right, _, theirs in pairs)]
    if not all(same(mine[p], theirs[p]) for _, mine, theirs in pairs for p in touched):
        return None
    for p, q in itertools.permutations(names, 2):  # exchanged: said in another place
        if all(same(mine[p], right[q]) for right, mine, _ in pairs):
            return None
    return f"More than one thing is wrong. At {' and '.join(touched)}: " if touched else None


def _of_parts(examples: Examples, mistake: Mistake, tried: Sequence[Tried]) -> list | None:
    """(wanted, came, what the mistake gives) of every case, as parts; None if one is no numbers."""
    exercise = examples.exercise
    if mistake.when is not None or exercise.made or any(one.got.error for one in tried):
        return None
    found = []
    for one in tried:
        theirs = examples(mistake, one)
        if theirs.error is not None:
            return None
        try:
            right, mine = both(exercise, one.want, one.got)
            _, others = both(exercise, one.want, theirs)
        except NoNumbers:
            return None
        if list(right) != list(mine) or list(mine) != list(others):
            return None
        found.append((right, mine, others))
    return found or None


def _writes_too(examples: Examples, mistake: Mistake, tried: Sequence[Tried]) -> bool:
    return mistake.when is not None or any(examples(mistake, one).changed for one in tried)


def named_mistakes(exercise: Exercise, answer: Any) -> list[int]:
    """The indices of all named mistakes that the answer makes: one, if they are well chosen."""
    tried = attempt(exercise, answer, exercise.the_cases())
    examples = Examples(exercise)
    return [
        k for k, m in enumerate(exercise.mistakes) if makes_it(examples, m, answer, tried) == ""
    ]
