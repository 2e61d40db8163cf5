"""Plain figures of the notebooks stand in the page as live ones do: as SVG with the page's ink."""

from __future__ import annotations

import hashlib
from pathlib import Path

from docutils import nodes

from nnbook_lib.picture import markup, page_svg


def inline_pictures(app, doctree, docname) -> None:
    """Put every SVG that a cell drew into the page itself, with its text alternative."""
    if app.builder.format != "html":
        return
    for image in list(doctree.findall(nodes.image)):
        file = Path(app.srcdir) / image["uri"]
        if file.suffix != ".svg" or not file.exists() or "jupyter_execute" not in file.parts:
            continue
        text = file.read_text(encoding="utf-8")
        key = "plot" + hashlib.sha256(text.encode()).hexdigest()[:6]
        svg = markup(page_svg(text, key), image.get("alt", ""))
        image.replace_self(nodes.raw("", f'<div class="plot">{svg}</div>', format="html"))
