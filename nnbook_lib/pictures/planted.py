"""A mistake planted in a function, to see what finds it."""

from __future__ import annotations

import inspect
from collections.abc import Callable


def planted(function: Callable, old: str, new: str) -> Callable:
    """The function with a piece of its own text replaced; `function` itself stays as it is.

    old: what its source says somewhere; new: what it is to say there. ValueError where it does not.
    """
    source = inspect.getsource(function)
    if old not in source:
        raise ValueError(
            f"planted: {function.__name__} does not say {old!r}. Copy a piece of it as it stands."
        )
    scope = dict(function.__globals__)
    exec(source.replace(old, new), scope)
    return scope[function.__name__]
