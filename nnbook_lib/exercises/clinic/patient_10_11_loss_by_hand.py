"""Patients 10 and 11 of the clinic: a loss by hand, over the wrong axis, and with a sum for a mean."""

from __future__ import annotations

import numpy as np

from ...functions import softmax
from ..exercise import Case, Mistake, add


def of_label(p, t):
    return p[np.arange(len(p)), t]


def by_hand(probabilities=softmax, value_by=len, delta_by=len, pick=of_label):
    """A cross-entropy and its gradient, divided by value_by(y) and delta_by(y)."""

    def loss_and_delta(y, t):
        p = probabilities(y)
        delta = p.copy()
        delta[np.arange(len(y)), t] -= 1
        return -np.log(pick(p, t)).sum() / value_by(y), delta / delta_by(y)

    return loss_and_delta


def batches(rng):
    return [
        Case(
            "two rows, three classes",
            np.array([[1.0, 2.0, 4.0], [0.0, 1.0, 0.0]]),
            np.array([2, 0]),
        ),
        Case("one row, three classes", np.array([[1.0, 2.0, 4.0]]), np.array([0])),
        Case("two rows, two classes", np.array([[0.0, 1.0], [3.0, 1.0]]), np.array([1, 0])),
        Case("five random rows", rng.normal(size=(5, 4)), rng.integers(0, 4, 5)),
        Case("forty random rows", rng.normal(size=(40, 10)), rng.integers(0, 10, 40)),
        Case("logits of 1000", np.array([[1000.0, 999.0], [3.0, 1.0]]), np.array([0, 1])),
        Case("certain of the wrong class", np.array([[1000.0, 0.0]]), np.array([1])),
    ]


def asked(answer, y, t):
    """What it returns; a loss that has overflowed counts as 1000, which is the exact one here."""
    result = answer(y, t)
    if not isinstance(result, tuple) or len(result) != 2 or np.ndim(result[0]) > 0:
        return result
    value, delta = result
    return (1000.0 if value > 999 else value), delta


def padded(answer_to=1e-9):
    """A loss that takes the logarithm of p + 1e-9."""
    return by_hand(pick=lambda p, t: of_label(p, t) + answer_to)


def hides(answer):
    """Whether a row that is certain of the wrong class costs little, and an ordinary one what it should."""
    y, t = np.array([[1000.0, 0.0]]), np.array([1])
    ordinary = np.array([[1.0, 2.0, 4.0], [0.0, 1.0, 0.0]]), np.array([2, 0])
    right = np.allclose(answer(*ordinary)[0], by_hand()(*ordinary)[0], rtol=1e-3)
    return right and answer(y, t)[0] < 800


def e_to(y, axis=1, over=1):
    """exp of y less its largest along one axis, divided by the sum over another."""
    e = np.exp(y - y.max(axis=axis, keepdims=True))
    return e / e.sum(axis=over, keepdims=True)


def without_keepdims(y):
    e = np.exp(y - y.max(axis=1))
    return e / e.sum(axis=1)


def every_column(y, t):
    delta = softmax(y)
    delta[:, t] -= 1
    return delta / len(y)


def log_of_delta(y, t):
    with np.errstate(all="ignore"):
        return -np.log(of_label(softmax(y), t) - 1).mean()


def late_ones(y, t):
    """What is wrong in delta where the ones are not divided by n."""
    ones = np.zeros(np.shape(y))
    ones[np.arange(len(y)), t] = 1
    return ones * (1 - 1 / len(y))


def none(y):
    return 1


