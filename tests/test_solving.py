"""Exercises solved on their pages, in Chromium: what is typed, what Python says to it, what is kept.

Python runs for real where a verdict is looked for: once for each way a page can come (over http, from a
folder, under a strict policy), and once for what all other pages ask of it. What the page does around it is
tried with a stand-in that answers at once.
"""

import gzip
import re
import sys

import nbformat
import pytest
from playwright.sync_api import expect

import axe
from conftest import CLOSED_STORE, DESK, PHONE, SITE, served, site_with_python

ROOT = SITE.parents[1]
sys.path.insert(0, str(ROOT / "tools"))
from solutions import CHECK, exercises  # noqa: E402

POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; "
    "img-src 'self' data:"
)
PATIENCE = 120_000  # ms; for a machine that does ten other things
NODE = "01_forward_propagation", "forward.weighted_sum"

# For each notebook: an exercise, a wrong answer to it, and words of what a tutor says to that.
WRONG = {
    "01_forward_propagation": (
        "forward.weighted_sum",
        "def weighted_sum(x, w, b):\n    return w @ x",
        "The bias is missing.",
    ),
    "02_chain_rule": (
        "chain_rule.three_factors",
        "def neuron_gradient(w, b, x, t):\n    y = nn.functions.sigmoid(w * x + b)\n"
        "    return (y - t) * x, y - t",
        "The middle factor is missing",
    ),
    "03_gradient_descent": (
        "descent.sgd_step",
        "def sgd_step(theta, grad, lr):\n    return theta + lr * grad",
        "You climb.",
    ),
    "04_vanishing_gradients": (
        "vanishing.sigmoid_slope",
        "def sigmoid_slope(z):\n    return 1 - z**2",
        "1 - z² is the slope of tanh.",
    ),
    "05_activations": (
        "activations.relu_slope",
        "def relu_slope(u):\n    return u >= 0",
        "At u = 0 you give 1.",
    ),
    "05_batch_normalization": (
        "normalization.standardize",
        "def standardize(x):\n    return (x - x.mean(axis=0)) / (x.std(axis=0) + eps)",
        "eps is added to the standard deviation.",
    ),
    "05_initialization": (
        "initialization.distinct_units",
        "def distinct_units(W1, b1, W2):\n    return len(np.unique(W1, axis=0))",
        "You compare the rows of W1 alone.",
    ),
    "05_lstm_gru": (
        "recurrent.step",
        "def rnn_step(x, h, W, U, b):\n    return np.tanh(x @ W.T + h @ U + b)",
        "U is not transposed.",
    ),
    "05_skip_connections": (
        "skip.forward",
        "def residual(x, f):\n    return f(x)",
        "The wire is missing",
    ),
    "06_practice": (
        "practice.scale",
        "def scale(x, x_test):\n    return [(a - a.mean(axis=0)) / a.std(axis=0) for a in (x, x_test)]",
        "The test set is scaled with its own mean and spread.",
    ),
    "landmarks": (
        "landmarks.mistaken",
        "def mistaken(w):\n    x = np.array(list(np.ndindex((2,) * 6)))\n"
        "    return np.sum(x @ np.concatenate([w, -w[::-1]]) == 0)",
        "You count the palindromes, too.",
    ),
    "clinic": (
        "clinic.patient_1",
        "def patient_1(pixels, t):\n    return None",
        "Something here is None",
    ),
}


@pytest.fixture(scope="session", autouse=True)
def site():
    site_with_python()


@pytest.fixture
def context(browser):
    context = browser.new_context(viewport=DESK)
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context
    context.close()


class Exercise:
    """An exercise on an open page, as a reader handles it."""

    def __init__(self, page, name):
        self.page, self.name = page, name
        cell = page.locator("div.cell_input", has_text=f'check("{name}"')
        self.section = page.locator("section", has=cell).last
        self.report = self.section.locator(".workshop-report")
        self.editor = self.section.get_by_role("textbox")

    def button(self, name):
        return self.section.get_by_role("button", name=name)

    def open(self):
        self.button("Solve it here").click()
        self.editor.or_(self.button("Load Python")).wait_for()
        if self.button("Load Python").is_visible():
            self.button("Load Python").click()
        self.editor.wait_for()
        return self

    def type(self, text):
        self.editor.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def answer(self, code):
        """Type an answer in the place of the stub, and let it be checked."""
        function = re.search(r"def (\w+)", code)[1]
        self.type(f'{code}\n\n\ncheck("{self.name}", {function})\n')
        self.page.keyboard.press("Control+Enter")


