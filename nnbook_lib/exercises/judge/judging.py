"""From an answer to a verdict: right, wrong with a diagnosis, or not attempted yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from inspect import isfunction
from typing import Any

import numpy as np

from ..exercise import Demand, Exercise
from . import hints, kinds
from .comparing import NoNumbers, all_close, parts, parts_like
from .naming import named
from .running import Outcome, TimeUp, budget, run
from .trying import Tried, attempt, is_right


@dataclass
class Verdict:
    """What can be said of an answer. status: "right", "wrong" or "open" (not attempted).

    passed: what it does right. failed: something it does not, with `shown`, lines of (name, value)
    for the case's arguments and what was expected and got. printed: what the answer printed there.
    diagnosis: what to do about it, or the exercise's remark on a right one; mistake: which named one
    it is, or None where the hint is a general one.
    """

    name: str
    title: str
    status: str
    passed: list[str] = field(default_factory=list)
    failed: str = ""
    shown: list[tuple[str, Any]] = field(default_factory=list)
    printed: str = ""
    diagnosis: str = ""
    mistake: int | None = None
    useful: bool = True  # False: nothing better than "look at the numbers" could be said


def judge(exercise: Exercise, answer: Any) -> Verdict:
    """Judge an answer. Raises nothing of its own or the answer's making, except KeyboardInterrupt."""
    verdict = Verdict(exercise.name, exercise.title, "wrong")
    if answer is Ellipsis or (answer is None and not exercise.is_function):
        return _open(verdict)
    wants_function = isfunction(exercise.reference) and not exercise.made
    if (wants_function or exercise.is_function) and not callable(answer):
        return _no_answer(
            verdict,
            f"check expects the function itself, and got {kinds.described(answer)}. Write the name of "
            "the function without parentheses.",
        )
    if exercise.cases is None and not exercise.demands and callable(answer):
        what = "a word" if isinstance(exercise.right_answer(), str) else "numbers"
        return _no_answer(verdict, f"check expects {what} here, and got a function.")
    tried = attempt(exercise, answer, exercise.the_cases())
    if any(_untouched(one.got) for one in tried):
        return _open(verdict)
    verdict.passed = [one.case.says for one in tried if is_right(exercise, one)]
    if len(verdict.passed) < len(tried):
        return _wrong(exercise, answer, verdict, tried)
    for demand, held in _held(exercise, answer):
        if _untouched(held):
            return _open(verdict)
        if held.error is not None or not _true(held.value):
            return _unmet(exercise, answer, verdict, demand, held)
        verdict.passed.append(demand.says)
    verdict.status, verdict.diagnosis = "right", exercise.remark
    return verdict


def _held(exercise: Exercise, answer: Any) -> Iterator[tuple[Demand, Outcome]]:
    """Each demand with what came of asking it; all together may take exercise.seconds."""
    with budget(exercise.seconds):
        for demand in exercise.demands:
            yield demand, run(demand.holds, [answer], [], exercise.seconds)


def _no_answer(verdict: Verdict, says: str) -> Verdict:
    verdict.failed, verdict.diagnosis = "the answer", says
    return verdict


def _open(verdict: Verdict) -> Verdict:
    verdict.status = "open"
    return verdict


def _untouched(outcome: Outcome) -> bool:
    """Whether a `...` of the exercise still stands in the answer."""
    if outcome.error is not None:
        return isinstance(outcome.error, NotImplementedError) or "ellipsis" in str(outcome.error)
    try:
        return any(v is Ellipsis for v in _flat(outcome.value))
    except RecursionError:
        return False


def _flat(value: Any):
    if isinstance(value, tuple | list):
        for one in value:
            yield from _flat(one)
    elif isinstance(value, dict):
        yield from _flat(list(value.values()))
    else:
        yield value


def _true(value: Any) -> bool:
    try:
        return bool(value)
    except Exception:
        return False


def _wrong(exercise: Exercise, answer: Any, verdict: Verdict, tried: Sequence[Tried]) -> Verdict:
    """Fill in what failed, and why: decided on all cases, shown on the smallest one that fails."""
    failing = [i for i, one in enumerate(tried) if not is_right(exercise, one)]
    shown = min(failing, key=lambda i: _size(tried[i].case.args))
    found = named(exercise, answer, tried)
    if found is not None:
        verdict.diagnosis, verdict.mistake = found
    else:
        errors = [i for i in failing if tried[i].got.error is not None]
        for i in dict.fromkeys([shown, *errors[:1]]):
            said, verdict.useful = hints.general(exercise, answer, tried, i)
            if not verdict.diagnosis or verdict.useful:
                verdict.diagnosis, shown = said, i
            if verdict.useful:
                break
    _show(exercise, verdict, tried[shown])
    return verdict


def _size(value: Any) -> int:
    """How many numbers a reader has to look at."""
    if isinstance(value, list | tuple):
        return sum(map(_size, value))
    return int(np.size(value)) if isinstance(value, np.ndarray) else 1


def _show(exercise: Exercise, verdict: Verdict, one: Tried) -> None:
    """Put a case into the verdict: its arguments, what was expected, what came."""
    verdict.failed, verdict.printed = one.case.says, one.got.printed
    verdict.shown = list(zip(exercise.argument_names(), one.case.args, strict=False))
    lines = _results(exercise, one.want, one.got)
    if exercise.cases is None:  # a value: the right one would be the answer itself
        lines = [(name, value) for name, value in lines if not name.startswith("expected")]
    verdict.shown += lines


def _results(exercise: Exercise, want: Outcome, got: Outcome) -> list[tuple[str, Any]]:
    if got.error is not None:
        said = (
            "no end" if isinstance(got.error, TimeUp) else f"an error, {type(got.error).__name__}"
        )
        return [*_expected(exercise, want), ("got", Said(said))]
    try:
        good = parts(want.value, exercise.outputs)
        bad = parts_like(good, got.value)
    except NoNumbers as what:
        return [("expected", want.value), ("got", Said(str(what)))]
    if list(good) != list(bad):
        return [*_expected(exercise, want), ("got", got.value)]
    wrong = [
        k for k in good if not all_close({k: good[k]}, {k: bad[k]}, exercise.rtol, exercise.atol)
    ]
    return [
        line
        for k in wrong[:1]
        for line in ((f"expected {k}".strip(), good[k]), (f"got {k}".strip(), bad[k]))
    ]


def _expected(exercise: Exercise, want: Outcome) -> list[tuple[str, Any]]:
    """What was wanted, each part on a line of its own."""
    try:
        named_parts = parts(want.value, exercise.outputs)
        return [(f"expected {k}".strip(), v) for k, v in named_parts.items()]
    except NoNumbers:
        return [("expected", want.value)]


class Said(str):
    """Words in the place of a value."""


def _unmet(exercise, answer, verdict, demand, held) -> Verdict:
    verdict.failed, verdict.printed = demand.says, held.printed
    found = None if isinstance(held.error, TimeUp) else named(exercise, answer, [])
    if found is not None:
        verdict.diagnosis, verdict.mistake = found
    elif held.error is not None:
        verdict.diagnosis = kinds.of_error(held, exercise.seconds)
    else:
        verdict.diagnosis = demand.hint
    return verdict
