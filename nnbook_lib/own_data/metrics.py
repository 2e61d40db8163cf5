"""How good answers are on rows the network has not seen: of classes, and of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..shapes import got, same_length
from .arrays import finite, labels, real
from .telling import quoted


def confusion_matrix(
    t: np.ndarray, predicted: np.ndarray, *, classes: Sequence[str] | None = None
) -> np.ndarray:
    """C[i, j]: how many rows of class i were taken for class j. Rows are the truth, as scikit-learn's.

    t, predicted: (n,) or (n, 1) labels, of the same kind: whole numbers or names. classes: the
    names of labels 0 .. k-1, or in which order names stand; without them, the labels that occur,
    sorted. Returns (k, k) whole numbers. Raises TypeError or ValueError on what are no labels.
    """
    return _count("confusion_matrix", t, predicted, classes)[0]


@dataclass(frozen=True, eq=False)
class Report:
    """What `classification_report` returns: arrays (k,), one number for each class; prints as a table.

    precision: of the rows taken for the class, the fraction that are of it. recall: of the rows of
    the class, the fraction found. f1 = 2 precision recall / (precision + recall). support: the
    rows of the class. accuracy: the fraction of all rows that are right. macro: the means of the
    first three over the classes, each class counting the same. 0/0 counts as 0.
    """

    classes: tuple[str, ...]
    precision: np.ndarray
    recall: np.ndarray
    f1: np.ndarray
    support: np.ndarray
    accuracy: float
    matrix: np.ndarray

    @property
    def macro(self) -> tuple[float, float, float]:
        """Mean precision, recall and F1 over the classes."""
        return tuple(float(a.mean()) for a in (self.precision, self.recall, self.f1))

    def __repr__(self) -> str:
        taken, n = self.matrix.sum(axis=0), int(self.support.sum())
        wide = max(len("macro average"), *(len(name) for name in self.classes))
        lines = [f"{'':{wide}}  precision  recall     F1  rows"]
        for i, name in enumerate(self.classes):
            some = taken[i] > 0, self.support[i] > 0, taken[i] + self.support[i] > 0
            values = self.precision[i], self.recall[i], self.f1[i]
            cells = [f"{v:.3f}" if ok else "-" for v, ok in zip(values, some, strict=True)]
            lines.append(_line(name, wide, *cells, self.support[i]))
        means = [f"{v:.3f}" for v in self.macro]
        lines += ["", _line("accuracy", wide, "", "", f"{self.accuracy:.3f}", n)]
        lines.append(_line("macro average", wide, *means, n))
        if (empty := (taken == 0) | (self.support == 0)).any():
            names = quoted(np.array(self.classes)[empty])
            lines += [
                "",
                f"-: 0/0, which counts as 0 in the average. No row is, or is taken for, {names}.",
            ]
        return "\n".join(lines)


def _line(name: str, wide: int, precision: str, recall: str, f1: str, rows: int) -> str:
    return f"{name:{wide}}  {precision:>9}  {recall:>6}  {f1:>5}  {rows:>4}"


def classification_report(
    t: np.ndarray, predicted: np.ndarray, *, classes: Sequence[str] | None = None
) -> Report:
    """Precision, recall and F1 of each class, the accuracy, and the means over the classes.

        print(nn.classification_report(t_test, nn.predict(net, x_test), classes=table.classes))

    Arguments and errors as those of confusion_matrix; the numbers are scikit-learn's.
    """
    matrix, names = _count("classification_report", t, predicted, classes)
    right, taken, support = matrix.diagonal(), matrix.sum(axis=0), matrix.sum(axis=1)
    return Report(
        names,
        _ratio(right, taken),
        _ratio(right, support),
        _ratio(2 * right, taken + support),
        support,
        float(right.sum() / matrix.sum()),
        matrix,
    )


def class_weight(kind: str, t: np.ndarray) -> np.ndarray:
    """Weights that make the k classes count the same: n / (k n_c), n_c being the rows of class c.

        loss = nn.SoftmaxCrossEntropy(weight=nn.class_weight("balanced", t_train))

    kind: "balanced", scikit-learn's name and formula (King & Zeng 2001). t: (n,) or (n, 1) labels,
    usually 0 .. k-1; names count in sorted order. Returns (k,). For one yes-or-no output the same is
    w = class_weight("balanced", t), nn.BinaryCrossEntropy(pos_weight=w[1] / w[0]). Raises ValueError
    on another kind, one class only, and where a label from 0 to the largest does not occur.
    """
    whose = "class_weight"
    if not isinstance(kind, str) or kind != "balanced":
        raise ValueError(
            f"{whose} knows one kind, 'balanced'; got {got(kind)}. Write class_weight('balanced', t)."
        )
    found = _labels(whose, "t", t)
    names, counts = np.unique(found, return_counts=True)
    if found.dtype.kind in "biuf" and not np.array_equal(names, np.arange(len(names))):
        raise ValueError(
            f"{whose} expects t to have every label from 0 on; got {quoted(names)}. Count the "
            "classes that occur: np.unique(t, return_inverse=True)[1]."
        )
    if len(names) < 2:
        raise ValueError(f"{whose}: all {len(found)} labels are {names[0]}: nothing to balance.")
    return len(found) / (len(names) * counts)


def mean_absolute_error(t: np.ndarray, predicted: np.ndarray) -> float:
    """MAE = mean |t - predicted|, in the units of t. t, predicted: (n,), (n, 1) or (n, k)."""
    t, predicted = _numbers("mean_absolute_error", t, predicted)
    return float(np.abs(predicted - t).mean())


def mean_squared_error(t: np.ndarray, predicted: np.ndarray) -> float:
    """MSE = mean (t - predicted)^2, in the units of t squared. t, predicted: (n,), (n, 1) or (n, k).

    The loss SquaredError is half of the sum over the columns, so for k = 1 half of this.
    """
    t, predicted = _numbers("mean_squared_error", t, predicted)
    return float(((t - predicted) ** 2).mean())


def r2_score(t: np.ndarray, predicted: np.ndarray) -> float:
    """R^2 = 1 - sum (t - predicted)^2 / sum (t - mean t)^2, averaged over the columns of t.

    1 is without error, 0 as good as always answering the mean of t, below 0 worse. t, predicted:
    (n,), (n, 1) or (n, k). Raises ValueError where a column of t is constant, so that there is
    nothing to compare with (scikit-learn says 0 there, or 1 without any error).
    """
    t, predicted = _numbers("r2_score", t, predicted)
    if (same := (t == t[:1]).all(axis=0)).any():
        raise ValueError(
            f"r2_score compares with the spread of t, and t is {t[0, same][0]:g} in all {len(t)} "
            "rows. Use mean_absolute_error."
        )
    missed = ((t - predicted) ** 2).sum(axis=0)
    return float((1 - missed / ((t - t.mean(axis=0)) ** 2).sum(axis=0)).mean())


# What comes in -----------------------------------------------------------------------------


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)


def _count(whose, t, predicted, classes) -> tuple[np.ndarray, tuple[str, ...]]:
    """The confusion matrix, and the names of its rows."""
    t, predicted = _labels(whose, "t", t), _labels(whose, "predicted", predicted)
    same_length(whose, "rows", {"t": t, "predicted": predicted})
    if (t.dtype.kind == "U") != (predicted.dtype.kind == "U"):
        raise TypeError(
            f"{whose} compares labels of one kind; got t of {t.dtype} and predicted of "
            f"{predicted.dtype}. Names of labels are np.array(classes)[predicted]."
        )
    both = np.concatenate([t, predicted])
    found = np.unique(both)
    if classes is None:
        known = found
        names = tuple(str(int(c)) if both.dtype.kind == "f" else str(c) for c in found)
    else:
        if isinstance(classes, str | dict | set) or not np.iterable(classes):
            raise TypeError(
                f"{whose}: classes must be a list of names, that of label 0 first; got {got(classes)}."
            )
        names = tuple(str(name) for name in classes)
        known = np.arange(len(names)) if both.dtype.kind in "biuf" else np.array(names)
        if len(set(names)) < len(names) or not np.isin(found, known).all():
            fix = ""
            if both.dtype.kind in "biuf" and found.max() >= len(names) and found.min() > 0:
                fix = " The first name is that of label 0: start labels at 0."
            raise ValueError(
                f"{whose}: classes must name every label once; got {len(names)} names, "
                f"{quoted(names)}, for the labels {quoted(found)}.{fix}"
            )
    place = np.argsort(known, kind="stable")
    rows, columns = (place[np.searchsorted(known, a, sorter=place)] for a in (t, predicted))
    matrix = np.zeros((len(known), len(known)), np.int64)
    np.add.at(matrix, (rows, columns), 1)
    return matrix, names


def _labels(whose: str, name: str, a: object) -> np.ndarray:
    """Labels (n,): whole numbers, or names as text."""
    remedy = "Outputs of a network become labels by nn.predict(net, x)"
    found = labels(
        whose, name, a, remedy=f"{remedy}, rows with a single 1 by {name}.argmax(axis=1)."
    )
    if found.dtype.kind == "f" and not (found == np.round(found)).all():
        raise ValueError(
            f"{whose} expects {name} to be labels; got numbers such as "
            f"{found[found != np.round(found)][0]:g}. {remedy}; numbers are judged by r2_score and "
            "mean_absolute_error."
        )
    return found


def _numbers(whose: str, t: object, predicted: object) -> tuple[np.ndarray, np.ndarray]:
    """Both as float64 (n, k), so that (n,) and (n, 1) pair up row by row."""
    pair = []
    for name, a in ("t", t), ("predicted", predicted):
        a = real(whose, name, a).astype(float)
        pair.append(a[:, None] if a.ndim == 1 else a)
    t, predicted = pair
    same_length(whose, "rows", {"t": t, "predicted": predicted})
    if t.ndim != 2 or t.shape != predicted.shape:
        raise ValueError(
            f"{whose} expects t and predicted of one shape, (n,), (n, 1) or (n, k); "
            f"got {t.shape} and {predicted.shape}."
        )
    finite(whose, "t", t)
    finite(whose, "predicted", predicted)
    return t, predicted
