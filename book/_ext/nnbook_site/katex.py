"""Formulas are typeset when the book is built, so a page needs no script to show them.

KaTeX (katex.org, MIT license, in katex/) runs in QuickJS; its output is HTML for the eye and MathML
for a screen reader. A formula it can't parse stops the build with the place named.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import quickjs
from docutils import nodes
from sphinx.util import logging

logger = logging.getLogger(__name__)
SHORT = 20  # letters of TeX
SCRIPT = Path(__file__).parent / "katex" / "katex.min.js"


@cache
def _context() -> quickjs.Context:
    context = quickjs.Context()
    context.eval(SCRIPT.read_text(encoding="utf-8"))
    context.eval(  # as JSON, since the binding can't return a string made by concatenation
        "render = (tex, display) =>"
        "JSON.stringify(katex.renderToString(tex, {displayMode: display, strict: 'error'}))"
    )
    return context


@cache
def typeset(tex: str, display: bool) -> str:
    """HTML for a formula; quickjs.JSException says what is wrong with it."""
    return json.loads(_context().get("render")(tex, display))


def _html(node: nodes.Element, display: bool) -> str:
    try:
        return typeset(node.astext().strip(), display)
    except quickjs.JSException as error:
        first = str(error).splitlines()[0]
        logger.warning("formula %r: %s", node.astext(), first, location=node)
        return ""


def visit_inline(translator, node: nodes.math) -> None:
    translator.body.append(f'<span class="formula">{_html(node, False)}</span>')
    raise nodes.SkipNode


def visit_block(translator, node: nodes.math_block) -> None:
    number = ""
    if node.get("number"):
        number = f'<span class="eqno">({node["number"]})</span>'
    anchor = f' id="{node["ids"][0]}"' if node["ids"] else ""
    translator.body.append(f'<div class="formula"{anchor}>{_html(node, True)}{number}</div>\n')
    raise nodes.SkipNode


def hold_punctuation(app, doctree, docname) -> None:
    """Keep a short formula and the comma or period behind it on one line. A long one may break."""
    for formula in [f for f in doctree.findall(nodes.math) if len(f.astext()) <= SHORT]:
        after = formula.next_node(descend=False, siblings=True)
        mark = (
            re.match(r"[,.;:!?)\]’”-]+", after.astext()) if isinstance(after, nodes.Text) else None
        )
        if mark:
            parent, place = formula.parent, formula.parent.index(formula)
            held = nodes.inline("", "", formula, nodes.Text(mark[0]), classes=["held"])
            parent[place : place + 2] = [held, nodes.Text(after.astext()[mark.end() :])]
