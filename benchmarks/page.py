"""The rows as Markdown, and the book's page made of them."""

from __future__ import annotations

import os
import platform
from collections import Counter
from dataclasses import dataclass, field
from importlib.metadata import version

from problems import DIGITS, DIGITS_EPOCHS, DIGITS_GOAL, DIGITS_LR, LSTM, MOONS, NORMS, STEP

LABELS = {"floor": "the floor", "textbook": "textbook numpy", "torch": "PyTorch", "jax": "JAX"}

TITLES = {
    STEP: "One training step of 64-[50]·L-10",
    DIGITS: "Learning the digits",
    MOONS: "A small net on moons",
    LSTM: "An LSTM over 100 time steps",
    NORMS: "Gradient norms of every layer",
}
ABOUT = {
    STEP: "Forward, softmax cross-entropy, backward, SGD; L hidden layers of 50 ReLU units.",
    DIGITS: (
        f"The whole run of a 64-100-100-10 net: {DIGITS_EPOCHS} epochs, batch 32, momentum 0.9, learning "
        f"rate {DIGITS_LR}, with shuffling. It only counts with a test accuracy of {DIGITS_GOAL:.1%}."
    ),
    MOONS: "One step on all 200 points, 2-8-8-1, tanh, binary cross-entropy: almost nothing but overhead.",
    LSTM: "Forward, backward through time, SGD; a dense head, squared error.",
    NORMS: "Forward and backward with all gradients, keeping the norm of every layer's dL/du.",
}
HEAD = (
    f"| case | our time | {' | '.join('÷ ' + name for name in LABELS.values())} | target | reached |\n"
    f"|---|---:|{'---:|' * len(LABELS)}---|---|"
)


@dataclass
class Row:
    """One measured case. ratios: our time over the peer's; variants: which form of the peer was fastest."""

    table: str
    name: str
    seconds: float
    ratios: dict[str, float]
    targets: dict[str, float]
    variants: dict[str, str]
    accuracy: dict[str, float] = field(default_factory=dict)

    def reached(self) -> str:
        if not self.targets:
            return "-"
        if not set(self.targets) <= set(self.ratios):
            return "not measured"
        fast = all(self.ratios[peer] <= limit for peer, limit in self.targets.items())
        good = not self.accuracy or self.accuracy["ours"] >= DIGITS_GOAL
        return "yes" if fast and good else "no"


def line(row: Row) -> str:
    """The row of the table."""
    ratios = [f"{row.ratios[p]:.2f}" if p in row.ratios else "not installed" for p in LABELS]
    target = ", ".join(f"{LABELS[peer]} ≤ {limit}" for peer, limit in row.targets.items()) or "-"
    cells = [row.name, duration(row.seconds), *ratios, target, row.reached()]
    return f"| {' | '.join(cells)} |"


def duration(seconds: float) -> str:
    return f"{seconds * 1e6:.0f} µs" if seconds < 1e-3 else f"{seconds * 1e3:.3g} ms"


def render(rows: list[Row]) -> str:
    """The whole page."""
    tables = "\n\n".join(section(name, [r for r in rows if r.table == name]) for name in TITLES)
    return PAGE.format(
        python=platform.python_version(),
        numpy=version("numpy"),
        torch=version("torch"),
        jax=version("jax"),
        cpus=os.cpu_count(),
        tables=tables,
    )


def section(name: str, rows: list[Row]) -> str:
    parts = [f"## {TITLES[name]}", ABOUT[name], "\n".join([HEAD, *map(line, rows)])]
    parts += [accuracies(row.accuracy) for row in rows if row.accuracy]
    parts += [fastest(rows, peer) for peer in ("torch", "jax")]
    return "\n\n".join(parts)


def accuracies(accuracy: dict[str, float]) -> str:
    names = {"ours": "ours", **LABELS}
    return (
        "Test accuracy: "
        + ", ".join(f"{names[p]} {value:.3f}" for p, value in accuracy.items())
        + "."
    )


def fastest(rows: list[Row], peer: str) -> str:
    """Which variant of the peer was compared, and in how many of the rows."""
    count = Counter(row.variants[peer] for row in rows)
    if len(count) == 1:
        return f"{LABELS[peer]}'s fastest form: {next(iter(count))}."
    listed = "; ".join(
        f"{variant} ({times} of {len(rows)})" for variant, times in count.most_common()
    )
    return f"{LABELS[peer]}'s fastest form: {listed}."


PAGE = """\
# How fast is it?

A library made for reading need not be slow. This page compares it with three others that do the same
work, and with the least that numpy could need.

- **The floor**: only the matrix products of the step, by numpy, into arrays made beforehand. No step can
  be faster without a faster product.
- **Textbook numpy**: the formulas written down plainly, with no thought for speed and no checks.
- **PyTorch**, eager, on the CPU. It is tried in several forms; the fastest is the one compared.
- **JAX**, the whole step compiled by `jit`, arguments donated where that helps.

Each number in the middle columns is a ratio: our time divided by theirs. Below 1 we are faster; 0.25 is a
quarter of the time.

**Method.** Every implementation starts from the same parameters and data. Before anything is timed, they
must agree on the loss of two steps in a row (for the dense nets also on the update), to 1e-8 in float64
and 1e-3 in float32, or the program stops. Each lives in a process of its own, with one thread. They are
timed in turns, a few steps of one, then of the next, round after round, so that a busy moment of the
machine hits all of them; what is shown is the median of the rounds' ratios. Trust the ratios, not the
microseconds: those belong to the machine.

Measured with Python {python}, numpy {numpy}, PyTorch {torch} and JAX {jax} on a machine with {cpus} CPUs.
Small nets and small batches are where a framework's cost per operation shows, and where this book lives.
At large batches everyone waits for the same matrix products, and the ratios move towards each other.
A GPU, or a net a hundred times wider, would turn the table.

{tables}

## Run it yourself

`make bench` measures everything again, in about five minutes, and rewrites this page. It needs PyTorch
and JAX beside the book's own packages. `python benchmarks/bench.py` prints the tables of what is
installed and writes nothing; `--quick` and `--only lstm` shorten it.
"""
