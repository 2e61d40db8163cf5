"""All small changes of a function: of its expressions, its statements and loops, its names."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from typing import Any

from . import calls, operators
from .edits import Edit, Speaker, places

KINDS = operators.KINDS | calls.KINDS
KEPT = (
    ast.Return | ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom | ast.Pass | ast.Raise
)
BLOCKS = ("body", "orelse")


def of_expressions(tree: ast.AST, called: Any) -> Iterator[Edit]:
    """Every small change of an expression in the tree. called: the Terms."""
    for holder, field, index, node in places(tree):
        if field in ("annotation", "returns", "decorator_list"):
            continue
        if isinstance(node, ast.Constant):
            ways = operators.of_constant(node, holder, field, Speaker(called, holder))
        elif type(node) in KINDS:
            ways = KINDS[type(node)](node, Speaker(called, node))
        else:
            continue
        for rank, says, new in ways:
            yield Edit(rank, says, holder, field, index, new)


def of_statements(tree: ast.AST, called: Any, outputs=()) -> Iterator[Edit]:
    """Every small change of a statement, a loop or an argument's name in the tree."""
    for holder, field, index, node in places(tree):
        if isinstance(node, ast.stmt) and index is not None:
            yield from _statement(holder, field, index, node, called)
        if isinstance(node, ast.For | ast.comprehension):
            yield from _rounds(node, "iter", None, node.iter, called)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("reduce"):
            yield from _rounds(node, "args", 1, node.args[1], called)
        if isinstance(node, ast.Tuple) and 1 < len(node.elts) < 7:
            yield from _exchanged(holder, field, index, node, outputs)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _words(holder, field, index, node, tree)
    yield from _early_return(tree)
    yield from _all_axes(tree)


def _statement(holder: ast.AST, field: str, i: int, node: ast.stmt, called: Any) -> Iterator[Edit]:
    block = getattr(holder, field)
    quiet = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if not isinstance(node, KEPT) and not quiet:
        asked = called(node.test) if isinstance(node, ast.If) else ""
        gone = f"if nobody asks whether {asked}" if asked else ""
        yield Edit(2, gone, holder, field, i, ast.Pass())
        following = block[i + 1] if i + 1 < len(block) else None
        if following is not None and not isinstance(following, KEPT):
            turned = [*block[:i], following, node, *block[i + 2 :]]
            yield Edit(3, "", holder, field, None, turned)
    if isinstance(node, ast.If):
        other = node.orelse or [ast.Pass()]
        turned = ast.If(node.test, other, node.body)
        yield Edit(2, "", holder, field, i, turned)
        yield Edit(2, "", holder, field, i, other)
        yield Edit(3, "", holder, field, i, node.body)
    if isinstance(node, ast.AugAssign):
        yield from _update(holder, field, i, node)


def _update(holder: ast.AST, field: str, i: int, node: ast.AugAssign) -> Iterator[Edit]:
    """An update done the other way round, or in the place of what was there."""
    others = {
        ast.Add: (ast.Sub, "if what is to be added is subtracted"),
        ast.Sub: (ast.Add, "if what is to be subtracted is added"),
        ast.Mult: (ast.Div, "if it is divided where it is to be multiplied"),
        ast.Div: (ast.Mult, "if it is multiplied where it is to be divided"),
    }
    if type(node.op) in others:
        op, says = others[type(node.op)]
        new = ast.AugAssign(node.target, op(), node.value)
        yield Edit(1, says, holder, field, i, new)
    if isinstance(node.op, ast.Add):
        new = ast.Assign([node.target], node.value)
        says = "if what is to be added replaces what was there before"
        yield Edit(1, says, holder, field, i, new)


def _rounds(
    holder: ast.AST, field: str, index: int | None, over: ast.AST, called: Any
) -> Iterator[Edit]:
    """A loop one round short, or in reverse."""
    for rank, says, cut in (
        (1, "if the first round of the loop is left out", "1:"),
        (1, "if the last round of the loop is left out", ":-1"),
        (2, "if the loop runs in the other direction", "::-1"),
    ):
        new = ast.parse(f"list(x)[{cut}]", mode="eval").body
        new.value.args[0] = over
        yield Edit(rank, says if called.knows(over) else "", holder, field, index, new)


def _all_axes(tree: ast.AST) -> Iterator[Edit]:
    """Another axis wherever one is given: two and more, so a copy of the whole."""
    given = [n for n in ast.walk(tree) if isinstance(n, ast.keyword) and n.arg == "axis"]
    old = {n.value.value for n in given if isinstance(n.value, ast.Constant)}
    if len(given) < 2 or len(old) != 1 or not isinstance(tree, ast.FunctionDef):
        return
    for axis in (0, 1, None):
        body = copy.deepcopy(tree.body)
        for part in body:
            for node in ast.walk(part):
                if isinstance(node, ast.keyword) and node.arg == "axis":
                    node.value = ast.Constant(axis)
        where = f"axis {axis}" if axis is not None else "the whole array"
        if axis not in old:
            says = f"if all is taken over {where}, not over axis {min(old)}"
            yield Edit(0, says, tree, "body", None, body)


def _early_return(tree: ast.AST) -> Iterator[Edit]:
    """A return inside of the loop it stands after."""
    for holder in ast.walk(tree):
        body = getattr(holder, "body", None)
        if isinstance(holder, ast.FunctionDef) and body and isinstance(body[-1], ast.Return):
            for loop in body:
                if isinstance(loop, ast.For | ast.While):
                    says = "if the function ends after the first round of a loop: a `return` inside of it"
                    yield Edit(0, says, loop, "body", None, [*loop.body, body[-1]])


def _exchanged(holder, field, index, node: ast.Tuple, outputs) -> Iterator[Edit]:
    """Two parts of a tuple exchanged."""
    for a in range(len(node.elts)):
        for b in range(a + 1, len(node.elts)):
            parts = list(node.elts)
            parts[a], parts[b] = parts[b], parts[a]
            pieces = isinstance(node.ctx, ast.Store) and len(parts) > 2
            says = "if two of the pieces are exchanged" if pieces else ""
            if isinstance(holder, ast.Return) and len(outputs) == len(parts):
                says = f"if {outputs[a]} and {outputs[b]} are exchanged"
            yield Edit(2, says, holder, field, index, ast.Tuple(parts, node.ctx))


def _words(holder, field, index, node: ast.Constant, tree: ast.AST) -> Iterator[Edit]:
    """Another of the words that the function may return."""
    if not isinstance(holder, ast.Return):
        return
    words = {
        r.value.value
        for r in ast.walk(tree)
        if isinstance(r, ast.Return) and isinstance(r.value, ast.Constant)
    }
    for word in sorted(w for w in words if isinstance(w, str) and w != node.value):
        says = f'if "{word}" is said where it is "{node.value}"'
        yield Edit(2, says, holder, field, index, ast.Constant(word))


def of_names(tree: ast.AST, arguments, called) -> Iterator[Edit]:
    """One quantity in the place of another."""
    locals_ = {
        n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }
    all_names = [*arguments, *sorted(locals_ - set(arguments) - {"_"})]
    for holder, field, index, node in places(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in all_names:
            if isinstance(holder, ast.Call) and field == "func":
                continue
            old = called(node)
            for other in all_names:
                if other != node.id:
                    new = ast.Name(other, ast.Load())
                    now = called(new)
                    says = f"if {now} stands in the place of {old}" if now and old else ""
                    yield Edit(
                        3 if says else 5, says if now != old else "", holder, field, index, new
                    )
