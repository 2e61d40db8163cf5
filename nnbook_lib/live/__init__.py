"""Live figures: one drawing function, alive in a notebook and, without Python, on a page.

    from nnbook_lib.live import explore, log, play, stops

explorer.py       `explore`, and the figure it makes
controls.py       the sliders, menus and switches, and what abbreviates them; limits.py says how much a
                  page holds, steps.py are the values of a long slider
presets.py        settings with a name, to which a text can link
panel.py          the figure in a notebook, as widgets; page.py, as HTML
failure.py        what a reader is told when a picture cannot be drawn
caption.py        what stands under a picture: its first sentence in bold
easel.py          a picture: the figure laid out, drawn (ticks.py) and turned into SVG (svg.py)
ghost.py          the last picture, faint, under the present one, where scales.py says they agree
frames.py         every picture of a figure, packed for the page and kept on disk, timed by clock.py
guessing.py       `guess`: a question, whose answer the reader says before it is shown; answers.py has what
                  it may be, in words, measure.py its scale, guess_page.py and guess_panel.py its looks
attacking.py      `attack`: a claim that the reader may try to refute; claim.py has its bounds, its settings
                  and the words, attack_page.py and attack_panel.py its looks
fingerprint.py    what a figure depends on, as a hash, so that an old picture is never shown;
                  sources.py says which of the library's files that are
"""

from .answers import curve
from .attacking import Attack, attack
from .controls import log, play, stops
from .explorer import Explorer, explore
from .guessing import Guess, guess

__all__ = [
    "Attack",
    "Explorer",
    "Guess",
    "attack",
    "curve",
    "explore",
    "guess",
    "log",
    "play",
    "stops",
]
