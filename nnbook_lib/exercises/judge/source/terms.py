"""What a reader calls a piece of the solution's source, if it can be called anything."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Mapping, Sequence

LONG = 32  # letters
MATHS = {"sigmoid", "softmax", "tanh", "relu", "exp", "log", "sqrt", "abs", "len", "sum", "mean"}
MATHS |= {"eigvalsh", "eigvals", "outer", "where", "arange", "polyfit", "diff", "astype", "float"}
MATHS |= {"int", "copy", "all", "any", "prod", "comb", "argmax", "argmin", "log1p", "sign", "qr"}
MATHS |= {"range", "zip", "enumerate", "pairwise", "list", "reversed"}
MATHS |= {"max", "min", "maximum", "minimum", "var", "std", "norm", "diag", "eye", "f", "df"}
PARTS = {"T", "shape", "size"}
MODULES = ("np.linalg.", "np.", "functions.", "nn.", "math.")


class Terms:
    """terms(node): its text, where all names in it are arguments as they came in, or results'.

    Locals that are set once are replaced by what they are set to. shown: the arguments' names for a
    reader.
    """

    def __init__(self, tree: ast.AST, shown: Mapping[str, str], outputs: Sequence[str] = ()):
        stored = Counter(
            n.id if isinstance(n, ast.Name) else n.arg
            for n in ast.walk(tree)
            if isinstance(n, ast.arg) or (isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
        )
        self.shown = {name: text for name, text in shown.items() if stored[name] == 1}
        self.set_to: dict[str, ast.AST] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and len(node.targets) == 1:
                self._note(node.targets[0], node.value, stored)
        for name in outputs:
            if stored[name] == 1 and name not in shown:
                self.shown[name] = name

    def _note(self, target: ast.AST, value: ast.AST, stored: Counter) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for one, of in zip(target.elts, value.elts, strict=False):
                self._note(one, of, stored)
        elif isinstance(target, ast.Name) and stored[target.id] == 1:
            self.set_to[target.id] = value

    def knows(self, node: ast.AST) -> bool:
        """Whether all names in it are a reader's, however long it is."""
        try:
            _Shown(self).visit(copy.deepcopy(node))
        except LookupError:
            return False
        return True

    def __call__(self, node: ast.AST) -> str:
        """Its text as a reader would write it; "" if there is none, or a long one."""
        try:
            node = _Shown(self).visit(copy.deepcopy(node))
        except LookupError:
            return ""
        text = ast.unparse(node)
        for module in MODULES:
            text = text.replace(module, "")
        text = text.replace(" ** ", "**").replace(", keepdims=True", "")
        if len(text) > LONG:
            return ""
        return text if isinstance(node, ast.Name | ast.Constant) else f"`{text}`"


class _Shown(ast.NodeTransformer):
    """The node as a reader would write it. LookupError if it holds what has no name."""

    def __init__(self, terms: Terms):
        self.terms, self.depth = terms, 0

    def visit_Name(self, node):
        if node.id in self.terms.shown:
            return ast.Name(self.terms.shown[node.id], node.ctx)
        if node.id == "EPS":
            return ast.Name("eps", node.ctx)
        if node.id in self.terms.set_to and self.depth < 4:
            self.depth += 1
            made = self.visit(copy.deepcopy(self.terms.set_to[node.id]))
            self.depth -= 1
            return made
        raise LookupError(node.id)

    def visit_Call(self, node):
        f = node.func
        name = f.attr if isinstance(f, ast.Attribute) else getattr(f, "id", "")
        if name not in MATHS:
            raise LookupError(name)
        owner = ast.unparse(f.value) + "." if isinstance(f, ast.Attribute) else ""
        if isinstance(f, ast.Attribute) and owner not in MODULES:
            f.value = self.visit(f.value)
        node.args = [self.visit(a) for a in node.args]
        for given in node.keywords:
            given.value = self.visit(given.value)
        return node

    def visit_Attribute(self, node):
        if node.attr not in PARTS:
            raise LookupError(node.attr)
        return self.generic_visit(node)

    def visit_Constant(self, node):
        if not isinstance(node.value, int | float):
            raise LookupError
        return node

    def generic_visit(self, node):
        if isinstance(node, ast.Lambda | ast.comprehension | ast.Starred | ast.IfExp | ast.Dict):
            raise LookupError
        return super().generic_visit(node)
