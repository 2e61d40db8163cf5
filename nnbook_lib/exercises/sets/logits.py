"""What people compute from logits, a loss and its gradient, for chapter 2."""

from __future__ import annotations

import numpy as np

from ... import functions
from ..exercise import Mistake


def picked(log_p, t):
    return log_p[np.arange(len(t)), t]


def softmax_of(u, shift):
    """Softmax as people write it, with u lowered by this shift first."""
    e = np.exp(u - shift)
    return e / e.sum(axis=1, keepdims=True)


def log_sum(u):
    return np.log(np.exp(u - u.max(axis=1, keepdims=True)).sum(axis=1)) + u.max(axis=1)


def gradient(u, t):
    """p - t, without 1/n."""
    return functions.softmax(u) - np.eye(u.shape[1])[t]


def has_a_ceiling(loss):
    """Whether a loss of 1000 is reported as less, and all else is right."""
    far, wrong, right = np.array([[0.0, 1000.0]]), np.array([0]), np.array([1])
    return (
        5 < loss(far, wrong) < 999
        and abs(loss(far, right)) < 1e-6
        and np.isclose(loss(np.zeros((1, 2)), wrong), np.log(2))
    )


CROSS_ENTROPY = [
    Mistake(
        "You add log(1 − p) of the other classes, too, as for one output with a sigmoid. Behind a softmax "
        "only the right class's logarithm counts.",
        lambda u, t: np.mean(
            [
                sum(-np.log(p if k == c else 1 - p) for k, p in enumerate(row))
                for row, c in zip(functions.softmax(u), t, strict=True)
            ]
        ),
    ),
    Mistake(
        "e^1000 overflows. Softmax does not change when every logit of a row falls by the same "
        "number: subtract the row's largest one first.",
        lambda u, t: -np.mean(picked(np.log(np.exp(u) / np.exp(u).sum(axis=1, keepdims=True)), t)),
    ),
    Mistake(
        "You take the logarithm of a probability that has been rounded to 0. The row's largest logit "
        "is subtracted, as it should be, but then log(e^u / sum) is still to be simplified: the "
        "logarithm of a quotient is a difference, and log(e^u) is u.",
        lambda u, t: -np.mean(picked(np.log(functions.softmax(u)), t)),
    ),
    Mistake(
        "Your loss has a ceiling: where it should be 1000 it is reported as less, and the gradient is gone "
        "there. Either a small number keeps the logarithm from 0, or logits are cut off. Leave "
        "that out, and use that log(e^u / sum) = u − log(sum).",
        lambda u, t: -np.mean(picked(np.log(functions.softmax(u) + 1e-12), t)),
        when=has_a_ceiling,
    ),
    Mistake(
        "You return the sum over the samples. The book's loss is their mean, taken here and nowhere "
        "else.",
        lambda u, t: -np.sum(picked(functions.log_softmax(u), t)),
    ),
    Mistake(
        "You divide by the number of entries, n times k. The mean is over the n samples; the zeros "
        "of the one-hot targets are no samples.",
        lambda u, t: -np.sum(picked(functions.log_softmax(u), t)) / u.size,
    ),
    Mistake(
        "u[:, t] takes, for every row, the columns of all samples' labels. Each row has one label "
        "of its own: a row index must go with it.",
        lambda u, t: -np.mean(functions.log_softmax(u)[:, t]),
    ),
    Mistake(
        "This is half the squared error of the probabilities. Cross-entropy asks for one number of "
        "each row only: minus the logarithm of the right class's probability.",
        lambda u, t: np.mean(np.sum(gradient(u, t) ** 2, axis=1)) / 2,
    ),
    Mistake(
        "The logarithm is missing: this is the mean probability of the right class.",
        lambda u, t: np.mean(picked(functions.softmax(u), t)),
    ),
    Mistake(
        "Your softmax runs down the columns. A sample is a row, so its logits are summed over axis 1.",
        lambda u, t: -np.mean(picked(functions.log_softmax(u.T).T, t)),
    ),
    Mistake(
        "You take the probability of the class the network favors. The loss asks for the one of the "
        "right class, t.",
        lambda u, t: -np.mean(functions.log_softmax(u).max(axis=1)),
    ),
    Mistake(
        "The logarithm is to base 2. The book's loss has the natural one, np.log.",
        lambda u, t: -np.mean(picked(functions.log_softmax(u), t)) / np.log(2),
    ),
    Mistake(
        "You average the logarithms of all classes. The loss asks for one number of each row: the "
        "logarithm of the right class's probability.",
        lambda u, t: -np.mean(functions.log_softmax(u)),
    ),
    Mistake(
        "You add up the logarithms of all classes. The loss asks for one number of each row: the "
        "logarithm of the right class's probability.",
        lambda u, t: -np.mean(functions.log_softmax(u).sum(axis=1)),
    ),
    Mistake(
        "This is the logarithm of the sum alone; the logit of the right class is still to be subtracted.",
        lambda u, t: np.mean(log_sum(u)),
    ),
    Mistake(
        "The logarithm of the sum is missing: you return minus the right class's logit.",
        lambda u, t: -np.mean(picked(u, t)),
    ),
    Mistake(
        "The logarithm of the sum is missing: you return how far the right class's logit lies below the "
        "largest one.",
        lambda u, t: -np.mean(picked(u - u.max(axis=1, keepdims=True), t)),
    ),
    Mistake(
        "You subtract the largest logit of the batch. In a row that lies far below it every exponential "
        "rounds to 0, and so does the sum. Take the largest of each row.",
        lambda u, t: (
            -np.mean(
                picked(u - u.max() - np.log(np.exp(u - u.max()).sum(axis=1, keepdims=True)), t)
            )
        ),
    ),
    Mistake(
        "You subtract the largest size, |u|. Where all logits are far below 0 that pushes them further "
        "down, and their sum rounds to 0. Subtract the largest logit.",
        lambda u, t: (
            -np.mean(picked(np.log(softmax_of(u, np.abs(u).max(axis=1, keepdims=True))), t))
        ),
    ),
    Mistake(
        "Without keepdims=True the result for each row has shape (n,), and numpy lines it up with the "
        "columns: that fails as soon as there are more rows than one.",
        lambda u, t: (
            -np.mean(picked(u - u.max(axis=1) - np.log(np.exp(u - u.max(axis=1)).sum(axis=1)), t))
        ),
    ),
    Mistake(
        "This is the mean of 1 − p. Cross-entropy is minus the *logarithm* of p.",
        lambda u, t: np.mean(1 - picked(functions.softmax(u), t)),
    ),
    Mistake(
        "You multiply the logarithms with t and add up. t is the number of a class, no weight: take the "
        "logarithm in column t of each row.",
        lambda u, t: -np.mean(np.sum(t[:, None] * functions.log_softmax(u), axis=1)),
    ),
    Mistake(
        "Only the first sample's loss is in your result, divided by n. If there is a loop, `return` stands "
        "inside of it.",
        lambda u, t: -functions.log_softmax(u)[0, t[0]] / len(t),
    ),
    Mistake(
        "Your result is the loss of the first sample, whatever comes after it. Wanted is the mean over "
        "all of them.",
        lambda u, t: -functions.log_softmax(u)[0, t[0]],
    ),
]

