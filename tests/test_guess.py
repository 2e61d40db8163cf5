"""Guess first: what is said of a guess, in Python and by the page's script; on a page and in a notebook."""

import gzip
import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from nnbook_lib.in_page import guesses
from nnbook_lib.in_page.cell import FORMS, LEFT, run
from nnbook_lib.live import curve, guessing, log, stops
from nnbook_lib.live.guess_page import HIGH, WIDE, places
from nnbook_lib.live.guess_panel import GuessPanel
from nnbook_lib.live.guessing import Guess
from nnbook_lib.live.limits import BUILDING

from conftest import PHONE, optional

sys.path.insert(0, str(Path(__file__).parents[1] / "book" / "_ext"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
from nnbook_site import styles
from site_pages import text as book_text

STATIC = Path(styles.__file__).parent / "static"
SHEETS = "site.css", "figures.css", "captions.css", "exercises.css", "guess.css", "phone.css"

NORMS = 10.0 ** (-0.6 * np.arange(9, -1, -1))
WORDS = {"all rows": "Only a little.", "new rows": "Two birds become opposites."}
TIMES = Guess("How many times?", 1284.3, log(1, 1e6), unit="times", says="Ten halves.")
BIRDS = Guess("How many birds?", np.int64(67), (0, 69), unit=("bird", "birds"))
SHARE = Guess("What share?", 99.64, (0, 100), unit="%")
HARM = Guess("Which does harm?", "new rows", WORDS)
DEEP = Guess(
    "How large?", NORMS, curve(range(1, 11), log(1e-6, 1), x_label="layer", y_label="size")
)
ALL = TIMES, BIRDS, SHARE, HARM, DEEP


@pytest.mark.parametrize(
    ("guess", "given", "words"),
    [
        (TIMES, 4, "You said 20 times, too low by a factor of 64."),
        (TIMES, 18, "You said 10⁶ times, too high by a factor of 780."),
        (TIMES, 9, "You said 1,000 times, the nearest that this scale has."),
        (BIRDS, 1, "You said 1 bird, 66 birds too low."),
        (BIRDS, 69, "You said 69 birds, 2 birds too high."),
        (BIRDS, 67, "You said so, too."),
        (SHARE, 90, "You said 90 %, 9.64 percentage points too low."),
        (HARM, 0, "You said all rows. Only a little."),
        (HARM, 1, "You said so, too."),
        (DEEP, [9] * 10, "layer 10: you said 0.001, too low by a factor of 1,000; it is 1."),
        (
            DEEP,
            [9] * 9 + [18],
            "layer 1: you said 0.001, too high by a factor of 250; it is 4 × 10⁻⁶.",
        ),
    ],
)
def test_how_far_off_a_guess_is(guess, given, words):
    where = "You were furthest off at " if guess is DEEP else ""
    assert guess.says_of(given).replace("\N{NO-BREAK SPACE}", " ") == where + words


def test_a_curve_as_near_as_the_scale_allows_is_said_to_be():
    offs = DEEP.answer.offs()
    best = [row.index("") for row in offs]
    assert DEEP.says_of(best) == "At every point you were as near as this scale allows."


@pytest.mark.parametrize(
    ("guess", "text"),
    [
        (TIMES, "How many times?\ntruth: 1,300 times"),
        (SHARE, "What share?\ntruth: 99.6 %"),
        (HARM, "Which does harm?\ntruth: new rows"),
        (DEEP, "How large?\ntruth: from 4 × 10⁻⁶ at layer 1 to 1 at layer 10"),
    ],
)
def test_a_cell_stores_question_and_truth(guess, text):
    assert guess.text.replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("", 1, (0, 2)), "guess wants a question in words; got ''"),
        (("How?", 7, (0, 5)), "guess 'How?': the truth, 7, must lie on its scale, 0 to 5: widen"),
        (("How?", np.nan, (0, 5)), "the truth must be a finite number; got float nan"),
        (("How?", "a", (0, 5)), "the truth must be a finite number; got str 'a'"),
        (("How?", 1, 5), "wanted (low, high), (low, high, step), log(low, high), a list of labels"),
        (("How?", 1, (5, 0)), "wanted (low, high)"),
        (("How?", 1, (0, 5, 0)), "the answer's step is 0; wanted one above 0"),
        (("How?", 1, (0, 5, 0.01)), "a scale has 2 to 121 numbers that rise"),
        (("How?", "c", ["a", "b"]), "the truth, 'c', is none of the labels 'a' or 'b'"),
        (("How?", "a", ["a"]), "a choice has two labels or more"),
        (("How?", [1], curve([1, 2], (0, 1))), "over 2 points must be so many numbers; got list"),
        (("How?", [1, 0], curve([1, 2], log(0.1, 1))), "the truth at x\N{NO-BREAK SPACE}2, 0,"),
    ],
)
def test_what_cannot_be_guessed_is_refused_with_a_remedy(given, words, monkeypatch):
    monkeypatch.setenv(BUILDING, "here")
    with pytest.raises(ValueError, match=r"^guess ") as refused:
        Guess(*given)
    assert words in str(refused.value) and str(refused.value).endswith(".")


