"""The search: what every page asks for when it is opened, sections.js, and a page for ?q= links.

sections.js holds the text of all sections (sections.py) and the script that finds them (in_search/),
which makes its look-up table in the browser: so it is no larger than what a reader may be shown of it.
It is a script and not data, since from a folder a browser loads nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from . import sections
from .styles import site_pages

SOURCES = Path(__file__).parent / "in_search"
INDEX = "sections.js"
PAGE = "search"
# What a page's sections count, and what they are, by the longest beginning of its name that fits.
WEIGHTS = {
    "": (1.0, ""),
    "intro": (0.8, ""),
    "genindex": (0.0, ""),
    "search": (0.0, ""),
    "landmarks/": (0.7, "landmark"),
    "exercises/": (0.6, "exercise"),
    "reference/": (0.75, "reference"),
    "reference/glossary": (0.5, "glossary"),
    "reference/article_map": (0.4, "reference"),
    "reference/bibliography": (0.5, "reference"),
    "reference/api/": (0.4, "code"),
}
SHORT = 400  # letters of an entry of the reference
LISTS = {
    "reference/api/index",
    "exercises/index",
}  # pages that only repeat what others say: their titles are enough
FIELD = """\
<h1>Search</h1>
<div id="search-here"></div>
<noscript><p>The search needs JavaScript. Without it, the <a href="genindex.html">index</a> and the
<a href="reference/glossary.html">glossary</a> lead to what you look for.</p></noscript>
"""


def switch_off(app) -> None:
    """Let Sphinx make no index of its own."""
    app.builder.search = False


def page(app) -> Iterator[tuple[str, dict, str]]:
    """The page that shows what an address with ?q= asks for."""
    if app.builder.format == "html":
        yield PAGE, {"title": "Search", "body": FIELD}, "page.html"


def put(app, error) -> None:
    """Write sections.js beside the pages."""
    if error or app.builder.format != "html":
        return
    site = Path(app.outdir)
    files = {page.relative_to(site).with_suffix("").as_posix(): page for page in site_pages(app)}
    texts = {name: file.read_text(encoding="utf-8") for name, file in sorted(files.items())}
    (site / INDEX).write_text(script(texts), encoding="utf-8")


def script(pages: dict[str, str]) -> str:
    """sections.js for these pages, by name."""
    parts = [(SOURCES / name).read_text(encoding="utf-8") for name in ("words.js", "finding.js")]
    book = json.dumps(collected(pages), ensure_ascii=False, separators=(",", ":"))
    return '"use strict";\n(() => {{\n{}\n(globalThis.nnbook ??= {{}}).search = finder({});\n}})();\n'.format(
        "\n".join(parts), book
    )


def collected(pages: dict[str, str]) -> dict:
    """The pages and their sections, as finding.js reads them."""
    read = {name: sections.read(html) for name, html in pages.items() if weight(name)[0]}
    read = {name: found for name, found in read.items() if found}
    terms, questions = explained(read), asked()
    listed, rows = [], []
    for name, found in read.items():
        share, kind = weight(name)
        first = found[0]
        title = f"{first.number} {first.heading}".strip()
        for section in found[:1] if name in LISTS else found:
            also = list(terms.get((name, section.heading), []))
            also += [f"chapter {section.number}"] if section.level == 1 and section.number else []
            also += questions.get(f"{name}#{section.anchor}" if section.level > 1 else name, [])
            row = [len(listed), section.anchor, section.level, section.number, section.heading]
            row += [
                _shortened(section.text, kind),
                folded(section, kind),
                " ".join(section.names),
                also,
            ]
            rows.append(row)
        listed.append({"address": f"{name}.html", "title": title, "weight": share, "kind": kind})
    return {"pages": listed, "sections": rows}


def asked() -> dict[str, list[str]]:
    """The entries of asked.txt, by section."""
    entries: dict[str, list[str]] = {}
    for line in (SOURCES / "asked.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            place, _, words = line.partition(": ")
            entries.setdefault(place, []).extend(part.strip() for part in words.split(";"))
    return entries


def _shortened(text: str, kind: str) -> str:
    """What of a section's text is looked through; of the reference's, what a name is for."""
    return text if kind != "code" or len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0]


def folded(section: sections.Section, kind: str) -> str:
    """What of its folds is; an exercise's are its hints and its solution, which nobody wants to meet on
    the way, and the reference's repeat the code.
    """
    return "" if kind in ("exercise", "code") else section.folded


def places(pages: dict[str, str]) -> Iterator[tuple[str, str, int]]:
    """Page, anchor and level of every section of these pages."""
    for name, html in pages.items():
        for section in sections.read(html):
            yield name, section.anchor, section.level


def weight(name: str) -> tuple[float, str]:
    """What the sections of a page count, and what they are."""
    return WEIGHTS[max((start for start in WEIGHTS if name.startswith(start)), key=len)]


def explained(read: dict[str, list[sections.Section]]) -> dict[tuple[str, str], list[str]]:
    """The terms of the glossary that each section explains, by page and heading: an entry ends with a
    link "chapter 2, Build the engine".
    """
    known: dict[tuple[str, str], list[str]] = {}
    for name, found in read.items():
        for term in (section for section in found if section.term):
            for href, words in term.links:
                there = _resolved(name, href)
                titles = [s.heading for s in read.get(there, []) if words.endswith(s.heading)]
                if titles:
                    known.setdefault((there, max(titles, key=len)), []).append(term.heading)
                elif read.get(there):
                    known.setdefault((there, read[there][0].heading), []).append(term.heading)
    return known


def _resolved(name: str, href: str) -> str:
    """The page that a link of another leads to."""
    parts = name.split("/")[:-1]
    for part in href.partition("#")[0].split("/"):
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts).removesuffix(".html")
