"""Code on a page, with an element only where something has a color of its own.

Stock highlighting wraps every name, bracket and space: two thirds of a chapter's elements, which
look like the text around them.
"""

from __future__ import annotations

from pygments.formatters import HtmlFormatter
from pygments.token import (
    Comment,
    Error,
    Generic,
    Keyword,
    Name,
    Number,
    Operator,
    String,
    Text,
)
from sphinx.highlighting import PygmentsBridge

COLORED = {
    kind: kind
    for kind in (Comment, Error, Keyword, Number, String, Name.Builtin, Name.Class, Name.Decorator)
} | {Name.Function: Name.Function, Operator.Word: Keyword}


def shown_as(kind):
    """The kind of token whose color this one gets: its own or an ancestor's, or that of plain text."""
    while kind.parent and kind not in COLORED and kind.parent is not Generic:
        kind = kind.parent
    return COLORED.get(kind, kind if kind in Generic else Text)


class Listing(HtmlFormatter):
    """HTML in which neighbors of one color are one element, and plain text is none."""

    def format_unencoded(self, tokens, out):
        super().format_unencoded(((shown_as(kind), text) for kind, text in tokens), out)


def install() -> None:
    """Let Sphinx highlight with it."""
    PygmentsBridge.html_formatter = Listing