@pytest.mark.parametrize("x", [[1], [2, 1], [1, "a"], range(50)])
def test_a_curve_wants_points_that_can_be_drawn(x):
    with pytest.raises(ValueError, match=r"^curve wants "):
        curve(x, (0, 1))


def test_a_scale_has_marks_that_a_hand_can_find():
    def values(answer):
        return Guess("How?", 4, answer).answer.scale.values

    assert values((0, 5)) == (0, 1, 2, 3, 4, 5) and values((0, 1000))[:3] == (0, 10, 20)
    assert values((0.0, 5.0))[:3] == (0, 0.05, 0.1) and values((0, 6, 2)) == (0, 2, 4, 6)
    assert values(stops(1, 4, 9)) == (1, 4, 9)


def test_where_a_reader_has_changed_what_is_measured_the_scale_is_widened():
    far = Guess("How many?", 7, (0, 5)).answer
    assert far.scale.values == (0, 1, 2, 3, 4, 5, 6, 7) and far.says(5).endswith("2 too low.")
    deep = Guess("How large?", [1e-9, 1], curve([1, 2], log(1e-6, 1, 1))).answer
    assert deep.scale.values[:4] == pytest.approx([1e-9, 1e-8, 1e-7, 1e-6]) and deep.scale.is_log
    for truth, answer in ((1e6, (0, 5)), (0, log(1, 10)), (1e200, log(1, 10))):
        with pytest.raises(ValueError, match="widen the scale"):
            Guess("How many?", truth, answer)


# In a notebook -------------------------------------------------------------------------------


def test_in_a_notebook_widgets_say_the_same():
    for guess, given, moved in (
        (TIMES, 4, [4]),
        (HARM, 0, [0]),
        (DEEP, [3] + [9] * 9, [3] + [9] * 9),
    ):
        panel = GuessPanel(guess.question, guess.answer, guess.says)
        panel.button.click()
        assert guess.answer.plainly in panel.words.value and "You " not in panel.words.value
        for knob, value in zip(panel.knobs, moved, strict=True):
            knob.value = value
        assert panel.guess == given and guess.says_of(given) in panel.words.value
        panel.button.click()
        assert panel.words.value == "" and "guess-true" not in panel.screen.value


def test_where_the_page_runs_python_it_shows_itself(monkeypatch):
    monkeypatch.setattr(guessing, "SHOWN_BY", [guesses.called.show])
    monkeypatch.setattr("nnbook_lib.in_page.cell.FORMS", [*FORMS, guesses.called.form])
    monkeypatch.setattr("nnbook_lib.in_page.cell.LEFT", [*LEFT, guesses.called.left])
    for more in "", "; print(1)":
        source = f"from nnbook_lib.live import guess; guess('How?', 3, (0, 5)){more}"
        done = json.loads(run(json.dumps({"source": source, "name": "cell 1"})))
        (shown,) = done["shown"]
        assert shown["text"] == "How?\ntruth: 3" and '<figure class="guess"' in shown["html"]


# On a page -----------------------------------------------------------------------------------


