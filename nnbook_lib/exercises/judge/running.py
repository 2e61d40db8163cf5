"""Running a learner's code: on copies, quietly, for a limited time, and catching what it raises."""

from __future__ import annotations

import contextlib
import copy
import io
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

import numpy as np

from ...plain_words.place import is_own, place_of
from .comparing import same


class TimeUp(BaseException):
    """The code ran longer than it may. Not an Exception, so that `except Exception` lets it by."""


@dataclass
class Outcome:
    """What came of a call: a value, or the error and the line that raised it.

    changed: names of the arguments it wrote into. printed: what it printed.
    """

    value: Any = None
    error: BaseException | None = None
    line: str = ""
    changed: tuple[str, ...] = ()
    printed: str = ""


def run(
    function: Callable[..., Any], args: Sequence[Any], names: Sequence[str], seconds: float
) -> Outcome:
    """function(*copies of args), whatever it does. KeyboardInterrupt passes through."""
    copies: list[Any] = []
    outcome, out = Outcome(), io.StringIO()
    with contextlib.redirect_stdout(out), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            copies = copy.deepcopy(list(args))
            with limit(seconds):
                outcome.value = function(*copies)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            outcome.error, outcome.line = error, str(place_of(error))
    outcome.printed = out.getvalue()
    outcome.changed = tuple(
        name
        for name, before, now in zip(names, args, copies, strict=False)
        if not same(before, now)
    )
    return outcome


@contextlib.contextmanager
def limit(seconds: float) -> Iterator[None]:
    """Raise TimeUp in the code inside once the time is over.

    Python calls the trace function at every call, and in code that is neither ours nor an installed
    package's at every instruction (`while True: pass` is a single line, which it never leaves).
    That works without threads and signals. A single call into compiled code can't be stopped.
    """
    end, before = monotonic() + seconds, sys.gettrace()

    def watch(frame, event, arg):
        if monotonic() > end:
            raise TimeUp
        if not is_own(frame.f_code.co_filename):
            return None
        frame.f_trace_opcodes = True
        return watch

    sys.settrace(watch)
    try:
        yield
    finally:
        sys.settrace(before)
