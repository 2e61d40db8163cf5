"""The cover of the EPUB: the site's logo and the book's title, as a PNG, since not all show SVG."""

from __future__ import annotations

import io
import sys
import textwrap
from pathlib import Path

from matplotlib.figure import Figure

sys.path.insert(0, str(Path(__file__).parents[1] / "book" / "_ext"))
from nnbook_site.logo import draw_logo

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
