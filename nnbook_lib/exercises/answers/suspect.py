"""Diagnosis as an order of questions, and the same with questions left out or in another order."""

from __future__ import annotations

import numpy as np

from ..exercise import Case

FAULTS = (
    "outputs too large",
    "dead units",
    "vanishing gradients",
    "exploding gradients",
    "learning rate too large",
    "learning rate too small",
)


def suspect(loss_start, guess, dead, ratio, update):
    """The first fault of the table that holds."""
    if loss_start > 3 * guess:
        return "outputs too large"
    if dead > 0.8:
        return "dead units"
    if ratio < 1e-3:
        return "vanishing gradients"
    if ratio > 1e3:
        return "exploding gradients"
    if update > 0.1:
        return "learning rate too large"
    if update < 1e-5:
        return "learning rate too small"
    return "healthy"


def suspected(measured: tuple, order=FAULTS, at_limit=False, factor=3, guess=None):
    """The same, asked in this order; at_limit: also where a number is equal to its limit."""
    loss_start, told, dead, ratio, update = measured
    above = np.greater_equal if at_limit else np.greater
    holds = {
        "outputs too large": above(loss_start, factor * (told if guess is None else guess)),
        "dead units": above(dead, 0.8),
        "vanishing gradients": above(1e-3, ratio),
        "exploding gradients": above(ratio, 1e3),
        "learning rate too large": above(update, 0.1),
        "learning rate too small": above(1e-5, update),
    }
    return next((fault for fault in order if holds[fault]), "healthy")


def suspect_cases() -> list[Case]:
    """Networks with one fault, with several, and at the limits."""
    return [
        Case("nothing is wrong", 2.4, 2.3, 0.05, 0.6, 1e-3),
        Case("a start at 40", 40.0, 2.3, 0.1, 2.0, 1e-3),
        Case("nine in ten units dead", 2.3, 2.3, 0.9, 0.5, 1e-3),
        Case("a gradient of a billionth", 2.3, 2.3, 0.0, 1e-9, 1e-3),
        Case("a gradient of a million", 2.6, 2.3, 0.0, 1e6, 1e-3),
        Case("steps as long as the weights", 2.4, 2.3, 0.1, 0.8, 1.2),
        Case("steps of a ten millionth", 2.4, 2.3, 0.1, 0.8, 1e-7),
        Case("three times the guess, and no more", 6.0, 2.0, 0.1, 0.8, 1e-3),
        Case("a little above three times the guess", 6.2, 2.0, 0.1, 0.8, 1e-3),
        Case("dead units a little above the limit", 2.3, 2.3, 0.82, 0.8, 1e-3),
        Case("a ratio a little below its lower limit", 2.3, 2.3, 0.1, 9.9e-4, 1e-3),
        Case("a ratio a little above its upper limit", 2.3, 2.3, 0.1, 1001.0, 1e-3),
        Case("steps a little too long", 2.3, 2.3, 0.1, 0.8, 0.11),
        Case("steps a little too short", 2.3, 2.3, 0.1, 0.8, 9e-6),
        Case("two classes: the guess is 0.7", 2.5, 0.7, 0.1, 0.8, 1e-3),
        Case("a thousand classes: the guess is 6.9", 8.0, 6.9, 0.1, 0.8, 1e-3),
        Case("each at its lower limit", 2.4, 2.3, 0.8, 1e-3, 1e-5),
        Case("each at its upper limit", 2.4, 2.3, 0.8, 1e3, 0.1),
        Case("dead units, and no gradient below them", 2.3, 2.3, 0.9, 1e-9, 1e-3),
        Case("a large start, and dead units", 40.0, 2.3, 0.9, 0.5, 1e-3),
        Case("a large start, an exploding gradient, large steps", 40.0, 2.3, 0.0, 1e6, 0.9),
        Case("dead units and tiny steps", 2.3, 2.3, 0.95, 0.5, 1e-6),
        Case("a vanishing gradient and tiny steps", 2.3, 2.3, 0.0, 1e-9, 1e-7),
        Case("an exploding gradient and large steps", 2.6, 2.3, 0.0, 1e6, 0.9),
        Case("a vanishing gradient and large steps", 2.6, 2.3, 0.0, 1e-5, 0.9),
    ]


def in_order(*places, **how):
    """An answer that asks the questions of these places in the table, in this order."""
    return lambda *measured: suspected(measured, [FAULTS[k] for k in places], **how)


def renamed(one, other):
    """An answer that says each of two faults where the other holds."""
    names = {one: other, other: one}
    return lambda *measured: names.get(suspect(*measured), suspect(*measured))
