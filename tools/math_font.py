"""The part of STIX Two Math that the formulas of such a book can need, as a file of 45 kB.

    python tools/math_font.py STIXTwoMath-Regular.woff2

The whole font (stixfonts.org, SIL Open Font License) is 400 kB. More is kept than is used today:
Latin and Greek, upright and italic, relations, arrows, operators, fences, and with each sign its
sizes. `tests/test_site.py` says if a formula has a letter that is missing; add its range here.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset

TARGET = Path(__file__).parents[1] / "book/_ext/nnbook_site/static/fonts/stix-two-math.woff2"
RANGES = {
    "ASCII": "20-7E",
    "signs of Latin 1": "A0 A7 AC AF-B1 B4 B7 D7 F7",
    "accents": "2C6 2C7 2C9 2D8-2DC 300-308 30A 30C 332 338 20D7",
    "Greek": "391-3A9 3B1-3C9 3D1 3D5 3D6 3F0 3F1 3F5",
    "dashes, quotes, dots, primes, overline": "2013 2014 2016 2018-201D 2020-2022 2026 2032-2034 203E",
    "what is invisible: function applied, times": "2061-2064",
    "letters that stand apart": "2102 210B 210E 2110 2112 2113 2115 2119-211B 211D 2124 212C "
    "2130 2131 2133",
    "arrows": "2190-2194 21A6 21D0-21D4",
    "operators and relations": "2200-2209 220B 220F-2213 2216-221E 2223-222C 2234 223C 2243 2245 "
    "2248 2254 2260 2261 2264 2265 226A 226B 2282 2283 2286 2287 2295-2299 22A4 22A5 22C5 22C6 "
    "22EE 22EF 22F1 25A1 2A00-2A02 2AEB",
    "fences and braces": "2308-230B 23B4 23B5 23DC-23DF 27E8 27E9",
    "italic, and a script letter": "1D434-1D467 1D4A9",
    "double-struck": "1D538-1D56B 1D7D9",
    "Greek in italic": "1D6E2-1D71B",
}


def main(whole: str) -> None:
    options = subset.Options(flavor="woff2", hinting=False)
    font = subset.load_font(whole, options)
    part = subset.Subsetter(options)
    part.populate(unicodes=subset.parse_unicodes(",".join(",".join(RANGES.values()).split())))
    part.subset(font)
    subset.save_font(font, str(TARGET), options)
    print(f"{TARGET}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
