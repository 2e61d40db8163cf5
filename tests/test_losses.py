"""What a loss makes of targets stored in another way: the same value, or the remedy in a message."""

import numpy as np
import pytest

import nnbook_lib as nn

CE, SE, BCE = nn.SoftmaxCrossEntropy(), nn.SquaredError(), nn.BinaryCrossEntropy()
Y = np.array([[0.5, -1.0, 2.0], [0.0, 3.0, 0.25], [1.0, 1.0, 1.0], [-2.0, 0.0, 0.5]])
T = np.array([0, 2, 1, 1])
ONE = np.eye(3)[T]
NAMES = np.array(["cat", "dog", "eel", "eel"])
KINDS = [bool, np.int8, np.uint8, np.int64, np.uint64, np.float16, np.float32, np.float64]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("loss", [SE, BCE])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_yes_and_no_may_be_stored_as_any_number(loss, kind, dtype):
    y, wanted = Y.astype(dtype), loss.forward(Y.astype(dtype), ONE.astype(dtype))
    value, saved = loss.forward(y, ONE.astype(kind))
    dy = loss.backward(saved)
    assert value == wanted[0] and dy.dtype == dtype
    assert np.array_equal(dy, loss.backward(wanted[1]))


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.uint64, np.int64])
def test_labels_may_be_of_any_whole_kind_and_rows_of_any_precision(kind):
    value, saved = CE.forward(Y, T.astype(kind))
    assert value == pytest.approx(CE(Y, ONE), rel=1e-14)
    assert np.allclose(CE.backward(saved), (nn.functions.softmax(Y) - ONE) / 4, atol=1e-16)
    _, saved = CE.forward(Y.astype(np.float32), ONE)
    assert CE.backward(saved).dtype == np.float32


REFUSED = {  # what came: (loss, y, t), the error, words in it
    "NaN targets": (SE, Y, ONE * np.nan, ValueError, ["targets t", "4 of their 4 rows", "missing values"]),
    "a NaN target, yes or no": (BCE, Y, np.where(ONE == 1, np.nan, 0), ValueError, ["targets t"]),
    "NaN rows": (CE, Y, ONE * np.nan, ValueError, ["targets t", "NaN"]),
    "infinite targets": (SE, Y, np.full((4, 3), np.inf), ValueError, ["targets t"]),
    "targets beyond float32": (SE, Y.astype("f"), 1e200 * ONE, ValueError, ["as float32, have NaN"]),
    "targets too large": (SE, Y, 1e200 * ONE, nn.NotFinite, ["targets t reach 1e+200", "scale"]),
    "objects": (SE, Y, ONE.astype(object), TypeError, ["real numbers", "t.astype(float)"]),
    "complex targets": (SE, Y, 1j * ONE, TypeError, ["real numbers", "t.real"]),
    "complex outputs": (SE, 1j * Y, ONE, TypeError, ["real", "complex128", "y.real"]),
    "complex logits": (CE, 1j * Y, T, TypeError, ["real", "complex128", "y.real"]),
    "complex logits, yes or no": (BCE, 1j * Y, ONE, TypeError, ["real", "complex128", "y.real"]),
    "outputs as a vector": (SE, Y[:, 0], T * 1.0, TypeError, ["(n, k)", "(4,)", "y[:, None]"]),
    "labels for squares": (SE, Y, T, ValueError, ["(4, 3)", "(4,)", "np.eye(3)[t]"]),
    "float labels for squares": (SE, Y, T * 1.0, ValueError, ["np.eye(3)[t.astype(int)]"]),
    "targets as columns": (SE, Y, ONE.T, ValueError, ["(3, 4)", "t.T"]),
    "too few targets": (BCE, Y, ONE[:3], ValueError, ["(3, 3)", "each of y's 4"]),
    "other width": (SE, Y, ONE[:, :2], ValueError, ["(4, 2)", "last layer"]),
    "many classes, yes or no": (BCE, Y, ONE + 1, ValueError, ["1 to 2", "SoftmaxCrossEntropy"]),
    "labels -1 and 1 as integers": (BCE, Y, 2 * ONE.astype(int) - 1, ValueError, ["(t + 1) / 2"]),
    "whole-number rows": (CE, Y, ONE.astype(int), ValueError, ["t.argmax(axis=1)", "t.astype(float)"]),
    "boolean rows": (CE, Y, ONE.astype(bool), ValueError, ["t.argmax(axis=1)", "t.astype(float)"]),
    "a column of labels": (CE, Y, T[:, None], ValueError, ["(4, 1)", "Pass t[:, 0]."]),
    "a column of float labels": (CE, Y, T[:, None] * 1.0, ValueError, ["t[:, 0].astype(int)"]),
    "labels as objects": (CE, Y, T.astype(object), ValueError, ["t.astype(int)"]),
    "boolean labels": (CE, Y[:, :2], T > 0, ValueError, ["t.astype(int)"]),
    "names": (CE, Y, NAMES, ValueError, ["np.unique(t, return_inverse=True)[1]"]),
    "a column of names": (CE, Y, NAMES[:, None], ValueError, ["np.unique(t[:, 0], return_inverse=True)[1]"]),
    "names as objects": (CE, Y, NAMES.astype(object), ValueError, ["np.unique(t, return_inverse=True)[1]"]),
    "names for squares": (SE, Y, np.stack([NAMES] * 3, 1), TypeError, ["np.unique"]),
    "labels between classes": (CE, Y, T + 0.5, ValueError, ["whole number"]),
    "rows as columns": (CE, Y, ONE.T, ValueError, ["(3, 4)", "t.T"]),
    "a class too many": (CE, Y, np.eye(4)[T], ValueError, ["(4, 4)", "last layer", "classes"]),
    "a negative probability": (CE, Y, 2 * ONE - 1 / 3, ValueError, ["from -0.33", "sum to 1"]),
    "a label -1 stored in uint8": (CE, Y, (-T).astype(np.uint8), ValueError, ["0 to 2", "255"]),
    "one column of logits": (CE, Y[:, :1], 0 * T, ValueError, ["at least 2 columns", "BinaryCrossEntropy"]),
    "a list": (SE, Y, ONE.tolist(), TypeError, ["array", "list", "np.asarray(t)"]),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_the_rest_is_refused_with_its_remedy(name):
    loss, y, t, kind, words = REFUSED[name]
    with np.errstate(over="ignore"), pytest.raises(kind) as caught:
        loss(y, t)
    message = str(caught.value)
    assert [w for w in [type(loss).__name__, *words] if w not in message] == [], message


def test_the_remedies_in_code_are_right():
    wanted = CE(Y, T)
    assert CE(Y, ONE.astype(int).argmax(axis=1)) == wanted
    assert CE(Y, ONE.astype(int).astype(float)) == pytest.approx(wanted, rel=1e-14)
    assert np.array_equal(np.unique(NAMES[:, None][:, 0], return_inverse=True)[1], [0, 1, 2, 2])


def test_bad_targets_are_not_taken_for_a_divergence(rng):
    net, t = nn.mlp(3, 3, rng=rng), np.where(ONE == 1, np.nan, 0)
    with pytest.raises(ValueError, match="targets t"):
        list(nn.train(net, SE, nn.SGD(0.1), Y, t, batch=None))
