"""The short way and the deep way: what is counted, what a deeper part may not be needed for, and that its
fold opens when it is asked for, on the built site.
"""

import importlib
import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from conftest import SITE, missing

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "book" / "_ext"), str(ROOT / "tools")]
pytest.importorskip("sphinx")
nodes = importlib.import_module("docutils.nodes")
deeper, lengths, sections = (
    importlib.import_module(f"nnbook_site.{name}") for name in ("deeper", "lengths", "sections")
)
site_pages = importlib.import_module("site_pages")
NOTEBOOKS = sorted(p for p in (ROOT / "book").rglob("*.ipynb") if ".ipynb_" not in str(p))


def html(text):
    return nodes.raw("", text, format="html")


def cell(source, **how):
    code = nodes.container("", nodes.literal_block(text=source), nb_element="cell_code_source")
    return nodes.container("", code, nb_element="cell_code", **how)


def section(title, *inside):
    return nodes.section("", nodes.title(text=title), *inside)


def page():
    """A page whose short way has 11 words, 1 formula, 1 cell of 2 lines, 1 live figure, 1 question."""
    formula = nodes.paragraph("", "one ", nodes.math(text="a + b = c"), nodes.Text(" three"))
    hidden = nodes.paragraph(text="not seen")
    live = (
        '<figure data-frames="x" class="live" id="live-x"><svg><text>no</text></svg>'
        "<figcaption><b>Six</b> seven</figcaption></figure>"
    )
    output = nodes.container("", html(live), nb_element="cell_code_output")
    drawing = cell("draw()", hide_mode="input")
    drawing += output
    quiz = [nodes.paragraph(text="eight?")]
    for answer in ("nine", "ten"):
        quiz += [html(f'<details class="option"><summary>{answer}</summary>'), hidden.deepcopy()]
        quiz += [html("</details>")]
    deep = section("Deeper: more", nodes.paragraph(text="three more words"), cell("z = 1"))
    inner = section("four", cell("import numpy as np"), cell("x = 1\n\ny = 2"), drawing, deep)
    return nodes.Element(
        "", section("zero", formula, nodes.math_block(text="a b"), inner, section("eleven", *quiz))
    )


def test_what_is_seen_with_every_fold_closed_is_counted():
    short, deep = lengths.measure(page())
    counted = {"words": 11, "formulas": 1, "cells": 1, "lines": 2, "live": 1, "questions": 1}
    assert {k: v for k, v in vars(short).items() if v} == counted
    assert {k: v for k, v in vars(deep).items() if v} == {"words": 5, "cells": 1, "lines": 1}
    assert (short + deep).minutes == pytest.approx(16 / 175 + (20 + 3 * 4 + 90 + 60) / 60)


def test_a_chapter_says_both_ways():
    short = lengths.Length(words=2949, cells=18, live=20)
    assert lengths.said(short, short) == "About 45 minutes: 2,900 words, 18 code cells."
    said = lengths.said(short, short + lengths.Length(words=9000))
    assert said.startswith("Short way: about 45 minutes, 2,900 words, 18 code cells. With")
    assert said.endswith("With everything deeper: about 1¾ hours.")


def test_a_deeper_section_opens_by_its_heading():
    tree = page()
    deeper.fold(SimpleNamespace(builder=SimpleNamespace(format="html")), tree, "page")
    (folded,) = [s for s in tree.findall(nodes.section) if "deeper" in s["classes"]]
    kinds = [type(part).__name__ for part in folded]
    assert kinds[:3] == ["raw", "title", "raw"] and kinds[-1] == "raw"
    assert folded[0].astext().startswith('<details class="deeper"><summary>')


def test_search_pdf_and_epub_see_a_section_like_any_other(tmp_path):
    folded = (
        '<article class="bd-article"><section id="one"><h1>One</h1><p>core</p><section class="deeper" '
        'id="deeper-more"><details class="deeper"><summary>\n<h3><span class="section-number">1.1. </span>'
        "Deeper: more</h3></summary>\n<p>said</p><details><summary>Hint</summary><p>kept</p></details>"
        "</details>\n</section></section></article>"
    )
    core, deep = sections.read(folded)
    assert (core.text, deep.number, deep.heading) == ("core", "1.1.", "Deeper: more")
    assert (deep.text, deep.folded) == ("said", "Hint kept")
    (tmp_path / "one.html").write_text(folded, encoding="utf-8")
    page = site_pages.text(tmp_path, "one")
    assert page.select_one("#deeper-more > h3 + p").get_text() == "said"
    assert len(page.select("details")) == 1


