"""What keeps this network from learning? The checks of chapter 6 in order, each with its number.

    print(diagnose(net, loss, x, t, SGD(lr=0.1)))

First comes what is ill in itself: data that are no numbers, outputs that the loss cannot want. Then
the network is tried: if it learns, nothing else is called ill. If it does not, its signs are looked
for, causes before consequences (symptoms.py), and each one's remedy is tried (remedies.py): what
cures comes first. All of it runs on copies; net and opt stay as they are.
"""

from __future__ import annotations

import copy
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from ..losses import Loss, NotFinite
from ..network import Network, loss_and_grad
from ..optimizers import Optimizer
from ..printable import printable
from ..shapes import got, sizes
from . import diagnostics, relation
from .remedies import REMEDIES, Change
from .symptoms import (
    class_signs,
    data_facts,
    gradient_signs,
    layer_signs,
    output_facts,
    scale_signs,
    start_signs,
    unit_signs,
    weight_signs,
)
from .trial import HEART, ROWS, SOME, WELL, Case, Trial, Yardstick, by_heart, trial

SMALLER, LARGER = (0.1, 0.01, 1e-3, 1e-4), (10, 100, 1000, 1e4)


@dataclass(frozen=True)
class Finding:
    """A fault's `name`, the `value` that shows it, its `cause` in a sentence, a `remedy` to try.

    cured: whether the remedy was tried on a copy and the network then learned. `treat(net, loss,
    x, t, opt)` returns the same five with the remedy applied, copies all; None where it is the
    data that must change.
    """

    name: str
    value: float
    cause: str
    remedy: str
    cured: bool = False
    change: Change | None = field(default=None, repr=False, compare=False)

    def treat(
        self, net: Network, loss: Loss, x: np.ndarray, t: np.ndarray, opt: Optimizer | None = None
    ) -> tuple | None:
        """(net, loss, x, t, opt) with the remedy applied; None if it is not a change of these."""
        case = self.change and self.change(Case(net, loss, x, t, opt))
        return case and (case.net, case.loss, case.x, case.t, case.opt)


class Diagnosis(list[Finding]):
    """The findings, causes first; empty where there is nothing to find. Print it to read it."""

    def __repr__(self) -> str:
        lines = [] if self else ["Nothing found."]
        for i, f in enumerate(self, start=1):
            lines += textwrap.wrap(f"{i}. {f.name.upper()}: {f.cause}", 74, subsequent_indent="   ")
            tried = " Tried on a copy: it learns." if f.cured else ""
            lines += textwrap.wrap(f"   Try {f.remedy}.{tried}", 74, subsequent_indent="   ")
        return printable("\n".join(lines))

    __str__ = __repr__


def diagnose(
    net: Network,
    loss: Loss,
    x: np.ndarray,
    t: np.ndarray,
    opt: Optimizer | None = None,
    *,
    steps: int = 300,
) -> Diagnosis:
    """Look at a network on one batch, as it stands, and name what would keep it from learning.

    x, t: a batch; with 128 rows or more, targets that have nothing to do with x are noticed too.
    opt: the optimizer you mean to use, to have it tried; without one, Adam is. steps: how long a
    trial takes; up to 17 times longer where a step costs next to nothing. Begin with the first
    finding: the others may follow from it. Of a loss of your own, targets are not judged. Raises
    what the layers and the loss raise where shapes do not fit.
    """
    sizes("diagnose", steps=steps)
    if opt is not None and not isinstance(opt, Optimizer):
        raise TypeError(f"diagnose expects an optimizer such as SGD(lr=0.1); got {got(opt)}.")
    with np.errstate(all="ignore"):
        return Diagnosis(_examine(Case(net, loss, x, t, opt), steps))


