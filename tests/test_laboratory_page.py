"""The twin laboratory on its page, in Chromium: what can be set, what is seen, and what goes wrong.

Python runs for real where numbers and pictures are looked at. What the page does around it is tried
with a stand-in that answers at once.
"""

import gzip
import json
import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from conftest import NEVER, PHONE, SITE, missing, optional, served, site_with_python, visited

STATIC = SITE.parents[1] / "book/_ext/nnbook_site/static"
PAGE = "laboratory.html"
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; "
    "img-src 'self' data:"
)
PICTURES = "() => [...document.querySelectorAll('.twins-picture canvas')].map(c => c.toDataURL())"
FRAMES = (
    "n => new Promise(end => { const go = () => n-- ? requestAnimationFrame(go) : end(); go(); })"
)


@pytest.fixture(scope="module", autouse=True)
def site():
    site_with_python()
    if not (SITE / PAGE).exists():
        missing(f"the site in _build/html has no {PAGE}: make book")
    expect.set_options(timeout=NEVER)


class Laboratory:
    """The laboratory of an open page, as a reader handles it."""

    def __init__(self, page):
        self.page = page
        self.figure = page.locator(".twins-lab")
        self.caption = page.locator(".twins-lab figcaption")
        self.state = page.locator(".twins-state")
        self.moment = page.get_by_label("Moment")

    def press(self, name):
        self.figure.get_by_role("button", name=name, exact=True).click()
        return self

    def at(self, step):
        """Wait until it rests at this step, drawn."""
        expect(self.state).to_contain_text(f"at step {step}.")
        expect(self.figure.locator(".twins-run output")).to_have_text(f"step {step}")
        self.page.evaluate(FRAMES, 2)
        return self

    def steps(self, n):
        """Take n single steps from the start."""
        self.press("Start over").at(0)
        for step in range(1, n + 1):
            self.press("Step").at(step)
        return self

    def pictures(self):
        return self.page.evaluate(PICTURES)

    def set(self, label, key):
        self.page.locator(".twins-form").evaluate("form => { form.open = true }")
        field = self.figure.get_by_label(label, exact=True)
        kind = field.evaluate("e => e.type")
        if kind == "checkbox":
            field.set_checked(key == "on")
        elif kind == "range":
            field.fill(str(key))
        else:
            field.select_option(key)

    def go(self, fragment):
        self.page.evaluate("text => { location.hash = text }", fragment)
        return self


@contextmanager
def opened(browser, url, python=None, **options):
    """The page with the laboratory started; python: a stand-in's script."""
    with visited(browser, url, **options) as page:
        page.complaints.clear()  # under a strict policy, of the theme's own scripts
        if python:
            page.route(
                "**/python.js*", lambda r: r.fulfill(body=python, content_type="text/javascript")
            )
        page.get_by_role("button", name="Start the laboratory").click()
        page.get_by_role("button", name="Load Python").click()
        yield Laboratory(page).at(0)
        assert page.complaints == []


@pytest.fixture(scope="module")
def lab(browser, address):
    with opened(browser, f"{address}{PAGE}") as lab:
        yield lab


@pytest.fixture(scope="module")
def told(lab):
    """What the build has told the page: its controls and presets."""
    return json.loads(lab.page.locator(".twins-told").text_content())


# With Python ---------------------------------------------------------------------------------------


def test_a_preset_asks_first_and_says_what_is_found_out(lab, told):
    opening = next(each for each in told["presets"] if each["key"] == told["opening"])
    lab.go(f"lab-{opening['key']}").at(0)
    expect(lab.figure.locator(".twins-question")).to_have_text(opening["question"])
    expect(lab.figure.locator(".twins-finding")).to_be_hidden()
    lab.press("Run it and find out").at(opening["steps"])
    expect(lab.figure.locator(".twins-finding")).to_have_text(re.compile(r"\w.*\."))
    assert lab.caption.inner_text().startswith(f"After {opening['steps']} steps A has ")


