"""Exercises on training, for chapter 3."""

from __future__ import annotations

import functools

import numpy as np

from ...datasets import moons
from ...functions import log_softmax
from ...losses import BinaryCrossEntropy
from ...mlp import mlp
from ...optimizers import SGD
from ...training import train
from ..exercise import Case, Mistake, add
from . import stopping
from .loops import (
    LOOPS,
    by_hand,
    by_library,
    drawn,
    either_order,
    in_blocks,
    keeps_neighbors,
    shuffles_batches,
    slices,
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
        Mistake(
            "You make `size` batches. size says how many samples each of them holds: cut in steps of size.",
            lambda n, size, rng: np.array_split(rng.permutation(n), size),
            when=lambda f: ten_by_four(f) == ([3, 3, 2, 2], 1, 1),
        ),
        Mistake(
            "The last batch is filled up with samples that have had their turn in this epoch. It may be "
            "smaller.",
            lambda n, size, rng: (
                lambda order: slices(np.resize(order, -(-n // size) * size), size)
            )(rng.permutation(n)),
            when=lambda f: ten_by_four(f) == ([4, 4, 4], 1, 2),
        ),
        Mistake(
            "The samples that are left over go into the last full batch, which gets too large. They make a "
            "smaller batch of their own.",
            lambda n, size, rng: (lambda order, full: [*slices(order[:full], size), order[full:]])(
                rng.permutation(n), max(n // size - 1, 0) * size
            ),
            when=lambda f: ten_by_four(f) == ([4, 6], 1, 1),
        ),
        Mistake(
            "Samples that follow each other in the data stay together: your order is turned round or cut at "
            "another place, but not shuffled. Draw rng.permutation(n).",
            lambda n, size, rng: slices(np.roll(np.arange(n), rng.integers(n)), size),
            when=keeps_neighbors,
        ),
    ],
    remark="Some loaders drop a smaller last batch, so that all steps are alike and batch "
    "normalization never sees a batch of one; the dropped samples are others in each epoch. "
    "Drawing each batch afresh, with replacement, also works in practice; an epoch then "
    "has no meaning.",
)


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
    mistakes=LOOPS,
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


NAMED_RATES = (
    [0.1, 0.1, 0.1, 0.1],
    [3, 1, 0.3, 0.1],
    [3, 3, 3, 3],
    [0.03, 0.03, 0.03, 0.03],
    [0.03, 0.1, 0.3, 1],
    [0.3, 1, 3, 3],
)


def answer_by_depth():
    return np.array(first_rates("sigmoid"))


def several_wrong(rates):
    """Whether these are four of the rates, wrong at more than one depth, and not a list with a name."""
    rates = np.asarray(rates, dtype=float)
    on_slider = rates.shape == (4,) and np.isclose(rates[:, None], RATES).any(axis=1).all()
    wrong = on_slider and np.sum(~np.isclose(rates, answer_by_depth())) > 1
    return wrong and not any(np.allclose(rates, named) for named in NAMED_RATES)


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
        Mistake(
            "One rate cannot serve as the answer: wanted is a list of four, for the depths 1, 2, 3 and 4.",
            lambda: 3,
            when=lambda rates: isinstance(rates, int | float),
        ),
        Mistake(
            "A single word cannot serve as the answer: wanted is a list of the four rates, for depths 1 "
            "to 4.",
            lambda: "larger",
            when=lambda rates: isinstance(rates, str),
        ),
        Mistake(
            "There are more than four numbers in your list, and four depths. In Python a decimal has a "
            "point: 0.1 is one number, and 0, 1 are two.",
            lambda: [0, 1, 0, 3, 1, 3],
            when=lambda rates: np.ndim(rates) == 1 and len(rates) > 4,
        ),
        Mistake(
            "More than one rate is wrong, and with some of yours the loss ends above 0.5, the "
            "dotted line. To leave ln 2, the dashed line, is not enough.",
            lambda: [0.03, 0.03, 0.1, 1],
            when=lambda rates: several_wrong(rates) and (rates < answer_by_depth()).any(),
        ),
        Mistake(
            "With each of your rates the loss ends below 0.5. But for more than one depth a smaller rate "
            "does so as well.",
            lambda: [1, 1, 1, 3],
            when=lambda rates: several_wrong(rates) and (rates >= answer_by_depth()).all(),
        ),
    ],
    remark="Plain descent is as fragile as this figure shows; that is why deep networks are "
    "trained with Adam, whose step does not depend on the size of the gradient, and with an "
    "initialization and a normalization that keep that size level.",
)


def draws_numbers(answer):
    """Whether random numbers are drawn in an answer's code."""
    names = getattr(getattr(answer, "__code__", None), "co_names", ())
    return bool({"random", "default_rng", "normal", "randn"} & set(names))


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
            "Your logarithm has the weight 1/k, as in −p log p. For each sample the loss takes that of the "
            "right class, once and whole.",
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
        Mistake(
            "The loss becomes infinite, for the logarithm of 0 is taken. (`1 // k`, for example, rounds down "
            "to 0: divide with `/`.)",
            lambda k: np.inf,
        ),
        Mistake(
            "Random scores are no ignorance: some class is favored by chance. Who knows nothing gives each "
            "class the same probability, 1/k.",
            lambda k: -log_softmax(np.random.default_rng(0).normal(size=(1, k)))[0, 0],
            when=draws_numbers,
        ),
    ],
    remark="With unequal classes even a network that ignores its input can do better: it gives "
    "each class its share of the data, and the loss falls to the entropy of these shares. "
    "For nine in ten and two classes that is 0.33, not 0.69.",
)


add(
    "training.early_stopping",
    "When to stop",
    level=2,
    reference=lambda losses, patience: stopping.early(losses, patience),
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
    mistakes=stopping.MISTAKES,
    remark="Libraries often ask for an improvement by some least amount, a `min_delta`, since "
    "validation losses are noisy, and some keep the last parameters unless told to restore "
    "the best. Look which.",
)
