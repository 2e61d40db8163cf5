"""What a guess may be: a number on a scale, one of a few labels, or a curve; and, in words, how far off.

Every word is made here. A page gets them as `facts`, finished but for which of them are wanted, so that it
says of a guess what a notebook says of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from numbers import Integral
from typing import Any

import numpy as np

from ..numbers import SPACE, number
from ..shapes import got, listed
from .controls import is_number
from .measure import Scale, scale

MOST_POINTS = 40  # of a curve: a finger tells no more apart
SAID = "You said {said}, {by}."
NEAREST = "You said {said}, the nearest that this scale has."
FURTHEST = "You were furthest off at {x}: you said {said}, {by}; it is {truth}."
NEAREST_EVERYWHERE = "At every point you were as near as this scale allows."
ELSE, SAME = "You said {said}. {because}", "You said so, too."


@dataclass(frozen=True)
class Number:
    """A number on a scale. A guess of it is the place of a mark."""

    scale: Scale
    truth: float
    kind = "number"

    @property
    def truth_in_words(self) -> str:
        """1,300 times."""
        return self.scale.words(self.truth)

    @property
    def plainly(self) -> str:
        """The sentence for who did not guess."""
        return f"The answer is {self.truth_in_words}."

    @property
    def near(self) -> str:
        """The sentence for who took the nearest mark."""
        return SAME if self.truth in self.scale.values else NEAREST

    def says(self, mark: int) -> str:
        """How far off this mark is."""
        said = self.scale.words(self.scale.values[mark])
        if not (off := self.scale.off(mark, self.truth)):
            return self.near.format(said=said)
        return SAID.format(said=said, by=self.scale.in_words(off))

    def facts(self) -> dict[str, Any]:
        """What the page's script is told."""
        scale, last = self.scale, len(self.scale.values) - 1
        return {
            "said": [scale.words(v) for v in scale.values],
            "off": [[scale.off(i, self.truth) for i in range(last + 1)]],
            **{"by": scale.by, "far": SAID, "near": self.near},
            "ticks": [[round(i / last, 4), scale.plain(scale.values[i])] for i in scale.ticks()],
            **{"at": round(scale.place(self.truth), 4), "truth": [self.truth_in_words]},
        }


@dataclass(frozen=True)
class Choice:
    """One of a few labels, with what is to be said to who chooses it. A guess is the place of one."""

    because: Mapping[str, str]
    truth: str
    kind = "choice"

    @property
    def labels(self) -> list[str]:
        """In the order given."""
        return list(self.because)

    @property
    def truth_in_words(self) -> str:
        """The right label."""
        return self.truth

    @property
    def plainly(self) -> str:
        """The sentence for who did not choose."""
        return f"The answer is: {self.truth}."

    @property
    def why(self) -> str:
        """Why it is so."""
        return self.because[self.truth]

    def says(self, place: int) -> str:
        """What is said to who chose this one."""
        label = self.labels[place]
        if label == self.truth:
            return SAME
        return ELSE.format(said=label, because=self.because[label]).strip()

    def facts(self) -> dict[str, Any]:
        """What the page's script is told."""
        says = [self.says(i) for i in range(len(self.because))]
        return {"said": self.labels, "says": says, "right": self.labels.index(self.truth)}


