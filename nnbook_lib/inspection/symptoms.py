"""The checks behind `diagnose`, in chapter 6's order: causes before consequences.

Each yields what it finds: a name, the number that shows it, a sentence with the likely cause. Each
threshold has its reason beside it, and lies between what networks broken on purpose and healthy
ones of 1 to 30 layers show on the digits (tests/test_diagnosis.py). All training is on copies.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator

import numpy as np

from ..activations import Softmax
from ..layer import Layer
from ..losses import Loss, NotFinite, SoftmaxCrossEntropy, SquaredError
from ..network import Network, loss_and_grad
from ..optimizers import Adam, Optimizer
from ..recurrent import Cell
from ..tape import Tape
from . import diagnostics

Checked = Iterator[tuple[str, float, str]]  # name, value, cause


def examine(
    net: Network, loss: Loss, x: np.ndarray, t: np.ndarray, opt: Optimizer | None, steps: int
) -> Checked:
    """Every check in order; what makes the rest impossible ends it."""
    work = copy.deepcopy(net)
    y = work.forward(x, True)[0]
    fatal = [*_data(loss, x, y, t)]
    yield from fatal
    if fatal:
        return
    yield from _scale("inputs", x)
    if isinstance(loss, SquaredError):
        yield from _scale("targets", t)
    try:
        value, tape = loss_and_grad(work, loss, x, t, watch=True)
    except NotFinite as error:
        yield "overflow", np.inf, f"The first forward pass leaves the range of numbers. {error}"
        return
    guess = _guess(loss, y, t)
    yield from _outputs(net.layers[-1], loss, y, t, guess)
    yield from _symmetric(tape)
    yield from _units(tape)
    yield from _gradients(tape)
    yield from _start(loss, value, guess)
    if opt is not None:
        yield from _rate(net, loss, x, t, opt, guess)
    yield from _by_heart(net, loss, x, t, guess, _best(loss, y, t), steps)


def _guess(loss: Loss, y: np.ndarray, t: np.ndarray) -> float:
    """The loss of knowing nothing: ln k for k classes; for squares, that of the targets' mean."""
    return loss(0 * y + t.mean(axis=0) if isinstance(loss, SquaredError) else 0 * y, t)


def _data(loss, x, y, t) -> Checked:
    if bad := int((~np.isfinite(x)).sum()):
        yield "inputs not finite", bad, f"{bad} of the {x.size} numbers in x are NaN or infinite."
    if isinstance(loss, SquaredError):
        return
    whole = isinstance(loss, SoftmaxCrossEntropy) and t.ndim == 1
    high = y.shape[1] - 1 if whole else 1
    if wrong := int(((t < 0) | (t > high)).sum()):
        says = f"{wrong} of {t.size} labels are not from 0 to {high}; they run from"
        yield "labels out of range", wrong, f"{says} {t.min():g} to {t.max():g}."
    elif whole and len(t) > 1 and np.ptp(t) == 0:
        says = f"All {len(t)} labels of the batch are {t[0]}: one constant answer is right."
        yield "one class only", 1, says


def _scale(what: str, x: np.ndarray) -> Checked:
    """The largest root mean square of a column. A first layer is initialized for 1; u grows in
    proportion, and the largest stable learning rate falls as the square: at 5 by 25.
    """
    rms = float(np.sqrt(np.mean(x.reshape(-1, x.shape[-1]) ** 2.0, axis=0)).max())
    if not 0.01 < rms < 5:
        says = f"The largest column of the {what} has a root mean square of {rms:.3g}; 1 is usual."
        yield f"unscaled {what}", rms, says


def _outputs(last: Layer, loss, y, t, guess: float) -> Checked:
    """The loss of the best outputs in the last layer's range, over the best without bounds: above
    a tenth of a guess, that range is in the way.
    """
    low, high = (0, 1) if isinstance(last, Softmax) else getattr(last, "range", (-np.inf, np.inf))
    floor = _best(loss, y, t, low, high)
    if floor - _best(loss, y, t) > 0.1 * guess:
        says = f"The last layer, {last.label()}, keeps outputs between {low:.3g} and {high:.3g}:"
        says += f" the loss cannot fall below {floor:.3g}."
        yield "softmax twice" if isinstance(last, Softmax) else "squashed outputs", floor, says