TELLING = {"schedule": "warm-up", "clip": "0.1", "depth": "8", "lr": "0.01"}  # otherwise the last


def test_each_control_changes_pictures_and_caption(lab, told):
    lab.go("lab?depth=4&width=8").at(0).steps(3)
    before, said = lab.pictures(), lab.caption.inner_text()
    assert "A and B are the same" in said
    for control in told["controls"]:
        name, keys = control["name"], control["keys"]
        key = TELLING.get(name, keys[-1] if keys[-1] != control["default"] else keys[0])
        label = control["label"] if control["shared"] else f"B: {control['label']}"
        slider = name in ("depth", "lr")
        lab.set(label, keys.index(key) if slider else key)
        lab.at(0).steps(3)
        after = lab.pictures()
        assert after != before, name
        assert lab.caption.inner_text() != said, name
        if control["shared"]:
            default = control["default"]
            lab.set(label, default)
        else:
            row = lab.figure.locator(".twins-differs")
            assert row.locator("th").text_content() == f"{control['label']} (differs)"
            words = f"Different: {control['label']} ("
            assert words in lab.figure.locator(".twins-different").inner_text()
            lab.press("Copy A to B")
        lab.at(0)
    assert lab.steps(3).pictures() == before


def test_another_seed_keeps_the_question_and_its_answer(lab, told):
    key = "three-fences"
    asked = next(each for each in told["presets"] if each["key"] == key)
    lab.go(f"lab-{key}").at(0)
    lab.set("A: seed", "3")
    expect(lab.page).to_have_url(re.compile(r"#lab\?.*seed=3"))
    expect(lab.figure.locator(".twins-question")).to_have_text(asked["question"])
    lab.press("Run it and find out").at(asked["steps"])
    expect(lab.figure.locator(".twins-finding")).to_contain_text("Training rows right: A ")


def test_an_own_experiment_begins_with_two_that_are_alike(lab):
    lab.go("lab-three-fences").at(0)
    lab.figure.get_by_label("Experiment", exact=True).select_option("your own")
    lab.at(0)
    expect(lab.figure.locator(".twins-different")).to_contain_text("Nothing is different yet")
    lab.set("B: units in each", "4")
    lab.set("B: batch", "1")
    expect(lab.figure.locator(".twins-different")).to_contain_text("2 things: which of them it was")


def test_b_follows_a_until_it_is_set_apart(lab):
    lab.go("lab?depth=2&B.width=4").at(0)
    lab.set("A: activation", "relu")
    lab.set("A: units in each", "8")
    values = {
        side: [
            lab.figure.get_by_label(f"{side}: {label}", exact=True).input_value()
            for label in ("activation", "units in each")
        ]
        for side in "AB"
    }
    assert values == {"A": ["relu", "8"], "B": ["relu", "4"]}
    expect(lab.page).to_have_url(re.compile(r"#lab\?depth=2&width=8&activation=relu&B\.width=4$"))
    lab.press("Copy B to A").at(0)
    expect(lab.page).to_have_url(re.compile(r"#lab\?depth=2&width=4&activation=relu$"))


def test_a_moment_is_seen_again_as_it_was(lab):
    lab.go("lab?data=spirals&depth=3&B.activation=relu").at(0)
    seen = [lab.pictures()[:2]]
    for step in range(1, 7):
        seen.append(lab.press("Step").at(step).pictures()[:2])
    assert len({tuple(each) for each in seen}) == 7
    last = lab.pictures()
    lab.moment.focus()
    for step in (5, 4, 3):
        lab.page.keyboard.press("ArrowLeft")
        lab.at(step)
        assert lab.pictures()[:2] == seen[step]
    third = lab.pictures()
    expect(lab.state).to_contain_text("Run goes on from step 6.")
    lab.page.keyboard.press("End")
    assert lab.at(6).pictures() == last
    lab.moment.fill("3")
    assert lab.at(3).pictures() == third
    lab.press("Step").at(7)


