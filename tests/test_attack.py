"""Claims under attack: what is said of a try, in Python and by the page's script; what is no claim and no
number; on a page, with and without its Python, and in a notebook.
"""

import gzip
import json
import re
import shutil
import sys
import threading
import warnings
from contextlib import contextmanager
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import nbformat
import numpy as np
import pytest

from nnbook_lib import plotting
from nnbook_lib.in_page import attacks, needed
from nnbook_lib.in_page.cell import FORMS, LEFT, run
from nnbook_lib.in_page.needs import cells_needed
from nnbook_lib.live import attack, attacking
from nnbook_lib.live.attack_page import drawing, place, places, ticks
from nnbook_lib.live.attack_panel import AttackPanel
from nnbook_lib.live.attacking import Attack
from nnbook_lib.live.failure import FigureError

from conftest import CLOSED_STORE, PHONE, optional, site_with_python

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
sys.path.insert(0, str(ROOT / "tools"))
from nnbook_site import lengths, styles  # noqa: E402
from site_pages import text as book_text  # noqa: E402

STATIC = Path(styles.__file__).parent / "static"
SHEETS = "site.css", "figures.css", "captions.css", "exercises.css", "guess.css", "attack.css"


def shrinks(seed, width, depth):
    return float(np.exp(0.1 * (seed % 10) - 0.05 * depth) * (1 + 1 / width))


def grid(**settings):
    return {"seed": range(3), "width": [20, 100], "depth": [5, 10, 20]} | settings


HOLDS = Attack("Delta stays above 0.3.", shrinks, "first over last", 0.3, None, grid())
FELL = Attack("Delta stays below 0.9.", shrinks, "first over last", None, 0.9, grid())
BOTH = Attack(
    "It stays within a factor of a thousand.",
    lambda steps, lr: float(steps * lr),
    "steps times rate",
    1e-3,
    1e3,
    {"steps": [1, 2, 500], "lr": [0.002, 0.1]},
)
ALL = HOLDS, FELL, BOTH


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


# What is said --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (
            HOLDS,
            "Tried by the book: 18 settings. It held in each; the closest came 0.37 (seed 0, width 100, "
            "depth 20), and refuted would be below 0.3.",
        ),
        (
            FELL,
            "Tried by the book: 18 settings. Refuted by 3 of them, the clearest: 1, above 0.9 (seed 2, "
            "width 20, depth 5).",
        ),
        (
            BOTH,
            "Tried by the book: 6 settings. It held in each; the closest came 0.002 (steps 1, learning rate "
            "0.002), and refuted would be below 0.001 or above 1,000.",
        ),
    ],
)
def test_a_cell_stores_the_claim_and_what_came_of_it(one, words):
    assert plain(one.text) == f"{one.claim.words}\n{words}"
    assert one.holds is (one is not FELL)
    setting, value = one.closest
    assert one.tried[setting] == value


@pytest.mark.parametrize(
    ("one", "setting", "words"),
    [
        (
            HOLDS,
            (7, 33, 6),
            "It holds: 1.5 (seed 7, width 33, depth 6); refuted would be below 0.3.",
        ),
        (
            FELL,
            (0, 20, 20),
            "It holds: 0.39 (seed 0, width 20, depth 20); refuted would be above 0.9.",
        ),
        (
            FELL,
            (9_999, 20, 5),
            "Refuted: 2, above 0.9 (seed 9,999, width 20, depth 5). So it is by 3 of the book’s own "
            "tries.",
        ),
        (
            BOTH,
            (500, 0.01),
            "It holds: 5 (steps 500, learning rate 0.01); refuted would be below 0.001 or above 1,000.",
        ),
    ],
)
def test_what_is_said_of_a_try(one, setting, words):
    names = [knob.name for knob in one.claim.knobs]
    assert plain(one.says(**dict(zip(names, setting, strict=True)))) == words


