"""How good answers are: numbers worked out by hand, and words where there is no number."""

import numpy as np
import pytest

import nnbook_lib as nn
from nnbook_lib.inspection import trial

#            owl        hen  auk
T = np.array([0, 0, 0, 0, 1, 1])
PREDICTED = np.array([0, 0, 1, 0, 1, 1])
NAMES = ("owl", "hen", "auk")


def test_rows_are_the_truth_and_columns_the_answer():
    assert nn.confusion_matrix(T, PREDICTED).tolist() == [[3, 1], [0, 2]]
    assert nn.confusion_matrix(T + 5, PREDICTED[:, None] + 5).tolist() == [[3, 1], [0, 2]]
    known = nn.confusion_matrix(T, 2 * PREDICTED, classes=NAMES)
    assert known.tolist() == [[3, 0, 1], [0, 0, 2], [0, 0, 0]]
    objects = nn.confusion_matrix(T.astype(object), PREDICTED)  # as a DataFrame's column may be
    assert objects.tolist() == [[3, 1], [0, 2]]
    words = np.array(NAMES)[T], np.array(NAMES)[2 * PREDICTED]
    assert np.array_equal(nn.confusion_matrix(*words, classes=NAMES), known)
    assert nn.confusion_matrix(*words).tolist() == [[0, 0, 0], [2, 0, 0], [1, 0, 3]]  # sorted


def test_a_report_by_hand():
    report = nn.classification_report(T, PREDICTED, classes=NAMES)
    assert report.precision.tolist() == [1, 2 / 3, 0] and report.support.tolist() == [4, 2, 0]
    assert report.recall.tolist() == [3 / 4, 1, 0] and report.f1.tolist() == [6 / 7, 4 / 5, 0]
    assert report.accuracy == 5 / 6 and report.macro[1] == 1.75 / 3
    lines = repr(report).splitlines()
    assert lines[0].split() == ["precision", "recall", "F1", "rows"]
    assert lines[1].split() == ["owl", "1.000", "0.750", "0.857", "4"]
    assert lines[3].split() == ["auk", "-", "-", "-", "0"]
    assert lines[5].split() == ["accuracy", "0.833", "6"]
    assert "'auk'" in lines[-1] and "counts as 0" in lines[-1]


def test_numbers_by_hand():
    t, y = np.array([1.0, 2.0, 3.0, 6.0]), np.array([[2.0], [2.0], [2.0], [4.0]])
    assert nn.mean_absolute_error(t, y) == 1 and nn.mean_squared_error(t, y) == 1.5
    assert nn.r2_score(t, y) == pytest.approx(1 - 6 / 14)
    assert nn.r2_score(t, np.full(4, 3.0)) == 0
    two = np.column_stack([t, 10 * t])
    assert nn.r2_score(two, np.column_stack([t, np.full(4, 30.0)])) == 0.5
    net = nn.Network(nn.identity)
    assert nn.mean_squared_error(t, y) == 2 * nn.SquaredError()(net(y), t[:, None])


def test_balanced_weights_make_the_classes_count_the_same():
    w = nn.class_weight("balanced", T)
    assert w.tolist() == [6 / 8, 6 / 4] and (w * np.bincount(T)).tolist() == [3, 3]
    assert nn.class_weight("balanced", np.array(["b", "a", "b"])).tolist() == [1.5, 0.75]
    y = np.tile([0.3, -0.2], (6, 1))
    by_class = [nn.SoftmaxCrossEntropy()(y[:1], np.array([c])) for c in (0, 1)]
    assert nn.SoftmaxCrossEntropy(weight=w)(y, T) == pytest.approx(np.mean(by_class))


class NA:
    """What is used of pandas' NA."""

    def __ne__(self, other):
        return self

    def __bool__(self):
        raise TypeError("boolean value of NA is ambiguous")


