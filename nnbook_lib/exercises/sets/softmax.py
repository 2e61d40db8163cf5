"""What people compute for softmax, for chapter 1."""

from __future__ import annotations

import numpy as np

from ... import functions
from ..exercise import Mistake


def naive_softmax(u):
    return np.exp(u) / np.exp(u).sum(axis=1, keepdims=True)


def shifted_by(u, shift):
    return naive_softmax(u - shift)


MISTAKES = [
    Mistake(
        "You subtract the mean of the row. That is allowed, and not enough: a logit far above the mean "
        "still overflows. Subtract the largest.",
        lambda u: (
            np.exp(u - u.mean(axis=1, keepdims=True))
            / np.exp(u - u.mean(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
        ),
    ),
    Mistake(
        "e^3000 overflows to infinity, and infinity / infinity is NaN. Softmax does not change when "
        "every logit of a row falls by the same number: subtract the row's largest one first.",
        naive_softmax,
    ),
    Mistake(
        "You divide by the sum over the whole batch. Each row is a distribution of its own: sum with "
        "axis=1, keepdims=True.",
        lambda u: np.exp(u - u.max()) / np.exp(u - u.max()).sum(),
    ),
    Mistake(
        "You normalize the columns. A sample is a row, so sum over axis=1.",
        lambda u: np.exp(u - u.max(0)) / np.exp(u - u.max(0)).sum(axis=0),
    ),
    Mistake(
        "You divide by the row's largest logit instead of subtracting it. That is another "
        "temperature for every row, and it divides by zero where the largest logit is 0.",
        lambda u: functions.softmax(u / u.max(axis=1, keepdims=True)),
    ),
    Mistake(
        "The exponentials are missing: you divide the logits themselves by their sum.",
        lambda u: u / u.sum(axis=1, keepdims=True),
    ),
    Mistake(
        "You subtract the largest logit of the batch, not of each row. Where a row lies far below it, "
        "all its exponentials round to 0, and 0/0 is NaN. Take the largest of each row.",
        lambda u: np.exp(u - u.max()) / np.exp(u - u.max()).sum(axis=1, keepdims=True),
    ),
    Mistake(
        "You subtract the largest logit of each column. A row changes by one number only if that "
        "number is the same for all its logits: take the largest of each row.",
        lambda u: functions.softmax(u - u.max(axis=0)),
    ),
    Mistake(
        "You subtract the largest size, |u|. Where all logits are far below 0 that pushes them further "
        "down, their exponentials round to 0, and 0/0 is NaN. Subtract the largest logit.",
        lambda u: shifted_by(u, np.abs(u).max(axis=1, keepdims=True)),
    ),
    Mistake(
        "Without keepdims=True the sums have shape (n,), and numpy lines them up with the columns: that "
        "fails as soon as there are more rows than one.",
        lambda u: np.exp(u - u.max(axis=1)) / np.exp(u - u.max(axis=1)).sum(axis=1),
    ),
    Mistake(
        "Large logits are cut off, so 1000 and 999 become the same number and the same probability. "
        "Subtract each row's largest logit instead: that changes nothing but the overflow.",
        lambda u: naive_softmax(np.clip(u, -500, 500)),
    ),
    Mistake(
        "You divide by the row's largest exponential, so the largest entry is 1. Divide by their sum.",
        lambda u: np.exp(u - u.max(axis=1, keepdims=True)),
    ),
    Mistake(
        "These are the logarithms of the probabilities. Take np.exp of them.",
        functions.log_softmax,
    ),
    Mistake(
        "You put each logit through a sigmoid by itself, so a row does not sum to 1. Softmax shares one "
        "sum among the logits of a row.",
        functions.sigmoid,
    ),
    Mistake(
        "You give all to the largest logit. That is the hard maximum; softmax gives every class a share.",
        lambda u: (u == u.max(axis=1, keepdims=True)) * 1.0,
    ),
    Mistake(
        "A row of very large or very small logits comes out as 0: its exponentials have overflowed, or have "
        "all rounded to 0, and no repair of the NaN brings their numbers back. Subtract each row's largest "
        "logit first.",
        lambda u: np.nan_to_num(naive_softmax(u)),
    ),
    Mistake(
        "Where the exponentials overflow your result is NaN, and where all of them round to 0 it is 0, which "
        "is no distribution. Something small in the denominator cures neither: subtract each row's largest "
        "logit first.",
        lambda u: np.exp(u) / (np.exp(u).sum(axis=1, keepdims=True) + 1e-12),
    ),
    Mistake(
        "Only the first row is in your result. If there is a loop over the rows, `return` stands inside "
        "of it.",
        lambda u: functions.softmax(u[:1])[0],
    ),
    Mistake(
        "You give all to the largest logit, and of equal ones to the first. Softmax gives every class its "
        "share, and equal logits the same.",
        lambda u: np.eye(u.shape[1])[u.argmax(axis=1)],
    ),
]
