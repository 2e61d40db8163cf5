"""A table in a CSV file, as numbers that a network can take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..shapes import choose, got
from . import noticing
from .choosing import Plan, as_before, plan
from .column import decimal_mark, different, identifies, is_gap, number, numbers, thousands, trouble
from .column import gaps as gaps_in
from .column import words as as_words
from .sheet import Sheet, from_frame, read_sheet
from .table import Table
from .telling import and_more, examples, numbered, quoted, sentences

MOST = 50  # different words that become columns of 0 and 1


def read_table(
    path: str | Path,
    *,
    target: str | None = None,
    task: str | None = None,
    leave_out: Sequence[str] = (),
    one_hot: Sequence[str] = (),
    gaps: str = "error",
    like: Table | None = None,
    decimal: str | None = None,
    encoding: str | None = None,
) -> Table:
    """Read a CSV file with names in its first row: the target column as t, all others as x.

        table = nn.read_table("penguins.csv", target="species", leave_out=["island", "sex"], gaps="drop")
        new = nn.read_table("new_birds.csv", like=table)

    path: of a text file with commas, semicolons, tabs or bars between the cells, which is found
    out, as are UTF-8, UTF-16, Windows' Western and Japanese letters (else pass encoding=) and
    decimal commas (decimal="," or "." where it cannot be seen); or a pandas DataFrame.
    target: the column to be predicted. Words (and true, false) become labels 0 .. k-1 in sorted
    order, numbers stay numbers; task="classes" makes labels of numbers, too.
    leave_out: columns that are not for x. one_hot: columns of words, or of numbers that are names,
    each of which becomes one column of 0 and 1 for each word.
    gaps: empty cells, NA, NaN, ?, - and the like. "error" names them; "drop" leaves their rows out.
    To fill them instead, split first, and take the mean from the training rows alone.
    like: a table already read; this file gets its columns, words and classes, in its order, so
    that both can go through one network. Its other columns are left out; the target may be missing or empty.

    Whatever cannot become numbers raises ValueError, with the column, the rows and the remedy: no
    such file or column, a file that is no table, rows of unequal length, no header, a name twice,
    text in x, numbers with units or with signs between thousands, dates, infinity, gaps, a constant
    column, one class only, a word that the table before did not have.
    """
    whose = "read_table"
    if like is not None and not isinstance(like, Table):
        raise TypeError(f"{whose}: like must be what read_table returned; got {got(like)}.")
    choose(f"{whose}: task", task, {None: 0, "classes": 0, "numbers": 0})
    choose(f"{whose}: gaps", gaps, {"error": 0, "drop": 0})
    choose(f"{whose}: decimal", decimal, {None: 0, ",": 0, ".": 0})
    if hasattr(path, "to_numpy") and hasattr(path, "columns"):
        sheet, decimal = from_frame(whose, path), "."
    else:
        sheet = read_sheet(whose, path, encoding)
    asked = target, task, leave_out, one_hot
    taken = plan(sheet, *asked) if like is None else as_before(sheet, like, *asked)
    return _Reading(sheet, taken, decimal, like).table(gaps)


class _Reading:
    """One pass over the columns that a plan takes; each method raises ValueError, or goes on."""

    def __init__(self, sheet: Sheet, plan: Plan, decimal: str | None, like: Table | None):
        self.whose, self.plan, self.like = sheet.whose, plan, like
        self.hot = plan.one_hot
        taken = [*plan.features, *([plan.target] if plan.target else [])]
        place = {name: sheet.header.index(name) for name in taken}
        self.cells = {name: [row[i] for row in sheet.rows] for name, i in place.items()}
        every = (cell for cells in self.cells.values() for cell in cells)
        self.decimal = decimal or decimal_mark(self.whose, every)
        self.rows = np.array(sheet.numbers)
        self.notes = list(plan.notes)
        if not sheet.encoding.lower().startswith("utf"):
            self.notes.append(f"read as {sheet.encoding}: if letters look wrong, pass encoding=")
        if decimal is None and self.decimal == ".":
            self.notes += thousands(c for cells in self.cells.values() for c in cells)
        if self.decimal == ",":
            self.notes.append("read with decimal commas")

    def table(self, gaps: str) -> Table:
        """The table, or the error that names what cannot be in it."""
        self._text()
        self._gaps(gaps)
        if self.like is None and len(self.rows) == 1:
            raise ValueError(f"{self.whose} has one row only: nothing can be learned from it.")
        taken = {
            name: self._words(name) if name in self.hot else None for name in self.plan.features
        }
        parts = {}
        for name, kinds in taken.items():
            if kinds is None:
                parts[name] = self._numbers(name)
            else:
                cells = as_words(self.cells[name], self.decimal)
                parts |= {f"{name}={kind}": np.equal(cells, kind).astype(float) for kind in kinds}
        target = self.plan.target
        t, classes = (None, self.like.classes) if target is None else self._target(target)
        if self.like is None:
            self._constant(parts)
            self.notes += noticing.numbers(parts, self.plan.left)
        x = np.column_stack(list(parts.values()))
        name, notes = target or self.like.target, tuple(self.notes)
        source = self.whose.removeprefix("read_table: ")
        return Table(x, t, tuple(parts), classes, name, self.rows, taken, notes, source)

    def _text(self) -> None:
        """Columns of x that are no numbers, and what to do about each."""
        mend, plain = [], {}
        for name in self.plan.features:
            cells = self.cells[name]
            if all(map(is_gap, cells)) and self.like is None:
                mend.append(f"{name!r} is empty in all rows: {self.plan.leave_out(name)}")
            elif name in self.hot or numbers(cells, self.decimal) is not None:
                continue
            elif self.like is not None:
                odd = [number(cell, self.decimal) is None for cell in cells]
                mend.append(
                    f"{name!r} was numbers in the table before, and here it is not, such as "
                    f"{cells[odd.index(True)]!r}: {numbered('row', self.rows[odd])}"
                )
            elif says := trouble(name, cells, list(self.rows), self.decimal, self.hot):
                mend.append(f"{says}; {self.plan.leave_out(name)} does without")
            else:
                plain[name] = different(cell for cell in cells if not is_gap(cell))
        words = {}
        for name, kinds in plain.items():
            if identifies(kinds, len(self.rows)):
                mend.append(
                    f"{name!r} has {len(kinds)} different words in {len(self.rows)} rows, so that it "
                    f"names the rows and tells nothing about new ones: {self.plan.leave_out(name)}"
                )
            elif len(kinds) == 1:
                mend.append(f"{name!r} is always {kinds[0]!r}: {self.plan.leave_out(name)}")
            else:
                words[name] = kinds
        if words:
            have = [f"{name!r} ({examples(kinds)})" for name, kinds in words.items()]
            names = list(words)
            mend.append(
                f"words stand in {and_more(have, len(have))}: one_hot={[*self.hot, *names]} makes a column "
                f"of 0 and 1 for each word, {self.plan.leave_out(*names)} does without"
            )
        if mend:
            raise ValueError(f"{self.whose}: x must be numbers. {sentences(mend)}")

    def _gaps(self, gaps: str) -> None:
        """Cells without a value: an error, or their rows go."""
        empty = {name: gaps_in(cells) for name, cells in self.cells.items()}
        bad = np.any(list(empty.values()), axis=0)
        if not bad.any():
            return
        n, lost = len(bad), int(bad.sum())
        if gaps == "error" or lost == n:
            have = [
                f"{name!r} {gap.sum()} ({numbered('row', self.rows[gap])})"
                for name, gap in empty.items()
                if gap.any()
            ]
            worst = max(empty, key=lambda name: empty[name].sum())
            fix = f"gaps='drop' leaves out the {lost} of {n} rows that have one"
            if lost == n:
                fix = "No row is without one, so that none would be left"
            if worst != self.plan.target and self.like is None:
                fix += f"; {self.plan.leave_out(worst)} does without the column that has most"
            count = sum(int(gap.sum()) for gap in empty.values())
            cells = "1 cell is empty or says" if count == 1 else f"{count} cells are empty or say"
            words = sorted(
                {c for cs in self.cells.values() for c in cs if is_gap(c) and c.isalpha()}
            )
            if words := [c for c in words if c.lower() not in ("na", "nan", "null")]:
                fix += f". If {quoted(words)} is no gap, write another word in the file"
            raise ValueError(f"{self.whose}: {cells} NA: {'; '.join(have)}. {fix}.")
        have = "has" if lost == 1 else "have"
        self.notes.append(f"left out: {numbered('row', self.rows[bad])}, which {have} gaps")
        keep = np.flatnonzero(~bad)
        self.cells = {name: [cells[i] for i in keep] for name, cells in self.cells.items()}
        self.rows = self.rows[keep]

    def _numbers(self, name: str) -> np.ndarray:
        found = numbers(self.cells[name], self.decimal)
        if (bad := ~np.isfinite(found)).any():
            raise ValueError(
                f"{self.whose}: {name!r} is infinite in {numbered('row', self.rows[bad])}. Empty "
                "these cells in the file, or leave out the rows."
            )
        return found

    def _words(self, name: str) -> tuple[str, ...]:
        """The words of a column that becomes one of 0 and 1 for each."""
        found = as_words(self.cells[name], self.decimal)
        kinds = different(found)
        if self.like is not None:
            return self._known(name, found, self.like.taken[name])
        if len(kinds) > MOST or identifies(kinds, len(found)):
            raise ValueError(
                f"{self.whose}: {name!r} has {len(kinds)} different words in {len(found)} rows: too "
                f"many to learn what each means. {self.plan.leave_out(name)}."
            )
        if len(kinds) == 1:
            raise ValueError(
                f"{self.whose}: {name!r} is {kinds[0]!r} in all rows, which tells nothing: "
                f"{self.plan.leave_out(name)}."
            )
        self.notes += noticing.alike(name, kinds)
        return kinds

    def _known(self, name: str, found: list[str], kinds: tuple[str, ...]) -> tuple[str, ...]:
        new = np.array([word not in kinds for word in found])
        if new.any():
            raise ValueError(
                f"{self.whose}: {name!r} is {quoted(different(np.array(found)[new]))} in "
                f"{numbered('row', self.rows[new])}; the table before had only {quoted(kinds, 30)}."
            )
        return kinds

    def _target(self, name: str) -> tuple[np.ndarray, tuple[str, ...] | None]:
        """t, and the names of its labels."""
        cells, task = self.cells[name], self.plan.task
        values = numbers(cells, self.decimal)
        found = as_words(cells, self.decimal)
        kinds = different(found)
        truth = {cell.lower() for cell in cells} <= {"true", "false"}
        if task == "numbers" or (task is None and values is not None and not truth):
            if values is None:
                says = trouble(name, cells, list(self.rows), self.decimal)
                says = says or f"{name!r} is words ({examples(kinds)}): task='classes'"
                raise ValueError(f"{self.whose}: the target must be numbers. {sentences([says])}")
            values = self._numbers(name)
            if self.like is None and len(kinds) == 1:
                raise ValueError(
                    f"{self.whose}: the target {name!r} is {kinds[0]} in all {len(cells)} rows: there "
                    "is nothing to learn. Take another target, or rows in which it differs."
                )
            if (
                task is None
                and len(kinds) <= min(20, len(cells) / 4)
                and (values == np.round(values)).all()
            ):
                self.notes.append(
                    f"{name!r} has {len(kinds)} different whole numbers: if they are classes, pass "
                    "task='classes'"
                )
            return values[:, None], None
        return self._labels(name, found, kinds)

    def _labels(self, name, found, kinds) -> tuple[np.ndarray, tuple[str, ...]]:
        if self.like is not None:
            kinds = self._known(name, found, self.like.classes)
        else:
            says = self.plan.task is None and trouble(name, found, list(self.rows), self.decimal)
            if says:
                raise ValueError(
                    f"{self.whose}: the target is neither numbers nor classes. {sentences([says])} If "
                    "each different cell is a class, task='classes'."
                )
            if identifies(kinds, len(found)):
                raise ValueError(
                    f"{self.whose}: the target {name!r} has {len(kinds)} different values in "
                    f"{len(found)} rows: too many for classes. Take another target, or, if it is "
                    "numbers, task='numbers'."
                )
            if len(kinds) == 1:
                raise ValueError(
                    f"{self.whose}: the target {name!r} has one class only, {kinds[0]!r}, in all "
                    f"{len(found)} rows: one answer is always right. Add rows of another class, or "
                    "take another target."
                )
            self.notes += noticing.alike(name, kinds)
            self.notes += noticing.rare(name, found)
        label = {kind: i for i, kind in enumerate(kinds)}
        return np.array([label[word] for word in found], np.intp), kinds

    def _constant(self, parts: dict[str, np.ndarray]) -> None:
        if same := [name for name, part in parts.items() if (part == part[0]).all()]:
            have = f"{same[0]!r} has" if len(same) == 1 else f"{len(same)} columns have"
            raise ValueError(
                f"{self.whose}: {have} the same value in all {len(self.rows)} rows, from which nothing "
                f"can be learned: {self.plan.leave_out(*same)}."
            )
