"""What the library consists of: every module and public name, read from the source files."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nnbook_lib

LIBRARY = Path(nnbook_lib.__file__).parent
PAGES = "reference/api"
REST = "the rest"
INSIDE = (
    "exercises.sets",
    "exercises.answers",
    "exercises.clinic",
    "exercises.collect.",
    "exercises.judge.",
    "plain_words.",
    "twins.presets.",
)  # not called
PLAIN = {
    "explore": "live.explorer.explore",
    "check": "exercises.check",
}  # known by their first name
CALL = re.compile(r"(?P<name>[A-Za-z_][\w./]*?)(?P<file>\.py)?(?:\(.*\))?")


@dataclass(frozen=True)
class Entry:
    """A public name: where it is defined, how it is called, and what is said of it."""

    module: str
    name: str  # "" for the module itself
    node: ast.AST

    @property
    def path(self) -> str:
        return f"{self.module}.{self.name}".strip(".")

    @property
    def key(self) -> str:
        """The anchor of the entry."""
        return f"nnbook_lib.{self.path}"

    @property
    def shown(self) -> str:
        """The name as a reader writes it after `import nnbook_lib as nn`."""
        if self.name and exported().get(self.name) == self.module:
            return f"nn.{self.name}"
        package, _, module = self.module.rpartition(".")
        if exported().get(module) == package:  # nn.diagnostics, of the folder inspection
            return f"nn.{module}.{self.name}".strip(".")
        if package and self.name and self.name in offered(package):
            return f"nnbook_lib.{package}.{self.name}"
        return f"nn.{self.path}" if self.module in loaded() else self.key

    @property
    def doc(self) -> str:
        if isinstance(self.node, ast.Assign | ast.AnnAssign):
            return ""
        return inspect.cleandoc(ast.get_docstring(self.node) or "")

    @property
    def lines(self) -> tuple[int, int]:
        decorators = [d.lineno for d in getattr(self.node, "decorator_list", [])]
        return min([self.node.lineno, *decorators]), self.node.end_lineno

    @property
    def source(self) -> str:
        first, last = self.lines
        return "\n".join(file_of(self.module).read_text("utf-8").splitlines()[first - 1 : last])


@cache
def modules() -> tuple[str, ...]:
    """Every module, as in "layer", "live" and "live.easel", but for the parts that nobody calls."""
    parts = [p.relative_to(LIBRARY).with_suffix("").parts for p in LIBRARY.rglob("*.py")]
    names = {".".join(p[:-1] if p[-1] == "__init__" else p) for p in parts}
    return tuple(sorted(name for name in names if name and not name.startswith(INSIDE)))


def file_of(module: str) -> Path:
    path = LIBRARY.joinpath(*filter(None, module.split(".")))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def exported() -> dict[str, str]:
    """{name: module} of what nnbook_lib/__init__.py brings to the top."""
    return offered("")


@cache
def offered(package: str) -> dict[str, str]:
    """{name: module} of what a package's __init__.py imports; "" is the library itself."""
    body = tree(file_of(package)).body
    imports = [n for n in body if isinstance(n, ast.ImportFrom) and n.level == 1 and n.module]
    return {a.asname or a.name: n.module for n in imports for a in n.names}


@cache
def loaded() -> frozenset[str]:
    """The modules that `import nnbook_lib` loads, so that nn.<module> is there."""
    found, waiting = set(), list(_imports(LIBRARY / "__init__.py"))
    while waiting:
        module = waiting.pop()
        if module not in found and module in modules():
            found.add(module)
            waiting += _imports(file_of(module))
    return frozenset(found)


def _imports(path: Path) -> Iterator[str]:
    for node in tree(path).body:
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            yield from [node.module] if node.module else [alias.name for alias in node.names]


def entries(module: str) -> Iterator[Entry]:
    """A module's public names, in the order of its file."""
    for node in tree(file_of(module)).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [t.id for t in targets if isinstance(t, ast.Name)]
        else:
            continue
        yield from (Entry(module, n, node) for n in names if not n.startswith("_"))


def module_entry(module: str) -> Entry:
    return Entry(module, "", tree(file_of(module)))


@cache
def catalog() -> dict[str, Entry]:
    """{path: entry}, as in "dense.Dense"; also by the name under which it is exported."""
    found = {}
    for module in modules():
        found[module] = module_entry(module)
        found |= {entry.path: entry for entry in entries(module)}
    for name, module in exported().items():
        inside = f"{module}.{name}"
        found[name] = found[inside]
        if inside in modules():
            found |= {f"{name}.{entry.name}": entry for entry in entries(inside)}
    return found


def resolve(text: str, own: frozenset[str] = frozenset()) -> Entry | None:
    """The entry that a piece of code names, if it names one.

    After nn. or nnbook_lib. any name counts; a file's name and module.name do too; a bare name
    only if it can hardly mean something else, and the page does not define it (`own`) itself.
    """
    match = CALL.fullmatch(text.strip())
    if not match:
        return None
    name, known = match["name"], catalog()
    if match["file"]:
        name = name.removeprefix("nnbook_lib/").replace("/", ".")
        return known[name] if name in modules() else None
    for prefix in ("nn.", "nnbook_lib."):
        if name.startswith(prefix):
            name = name.removeprefix(prefix)
            whole, part = known.get(name), known.get(name.rpartition(".")[0])
            if whole or (part and isinstance(part.node, ast.ClassDef)):
                return whole or part  # nn.Dense.forward is told of under nn.Dense
            return None
    if "." in name:
        return known.get(name)
    if name in PLAIN and name not in own:
        return known.get(PLAIN[name])
    if name in own or not ("_" in name or name[0].isupper()):
        return None
    return known[name] if name in exported() else _only(name)


def _only(name: str) -> Entry | None:
    """The one function of this name, if there is one."""
    functions = (e for e in catalog().values() if isinstance(e.node, ast.FunctionDef))
    found = list({e.path: e for e in functions if e.name == name}.values())
    return found[0] if len(found) == 1 else None


def pages(source: Path) -> dict[str, str]:
    """{module: page} as the pages of the reference say it."""
    found, last = {}, None
    for file in sorted((source / PAGES).glob("*.md")):
        for given in re.findall(r"^```\{library\} (.+)$", file.read_text("utf-8"), re.M):
            page = f"{PAGES}/{file.stem}"
            if given == REST:
                last = page
            else:
                found |= dict.fromkeys(given.split(), page)
    if last:
        found |= {module: last for module in modules() if module not in found}
    return found


def path_of(module: str) -> str:
    return file_of(module).relative_to(LIBRARY).as_posix()