def test_the_numbers_are_in_tables_too(lab):
    lab.go("lab?depth=3&B.activation=relu").at(0).press("Step").at(1)
    lab.figure.get_by_text("The numbers as tables").click()
    tables = lab.figure.locator(".twins-numbers table")
    whole = tables.nth(0).inner_text()
    loss = re.search(r"\(loss ([\d.]+)\)", lab.caption.inner_text())[1]
    assert re.search(rf"^loss\t{loss}", whole, re.M) and re.search(r"^step\t1\t1$", whole, re.M)
    assert tables.nth(1).locator("tbody tr").count() == 4  # weight layers
    assert tables.nth(1).locator("tbody tr").last.locator("td").all_inner_texts()[4:] == [""] * 6
    assert tables.nth(2).locator("tbody td").count() == 25
    lab.go("lab?data=digits&depth=1").at(0)
    expect(tables.nth(2).locator("tbody tr")).to_have_count(24)
    lab.figure.get_by_text("The numbers as tables").click()


def test_the_python_is_that_of_the_step_shown(lab):
    lab.go("lab?depth=2&B.lr=1").at(0).press("Step").at(1)
    lab.figure.get_by_text("Show the Python").click()
    listing = lab.figure.locator(".twins-python pre")
    expect(listing).to_contain_text("steps = 1\n")
    assert "import nnbook_lib as nn" in listing.inner_text()
    lab.press("Step").at(2)
    expect(listing).to_contain_text("steps = 2\n")
    lab.figure.get_by_text("Show the Python").click()


def test_what_is_wrong_is_said_and_its_remedy_tried_on_b(lab):
    lab.go("lab?depth=20&activation=sigmoid").at(0).press("What is wrong with A?")
    doctor = lab.figure.locator(".twins-doctor")
    expect(doctor).to_contain_text("A stays as it is.")
    assert "Remedy:" in doctor.inner_text()
    doctor.get_by_role("button", name="Try it on B").first.click()
    lab.press("Pause")
    assert lab.figure.get_by_label("A: activation").input_value() == "sigmoid"
    assert lab.figure.locator(".twins-differs").count() >= 1
    expect(doctor.locator("li")).to_have_count(0)


def test_a_network_that_overflows_stops_and_the_other_goes_on(lab):
    lab.go("lab?depth=8&activation=relu&B.inputs=times-100&B.lr=1000&B.init=large").at(0)
    lab.press("Step").press("Run")
    stopped = lab.figure.locator(".twins-stopped").nth(1)
    expect(stopped).to_contain_text(re.compile(r"[Ss]topped.*\d"))
    step = lab.figure.locator(".twins-run output")
    expect(step).to_have_text(re.compile(r"step \d\d"))
    lab.press("Pause")
    expect(lab.figure.locator(".twins-stopped").nth(0)).to_be_hidden()
    assert "B stopped at step" in lab.caption.inner_text()


@pytest.mark.parametrize(
    ("fragment", "ignored"),
    [
        ("lab?depth=99&B.lr=1", "depth=99"),
        ("lab?depth=30&__proto__=x&B.lr=1", "__proto__=x"),
        ("lab?B.data=xor&B.lr=1", "B.data=xor"),
        ("lab?constructor=1&B.toString=2&B.lr=1", "constructor=1, B.toString=2"),
        ("lab?lr=%3Cimg%20src%3Dx%3E&B.lr=1", "lr=<img src=x>"),
        ("lab?B.lr=1&" + "&".join(f"x{i}=1" for i in range(999)), "x4=1, 994 more"),
        ("lab?B.lr=1&%E0%A4%A=1&=&&?", "="),
        ("lab-no-such", "lab-no-such"),
    ],
)
def test_what_no_control_has_is_ignored_and_told(fragment, ignored, lab):
    lab.go("").go(fragment)
    said = lab.figure.locator(".twins-ignored")
    expect(said).to_contain_text(f"{ignored}")
    lab.at(0)
    if "B.lr=1" in fragment:
        assert lab.figure.locator(".twins-different").inner_text() == (
            "Different: learning rate (0.1 | 1)"
        )
    lab.press("Start over").at(0)


