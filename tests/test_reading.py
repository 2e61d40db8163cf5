"""What the browser keeps of a reader's way through the book, on the built site: the place on the front
page, rings in the sidebar, bars and scores on the list of exercises, the quiz's first choices.
"""

import json
import re

import pytest
from test_kept import LIST, WAYS, at, faults, give, report, save, store, where_a_folder_keeps

from nnbook_lib.exercises import SETS, load

from conftest import CLOSED_STORE, PHONE, SITE, missing

FRONT, CHAPTER = "intro.html", "04_vanishing_gradients.html"
FIRST = "exercises/01_forward_propagation.html"
READ = {
    "seen": 40 * "1",
    "at": 1,
    "id": "quiz",
    "title": "4.9 Quiz",
    "when": "2026-01-01T10:00:00.000Z",
}


@pytest.fixture(scope="module", autouse=True)
def site():
    if not (SITE / FRONT).exists():
        missing("no built site in _build/html: run make book first")


def kept(page, kind="page"):
    """{page: record} of what the browser has."""
    keys = page.evaluate("Object.entries(localStorage)")
    start = f"nnbook-{kind}:"
    return {k.removeprefix(start): json.loads(v) for k, v in keys if k.startswith(start)}


def read_to(page, share):
    """Scroll in steps of a window, as one who reads, until so much of the page lies above its lower
    edge; then wait until it is kept.
    """
    page.evaluate("document.fonts.ready.then(() => 0)")
    page.evaluate(
        """async (share) => {
          const rest = () => new Promise((done) => addEventListener("scrollend", done, { once: true }));
          const wanted = () => {
            const { top, height } = document.querySelector("article").getBoundingClientRect();
            return scrollY + top + share * height - innerHeight;
          };
          while (scrollY < wanted() - 1) {
            const ends = rest();
            scrollTo({ top: Math.min(wanted(), scrollY + 0.9 * innerHeight), behavior: "instant" });
            await ends;
            dispatchEvent(new Event("pagehide")); // kept at once
          }
        }""",
        share,
    )


def rings(page):
    """{the name of a link in the sidebar: what its ring says}"""
    return dict(
        page.evaluate(
            "[...document.querySelectorAll('nav.bd-links .ring')].map((ring) => "
            "[ring.parentElement.firstChild.textContent.trim(), ring.title])"
        )
    )


# The place ------------------------------------------------------------------------------------


@WAYS
@where_a_folder_keeps
def test_one_goes_on_where_one_left_off(how, address, visit):
    seen = visit(at(how, address) + FRONT)
    onward = seen.locator(".front-continue")
    assert not onward.is_visible() and not seen.get_by_text("Only this browser").is_visible()
    assert seen.get_by_role("link", name="Start chapter 1").is_visible()
    seen.goto(at(how, address) + CHAPTER)
    read_to(seen, 0.4)
    section = seen.evaluate(
        """[...document.querySelectorAll("section > h2")].findLast(
          (head) => head.getBoundingClientRect().top < innerHeight / 2).parentElement.id"""
    )
    before = seen.evaluate("scrollY")
    seen.goto(at(how, address) + FRONT)
    assert re.fullmatch(r"Continue where you left off: 4\.\d .+, 40\s%", onward.inner_text())
    assert onward.get_attribute("href").endswith(f"{CHAPTER}#{section}")
    onward.click()
    seen.wait_for_url(f"**/{CHAPTER}#{section}")
    seen.wait_for_function("before => Math.abs(scrollY - before) < 100", arg=before)
    seen.go_back()
    seen.get_by_role("button", name="Forget it").click()
    assert not onward.is_visible() and kept(seen) == {} and faults(seen) == []


def test_after_the_end_of_a_chapter_the_next_is_offered(address, visit):
    seen = visit(address + FRONT)
    store(seen, "nnbook-page:01_forward_propagation", json.dumps(READ))
    store(
        seen, "nnbook-page:02_chain_rule", json.dumps(READ | {"when": "2025-01-01T10:00:00.000Z"})
    )
    seen.reload()
    onward = seen.locator(".front-continue")
    assert onward.inner_text() == "Go on with 2 The chain rule and backpropagation"
    assert onward.get_attribute("href").endswith("02_chain_rule.html")