def test_a_refutation_that_the_book_has_not_is_said_to_be_the_first():
    claim = HOLDS.claim
    said = plain(claim.says((3, 20, 20), 0.2, HOLDS.tried))
    assert said == (
        "Refuted: 0.2, below 0.3 (seed 3, width 20, depth 20). None of the book’s own tries refutes it."
    )
    best = plain(claim.best((3, 20, 20), 0.2, 1200, HOLDS.tried))
    assert best == (
        "Your clearest refutation: 0.2, below 0.3 (seed 3, width 20, depth 20), in 1,200 tries."
    )
    best = plain(claim.best((3, 20, 20), 0.31, 1, HOLDS.tried))
    assert best == (
        "The closest you came: 0.31 (seed 3, width 20, depth 20), in 1 try. None of the book’s own tries "
        "came as close."
    )


def test_a_value_and_its_bound_are_never_written_the_same():
    claim = Attack("A third.", lambda n: n / 3, "x", 1 / 3, None, {"n": [1, 2]}).claim
    assert claim.holds(1 / 3) and "0.33 " in plain(claim.says((1,), 1 / 3, {}))
    near = plain(claim.says((1,), 0.33331, {(1,): 1.0}))
    assert near.startswith("Refuted: 0.33331, below 0.33333 (")


def test_between_two_bounds_half_of_the_one_is_as_far_as_double_the_other():
    claim = BOTH.claim
    assert claim.slack(2e-3) == pytest.approx(claim.slack(500.0))
    assert claim.slack(-1.0) == -np.inf and not claim.holds(0.0)
    lin = Attack("x", lambda n: n, "x", -2, 4, {"n": [0, 1]}).claim
    assert lin.slack(-1) == 1 == lin.slack(3) and not lin.holds(4.5)


# What is none --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("", shrinks, "w", 1, None, grid()), "attack wants a claim in words; got ''"),
        (("C", 3, "w", 1, None, grid()), "attack 'C': wanted a function of the settings"),
        (("C", shrinks, "", 1, None, grid()), "what is measured is to be said in words"),
        (
            ("C", shrinks, "w", None, None, grid()),
            "it has no bound, so nothing refutes it. Write low=",
        ),
        (("C", shrinks, "w", np.nan, None, grid()), "low must be a finite number; got float nan"),
        (("C", shrinks, "w", 2, 1, grid()), "low must be less than high; got 2 and 1"),
        (
            ("C", shrinks, "w", 1, None, grid(units=[1])),
            "shrinks takes seed, width, depth, not 'units'",
        ),
        (("C", shrinks, "w", 1, None, {"seed": [1]}), "shrinks needs 'width', for which no values"),
        (("C", shrinks, "w", 1, None, grid(depth=5)), "depth=[1, 2, 5]; got int 5"),
        (("C", shrinks, "w", 1, None, grid(depth=[5, 5])), "all different"),
        (("C", shrinks, "w", 1, None, grid(depth="12")), "got str '12'"),
        (("C", shrinks, "w", 1, None, grid(seed=[0.5])), "seeds are whole numbers"),
        (
            ("C", shrinks, "w", 1, None, grid(seed=range(20))),
            "20 seed x 2 width x 3 depth = 120 settings",
        ),
        (("C", lambda: 1, "w", 1, None, {}), "a reader chooses 1 to 3 settings; got 0"),
    ],
)
def test_what_is_no_claim_is_refused_with_a_remedy(given, words):
    with pytest.raises(ValueError, match=r"^attack ") as refused:
        Attack(*given)
    assert words in str(refused.value) and str(refused.value).endswith(".")


@pytest.mark.parametrize("value", [np.nan, np.inf, "1", None, True, [1.0], np.ones(2)])
def test_a_measure_that_gives_no_number_is_named_with_the_setting(value, monkeypatch):
    monkeypatch.setattr(attacking, "SHOWN_BY", [])  # which a page that runs Python fills

    def measured(n):
        return value

    with pytest.raises(FigureError, match="at n=1, measured returned") as refused:
        attack("C", measured, "w", low=1, n=[1, 2])
    assert "wanted a finite number" in str(refused.value)


def test_a_measure_that_raises_is_told_with_its_own_line(monkeypatch):
    monkeypatch.setattr(attacking, "SHOWN_BY", [])

    def divided(seed, n):
        return 1 / seed

    with pytest.raises(FigureError) as refused:
        attack("C", divided, "w", low=0, seed=range(2), n=[1])
    said = str(refused.value)
    assert said.startswith(
        "attack 'C': measuring at seed=0, n=1 raised ZeroDivisionError: division by zero"
    )
    assert "in test_attack.py, line" in said and "`return 1 / seed`" in said
    assert isinstance(refused.value.__cause__, ZeroDivisionError)


