"""A chapter run on its own page: what Python gives it, and the page in a real browser.

The browser's part is tested where the built site carries Python (`_static/python`).
"""

import gzip
import itertools
import json
import re
from contextlib import contextmanager
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import pytest

import nnbook_lib.in_page as in_page
from nnbook_lib.in_page import cell, drawing, explorers
from nnbook_lib.live import explorer, log, play, stops
from nnbook_lib.live.controls import controls
from nnbook_lib.live.svg import plain

import axe
from conftest import site_with_python, visited

BOOK = Path(__file__).parents[1] / "book"
CHAPTER = "01_forward_propagation"
WAVE = """
import numpy as np
from nnbook_lib.live import explore, log, stops

def wave(fig, periods=2, lr=0.1, kind="whole"):
    x = np.linspace(0, 1, 20)
    fig.subplots().plot(x, [lr / periods * v for v in np.sin(x * [1, 2][periods > 2])])
    return f"{periods!r} periods at {lr!r}, {kind}."

figure = explore(wave, periods=stops(1, 2, 5), lr=log(0.01, 1, 1), kind=["whole", "cut"], alt="A wave")
"""


def numbered(found):
    """[(number on the page, cell), ...] of a notebook's code cells."""
    codes = [c for c in nbformat.read(BOOK / f"{found}.ipynb", 4).cells if c.cell_type == "code"]
    return list(enumerate((c for c in codes if "remove-cell" not in c.metadata.get("tags", [])), 1))


# What Python gives the page ------------------------------------------------------------------


@pytest.fixture
def run():
    """run(source) -> what the page is told of a cell that may draw."""
    lists = cell.FORMS, cell.LEFT, explorer.SHOWN_BY
    kept, backend = [each[:] for each in lists], plt.get_backend()
    in_page.draw()
    plt.switch_backend(drawing.BACKEND)

    def run(source):
        asked = {"source": source, "name": "cell 1", "shared": True}
        return json.loads(in_page.run(json.dumps(asked)))

    yield run
    plt.switch_backend(backend)
    for each, before in zip(lists, kept, strict=True):
        each[:] = before


PYPLOT = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([0, 1])\n"


@pytest.mark.parametrize("end", ["plt.show()", "None", "fig", "fig.suptitle('up');", "1 / 0"])
def test_each_picture_of_a_cell_is_shown_once(run, end):
    (picture,) = run(PYPLOT + end)["shown"]
    assert picture["kind"] == "svg" and 'role="img"' in picture["html"]
    assert "currentColor" in picture["html"] and "DejaVu" not in picture["html"]
    assert plt.get_fignums() == []


def test_pictures_and_figures_come_in_their_order(run):
    shown = run(f"{PYPLOT}plt.show()\nplt.figure().suptitle('second')\n{WAVE}")["shown"]
    assert [each["kind"] for each in shown] == ["explorer", "svg", "svg"]
    assert "second" in shown[2]["html"]


def test_what_cannot_be_drawn_is_said(run):
    wrong = PYPLOT + "ax.set_title('$x^$')\n"
    told = run(wrong + "plt.show()")
    assert told["error"]["line"] == 5 and told["error"]["says"].startswith("ValueError")
    (said,) = run(wrong + "None")["shown"]
    assert said["text"].startswith("This figure cannot be drawn: ValueError")
    assert run("1")["shown"] == [{"kind": "text", "text": "1"}]  # nothing of it is left


def test_a_picture_is_that_of_the_site(run):
    """figures.py puts the pictures of the book on its pages by the same function."""
    (picture,) = run(PYPLOT + "ax.set_xlabel('time');")["shown"]
    svg = '<svg viewBox="0 0 500 9" xmlns="http://www.w3.org/2000/svg"><g style="{}"/></svg>'
    assert picture["html"].startswith('<div class="plot"><svg role="img"')
    assert 'class="plot wide" tabindex="0"' in plain(svg.format("fill: #000000"), "words")
    older = plain(svg.format("font: italic 700 11px 'DejaVu Sans', sans-serif; fill: red"), "words")
    assert 'style="font-style:italic;font-weight:700;font-size:11px;fill:red"' in older


