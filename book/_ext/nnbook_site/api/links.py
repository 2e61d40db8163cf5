"""Names of the library in the text and in the code cells become links to their entries."""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes

from .names import PAGES, Entry, pages, resolve

OWN = re.compile(r"^\s*(?:def|class) (\w+)|^(\w+) = ", re.M)


def link_names(app, doctree, docname) -> None:
    """Make names of the library in the text links, once in a section."""
    if app.builder.format != "html":
        return
    where = pages(Path(app.srcdir))
    blocks = "\n".join(block.astext() for block in doctree.findall(nodes.literal_block))
    own = frozenset() if docname.startswith(PAGES) else frozenset(sum(OWN.findall(blocks), ()))
    seen = set()
    for literal in list(doctree.findall(nodes.literal)):
        above, at = [], literal.parent
        while at is not None:
            above.append(at)
            at = at.parent
        if any(isinstance(a, nodes.title | nodes.reference | nodes.term) for a in above):
            continue
        entry = resolve(literal.astext(), own)
        if not entry or entry.module not in where:
            continue
        inside = next((a for a in above if isinstance(a, nodes.section)), None)
        if (mark := (id(inside), entry.key)) in seen or entry.key in (inside or {}).get("ids", []):
            continue
        seen.add(mark)
        link = nodes.reference(
            "", "", internal=True, classes=["api"], refuri=_uri(app, docname, entry, where)
        )
        literal.replace_self(link)
        link += literal


def _uri(app, docname: str, entry: Entry, where: dict[str, str]) -> str:
    page = where[entry.module]
    local = "" if page == docname else app.builder.get_relative_uri(docname, page)
    return f"{local}#{entry.key}"


BLOCK = re.compile(r'<div class="[^"]*highlight"><pre>.*?</pre>', re.S)
CHAIN = re.compile(r"<span[^>]*>.*?</span>|\bnn(?:\.\w+)+", re.S)  # not in a string or a comment


def link_code(app, pagename, templatename, context, doctree) -> None:
    """Make nn.names in the code cells of a page links, once on the page."""
    body = context.get("body", "")
    if app.builder.format != "html" or doctree is None or pagename.startswith(PAGES):
        return
    where = pages(Path(app.srcdir))
    seen = set()

    def linked(match: re.Match) -> str:
        entry = None if match[0].startswith("<") else resolve(match[0])
        if not entry or entry.key in seen or entry.module not in where:
            return match[0]
        seen.add(entry.key)
        return f'<a class="api" href="{_uri(app, pagename, entry, where)}">{match[0]}</a>'

    context["body"] = BLOCK.sub(lambda block: CHAIN.sub(linked, block[0]), body)