def test_a_setting_is_any_number_between_the_ends():
    assert HOLDS.at(seed=9_999, width=57, depth=20) == shrinks(9_999, 57, 20)
    for wrong in {"width": 19}, {"width": 101}, {"depth": 5.5}, {"seed": -1}, {"seed": 10_000}:
        with pytest.raises(ValueError, match="a whole number from"):
            HOLDS.at(**{"seed": 1, "width": 20, "depth": 5} | wrong)
    with pytest.raises(ValueError, match="The settings are seed, width, depth; got seed"):
        HOLDS.at(seed=1)
    assert BOTH.at(steps=3, lr=0.05) == pytest.approx(0.15)


def test_another_claim_has_another_name_in_the_browser():
    same = Attack(HOLDS.claim.words, shrinks, "first over last", 0.3 + 1e-12, None, grid())
    assert same.kept == HOLDS.kept != FELL.kept
    for other in (
        Attack(HOLDS.claim.words, shrinks, "first over last", 0.31, None, grid()),
        Attack(HOLDS.claim.words, shrinks, "first over last", 0.3, None, grid(width=[20, 101])),
    ):
        assert other.kept != HOLDS.kept


# The picture ---------------------------------------------------------------------------------


def test_every_value_has_a_point_and_what_refutes_is_marked():
    for one in ALL:
        svg = drawing(one.claim, one.tried)
        assert svg.count("<circle") == len(one.tried)
        fell = sum(not one.claim.holds(v) for v in one.tried.values())
        assert svg.count("attack-fell") == fell
        assert svg.count("attack-side") == (one.claim.low is not None) + (
            one.claim.high is not None
        )
    assert ">you<" not in drawing(HOLDS.claim, HOLDS.tried)
    assert ">you<" in drawing(HOLDS.claim, HOLDS.tried, {})
    svg = drawing(HOLDS.claim, HOLDS.tried, {(1, 20, 5): 0.5, (2, 20, 5): -7.0})
    assert svg.count("attack-try") == 2 and svg.count("attack-point") == 1


def test_values_that_are_the_same_are_seen_apart():
    one = Attack("All right.", lambda seed, n: 0, "wrong", None, 0, {"seed": range(3), "n": [1, 2]})
    points = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', drawing(one.claim, one.tried))
    assert len(points) == len(set(points)) == 6


def test_beyond_two_decades_the_scale_is_logarithmic():
    at = places(BOTH.claim, BOTH.tried)
    assert at["log"] and ticks(at) == pytest.approx([1e-3, 0.1, 10, 1e3], rel=1e-9)
    assert place(at, -5) == at["x"][0] and place(at, 1e9) == at["x"][1]
    at = places(HOLDS.claim, HOLDS.tried)
    assert not at["log"] and 2 <= len(ticks(at)) <= 6 and "(logarithmic" not in HOLDS.page()


def test_a_claim_counts_as_a_live_figure_of_its_page():
    assert lengths.ATTACK.findall(HOLDS.page()) and not lengths.LIVE.findall(HOLDS.page())


# In a notebook -------------------------------------------------------------------------------


def test_in_a_notebook_widgets_say_the_same():
    panel = AttackPanel(HOLDS.claim, HOLDS.tried, HOLDS.at)
    assert {n: k.value for n, k in panel.knobs.items()} == {"seed": 0, "width": 100, "depth": 20}
    panel.knobs["seed"].value, panel.knobs["width"].value = 12, 37
    panel.button.click()
    for words in HOLDS.says(seed=12, width=37, depth=20), "in 1\N{NO-BREAK SPACE}try.":
        assert words in panel.said.value
    panel.knobs["seed"].value = 0
    panel.button.click()
    assert HOLDS.claim.best((0, 37, 20), shrinks(0, 37, 20), 2, HOLDS.tried) in panel.said.value
    assert panel.screen.value.count("attack-try") == 2


