"""Small changes of calls and entries: a root not taken, a mean for a sum, another axis, the last entry."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from .edits import Speaker, Way, call_of, number, op, whole

OTHER = {  # a function, and those that are easily taken for it
    "tanh": ("sigmoid",),
    "sigmoid": ("tanh",),
    "softmax": ("sigmoid",),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "max": ("min", "sum", "mean"),
    "min": ("max", "sum", "mean"),
    "sum": ("mean", "max", "prod"),
    "mean": ("sum", "max", "median"),
    "prod": ("sum",),
    "std": ("var",),
    "var": ("std",),
    "sqrt": ("square",),
    "log": ("log2", "log10", "log1p"),
    "exp": ("exp2", "expm1"),
    "any": ("all",),
    "all": ("any",),
    "argmax": ("argmin",),
    "argmin": ("argmax",),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "floor": ("ceil", "round"),
    "ceil": ("floor", "round"),
    "column_stack": ("vstack",),
}
WORDS = {
    "sqrt": "the root",
    "abs": "the absolute value",
    "exp": "exp",
    "log": "the logarithm",
    "log1p": "log(1 + ...)",
    "sum": "the sum",
    "mean": "the mean",
    "max": "the maximum",
    "min": "the minimum",
    "maximum": "the larger of the two",
    "minimum": "the smaller of the two",
    "std": "the standard deviation",
    "var": "the variance",
    "prod": "the product",
    "norm": "the norm",
    "sign": "the sign",
    "square": "the square",
    "median": "the median",
    "diag": "the diagonal",
    "any": "`any`",
    "all": "`all`",
    "argmax": "the place of the maximum",
    "argmin": "the place of the minimum",
}
CUT = {"maximum": "negative", "minimum": "positive"}
DROPPED = {"sqrt", "abs", "exp", "log", "tanh", "sigmoid", "relu", "softmax", "sum", "mean", "max"}
DROPPED |= {
    "maximum",
    "minimum",
    "sign",
    "square",
    "diag",
    "cumsum",
    "cumprod",
    "diff",
    "norm",
    "int",
}
DROPPED |= {"log1p", "floor", "ceil", "round", "sorted", "reversed", "copy", "min", "prod", "std"}


def name_of(call: ast.Call) -> str:
    """What is called, without what it belongs to: "mean" of np.mean(x) and x.mean()."""
    f = call.func
    return f.attr if isinstance(f, ast.Attribute) else f.id if isinstance(f, ast.Name) else ""


def _is_method(call: ast.Call) -> bool:
    """x.mean(), where np.mean(x) is none."""
    f = call.func
    modules = ("np", "math", "linalg", "nn", "functions", "itertools", "functools", "random")
    return isinstance(f, ast.Attribute) and not (
        isinstance(f.value, ast.Name | ast.Attribute)
        and (f.value.id if isinstance(f.value, ast.Name) else f.value.attr) in modules
    )


def _attribute(e: ast.Attribute, say: Speaker) -> Iterator[Way]:
    if e.attr == "T" and isinstance(e.ctx, ast.Load):
        yield 1, say("if {} is not transposed", "if a matrix is not transposed", e.value), e.value


def _call(e: ast.Call, say: Speaker) -> Iterator[Way]:
    name, method = name_of(e), _is_method(e)
    word = WORDS.get(name, name)
    subject = e.func.value if method else e.args[0] if e.args else None
    if name in DROPPED and subject is not None and not isinstance(subject, ast.Starred):
        of = say(f"if {word} of {{}} is not taken", f"if {word} is not taken", subject)
        if name in CUT and len(e.args) == 2 and not isinstance(e.args[0], ast.Constant):
            cut = (
                "if {} numbers are not cut to 0"
                if whole(e.args[1]) == 0
                else "if {} numbers are not cut"
            )
            of = cut.format(CUT[name])
        untold = name in ("int", "copy") or isinstance(subject, ast.Constant)
        yield 0, "" if untold else of, subject
    for other in OTHER.get(name, ()):
        new = _renamed(e, name, other)
        if new is not None:
            now = WORDS.get(other, other)
            general = f"if {now} is taken, not {word}"
            yield 1, _about(say, f"if {now} of {{}} is taken, not {word}", general, subject), new
    of = _about(say, f"{word} of {{}}", word, subject)
    yield from _arguments(e, name, of)
    if e.args and _is_split(e.args[0]) and not method:  # f(a + b) -> f(a) + b
        inner = e.args[0]
        for kept, rest, left in ((inner.left, inner.right, True), (inner.right, inner.left, False)):
            one = call_of(e, kept)
            new = ast.BinOp(one, inner.op, rest) if left else ast.BinOp(rest, inner.op, one)
            says = f"if {word} is taken of {{}} alone"
            yield 2, say(says, f"if {word} is taken of one part alone", kept), new
    inner = e.args[0] if len(e.args) == 1 else None
    if (
        isinstance(inner, ast.Call)
        and len(inner.args) == 1
        and not method
        and not _is_method(inner)
    ):
        other = WORDS.get(name_of(inner), name_of(inner))
        yield 2, f"if {word} and {other} change places", call_of(inner, call_of(e, inner.args[0]))
    if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Pow) and not method:
        after = op(call_of(e, inner.left), ast.Pow, inner.right)
        squared = isinstance(inner.right, ast.Constant) and inner.right.value == 2
        says = f"if the square is taken of {word}, not before it" if squared else ""
        yield 1, says, after
    if name == "where" and len(e.args) == 3:
        a, b = e.args[1:]
        yield 1, "if the two branches are exchanged", ast.Call(e.func, [e.args[0], b, a], [])
        yield 2, say("if the result is {} everywhere", "", a), _everywhere(a, e.args[0])
        yield 2, say("if the result is {} everywhere", "", b), _everywhere(b, e.args[0])
    if name in ("outer", "subtract", "divide", "power", "dot", "matmul") and len(e.args) == 2:
        yield 2, "if two operands are exchanged", ast.Call(e.func, e.args[::-1], e.keywords)


def _is_split(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Pow)


def _everywhere(value: ast.AST, mask: ast.AST) -> ast.AST:
    """value, in the shape of the mask."""
    return op(value, ast.Add, op(number(0.0), ast.Mult, mask))


def _renamed(e: ast.Call, name: str, other: str) -> ast.Call | None:
    """The same call of another function; None where there is no such one."""
    if isinstance(e.func, ast.Name):
        if other == "sigmoid":
            return None
        of_numpy = ast.Attribute(ast.Name("np", ast.Load()), other, ast.Load())
        own = {"max", "min", "sum", "any", "all"}
        return ast.Call(
            ast.Name(other, ast.Load()) if {name, other} <= own else of_numpy, e.args, e.keywords
        )
    if other in ("median", "log1p", "sigmoid") and (_is_method(e) or other == "sigmoid"):
        if other != "sigmoid" or not e.args:
            return None
        half = op(e.args[0], ast.Div, number(2.0))  # sigmoid(u) = (1 + tanh(u / 2)) / 2
        return op(op(ast.Call(e.func, [half], []), ast.Add, number(1)), ast.Div, number(2.0))
    if other == "softmax":
        return None
    return ast.Call(ast.Attribute(e.func.value, other, ast.Load()), e.args, e.keywords)


def _about(say: Speaker, special: str, general: str, subject: ast.AST | None) -> str:
    return general if subject is None else say(special, general, subject)


def _arguments(e: ast.Call, name: str, word: str) -> Iterator[Way]:
    """Another axis, ddof, or none of them. word: what is called."""
    for i, given in enumerate(e.keywords):
        rest = e.keywords[:i] + e.keywords[i + 1 :]
        if given.arg == "axis" and isinstance(given.value, ast.Constant):
            axis = given.value.value
            for other in sorted({0, 1} - {axis}):
                new = [*rest, ast.keyword("axis", number(other))]
                yield (
                    1,
                    f"if {word} runs over axis {other}, not axis {axis}",
                    ast.Call(e.func, e.args, new),
                )
            if name not in ("split", "concatenate", "stack", "unique"):
                yield (
                    1,
                    f"if {word} runs over everything, not axis {axis}",
                    ast.Call(e.func, e.args, rest),
                )
        elif given.arg == "ddof":
            yield 1, f"if {word} divides by n, not by n - 1", ast.Call(e.func, e.args, rest)
        elif given.arg not in (None, "rng", "dtype"):
            yield 3, "", ast.Call(e.func, e.args, rest)
    if name in ("std", "var") and not any(k.arg == "ddof" for k in e.keywords):
        new = [*e.keywords, ast.keyword("ddof", number(1))]
        yield 1, f"if {word} divides by n - 1, not by n", ast.Call(e.func, e.args, new)
    if name == "norm" and len(e.args) == 2:
        yield (
            1,
            "if the norm is that of all entries, the root of their squares' sum",
            ast.Call(e.func, e.args[:1], e.keywords),
        )
    if name == "range":
        last = min(len(e.args) - 1, 1)
        for says, kind in (("one round more", ast.Add), ("one round less", ast.Sub)):
            args = list(e.args)
            args[last] = op(args[last], kind, number(1))
            yield 2, f"if {says} is made", ast.Call(e.func, args, [])


def _subscript(e: ast.Subscript, say: Speaker) -> Iterator[Way]:
    if not isinstance(e.ctx, ast.Load):
        return
    cut = e.slice
    if isinstance(cut, ast.Slice):
        if isinstance(cut.step, ast.UnaryOp) or cut.step is not None:
            yield (
                2,
                "if the order is not turned around",
                ast.Subscript(e.value, ast.Slice(cut.lower, cut.upper), e.ctx),
            )
        elif cut.lower is None or cut.upper is None:
            yield 2, say("if no entry of {} is left out", "", e.value), e.value
        for part in ("lower", "upper"):
            bound = getattr(cut, part)
            if bound is not None:
                for d in (1, -1):
                    moved = op(bound, ast.Add, number(d))
                    bounds = {"lower": cut.lower, "upper": cut.upper, part: moved}
                    new = ast.Slice(bounds["lower"], bounds["upper"], cut.step)
                    yield (
                        3,
                        "",
                        ast.Subscript(e.value, new, e.ctx),
                    )
    elif whole(cut) == 0:
        last = ast.Subscript(e.value, number(-1), e.ctx)
        yield (
            2,
            say(
                "if the last entry of {} is taken, not the first",
                "if the last is taken, not the first",
                e.value,
            ),
            last,
        )
        yield 3, "if the second is taken, not the first", ast.Subscript(e.value, number(1), e.ctx)
    elif whole(cut) == -1:
        first = ast.Subscript(e.value, number(0), e.ctx)
        yield (
            2,
            say(
                "if the first entry of {} is taken, not the last",
                "if the first is taken, not the last",
                e.value,
            ),
            first,
        )
        yield (
            3,
            "if the last but one is taken, not the last",
            ast.Subscript(e.value, number(-2), e.ctx),
        )
    elif isinstance(cut, ast.Name | ast.BinOp):
        for d, which in ((1, "behind"), (-1, "before")):
            new = ast.Subscript(e.value, op(cut, ast.Add, number(d)), e.ctx)
            yield 2, say(f"if the entry of {{}} {which} it is taken", "", e.value), new


def _list(e: ast.List, say: Speaker) -> Iterator[Way]:
    for i, gone in enumerate(e.elts):
        if len(e.elts) > 1:
            yield (
                0,
                say("if {} is left out", "", gone),
                ast.List(e.elts[:i] + e.elts[i + 1 :], e.ctx),
            )


KINDS: dict[type, Callable[..., Iterator[Way]]] = {
    ast.Attribute: _attribute,
    ast.Call: _call,
    ast.Subscript: _subscript,
    ast.List: _list,
}
