"""Exercises: right answers pass, each named mistake earns its own hint, and nothing breaks check.

The notebooks in book/exercises/ hold the texts; their solutions are run as a reader would.
"""

import sys
import time
from pathlib import Path

import matplotlib
import nbformat
import numpy as np
import pytest

import nnbook_lib.exercises
from nnbook_lib.exercises import LEVELS, SETS, UNJUDGED, check, find, load
from nnbook_lib.exercises.judge import watchdog
from nnbook_lib.exercises.judge.naming import named_mistakes

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tools"))
from solutions import exercises, solved  # noqa: E402

BOOK = ROOT / "book" / "exercises"
ALL = load()
NOTEBOOKS = {name: BOOK / f"{name}.ipynb" for name in dict.fromkeys(SETS.values())}
MISTAKES = [(name, k) for name, e in ALL.items() for k in range(len(e.mistakes))]
each_exercise = pytest.mark.parametrize("name", ALL)
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS.values(), ids=NOTEBOOKS)


@each_exercise
def test_the_right_answer_passes_and_three_mistakes_have_names(name):
    exercise = find(name)
    assert check(name, exercise.right_answer()), check(name, exercise.right_answer())
    assert len(exercise.mistakes) >= 3
    assert len({m.says for m in exercise.mistakes}) == len(exercise.mistakes)


@pytest.mark.parametrize(("name", "k"), MISTAKES)
def test_a_named_mistake_gets_its_hint_and_no_other(name, k):
    exercise = find(name)
    wrong = exercise.wrong_answer(exercise.mistakes[k])
    report = check(name, wrong)
    assert not report and report.verdict.mistake == k, report
    assert named_mistakes(exercise, wrong) == [k]


class Hostile:
    """An object that answers every question with an error."""

    def __getattr__(self, name):
        raise RuntimeError(name)

    def __array__(self, *args, **kwargs):
        raise RuntimeError("no array")


def raising(*args, **kwargs):
    raise ZeroDivisionError("on purpose")


ODD = {
    "None": lambda *a: None,
    "NaN": lambda *a: float("nan"),
    "object": lambda *a: object(),
    "hostile": lambda *a: Hostile(),
    "ragged": lambda *a: [[1.0], [2.0, 3.0]],
    "text": lambda *a: "four",
    "itself": lambda *a: a,
    "function": lambda *a: raising,
    "empty": lambda *a: np.zeros((0, 3)),
    "huge": lambda *a: 10**400,
    "exit": lambda *a: sys.exit(1),
    "error": raising,
    "no arguments": lambda: 1.0,
    "endless": lambda *a: _forever(),
}


def _forever():
    while True:
        pass


@each_exercise
def test_check_survives_anything_and_says_so(name):
    exercise = find(name)
    assert check(name).verdict.status == "open"
    odd = [f for k, f in ODD.items() if exercise.is_function or k != "endless"]
    for answer in [*odd, 0.12345, "four", None, [], Hostile(), np.array([np.nan]), object]:
        report = check(name, answer)
        assert not report and UNJUDGED not in repr(report)
        assert report.verdict.status in ("wrong", "open")
        assert report.verdict.status == "open" or len(report.verdict.diagnosis) > 15
        assert name in repr(report) and "</div>" in report._repr_html_()
    if exercise.is_function:
        assert check(name, lambda *a: ...).verdict.status == "open"


def test_endless_code_is_stopped_by_the_real_clock(monkeypatch):
    monkeypatch.setattr(watchdog, "monotonic", time.monotonic)
    with pytest.raises(watchdog.TimeUp), watchdog.limit(0):
        _forever()


def test_an_unknown_name_is_met_with_the_nearest():
    assert "forward.softmax" in repr(check("forward.sofmax", 1))


@each_notebook
def test_a_notebook_holds_its_set_with_two_hints_and_a_solution_each(path):
    found = exercises(nbformat.read(path, as_version=4))
    prefixes = [prefix for prefix, notebook in SETS.items() if notebook == path.stem]
    assert [f.name for f in found] == [n for n in ALL if n.partition(".")[0] in prefixes]
    for f in found:
        exercise = find(f.name)
        assert f.title == exercise.title
        assert f"**Level {exercise.level}, {LEVELS[exercise.level]}.**" in f.task, f.name
        assert [name for name, _ in f.hints] == ["Hint 1 of 2", "Hint 2 of 2"], f.name
        assert all(len(text) > 30 for _, text in f.hints), f.name
        words = f.solution.replace(f.code, "")
        assert len(words.split()) >= 20, f"{f.name}: the solution explains nothing"


@each_notebook
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # as in a notebook
def test_the_solutions_pass(path, monkeypatch):
    """The solution notebook, made from the exercises, runs as a whole and every check is right."""
    notebook = solved(nbformat.read(path, as_version=4))
    reports = []

    def noted(*answer):
        reports.append(check(*answer))
        return reports[-1]

    monkeypatch.setattr(nnbook_lib.exercises, "check", noted)
    space = {"__name__": "__main__"}
    with matplotlib.rc_context():
        for number, cell in enumerate(notebook.cells):
            if cell.cell_type == "code" and "remove-cell" not in cell.metadata.get("tags", []):
                exec(compile(cell.source, f"{path.name}, cell {number}", "exec"), space)
    said = [(r.verdict.name, r.verdict.status) for r in reports]
    assert said == [(found.name, "right") for found in exercises(notebook)], reports


def test_there_are_enough_of_them():
    assert len(ALL) >= 45
    assert len([name for name in ALL if name.startswith("clinic.")]) >= 12
