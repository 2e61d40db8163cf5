"""The theme's style sheet without the rules that no page of this site uses: 400 kB become a tenth.

A selector is kept if every class and id in it occurs as a word in some page or script. Pages are
rendered all the same; they only come sooner, on a phone by a second.
"""

from __future__ import annotations

import re
from pathlib import Path

import tinycss2

from .doors import LITE

SHEETS = ("styles/pydata-sphinx-theme.css",)
WORD = re.compile(r"[\w-]+")
NAMES = re.compile(r"[.#]((?:[\w-]|\\.)+)")


def prune(app, error) -> None:
    """Rewrite the theme's style sheets in the built site."""
    if error or app.builder.format != "html":
        return
    site = Path(app.outdir)
    pages = [page for page in site.rglob("*.html") if LITE not in page.relative_to(site).parts]
    files = [*pages, *site.glob("_static/**/*.js")]
    words = {w for f in files for w in WORD.findall(f.read_text(encoding="utf-8"))}
    for name in SHEETS:
        sheet = site / "_static" / name
        rules = tinycss2.parse_stylesheet(
            sheet.read_text(encoding="utf-8"), skip_comments=True, skip_whitespace=True
        )
        sheet.write_text("".join(_kept(rules, words)), encoding="utf-8")


def _kept(rules, words):
    """The text of the rules that may apply, with the selectors that may."""
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = _split(tinycss2.serialize(rule.prelude))
            used = [s for s in selectors if _used(s, words)]
            if used:
                yield f"{','.join(used)}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            inside = "".join(_kept(inner, words))
            if inside:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inside}}}"
        elif not (rule.type == "at-rule" and "fontawesome" in rule.serialize()):
            yield rule.serialize()  # icons are drawn by site.css


def _used(selector: str, words: set[str]) -> bool:
    """Whether all its classes and ids occur somewhere; what :not() excludes need not."""
    asked = re.sub(r":not\([^()]*(?:\([^()]*\)[^()]*)*\)", "", selector)
    return all(name.replace("\\", "") in words for name in NAMES.findall(asked))


def _split(selectors: str) -> list[str]:
    """The selectors of a list; the commas inside parentheses do not part them."""
    parts, depth = [""], 0
    for letter in selectors:
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]
