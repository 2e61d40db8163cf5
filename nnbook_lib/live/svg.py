"""Matplotlib's SVG made fit to stand inside a page, many times over: no ids but those referred to,
black as `currentColor`, text as text in the page's font, numbers as precise as a screen.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from xml.etree import ElementTree

ALIASES = re.compile(r' xmlns(:\w+)?="[^"]*"')
FAMILY = re.compile(r"font-family: ?[^;]*;? ?")
FONT = re.compile(r"font: ?([^;]*?)([\d.]+px)[^;]*")  # of an older matplotlib, family and all
NUMBER = re.compile(r"-?\d+\.\d+(e-?\d+)?")
WIDE = 450  # points; the usual figure has 403
PLAIN = 'class="plot"'
LONG = 300  # letters of a path that is no mark
PANEL = "panel-"  # how the id of a panel begins in matplotlib's SVG; the rest is its number
ARROW = "text_0"  # the id of an arrow or of a key that belongs to a text
FURNITURE = re.compile(r"(matplotlib\.axis|legend|text)_\d+$")  # ids of what is no data
REFERENCE = re.compile(r'(?:url\(|href=")#([^")]+)')


def page_svg(
    text: str, key: str, colors: int | None = None, scales: Sequence[str] = ()
) -> ElementTree.Element:
    """Matplotlib's SVG, to stand in a page. colors: reduce opaque bitmaps to so many. scales: a word
    for each panel, the same in two pictures whose panels can be laid on one another (ghost.py).
    """
    text = ALIASES.sub("", text).replace("xlink:href", "href")
    text = re.sub(r'(url\(#|href="#| id=")', rf"\1{key}-", text)
    root = ElementTree.fromstring(re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.S))
    used = set(REFERENCE.findall(text))
    for parent in list(root.iter()):
        parent[:] = [child for child in parent if child.tag != "style" and not _is_empty(child)]
    for i, scale in enumerate(scales):
        _mark_panel(root.find(f".//g[@id='{key}-{PANEL}{i}']"), scale)
    for element in root.iter():
        _clean(element, used, colors)
    _flatten(root)
    width, height = root.attrib["viewBox"].split()[2:]
    root.attrib.clear()
    root.attrib.update(
        {"viewBox": f"0 0 {width} {height}", "fill": "currentColor", "stroke-linejoin": "round"}
    )
    return root


def _is_empty(element: ElementTree.Element) -> bool:
    """Whether it is a line that lies outside its axes all along: it has no points, which no EPUB may."""
    return element.tag == "path" and "id" not in element.attrib and not element.get("d")


def markup(svg: ElementTree.Element, alt: str) -> str:
    """The SVG as HTML, an image whose text alternative is alt."""
    inner = "".join(fragments(svg))
    _, _, width, height = svg.attrib["viewBox"].split()
    look = " ".join(f'{name}="{value}"' for name, value in svg.attrib.items())
    size = f'width="{float(width) * 4 / 3:.0f}" height="{float(height) * 4 / 3:.0f}"'
    return f'<svg role="img" aria-label="{escape(alt)}" {size} {look}>{inner}</svg>'


def plain(text: str, alt: str) -> str:
    """A plain figure of matplotlib's as HTML. On a phone a wide one is moved sideways in its place, by
    touch or by arrow keys.
    """
    picture = page_svg(text, "plot" + hashlib.sha256(text.encode()).hexdigest()[:6])
    wide = float(picture.get("viewBox").split()[2]) > WIDE
    how = 'class="plot wide" tabindex="0" role="group" aria-label="Wide figure"'
    return f"<div {how if wide else PLAIN}>{markup(picture, alt)}</div>"


def fragments(svg: ElementTree.Element, depth: int = 3) -> Iterator[str]:
    """The inside of svg in pieces that are often the same in the next picture."""
    for child in svg:
        child.tail = None
        whole = ElementTree.tostring(child, encoding="unicode")
        if depth and len(child) and child.tag == "g" and child[0].tag != "use":
            yield whole[: whole.index(">") + 1]
            yield from fragments(child, depth - 1)
            yield "</g>"
        else:
            yield whole


def _mark_panel(panel: ElementTree.Element | None, scale: str) -> None:
    """Say which of its groups are no data: axes, legends, and what is more than a line of text."""
    if panel is None or not scale:  # it is not drawn, or nothing is to be laid under it
        return
    panel.set("data-axes", scale)
    for group in panel.iter("g"):
        if FURNITURE.search(group.get("id", "")) and [child.tag for child in group] != ["text"]:
            group.set("class", "furniture")


def _clean(element: ElementTree.Element, used: set, colors: int | None) -> None:
    look = element.attrib
    if look.get("id") not in used:
        look.pop("id", None)
    if look.get("transform", "").startswith("rotate(-0 "):
        del look["transform"]
    if element.tag == "image":
        look["href"] = _bitmap(look["href"], colors)
    for name, value in look.items():
        if name in ("href", "id"):
            continue
        curve = name == "d" and len(value) >= LONG
        look[name] = _rounded(value, 1) if curve else _tidy(name, value)
    if element.text and element.tag != "text":
        element.text = None


@lru_cache(maxsize=4096)  # most come again in the next picture
def _tidy(name: str, value: str) -> str:
    """An attribute in the page's ink and font, its numbers as precise as a screen."""
    if name == "style":
        value = value.replace("#000000", "currentColor")
        value = (
            FONT.sub(lambda m: _longhand(*m.groups()), FAMILY.sub("", value))
            .replace(": ", ":")
            .replace("; ", ";")
            .strip("; ")
        )
    return _rounded(value, 4 if "matrix" in value else 2 if name == "d" else 1)


