"""What an attack is made on: a claim with its bounds, the settings that one may choose, and every word
that is said of a try.

A page's script gets the words as `facts`, unfilled, and fills them as it is done here, so that it says of
a try what a notebook says of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import inf, isfinite, log, prod
from numbers import Integral
from typing import Any

import numpy as np

from ..numbers import SPACE, count, number
from ..shapes import got
from .controls import LABELS, is_number

MOST_TRIED = 60  # settings that the book tries
MOST_KNOBS = 3
SEEDS = 0, 9_999  # that a reader may type
FINEST = 8  # digits, where fewer would write a value and a bound the same
WHOLE = 100_000  # below it a whole number is written whole
HOLDS = "It holds: {value} ({at}); refuted would be {bound}."
REFUTED = "Refuted: {value}, {side} ({at})."
CLOSEST = "The closest you came: {value} ({at}), in {tries}."
CLEAREST = "Your clearest refutation: {value}, {side} ({at}), in {tries}."
CLOSER = "None of the book’s own tries came as close."
WANTED = "Wanted is {range}; got {value}."
FIRST = "None of the book’s own tries refutes it."
TOO = "So it is by {some} of the book’s own tries."
HELD = (
    "Tried by the book: {all}. It held in each; the closest came {value} ({at}), and refuted would be "
    "{bound}."
)
FELL = "Tried by the book: {all}. Refuted by {some} of them, the clearest: {value}, {side} ({at})."


@dataclass(frozen=True)
class Knob:
    """A setting by name, and the values of it that the book tries."""

    name: str
    values: tuple[float, ...]

    @property
    def label(self) -> str:
        """What a reader calls it."""
        return LABELS.get(self.name, self.name.replace("_", " "))

    @property
    def whole(self) -> bool:
        """Whether it is a whole number."""
        return all(isinstance(v, Integral) for v in self.values)

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the greatest that a reader may choose."""
        return SEEDS if self.name == "seed" else (min(self.values), max(self.values))

    @property
    def range(self) -> str:
        """The sentence for what lies outside."""
        low, high = map(plain, self.ends)
        kind = "a whole number" if self.whole else "a number"
        return f"{self.label}: {kind} from {low} to {high}"

    def taken(self, value: Any) -> float:
        """The value as the function gets it. ValueError for one that is none of this knob's."""
        low, high = self.ends
        fits = is_number(value) and isfinite(value) and low <= value <= high
        if not fits or (self.whole and value != int(value)):
            raise ValueError(WANTED.format(range=self.range, value=repr(value)))
        return int(value) if self.whole else float(value)


@dataclass(frozen=True)
class Claim:
    """A claim on a number: it is refuted below `low` and above `high`. what: what is measured."""

    words: str
    what: str
    low: float | None
    high: float | None
    knobs: tuple[Knob, ...]

    def settings(self) -> list[tuple[float, ...]]:
        """Every setting that the book tries; the last knob varies fastest."""
        return [*product(*(knob.values for knob in self.knobs))]

    def slack(self, value: float) -> float:
        """How far a value is from refuting the claim, below 0 if it does. Between two bounds above 0 it
        is a ratio's logarithm, so that half of the one is as far as double the other.
        """
        low, high = self.low, self.high
        if low is not None and high is not None and low > 0:
            return min(log(value / low), log(high / value)) if value > 0 else -inf
        below = inf if low is None else value - low
        return min(below, inf if high is None else high - value)

    def holds(self, value: float) -> bool:
        """Whether the claim stands at this value: on a bound, it does."""
        return self.slack(value) >= 0

    def closest(self, tried: Mapping[tuple, float]) -> tuple[tuple, float]:
        """Of what was tried, the setting and the value that come closest to refuting it, or do so most."""
        return min(tried.items(), key=lambda one: self.slack(one[1]))

    # Words ----------------------------------------------------------------------------------

    def at(self, setting: Sequence[float]) -> str:
        """seed 2, width 20, depth 20."""
        pairs = zip(self.knobs, setting, strict=True)
        return ", ".join(f"{knob.label}{SPACE}{plain(value)}" for knob, value in pairs)

    def digits(self, value: float) -> int:
        """How many digits tell a value from the bounds; two, if they do."""
        bounds = [b for b in (self.low, self.high) if b is not None and b != value]
        enough = (
            d for d in range(2, FINEST) if all(written(b, d) != written(value, d) for b in bounds)
        )
        return next(enough, FINEST)

    def bound(self, digits: int = 2) -> str:
        """below 0.33; below 0.33 or above 3."""
        low = "" if self.low is None else f"below {written(self.low, digits)}"
        high = "" if self.high is None else f"above {written(self.high, digits)}"
        return " or ".join(filter(None, (low, high)))

    def side(self, value: float, digits: int) -> str:
        """The bound that a value breaks, in words."""
        if self.low is not None and value < self.low:
            return f"below {written(self.low, digits)}"
        return "" if self.high is None else f"above {written(self.high, digits)}"

    def filled(self, words: str, setting: Sequence[float], value: float, **more: str) -> str:
        """The words with a value, its setting and the bounds, all with as many digits as it takes."""
        digits = self.digits(value)
        return words.format(
            value=written(value, digits),
            at=self.at(setting),
            bound=self.bound(digits),
            side=self.side(value, digits),
            **more,
        )

    def says(self, setting: Sequence[float], value: float, tried: Mapping[tuple, float]) -> str:
        """What is said of a try."""
        if self.holds(value):
            return self.filled(HOLDS, setting, value)
        return f"{self.filled(REFUTED, setting, value)} {self.beside(tried)}"

    def best(
        self, setting: Sequence[float], value: float, tries: int, tried: Mapping[tuple, float]
    ) -> str:
        """What is said of a reader's best try, beside the book's own."""
        holds = self.holds(value)
        words = CLOSEST if holds else CLEAREST
        said = self.filled(words, setting, value, tries=count(tries, "try", "tries"))
        closer = self.slack(value) < self.slack(self.closest(tried)[1])
        return f"{said} {CLOSER}" if holds and closer else said

    def beside(self, tried: Mapping[tuple, float]) -> str:
        """What the book's own tries say of a claim that is refuted."""
        fell = sum(not self.holds(value) for value in tried.values())
        return TOO.format(some=f"{fell:,}") if fell else FIRST

    def told(self, tried: Mapping[tuple, float]) -> str:
        """What came of the book's own tries."""
        setting, value = self.closest(tried)
        fell = sum(not self.holds(each) for each in tried.values())
        numbers = {"all": count(len(tried), "setting"), "some": f"{fell:,}"}
        return self.filled(FELL if fell else HELD, setting, value, **numbers)

    def facts(self, tried: Mapping[tuple, float]) -> dict[str, Any]:
        """What the page's script is told."""
        return {
            "knobs": [
                {"label": k.label, "values": k.values, "whole": k.whole, "ends": k.ends}
                | {"range": k.range}
                for k in self.knobs
            ],
            "tried": [tried[setting] for setting in self.settings()],
            **{"low": self.low, "high": self.high, "holds": HOLDS, "closest": CLOSEST},
            "refuted": f"{REFUTED} {self.beside(tried)}",
            **{"clearest": CLEAREST, "closer": CLOSER, "wanted": WANTED},
        }


