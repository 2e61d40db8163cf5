"""Small changes of a formula's source, each with what it does in the words of who reads the result.

An Edit puts a new node in the place of one; `says` goes on from "Your result is what comes out ...":
"if b is left out". What is no argument has no name there: "if one term of a sum is left out".
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Iterator
from typing import Any, NamedTuple

Way = tuple[int, str, Any]  # (rank, what it does, what stands in the place of the node)
LONG = 78  # letters of a sentence that names what it speaks of


class Edit(NamedTuple):
    """A change not made yet. rank: plain ones are 0; says: "if b is left out", or "" if that cannot
    be told.
    """

    rank: int
    says: str
    holder: ast.AST
    field: str
    index: int | None
    new: Any


@contextlib.contextmanager
def made(edit: Edit) -> Iterator[None]:
    """The change is made in the tree, and taken back at the end."""
    new = edit.new
    before = getattr(edit.holder, edit.field)
    old = before if edit.index is None else before[edit.index]
    at = old[0] if isinstance(old, list) else old
    for one in new if isinstance(new, list) else [new]:
        if one is not at:
            ast.fix_missing_locations(ast.copy_location(one, at))
    if edit.index is None:
        now = new
    else:
        now = list(before)
        now[edit.index : edit.index + 1] = new if isinstance(new, list) else [new]
    setattr(edit.holder, edit.field, now)
    try:
        yield
    finally:
        setattr(edit.holder, edit.field, before)


def places(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """(holder, field, index, node) of every node below the tree's root."""
    for holder in ast.walk(tree):
        for field, value in ast.iter_fields(holder):
            if isinstance(value, ast.AST):
                yield holder, field, None, value
            elif isinstance(value, list):
                for i, one in enumerate(value):
                    if isinstance(one, ast.AST):
                        yield holder, field, i, one


class Speaker:
    """say("if {} is left out", "if one term is left out", node): the first, if the node has a name."""

    def __init__(self, called: Any, whole: ast.AST):
        self.called, self.whole = called, whole

    def __call__(self, special: str, general: str, *nodes: ast.AST) -> str:
        words = [self.called(node) for node in nodes]
        bare = any(isinstance(node, ast.Constant) for node in nodes)
        if not all(words) or (bare and not self.called.knows(self.whole)):
            return general
        said = special.format(*words)
        return said if len(said) < LONG or not general else general


def op(a: ast.AST, kind: type, b: ast.AST) -> ast.BinOp:
    """a kind b, as in op(x, ast.Add, y)."""
    return ast.BinOp(a, kind(), b)


def number(c: float) -> ast.Constant:
    """The number c."""
    return ast.Constant(c)


def whole(node: ast.AST) -> int | None:
    """The whole number that is written there, or None."""
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return None
    return value if isinstance(value, int) else None


def call_of(call: ast.Call, argument: ast.AST) -> ast.Call:
    """The same call of another argument."""
    return ast.Call(call.func, [argument, *call.args[1:]], call.keywords)
