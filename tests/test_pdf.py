"""The book as one PDF: what is assembled is whole, and what is printed finds its own pages.

A small site made here is printed where Chromium is; the real one, if it is built, is assembled.
"""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

import small_site

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"
sys.path.insert(0, str(ROOT / "tools"))
import make_pdf  # noqa: E402
import one_document  # noqa: E402
import site_pages  # noqa: E402
from edition import Edition, edition  # noqa: E402

EDITION = Edition("1.2.3", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "abc1234")


@pytest.fixture
def site(tmp_path):
    (tmp_path / "_build" / "pdf").mkdir(parents=True)
    return small_site.build(tmp_path)


def assembled(root, config=small_site.CONFIG):
    text = one_document.assemble(root / "_build" / "html", root / "_toc.yml", config, EDITION)
    return BeautifulSoup(text, "html.parser")


def broken(soup):
    """Links and references inside the document that lead nowhere, and ids that are there twice."""
    ids = [tag["id"] for tag in soup.select("[id]")]
    targets = [a["href"][1:] for a in soup.select("a[href^='#']")]
    targets += re.findall(r"url\(#([^)]+)\)", str(soup))
    return sorted(set(targets) - set(ids)), sorted({i for i in ids if ids.count(i) > 1})


def test_links_lead_inside_and_to_the_site(site):
    assert broken(assembled(site)) == ([], [])
    for soup, elsewhere in (
        (assembled(site), None),
        (assembled(site, small_site.PUBLISHED), f"{small_site.HOME}reference/api/index.html#name"),
    ):
        links = {a.get_text(): a.get("href") for a in soup.select(".chapter a")}
        assert links["one"] == "#one" and links["deep"] == "#more-two--deep"
        assert links["back"] == "#one--quiz" and links["out"] == "https://example.org"
        assert links["name"] == elsewhere


def test_addresses_to_be_copied_are_a_link_to_where_they_are(site):
    for config, where in (
        (small_site.PUBLISHED, f"{small_site.HOME}reference/terms.html#terms"),
        (small_site.CONFIG, None),
    ):
        page = assembled(site, config).select_one("#reference-terms")
        assert [a.get("href") for a in page.select("a.on-site")] == [where]
        words = page.get_text()
        assert "Links, on the site: One; Two." in words and "git-pull" not in words


def test_the_title_page_says_which_book_it_is(site):
    words = "Version 1.2.3, 2 January 2026, commit abc1234"
    assert assembled(site).select_one(".cover .edition").get_text() == words


def test_an_edition_is_dated_by_its_commit(tmp_path, monkeypatch):
    """Or as who builds it says, or by the last release where git knows nothing."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n')
    (tmp_path / "CITATION.cff").write_text('date-released: "2026-01-02"\n')
    assert str(edition(tmp_path)) == "Version 1.2.3, 2 January 2026"

    def git(*words):
        me = ["-c", "user.name=me", "-c", "user.email=me@example.org"]
        subprocess.run(["git", "-C", tmp_path, *me, *words], check=True, capture_output=True)

    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-03-04T05:06:07Z")
    git("init")
    git("add", ".")
    git("commit", "-m", "a book")
    assert re.fullmatch(r"Version 1.2.3, 4 March 2026, commit [0-9a-f]{7,}", str(edition(tmp_path)))
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.4"\n')
    assert str(edition(tmp_path)).endswith("-dirty")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert edition(tmp_path).made.year == 1970


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
    assert "A. this No: wrong. B. that Right." in words and "Hint Look. Solution Found." in words
    assert "Run this" not in soup.get_text()
    assert "code" not in soup.select_one("main").get_text()


def test_a_formula_is_read_by_its_source(site):
    formula = assembled(site).math
    assert formula["aria-label"] == "u^2" and formula["role"] == "img"


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
    pdf, count = make_pdf.print_book(page, file, EDITION.made)
    assert make_pdf.print_book(page, file, EDITION.made)[0] == pdf
    told = {
        a.get_attribute("href")[1:]: int(a.locator(".page").inner_text())
        for a in page.locator(".toc a").all()
    }
    page.close()
    numbers, pages = make_pdf.page_numbers(pdf)
    assert pages == count == 7  # cover, contents, four chapters, answers
    assert told == {key: numbers[key] for key in told}
    assert [told[key] for key in ("intro", "one", "more-two", "answers")] == [3, 4, 5, 7]
    assert b"/Title (ContentsContents)" not in pdf and b"/Title (Contents" in pdf
    assert re.findall(rb"/(?:Creation|Mod)Date \(D:(\d+)", pdf) == [b"20260102030405"] * 2
    assert b"/Outlines" in pdf and b"/MarkInfo" in pdf and b"/Title (Deep)" in pdf


def test_the_real_book_is_whole():
    if not all(
        (SITE / f"{name}.html").exists() for *_, name in site_pages.pages(ROOT / "_toc.yml")
    ):
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("no site of these pages in _build/html: run make book first")
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    soup = BeautifulSoup(
        one_document.assemble(SITE, ROOT / "_toc.yml", config, EDITION), "html.parser"
    )
    assert broken(soup) == ([], [])
    assert not soup.select("details, script, .live-controls, .exercise-tick")
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    assert len(soup.select(".chapter")) >= len(contents["parts"][0]["chapters"]) + 1
    live = sum(
        (SITE / f"{name}.html").read_text("utf-8").count('<figure class="live"')
        for *_, name in site_pages.pages(ROOT / "_toc.yml")
    )
    assert len(soup.select("figure.live svg")) == live > 0
