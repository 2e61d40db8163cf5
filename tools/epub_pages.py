"""A page of the built site as a chapter of an EPUB: XHTML with formulas as MathML and pictures as SVG.

Folds stay folds. A reading system that knows no <details> shows them open, each under its name.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from site_pages import relink, text

SVG = "http://www.w3.org/2000/svg"
MATHML = "http://www.w3.org/1998/Math/MathML"
XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
XLINK = "http://www.w3.org/1999/xlink"
# The parser makes all names small, as HTML may have them; SVG's are not.
MIXED = {name.lower(): name for name in ("clipPath", "preserveAspectRatio", "viewBox")}
KEPT_TOKENS = {"k", "kn", "ow", "c1"}  # keywords and comments: what is told without color
FOR_SCRIPTS = (
    "tabindex",
    "aria-live",
    "aria-atomic",
    "data-exercise",
    "data-frames",
    "data-axes",
    "data-facts",
    "data-kept",
)


def chapter(
    site: Path, name: str, inside: Callable[[str, str], str | None], elsewhere: str, files: str
) -> Tag:
    """A page's text; for inside, elsewhere and files see `relink`."""
    page = text(site, name)

    def place(target, anchor):  # a picture refers to its own parts, and they are here
        return f"#{anchor}" if anchor and target == name else inside(target, anchor)

    relink(page, name, place, elsewhere, files)
    for figure in page.select("figure.live, figure.twins"):
        if elsewhere and figure.figcaption:
            lead_to_site(figure, f"{elsewhere}{name}.html#{figure['id']}")
    for formula in page.select("[data-tex]"):
        as_mathml(formula)
    for picture in page.find_all("svg"):
        as_svg(picture)
    for token in page.select(".highlight span"):
        if KEPT_TOKENS.isdisjoint(token.get("class", ())):
            token.unwrap()
    for tag in page.find_all(True):
        for key in FOR_SCRIPTS:
            tag.attrs.pop(key, None)
    page["epub:type"] = "chapter"
    return page


def lead_to_site(figure: Tag, link: str) -> None:
    """Let a figure's caption end with a link to where it moves."""
    more = f'<p class="moves"><a href="{escape(link)}">Move it on the site</a></p>'
    figure.figcaption.append(BeautifulSoup(more, "html.parser"))


def as_mathml(formula: Tag) -> None:
    """A formula as EPUB knows it, with its TeX as what is read where MathML is not known."""
    tex = formula.attrs.pop("data-tex")
    parts = [formula] if formula.name == "math" else formula.find_all("math")
    for part in parts:
        part["xmlns"] = MATHML
        for row in part.find_all("mrow", displaystyle=True):
            row.name = "mstyle"  # EPUB has MathML 3, where only this one may say so
    if len(parts) == 1:
        parts[0]["alttext"] = tex


def as_svg(picture: Tag) -> None:
    """SVG as XML knows it: names with their capitals, links in XLink's namespace."""
    for tag in [picture, *picture.find_all(True)]:
        tag.name = MIXED.get(tag.name, tag.name)
        tag.attrs = {
            "xlink:href" if key == "href" else MIXED.get(key, key): value
            for key, value in tag.attrs.items()
        }
    picture.attrs |= {"xmlns": SVG, "xmlns:xlink": XLINK}


def xhtml(title: str, body: str, language: str) -> str:
    """A document of the book."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="{XHTML}" xmlns:epub="{OPS}" lang="{language}" xml:lang="{language}">'
        f'<head><title>{escape(title)}</title><link rel="stylesheet" href="book.css"/></head>'
        f"<body>{body}</body></html>\n"
    )
