"""Which small changes of an exercise's solution does check accept? Each is a case that is missing.

Every solution that is code is taken from its notebook, one small change is made in it, and the answer
is tried on the exercise's cases. What is accepted is compared with the solution on other inputs: the
cases with other random numbers, then with entries that are 0, equal, negative, large. If the two differ
there, the exercise lacks a case; if they never do, the change leaves the meaning as it was. Scripts
that train are judged by what comes of them: other ways that also work are rightly accepted.

    python tools/search_changes.py                  # all exercises
    python tools/search_changes.py recurrent. skip  # those whose name begins so
    python tools/search_changes.py --most 30        # at most so many changes of each
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import io
import random
import resource
import sys
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import matplotlib
import nbformat
import numpy as np

from nnbook_lib.exercises import SETS, Exercise, find
from nnbook_lib.exercises.exercise import Case
from nnbook_lib.exercises.judge.running import Outcome, run
from nnbook_lib.exercises.judge.source.edits import Edit, made
from nnbook_lib.exercises.judge.source.everywhere import of_expressions, of_names, of_statements
from nnbook_lib.exercises.judge.source.terms import Terms
from nnbook_lib.exercises.judge.trying import Tried, alike, is_right, use

sys.path.append(str(Path(__file__).parent))
from solutions import CHECK, exercises, solved

BOOK = Path(__file__).parents[1] / "book" / "exercises"
MEMORY = 4 << 30  # bytes
PATIENCE = 2.0  # seconds for a case of an exercise that does not train
DRAWS = range(1, 13)  # of the cases' random numbers, to tell two solutions apart


@dataclass
class Solution:
    """A solution that is code: its exercise, its source, the name of the answer, the notebook's names."""

    exercise: Exercise
    code: str
    answer: str
    space: dict[str, Any]

    def changed(self, edit: Edit | None = None, tree: ast.Module | None = None) -> Any:
        """The answer that the code makes, with a change in its tree."""
        space = dict(self.space)
        with made(edit) if edit else contextlib.nullcontext():
            code = compile(tree or ast.parse(self.code), "<solution>", "exec")
        with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
            exec(code, space)
        return space[self.answer]


@dataclass
class Found:
    """What came of a solution's changes. accepted: (the changed lines, how it differs, or "")."""

    name: str
    tried: int = 0
    refused: int = 0
    accepted: list[tuple[str, str]] = field(default_factory=list)

    @property
    def missing(self) -> list[tuple[str, str]]:
        """The accepted ones that are not the solution in other words."""
        return [(what, where) for what, where in self.accepted if where]


def solutions(prefixes: Sequence[str] = ()) -> Iterator[Solution]:
    """The solutions that are functions or classes, in the order of the book."""
    for stem in dict.fromkeys(SETS.values()):
        notebook = nbformat.read(BOOK / f"{stem}.ipynb", as_version=4)
        wanted = {
            f.cell: f
            for f in exercises(notebook)
            if f.name.startswith(tuple(prefixes)) or not prefixes
        }
        if wanted:
            yield from _of_notebook(solved(notebook), wanted)


def _of_notebook(notebook: nbformat.NotebookNode, wanted: dict) -> Iterator[Solution]:
    """The notebook is run, and at every exercise what its code finds is kept."""
    space: dict[str, Any] = {"__name__": "__main__"}
    with matplotlib.rc_context():
        for number, cell in enumerate(notebook.cells):
            if cell.cell_type != "code" or "remove-cell" in cell.metadata.get("tags", []):
                continue
            source = CHECK.split(cell.source)[0] if CHECK.search(cell.source) else cell.source
            if number in wanted:
                found = wanted[number]
                call = ast.parse(cell.source[CHECK.search(cell.source).start() :]).body[0].value
                answer = ast.unparse(call.args[1])
                if _node(ast.parse(found.code), answer):
                    yield Solution(find(found.name), found.code, answer, dict(space))
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(source, f"cell {number}", "exec"), space)


def _node(tree: ast.Module, name: str) -> ast.FunctionDef | ast.ClassDef | None:
    """The function or class of that name."""
    kinds = ast.FunctionDef | ast.ClassDef
    return next((n for n in tree.body if isinstance(n, kinds) and n.name == name), None)


def edits(solution: Solution, tree: ast.Module) -> list[Edit]:
    """All small changes of the functions in a solution's tree."""
    found: list[Edit] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [a.arg for a in node.args.args if a.arg != "self"]
            terms = Terms(node, {name: name for name in names})
            found += of_expressions(node, terms)
            found += of_statements(node, terms)
            found += of_names(node, names, terms)
    return found


def search(solution: Solution, most: int = 0, seed: int = 0) -> Found:
    """Try the changes of a solution, or `most` of them, drawn with the seed."""
    exercise = solution.exercise
    if exercise.cases is not None:
        exercise = replace(exercise, seconds=min(exercise.seconds, PATIENCE))
    found, tree = Found(exercise.name), ast.parse(solution.code)
    todo = edits(solution, tree)
    if most and len(todo) > most:
        todo = random.Random(seed).sample(todo, most)
    cases = exercise.the_cases()
    wanted = [use(exercise, exercise.right_answer(), case) for case in cases]
    before, plain = ast.unparse(tree), solution.changed()
    for edit in todo:
        with made(edit):
            after = ast.unparse(tree)
        if after == before:
            continue
        found.tried += 1
        try:
            answer = solution.changed(edit, tree)
        except Exception:
            found.refused += 1
            continue
        if not _passes(exercise, answer, cases, wanted):
            found.refused += 1
        else:
            what = f"{edit.says or 'changed'}: {_difference(before, after)}"
            found.accepted.append((what, differs(exercise, plain, answer)))
    return found


