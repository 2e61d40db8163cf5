"""What a reader is told when a picture cannot be drawn, or was drawn with a warning: in words, with
the line of the reader's own code.
"""

from __future__ import annotations

import linecache
import sys
import traceback
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from ..plain_words import in_plain_words
from ..plain_words.place import Place, is_own, place_of

NOTE = "border-left: 4px solid #d55e00; padding: 0 0.8em; line-height: 1.4; overflow-wrap: anywhere"


class FigureError(RuntimeError):
    """A live figure that could not be drawn, or what was measured for an attack and is no number. In a
    notebook it shows the reader's own line first, and none of the library's.
    """

    @classmethod
    def raised(cls, doing: str, error: BaseException, elsewhere: str) -> FigureError:
        """What to say of an error that came up in doing this, or elsewhere than in the reader's code."""
        said = f"{type(error).__name__}: {error}".strip(": ")
        plain = in_plain_words(error)
        where = _where(place_of(error)) or elsewhere
        return cls(f"{doing} raised {said}, {where}." + (f" {plain}" if plain else ""))

    def _render_traceback_(self) -> list[str]:
        """What IPython shows of it: where it came up, then what it is."""
        trace = self.__cause__ and self.__cause__.__traceback__
        own = [step for step in traceback.extract_tb(trace) if is_own(step.filename)]
        path = [f"{_file(s.filename)}, line {s.lineno}, in {s.name}\n    {s.line}" for s in own]
        return [*reversed(path), *([""] if path else []), f"{type(self).__name__}: {self}"]


def in_place_of_caption(error: BaseException, what: str = "picture") -> str:
    """An error as HTML, to stand where the caption stands. what: what there is not."""
    if isinstance(error, KeyboardInterrupt):
        text = f"Stopped before the {what} was done."
    elif isinstance(error, FigureError | ValueError):
        text = str(error)
    else:
        where = _where(place_of(error))
        text = f"{type(error).__name__}: {error}{', ' if where else ''}{where}"
    return f'<div role="alert" style="{NOTE}"><p><b>No {what}.</b> {_marked(text)}</p></div>'


def overheard(heard: Sequence[Any]) -> str:
    """Warnings that came up in drawing, as HTML, each once; "" for none."""
    said = []
    for w in heard:
        where = _where(Place(w.lineno, _line(w.filename, w.lineno), file=w.filename))
        where = f", {where}" if is_own(w.filename) else ""
        said.append(f"{w.category.__name__}: {w.message}{where}")
    notes = "".join(f"<p>{_marked(text)}</p>" for text in dict.fromkeys(said))
    return f'<div style="{NOTE}">{notes}</div>' if notes else ""


def _marked(text: str) -> str:
    """Text as HTML, code between backticks as code."""
    parts = escape(text, quote=False).split("`")
    if len(parts) % 2 == 0:  # one without its partner
        return "`".join(parts)
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(parts))


def _where(place: Place) -> str:
    """ "in cell 5, line 3: `return x @ W`"; empty for a place that is not known."""
    return f"in {_file(place.file)}, {place}" if place.number else ""


def _file(name: str) -> str:
    """What a reader calls a file: "cell 5", as its number stands beside it, or "figures.py"."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    try:
        kind, label = shell.compile.format_code_name(name)  # ("Cell", "In[5]")
    except Exception:  # of no cell
        return Path(name).name.strip("<>")  # a page has "<cell 5>"
    return f"{kind} {label}".replace("Cell In[", "cell ").rstrip("]")


def _line(file: str, number: int) -> str:
    return linecache.getline(file, number).strip()
