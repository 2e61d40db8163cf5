"""Diagnosis as an order of questions, and the same with questions left out or in another order."""

from __future__ import annotations

import numpy as np

from ..exercise import Case

FAULTS = (
    "outputs too large",
    "dead units",
    "vanishing gradients",
    "exploding gradients",
    "learning rate too large",
    "learning rate too small",
)


LIMITS = (3, 0.8, 1e-3, 1e3, 0.3, 1e-5)  # of the table's rows
CONDITIONS = (
    "`loss_start` above three times `guess`",
    "`dead` above 0.8",
    "`ratio` below 1e-3",
    "`ratio` above 1e3",
    "`update` above 0.3",
    "`update` below 1e-5",
)
HEALTHY = {"loss_start": 2.3, "guess": 2.3, "dead": 0.0, "ratio": 0.6, "update": 1e-3}
PROBES = (  # by row: its number, values that are fine, and values that are not
    ("loss_start", (2.3, 2.5, 3.4, 4.5, 5.5, 6.8), (7.0, 8.0, 10.0, 20.0, 40.0, 1e3)),
    ("dead", (0.0, 0.1, 0.3, 0.5, 0.7, 0.79), (0.81, 0.85, 0.9, 0.95, 0.99, 1.0)),
    ("ratio", (0.6, 0.2, 0.05, 9e-3, 5e-3, 1.1e-3), (9e-4, 4e-4, 5e-5, 1e-6, 1e-9, 1e-12)),
    ("ratio", (0.6, 5.0, 50.0, 200.0, 700.0, 990.0), (1010.0, 5e3, 5e4, 1e6, 1e9, 1e12)),
    ("update", (1e-3, 5e-3, 0.02, 0.07, 0.15, 0.29), (0.31, 0.4, 0.6, 1.0, 2.0, 10.0)),
    ("update", (1e-3, 5e-4, 1e-4, 5e-5, 2e-5, 1.1e-5), (9e-6, 5e-6, 5e-7, 1e-7, 1e-9, 1e-12)),
)


def suspect(loss_start, guess, dead, ratio, update):
    """The first fault of the table that holds."""
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 0.3:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


def suspected(measured: tuple, order=FAULTS, at_limit=False, limits=LIMITS, guess=None):
    """The same, asked in this order; at_limit: also where a number is equal to its limit."""
    loss_start, told, dead, ratio, update = measured
    above = np.greater_equal if at_limit else np.greater
    factor, most_dead, low, high, fast, slow = limits
    holds = {
        "outputs too large": above(loss_start, factor * (told if guess is None else guess)),
        "dead units": above(dead, most_dead),
        "vanishing gradients": above(low, ratio),
        "exploding gradients": above(ratio, high),
        "learning rate too large": above(update, fast),
        "learning rate too small": above(slow, update),
    }
    return next((fault for fault in order if holds[fault]), "healthy")