def visit(context, address, notebook, name):
    page = context.new_page()
    page.goto(f"{address}exercises/{notebook}.html")
    return Exercise(page, name)


def solution(notebook, name):
    read = nbformat.read(ROOT / "book" / "exercises" / f"{notebook}.ipynb", as_version=4)
    return next(found.code for found in exercises(read) if found.name == name)


WHOLE = ["01_forward_propagation", "clinic"]  # with a Python of their own, from click to verdict


@pytest.mark.parametrize("notebook", WHOLE)
def test_a_wrong_and_a_right_answer_get_their_verdicts(notebook, context, address):
    name, wrong, words = WRONG[notebook]
    exercise = visit(context, address, notebook, name).open()
    exercise.answer(wrong)
    expect(exercise.report).to_contain_text(": not right yet")
    expect(exercise.report).to_contain_text(words)
    expect(exercise.section).to_contain_text(re.compile("Hint 1.* is below"))
    exercise.answer(solution(notebook, name))
    expect(exercise.report).to_contain_text(": right")
    expect(exercise.section.get_by_role("checkbox")).to_be_checked()
    expect(exercise.section.get_by_role("link", name=re.compile("^Next: "))).to_be_visible()


def test_every_notebook_of_exercises_is_tried():
    assert set(WRONG) == {p.stem for p in (ROOT / "book" / "exercises").glob("*.ipynb")}


def test_every_exercise_can_be_solved_on_its_page(context, address):
    page = context.new_page()
    for notebook in WRONG:
        page.goto(f"{address}exercises/{notebook}.html")
        on_page = page.evaluate("nnbook.exercises.map((exercise) => exercise.name)")
        cells = nbformat.read(ROOT / "book" / "exercises" / f"{notebook}.ipynb", as_version=4).cells
        assert on_page == [
            m[1] for c in cells if c.cell_type == "code" and (m := CHECK.search(c.source))
        ]
        assert page.get_by_role("button", name="Solve it here").count() == len(on_page)


# What a reader can do to Python: the cell, and words of what the page says.
ILL = {
    "an error": ("x = [1, 2]\nx[5]", ["Line 2: IndexError", "line 2: x[5]"]),
    "a typing error": ("def f(:\n    pass", ["Line 1: SyntaxError"]),
    "input": ("input('?')", ["Line 1", "nobody can answer input()"]),
    "exit": ("import sys\nsys.exit()", ["Line 2", "sys.exit() ends a program"]),
    "the browser": ("import js", ["Line 1", "closed"]),
    "no check": ("1 + 1", ["2", "nothing was checked"]),
}


def test_what_goes_wrong_is_said_and_nothing_typed_is_lost(context, address):
    exercise = visit(context, address, *NODE).open()
    line = exercise.section.locator(".cm-problem")
    for code, words in ILL.values():
        exercise.type(code)
        exercise.page.keyboard.press("Control+Enter")
        for each in words:
            expect(exercise.report).to_contain_text(each)
        assert exercise.editor.inner_text().strip() == code
        if marked := re.match(r"Line (\d)", words[0]):
            expect(line).to_have_text(code.splitlines()[int(marked[1]) - 1])
            expect(exercise.editor).to_have_attribute("aria-invalid", "true")
    exercise.type("print('ten million letters ' * 500_000)")
    exercise.page.keyboard.press("Control+Enter")
    printed = exercise.section.get_by_role("region", name="Printed")
    expect(printed).to_contain_text("cut: only the first")
    exercise.type("while True:\n    pass")
    exercise.page.keyboard.press("Control+Enter")
    exercise.button("Stop").click()
    expect(exercise.report).to_contain_text("It was stopped.")
    assert exercise.editor.inner_text().strip() == "while True:\n    pass"
    exercise.answer(solution(*NODE))
    expect(exercise.report).to_contain_text(": right")  # Python has been started again


