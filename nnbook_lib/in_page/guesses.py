"""Guesses on a page that runs Python: as HTML, which the page's guess.js gives its controls."""

from __future__ import annotations

from typing import Any

from ..live.guessing import Guess

_shown: list[Guess] = []  # by guess(), in the present cell


def show(guess: Guess) -> None:
    """What guess() does on a page."""
    _shown.append(guess)


def left() -> list[dict[str, Any]]:
    """The guesses of the cell that has ended."""
    done = [_described(guess) for guess in _shown]
    _shown.clear()
    return done


def form(value: Any) -> dict[str, Any] | None:
    """A guess as a cell's value; guess() has not shown it besides."""
    if not isinstance(value, Guess):
        return None
    if value in _shown:
        _shown.remove(value)
    return _described(value)


def _described(guess: Guess) -> dict[str, Any]:
    return {"kind": "html", "html": guess.page(), "text": guess.text}
