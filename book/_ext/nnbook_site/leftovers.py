"""What the theme and the extensions bring and no page asks for: fonts of icons, maps of scripts, files
of features that are switched off. 4 MB of them would be published with every page's 100 kB.
"""

from __future__ import annotations

import re
from pathlib import Path

from . import card
from .runtime import PLACE
from .styles import site_pages

MAP = re.compile(r"\n?//# sourceMappingURL=.*")
ASKING = (".js", ".css")
STAYS = {"LICENSE", card.NAME}


def remove(app, error) -> None:
    """Delete files of the built site's _static whose name stands in no page, script or sheet in use."""
    if error or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    python = Path(app.outdir) / PLACE  # written by runtime, file by file
    files = {f for f in static.rglob("*") if f.is_file() and python not in f.parents}
    for script in (file for file in files if file.suffix == ".js"):
        text = script.read_text(encoding="utf-8")
        if MAP.search(text):
            script.write_text(MAP.sub("", text), encoding="utf-8")
    asking = [page for page in site_pages(app) if static not in page.parents]
    used = set()
    while asking:
        text = "\n".join(file.read_text(encoding="utf-8") for file in asking)
        found = {file for file in files - used if file.name in text}
        used |= found
        asking = [file for file in found if file.suffix in ASKING]
    for file in files - used:
        if file.name not in STAYS:
            file.unlink()
    for folder in sorted(static.rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
