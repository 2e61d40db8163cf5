"""What the PDF and the EPUB take from the built site: which pages, how deep, with which words."""

import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import small_site

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
import site_pages


@pytest.fixture
def site(tmp_path):
    return small_site.build(tmp_path)


def test_pages_come_in_the_order_of_the_book_without_the_library_s_reference(site):
    assert site_pages.pages(site / "_toc.yml") == [
        ("", 1, "intro"),
        ("The book", 1, "one"),
        ("The book", 2, "more/two"),
        ("Reference", 1, "reference/terms"),
    ]


def test_a_missing_page_ends_the_program_with_the_remedy(site):
    site_pages.demand(site / "_build" / "html", site / "_toc.yml")
    (site / "_build" / "html" / "one.html").unlink()
    with pytest.raises(SystemExit, match=r"lacks one, .* run make book first"):
        site_pages.demand(site / "_build" / "html", site / "_toc.yml")


def test_a_figure_says_where_its_controls_stand(site):
    page = site_pages.text(site / "_build" / "html", "one")
    assert page.figcaption.get_text() == "It says. So.Drawn for n 2, with skip."
    assert not page.select("input, select, button, script, .live-controls")


def test_a_link_to_a_preset_leads_to_the_site_where_it_moves_the_figure(site):
    page = site_pages.text(site / "_build" / "html", "one")
    inside = {"one": "#one"}.get
    for elsewhere, leads in (
        (small_site.HOME, f"{small_site.HOME}one.html#live-x--deep"),
        ("", None),
    ):
        again = BeautifulSoup(str(page), "html.parser")
        site_pages.relink(again, "one", lambda name, anchor: inside(name), elsewhere, "")
        assert again.find("a", string="See").get("href") == leads


def test_links_to_the_files_are_put_once_each_and_lead_to_them(site):
    html = site / "_build" / "html"
    for size in ("1 MB", "2 MB"):
        for file in ("book.pdf", "book.epub"):
            site_pages.offer(html, file, f"As {file[5:]}", size)
    for name in small_site.PAGES:
        page = BeautifulSoup((html / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        links = page.select("p.download a")
        assert [link.parent.get_text() for link in links] == ["As pdf (2 MB)", "As epub (2 MB)"]
        there = [((html / name).parent / link["href"]).resolve() for link in links]
        assert there == [(html / file).resolve() for file in ("book.pdf", "book.epub")]