FOREIGN = [
    "",
    "{",
    "null",
    "7",
    "[]",
    json.dumps(READ | {"at": "1%"}),
    json.dumps(READ | {"seen": "1"}),
]
FOREIGN += [json.dumps(READ | {"id": "x onclick=alert(1)"}), json.dumps(READ | {"title": {}})]


CHAPTERS = [*SITE.glob("0*.html"), *SITE.glob("05_remedies/[!i]*.html")]


def test_what_is_damaged_shows_nothing(address, visit):
    """Each of it on another page; and a page without damage would be shown."""
    seen = visit(address + FRONT)
    names = [page.relative_to(SITE).with_suffix("").as_posix() for page in sorted(CHAPTERS)]
    for name, foreign in zip(names[: len(FOREIGN)], FOREIGN, strict=True):
        store(seen, f"nnbook-page:{name}", foreign)
        store(seen, f"nnbook-quiz:{name}", foreign)
    store(seen, "nnbook-page:javascript:alert(1)//", json.dumps(READ))
    store(seen, "nnbook-page:no/such/page", json.dumps(READ))
    seen.reload()
    assert not seen.locator(".front-continue").is_visible() and rings(seen) == {}
    seen.goto(address + LIST)
    assert seen.locator(".quiz-scores, .exercise-progress").count() == 0 and faults(seen) == []


# Rings and bars -------------------------------------------------------------------------------


def test_a_chapter_read_in_steps_gets_its_tick(address, visit):
    seen = visit(address + CHAPTER)
    read_to(seen, 0.5)
    half = rings(seen)
    assert list(half) == ["4. Vanishing gradients"] and half.popitem()[1] in (
        "50\N{NO-BREAK SPACE}% read",
        "53\N{NO-BREAK SPACE}% read",
    )
    read_to(seen, 1)
    assert rings(seen) == {"4. Vanishing gradients": "read"}
    seen.goto(address + FRONT)
    assert seen.locator(".cards .ring.full").count() == 1


def test_a_jump_to_the_quiz_reads_nothing_on_the_way(address, visit):
    seen = visit(address + CHAPTER, viewport=PHONE)
    seen.evaluate(
        """() => new Promise((done) => {
          addEventListener("scrollend", done, { once: true });
          document.getElementById("quiz").scrollIntoView({ behavior: "instant" });
        })"""
    )
    seen.evaluate("dispatchEvent(new Event('pagehide'))")
    record = kept(seen)["04_vanishing_gradients"]
    assert record["seen"].count("1") <= 2 and record["id"] == "quiz"


def test_a_chapter_of_several_pages_is_read_when_all_are(address, visit):
    seen = visit(address + FRONT)
    store(seen, "nnbook-page:05_remedies/index", json.dumps(READ))
    seen.reload()
    assert rings(seen)["5. The remedies"] == "14\N{NO-BREAK SPACE}% read"


def test_solved_exercises_fill_rings_and_bars(address, visit):
    names = [name for name in load() if SETS[name.split(".")[0]] == "01_forward_propagation"]
    seen = visit(address + LIST)
    assert rings(seen) == {} and seen.locator(".exercise-progress").count() == 0
    seen.locator(f'[data-exercise="{names[0]}"] input').check()
    some = f"1 of {len(names)} solved"
    assert seen.locator(".exercise-progress").all_inner_texts() == [some]
    assert some in rings(seen).values() and f"1 of {len(load())} solved" in rings(seen).values()
    for name in names[1:]:
        store(seen, f"nnbook-exercise:{name}", '{"solved": "2026-01-01"}')
    seen.reload()
    assert seen.locator(".exercise-progress").all_inner_texts() == ["all solved"]


# Quizzes --------------------------------------------------------------------------------------


def test_a_verdict_is_seen_without_script(address, visit):
    seen = visit(address + CHAPTER, java_script_enabled=False)
    for kind, word in (("right", "Right."), ("wrong", "No.")):
        option = seen.locator(f"details.option.{kind}").first
        assert not option.locator(".verdict").is_visible()
        option.locator("summary").click()
        assert option.locator(".verdict").inner_text() == word
        shape = "e => getComputedStyle(e, '::before').maskImage.length > 50"
        assert option.locator(".verdict").evaluate(shape)
    assert not seen.locator(".quiz-score").count()