# Notebooks --------------------------------------------------------------------------------------


def notebook(*parts):
    """Cells: text begins with # or a capital letter; a deeper heading is closed in JupyterLab."""
    found = []
    for part in parts:
        words = bool(re.match(r"[#A-Z]", part))
        closed = {deeper.CLOSED: True} if re.match("#+ Deeper", part) else {}
        kind = "markdown" if words else "code"
        found.append({"cell_type": kind, "source": [part], "metadata": closed})
    return found


DEEP, RNG = "### Deeper: more", "rng = np.random.default_rng(0)"


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        (("## A", "x = 1", DEEP, "y = x", "## B", "x"), None),
        (("## A", "x = 1", DEEP, "y = x", "## B", "y"), "`y` gets its value in cell 3"),
        (("## A", "x = 1", DEEP, "x = 2", "## B", "print(x)"), "`x` gets its value in cell 3"),
        (("## A", "x = 1", DEEP, "x = 2", "## B", "x = 3", "print(x)"), None),
        (("## A", "x = 1", DEEP, "x += 1", "## B", "x"), "`x` gets"),
        (("## A", DEEP, "def f(): pass", "## B", "def g():\n    return f()"), "`f` gets"),
        (("## A", DEEP, "import a.b as c", "## B", "[c for i in range(3)]"), "`c` gets"),
        (("## A", DEEP, "i = 1", "## B", "for i in range(3):\n    print(i)"), None),
        (("## A", DEEP, "i = 1", "## B", "for j in range(i):\n    i = j"), "`i` gets"),
        (("## A", DEEP, "i = 1", "## B", "f(i=2)", "[i for i in range(3)]"), None),
        (("## A", DEEP, "y = 1", "### Deeper: still", "y", "## B"), None),
        (("## A", RNG, DEEP, "rng.normal()", "## B", "rng.normal()"), "draws from `rng`"),
        (("## A", RNG, DEEP, "rng.normal()", "## B", RNG, "rng.normal()"), None),
        (("## A", DEEP, "### C", "## B"), '"C" goes on after'),
        (("## A", DEEP, "#### part", "## B"), None),
        (("## A", DEEP, "Words.\n\n## B"), '"B" ends "Deeper: more" and must begin a cell'),
        (("## A", "Words.\n\n" + DEEP), "must begin a cell of its own"),
        (("## Deeper: more",), "write ###"),
        (("## A\n\n```\n### Deeper: not a heading\n```",), None),
    ],
)
def test_the_short_way_can_do_without_what_is_deeper(cells, wrong):
    found = deeper.mistakes(notebook(*cells))
    assert (wrong in found[0]) if wrong else found == []


def test_a_deeper_heading_is_closed_in_jupyterlab():
    cells = notebook("## A", DEEP)
    cells[1]["metadata"] = {}
    assert deeper.CLOSED in deeper.mistakes(cells)[0]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_the_book_s_short_ways_need_nothing_deeper(path):
    assert deeper.mistakes(json.loads(path.read_text(encoding="utf-8"))["cells"]) == []


# On the built site --------------------------------------------------------------------------------


@pytest.fixture
def folded():
    """A page of the built site with deeper parts, and the ids of these."""
    for path in sorted(SITE.rglob("*.html")):
        if "lite" not in path.parts:
            text = path.read_text(encoding="utf-8")
            if ids := re.findall(r'<section class="deeper" id="([^"]+)"', text):
                return path.as_uri(), ids
    missing("no built page has a deeper part: run make book first")


def opened(page):
    return page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('details.deeper')]"
        ".map((one) => [one.parentElement.id, one.open]))"
    )


def test_a_link_opens_what_is_deeper_and_nothing_else(folded, browser):
    address, (first, *others) = folded
    page = browser.new_page()
    page.goto(address)
    assert not any(opened(page).values())
    page.evaluate(f"document.querySelector('#on-this-page a[href=\"#{first}\"]').click()")
    assert opened(page) == {first: True} | dict.fromkeys(others, False)
    elsewhere = browser.new_page()
    elsewhere.goto(f"{address}#{first}")  # from another page
    assert opened(elsewhere)[first]
    inside = elsewhere.locator(f"#{first} > details > summary > :is(h3, h4)")
    assert inside.is_visible() and "Deeper:" in inside.inner_text()
    page.close(), elsewhere.close()


def test_paper_shows_what_is_deeper(folded, browser):
    address, _ = folded
    page = browser.new_page()
    page.goto(address)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert all(opened(page).values())
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not any(opened(page).values())
    page.close()