def test_in_a_notebook_what_raises_stands_where_the_sentence_stands():
    def divided(seed):
        if seed == 8:
            warnings.warn("Careful", stacklevel=1)
        return 1 / (seed - 7)

    one = Attack("C", divided, "w", -9, None, {"seed": [1, 2]})
    panel = AttackPanel(one.claim, one.tried, one.at)
    panel.knobs["seed"].value = 7
    panel.button.click()
    assert "<b>No number.</b>" in panel.said.value and "ZeroDivisionError" in panel.said.value
    panel.knobs["seed"].value = 8
    with warnings.catch_warnings():
        warnings.simplefilter("always")  # as in a notebook
        panel.button.click()
    assert "It holds: 1 " in panel.said.value and "UserWarning: Careful" in panel.said.value


# Which cells a try needs ---------------------------------------------------------------------

CELLS = [
    "import numpy as np\nfrom nnbook_lib.live import attack",
    "heavy = sum(range(10**9))",
    "RATE = 0.05",
    "def factor(depth):\n    return np.exp(-RATE * depth)",
    "print(heavy)",
    "def shrinks(seed, width, depth):\n    return float(factor(depth) * (1 + seed / 10 + 1 / width))",
    'attack("Delta stays above 0.3.", shrinks, "first over last", low=0.3,\n'
    "       seed=range(2), width=[20, 100], depth=[5, 20])",
]


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (CELLS, [0, 2, 3, 5, 6]),
        (["x = 1", "def f(): return x", "x = 2", "f"], [1, 2, 3]),  # asked for as it is called
        (["x = 1", "y = [x for _ in range(3)]", "x = 2", "y"], [0, 1, 3]),  # and at once
        (["x = 1", "x += 1", "x"], [0, 1, 2]),
        (["x = 1", "x = 2", "x"], [1, 2]),
        (["import numpy as np", "class A:\n    a = np.pi", "%matplotlib inline\nA"], [0, 1, 2]),
        (["x = (", "y = 1", "y"], [1, 2]),
        (["x = 1", "x = ("], [1]),
        (["a = 1", "def g():\n    a = 2\n    return a", "g"], [1, 2]),
        (["f = lambda: g()", "g = lambda: 1", "f"], [0, 1, 2]),
        (["x = 1", "x = 3; print(x)"], [1]),
    ],
)
def test_a_try_needs_the_cells_whose_names_it_asks_for(cells, wanted):
    assert cells_needed(cells, len(cells) - 1) == wanted
    asked = json.dumps({"cells": cells, "at": len(cells) - 1})
    assert json.loads(needed(asked)) == {"cells": wanted}


@pytest.fixture
def page(monkeypatch):
    """Where the page runs Python."""
    monkeypatch.setattr(attacking, "SHOWN_BY", [attacks.called.show])
    monkeypatch.setattr("nnbook_lib.in_page.cell.FORMS", [*FORMS, attacks.called.form])
    monkeypatch.setattr("nnbook_lib.in_page.cell.LEFT", [*LEFT, attacks.called.left])
    monkeypatch.setattr("nnbook_lib.in_page.cell._page", {"__name__": "__main__"})
    monkeypatch.setattr(attacks, "_open", {})


def asked(function, **values):
    return json.loads(function(json.dumps(values)))


def test_a_page_runs_the_cells_that_are_needed_and_no_try_of_the_books(page):
    tried = []
    for number in cells_needed(CELLS, 6):
        source = CELLS[number].replace("return float", "print('measured')\n    return float")
        done = json.loads(run(json.dumps({"source": source, "name": "c", "shared": True})))
        assert done["status"] == "ok"
        tried.append(done)
    (shown,) = tried[-1]["shown"]
    assert shown["kind"] == "attack" and tried[-1]["printed"] == ""
    told = asked(attacks.attack, kept=shown["kept"], at=[7, 33, 11])
    assert told["value"] == pytest.approx(np.exp(-0.55) * (1.7 + 1 / 33)) and told["html"] == ""
    assert (
        "from 20 to 100; got 7" in asked(attacks.attack, kept=shown["kept"], at=[1, 7, 11])["html"]
    )
    assert asked(attacks.attack, kept="0" * 12, at=[1]) == {"missing": True}
    assert 'class="attack"' in asked(attacks.attacked, kept=shown["kept"])["html"]


NOTEBOOKS = [
    path
    for path in sorted((ROOT / "book").rglob("*.ipynb"))
    if re.search(r'^ *"attack\(', path.read_text("utf-8"), re.M)
]