add(
    "clinic.patient_10",
    "Patient 10: starts at 3.5, and bursts",
    level=1,
    reference=by_hand(),
    call=asked,
    outputs=("value", "delta"),
    cases=batches,
    remark="Libraries do not take the logarithm of p at all. ln p is y less its largest, less the "
    "logarithm of the sum of e: it needs no p, and is exact even where p would be 0.",
    mistakes=[
        Mistake(
            "Still ill. Add up the rows of p, then its columns: which of them is a distribution over the "
            "classes? An untrained net's loss is ln 32 here, and 32 is the number of rows.",
            by_hand(lambda y: e_to(y, 0, 0)),
        ),
        Mistake(
            "The sum is right now. The largest logit is still taken from each column: a row must lose the "
            "same number in every column, or its distribution changes.",
            by_hand(lambda y: e_to(y, 0, 1)),
        ),
        Mistake(
            "The largest logit is that of the row now; the sum still runs down the columns.",
            by_hand(lambda y: e_to(y, 1, 0)),
        ),
        Mistake(
            "You divide by the sum over the whole batch. Each row is a distribution of its own.",
            by_hand(lambda y: e_to(y, None, None)),
        ),
        Mistake(
            "The largest logit is no longer subtracted, and e^1000 overflows. Keep the trick, row by row.",
            by_hand(lambda y: np.exp(y) / np.exp(y).sum(axis=1, keepdims=True)),
        ),
        Mistake(
            "A little is added inside of the logarithm, or p is cut off before it. Then a row that is "
            "certain of the wrong class costs some 20 and not 1000. Without it the loss is inf there, or "
            "exact, with the logarithm taken of y less its largest: y - ln of the sum of e^y.",
            padded(),
            when=hides,
        ),
        Mistake(
            "You take the logarithm of the largest probability. The loss asks for that of the label, which "
            "may be another one.",
            by_hand(pick=lambda p, t: p.max(axis=1)),
        ),
        Mistake(
            "The axis is right. The mean is now taken over the classes too: n counts the rows only.",
            by_hand(value_by=np.size, delta_by=np.size),
        ),
        Mistake(
            "The axis is right, and keepdims=True is gone: largest and sum of a row must stand in a column, "
            "(n, 1), to be taken from that row.",
            by_hand(without_keepdims),
        ),
        Mistake(
            "`delta[:, t] -= 1` takes 1 from the columns of *all* labels, in every row. Row i has label "
            "t[i]: delta[np.arange(n), t].",
            lambda y, t: (by_hand()(y, t)[0], every_column(y, t)),
        ),
        Mistake(
            "The 1 is taken from p itself before the logarithm: `delta = p` is no copy. p.copy() is one.",
            lambda y, t: (log_of_delta(y, t), by_hand()(y, t)[1]),
        ),
        Mistake(
            "delta is divided by the number of classes. The mean runs over the rows, n.",
            by_hand(delta_by=lambda y: y.shape[1]),
        ),
        Mistake(
            "The largest of the whole batch is subtracted: a row far below it becomes 0 throughout, and 0/0 "
            "is NaN. Subtract the largest of each row.",
            by_hand(lambda y: e_to(y, None, 1)),
        ),
    ],
)
add(
    "clinic.patient_11",
    "Patient 11: well behaved in small groups",
    level=1,
    reference=by_hand(),
    call=asked,
    outputs=("value", "delta"),
    cases=batches,
    remark="PyTorch's losses have reduction='mean' and 'sum'. With masks and sequences of different lengths "
    "even a mean is a choice: over what?",
    mistakes=[
        Mistake(
            "Still ill: twice as many rows give a loss and a gradient twice as large. The learning rate "
            "then means something else for every batch size.",
            by_hand(value_by=none, delta_by=none),
        ),
        Mistake(
            "The number you see is a mean now, and the gradient is still a sum: the curve looks healthy, "
            "the steps are as long as before. delta is the derivative of value.",
            by_hand(delta_by=none),
        ),
        Mistake(
            "The number you see is still a sum. It is a mean of which delta must be the derivative: divide "
            "it by len(y).",
            by_hand(value_by=none),
        ),
        Mistake(
            "You divide by 32, the batch size of today. The last batch of an epoch may be smaller, and "
            "tomorrow's is another: take the number of rows that came.",
            by_hand(value_by=lambda y: 32, delta_by=lambda y: 32),
        ),
        Mistake(
            "np.mean over all entries of delta divides by rows times classes. The mean runs over the rows.",
            by_hand(delta_by=np.size),
        ),
        Mistake(
            "delta is divided by n twice. The mean is taken once, in the loss.",
            by_hand(delta_by=lambda y: len(y) ** 2),
        ),
        Mistake(
            "You divide by the number of classes. The mean runs over the rows, len(y).",
            by_hand(value_by=lambda y: y.shape[1], delta_by=lambda y: y.shape[1]),
        ),
        Mistake(
            "`//` drops the fraction of the mean. Divide with /.",
            lambda y, t: (by_hand(value_by=none)(y, t)[0] // len(y), by_hand()(y, t)[1]),
        ),
        Mistake(
            "delta is divided by n before the 1 is taken off: that 1 must be divided too.",
            lambda y, t: (by_hand()(y, t)[0], by_hand()(y, t)[1] - late_ones(y, t)),
        ),
        Mistake(
            "The softmax runs down the columns: each row is a distribution, axis=1. And e^1000 overflows, "
            "where nn.functions.softmax does not.",
            by_hand(lambda y: np.exp(y) / np.exp(y).sum(axis=0)),
        ),
        Mistake(
            "value is still a sum, and delta the hundredth of one. Neither is a mean: the rate belongs to "
            "the optimizer, and here len(y) is what both are divided by.",
            by_hand(value_by=none, delta_by=lambda y: 100),
        ),
        Mistake(
            "The logarithm is taken of the mean probability. The loss is the mean of the logarithms, one of "
            "each row.",
            lambda y, t: (-np.log(of_label(softmax(y), t).mean()), by_hand()(y, t)[1]),
        ),
    ],
)
