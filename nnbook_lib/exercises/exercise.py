"""An exercise is data: the right answer, cases to try it on, and the mistakes people make.

    add(
        "forward.weighted_sum",
        "One node by hand",
        level=1,
        reference=lambda x, w, b: w @ x + b,
        cases=lambda rng: [Case("three inputs", rng.normal(size=3), rng.normal(size=3), 0.5)],
        mistakes=[Mistake("The bias is missing: add b.", lambda x, w, b: w @ x)],
    )

An answer is a function, compared with `reference` on every case; or a value (a number, an array),
compared with a `reference` that is no function; or anything else that `call` can use or `demands`
can judge, such as a layer or a trained network.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from ..shapes import got


class Case:
    """Arguments to try an answer on; `says` names them in the report: "a batch of three"."""

    def __init__(self, says: str, *args: Any):
        self.says, self.args = says, args


@dataclass(frozen=True)
class Mistake:
    """What learners do wrong: `says` is the diagnosis they read, `answer` an answer that makes it.

    A learner's answer makes this mistake if it gives what `answer` gives on every case; or, where
    that can't be compared, if `when(learner's answer)` is true.
    """

    says: str
    answer: Any
    when: Callable[[Any], bool] | None = None


@dataclass(frozen=True)
class Demand:
    """Something else that must hold: `holds(answer)` is true. `says` names it, `hint` helps."""

    says: str
    holds: Callable[[Any], bool]
    hint: str


@dataclass(frozen=True)
class Exercise:
    """See the module's docstring. name: "set.exercise"; level: 1 a line, 2 a few, 3 a project.

    outputs: names for the parts of an answer's result, if it is a tuple. call(answer, *args): how
    a case uses an answer that is no plain function. may_change: arguments it may write into.
    made: `reference` and the mistakes' answers are functions that make the answer, for those that
    take long. seconds: the time one case may take. remark: shown with a right answer: what is often
    done otherwise, and why. stops: the values among which the answer is one, such as a slider's.
    plain: the solution in plain numpy, where `reference` is the library's own: small changes of its
    source are what wrong answers are compared with.
    """

    name: str
    title: str
    level: int
    reference: Any
    cases: Callable[[np.random.Generator], Sequence[Case]] | None = None
    mistakes: Sequence[Mistake] = ()
    demands: Sequence[Demand] = ()
    outputs: tuple[str, ...] = ()
    call: Callable[..., Any] | None = None
    may_change: tuple[str, ...] = ()
    made: bool = False
    seconds: float = 5.0
    remark: str = ""
    stops: Sequence[Any] = ()
    plain: Callable[..., Any] | None = None
    rtol: float = 1e-6
    atol: float = 1e-9

    @property
    def is_function(self) -> bool:
        """Whether the answer is a function to be called on cases."""
        return self.call is None and callable(self.reference) and not self.made

    def the_cases(self, draw: int = 0) -> list[Case]:
        """The cases, the same at every call, or with other random numbers at another draw. A value has
        one, without arguments.
        """
        if self.cases is None:
            return [] if self.demands else [Case("its value")]
        return list(self.cases(np.random.default_rng(sum(map(ord, self.name)) + draw)))

    def use(self, answer: Any, args: Sequence[Any]) -> Any:
        """What an answer gives on a case's arguments."""
        if self.call is not None:
            return self.call(answer, *args)
        return answer(*args) if self.is_function else answer

    def argument_names(self) -> list[str]:
        """The names of a case's arguments, as in the reference's own signature."""
        if self.call is not None:
            return list(inspect.signature(self.call).parameters)[1:]
        return list(inspect.signature(self.reference).parameters) if self.is_function else []

    def right_answer(self) -> Any:
        """An answer that passes."""
        return self.reference() if self.made else self.reference

    def wrong_answer(self, mistake: Mistake) -> Any:
        """An answer that makes this mistake."""
        return mistake.answer() if self.made else mistake.answer


_ALL: dict[str, Exercise] = {}
EXERCISES = MappingProxyType(_ALL)  # by name, in the order of the text; sets are loaded on demand


def add(name: str, title: str, *, level: int, reference: Any, **rest: Any) -> None:
    """Register an exercise. ValueError if the name is taken or there is no such level."""
    if name in EXERCISES:
        raise ValueError(f"exercise {name!r} is defined twice")
    if level not in (1, 2, 3):
        raise ValueError(f"exercise {name!r}: level is 1, 2 or 3; got {got(level)}")
    fixed = {key: tuple(v) if isinstance(v, list) else v for key, v in rest.items()}
    _ALL[name] = Exercise(name, title, level, reference, **fixed)


def in_set(prefix: str) -> Iterable[Exercise]:
    """The exercises of a loaded set, in the order of the text."""
    return [e for e in EXERCISES.values() if e.name.startswith(prefix + ".")]