MOST_CALLS = 3_000_000  # a second or two here, and under twenty in WebAssembly


@contextmanager
def work():
    """How many functions are called inside, Python's and C's: the same on every machine."""
    calls = [0]

    def count(frame, event, told):
        calls[0] += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        yield calls
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_books_claims_can_be_attacked_without_its_heavy_cells(notebook, monkeypatch):
    """The cells that a try needs have all its names, do next to nothing, and the largest setting is no
    more than some seconds' work.
    """
    found = []
    monkeypatch.setattr(attacking, "SHOWN_BY", [found.append])
    monkeypatch.setattr(plotting, "use_style", lambda: None)  # which is a kernel's
    cells = [c for c in nbformat.read(notebook, 4).cells if c.cell_type == "code"]
    sources = [c.source for c in cells if "remove-cell" not in c.metadata.get("tags", [])]
    numbers = [i for i, source in enumerate(sources) if re.search(r"^attack\(", source, re.M)]
    assert numbers
    for at in numbers:
        names, found[:] = {"__name__": "__main__"}, []
        with work() as defined:
            for number in cells_needed(sources, at):
                exec(compile(sources[number], f"<cell {number}>", "exec"), names)
        (one,) = found
        with warnings.catch_warnings(), work() as tried:
            warnings.simplefilter("ignore")  # a reader is told of them
            one.at(**{knob.name: knob.ends[1] for knob in one.claim.knobs})
        assert max(*defined, *tried) < MOST_CALLS, (one.claim.words, defined, tried)


# On a page -----------------------------------------------------------------------------------


def cell(source, output=""):
    """A code cell as the site has it."""
    code = f'<div class="highlight"><pre>{escape(source)}</pre></div>'
    return (
        f'<div class="cell docutils container"><div class="cell_input docutils container"><div '
        f'class="highlight-ipython3 notranslate">{code}</div></div>'
        + (output and f'<div class="cell_output docutils container">{output}</div>')
        + "</div>"
    )


def written_page(folder, body, scripts, more=""):
    """page.html in a folder that has the site's own files."""
    shutil.copytree(STATIC, folder / "_static")
    sheets = "".join(f'<link rel="stylesheet" href="_static/{s}">' for s in SHEETS)
    scripts = "".join(f'<script defer src="_static/{s}.js"></script>' for s in scripts)
    (folder / "page.html").write_text(
        '<!doctype html><html lang="en" data-theme="light"><head><title>Attack</title><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{sheets}{more}'
        f'<link rel="icon" href="_static/logo.svg">{scripts}</head>'
        '<body style="margin: 0 16px"><main class="bd-main bd-content"><article class="bd-article">'
        f"<section><h1>Attack</h1>{body}</section></article></main></body></html>",
        encoding="utf-8",
    )
    return folder


def shown(one):
    return f'<div class="output text_html">{one.page()}</div>'


@pytest.fixture
def claimed(tmp_path):
    """A folder with a page that has these claims, as the site has them."""
    body = "".join(f'<div class="cell_output">{shown(one)}</div>' for one in ALL)
    return written_page(tmp_path / "html", body, ("progress", "attack"))


def figure(seen, one):
    return seen.locator(f"#{one.key}")


def tried(seen, one, setting):
    """Choose a setting and try it; what is said."""
    for field, value in zip(figure(seen, one).locator("select").all(), setting, strict=True):
        field.select_option(str(value))
    figure(seen, one).get_by_role("button", name="Try to refute it").click()
    said = figure(seen, one).locator(".attack-said").text_content()
    return said, figure(seen, one).locator(".attack-best").text_content()


def test_every_try_is_told_in_the_notebooks_words(claimed, visit):
    seen = visit((claimed / "page.html").as_uri())
    for one in ALL:
        mine = {}
        for setting in one.claim.settings():
            mine[setting] = one.tried[setting]
            best = one.claim.best(*one.claim.closest(mine), len(mine), one.tried)
            said = one.claim.says(setting, one.tried[setting], one.tried)
            assert tried(seen, one, setting) == (said, best)
        picture = figure(seen, one).locator("svg")
        assert picture.locator(".attack-try").count() == len(mine)
        x = place(places(one.claim, one.tried), one.claim.closest(mine)[1])
        assert float(picture.locator(".attack-point").get_attribute("cx")) == pytest.approx(
            x, abs=0.1
        )
    assert seen.complaints == []


