"""Small changes of a formula's source, each with what it does in the words of who reads the result.

An Edit puts a new node in the place of one; `says` goes on from "Your result is what comes out ...":
"if b is left out". What is no argument has no name there: "if one term of a sum is left out".
"""

from __future__ import annotations

import ast
import contextlib
import copy
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

LONG = 78  # letters of a sentence that names what it speaks of
Way = tuple[int, str, Any]  # (rank, what it does, what stands in the place of the node)
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
    "argmax": "the place of the maximum",
    "argmin": "the place of the minimum",
}
CUT = {"maximum": "negative", "minimum": "positive"}
DROPPED = {"sqrt", "abs", "exp", "log", "tanh", "sigmoid", "relu", "softmax", "sum", "mean", "max"}
DROPPED |= {"maximum", "minimum", "sign", "square", "diag", "cumsum", "cumprod", "diff", "norm", "int"}
DROPPED |= {"log1p", "floor", "ceil", "round", "sorted", "reversed", "copy", "min", "prod", "std"}


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


def of_expressions(tree: ast.AST, called: Any) -> Iterator[Edit]:
    """Every small change of an expression in the tree. called: the Terms."""
    for holder, field, index, node in places(tree):
        if isinstance(holder, ast.arg | ast.AnnAssign) and field == "annotation":
            continue
        kind = KINDS.get(type(node))
        if kind is None or field in ("returns", "decorator_list"):
            continue
        say = _Speaker(called, holder if isinstance(node, ast.Constant) else node)
        if isinstance(node, ast.Constant):
            ways = _constant(node, holder, field, say)
        else:
            ways = kind(node, say)
        for rank, says, new in ways:
            yield Edit(rank, says, holder, field, index, new)


class _Speaker:
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


def _op(a: ast.AST, op: type, b: ast.AST) -> ast.BinOp:
    return ast.BinOp(a, op(), b)


def _number(c: float) -> ast.Constant:
    return ast.Constant(c)


def _binary(e: ast.BinOp, say: _Speaker) -> Iterator[Way]:
    a, b, kind = e.left, e.right, type(e.op)
    yield from BINARY.get(kind, lambda *_: ())(a, b, say)
    yield from _brackets(e, say)


def _add(a, b, say) -> Iterator[Way]:
    for gone, kept in ((b, a), (a, b)):
        yield 0, say("if {} is left out", "if one term of a sum is left out", gone), kept
    yield 1, say("if {} is subtracted, not added", "if one term has the other sign", b), _op(a, ast.Sub, b)
    yield 1, say("if {} is subtracted, not added", "if one term has the other sign", a), _op(b, ast.Sub, a)
    both = "if two terms are multiplied, not added"
    yield 4, say("if {} and {} are multiplied, not added", both, a, b), _op(a, ast.Mult, b)


def _sub(a, b, say) -> Iterator[Way]:
    minus = ast.UnaryOp(ast.USub(), b)
    yield 0, say("if {} is not subtracted", "if one term of a difference is left out", b), a
    yield 1, say("if {} is left out", "if one term of a difference is left out", a), minus
    yield 1, say("if {} is added, not subtracted", "if one term has the other sign", b), _op(a, ast.Add, b)
    turned = "if the two sides of a difference are exchanged"
    yield 1, say("if {0} and {1} are exchanged in their difference", turned, a, b), _op(b, ast.Sub, a)
    yield 2, say("if {} stands alone, without what it is subtracted from", turned and "", b), b


def _mult(a, b, say) -> Iterator[Way]:
    for gone, kept in ((b, a), (a, b)):
        yield 0, say("if the factor {} is left out", "if one factor is left out", gone), kept
        divides = say("if {} divides, not multiplies", "if one factor divides, not multiplies", gone)
        yield 1, divides, _op(kept, ast.Div, gone)
        twice = say("if the factor {} comes twice", "if one factor comes twice", gone)
        yield 3, twice, _op(kept, ast.Mult, _op(gone, ast.Pow, _number(2)))
        yield 4, say("if the root of the factor {} is taken", "", gone), _op(kept, ast.Mult, _root(gone))
    both = "if two factors are added, not multiplied"
    yield 3, say("if {} and {} are added, not multiplied", both, a, b), _op(a, ast.Add, b)
    yield 5, "", _op(a, ast.Sub, b)


