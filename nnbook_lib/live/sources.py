"""Which files of this library a piece of code runs on, read from their import statements.

So an edited file makes old only what depends on it: a notebook that names no LSTM does not run again
because recurrent.py has changed. Nothing is imported for it. When in doubt, a file counts.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType

PACKAGE = __package__.partition(".")[0]
LIBRARY = Path(__file__).parents[1]
LOOKS_ANYWHERE = {"getattr", "vars", "dir", "__dict__", "__getattr__"}


def names_in(code: CodeType) -> Iterator[str]:
    """Names that the code, or a function written inside it, looks up or imports; and the module of
    an exercise whose name is written in it, as in check("skip.block", block).
    """
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from names_in(inner)
        elif isinstance(inner, str) and "." in inner:
            prefix = inner.partition(".")[0]
            for home in (f"exercises.sets.{prefix}", f"exercises.{prefix}"):
                if home in modules():
                    yield f"{PACKAGE}.{home}"


def modules_named(names: Iterable[str]) -> set[str]:
    """The library's modules behind these names, as in nn.Dense, nn.datasets.digits or
    `import nnbook_lib.live`: for Dense, dense; all of them where attributes are looked up by name.
    """
    names = set(names)
    if names & LOOKS_ANYWHERE:
        return set(modules())
    public = _public()
    dotted = (name.removeprefix(f"{PACKAGE}.") for name in names)
    found = {name for name in dotted if name in modules()}
    found |= {public[name] for name in names if name in public}
    if found & {"exercises"} and not any(name.startswith("exercises.") for name in found):
        found |= {name for name in modules() if name.startswith("exercises.")}  # some are meant
    return found


def sources(names: Iterable[str]) -> str:
    """A hash of the files of these modules, of all that they import in turn, and of their data."""
    digest = hashlib.sha256()
    for name in sorted(reach(names)):
        for file in _files(name):
            digest.update(file.name.encode() + _content(file))
    return digest.hexdigest()


def reach(names: Iterable[str]) -> set[str]:
    """The modules named, and those that they import, directly or not."""
    found, todo = set(), set(names)
    while todo:
        name = todo.pop()
        found.add(name)
        todo |= set(_imports(name)) - found
    return found


@cache
def modules() -> dict[str, Path]:
    """{name: file} of all modules of the library, without the package's own name: exercises.skip."""
    files = (file for file in LIBRARY.rglob("*.py") if file != LIBRARY / "__init__.py")
    parts = {file: file.relative_to(LIBRARY).with_suffix("").parts for file in files}
    return {".".join(p[:-1] if p[-1] == "__init__" else p): file for file, p in parts.items()}


@cache
def _public() -> dict[str, str]:
    """{name: module} of what `import nnbook_lib` offers."""
    return {
        alias.asname or alias.name: inside if inside in modules() else node.module
        for node in ast.walk(_parsed(LIBRARY / "__init__.py"))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        for inside in [f"{node.module or ''}.{alias.name}".lstrip(".")]
    }


@cache
def _imports(name: str) -> tuple[str, ...]:
    """The library's modules that this one imports, wherever in it."""
    file = modules()[name]
    here = name.split(".") if file.name == "__init__.py" else name.split(".")[:-1]
    found = []
    for node in ast.walk(_parsed(file)):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*here[: len(here) - node.level + 1], *(node.module or "").split(".")]
            base = ".".join(filter(None, base))
            found += [f"{base}.{alias.name}".lstrip(".") for alias in node.names]
            found.append(base)
    known = [part for part in found if part in modules()]
    # what is taken from the package itself, not from one of its modules, may come from any
    return tuple(known) if "" not in found or known else tuple(modules())


@cache
def _files(name: str) -> tuple[Path, ...]:
    """A module's file, and the data that it names."""
    file = modules()[name]
    text = file.read_text(encoding="utf-8")
    data = sorted((LIBRARY / "data").iterdir())
    return (file, *(each for each in data if each.name in text))


@cache
def _content(file: Path) -> bytes:
    return file.read_bytes()


def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))
