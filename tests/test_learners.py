"""What check says to answers that were written from the tasks alone (tools/learners.py).

A sentence that changes has to be graded again: `python tools/learners.py --store`, then `--ungraded`.
"""

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "tools"))
import learners

ANSWERS = {name: learners.cells(name) for name in learners.notebooks()}
EXERCISES = [
    (name, e) for name, cells in ANSWERS.items() for e in dict.fromkeys(c[0] for c in cells)
]


@pytest.fixture(scope="module")
def preludes():
    """notebook -> the names its first cells define."""
    return {name: learners.prelude(name) for name in ANSWERS}


@pytest.mark.parametrize(("notebook", "exercise"), EXERCISES)
def test_answers_of_learners_get_what_was_graded(notebook, exercise, preludes):
    graded = {e["what"]: e for e in learners.kept()[notebook] if e["exercise"] == exercise}
    for cell in ANSWERS[notebook]:
        if cell.exercise == exercise:
            report = learners.judged(cell, preludes[notebook])
            assert bool(report) == cell.right, f"{cell.what}\n{report}"
            if not cell.right:
                kept = graded[cell.what]
                assert learners.alike(kept["says"], report.verdict.diagnosis), cell.what
                assert kept["grade"] in ("named", "useful", "empty"), cell.what


def test_learners_are_told_their_mistake():
    grades = Counter(e["grade"] for entries in learners.kept().values() for e in entries)
    count = sum(grades.values())
    assert count > 1000 and grades["misleading"] == 0
    assert grades["named"] >= 0.8 * count
    assert grades["named"] + grades["useful"] >= 0.95 * count


def test_every_exercise_has_answers_of_learners():
    for notebook, exercise in EXERCISES:
        own = [cell for cell in ANSWERS[notebook] if cell.exercise == exercise]
        assert sum(not cell.right for cell in own) >= 8 and any(cell.right for cell in own)
    assert {exercise for _, exercise in EXERCISES} == set(learners.nnbook_lib.exercises.load())
