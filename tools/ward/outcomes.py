"""What is found of each network of the ward, and whether the first finding's remedy cures it.

Whether a network learns is measured here apart from `diagnose`: by a training run, and what it then
gets right. It is *ill* if it does not get on, though its twin without the fault learns. A fault is
named if it is the first finding; it is cured if the network learns once that finding's remedy is
applied: by the finding itself or, where it is the data that must change, with the twin's data.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace

import numpy as np

import nnbook_lib as nn

from .faults import FAULTS
from .healthy import healthy
from .plans import Case, Plan, Setup, spread

HEALTHY = "nothing"
STEPS = 800  # of the run that says whether a network learns; on a handful of rows ten times as many
LEARNED, MOVED = 0.5, 0.25  # of the way from a constant answer to all right


@dataclass(frozen=True)
class Outcome:
    """Of one network: how much it gets right after training, untreated, treated, and its twin; what
    is found, and whether the first finding is the fault.
    """

    fault: str
    about: str
    right: float
    twin_right: float
    treated_right: float
    found: tuple[str, ...]
    named: bool

    @property
    def ill(self) -> bool:
        """Whether the fault, and nothing else, keeps it from learning."""
        return self.fault != HEALTHY and self.right < MOVED and self.twin_right >= LEARNED

    @property
    def healthy(self) -> bool:
        """Whether nothing was done to it, and it learns."""
        return self.fault == HEALTHY and self.right >= LEARNED

    @property
    def cured(self) -> bool:
        """Whether it learns once the first finding's remedy is applied."""
        return self.treated_right >= LEARNED


def trained(case: Case, setup: Setup) -> float:
    """How much of the way from a constant answer to all right a training run goes."""
    net, opt = copy.deepcopy(case.net), copy.deepcopy(case.opt)
    with np.errstate(all="ignore"):
        try:
            for _ in range(10 * STEPS if len(case.x) < 8 else STEPS):
                nn.loss_and_grad(net, setup.loss, case.x, case.t)
                opt.step(net.theta, net.grad)
        except (nn.NotFinite, ValueError):  # the loss left the range of numbers, or has no targets
            return -1.0
        return setup.right(net, case)


def examined(fault: str, number: int) -> Outcome:
    """Build a network of the ward, look at it, treat it."""
    if fault == HEALTHY:
        about, setup, make = list(healthy())[number]
        case = twin = make()
        names: tuple[str, ...] = ()
    else:
        of = FAULTS[fault]
        choices = of.data, of.depths, of.activations, of.optimizers
        plan = Plan(*list(spread(fault, of.count, *choices))[number], number)
        about = f"{plan.data}, {plan.depth} {plan.activation}, {plan.optimizer}, seed {number}"
        setup, names = plan.setup, of.names
        case, twin = of.ill(plan), plan.case()
    found = nn.diagnose(case.net, setup.loss, case.x, case.t, case.opt)
    named = found[0].name in names if found else fault == HEALTHY
    treated = -1.0
    if found:
        mended = found[0].treat(case.net, setup.loss, case.x, case.t, case.opt)
        if mended:
            net, _, x, t, opt = mended
            treated = trained(Case(net, x, t, opt), setup)
        elif named:
            treated = trained(replace(case, x=twin.x, t=twin.t), setup)
    right = trained(case, setup)
    twin_right = right if fault == HEALTHY else trained(twin, setup)
    return Outcome(fault, about, right, twin_right, treated, tuple(f.name for f in found), named)


def everybody() -> list[tuple[str, int]]:
    """(fault, number) of every network of the ward, those without one first."""
    well = [(HEALTHY, i) for i in range(len(list(healthy())))]
    return well + [(name, i) for name, of in FAULTS.items() for i in range(of.count)]


def table(outcomes: list[Outcome]) -> str:
    """A line for each fault: how many networks, how many named, how many cured."""
    lines = ["| what was done | ill | named first | cured |", "|:--|--:|--:|--:|"]
    for fault in FAULTS:
        these = [o for o in outcomes if o.fault == fault and o.ill]
        if not these:
            continue
        named, cured = sum(o.named for o in these), sum(o.cured for o in these)
        lines.append(f"| {fault} | {len(these)} | {named} | {cured} |")
    these = [o for o in outcomes if o.ill]
    named, cured = sum(o.named for o in these), sum(o.cured for o in these)
    lines.append(f"| **all** | **{len(these)}** | **{named}** | **{cured}** |")
    return "\n".join(lines)


def complaint(o: Outcome) -> str:
    """What is wrong with what was found, "" if nothing is."""
    if o.healthy and o.found:
        return f"accused: {o.found[0]}"
    if not o.ill:
        return ""
    if not o.found:
        return "ill, and nothing is found"
    wrong = [] if o.named else [f"called {o.found[0]}"]
    wrong += [] if o.cured else [f"not cured ({o.treated_right:.2f})"]
    return ", ".join(wrong)