def test_python_that_dies_is_said_to_and_nothing_set_is_lost(lab):
    lab.go("lab?data=circles&depth=5&B.activation=relu").at(0).press("Step").at(1)
    (worker,) = lab.page.workers
    lab.page.once("console", lambda _: None)
    worker.evaluate("() => { setTimeout(() => { throw new Error('gone'); }); }")
    lab.press("Run")
    expect(lab.state).to_contain_text("Python stopped working on this page. Nothing that is set")
    lab.press("Start again").at(0)
    assert lab.figure.get_by_label("data", exact=True).input_value() == "circles"
    assert "Different: activation" in lab.figure.locator(".twins-different").inner_text()
    lab.press("Step").at(1)


@pytest.mark.parametrize("how", ["folder", "policy"])
def test_it_runs_from_a_folder_and_under_a_strict_policy(how, browser):
    with served(POLICY) as strict:
        root = f"{SITE.as_uri()}/" if how == "folder" else strict
        with opened(browser, f"{root}{PAGE}#lab?depth=2&B.activation=relu") as lab:
            lab.press("Step").at(1)
            assert "After 1 step A has" in lab.caption.inner_text()
            lab.set("B: units in each", "4")
            end = r"#lab\?depth=2&B\.width=4&B\.activation=relu$"
            expect(lab.page).to_have_url(re.compile(end))
            width = "e => getComputedStyle(e).borderTopStyle"
            assert lab.figure.locator(".twins-title.twins-b").evaluate(width) != ""


def test_it_is_accessible(lab):
    axe = optional("axe_playwright_python.sync_playwright").Axe()
    lab.go("lab?depth=3&B.activation=relu").at(0)
    details = lab.figure.locator("details")
    details.evaluate_all("all => { for (const one of all) one.open = true }")
    expect(lab.figure.locator(".twins-python pre")).to_contain_text("import")
    for theme in "light", "dark":
        lab.page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        found = axe.run(lab.page, context={"include": [["article"]]}).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert all(lab.figure.locator("canvas").evaluate_all("all => all.map(c => c.ariaLabel)"))
    lab.page.evaluate("document.documentElement.dataset.theme = 'light'")
    details.evaluate_all("all => { for (const one of all) one.open = false }")


# Around Python -------------------------------------------------------------------------------------

STAND_IN = """
const side = (step) => ({
  step, loss: 1 / (step + 1), accuracy: 0.5, test: 0.5, rate: 0.1, stopped: null,
  surface: btoa("\\0\\x7f\\xff\\x40"), side: 2, answers: null, delta: [0.1, 0.2],
  update: step ? [0, 0.01] : null, dead: [0], flat: [null], spread: [1],
});
const kept = [];
function add(step) {
  kept.push({ index: kept.length, step, caption: `At ${step}.`, sides: [side(step), side(step)] });
  return kept.at(-1);
}
const points = { x: [[0, 0], [1, 1]], t: [0, 1] };
const does = {
  open() {
    kept.length = 0;
    return {
      data: { kind: "points", low: [-1, -1], high: [2, 2], a: points, b: points },
      moment: add(0), course: [[0, 1, 0.5, 0.5, 1, 0.5, 0.5]], differences: [], notes: [],
    };
  },
  advance({ steps }) {
    const moment = add(kept.at(-1).step + Math.min(steps, 10));
    if (!window.full) return { moment, course: null, over: false };
    kept.splice(0, kept.length, ...kept.filter((one) => one.index % 2 === 0 || one === moment));
    kept.forEach((one, index) => { one.index = index; });
    return { moment, course: kept.map(({ step }) => [step, 1, 0.5, 0.5, 1, 0.5, 0.5]), over: false };
  },
  at: ({ index }) => ({ moment: kept[index] }),
  finding: () => ({ says: "That is so." }),
};
window.asked = [];
(window.nnbook ??= {}).Python = class {
  onprogress = () => {};
  async call(name, values) {
    window.asked.push(values);
    const ended = new Promise((_, reject) => { this.end = reject; });
    await Promise.race([window.waits, ended]);
    return structuredClone(does[values.do](values));
  }
  stop() {
    window.waits = null;
    this.end?.(Object.assign(new Error("Python was stopped."), { stopped: true }));
  }
};
"""


