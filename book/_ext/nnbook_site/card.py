"""The picture that a link to the book shows elsewhere: the vanishing gradient, measured."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.figure import Figure

import nnbook_lib as nn
from nnbook_lib import plotting

NAME = "card.png"


def draw(app, error) -> None:
    """1200 x 630 pixels: how much gradient reaches each of 20 layers, in three networks."""
    if error or app.builder.format != "html":
        return
    x, t, _, _ = nn.datasets.digits()
    norms = {}
    for name in ("sigmoid", "tanh", "relu"):
        rng = np.random.default_rng(0)
        net = nn.mlp(64, 10, depth=20, width=32, activation=name, rng=rng)
        _, tape = nn.loss_and_grad(net, nn.SoftmaxCrossEntropy(), x[:128], t[:128], watch=True)
        norms[name] = nn.diagnostics.gradient_norms(tape)
    with matplotlib.rc_context(plotting.STYLE | {"font.size": 22, "figure.facecolor": "white"}):
        fig = Figure(figsize=(12, 6.3), dpi=100, layout="constrained")
        fig.suptitle(app.config.html_title, size=44, x=0.02, ha="left")
        plotting.by_layer(norms, fig.subplots(), what="gradient", log=True)
        fig.savefig(Path(app.outdir) / "_static" / NAME, facecolor="white")