def _div(a, b, say) -> Iterator[Way]:
    yield 0, say("if the division by {} is left out", "if one division is left out", b), a
    turned = "if a numerator and its denominator are exchanged"
    yield 1, say("if {1} stands over {0}, not {0} over {1}", turned, a, b), _op(b, ast.Div, a)
    times = say("if {} multiplies, not divides", "if a divisor multiplies, not divides", b)
    yield 1, times, _op(a, ast.Mult, b)
    if not (isinstance(a, ast.Constant) and a.value == 1):
        alone = "if 1 stands in the place of a numerator"
        yield 2, say("if 1 stands in the place of the numerator {}", alone, a), _op(_number(1), ast.Div, b)
    twice = say("if it is divided by {} twice", "if one division is made twice", b)
    yield 3, twice, _op(a, ast.Div, _op(b, ast.Pow, _number(2)))
    yield 3, say("if it is divided by the root of {}", "", b), _op(a, ast.Div, _root(b))


def _matmult(a, b, say) -> Iterator[Way]:
    for gone, kept in ((b, a), (a, b)):
        yield 1, say("if the product with {} is left out", "if one matrix product is left out", gone), kept
    for one, new in ((b, _op(a, ast.MatMult, _turned(b))), (a, _op(_turned(a), ast.MatMult, b))):
        is_t = isinstance(one, ast.Attribute) and one.attr == "T"
        inner = one.value if is_t else one
        word = "is not transposed" if is_t else "is transposed"
        yield 1, say(f"if {{}} {word}", f"if one factor of a product {word}", inner), new
    turned = "if the two matrices of a product change places"
    yield 1, say("if {} and {} change places in their product", turned, a, b), _op(b, ast.MatMult, a)
    entries = "if two matrices are multiplied entry by entry"
    yield 2, say("if {} and {} are multiplied entry by entry", entries, a, b), _op(a, ast.Mult, b)


def _pow(a, b, say) -> Iterator[Way]:
    simple = isinstance(b, ast.Constant)
    gone = "if a square is left out" if simple and b.value == 2 else "if an exponent is left out"
    if simple and b.value == 2:
        yield 0, say("if {} is not squared", gone, a), a
        yield 3, say("if twice {} stands in the place of its square", "", a), _op(_number(2), ast.Mult, a)
    else:
        yield 0, say("if the exponent {} is left out", gone, b), a
        one_more = say("if the exponent is one more than {}", "if an exponent is one too large", b)
        yield 1, one_more, _op(a, ast.Pow, _op(b, ast.Add, _number(1)))
        one_less = say("if the exponent is one less than {}", "if an exponent is one too small", b)
        yield 1, one_less, _op(a, ast.Pow, _op(b, ast.Sub, _number(1)))
        times = say("if {} is a factor, not an exponent", "if an exponent is a factor", b)
        yield 1, times, _op(a, ast.Mult, b)
        turned = say("if base and exponent are exchanged: {1} to the power of {0}", "", a, b)
        yield 4, turned, _op(b, ast.Pow, a)
        yield 3, say("if the exponent is -{}", "", b), _op(a, ast.Pow, ast.UnaryOp(ast.USub(), b))


BINARY: dict[type, Callable[..., Iterator[Way]]] = {
    ast.Add: _add,
    ast.Sub: _sub,
    ast.Mult: _mult,
    ast.Div: _div,
    ast.MatMult: _matmult,
    ast.Pow: _pow,
}


def _brackets(e: ast.BinOp, say: _Speaker) -> Iterator[Way]:
    """The same letters with the brackets set otherwise."""
    a, b = e.left, e.right
    low, high = (ast.Add, ast.Sub), (ast.Mult, ast.Div, ast.MatMult)

    def says(new: ast.AST) -> str:
        return say("if the brackets stand as in {}", "if the brackets are set otherwise", new)

    if isinstance(a, ast.BinOp):  # (p . q) . b -> p . (q . b)
        if isinstance(e.op, (*high, ast.Pow)) and type(a.op) is not type(e.op) or isinstance(e.op, ast.Div):
            new = ast.BinOp(a.left, a.op, ast.BinOp(a.right, e.op, b))
            yield 2, says(new), new
        elif isinstance(e.op, low) and isinstance(a.op, high):
            new = ast.BinOp(a.left, a.op, ast.BinOp(a.right, e.op, b))
            yield 2, says(new), new
    if isinstance(b, ast.BinOp):  # a . (p . q) -> (a . p) . q
        if isinstance(e.op, (*low, *high)) and (type(b.op), type(e.op)) not in SAME:
            new = ast.BinOp(ast.BinOp(a, e.op, b.left), b.op, b.right)
            yield 2, says(new), new
    if isinstance(e.op, high) and isinstance(a, ast.Call) and len(a.args) == 1:  # f(x) . b -> f(x . b)
        within = ast.BinOp(a.args[0], e.op, b)
        yield 3, "if a function is taken of a whole product, not of one part", _call_of(a, within)


