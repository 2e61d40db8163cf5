"""Detectors: what is missing or too much is a term or a factor made of the arguments.

Each takes a Trouble and returns a sentence, or None if it has nothing to say. Terms are tried from
plain to compound: x, x², the root of x, 1 - x, x (1 - x), |x|, then products and quotients of two.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import numpy as np

from .trouble import Trouble, is_numbers

FORMS: tuple[tuple[str, Callable], ...] = (
    ("{}", lambda a: a),
    ("{}²", np.square),
    ("the root of {}", np.sqrt),
    ("(1 - {})", lambda a: 1 - a),
    ("(1 + {})", lambda a: 1 + a),
    ("{0} (1 - {0})", lambda a: a * (1 - a)),
    ("(1 - {}²)", lambda a: 1 - a**2),
    ("e^{}", np.exp),
    ("e^(-{})", lambda a: np.exp(-a)),
    ("|{}|", np.abs),
)
TIMES = ((1.0, ""), (2.0, "2 "), (0.5, "1/2 "))
Term = tuple[str, list[np.ndarray]]  # what it is, and its value on each case


def off_by(t: Trouble) -> str | None:
    """The right result minus or plus a term."""
    if not _comparable(t):
        return None
    gaps = [want.astype(float) - got for got, want in t.pairs]
    found = _fitting(t, gaps)
    if found is None:
        found = _fitting(t, [want.astype(float) + got for got, want in t.pairs])
        turned = found is not None and found[1] > 0
        return f"Your result is {found[0]} minus the right one." if turned else None
    term, sign = found
    if term.startswith("2 "):
        return f"Your result is off by exactly {term}: is the sign of {term[2:]} turned?"
    if sign > 0:
        return f"What is missing is exactly {term}: add it, or do not subtract it."
    return f"Your result is too large by exactly {term}: subtract it, or do not add it."


def times(t: Trouble) -> str | None:
    """The right result times or divided by a factor, entry by entry."""
    if not _comparable(t) or any(np.any((w == 0) != (g == 0)) for g, w in t.pairs):
        return None
    with np.errstate(all="ignore"):
        ratios = [np.where(want == 0, np.nan, got / want) for got, want in t.pairs]
        inverse = [1 / ratio for ratio in ratios]
    for values, words in ((ratios, "times"), (inverse, "divided by")):
        found = _fitting(t, values)
        if found is not None:
            turned = ", and its sign is wrong" if found[1] < 0 else ""
            return f"Your result is the right one {words} {found[0]}{turned}."
    return None


def _comparable(t: Trouble) -> bool:
    """Whether all results have the right shape and are finite, and there are numbers enough."""
    kinds = all(g.dtype.kind in "iuf" and w.dtype.kind in "iuf" for g, w in t.pairs)
    return (
        kinds
        and all(g.shape == w.shape and np.isfinite(g).all() for g, w in t.pairs)
        and sum(g.size for g in t.came) > 2
    )


def _fitting(t: Trouble, values: list[np.ndarray]) -> tuple[str, int] | None:
    """(the term, its sign) that gives these values, NaN apart, on every case."""
    for says, terms in _terms(t):
        try:
            pairs = [
                (v, np.broadcast_to(term, v.shape)) for v, term in zip(values, terms, strict=True)
            ]
        except ValueError:
            continue
        told = [(v[ok], term[ok]) for v, term in pairs if (ok := np.isfinite(v) & (v != 0)).any()]
        if not told or not told[0][1].flat[0]:
            continue
        ratio = told[0][0].flat[0] / told[0][1].flat[0]
        for c, times_ in TIMES:
            if abs(abs(ratio) - c) < 1e-5 and all(
                _fits(v, ratio / abs(ratio) * c * u) for v, u in pairs
            ):
                return times_ + says, 1 if ratio > 0 else -1
    return None


def _fits(value: np.ndarray, term: np.ndarray) -> bool:
    """Whether they are the same where the value can be told."""
    told = np.isfinite(value)
    size = float(np.max(np.abs(value[told]), initial=0.0))
    return bool(np.allclose(value[told], term[told], rtol=1e-6, atol=1e-9 * max(size, 1.0)))


def _terms(t: Trouble) -> Iterator[Term]:
    """Terms that the arguments make, varied enough that none fits by chance."""
    names = [n for n in t.args if all(is_numbers(a[n]) and np.size(a[n]) for a in t.arguments)]
    plain = {n: [np.asarray(a[n], float) for a in t.arguments] for n in names}
    with np.errstate(all="ignore"):
        for (says, form), name in itertools.product(FORMS, names):
            yield from _varied(says.format(name), [form(v) for v in plain[name]])
        for a, b in itertools.combinations(names, 2):
            products = [_both(np.multiply, x, y) for x, y in zip(plain[a], plain[b], strict=True)]
            yield from _varied(f"{a} · {b}", products)
        for a, b in itertools.permutations(names, 2):
            quotients = [_both(np.divide, x, y) for x, y in zip(plain[a], plain[b], strict=True)]
            yield from _varied(f"{a} / {b}", quotients)


def _both(operation: Callable, a: np.ndarray, b: np.ndarray) -> np.ndarray | None:
    try:
        return operation(a, b)
    except ValueError:
        return None


def _varied(says: str, values: list[np.ndarray | None]) -> Iterator[Term]:
    told = [v for v in values if v is not None]
    if len(told) == len(values) and len({float(v) for one in told for v in one.flat}) > 1:
        yield says, told
