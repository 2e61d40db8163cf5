"""The search: for what readers type, the section that must come first, found as a browser finds it."""

import json
import re
import sys
from functools import cache
from pathlib import Path

import pytest
from searched import ASKED

from conftest import DESK, PHONE, SITE, missing, optional, visited

sys.path.insert(0, str(Path(__file__).parents[1] / "book" / "_ext"))
quickjs = pytest.importorskip("quickjs", reason="quickjs is not installed")
search = pytest.importorskip("nnbook_site.search")
sections = pytest.importorskip("nnbook_site.sections")


@cache
def engine(script):
    context = quickjs.Context()
    context.eval(script)
    context.eval("find = (query) => JSON.stringify(nnbook.search.find(query, 10))")
    return lambda query: json.loads(context.get("find")(query))


@cache
def built():
    """find(query) on the built site."""
    if not (SITE / search.INDEX).is_file():
        missing("no built site in _build/html: run make book first")
    return engine((SITE / search.INDEX).read_text(encoding="utf-8"))


def address(place):
    page, sign, anchor = place.partition("#")
    return f"{page}.html{sign}{anchor}"


@pytest.mark.parametrize(("query", "place"), ASKED, ids=[query for query, _ in ASKED])
def test_the_section_that_must_come_first_does(query, place):
    first = built()(query)[0]
    assert first["address"] == address(place)
    page, _, anchor = first["address"].partition("#")
    assert not anchor or f'id="{anchor}"' in (SITE / page).read_text(encoding="utf-8")


def test_a_result_shows_the_words_that_were_meant():
    """Not those that were typed: a reader of "dying rectifier" looks for a dead ReLU."""
    pieces = built()("dying rectifier")[0]["pieces"]
    assert pieces[1::2] == ["ReLU", "dead"]
    assert "ReLU that is off for every sample" in "".join(pieces)


def test_what_no_section_has_finds_nothing():
    assert built()("zyzzyva") == built()("  ") == built()("?") == []


def test_every_entry_of_the_index_names_a_section():
    places = {
        address(f"{page}#{anchor}" if level > 1 else page)
        for page, anchor, level in search.places(
            {
                name: (SITE / f"{name}.html").read_text(encoding="utf-8")
                for name in {place.partition("#")[0] for place in search.asked()}
                if (SITE / f"{name}.html").is_file() or missing("run make book first")
            }
        )
    }
    assert {address(place) for place in search.asked()} <= places


PAGE = """<article class="bd-article"><section id="top"><h1><span class="section-number">2. </span>Top<a
class="headerlink" href="#top">#</a></h1><nav class="doors">Binder</nav><p>Its <em>text</em>, <math
data-tex="x"><mfrac><mrow><mi>∂</mi><mi>L</mi></mrow><mrow><mi>∂</mi><msup><mi>u</mi><mn>2</mn></msup>
</mrow></mfrac></math>.</p><pre>nn.fit(1)  # <span>code</span></pre><section id="in"><h2>Inner</h2>
<details><summary>Why?</summary><p>Because.</p></details><details class="option"><summary>An
option</summary><p>Right.</p></details><figure class="guess"><details><summary>Show</summary>
<p>It is 7.</p></details></figure><figure class="live"><div class="live-controls"><label>n</label>
</div><svg aria-label="A line"><text>9</text></svg><figcaption>It falls.</figcaption></figure>
</section></section></article>"""


def test_a_section_is_what_stands_under_its_heading_alone():
    top, inner = sections.read(PAGE)
    assert (top.anchor, top.level, top.number, top.heading) == ("top", 1, "2.", "Top")
    assert (top.text, top.names) == ("Its text, ∂L/∂u^2.", ["fit"])
    assert (inner.heading, inner.text) == ("Inner", "A line It falls.")
    assert inner.folded == "Why? Because. An option"  # and not whether it is right


SPELLED = [
    ("normalisation", "normalization"),
    ("standardising", "standardized"),
    ("colours", "color"),
    ("behaviour", "behavior"),
    ("centre", "center"),
    ("labelled", "labels"),
    ("generalise", "generalization"),
    ("analyse", "analyze"),
    ("matrices", "matrix"),
    ("losses", "loss"),
    ("stopping", "stop"),
    ("Schrödinger", "Schrodinger"),
]


