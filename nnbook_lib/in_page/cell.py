"""Running a cell of a page: what it shows, what it printed, and its error with the reader's own lines.

run('{"source": "1 + 1", "name": "cell 1"}')
# '{"status": "ok", "shown": [{"kind": "text", "text": "2"}], "printed": "", "error": null, ...}'
"""

from __future__ import annotations

import ast
import contextlib
import json
import linecache
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from math import inf
from time import perf_counter
from typing import Any

from ..exercises.judge.running import Paper, TimeUp, budget, limit
from ..exercises.report import Report
from ..plain_words import in_plain_words
from .browser import NotOnAPage, closed, settings, untouched

PRINTED = 20_000  # letters of what a cell prints that are kept
MARKUP = 200_000  # letters of HTML that a page shows without stopping
SAID = 2_000  # letters of an error's message
LINES = 8  # of the reader's own on the way to an error
ENDED = "SystemExit: sys.exit() ends a program. On a page it ended this cell, and nothing else."
ABSENT = (
    "Is the name spelled right? This page's Python has its own modules, numpy and nnbook_lib; where a "
    "whole page is run, matplotlib too. For others, take one of the ways under the page's title."
)
UNTOLD = "There was an error, and it has an error itself: it cannot be shown."
JUPYTER = re.compile(r"%|!|\?|>>>|.*\?$")
NOT_JUPYTER = (
    "A page's cell holds Python alone: `%` and `!` commands and `?` are Jupyter's, and `>>>` is what "
    "Python's own prompt prints. Take them away."
)
ENDLESS = "This ran for {:.3g} seconds without coming to an end, and was stopped."

# How a value is shown, the first that gives something: value -> {"kind": ..., ...} or None.
FORMS: list[Callable[[Any], dict[str, Any] | None]] = []
# What a cell leaves behind that is shown without being its value, such as open figures.
LEFT: list[Callable[[], list[dict[str, Any]]]] = []

_cells: dict[str, str] = {}  # file -> name, of the cells that have run
_page: dict[str, Any] = {"__name__": "__main__"}  # what the page's cells have defined
_ran: list[str] = []  # the sources of the cells above that have run, in order


class Page(Paper):
    """Where print writes to. It has an end, and says so."""

    room = PRINTED

    def close(self) -> None:
        """A cell may close what it prints to; what it has printed is still shown."""

    def text(self) -> str:
        """What was written, and that there was more."""
        more = f"\n… cut: only the first {PRINTED:,} letters are shown." if self.cut else ""
        return self.getvalue() + more


def run(asked: str) -> str:
    """Run a cell after those above it, and tell of it; JSON in and out.

    asked: `source` and `name` of the cell; `before`: sources of cells above, each of which runs once,
    in this order; `seconds`: after which it is stopped (null: never); `shared`: whether what it
    defines stays for the page's other cells (an exercise has a copy of its own).

    Told are `status` ("ok", "error"), `shown` (a list of {"kind", ...}), `printed`, `error` (null, or
    `says`, `plain`, `line` and `lines`), `verdict` (null, or an exercise's `name` and `status`) and
    `seconds`. Never raises for what a cell does.
    """
    cell = json.loads(asked)
    told = _prepared(cell.get("before", []))
    if told is None:
        names = _page if cell.get("shared") else dict(_page)
        told = _told(cell["source"], cell["name"], names, cell.get("seconds"))
    return json.dumps(told)


def _prepared(before: Sequence[str]) -> dict[str, Any] | None:
    """Run the cells above that have not run yet; tells only of one that fails."""
    for number, source in enumerate(before, 1):
        if source not in _ran:
            told = _told(source, f"cell {number} above", _page, None)
            if told["error"]:
                return told
            _ran.append(source)
    return None


def _told(source: str, name: str, names: dict[str, Any], seconds: float | None) -> dict[str, Any]:
    """Run one cell, and tell of it."""
    begun, paper, values, error = perf_counter(), Page(), [], None
    modules = dict(sys.modules)
    file = f"<{name}>"
    _cells[file] = name
    linecache.cache[file] = len(source), None, source.splitlines(keepends=True), file
    apart = names is not _page  # a cell that shares nothing leaves nothing behind
    with _written_to(paper), closed(), settings() if apart else contextlib.nullcontext():
        try:
            with untouched(apart), budget(inf), limit(inf if seconds is None else seconds):
                values = _values(source, file, names)
        except BaseException as raised:  # whatever a cell can think of
            try:
                error = _error(raised, file, seconds)
            except Exception:  # of the error itself, when it is asked what it is
                error = {"says": UNTOLD, "plain": "", "line": None, "lines": []}
        shown = [_shown(value) for value in values]
        for left in LEFT:
            shown += left()
    sys.modules.update({n: m for n, m in modules.items() if n not in sys.modules})
    reports = [value for value in values if isinstance(value, Report)]
    return {
        "status": "error" if error else "ok",
        "shown": shown,
        "printed": paper.text(),
        "error": error,
        "verdict": _verdict(reports[-1]) if reports else None,
        "seconds": round(perf_counter() - begun, 3),
    }