def _examine(case: Case, steps: int) -> Iterator[Finding]:
    if fatal := [*data_facts(case)]:
        yield from map(_named, fatal)
        return
    work = copy.deepcopy(case.net)
    try:
        value, tape = loss_and_grad(work, case.loss, case.x, case.t, watch=True)
    except NotFinite as error:
        says = f"The first forward pass leaves the range of numbers. {error}"
        signs = [*scale_signs(case), ("overflow", np.inf, says)]
        yield from _treated(case, signs, partial(_learns, steps=steps, own=case.opt is not None))
        return
    measure = Yardstick(case.loss, work(case.x[:1]), case.t)
    facts = [*output_facts(case, measure)]
    own = trial(case.rows(ROWS), steps) if case.opt else None
    moves = own is None or own.learned >= SOME
    heart = None if not moves or (own and own.learned >= WELL) else by_heart(case, steps)
    if moves and (heart is None or heart.learned >= WELL):
        yield from map(_named, facts)
        if not facts and _unrelated(case, heart, steps):
            yield _unrelated_finding(case)
        return
    signs = [
        *facts,
        *scale_signs(case),
        *layer_signs(case),
        *weight_signs(case, tape),
        *unit_signs(tape),
        *gradient_signs(tape),
        *start_signs(case, value, measure),
        *class_signs(case),
    ]
    found = _treated(case, signs, partial(_learns, steps=steps, own=not moves))
    if any(f.cured for f in found):
        yield from found
        return
    if not moves and (rate := _rate(case, own, steps)):
        yield rate
        yield from found
        return
    last = []
    if len(case.x) >= 2 * HEART and relation.neighbors_differ(case.x[:512], case.t[:512]):
        last.append(_unrelated_finding(case))
    heart = heart or by_heart(case, steps)
    if heart.learned < WELL:
        says = f"Adam on {min(HEART, len(case.x))} rows leaves the loss at"
        says += f" {np.mean(heart.losses[-5:]):.3g}; knowing nothing costs {measure.guess:.3g}."
        sign = "cannot learn one batch by heart", float(heart.losses[-1]), says
        last += _treated(case, [sign], partial(_learns, steps=steps))
    elif not found:
        says = f"With {case.opt!r} the loss goes from {own.losses[0]:.3g} to {own.losses[-1]:.3g}"
        last.append(_named(("no progress", own.learned, f"{says} in {len(own.losses)} steps.")))
    yield from sorted(found + last, key=lambda f: not f.cured)


def _learns(case: Case, steps: int, own: bool = False) -> bool:
    """Whether a mended network learns: with its own optimizer twice what one must, or by heart."""
    if own:
        return trial(case.rows(ROWS), steps).learned >= 2 * SOME
    return by_heart(case, steps).learned >= WELL


def _named(sign: tuple[str, float, str]) -> Finding:
    """The finding of a sign, with the first remedy."""
    words, change = REMEDIES[sign[0]][0]
    return Finding(*sign, words, change=change)


def _treated(case: Case, signs: list[tuple], learns: Callable[[Case], bool]) -> list[Finding]:
    """The findings of these signs; one whose remedy makes the network learn comes first."""
    found, cured = [], False
    for sign in signs:
        finding = _named(sign)
        for words, change in [] if cured else REMEDIES[sign[0]]:
            mended = change and change(case)
            if mended and learns(mended):
                finding, cured = Finding(*sign, words, cured=True, change=change), True
                break
        found.append(finding)
    return sorted(found, key=lambda f: not f.cured)


def _rate(case: Case, own: Trial, steps: int) -> Finding | None:
    """A rate with which it learns, if one of 10 to 10,000 times smaller or larger does.

    A rate at which the loss explodes is too large, whatever larger ones do.
    """
    lr = max(case.opt.rate(k) for k in range(1000))  # the top of a schedule
    for name, factors in ("large", SMALLER), ("small", () if own.exploded else LARGER):
        there = None
        for factor in factors:
            new = trial(case.at_rate(lr * factor).rows(ROWS), steps)
            if there is None or new.learned > there.learned:
                there, rate = new, lr * factor
            if there.learned >= WELL:
                break
        if there and there.learned >= max(2 * SOME, own.learned + SOME):
            first = trial(case.rows(ROWS), 1).net
            ratio = np.median(diagnostics.update_ratios(first, case.net.theta))
            says = f"With {lr:.3g}, step 1 moves the weights by {ratio:.1g} of their size (1e-3 is"
            says += f" usual), and in {len(own.losses)} steps {_change(own)}; with"
            says += f" {rate:.3g}, {_change(there)}."
            sign = f"learning rate too {name}", lr, says
            return replace(_named(sign), cured=True, change=partial(Case.at_rate, lr=rate))
    return None


def _change(run: Trial) -> str:
    last = run.losses[-5:].mean()
    if not np.isfinite(last):
        return "the loss overflows"
    return f"the loss goes from {run.losses[0]:.3g} to {last:.3g}"


def _unrelated(case: Case, heart: Trial | None, steps: int) -> bool:
    """Whether neither the data nor the network, its rows learned by heart, show a relation."""
    others = np.random.default_rng(0).permutation(len(case.x))[HEART:]
    if len(others) < HEART or not isinstance(case.t, np.ndarray):
        return False
    if not relation.neighbors_differ(case.x[:512], case.t[:512]):
        return False
    net = (heart or by_heart(case, steps)).net
    y = [net.forward(case.x[others], train)[0] for train in (False, True)]
    return all(relation.outputs_differ(each, case.t[others]) for each in y)


def _unrelated_finding(case: Case) -> Finding:
    says = f"Among {min(512, len(case.x))} rows, inputs close to each other have targets no more"
    says += " alike than any two, and what is learned of 64 rows does not help with the others."
    return _named(("labels unrelated to inputs", 0.0, says))
