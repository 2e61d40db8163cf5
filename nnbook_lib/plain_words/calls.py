"""On names, attributes and calls.

Rows of the table, as in shapes.py.
"""

from __future__ import annotations

import ast
import builtins
import difflib
import inspect
import re
import sys
import types
from collections.abc import Iterable
from typing import Any

import numpy as np

from .place import UNKNOWN, Place

IMPORTS = {"np": "numpy", "nn": __package__.partition(".")[0], "plt": "matplotlib.pyplot"}
NUMBERS = (int, float, complex, np.number)


def unknown_name(match: re.Match, place: Place) -> str:
    """Where a name that is not defined may be found."""
    name = match[1]
    if name in IMPORTS:
        return f"Write `import {IMPORTS[name]} as {name}` first."
    if name in ("math", "functools", "itertools", "time"):
        return f"Write `import {name}` first."
    if name == "self":
        return "Inside a method, `self` is its first parameter: `def forward(self, x)`."
    if found := _elsewhere(name):
        return f"Did you mean `{found}`?"
    near = _near(name, [*place.names, *dir(builtins)]) or _elsewhere(_near(name, dir(np)))
    meant = f"Did you mean `{near}`? " if near else ""
    return f"{meant}Is the name spelled as you defined it, and was its cell run?"


def unknown_attribute(match: re.Match, place: Place) -> str:
    """What a thing has instead, and how to make one that has it."""
    owner, name = match["owner"], match["name"]
    if owner.startswith("module"):
        return _of_module(owner.split("'")[1], name)
    if subject := _imported_as(place):
        return f"The name `{subject}` stands for something else now: import it again."
    kind = owner.strip("'")
    if kind == "numpy.ndarray":
        return _of_array(name)
    if kind in ("int", "float", "complex", "bool") or kind.startswith("numpy."):
        call = f": `np.{name}(x)` takes numbers and arrays alike" if hasattr(np, name) else ""
        return (
            f"A single number has no `.{name}`{call}. `np.asarray(x)` makes an array of it, "
            "`[:, None]` a column; was something summed or indexed that should not be?"
        )
    if kind == "list" and hasattr(np.ndarray, name):
        return f"A {kind} has no `.{name}`: make an array of it first, `np.array(...)`."
    if kind in ("function", "method", "builtin_function_or_method"):
        return "This is a function: call it first, with its arguments in parentheses."
    if kind == "Figure":
        return "Draw on axes, which the figure makes: `ax = fig.subplots()`, then `ax.plot(...)`."
    if kind == "tuple":
        return (
            f"A tuple has no `.{name}`: it is several things in one. Take them apart, `a, b = ...`, or, if "
            "they are numbers, make an array of them, `np.array(...)`."
        )
    ours = getattr(_library(), kind, None)
    if isinstance(ours, type):
        near = _near(name, dir(ours))
        meant = f"; did you mean `.{near}`?" if near else ""
        return f"This book's {kind} has no `.{name}`{meant or '.'}"
    if hasattr(builtins, kind):
        return f"In Python a {kind} has no `.{name}`; `dir(...)` lists what it has."
    return (
        f"Nothing called `{name}` is in it. What an object keeps is set in its `__init__`, as in "
        f"`self.{name} = ...`, after `super().__init__()`."
    )


def _of_module(module: str, name: str) -> str:
    if module == "numpy":
        if name in ("float", "int", "bool", "object", "str", "complex"):
            return f"numpy no longer has a name of its own for it: write `{name}`."
        if hasattr(_library(), name):
            return f"numpy has no {name}: it is `nn.{name}` of this book, or you write it yourself."
    near = _near(name, dir(sys.modules.get(module)))
    short = {"numpy": "np", "numpy.random": "np.random", IMPORTS["nn"]: "nn"}.get(module, module)
    if near:
        return f"Did you mean `{short}.{near}`?"
    found = _elsewhere(name)
    return f"Did you mean `{found}`?" if found else f"{short} has nothing of that name."


def _of_array(name: str) -> str:
    if name in ("append", "extend", "insert"):
        return "An array keeps its size. `np.concatenate([a, b])` makes a longer one."
    if name in ("plot", "set_title", "set_xlabel", "set", "imshow", "scatter", "semilogy"):
        return (
            "`fig.subplots(1, 2)` gives an array of axes: draw on one of them, `axes[0].plot(...)`."
        )
    if near := _near(name, dir(np.ndarray)):
        return f"Did you mean `.{near}`?"
    call = f" It is a function: `np.{name}(x)`." if callable(getattr(np, name, None)) else ""
    return f"An array has nothing called `{name}`.{call}"


def not_callable(match: re.Match, place: Place) -> str:
    """What stands before the parentheses, and what was meant."""
    kind, code = match[1], place.code
    called = code.func if isinstance(code, ast.Call) else None
    name = ast.unparse(called) if called is not None else ""
    value = place.value(called) if called is not None else UNKNOWN
    if isinstance(called, ast.Attribute) and called.attr in ("T", "shape", "size", "ndim", "dtype"):
        return f"`.{called.attr}` is not a function: leave its parentheses out."
    is_number = isinstance(value, NUMBERS) or kind in ("int", "float") or "numpy.float" in kind
    if is_number and not isinstance(called, ast.Name | ast.Attribute):
        return "A product needs its sign: `2 * (x + 1)`, not `2(x + 1)`."
    what = {"ndarray": "an array", "list": "a list", "tuple": "a tuple", "str": "text"}.get(
        kind.rpartition(".")[2], "a number" if is_number else f"a {kind}"
    )
    return (
        f"What stands before the parentheses{f', `{name}`,' if name else ''} is {what}, not a "
        "function. A product needs its sign, `a * (b + c)`; an entry takes square brackets, `x[0]`; "
        "and a name may stand for something else than you think, if it was assigned to since."
    )


