"""Pictures and live figures in the cells of a page, as soon as matplotlib has come."""

from __future__ import annotations

import logging
import os

from .cell import FORMS, LEFT

BACKEND = "module://nnbook_lib.in_page.pictures"


def draw() -> None:
    """Let cells draw. Called once, when matplotlib is there."""
    os.environ["MPLBACKEND"] = BACKEND
    # It looks through its fonts anew on each page, in a fifth of a second, and warns of that.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    from ..live import guessing
    from ..live.explorer import SHOWN_BY
    from . import explorers, guesses, pictures

    SHOWN_BY.append(explorers.show)
    guessing.SHOWN_BY.append(guesses.called.show)
    both = explorers.called, guesses.called
    FORMS.extend([*(each.form for each in both), pictures.form])
    LEFT.extend([*(each.left for each in both), pictures.left])


def move(asked: str) -> str:
    """Draw a live figure at other values: see explorers.move."""
    from . import explorers

    return explorers.move(asked)