@pytest.fixture
def asked(tmp_path):
    """The address of a page with these guesses, as the site has them."""
    html = tmp_path / "html"
    shutil.copytree(STATIC, html / "_static")
    body = "".join(
        f'<div class="cell_output"><div class="output text_html">{guess.page()}</div></div>'
        for guess in ALL
    )
    sheets = "".join(f'<link rel="stylesheet" href="_static/{s}">' for s in SHEETS)
    scripts = "".join(
        f'<script defer src="_static/{s}.js"></script>' for s in ("progress", "guess")
    )
    (html / "page.html").write_text(
        '<!doctype html><html lang="en" data-theme="light"><head><title>Guess</title><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{sheets}{scripts}</head>'
        '<body style="margin: 0 16px"><main class="bd-main bd-content"><article class="bd-article">'
        f"<section><h1>Guess</h1>{body}</section></article></main></body></html>",
        encoding="utf-8",
    )
    return html


def figure(seen, guess):
    return seen.locator(f"#{guess.key}")


def show(seen, guess):
    """Open the answer; what is said of the guess."""
    fold = figure(seen, guess).locator("summary")
    if fold.inner_text() == "Show the answer":
        fold.click()
    seen.wait_for_function(
        "at => document.querySelector(`${at} summary`).innerText === 'Hide the answer'",
        arg=f"#{guess.key}",
    )
    return figure(seen, guess).locator(".guess-said").text_content()


def drag(seen, guess, points, moves=8):
    """Draw through these points of the picture, shares of its width and height."""
    picture = figure(seen, guess).locator("svg")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    seen.mouse.move(*places[0])
    seen.mouse.down()
    for place in places[1:]:
        seen.mouse.move(*place, steps=moves)
    seen.mouse.up()


def test_every_guess_is_told_in_the_notebooks_words(asked, visit):
    """The script's sentence is Python's, for each mark; for curves, for some of them."""
    seen = visit((asked / "page.html").as_uri())
    for guess in ALL:
        marks = len(guess.answer.facts()["said"])
        rng = np.random.default_rng(0)
        given = [[i] for i in range(marks)]
        if guess is DEEP:
            best = [row.index("") for row in guess.answer.offs()]
            given = [best, *rng.integers(marks, size=(40, 10)).tolist()]
        for one in given:
            seen.evaluate(
                "([key, kept, marks]) => { nnbook.progress.put('guess', 'page', { [kept]: marks });"
                "document.querySelector(`#${key} details`).open = true }",
                [guess.key, guess.kept, ",".join(map(str, one))],
            )
            assert show(seen, guess) == guess.says_of(one if guess is DEEP else one[0])
    assert seen.complaints == []


def test_a_number_is_guessed_by_keys_and_kept(asked, visit):
    seen = visit((asked / "page.html").as_uri())
    assert seen.get_by_text("no guess yet").count() == 3
    mark = figure(seen, TIMES).locator(".guess-mark")
    assert not mark.is_visible()
    assert show(seen, TIMES) == "" and mark.is_visible()  # without a guess
    assert figure(seen, TIMES).get_by_text("The answer is 1,300 times.").is_visible()
    slider = figure(seen, TIMES).get_by_role("slider")
    for _ in range(5):
        slider.press("ArrowLeft")
    assert slider.get_attribute("aria-valuetext") == "20\N{NO-BREAK SPACE}times"
    assert show(seen, TIMES) == TIMES.says_of(4)
    seen.reload()
    assert not figure(seen, TIMES).get_by_text("The answer is").is_visible()
    assert show(seen, TIMES) == TIMES.says_of(4)
    assert seen.evaluate("nnbook.progress.saved()") == [["guess:page", {TIMES.kept: "4"}]]
    seen.evaluate("nnbook.progress.forget('guess')")
    assert show(seen, TIMES) == "" and seen.complaints == []