@pytest.mark.parametrize("end", ["", "figure", "explore(wave, periods=(1, 3), alt='Another')"])
def test_a_live_figure_is_shown_once_for_each_call(run, end):
    shown = run(WAVE + end)["shown"]
    assert len({each["id"] for each in shown}) == len(shown) == 1 + end.startswith("explore")
    for each in shown:
        assert each["caption"] == "2 periods at 0.1, whole." and "currentColor" in each["svg"]


def moved(told, **values):
    start = {each["name"]: each["value"] for each in told["controls"]}
    return json.loads(in_page.move(json.dumps({"id": told["id"], "values": start | values})))


def test_a_live_figure_takes_any_value(run):
    (told,) = run(WAVE)["shown"]
    assert [each["kind"] for each in told["controls"]] == ["number", "number", "choice"]
    assert moved(told, periods=4)["caption"] == "4 periods at 0.1, whole."
    assert moved(told, periods=70.0, lr=3)["caption"] == "70 periods at 3.0, whole."
    assert moved(told, periods=1.5, kind=1)["caption"] == "1.5 periods at 0.1, cut."
    assert moved(told, periods=1)["svg"] != moved(told)["svg"]


def test_a_value_that_cannot_be_drawn_is_told_in_words_with_the_readers_line(run):
    (told,) = run(WAVE)["shown"]
    failed = moved(told, periods=0)
    assert (failed["svg"], failed["caption"]) == ("", "")
    assert "No picture.</b> live figure wave: drawing it at periods=0" in failed["note"]
    assert "ZeroDivisionError" in failed["note"] and "in cell 1, line 7: <code>" in failed["note"]
    assert moved(told, periods=3)["svg"]


def test_a_figure_that_fails_at_once_is_the_cells_error(run):
    told = run(WAVE.replace("lr=0.1", "lr=None").replace("lr=log(0.01, 1, 1), ", ""))
    assert told["shown"] == [] and told["error"]["says"].startswith("FigureError: live figure wave")


@pytest.mark.parametrize(
    ("short", "some"),
    [
        (stops(1, 2, 5, 10, 20), [3, 7, 19]),
        (stops(20, 10, 0), [15, 1]),
        ((0, 11), [7]),
        ((-6.0, 6.0, 1.0), [-5.5, 0.1]),
        (log(0.001, 10, 1), [0.0011, 0.5, 9.8]),
        (stops(0, 0.25, 1), [0.125, 0.5]),
        ((0, 10**6), [10**6]),
        (play(1, 9, 4), [2, 8]),
    ],
)
def test_a_slider_goes_through_what_lies_between_its_stops(short, some):
    (control,), _ = controls({"x": short}, {})
    fine = explorers.fine(control.values)
    assert explorers.is_free(control) and len(fine) <= 1 + explorers.MOST
    assert fine in (sorted(set(fine)), sorted(set(fine), reverse=True))
    nearest = [min(fine, key=lambda v: abs(v - want)) for want in some]
    assert nearest == pytest.approx(some, rel=0.06)
    if len(control.values) <= explorers.MOST:
        assert set(control.values) <= set(fine)
    if all(isinstance(v, int) for v in control.values):
        assert all(isinstance(v, int) for v in fine)


def test_ratios_are_even_where_those_of_the_stops_are():
    fine = explorers.fine(controls({"x": log(0.001, 10, 1)}, {})[0][0].values)
    assert max(b / a for a, b in itertools.pairwise(fine)) < 1.06


@pytest.mark.parametrize(
    "short", [["a", "b"], [1, 2, 3], True, stops("few", "many"), stops(3, 1, 2)]
)
def test_what_is_no_scale_of_numbers_keeps_its_values(short):
    (control,), _ = controls({"x": short}, {})
    assert not explorers.is_free(control)


def test_what_needs_pytorch_is_marked():
    """The page says of these cells that no browser has it, and goes on without running them."""
    cells = [each for _, each in numbered("06_practice")]
    marked = [each for each in cells if "needs-pytorch" in each.metadata.get("tags", [])]
    assert marked == [each for each in cells if each.source.startswith("if HAVE_TORCH:")] != []


