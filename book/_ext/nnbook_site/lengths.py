"""How long a chapter is: the short way, and with everything deeper. At its head, at the end of a build,
and held to a limit.

What counts is what one sees with every fold closed; on the deep way the deeper parts are open.

- words: of text, headings, lists, tables of the text, captions (of a live figure, that of its first
  picture) and the options of a quiz. A formula within a line is one word. Answers, hints, code and what
  code printed are not counted.
- code cells: those whose code is shown, so not imports nor the code that only draws.

A chapter that is named in `short_way` of _config.yml breaks the build when its short way is over
`MOST_WORDS` or `MOST_CELLS`.
"""

from __future__ import annotations

import json
import re
from dataclasses import astuple, dataclass
from pathlib import Path

from docutils import nodes
from sphinx.util import logging

from . import deeper
from .figures import LIVE
from .folds import only_imports

logger = logging.getLogger(__name__)
MOST_WORDS, MOST_CELLS = 3000, 20
# Most adults read English non-fiction silently at 175 to 300 words a minute: Brysbaert, "How many words do
# we read per minute?", Journal of Memory and Language 109 (2019), 104047. Who studies takes the slow end.
WORDS_A_MINUTE = 175
# Seconds. These are estimates of ours: nobody has measured them for this book.
A_FORMULA, A_LINE, A_PICTURE, A_LIVE_FIGURE, A_QUESTION = 20, 4, 20, 90, 60
KEY = "lengths"  # of a page's metadata
FOLD = re.compile(r"<(/?)details\b([^>]*)>|<summary[^>]*>(.*?)</summary>", re.S)
CAPTION = re.compile(r"<figcaption[^>]*>(.*?)</figcaption>", re.S)
ATTACK = re.compile(r'<figure class="attack"')
TWINS = re.compile(r'<figure[^>]* class="twins"')
TAG = re.compile(r"<[^>]*>")


@dataclass
class Length:
    """What one way through a page consists of."""

    words: int = 0
    formulas: int = 0
    cells: int = 0
    lines: int = 0
    pictures: int = 0
    live: int = 0
    questions: int = 0

    def __add__(self, other: Length) -> Length:
        return Length(*map(sum, zip(astuple(self), astuple(other), strict=True)))

    @property
    def minutes(self) -> float:
        """About how long it takes."""
        seconds = (
            A_FORMULA * self.formulas
            + A_LINE * self.lines
            + A_PICTURE * self.pictures
            + A_LIVE_FIGURE * self.live
            + A_QUESTION * self.questions
        )
        return self.words / WORDS_A_MINUTE + seconds / 60


def measure(doctree: nodes.Element) -> tuple[Length, Length]:
    """The short way through a page, and what is deeper, without the short way."""
    counter = _Counter()
    counter.read(doctree, counter.short)
    return counter.short, counter.deep


class _Counter:
    """Walks a page in its order. `depth`: how many folds of raw HTML it is in."""

    def __init__(self):
        self.short, self.deep = Length(), Length()
        self.depth, self.options = 0, False

    def read(self, node: nodes.Node, way: Length) -> None:
        """Count a node and all below it."""
        if deeper.is_deeper(node):
            way = self.deep
        if isinstance(node, nodes.raw):
            self._html(node.astext(), way)
        elif self.depth or isinstance(node, (nodes.comment, nodes.Invisible)):
            for raw in node.findall(nodes.raw):
                self._html(raw.astext(), way)
        elif isinstance(node, nodes.math_block):
            way.formulas += 1
        elif isinstance(node, nodes.container) and node.get("nb_element") == "cell_code":
            self._cell(node, way)
        elif isinstance(node, nodes.literal_block):
            way.lines += len(node.astext().splitlines())
        elif isinstance(node, nodes.TextElement):
            way.words += words(_said(node))
            self.options = False
        else:
            closed = "dropdown" in node.get("classes", ())
            for child in node.children[: 1 if closed else None]:
                self.read(child, way)

    def _cell(self, cell: nodes.container, way: Length) -> None:
        for part in cell.children:
            kind = part.get("nb_element") if isinstance(part, nodes.Element) else None
            if kind == "cell_code_source":
                if not (cell.get("hide_mode") or only_imports(part)):
                    way.cells += 1
                    way.lines += sum(bool(line.strip()) for line in part.astext().splitlines())
            else:
                for found in part.findall(lambda n: isinstance(n, (nodes.raw, nodes.image))):
                    if isinstance(found, nodes.raw):
                        self._html(found.astext(), way)
                    else:
                        way.pictures += 1
                for caption in part.findall(nodes.caption):
                    way.words += words(_said(caption))

    def _html(self, html: str, way: Length) -> None:
        for found in FOLD.finditer(html):
            closes, how, line = found.groups()
            if line is not None:  # of a fold that stands in no other one
                way.words += words(TAG.sub(" ", line)) if self.depth == 1 else 0
            elif closes:
                self.depth = max(0, self.depth - 1)
            else:
                if self.depth == 0 and "option" in how and not self.options:
                    way.questions += 1
                    self.options = True
                self.depth += 1
        live = sum(len(kind.findall(html)) for kind in (LIVE, TWINS, ATTACK))
        if live and not self.depth:
            way.live += live
            way.words += sum(words(TAG.sub(" ", said)) for said in CAPTION.findall(html))


