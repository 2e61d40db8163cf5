"""The figures of a page: all are numbered, in one row, and plain ones stand in it as live ones do.

A plain one is what a cell draws. Its caption is in the cell's metadata, `mystnb.figure.caption`, and
it is put into the page as SVG with the page's ink. A live one is HTML already; its number stands before
its caption, which changes. The number begins with the chapter's. A link of the text to a figure, whose
words are "Figure" alone, says the number: [Figure](#live-gradient-flow).
"""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from sphinx import addnodes

from nnbook_lib.live.svg import plain

from .anchors import SLUGS

LIVE = re.compile(r'<figure[^>]* class="live" id="([^"]+)"')
CAPTION = "<figcaption"
NUMBERS = "figures"  # of a page's metadata: the ids of its figures, in their order
CLASS = "figure-number"


def collect(app, doctree) -> None:
    """Make a figure of each picture that a cell drew, if it has no caption to do so; keep the ids."""
    ids = []
    for node in list(doctree.findall(lambda n: isinstance(n, (nodes.image, nodes.raw)))):
        if isinstance(node, nodes.raw):
            ids += LIVE.findall(node.astext())
        elif _drawn(node):
            figure = _around(node)
            if figure is None:
                figure = nodes.figure()
                node.replace_self(figure)
                figure += node
            if not figure["names"]:  # then it has no id, or one that means nothing
                figure["ids"] = [f"figure-{len(ids) + 1}"]
            ids.append(figure["ids"][0])
    page = app.env.metadata[app.env.docname]
    page[NUMBERS] = ids
    page.setdefault(SLUGS, {}).update({name: (None, name, "") for name in ids})
    for link in [*doctree.findall(addnodes.pending_xref)]:
        if link["reftype"] == "myst" and link["reftarget"] in ids:  # on its own page
            link.replace_self(nodes.reference("", "", *link[0].children, refid=link["reftarget"]))


def show(app, doctree, docname) -> None:
    """Write the numbers, and put every SVG that a cell drew into the page itself."""
    if app.builder.format != "html":
        return
    for raw in doctree.findall(nodes.raw):
        for name in LIVE.findall(raw.astext()):
            said = f'<p class="{CLASS}">{number(app.env, docname, name)}</p>{CAPTION}'
            start, figure, rest = raw.astext().partition(f'id="{name}"')
            raw[:] = [nodes.Text(start + figure + rest.replace(CAPTION, said, 1))]
    for image in [image for image in doctree.findall(nodes.image) if _drawn(image)]:
        figure = _around(image)
        named = nodes.inline("", number(app.env, docname, figure["ids"][0]), classes=[CLASS])
        captions = [part for part in figure if isinstance(part, nodes.caption)]
        if not captions:
            figure += (captions := [nodes.caption()])
        captions[0].insert(0, [named, nodes.Text(" ")] if len(captions[0]) else [named])
        text = (Path(app.srcdir) / image["uri"]).read_text(encoding="utf-8")
        image.replace_self(nodes.raw("", plain(text, image.get("alt", "")), format="html"))
    for link in doctree.findall(nodes.reference):
        if link.astext().lower() == "figure":
            _name(app, link, docname)


def number(env, page: str, name: str) -> str:
    """ "Figure 4.3" of the figure with this id: the third of chapter 4."""
    chapter = env.toc_secnumbers.get(page, {}).get("") or ()
    place = 1 + env.metadata[page][NUMBERS].index(name)
    return f"Figure {'.'.join(map(str, (*chapter, place)))}"


def _around(image: nodes.image) -> nodes.figure | None:
    """The figure that a picture stands in."""
    above = image.parent
    while above is not None and not isinstance(above, nodes.figure):
        above = above.parent
    return above


def _drawn(image: nodes.image) -> bool:
    """Whether a cell drew it."""
    file = Path(image["uri"])
    return file.suffix == ".svg" and "jupyter_execute" in file.parts


def _name(app, link: nodes.reference, docname: str) -> None:
    """Let the words of a link be the number of the figure that it leads to, if it leads to one."""
    place, _, name = link.get("refuri", f"#{link.get('refid')}").partition("#")
    for page, known in app.env.metadata.items():
        here = (
            page == docname if not place else app.builder.get_relative_uri(docname, page) == place
        )
        if here and name in known.get(NUMBERS, []):
            link[:] = [nodes.Text(number(app.env, page, name))]
