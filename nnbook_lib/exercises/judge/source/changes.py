"""A right function with one small change in its source: what learners' mistakes look like.

    for change in changes(lambda x, w, b: w @ x + b):
        change.says        # "if b is left out"
        change.function()  # lambda x, w, b: w @ x

The source is read from the function's module; the change is compiled with the function's own globals
and closure. Functions of the exercises that it calls are changed, too.
"""

from __future__ import annotations
import __future__

import ast
import copy
import functools
import inspect
import linecache
import warnings
from collections.abc import Callable, Iterator, Sequence
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

from .edits import made
from .everywhere import of_expressions, of_names, of_statements
from .settling import settled
from .terms import Terms

EXERCISES = __name__.rpartition(".judge.")[0]
DEPTH = 2  # helpers of helpers
FLAGS = __future__.annotations.compiler_flag
HELPER = "_helper"
FILE = "<a change of the solution>"
OF_CLASSES = ("__init__", "__call__")


class Change(NamedTuple):
    """function() makes the changed function; says goes on from "comes out", "" if it cannot."""

    rank: int
    says: str
    function: Callable[[], Any]


def changes(
    function: Any, outputs: Sequence[str] = (), arguments: Sequence[str] = ()
) -> Iterator[Change]:
    """Every small change of a function's source, plain ones first.

    outputs: names of its results; arguments: names a reader knows besides those of the parameters.

    None for what has no source, such as a function of numpy's or one written in C.
    """
    yield from _changes(function, tuple(outputs), tuple(arguments), None, DEPTH)


@functools.lru_cache(maxsize=256)
def _changes(
    function: Any, outputs: tuple, known: tuple, shown: tuple | None, depth: int
) -> list[Change]:
    """shown: pairs of a parameter and its name for a reader; None: the parameters' own names."""
    if isinstance(function, type):
        return _of_class(function, depth)
    function = inspect.unwrap(function) if callable(function) else function
    tree = source(function)
    if tree is None:
        return []
    tree = ast.fix_missing_locations(settled(tree, function))
    required = [a.arg for a in _parameters(tree)]
    terms = Terms(
        tree,
        {name: name for name in required} if shown is None else dict(shown),
        (*outputs, *known),
    )
    found = []
    edits = [*of_expressions(tree, terms), *of_statements(tree, terms, outputs)]
    for edit in [*edits, *of_names(tree, required, terms)]:
        found.append(Change(edit.rank, edit.says, functools.partial(_make, tree, function, edit)))
    for helper, nodes in _helpers(tree, function).items() if depth else ():
        given, with_helper = (
            _given(helper, nodes, tree, terms),
            _with_helpers(tree, function, nodes),
        )
        for change in _changes(helper, (), (), given, depth - 1):
            make = functools.partial(with_helper, change.function)
            found.append(Change(change.rank + 1, change.says, make))
    return sorted(found, key=lambda change: change.rank)


def _of_class(kind: type, depth: int) -> list[Change]:
    """The changes of a class's own methods, each a subclass."""
    found = []
    for name, method in vars(kind).items():
        if isinstance(method, FunctionType) and (name in OF_CLASSES or name[0] != "_"):
            for change in _changes(method, (), (), (), depth):
                make = functools.partial(_subclass, kind, name, change.function)
                found.append(Change(change.rank, change.says, make))
    return found


def _subclass(kind: type, name: str, make: Callable[[], Any]) -> type:
    return type(kind.__name__, (kind,), {name: make(), "__module__": kind.__module__})


def source(function: Any) -> ast.FunctionDef | ast.Lambda | None:
    """The function's part of its module's source, a copy; None if there is none to be found."""
    if not isinstance(function, FunctionType):
        return None
    code = function.__code__
    tree = _parsed(code.co_filename)
    spans = [span for span in code.co_positions() if None not in span]
    kind = ast.Lambda if code.co_name == "<lambda>" else ast.FunctionDef
    fits = []
    for node in ast.walk(tree) if tree else ():
        if not isinstance(node, kind) or getattr(node, "name", "<lambda>") != code.co_name:
            continue
        first, last = (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)
        inside = [s for s in spans if s[0] >= node.lineno and s[1] <= node.end_lineno]
        begins = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
        if begins == code.co_firstlineno and len(inside) >= len(spans) - 1:
            if all(
                first <= (s[0], s[2]) and (s[1], s[3]) <= last
                for s in inside
                if s[0] != s[1] or s[2]
            ):
                fits.append((last[0] - first[0], last[1] - first[1], len(fits), node))
    return copy.deepcopy(min(fits)[-1]) if fits else None