def words(text: str) -> int:
    """How many words; what has neither letter nor digit is none."""
    return sum(any(map(str.isalnum, part)) for part in text.split())


def _said(element: nodes.Element) -> str:
    """An element's text, in which each formula is a letter."""
    parts = []
    for node in element.findall(lambda n: isinstance(n, (nodes.Text, nodes.math))):
        if isinstance(node, nodes.math):
            parts.append("x")
        elif not isinstance(node.parent, (nodes.math, nodes.raw)):
            parts.append(node.astext())
    return "".join(parts)


# In the build ----------------------------------------------------------------------------------


def collect(app, doctree) -> None:
    """Keep the lengths of a page that has been read."""
    short, deep = measure(doctree)
    app.env.metadata[app.env.docname][KEY] = astuple(short), astuple(short + deep)


def chapters(env) -> dict[str, tuple[Length, Length]]:
    """The chapters' lengths, by page, in the order of the book: the numbered pages with code."""
    numbers = env.toc_secnumbers
    order = sorted(numbers, key=lambda name: numbers[name].get("") or ())
    kept = {name: env.metadata[name].get(KEY, ()) for name in order}
    found = {name: tuple(Length(*way) for way in ways) for name, ways in kept.items()}
    return {name: ways for name, ways in found.items() if ways and ways[1].cells}


def show(app, doctree, docname) -> None:
    """Put a chapter's length at its head: after what one will be able to, before what one needs."""
    if app.builder.format != "html" or docname not in (known := chapters(app.env)):
        return
    top = next(iter(doctree.findall(nodes.section)))
    line = nodes.paragraph("", said(*known[docname]), classes=["length"])
    stop = (nodes.raw, nodes.section, nodes.container)
    place = next((i for i, part in enumerate(top) if i and isinstance(part, stop)), len(top))
    top.insert(place, line)


def said(short: Length, everything: Length) -> str:
    """A chapter's length in a sentence or two."""
    if short == everything:
        return f"{_time(short).capitalize()}: {_size(short)}."
    return (
        f"Short way: {_time(short)}, {_size(short)}. With everything deeper: {_time(everything)}."
    )


def _size(way: Length) -> str:
    of = "code cell" if way.cells == 1 else "code cells"
    return f"{round(way.words, -2):,} words, {way.cells} {of}"


def _time(way: Length) -> str:
    """About 50 minutes; about 1¾ hours."""
    minutes = max(5, 5 * round(way.minutes / 5))
    if minutes <= 75:
        return f"about {minutes} minutes"
    hours, quarters = divmod(round(way.minutes / 15), 4)
    return f"about {hours}{['', '¼', '½', '¾'][quarters]} hours"


def report(app, error) -> None:
    """A line for each chapter, and what is over the limit or needs a deeper part."""
    if error or app.builder.format != "html":
        return
    held = app.config.short_way
    known = chapters(app.env)
    for line in table(known, held):
        logger.info(line)
    for name in sorted({*held} - {*known}):
        logger.warning(f"short_way in _config.yml names {name}, which is no chapter.")
    for name in [name for name in known if name in held]:
        short, _ = known[name]
        if short.words > MOST_WORDS or short.cells > MOST_CELLS:
            logger.warning(
                f"the short way has {short.words} words and {short.cells} code cells, and may have "
                f"{MOST_WORDS} and {MOST_CELLS}: what goes on when an idea is finished is deeper.",
                location=name,
            )
    for name in sorted(app.env.found_docs):
        file = Path(app.env.doc2path(name))
        if file.suffix == ".ipynb":
            cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
            for mistake in deeper.mistakes(cells):
                logger.warning(mistake, location=name)


def table(known: dict[str, tuple[Length, Length]], held: list[str]) -> list[str]:
    """The lengths of chapters, one a line."""
    head = f"{'':32}{'short way':>27}   {'with everything deeper':>27}"
    lines = ["", head]
    for name, (short, everything) in known.items():
        ways = (
            f"{w.words:6} words {w.cells:3} cells {w.minutes:4.0f} min" for w in (short, everything)
        )
        lines.append(
            f"{name:32}{'   '.join(ways)}{'' if name in held else '   not held to the limit'}"
        )
    return lines
