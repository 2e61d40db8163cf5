"""A table that is too wide for a phone says in each cell what its column is, so that a sheet can show
its rows as cards there.
"""

from __future__ import annotations

import re
from html import escape, unescape

FITS = 38  # letters of a line on a phone, with the room between columns
TABLE = re.compile(r"<table class=\"(?:table|result)[^>]*>.*?</table>", re.S)
HEAD = re.compile(r"<thead>.*?</thead>", re.S)
ROW = re.compile(r"<tr[^>]*>.*?</tr>", re.S)
CELL = re.compile(r"<(t[dh])([^>]*)>(.*?)</\1>", re.S)


def as_cards(body: str) -> str:
    """The page with the cells of its wide tables labelled."""
    return TABLE.sub(lambda found: _labelled(found[0]), body)


def _labelled(table: str) -> str:
    head = HEAD.search(table)
    if not head or "colspan" in table or "rowspan" in table:
        return table
    heads = [_words(cell[3]) for cell in CELL.finditer(head[0])]
    rows = [[_words(cell[3]) for cell in CELL.finditer(row)] for row in ROW.findall(table)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=False)]
    if len(heads) < 3 or sum(widths) + 2 * len(widths) <= FITS:
        return table

    def label(row: re.Match) -> str:
        names = iter(heads)

        def cell(one: re.Match) -> str:
            name = next(names, "")
            said = f' data-label="{escape(name)}"' if name else ""
            return f"<{one[1]}{one[2]}{said}>{one[3]}</{one[1]}>"

        return CELL.sub(cell, row[0])

    body = ROW.sub(label, table[head.end() :])
    opened = table[: head.end()].replace('<table class="', '<table class="rows-as-cards ', 1)
    return opened + body


def _words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())
