"""The caption of a live figure: its first sentence concludes, and is set in bold."""

from __future__ import annotations

import re
from html import escape

# A mark ends a sentence if what follows can begin one, and if it does not end an abbreviation.
END = re.compile(r"[.!?][)”’\"']*(?=\s+[^\sa-zα-ω.,;:)=<>])")
SHORT = "e.g i.e cf vs approx resp al ca Eq Eqs Fig Figs Ch Sec No Nos p pp Dr".split()
ABBREVIATION = re.compile(rf"(?:^|[\s(])(?:{'|'.join(map(re.escape, SHORT))})\.$", re.I)
SPACES = re.compile(r"[ \t\r\n]+")  # and not those that keep a number and its unit together


def sentences(caption: str) -> tuple[str, str]:
    """(the first sentence, the rest) of a caption."""
    caption = SPACES.sub(" ", caption).strip()
    ends = (end.end() for end in END.finditer(caption))
    first = next((i for i in ends if not ABBREVIATION.search(caption[:i])), len(caption))
    return caption[:first], caption[first:].strip()


def by_line(caption: str) -> str:
    """The caption as a page's scripts read it: a new line, and no other, ends the first sentence."""
    return "\n".join(filter(None, sentences(caption)))


def html(caption: str) -> str:
    """The caption as HTML."""
    first, rest = (escape(part, quote=False) for part in sentences(caption))
    return f"<b>{first}</b> {rest}".strip()
