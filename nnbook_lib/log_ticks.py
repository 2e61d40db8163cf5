"""The numbers on a logarithmic axis: powers of ten where there are two or more, else finer ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from matplotlib.ticker import Formatter, LogLocator, MaxNLocator

from .numbers import number, power_of_ten


class LogTicks(LogLocator):
    """Matplotlib's places at powers of ten; where fewer than two of them are in view, 1, 2, 5 of a
    decade, then all nine, then evenly spaced ones: the first of these that has room for two.
    """

    def tick_values(self, vmin: float, vmax: float) -> np.ndarray:
        low, high = sorted((vmin, vmax))
        with np.errstate(over="ignore"):  # beyond 1e308 they are infinite
            usual = super().tick_values(low, high)
        usual = usual[np.isfinite(usual)]
        if low <= 0 or len(_inside(usual, low, high)) >= 2:
            return usual
        finer = [self._apart(places, low, high) for places in _finer(low, high)]
        return next((places for places in finer if len(places) >= 2), np.array([low, high]))

    def _apart(self, places: np.ndarray, low: float, high: float) -> np.ndarray:
        """Those of the places that are in view, without what would run into the one below."""
        gap = 0.8 * np.log(high / low) / max(1, self.axis.get_tick_space())
        kept: list[float] = []
        for place in _inside(places, low, high):
            if not kept or np.log(place / kept[-1]) >= gap:
                kept.append(place)
        return np.array(kept)


class LogLabels(Formatter):
    """10⁻³ for 0.001; plain numbers, with as many digits as tell them apart, if not all of the ticks
    are powers of ten.
    """

    def __call__(self, value: float, pos: int | None = None) -> str:
        return self.format_ticks([value])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """What is written at each of the ticks."""
        shown = _inside(np.asarray(values), *sorted(self.axis.get_view_interval()))
        if all(map(_is_power, shown)):
            return [power_of_ten(round(np.log10(v))) if _is_power(v) else "" for v in values]
        digits = next(d for d in range(1, 18) if d == 17 or _differ(shown, d))
        return [number(v, digits) for v in values]


def _finer(low: float, high: float) -> Iterator[np.ndarray]:
    decades = 10.0 ** np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1)
    for steps in ([1], [1, 2, 5], range(1, 10)):
        yield np.outer(decades, steps).ravel()
    for most in (4, 2, 1):
        yield MaxNLocator(most).tick_values(low, high)


def _inside(places: np.ndarray, low: float, high: float) -> np.ndarray:
    slack = 1 + 1e-9
    return places[(low / slack <= places) & (places <= high * slack)]


def _is_power(v: float) -> bool:
    power = np.log10(v) if v > 0 else 0.5
    return bool(abs(power - round(power)) <= 1e-13 * max(1, abs(power)))


def _differ(values: Sequence[float], digits: int) -> bool:
    """Whether so many digits tell the values apart, and say each of them."""
    return all(np.isclose(float(f"{v:.{digits}g}"), v, rtol=1e-14, atol=0) for v in values)
