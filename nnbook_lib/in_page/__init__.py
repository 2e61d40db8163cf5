"""Python's side of the pages that run it: cells of the site, run by Pyodide in a reader's browser.

The page's side is book/_ext/nnbook_site/in_page: `worker.js` calls what is named here, with JSON
in and out. Nothing of this is needed in a notebook.

cell.py        runs a cell: what it shows, what it printed, its error with the reader's own lines
browser.py     what a page has not: a keyboard to ask, a program to end; the browser is not Python's
laboratory.py  the twin laboratory
drawing.py     what pyplot draws (pictures.py), live figures moved by the reader (explorers.py), guesses,
               claims under attack (attacks.py); called.py: how these stand in for the still ones
needs.py       which cells another one needs, so that only these are run
"""

from .browser import settle
from .cell import run
from .drawing import attack, attacked, draw, move
from .laboratory import twins
from .needs import needed

__all__ = ["attack", "attacked", "draw", "move", "needed", "run", "settle", "twins"]
