"""The pictures of a live figure in a file of their own, which live.js asks for when they are needed.

A cell's output holds them all, and they would be most of a page that shows one. A browser takes a
script from a folder as well as from a server, and nothing else: so the file is a script, and what
it holds it leaves on the element that asked for it.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

FOLDER = "_static/frames"
HELD = re.compile(
    r'(<figure class="live" id="[^"]+")(.*?)<script[^>]* class="live-frames">([^<]+)</script>', re.S
)


def move_out(app, pagename, templatename, context, doctree) -> None:
    """Write the frames of a page's figures to files, and leave their address in the figure."""

    def moved(figure: re.Match) -> str:
        start, inside, packed = figure.groups()
        name = f"{FOLDER}/{hashlib.sha256(packed.encode()).hexdigest()[:16]}.js"
        file = Path(app.outdir) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'document.currentScript.frames = "{packed}";\n', encoding="utf-8")
        return f'{start} data-frames="{context["pathto"](name, 1)}"{inside}'

    if "body" in context and app.builder.format == "html":
        context["body"] = HELD.sub(moved, context["body"])