NUMBERS = [0, 1, -3, 12_345, 0.125, 0.375, 2.5, 0.045, 1.005, 12.5, 1234.5, 99_999.5, 1e5, 123_456]
NUMBERS += [
    0.00095,
    0.000949999,
    3.2e-13,
    -7e22,
    0.1 + 0.2,
    0.99951,
    1 / 3,
    2.0**-20,
    1e300,
    5e-324,
]


def test_the_script_writes_numbers_as_python_does(tmp_path, visit):
    rng = np.random.default_rng(0)
    some = [*NUMBERS, *(rng.normal(size=60) * 10.0 ** rng.integers(-9, 9, 60)).tolist()]
    one = Attack("Numbers.", lambda n: float(some[n]), "x", -1e308, None, {"n": [*range(60)]})
    more = Attack(
        "More.", lambda n: float(some[n]), "x", -1e308, None, {"n": [*range(60, len(some))]}
    )
    body = f"{one.page()}{more.page()}"
    page = written_page(tmp_path / "html", body, ("progress", "attack"))
    seen = visit((page / "page.html").as_uri())
    for each in one, more:
        for (n,), value in each.tried.items():
            said, _ = tried(seen, each, [n])
            assert said == each.claim.says((n,), value, each.tried)


def test_the_best_try_and_their_number_are_kept(claimed, visit):
    seen = visit((claimed / "page.html").as_uri())
    for setting in (1, 20, 5), (0, 20, 10), (0, 20, 10), (2, 100, 5):
        _, best = tried(seen, HOLDS, setting)
    assert best == HOLDS.claim.best((0, 20, 10), shrinks(0, 20, 10), 3, HOLDS.tried)
    seen.reload()
    assert figure(seen, HOLDS).locator(".attack-best").text_content() == best
    assert figure(seen, HOLDS).locator(".attack-point").count() == 1
    kept = {HOLDS.kept: f"3;0,20,10;{shrinks(0, 20, 10)!r}"}
    assert seen.evaluate("nnbook.progress.saved()") == [["attack:page", kept]]
    take = "([record, really]) => nnbook.progress.take('attack:page', record, really)"
    theirs = {HOLDS.kept: "1;1,1,1;1", FELL.kept: "2;9,57,11;0.95"}
    assert seen.evaluate(take, [theirs, True]) and not seen.evaluate(take, [theirs, True])
    assert figure(seen, HOLDS).locator(".attack-best").text_content() == best
    said = FELL.claim.best((9, 57, 11), 0.95, 2, FELL.tried)
    assert figure(seen, FELL).locator(".attack-best").text_content() == said
    for bad in {"<b>": "1;1;1"}, {HOLDS.kept: "1;1"}, {HOLDS.kept: "0;1;1"}, {HOLDS.kept: 1}, "1":
        with pytest.raises(Exception, match="attack"):
            seen.evaluate(take, [bad, True])
    seen.evaluate("nnbook.progress.forget('attack')")
    assert figure(seen, HOLDS).locator(".attack-best").text_content() == ""
    assert seen.complaints == []


def test_where_nothing_is_kept_a_try_counts_all_the_same(claimed, visit):
    seen = visit((claimed / "page.html").as_uri())
    seen.add_init_script(CLOSED_STORE)
    seen.reload()
    tried(seen, FELL, (0, 20, 20))
    _, best = tried(seen, FELL, (2, 20, 5))
    assert best == FELL.claim.best((2, 20, 5), shrinks(2, 20, 5), 2, FELL.tried)
    assert seen.complaints == []


def test_what_is_kept_of_another_claim_or_nonsense_is_none(claimed, visit):
    seen = visit((claimed / "page.html").as_uri())
    for bad in (
        '{"x": "1"}',
        f'{{"{HOLDS.kept}": "3;1,2;0.5"}}',
        f'{{"{HOLDS.kept}": "a"}}',
        "[",
        "3",
    ):
        seen.evaluate("bad => localStorage.setItem('nnbook-attack:page', bad)", bad)
        seen.reload()
        assert figure(seen, HOLDS).locator(".attack-best").text_content() == ""
        assert seen.complaints == []


