"""The sections of a built page, as a reader would search them: heading, text, what is folded away, and
the names of the library that its code uses.

A term of a glossary and an entry with an anchor of its own (anchors.py) are sections, too: they can be
linked to. Formulas are read as one writes them in a line, ∂L/∂u; code and what it printed are not read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from nnbook_lib.numbers import RAISED

ARTICLE = '<article class="bd-article'
PICTURE = re.compile(r'<svg(?:[^>]*? aria-label="([^"]*)")?.*?</svg>', re.S)
CODE = re.compile(r"(?<=<pre>).*?(?=</pre>)", re.S)
TAG = re.compile(r"<[^>]*>")
UNREAD = {"script", "style", "button", "select", "label", "output", "nav", "template"}
UNREAD_CLASSES = {"headerlink", "live-controls", "doors", "exercise-report"}
FOLDED = "details"
DEEPER = "details.deeper"
BLOCKS = ["p", "li", "dt", "dd", "td", "th", "div", "summary", "figcaption", "br"]
SIGNS = {"mfrac": "/", "msup": "^"}  # between the two parts of a formula
NAMED = re.compile(r"\bnn\.([A-Za-z_][\w.]*)")
SPACE = re.compile(
    r"[\s\u2061\u23df]+"
)  # and signs of formulas that have no ink, or only a brace's
LOOSE = re.compile(r"\s+(?=[,.;:!?)\]’])|(?<=[(\[])\s+")


@dataclass
class Section:
    """A place that can be linked to. level: 1 for a page's title; text and folded: what stands there,
    and there in folds, without the sections inside; names: of the library; links: the pages that it
    links to, each with the words of the link.
    """

    anchor: str
    level: int
    number: str
    heading: str
    text: str
    folded: str
    names: list[str]
    links: list[tuple[str, str]]
    term: bool  # of a glossary


def read(html: str) -> list[Section]:
    """The sections of a page's article, in their order."""
    start, end = html.find(ARTICLE), html.find("</article>")
    if start < 0:
        return []
    text = CODE.sub(lambda code: TAG.sub("", code[0]), html[start:end])
    article = BeautifulSoup(PICTURE.sub(r" \1 ", text), "html.parser")
    for deeper in article.select(DEEPER):  # a section like any other to who searches
        deeper.summary.unwrap()
        deeper.unwrap()
    for unread in article.find_all(is_unread):
        unread.extract()
    for formula in article.find_all("math"):
        formula.replace_with(written(formula))
    for raised in article.find_all("sup"):
        raised.replace_with(raised.get_text().replace("−", "-").translate(RAISED))
    for block in article.find_all(BLOCKS):
        block.insert_after(" ")
    # From the last one on: what stands inside another is taken out before that is read.
    return [_section(place) for place in reversed(article.find_all(is_place))][::-1]


def is_place(tag: Tag) -> bool:
    """Whether an address can end with it: a section, a glossary's term, an item with an anchor."""
    if tag.name == "li":
        return tag.p is not None and tag.p.a is not None and bool(tag.p.a.get("id"))
    return (tag.name == "section" and bool(tag.get("id"))) or (
        tag.name == "dt" and tag.get("id", "").startswith("term-")
    )


def is_unread(tag: Tag) -> bool:
    """Whether it says nothing about the subject: a control, the line over a fold of code; or says it
    too early: the answer behind an option of a quiz, or to a guess.
    """
    if tag.name in UNREAD or UNREAD_CLASSES.intersection(tag.get("class", ())):
        return True
    if tag.name == "details" and "guess" in tag.parent.get("class", ()):
        return True
    if tag.name == "summary":
        return tag.find(class_="admonition-title") is not None
    fold = tag.parent
    return fold.name == "details" and "option" in fold.get("class", ())


def written(formula) -> str:
    """A formula's signs in a line."""
    if not isinstance(formula, Tag):
        return str(formula)
    parts = [written(child) for child in formula.children]
    sign = SIGNS.get(formula.name, "")
    if formula.name == "mfrac":
        parts = [f"({part})" if re.search(r"[+−=]", part) else part for part in parts]
    return sign.join(parts)


def _section(place: Tag) -> Section:
    """What a place says; it is taken out of the page, so that the one around it does not say it, too."""
    level = 1 + len(place.find_parents("section"))
    words, heading = place, None
    if place.name == "dt":
        heading, words = place, place.find_next_sibling("dd")
    elif place.name == "li":
        anchor = place.find("a", id=True)
        heading, place["id"] = place.find("strong"), anchor["id"]
    else:
        heading = place.find(["h1", "h2", "h3", "h4", "h5"], recursive=False)
    number = heading.find(class_="section-number") if heading else None
    said = plain(number.extract().get_text()) if number else ""
    title = plain(heading.get_text()) if heading else ""
    if heading is not None:
        heading.extract()
    inside = words.find_all("a", class_="internal", href=True)
    links = [(a["href"], plain(a.get_text())) for a in inside]
    if place.name == "dt":  # where it is explained is no part of what it says
        for link in inside:
            link.extract()
    names = set()
    for code in words.find_all("pre"):
        names |= {part for name in NAMED.findall(code.get_text()) for part in name.split(".")}
        code.extract()
    folds = [fold.extract() for fold in words.find_all(FOLDED) if not fold.find_parent(FOLDED)]
    found = Section(
        anchor=place["id"],
        level=level,
        number=said,
        heading=title,
        text=plain(words.get_text()),
        folded=plain(" ".join(fold.get_text() for fold in folds)),
        names=sorted(names),
        links=links,
        term=place.name == "dt",
    )
    words.extract()
    return found


def plain(text: str) -> str:
    """Words with one space between them, and letters of formulas as plain ones."""
    return LOOSE.sub("", SPACE.sub(" ", unicodedata.normalize("NFKC", text))).strip()
