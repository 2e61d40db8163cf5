"""Where in the reader's own code an error arose, and what the names stood for there."""

from __future__ import annotations

import ast
import linecache
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

LIBRARY = str(Path(__file__).parents[1])
PYTHON = str(Path(linecache.__file__).parent)
UNKNOWN = object()  # what a name stands for, if that cannot be told


@dataclass(frozen=True)
class Place:
    """The last line of the reader's own on the way to an error.

    line: its text. code: the part of it that failed, parsed. names: what they stood for. file: the
    name under which it was compiled, which is no file's for a cell.
    """

    number: int = 0
    line: str = ""
    code: ast.AST | None = None
    names: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""

    def __str__(self) -> str:
        """ "line 3: `return x @ W`"; empty if the error arose elsewhere."""
        said = f"line {self.number}: `{self.line}`" if self.line else f"line {self.number}"
        return said if self.number else ""

    def value(self, node: ast.AST) -> Any:
        """What a name stood for, a part of it (self.W) or its transpose; else UNKNOWN."""
        if isinstance(node, ast.Name):
            return self.names.get(node.id, UNKNOWN)
        if isinstance(node, ast.Attribute):
            owner = self.value(node.value)
            if isinstance(owner, np.ndarray) and node.attr == "T":
                return owner.T
            return getattr(owner, "__dict__", {}).get(node.attr, UNKNOWN)
        return node.value if isinstance(node, ast.Constant) else UNKNOWN

    def those(self, test: Callable[[Any], bool]) -> Iterator[tuple[str, Any]]:
        """(name, value) of whatever in the failing code stood for something like that."""
        seen, todo = set(), [self.code] if self.code else []
        while todo:
            node = todo.pop(0)
            name, value = ast.unparse(node), self.value(node)
            if value is UNKNOWN:
                todo += ast.iter_child_nodes(node)
            elif not isinstance(node, ast.Constant) and test(value) and name not in seen:
                seen.add(name)
                yield name, value

    def shapes(self) -> str:
        """ " Here x has shape (2, 3) and W (4, 2)." of the arrays that the failing code names."""
        arrays = [(name, value.shape) for name, value in self.those(_is_array)]
        if not arrays:
            return ""
        (name, shape), *more = arrays
        said = [f"`{name}` has shape {shape}", *(f"`{n}` {s}" for n, s in more)]
        *most, last = said
        return f" Here {', '.join(most)} and {last}." if most else f" Here {last}."


def place_of(error: BaseException) -> Place:
    """The last place in the reader's own code on the way to the error."""
    own = [
        (summary, frame)
        for summary, (frame, _) in zip(
            traceback.extract_tb(error.__traceback__),
            traceback.walk_tb(error.__traceback__),
            strict=False,  # sys.tracebacklimit may cut the first
        )
        if is_own(summary.filename) and summary.lineno
    ]
    if not own:
        return Place()
    # a text that was run by exec has no lines to show: then the one that ran it
    summary, frame = next((each for each in reversed(own) if _text(each[0])), own[-1])
    line = _text(summary)
    names = {**frame.f_globals, **frame.f_locals}
    return Place(summary.lineno or 0, line, _parsed(summary, line), names, summary.filename)


def is_own(file: str) -> bool:
    """Whether code in this file is the reader's own: no package's, not Python's, not ours."""
    packages = ("site-packages", "dist-packages", ".pyx")  # numpy's compiled parts name no path
    return not (file.startswith((LIBRARY, PYTHON)) or any(part in file for part in packages))


def _text(summary: traceback.FrameSummary) -> str:
    return (summary.line or linecache.getline(summary.filename, summary.lineno or 0)).strip()


def _parsed(summary: traceback.FrameSummary, line: str) -> ast.AST | None:
    """The part of the code that failed, which Python marks below the line in a traceback."""
    first, last = summary.lineno or 0, summary.end_lineno or 0
    lines = [linecache.getline(summary.filename, n).encode() for n in range(first, last + 1)]
    if lines and summary.colno is not None:
        lines[-1] = lines[-1][: summary.end_colno]
        lines[0] = lines[0][summary.colno :]
        text = b"".join(lines).decode(errors="ignore")
    else:
        text = line
    for each in (f"({text})", text):  # a part may run over several lines
        try:
            code = ast.parse(each).body[0]
            return code.value if isinstance(code, ast.Expr) else code
        except (SyntaxError, ValueError, IndexError, RecursionError):
            pass
    return None


def _is_array(value: Any) -> bool:
    return isinstance(value, np.ndarray)
