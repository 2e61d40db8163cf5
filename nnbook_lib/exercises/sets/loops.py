"""What the loops of chapter 3 are tried on: an epoch of mini-batches, and training; and spoiled ones."""

from __future__ import annotations

import functools

import numpy as np

from ...datasets import moons
from ...losses import BinaryCrossEntropy
from ...mlp import mlp
from ...network import loss_and_grad
from ...optimizers import SGD
from ...training import train

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
        "shuffled (1: yes)": int(list(one) != sorted(one)),
        "another order in the next epoch (1: yes)": int(list(one) != list(two)),
        "drawn with rng (1: yes)": int(list(one) == list(three)),
        "samples change their companions (1: yes)": int(
            size >= n or mixes([second, *later], n, size)
        ),
    }


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
    found = drawn(mini_batches, 12, 4)
    return (
        same_batches([batches_of(mini_batches(12, 4, rng), 12) for _ in range(5)])
        and list(found["sizes of the batches"]) == [4, 4, 4]
        and (found["visits to each sample"] == 1).all()
        and found["another order in the next epoch (1: yes)"] == 1
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
    as_they_were = np.array_equal(x, given[0]) and np.array_equal(t, given[1])
    return {
        "the way of net.theta": net.theta - before,
        "the losses": list(losses),
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


def spoiled_loop(net, loss, x, t, lr, size, epochs, rng, what=""):
    losses, order = [], rng.permutation(len(x)) if what == "one order" else np.arange(len(x))
    for _ in range(epochs if what != "first epoch" else 1):
        if what == "shuffled again":
            rng.shuffle(order)
        elif what not in ("one order", "in order"):
            order = rng.permutation(len(x))
        used = order[: len(x) // size * size] if what == "last dropped" else order
        for i, rows in enumerate(slices(used, size)):
            kept = what == "not zeroed" or (what == "zeroed once an epoch" and i)
            before = net.grad.copy() if kept else 0.0
            label = slice(i * size, i * size + size) if what == "unpaired" else rows
            seen = order if what == "all rows" else rows
            label = order if what == "all rows" else label
            training = what != "not in training"
            value, _ = loss_and_grad(net, loss, x[seen], t[label], train=training)
            net.grad += before
            if what != "no update" and not (what == "once an epoch" and i):
                rates = {"climbs": -lr, "mean twice": lr / len(rows), "no rate": 1.0}
                net.theta -= rates.get(what, lr) * net.grad
            losses.append(loss(net(x[rows]), t[rows]) if what == "loss after" else value)
        if what == "data shuffled":
            x[:], t[:] = x[order], t[order]
        if what == "one loss an epoch":
            steps = -(-len(x) // size)
            losses = [*losses[:-steps], np.mean(losses[-steps:])]
    return losses
