"""What these tools are given, as arrays; and lists of names and rows as a message tells them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from ..shapes import got


def array(whose: str, name: str, a: object) -> np.ndarray:
    """a as an array with one sample per row: also a list, or a pandas DataFrame or Series."""
    if callable(getattr(a, "to_numpy", None)):
        a = a.to_numpy()
    try:
        found = np.asarray(a)
    except ValueError:
        raise TypeError(
            f"{whose}: the rows of {name} are not of one length; got {got(a)}. Make them equal, or "
            "fill the gaps."
        ) from None
    if found.ndim == 0:
        raise TypeError(f"{whose}: {name} must be an array with one sample per row; got {got(a)}.")
    return found


def same_length(whose: str, **arrays: np.ndarray) -> int:
    """The number of rows that all arrays have; raises ValueError where they differ or have none."""
    counts = {name: len(a) for name, a in arrays.items()}
    n = next(iter(counts.values()))
    if n == 0 or set(counts.values()) != {n}:
        have = " and ".join(f"{name} has {count} rows" for name, count in counts.items())
        raise ValueError(f"{whose}: {have}; they must pair up, at least one.")
    return n


def real(whose: str, name: str, a: object) -> np.ndarray:
    """a as floating numbers, in its own precision; raises TypeError for what is not numbers."""
    found = array(whose, name, a)
    if found.dtype.kind == "f":
        return found
    if found.dtype.kind == "O":  # a DataFrame with numbers of several kinds
        try:
            return found.astype(float)
        except (TypeError, ValueError):
            pass
    if found.dtype.kind in "biu":
        return found.astype(float)
    raise TypeError(
        f"{whose} expects {name} to be real numbers; got {got(found)}. Words become numbers when a "
        "table is read: nn.read_table(path, one_hot=...)."
    )


def finite(whose: str, name: str, a: np.ndarray) -> None:
    """Raise ValueError, naming the columns from 0, unless all numbers are finite. a: (n, d)."""
    bad = ~np.isfinite(a)
    if bad.any():
        columns = np.flatnonzero(bad.any(axis=0))
        raise ValueError(
            f"{whose}: {name} has NaN or infinity in {numbered('column', columns)} (from 0), in "
            f"{bad.any(axis=1).sum()} of its {len(a)} rows. Leave these rows out, or fill the gaps."
        )


def and_more(words: Sequence[str], most: int = 5) -> str:
    """'a, b and c', and where there are too many 'a, b, c, d, e and 12 more'."""
    words = list(words)
    if len(words) > most + 1:
        words = [*words[:most], f"{len(words) - most} more"]
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else "".join(words)


def quoted(names: Iterable[object], most: int = 5) -> str:
    """The names in quotation marks."""
    return and_more([repr(str(name)) for name in names], most)


def numbered(what: str, numbers: Sequence[int], most: int = 5) -> str:
    """'row 5', 'rows 5 and 273', 'rows 5, 10, 11, 12, 13 and 6 more'."""
    return f"{what}{'s' if len(numbers) > 1 else ''} {and_more([str(n) for n in numbers], most)}"
