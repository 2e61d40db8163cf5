"""Formulas are typeset when the book is built, as MathML, which every browser now draws by itself.

Temml (temml.org, MIT license, in temml/) runs in QuickJS and reads the TeX. A page holds the formula
once, for eye and screen reader alike; the font with the shapes is ours (static/fonts). A formula
that can't be parsed stops the build with the place named.
"""

from __future__ import annotations

import json
import re
from functools import cache
from html import escape
from itertools import zip_longest
from pathlib import Path
from xml.etree import ElementTree

import quickjs
from docutils import nodes
from sphinx.util import logging

logger = logging.getLogger(__name__)
WIDE = 34  # signs of a formula in a line of text; a phone has room for about so many
SCRIPT = Path(__file__).parent / "temml" / "temml.min.js"
ROWS = {"mrow", "mstyle", "msqrt"}
SCRIPTED = {"msub", "msup", "msubsup", "munder", "munderover"}
APPLY, OVERLINE = "\u2061", "\u203e"
KEPT = {"tml-left", "tml-right", "tml-jot", "accent"}  # classes that site.css knows


@cache
def _context() -> quickjs.Context:
    context = quickjs.Context()
    context.eval(SCRIPT.read_text(encoding="utf-8"))
    context.eval(  # as JSON, since the binding can't return a string made by concatenation
        "render = (tex, displayMode, wrap) => JSON.stringify("
        "temml.renderToString(tex, {displayMode, wrap, throwOnError: true, strict: true}))"
    )
    return context


@cache
def typeset(tex: str, display: bool) -> str:
    """MathML for a formula; quickjs.JSException says what is wrong with it."""
    apart = re.sub(r"(?<=\d),(?=\d)", ", ", tex)  # (0,1) is two numbers; one is written 10{,}000
    math = _math(apart, display, "none")
    parts = [math]
    if not display and len("".join(math.itertext())) > WIDE:
        parts = [_alone(part) for part in _whole(_math(apart, display, "tex"))]
    return "".join(ElementTree.tostring(part, encoding="unicode") for part in parts)


def _math(tex: str, display: bool, wrap: str) -> ElementTree.Element:
    """What Temml makes of it; wrap "tex" makes a child of each part that may begin a line."""
    math = ElementTree.fromstring(json.loads(_context().get("render")(tex, display, wrap)))
    _mend(math)
    return math


def _mend(math: ElementTree.Element) -> None:
    """Leave only what MathML Core knows and the classes that site.css has rules for; make rows even."""
    math.attrib = {"display": "block"} if math.get("display") == "block" else {}
    for element in math.iter():
        element[:] = _spaced(_flat(element))
        given = element.attrib.pop("class", "").split()
        if "tml-overline" in given:  # menclose, which is not in MathML Core
            element.tag, element.attrib = "mover", {}
            ElementTree.SubElement(element, "mo", stretchy="true").text = OVERLINE
        elif element.tag == "msup" and "tml-prime" in element[1].get("class", ""):
            element.tag = "mrow"  # the font's prime is raised already
        if element.tag in SCRIPTED:
            for operator in (o for script in element[1:] for o in script.findall("mo")):
                operator.attrib |= {"lspace": "0", "rspace": "0"}  # as in TeX
        names = {"accent" if name.startswith("wbk-") else name for name in given}
        if kept := sorted(KEPT & names):
            element.set("class", " ".join(kept))


def _flat(element: ElementTree.Element) -> list[ElementTree.Element]:
    """The children, with those of plain rows in their place where that changes nothing."""
    if element.tag not in ROWS:
        return [c[0] if c.tag == "mrow" and not c.attrib and len(c) == 1 else c for c in element]
    flat = []
    for child in element:
        loose = child.tag == "mrow" and not child.attrib and not _stretches(child)
        flat += _flat(child) if loose else [child]
    return flat


def _spaced(row: list[ElementTree.Element]) -> list[ElementTree.Element]:
    """The row with a thin space before a function such as log, as in TeX, where a factor stands there."""
    spaced = []
    for element, after in zip_longest(row, row[1:]):
        if spaced and after is not None and after.text == APPLY:
            before = spaced[-1]
            if before.tag not in ("mo", "mspace") or before.get("form") == "postfix":
                spaced.append(ElementTree.Element("mspace", width="0.1667em"))
        spaced.append(element)
    return spaced


def _stretches(row: ElementTree.Element) -> bool:
    """Whether a fence in it takes the height of the row."""
    return any(e.tag == "mo" and e.get("stretchy", e.get("fence")) == "true" for e in row)


def _whole(parts: ElementTree.Element) -> list[ElementTree.Element]:
    """The parts, joined where one ends in anything but a relation or an operator: in the middle of a
    term, as behind the name of a function, no line breaks.
    """
    joined: list[ElementTree.Element] = []
    for part in parts:
        last = joined[-1][-1] if joined and len(joined[-1]) else None
        if not joined or (last is not None and last.tag == "mo" and last.text != APPLY):
            joined.append(part)
        else:
            joined[-1].extend(part if part.tag in ROWS and not part.attrib else [part])
    return joined


def _alone(part: ElementTree.Element) -> ElementTree.Element:
    """A part of a wide formula as one of its own: between two of them a line may break, as in TeX
    after a relation or an operator.
    """
    if len(part) and part[-1].tag == "mo":
        part[-1].set("form", "infix")  # though nothing follows it here
    math = ElementTree.Element("math")
    math.append(part)
    return math


def _html(node: nodes.Element, display: bool) -> str:
    """The formula with its TeX, which the PDF has as words (tools/one_document.py)."""
    tex = node.astext().strip()
    try:
        maths = typeset(tex, display)
    except quickjs.JSException as error:
        first = str(error).splitlines()[0]
        logger.warning("formula %r: %s", tex, first, location=node)
        return ""
    said = f'data-tex="{escape(tex)}"'
    one = maths.count("<math") == 1
    return maths.replace("<math", f"<math {said}") if one else f"<span {said}>{maths}</span>"


def visit_inline(translator, node: nodes.math) -> None:
    translator.body.append(_html(node, False))
    raise nodes.SkipNode


def visit_block(translator, node: nodes.math_block) -> None:
    number = f'<span class="eqno">({node["number"]})</span>' if node.get("number") else ""
    anchor = f' id="{node["ids"][0]}"' if node["ids"] else ""
    translator.body.append(f'<div class="formula"{anchor}>{number}{_html(node, True)}</div>\n')
    raise nodes.SkipNode


def _is_whole(tex: str) -> bool:
    """Whether no line breaks inside; what cannot be read is reported where it is typeset."""
    try:
        return typeset(tex, False).count("<math") == 1
    except quickjs.JSException:
        return False


def hold_punctuation(app, doctree, docname) -> None:
    """Keep a formula and the comma or period behind it on one line. A wide one may break."""
    for formula in [f for f in doctree.findall(nodes.math) if _is_whole(f.astext().strip())]:
        after = formula.next_node(descend=False, siblings=True)
        mark = (
            re.match(r"[,.;:!?)\]’”-]+", after.astext()) if isinstance(after, nodes.Text) else None
        )
        if mark:
            parent, place = formula.parent, formula.parent.index(formula)
            held = nodes.inline("", "", formula, nodes.Text(mark[0]), classes=["held"])
            parent[place : place + 2] = [held, nodes.Text(after.astext()[mark.end() :])]
