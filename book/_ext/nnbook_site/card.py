"""The picture that a link to the book shows elsewhere: the vanishing gradient, measured."""

from __future__ import annotations

from pathlib import Path

import matplotlib
from matplotlib.figure import Figure

from nnbook_lib import plotting

from .cards import gradient
from .logo import draw_logo

NAME = "card.png"
LOGO = Path(__file__).parent / "static" / "logo.svg"
SAYS = (
    "The gradient that reaches each of twenty layers: level with ReLU; with sigmoids next to nothing "
    "arrives at the first."
)


def draw(app, error) -> None:
    """1200 x 630 pixels: the logo, the title, and how much gradient reaches each of 20 layers."""
    if error or app.builder.format != "html":
        return
    card(app.config.html_title, Path(app.outdir) / "_static" / NAME)


def card(title: str, file: Path) -> None:
    """Write the card."""
    style = {"font.size": 22, "figure.facecolor": "white", "axes.labelsize": 20}
    with matplotlib.rc_context(plotting.STYLE | style):
        fig = Figure(figsize=(12, 6.3), dpi=100)
        draw_logo(fig.add_axes((0.035, 0.775, 0.1, 0.19)), LOGO)
        fig.text(0.15, 0.87, title, size=42, va="center")
        ax = fig.add_axes((0.12, 0.14, 0.83, 0.55))
        ax.set(xlim=(0.5, 20.5), ylim=(1e-14, 1e2))
        for name, place in (("relu", (1, 3.0)), ("sigmoid", (11.3, 1e-9))):
            look = {"color": plotting.COLORS[name], "markersize": 8, "lw": 3}
            plotting.by_layer(gradient(name), ax, log=True, **look)
            ax.text(*place, plotting.NAMES[name], color=plotting.COLORS[name], size=26)
        ax.set(title="How much gradient reaches each of 20 layers?", ylabel="logarithmic scale")
        fig.savefig(file, facecolor="white")
