"""The most useful thing to say of a wrong answer that makes no mistake we have a name for."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from . import by_form, by_input, by_place, by_size
from .comparing import NoNumbers, Parts, close, parts
from .running import Outcome, TimeUp
from .trouble import Trouble

Tried = Sequence[tuple[Any, Outcome, Outcome]]  # (case, wanted, came)
FALLBACK = "Compare the two results above, entry by entry, and work the case through by hand."
LONG = 100  # letters of a message that has a plain translation; a longer one is left out
OTHER_VALUE = "That is not it. Read the task once more, and the hints that stand under it."
# The first that has something to say is heard.
DETECTORS: tuple[Callable[[Trouble], str | None], ...] = (
    by_form.text_for_number,
    by_form.caret,
    by_form.not_finite,
    by_form.wrong_shape,
    by_form.returns_an_argument,
    by_form.constant,
    by_size.factor,
    by_size.step,
    by_form.integers,
    by_size.offset,
    by_size.other_form,
    by_place.order,
    by_input.other_input,
    by_size.mistake_times,
    by_place.ignores,
    by_size.nearly,
    by_place.line_by_line,
    by_place.one_sample,
    by_place.wrong_where,
    by_place.some_cases,
)
# For an answer that is a value, those that don't give the right one away.
OF_VALUES = (
    by_form.text_for_number,
    by_form.not_finite,
    by_form.wrong_shape,
    by_place.order,
    by_place.wrong_where,
)


def general(exercise: Any, answer: Any, tried: Tried, first: int) -> tuple[str, bool]:
    """(sentence, whether it says more than "look at the numbers"); tried[first] is what failed."""
    _, want, got = tried[first]
    if got.error is not None:
        return of_error(got, exercise.seconds), True
    names = exercise.argument_names()
    try:
        good = parts(want.value, exercise.outputs)
        bad = parts(got.value, exercise.outputs)
    except NoNumbers as what:
        return _no_numbers(exercise, got, str(what)), True
    if list(good) != list(bad):
        return _other_parts(good, bad, got.value), True
    wrong = [k for k in good if not _same(exercise, good[k], bad[k])]
    if not wrong:  # then it can only have changed its arguments
        return _changed(got), True
    lead = ""
    if len(good) > 1:
        right = [k for k in good if k not in wrong]
        lead = f"Right: {', '.join(right)}. Look at {wrong[0]}. " if right else f"At {wrong[0]}: "
        for k in good:
            if k != wrong[0] and _is_always(exercise, tried, wrong[0], k):
                more = "" if k in right else ": the outputs are in another order"
                return f"What you return as {wrong[0]} is {k}{more}.", True
    trouble = _trouble(exercise, answer, tried, names, wrong[0], first)
    of_value = exercise.cases is None
    for detect in OF_VALUES if of_value else DETECTORS:
        try:
            said = detect(trouble)
        except Exception:  # a detector is never the learner's fault
            said = None
        if said:
            return lead + said + (f" {_changed(got)}" if got.changed else ""), True
    if got.changed:
        return lead + _changed(got), True
    if of_value:
        return lead + OTHER_VALUE, False
    some = by_place.some_right(trouble)
    return lead + (some or FALLBACK), bool(lead and len(good) > 1 and len(wrong) < len(good))


def _same(exercise: Any, a: np.ndarray, b: np.ndarray) -> bool:
    return close(a, b, exercise.rtol, exercise.atol)


def _is_always(exercise: Any, tried: Tried, part: str, other: str) -> bool:
    """Whether what came as one part is what was wanted as another, on every case."""
    for _, want, got in tried:
        try:
            a, b = parts(want.value, exercise.outputs), parts(got.value, exercise.outputs)
        except NoNumbers:
            return False
        if part not in b or other not in a or not _same(exercise, b[part], a[other]):
            return False
    return True


def _trouble(exercise, answer, tried, names, part, first) -> Trouble:
    arguments, wanted, came, at = [], [], [], 0
    for i, (case, want, got) in enumerate(tried):
        try:
            a, b = parts(want.value, exercise.outputs), parts(got.value, exercise.outputs)
        except NoNumbers:
            continue
        if got.error is None and part in a and part in b:
            at = len(wanted) if i == first else at
            arguments.append(dict(zip(names, case.args, strict=False)))
            wanted.append(a[part])
            came.append(b[part])
    part_number = list(parts(tried[first][1].value, exercise.outputs)).index(part)
    return Trouble(exercise, answer, arguments, wanted, came, at, part_number)


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
        said += f": {text}" if len(text) <= 2 * LONG else f": {text[: 2 * LONG - 1]}…"
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
            return "Your function prints its result and returns None. End it with `return`."
        if got.changed:
            return (
                f"Your function returns None and writes into {' and '.join(got.changed)}. Make a new "
                "array, and `return` it."
            )
        return "Your function returns None: does every way through it end in `return`?"
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
        return (
            f"{wanted} a single one, a list of {len(value)}. Leave the square brackets out, and "
            f"return them separated by commas{example}."
        )
    if isinstance(value, np.ndarray) and len(value.shape) and len(value) == len(names):
        return (
            f"{wanted} a single one, {described(value)}, which holds them all. Return them as they "
            f"are, separated by commas{example}."
        )
    return f"{wanted} only one, {described(value)}. Return all, separated by commas{example}."


def _changed(got: Outcome) -> str:
    names = " and ".join(got.changed)
    return (
        f"Your function writes into its input {names}, which the caller still needs. Make a new array: "
        f"{got.changed[0]} = {got.changed[0]}.copy(), or no `+=` and no assignment to its entries."
    )
