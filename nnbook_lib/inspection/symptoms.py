"""The signs behind `diagnose`, in chapter 6's order: causes before consequences.

Each function yields what it finds: a name, the number that shows it, a sentence with the likely
cause. The `facts` are ill wherever they occur. The `signs` of the others are found in some healthy
networks, too, and `diagnose` looks for them only in one that does not learn. Each threshold has its
reason beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..activations import Activation, Softmax, identity
from ..dense import Dense
from ..dropout import Dropout
from ..losses import BinaryCrossEntropy, NotFinite, SoftmaxCrossEntropy, SquaredError
from ..norm import BatchNorm
from ..recurrent import Cell
from ..tape import Tape
from . import diagnostics
from .surgery import bends, end, leaves
from .trial import Case, Yardstick, best, classes

Found = Iterator[tuple[str, float, str]]  # name, value, cause


# Facts ----------------------------------------------------------------------------------------


def data_facts(case: Case) -> Found:
    """What no training can get past: numbers that are none, labels that do not exist."""
    x, t = case.x, case.t
    for what, name, a in ("inputs", "x", x), ("targets", "t", t):
        if isinstance(a, np.ndarray) and a.dtype.kind in "fc":
            if bad := int((~np.isfinite(a)).sum()):
                says = f"{bad} of the {a.size} numbers in {name} are NaN or infinite."
                yield f"{what} not finite", bad, says
    if not isinstance(t, np.ndarray) or t.dtype.kind not in "fiub" or t.size == 0:
        return
    labels = isinstance(case.loss, SoftmaxCrossEntropy) and t.ndim == 1
    if labels or isinstance(case.loss, BinaryCrossEntropy):
        high = case.net(x[:1]).shape[1] - 1 if labels else 1
        if wrong := int(((t < 0) | (t > high)).sum()):
            says = f"{wrong} of {t.size} labels are not from 0 to {high}; they run from"
            yield "labels out of range", wrong, f"{says} {t.min():g} to {t.max():g}."
    if len(t) > 1 and (t == t[:1]).all():
        what = "labels" if labels else "targets"
        says = (
            f"All {len(t)} {what} of the batch are {t.flat[0]:g}"
            if t[0].size == 1
            else (f"All {len(t)} rows of the targets are alike")
        )
        yield "one class only", 1, f"{says}: one constant answer is right."
    if len(x) == 1 and any(isinstance(layer, BatchNorm) for layer in leaves(case.net)):
        says = "The batch has one row, and batch normalization makes every row of it 0:"
        yield "batch of one", 1, f"{says} what comes after does not see the input."


def output_facts(case: Case, measure: Yardstick) -> Found:
    """Outputs that cannot be what the loss asks for: above a tenth of a guess, the range of the
    last layer is in the way.
    """
    order = [*leaves(case.net)]
    last = order[end(case.net)]
    known = SoftmaxCrossEntropy, BinaryCrossEntropy, SquaredError
    if not bends(last) or type(case.loss) not in known:
        return
    low, high = (0, 1) if isinstance(last, Softmax) else last.interval
    y = case.net(case.x[:1])
    floor = best(case.loss, y, case.t, low, high)
    logits = not isinstance(case.loss, SquaredError)
    if isinstance(last, Softmax) and y.shape[1] == 1:
        yield (
            "softmax of one output",
            1.0,
            "A softmax over a single output is 1, whatever comes in.",
        )
    elif isinstance(last, Softmax) and logits:
        says = f"The network ends in a softmax and the loss takes another: it cannot fall below {floor:.3g}."
        yield "softmax twice", floor, says
    elif floor - measure.best > 0.1 * measure.guess:
        says = f"The last layer, {last.label()}, keeps outputs between {low:.3g} and {high:.3g}:"
        says += f" the loss cannot fall below {floor:.3g}."
        yield "squashed outputs", floor, says
    elif logits and last.steepest and (last.df(np.array([-3.0])) == 0).all():
        says = f"The last layer, {last.label()}, makes every negative output 0, with slope 0: such"
        yield "activation at the end", 0.0, f"{says} a class gets no gradient any more."


# Signs ----------------------------------------------------------------------------------------


def scale_signs(case: Case) -> Found:
    """A first layer is initialized for columns of root mean square 1; u grows in proportion, and
    the largest stable learning rate falls as the square: at 5 by 25. Whole numbers, which name
    rows of a table, have no scale. A mean three times the spread leaves the spread to a corner.
    """
    if case.x.dtype.kind == "f":
        yield from _scale("inputs", case.x)
    if isinstance(case.loss, SquaredError):
        yield from _scale("targets", case.t)


def _scale(what: str, a: np.ndarray) -> Found:
    a = a.reshape(-1, a.shape[-1]).astype(float)
    rms, mean, std = np.sqrt((a**2).mean(axis=0)), a.mean(axis=0), a.std(axis=0)
    moves = std > 1e-9 * rms
    if not 0.01 < rms.max() < 5:
        says = f"The largest column of the {what} has a root mean square of {rms.max():.3g};"
        yield f"unscaled {what}", float(rms.max()), f"{says} 1 is usual."
    elif (off := np.linalg.norm(mean[moves])) > 3 * (spread := np.linalg.norm(std[moves])):
        says = f"The {what} lie {off:.3g} away from 0 and spread by {spread:.2g} only:"
        yield f"{what} off center", float(off / spread), f"{says} what differs is small beside it."


def layer_signs(case: Case) -> Found:
    """What the list of layers shows."""
    order = [*leaves(case.net)]
    last = end(case.net)
    if any(isinstance(a, Softmax) for i, a in enumerate(order) if i != last):
        says = "A softmax stands inside the network: its outputs sum to 1, so each is small, and"
        yield "softmax inside", 1.0, f"{says} gradients shrink on their way through it."
    dense = [a for a in order if isinstance(a, Dense)]
    straight = (isinstance(a, Dense | Dropout | BatchNorm) or a is identity for a in order)
    if len(dense) > 1 and all(straight):
        says = f"No activation stands between the {len(dense)} Dense layers: together they are one"
        yield "no activation", float(len(dense)), f"{says} affine map."
    p = max((a.p for a in order if isinstance(a, Dropout)), default=0.0)
    if p > 0.6:  # 0.5 is the largest in use
        says = f"Dropout sets {p:.0%} of the values to 0 and multiplies the others by {1 / (1 - p):.3g}."
        yield "dropout too high", p, says


def weight_signs(case: Case, tape: Tape) -> Found:
    """Units with equal weights *and* equal gradients stay copies of each other; random weights
    never give a pair. Weights whose u spreads less than a tenth of its input pass nothing on.
    """
    dense = [r.layer for r in tape.walk() if isinstance(r.layer, Dense)]
    for i, layer in enumerate(dense[:-1], start=1):
        parts = np.c_[layer.W, layer.b], np.c_[layer.dW, layer.db]
        rows = np.hstack([p / (np.abs(p).max() or 1.0) for p in parts]).astype(float)
        size = (rows**2).sum(axis=1)
        apart = size[:, None] + size - 2 * rows @ rows.T + np.diag(np.full(len(rows), np.inf))
        if copies := int((apart.min(axis=1) <= 1e-10 * size.max()).sum()):
            says = f"In layer {i}, {copies} of {len(rows)} units have the same weights and the same"
            yield "symmetric units", copies, f"{says} gradients: they stay copies of each other."
            return
    gains = [np.sqrt((layer.W.astype(float) ** 2).sum(axis=1).mean()) for layer in dense]
    if gains and min(gains) < 0.1:  # Xavier, LeCun and He: 1 to 1.4; the old 1/sqrt(3d): 0.6
        i = int(np.argmin(gains))
        says = f"A row of layer {i + 1}'s weights has norm {gains[i]:.2g}, where about 1 keeps a"
        yield "weights too small", float(gains[i]), f"{says} signal's size: it passes little on."


def unit_signs(tape: Tape) -> Found:
    """Dead: slope 0 on every row. Deep healthy ReLU nets start with up to 0.6 of a layer dead on
    such a batch, so the line is 0.8. Saturated: slope below 5 % of its largest, in a function
    bounded on both sides; healthy deep tanh nets reach 0.5, so the line is 0.6.
    """
    kinds = {type(r.layer) for r in tape.walk() if isinstance(r.layer, Activation | Cell)}
    if not kinds or any(issubclass(k, Cell) and k.slope is Cell.slope for k in kinds):
        return  # a cell of the reader's own may not say its slopes
    layers = [r.layer for r in diagnostics.activation_records(tape)]
    # a cell's gates are bounded; a step is, too, but has no slope that saturation could take away
    bounded = np.array(
        [
            np.isfinite(getattr(a, "interval", (0, 1))).all() and getattr(a, "steepest", 1) > 0
            for a in layers
        ]
    )
    dead = np.where(bounded, 0, diagnostics.dead_units(tape))
    shut = np.where(bounded, diagnostics.saturation(tape), 0)
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


def gradient_signs(tape: Tape) -> Found:
    """||delta|| of the first layer over that of the last hidden one. Updates of 1e-3 of a weight's
    size are healthy; below a ratio of 1e-3 one end moves a thousand times less than that, by plain
    gradient descent. A ratio of exactly 0 is not vanishing but a dead layer, or weights of 0.
    """
    if not any("W" in r.layer.params for r in tape.walk()):
        return
    norms = diagnostics.gradient_norms(tape)
    if len(norms) < 3 or norms[-2] == 0:
        return
    ratio, last = float(norms[0] / norms[-2]), len(norms) - 1
    if 0 < ratio < 1e-3 or ratio > 1e3:
        unit = "step" if isinstance(diagnostics.weight_records(tape)[0].layer, Cell) else "layer"
        says = f"‖δ‖ goes from {norms[-2]:.2g} at {unit} {last} to {norms[0]:.2g} at {unit} 1, a"
        says += f" factor of {ratio ** (1 / (last - 1)):.2g} for each {unit} on the way back."
        yield "vanishing gradients" if ratio < 1 else "exploding gradients", ratio, says


def start_signs(case: Case, value: float, measure: Yardstick) -> Found:
    """A net that knows nothing should say so. Logits of spread s add up to s^2/2 to ln k: three
    times ln k is sure and wrong. Squares: outputs ten times the targets' spread.
    """
    squares = isinstance(case.loss, SquaredError)
    try:
        zero = case.loss(0 * case.net(case.x), case.t)  # ln k, also where one class is frequent
    except NotFinite:  # of a loss that takes no zeros
        return
    if value > (100 * measure.guess if squares else 3 * max(measure.guess, zero)):
        says = f"The loss is {value:.3g}, where knowing nothing costs {measure.guess:.3g}:"
        yield "loss too high at the start", value, f"{says} outputs too large."


def class_signs(case: Case) -> Found:
    """Nine rows in ten of one class: the shortest way down is to learn that, whatever x says."""
    single = isinstance(case.loss, BinaryCrossEntropy) and case.t.shape[1] == 1
    if single or isinstance(case.loss, SoftmaxCrossEntropy):
        counts = np.bincount(classes(case.t), minlength=2)
        counted = counts * _class_weights(case.loss, len(counts))
        most = counted.argmax()
        share = counts[most] / counts.sum()
        if min(share, counted[most] / counted.sum()) > 0.9:
            says = f"{counts[most]} of {counts.sum()} rows are of class {most}: naming it"
            yield "one class dominates", float(share), f"{says} always is {share:.0%} right."


def _class_weights(loss: SoftmaxCrossEntropy | BinaryCrossEntropy, k: int) -> np.ndarray:
    """What the loss lets each class count, where it gives them weights."""
    if isinstance(loss, BinaryCrossEntropy):
        return np.append(1.0, 1.0 if loss.pos_weight is None else loss.pos_weight)
    return np.ones(k) if loss.weight is None else loss.weight[:k]
