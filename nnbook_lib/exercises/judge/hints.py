"""The most useful thing to say of a wrong answer that makes no mistake we have a name for."""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from . import by_form, by_input, by_place, by_running, by_size, by_source, by_terms, by_value
from .comparing import NoNumbers, Parts, close, parts
from .running import Outcome, TimeUp, budget
from .trouble import Trouble
from .trying import Tried, both, once_more

Detector = Callable[[Trouble], str | None]
SECONDS = 1.5  # for all that is run to find a hint
FALLBACK = "Compare the two results above, entry by entry, and work the case through by hand."
LONG = 100  # letters of a message that has a plain translation; a longer one is left out
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
        return _no_numbers(exercise, got, str(what)), True
    if list(good) != list(bad):
        if isinstance(want.value, Mapping) and exercise.call is None:
            return f"Wanted is a dictionary with the names {', '.join(good)}.", True
        return _other_parts(good, bad, got.value), True
    wrong = [k for k in good if not _same(exercise, good[k], bad[k])]
    if not wrong:  # then it can only have changed its arguments
        return changed(got), True
    more = once_more(exercise, answer, tried)
    for part, k in itertools.product(wrong, good):
        if k != part and _is_always(exercise, [*tried, *more], part, k):
            other = ": the outputs are in another order" if k in wrong else ""
            return f"What you return as {part} is {k}{other}.", True
    troubles = {part: _trouble(exercise, answer, tried, more, part, first) for part in wrong}
    with budget(SECONDS):
        found = _detected(OF_VALUES if exercise.cases is None else DETECTORS, troubles)
    if found is not None:
        part, said = found
        return _where(good, wrong, part) + said + (f" {changed(got)}" if got.changed else ""), True
    lead = _where(good, wrong, wrong[0])
    if got.changed:
        return lead + changed(got), True
    if exercise.cases is None:
        return lead + OTHER_VALUE, False
    facts = [fact(troubles[wrong[0]]) for fact in (by_place.some_right, by_size.direction)]
    return lead + (" ".join(filter(None, facts)) or FALLBACK), len(wrong) < len(good)


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
    return max(seen) - min(seen) > 10 * exercise.rtol * max(map(abs, seen))


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


# What needs no numbers ------------------------------------------------------------------------


def described(value: Any) -> str:
    """What a thing is, in a few words: "the number 3", "an array of shape (2, 3)"."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if value is None:
        return "None"
    if isinstance(value, bool | int | float | complex | np.number):
        return f"the number {value}"
    name = type(value).__name__
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"


def of_error(outcome: Outcome, seconds: float) -> str:
    """What to do about an error that the learner's code raised."""
    error = outcome.error
    if isinstance(error, TimeUp):
        at = f" It was at {outcome.line}." if outcome.line else ""
        return f"Your code was stopped after {seconds:g} s: is there a loop that does not end?{at}"
    if isinstance(error, SystemExit):
        return "Your code calls exit(): return the result instead."
    plain = "" if outcome.line else _of_call(error)
    plain = plain or outcome.plain
    said, text = type(error).__name__, str(error).strip()
    if text and not (plain and len(text) > LONG):
        said += f": {text}" if len(text) <= 4 * LONG else f": {text[: 4 * LONG - 1]}…"
    at = f", in {outcome.line}" if outcome.line else ""
    return f"{said}{at}. {plain}".strip()


def _of_call(error: BaseException) -> str:
    """What an error means that comes before the first line of the learner's function: it cannot be
    called as the exercise calls it.
    """
    text = str(error)
    if not isinstance(error, TypeError):
        return ""
    if name := re.search(r"unexpected keyword argument '(\w+)'", text):
        return (
            f"Keep the argument {name[1]} in the first line of your function, as it stands in the "
            f"exercise: it is called with `{name[1]}=...`, and has to make use of it."
        )
    method = re.search(r"\w\.\w+\(\)", text)
    if "argument" in text and not method:
        return "Keep the arguments of the function as they stand in the exercise."
    return ""


def _no_numbers(exercise: Any, got: Outcome, what: str) -> str:
    if what == "None":
        if got.printed:
            return (
                "Your function returns None. What it prints is seen and gone: end it with `return` and "
                "the result."
            )
        if got.changed:
            return (
                f"Your function returns None and writes into {' and '.join(got.changed)}. Make a new "
                "array, and `return` it."
            )
        if not exercise.is_function and not callable(exercise.reference):
            return "A part of your answer is None."
        return (
            "Your function returns None: a way through it does not end in `return`, or it returns what a "
            "function gives back that changes its argument in place."
        )
    if isinstance(got.value, list) and len(exercise.outputs) > 1:
        return _one_for_many(exercise.outputs, got.value)
    if exercise.is_function:
        return f"Your function returns {what}; wanted is {_wanted(exercise)}."
    return f"The answer is {what}; wanted is {_wanted(exercise)}."


def _wanted(exercise: Any) -> str:
    case = exercise.the_cases()[0]
    value = exercise.use(exercise.right_answer(), copy.deepcopy(case.args))
    if isinstance(value, tuple):
        named = f" ({', '.join(exercise.outputs)})" if exercise.outputs else ""
        return f"a tuple of {len(value)}{named}"
    if isinstance(value, Mapping):
        return f"what gives {', '.join(map(str, value))}"
    return described(value)


def _other_parts(good: Parts, bad: Parts, value: Any) -> str:
    if list(bad) == [""]:
        return _one_for_many(list(good), value)
    if list(good) == [""]:
        if isinstance(value, tuple) and len(value) == 1:
            return (
                "Wanted is one result; you return a tuple that holds one. The comma behind it makes "
                "the tuple: leave it out."
            )
        return f"Wanted is one result; you return {described(value)} of {len(bad)}."
    if set(good) == set(bad):
        return f"The parts are in another order: wanted {', '.join(good)}."
    returned = f"you return {described(value)} of {len(bad)}"
    return f"Wanted are {len(good)} results, {', '.join(good)}; {returned}."


def _one_for_many(names: Sequence[str], value: Any) -> str:
    """What to say of a list, an array or a number where several results are wanted."""
    listed = ", ".join(names)
    wanted = f"Wanted are {len(names)} results, {listed}; you return"
    example = f": `return {listed}`" if all(map(str.isidentifier, names)) else ""
    if isinstance(value, list):
        return f"{wanted} a list of {len(value)}. Return them separated by commas{example}."
    return f"{wanted} only one, {described(value)}. Return all, separated by commas{example}."


def changed(got: Outcome) -> str:
    """What to say of a function that writes into its arguments."""
    names = " and ".join(got.changed)
    return (
        f"Your function writes into its input {names}, which the caller still needs. Make a new array: "
        f"{got.changed[0]} = {got.changed[0]}.copy(), or no `+=` and no assignment to its entries."
    )
