"""The book as an app: what a browser needs to put it on a home screen, and to open it without a
connection. sw.js is explained in in_app/sw.js.

The worker knows every file by its content; so it is written last, and again when a page is changed
after the build.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from urllib.parse import quote

from . import addresses, inks, logo
from .card import NAME as CARD
from .doors import LITE
from .styles import site_pages

WORKER = "sw.js"  # at the top of the site: a worker answers for what is below it
SOURCE = Path(__file__).parent / "in_app" / WORKER
MANIFEST = "manifest.webmanifest"
SHORT_NAME = "Neural nets"  # under an icon there is room for twelve letters
DAY = "#ffffff"
# name -> (pixels, the logo's share of them, ...); a maskable one may lose all but a circle of 80%
ICONS = {"icon-192": (192, 0.9), "icon-512": (512, 0.9), "icon-maskable": (512, 0.6)}
SHOWN = {".html", ".js", ".css", ".webmanifest", ".woff2", ".svg", ".png", ".jpg", ".gif", ".webp"}
PYTHON = "_static/python/"
VERSION = re.compile(r'version"?:\s*"(\w+)"')


def head(pathto) -> str:
    """What a page says of it; pathto: from the page to a file of the site."""
    schemes = {"light": DAY, "dark": inks.NIGHT}
    colors = "".join(
        f'<meta name="theme-color" media="(prefers-color-scheme: {scheme})" content="{color}">\n'
        for scheme, color in schemes.items()
    )
    return f'<link rel="manifest" href="{pathto(MANIFEST, 1)}">\n{colors}'


def build(app, error) -> None:
    """Write the icons, the manifest, the addresses of all pages, and the worker."""
    if error or app.builder.format != "html":
        return
    site = Path(app.outdir)
    static = site / "_static"
    for name, (pixels, share) in ICONS.items():
        logo.draw_icon(static / f"{name}.png", static / "logo.svg", pixels, share, DAY)
    text = json.dumps(manifest(app.config.html_title, app.config.root_doc), indent=1)
    (site / MANIFEST).write_text(text + "\n", encoding="utf-8")
    addresses.stamp(site_pages(app), sorted(static.rglob("*.css")))
    write_worker(site)


def manifest(title: str, first: str) -> dict:
    return {
        "name": title,
        "short_name": SHORT_NAME,
        "start_url": f"{first}.html",
        "scope": "./",
        "display": "minimal-ui",
        "theme_color": DAY,
        "background_color": DAY,
        "icons": [
            {
                "src": f"_static/{name}.png",
                "sizes": f"{pixels}x{pixels}",
                "type": "image/png",
                "purpose": "maskable" if "maskable" in name else "any",
            }
            for name, (pixels, _) in ICONS.items()
        ],
    }


def write_worker(site: Path) -> None:
    """Write the worker of the files that are on the site now."""
    files = {quote(name): addresses.digits(site / name) for name in kept(site)}
    there = site / PYTHON / "files.js"
    found = VERSION.search(there.read_text(encoding="utf-8")) if there.exists() else None
    source = SOURCE.read_text(encoding="utf-8")
    book = {"python": found and found[1], "files": files}
    version = hashlib.sha256(f"{source} {json.dumps(book)}".encode()).hexdigest()[:16]
    text = json.dumps({"version": version} | book, indent=0)
    (site / WORKER).write_text(f'"use strict";\nconst BOOK = {text};\n{source}', encoding="utf-8")


def kept(site: Path) -> list[str]:
    """The files that a reader may keep: all that pages show, and Python's; not JupyterLite, which has
    a worker of its own, nor what is made for other places.
    """
    names = (file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())
    return sorted(name for name in names if _kept(Path(name)))


def _kept(name: Path) -> bool:
    if name.as_posix().startswith(PYTHON):
        return "packs" not in name.parts  # they are for a site in a folder
    apart = name.parts[0] in (LITE, "_sources", WORKER) or name.name == CARD
    return name.suffix in SHOWN and not apart
