"""What the cells of a trained LSTM of 1997 hold while it reads a sequence."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from ..landmarks.adding_problem import SIZE, stored, stored_network, task_1997
from ..numbers import number
from ..plotting import COLORS


def memory(fig: Figure, net: int = 0, sequence: int = 0, block: int = 1) -> str:
    """Above, the values read, the marked ones filled; below, the input gate of a block and what its two
    cells hold. net: the seed of a stored one that was trained as in the paper.
    """
    kept = [one for one in stored()["nets"] if one["kind"] == "as in the paper"][net]
    x, ends, t = task_1997(1, 100, rng=np.random.default_rng(sequence))
    x = x[:, : ends[0]]
    network = stored_network(kept)
    y, tape = network.forward(x, watch=True)
    records = [record.saved for record in tape[0].saved]
    at = SIZE * (block - 1)
    gate = np.array([saved[0][0, at] for saved in records])
    shown = np.array([saved[3][0, at : at + SIZE] for saved in records])  # h(s)
    steps, value, mark = np.arange(1, ends[0] + 1), x[0, :, 0], x[0, :, 1]
    fig.set_size_inches(5.6, 3.8)
    top, low = fig.subplots(2, 1, sharex=True, height_ratios=[1, 1.5])
    top.vlines(steps, 0, value, color="#808080", lw=0.8)
    marked = mark == 1
    top.plot(steps[marked], value[marked], "o", color="black", ms=6)
    top.set(ylim=(-1.25, 1.25), ylabel="value read", title="dots: the marked values")
    for column, ls in zip(shown.T, ("-", "--"), strict=True):
        low.plot(steps, column, color=COLORS["forward"], lw=1.6, ls=ls)
    low.plot(steps, gate, color=COLORS["gates"], lw=1)
    low.set(ylim=(-1.1, 1.1), xlim=(0, 111), xlabel="step", ylabel="in the cells")
    low.set_title("input gate (red) and h(s) of the two cells (blue)")
    answer, target = float(y[0, 0]), float(t[0, 0])
    right = abs(answer - target) < 0.04
    first, second = (int(step) for step in steps[marked])
    return (
        f"{'Right' if right else 'Wrong'}: the net answers {number(answer)}, and the target is "
        f"{number(target)}. Marked are steps {first} and {second} of {ends[0]}. The input gate of "
        f"block {block} is {number(np.median(gate[~marked]))} at most other steps, "
        f"{number(gate[first - 1])} and {number(gate[second - 1])} at the marked ones."
    )