HOLD = "() => { window.waits = new Promise(end => { window.answer = end }) }"
NEXT = f"() => {{ const now = window.answer; ({HOLD})(); now(); }}"  # one answer, and no more
WATCH = """() => {
  window.seen = [];
  const caption = document.querySelector('.twins-lab figcaption');
  new MutationObserver(() => seen.push(caption.textContent)).observe(caption, { childList: true });
}"""


@pytest.fixture
def stage(browser, address):
    with opened(browser, f"{address}{PAGE}", STAND_IN) as stage:
        yield stage


def calls(stage, what):
    return stage.page.evaluate("what => asked.filter(each => each.do === what)", what)


def test_in_a_hidden_tab_nothing_is_computed(stage):
    hide = """hidden => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }"""
    stage.press("Run")
    expect(stage.caption).to_have_text(re.compile(r"At \d\d+\."))
    stage.page.evaluate(hide, True)
    stage.page.evaluate(FRAMES, 2)
    before = len(calls(stage, "advance"))
    stage.page.evaluate(FRAMES, 10)
    assert len(calls(stage, "advance")) == before
    stage.page.evaluate(hide, False)
    stage.page.evaluate(FRAMES, 10)
    assert len(calls(stage, "advance")) > before
    stage.press("Pause")


def test_of_many_changes_only_the_newest_is_begun(stage):
    stage.page.evaluate(HOLD)
    before = len(calls(stage, "open"))
    for depth in ("3", "4", "5", "6"):
        stage.set("B: hidden layers", depth)
    stage.page.evaluate("answer()")
    expect(stage.figure.locator(".twins-different")).to_contain_text("| 7)")
    stage.page.evaluate(FRAMES, 2)
    begun = calls(stage, "open")[before:]
    assert [each["experiment"]["b"]["depth"] for each in begun] == ["4", "7"]


@pytest.mark.parametrize("name", ["Run", "Step"])
def test_what_was_computed_for_other_settings_is_not_shown(name, stage):
    stage.press("Step").at(1).page.evaluate(HOLD)
    stage.press(name)
    stage.page.wait_for_function("asked.filter(each => each.do === 'advance').length === 2")
    stage.page.evaluate(WATCH)
    stage.set("B: hidden layers", "3")
    stage.page.evaluate(NEXT)
    stage.page.wait_for_function("asked.at(-1).do === 'open'")
    stage.page.evaluate(FRAMES, 3)
    assert stage.page.evaluate("seen") == []
    stage.page.evaluate("() => { answer(); window.waits = null }")
    stage.page.wait_for_function("seen[0] === 'At 0.'")


def test_a_slider_that_is_moved_stays_where_the_reader_has_it(stage):
    for step in range(1, 5):
        stage.press("Step").at(step)
    stage.page.evaluate(HOLD)
    for index in ("3", "1"):
        stage.moment.fill(index)
        expect(stage.figure.locator(".twins-run output")).to_have_text(f"step {index}")
    stage.page.evaluate(WATCH)
    stage.page.evaluate(NEXT)  # step 3 has come, and 1 is on its way
    stage.page.wait_for_function("seen.at(-1) === 'At 3.'")
    assert stage.moment.input_value() == "1"
    stage.page.evaluate("() => { answer(); window.waits = null }")
    stage.at(1)