def test_guesses_go_into_the_exercises_file_and_back(asked, visit):
    seen = visit((asked / "page.html").as_uri())
    seen.evaluate("kept => nnbook.progress.put('guess', 'page', { [kept]: '4' })", TIMES.kept)
    take = "([record, really]) => nnbook.progress.take('guess:page', record, really)"
    theirs = {TIMES.kept: "7", BIRDS.kept: "60"}
    assert seen.evaluate(take, [theirs, True]) and not seen.evaluate(take, [theirs, True])
    assert show(seen, TIMES) == TIMES.says_of(4) and show(seen, BIRDS) == BIRDS.says_of(60)
    for bad in {"<b>": "4"}, {TIMES.kept: "4;"}, {TIMES.kept: 4}, "4":
        with pytest.raises(Exception, match="guess"):
            seen.evaluate(take, [bad, True])


def test_where_nothing_is_kept_a_guess_counts_all_the_same(asked, visit):
    closed = (
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('closed') } })"
    )
    seen = visit((asked / "page.html").as_uri())
    seen.add_init_script(closed)
    seen.reload()
    figure(seen, HARM).get_by_label("all rows").check()
    assert show(seen, HARM) == HARM.says_of(0) and seen.complaints == []


def test_a_guess_of_another_scale_or_of_nonsense_is_none(asked, visit):
    seen = visit((asked / "page.html").as_uri())
    for bad in '{"x": "1"}', f'{{"{TIMES.kept}": "99"}}', f'{{"{DEEP.kept}": "1,2"}}', "[", "3":
        seen.evaluate("bad => localStorage.setItem('nnbook-guess:page', bad)", bad)
        seen.reload()
        assert show(seen, TIMES) == show(seen, DEEP) == "" and seen.complaints == []


def test_a_choice_says_what_speaks_against_it(asked, visit):
    seen = visit((asked / "page.html").as_uri())
    group = figure(seen, HARM).get_by_role("radiogroup", name="Your guess")
    group.get_by_label("all rows").check()
    assert show(seen, HARM) == "You said all rows. Only a little."
    group.get_by_label("all rows").press("ArrowDown")
    assert show(seen, HARM) == "You said so, too."
    assert figure(seen, HARM).get_by_text(WORDS["new rows"]).is_visible()


def test_a_curve_is_drawn_by_pointer_and_by_keys(asked, visit):
    seen = visit((asked / "page.html").as_uri())
    picture = figure(seen, DEEP).get_by_role("slider")
    truth = figure(seen, DEEP).locator(".guess-true")
    assert not truth.is_visible()
    at = places(
        DEEP.answer
    )  # from layer 1 to layer 9: what lies between is a line, layer 10 follows
    ends = [(at["xs"][i] / WIDE, at["ys"][mark] / HIGH) for i, mark in ((0, 6), (8, 15))]
    drag(seen, DEEP, ends)
    kept = seen.evaluate("nnbook.progress.get('guess', 'page')")[DEEP.kept]
    marks = [*map(int, kept.split(","))]
    assert marks[0] == 6 and marks[8] == marks[9] == 15 and marks == sorted(marks)
    assert show(seen, DEEP) == DEEP.says_of(marks) and truth.is_visible()
    picture.press("ArrowRight")
    picture.press("ArrowUp")
    marks[9] += 1
    assert show(seen, DEEP) == DEEP.says_of(marks)
    assert "layer\N{NO-BREAK SPACE}10: 0.2; the truth is 1" == picture.get_attribute(
        "aria-valuetext"
    )
    picture.press("Home")
    marks[9] = 0
    assert show(seen, DEEP) == DEEP.says_of(marks) and seen.complaints == []


def finger(seen, guess, points):
    """Draw through these points as a finger does, which the page must not take for scrolling."""
    picture = figure(seen, guess).locator("svg")
    picture.scroll_into_view_if_needed()
    box, was = picture.bounding_box(), seen.evaluate("scrollY")
    session = seen.context.new_cdp_session(seen)
    for kind, part in (("Start", points[:1]), ("Move", points[1:]), ("End", [None])):
        for point in part:
            at = point and {
                "x": box["x"] + point[0] * box["width"],
                "y": box["y"] + point[1] * box["height"],
            }
            session.send(
                "Input.dispatchTouchEvent",
                {"type": f"touch{kind}", "touchPoints": [at] if at else []},
            )
    assert seen.evaluate("scrollY") == was


