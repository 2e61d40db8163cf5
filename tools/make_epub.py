"""The whole book as an EPUB, for e-readers and phones, made from the built site.

    python tools/make_epub.py           after `make book`

Every page of _toc.yml but the library's reference becomes a chapter (see epub_pages.py), with the
first picture of each live figure. The EPUB stands in the site itself, and a link to it in the
sidebar of every page. From the site, and not by Sphinx's own builder for EPUB: that one would write
live controls, scripts and unclosed tags as the notebooks hold them, and all would have to be mended
afterwards as it is here; the pages are ready, and the PDF reads them, too.
"""

from __future__ import annotations

import re
import time
import uuid
import zipfile
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path

import yaml
from bs4 import Tag
from edition import Edition, edition
from epub_cover import cover
from epub_pages import chapter, xhtml
from site_pages import LICENSE, Page, address, demand, offer, pages, sections, slug, title

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"
NAME = "how-neural-networks-learn.epub"
STYLE = Path(__file__).with_name("epub.css")
CONTAINER = """\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>
"""
KINDS = {
    "xhtml": "application/xhtml+xml",
    "css": "text/css",
    "woff2": "font/woff2",
    "png": "image/png",
    "jpg": "image/jpeg",
    "svg": "image/svg+xml",
}
ABOUT = """\
<p>A figure that has controls on the site stands here as it opens there, and leads to its place on
the site. Quizzes, hints, solutions and what is to be guessed are folded: each opens at a touch. An
e-reader without folds shows them open. Code that only draws is left out, and so is the library's
reference, which is on the site.</p>"""
ACCESSIBLE = {
    "accessMode": ["textual", "visual"],
    "accessModeSufficient": ["textual"],
    "accessibilityFeature": [
        "MathML",
        "alternativeText",
        "readingOrder",
        "structuralNavigation",
        "tableOfContents",
    ],
    "accessibilityHazard": ["none"],
    "accessibilitySummary": ["Formulas are MathML, and every picture has a description."],
}


def contents(site: Path, toc: Path, config: dict, this: Edition) -> dict[str, str | bytes]:
    """The files of the book, by name: title page, table of contents and chapters in reading order."""
    language = config["sphinx"]["config"]["language"]
    elsewhere = address(config)
    order = pages(toc)
    files = {name: f"{slug(name)}.xhtml" for *_, name in order}

    def inside(name, anchor):
        if name in files:
            return files[name] + (f"#{anchor}" if anchor else "")

    whole: dict[str, str | bytes] = {"title.xhtml": "", "nav.xhtml": ""}
    images = {}
    tree: list = []
    for place in order:
        name = place.name
        page = chapter(site, name, inside, elsewhere, files="images/")
        for image in page.find_all("img"):
            images[image["src"]] = (site / image["src"].removeprefix("images/")).read_bytes()
        whole[files[name]] = xhtml(title(page), str(page), language)
        grow(tree, place, page, files[name])
    whole["title.xhtml"] = xhtml(config["title"], title_page(config, this), language)
    whole["nav.xhtml"] = xhtml("Contents", navigation(tree, files[order[0].name]), language)
    whole["book.css"], fonts = style(site)
    whole["cover.png"] = cover(config["title"], config["author"], site / "_static" / "logo.svg")
    return whole | fonts | images


def style(site: Path) -> tuple[str, dict[str, bytes]]:
    """(the book's style sheet, fonts by name): ours, with those of the site's fonts that it asks for."""
    sheet = site / "_static" / "site.css"
    plain = re.sub(r"\?v=\w+", "", sheet.read_text(encoding="utf-8"))  # addresses without versions
    ours = STYLE.read_text(encoding="utf-8")
    rules = [
        rule
        for rule, family in re.findall(
            r"(@font-face\s*{[^}]*font-family:\s*\"([^\"]+)\"[^}]*})", plain
        )
        if f'"{family}"' in ours
    ]
    names = re.findall(r'url\("?([^")]+)', "".join(rules))
    fonts = {name: (sheet.parent / name).read_bytes() for name in names}
    return "\n".join([*rules, ours]), fonts


def title_page(config: dict, this: Edition) -> str:
    where = address(config)
    site = f'<p>The book itself, where its figures move: <a href="{where}">{where}</a></p>'
    return (
        f'<section class="title-page" epub:type="titlepage"><h1>{escape(config["title"])}</h1>'
        f"<p>{escape(config['author'])}</p><p>{this}</p>"
        f"{site if where else ''}{ABOUT}<p>{LICENSE}</p></section>"
    )


