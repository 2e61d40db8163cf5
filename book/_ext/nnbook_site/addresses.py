"""The address of a file names its content, so that no page is given a script, a sheet or a font of
another build, whoever kept it on the way: `_static/live.js?v=1a2b3c4d`.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

ASKED = re.compile(
    r'((?:src|href|data-index)="|url\("?)([^"#?:)]+\.(?:js|css|svg|png|woff2|webmanifest))(?:\?[^")]*)?'
)


def stamp(pages: list[Path], sheets: list[Path]) -> None:
    """Let pages, and before them sheets, ask for the files that are there by name and content."""
    known = cache(digits)
    for asking in [*sheets, *pages]:

        def named(found: re.Match, folder=asking.parent) -> str:
            file = folder / found[2]
            return f"{found[1]}{found[2]}?v={known(file)}" if file.is_file() else found[0]

        text = asking.read_text(encoding="utf-8")
        if (new := ASKED.sub(named, text)) != text:
            asking.write_text(new, encoding="utf-8")


def digits(file: Path) -> str:
    """The first eight digits of the SHA-256 of a file's content."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:8]
