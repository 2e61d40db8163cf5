"""What a cell shows by calling for it, explore() or guess(), on a page that runs Python.

The built page has it as a still figure. There the call keeps it, and when the cell ends the page is told
of it, once: also where it is the cell's value besides.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Called:
    """Of one kind. `described` tells the page of one: {"kind": ..., ...}."""

    def __init__(self, kind: type, described: Callable[[Any], dict[str, Any]]):
        self.kind, self.described = kind, described
        self._shown: list[Any] = []  # in the present cell

    def show(self, one: Any) -> None:
        """What the call does."""
        self._shown.append(one)

    def left(self) -> list[dict[str, Any]]:
        """Those of the cell that has ended."""
        done = [self.described(one) for one in self._shown]
        self._shown.clear()
        return done

    def form(self, value: Any) -> dict[str, Any] | None:
        """One as a cell's value; its call has not shown it besides."""
        if not isinstance(value, self.kind):
            return None
        if value in self._shown:
            self._shown.remove(value)
        return self.described(value)