def written(value: float, digits: int = 2) -> str:
    """A value in words: a whole number whole, others with so many digits that count."""
    if abs(value) < WHOLE and value == int(value):
        return f"{int(value):,}".replace("-", "−")
    return number(value, digits)


def plain(value: float) -> str:
    """A setting: 1,000; 0.01."""
    return f"{value:,}" if isinstance(value, Integral) else written(value, 3)


def claimed(claim: Any, what: Any, low: Any, high: Any, given: Mapping[str, Any]) -> Claim:
    """The claim; ValueError says what does not fit, and what to write instead."""
    for name, words in (("the claim", claim), ("what is measured", what)):
        if not (isinstance(words, str) and words.strip()):
            raise ValueError(f"{name} is to be said in words; got {got(words)}")
    bounds = {"low": low, "high": high}
    for name, value in bounds.items():
        if value is not None and not (is_number(value) and isfinite(value)):
            raise ValueError(f"{name} must be a finite number; got {got(value)}")
    if low is None and high is None:
        raise ValueError(
            "it has no bound, so nothing refutes it. Write low=, below which it is refuted, or high="
        )
    if low is not None and high is not None and not low < high:
        raise ValueError(f"low must be less than high; got {low:g} and {high:g}")
    knobs = tuple(_knob(name, values) for name, values in given.items())
    if not 1 <= len(knobs) <= MOST_KNOBS:
        raise ValueError(
            f"a reader chooses 1 to {MOST_KNOBS} settings; got {len(knobs)}. Write them as "
            "seed=range(3), width=[20, 100], depth=[5, 20]"
        )
    many = prod(len(knob.values) for knob in knobs)
    if not 2 <= many <= MOST_TRIED:
        sizes = " x ".join(f"{len(knob.values)} {knob.name}" for knob in knobs)
        raise ValueError(f"{sizes} = {many} settings; wanted 2 to {MOST_TRIED}: thin the lists")
    low, high = (None if b is None else float(b) for b in (low, high))
    return Claim(claim.strip(), what.strip(), low, high, knobs)


def _knob(name: str, values: Any) -> Knob:
    try:
        plain = tuple(v.item() if isinstance(v, np.generic) else v for v in values)
    except TypeError:
        plain = ()
    fits = plain and all(is_number(v) and isfinite(v) for v in plain)
    if isinstance(values, str) or not fits or len(set(plain)) < len(plain):
        raise ValueError(
            f"{name} wants the values that the book tries, all different: {name}=[1, 2, 5]; got "
            f"{got(values)}"
        )
    if name == "seed" and not all(isinstance(v, Integral) and v >= 0 for v in plain):
        raise ValueError(f"seeds are whole numbers, 0 or above; got {got(values)}")
    return Knob(name, plain)
