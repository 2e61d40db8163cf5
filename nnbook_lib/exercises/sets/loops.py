"""What the loops of chapter 3 are tried on, an epoch of mini-batches and training, and spoiled ones."""

from __future__ import annotations

import functools
from numbers import Real

import numpy as np

from ...datasets import moons
from ...losses import BinaryCrossEntropy
from ...mlp import mlp
from ...network import loss_and_grad
from ...optimizers import SGD
from ...training import train
from ..exercise import Mistake

# Mini-batches ---------------------------------------------------------------------------------


def drawn(mini_batches, n, size):
    """What two epochs of mini-batches are like."""
    rng, again = np.random.default_rng(n), np.random.default_rng(n)
    epochs = [mini_batches(n, size, r) for r in (rng, rng, again)]
    if epochs[0] is ... or epochs[0] is None:
        return epochs[0]
    first, second, repeated = (batches_of(epoch, n) for epoch in epochs)
    one, two, three = map(np.concatenate, (first, second, repeated))
    later = [batches_of(mini_batches(n, size, rng), n) for _ in range(20)]
    return {
        "sizes of the batches": np.array([batch.size for batch in first]),
        "visits to each sample": np.bincount(one, minlength=n),
        "shuffled (1: yes)": int(stays(later) < 0.5),
        "another order in the next epoch (1: yes)": int(list(one) != list(two)),
        "drawn with rng (1: yes)": int(list(one) == list(three)),
        "samples change their companions (1: yes)": int(
            size >= n or mixes([second, *later], n, size)
        ),
    }


def stays(epochs):
    """The share of samples that keep their place."""
    orders = [np.concatenate(epoch) for epoch in epochs]
    return np.mean([np.mean(order == np.arange(len(order))) for order in orders])


def mixes(epochs, n, size):
    """Whether batches hold other samples in each epoch, and neighbors share one no more than by chance."""
    shared = [
        any({i, (i + 1) % n} <= set(batch) for batch in epoch) for epoch in epochs for i in range(n)
    ]
    return not same_batches(epochs) and np.mean(shared) < (1 + (size - 1) / (n - 1)) / 2


def same_batches(epochs):
    """Whether each epoch has the same batches, in whichever order."""
    return len({frozenset(frozenset(map(int, batch)) for batch in epoch) for epoch in epochs}) == 1


def shuffles_batches(mini_batches):
    """Whether all is right, but that finished batches are shuffled."""
    rng = np.random.default_rng(0)
    epochs = [batches_of(mini_batches(12, 4, rng), 12) for _ in range(12)]
    orders = {tuple(map(int, np.concatenate(epoch))) for epoch in epochs}
    return all_visited(mini_batches) and same_batches(epochs) and len(orders) > 1


def keeps_neighbors(mini_batches):
    """Whether all is right, but that neighbors share a batch more often than by chance."""
    rng = np.random.default_rng(0)
    epochs = [batches_of(mini_batches(12, 4, rng), 12) for _ in range(20)]
    varies = not same_batches(epochs)
    return all_visited(mini_batches) and varies and not mixes(epochs, 12, 4)


def all_visited(mini_batches):
    """Whether batches have the right sizes and hold each sample once, by rng."""
    found = drawn(mini_batches, 12, 4)
    return (
        list(found["sizes of the batches"]) == [4, 4, 4]
        and (found["visits to each sample"] == 1).all()
        and found["drawn with rng (1: yes)"] == 1
    )


def in_blocks(n, size, rng):
    """Batches of neighbors, in random order."""
    blocks = slices(np.arange(n), size)
    return [rng.permutation(blocks[i]) for i in rng.permutation(len(blocks))]


def batches_of(epoch, n):
    """An epoch as a list of index arrays. TypeError or IndexError, in a learner's words."""
    batches = [np.asarray(batch) for batch in epoch]
    if any(batch.ndim != 1 for batch in batches):
        what = "single numbers" if all(batch.ndim == 0 for batch in batches) else "something else"
        raise TypeError(f"wanted is a list of index arrays, one for each batch; it holds {what}")
    if any(batch.dtype.kind == "f" and batch.size for batch in batches):
        raise TypeError(
            "indices are whole numbers, and yours are floats, as in an array made by np.zeros(n): use "
            "rng.permutation(n) as it comes"
        )
    wrong = [int(i) for batch in batches for i in batch if not 0 <= i < n]
    if wrong:
        raise IndexError(f"index {wrong[0]} is no sample of {n}, which are 0 to {n - 1}")
    return batches


def ten_by_four(f):
    """The sizes of its batches of 4 of 10 samples, the fewest and the most visits to a sample."""
    sizes, visits, *_ = drawn(f, 10, 4).values()
    return list(sizes), visits.min(), visits.max()


def slices(order, size):
    return [order[i : i + size] for i in range(0, len(order), size)]


# Training -------------------------------------------------------------------------------------


