"""Exercises on training, for chapter 3."""

from __future__ import annotations

import functools

import numpy as np

from ...datasets import moons
from ...losses import BinaryCrossEntropy
from ...mlp import mlp
from ...optimizers import SGD
from ...training import train
from ..exercise import Case, Mistake, add
from .loops import (
    by_hand,
    by_library,
    drawn,
    either_order,
    in_blocks,
    shuffles_batches,
    slices,
    spoiled_loop,
    ten_by_four,
)

add(
    "training.mini_batches",
    "Mini-batches",
    level=2,
    reference=lambda n, size, rng: slices(rng.permutation(n), size),
    call=drawn,
    cases=lambda rng: [
        Case("12 samples by 4", 12, 4),
        Case("10 samples by 4", 10, 4),
        Case("9 samples by 4, the last one alone", 9, 4),
        Case("8 samples by 20", 8, 20),
    ],
    mistakes=[
        Mistake(
            "The last batch is dropped where size does not divide n, and its samples are never seen. It "
            "may be smaller.",
            lambda n, size, rng: slices(rng.permutation(n)[: max(n // size, 1) * size], size),
            when=lambda f: ten_by_four(f) == ([4, 4], 0, 1),
        ),
        Mistake(
            "You draw every batch anew, so some samples come twice in an epoch and others not at all. "
            "Shuffle all once, then cut.",
            lambda n, size, rng: [
                rng.permutation(n)[: min(size, n - i)] for i in range(0, n, size)
            ],
            when=lambda f: ten_by_four(f)[1:] > (0, 1) and ten_by_four(f)[1] == 0,
        ),
        Mistake(
            "The samples are not shuffled: they come in the order of the file, which may be sorted by "
            "class.",
            lambda n, size, rng: slices(np.arange(n), size),
        ),
        Mistake(
            "Every epoch has the same order: you make a generator of your own with a fixed seed. Use the "
            "rng that is given, it goes on from where it was.",
            lambda n, size, rng: slices(np.random.default_rng(0).permutation(n), size),
        ),
        Mistake(
            "You shuffle with a generator of numpy's own. Then nobody can repeat the run from its seed: "
            "draw with the rng that is given.",
            lambda n, size, rng: slices(np.random.default_rng().permutation(n), size),
        ),
        Mistake(
            "Where size divides n, your last batch is empty: its loss would be a mean over nothing.",
            lambda n, size, rng: [
                *slices(rng.permutation(n), size),
                *([np.zeros(0, int)] if n % size == 0 else []),
            ],
        ),
        Mistake(
            "You cut into n // size or so batches of equal size, whatever size says. Every batch has "
            "`size` samples, but the last.",
            lambda n, size, rng: np.array_split(rng.permutation(n), -(-n // size)),
            when=lambda f: ten_by_four(f) == ([4, 3, 3], 1, 1),
        ),
        Mistake(
            "You shuffle finished batches: the same samples sit together in every epoch. Shuffle the "
            "samples first, then cut.",
            in_blocks,
            when=shuffles_batches,
        ),
        Mistake(
            "Only the first batch is there. Is `return` inside of the loop?",
            lambda n, size, rng: slices(rng.permutation(n), size)[:1],
        ),
        Mistake(
            "The batches overlap: they begin one sample apart. Cut in steps of `size`, range(0, n, size).",
            lambda n, size, rng: (lambda order: [order[i : i + size] for i in range(n)])(
                rng.permutation(n)
            ),
        ),
        Mistake(
            "The whole epoch is one batch. Cut the order into pieces of `size` samples.",
            lambda n, size, rng: [rng.permutation(n)],
        ),
    ],
    remark="Some loaders drop a smaller last batch, so that all steps are alike and batch "
    "normalization never sees a batch of one; the dropped samples are others in each epoch. "
    "Drawing each batch afresh, with replacement, also works in practice; an epoch then "
    "has no meaning.",
)


def loop_mistake(says, what):
    return Mistake(says, lambda *given: spoiled_loop(*given, what=what))


add(
    "training.loop",
    "Four steps in a circle",
    level=3,
    reference=by_library,
    plain=by_hand,
    call=either_order,
    cases=lambda rng: [
        Case("one hidden layer, a single step on all samples", 1, 0.5, 30, 1),
        Case("one hidden layer, three full batches", 1, 0.5, 30, 3),
        Case("two hidden layers, batches of 8", 2, 0.3, 8, 4),
        Case("a batch of a single sample at the end", 1, 0.3, 29, 2),
        Case("with batch normalization", 1, 0.3, 10, 2, "batch"),
    ],
    mistakes=[
        loop_mistake(
            "The gradient is never set to zero. `backward` adds to net.grad, so the old gradients go on "
            "pushing for ever.",
            "not zeroed",
        ),
        loop_mistake("The sign of the update is wrong: you climb, and the losses rise.", "climbs"),
        loop_mistake(
            "You divide by the size of the batch once more. The loss is a mean, and loss.backward has "
            "taken care of it.",
            "mean twice",
        ),
        loop_mistake(
            "The parameters never move. Either net.grad is 0 at the update (no backward, or zero_grad "
            "after it), or the new theta is not stored in net.theta.",
            "no update",
        ),
        loop_mistake(
            "The samples come in the order of the data. Draw a new order in each epoch.", "in order"
        ),
        loop_mistake(
            "The inputs are shuffled, the targets are not, so the net is told wrong answers: take the "
            "same rows of both.",
            "unpaired",
        ),
        loop_mistake(
            "The samples are shuffled once, before the first epoch. Draw a new order in each.",
            "one order",
        ),
        loop_mistake(
            "The path is right, but the losses you return are those after the update. Record the value "
            "of the forward pass, which costs nothing more.",
            "loss after",
        ),
        loop_mistake(
            "theta is updated once an epoch. Every mini-batch makes a step of its own.",
            "once an epoch",
        ),
        loop_mistake(
            "The gradient is set to zero once an epoch. Within it, the old batches' gradients go on pushing: "
            "zero it before each backward.",
            "zeroed once an epoch",
        ),
        loop_mistake(
            "The learning rate is missing: net.theta moves by the whole gradient.", "no rate"
        ),
        loop_mistake(
            "The smaller batch at the end of an epoch is left out. It makes a step, too.",
            "last dropped",
        ),
        loop_mistake(
            "Each step sees all samples. It is to see the rows of its batch only.", "all rows"
        ),
        loop_mistake(
            "It ends after one epoch. Is `return` inside of the loop over the epochs?",
            "first epoch",
        ),
        loop_mistake(
            "The path is right. You return one loss for each epoch, the mean of its batches; wanted is one "
            "for each step.",
            "one loss an epoch",
        ),
        loop_mistake(
            "Right, but for layers that behave otherwise in training, as batch normalization does: call "
            "net.forward with train=True.",
            "not in training",
        ),
        loop_mistake(
            "The way is right, but you shuffle x and t themselves, which belong to the caller: take rows "
            "of them, x[rows], or make new arrays.",
            "data shuffled",
        ),
    ],
    remark="In PyTorch the same four steps are loss = ..., optimizer.zero_grad(), loss.backward(), "
    "optimizer.step(). Its gradients add up until they are zeroed, as here, so that "
    "several small batches can be collected into one large step.",
)

DEPTHS, RATES, STEPS = (1, 2, 3, 4), (0.03, 0.1, 0.3, 1, 3), 200  # of the figure in the notebook


def two_moons():
    """60 points around (0, 0), and their labels as a column."""
    x, t = moons(60, noise=0.15, rng=np.random.default_rng(0))
    return x - x.mean(axis=0), t[:, None].astype(float)


@functools.cache
def trained(depth, activation, lr):
    """A net of 8 units a layer after full-batch descent on two_moons, and its losses."""
    net = mlp(2, 1, depth=depth, width=8, activation=activation, rng=np.random.default_rng(3))
    steps = train(net, BinaryCrossEntropy(), SGD(lr), *two_moons(), batch=None, epochs=STEPS)
    return net, np.array([step.loss for step in steps])


@functools.cache
def first_rates(activation):
    """For each depth, the smallest rate that ends below a loss of 0.5."""
    return [
        next(lr for lr in RATES if trained(depth, activation, lr)[1][-1] < 0.5) for depth in DEPTHS
    ]


add(
    "training.rate_by_depth",
    "A rate for each depth",
    level=1,
    reference=lambda: first_rates("sigmoid"),
    made=True,
    mistakes=[
        Mistake(
            "You give every depth the rate that suits one hidden layer. Set the depth to 4 and this rate, "
            "and look at the curve: it has not left ln 2.",
            lambda: [0.1, 0.1, 0.1, 0.1],
        ),
        Mistake(
            "You expect that deeper networks need smaller rates. For the sigmoid it is the other way "
            "around here: each layer makes the slopes of those below it smaller, so the steps must be "
            "longer.",
            lambda: [3, 1, 0.3, 0.1],
        ),
        Mistake(
            "These rates end with the lowest loss. Asked for is the smallest rate that ends below 0.5.",
            lambda: [3, 3, 3, 3],
        ),
        Mistake(
            "0.03 is enough for tanh and ReLU at every depth. Set the activation to sigmoid.",
            lambda: [0.03, 0.03, 0.03, 0.03],
        ),
        Mistake(
            "At each of these rates the loss has begun to fall, or is about to, but it ends above 0.5. "
            "Read the last number of the caption.",
            lambda: [0.03, 0.1, 0.3, 1],
        ),
        Mistake(
            "These are one stop too large at every depth but the last. With each of them the loss ends below "
            "0.5, but a smaller one does it as well.",
            lambda: [0.3, 1, 3, 3],
        ),
        Mistake(
            "Your list holds numbers that are no rates of the figure, which are 0.03, 0.1, 0.3, 1 and 3. "
            "Wanted are the rates themselves, not the losses, and not their places.",
            lambda: [1, 2, 3, 4],
            when=lambda rates: (
                np.shape(rates) == (4,) and not np.isclose(np.c_[rates], RATES).any(axis=1).all()
            ),
        ),
    ],
    remark="Plain descent is as fragile as this figure shows; that is why deep networks are "
    "trained with Adam, whose step does not depend on the size of the gradient, and with an "
    "initialization and a normalization that keep that size level.",
)

add(
    "training.loss_at_start",
    "The loss that knows nothing",
    level=1,
    reference=lambda k: np.log(k),
    cases=lambda rng: [Case("ten classes", 10), Case("two classes", 2), Case("1000 classes", 1000)],
    mistakes=[
        Mistake(
            "1/k is the probability of each class. The loss is minus its logarithm.",
            lambda k: 1 / k,
        ),
        Mistake(
            "You use the logarithm to base 2. The cross-entropy of the book uses the natural one.",
            lambda k: np.log2(k),
        ),
        Mistake(
            "You use the logarithm to base 10. The cross-entropy of the book uses the natural one.",
            lambda k: np.log10(k),
        ),
        Mistake(
            "(k − 1)/k is the fraction of wrong answers of who guesses, and also the squared error. The "
            "cross-entropy asks how probable the right class was held: minus the logarithm of that.",
            lambda k: (k - 1) / k,
        ),
        Mistake(
            "You add up −p log p and divide by k. For each sample the loss takes the right class's "
            "logarithm only, once.",
            lambda k: np.log(k) / k,
        ),
        Mistake(
            "You add up the losses of all classes. For each sample the loss takes the right "
            "class's logarithm only.",
            lambda k: k * np.log(k),
        ),
        Mistake(
            "This is the loss of k separate yes-or-no questions. Cross-entropy over k classes "
            "takes minus the logarithm of the right class's probability, and nothing for the "
            "others.",
            lambda k: np.log(k) - (k - 1) * np.log(1 - 1 / k),
        ),
        Mistake(
            "You return k, one over the probability. The loss is its logarithm.",
            lambda k: float(k),
        ),
        Mistake(
            "You take the logarithm of 1 − 1/k, the probability of all wrong classes together. The loss asks "
            "for that of the right one.",
            lambda k: -np.log(1 - 1 / k),
        ),
        Mistake(
            "This is the loss of k yes-or-no questions that are all open. A classifier of k "
            "classes shares one probability among them: 1/k for each.",
            lambda k: k * np.log(2),
        ),
    ],
    remark="With unequal classes even a network that ignores its input can do better: it gives "
    "each class its share of the data, and the loss falls to the entropy of these shares. "
    "For nine in ten and two classes that is 0.33, not 0.69.",
)


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


def first_rise(losses):
    for epoch in range(1, len(losses)):
        if losses[epoch] > losses[epoch - 1]:
            return epoch - 1, epoch
    return (len(losses) - 1,) * 2


add(
    "training.early_stopping",
    "When to stop",
    level=2,
    reference=lambda losses, patience: early(losses, patience),
    outputs=("keep", "last"),
    cases=lambda rng: [
        Case("falls, then rises", [0.9, 0.5, 0.4, 0.6, 0.7, 0.8], 2),
        Case("falls to the end", [0.9, 0.8, 0.7], 3),
        Case("rises from the start, but not for long enough", [0.5, 0.6, 0.7], 4),
        Case("a patience of one", [0.9, 0.7, 0.75, 0.6], 1),
        Case("a single epoch", [0.7], 2),
        Case("tiny improvements", [0.5, 0.499999, 0.499998, 0.6, 0.7, 0.8], 2),
        Case("large losses", [3000.0, 2500.0, 2600.0, 2400.0, 2450.0, 2500.0], 2),
        Case("a better one comes too late", [0.9, 0.5, 0.6, 0.7, 0.8, 0.1], 3),
        Case("up and down, above the best", [0.5, 0.9, 0.8, 0.7, 0.6, 0.55], 3),
        Case("equal to the best", [0.9, 0.5, 0.6, 0.5, 0.6, 0.7, 0.8], 3),
        Case("thirty random epochs", [float(v) for v in np.round(rng.uniform(0.3, 1, 30), 3)], 5),
    ],
    mistakes=[
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
    ],
    remark="Libraries often ask for an improvement by some least amount, a `min_delta`, since "
    "validation losses are noisy, and some keep the last parameters unless told to restore "
    "the best. Look which.",
)