def _values(source: str, file: str, names: dict[str, Any]) -> list[Any]:
    """Run the statements; what is to be shown: each report, and the last statement's value."""
    tree = ast.parse(source, file)
    last = tree.body.pop() if tree.body else None
    given: list[Any] = []
    before, sys.displayhook = sys.displayhook, given.append
    try:
        for body in (tree.body, [last] if last else []):
            values = [value for value in given if isinstance(value, Report)]
            given.clear()
            code = compile(ast.Interactive(body), file, "single", dont_inherit=True)
            exec(code, names)
    finally:
        sys.displayhook = before
    silent = source.rstrip().endswith(";") or not isinstance(last, ast.Expr)
    return values + [v for v in given if isinstance(v, Report) or not (silent or v is None)]


def _shown(value: Any) -> dict[str, Any]:
    """A value as the page shows it: as HTML if it can, else as text."""
    try:
        with limit(5.0):
            for form in FORMS:
                if (shown := form(value)) is not None:
                    return shown
            text = repr(value)
            html = value._repr_html_() if hasattr(type(value), "_repr_html_") else None
            if html is not None and len(html) <= MARKUP:
                return {"kind": "html", "html": html, "text": text}
    except (Exception, TimeUp) as error:
        text = f"a {_kind(value)} that cannot be shown: {_message(error)}"
    return {
        "kind": "text",
        "text": text if len(text) <= PRINTED else f"{text[:PRINTED]}\n… cut",
    }


def _verdict(report: Report) -> dict[str, str]:
    return {"name": report.verdict.name, "status": report.verdict.status}


def _error(error: BaseException, file: str, seconds: float | None) -> dict[str, Any]:
    """What is said of an error: its message, the reader's own lines on the way, and plain words."""
    lines = [each for each, _ in groupby(_own_lines(error))]  # a recursion repeats itself
    here = [each["line"] for each in lines if each["cell"] == _cells[file]]
    plain = ""
    if isinstance(error, TimeUp):
        says = ENDLESS.format(seconds or 0)
    elif isinstance(error, SystemExit):
        says = ENDED
    else:
        says = _message(error)
        with contextlib.suppress(Exception, TimeUp), limit(2.0):
            plain = _plain(error)
    return {"says": says, "plain": plain, "line": here[-1] if here else None, "lines": _cut(lines)}


def _plain(error: BaseException) -> str:
    """An error in plain words, and what of a notebook is not to be had on a page."""
    if isinstance(error, ModuleNotFoundError):
        return ABSENT
    if isinstance(error, SyntaxError) and JUPYTER.match((error.text or "").strip()):
        return NOT_JUPYTER
    return in_plain_words(error)


def _own_lines(error: BaseException) -> Iterator[dict[str, Any]]:
    """The lines of the page's cells on the way to an error, the last one being where it arose."""
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename in _cells and frame.lineno:
            text = linecache.getline(frame.filename, frame.lineno).strip()
            yield {"cell": _cells[frame.filename], "line": frame.lineno, "text": text}
    if isinstance(error, SyntaxError) and error.filename in _cells and error.lineno:
        text = (error.text or "").strip()
        yield {"cell": _cells[error.filename], "line": error.lineno, "text": text}


def _cut(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first and the last of many."""
    return lines if len(lines) <= LINES else lines[: LINES // 2] + lines[-LINES // 2 :]


def _message(error: BaseException) -> str:
    """ "ValueError: what it says", in bounds, and whatever its own __str__ does."""
    kind = _kind(error)
    try:
        if isinstance(error, NotOnAPage):
            return str(error)
        with limit(2.0):
            said = error.msg if isinstance(error, SyntaxError) else str(error)
    except (Exception, TimeUp):
        said = ""
    said = said if len(said) <= SAID else f"{said[:SAID]}…"
    return f"{kind}: {said}" if said else kind


def _kind(value: Any) -> str:
    """The name of a value's class, in bounds, and whatever the class of that class does."""
    try:
        return type(value).__name__[:SAID]
    except Exception:
        return "value"


@contextlib.contextmanager
def _written_to(paper: Page) -> Iterator[None]:
    """Inside, what is printed and what is warned of goes onto the paper."""
    with contextlib.redirect_stdout(paper), contextlib.redirect_stderr(paper):
        yield
