"""When training stops early, for chapter 3, and other rules that people write."""

from __future__ import annotations

import numpy as np

from ..exercise import Mistake


def early(losses, patience, better=lambda now, best: now < best, since="best", extra=0, end=1):
    """(the epoch to keep, the last epoch run), counted from 0."""
    best, waited, before = 0, 0, losses[0]
    for epoch in range(1, len(losses)):
        if better(losses[epoch], losses[best]):
            best, waited = epoch, waited if since == "never" else 0
        else:
            waited = 0 if since == "last" and losses[epoch] < before else waited + 1
        before = losses[epoch]
        if waited == patience + extra:
            return best, epoch
    return best, len(losses) - end


def from_number(losses, patience, best):
    keep = waited = 0
    for epoch, loss in enumerate(losses):
        if loss < best:
            best, keep, waited = loss, epoch, 0
        else:
            waited += 1
        if waited == patience:
            return keep, epoch
    return keep, len(losses) - 1


def since_the_last(losses, patience):
    keep = waited = 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[epoch - 1]:
            keep, waited = epoch, 0
        else:
            waited += 1
        if waited == patience:
            return keep, epoch
    return keep, len(losses) - 1


def first_rise(losses):
    for epoch in range(1, len(losses)):
        if losses[epoch] > losses[epoch - 1]:
            return epoch - 1, epoch
    return (len(losses) - 1,) * 2


MISTAKES = [
    Mistake(
        "You take the lowest loss of the whole list. When training stops, the later epochs have not "
        "been run; the rule can't see them.",
        lambda losses, patience: (int(np.argmin(losses)), early(losses, patience)[1]),
    ),
    Mistake(
        "You begin to count anew whenever the loss falls against the epoch before. Only a new best "
        "counts.",
        lambda losses, patience: early(losses, patience, since="last"),
    ),
    Mistake(
        "You count all epochs that were no new best, in a row or not. A new best starts the count "
        "again.",
        lambda losses, patience: early(losses, patience, since="never"),
    ),
    Mistake(
        "You never stop: the whole list is run. Give up after `patience` epochs without a new best.",
        lambda losses, patience: (int(np.argmin(losses)), len(losses) - 1),
    ),
    Mistake(
        "Where nothing stops it, your last is the number of epochs. They are counted from 0, so the "
        "last one is one less.",
        lambda losses, patience: early(losses, patience, end=0),
    ),
    Mistake(
        "You stop at the first rise, whatever the patience.",
        lambda losses, patience: first_rise(losses),
    ),
    Mistake(
        "keep is a loss. Wanted is the epoch's number, to know whose parameters to take.",
        lambda losses, patience: (
            losses[early(losses, patience)[0]],
            early(losses, patience)[1],
        ),
    ),
    Mistake(
        "You stop one epoch too late: when `patience` epochs in a row have brought no new best, it "
        "is over.",
        lambda losses, patience: early(losses, patience, extra=1),
    ),
    Mistake(
        "You stop one epoch too early: `patience` epochs without a new best are granted in full.",
        lambda losses, patience: early(losses, patience, extra=-1),
    ),
    Mistake(
        "A loss equal to the best counts as a new best. It is no improvement: compare with <.",
        lambda losses, patience: early(losses, patience, better=lambda now, best: now <= best),
    ),
    Mistake(
        "You keep the last epoch's parameters. Those of the best epoch are wanted; that is why a copy "
        "was kept.",
        lambda losses, patience: (early(losses, patience)[1],) * 2,
    ),
    Mistake(
        "You count epochs from 1. Here the first one is number 0, as in the list.",
        lambda losses, patience: tuple(e + 1 for e in early(losses, patience)),
    ),
    Mistake(
        "Your last is always keep + patience. Where the list ends before, its last epoch is the last.",
        lambda losses, patience: (
            early(losses, patience)[0],
            early(losses, patience)[0] + patience,
        ),
    ),
    Mistake(
        "Your last is the best epoch. It is the last one that is run: the best, and the epochs that were "
        "waited in vain.",
        lambda losses, patience: (early(losses, patience)[0],) * 2,
    ),
    Mistake(
        "Your best loss begins with a number such as 1 or 10, which no epoch of a larger loss can beat. "
        "Begin with the first loss, or with infinity.",
        lambda losses, patience: from_number(losses, patience, 100.0),
    ),
    Mistake(
        "Where all losses are large, epoch 0 stays your best, as if it had been a small one. The best "
        "loss begins with the first one, or with infinity, and not with a number such as 1.",
        lambda losses, patience: early([min(losses[0], 1.0), *losses[1:]], patience),
    ),
    Mistake(
        "You ask for an improvement by some least amount. Here any loss smaller than the best counts.",
        lambda losses, patience: early(
            losses, patience, better=lambda now, best: now < best - 1e-4
        ),
    ),
    Mistake(
        "You compare each loss with that of the epoch before. One that falls can still lie above the best: "
        "keep the smallest loss so far, and compare with that.",
        since_the_last,
    ),
    Mistake(
        "Your best loss begins with 0 or less, which no loss beats, so epoch 0 is kept for ever. Begin with "
        "the first loss, or with infinity.",
        lambda losses, patience: from_number(losses, patience, 0.0),
    ),
    Mistake(
        "Your keep lies `patience` epochs before the last, however training has ended. Where the list ends "
        "first, fewer epochs have passed since the best one.",
        lambda losses, patience: (
            max(early(losses, patience)[1] - patience, 0),
            early(losses, patience)[1],
        ),
    ),
]