# The page ------------------------------------------------------------------------------------


@contextmanager
def opened(browser, url, **options):
    """A chapter's page, on which "Run this page" has been clicked."""
    with visited(browser, url, **options) as page:
        page.evaluate("document.querySelectorAll('details.deeper').forEach((d) => (d.open = true))")
        page.get_by_role("button", name="Run this page").click()
        page.get_by_role("button", name="Load Python").click()
        page.wait_for_selector(".run-state")
        yield page


def press(page, name):
    """Click, and wait until Python has done what was asked for."""
    page.evaluate("document.querySelector('.run-state').textContent = ''")  # as it was said before
    page.get_by_role("button", name=name, exact=True).click()
    page.locator(
        ".run-state", has_text=re.compile("been run|error|stopped|PyTorch|did not")
    ).wait_for()
    return page.inner_text(".run-state")


def in_sight():
    """The number of the first cell below the imports whose code is in no fold."""
    _imports, *others = numbered(CHAPTER)
    return next(n for n, each in others if "hide-input" not in each.metadata.get("tags", []))


def typed(page, number, text):
    """Put text in the place of what a cell's editor holds."""
    field = page.get_by_role("textbox", name=f"Code of cell {number}", exact=True)
    field.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def row(page, number):
    """The cell with this number, as the page counts."""
    return page.locator(".run-cell").nth(number - 1)


@pytest.fixture(scope="module")
def chapter(browser, address):
    site_with_python()
    with opened(browser, f"{address}{CHAPTER}.html") as page:
        assert press(page, "Run all").endswith("cells have been run.")
        yield page
        assert page.complaints == []


def test_a_chapter_run_whole_says_what_the_book_says(chapter):
    printed = chapter.eval_on_selector_all(
        ".run-cell",
        "cells => cells.map(cell => [...cell.querySelectorAll('.cell_output .stream pre')]"
        ".map(pre => pre.textContent).join(''))",
    )
    said = chapter.locator(".run-said").all_inner_texts()
    for number, each in numbered(CHAPTER):
        assert said[number - 1].startswith("Ran in"), (number, said[number - 1])
        if "nbval-ignore-output" not in each.metadata.get("tags", []):
            stored = "".join(o.text for o in each.outputs if o.output_type == "stream")
            assert printed[number - 1].strip() == stored.strip(), each.source


def test_its_pictures_have_the_pages_ink_and_the_books_words(chapter):
    number = next(n for n, each in numbered(CHAPTER) if "image" in each.metadata.get("mystnb", {}))
    words = dict(numbered(CHAPTER))[number].metadata.mystnb.image.alt
    svg = row(chapter, number).locator(".cell_output svg")
    assert svg.get_attribute("aria-label") == words
    assert svg.evaluate("s => s.getAttribute('fill')") == "currentColor"
    assert svg.evaluate("s => s.querySelectorAll('path, use, polygon').length") > 3


def test_a_live_figure_is_moved_beyond_its_grid(chapter):
    figure = chapter.locator("figure[id^=run-live-layer]")
    before = figure.locator("svg").inner_html()
    assert figure.locator("svg image").count()  # the plane in its colors
    figure.get_by_label("width: any number").fill("11")
    figure.locator("figcaption", has_text=re.compile(r"With 11\snodes")).wait_for()
    assert figure.locator("svg").inner_html() != before
    slider = figure.get_by_label("width", exact=True)
    slider.focus()
    chapter.keyboard.press("Home")
    for _ in range(4):
        chapter.keyboard.press("ArrowRight")  # 1, 2, 3, 4, 5: the static figure has no 5
    figure.locator("figcaption", has_text=re.compile(r"With 5\snodes")).wait_for()
    assert slider.get_attribute("aria-valuetext") == "5"
    figure = chapter.locator("figure[id^=run-live-bumps]")
    figure.get_by_label("width: any number").fill("-2")
    figure.locator("figcaption", has_text=re.compile(r"^No picture.")).wait_for()
    assert "in cell" in figure.locator("figcaption").inner_text()


