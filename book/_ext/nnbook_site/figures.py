"""Plain figures of the notebooks stand in the page as live ones do: as SVG with the page's ink."""

from __future__ import annotations

import hashlib
from pathlib import Path

from docutils import nodes

from nnbook_lib.live.svg import markup, page_svg

WIDE = 450  # points; the usual figure has 403
PLAIN = 'class="plot"'


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
        picture = page_svg(text, key)
        svg = markup(picture, image.get("alt", ""))
        # On a phone a wide one is moved sideways in its place, by touch or by arrow keys.
        wide = float(picture.get("viewBox").split()[2]) > WIDE
        how = 'class="plot wide" tabindex="0" role="group" aria-label="Wide figure"'
        box = f"<div {how if wide else PLAIN}>{svg}</div>"
        image.replace_self(nodes.raw("", box, format="html"))
