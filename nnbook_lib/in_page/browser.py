"""What a page has not, said in words: nobody to answer input(), no program to end, and a browser that
is none of a cell's business.
"""

from __future__ import annotations

import builtins
import contextlib
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any

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
