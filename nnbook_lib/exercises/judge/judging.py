"""From an answer to a verdict: right, wrong with a diagnosis, or not attempted yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..exercise import Case, Exercise, Mistake
from . import hints
from .comparing import NoNumbers, Parts, all_close, close, parts
from .running import Outcome, TimeUp, run


@dataclass
class Verdict:
    """What can be said of an answer. status: "right", "wrong" or "open" (not attempted).

    passed: what it does right. failed: the first thing it does not, with `shown`, lines of
    (name, value) for the case's arguments and what was expected and got. printed: what the answer
    printed there. diagnosis: what to do
    about it, or the exercise's remark on a right one; mistake: which named one it is, or None where
    the hint is a general one.
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
    if exercise.is_function and not callable(answer):
        verdict.failed = "the answer"
        verdict.diagnosis = (
            f"check expects the function itself, and got {hints.described(answer)}. Write the name of "
            "the function without parentheses."
        )
        return verdict
    if exercise.cases is None and not exercise.demands and callable(answer):
        verdict.failed = "the answer"
        verdict.diagnosis = "check expects a value here and got a function: call it first."
        return verdict
    cases = exercise.the_cases()
    right = exercise.right_answer() if cases else None
    wanted = [_try(exercise, right, case) for case in cases]
    came = []
    for case in cases:
        came.append(_try(exercise, answer, case))
        if _untouched(came[-1]):
            return _open(verdict)
        if isinstance(came[-1].error, TimeUp):
            break
    for case, want, got in zip(cases, wanted, came, strict=False):
        if not _right(exercise, want, got):
            return _wrong(exercise, answer, verdict, case, cases, wanted, came)
        verdict.passed.append(case.says)
    for demand in exercise.demands:
        held = run(demand.holds, [answer], [], exercise.seconds)
        if _untouched(held):
            return _open(verdict)
        if held.error is not None or not _true(held.value):
            return _unmet(exercise, answer, verdict, demand, held)
        verdict.passed.append(demand.says)
    verdict.status, verdict.diagnosis = "right", exercise.remark
    return verdict


def makes(exercise: Exercise, mistake: Mistake, answer: Any, came: Sequence[Outcome]) -> bool:
    """Whether the answer, which gave `came` on the cases, makes this named mistake."""
    if mistake.when is not None:
        found = run(mistake.when, [answer], [], exercise.seconds)
        return found.error is None and _true(found.value)
    if not came:
        return False
    cases = exercise.the_cases()
    example = exercise.wrong_answer(mistake)
    theirs = [_try(exercise, example, case) for case in cases[: len(came)]]
    return all(_alike(exercise, a, b) for a, b in zip(theirs, came, strict=True))


def makes_besides(exercise: Exercise, mistake: Mistake, wanted: list, came: list) -> bool:
    """Whether an answer makes this named mistake, and something else that hides it: it overflows on
    some cases, comes as a column or a row, or is rounded.
    """
    if mistake.when is not None or exercise.made or any(got.error for got in came):
        return False
    shows = False
    for case, want, got in zip(exercise.the_cases(), wanted, came, strict=False):
        theirs = _try(exercise, mistake.answer, case)
        if theirs.error is not None or theirs.changed != got.changed:
            return False
        try:
            right, mine, others = (parts(o.value, exercise.outputs) for o in (want, got, theirs))
        except NoNumbers:
            return False
        if list(right) != list(mine) or list(mine) != list(others):
            return False
        for part, value in mine.items():
            seen = _where_both_are_numbers(value, others[part])
            if seen is None or not close(*seen, 1e-5, exercise.atol):
                return False
            truth = _where_both_are_numbers(value, right[part])
            whole = seen[0].size == value.size > 0
            shows |= whole and (truth is None or not close(*truth, 1e-3, exercise.atol))
    return shows


def _where_both_are_numbers(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, ...] | None:
    """The finite entries of two results of the same numbers of rows and columns; None of others."""
    a, b = np.squeeze(a), np.squeeze(b)
    if a.shape != b.shape or a.dtype.kind not in "iufb" or b.dtype.kind not in "iufb":
        return None
    finite = np.isfinite(a) & np.isfinite(b)
    return a[finite], b[finite]


