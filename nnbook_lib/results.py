"""Results in a table: rows with names, cells shaded by what they say, readable as text, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from numbers import Real
from typing import Any

from .numbers import number
from .shapes import got


class Results:
    """A table of results, as HTML on a page and as text in a terminal.

        Results("network", ["loss", "right"], {"plain": [2.3, "10 %"], "with norm": [0.65, "92 %"]},
                shade={"loss": lambda loss: 1 - loss / 2.3})

    first: what the rows are; columns: what stands in them; rows: {name: one value a column}, numbers
    with two digits that count, words as they are. shade: {column: a function from the value to a
    share from 0 to 1}, how dark the cell is. Raises ValueError for a row of another length and for
    a shade of a column that is not there.
    """

    def __init__(
        self,
        first: str,
        columns: Sequence[str],
        rows: Mapping[str, Sequence[Any]],
        shade: Mapping[str, Callable[[Any], float]] | None = None,
    ):
        self.first, self.columns, self.rows = first, list(columns), dict(rows)
        self.shade = dict(shade or {})
        for name, values in self.rows.items():
            if len(values) != len(self.columns):
                raise ValueError(
                    f"row {name!r} needs a value for each of the {len(self.columns)} columns "
                    f"{', '.join(self.columns)}; got {got(values)}"
                )
        for column in self.shade:
            if column not in self.columns:
                raise ValueError(
                    f"shade names column {column!r}; there are {', '.join(self.columns)}"
                )

    def __repr__(self) -> str:
        head = [self.first, *self.columns]
        body = [[name, *map(_shown, values)] for name, values in self.rows.items()]
        widths = [max(map(len, column)) for column in zip(head, *body, strict=True)]
        lines = []
        for name, *cells in [head, *body]:
            right = (cell.rjust(w) for cell, w in zip(cells, widths[1:], strict=True))
            lines.append("  ".join([name.ljust(widths[0]), *right]))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head = "".join(
            f'<th scope="col">{escape(word)}</th>' for word in (self.first, *self.columns)
        )
        body = "".join(
            f'<tr><th scope="row">{escape(name)}</th>'
            + "".join(map(self._cell, self.columns, values))
            + "</tr>"
            for name, values in self.rows.items()
        )
        return f'<table class="result"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'

    def _cell(self, column: str, value: Any) -> str:
        look = ""
        if column in self.shade:
            share = min(1.0, max(0.0, float(self.shade[column](value))))
            look = f' style="--share: {share:.2f}"'
        return f"<td{look}>{escape(_shown(value))}</td>"


def _shown(value: Any) -> str:
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    return number(value) if is_number else str(value)