@dataclass(frozen=True)
class Curve:
    """A curve over x. A guess of it is the place of a mark of y's scale for each point."""

    x: tuple
    scale: Scale
    x_label: str = "x"
    y_label: str = "y"
    truth: tuple[float, ...] = ()
    kind = "curve"

    @property
    def truth_in_words(self) -> str:
        """Where it begins and where it ends."""
        ends = [
            f"{self.scale.words(self.truth[i])} at {self.point(i)}" for i in (0, len(self.x) - 1)
        ]
        return f"from {' to '.join(ends)}"

    @property
    def plainly(self) -> str:
        """The sentence for who did not draw."""
        return f"It goes {self.truth_in_words}."

    def point(self, i: int) -> str:
        """A point in words: layer 3."""
        x = self.x[i]
        said = f"{x:,}" if isinstance(x, Integral) else number(x, 3) if is_number(x) else str(x)
        return f"{self.x_label}{SPACE}{said}"

    def across(self) -> list[float]:
        """Where the points stand, 0 to 1: numbers on a scale of their own, words at equal distances."""
        if all(map(is_number, self.x)):
            axis = Scale(self.x, ("", ""))
            return [axis.share(x) for x in self.x]
        return [i / (len(self.x) - 1) for i in range(len(self.x))]

    def up(self) -> tuple[list[float], list[float]]:
        """How high the marks and the truth stand, 0 to 1, as precise as they are drawn and compared."""
        marks, truth = self.scale.values, self.truth
        return tuple([round(self.scale.share(v), 4) for v in values] for values in (marks, truth))

    def says(self, marks: Sequence[int]) -> str:
        """Where these marks, one for each point, are furthest off, and by how much."""
        (up, truth), offs = self.up(), self.offs()
        far = [
            abs(up[m] - t) if offs[i][m] else 0
            for i, (m, t) in enumerate(zip(marks, truth, strict=True))
        ]
        i = far.index(max(far))
        if not far[i]:
            return NEAREST_EVERYWHERE
        words = self.scale.words
        return FURTHEST.format(
            x=self.point(i),
            said=words(self.scale.values[marks[i]]),
            by=self.scale.in_words(offs[i][marks[i]]),
            truth=words(self.truth[i]),
        )

    def offs(self) -> list[list[str]]:
        """Of each point, how far off each mark is."""
        return [[self.scale.off(m, t) for m in range(len(self.scale.values))] for t in self.truth]

    def facts(self) -> dict[str, Any]:
        """What the page's script is told."""
        up, truth = self.up()
        return {
            "said": [self.scale.words(v) for v in self.scale.values],
            **{"off": self.offs(), "by": self.scale.by, "far": FURTHEST},
            **{"near": NEAREST_EVERYWHERE, "up": up, "high": truth},
            "x": [self.point(i) for i in range(len(self.x))],
            "truth": [self.scale.words(t) for t in self.truth],
        }


def curve(x: Sequence, y: Any, *, x_label: str = "x", y_label: str = "y") -> Curve:
    """A curve to be drawn as a guess: curve(range(1, 11), log(1e-6, 1), x_label="layer").

    x: numbers that rise, or words; 2 to 40 of them. y: (low, high), (low, high, step) or log(low, high).
    x_label stands before a point in a sentence, too: "layer 3".
    """
    points = tuple(v.item() if isinstance(v, np.generic) else v for v in x)
    if not 2 <= len(points) <= MOST_POINTS:
        raise ValueError(f"curve wants 2 to {MOST_POINTS} points x; got {len(points)}")
    if all(map(is_number, points)):
        if any(a >= b for a, b in pairwise(points)):
            raise ValueError(f"curve wants numbers x that rise; got {got(list(points))}. Sort them")
    elif not all(isinstance(v, str) for v in points):
        raise ValueError(f"curve wants numbers x or words; got {got(list(points))}")
    return Curve(points, scale(y, ""), x_label, y_label)


def answered(answer: Any, truth: Any, unit: str | tuple[str, str]) -> Number | Choice | Curve:
    """The answer with its truth. ValueError says what does not fit, and what to write instead."""
    if isinstance(truth, np.generic | np.ndarray) and truth.ndim == 0:
        truth = truth.item()
    if isinstance(answer, Curve):
        return _curve(answer, truth, unit)
    if isinstance(answer, list | Mapping):
        because = dict(answer) if isinstance(answer, Mapping) else dict.fromkeys(answer, "")
        if len(because) < 2 or not all(isinstance(w, str) for w in (*because, *because.values())):
            raise ValueError(f"a choice has two labels or more, all of them words; got {answer!r}")
        if truth not in because:
            raise ValueError(f"the truth, {truth!r}, is none of the labels {listed(because)}")
        return Choice(because, truth)
    return Number(scale(answer, unit).reaching({"the truth": truth}), truth)


def _curve(answer: Curve, truth: Any, unit: str | tuple[str, str]) -> Curve:
    values = np.asarray(truth)
    if values.shape != (len(answer.x),) or values.dtype.kind not in "iuf":
        raise ValueError(
            f"the truth of a curve over {len(answer.x)} points must be so many numbers; got "
            f"{got(truth)}"
        )
    truths = values.tolist()
    units = (unit, unit) if isinstance(unit, str) else unit
    named = {f"the truth at {answer.point(i)}": value for i, value in enumerate(truths)}
    whole = replace(answer.scale, unit=units).reaching(named)
    return replace(answer, scale=whole, truth=tuple(truths))