@WAYS
@where_a_folder_keeps
def test_the_first_choices_make_the_score(how, address, visit):
    seen = visit(at(how, address) + CHAPTER)
    right, wrong = (seen.locator(f"#quiz details.option.{kind}") for kind in ("right", "wrong"))
    many = right.count()
    score = seen.locator(".quiz-score")
    assert not score.is_visible()
    wrong.first.locator("summary").click()  # of the first question
    right.first.locator("summary").click()  # too late
    right.nth(1).locator("summary").click()
    said = f"Quiz: 1 of 2 at the first try, {many - 2} to go."
    assert score.locator("p").inner_text() == said
    seen.reload()
    assert score.locator("p").inner_text() == said
    assert seen.locator("details.option.first").count() == 2
    for i in range(2, many):
        right.nth(i).locator("summary").click()
    assert score.locator("p").inner_text() == f"Quiz: {many - 1} of {many} at the first try."
    seen.goto(at(how, address) + LIST)
    assert seen.locator(".quiz-scores li").all_inner_texts() == [
        "Quizzes",
        f"4 Vanishing gradients: {many - 1} of {many} at the first try",
    ]
    seen.locator(".quiz-scores a").click()
    score.get_by_role("button", name="Start again").click()
    assert not score.is_visible() and seen.locator("details.option[open]").count() == 0
    assert kept(seen, "quiz") == {} and faults(seen) == []


def test_the_clinic_counts_diagnoses(address, visit):
    seen = visit(address + "exercises/clinic.html")
    seen.locator("details.option.right summary").first.click()
    patients = seen.locator("details.option.right").count()
    assert (
        f"Diagnoses: 1 of 1 at the first try, {patients - 1} to go."
        in seen.locator(".quiz-score").inner_text()
    )


# The file, and the end of it ------------------------------------------------------------------


def test_the_file_takes_it_along_and_all_of_it_can_be_cleared(address, visit):
    seen = visit(address + LIST)
    store(seen, "nnbook-page:04_vanishing_gradients", json.dumps(READ))
    store(seen, "nnbook-quiz:04_vanishing_gradients", '{"first": "0-2", "right": "1-0"}')
    store(seen, "nnbook-exercise:forward.weighted_sum", '{"answer": "mine", "changed": ""}')
    file = save(seen)
    clear = seen.get_by_role("button", name="Clear")
    clear.click()
    assert len(kept(seen)) == 1  # it asks first
    assert clear.inner_text() == "Clear answers, ticks, places, scores, guesses and tries"
    clear.click()
    assert "All that was kept is cleared" in report(seen)
    assert (
        seen.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('nnbook-'))") == []
    )
    assert rings(seen) == {} and seen.locator(".quiz-scores").count() == 0
    store(seen, "nnbook-quiz:04_vanishing_gradients", '{"first": "11-", "right": "00-"}')
    assert "1 answer. 2 pages of the book, quizzes, guesses and tries came with it." in give(
        seen, file
    )
    assert kept(seen)["04_vanishing_gradients"] == READ
    quiz = {"first": "112", "right": "000"}  # the first choice stays the first
    assert kept(seen, "quiz")["04_vanishing_gradients"] == quiz and save(seen) == {
        **file,
        "quiz:04_vanishing_gradients": quiz,
    }


@pytest.mark.parametrize(
    "bad", [{"page:x": {}}, {"quiz:x": {"first": "<b>", "right": "1"}}, {"page:": READ}]
)
def test_a_file_with_a_foreign_place_is_refused_whole(bad, address, visit):
    seen = visit(address + LIST)
    assert "That file was not loaded" in give(seen, {"page:04_vanishing_gradients": READ, **bad})
    assert kept(seen) == {}


def test_with_a_closed_store_the_pages_work(address, visit):
    seen = visit(address + FRONT)
    seen.add_init_script(CLOSED_STORE)
    seen.goto(address + CHAPTER)
    read_to(seen, 0.1)
    seen.locator("#quiz details.option.right summary").first.click()
    assert seen.locator("#quiz .verdict").first.count() and faults(seen) == []
