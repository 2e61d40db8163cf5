"""What check says of wrong answers that nobody has named: the general detectors, on real exercises."""

import io
import math
import sys

import numpy as np
import pytest

import nnbook_lib as nn
from nnbook_lib.exercises import check
from nnbook_lib.exercises.report import written
from nnbook_lib.printable import printable


def neuron(w, b, x, t, times=1.0):
    y = nn.functions.sigmoid(w * x + b)
    delta = (y - t) * y * (1 - y)
    return times * delta * x, times * delta


def dense(delta, x, W):
    return delta @ W, delta.T @ x, delta.sum(axis=0)


def at_label(u, t):
    return -nn.functions.log_softmax(u)[np.arange(len(t)), t]


def half_step(theta, grad, lr):
    return theta - lr * grad / 2


def uphill(theta, m, s, grad, k, lr, b1, b2, eps):
    m, s = b1 * m + (1 - b1) * grad, b2 * s + (1 - b2) * grad**2
    return theta + lr * m / (1 - b1**k) / (np.sqrt(s / (1 - b2**k)) + eps), m, s


def writes(f, x, h):
    result = nn.numeric_gradient(f, x, h)
    x[...] = 0
    return result


def in_itself(x, y):
    found = []
    found.append(found)
    return found


WRONG = {
    "factor": ("chain_rule.three_factors", lambda *a: neuron(*a, times=2), "times 2, on every"),
    "sign": ("chain_rule.three_factors", lambda *a: neuron(*a, times=-1), "sign is wrong"),
    "order": ("chain_rule.three_factors", lambda *a: neuron(*a)[::-1], "in another order"),
    "constant": ("chain_rule.three_factors", lambda *a: (neuron(*a)[0], 1), "is 1 on every case"),
    "argument": (
        "chain_rule.three_factors",
        lambda w, b, x, t: neuron(w, 0, x, t),
        "what comes out if b is left out",
    ),
    "transposed": (
        "chain_rule.dense_backward",
        lambda *a: (dense(*a)[0].T, *dense(*a)[1:]),
        "transposed",
    ),
    "size": (
        "chain_rule.dense_backward",
        lambda *a: (dense(*a)[0] / len(a[1]), *dense(*a)[1:]),
        "divided by the number of rows of delta",
    ),
    "place": (
        "chain_rule.relu_backward",
        lambda dz, u: dz * np.heaviside(u, 0.5),
        "exactly where u is zero",
    ),
    "no mean": ("backprop.cross_entropy", at_label, "take the mean over axis 0"),
    "batch": (
        "backprop.cross_entropy",
        lambda u, t: np.sqrt((at_label(u, t) ** 2).mean()),
        "Each row of u alone comes out right",
    ),
    "step": (
        "descent.sgd_step",
        half_step,
        "As a step from theta: your step is the right one times 1/2",
    ),
    "uphill": ("descent.adam_step", uphill, "As a step from theta: the sign is wrong"),
    "writes": ("gradients.numeric", writes, "writes into its input x"),
    "length": ("training.rate_by_depth", [0.1, 0.3, 1], "Wanted are 4 entries, got 3"),
    "one entry": ("training.rate_by_depth", [0.3, 0.3, 1, 3], "but the first entry"),
}


WRONG |= {
    "one of two": ("chain_rule.three_factors", lambda *a: neuron(*a)[0], "only one, the number"),
    "a dict": ("chain_rule.three_factors", lambda *a: {"dw": neuron(*a)[0]}, "a dict of 1"),
    "a list in itself": ("forward.interpolate", in_itself, "a list that holds itself"),
    "a comma": ("backprop.cross_entropy", lambda u, t: (at_label(u, t).mean(),), "leave it out"),
    "no rng": (
        "initialization.he",
        lambda d_out, d_in: np.random.default_rng(0).normal(size=(d_out, d_in)),
        "Keep the argument rng",
    ),
    "no argument": ("descent.sgd_step", lambda theta, grad: theta - grad, "Keep the arguments"),
    "math": (
        "activations.softplus",
        lambda u: math.log(1 + math.exp(u)),
        "write `np.log`, `np.exp`",
    ),
    "caret": ("initialization.xavier_limit", lambda o, i: (6 / (i + o)) ^ 0.5, "written `**`"),
    "caret of whole numbers": ("initialization.xavier_limit", lambda o, i: (i + o) ^ 2, "`**`"),
    "two lists": (
        "descent.sgd_step",
        lambda theta, grad, lr: [*theta, *grad],
        "put two lists one behind the other?",
    ),
}


@pytest.mark.parametrize(("name", "answer", "words"), WRONG.values(), ids=WRONG)
def test_an_unnamed_mistake_gets_the_hint_that_fits(name, answer, words):
    verdict = check(name, answer).verdict
    assert verdict.status == "wrong" and verdict.mistake is None
    assert verdict.useful and words in verdict.diagnosis


COLUMNS, BATCH = "You normalize the columns", "sum over the whole batch"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda u: np.exp(u) / np.exp(u).sum(axis=0), COLUMNS),
        (lambda u: np.exp(u - u.max()) / np.exp(u - u.max()).sum(axis=0), COLUMNS),
        (lambda u: np.exp(u) / np.exp(u).sum(), BATCH),
        (lambda u: nn.functions.softmax(u.T.astype(np.float32)).T, COLUMNS),
    ],
)
def test_a_named_mistake_is_named_though_it_overflows_or_is_rounded(answer, words):
    verdict = check("forward.softmax", answer).verdict
    assert verdict.mistake is not None and words in verdict.diagnosis


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.complex64(2), "2"),
        (np.array([1 + 0j, 2]), "[1. 2.]"),
        (2 + 1j, "(2+1j)"),
        (half_step, "half_step"),
    ],
)
def test_a_value_is_shown_as_in_every_python(value, text):
    """Without an address, and without an imaginary part where it is 0."""
    shown = written(value)
    assert text in shown and "0x" not in shown and "0j" not in shown


def test_a_report_is_printed_where_its_marks_cannot_be_written(monkeypatch):
    for encoding in "cp1252", "ascii", "cp437":
        stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr(sys, "stdout", stream)
        print(check("forward.softmax", nn.functions.softmax), check("forward.softmax"))
        stream.flush()
        assert b"+ forward.softmax: right" in stream.buffer.getvalue()


def test_what_cannot_be_written_is_written_another_way():
    text = "✓ θ ≥ √2 − σ² → ĉ 中"
    assert printable(text, "cp1252") == "+ theta >= root of 2 - sigma² -> c ?"
    assert printable(text, "utf-8") == text and printable("a", "no such encoding") == "a"


def test_several_results_count_in_whichever_brackets():
    assert check("chain_rule.three_factors", lambda *a: [*neuron(*a)])
    assert check("chain_rule.three_factors", lambda *a: np.array(neuron(*a)))
    assert check("chain_rule.dense_backward", lambda delta, x, W: [*dense(delta, x, W)])
    four = check("chain_rule.dense_backward", lambda *a: [*dense(*a), 0.0])
    assert "Wanted are 3 results, dx, dW, db; you return a list of 4" in repr(four).replace(
        "\n ", ""
    )


def test_a_wrong_value_is_not_told_the_right_one():
    report = check("forward.kinks", 5)
    assert not report and "8" not in repr(report) and "expected" not in report._repr_html_()


def test_a_value_counts_in_whichever_brackets_and_a_word_in_any_case():
    assert check("training.rate_by_depth", (0.1, 0.3, 1, 3))
    assert check("gradients.silent_bug", "ReLU")