def test_a_page_in_a_folder_and_one_under_a_strict_policy_judge_as_well(context):
    _, wrong, words = WRONG[NODE[0]]
    with served(POLICY) as strict:
        for address in (f"{SITE.as_uri()}/", strict):
            exercise = visit(context, address, *NODE).open()
            exercise.answer(wrong)
            expect(exercise.report).to_contain_text(words)
            # The editor's styles and the report's have come through.
            assert exercise.editor.evaluate("e => getComputedStyle(e).whiteSpace") == "break-spaces"
            bar = exercise.report.locator(".exercise-report")
            assert bar.evaluate("e => getComputedStyle(e).borderLeftWidth") == "4px"
            exercise.page.context.set_offline(True)  # what has come needs no network
            exercise.answer(solution(*NODE))
            expect(exercise.report).to_contain_text(": right")
            exercise.page.context.set_offline(False)


# Around Python ------------------------------------------------------------------------------------

STAND_IN = """
(window.nnbook ??= {}).Python = class {
  onprogress = () => {};
  async start() {
    await window.loading;
    if (window.refuses) throw new Error("The file numpy.whl did not come. Try again.");
  }
  async run(source, { name, before }) {
    await this.start();
    window.asked = { source, before };
    const report = source.includes("right") ? "right" : "wrong";
    return { status: "ok", printed: "", error: null, verdict: { name, status: report }, shown: source &&
      [{ kind: "html", html: window.html ?? `<p>It is ${report}.</p>` }] };
  }
  stop() {}
};
"""


def on_stage(context, address, notebook, name):
    """An exercise's page with a stand-in for Python."""
    context.route(
        "**/python.js*", lambda route: route.fulfill(body=STAND_IN, content_type="text/javascript")
    )
    return visit(context, address, notebook, name)


@pytest.fixture
def stage(context, address):
    """The page of the first exercise, with a stand-in for Python."""
    return on_stage(context, address, *NODE)


@pytest.mark.parametrize("notebook", [notebook for notebook in WRONG if notebook not in WHOLE])
def test_what_other_pages_ask_of_python_gets_its_verdicts(notebook, context, address, in_a_page):
    """One Python for all: it is given what each page would run, the cells above and what is typed."""
    name, wrong, words = WRONG[notebook]
    exercise = on_stage(context, address, notebook, name).open()
    for code, says in ((wrong, words), (solution(notebook, name), f"{name}: right")):
        exercise.answer(code)
        exercise.page.wait_for_function(
            "code => window.asked?.source.includes(code)", arg=code.splitlines()[-1]
        )
        asked = exercise.page.evaluate("asked")
        printing = re.sub(r"^(check\(.*\))$", r"print(\1)", asked["source"], flags=re.M)
        assert says in " ".join(in_a_page(printing, *asked["before"]).split())
    exercise.type("right")
    exercise.page.keyboard.press("Control+Enter")
    expect(exercise.section.get_by_role("checkbox")).to_be_checked()
    expect(exercise.section.get_by_role("link", name=re.compile("^Next: "))).to_be_visible()


def focused(page):
    return page.evaluate("document.activeElement.textContent")


def test_the_first_click_asks_and_what_was_agreed_is_remembered(stage, context, address):
    page, question = stage.page, stage.section.locator(".solve-question")
    asked = []
    page.on("request", lambda request: asked.append(request.url))  # the page's icon may come late
    stage.button("Solve it here").focus()
    page.keyboard.press("Enter")
    expect(question).to_contain_text(re.compile(r"\d+ MB.*Nothing is sent anywhere"))
    assert focused(page) == "Load Python"
    page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    assert focused(page) == "Solve it here"
    assert not [url for url in asked if "/python/" in url]
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(stage.editor).to_be_focused()
    assert [url for url in asked if "/python/codemirror.js" in url]
    assert all(url.startswith(address) for url in asked)
    again = visit(context, address, *NODE)
    again.button("Solve it here").click()
    expect(again.editor).to_be_focused()


