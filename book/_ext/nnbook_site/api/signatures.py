"""How a function or a class is called, as one would write it."""

from __future__ import annotations

import ast
import re
from functools import cache

from .names import Entry, file_of, modules, tree

WIDTH = 84  # of a signature in one line


def signature(entry: Entry) -> str:
    """How it is called; one parameter in a line if it is long."""
    node = entry.node
    if isinstance(node, ast.FunctionDef):
        return call(entry.shown, node)
    start = _start(node)
    if start:
        return call(entry.shown, start, "self")
    fields = [_plain(m) for m in node.body if isinstance(m, ast.AnnAssign)]
    is_record = node.decorator_list or "NamedTuple" in map(ast.unparse, node.bases)
    return _wrap(entry.shown, fields) if is_record and fields else entry.shown


def _start(node: ast.ClassDef) -> ast.FunctionDef | None:
    """The __init__ of a class, or of the nearest of the library's classes it is made from."""
    for method in node.body:
        if getattr(method, "name", "") == "__init__":
            return method
    bases = (_classes().get(ast.unparse(base)) for base in node.bases)
    return next(filter(None, (_start(base) for base in bases if base)), None)


@cache
def _classes() -> dict[str, ast.ClassDef]:
    trees = (tree(file_of(module)) for module in modules())
    return {n.name: n for tree in trees for n in tree.body if isinstance(n, ast.ClassDef)}


def call(name: str, node: ast.FunctionDef, without: str = "") -> str:
    a = node.args
    given = [*a.posonlyargs, *a.args]
    defaults = [None] * (len(given) - len(a.defaults)) + a.defaults
    pairs = zip(given, defaults, strict=True)
    parts = [_parameter(arg, default) for arg, default in pairs if arg.arg != without]
    if a.vararg:
        parts.append("*" + _parameter(a.vararg))
    elif a.kwonlyargs:
        parts.append("*")
    parts += [_parameter(*pair) for pair in zip(a.kwonlyargs, a.kw_defaults, strict=True)]
    if a.kwarg:
        parts.append("**" + _parameter(a.kwarg))
    return _wrap(name, parts, f" -> {_plain(node.returns)}" if node.returns else "")


def _parameter(argument: ast.arg, default: ast.expr | None = None) -> str:
    text = _plain(argument)
    if default is None:
        return text
    return f"{text} = {_plain(default)}" if argument.annotation else f"{text}={_plain(default)}"


def _plain(node: ast.AST) -> str:
    """Its source in one line, with the quotes and the numbers that this library writes."""
    text = re.sub(r"\b(\de-)0(\d)\b", r"\1\2", ast.unparse(node))
    return text.replace("'", '"')


def _wrap(name: str, parts: list[str], tail: str = "") -> str:
    """In one line, or with the parameters in a line, or one in each, as they fit."""
    inside = ", ".join(parts)
    if len(line := f"{name}({inside}){tail}") <= WIDTH:
        return line
    if len(inside) <= WIDTH - 4:
        return f"{name}(\n    {inside}\n){tail}"
    return f"{name}(\n" + "".join(f"    {part},\n" for part in parts) + f"){tail}"
