"""What a page has not, said in words: nobody to answer input(), no program to end, and a browser that
is none of a cell's business.
"""

from __future__ import annotations

import builtins
import contextlib
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from operator import is_
from types import ModuleType
from typing import Any

import numpy as np

BROWSERS = ("js", "pyodide_js", "pyodide", "_pyodide", "_pyodide_core")
NO_INPUT = "On a page nobody can answer input(). Write the value into the code instead."
NO_BROWSER = "A cell of this page has Python only: {} leads to the browser itself, and is closed."


class NotOnAPage(RuntimeError):
    """What a notebook may do and a page can't."""


class _Closed:
    """Finds the browser's modules first, while a cell runs, and refuses them."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: Any = None) -> None:
        if name.partition(".")[0] in BROWSERS:
            raise NotOnAPage(NO_BROWSER.format(name))


def settle() -> None:
    """Let input() say what to do instead. Called once, before any cell."""

    def input(prompt: object = "", /) -> str:
        raise NotOnAPage(NO_INPUT)

    builtins.input = input


@contextlib.contextmanager
def closed() -> Iterator[None]:
    """Inside, the browser can't be imported."""
    hidden: dict[str, ModuleType] = {
        name: sys.modules.pop(name)
        for name in list(sys.modules)
        if name.partition(".")[0] in BROWSERS
    }
    guard = _Closed()
    sys.meta_path.insert(0, guard)  # type: ignore[arg-type]
    try:
        yield
    finally:
        with contextlib.suppress(ValueError):
            sys.meta_path.remove(guard)  # type: ignore[arg-type]
        sys.modules.update(hidden)


@contextlib.contextmanager
def settings() -> Iterator[None]:
    """Inside, numpy's settings, filters of warnings and the folder may be changed; after it they are
    as before.
    """
    folder = os.getcwd()
    with np.errstate(), np.printoptions(), warnings.catch_warnings():
        try:
            yield
        finally:
            os.chdir(folder)


class untouched:
    """Inside, a cell may break Python itself; after it, the next cell finds Python as it was.

    Functions, classes and modules that the cell has replaced or deleted are back: those of builtins;
    and if `all`, those of every module, and what nnbook_lib's classes hold. So are the limit of
    recursion and the function that traces.
    """

    def __init__(self, all: bool):
        self.all = all

    def __enter__(self) -> None:
        own = vars(builtins)
        self.builtins = own.update, own.copy()
        self.limit, self.trace = sys.getrecursionlimit(), sys.gettrace()
        self.modules, self.classes = [], []
        for name, module in list(sys.modules.items()) if self.all else ():
            if isinstance(module, ModuleType):
                held = vars(module)
                self.modules.append((held, held.copy()))
                if name.partition(".")[0] == "nnbook_lib":
                    here = (each for each in held.values() if isinstance(each, type))
                    self.classes += [(c, dict(vars(c))) for c in here if c.__module__ == name]

    def __exit__(self, *error: Any) -> None:
        update, names = self.builtins
        update(names)  # first, and with nothing that is built in
        sys.settrace(self.trace)
        sys.setprofile(None)
        sys.setrecursionlimit(self.limit)
        for now, before in self.modules:
            if len(now) < len(before) or not all(map(is_, now.values(), before.values())):
                for name, value in before.items():
                    whole = callable(value) or isinstance(value, (ModuleType, float))
                    if whole and now.get(name) is not value:
                        now[name] = value
        for one, before in self.classes:
            for name, value in before.items():
                if vars(one).get(name) is not value:
                    setattr(one, name, value)
