"""Code on a page, with an element only where color says something.

Stock highlighting wraps every name, bracket, number and space: most of a chapter's elements, for
little to see. Here comments, strings, keywords and what is being defined stand out.

A phone has no room for most lines. What it puts into the next stands, by code.css, six letters in, and
farther in a listing whose long lines are: it says how far.
"""

from __future__ import annotations

import re
from html import unescape
from io import StringIO

from pygments.formatters import HtmlFormatter
from pygments.token import Comment, Error, Generic, Keyword, Name, Operator, String, Text, Token
from sphinx.highlighting import PygmentsBridge

COLORED = {Comment, Error, Keyword, String, Name.Class, Name.Decorator, Name.Function}
ALSO = {Operator.Word: Keyword, Token: Text}  # every kind descends from Token
TAG = re.compile("<[^>]*>")
LONG = 34  # letters of a line that have room on a phone
FIRST = "<span></span>"  # keeps an old browser from eating a first empty line


def shown_as(kind):
    """The kind of token whose color this one gets: its own or an ancestor's, or that of plain text."""
    if kind in Generic:
        return kind
    while kind not in COLORED and kind not in ALSO:
        kind = kind.parent
    return ALSO.get(kind, kind)


def steps(line: str) -> int:
    """By how many steps of four a line is indented that is too long for a phone; 0 for others."""
    return (len(line) - len(line.lstrip())) // 4 if len(line.rstrip()) > LONG else 0


class Listing(HtmlFormatter):
    """HTML in which neighbors of one color are one element, and plain text is none."""

    def format_unencoded(self, tokens, out):
        whole = StringIO()
        super().format_unencoded(((shown_as(kind), text) for kind, text in tokens), whole)
        html = whole.getvalue().replace(FIRST, "", 1)
        if (farthest := max(map(steps, unescape(TAG.sub("", html)).split("\n")))) > 1:
            html = html.replace('class="', f'class="in-{min(farthest, 3)} ', 1)
        out.write(html)


def install() -> None:
    """Let Sphinx highlight with it."""
    PygmentsBridge.html_formatter = Listing
