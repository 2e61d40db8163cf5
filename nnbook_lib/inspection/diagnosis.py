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
from ..network import Network, expect_loss, expect_network, loss_and_grad
from ..optimizers import Adam, Optimizer
from ..printable import printable
from ..shapes import got, samples, sizes
from . import relation
from .rates import better_rate, top_rate
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
from .trial import (
    HEART,
    LITTLE,
    ROWS,
    SOME,
    WELL,
    Case,
    Trial,
    Yardstick,
    by_heart,
    trial,
)


@dataclass(frozen=True)
class Finding:
    """A fault's `name`, the `value` that shows it, its `cause` in a sentence, a `remedy` to try.

    cured: whether the remedy was tried on a copy and the network then learned. `treat(net, loss,
    x, t, opt)` returns the same five with the remedy applied, and leaves yours as they are; None
    where it is the data that must change.
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
        own = Case(copy.deepcopy(net), loss, x, t, copy.deepcopy(opt))
        case = self.change and self.change(own)
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
    expect_network("diagnose", net)
    expect_loss("diagnose", loss)
    samples("diagnose", x=x)
    sizes("diagnose", steps=steps)
    if opt is not None and not isinstance(opt, Optimizer):
        raise TypeError(f"diagnose expects an optimizer such as SGD(lr=0.1); got {got(opt)}.")
    if net.theta.size == 0:
        raise ValueError("diagnose: the network has no parameters, so there is nothing to learn.")
    with np.errstate(all="ignore"):
        return Diagnosis(_examine(Case(net, loss, x, t, opt or Adam()), steps, opt is not None))


def _examine(case: Case, steps: int, chosen: bool) -> Iterator[Finding]:
    """Facts; then nothing more if it learns, else what keeps it from that. chosen: whether the
    reader named the optimizer, so that its rate may be to blame.
    """
    if fatal := [*data_facts(case)]:
        yield from map(_named, fatal)
        return
    work = copy.deepcopy(case.net)
    try:
        value, tape = loss_and_grad(work, case.loss, case.x, case.t, watch=True)
    except NotFinite as error:
        says = f"The first forward pass leaves the range of numbers. {error}"
        signs = [*scale_signs(case), ("overflow", np.inf, says)]
        yield from _treated(case, signs, partial(_moves, steps=steps))
        return
    measure = Yardstick(case.loss, work(case.x[:1]), case.t)
    facts = [*output_facts(case, measure)]
    if measure.learned(measure.best) == 0:  # a constant answer is the best there is, as for one row
        yield from map(_named, facts)
        return
    own = trial(case.rows(ROWS), steps)
    heart = by_heart(case, steps) if SOME <= own.learned < WELL else None
    if own.learned >= WELL or (heart and heart.learned >= WELL):
        found = [*map(_named, facts)] or _deaf(case, [*unit_signs(tape)], steps)
        if not found and _unrelated(case, heart, steps):
            found = [_unrelated_finding(case)]
        yield from found
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
    found = _treated(case, signs, partial(_moves if heart is None else _learns, steps=steps))
    if not any(f.cured for f in found):
        exact = any(f.name == "symmetric units" for f in found)
        if heart is None and chosen and not exact and (better := better_rate(case, own, steps)):
            sign, lr = better
            rate = replace(_named(sign), cured=True, change=partial(Case.at_rate, lr=lr))
            found.insert(0, rate)
        else:
            found = _last(case, found, own, heart or by_heart(case, steps), chosen, steps)
    yield from found


def _last(
    case: Case, found: list[Finding], own: Trial, heart: Trial, chosen: bool, steps: int
) -> list[Finding]:
    """What is left to say where no remedy for a sign helped.

    A network that gets on may not get further because no network could: noisy targets are learned by
    heart by a wide one only, to no good. It is called too small only if that helps with other rows.
    """
    says = f"With {case.opt!r} the loss goes from {own.losses[0]:.3g} to {own.losses[-1]:.3g}"
    says += f" in {len(own.losses)} steps"
    moved = own.learned >= LITTLE or not chosen
    knows = heart.learned >= WELL
    if own.exploded and chosen and knows:
        return [_named(("learning rate too large", top_rate(case.opt, 1), f"{says}.")), *found]
    last = np.mean(heart.losses[-5:])
    heard = f"Adam on {min(HEART, len(case.x))} rows goes from a loss of {heart.losses[0]:.3g} to"
    heard += (
        f" {last:.3g}, no more than {max(0, heart.learned):.0%} of the way from a constant answer."
    )
    sign = "cannot learn one batch by heart", float(last), heard
    if moved and (knows or own.learned >= LITTLE):
        unrelated = _unrelated(case, heart, steps)
        return [_unrelated_finding(case)] if unrelated else _deaf(case, [sign] * (not knows), steps)
    if knows:
        says += f", while Adam learns {min(HEART, len(case.x))} of the rows by heart."
        return found or [_named(("no progress", own.learned, says))]
    learning = _treated(case, [sign], partial(_learns, steps=steps))
    wider = learning[0].change(case) if learning[0].cured else case
    if _unrelated(wider, None, steps):
        return [_unrelated_finding(case), *found, *learning]
    exact = any(f.name == "symmetric units" for f in found)
    return [*learning, *found] if learning[0].cured and not exact else [*found, *learning]


def _moves(case: Case, steps: int) -> bool:
    """Whether it gets on with its own optimizer, twice as far as a healthy one must."""
    return trial(case.rows(ROWS), steps).learned >= 2 * SOME


def _learns(case: Case, steps: int) -> bool:
    """Whether it can learn by heart."""
    return by_heart(case, steps).learned >= WELL


def _named(sign: tuple[str, float, str]) -> Finding:
    """The finding of a sign, with the first remedy."""
    words, change = REMEDIES[sign[0]][0]
    return Finding(*sign, words, change=change)


def _treated(case: Case, signs: list[tuple], learns: Callable[[Case], bool]) -> list[Finding]:
    """The findings of these signs; one whose remedy makes the network learn comes first.

    If none does alone, they are tried together, each on top of those before it.
    """
    found, cured = [], False
    for sign in signs:
        finding = _named(sign)
        for words, change in [] if cured else REMEDIES[sign[0]]:
            mended = change and change(case)
            if mended and learns(mended):
                finding, cured = Finding(*sign, words, cured=True, change=change), True
                break
        found.append(finding)
    together = case
    for i, finding in enumerate(() if cured or len(found) < 2 else found):
        together = (finding.change and finding.change(together)) or together
        if i and learns(together):
            changes = [f.change for f in found[: i + 1] if f.change]
            words = f"{found[0].remedy}; and with it what {'2' if i == 1 else f'2 to {i + 1}'} says"
            change = partial(_all, changes)
            found[0] = replace(found[0], remedy=words, cured=True, change=change)
            break
    return sorted(found, key=lambda f: not f.cured)


def _all(changes: list[Change], case: Case) -> Case:
    """One change after the other."""
    for change in changes:
        case = change(case) or case
    return case


def _deaf(case: Case, signs: list[tuple], steps: int) -> list[Finding]:
    """Of these signs in a network that learns by heart, the first whose remedy makes what it learns
    help far more with other rows: layers that do not learn, under one that does.
    """
    others = np.random.default_rng(0).permutation(len(case.x))[HEART:]
    if not signs or len(others) < HEART:
        return []

    def helps(case: Case) -> float:
        return relation.agreement(by_heart(case, steps).net(case.x[others]), case.t[others])

    before = helps(case)
    for name, value, cause in signs:
        for words, change in REMEDIES[name]:
            mended = change and change(case)
            if mended and (after := helps(mended)) > before + 0.2:
                says = f"{cause} It learns {HEART} rows by heart all the same, but its outputs on others"
                says += f" correlate {before:.2f} with what they should be; with the remedy, {after:.2f}."
                return [Finding(name, value, says, words, cured=True, change=change)]
    return []


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
