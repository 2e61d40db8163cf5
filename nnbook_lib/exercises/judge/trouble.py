"""What the detectors of a mistake look at: a wrong result beside the right one, on every case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from .comparing import NoNumbers, close, parts
from .running import run


@dataclass
class Trouble:
    """What detectors look at: one part of the result, on every case where both are numbers.

    Behind the exercise's own cases stand the same with other random numbers. What a detector says
    must hold on all of them: a sentence that fits one case and not the next misleads.
    """

    exercise: Any
    answer: Any
    arguments: list[dict[str, Any]]  # of each case
    wanted: list[np.ndarray]
    came: list[np.ndarray]
    first: int  # which of them is shown
    part: int = 0  # which of the result's parts it is
    own: int = 0  # how many are the exercise's own

    @property
    def want(self) -> np.ndarray:
        """The right result on the case that is shown."""
        return self.wanted[self.first]

    @property
    def got(self) -> np.ndarray:
        """The answer's result there."""
        return self.came[self.first]

    @property
    def args(self) -> dict[str, Any]:
        """The arguments there, by name."""
        return self.arguments[self.first]

    @property
    def right(self) -> Any:
        """An answer that passes."""
        return self.exercise.plain or self.exercise.right_answer()

    @property
    def pairs(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """(got, want) of every case."""
        return list(zip(self.came, self.wanted, strict=True))

    @property
    def failing(self) -> list[int]:
        """The cases whose result is wrong."""
        return [i for i, (got, want) in enumerate(self.pairs) if not self.near(got, want)]

    @property
    def rtol(self) -> float:
        """How exactly results are told apart: to five digits, or as the exercise wants them."""
        return max(1e-5, self.exercise.rtol)

    def near(self, a: Any, b: Any) -> bool:
        """Same shape, and the same numbers to rtol."""
        return close(np.asarray(a), np.asarray(b), self.rtol, 1e-9)

    def counts(self) -> bool:
        """Whether all results are whole numbers."""
        return all(g.dtype.kind in "iub" or bool(np.all(g == np.round(g))) for g in self.came)

    def wrong_matrices(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """(want, got) of every wrong case whose results are matrices of one shape, 2 x 2 or more."""
        for got, want in self.pairs:
            if want.shape == got.shape and want.ndim == 2 and min(want.shape) > 1:
                if not self.near(got, want):
                    yield want, got

    def again(self, answer: Any, args: dict[str, Any]) -> list[np.ndarray] | None:
        """The parts of what an answer gives on other arguments, or None."""
        values = list(args.values())
        outcome = run(lambda *a: self.exercise.use(answer, a), values, [], self.exercise.seconds)
        try:
            return None if outcome.error else list(parts(outcome.value).values())
        except NoNumbers:
            return None

    def part_again(self, answer: Any, args: dict[str, Any]) -> np.ndarray | None:
        """The part in question of what an answer gives on other arguments, or None."""
        made = self.again(answer, args)
        return made[self.part] if made is not None and self.part < len(made) else None

    def agree(self, make: Callable[[np.ndarray, dict[str, Any]], Any]) -> bool:
        """Whether make(got, arguments) is what was wanted, on every case."""
        return all(
            self._is(lambda g=got, a=args: make(g, a), want)
            for got, want, args in zip(self.came, self.wanted, self.arguments, strict=True)
        )

    def is_made_by(self, form: Callable[[np.ndarray], Any]) -> bool:
        """Whether what came is form(what was wanted), on every case."""
        return self.are_made([lambda w=want: form(w) for want in self.wanted])

    def are_made(self, forms: list[Callable[[], Any]]) -> bool:
        """Whether what came is what the forms give, one for each case, where they give finite numbers:
        two different ones or more, and most of all.
        """
        seen: set[float] = set()
        count = 0
        for got, form in zip(self.came, forms, strict=True):
            try:
                with np.errstate(all="ignore"):
                    made = np.asarray(form(), float)
                told = np.isfinite(made)
                if made.shape != got.shape or not self.near(made[told], got[told]):
                    return False
            except Exception:
                return False
            seen |= set(made[told].flat)
            count += int(told.sum())
        return len(seen) > 1 and 2 * count >= sum(g.size for g in self.came)

    def _is(self, make: Callable[[], Any], wanted: np.ndarray) -> bool:
        try:
            with np.errstate(all="ignore"):
                return self.near(make(), wanted)
        except Exception:
            return False


def is_numbers(value: Any) -> bool:
    """Whether it is a number or an array of real numbers."""
    if isinstance(value, bool):
        return False
    return isinstance(value, int | float | np.number) or (
        isinstance(value, np.ndarray) and value.dtype.kind in "iuf"
    )


def is_fraction(value: Any) -> bool:
    """Whether it is a floating-point number or an array of them."""
    return is_numbers(value) and np.asarray(value).dtype.kind == "f"


def number(c: float, rtol: float = 1e-9) -> str:
    """c as a reader would write it: 0.5, -2, 1/3; about 1.41, if it is known to rtol only."""
    about = "about " if rtol > 1e-4 else ""
    for n in range(1, 13):
        whole = round(abs(c) * n)
        if whole and (n == 1 or abs(c) < 1) and np.isclose(abs(c) * n, whole, rtol=rtol):
            sign = "-" if c < 0 else ""
            return f"{about}{sign}{whole}" + (f"/{n}" if n > 1 else "")
    return f"{about}{c:.3g}" if about else f"{c:.4g}"


def ratio_of(got: np.ndarray, want: np.ndarray) -> float | None:
    """The c with got = c want in every entry; 0 where both are 0; None if there is none."""
    if got.shape != want.shape or got.dtype.kind not in "iufb" or want.dtype.kind not in "iufb":
        return None
    g, w = np.ravel(got).astype(float), np.ravel(want).astype(float)
    if not (np.isfinite(g).all() and np.isfinite(w).all()):
        return None
    if not w.any():
        return 0.0 if not g.any() else None
    c = float(g @ w / (w @ w))
    return c if c and close(g, c * w, 1e-6, 1e-12) else None
