"""Small changes of operators, comparisons and numbers: a term left out, a sign turned."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from .edits import Speaker, Way, call_of, number, op


def _binary(e: ast.BinOp, say: Speaker) -> Iterator[Way]:
    a, b, kind = e.left, e.right, type(e.op)
    yield from BINARY.get(kind, lambda *_: ())(a, b, say)
    yield from _brackets(e, say)


def _add(a, b, say) -> Iterator[Way]:
    for gone, kept in ((b, a), (a, b)):
        general = "" if _counts(b) else "if one term of a sum is left out"
        yield 0, say("if {} is left out", general, gone), kept
        turned = "" if _counts(b) else "if one term has the other sign"
        yield 1, say("if the sign of {} is turned", turned, gone), op(kept, ast.Sub, gone)
    both = "" if _counts(b) else "if two terms are multiplied, not added"
    yield 4, say("if {} and {} are multiplied, not added", both, a, b), op(a, ast.Mult, b)


def _sub(a, b, say) -> Iterator[Way]:
    minus = ast.UnaryOp(ast.USub(), b)
    general = "" if _counts(b) else "if one term of a difference is left out"
    yield 0, say("if {} is not subtracted", general, b), a
    yield 1, say("if {} is left out", general, a), minus
    turned = "" if _counts(b) else "if one term has the other sign"
    yield 1, say("if the sign of {} is turned", turned, b), op(a, ast.Add, b)
    both = general and "if the two sides of a difference are exchanged"
    yield 1, say("if {0} and {1} are exchanged in their difference", both, a, b), op(b, ast.Sub, a)
    yield 2, say("if {} stands alone, without what it is subtracted from", "", b), b


def _counts(b: ast.AST) -> bool:
    """Whether it is the 1 of `i + 1` or `len(x) - 1`, which another way of counting may not need."""
    return isinstance(b, ast.Constant) and b.value == 1


def _mult(a, b, say) -> Iterator[Way]:
    for gone, kept in ((b, a), (a, b)):
        yield 0, say("if the factor {} is left out", "if one factor is left out", gone), kept
        over = op(kept, ast.Div, gone)
        product = op(kept, ast.Mult, gone)
        stands = say(
            "if {} stands in the place of {}", "if one product is a quotient", over, product
        )
        yield 1, stands, over
        twice = say("if the factor {} comes twice", "if one factor comes twice", gone)
        yield 3, twice, op(kept, ast.Mult, op(gone, ast.Pow, number(2)))
        yield (
            4,
            say("if the root of the factor {} is taken", "", gone),
            op(kept, ast.Mult, _root(gone)),
        )
    both = "if two factors are added, not multiplied"
    yield 3, say("if {} and {} are added, not multiplied", both, a, b), op(a, ast.Add, b)
    yield 5, "", op(a, ast.Sub, b)


def _div(a, b, say) -> Iterator[Way]:
    yield 0, say("if the division by {} is left out", "if one division is left out", b), a
    turned = "if a numerator and its denominator are exchanged"
    yield 1, say("if {1} stands over {0}, not {0} over {1}", turned, a, b), op(b, ast.Div, a)
    times, over = op(a, ast.Mult, b), op(a, ast.Div, b)
    stands = say("if {} stands in the place of {}", "if one quotient is a product", times, over)
    yield 1, stands, times
    if not (isinstance(a, ast.Constant) and a.value == 1):
        alone = "if 1 stands in the place of a numerator"
        one = op(number(1), ast.Div, b)
        yield 2, say("if 1 stands in the place of the numerator {}", alone, a), one
    yield 2, say("if {} stands in the place of {}", "", b, over), b
    twice = say("if the division by {} is made twice", "if one division is made twice", b)
    yield 3, twice, op(a, ast.Div, op(b, ast.Pow, number(2)))
    yield 3, say("if it is divided by the root of {}", "", b), op(a, ast.Div, _root(b))


def _matmult(a, b, say) -> Iterator[Way]:
    for gone, kept in ((b, a), (a, b)):
        yield (
            1,
            say("if the product with {} is left out", "if one matrix product is left out", gone),
            kept,
        )
    for one, new in ((b, op(a, ast.MatMult, _turned(b))), (a, op(_turned(a), ast.MatMult, b))):
        is_t = isinstance(one, ast.Attribute) and one.attr == "T"
        inner = one.value if is_t else one
        word = "is not transposed" if is_t else "is transposed"
        yield 1, say(f"if {{}} {word}", f"if one factor of a product {word}", inner), new
    turned = "if the two matrices of a product change places"
    yield 1, say("if {} and {} change places in their product", turned, a, b), op(b, ast.MatMult, a)
    entries = "if two matrices are multiplied entry by entry"
    yield 2, say("if {} and {} are multiplied entry by entry", entries, a, b), op(a, ast.Mult, b)


def _pow(a, b, say) -> Iterator[Way]:
    simple = isinstance(b, ast.Constant)
    gone = "if a square is left out" if simple and b.value == 2 else "if an exponent is left out"
    if simple and b.value == 2:
        yield 0, say("if {} is not squared", gone, a), a
        yield (
            3,
            say("if twice {} stands in the place of its square", "", a),
            op(number(2), ast.Mult, a),
        )
    else:
        yield 0, say("if the exponent {} is left out", gone, b), a
        one_more = say("if the exponent is one more than {}", "if an exponent is one too large", b)
        yield 1, one_more, op(a, ast.Pow, op(b, ast.Add, number(1)))
        one_less = say("if the exponent is one less than {}", "if an exponent is one too small", b)
        yield 1, one_less, op(a, ast.Pow, op(b, ast.Sub, number(1)))
        times = say("if {} is a factor, not an exponent", "if an exponent is a factor", b)
        yield 1, times, op(a, ast.Mult, b)
        turned = say("if base and exponent are exchanged: {1} to the power of {0}", "", a, b)
        yield 4, turned, op(b, ast.Pow, a)
        yield 3, say("if the exponent is -{}", "", b), op(a, ast.Pow, ast.UnaryOp(ast.USub(), b))


BINARY: dict[type, Callable[..., Iterator[Way]]] = {
    ast.Add: _add,
    ast.Sub: _sub,
    ast.Mult: _mult,
    ast.Div: _div,
    ast.MatMult: _matmult,
    ast.Pow: _pow,
}


def _brackets(e: ast.BinOp, say: Speaker) -> Iterator[Way]:
    """The same letters with the brackets set otherwise."""
    a, b = e.left, e.right
    low, high = (ast.Add, ast.Sub), (ast.Mult, ast.Div, ast.MatMult)

    def says(new: ast.AST) -> str:
        return say("if the brackets stand as in {}", "", new)

    if isinstance(a, ast.BinOp):  # (p . q) . b -> p . (q . b)
        if (isinstance(e.op, (*high, ast.Pow)) and type(a.op) is not type(e.op)) or isinstance(
            e.op, ast.Div
        ):
            new = ast.BinOp(a.left, a.op, ast.BinOp(a.right, e.op, b))
            yield 2, says(new), new
        elif isinstance(e.op, low) and isinstance(a.op, high):
            new = ast.BinOp(a.left, a.op, ast.BinOp(a.right, e.op, b))
            yield 2, says(new), new
    if isinstance(b, ast.BinOp):  # a . (p . q) -> (a . p) . q
        if isinstance(e.op, low) and isinstance(b.op, ast.Mult):  # a + p * q -> p * (a + q)
            new = op(b.left, ast.Mult, ast.BinOp(a, e.op, b.right))
            yield 2, says(new), new
        if isinstance(e.op, (*low, *high)) and (type(b.op), type(e.op)) not in SAME:
            new = ast.BinOp(ast.BinOp(a, e.op, b.left), b.op, b.right)
            yield 2, says(new), new
    if (
        isinstance(e.op, high) and isinstance(a, ast.Call) and len(a.args) == 1
    ):  # f(x) . b -> f(x . b)
        within = ast.BinOp(a.args[0], e.op, b)
        yield 3, "if a function is taken of a whole product, not of one part", call_of(a, within)


SAME = {(ast.Add, ast.Add), (ast.Mult, ast.Mult), (ast.MatMult, ast.MatMult), (ast.Sub, ast.Add)}


def _root(node: ast.AST) -> ast.BinOp:
    return op(node, ast.Pow, number(0.5))


def _turned(node: ast.AST) -> ast.AST:
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return node.value
    return ast.Attribute(node, "T", ast.Load())


def _unary(e: ast.UnaryOp, say: Speaker) -> Iterator[Way]:
    if isinstance(e.op, ast.USub):
        says = say(
            "if the minus in front of {} is left out", "if a minus sign is left out", e.operand
        )
        yield 0, "" if isinstance(e.operand, ast.Constant) else says, e.operand
    elif isinstance(e.op, ast.Not):
        yield 1, "", e.operand


TURNED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
AROUND = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Eq: ast.NotEq}
AROUND |= {ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In}


def _compare(e: ast.Compare, say: Speaker) -> Iterator[Way]:
    if len(e.ops) != 1:
        return
    a, op, b = e.left, type(e.ops[0]), e.comparators[0]
    if op in TURNED:
        equal = say(
            "if {} = {} falls on the other side", "if equality falls on the other side", a, b
        )
        yield 1, equal, ast.Compare(a, [TURNED[op]()], [b])
    if op in AROUND:
        around = say(
            "if the comparison of {} with {} is turned around",
            "if a comparison is turned around",
            a,
            b,
        )
        yield 1, around, ast.Compare(a, [AROUND[op]()], [b])


def _boolean(e: ast.BoolOp, say: Speaker) -> Iterator[Way]:
    other, words = (
        (ast.Or, "or, not and") if isinstance(e.op, ast.And) else (ast.And, "and, not or")
    )
    yield 1, f"if two conditions are joined by {words}", ast.BoolOp(other(), e.values)
    for i in range(len(e.values)):
        rest = e.values[:i] + e.values[i + 1 :]
        yield (
            1,
            "if one of the conditions is left out",
            rest[0] if len(rest) == 1 else ast.BoolOp(e.op, rest),
        )


def _choice(e: ast.IfExp, say: Speaker) -> Iterator[Way]:
    yield 2, "if the two branches are exchanged", ast.IfExp(e.test, e.orelse, e.body)
    yield 2, "if one of the two branches is taken always", e.body
    yield 2, "if one of the two branches is taken always", e.orelse


def of_constant(e: ast.Constant, holder: ast.AST, field: str, say: Speaker) -> Iterator[Way]:
    """Another number in its place."""
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


KINDS: dict[type, Callable[..., Iterator[Way]]] = {
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
    ast.BoolOp: _boolean,
    ast.IfExp: _choice,
}
