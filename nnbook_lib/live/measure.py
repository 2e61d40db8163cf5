"""The scale of a guess: its marks, in words, and how far a mark is from the truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, floor, isfinite, log10
from numbers import Integral
from typing import Any

import numpy as np

from ..numbers import SPACE, number
from ..shapes import got
from .controls import Control, is_number
from .limits import is_building

FINE = 100  # steps of a scale (low, high) whose step is not given
LONGEST = 121  # marks of a scale


@dataclass(frozen=True)
class Scale:
    """A linear or logarithmic scale: the values a guess may have, and what they count."""

    values: tuple[float, ...]
    unit: tuple[str, str]  # of one, and of several

    @property
    def is_log(self) -> bool:
        """Whether its marks have one ratio rather than one distance."""
        return min(self.values) > 0 and is_geometric(self.values)

    def plain(self, value: float) -> str:
        """A value in words, without its unit: two digits on a logarithmic scale, three on a linear one;
        a whole number whole.
        """
        if isinstance(value, Integral) and abs(value) < 100_000:
            return f"{value:,}".replace("-", "−")
        return number(value, 2 if self.is_log else 3)

    def words(self, value: float) -> str:
        """A value in words, with its unit: 1,300 times."""
        plain = self.plain(value)
        unit = self.unit[plain != "1"]
        return f"{plain}{SPACE}{unit}" if unit else plain

    def share(self, value: float) -> float:
        """How far up the scale a value lies, 0 to 1."""
        low, high, at = self._measured([self.values[0], self.values[-1], value])
        return float((at - low) / (high - low))

    def place(self, value: float) -> float:
        """Where a value lies among the marks, 0 to 1, if they stand at equal distances, as a slider's."""
        marks, (at,) = self._measured(self.values), self._measured([value])
        return float(np.interp(at, marks, np.linspace(0, 1, len(marks))))

    def off(self, mark: int, value: float) -> str:
        """How far a mark is above a value or below it, "+32" or "-32"; "" if it is the nearest mark."""
        distances = np.abs(self._measured(self.values) - self._measured([value]))
        if distances[mark] <= distances.min() * (1 + 1e-9):
            return ""
        given = self.values[mark]
        if self.is_log:
            ratio = max(given / value, value / given)
            much = number(ratio, 3 if ratio < 1.1 else 2)
        else:
            much = self.plain(abs(given - value))
        return ("+" if given > value else "-") + much

    @property
    def by(self) -> str:
        """What is said of an off: {how} is high or low, {n} its number."""
        if self.is_log:
            return "too {how} by a factor of {n}"
        unit = "percentage points" if self.unit[1] == "%" else self.unit[1]
        return f"{{n}}{SPACE}{unit} too {{how}}" if unit else "{n} too {how}"

    def in_words(self, off: str) -> str:
        """An off in words: too low by a factor of 32."""
        return self.by.format(how="high" if off[0] == "+" else "low", n=off[1:])

    def reaching(self, truths: Mapping[str, float]) -> Scale:
        """This scale, which has room for the truths named. In a notebook, where a reader may have changed
        what is measured, it is widened for them; while the book is built, it must be wide enough.
        Raises ValueError for what no scale like it can hold.
        """
        low, high = self.values[0], self.values[-1]
        for name, value in truths.items():
            if not is_number(value) or not isfinite(value):
                raise ValueError(f"{name} must be a finite number; got {got(value)}")
            if (is_building() and not low <= value <= high) or (self.is_log and value <= 0):
                raise ValueError(
                    f"{name}, {value:.3g}, must lie on its scale, {low:g} to {high:g}: widen the scale"
                )
        return replace(self, values=self._widened(min(truths.values()), max(truths.values())))

    def _widened(self, low: float, high: float) -> tuple[float, ...]:
        """The marks, with more at the ends: ten times further on a logarithmic scale, one step on others."""
        marks, is_log, step = [*self.values], self.is_log, self.values[1] - self.values[0]
        while (marks[0] > low or marks[-1] < high) and len(marks) <= LONGEST:
            if marks[0] > low:
                marks.insert(0, marks[0] / 10 if is_log else marks[0] - step)
            if marks[-1] < high:
                marks.append(marks[-1] * 10 if is_log else marks[-1] + step)
        if len(marks) > LONGEST:
            raise ValueError(
                f"what was measured, {low:.3g} to {high:.3g}, lies far outside of its scale, "
                f"{self.values[0]:g} to {self.values[-1]:g}: widen the scale"
            )
        return tuple(marks)

    def ticks(self, most: int = 5) -> list[int]:
        """The marks that are written out, at most so many: powers of ten, or evenly spaced."""
        last = len(self.values) - 1
        powers = [i for i, v in enumerate(self.values) if self.is_log and _is_power_of_ten(v)]
        if len(powers) > 1:
            return powers[:: ceil(len(powers) / most)]
        parts = next((n for n in range(most - 1, 1, -1) if last % n == 0), 1)
        return [i * last // parts for i in range(parts + 1)]

    def _measured(self, values: Sequence[float]) -> np.ndarray:
        return np.log10(values) if self.is_log else np.asarray(values, dtype=float)


def scale(answer: Any, unit: str | tuple[str, str]) -> Scale:
    """The scale that (low, high), (low, high, step), log(...) or stops(...) abbreviates."""
    one, several = (unit, unit) if isinstance(unit, str) else unit
    values = answer.values if isinstance(answer, Control) else _steps(answer)
    rises = all(map(is_number, values)) and all(a < b for a, b in pairwise(values))
    if not rises or not 2 <= len(values) <= LONGEST:
        raise ValueError(
            f"a scale has 2 to {LONGEST} numbers that rise; got {len(values)}. Write (low, high), "
            "(low, high, step) or log(low, high)"
        )
    return Scale(tuple(values), (one, several))


def is_geometric(values: Sequence[float]) -> bool:
    """Whether ratios are more even than distances, from one number to the next."""
    if len(values) < 3 or min(values) <= 0:
        return False
    ratios = [abs(log10(b / a)) for a, b in pairwise(values)]
    distances = [abs(b - a) for a, b in pairwise(values)]
    return max(ratios) / min(ratios) < max(distances) / min(distances) * (1 - 1e-9)


def _steps(answer: Any) -> list[float]:
    """The values of (low, high) or (low, high, step)."""
    numbers = isinstance(answer, tuple) and all(is_number(v) and isfinite(v) for v in answer)
    if not numbers or len(answer) not in (2, 3) or not answer[0] < answer[1]:
        raise ValueError(
            f"the answer is {got(answer)}; wanted (low, high), (low, high, step), log(low, high), a "
            "list of labels, {label: because} or curve(x, y)"
        )
    low, high = answer[:2]
    whole = all(isinstance(v, Integral) for v in answer)
    step = answer[2] if len(answer) == 3 else _nice((high - low) / FINE, whole)
    if not step > 0:
        raise ValueError(f"the answer's step is {step}; wanted one above 0")
    count = min(floor((high - low) / step + 1e-9), LONGEST)
    if whole:
        return [int(low + i * step) for i in range(count + 1)]
    return [float(f"{low + i * step:.10g}") for i in range(count + 1)]


def _nice(least: float, whole: bool) -> float:
    """1, 2 or 5 times a power of ten, at least so much."""
    power = 10.0 ** floor(log10(least))
    step = next(n * power for n in (1, 2, 5, 10) if n * power >= least * (1 - 1e-9))
    return max(1, round(step)) if whole else step


def _is_power_of_ten(value: float) -> bool:
    return abs(log10(value) - round(log10(value))) < 1e-9