HEIGHTS = """() => [...document.querySelectorAll(".attack svg text")]
  .map((text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""


def test_on_a_phone_a_finger_finds_it_and_nothing_is_cut(claimed, visit):
    seen = visit((claimed / "page.html").as_uri(), viewport=PHONE, has_touch=True)
    tried(seen, HOLDS, (0, 20, 20))
    for box in seen.locator(".attack :is(select, button)").all():
        assert box.bounding_box()["height"] >= 44
    for width in 390, 340, 320:
        seen.set_viewport_size({"width": width, "height": 800})
        assert seen.evaluate("document.documentElement.scrollWidth") <= width
        assert min(seen.evaluate(HEIGHTS)) >= 10.5
    assert seen.complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(claimed, visit, theme):
    axe = optional("axe_playwright_python.sync_playwright").Axe()
    seen = visit((claimed / "page.html").as_uri())
    seen.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    for one in ALL:
        tried(seen, one, one.closest[0])
    found = axe.run(seen, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []


def test_without_scripts_and_on_paper_there_are_claim_picture_and_tries(claimed, visit):
    still = visit((claimed / "page.html").as_uri(), java_script_enabled=False)
    for one in ALL:
        assert one.claim.words in figure(still, one).inner_text()
        assert one.claim.told(one.tried) in figure(still, one).inner_text()
        assert figure(still, one).locator("svg circle").count() == len(one.tried)
        assert figure(still, one).locator("button").count() == 0
    paper = visit((claimed / "page.html").as_uri())
    paper.emulate_media(media="print")
    assert not paper.locator(".attack-row").first.is_visible()


def test_in_the_epub_and_the_pdf_there_is_nothing_to_press(claimed):
    page = book_text(claimed, "page")
    assert len(page.select("figure.attack svg")) == len(ALL)
    assert not page.select("input, button, select, script")


def test_the_site_s_one_sheet_keeps_every_rule():
    """It keeps those whose classes some page has, or some script has as a word."""
    sheet = (STATIC / "attack.css").read_text(encoding="utf-8")
    files = [STATIC / "attack.js", STATIC / "page.js", *(STATIC.parent / "in_page").glob("*ing.js")]
    scripts = "".join(file.read_text("utf-8") for file in files)
    given = " ".join(styles.GIVEN.findall("".join(one.page() for one in ALL)))
    known = {
        *styles.WORD.findall(scripts),
        *given.split(),
        "bd-content",
        "cell_output",
        "text_html",
    }
    known |= {"bd-article", "attack-fell"}
    everything = {*styles.WORD.findall(sheet)}
    rules = styles.parsed(sheet)
    assert [*styles.kept(rules, known)] == [*styles.kept(rules, everything)]


def test_the_script_is_small():
    assert len(gzip.compress((STATIC / "attack.js").read_bytes())) < 3000


# With the page's Python ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """The address of a page that has Python, over http: CELLS, one of them heavy, and their claim."""
    python = site_with_python() / "_static" / "python"
    names = {}
    for number in cells_needed(CELLS, 6)[:-1]:
        exec(CELLS[number], names)
    made = Attack(
        *("Delta stays above 0.3.", names["shrinks"], "first over last", 0.3, None),
        {"seed": range(2), "width": [20, 100], "depth": [5, 20]},
    )
    body = '<nav class="doors"><ul></ul></nav>' + "".join(map(cell, CELLS[:-1]))
    told = 'id="nnbook-python" data-root="./" data-version="1" data-bytes="1" data-drawing="1"'
    folder = tmp_path_factory.mktemp("running") / "html"
    more = f'<script defer src="_static/run.js" {told}></script>'
    written_page(folder, body + cell(CELLS[-1], shown(made)), ("progress", "attack"), more)
    (folder / "_static" / "python").symlink_to(python, target_is_directory=True)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/page.html", made
    server.shutdown()
    server.server_close()


def typed(seen, one, **setting):
    """Type a setting and try it; what is said in the end."""
    for name, value in setting.items():
        figure(seen, one).get_by_label(name, exact=True).fill(str(value))
    figure(seen, one).get_by_role("button", name="Try to refute it").click()
    said = figure(seen, one).locator(".attack-said")
    seen.wait_for_function(
        "at => { const said = document.querySelector(`${at} .attack-said`).textContent;"
        " return said && !said.startsWith('Running') }",
        arg=f"#{one.key}",
    )
    return said.inner_text()


def test_with_python_any_setting_is_tried_and_only_what_it_needs_is_run(running, visit):
    address, one = running
    seen = visit(address)
    figure(seen, one).get_by_role("button", name="Choose any setting, with Python").click()
    seen.get_by_role("button", name="Load Python").click()
    seen.wait_for_function("document.activeElement.matches('.attack input')")
    said = typed(seen, one, seed=77, width=33, depth=11)
    assert said == one.says(seed=77, width=33, depth=11)
    ran = seen.locator(".run-said").all_inner_texts()
    assert [i for i, each in enumerate(ran) if each.startswith("Ran in")] == [0, 2, 3, 5, 6]
    assert ran[1] == ran[4] == "Not run." and figure(seen, one).count() == 1
    best = one.claim.best((77, 33, 11), one.at(seed=77, width=33, depth=11), 1, one.tried)
    assert figure(seen, one).locator(".attack-best").inner_text() == best

    said = typed(seen, one, width=7)
    assert said == "Wanted is width: a whole number from 20 to 100; got 7."
    assert typed(seen, one, width=21.5).endswith("got 21.5.")

    axe = optional("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(seen, context={"include": [["figure.attack"]]}).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []

    # a cell that it needs is changed: told, and not kept; one that raises: told with its line
    field = seen.get_by_role("textbox", name="Code of cell 3", exact=True)
    for text, words in (
        ("RATE = 5.0", "cells that it needs are not as the book has them"),
        ("RATE = None", "No number."),
    ):
        field.focus()
        seen.keyboard.press("ControlOrMeta+a")
        seen.keyboard.insert_text(text)
        said = typed(seen, one, width=50)
        assert words in said, said
        assert figure(seen, one).locator(".attack-best").inner_text() == best
    assert "TypeError" in said and "in cell 4, line 2" in said

    # another claim in its cell: the book's stays, and the changed one stands under it
    seen.get_by_role("button", name="Reset the page’s cells").click()
    field = seen.get_by_role("textbox", name="Code of cell 7", exact=True)
    seen.locator("details.hide, details").evaluate_all(
        "all => all.forEach((d) => { d.open = true })"
    )
    field.focus()
    seen.keyboard.press("ControlOrMeta+a")
    seen.keyboard.insert_text(CELLS[-1].replace("low=0.3", "low=1.2"))
    figure(seen, one).get_by_role("button", name="Try to refute it").click()
    anew = seen.locator(f"figure.attack:not([data-kept='{one.kept}'])")
    anew.get_by_text("and refuted would be").or_(anew.get_by_text("Refuted by")).wait_for()
    assert "those of the cell as it stands" in seen.locator(".run-cell").last.inner_text()
    anew.get_by_label("depth", exact=True).fill("19")
    anew.get_by_role("button", name="Try to refute it").click()
    anew.locator(".attack-said", has_text="below 1.2").wait_for()
    assert "does not count" in anew.locator(".attack-said").inner_text()

    # a function that does not end is stopped, and the next try finds Python again
    seen.get_by_role("button", name="Reset the page’s cells").click()
    field = seen.get_by_role("textbox", name="Code of cell 4", exact=True)
    field.focus()
    seen.keyboard.press("ControlOrMeta+a")
    seen.keyboard.insert_text("def factor(depth):\n    while True:\n        pass\n")
    figure(seen, one).get_by_role("button", name="Try to refute it").click()
    seen.wait_for_function(
        "/^Running …, [2-9]/.test(document.querySelector('.attack-said').textContent)"
    )
    figure(seen, one).get_by_role("button", name="Stop").click()
    seen.wait_for_function(
        "document.querySelector('.attack-said').textContent === 'Python was stopped.'"
    )
    seen.get_by_role("button", name="Reset the page’s cells").click()
    assert typed(seen, one, width=50) == one.says(seed=77, width=50, depth=11)
    assert seen.complaints == []