def _best(loss: Loss, y: np.ndarray, t: np.ndarray, low=-np.inf, high=np.inf) -> float:
    """The lowest loss of outputs from low to high; above 0 where t are probabilities."""
    p = np.clip(t if t.ndim == 2 else np.eye(y.shape[1])[t], 1e-20, None)
    if isinstance(loss, SquaredError):
        p = t
    elif isinstance(loss, SoftmaxCrossEntropy):
        p = np.log(p / p.max(axis=1, keepdims=True)) + min(high, 50)
    else:
        p = np.log(p / np.clip(1 - p, 1e-20, None))
    return loss(np.clip(p, low, high).astype(y.dtype), t)


def _symmetric(tape: Tape) -> Checked:
    """Units with equal weights *and* equal gradients stay copies of each other. Random weights
    never give a pair, so one pair is enough.
    """
    for i, layer in enumerate([r.layer for r in diagnostics.weight_records(tape)][:-1], start=1):
        if isinstance(layer, Cell):
            continue
        parts = np.c_[layer.W, layer.b], np.c_[layer.dW, layer.db]
        rows = np.hstack([p / (np.abs(p).max() or 1.0) for p in parts]).astype(float)
        size = (rows**2).sum(axis=1)
        apart = size[:, None] + size - 2 * rows @ rows.T + np.diag(np.full(len(rows), np.inf))
        if copies := int((apart.min(axis=1) <= 1e-10 * size.max()).sum()):
            says = f"In layer {i}, {copies} of {len(rows)} units have the same weights and the same"
            yield "symmetric units", copies, f"{says} gradients: they stay copies of each other."
            return


def _units(tape: Tape) -> Checked:
    """Dead: slope 0 on every row. Deep healthy ReLU nets start with up to 0.6 of a layer dead on
    such a batch, so the line is 0.8. Saturated: slope below 5 % of its largest, in a function
    bounded on both sides; healthy deep tanh nets reach 0.5, so the line is 0.6.
    """
    if not any(hasattr(r.layer, "slope") for r in tape.walk()):
        return
    layers = [r.layer for r in diagnostics.activation_records(tape)]
    ranges = [getattr(layer, "range", (0, 1)) for layer in layers]  # a cell's gates are bounded
    dead = diagnostics.dead_units(tape)
    shut = np.where(np.isfinite(ranges).all(axis=1), diagnostics.saturation(tape), 0)
    if dead.max() > 0.8:
        i = int(dead.argmax())
        says = (
            f"{dead[i]:.0%} of the units of {layers[i].label()} {i + 1} have slope 0 on every row"
        )
        yield "dead units", float(dead[i]), f"{says}: nothing below them can learn."
    elif shut.max() > 0.6:
        i = int(shut.argmax())
        says = f"{shut[i]:.0%} of the values of {layers[i].label()} {i + 1} lie where the slope is"
        yield "saturated units", float(shut[i]), f"{says} below 5 % of its largest."


def _gradients(tape: Tape) -> Checked:
    """||delta|| of the first layer over that of the last hidden one. Updates of 1e-3 of a weight's
    size are healthy; below a ratio of 1e-3 one end moves a thousand times less than that. A ratio
    of exactly 0 is not vanishing but a dead layer.
    """
    norms = diagnostics.gradient_norms(tape)
    if len(norms) < 3 or norms[-2] == 0:
        return
    ratio, last = float(norms[0] / norms[-2]), len(norms) - 1
    if 0 < ratio < 1e-3 or ratio > 1e3:
        unit = "step" if isinstance(diagnostics.weight_records(tape)[0].layer, Cell) else "layer"
        says = f"‖δ‖ goes from {norms[-2]:.2g} at {unit} {last} to {norms[0]:.2g} at {unit} 1, a"
        says += f" factor of {ratio ** (1 / (last - 1)):.2g} for each {unit} on the way back."
        yield "vanishing gradients" if ratio < 1 else "exploding gradients", ratio, says