P_MINUS_T = [
    Mistake(
        "The 1/n is missing. The loss is a mean over n samples, so a nudge of one sample's logit "
        "counts one n-th.",
        lambda u, t: gradient(u, t),
    ),
    Mistake(
        "You divide by the number of entries, n times k. The loss is a mean over the n samples.",
        lambda u, t: gradient(u, t) / u.size,
    ),
    Mistake(
        "The sign is wrong: this is t − p. The gradient points to where the loss rises; the minus of "
        "descent comes later, in the update.",
        lambda u, t: -gradient(u, t) / len(t),
    ),
    Mistake(
        "You subtract the target from the logits. The p of p − t are probabilities: softmax first.",
        lambda u, t: (u - np.eye(u.shape[1])[t]) / len(t),
    ),
    Mistake(
        "You multiply p − t with p(1 − p). That slope has cancelled already: softmax and "
        "cross-entropy are a matched pair, and p − t is the gradient at the logits.",
        lambda u, t: gradient(u, t) * functions.softmax(u) * (1 - functions.softmax(u)) / len(t),
    ),
    Mistake(
        "The wrong classes get no gradient. They hold probability too, and a rise of their logits "
        "takes it from the right class.",
        lambda u, t: gradient(u, t) * np.eye(u.shape[1])[t] / len(t),
    ),
    Mistake(
        "You subtract 1 from every entry. The target is 1 at the right class only, and 0 elsewhere.",
        lambda u, t: (functions.softmax(u) - 1) / len(t),
    ),
    Mistake(
        "This is the gradient at the probabilities, −t/p. Wanted is the one at the logits, one hop "
        "further back, through softmax.",
        lambda u, t: -np.eye(u.shape[1])[t] / functions.softmax(u) / len(t),
    ),
    Mistake(
        "Your softmax runs down the columns. A sample is a row, so its logits are summed over axis 1.",
        lambda u, t: (functions.softmax(u.T).T - np.eye(u.shape[1])[t]) / len(t),
    ),
    Mistake(
        "You subtract the label's number. Class 3 is no larger than class 1: the target is a row with "
        "a 1 at the right class and 0 elsewhere.",
        lambda u, t: (functions.softmax(u) - t[:, None]) / len(t),
    ),
    Mistake(
        "[:, t] subtracts 1 from the columns of all labels, in every row. Each row has one label of "
        "its own: index rows and columns together.",
        lambda u, t: (functions.softmax(u) - np.eye(u.shape[1])[t].max(axis=0)) / len(t),
    ),
    Mistake(
        "This is p / n: the target has been forgotten. Every row of the gradient must sum to 0.",
        lambda u, t: functions.softmax(u) / len(t),
    ),
    Mistake(
        "e^1000 overflows, and infinity / infinity is NaN. Subtract each row's largest logit first, or "
        "take nn.softmax.",
        lambda u, t: (softmax_of(u, 0) - np.eye(u.shape[1])[t]) / len(t),
    ),
    Mistake(
        "You subtract the largest size, |u|. Where all logits are far below 0 their "
        "exponentials round to 0, and 0/0 is NaN. Subtract the largest logit, or take "
        "nn.softmax.",
        lambda u, t: (
            (softmax_of(u, np.abs(u).max(axis=1, keepdims=True)) - np.eye(u.shape[1])[t]) / len(t)
        ),
    ),
    Mistake(
        "You subtract the largest logit of the batch. In a row that lies far below it every exponential "
        "rounds to 0, and 0/0 is NaN. Take the largest of each row, or nn.softmax.",
        lambda u, t: (softmax_of(u, u.max()) - np.eye(u.shape[1])[t]) / len(t),
    ),
    Mistake(
        "Your softmax divides by the sum over the whole batch. Each row is a distribution of its own.",
        lambda u, t: (
            (functions.softmax(u.ravel()[None]).reshape(u.shape) - np.eye(u.shape[1])[t]) / len(t)
        ),
    ),
    Mistake(
        "You divide by the number of classes. The loss is a mean over the samples.",
        lambda u, t: gradient(u, t) / u.shape[1],
    ),
    Mistake(
        "The sign is wrong, and the 1/n is missing: this is t − p. The gradient points to where the loss "
        "rises, and the loss is a mean over n samples.",
        lambda u, t: -gradient(u, t),
    ),
    Mistake(
        "You set the entries of the right classes to −1. From what stands there, p, 1 is subtracted: "
        "`-=` in the place of `=`.",
        lambda u, t: (
            (functions.softmax(u) * (1 - np.eye(u.shape[1])[t]) - np.eye(u.shape[1])[t]) / len(t)
        ),
    ),
    Mistake(
        "Only the entries of the right classes are divided by n. The loss is a mean over the samples, so "
        "the whole row is.",
        lambda u, t: np.where(np.eye(u.shape[1])[t], gradient(u, t) / len(t), gradient(u, t)),
    ),
    Mistake(
        "Your one-hot rows are only as wide as the largest label at hand requires. They need a place for "
        "each class, whether it occurs or not: np.eye(u.shape[1])[t].",
        lambda u, t: (functions.softmax(u) - np.eye(t.max() + 1)[t]) / len(t),
    ),
]