def _longhand(words: str, size: str) -> str:
    """The size of a font and what is special about it, without its family."""
    said = [f"font-style:{w}" for w in words.split() if w in ("italic", "oblique")]
    said += [f"font-weight:{w}" for w in words.split() if w.isdigit() or "bold" in w]
    return ";".join([*said, f"font-size:{size}"])


def _rounded(text: str, places: int) -> str:
    return NUMBER.sub(lambda m: _short(float(m[0]), places), " ".join(text.split()))


def _flatten(element: ElementTree.Element) -> None:
    """Put the children of a <g> that says nothing in its place, and drop what draws nothing."""
    children = []
    for child in element:
        _flatten(child)
        child.tail = None
        if child.tag == "g" and not child.attrib:
            children += child
        elif not ((child.tag == "defs" and not len(child)) or child.get("style") == "fill:none"):
            children.append(child)
    element[:] = _gather(children) if element.attrib else children


def _gather(children: list[ElementTree.Element]) -> list[ElementTree.Element]:
    """Put the marks of a row (ticks, the points of a line) in one <g>, which has their style."""
    gathered, rows = [], {}
    for child in children:
        if child.tag not in ("use", "text", "defs"):
            rows = {}  # what is drawn later may lie on top
        styled = child.tag == "use" and "style" in child.attrib
        kind = styled and (child.attrib["href"], child.attrib.pop("style"))
        if kind and kind not in rows:
            rows[kind] = ElementTree.Element("g", {"style": kind[1]})
            gathered.append(rows[kind])
        (rows[kind] if kind else gathered).append(child)
    return gathered


def _short(v: float, places: int) -> str:
    return (
        f"{v:.{places}f}".rstrip("0").rstrip(".").replace("-0.", "-.") if round(v, places) else "0"
    )


def _bitmap(href: str, colors: int | None) -> str:
    """A PNG of at most so many colors, without dither; one with transparent pixels as it is."""
    if colors is None:
        return href.replace("\n", "")
    from PIL import Image

    image = Image.open(io.BytesIO(base64.b64decode(href.split(",", 1)[1]))).convert("RGBA")
    if image.getchannel("A").getextrema()[0] < 255:
        return href.replace("\n", "")
    file = io.BytesIO()
    image.convert("RGB").quantize(colors, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
