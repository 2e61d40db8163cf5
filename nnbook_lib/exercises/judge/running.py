"""Running a learner's code: on copies, quietly, for a limited time, and catching what it raises."""

from __future__ import annotations

import contextlib
import copy
import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...plain_words import in_plain_words
from ...plain_words.place import place_of
from .comparing import same
from .pristine import mend
from .watchdog import TimeUp, budget, limit

__all__ = ["Outcome", "TimeUp", "budget", "limit", "quiet", "run"]
PRINTED = 4000  # letters of what a call prints that are kept


@dataclass
class Outcome:
    """What came of a call: a value, or the error and the line that raised it.

    changed: names of the arguments it wrote into. printed: what it printed, or the beginning of it.
    plain: the error in plain words. The error itself has lost its traceback, which would keep all
    that the code had made.
    """

    value: Any = None
    error: BaseException | None = None
    line: str = ""
    changed: tuple[str, ...] = ()
    printed: str = ""
    plain: str = ""


class Paper(io.StringIO):
    """Where print writes to. It has an end, unlike a loop that prints."""

    room = PRINTED
    cut = False  # whether there was more

    def write(self, text: str) -> int:
        """Write what there is room for."""
        room = max(0, self.room - self.tell())
        super().write(text[:room])
        self.cut = self.cut or len(text) > room
        return len(text)


def run(
    function: Callable[..., Any], args: Sequence[Any], names: Sequence[str], seconds: float
) -> Outcome:
    """function(*copies of args), whatever it does. KeyboardInterrupt passes through.

    It is stopped after `seconds`, or when the budget that is open is used up: the error is TimeUp.
    """
    copies: list[Any] = []
    outcome, paper = Outcome(), Paper()
    with quiet(), contextlib.redirect_stdout(paper):
        try:
            copies = copy.deepcopy(list(args))
            with limit(seconds):
                outcome.value = function(*copies)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            _tell(outcome, error)
        mend()
    outcome.printed = paper.getvalue()
    outcome.changed = tuple(
        name
        for name, before, now in zip(names, args, copies, strict=False)
        if not same(before, now)
    )
    return outcome


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """No warnings inside, neither Python's nor numpy's, whatever the caller has set."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def _tell(outcome: Outcome, error: BaseException) -> None:
    """Write down what the error says and where it arose, and let go of the code's frames."""
    outcome.error = error
    with contextlib.suppress(Exception, TimeUp), budget(1.0), limit(1.0):
        outcome.line = str(place_of(error))
        outcome.plain = in_plain_words(error)
    chain: BaseException | None = error
    seen: set[int] = set()
    while chain is not None and id(chain) not in seen:
        seen.add(id(chain))
        chain.__traceback__ = None
        chain = chain.__cause__ or chain.__context__
