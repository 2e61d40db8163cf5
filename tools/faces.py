"""The part of each face that a book on networks can need, as four files of 70 kB together.

    npm pack source-serif source-sans source-code-pro        and unpack all of them into FOLDER
    python tools/faces.py FOLDER

Source Serif 4, Source Sans 3 and Source Code Pro are Adobe's, under the SIL Open Font License (its text
is in static/fonts/LICENSE). Where bold is used, weights run from 400 to 700; the serif is cut for 16 pt.
What is left out are letters of other languages, and features such as small capitals; tables ask for
figures of one width. "Source" is a name that the license keeps for the whole faces, so the parts are
called after the book. It prints what `site.css` needs to hold the place of a face until it has come.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

TARGET = Path(__file__).parents[1] / "book/_ext/nnbook_site/static/fonts"
WORDS = (
    "20-7E A0 A7 A9 AB B0-B3 B5 B7 B9 BB-BE C9 D6 D7 DC DF E0-EF F3 F6-F8 FA FC 107 109 131 142 15F "
    "2013 2014 2016 2018 2019 201C 201D 2022 2026 202F 2032 2212"
)
SIGNS = "2070 2074-2079 207B 2080-2089 2190-2193 2202 221A 221E 2248 2260 2264 2265"
PRINTED = "393 394 3A3 3A6 3B1-3BB 3C0 3C3 3C4 3C6 2500 2502 2514 251C 2588 2591-2593"
FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "tnum", "lnum"]
FACES = {  # name: (source, what is left of its axes, characters)
    "book-serif": ("*Serif4Variable-Roman.ttf.woff2", {"wght": (400, 700), "opsz": 16}, WORDS),
    "book-italic": ("*Serif4Variable-Italic.ttf.woff2", {"wght": 400, "opsz": 16}, WORDS),
    "book-sans": ("*SourceSans3VF-Upright.ttf.woff2", {"wght": (400, 700)}, f"{WORDS} {SIGNS}"),
    "book-code": ("*SourceCodeVF-Upright.ttf.woff2", {"wght": 400}, f"{WORDS} {SIGNS} {PRINTED}"),
}


def part(source: Path, axes: dict, characters: str, target: Path) -> TTFont:
    """Write the characters of a variable face, with what is left of its axes."""
    options = subset.Options(flavor="woff2", hinting=False)
    options.layout_features = FEATURES
    font = subset.load_font(str(source), options)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=subset.parse_unicodes(",".join(characters.split())))
    cut.subset(font)
    font = instancer.instantiateVariableFont(font, axes)
    for record in [r for r in font["name"].names if r.nameID not in (0, 13, 14)]:
        font["name"].names.remove(record)  # the license, and whose it is, stay
    for number in (1, 4, 6):
        font["name"].setName(target.stem, number, 3, 1, 0x409)
    subset.save_font(font, str(target), options)
    return TTFont(target)


def main(folder: str) -> None:
    for name, (pattern, axes, characters) in FACES.items():
        target = TARGET / f"{name}.woff2"
        font = part(next(Path(folder).rglob(pattern)), axes, characters, target)
        em, lines = font["head"].unitsPerEm, font["hhea"]
        widths = [font["hmtx"][font.getBestCmap()[ord(letter)]][0] for letter in "etaoinshrdlu "]
        print(
            f"{target.name}: {target.stat().st_size} bytes; above the line {lines.ascent / em:.3f}, "
            f"below {-lines.descent / em:.3f}; a letter {sum(widths) / len(widths) / em:.4f}"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