def positional(match: re.Match, place: Place) -> str:
    """More or fewer arguments than a function takes, or self is missing."""
    name, takes, given = match[1].rpartition("<locals>.")[2], match[2], match[3]
    owner, _, method = name.rpartition(".")
    if owner and int(given) == int(takes) + 1 and _first_parameter(place, owner, method) != "self":
        return (
            "A method takes the object itself first, before its other parameters: "
            f"`def {method}(self, ...)`."
        )
    return (
        f"`{name}` takes {takes} argument{'s' * (takes != '1')} by position; given: {given}"
        f"{', self among them' if owner else ''}. What stands after its `*` is given by name, as in "
        "`rng=rng`."
    )


def _first_parameter(place: Place, owner: str, method: str) -> str:
    """The name of a method's first parameter, if its class is known where the error arose."""
    function = getattr(place.names.get(owner), method, None)
    return next(iter(inspect.signature(function).parameters), "") if callable(function) else ""


def keyword(match: re.Match, place: Place) -> str:
    """An argument of a name that the function does not know."""
    known: list[str] = []
    for name, value in place.those(callable):
        if name.rpartition(".")[2] == match[1].rpartition(".")[2].rstrip("()"):
            known = list(getattr(getattr(value, "__code__", None), "co_varnames", ()))
    near = _near(match[2], [*known, "axis", "keepdims", "rng", "size", "dtype"])
    meant = f"Did you mean `{near}`? " if near else ""
    return f"{meant}`{match[1]}` takes no argument called `{match[2]}`."


def _imported_as(place: Place) -> str:
    """np or nn or plt, where it stands for no module any more."""
    code = place.code.func if isinstance(place.code, ast.Call) else place.code
    if isinstance(code, ast.Attribute) and isinstance(code.value, ast.Name):
        value = place.value(code.value)
        if code.value.id in IMPORTS and not isinstance(value, types.ModuleType):
            return code.value.id
    return ""


def _library() -> Any:
    """This library, if all of it is imported."""
    return sys.modules.get(IMPORTS["nn"])


def _elsewhere(name: str) -> str:
    """Where numpy, this library or math have a function of the name."""
    for short, module in (("np", np), ("nn", _library()), ("math", sys.modules.get("math"))):
        if name and not name.startswith("_") and callable(getattr(module, name, None)):
            return f"{short}.{name}"
    return ""


def _near(name: str, known: Iterable[str]) -> str:
    """The known name that is most like it, whatever its capitals; or nothing."""
    plain: dict[str, str] = {}
    for each in known:
        if not each.startswith("_"):
            plain.setdefault(each.lower(), each)
    found = difflib.get_close_matches(name.lower(), plain, n=1, cutoff=0.75)
    return plain[found[0]] if found and plain[found[0]] != name else ""


ROWS = [
    (
        UnboundLocalError,
        r"local variable '(\w+)'",
        "A name that a function assigns to is its own: give `{0}` a value there before this line, on "
        "every way that leads to it, or pass it as an argument.",
    ),
    (NameError, r"name '(\w+)' is not defined", unknown_name),
    (
        AttributeError,
        r"(?P<owner>module '[\w.]+'|'[\w.]+') (?:object )?has no attribute '(?P<name>\w+)'",
        unknown_attribute,
    ),
    (TypeError, r"'([\w.]+)' object is not callable", not_callable),
    (
        TypeError,
        r"(\S+)\(\) missing \d+ required [\w-]+ arguments?: 'self'",
        "This is the class, or a function of it: make an object first, as in `layer = Dense(2, 3)`.",
    ),
    (
        TypeError,
        r"(\S+)\(\) missing \d+ required [\w-]+ arguments?: (.*)",
        "`{0}` is called without its argument {1}: give it a value, or a default in the `def` line.",
    ),
    (
        TypeError,
        r"(\S+)\(\) takes (?:from \d+ to )?(\d+) positional arguments? but (\d+)",
        positional,
    ),
    (TypeError, r"(\S+)\(\) got an unexpected keyword argument '(\w+)'", keyword),
    (
        TypeError,
        r"got multiple values for (?:keyword )?argument '(\w+)'",
        "The argument `{0}` is given twice, once by its place and once by its name.",
    ),
    (KeyError, r"(.*)", "The dict has no key {0}: print its keys, `list(d)`."),
    (
        RecursionError,
        r"",
        "A function calls itself without end: give the recursion a case where it stops.",
    ),
    (
        ModuleNotFoundError,
        r"No module named '([\w.]+)'",
        "Is the name spelled right? If so, install it: `%pip install {0}` in a cell.",
    ),
    (
        AttributeError,
        r"Figure\.show works only for figures managed by pyplot",
        "Leave `fig.show()` out: a live figure shows itself.",
    ),
]