def test_an_exercise_is_solved_with_keys_alone(stage):
    page = stage.page
    stage.button("Solve it here").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(stage.editor).to_be_focused()
    assert stage.editor.get_attribute("aria-label") == "Answer: One node by hand"
    page.keyboard.press("Tab")
    assert focused(page) == "Run and check"  # Tab leaves the editor
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("if True:\nright = 1")
    assert stage.editor.inner_text() == "if True:\n    right = 1"  # Enter has moved the line
    page.keyboard.press("Control+[")
    assert stage.editor.inner_text() == "if True:\nright = 1"
    page.keyboard.press("Control+Enter")
    expect(stage.report).to_have_text("It is right.")
    assert stage.report.get_attribute("role") == "status"
    order = ["Run and check", "Reset", "Compare with the solution"]
    for name in order:
        page.keyboard.press("Tab")
        assert focused(page) == name
    page.keyboard.press("Enter")
    assert focused(page) == "Solution"
    assert stage.section.locator("details.solution").get_attribute("open") is not None


def test_the_cells_above_are_run_but_no_exercise_and_no_drawing(context, address):
    context.route(
        "**/python.js*", lambda route: route.fulfill(body=STAND_IN, content_type="text/javascript")
    )
    name = "gradients.silent_bug"
    exercise = visit(context, address, "02_chain_rule", name).open()
    exercise.answer("def wrong(): pass")
    expect(exercise.report).to_have_text("It is wrong.")
    before = exercise.page.evaluate("asked.before")
    drawn = exercise.page.locator(".tag_draws .cell_input pre").all_text_contents()
    assert "import nnbook_lib as nn" in before[0] and "plotting" in drawn[0]
    assert not {cell.strip() for cell in drawn} & {cell.strip() for cell in before}
    assert not [cell for cell in before if CHECK.search(cell)]


def test_an_answer_is_kept_and_reset_can_be_undone(stage, context, address):
    stage.open().type("what I wrote")
    stage.page.reload()  # in the middle: nothing has been run
    expect(stage.section).to_contain_text("Your answer is kept.")
    expect(stage.section).not_to_contain_text("not attempted yet", use_inner_text=True)
    stage.open()
    assert stage.editor.inner_text() == "what I wrote"
    stage.button("Reset").click()
    assert "return ..." in stage.editor.inner_text()
    assert focused(stage.page) == "Undo"
    stage.page.keyboard.press("Enter")
    assert stage.editor.inner_text() == "what I wrote"
    expect(stage.button("Undo")).to_be_hidden()
    other = visit(context, address, *NODE).open()  # a second tab
    other.type("in the second")
    expect(stage.editor).to_have_text("in the second")
    stage.button("Reset").click()
    stage.page.reload()
    stage.open()
    assert "return ..." in stage.editor.inner_text()


def test_without_a_store_the_page_asks_and_works(stage):
    stage.page.add_init_script(CLOSED_STORE)
    stage.page.reload()
    stage.open().type("right")
    stage.page.keyboard.press("Control+Enter")
    expect(stage.report).to_have_text("It is right.")


def test_a_plain_field_stands_in_for_the_editor(stage, context):
    context.route("**/codemirror.js*", lambda route: route.abort())
    stage.open()
    assert stage.editor.evaluate("field => field.localName") == "textarea"
    assert stage.editor.get_attribute("aria-label") == "Answer: One node by hand"
    stage.type("right")
    stage.page.keyboard.press("Control+Enter")
    expect(stage.report).to_have_text("It is right.")
    stage.page.keyboard.press("Tab")
    assert focused(stage.page) == "Run and check"
    stage.page.reload()
    assert stage.open().editor.input_value() == "right"


