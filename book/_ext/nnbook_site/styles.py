"""One style sheet for the site: ours, without the rules that no page uses. Those of the theme and of
Jupyter Book's extensions, 480 kB in eight files, are not among them.

A selector is kept if every class and id in it is given to an element of some page, or occurs as a
word in some script; a custom property, if a rule or a script asks for it. What in_page/ holds for the
pages that run Python counts as a script, its sheets too.
"""

from __future__ import annotations

import re
from pathlib import Path

import tinycss2

from . import inks
from .doors import LITE
from .runtime import PLACE
from .runtime.pieces import IN_PAGE

SHEET = "site.css"  # the style file: faces, sizes, rhythm, colors; built, it holds all the others
PYTHON = Path(PLACE).name
SOURCES = (  # each has one subject; a later one has the last word
    SHEET,
    "frame.css",
    "code.css",
    "tables.css",
    "formulas.css",
    "icons.css",
    "figures.css",
    "captions.css",
    "guess.css",
    "attack.css",
    "exercises.css",
    "reference.css",
    "doors.css",
    "front.css",
    "search.css",
    "phone.css",
    "print.css",
)
GIVEN = re.compile(r'\s(?:class|id)="([^"]*)"')
WORD = re.compile(r"[\w-]+")
NAMES = re.compile(r"[.#]((?:[\w-]|\\.)+)")
PROPERTY = re.compile(r"--[\w-]+")


def bundle(app, error) -> None:
    """Make one sheet of the built site's."""
    static = Path(app.outdir) / "_static"
    if error or app.builder.format != "html" or not (static / SOURCES[1]).exists():
        return  # no page was written, and the sheet is there from the last time
    pages = [page.read_text(encoding="utf-8") for page in site_pages(app)]
    asking = [file for file in static.glob("**/*.js") if PYTHON not in file.parts]
    asking += [file for kind in ("*.js", "*.css") for file in IN_PAGE.glob(kind)]
    scripts = "\n".join(file.read_text(encoding="utf-8") for file in asking)
    known = {word for text in pages for given in GIVEN.findall(text) for word in given.split()}
    known |= set(WORD.findall(scripts))
    files = [file for source in SOURCES for file in sorted(static.glob(source))]
    text = "\n".join([file.read_text(encoding="utf-8") for file in files] + [inks.rules()])
    sheet = without_unasked("".join(kept(parsed(text), known)), scripts)
    for file in files:
        file.unlink()
    (static / SHEET).write_text(sheet, encoding="utf-8")


def site_pages(app) -> list[Path]:
    """The pages of the built book, without JupyterLite's."""
    site = Path(app.outdir)
    return [page for page in site.rglob("*.html") if LITE not in page.relative_to(site).parts]


def parsed(text: str) -> list:
    return tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)


def kept(rules, known):
    """The text of the rules that may apply, with the selectors that may."""
    for rule in rules:
        if rule.type == "qualified-rule":
            used = [s for s in _split(tinycss2.serialize(rule.prelude)) if _used(s, known)]
            if used:
                yield f"{','.join(used)}{{{_short(rule.content)}}}"
        elif rule.lower_at_keyword in ("media", "supports"):
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if inside := "".join(kept(inner, known)):
                yield f"@{rule.at_keyword} {_short(rule.prelude)}{{{inside}}}"
        elif rule.lower_at_keyword != "charset" and "fontawesome" not in rule.serialize():
            content = "" if rule.content is None else f"{{{_short(rule.content)}}}"
            yield f"@{rule.at_keyword} {_short(rule.prelude)}{content or ';'}"


def without_unasked(sheet: str, scripts: str) -> str:
    """The sheet without custom properties that nobody asks for; some were only asked for by others."""
    while True:
        asked = set(re.findall(r"var\(\s*(--[\w-]+)", sheet)) | set(PROPERTY.findall(scripts))
        less = re.sub(
            r"(?<=[{;])\s*(--[\w-]+):[^;{}]*(?:;|(?=\}))",
            lambda one, asked=asked: one[0] if one[1] in asked else "",
            sheet,
        )
        if less == sheet:
            return sheet
        sheet = less


def _short(tokens) -> str:
    """Tokens without comments and needless space."""
    text = tinycss2.serialize([token for token in tokens if token.type != "comment"])
    return re.sub(r"\s+", " ", text).strip()


def _used(selector: str, known: set[str]) -> bool:
    """Whether all its classes and ids occur somewhere; what stands in :not(), :is() or so need not.
    What an attribute is compared with is no id: text[style*="fill:#0072b2"].
    """
    plain = re.sub(r"\[[^\]]*\]", "", selector)
    asked = re.sub(r":(?:not|is|where|has)\([^()]*(?:\([^()]*\)[^()]*)*\)", "", plain)
    return all(name.replace("\\", "") in known for name in NAMES.findall(asked))


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
