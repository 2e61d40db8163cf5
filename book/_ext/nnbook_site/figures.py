"""Plain figures of the notebooks stand in the page as live ones do: as SVG with the page's ink."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes

from nnbook_lib.live.svg import plain


def inline_pictures(app, doctree, docname) -> None:
    """Put every SVG that a cell drew into the page itself, with its text alternative."""
    if app.builder.format != "html":
        return
    for image in list(doctree.findall(nodes.image)):
        file = Path(app.srcdir) / image["uri"]
        if file.suffix != ".svg" or not file.exists() or "jupyter_execute" not in file.parts:
            continue
        box = plain(file.read_text(encoding="utf-8"), image.get("alt", ""))
        image.replace_self(nodes.raw("", box, format="html"))