def test_a_file_that_does_not_come_is_said_and_can_be_asked_for_again(stage, context):
    context.route("**/workshop.js*", lambda route: route.abort())
    stage.button("Solve it here").click()
    stage.button("Load Python").click()
    expect(stage.section).to_contain_text("The editor could not be loaded.")
    context.unroute("**/workshop.js*")
    stage.page.evaluate("window.refuses = true")
    stage.open()
    expect(stage.section).to_contain_text("The file numpy.whl did not come.")
    stage.type("right")
    stage.page.keyboard.press("Control+Enter")
    expect(stage.section).to_contain_text("The file numpy.whl did not come.")
    stage.page.evaluate("window.refuses = false")
    stage.button("Try again").click()
    stage.button("Run and check").click()
    expect(stage.report).to_have_text("It is right.")


def test_a_run_waits_for_python_and_can_be_taken_back(stage):
    stage.page.evaluate(
        "void (window.loading = new Promise((resolve) => { window.arrive = resolve; }))"
    )
    stage.open().type("right")
    stage.page.keyboard.press("Control+Enter")
    expect(stage.section).to_contain_text("checked as soon as Python is there")
    stage.button("Stop").click()
    expect(stage.section).to_contain_text("Taken back: it was not run.")
    assert focused(stage.page) == "Run and check"  # Stop has gone
    stage.type("wrong")
    stage.page.keyboard.press("Control+Enter")
    stage.page.evaluate("arrive()")
    expect(stage.report).to_have_text("It is wrong.")


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("files.js", "is damaged"),
        ("pyodide.asm.wasm.packed", "is damaged"),
        ("python_stdlib.zip", "is damaged"),
        ("nnbook_lib*.packed", "is damaged"),
        ("python.js", "The editor could not be loaded."),
    ],
)
def test_a_file_that_is_another_is_said(file, words, context, address):
    """A server, or what stands between, may answer with a page of its own, in whatever size."""

    def other(route):
        size = len(route.fetch().body())
        route.fulfill(body="<html>".ljust(size), content_type="text/javascript")

    context.route(f"**/_static/python/{file}*", other)
    exercise = visit(context, address, *NODE)
    exercise.button("Solve it here").click()
    exercise.button("Load Python").click()
    expect(exercise.section).to_contain_text(words)


def test_what_python_shows_can_do_nothing_but_show(stage):
    """An answer may come in a file from somebody else."""
    asked = []
    stage.page.on("request", lambda request: asked.append(request.url))
    stage.open()
    asked.clear()
    stage.page.evaluate(
        """window.html = `<p style="color: rgb(1, 2, 3); position: fixed" onclick="hacked = 1">safe</p>
        <script>hacked = 1</script><style>p { display: none }</style>
        <img src="x" onerror="hacked = 1"><img src="https://example.org/x.png">
        <a href="javascript:hacked = 1">link</a><a href="https://example.org">away</a>
        <iframe srcdoc="<script>parent.hacked = 1</script>"></iframe>
        <div style="background: url(https://example.org/y.png)">plain</div>
        <svg width="9" height="9"><script>hacked = 1</script><g onload="hacked = 1"><path d="M0 0L9 9"/></g>
        <a href="javascript:1"><text>in</text></a><image href="https://example.org/z.png"/>
        <image xlink:href="#a" href="data:image/png;base64,iVBORw0KGgo="/></svg>`"""
    )
    stage.button("Run and check").click()
    expect(stage.report).to_contain_text("safe")
    left = stage.report.evaluate(
        """report => [...report.querySelectorAll("*")].map((e) => e.localName + [...e.attributes].map(
             (a) => ` ${a.name}=${a.value}`).sort().join("")).join("\\n")"""
    )
    assert left.splitlines() == [
        "div",
        "p style=color: rgb(1, 2, 3);",
        "img",
        "img",
        "a",
        "a href=https://example.org rel=noreferrer",
        "div",
        "svg height=9 width=9",
        "g",
        "path d=M0 0L9 9",
        "text",
        "image",
        "image href=data:image/png;base64,iVBORw0KGgo=",
    ]
    assert stage.page.evaluate("window.hacked") is None and not asked


