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
    from ..live import attacking, guessing
    from ..live.explorer import SHOWN_BY
    from . import attacks, explorers, guesses, pictures

    SHOWN_BY.append(explorers.show)
    guessing.SHOWN_BY.append(guesses.called.show)
    attacking.SHOWN_BY.append(attacks.called.show)
    all_called = explorers.called, guesses.called, attacks.called
    FORMS.extend([*(each.form for each in all_called), pictures.form])
    LEFT.extend([*(each.left for each in all_called), pictures.left])


def move(asked: str) -> str:
    """Draw a live figure at other values: see explorers.move."""
    from . import explorers

    return explorers.move(asked)


def attack(asked: str) -> str:
    """Try to refute a claim: see attacks.attack."""
    from . import attacks

    return attacks.attack(asked)


def attacked(asked: str) -> str:
    """A claim under attack as HTML: see attacks.attacked."""
    from . import attacks

    return attacks.attacked(asked)
