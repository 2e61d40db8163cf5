"""The most useful thing to say of a wrong answer that makes no mistake we have a name for."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from . import by_form, by_input, by_place, by_running, by_size, by_source, by_terms, by_value
from .comparing import NoNumbers, Parts, close, parts
from .kinds import changed, no_numbers, of_error, other_parts
from .running import budget
from .trouble import Trouble
from .trying import Tried, both, once_more

Detector = Callable[[Trouble], str | None]
SECONDS = 1.5  # for all that is run to find a hint
FALLBACK = "Compare the two results above, entry by entry, and work the case through by hand."
OF_NUMBERS = "Compare the two numbers above, and work the case through by hand."
OTHER_VALUE = "That is not it. Read the task once more, and the hints that stand under it."
# The first that has something to say is heard.
DETECTORS: tuple[Detector, ...] = (
    by_form.text_for_number,
    by_value.word,
    by_form.caret,
    by_running.called_twice,
    by_form.not_finite,
    by_form.wrong_shape,
    by_form.integers,
    by_form.returns_an_argument,
    by_place.unfilled,
    by_form.constant,
    by_form.function_of_an_argument,
    by_value.off_by_one,
    by_size.factor,
    by_size.step,
    by_terms.off_by,
    by_terms.times,
    by_size.offset,
    by_size.other_form,
    by_place.order,
    by_source.changed,
    by_running.row_by_row,
    by_input.other_input,
    by_size.mistake_times,
    by_place.ignores,
    by_place.wrong_where,
    by_place.some_cases,
    by_place.line_by_line,
    by_running.simplified,
    by_size.nearly,
)
# For an answer that is a value, those that don't give the right one away.
OF_VALUES = (
    by_form.text_for_number,
    by_form.not_finite,
    by_form.wrong_shape,
    by_value.proportional,
    by_place.order,
    by_place.wrong_where,
    by_value.no_stop,
    by_value.too_large_or_small,
)


def general(exercise: Any, answer: Any, tried: Sequence[Tried], first: int) -> tuple[str, bool]:
    """(sentence, whether it says more than "look at the numbers"); tried[first] is what is shown."""
    want, got = tried[first].want, tried[first].got
    if got.error is not None:
        return of_error(got, exercise.seconds), True
    try:
        good, bad = both(exercise, want, got)
    except NoNumbers as what:
        return no_numbers(exercise, got, str(what)), True
    if list(good) != list(bad):
        if isinstance(want.value, Mapping) and exercise.call is None:
            return f"Wanted is a dictionary with the names {', '.join(good)}.", True
        return other_parts(good, bad, got.value), True
    here = [k for k in good if not _same(exercise, good[k], bad[k])]
    if not here:  # then it can only have changed its arguments
        return changed(got), True
    wrong = _wrong_anywhere(exercise, tried, here, list(good))
    more = once_more(exercise, answer, tried)
    for part, k in itertools.product(here, good):
        if k != part and _is_always(exercise, [*tried, *more], part, k):
            other = ": the outputs are in another order" if k in wrong else ""
            return f"What you return as {part} is {k}{other}.", True
    troubles = {part: _trouble(exercise, answer, tried, more, part, first) for part in here}
    with budget(SECONDS):
        found = _detected(OF_VALUES if exercise.cases is None else DETECTORS, troubles)
    if found is not None:
        part, said = found
        return _where(good, wrong, part) + said + (f" {changed(got)}" if got.changed else ""), True
    lead = _where(good, wrong, here[0])
    if got.changed:
        return lead + changed(got), True
    if exercise.cases is None:
        return lead + OTHER_VALUE, False
    trouble = troubles[here[0]]
    facts = [fact(trouble) for fact in (by_place.some_right, by_size.direction)]
    look = FALLBACK if trouble.want.ndim or trouble.got.ndim else OF_NUMBERS
    return lead + (" ".join(filter(None, facts)) or look), len(wrong) < len(good)


def _wrong_anywhere(
    exercise: Any, tried: Sequence[Tried], here: list[str], names: list[str]
) -> list[str]:
    """The parts that are wrong on one of the cases: those of the case that is shown, and others."""
    found = dict.fromkeys(here)
    for one in tried:
        try:
            good, bad = both(exercise, one.want, one.got)
        except NoNumbers:
            continue
        if one.got.error is None and list(good) == list(bad) == names:
            found |= {k: None for k in names if not _same(exercise, good[k], bad[k])}
    return list(found)


def _detected(
    detectors: Sequence[Detector], troubles: dict[str, Trouble]
) -> tuple[str, str] | None:
    """(part, sentence) of the first detector that has something to say of a part, or None."""
    for detect, (part, trouble) in itertools.product(detectors, troubles.items()):
        if said := _said(detect, trouble):
            return part, said
    return None


def _said(detect: Detector, trouble: Trouble) -> str | None:
    """What a detector says; nothing if it breaks, which is never the learner's fault."""
    try:
        return detect(trouble)
    except Exception:
        return None


def _where(good: Parts, wrong: Sequence[str], part: str) -> str:
    """Which parts are right, and which one to look at; "" of a result that is one."""
    if len(good) == 1:
        return ""
    right = [k for k in good if k not in wrong]
    lead = f"Right: {', '.join(right)}. " if right else ""
    if len(wrong) == 1 or not right:
        return lead + (f"Look at {part}. " if right else f"At {part}: ")
    return f"{lead}Wrong: {', '.join(wrong)}. At {part}: "


def _same(exercise: Any, a: np.ndarray, b: np.ndarray) -> bool:
    return close(a, b, exercise.rtol, exercise.atol)


def _is_always(exercise: Any, tried: Sequence[Tried], part: str, other: str) -> bool:
    """Whether what came as one part is what was wanted as another, on every case; numbers that vary."""
    seen: list[float] = []
    for one in tried:
        try:
            a, b = both(exercise, one.want, one.got)
        except NoNumbers:
            return False
        if part not in b or other not in a or not _same(exercise, b[part], a[other]):
            return False
        seen += [float(v) for v in b[part].flat]
    return len(seen) > 1 and max(seen) - min(seen) > 10 * exercise.rtol * max(map(abs, seen))


def _trouble(exercise, answer, tried, more, part, first) -> Trouble:
    names, own, at = exercise.argument_names(), 0, 0
    arguments, wanted, came = [], [], []
    for i, one in enumerate([*tried, *more]):
        try:
            a, b = both(exercise, one.want, one.got)
        except NoNumbers:
            continue
        if one.got.error is None and part in a and part in b:
            at = len(wanted) if i == first else at
            own += i < len(tried)
            arguments.append(dict(zip(names, one.case.args, strict=False)))
            wanted.append(a[part])
            came.append(b[part])
    number = list(parts(tried[first].want.value, exercise.outputs)).index(part)
    return Trouble(exercise, answer, arguments, wanted, came, at, number, own)