@pytest.mark.parametrize(
    "html",
    [
        "<table background='https://example.org/a'><tr><td background='https://example.org/b'>x</table>",
        "<svg><rect mask='u\\72l(https://example.org/c)' clip-path='\\75rl(https://example.org/d)'/></svg>",
        """<svg><rect mask="image-set('https://example.org/e' 1x)"/></svg>""",
        "<p style='--a: u\\72l(https://example.org/f); background: var(--a)'>x</p>",
        "<img name=querySelectorAll><img name=elementFromPoint>",
        "<p :a=1 @b=2 0=3>x</p><svg><g :c=4 /></svg>",
        "<div style='margin: -5000px; height: 9000px; transform: scale(50)'>cover</div>",
    ],
    ids=[
        "a table's picture",
        "escapes",
        "an image set",
        "escapes in a variable",
        "names of the page's own",
        "names of attributes",
        "a cover",
    ],
)
def test_what_python_shows_stays_where_it_is_shown(stage, html):
    """It asks nobody for anything, covers nothing, and strange names in it do not hide what was shown."""
    asked = []
    stage.page.on("request", lambda request: asked.append(request.url))
    stage.open()
    asked.clear()
    stage.page.evaluate("html => { window.html = html + '<p>the end</p>' }", html)
    stage.button("Run and check").click()
    expect(stage.report).to_contain_text("the end")
    outside = stage.page.evaluate(
        """() => [...document.querySelectorAll("button, h1, h2, a")].filter((e) => {
             const { x, y, width, height } = e.getBoundingClientRect();
             return document.elementFromPoint(x + width / 2, y + height / 2)?.closest(".workshop-report");
           }).length"""
    )
    assert not asked and not outside


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_editor_has_the_colors_of_the_pages_code(stage, theme):
    page = stage.page
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    stage.open().type('@a\nclass B:\n    def f(): return "s"  # c')
    for name in ("k", "s", "c", "nf", "nc", "nd"):
        inside = stage.section.locator(f".cm-line .{name}").first
        of_editor = inside.evaluate("e => getComputedStyle(e).color")
        of_page = page.evaluate(
            """name => {
              const host = document.createElement("div");
              host.className = "highlight";
              host.innerHTML = `<span class="${name}">x</span>`;
              document.body.append(host);
              return getComputedStyle(host.firstChild).color;
            }""",
            name,
        )
        assert of_editor == of_page, name


def test_on_a_phone_nothing_is_too_small(context, address, stage):
    stage.page.set_viewport_size(PHONE)
    stage.open().type("right")
    stage.button("Run and check").click()
    expect(stage.report).to_have_text("It is right.")
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert stage.editor.evaluate(size) >= 16  # a smaller one is zoomed into
    for each in stage.section.locator(".workshop button:visible, .workshop a:visible").all():
        assert each.bounding_box()["height"] >= 44, each.inner_text()
    assert stage.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_paper_stands_what_was_written(stage):
    stage.open().type("right = 1")
    stage.button("Run and check").click()
    expect(stage.report).to_have_text("It is right.")
    stage.page.emulate_media(media="print")
    stage.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(stage.section.locator(".workshop-paper")).to_have_text("right = 1")
    expect(stage.report).to_be_visible()
    expect(stage.button("Run and check")).to_be_hidden()
    expect(stage.editor).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_with_the_editor_open(stage, theme):
    stage.open().type("wrong")
    stage.button("Run and check").click()
    expect(stage.report).to_have_text("It is wrong.")
    stage.page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
    assert axe.colors(stage.page, "article") == []
    if theme == "light":
        assert axe.all_but_colors(stage.page, "article") == []


def test_nothing_of_it_weighs_on_a_page():
    """Unpacked: what a page carries before the first click, 8 kB more than the ticks alone weighed."""
    weight = {
        name: len(gzip.compress((SITE / "_static" / name).read_bytes()))
        for name in ("solve.js", "kept.js", "app.js")
    }
    assert weight["solve.js"] <= 2500 and sum(weight.values()) <= 1469 + 7500
    page = (SITE / "exercises" / f"{NODE[0]}.html").read_text(encoding="utf-8")
    assert "codemirror" not in page and "_static/python" not in page