SAME = {(ast.Add, ast.Add), (ast.Mult, ast.Mult), (ast.MatMult, ast.MatMult), (ast.Sub, ast.Add)}


def _root(node: ast.AST) -> ast.BinOp:
    return _op(node, ast.Pow, _number(0.5))


def _turned(node: ast.AST) -> ast.AST:
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return node.value
    return ast.Attribute(node, "T", ast.Load())


def _call_of(call: ast.Call, argument: ast.AST) -> ast.Call:
    return ast.Call(call.func, [argument, *call.args[1:]], call.keywords)


def _unary(e: ast.UnaryOp, say: _Speaker) -> Iterator[Way]:
    if isinstance(e.op, ast.USub):
        general = "" if isinstance(e.operand, ast.Constant) else "if a minus sign is left out"
        yield 0, say("if the minus in front of {} is left out", general, e.operand), e.operand
    elif isinstance(e.op, ast.Not):
        yield 1, "if a condition is turned around", e.operand


def _attribute(e: ast.Attribute, say: _Speaker) -> Iterator[Way]:
    if e.attr == "T" and isinstance(e.ctx, ast.Load):
        yield 1, say("if {} is not transposed", "if a matrix is not transposed", e.value), e.value
    if e.attr in OTHER and not isinstance(e.value, ast.Name | ast.Attribute):
        return


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


def _call(e: ast.Call, say: _Speaker) -> Iterator[Way]:
    name, method = name_of(e), _is_method(e)
    word = WORDS.get(name, name)
    subject = e.func.value if method else e.args[0] if e.args else None
    if name in DROPPED and subject is not None and not isinstance(subject, ast.Starred):
        of = say(f"if {word} of {{}} is not taken", f"if {word} is not taken", subject)
        if name in CUT and len(e.args) == 2 and not isinstance(e.args[0], ast.Constant):
            cut = "if {} numbers are not cut to 0" if _whole(e.args[1]) == 0 else "if {} numbers are not cut"
            of = cut.format(CUT[name])
        yield 0, of if name not in ("int", "copy") else "", subject
    for other in OTHER.get(name, ()):
        new = _renamed(e, name, other)
        if new is not None:
            yield 1, f"if {WORDS.get(other, other)} is taken, not {word}", new
    yield from _arguments(e, name, say)
    if len(e.args) >= 1 and isinstance(e.args[0], ast.BinOp) and not method:  # f(a + b) -> f(a) + b
        inner = e.args[0]
        for kept, rest, left in ((inner.left, inner.right, True), (inner.right, inner.left, False)):
            one = _call_of(e, kept)
            new = ast.BinOp(one, inner.op, rest) if left else ast.BinOp(rest, inner.op, one)
            says = f"if {word} is taken of {{}} alone"
            yield 2, say(says, f"if {word} is taken of one part alone", kept), new
    inner = e.args[0] if len(e.args) == 1 else None
    if isinstance(inner, ast.Call) and len(inner.args) == 1 and not method and not _is_method(inner):
        other = WORDS.get(name_of(inner), name_of(inner))
        yield 2, f"if {word} and {other} change places", _call_of(inner, _call_of(e, inner.args[0]))
    if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Pow) and not method:
        after = _op(_call_of(e, inner.left), ast.Pow, inner.right)
        yield 2, f"if the power is taken of {word}, not inside of it", after
    if name == "where" and len(e.args) == 3:
        a, b = e.args[1:]
        yield 1, "if the two branches are exchanged", ast.Call(e.func, [e.args[0], b, a], [])
        yield 2, say("if the result is {} everywhere", "", a), _everywhere(a, e.args[0])
        yield 2, say("if the result is {} everywhere", "", b), _everywhere(b, e.args[0])
    if name in ("outer", "subtract", "divide", "power", "dot", "matmul") and len(e.args) == 2:
        yield 2, "if two operands are exchanged", ast.Call(e.func, e.args[::-1], e.keywords)


