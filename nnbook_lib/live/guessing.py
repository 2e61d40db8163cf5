"""`guess`: the reader says first, then sees what it is. Widgets in a notebook, HTML on a page."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from .answers import answered
from .explorer import WIDGET
from .guess_page import guess_html
from .guess_panel import GuessPanel
from .limits import BUILDING
from .presets import slug

LONG = 40  # letters of a question that its id keeps

# Where the page itself runs Python, nnbook_lib.in_page says here what shows a guess on it.
SHOWN_BY: list[Callable[[Guess], None]] = []


def guess(
    question: str,
    truth: Any,
    answer: Any,
    *,
    says: str = "",
    unit: str | tuple[str, str] = "",
) -> Guess:
    """Ask the reader for a guess; one click shows the truth over it, and how far off it was.

        shrinks = norms[-1] / norms[0]           # measured, never typed
        guess("How many times smaller is the gradient at the first layer than at the last?",
              shrinks, log(1, 1e6), unit="times")
        guess("Which of the two does harm?", worst, {"All rows": "Only a little.", "New rows": ""})
        guess("How does the gradient's size go through the layers?", norms,
              curve(range(1, 11), log(1e-6, 1), x_label="layer", y_label="size"))

    answer: (low, high) or (low, high, step) for a number, log(low, high) or stops(...) for one on such
    a scale; a list of labels, or {label: what is said to who chooses it}; or curve(x, y). truth: the
    number, the label, or the curve's numbers. unit: what is counted, ("bird", "birds") where one is
    called otherwise. says: what is said after the truth.

    Nothing waits for the guess. A page keeps it in the browser. The cell's text has question and truth.

    While the book is built, a truth must lie on its scale; in a notebook the scale is widened for one
    that does not, since a reader may have changed what is measured.

    Raises ValueError for a question without words, an answer that is none of these, and a truth that no
    such scale can hold or that is none of the labels; ModuleNotFoundError in a notebook without
    ipywidgets.
    """
    made = Guess(question, truth, answer, says=says, unit=unit)
    made.show()
    return made


class Guess:
    """A question with its answer: `says_of(guess)` is what a reader is told, `text` what a cell stores."""

    def __init__(
        self,
        question: str,
        truth: Any,
        answer: Any,
        *,
        says: str = "",
        unit: str | tuple[str, str] = "",
    ):
        if not (isinstance(question, str) and slug(question)):
            raise ValueError(f"guess wants a question in words; got {question!r}.")
        try:
            self.answer = answered(answer, truth, unit)
        except ValueError as error:
            raise ValueError(f"guess {question!r}: {error}.") from None
        self.question, self.says = question, says
        words = slug(question)
        if len(words) > LONG:  # and no two of a page are one
            words = f"{words[:LONG].rpartition('-')[0] or words[:LONG]}-{self.kept[:4]}"
        self.key = f"guess-{words}"

    @property
    def kept(self) -> str:
        """The name under which a browser keeps the guess: another one where another scale is asked."""
        asked = json.dumps([self.question, self.answer.facts()["said"]])
        return hashlib.sha256(asked.encode()).hexdigest()[:12]

    @property
    def text(self) -> str:
        """Question and truth, as the cell stores them."""
        return f"{self.question}\ntruth: {self.answer.truth_in_words}"

    def says_of(self, guess: int | Sequence[int]) -> str:
        """How far off a guess is: the place of a mark or of a label, or of a mark for each point."""
        return self.answer.says(guess)

    def page(self) -> str:
        """The guess as HTML: complete without scripts; guess.js puts the controls there."""
        return guess_html(self.key, self.kept, self.question, self.answer, self.says)

    def show(self) -> None:
        """Display it: widgets where a kernel runs, HTML where a book is built or the page runs Python."""
        if SHOWN_BY:
            return SHOWN_BY[-1](self)
        shell = sys.modules.get("IPython")  # where a kernel runs, it is loaded
        if shell is None or shell.get_ipython() is None:
            return
        from IPython.display import display

        if os.environ.get(BUILDING):
            bundle = {"text/html": self.page(), "text/plain": self.text}
        else:
            box = GuessPanel(self.question, self.answer, self.says).box
            view = {"version_major": 2, "version_minor": 0, "model_id": box.model_id}
            bundle = {WIDGET: view, "text/plain": self.text}
        display(bundle, raw=True)

    def _ipython_display_(self) -> None:
        """guess has displayed it already."""
