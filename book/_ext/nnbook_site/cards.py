"""The pictures on the cards of the front page, one a chapter: small, without words, each from a
computation of its chapter.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import nnbook_lib as nn
from nnbook_lib import plotting
from nnbook_lib.live.svg import markup, page_svg
from nnbook_lib.plotting import COLORS, GRAY

SIZE = 3.2, 1.7  # inches


def svg(draw: Callable[[Axes], None]) -> str:
    """A picture as it stands in the page; its text alternative is what the function's docstring says."""
    with matplotlib.rc_context({**plotting.STYLE, "svg.hashsalt": draw.__name__}):
        fig = Figure(figsize=SIZE)
        ax = fig.add_axes((0.03, 0.05, 0.94, 0.9))
        ax.axis("off")
        draw(ax)
        text = io.StringIO()
        fig.savefig(text, format="svg", metadata={"Date": None})
    picture = page_svg(text.getvalue(), f"card-{draw.__name__}")
    return f'<div class="card-picture">{markup(picture, draw.__doc__)}</div>'


def bent(ax: Axes) -> None:
    """A dotted wave, and the bent line that a network of twelve ReLU nodes makes of it."""
    rng, x = np.random.default_rng(3), np.linspace(-1, 1, 200)[:, None]
    t = np.sin(6 * x)
    net = nn.mlp(1, 1, depth=1, width=12, activation="relu", rng=rng)
    first = net.layers[0]
    first.W[:], first.b[:] = 2, np.linspace(2, -1.7, 12)  # the bends lie side by side
    for _ in nn.train(net, nn.SquaredError(), nn.Adam(0.02), x, t, batch=200, epochs=1500, rng=rng):
        pass
    ax.plot(x, t, color=GRAY, lw=2.5, ls=(0, (0.2, 1.6)), dash_capstyle="round")
    ax.plot(x, net(x), color=COLORS["forward"], lw=2.5)


def back_and_forth(ax: Axes) -> None:
    """A small network: blue lines forward, as wide as the weights; orange ones back, as the gradients."""
    rng = np.random.default_rng(4)
    net = nn.mlp(3, 2, depth=2, width=4, activation="tanh", rng=rng)
    x, t = rng.normal(size=(8, 3)), rng.integers(2, size=8)
    nn.loss_and_grad(net, nn.SoftmaxCrossEntropy(), x, t)
    layers = [layer for layer in net.layers if isinstance(layer, nn.Dense)]
    sizes = [layers[0].W.shape[1], *(layer.W.shape[0] for layer in layers)]
    places = [np.linspace(0.5, -0.5, n) * (n - 1) / 3 if n > 1 else [0.0] for n in sizes]
    for way, (shift, name) in {"W": (0.02, "forward"), "dW": (-0.02, "backward")}.items():
        for column, layer in enumerate(layers):
            values = np.abs(getattr(layer, way))
            for (i, j), value in np.ndenumerate(values / values.max()):
                ends = places[column][j] + shift, places[column + 1][i] + shift
                ax.plot(
                    (column, column + 1), ends, color=COLORS[name], lw=0.3 + 2 * value, alpha=0.8
                )
    for column, ys in enumerate(places):
        ax.plot(np.full(len(ys), column), ys, "o", ms=11, color=COLORS["forward"])
    ax.margins(0.08, 0.14)


def downhill(ax: Axes) -> None:
    """The zigzag way of gradient descent down a ravine, and the calmer one with momentum."""
    curvature, start = np.array([1.0, 12.0]), np.array([-2.9, 0.75])
    angle = np.linspace(0, 2 * np.pi, 121)
    for level in (0.25, 0.8, 1.7, 3.0, 4.6):
        radii = np.sqrt(2 * level / curvature)
        ax.plot(radii[0] * np.cos(angle), radii[1] * np.sin(angle), color=GRAY, lw=0.8)
    for opt, color in ((nn.SGD(0.15), "backward"), (nn.Momentum(0.03, 0.8), "forward")):
        way = [start.copy()]
        for _ in range(24):
            theta = way[-1].copy()
            opt.step(theta, curvature * theta)
            way.append(theta)
        ax.plot(*np.array(way).T, "o-", color=COLORS[color], ms=3, lw=1.5)
    ax.set(xlim=(-3.2, 3.2), ylim=(-1.0, 1.0))


def fading(ax: Axes) -> None:
    """Bars for twenty sigmoid layers: from the last to the first, less and less gradient arrives."""
    bars(ax, "sigmoid", COLORS["backward"])


def kept_alive(ax: Axes) -> None:
    """Bars for twenty ReLU layers, all of about one height, and in gray before them the sigmoids' bars."""
    bars(ax, "relu", COLORS["relu"])
    bars(ax, "sigmoid", GRAY)


def bars(ax: Axes, activation: str, color: str) -> None:
    """The gradient that reaches each layer, on a logarithmic scale from 10^-14 to 1."""
    height = np.log10(gradient(activation)) + 14
    ax.bar(np.arange(len(height)), height, color=color, width=0.7)
    ax.set(ylim=(0, 14))


def watched(ax: Axes) -> None:
    """The loss of one network at three learning rates: hardly falling, falling fast, and jumping."""
    x, t, _, _ = nn.datasets.digits()
    for lr, name in ((0.005, "relu"), (0.3, "forward"), (1.6, "backward")):
        net = nn.mlp(64, 10, depth=1, width=32, activation="relu", rng=np.random.default_rng(0))
        rng = np.random.default_rng(1)
        run = nn.train(net, nn.SoftmaxCrossEntropy(), nn.SGD(lr), x, t, batch=64, epochs=4, rng=rng)
        loss = np.array([step.loss for step in run])
        ax.plot(loss[::2], color=COLORS[name], lw=2)
    ax.set_ylim(0, loss.max())


PICTURES = [bent, back_and_forth, downhill, fading, kept_alive, watched]  # in the chapters' order


def gradient(activation: str) -> np.ndarray:
    """The norm of the gradient at each of 20 layers on the digits, as on the social card."""
    x, t, _, _ = nn.datasets.digits()
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=20, width=32, activation=activation, rng=rng)
    _, tape = nn.loss_and_grad(net, nn.SoftmaxCrossEntropy(), x[:128], t[:128], watch=True)
    return nn.diagnostics.gradient_norms(tape)[:-1]  # without the output
