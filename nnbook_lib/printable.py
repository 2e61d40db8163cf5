"""Text for a terminal that cannot write all of it, as Windows' old ones cannot."""

from __future__ import annotations

import sys
import unicodedata

PLAIN = {"✓": "+", "✗": "x", "○": "o", "−": "-", "→": "->", "≤": "<=", "≥": ">=", "≠": "!="}
PLAIN |= {"≈": "~", "√": "root of ", "∞": "infinity", "∂": "d", "Σ": "sum", "…": "...", "·": "*"}


def printable(text: str, encoding: str | None = None) -> str:
    """text, with what cannot be written replaced: √ by "root of ", θ by "theta", ĉ by "c".

    encoding: of the stream that it is meant for; without one, what sys.stdout has now.
    """
    encoding = encoding or getattr(sys.stdout, "encoding", None) or "utf-8"
    return "".join(c if _can_write(c, encoding) else _replaced(c, encoding) for c in text)


def _can_write(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    except LookupError:  # no encoding that Python knows
        return text.isascii()
    return True


def _replaced(char: str, encoding: str) -> str:
    name = unicodedata.name(char, "")
    if char not in PLAIN and name.startswith("GREEK ") and " LETTER " in name:
        return name.rpartition(" LETTER ")[2].lower().partition(" ")[0]
    plain = PLAIN.get(char, unicodedata.normalize("NFKD", char))
    return "".join(c for c in plain if _can_write(c, encoding)) or "?"