SAID = {
    "numbers for labels": (lambda: nn.confusion_matrix(T, T + 0.5), ["0.5", "predict", "r2_score"]),
    "outputs for labels": (lambda: nn.confusion_matrix(T, np.eye(2)[T]), ["predicted", "(6, 2)", "nn.predict(net, x)"]),
    "another length": (lambda: nn.classification_report(T, T[:5]), ["t has 6", "predicted has 5"]),
    "names and labels": (lambda: nn.confusion_matrix(np.array(NAMES)[T], T), ["one kind", "np.array(classes)[predicted]"]),
    "a class without a name": (lambda: nn.classification_report(T, T, classes=["owl"]), ["'owl'", "1 names", "'0' and '1'"]),
    "nothing to compare with": (lambda: nn.r2_score(np.ones(3), np.zeros(3)), ["spread of t", "1 in all 3 rows"]),
    "other shapes": (lambda: nn.mean_squared_error(np.ones((3, 2)), np.ones(3)), ["(3, 2) and (3, 1)"]),
    "NaN": (lambda: nn.mean_absolute_error(np.ones(2), np.array([1, np.nan])), ["predicted has NaN", "1 of its 2"]),
    "another kind of weight": (lambda: nn.class_weight("equal", T), ["'balanced'", "'equal'"]),
    "one class to balance": (lambda: nn.class_weight("balanced", 0 * T), ["all 6 labels are 0"]),
    "a label that is missing": (lambda: nn.class_weight("balanced", 2 * T), ["every label from 0", "'0' and '2'"]),
    "a weight of zero": (lambda: nn.SoftmaxCrossEntropy(weight=[1, 0]), ["SoftmaxCrossEntropy(weight=...)", "above 0"]),
    "one weight for all": (lambda: nn.SoftmaxCrossEntropy(weight=2), ["for each class", "int 2"]),
    "too few weights": (lambda: nn.SoftmaxCrossEntropy(weight=[1, 2])(np.ones((1, 3)), np.array([0])), ["2 weights", "3 columns"]),
    "too many weights": (lambda: nn.BinaryCrossEntropy(pos_weight=[1, 2])(np.ones((1, 1)), np.ones((1, 1))), ["2 weights", "1 column.", "w[1] / w[0]"]),
    "a name for a weight": (lambda: nn.BinaryCrossEntropy(pos_weight="balanced"), ["numbers above 0", "'balanced'", "w[1] / w[0]"]),
    "weights by name": (lambda: nn.SoftmaxCrossEntropy(weight="balanced"), ["Pass class_weight('balanced', t)"]),
    "weights as Keras has them": (lambda: nn.SoftmaxCrossEntropy(weight={0: 1, 1: 2}), ["Pass their list"]),
    "labels for weights": (lambda: nn.SoftmaxCrossEntropy(weight=T), ["with 0 among them"]),
    "weights the other way round": (lambda: nn.class_weight(T, "balanced"), ["Write class_weight('balanced', t)"]),
    "rows to balance": (lambda: nn.class_weight("balanced", np.eye(2)[T]), ["t.argmax(axis=1)"]),
    "a gap for a label": (lambda: nn.confusion_matrix(np.array(["owl", None, np.nan], object), T[:3]), ["t has no label", "2 of its 3"]),
    "infinity for a label": (lambda: nn.confusion_matrix(T[:2], np.array([0, np.inf])), ["predicted has no label", "1 of its 2"]),
    "labels from 1": (lambda: nn.confusion_matrix(T + 1, T + 1, classes=["owl", "hen"]), ["'1' and '2'", "start labels at 0"]),
    "how many classes": (lambda: nn.confusion_matrix(T, T, classes=2), ["a list of names", "int 2"]),
    "names by label": (lambda: nn.classification_report(T, T, classes={0: "hen", 1: "owl"}), ["a list of names", "dict"]),
    "bytes for names": (lambda: nn.confusion_matrix(T.astype("S"), T.astype("S")), ["t.astype(str)"]),
    "a table for its targets": (lambda: nn.class_weight("balanced", nn.datasets.penguins()), ["pass its x or its t"]),
    "a table for its inputs": (lambda: nn.predict(nn.mlp(4, 3, rng=np.random.default_rng(0)), nn.datasets.penguins()), ["pass its x or its t"]),
    "a gap of pandas": (lambda: nn.confusion_matrix(np.array(["owl", NA()], object), T[:2]), ["t has no label", "1 of its 2"]),
    "complex numbers": (lambda: nn.mean_absolute_error(T * 1j, T), ["Pass t.real"]),
    "labels for a network": (lambda: nn.accuracy(T, PREDICTED, T), ["accuracy expects a Network"]),
    "a network that is NaN": (lambda: nn.accuracy(nn.Network(nn.identity), np.full((2, 2), np.nan), T[:2]), ["NaN or infinite in 2 of 2"]),
    "a gap among answers": (lambda: nn.accuracy(nn.Network(nn.identity), np.ones((2, 1)), np.array([1, np.nan])), ["Leave out the rows"]),
}  # fmt: skip


