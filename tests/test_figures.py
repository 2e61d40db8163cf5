"""Figures have numbers in one row, captions, and links that say the number."""

import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from sphinx import addnodes

from conftest import SITE, missing

sys.path.insert(0, str(Path(__file__).parents[1] / "book" / "_ext"))
figures = pytest.importorskip("nnbook_site.figures")

LIVE = '<figure class="live" id="live-x" aria-label="x"><svg></svg><figcaption>Says.</figcaption></figure>'
SVG = '<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg"><path d="M0 0" id="p"/></svg>'


@pytest.fixture
def read(tmp_path):
    """read(*nodes) -> (the page's nodes after the build has read and written them, its metadata)."""
    (tmp_path / "jupyter_execute").mkdir()
    (tmp_path / "jupyter_execute" / "a.svg").write_text(SVG, encoding="utf-8")
    env = SimpleNamespace(
        docname="four", metadata={"four": {}}, toc_secnumbers={"four": {"": (4,)}}
    )
    builder = SimpleNamespace(
        format="html", get_relative_uri=lambda one, other: "" if one == other else f"{other}.html"
    )
    app = SimpleNamespace(env=env, builder=builder, srcdir=str(tmp_path))

    def read(*parts):
        page = nodes.section("", *parts)
        figures.collect(app, page)
        figures.show(app, page, "four")
        return page, env.metadata["four"]

    return read


def picture(**more):
    return nodes.image(uri="jupyter_execute/a.svg", alt="A", **more)


def test_plain_and_live_figures_stand_in_one_row(read):
    named = nodes.figure(
        "", nodes.container("", picture()), nodes.caption("", "", nodes.Text("It falls."))
    )
    named["ids"], named["names"] = ["falls"], ["falls"]
    page, known = read(picture(), nodes.raw("", LIVE, format="html"), named)
    assert known[figures.NUMBERS] == ["figure-1", "live-x", "falls"]
    assert [caption.astext() for caption in page.findall(nodes.caption)] == [
        "Figure 4.1",
        "Figure 4.3 It falls.",
    ]
    live = page[1].astext()
    assert '<p class="figure-number">Figure 4.2</p><figcaption>Says.' in live
    assert [image["uri"] for image in page.findall(nodes.image)] == []  # they are in the page
    assert sum('role="img" aria-label="A"' in raw.astext() for raw in page.findall(nodes.raw)) == 2


def test_a_link_to_a_figure_says_its_number(read):
    written = nodes.inline("", "Figure")
    links = [
        addnodes.pending_xref("", written, reftype="myst", reftarget="live-x"),
        nodes.reference("", "Figure", refid="live-x"),
        nodes.reference("", "figure", refuri="#live-x"),
        nodes.reference("", "Figure", refuri="other.html#live-x"),
        nodes.reference("", "this figure", refid="live-x"),
    ]
    page, _ = read(nodes.raw("", LIVE, format="html"), nodes.paragraph("", "", *links))
    said = [link.astext() for link in page.findall(nodes.reference)]
    assert said == ["Figure 4.1", "Figure 4.1", "Figure 4.1", "Figure", "this figure"]


def test_without_a_chapter_a_figure_has_a_plain_number():
    env = SimpleNamespace(metadata={"four": {figures.NUMBERS: ["a", "b"]}}, toc_secnumbers={})
    assert figures.number(env, "four", "b") == "Figure 2"


PAGES = [page.relative_to(SITE).as_posix() for page in sorted(SITE.rglob("*.html"))]
PAGES = [page for page in PAGES if page.split("/")[0] not in ("lite", "_static")]
FIGURE = re.compile(r"<figure(?=[^>]*(?:class=\"live\"|align-))(.*?)</figure>", re.S)
NUMBER = re.compile(r'<(span|p) class="figure-number">Figure ((?:\d+\.)*)(\d+)</\1>')


def test_every_figure_of_the_site_has_its_number():
    if not PAGES:
        missing("no built site in _build/html: run make book first")
    shown = 0
    for page in PAGES:
        text = (SITE / page).read_text(encoding="utf-8")
        found = [NUMBER.findall(figure) for figure in FIGURE.findall(text)]
        numbers = [int(number) for each in found for *_, number in each]
        assert numbers == list(range(1, len(found) + 1)), page
        chapter = re.search(r'<h1><span class="section-number">([\d.]+)\. </span>', text)
        chapters = {chapter for each in found for _, chapter, _ in each}
        assert chapters <= {f"{chapter[1]}." if chapter else ""}, page
        assert (
            '"caption-number">Fig. ' not in text
        )  # Sphinx counts none; those of papers may be cited
        shown += len(numbers)
    assert shown > 20
