"""Wrong answers that a single case tells from right ones, and right ones that look unusual."""

import numpy as np
import pytest

import nnbook_lib as nn
from nnbook_lib.exercises import check, find


def softmax_by_size(u):
    e = np.exp(u - np.abs(u).max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def two_axes_at_most(f, x, h):
    if x.ndim > 2:
        return np.zeros_like(x)
    return nn.numeric_gradient(f, x, h)


def blocks(n, size, rng):
    return [rng.permutation(np.arange(i, min(i + size, n))) for i in range(0, n, size)]


def rolled(n, size, rng):
    order = np.roll(np.arange(n), rng.integers(n))
    return [order[i : i + size] for i in range(0, n, size)]


def looped(in_training=True, kept=True):
    def train(net, loss, x, t, lr, size, epochs, rng):
        losses, order = [], np.arange(len(x))
        for _ in range(epochs):
            rng.shuffle(order)
            xs, ts = x[order], t[order]
            if not kept:
                x[:], t[:], order = xs, ts, np.arange(len(x))
            for i in range(0, len(x), size):
                y, tape = net.forward(xs[i : i + size], train=in_training)
                value, saved = loss.forward(y, ts[i : i + size])
                net.grad *= 0
                net.backward(loss.backward(saved), tape)
                net.theta -= lr * net.grad
                losses.append(value)
        return losses

    return train


def stopped(best=np.inf, least=0.0):
    def early_stopping(losses, patience):
        lowest, keep = best, 0
        for epoch, loss in enumerate(losses):
            if loss < lowest - least:
                lowest, keep = loss, epoch
            elif epoch - keep == patience:
                return keep, epoch
        return keep, len(losses) - 1

    return early_stopping


def forgets_its_best(losses, patience):
    keep, last = stopped()(losses, patience)
    return (keep, last) if last - keep == patience else (len(losses) - 1, last)


def at_most_100(factor, limit):
    return next((n for n in range(100) if factor**n < limit), 100)


def clipped(grads, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads))
    return [g * (limit / norm) for g in grads] if norm > limit else grads


class TracksAlways(nn.BatchNorm):
    """Moves the running variance after a pass in evaluation, too."""

    def track(self, saved):
        if saved[-1] is None:
            self.running_var *= 1.02
        super().track(saved)


WRONG = {
    "logits of -3000": ("forward.softmax", softmax_by_size),
    "three axes": ("gradients.numeric", two_axes_at_most),
    "the library's division": ("gradients.divide", lambda a, b: a / b),
    "batches that never mix": ("training.mini_batches", blocks),
    "an order turned": ("training.mini_batches", rolled),
    "not in training": ("training.loop", looped(in_training=False)),
    "the caller's data shuffled": ("training.loop", looped(kept=False)),
    "a best of 1": ("training.early_stopping", stopped(best=1.0)),
    "a best of 100": ("training.early_stopping", stopped(best=100.0)),
    "a least improvement": ("training.early_stopping", stopped(least=1e-4)),
    "no stop, so the last": ("training.early_stopping", forgets_its_best),
    "at most 100 layers": ("vanishing.layers_until", at_most_100),
    "the same arrays": ("exploding.clip_by_norm", clipped),
    "a variance that moves after evaluation": ("normalization.layer", TracksAlways),
}


@pytest.mark.parametrize(("name", "answer"), WRONG.values(), ids=WRONG)
def test_a_case_tells_it_from_the_right_one(name, answer):
    assert check(name, answer).verdict.status == "wrong"


def chained(a, b):
    """a times 1/b, of which the second is made by hand."""
    inverse = nn.autodiff.Tensor(1 / b.data, (b,), (lambda g: -g / b.data**2,))
    return a * inverse


def by_logarithms(factor, limit):
    return int(np.floor(np.log(limit) / np.log(factor))) + 1


def by_interpolation(x, a, b, height):
    return np.interp(x, [a, (3 * a + b) / 4, (a + 3 * b) / 4, b], [0, height, height, 0])


RIGHT = {
    "a bump drawn in another way": ("forward.bump", by_interpolation),
    "a division in two steps": ("gradients.divide", chained),
    "an order shuffled again, net.grad *= 0": ("training.loop", looped()),
    "logarithms": ("vanishing.layers_until", by_logarithms),
    "an order sorted from noise": (
        "training.mini_batches",
        lambda n, size, rng: np.split(np.argsort(rng.random(n)), range(size, n, size)),
    ),
}


@pytest.mark.parametrize(("name", "answer"), RIGHT.values(), ids=RIGHT)
def test_it_looks_unusual_and_is_right(name, answer):
    assert check(name, answer), check(name, answer)


@pytest.mark.parametrize("v", [(2, -4, 2), (1, -3, 2), (1, -1.5, 0.5), (1, -2, 7), (0.9, -2, 1.1)])
def test_of_a_tent_the_first_wrong_piece_is_named(v):
    slopes = np.cumsum(v)
    first = np.flatnonzero(~np.isclose(slopes, [1, -1, 0]))[0]
    said = ("The first piece is wrong", "The first piece is right", "right up to x = 2")[first]
    assert said in check("forward.tent", v).verdict.diagnosis


@pytest.mark.parametrize("kinks", range(21))
def test_every_number_of_kinks_has_its_sentence(kinks):
    report = check("forward.kinks", kinks)
    assert report if kinks == 8 else report.verdict.mistake is not None


def test_rounding_is_told_from_one_too_few_at_a_tie():
    report = check("vanishing.layers_until", lambda f, limit: round(np.log(limit) / np.log(f)))
    assert "to the nearest" in report.verdict.diagnosis


def test_the_reference_of_a_loop_without_end_raises():
    for outside in (1.0, 0.5), (0.5, 0.0), (2.0, 0.5):
        with pytest.raises(ValueError, match="between 0 and 1"):
            find("vanishing.layers_until").reference(*outside)


@pytest.mark.parametrize("relu", [0.5, 0.7071, 1, 1.12, 1.4142, 1.5, 2, 3, 4, 100])
@pytest.mark.parametrize("tanh", [0.5, 0.75, 1, 1.2247, 1.29, 1.4, 1.5, 2, 3, 4])
def test_every_pair_of_variances_has_its_sentence(relu, tanh):
    report = check("initialization.best_variance", np.array([relu, tanh]))
    slider = (0.5, 1, 1.5, 2, 4)
    assert report if (relu, tanh) == (2, 1.5) else report.verdict.mistake is not None
    if not {relu, tanh} <= set(slider):
        assert "on the slider" in report.verdict.diagnosis


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("slu", "misspelled"),
        ("gelu", "no such name"),
        ("leaky_relu", "no such name"),
        ("Exponential Linear Unit", "long name"),
        ("selu, tanh", "one name alone"),
        (["selu", "tanh"], "a list"),
        (1.0, "a number"),
    ],
)
def test_every_word_for_an_activation_has_its_sentence(name, said):
    assert said in check("activations.most_gradient", name).verdict.diagnosis


@pytest.mark.parametrize("value", [-3, 0, 0.01, 0.3, 0.7071, 0.99, 1, 2, 5, 9.9, 50, 1e4])
@pytest.mark.parametrize("name", ["normalization.length", "normalization.rates"])
def test_every_factor_has_its_sentence(name, value):
    assert check(name, value).verdict.mistake is not None
