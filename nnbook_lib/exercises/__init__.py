"""Exercises that say what went wrong: check("set.exercise", answer).

    from nnbook_lib.exercises import check

    def weighted_sum(x, w, b):
        return w @ x + b

    check("forward.weighted_sum", weighted_sum)

`sets/` holds the exercises of the chapters, `clinic/` those on networks that do not learn;
`exercise.py` says what an exercise is made of, `judge/` how an answer is judged, `report.py` how
the verdict is shown; `collect/` reads the verdicts of a whole class.
"""

from __future__ import annotations

import difflib
import importlib
import sys
from contextlib import redirect_stdout
from math import inf
from typing import Any

from ..plain_words import in_plain_words
from .exercise import EXERCISES, Case, Demand, Exercise, Mistake, in_set
from .judge.judging import Verdict, judge
from .judge.pristine import pristine, remember
from .judge.running import TimeUp, budget, limit, quiet
from .record import record
from .report import Report

# set -> the notebook in book/exercises/ that holds it, in the order of the book
SETS = {
    "forward": "01_forward_propagation",
    "chain_rule": "02_chain_rule",
    "backprop": "02_chain_rule",
    "gradients": "02_chain_rule",
    "descent": "03_gradient_descent",
    "training": "03_gradient_descent",
    "vanishing": "04_vanishing_gradients",
    "exploding": "04_vanishing_gradients",
    "activations": "05_activations",
    "initialization": "05_initialization",
    "normalization": "05_batch_normalization",
    "skip": "05_skip_connections",
    "recurrent": "05_lstm_gru",
    "practice": "06_practice",
    "landmarks": "landmarks",
    "clinic": "clinic",
}
UNJUDGED = "This answer could not be judged"
ENDLESS = "it took too long. Does the result end when it is compared or printed?"
PATIENCE = 20.0  # seconds for all else that a check does, besides running the answer
LEVELS = {1: "a line", 2: "a few lines", 3: "a project"}

__all__ = ["EXERCISES", "LEVELS", "SETS", "Case", "Demand", "Exercise", "Mistake", "check", "load"]


def check(name: str, answer: Any = ...) -> Report:
    """Judge an answer to the exercise `name`, and say what is wrong with it, if anything.

    answer: the function, number, array, layer or network the exercise asks for; `...` is an
    exercise not attempted yet. The report shows itself as the last line of a cell; it is true if
    the answer is right. Never raises for a wrong answer, whatever it does; for an unknown name it
    says which names there are.
    """
    with pristine(), quiet(), redirect_stdout(sys.stdout):  # whatever stops while it prints
        report = _checked(name, answer)
        record(report.verdict)
        return report


def _checked(name: str, answer: Any) -> Report:
    exercise = find(name)
    if exercise is None:
        close = difflib.get_close_matches(str(name), load(), n=1, cutoff=0.4)
        meant = f"Did you mean {close[0]!r}?" if close else f"The sets are {', '.join(SETS)}."
        return Report(
            Verdict(str(name), str(name), "wrong", diagnosis=f"No such exercise. {meant}")
        )
    try:
        with budget(inf), limit(exercise.seconds + PATIENCE):
            return Report(judge(exercise, answer))
    except Exception as error:  # whatever an answer can think of, a learner gets a report
        said = f"{UNJUDGED}: {type(error).__name__}: {error}. {in_plain_words(error)}".strip()
    except TimeUp:  # not in the answer's code, but in what it made: how it is compared or shown
        said = f"{UNJUDGED}: {ENDLESS}"
    return Report(Verdict(exercise.name, exercise.title, "wrong", diagnosis=said))


def find(name: str) -> Exercise | None:
    """The exercise of that name, or None."""
    prefix = str(name).partition(".")[0]
    if prefix in SETS:
        _import(prefix)
    return EXERCISES.get(str(name))


def load() -> dict[str, Exercise]:
    """All exercises by name, in the order of the book."""
    for prefix in SETS:
        _import(prefix)
    return {e.name: e for prefix in SETS for e in in_set(prefix)}


def _import(prefix: str) -> None:
    """Import a set, which registers its exercises."""
    module = f"{__name__}.clinic" if prefix == "clinic" else f"{__name__}.sets.{prefix}"
    if module not in sys.modules:
        with pristine():
            importlib.import_module(module)
            remember()


remember()
