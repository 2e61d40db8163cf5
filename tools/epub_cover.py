"""The cover of the EPUB: the site's logo and the book's title, as a PNG, since not all show SVG."""

from __future__ import annotations

import io
import re
import textwrap
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path as Outline

STEPS = {"M": [Outline.MOVETO], "L": [Outline.LINETO], "Q": [Outline.CURVE3] * 2}
WIDTH, HEIGHT, DPI = 8, 12, 150  # inches, and 1200 x 1800 pixels


def cover(title: str, author: str, logo: Path) -> bytes:
    fig = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, facecolor="white")
    draw_logo(fig.add_axes((0.1, 0.7, 0.3, 0.2)), logo)
    lines = textwrap.fill(title, 12)
    fig.text(0.1, 0.64, lines, size=58, weight="bold", va="top", linespacing=1.25, color="#1d2126")
    fig.text(0.1, 0.08, author, size=22, color="#1d2126")
    file = io.BytesIO()
    fig.savefig(file, format="png")
    return file.getvalue()


def draw_logo(ax: Axes, logo: Path) -> None:
    """Draw an SVG file of circles and of paths with absolute M, L and Q."""
    root = ElementTree.parse(logo).getroot()
    left, top, width, height = map(float, root.get("viewBox").split())
    ax.set(xlim=(left, left + width), ylim=(top + height, top), aspect="equal")
    ax.axis("off")
    points = ax.get_window_extent().width * 72 / DPI / width  # to a unit of the logo
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
