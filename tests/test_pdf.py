"""The book as one PDF: what is assembled is whole, and what is printed finds its own pages.

A small site made here is printed where Chromium is; the real one, if it is built, is assembled.
"""

import os
import re
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"
sys.path.insert(0, str(ROOT / "tools"))
import make_pdf  # noqa: E402
import one_document  # noqa: E402

CONFIG = {"title": "A book", "author": "Nobody"}
TOC = """\
format: jb-book
root: intro
parts:
  - caption: The book
    chapters:
      - file: one
        sections:
          - file: more/two
  - caption: Reference
    chapters:
      - file: reference/api/index
"""
PAGES = {
    "intro": """<section id="intro"><h1>A book<a class="headerlink" href="#intro">#</a></h1>
        <p><a href="one.html">one</a>, <a href="more/two.html#deep">deep</a>, <a
        href="reference/api/index.html#name">name</a>, <a href="https://example.org">out</a></p>
        </section>""",
    "one": """<section id="one"><h1><span class="section-number">1. </span>One</h1>
        <nav class="doors"><p>Run this</p></nav>
        <details><summary>What you need</summary><p>school</p></details>
        <section id="quiz"><h2>Quiz</h2><p><strong>1.</strong> What?</p>
        <details class="option"><summary>this</summary><p>No: wrong.</p></details>
        <details class="option"><summary>that</summary><p>Right.</p></details>
        <p><strong>2.</strong> And now?</p>
        <details class="option"><summary>so</summary><p>Yes.</p></details></section>
        <details class="admonition hide above-input"><summary>Show</summary><pre>code</pre></details>
        <figure class="live" id="live-x" data-frames="x.js"><div class="live-controls"><input></div>
        <svg viewBox="0 0 9 9"><defs><clipPath id="c"><path d="M0 0"></path></clipPath></defs>
        <g clip-path="url(#c)"><path d="M0 0"></path></g></svg>
        <figcaption>says</figcaption></figure></section>""",
    "more/two": """<section id="two"><h1>Two</h1><section id="deep"><h2>Deep</h2><p>x
        <math data-tex="u^2"><msup><mi>u</mi><mn>2</mn></msup></math>
        <a href="../one.html#quiz">back</a></p>
        <details class="hint"><summary>Hint 1</summary><p>Look.</p></details>
        <details class="solution"><summary>Solution</summary><p>Found.</p></details></section>
        </section>""",
}


@pytest.fixture
def site(tmp_path):
    """A site of three pages, and one that stays out."""
    html = tmp_path / "_build" / "html"
    for name, body in PAGES.items():
        file = html / f"{name}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            f'<html><head></head><body>{make_pdf.MARK}<article class="bd-article">{body}</article>'
            "</body></html>",
            encoding="utf-8",
        )
    (tmp_path / "_toc.yml").write_text(TOC, encoding="utf-8")
    (tmp_path / "_build" / "pdf").mkdir()
    return tmp_path


def assembled(root, config=CONFIG):
    text = one_document.assemble(root / "_build" / "html", root / "_toc.yml", config)
    return BeautifulSoup(text, "html.parser")


def broken(soup):
    """Links and references inside the document that lead nowhere, and ids that are there twice."""
    ids = [tag["id"] for tag in soup.select("[id]")]
    targets = [a["href"][1:] for a in soup.select("a[href^='#']")]
    targets += re.findall(r"url\(#([^)]+)\)", str(soup))
    return sorted(set(targets) - set(ids)), sorted({i for i in ids if ids.count(i) > 1})


def test_pages_come_in_the_order_of_the_book_without_the_reference(site):
    assert [name for _, name in one_document.pages(site / "_toc.yml")] == [
        "intro",
        "one",
        "more/two",
    ]


def test_links_lead_inside_and_to_the_site(site):
    assert broken(assembled(site)) == ([], [])
    config = CONFIG | {"repository": {"url": "https://github.com/Some-One/book"}}
    for soup, elsewhere in (
        (assembled(site), None),
        (assembled(site, config), "https://some-one.github.io/book/reference/api/index.html#name"),
    ):
        links = {a.get_text(): a.get("href") for a in soup.select(".chapter a")}
        assert links["one"] == "#one" and links["deep"] == "#more-two--deep"
        assert links["back"] == "#one--quiz" and links["out"] == "https://example.org"
        assert links["name"] == elsewhere