@functools.lru_cache(maxsize=64)
def _parsed(filename: str) -> ast.Module | None:
    try:
        return ast.parse("".join(linecache.getlines(filename)))
    except SyntaxError:
        return None


def _parameters(tree: ast.AST) -> list[ast.arg]:
    """The parameters that have no default."""
    a = tree.args
    plain = [*a.posonlyargs, *a.args]
    return plain[: len(plain) - len(a.defaults)]


# Compiling ------------------------------------------------------------------------------------


def _make(tree: ast.AST, function: FunctionType, edit: Any) -> Any:
    with made(edit):
        return _maker(tree, function)()


def _with_helpers(tree: ast.AST, function: FunctionType, nodes: list[ast.AST]) -> Callable:
    """with_helper(make): the function, with what make() gives in the place of one of its helpers."""

    @functools.cache
    def maker() -> Callable:
        wanted = {ast.dump(node) for node in nodes}
        return _maker(_Swap(wanted).visit(copy.deepcopy(tree)), function, (HELPER,))

    return lambda make: maker()(make())


class _Swap(ast.NodeTransformer):
    """Puts the name of the changed helper wherever the helper is named."""

    def __init__(self, wanted: set[str]):
        self.wanted = wanted

    def visit(self, node):
        if isinstance(node, ast.Name | ast.Attribute) and ast.dump(node) in self.wanted:
            return ast.copy_location(ast.Name(HELPER, ast.Load()), node)
        return self.generic_visit(node)


def _maker(tree: ast.AST, function: FunctionType, besides: tuple[str, ...] = ()) -> Callable:
    """maker(*values): the tree compiled with a function's globals and closure, and names `besides`."""
    names = [*function.__code__.co_freevars, *besides]
    module = ast.parse(f"def _maker({', '.join(names)}): return {getattr(tree, 'name', None)}")
    body = module.body[0].body
    if isinstance(tree, ast.Lambda):
        body[0].value = tree
    else:
        body.insert(0, copy.copy(tree))
        body[0].decorator_list = []
    space: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # `1[0]`, which only a change would write
        code = compile(module, FILE, "exec", FLAGS, dont_inherit=True)
    exec(code, function.__globals__, space)
    return functools.partial(
        space["_maker"], *(c.cell_contents for c in function.__closure__ or ())
    )


# Helpers --------------------------------------------------------------------------------------


def _helpers(tree: ast.AST, function: FunctionType) -> dict[Any, list[ast.AST]]:
    """Functions of the same module or of the exercises' others, and the nodes that name them."""
    found: dict[Any, list[ast.AST]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
            thing = _meant(node, function)
            home = str(getattr(thing, "__module__", None))
            near = home == function.__module__ or home.startswith(EXERCISES)
            if isinstance(thing, FunctionType) and near and thing is not function:
                found.setdefault(thing, []).append(node)
    return found


def _meant(node: ast.AST, function: FunctionType) -> Any:
    """What a name, or an attribute of a module, stands for; None if that is not known."""
    if isinstance(node, ast.Attribute):
        owner = _meant(node.value, function)
        return getattr(owner, node.attr, None) if isinstance(owner, ModuleType) else None
    if not isinstance(node, ast.Name):
        return None
    closure = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=True))
    if node.id in closure:
        return closure[node.id].cell_contents
    return function.__globals__.get(node.id)


def _given(helper: Any, nodes: list[ast.AST], tree: ast.AST, terms: Terms) -> tuple:
    """Pairs of a helper's parameter and the argument given for it, where that is called once."""
    own = source(inspect.unwrap(helper))
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and n.func in nodes]
    if own is None or len(calls) != 1 or len(nodes) != 1:
        return ()
    names = [a.arg for a in (*own.args.posonlyargs, *own.args.args)]
    given = [*zip(names, calls[0].args, strict=False)]
    given += [(k.arg, k.value) for k in calls[0].keywords if k.arg]
    shown = [(name, terms(value)) for name, value in given]
    return tuple((name, text) for name, text in shown if text.isidentifier())
