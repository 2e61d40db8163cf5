"""What a drawing function depends on, as one hash: the name under which its frames are kept.

Followed from the function: its code and defaults, what it closes over, every global it names, and
so on through the functions, classes and objects found there. Of this library the source files
count that what is named runs on (sources.py), of other packages their version. What can't be
followed makes the hash None, so that a picture is drawn again rather than shown stale.
"""

from __future__ import annotations

import hashlib
import inspect
import io
import pickle
import sys
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .sources import PACKAGE, modules, modules_named, names_in, sources


def fingerprint(*things: Any) -> str | None:
    """A hash of functions and values that changes whenever what they compute can; None if unsure."""
    digest, seen = hashlib.sha256(sys.version.encode()), {}
    try:
        for thing in things:
            _feed(thing, digest, seen)
    except _Unknown:
        return None
    return digest.hexdigest()


class _Unknown(Exception):
    """Something whose content can't be told."""


def _feed(thing: Any, digest: Any, seen: dict) -> None:
    """Add all that thing is to the digest; `seen` keeps what was met, by identity."""
    if id(thing) in seen:
        digest.update(b"again %d;" % seen[id(thing)][0])
        return
    if not isinstance(thing, str | int | float | bool | type(None)):
        seen[id(thing)] = len(seen), thing
    digest.update(type(thing).__name__.encode() + b":")
    if isinstance(thing, types.ModuleType):
        digest.update(_module(thing).encode())
    elif hasattr(thing, "__wrapped__"):  # functools.cache and other decorators
        _feed(thing.__wrapped__, digest, seen)
    elif isinstance(thing, types.MethodType):
        _feed((thing.__func__, thing.__self__), digest, seen)
    elif isinstance(thing, types.FunctionType):
        _feed_function(thing, digest, seen)
    elif isinstance(thing, types.BuiltinFunctionType | type) or (
        isinstance(getattr(thing, "__module__", None), str)
        and callable(thing)
        and hasattr(thing, "__qualname__")
    ):
        _feed_class(thing, digest, seen)
    elif isinstance(thing, Mapping):
        for pair in thing.items():
            _feed(pair, digest, seen)
    elif isinstance(thing, list | tuple):
        digest.update(b"%d;" % len(thing))
        for part in thing:
            _feed(part, digest, seen)
    else:
        _feed_value(thing, digest, seen)


def _feed_function(function: types.FunctionType, digest: Any, seen: dict) -> None:
    module = sys.modules.get(function.__module__)
    if _package(function.__module__) != "__main__" and module is not None:
        digest.update(f"{_module(module)} {function.__qualname__}".encode())
    else:
        digest.update(_code(function.__code__))
        _feed(function.__defaults__, digest, seen)
        _feed(function.__kwdefaults__, digest, seen)
        names = set(names_in(function.__code__))
        for name in sorted(names & function.__globals__.keys()):
            digest.update(name.encode())
            known = function.__globals__[name]
            if known is sys.modules[PACKAGE]:  # of the library, what is looked up in it
                digest.update(sources(modules_named(names)).encode())
            else:
                _feed(known, digest, seen)
    for cell in function.__closure__ or ():
        _feed(cell.cell_contents, digest, seen)


def _feed_class(thing: Any, digest: Any, seen: dict) -> None:
    module = sys.modules.get(thing.__module__ or "builtins")
    if _package(thing.__module__ or "builtins") != "__main__" and module is not None:
        digest.update(f"{_module(module)} {thing.__qualname__}".encode())
        return
    for base in thing.__bases__:
        _feed(base, digest, seen)
    for name, part in sorted(vars(thing).items()):
        if not name.startswith("__") or callable(part):
            digest.update(name.encode())
            _feed(getattr(part, "__func__", part), digest, seen)


class _Pickler(pickle.Pickler):
    """Pickles the state of objects; their code, of which pickle knows only the name, is fed."""

    def __init__(self, file: Any, digest: Any, seen: dict):
        super().__init__(file, protocol=5)
        self.digest, self.seen = digest, seen

    def persistent_id(self, thing: Any) -> str | None:
        if isinstance(thing, types.FunctionType | types.ModuleType | type):
            _feed(thing, self.digest, self.seen)
            return "fed"
        return None


def _feed_value(thing: Any, digest: Any, seen: dict) -> None:
    """A number, string, array or any object."""
    file = io.BytesIO()
    try:
        _Pickler(file, digest, seen).dump(thing)
    except _Unknown:
        raise
    except Exception:
        raise _Unknown from None
    digest.update(file.getvalue())


def _code(code: types.CodeType) -> bytes:
    """The instructions and constants, the same wherever in a file they stand."""
    constants = [
        _code(c) if isinstance(c, types.CodeType) else repr(c).encode() for c in code.co_consts
    ]
    names = code.co_names + code.co_varnames + code.co_freevars
    return b"|".join([code.co_code, *constants, *(n.encode() for n in names)])


def _package(module: str) -> str:
    return module.split(".")[0]


def _module(module: types.ModuleType) -> str:
    """A module by its version, this library and files beside a notebook by their sources."""
    top = sys.modules.get(_package(module.__name__), module)
    if top.__name__ == PACKAGE:
        name = module.__name__.removeprefix(PACKAGE).lstrip(".")
        return f"this library {sources([name] if name else modules())}"
    version = getattr(top, "__version__", None)
    if version is None and top.__name__ not in sys.stdlib_module_names:
        file = inspect.getsourcefile(top)
        if file is None:
            raise _Unknown
        return f"{module.__name__} {hashlib.sha256(Path(file).read_bytes()).hexdigest()}"
    return f"{module.__name__} {version}"
