"""One table from what Python and numpy say to what it means, and what to do about it."""

from __future__ import annotations

import re

from . import calls, kinds, reading, shapes
from .place import place_of

# (kinds of error, pattern, what to say); the first that fits is heard. A sentence may hold {0},
# the pattern's groups, and {shapes}, those of the arrays in the line that failed.
TABLE = [*reading.ROWS, *kinds.ROWS, *shapes.ROWS, *calls.ROWS]


def in_plain_words(error: BaseException) -> str:
    """What an error of Python or numpy means in a beginner's words, with the remedy.

    One or two sentences, which may quote names and shapes of the line of the reader's own code
    that raised it; "" for an error that the table does not hold. Never raises.
    """
    try:
        text, place = str(error), place_of(error)
        for kind, pattern, says in TABLE:
            match = re.search(pattern, text) if isinstance(error, kind) else None
            if match and callable(says):
                return says(match, place)
            if match:
                return says.format(*match.groups(), shapes=place.shapes())
    except Exception:  # explaining an error must not hide it
        pass
    return ""