HEIGHTS = """() => [...document.querySelectorAll(".guess svg text")]
  .filter((text) => text.getClientRects().length)
  .map((text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""


def test_on_a_phone_a_finger_finds_it_and_nothing_is_cut(asked, visit):
    seen = visit((asked / "page.html").as_uri(), viewport=PHONE, has_touch=True)
    finger(seen, DEEP, [(0.2, 0.7), (0.4, 0.3), (0.6, 0.6), (0.95, 0.3)])
    kept = seen.evaluate("nnbook.progress.get('guess', 'page')")[DEEP.kept].split(",")
    assert len(kept) == 10 and kept[0] != max(kept, key=int)
    for guess in ALL:
        show(seen, guess)
    assert seen.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for box in seen.locator(
        ".guess :is(summary, input[type=range], label:has([type=radio]))"
    ).all():
        assert box.bounding_box()["height"] >= 44
    for width in 390, 320:
        seen.set_viewport_size({"width": width, "height": 800})
        assert seen.evaluate("document.documentElement.scrollWidth") <= width
        heights = seen.evaluate(HEIGHTS)
        assert heights and min(heights) >= 11
    assert seen.complaints == []


def test_where_a_cell_of_the_page_was_run_the_guess_has_its_controls(asked, visit):
    seen = visit((asked / "page.html").as_uri())
    for script in "clean.js", "shown.js":
        seen.add_script_tag(path=STATIC.parent / "in_page" / script)
    ran = {
        "shown": [guesses.called.form(guess) for guess in (HARM, DEEP)],
        "printed": "",
        "error": None,
    }
    seen.evaluate(
        "ran => document.querySelector('article').replaceChildren("
        "...nnbook.shown(ran, { name: 'cell 1', alts: [] }).parts)",
        ran,
    )
    figure(seen, HARM).get_by_label("all rows").check()
    assert show(seen, HARM) == HARM.says_of(0)
    figure(seen, DEEP).get_by_role("slider").press("ArrowUp")
    assert show(seen, DEEP) == DEEP.says_of([10] + [9] * 9) and seen.complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(asked, visit, theme):
    axe = optional("axe_playwright_python.sync_playwright").Axe()
    seen = visit((asked / "page.html").as_uri())
    seen.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    for guess in ALL:
        if guess is HARM:
            figure(seen, HARM).get_by_label("all rows").check()
        show(seen, guess)
    found = axe.run(seen, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []


def test_without_scripts_and_on_paper_there_are_question_and_truth(asked, visit):
    still = visit((asked / "page.html").as_uri(), java_script_enabled=False)
    still.get_by_text("Show the answer").first.click()
    assert still.get_by_text("The answer is 1,300 times.").is_visible()
    paper = visit((asked / "page.html").as_uri())
    paper.emulate_media(media="print")
    assert not paper.locator(".guess-input input").first.is_visible()


def test_in_the_epub_and_the_pdf_the_truth_is_folded(asked):
    page = book_text(asked, "page")
    assert len(page.select("figure.guess details")) == len(ALL)
    assert page.select_one(f"#{DEEP.key} details svg .guess-true")
    assert not page.select("input, button, script")


def test_the_site_s_one_sheet_keeps_every_rule():
    """It keeps those whose classes some page has, or some script has as a word."""
    sheet = (STATIC / "guess.css").read_text(encoding="utf-8")
    scripts = "".join((STATIC / f"{name}.js").read_text("utf-8") for name in ("guess", "page"))
    given = " ".join(styles.GIVEN.findall("".join(guess.page() for guess in ALL)))
    known = {
        *styles.WORD.findall(scripts),
        *given.split(),
        "bd-content",
        "cell_output",
        "text_html",
    }
    everything = {*styles.WORD.findall(sheet)}
    rules = styles.parsed(sheet)
    assert [*styles.kept(rules, known | {"bd-article"})] == [*styles.kept(rules, everything)]


def test_the_script_is_small():
    assert len(gzip.compress((STATIC / "guess.js").read_bytes())) < 3000