def test_one_word_in_another_spelling_is_the_same_word():
    text = "".join(f"<p>{other}</p>" for _, other in SPELLED)
    html = '<article class="bd-article"><section id="a"><h1>A</h1>{}</section></article>'
    find = engine(search.script({"a": html.format(text)}))
    hits = {one: find(one)[0]["pieces"][1::2] for one, _ in SPELLED}
    assert hits == {one: [other] for one, other in SPELLED}


def test_the_index_is_light():
    import gzip

    text = (SITE / search.INDEX).read_bytes() if (SITE / search.INDEX).is_file() else b""
    assert 0 < len(gzip.compress(text)) < 340_000 or not text  # asked for with the first search


# In a browser --------------------------------------------------------------------------------

CHAPTER = "02_chain_rule.html"
TITLES = "[...document.querySelectorAll('.search-title')].map((title) => title.textContent)"


@pytest.fixture(params=["http", "file"])
def opened(request, browser, address):
    built()
    root = address if request.param == "http" else f"{SITE.as_uri()}/"
    with visited(browser, root + CHAPTER) as page:
        page.root = root
        yield page


def test_the_index_comes_when_the_search_is_opened_and_leads_to_the_section(opened):
    asked = f"document.querySelectorAll('script[src*=\"{search.INDEX}\"]').length"
    assert opened.evaluate(asked) == 0
    opened.keyboard.press("/")
    opened.keyboard.type("dying relu")
    opened.wait_for_function(f"{TITLES}[0] === '5.1.3. Units that die'")
    assert opened.evaluate(asked) == 1
    assert re.fullmatch(
        r"\d+ sections, the best first", opened.inner_text(".search-says[role=status]")
    )
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/05_remedies/activations.html#units-that-die")
    top = opened.evaluate("document.getElementById('units-that-die').getBoundingClientRect().top")
    assert 0 <= top < DESK["height"] / 2
    assert not opened.locator("text=Hide Search Matches").count()
    assert opened.complaints == []


def test_keys_move_through_what_was_found_and_leave_it(opened):
    button = opened.locator(".search-button__button:visible").first
    button.focus()
    opened.keyboard.press("Control+k")
    opened.keyboard.type("softmax")
    opened.wait_for_selector(".search-found a")
    focused = "document.activeElement.className || document.activeElement.tagName"
    place = "[...document.querySelectorAll('.search-found a')].indexOf(document.activeElement)"
    for key, now in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1)):
        opened.keyboard.press(key)
        assert opened.evaluate(place) == now
    assert opened.evaluate(focused) == "INPUT"
    opened.keyboard.press("Escape")
    assert not opened.locator("dialog.search").is_visible()
    assert "search-button" in opened.evaluate(focused)  # where one was before
    assert opened.complaints == []


def test_an_address_with_a_question_shows_the_answer(opened):
    opened.goto(f"{opened.root}search.html?q=initialisation")
    opened.wait_for_function(f"{TITLES}[0] === '5.2. Initialization'")
    opened.fill("#search-here input", "kaiming")
    opened.wait_for_function(f"{TITLES}[0] === '5.2.5. ReLU needs He'")
    assert opened.url.endswith("?q=kaiming")
    assert opened.complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_dialog_is_accessible_and_fills_a_phone(theme, browser, address):
    built()
    axe = optional("axe_playwright_python.sync_playwright").Axe()
    with visited(browser, address + CHAPTER, viewport=PHONE, color_scheme=theme) as page:
        page.click(".search-button__button:visible")
        page.keyboard.type("vanishing gradient")
        page.wait_for_selector(".search-found a")
        box = page.locator("dialog.search").bounding_box()
        assert (box["width"], box["height"]) == (PHONE["width"], PHONE["height"])
        found = axe.run(page, context={"include": [["dialog.search"]]}).response["violations"]
        assert found == []
        icon = page.locator("dialog.search .search-glass").bounding_box()
        text = page.locator("dialog.search input").bounding_box()
        assert icon["width"] > 10 and icon["x"] + icon["width"] <= text["x"]  # it covers no letter
        pressed = page.locator(".search-close, .search-found a, dialog.search input").all()
        assert min(each.bounding_box()["height"] for each in pressed) >= 44
