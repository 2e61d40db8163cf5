"""Small changes of solutions: what they say of wrong answers is true, and check refuses them."""

import ast
import inspect
import re
import sys
from pathlib import Path

import matplotlib
import numpy as np
import pytest

from nnbook_lib.exercises import check, load
from nnbook_lib.exercises.judge.source.changes import changes
from nnbook_lib.exercises.judge.source.terms import MATHS
from nnbook_lib.functions import sigmoid, softmax

sys.path.append(str(Path(__file__).parents[1] / "tools"))
from search_changes import search, solutions

ALL = load()
WITH_SOURCE = [name for name, e in ALL.items() if e.cases and callable(e.plain or e.reference)]


def shifted(x, by=1.0, turned=False, bend=np.tanh):
    """A helper with switches."""
    x = -x if turned else x
    return bend(x) + by


def test_a_change_is_the_function_with_one_thing_different():
    found = {c.says: c.function for c in changes(lambda x, w, b: w @ x + b)}
    x, w, b = np.array([1.0, 2.0]), np.array([3.0, 4.0]), 5.0
    assert found["if b is left out"]()(x, w, b) == 11
    assert found["if the sign of b is turned"]()(x, w, b) == 6
    assert found["if the brackets stand as in `w @ (x + b)`"]()(x, w, b) == 46


def test_switches_are_settled_and_a_closure_is_kept():
    says = [c.says for c in changes(shifted)]
    assert "if tanh of x is not taken" in says or "if tanh is not taken" in says
    assert not any("turned around" in s or "branch" in s for s in says)
    factor = 3.0
    change = next(c for c in changes(lambda x: factor * x**2) if c.says == "if x is not squared")
    assert change.function()(2.0) == 6.0


def test_what_has_no_source_has_no_changes():
    assert list(changes(np.add)) == list(changes(len)) == list(changes(3)) == []


@pytest.mark.parametrize("name", WITH_SOURCE)
def test_a_sentence_names_what_a_learner_knows(name):
    """No helper, local or module of the solution's own."""
    e = ALL[name]
    solution = e.plain or e.reference
    known = {
        *e.argument_names(),
        *e.outputs,
        *MATHS,
        "eps",
        *inspect.signature(solution).parameters,
    }
    for change in changes(solution, e.outputs, e.argument_names()):
        for code in re.findall(r"`([^`]+)`", change.says):
            if code not in ("return", "any", "all"):
                names = {n.id for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Name)}
                assert names <= known, change.says


def candidate(ur, uz, a, v, h):
    z = sigmoid(uz)
    return (1 - z) * np.tanh(a + np.tanh(ur) * v) + z * h


def state(x, h, W, U, b):
    return np.tanh(x @ W.T - h @ U.T + b)


def target_added(u, t):
    return (softmax(u) + np.eye(u.shape[1])[t]) / len(t)


def slope(delta, W, u):
    return (delta @ W) * sigmoid(u) * (1 + sigmoid(u))


WRONG = {
    "function": ("recurrent.gru", candidate, "if tanh of ur is taken, not sigmoid"),
    "sign": ("recurrent.step", state, "if the sign of `h @ U.T` is turned"),
    "target": ("backprop.p_minus_t", target_added, "if the sign of `eye(u.shape[1])[t]` is turned"),
    "slope": ("vanishing.delta_below", slope, "if the sign of `sigmoid(u)` is turned"),
    "blocks": (
        "skip.variance",
        lambda blocks, s: (1 - s**2) ** blocks,
        "if the sign of `s**2` is turned",
    ),
}


@pytest.mark.parametrize(("name", "answer", "says"), WRONG.values(), ids=WRONG)
def test_a_wrong_answer_is_told_what_it_does(name, answer, says):
    report = check(name, answer)
    assert not report
    assert says in report.verdict.diagnosis, report.verdict.diagnosis


@pytest.mark.parametrize("name", ["recurrent.gru", "backprop.p_minus_t", "skip.variance"])
def test_noise_and_constants_are_no_change(name):
    rng = np.random.default_rng(0)
    like = ALL[name].reference
    for answer in (
        lambda *a: rng.normal(size=np.shape(like(*a))),
        lambda *a: np.zeros(np.shape(like(*a))),
        lambda *a: np.full(np.shape(like(*a)), np.nan),
    ):
        assert "comes out if" not in check(name, answer).verdict.diagnosis


SAMPLE = ["forward.", "chain_rule.", "backprop.p", "descent.", "vanishing.", "activations.dead"]
SAMPLE += ["initialization.x", "normalization.ev", "recurrent.st", "practice.scale"]


@pytest.mark.filterwarnings("ignore")
def test_small_changes_of_the_solutions_are_refused():
    """A sample of what tools/search_changes.py tries: what is accepted means the same."""
    matplotlib.use("agg")
    tried = 0
    for solution in solutions(SAMPLE):
        found = search(solution, most=12)
        assert not found.missing, f"{found.name}: {found.missing}"
        assert found.refused >= found.tried // 2
        tried += found.tried
    assert tried > 200