def _try(exercise: Exercise, answer: Any, case: Case) -> Outcome:
    names = exercise.argument_names()

    def use(*args: Any) -> Any:
        return exercise.use(answer, args)

    outcome = run(use, case.args, names, exercise.seconds)
    outcome.changed = tuple(n for n in outcome.changed if n not in exercise.may_change)
    return outcome


def _right(exercise: Exercise, want: Outcome, got: Outcome) -> bool:
    return not got.changed and got.error is None and _alike(exercise, want, got)


def _alike(exercise: Exercise, a: Outcome, b: Outcome) -> bool:
    """Whether two calls ended in the same way: the same numbers, or the same kind of error."""
    if a.error is not None or b.error is not None:
        return type(a.error) is type(b.error)
    if a.changed != b.changed:
        return False
    try:
        one, two = parts(a.value, exercise.outputs), parts(b.value, exercise.outputs)
    except NoNumbers:
        return a.value is b.value is None
    return all_close(one, two, exercise.rtol, exercise.atol)


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


def _open(verdict: Verdict) -> Verdict:
    verdict.status = "open"
    verdict.passed = []
    return verdict


def _true(value: Any) -> bool:
    try:
        return bool(value)
    except Exception:
        return False


def _wrong(exercise, answer, verdict, case, cases, wanted, came) -> Verdict:
    """Fill in what failed, and why."""
    i = cases.index(case)
    want, got = wanted[i], came[i]
    verdict.failed = case.says
    verdict.shown = list(zip(exercise.argument_names(), case.args, strict=False))
    shown = _shown(exercise, want, got)
    if exercise.cases is None:  # a value: the right one would be the answer itself
        shown = [(name, value) for name, value in shown if not name.startswith("expected")]
    verdict.shown += shown
    for k, mistake in enumerate(exercise.mistakes):
        if makes(exercise, mistake, answer, came):
            verdict.diagnosis, verdict.mistake = mistake.says, k
            return verdict
    for k, mistake in enumerate(exercise.mistakes):
        if makes_besides(exercise, mistake, wanted, came):
            verdict.diagnosis, verdict.mistake = mistake.says, k
            return verdict
    tried = list(zip(cases, wanted, came, strict=False))
    verdict.diagnosis, verdict.useful = hints.general(exercise, answer, tried, i)
    return verdict


def _shown(exercise: Exercise, want: Outcome, got: Outcome) -> list[tuple[str, Any]]:
    if got.error is not None:
        said = (
            "no end" if isinstance(got.error, TimeUp) else f"an error, {type(got.error).__name__}"
        )
        return [*_expected(exercise, want), ("got", Said(said))]
    try:
        good, bad = parts(want.value, exercise.outputs), parts(got.value, exercise.outputs)
    except NoNumbers as what:
        return [("expected", want.value), ("got", Said(str(what)))]
    if list(good) != list(bad):
        return [*_expected(exercise, want), ("got", got.value)]
    wrong = [
        k for k in good if not all_close({k: good[k]}, {k: bad[k]}, exercise.rtol, exercise.atol)
    ]
    lines: list[tuple[str, Any]] = []
    for k in wrong[:1]:
        lines += [(f"expected {k}".strip(), good[k]), (f"got {k}".strip(), bad[k])]
    return lines


def _expected(exercise: Exercise, want: Outcome) -> list[tuple[str, Any]]:
    """What was wanted, each part on a line of its own."""
    try:
        return [
            (f"expected {k}".strip(), v) for k, v in parts(want.value, exercise.outputs).items()
        ]
    except NoNumbers:
        return [("expected", want.value)]


class Said(str):
    """Words in the place of a value."""


def _unmet(exercise, answer, verdict, demand, held) -> Verdict:
    verdict.failed = demand.says
    for k, mistake in enumerate(exercise.mistakes):
        if makes(exercise, mistake, answer, []):
            verdict.diagnosis, verdict.mistake = mistake.says, k
            return verdict
    if held.error is not None:
        verdict.diagnosis = hints.of_error(held, exercise.seconds)
    else:
        verdict.diagnosis = demand.hint
    return verdict


def named_mistakes(exercise: Exercise, answer: Any) -> list[int]:
    """The indices of all named mistakes that the answer makes: one, if they are well chosen."""
    came = [_try(exercise, answer, case) for case in exercise.the_cases()]
    return [k for k, m in enumerate(exercise.mistakes) if makes(exercise, m, answer, came)]


__all__ = ["Parts", "Said", "Verdict", "judge", "makes", "named_mistakes"]
