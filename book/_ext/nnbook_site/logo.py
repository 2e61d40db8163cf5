"""The site's logo as pixels, where no SVG is taken: on the EPUB's cover, as the icon of the app."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path as Outline

STEPS = {"M": [Outline.MOVETO], "L": [Outline.LINETO], "Q": [Outline.CURVE3] * 2}


def draw_icon(file: Path, logo: Path, pixels: int, share: float, ground: str) -> None:
    """Write a square PNG of so many pixels, of which the logo takes a share, on a ground."""
    fig = Figure(figsize=(1, 1), dpi=pixels, facecolor=ground)
    edge = (1 - share) / 2
    draw_logo(fig.add_axes((edge, edge, share, share)), logo)
    fig.savefig(file, format="png")


def draw_logo(ax: Axes, logo: Path) -> None:
    """Draw an SVG file of circles and of paths with absolute M, L and Q."""
    root = ElementTree.parse(logo).getroot()
    left, top, width, height = map(float, root.get("viewBox").split())
    ax.set(xlim=(left, left + width), ylim=(top + height, top), aspect="equal")
    ax.axis("off")
    points = ax.get_window_extent().width * 72 / ax.figure.dpi / width  # to a unit of the logo
    for shape in root:
        look = shape.attrib
        if shape.tag.endswith("circle"):
            center = float(look["cx"]), float(look["cy"])
            ax.add_patch(Circle(center, float(look["r"]), color=look["fill"], zorder=2))
        else:
            steps = re.findall(r"([A-Za-z])([^A-Za-z]*)", look["d"])
            places = np.array(" ".join(numbers for _, numbers in steps).split(), float)
            codes = [code for letter, _ in steps for code in STEPS[letter]]
            ax.add_patch(
                PathPatch(
                    Outline(places.reshape(-1, 2), codes),
                    fill=False,
                    edgecolor=look["stroke"],
                    linewidth=float(look["stroke-width"]) * points,
                    capstyle=look.get("stroke-linecap", "butt"),
                    joinstyle=look.get("stroke-linejoin", "miter"),
                )
            )
