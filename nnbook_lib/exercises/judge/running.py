"""Running a learner's code: on copies, quietly, for a limited time, and catching what it raises."""

from __future__ import annotations

import contextlib
import copy
import io
import linecache
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np

from .comparing import same

LIBRARY = str(Path(__file__).parents[2])
PYTHON = str(Path(linecache.__file__).parent)


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
            outcome.error, outcome.line = error, where(error)
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
        if not _is_own(frame.f_code.co_filename):
            return None
        frame.f_trace_opcodes = True
        return watch

    sys.settrace(watch)
    try:
        yield
    finally:
        sys.settrace(before)


def where(error: BaseException) -> str:
    """The learner's last line on the way to the error: "line 3: `return x @ W`"."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if _is_own(f.filename)]
    if not own:
        return ""
    last = own[-1]
    code = (last.line or linecache.getline(last.filename, last.lineno or 0)).strip()
    return f"line {last.lineno}: `{code}`" if code else f"line {last.lineno}"


def _is_own(file: str) -> bool:
    """Whether code in this file is the learner's."""
    foreign = "site-packages" in file or file.endswith(
        ".pyx"
    )  # numpy's compiled parts name no path
    return not (foreign or file.startswith((LIBRARY, PYTHON)))
