"""Guesses on a page that runs Python: as HTML, which the page's guess.js gives its controls."""

from __future__ import annotations

from typing import Any

from ..live.guessing import Guess
from .called import Called


def _described(guess: Guess) -> dict[str, Any]:
    return {"kind": "html", "html": guess.page(), "text": guess.text}


called = Called(Guess, _described)