def suspect_cases() -> list[Case]:
    """Networks with one fault, with several, and at the limits."""
    return [
        Case("nothing is wrong", 2.4, 2.3, 0.05, 0.6, 1e-3),
        Case("a start at 40", 40.0, 2.3, 0.1, 2.0, 1e-3),
        Case("nine in ten units dead", 2.3, 2.3, 0.9, 0.5, 1e-3),
        Case("a gradient of a billionth", 2.3, 2.3, 0.0, 1e-9, 1e-3),
        Case("a gradient of a million", 2.6, 2.3, 0.0, 1e6, 1e-3),
        Case("steps as long as the weights", 2.4, 2.3, 0.1, 0.8, 1.2),
        Case("steps of a ten millionth", 2.4, 2.3, 0.1, 0.8, 1e-7),
        Case("three times the guess, and no more", 6.0, 2.0, 0.1, 0.8, 1e-3),
        Case("a little above three times the guess", 6.2, 2.0, 0.1, 0.8, 1e-3),
        Case("every unit of a layer dead", 2.3, 2.3, 1.0, 0.5, 1e-3),
        Case("dead units a little above the limit", 2.3, 2.3, 0.82, 0.8, 1e-3),
        Case("a ratio a little below its lower limit", 2.3, 2.3, 0.1, 9.9e-4, 1e-3),
        Case("a ratio a little above its upper limit", 2.3, 2.3, 0.1, 1001.0, 1e-3),
        Case("steps a little too long", 2.3, 2.3, 0.1, 0.8, 0.31),
        Case("steps a little too short", 2.3, 2.3, 0.1, 0.8, 9e-6),
        Case("two classes: the guess is 0.7", 2.5, 0.7, 0.1, 0.8, 1e-3),
        Case("a thousand classes: the guess is 6.9", 8.0, 6.9, 0.1, 0.8, 1e-3),
        Case("each at its lower limit", 2.4, 2.3, 0.8, 1e-3, 1e-5),
        Case("each at its upper limit", 2.4, 2.3, 0.8, 1e3, 0.3),
        Case("dead units, and no gradient below them", 2.3, 2.3, 0.9, 1e-9, 1e-3),
        Case("dead units, and an exploding gradient", 2.3, 2.3, 0.9, 1e6, 1e-3),
        Case("no step at all", 2.3, 2.3, 0.0, 0.8, 0.0),
        Case("no gradient at all", 2.3, 2.3, 0.0, 0.0, 1e-3),
        Case("a large start, and dead units", 40.0, 2.3, 0.9, 0.5, 1e-3),
        Case("a large start, an exploding gradient, large steps", 40.0, 2.3, 0.0, 1e6, 0.9),
        Case("dead units and tiny steps", 2.3, 2.3, 0.95, 0.5, 1e-6),
        Case("a vanishing gradient and tiny steps", 2.3, 2.3, 0.0, 1e-9, 1e-7),
        Case("an exploding gradient and large steps", 2.6, 2.3, 0.0, 1e6, 0.9),
        Case("a vanishing gradient and large steps", 2.6, 2.3, 0.0, 1e-5, 0.9),
    ]


def in_order(*places, **how):
    """An answer that asks the questions of these places in the table, in this order."""
    return lambda *measured: suspected(measured, [FAULTS[k] for k in places], **how)


def renamed(one, other):
    """An answer that says each of two faults where the other holds."""
    names = {one: other, other: one}
    return lambda *measured: names.get(suspect(*measured), suspect(*measured))


def said(answer, row, value):
    """What an answer says of a network that is healthy but for the number of a row."""
    return str(answer(*{**HEALTHY, PROBES[row][0]: value}.values())).strip().lower()


def limit_of(answer, row):
    """Of the row's twelve probes, the first for which the answer names its fault, and for all beyond;
    12 where it never does, None where it says something else.
    """
    words = [said(answer, row, value) for value in PROBES[row][1] + PROBES[row][2]]
    first = words.index(FAULTS[row]) if FAULTS[row] in words else len(words)
    wanted = ["healthy"] * first + [FAULTS[row]] * (len(words) - first)
    return first if words == wanted else None


def another_limit(row):
    """Whether an answer has another limit in this row, and in no row above it."""

    def asks(answer):
        found = [limit_of(answer, k) for k in range(6)]
        differ = [k for k, first in enumerate(found) if first not in (None, 6, 12)]
        return 12 not in found and differ[:1] == [row]

    return asks


def equal_is_a_fault(answer):
    """Whether it has the table's limits, and calls a number that is equal to one of them a fault."""
    if any(limit_of(answer, row) != 6 for row in range(6)):
        return False
    limits = (3 * HEALTHY["guess"], *LIMITS[1:])
    return any(said(answer, row, limits[row]) == FAULTS[row] for row in range(6))


def lists_all(answer):
    """Whether it returns a list, or another collection, of texts."""
    return isinstance(answer(*HEALTHY.values()), list | tuple | set | dict | np.ndarray)


def with_limit(row, limit):
    """An answer with another limit in a row."""
    limits = [limit if k == row else usual for k, usual in enumerate(LIMITS)]
    return lambda *measured: suspected(measured, limits=limits)
