"""What can be said of a result before its numbers are looked at: errors, None, too many results."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .comparing import Parts
from .running import Outcome, TimeUp

LONG = 100  # letters of a message that has a plain translation; a longer one is left out


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


def no_numbers(exercise: Any, got: Outcome, what: str) -> str:
    """What to say of a result that is no number, array or tuple of them."""
    if what == "None":
        if got.printed:
            return (
                "Your function prints its result and returns None. `print` only shows it: end with "
                "`return` and the result."
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


def other_parts(good: Parts, bad: Parts, value: Any) -> str:
    """What to say of one result where several are wanted, or the other way around."""
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
