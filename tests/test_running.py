"""How check runs what it is given: stopped in time, undisturbed, quiet, and without a trace."""

import builtins
import gc
import itertools
import math
import sys
import threading
import tracemalloc
import warnings
import weakref
from contextlib import suppress

import numpy as np
import pytest

import nnbook_lib as nn
from nnbook_lib.exercises import check, find
from nnbook_lib.exercises.judge import comparing, judging, watchdog
from nnbook_lib.exercises.judge.running import TimeUp, budget, limit, run
from nnbook_lib.exercises.judge.watchdog import _clock
from nnbook_lib.exercises.report import Report

MONITORING = getattr(sys, "monitoring", None)


# Time ------------------------------------------------------------------------------------------


def one_line():
    while True: pass  # fmt: skip  # noqa: E701


def counts():
    n = 0
    while n < 1 or True:
        n += 1


def swallows():
    while True:
        try:
            pass
        except BaseException:
            pass


def swallows_inside():
    while True:
        try:
            while True:
                try:
                    pass
                except BaseException as error:
                    print(error)
        except BaseException:
            pass


def goes_on():
    try:
        one_line()
    except BaseException:
        one_line()
    finally:
        one_line()


def suppresses():
    while True:
        with suppress(BaseException):
            pass


def fibonacci(n=100):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def generates():
    while True:
        yield 1


def delegates():
    yield from itertools.count()


class Endless:
    def __del__(self):
        one_line()


FOREVER = {
    "one line": one_line,
    "counts": counts,
    "swallows": swallows,
    "swallows inside": swallows_inside,
    "goes on": goes_on,
    "suppresses": suppresses,
    "recursion": fibonacci,
    "generator": lambda: [n for n in generates()],
    "generator, in C": lambda: sum(generates()),
    "yield from": lambda: sum(delegates()),
    "comprehension": lambda: [0 for _ in iter(int, 1)],
    "map": lambda: list(map(lambda n: n, iter(int, 1))),
    "eval": lambda: eval("[0 for _ in iter(int, 1)]"),
    "in the library": lambda: eval(compile("[0 for _ in iter(int, 1)]", nn.__file__, "eval")),
}


@pytest.mark.parametrize("forever", FOREVER.values(), ids=FOREVER)
def test_what_does_not_end_is_stopped(forever):
    outcome = run(forever, [], [], 5)
    assert isinstance(outcome.error, TimeUp) and _clock.end == math.inf
    assert run(lambda: 1, [], [], 5).value == 1


def test_what_is_closed_when_time_is_up_says_nothing(monkeypatch):
    said = []
    monkeypatch.setattr(sys, "unraisablehook", said.append)

    def closes():
        try:
            yield 0
        finally:
            one_line()

    def begins():
        for _ in closes():
            one_line()

    assert isinstance(run(begins, [], [], 5).error, TimeUp)
    gc.collect()
    assert not said


@pytest.mark.skipif(not MONITORING, reason="sys.monitoring is new in Python 3.12")
@pytest.mark.parametrize("forever", [one_line, swallows, goes_on, fibonacci])
def test_it_is_stopped_where_all_monitoring_tools_are_taken(forever):
    taken = []
    for tool in range(6):
        with suppress(ValueError):
            MONITORING.use_tool_id(tool, "another")
            taken.append(tool)
    try:
        assert isinstance(run(forever, [], [], 5).error, TimeUp)
    finally:
        for tool in taken:
            MONITORING.free_tool_id(tool)


def test_the_line_is_that_of_the_loop_though_others_go_on():
    def begins():
        first_loop = 0
        while True:
            first_loop += 1

    def goes_on():
        try:
            begins()
        except BaseException:
            one_line()

    line = run(goes_on, [], [], 5).line
    assert "first_loop += 1" in line or "while True:`" in line


def test_one_budget_holds_for_all_runs():
    with budget(5):
        first, second = run(one_line, [], [], 5), run(lambda: 1, [], [], 5)
        assert isinstance(first.error, TimeUp) and isinstance(second.error, TimeUp)
        with budget(1):
            assert run(lambda: 1, [], [], 5).value == 1
        assert isinstance(run(lambda: 1, [], [], 5).error, TimeUp)
    assert run(lambda: 1, [], [], 5).value == 1


