"""The last setting as a ghost under the present picture: its curves, faint, where the axes are the same.

live.js does on a page what `with_ghost` does here.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from .svg import fragments

PANEL = '<g data-axes="'  # where a panel begins, and what its axes are: see easel.py
NO_DATA = ('<g class="furniture"', "<text", "<image")
CHANGED = "the scale has changed"
GHOST = '<g class="ghost" opacity=".3">'


def laid_under(picture: str, last: str) -> tuple[str, bool]:
    """with_ghost, of two pictures as HTML."""
    pieces, changed = with_ghost(
        *(list(fragments(ElementTree.fromstring(p))) for p in (picture, last))
    )
    return f"{picture[: picture.index('>') + 1]}{''.join(pieces)}</svg>", changed


def with_ghost(pieces: Sequence[str], last: Sequence[str]) -> tuple[list[str], bool]:
    """(a picture with what the last one had in its place laid under it, whether a panel goes without
    because its scale has changed). A picture is the list of its pieces: svg.fragments.
    """
    before, made, changed = _panels(last), list(pieces), False
    for axes, items in reversed(_panels(pieces).items()):  # from the end, so that places hold
        if axes not in before:
            changed = True
            continue
        old, new = ({item for _, item in each} for each in (before[axes], items))
        gone = [item for _, item in before[axes] if item not in new]
        ghost = [item for item in gone if not item.startswith(NO_DATA)]
        if items and any(not item.startswith("<defs") for item in ghost):
            come = [i for i, item in items if item not in old and not item.startswith(NO_DATA)]
            place = min(come, default=items[0][0])
            made[place:place] = [GHOST, *ghost, "</g>"]
    return made, changed


def _panels(pieces: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
    """{its first piece: what is in it, each with its place} of every panel that may have a ghost."""
    found: dict[str, list[tuple[int, str]]] = {}
    items, depth = None, 0
    for i, piece in enumerate(pieces):
        opens = piece.startswith("<g") and not piece.endswith(("</g>", "/>"))
        if piece.startswith(PANEL):
            found[piece], depth = [], 0
            items = found[piece] if opens else None
        elif items is not None and piece == "</g>" and not depth:
            items = None  # the panel ends
        elif items is not None:
            if depth:
                items[-1] = items[-1][0], items[-1][1] + piece
            else:
                items.append((i, piece))
            depth += opens - (piece == "</g>")
    return found
