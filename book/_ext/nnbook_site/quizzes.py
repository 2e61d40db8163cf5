"""Options of a question say at a glance whether they are right: what their text begins with becomes
a verdict with a shape and a color, and the option a class.

    <details class="option"><summary>an answer</summary>

    Right. Because ...

    </details>
"""

from __future__ import annotations

import re

from sphinx.util import logging

logger = logging.getLogger(__name__)
KINDS = {"Right": "right", "No": "wrong"}
OPTION = re.compile(
    r'<details class="option">(<summary>(?:(?!</summary>).)*</summary>\s*<p>)(?:(\w+)\.(?=\s))?',
    re.S,
)


def show_verdicts(app, pagename, templatename, context, doctree) -> None:
    """Give each option of the page its class, and its verdict a place of its own."""
    if '<details class="option">' in context.get("body", ""):
        context["body"] = with_verdicts(context["body"], pagename)


def with_verdicts(html: str, page: str = "") -> str:
    """The page's HTML with each option marked; a warning for one that does not say what it is."""

    def marked(option: re.Match) -> str:
        head, word = option.groups()
        if word not in KINDS:
            logger.warning(
                "An option of a quiz begins with one of %s; this one does not: %s",
                " or ".join(f'"{kind}."' for kind in KINDS),
                re.sub("<[^>]+>|\\s+", " ", option[0]).strip(),
                location=page or None,
            )
            return option[0]
        kind = KINDS[word]
        return f'<details class="option {kind}">{head}<strong class="verdict">{word}.</strong>'

    return OPTION.sub(marked, html)