def _passes(exercise: Exercise, answer: Any, cases: list[Case], wanted: list[Outcome]) -> bool:
    for case, want in zip(cases, wanted, strict=True):
        if not is_right(exercise, Tried(case, want, use(exercise, answer, case))):
            return False
    for demand in exercise.demands:
        held = run(demand.holds, [answer], [], exercise.seconds)
        if held.error is not None or not held.value:
            return False
    return True


def _difference(before: str, after: str) -> str:
    """The lines that a change touches, as old -> new."""
    old, new = before.splitlines(), after.splitlines()
    gone = [line.strip() for line in old if line not in new]
    come = [line.strip() for line in new if line not in old]
    if not gone:  # lines in another order
        gone, come = zip(*((a, b) for a, b in zip(old, new, strict=False) if a != b), strict=True)
    return f"{'; '.join(gone)} -> {'; '.join(come)}"


def differs(exercise: Exercise, one: Any, other: Any) -> str:
    """An input on which two answers differ and the first one is right, or ""."""
    if exercise.cases is None:
        return ""
    rng = np.random.default_rng(0)
    cases = [case for draw in DRAWS for case in exercise.the_cases(draw)]
    cases += [new for case in exercise.the_cases() for new in strained(case, rng)]
    for case in cases:
        want, got = use(exercise, one, case), use(exercise, other, case)
        if want.error is not None or (alike(exercise, want, got) and want.changed == got.changed):
            continue
        if alike(exercise, want, use(exercise, exercise.right_answer(), case)):
            names = exercise.argument_names()
            args = ", ".join(f"{n}={_short(v)}" for n, v in zip(names, case.args, strict=False))
            gives = f"{type(got.error).__name__}" if got.error else _short(got.value)
            return f"{case.says}: {args}: {_short(want.value)}, not {gives}"
    return ""


def strained(case: Case, rng: np.random.Generator) -> Iterator[Case]:
    """A case with one argument, or all, pushed to an edge."""
    for how, push in PUSHES.items():
        moved = [push(value, rng) for value in case.args]
        for i, value in enumerate(case.args):
            coupled = how == "alone" and sum(map(_has_length, case.args)) > 1
            if moved[i] is not value and not coupled:
                args = [*case.args[:i], moved[i], *case.args[i + 1 :]]
                yield Case(f"{case.says}, argument {i + 1} {how}", *args)
        if len(case.args) > 1 and any(m is not v for m, v in zip(moved, case.args, strict=True)):
            yield Case(f"{case.says}, all {how}", *moved)


def _each(of_array: Any, of_float: Any, of_int: Any) -> Any:
    """A push of arrays, fractions and whole numbers, alone or in lists."""

    def push(value: Any, rng: np.random.Generator) -> Any:
        if isinstance(value, bool | str):
            return value
        if isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.size:
            return of_array(value, rng)
        if isinstance(value, float):
            return of_float(value)
        if isinstance(value, int):
            return of_int(value)
        if isinstance(value, list) and value:
            return [push(v, rng) for v in value]
        return value

    return push


def _some_zeros(a: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return np.where(rng.random(a.shape) < 0.4, 0.0, a)


PUSHES = {
    "0": _each(lambda a, rng: a * 0.0, lambda v: 0.0, lambda v: 0),
    "with zeros": _each(_some_zeros, lambda v: v, lambda v: v),
    "negative": _each(lambda a, rng: -a, lambda v: -v, lambda v: v),
    "rounded": _each(lambda a, rng: np.round(a), lambda v: float(round(v)), lambda v: v),
    "large": _each(lambda a, rng: 300 * a, lambda v: 300 * v, lambda v: v + 3),
    "small": _each(lambda a, rng: a / 300, lambda v: v / 300, lambda v: max(v - 1, 1)),
    "moved": _each(
        lambda a, rng: a * rng.uniform(0.5, 1.5, a.shape), lambda v: 0.7 * v, lambda v: v + 1
    ),
    "all equal": _each(lambda a, rng: np.full_like(a, a.flat[0]), lambda v: v, lambda v: v),
    "reversed": lambda value, rng: value[::-1] if isinstance(value, list) else value,
    "doubled": lambda value, rng: [*value, *value] if isinstance(value, list) else value,
    "alone": lambda value, rng: value[:1] if _has_length(value) else value,
}


def _has_length(value: Any) -> bool:
    return isinstance(value, list) or (isinstance(value, np.ndarray) and value.ndim > 0)


def _short(value: Any) -> str:
    text = " ".join(repr(value).replace("array", "").split())
    return text if len(text) < 90 else f"{text[:87]}..."


def main() -> None:
    """Search, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("prefixes", nargs="*", help="beginnings of exercises' names")
    parser.add_argument("--most", type=int, default=0, help="at most so many changes of each")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    matplotlib.use("agg")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))  # a change may make a list of itself
    total = Found("all")
    for solution in solutions(asked.prefixes):
        found = search(solution, asked.most)
        total.tried, total.refused = total.tried + found.tried, total.refused + found.refused
        total.accepted += found.accepted
        same = len(found.accepted) - len(found.missing)
        print(
            f"{found.name}: {found.tried} changes, {found.refused} refused, {same} the same",
            flush=True,
        )
        for what, where in found.accepted:
            print(f"  {'MISSING' if where else 'same   '} {what}")
            if where:
                print(f"          {where}")
    same = len(total.accepted) - len(total.missing)
    print(
        f"{total.tried} changes, {total.refused} refused, {same} the same, {len(total.missing)} missing"
    )


if __name__ == "__main__":
    main()
