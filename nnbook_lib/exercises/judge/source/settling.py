"""A function's source for the defaults of its switches: `f(x, turned=False)` without the other branch."""

from __future__ import annotations

import ast
import copy
from types import FunctionType
from typing import Any


def settled(tree: ast.AST, function: FunctionType) -> ast.AST:
    """The source for the defaults of its switches: without the branches of `mask=True` not taken."""
    a = tree.args
    plain = [*a.posonlyargs, *a.args]
    defaults = dict(
        zip((p.arg for p in plain[len(plain) - len(a.defaults) :]), a.defaults, strict=True)
    )
    defaults |= {
        p.arg: d for p, d in zip(a.kwonlyargs, a.kw_defaults, strict=True) if d is not None
    }
    if not defaults:
        return tree
    body = tree.body if isinstance(tree.body, list) else [tree.body]
    settle = _Settle(defaults, function.__globals__)
    new = [one for part in body for one in _listed(settle.visit(part))]
    tree.body = new if isinstance(tree.body, list) else new[0]
    return tree


def _listed(one: Any) -> list:
    return one if isinstance(one, list) else [one]


class _Settle(ast.NodeTransformer):
    def __init__(self, defaults: dict[str, ast.AST], space: dict[str, Any]):
        self.defaults, self.space = defaults, space

    def _value(self, test: ast.AST) -> bool | None:
        """What a test is that hangs on switches alone; else None."""
        names = {n.id for n in ast.walk(test) if isinstance(n, ast.Name)}
        if not names or not names <= self.defaults.keys():
            return None
        try:
            own = {name: eval(ast.unparse(self.defaults[name]), self.space) for name in names}
            return bool(eval(ast.unparse(test), self.space, own))
        except Exception:
            return None

    def visit_Compare(self, node):
        held = self._value(node)
        return self.generic_visit(node) if held is None else ast.Constant(held)

    def visit_BoolOp(self, node):
        self.generic_visit(node)
        short = isinstance(node.op, ast.Or)  # what decides it at once
        known = [v.value for v in node.values if isinstance(v, ast.Constant)]
        if short in known:
            return ast.Constant(short)
        node.values = [v for v in node.values if not isinstance(v, ast.Constant)]
        return (
            node
            if len(node.values) > 1
            else node.values[0]
            if node.values
            else ast.Constant(not short)
        )

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        known = isinstance(node.op, ast.Not) and isinstance(node.operand, ast.Constant)
        return ast.Constant(not node.operand.value) if known else node

    def visit_IfExp(self, node):
        self.generic_visit(node)
        if not isinstance(node.test, ast.Constant):
            return node
        return node.body if node.test.value else node.orelse

    def visit_If(self, node):
        self.generic_visit(node)
        if not isinstance(node.test, ast.Constant):
            return node
        return (node.body if node.test.value else node.orelse) or ast.Pass()

    def visit_Name(self, node):
        value = self.defaults.get(node.id)
        simple = isinstance(value, ast.Constant | ast.Name | ast.Attribute | ast.Lambda | ast.Tuple)
        return copy.deepcopy(value) if simple and isinstance(node.ctx, ast.Load) else node

    def visit_BinOp(self, node):
        self.generic_visit(node)
        if isinstance(node.op, ast.Mult | ast.Div):
            if isinstance(node.right, ast.Constant) and node.right.value == 1:
                return node.left
            if (
                isinstance(node.left, ast.Constant)
                and node.left.value == 1
                and isinstance(node.op, ast.Mult)
            ):
                return node.right
        zero = isinstance(node.right, ast.Constant) and node.right.value == 0
        if zero and isinstance(node.op, ast.Add | ast.Sub):
            return node.left
        return node