# The table of contents ---------------------------------------------------------------------------


def grow(tree: list, place: Page, page: Tag, file: str) -> None:
    """Add a page to the tree of (words, link, branches)."""
    if place.part and place.part not in (words for words, _, _ in tree):
        tree.append((place.part, "", []))
    branch = tree[-1][2] if place.part else tree
    for _ in range(place.level - 1):
        branch = branch[-1][2]
    branch.append((title(page), file, [(head, f"{file}#{at}", []) for at, head in sections(page)]))


def navigation(tree: list, first: str) -> str:
    def listed(branches):
        items = (
            (f'<a href="{link}">{escape(words)}</a>' if link else f"<span>{escape(words)}</span>")
            + (listed(inner) if inner else "")
            for words, link, inner in branches
        )
        return f"<ol>{''.join(f'<li>{item}</li>' for item in items)}</ol>"

    return (
        f'<nav epub:type="toc" id="toc"><h1>Contents</h1>{listed(tree)}</nav>'
        '<nav epub:type="landmarks" hidden="hidden"><h2>Landmarks</h2><ol>'
        '<li><a epub:type="toc" href="nav.xhtml">Contents</a></li>'
        f'<li><a epub:type="bodymatter" href="{first}">The text</a></li></ol></nav>'
    )


# The package -------------------------------------------------------------------------------------


def package(files: dict[str, str | bytes], config: dict, citation: dict, made: datetime) -> str:
    """The OPF: what the book is, which files it has and in which order they are read."""
    language = config["sphinx"]["config"]["language"]
    spine = [f'<itemref idref="{identifier(name)}"/>' for name in files if name.endswith(".xhtml")]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book" '
        f'xml:lang="{language}"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{''.join(facts(config, citation, made))}</metadata>"
        f"<manifest>{''.join(item(name, text) for name, text in files.items())}</manifest>"
        f"<spine>{''.join(spine)}</spine>"
        "</package>\n"
    )


def facts(config: dict, citation: dict, made: datetime) -> Iterator[str]:
    """The elements of the metadata."""
    named = address(config) or config["title"]
    yield f'<dc:identifier id="book">urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, named)}</dc:identifier>'
    for key, value in (
        ("title", config["title"]),
        ("language", config["sphinx"]["config"]["language"]),
        ("creator", config["author"]),
        ("description", citation["abstract"].strip()),
        ("rights", LICENSE),
        ("date", citation["date-released"]),
        *(("subject", word) for word in citation["keywords"]),
    ):
        yield f"<dc:{key}>{escape(str(value))}</dc:{key}>"
    yield f'<meta property="dcterms:modified">{made:%Y-%m-%dT%H:%M:%SZ}</meta>'
    for key, values in ACCESSIBLE.items():
        for value in values:
            yield f'<meta property="schema:{key}">{value}</meta>'
    yield f'<meta name="cover" content="{identifier("cover.png")}"/>'  # for readers of EPUB 2


def item(name: str, text: str | bytes) -> str:
    """A file in the manifest, with what a reading system must know before it opens it."""
    has = {"nav.xhtml": ["nav"], "cover.png": ["cover-image"]}.get(name, [])
    if isinstance(text, str) and name.endswith(".xhtml"):
        has += [what for what, tag in (("mathml", "<math "), ("svg", "<svg ")) if tag in text]
    properties = f' properties="{" ".join(has)}"' if has else ""
    kind = KINDS[name.rsplit(".")[-1]]
    return f'<item id="{identifier(name)}" href="{name}" media-type="{kind}"{properties}/>'


def identifier(name: str) -> str:
    return "file-" + name.replace("/", "-")


def write(target: Path, files: dict[str, str | bytes], opf: str, made: datetime) -> None:
    """The zip file; what it is stands first in it and uncompressed, as the format wants."""
    members = {"mimetype": "application/epub+zip"}
    members |= {"META-INF/container.xml": CONTAINER, "EPUB/package.opf": opf}
    members |= {f"EPUB/{name}": text for name, text in files.items()}
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in members.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, made.timetuple()[:6]), text, how, 9)


def main() -> None:
    demand(SITE, ROOT / "_toc.yml")
    began = time.perf_counter()
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    this = edition(ROOT)
    files = contents(SITE, ROOT / "_toc.yml", config, this)
    write(SITE / NAME, files, package(files, config, citation, this.made), this.made)
    size = f"{(SITE / NAME).stat().st_size / 1e6:.1f} MB"
    offer(SITE, NAME, "The book for e-readers", f"EPUB, {size}")
    print(f"{SITE / NAME}: {size}, in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