def test_an_error_shows_the_readers_line_and_reset_brings_the_book_back(chapter):
    number = in_sight()
    book = row(chapter, number).locator(".run-paper pre").text_content()
    typed(chapter, number, "x = np.ones((2, 3))\nprint('as far as here')\nx @ x\nprint('never')")
    said = press(chapter, f"Run cell {number}")
    assert said.startswith(f"Cell {number} has an error in line 3: ValueError")
    output = row(chapter, number).locator(".cell_output").inner_text()
    assert "as far as here" in output and "never" not in output
    assert "Line 3: x @ x" in output and "x has shape (2, 3)" in output
    assert "nnbook_lib" not in output and "Error in line 3." in row(chapter, number).inner_text()
    chapter.get_by_role("button", name="Reset the page’s cells").click()
    field = row(chapter, number).get_by_role("textbox")
    assert field.inner_text().replace("\n", "").startswith(book.split("\n")[0])
    assert set(chapter.locator(".run-said").all_inner_texts()) == {"Not run."}


def test_a_cell_is_run_after_those_above_it_also_from_a_folder(browser):
    with opened(browser, f"{site_with_python().as_uri()}/{CHAPTER}.html") as page:
        number = next(n for n, each in numbered(CHAPTER) if "explore(" in each.source)
        assert press(page, f"Run cell {number}").endswith("cells have been run.")
        said = row(page, number).locator(".run-said").inner_text()
        assert said.endswith(f"s, after the {number - 1} cells above.")
        assert row(page, number).locator("figure.live-on input[type=number]").count()
        early = in_sight()
        typed(page, early, "while True:\n    pass")
        page.get_by_role("button", name=f"Run cell {early}", exact=True).click()
        page.get_by_role("button", name=f"Stop cell {early}", exact=True).click()
        page.locator(".run-state", has_text="was stopped").wait_for()
        assert "nothing you typed is lost" in row(page, early).inner_text()
        assert "moves again" in row(page, number).locator("figcaption").inner_text()
        typed(page, early, "print(6 * 7)")
        assert press(page, f"Run cell {early}").endswith("been run.")
        assert "42" in row(page, early).locator(".cell_output").inner_text()
        assert page.complaints == []


def test_what_needs_pytorch_says_so(browser, address):
    site_with_python()
    with opened(browser, f"{address}06_practice.html") as page:
        number, each = next(
            (n, e)
            for n, e in numbered("06_practice")
            if "needs-pytorch" in e.metadata.get("tags", []) and e.outputs
        )
        page.get_by_role("button", name=f"Run cell {number}", exact=True).click()
        assert "needs PyTorch, which no browser has" in row(page, number).inner_text()
        assert each.outputs[0].text.strip()[:40] in row(page, number).inner_text()


def test_a_file_that_does_not_come_is_named_and_asked_for_again(visit, address):
    site_with_python()
    page = visit(f"{address}{CHAPTER}.html")
    page.route("**/files.js*", lambda route: route.abort())
    page.get_by_role("button", name="Run this page").click()
    page.get_by_role("button", name="Load Python").click()
    page.get_by_role("button", name="Try again").wait_for()
    assert "The file files.js" in page.inner_text(".run-state")
    page.get_by_role("button", name="Run cell 3", exact=True).click()
    row(page, 3).locator(".run-said", has_text="cell 1 could not be run").wait_for()
    assert "The file files.js" in page.inner_text(".run-state")
    page.unroute("**/files.js*")
    page.get_by_role("button", name="Try again").click()
    page.locator(".run-state", has_not_text="files.js").wait_for()


def test_the_page_is_accessible_after_all_was_run(chapter):
    assert axe.all_but_colors(chapter, "article") == []
    for theme in "light", "dark":
        chapter.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        assert axe.colors(chapter, "article") == []


def test_before_the_click_a_page_carries_next_to_nothing():
    css = (BOOK / "_ext/nnbook_site/static/doors.css").read_text(encoding="utf-8")
    css = css.split("/* Run this page")[1].split("/*")[0]
    script = (BOOK / "_ext/nnbook_site/static/run.js").read_bytes()
    assert len(gzip.compress(script)) + len(gzip.compress(css.encode())) <= 1500