def test_the_moment_looked_for_is_found_where_others_are_dropped_meanwhile(stage):
    for step in range(1, 7):
        stage.press("Step").at(step)
    stage.page.evaluate(HOLD)
    stage.press("Run")
    stage.page.wait_for_function("asked.filter(each => each.do === 'advance').length === 7")
    stage.moment.fill("6")
    stage.page.evaluate("() => { window.full = true; answer() }")
    stage.at(6)
    expect(stage.state).to_contain_text("Paused at step 6. Run goes on from step 1")
    assert stage.moment.input_value() == "3"


def test_python_that_is_silent_can_be_started_again(stage):
    stage.page.clock.install()
    stage.page.evaluate(HOLD)
    stage.press("Step")
    stage.page.wait_for_function("asked.at(-1).do === 'advance'")
    stage.page.clock.fast_forward(60_000)
    expect(stage.state).to_contain_text("It can be ended; nothing that is set here is lost.")
    stage.press("Start again").at(0)
    stage.press("Step").at(1)


def test_who_wants_no_motion_sees_the_end(browser, address):
    with opened(browser, f"{address}{PAGE}", STAND_IN, reduced_motion="reduce") as stage:
        stage.page.evaluate(WATCH)
        stage.press("Run it and find out")
        expect(stage.figure.locator(".twins-finding")).to_have_text("That is so.")
        stage.page.evaluate(FRAMES, 2)
        assert len(calls(stage, "advance")) > 2
        told = set(stage.page.evaluate("seen")) - {"At 0."}
        assert len(told) == 1 and stage.caption.inner_text() in told


def test_on_a_phone_it_fits_and_can_be_touched(browser, address):
    options = {"viewport": PHONE, "has_touch": True}
    with opened(browser, f"{address}{PAGE}", STAND_IN, **options) as stage:
        settings = stage.figure.locator(".twins-form")
        assert settings.get_attribute("open") is None
        settings.locator("summary").click()
        stage.figure.get_by_text("The numbers as tables").click()
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert stage.page.evaluate(wide) == 0
        small = """() => [...document.querySelectorAll('.twins-lab :is(button, select, input, summary)')]
          .filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 44)
          .map(e => e.outerHTML)"""
        assert stage.page.evaluate(small) == []
        boxes = [stage.figure.locator("canvas").nth(i).bounding_box() for i in range(3)]
        assert boxes[0]["y"] == boxes[1]["y"] < boxes[2]["y"]


def test_before_the_click_the_page_asks_and_carries_next_to_nothing(visit, address):
    page = visit(f"{address}{PAGE}")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Start the laboratory").click()
    expect(page.locator(".twins-ask")).to_contain_text(re.compile(r"\d+ MB, the first time only"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Start the laboratory")).to_be_focused()
    python = [url for url in asked if "/python/" in url]
    assert len(python) == 1 and "asking.js" in python[0]
    assert len(gzip.compress((STATIC / "twins.js").read_bytes())) <= 2000


def test_an_address_leads_to_the_laboratory_before_it_is_started(visit, address):
    page = visit(f"{address}{PAGE}")
    told = json.loads(page.locator(".twins-told").text_content())["presets"][-1]
    page.goto("about:blank")
    page.goto(f"{address}{PAGE}#lab-{told['key']}")
    start = page.locator(".twins-start")
    expect(start).to_contain_text(told["question"])
    expect(start).to_be_in_viewport()


def test_without_python_the_page_says_where_it_runs(visit, address):
    html = (SITE / PAGE).read_text(encoding="utf-8")
    html = re.sub(r'(<script[^>]*twins\.js[^>]*?) data-root="[^"]*"', r"\1", html)
    html = re.sub(r'<script([^>]*) data-root="[^"]*"([^>]*twins\.js)', r"<script\1\2", html)
    page = visit(f"{address}index.html")
    page.route(f"**/{PAGE}", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{address}{PAGE}")
    expect(page.locator(".twins-start")).to_contain_text("This site carries no Python")
    assert page.get_by_role("button", name="Start the laboratory").count() == 0
    expect(page.locator("figure.twins svg").first).to_be_visible()
