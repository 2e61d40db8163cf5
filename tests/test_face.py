"""How the pages look and what that is good for, in a real browser: where one is, code under its figure,
tables on a phone, paper.
"""

import re
import sys
from pathlib import Path

import pytest

from conftest import DESK, PHONE, SITE, missing

sys.path.insert(0, str(Path(__file__).parents[1] / "book" / "_ext"))
pytest.importorskip("sphinx")
from nnbook_site.tables import as_cards

CHAPTER = "03_gradient_descent.html"


@pytest.fixture(scope="session", autouse=True)
def site():
    if not (SITE / CHAPTER).exists():
        missing("no built site in _build/html: run make book first")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_bar_says_where_one_is(viewport, address, visit):
    page = visit(address + CHAPTER, viewport=viewport)
    heading = page.locator(".bd-article h2").nth(2)
    heading.evaluate("h => h.scrollIntoView()")
    words = heading.evaluate("h => h.firstChild.textContent + h.childNodes[1].textContent")
    page.locator(".where-section", has_text=words).wait_for()
    assert page.locator(".where a").inner_text() == "3. Gradient descent"
    assert page.locator("#on-this-page a[aria-current]").text_content() == words
    read = "document.querySelector('.read-so-far').getBoundingClientRect().width / innerWidth"
    assert 0 < page.evaluate(read) < 1
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_function(f"{read} > 0.999")
    assert page.locator(".where").evaluate("w => w.getBoundingClientRect().top") >= 0


def test_an_address_leads_to_the_section_that_the_bar_names(address, visit):
    page = visit(address + CHAPTER)
    links = page.locator("#on-this-page nav > ul > li > a, #on-this-page nav > a").all()
    assert len(links) > 4
    for link in links[1:4]:
        link.click()
        words = link.text_content()
        page.locator(".where-section").filter(has_text=words).wait_for()
        assert page.locator("#on-this-page a[aria-current]").text_content() == words


def test_a_wide_table_is_a_table_where_there_is_room(address, visit):
    page = visit(f"{address}reference/notation.html", viewport=DESK)
    head, row = (
        page.locator(f"table.rows-as-cards {part} tr").first for part in ("thead", "tbody")
    )
    head, row = head.bounding_box(), row.bounding_box()
    assert row["x"] == head["x"] and row["width"] == head["width"]
    assert row["y"] >= head["y"] + head["height"] - 1


def test_code_that_draws_is_one_quiet_link_under_its_figure(address, visit):
    page = visit(address + CHAPTER)
    cells = page.locator(".cell.tag_hide-input:has(> .cell_output)")
    assert cells.count() > 3
    for cell in cells.all():
        assert cell.evaluate("c => [...c.children].map((part) => part.localName)") == [
            "div",
            "details",
        ]
        assert cell.locator("> details > summary").text_content() == "Code"
    figure = page.locator("#live-parabola").locator("xpath=ancestor::*[contains(@class, 'cell ')]")
    code = figure.last.locator("details.hide pre")
    assert (
        "def draw_parabola" in code.first.text_content()
    )  # not a fold of its own above the figure
    assert not code.first.is_visible()
    figure.last.locator("summary").click()
    assert code.first.is_visible() and "explore(" in code.last.text_content()
    assert page.locator("details.hide > summary", has_text="Imports").count() == 1


def test_paper_is_white_whole_and_has_the_answers(address, visit):
    page = visit(address + CHAPTER, color_scheme="dark")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    look = "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]"
    assert page.locator("html").evaluate(look) == ["rgb(255, 255, 255)", "rgb(29, 33, 38)"]
    assert (
        page.locator(
            ".bd-article details:not(.hide, .option, .hint, .solution):not([open])"
        ).count()
        == 0
    )
    answers = page.locator(".answers .quiz-answer").all_inner_texts()
    questions = page.locator(".bd-article p:has(+ details.option)").count()
    assert len(answers) == questions and all(re.match(r"\d+\. [A-H]\s+Right", a) for a in answers)
    page.set_viewport_size({"width": 650, "height": 900})
    cut = "all => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length"
    assert page.locator(".bd-article pre:visible").evaluate_all(cut) == 0
    for gone in (".top", "#book", "details.hide", ".live-controls"):
        assert page.locator(f"{gone} >> visible=true").count() == 0, gone
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".answers").count() == 0


ROWS = "".join(f"<tr><td>{name}</td><td>{'words ' * 9}</td><td>1</td></tr>" for name in "ab")
TABLE = (
    '<table class="table"><thead><tr><th>name</th><th>what &lt; it</th><th>many</th></tr></thead>{}'
    "</table>"
)


def test_cells_of_a_wide_table_say_their_column():
    html = as_cards(TABLE.format(f"<tbody>{ROWS}</tbody>"))
    assert '<table class="rows-as-cards table">' in html and html.count("data-label") == 6
    assert '<td data-label="what &lt; it">' in html and '<td data-label="many">1' in html
    narrow = TABLE.format("<tbody><tr><td>a</td><td>b</td><td>1</td></tr></tbody>")
    assert as_cards(narrow) == narrow


def test_a_phone_shows_the_rows_of_the_article_map_as_cards(address, visit):
    page = visit(f"{address}reference/article_map.html", viewport=PHONE)
    table = page.locator("table.rows-as-cards").first
    widths = table.locator("tbody td").evaluate_all("all => all.map((td) => td.clientWidth)")
    assert min(widths) > 300 and not table.locator("thead").is_visible()
    shown = "td => getComputedStyle(td, '::before').content"
    assert table.locator("tbody td").nth(1).evaluate(shown) != "none"