def test_the_judges_own_time_is_not_the_learners():
    with budget(5):
        for _ in range(100_000):  # 10 s by the tests' clock
            watchdog.monotonic()
        assert run(lambda: 1, [], [], 5).value == 1


def test_the_outer_limit_holds_inside_of_an_inner_one():
    def inner():
        while True:
            run(one_line, [], [], 1)

    assert isinstance(run(inner, [], [], 5).error, TimeUp)


def test_where_the_judge_itself_does_not_end_there_is_a_report():
    class Slow:
        """A number that takes forever to become one, whoever asks."""

        def __array__(self, *args, **kwargs):
            one_line()

    stdout, errors = sys.stdout, np.geterr()
    report = check("forward.weighted_sum", lambda x, w, b: Slow())
    assert not report and "too long" in repr(report)
    assert sys.stdout is stdout and np.geterr() == errors and _clock.end == math.inf


def test_looking_at_the_clock_is_rare(monkeypatch):
    """A right answer is not refused for being slow in a plain way, nor made slow."""
    looks = []
    monkeypatch.setattr(watchdog, "monotonic", lambda: looks.append(0) or 0.0)
    with limit(5):
        n = 0
        for k in range(10_000):
            if k % 3:
                n += k
    assert len(looks) < 10_000


def test_other_threads_go_on():
    errors, stop = [], threading.Event()

    def other():
        try:
            while not stop.is_set():
                pass
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=other)
    thread.start()
    try:
        assert isinstance(run(one_line, [], [], 5).error, TimeUp)
    finally:
        stop.set()
        thread.join()
    assert not errors


def test_a_debugger_stays_where_it_was():
    def debugger(*event):
        return None

    before = sys.gettrace()
    sys.settrace(debugger)
    try:
        run(lambda: [k for k in range(10)], [], [], 5)
        assert sys.gettrace() is debugger
    finally:
        sys.settrace(before)
    assert not MONITORING or watchdog.__name__ not in map(MONITORING.get_tool, range(6))


# What a learner replaces -----------------------------------------------------------------------


def always(*args, **kwargs):
    return True


REPLACED = {
    "np.allclose": (np, "allclose"),
    "np.exp": (np, "exp"),
    "np.random.default_rng": (np.random, "default_rng"),
    "np.linalg.norm": (np.linalg, "norm"),
    "math.exp": (math, "exp"),
    "all": (builtins, "all"),
    "isinstance": (builtins, "isinstance"),
    "hidden all": (comparing, "all"),
    "nn.functions.softmax": (nn.functions, "softmax"),
    "Dense.backward": (nn.Dense, "backward"),
    "Dense.__call__": (nn.Dense, "__call__"),
    "tanh.backward": (nn.tanh, "backward"),
    "comparing.close": (comparing, "close"),
    "judging._right": (judging, "_right"),
}


@pytest.mark.parametrize(("owner", "name"), REPLACED.values(), ids=REPLACED)
def test_what_a_learner_replaces_does_not_reach_the_judge(monkeypatch, owner, name):
    def wrong(x, w, b):
        return w @ x

    right = find("forward.softmax").reference
    layer = find("normalization.layer")
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, always, raising=False)
        reports = [
            check("forward.weighted_sum", wrong),
            check("normalization.layer", layer.mistakes[0].answer),
            check("forward.softmax", right),
        ]
        stands = getattr(owner, name)
    assert stands == always
    assert [bool(report) for report in reports] == [False, False, True]
    assert [report.verdict.mistake for report in reports[:2]] == [0, 0]


def test_what_the_answer_replaces_while_it_runs_does_not_reach_the_judge():
    before = np.allclose, builtins.all

    def cheats(x, w, b):
        np.allclose = builtins.all = always
        return w @ x

    assert not check("forward.weighted_sum", cheats)
    assert (np.allclose, builtins.all) == before


