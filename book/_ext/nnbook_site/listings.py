"""Code on a page, with an element only where color says something.

Stock highlighting wraps every name, bracket, number and space: most of a chapter's elements, for
little to see. Here comments, strings, keywords and what is being defined stand out.
"""

from __future__ import annotations

from io import StringIO

from pygments.formatters import HtmlFormatter
from pygments.token import Comment, Error, Generic, Keyword, Name, Operator, String, Text, Token
from sphinx.highlighting import PygmentsBridge

COLORED = {Comment, Error, Keyword, String, Name.Class, Name.Decorator, Name.Function}
ALSO = {Operator.Word: Keyword, Token: Text}  # every kind descends from Token
FIRST = "<span></span>"  # keeps an old browser from eating a first empty line


def shown_as(kind):
    """The kind of token whose color this one gets: its own or an ancestor's, or that of plain text."""
    if kind in Generic:
        return kind
    while kind not in COLORED and kind not in ALSO:
        kind = kind.parent
    return ALSO.get(kind, kind)


class Listing(HtmlFormatter):
    """HTML in which neighbors of one color are one element, and plain text is none."""

    def format_unencoded(self, tokens, out):
        whole = StringIO()
        super().format_unencoded(((shown_as(kind), text) for kind, text in tokens), whole)
        out.write(whole.getvalue().replace(FIRST, "", 1))


def install() -> None:
    """Let Sphinx highlight with it."""
    PygmentsBridge.html_formatter = Listing