def test_folds_are_answered_at_the_end_and_linked_both_ways(site):
    soup = assembled(site)
    assert not soup.select("details") and not soup.select("script, input")
    assert "school" in soup.select_one("#one").get_text()  # what a chapter builds on stays there
    assert "Right." not in soup.select_one("#one").get_text()
    heads = [answer.h3.get_text() for answer in soup.select("#answers .answer")]
    assert heads == ["Quiz, question 1", "Quiz, question 2", "Deep"]
    for answer in soup.select("#answers .answer"):
        place = soup.find(id=answer.h3.a["href"][1:])
        assert place.a["href"] == f"#{answer['id']}"
    words = soup.select_one("#answers").get_text(" ", strip=True)
    assert "A. this No: wrong. B. that Right." in words and "Hint 1 Look. Solution Found." in words
    assert "Run this" not in soup.get_text()
    assert "code" not in soup.select_one("main").get_text()


def test_a_formula_is_read_by_its_source(site):
    formula = assembled(site).math
    assert formula["aria-label"] == "u^2" and formula["role"] == "img"


def test_the_link_is_put_once_and_leads_to_the_file(site):
    html = site / "_build" / "html"
    for size in (1_000_000, 2_500_000):
        make_pdf.link_from_pages(html, size, 12)
        for name in PAGES:
            text = (html / f"{name}.html").read_text(encoding="utf-8")
            (link,) = BeautifulSoup(text, "html.parser").select("p.pdf a")
            assert ((html / name).parent / link["href"]).resolve() == (
                html / make_pdf.NAME
            ).resolve()
    assert "12 pages, 2.5 MB" in text


def test_bookmarks_say_their_words_once():
    for twice, once in (
        (b"/Title (OneOne)", b"/Title (One   )"),
        (b"/Title <FEFF03B403B4>", b"/Title <FEFF03B40020>"),
        (b"/Title (One)", b"/Title (One)"),
    ):
        assert make_pdf.said_once(twice) == once and len(once) == len(twice)


def test_it_prints_with_bookmarks_and_true_page_numbers(site, browser):
    file = site / "_build" / "pdf" / "book.html"
    file.write_text(str(assembled(site)), encoding="utf-8")
    page = browser.new_page()
    pdf, count = make_pdf.print_book(page, file)
    told = {
        a.get_attribute("href")[1:]: int(a.locator(".page").inner_text())
        for a in page.locator(".toc a").all()
    }
    page.close()
    numbers, pages = make_pdf.page_numbers(pdf)
    assert pages == count == 6  # cover, contents, three chapters, answers
    assert told == {key: numbers[key] for key in told}
    assert [told[key] for key in ("intro", "one", "more-two", "answers")] == [3, 4, 5, 6]
    assert b"/Title (ContentsContents)" not in pdf and b"/Title (Contents" in pdf
    assert b"/Outlines" in pdf and b"/MarkInfo" in pdf and b"/Title (Deep)" in pdf


def test_the_real_book_is_whole():
    if not all(
        (SITE / f"{name}.html").exists() for _, name in one_document.pages(ROOT / "_toc.yml")
    ):
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("no site of these pages in _build/html: run make book first")
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    soup = BeautifulSoup(one_document.assemble(SITE, ROOT / "_toc.yml", config), "html.parser")
    assert broken(soup) == ([], [])
    assert not soup.select("details, script, .live-controls, .exercise-tick")
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    assert len(soup.select(".chapter")) >= len(contents["parts"][0]["chapters"]) + 1
    live = sum(
        (SITE / f"{name}.html").read_text("utf-8").count('<figure class="live"')
        for _, name in one_document.pages(ROOT / "_toc.yml")
    )
    assert len(soup.select("figure.live svg")) == live > 0