def test_a_learners_own_names_stay(monkeypatch):
    monkeypatch.setattr(np, "my_sum", lambda x, w, b: w @ x + b, raising=False)
    monkeypatch.setattr(nn.Dense, "my_forward", lambda self, x: x, raising=False)
    assert check("forward.weighted_sum", lambda x, w, b: np.my_sum(x, w, b))
    assert nn.Dense.my_forward


def test_exercises_cannot_be_replaced():
    exercise = find("forward.weighted_sum")
    with pytest.raises(TypeError):
        nn.exercises.EXERCISES["forward.weighted_sum"] = exercise
    nn.exercises.load().clear()
    assert find("forward.weighted_sum") is exercise


# What a learner reads --------------------------------------------------------------------------


def test_what_was_printed_is_shown_once_and_cut():
    shown = judging.Verdict("a.b", "A", "wrong", printed="<1>\n2\n", diagnosis="Look.")
    assert repr(Report(shown)).count("Your code printed: <1>\n") == 1
    assert Report(shown)._repr_html_().count("&lt;1&gt;") == 1
    shown.printed = "\n".join(map(str, range(100)))
    assert "9\n" in repr(Report(shown)) and "10" not in repr(Report(shown))
    assert "printed" not in repr(Report(judging.Verdict("a.b", "A", "wrong")))


def test_a_loop_that_prints_fills_no_memory():
    def prints():
        while True:
            print("again and again")

    assert 1000 < len(run(prints, [], [], 5).printed) < 10_000


class Own:
    def forward(self, x):
        return x @ np.ones((2, 2))


FAILS = {
    "lambda": (lambda x: x @ np.ones((2, 2)), "lambda x: x @ np.ones((2, 2))"),
    "comprehension": (lambda x: [v @ x for v in x], "v @ x for v in x"),
    "method": (Own().forward, "return x @ np.ones((2, 2))"),
    "in the library": (lambda x: nn.Dense(2, 2)(x), "nn.Dense(2, 2)(x)"),
    "in numpy": (lambda x: np.concatenate([x, 1]), "np.concatenate([x, 1])"),
    "exec": (lambda x: exec("x @ [1, 2]"), 'exec("x @ [1, 2]")'),
}


@pytest.mark.parametrize(("answer", "line"), FAILS.values(), ids=FAILS)
def test_an_error_names_the_learners_line(answer, line):
    assert line in run(answer, [np.ones(3)], ["x"], 5).line


@pytest.mark.parametrize("value", [np.inf, 1e308, 1j, np.nan, [], 10**400])
def test_no_warning_reaches_the_learner(value):
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        for name in ("forward.weighted_sum", "chain_rule.relu_backward", "backprop.cross_entropy"):
            names = find(name).argument_names()
            answer = eval(f"lambda {', '.join(names)}: {names[0]} * value", {"value": value})
            assert "Warning" not in repr(check(name, answer))


def test_an_object_that_cannot_be_shown_is_not_shown():
    class Hidden:
        def __repr__(self):
            one_line()

    report = check("forward.weighted_sum", lambda x, w, b: Hidden())
    assert not report and "Hidden" in repr(report)


# Memory ----------------------------------------------------------------------------------------


class Large(np.ndarray):
    """An array that can be watched."""


def test_nothing_of_a_failed_answer_is_kept():
    made = []

    def fails(x, w, b):
        large = np.zeros(1000).view(Large)
        made.append(weakref.ref(large))
        raise ValueError(str(len(large)))

    gc.disable()
    try:
        report = check("forward.weighted_sum", fails)
    finally:
        gc.enable()
    assert "ValueError: 1000, in line" in repr(report)
    assert made and not any(ref() is not None for ref in made)


def test_checks_in_a_row_leave_no_growing_memory():
    def once(k):
        def fails(x, w, b):
            large = np.full(5_000, k)
            return large @ x

        for answer in (fails, lambda x, w, b: w @ x + k, lambda x, w, b: np.full(5_000, k)):
            repr(check("forward.weighted_sum", answer))

    for k in range(5):
        once(k)
    gc.collect()
    tracemalloc.start()
    try:
        for k in range(20):
            once(k)
        gc.collect()
        grown, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert grown < 100_000  # each array has 40,000 bytes