def _everywhere(value: ast.AST, mask: ast.AST) -> ast.AST:
    """value, in the shape of the mask."""
    return _op(value, ast.Add, _op(_number(0.0), ast.Mult, mask))


def _renamed(e: ast.Call, name: str, other: str) -> ast.Call | None:
    """The same call of another function; None where there is no such one."""
    if isinstance(e.func, ast.Name):
        if other == "sigmoid":
            return None
        of_numpy = ast.Attribute(ast.Name("np", ast.Load()), other, ast.Load())
        own = {"max", "min", "sum", "any", "all"}
        return ast.Call(ast.Name(other, ast.Load()) if {name, other} <= own else of_numpy, e.args, e.keywords)
    if other in ("median", "log1p", "sigmoid") and (_is_method(e) or other == "sigmoid"):
        if other != "sigmoid" or not e.args:
            return None
        half = _op(e.args[0], ast.Div, _number(2.0))  # sigmoid(u) = (1 + tanh(u / 2)) / 2
        return _op(_op(ast.Call(e.func, [half], []), ast.Add, _number(1)), ast.Div, _number(2.0))
    if other == "softmax":
        return None
    return ast.Call(ast.Attribute(e.func.value, other, ast.Load()), e.args, e.keywords)


def _arguments(e: ast.Call, name: str, say: _Speaker) -> Iterator[Way]:
    """Another axis, ddof, or none of them."""
    word = WORDS.get(name, name)
    for i, given in enumerate(e.keywords):
        rest = e.keywords[:i] + e.keywords[i + 1 :]
        if given.arg == "axis" and isinstance(given.value, ast.Constant):
            axis = given.value.value
            for other in sorted({0, 1} - {axis}):
                new = [*rest, ast.keyword("axis", _number(other))]
                yield 1, f"if {word} runs over axis {other}, not axis {axis}", ast.Call(e.func, e.args, new)
            if name not in ("split", "concatenate", "stack", "unique"):
                yield 1, f"if {word} runs over everything, not axis {axis}", ast.Call(e.func, e.args, rest)
        elif given.arg == "ddof":
            yield 1, f"if {word} divides by n, not by n - 1", ast.Call(e.func, e.args, rest)
        elif given.arg not in (None, "rng", "dtype"):
            yield 3, "", ast.Call(e.func, e.args, rest)
    if name in ("std", "var") and not any(k.arg == "ddof" for k in e.keywords):
        new = [*e.keywords, ast.keyword("ddof", _number(1))]
        yield 1, f"if {word} divides by n - 1, not by n", ast.Call(e.func, e.args, new)
    if name == "norm" and len(e.args) == 2:
        yield 1, "if the norm is that of all entries, the root of their squares' sum", ast.Call(e.func, e.args[:1], e.keywords)
    if name == "range":
        last = min(len(e.args) - 1, 1)
        for says, op in (("one round more", ast.Add), ("one round less", ast.Sub)):
            args = list(e.args)
            args[last] = _op(args[last], op, _number(1))
            yield 2, f"if {says} is made", ast.Call(e.func, args, [])


TURNED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
AROUND = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Eq: ast.NotEq}
AROUND |= {ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In}


def _compare(e: ast.Compare, say: _Speaker) -> Iterator[Way]:
    if len(e.ops) != 1:
        return
    a, op, b = e.left, type(e.ops[0]), e.comparators[0]
    if op in TURNED:
        equal = say("if {} = {} falls on the other side", "if equality falls on the other side", a, b)
        yield 1, equal, ast.Compare(a, [TURNED[op]()], [b])
    if op in AROUND:
        around = say("if the comparison of {} with {} is turned around", "if a comparison is turned around", a, b)
        yield 1, around, ast.Compare(a, [AROUND[op]()], [b])


