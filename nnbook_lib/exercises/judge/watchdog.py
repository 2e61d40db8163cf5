"""Stopping code that does not end, without threads, signals or processes: also in a browser.

    with budget(5):            # for all that runs under limits inside, together
        with limit(5):
            ...                # raises TimeUp here, once the time is over

From Python 3.12 on, `sys.monitoring` tells of each call and each jump back, which a loop and a
recursion cannot do without. Python 3.11 has `sys.settrace`, which is slower: it tells of each line,
in code that holds a loop. Once the time is over, TimeUp is raised again at each further event, so
that no handler can go on. A single call into compiled code, such as sum(itertools.count()), cannot
be stopped by either.
"""

from __future__ import annotations

import dis
import sys
import threading
from collections.abc import Callable
from math import inf
from time import monotonic
from types import CodeType, FrameType
from typing import Any

EVERY = 16  # events between two looks at the clock, while these come fast
SLOW = 0.01  # seconds between two looks after which the clock is looked at on each event
BACK = {code for name, code in dis.opmap.items() if "BACKWARD" in name}
RAISING = ("call", "line", "opcode")  # not where a frame is left, by an error or otherwise
TOOLS = (4, 3, 2, 5, 1, 0)  # for sys.monitoring; the last ones belong to profilers and debuggers


class TimeUp(BaseException):
    """The code ran longer than it may. Not an Exception, so that `except Exception` lets it by."""


class _Clock(threading.local):
    """Each thread's own: when its code must end, what is left of the budget, whether it counts.

    raised: what was raised first, and is raised again, so that it names the place of the loop.
    """

    end = inf
    left = inf
    counting = False
    raised: TimeUp | None = None


_clock = _Clock()


class budget:
    """What all limits inside may take together, in seconds; after that, each is over at once.

    Only time under a limit is counted. Another budget inside has its own, so that what is tried for
    a hint does not depend on what is left; an open limit holds for it, too.
    """

    def __init__(self, seconds: float):
        self.seconds = seconds

    def __enter__(self) -> None:
        self.before = _clock.left, _clock.counting
        _clock.left, _clock.counting = self.seconds, False

    def __exit__(self, *error: Any) -> None:
        _clock.left, _clock.counting = self.before


class limit:
    """Raise TimeUp in the code inside once the seconds, or the budget's last ones, are over."""

    def __init__(self, seconds: float):
        self.seconds = seconds

    def __enter__(self) -> None:
        if _clock.left <= 0:
            raise TimeUp
        self.begun, self.before = monotonic(), (_clock.end, _clock.counting, _clock.raised)
        _clock.counting, _clock.raised = True, None
        _clock.end = min(_clock.end, self.begun + min(self.seconds, _clock.left))
        self.watch = _begin() if self.before[0] == inf else None

    def __exit__(self, *error: Any) -> None:
        _clock.end, counted, _clock.raised = self.before
        _clock.counting = counted
        if not counted:
            _clock.left -= monotonic() - self.begun
        if self.watch is not None:
            self.watch()


def _begin() -> Callable[[], None]:
    """Begin to watch; returns what ends it."""
    end, before = _monitor() or _trace(), sys.unraisablehook

    def hook(found: Any) -> None:  # what is being closed or deleted when time is up need not say so
        if found.exc_type is not TimeUp:
            before(found)

    def finish() -> None:
        end()
        if sys.unraisablehook is hook:
            sys.unraisablehook = before

    sys.unraisablehook = hook
    return finish


def _stop() -> None:
    _clock.raised = _clock.raised or TimeUp()
    raise _clock.raised


# With sys.monitoring ---------------------------------------------------------------------------


def _monitor() -> Callable[[], None] | None:
    """Watch by sys.monitoring; None where Python has none, or all its places are taken."""
    monitoring = getattr(sys, "monitoring", None)
    tool = monitoring and _free_tool(monitoring)
    if tool is None:
        return None
    events = monitoring.events.JUMP, monitoring.events.PY_START, monitoring.events.PY_RESUME
    wait, last = 0, -inf

    def look(code: CodeType, at: int, to: int = -1) -> Any:
        nonlocal wait, last
        wait -= 1
        if wait > 0:
            return None
        now = monotonic()
        wait, last = (EVERY if now - last < SLOW else 1), now
        if now > _clock.end:
            for event in events:
                monitoring.register_callback(tool, event, insist)
            insist(code)
        return monitoring.DISABLE if to > at else None  # a jump ahead makes no loop

    def insist(code: CodeType, *where: int) -> None:
        if monotonic() > _clock.end and code.co_filename != __file__:
            _stop()

    def end() -> None:
        if monitoring.get_tool(tool) == __name__:
            monitoring.set_events(tool, 0)
            for event in events:
                monitoring.register_callback(tool, event, None)
            monitoring.free_tool_id(tool)

    for event in events:
        monitoring.register_callback(tool, event, look)
    monitoring.set_events(tool, sum(events))
    return end


def _free_tool(monitoring: Any) -> int | None:
    """A place among the tools that watch, now taken for us."""
    for tool in TOOLS:
        try:
            monitoring.use_tool_id(tool, __name__)
        except ValueError:
            continue
        return tool
    return None


# With sys.settrace -----------------------------------------------------------------------------


def _trace() -> Callable[[], None]:
    """Watch by sys.settrace, in the place of a debugger's or coverage's own, if there is one."""
    before, wait, last, over = sys.gettrace(), 0, -inf, False
    known: dict[int, tuple[CodeType, str]] = {}  # holds the code, so that no other gets its id

    def called(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal wait
        wait -= 1
        if wait <= 0 or over:
            look(frame, event)
        code = frame.f_code
        kept = known.get(id(code))
        if kept is None:
            kept = known[id(code)] = code, _loops(code)
        if kept[1] == "in place":
            frame.f_trace_opcodes = True
        return inside if kept[1] else None

    def inside(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal wait
        wait -= 1
        if wait <= 0 or over:
            look(frame, event)

    def look(frame: FrameType, event: str) -> None:
        nonlocal wait, last, over
        now = monotonic()
        wait, last = (EVERY if now - last < SLOW else 1), now
        over = now > _clock.end
        if over and event in RAISING and frame.f_code.co_filename != __file__:
            frame.f_trace = _Again(frame, called, inside)
            _stop()

    def end() -> None:
        sys.settrace(before)
        known.clear()

    sys.settrace(called)
    return end


class _Again:
    """Python ends tracing where a trace function raises, and drops this: then it begins again."""

    def __init__(self, frame: FrameType, *functions: Callable[..., Any]):
        self.frame, self.functions = frame, functions

    def __del__(self) -> None:
        if _clock.end < inf:
            called, inside = self.functions
            self.frame.f_trace = inside
            sys.settrace(called)


def _loops(code: CodeType) -> str:
    """Whether the code can go round: "", "yes", or "in place", where it never leaves a line."""
    steps, found = code.co_code, ""
    if BACK.isdisjoint(steps[::2]):
        return found
    for at in range(0, len(steps), 2):
        if steps[at] in BACK:
            found = "yes"
            if steps[at + 1] <= 2:  # to itself
                return "in place"
    return found
