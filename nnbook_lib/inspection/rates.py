"""Is the learning rate to blame? The same trial at rates smaller and larger by powers of ten."""

from __future__ import annotations

import numpy as np

from ..optimizers import Optimizer
from .trial import ROWS, SOME, WELL, Case, Trial, fresh, goes_on, trial

SMALLER = tuple(10.0**-k for k in range(1, 9))  # times the rate
LARGER = tuple(10.0**k for k in range(1, 8))


def top_rate(opt: Optimizer, steps: int) -> float:
    """The largest rate of these steps: the top of a schedule."""
    opt, rates = fresh(opt), []
    while len(rates) < steps and goes_on(opt):
        rates.append(opt.rate(opt.steps))
        opt.steps += 1
    return max(rates)


def better_rate(case: Case, own: Trial, steps: int) -> tuple[tuple[str, float, str], float] | None:
    """A rate with which it learns, and the sign that says so; None if no rate of these helps.

    own: the trial at its own rate. One at which the loss explodes is too large, whatever larger ones
    do.
    """
    lr = top_rate(case.opt, len(own.losses))
    for name, factors in ("large", SMALLER), ("small", () if own.exploded else LARGER):
        there, rate = None, lr
        for factor in factors:
            new = trial(case.at_rate(lr * factor).rows(ROWS), steps)
            if there is None or new.learned > there.learned:
                there, rate = new, lr * factor
            if there.learned >= WELL:
                break
        if there and there.learned >= max(2 * SOME, own.learned + SOME):
            moved = np.linalg.norm(trial(case.rows(ROWS), 1).net.theta - case.net.theta)
            ratio = moved / max(np.linalg.norm(case.net.theta), 1e-300)
            says = (
                f"With {lr:.3g}, step 1 moves the parameters by {ratio:.1g} of their size (1e-3 is"
            )
            says += f" usual), and in {len(own.losses)} steps {_change(own)}; with"
            says += f" {rate:.3g}, {_change(there)}."
            return (f"learning rate too {name}", lr, says), rate
    return None


def _change(run: Trial) -> str:
    last = run.losses[-5:].mean()
    if not np.isfinite(last):
        return "the loss overflows"
    return f"the loss goes from {run.losses[0]:.3g} to {last:.3g}"