def _boolean(e: ast.BoolOp, say: _Speaker) -> Iterator[Way]:
    other, words = (ast.Or, "or, not and") if isinstance(e.op, ast.And) else (ast.And, "and, not or")
    yield 1, f"if two conditions are joined by {words}", ast.BoolOp(other(), e.values)
    for i in range(len(e.values)):
        rest = e.values[:i] + e.values[i + 1 :]
        yield 1, "if one of the conditions is left out", rest[0] if len(rest) == 1 else ast.BoolOp(e.op, rest)


def _choice(e: ast.IfExp, say: _Speaker) -> Iterator[Way]:
    yield 2, "if the two branches are exchanged", ast.IfExp(e.test, e.orelse, e.body)
    yield 2, "if one of the two branches is taken always", e.body
    yield 2, "if one of the two branches is taken always", e.orelse


def _constant(e: ast.Constant, holder: ast.AST, field: str, say: _Speaker) -> Iterator[Way]:
    c = e.value
    if isinstance(c, bool | str) or not isinstance(c, int | float) or field == "slice":
        return
    if isinstance(holder, ast.keyword) and holder.arg in ("axis", "ddof", "keepdims"):
        return
    fresh = [c + 1, c - 1] if isinstance(c, int) else [0.0, 1.0, c + 1]
    fresh += [2 * c, c / 2, -c, 10 * c] if c else [0.5]
    told = isinstance(holder, ast.BinOp | ast.Compare)
    for new in dict.fromkeys(fresh):
        if new != c:
            says = say(f"if {new:g} stands in the place of {{}}", "", e) if told else ""
            yield 3, says, ast.Constant(new)


def _subscript(e: ast.Subscript, say: _Speaker) -> Iterator[Way]:
    if not isinstance(e.ctx, ast.Load):
        return
    cut = e.slice
    if isinstance(cut, ast.Slice):
        if isinstance(cut.step, ast.UnaryOp) or cut.step is not None:
            yield 2, "if the order is not turned around", ast.Subscript(e.value, ast.Slice(cut.lower, cut.upper), e.ctx)
        elif cut.lower is None or cut.upper is None:
            yield 2, "if one entry more is taken, at the end that is left out", e.value
        for says, part in (("first", "lower"), ("last", "upper")):
            bound = getattr(cut, part)
            if bound is not None:
                for d in (1, -1):
                    moved = _op(bound, ast.Add, _number(d))
                    bounds = {"lower": cut.lower, "upper": cut.upper, part: moved}
                    new = ast.Slice(bounds["lower"], bounds["upper"], cut.step)
                    yield 3, "if a slice begins or ends one entry off", ast.Subscript(e.value, new, e.ctx)
    elif _whole(cut) == 0:
        last = ast.Subscript(e.value, _number(-1), e.ctx)
        yield 2, say("if the last entry of {} is taken, not the first", "if the last is taken, not the first", e.value), last
        yield 3, "if the second is taken, not the first", ast.Subscript(e.value, _number(1), e.ctx)
    elif _whole(cut) == -1:
        first = ast.Subscript(e.value, _number(0), e.ctx)
        yield 2, say("if the first entry of {} is taken, not the last", "if the first is taken, not the last", e.value), first
        yield 3, "if the last but one is taken, not the last", ast.Subscript(e.value, _number(-2), e.ctx)
    elif isinstance(cut, ast.Name | ast.BinOp):
        for d, says in ((1, "one too large"), (-1, "one too small")):
            new = ast.Subscript(e.value, _op(cut, ast.Add, _number(d)), e.ctx)
            yield 2, f"if one index is {says}", new


def _whole(node: ast.AST) -> int | None:
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return None
    return value if isinstance(value, int) else None


def _list(e: ast.List, say: _Speaker) -> Iterator[Way]:
    for i, gone in enumerate(e.elts):
        if len(e.elts) > 1:
            yield 0, say("if {} is left out", "", gone), ast.List(e.elts[:i] + e.elts[i + 1 :], e.ctx)


KINDS: dict[type, Callable[..., Iterator[Way]]] = {
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Attribute: _attribute,
    ast.Call: _call,
    ast.Compare: _compare,
    ast.BoolOp: _boolean,
    ast.IfExp: _choice,
    ast.Subscript: _subscript,
    ast.List: _list,
    ast.Constant: _constant,
}
__all__ = ["Edit", "copy", "made", "name_of", "of_expressions", "places"]
