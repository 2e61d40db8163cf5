"""How much a figure may hold: little on a page, which has a picture of each combination of values, and
nearly anything in a notebook, which draws only what is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from math import prod
from typing import Any

BUILDING = "NNBOOK_FRAMES"  # set while the book is built: the directory where frames are kept
MOST = 60  # values of a page's control; more are neither told apart nor worth the pictures
MOST_PICTURES = 400  # of a page's figure: it holds them all
LONGEST = 10_000  # values of a menu or of stops in a notebook: each is written down
LONGEST_SLIDER = 2**53  # values of (low, high, step): a browser tells no more apart


def is_building() -> bool:
    """Whether the book is being built, so that a figure must fit on a page."""
    return bool(os.environ.get(BUILDING))


def count_fits(name: str, count: int, page: bool | None = None) -> None:
    """Raise ValueError for too many or too few values of a control; page=None: for where we are."""
    least, most = (2, MOST) if page or (page is None and is_building()) else (1, LONGEST)
    if not least <= count <= most:
        thin = "thin it, as in stops(1, 2, 5, 10), or " if count > most else ""
        raise ValueError(
            f"{name} has {count} value{'s' * (count != 1)}; wanted {least} to {most}: {thin}write "
            "ipywidgets.fixed(...) for what does not move."
        )


def fit_page(controls: Sequence[Any]) -> None:
    """Raise ValueError if a page cannot hold a picture of each combination of their values."""
    for control in controls:
        count_fits(f"control {control.name}: it", len(control.values), page=True)
    pictures = prod(len(c.values) for c in controls)
    if pictures > MOST_PICTURES:
        sizes = " x ".join(f"{len(c.values)} {c.name}" for c in controls)
        raise ValueError(
            f"{sizes} = {pictures} pictures, and a page holds at most {MOST_PICTURES}; "
            "thin a control, for example depth=stops(1, 2, 5, 10, 20)"
        )
