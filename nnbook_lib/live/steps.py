"""A long slider's values without a list of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10


@dataclass(frozen=True)
class Steps(Sequence):
    """low, low + step, low + 2 step, ...: so many numbers, whole ones if these two are."""

    low: float
    step: float
    length: int

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, i: int) -> float:
        if not -self.length <= i < self.length:
            raise IndexError(f"{i} is not below {self.length}")
        value = self.low + i % self.length * self.step
        if self.whole:
            return value
        return round(float(value), 10 - floor(log10(self.step)))  # 0.3, not 0.30000000000000004

    @property
    def whole(self) -> bool:
        """Whether they are integers."""
        return isinstance(self.low, int) and isinstance(self.step, int)

    def near(self, value: float) -> int:
        """The place of the one that is nearest to a value."""
        return min(max(0, round((value - self.low) / self.step)), self.length - 1)