@pytest.mark.parametrize("what", SAID)
def test_what_has_no_meaning_is_said(what):
    act, words = SAID[what]
    with pytest.raises((TypeError, ValueError)) as caught:
        act()
    assert [w for w in words if w not in str(caught.value)] == [], str(caught.value)


# Labels from outputs -------------------------------------------------------------------------

LOGITS = np.array([[-2.0], [0.0], [0.3], [3.0]])


@pytest.mark.parametrize("kind", [bool, int, np.uint8, float])
@pytest.mark.parametrize("shape", [(4,), (4, 1)])
def test_one_output_is_a_yes_or_no(kind, shape):
    t = np.array([1, 0, 1, 1], kind).reshape(shape)
    logit = nn.Network(nn.identity)
    assert nn.predict(logit, LOGITS).tolist() == [0, 0, 1, 1]
    assert nn.accuracy(logit, LOGITS, t) == 0.75
    probability = nn.Network(nn.Sequential(nn.identity, nn.sigmoid))  # above 0 always
    assert nn.predict(probability, LOGITS).tolist() == [0, 0, 1, 1]
    assert nn.accuracy(probability, LOGITS, t) == 0.75


def test_of_several_outputs_the_largest_counts():
    y = np.array([[1.0, 3.0, 2.0], [5.0, 0.0, 4.0]])
    assert nn.predict(nn.Network(nn.identity), y).tolist() == [1, 0]
    assert nn.predict(nn.Network(nn.identity), y[:0]).tolist() == []


# Weights and what is said of a loss ----------------------------------------------------------


def test_a_loss_says_its_weights():
    assert repr(nn.SoftmaxCrossEntropy(weight=[0.75, 2])) == "SoftmaxCrossEntropy(weight=[0.75, 2])"
    assert repr(nn.BinaryCrossEntropy(pos_weight=3)) == "BinaryCrossEntropy(pos_weight=3)"
    assert repr(nn.SoftmaxCrossEntropy()) == "SoftmaxCrossEntropy()"


@pytest.mark.parametrize("kind", ["labels", "rows", "yes or no"])
def test_diagnosis_knows_the_best_constant_answer_under_weights(kind, rng):
    """What the guess is measured by: no other constant does better, and the lowest loss is lower."""
    if kind == "yes or no":
        loss, t = nn.BinaryCrossEntropy(pos_weight=5.0), rng.random((40, 1))
        y = np.zeros((40, 1))
    else:
        loss, y = nn.SoftmaxCrossEntropy(weight=[1.0, 4.0, 0.5]), np.zeros((40, 3))
        t = rng.integers(0, 3, 40)
        t = nn.functions.softmax(rng.standard_normal((40, 3))) if kind == "rows" else t
    guess = trial.guess(loss, y, t)
    assert guess == pytest.approx(trial._descended(loss, y[:1], t), abs=1e-3)
    free = trial._descended(loss, y.copy(), t) if kind != "labels" else 0
    assert trial.best(loss, y, t) == pytest.approx(free, abs=1e-2)