def on_moons(loop, depth, lr, size, epochs, norm=None):
    """The loop's losses and where it leads, on a small net and two moons."""
    rng = np.random.default_rng(depth)
    x, t = moons(30, noise=0.1, rng=rng)
    net = mlp(2, 1, depth=depth, width=4, activation="tanh", norm=norm, rng=rng)
    net.grad[...] = 1.0  # left over from something else
    before, t = net.theta.copy(), t[:, None].astype(float)
    given = x.copy(), t.copy()
    losses = loop(net, BinaryCrossEntropy(), x, t, lr, size, epochs, rng)
    if losses is ... or losses is None:
        return losses
    if not hasattr(losses, "__iter__"):
        raise TypeError("return a list with the loss of every step")
    losses = list(losses)
    odd = [one for one in losses if np.ndim(one) or not isinstance(one, Real | np.ndarray)]
    if odd:
        raise TypeError(
            "return one list with a number for every step, and nothing else; yours holds "
            f"something of the type {type(odd[0]).__name__}"
        )
    as_they_were = np.array_equal(x, given[0]) and np.array_equal(t, given[1])
    return {
        "the way of net.theta": net.theta - before,
        "the losses": losses,
        "x and t as they were (1: yes)": int(as_they_were),
    }


def either_order(loop, depth, lr, size, epochs, norm=None):
    """on_moons; what a loop gives that shuffles one order again and again counts as right, too."""
    case = depth, lr, size, epochs, norm
    came = on_moons(loop, *case)
    if isinstance(came, dict):
        again = on_moons(functools.partial(spoiled_loop, what="shuffled again"), *case)
        numbers = "the way of net.theta", "the losses"
        if all(
            np.shape(came[k]) == np.shape(again[k]) and np.allclose(came[k], again[k])
            for k in numbers
        ):
            return on_moons(by_library, *case) | {k: v for k, v in came.items() if k not in numbers}
    return came


def by_library(net, loss, x, t, lr, size, epochs, rng):
    """The library's loop."""
    steps = train(net, loss, SGD(lr), x, t, batch=size, epochs=epochs, rng=rng)
    return [step.loss for step in steps]


def by_hand(net, loss, x, t, lr, size, epochs, rng):
    """The same, step by step."""
    losses = []
    for _ in range(epochs):
        for rows in slices(rng.permutation(len(x)), size):
            value, _ = loss_and_grad(net, loss, x[rows], t[rows])
            net.theta -= lr * net.grad
            losses.append(value)
    return losses


def order_of(what, order, rng):
    """The order of an epoch, after the one before."""
    if what in ("shuffled again", "unpaired again"):
        rng.shuffle(order)
    elif what not in ("one order", "in order"):
        order = rng.permutation(len(order))
    return order


def batches_from(what, order, size):
    """The batches of an epoch."""
    left_out = {"last dropped": len(order) % size, "single dropped": int(len(order) % size == 1)}
    return slices(order[: len(order) - left_out.get(what, 0)], size)


def spoiled_loop(net, loss, x, t, lr, size, epochs, rng, what=""):
    losses, order = [], rng.permutation(len(x)) if what == "one order" else np.arange(len(x))
    for epoch in range(epochs if what != "first epoch" else 1):
        order = order_of(what, order, rng)
        other = rng.permutation(len(x)) if what == "two orders" else order
        batches = batches_from(what, order, size)
        for i, rows in enumerate(batches):
            late = what in ("zeroed once an epoch", "after the epoch") and i
            before = net.grad.copy() if what == "not zeroed" or late else 0.0
            place = slice(i * size, i * size + size)
            label = place if what.startswith("unpaired") else other[place]
            seen, label = (order, order) if what == "all rows" else (rows, label)
            training = what != "not in training"
            value, _ = loss_and_grad(net, loss, x[seen], t[label], train=training)
            if what == "y - t":
                y, tape = net.forward(x[seen], train=True)
                net.zero_grad()
                net.backward(y - t[label], tape)
            net.grad += before
            waits = {"once an epoch": i > 0, "after the epoch": i + 1 < len(batches)}
            if what != "no update" and not waits.get(what, False):
                rates = {"climbs": -lr, "mean twice": lr / len(rows), "no rate": 1.0}
                rates["slower"] = lr / (1 + epoch)
                net.theta -= rates.get(what, lr) * net.grad
            value = loss(net(x[rows]), t[rows]) if what == "loss after" else value
            losses.append(value * len(rows) if what == "sums" else value)
        if what == "data shuffled":
            x[:], t[:] = x[order], t[order]
        if what == "one loss an epoch":
            losses = [*losses[: -len(batches)], np.mean(losses[-len(batches) :])]
    return losses


def loop_mistake(says, what):
    return Mistake(says, lambda *given: spoiled_loop(*given, what=what))


LOOPS = [
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
    loop_mistake("The learning rate is missing: net.theta moves by the whole gradient.", "no rate"),
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
    loop_mistake(
        "Already the first loss is wrong, before any update: x is shuffled again in every epoch, and t is "
        "left as it was. Take the same rows of both.",
        "unpaired again",
    ),
    loop_mistake(
        "x and t are shuffled by two different orders, so that no input meets its own target. Draw one "
        "order, and take the same rows of both.",
        "two orders",
    ),
    loop_mistake(
        "The gradients of all batches are collected, and theta moves at the end of the epoch, once. Every "
        "mini-batch makes a step of its own.",
        "after the epoch",
    ),
    loop_mistake(
        "What goes back is y − t. That is no gradient of this loss: hand net.backward what "
        "loss.backward(saved) gives.",
        "y - t",
    ),
    loop_mistake(
        "Your learning rate falls from epoch to epoch, lr / (1 + epoch). It is to stay as it is.",
        "slower",
    ),
    loop_mistake(
        "The path is right. Your losses are multiplied with the number of samples; wanted is the mean of "
        "each batch, as the loss gives it.",
        "sums",
    ),
    loop_mistake(
        "A batch of a single sample at the end of an epoch is left out: the batches begin at "
        "range(0, len(x), size).",
        "single dropped",
    ),
]
