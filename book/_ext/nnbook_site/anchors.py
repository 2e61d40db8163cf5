"""`<a id="name"></a>` before an entry of a page is a place to link to, as on GitHub and in JupyterLab.

So are headings (`#a-slope-is-a-sensitivity`) and the buttons that set a live figure
(nnbook_lib/live/page.py). A link shows the entry's words, too, while the pointer rests on it: that is
how a citation is read without leaving the sentence.
"""

from __future__ import annotations

import re

from docutils import nodes
from sphinx import addnodes

ANCHOR = re.compile(r'<a id="([\w-]+)">')
PRESET = re.compile(r'<button[^>]* class="live-preset" id="([^"]+)"')
ENTRIES = "anchors"  # of a page's metadata: its anchors, each with the words that stand there
SLUGS = "myst_slugs"  # where MyST looks up what a link may point to


def collect(app, doctree) -> None:
    """Keep the anchors of a page that has been read, and tell MyST of them."""
    entries = {}
    for raw in doctree.findall(nodes.raw):
        if match := ANCHOR.fullmatch(raw.astext()):
            shown = [part.astext() for part in raw.parent if not isinstance(part, nodes.raw)]
            entries[match[1]] = " ".join("".join(shown).split())
    here = {name for section in doctree.findall(nodes.section) for name in section["ids"]}
    here |= {name for raw in doctree.findall(nodes.raw) for name in PRESET.findall(raw.astext())}
    page, here = app.env.metadata[app.env.docname], here | entries.keys()
    page[ENTRIES] = entries
    page.setdefault(SLUGS, {}).update({name: (None, name, "") for name in sorted(here)})
    for link in [*doctree.findall(addnodes.pending_xref)]:
        if (name := link["reftarget"]) in here and link["reftype"] == "myst":  # on its own page
            link.replace_self(nodes.reference("", "", *link[0].children, refid=name))


def show(app, doctree, docname) -> None:
    """Let each link to an entry show it."""
    entries = {
        f"{app.builder.get_relative_uri(docname, page)}#{name}": words
        for page, known in app.env.metadata.items()
        for name, words in known.get(ENTRIES, {}).items()
    }
    for link in doctree.findall(nodes.reference):
        if words := entries.get(link.get("refuri")):
            link["reftitle"] = words
