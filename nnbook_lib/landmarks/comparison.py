"""What a paper said beside what came out here: a table whose tolerances are asserted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import inf
from numbers import Real
from time import perf_counter

import numpy as np

from ..numbers import count, number
from .catalog import AGREES, BY_SLUG, DIFFERS, VERDICTS

STANDINGS = {
    "confirmed": "read in the paper's own text, or in its authors' code",
    "secondhand": "read in another text about the paper",
    "derived": "worked out by us",
}
HEADS = ("", "paper", "here", "tolerance", "verdict", "deviation, and why")


class Comparison:
    """The table of a landmark. Make it when the page begins: its clock starts then.

        found = Comparison("symmetry")
        found.row("sweeps until all 64 are right", paper=1425, here=sweeps, low=300, high=20_000,
                  verdict="agrees", standing="confirmed", where="Fig. 1", why="one run there, 20 seeds here")
        found

    As HTML it also says how many seconds have passed. Raises ValueError for a slug that is not in the
    catalog.
    """

    def __init__(self, slug: str):
        if slug not in BY_SLUG:
            raise ValueError(
                f"Comparison wants a landmark of the catalog, one of {', '.join(BY_SLUG)}; got {slug!r}"
            )
        self.landmark, self.rows = BY_SLUG[slug], []
        self._began = perf_counter()

    def row(
        self,
        what: str,
        *,
        paper: float | str,
        here: float | Sequence[float],
        verdict: str,
        standing: str,
        where: str,
        why: str,
        low: float = -inf,
        high: float = inf,
        digits: int = 2,
        each: str = "seed",
    ) -> None:
        """Add a row, and assert it.

        what: is measured; paper: its number there, or its claim in words; here: ours, one for each seed, or
        for `each` of something else;
        low, high: between which each of ours must lie; standing: of the paper's number, one of STANDINGS;
        where: it stands; why: the two differ; digits: of ours that are shown.

        Raises AssertionError if one of ours lies outside, and if the verdict cannot be: "agrees" wants a
        paper's number to lie inside, "differs" outside. Raises ValueError for a verdict or a standing that
        there is not, for no tolerance, and for no number of ours.
        """
        given = np.atleast_1d(np.asarray(here, dtype=float))
        for name, value, known in (
            ("verdict", verdict, VERDICTS),
            ("standing", standing, STANDINGS),
        ):
            if value not in known:
                raise ValueError(
                    f"row {what!r}: {name} is one of {', '.join(known)}; got {value!r}"
                )
        if low == -inf and high == inf:
            raise ValueError(f"row {what!r} needs a tolerance: low, high or both")
        if given.ndim != 1 or not given.size:
            raise ValueError(f"row {what!r} needs one number of ours or more; got {here!r}")
        row = Row(what, paper, tuple(given), low, high, verdict, standing, where, why, digits, each)
        for value in given:
            if not low <= value <= high:
                raise AssertionError(
                    f"{what}: {value:.6g} came out, and the tolerance is {row.tolerance}"
                )
        if isinstance(paper, Real) and verdict in (AGREES, DIFFERS):
            if (low <= paper <= high) != (verdict == AGREES):
                raise AssertionError(
                    f"{what}: the paper's {paper:g} and a tolerance of {row.tolerance} are not {verdict!r}"
                )
        self.rows.append(row)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many rows agree, agree in shape, differ."""
        return tuple(sum(row.verdict == verdict for row in self.rows) for verdict in VERDICTS)

    def __repr__(self) -> str:
        return "\n".join([str(row) for row in self.rows] + [f"Verdict: {self._known()}"])

    def _repr_html_(self) -> str:
        verdict = self._known()
        head = "".join(f'<th scope="col">{escape(word)}</th>' for word in HEADS)
        head = head.replace('<th scope="col"></th>', "<td></td>")
        body = "".join(row.html() for row in self.rows)
        seconds = count(max(1, round(perf_counter() - self._began)), "second")
        said = f"Verdict: <strong>{verdict}</strong>. Run here in {seconds}, all seeds together."
        return (
            f'<table class="result comparison"><caption>{said}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def _known(self) -> str:
        """The verdict, which is the catalog's."""
        if self.counts != self.landmark.rows:
            raise AssertionError(
                f"of the rows of {self.landmark.slug} {self.counts} agree, agree in shape and differ; the "
                f"catalog says {self.landmark.rows}"
            )
        return self.landmark.verdict_in_words


@dataclass(frozen=True)
class Row:
    """One line of the table: see Comparison.row."""

    what: str
    paper: float | str
    values: tuple[float, ...]
    low: float
    high: float
    verdict: str
    standing: str
    where: str
    why: str
    digits: int
    each: str

    @property
    def said(self) -> str:
        """The paper's number as it stands there, or its words."""
        if isinstance(self.paper, str):
            return self.paper
        whole = float(self.paper).is_integer() and 1 <= abs(self.paper) < 1e6
        return f"{self.paper:,.0f}" if whole else number(self.paper, 12)

    @property
    def here(self) -> str:
        """Ours: the value, or the median, the least and the largest over how many seeds."""
        middle, *ends = (
            number(value, self.digits)
            for value in (np.median(self.values), min(self.values), max(self.values))
        )
        if len(self.values) == 1:
            return middle
        spread = f"{ends[0]} to {ends[1]}" if ends[0] != ends[1] else "each"
        return f"{middle} ({spread}, {count(len(self.values), self.each)})"

    @property
    def tolerance(self) -> str:
        """Between which each of ours must lie."""
        if self.low == -np.inf:
            return f"at most {number(self.high, 3)}"
        if self.high == np.inf:
            return f"at least {number(self.low, 3)}"
        if self.low == self.high:
            return f"exactly {number(self.low, 3)}"
        return f"{number(self.low, 3)} to {number(self.high, 3)}"

    def __str__(self) -> str:
        return (
            f"{self.what}\n  paper: {self.said} ({self.standing}: {self.where})\n"
            f"  here: {self.here}; tolerance: {self.tolerance}\n  {self.verdict}: {self.why}"
        )

    def html(self) -> str:
        """The row of the table."""
        source = f'<small title="{STANDINGS[self.standing]}">{self.standing}: '
        source += f"{escape(self.where)}</small>"
        cells = [
            f"{escape(self.said)} {source}",
            *map(escape, (self.here, self.tolerance, self.verdict, self.why)),
        ]
        cells = "".join(f"<td>{cell}</td>" for cell in cells)
        return f'<tr><th scope="row">{escape(self.what)}</th>{cells}</tr>'