def _start(loss, value: float, guess: float) -> Checked:
    """A net that knows nothing should say so. Logits of spread s add up to s^2/2 to ln k: three
    times ln k is sure and wrong. Squares: outputs ten times the targets' spread.
    """
    if value > (100 if isinstance(loss, SquaredError) else 3) * guess:
        says = (
            f"The loss is {value:.3g}, where knowing nothing costs {guess:.3g}: outputs too large."
        )
        yield "loss too high at the start", value, says


def _rate(net, loss, x, t, opt: Optimizer, guess: float) -> Checked:
    """30 steps on the batch at the rate, and at others. Too large: a rate 10 or 100 times smaller
    gains four times as much. Too small: the gain is below 2 % of a guess, and a rate 10 to 1000
    times larger gains a fifth of it. Other faults give the same at every rate: no finding.
    """
    lr = max(opt.rate(k) for k in range(1000))  # the top of a schedule

    def gain(factor: float) -> float:
        values = _run(net, loss, x, t, _fresh(opt, lr * factor), 30)[1]
        return values[0] - values[-5:].mean()

    work, now = _run(net, loss, x, t, _fresh(opt, lr), 1)[0], gain(1)
    ratio = np.median(diagnostics.update_ratios(work, net.theta))
    change = "the loss overflows" if now == -np.inf else f"the loss changes by {-now:+.2g}"
    says = f"With {lr:.3g}, step 1 moves the weights by {ratio:.1g} of their size (1e-3 is usual)"
    says += f", and in 30 steps {change}; with"
    best, factor = max((gain(f), f) for f in (0.1, 0.01))
    if best > max(0.1 * guess, 4 * now):
        yield "learning rate too large", lr, f"{says} {lr * factor:.3g} by {-best:+.2g}."
    elif now < 0.02 * guess:
        best, factor = max((gain(f), f) for f in (10, 100, 1000))
        if best > 0.2 * guess:
            yield "learning rate too small", lr, f"{says} {lr * factor:.3g} by {-best:+.2g}."


def _by_heart(net, loss, x, t, guess: float, best: float, steps: int) -> Checked:
    """Any healthy net can learn 64 rows by heart: Adam, to a fifth of a guess above the best loss.
    And what it learned should help on other rows, by two standard errors more than the commonest
    label.
    """
    order = np.random.default_rng(0).permutation(len(x))  # the same rows every time
    mine, others = order[:64], order[64:]
    for lr in (0.01, 0.001):
        work, values = _run(net, loss, x[mine], t[mine], Adam(lr), steps, best + 0.2 * guess)
        if values[-1] < best + 0.2 * guess:
            break
    else:
        says = f"{steps} steps of Adam on {len(mine)} rows leave the loss at {values[-1]:.3g};"
        says += f" knowing nothing costs {guess:.3g}."
        yield "cannot learn one batch by heart", float(values[-1]), says
        return
    if len(others) < 64 or t.ndim == 2:
        return
    both = [work.forward(x[others], train)[0] for train in (False, True)]  # new running averages
    right = max(float(np.mean(y.argmax(axis=1) == t[others])) for y in both)
    common = np.bincount(t).max() / len(t)
    if right < common + 2 * np.sqrt(common * (1 - common) / len(others)):
        says = (
            f"{len(mine)} rows learned by heart, the net gets {right:.0%} of {len(others)} others"
        )
        says += f" right; always naming the commonest label gets {common:.0%}."
        yield "labels unrelated to inputs", right, says


def _fresh(opt: Optimizer, lr: float) -> Optimizer:
    """The same method from its start, at another rate."""
    opt = copy.deepcopy(opt)
    opt.reset()
    opt.lr = lr
    return opt


def _run(net, loss, x, t, opt, steps: int, enough: float = -np.inf):
    """Train a copy on this batch until `enough`: the copy, its losses; infinite if they overflow."""
    work, values = copy.deepcopy(net), []
    while len(values) < steps and (not values or values[-1] >= enough):
        try:
            values.append(loss_and_grad(work, loss, x, t)[0])
        except NotFinite:
            return work, np.append(values, np.inf)
        opt.step(work.theta, work.grad)
    return work, np.array(values)
