"""Live figures without a browser: controls, captions, refusals, frames and when they are redrawn."""

import base64
import gzip
import json
import re

import ipywidgets
import numpy as np
import pytest

import nnbook_lib
from nnbook_lib.live import Explorer, explore, frames, log, play, sources, stops
from nnbook_lib.live.controls import controls
from nnbook_lib.live.fingerprint import fingerprint


def wave(fig, periods=2, lr=0.1, damped=False):
    x = np.linspace(0, 1, 20)
    y = np.sin(2 * np.pi * periods * x) * (np.exp(-x) if damped else 1) * lr
    fig.subplots().plot(x, y, marker="o")
    return f"{periods} periods at {lr:g}, {'damped' if damped else 'whole'}."


KNOBS = {"periods": (1, 3), "lr": log(0.01, 1, per_decade=1), "damped": False}


def unpack(page):
    packed = re.search(r'class="live-frames">([^<]+)<', page)[1]
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def plain(picture):
    """A picture without its ghost."""
    return re.sub(r'<g class="ghost".*?</g>', "", picture)


@pytest.mark.parametrize(
    ("short", "values", "kind"),
    [
        ((1, 4), (1, 2, 3, 4), "slider"),
        ((0, 10, 5), (0, 5, 10), "slider"),
        ((0.0, 0.3), (0.0, 0.1, 0.2, 0.3), "slider"),
        ((-1.0, 1.0, 0.5), (-1.0, -0.5, 0.0, 0.5, 1.0), "slider"),
        (["relu", "tanh"], ("relu", "tanh"), "choice"),
        ([("small", 1), ("large", 9)], (1, 9), "choice"),
        ({"small": 1, "large": 9}, (1, 9), "choice"),
        (True, (False, True), "switch"),
        (log(0.001, 1), (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0), "slider"),
        (log(1e-16, 1e-14, 1), (1e-16, 1e-15, 1e-14), "slider"),
        (stops(1, 5, 20), (1, 5, 20), "slider"),
        (play(0, 20, 10), (0, 10, 20), "slider"),
        (play(stops(0, 1, 10)), (0, 1, 10), "slider"),
        (ipywidgets.IntSlider(min=1, max=3, value=2), (1, 2, 3), "slider"),
        (ipywidgets.FloatLogSlider(min=-2, max=0, step=1, value=0.1), (0.01, 0.1, 1.0), "slider"),
        (ipywidgets.Dropdown(options=["a", "b"]), ("a", "b"), "choice"),
        (ipywidgets.SelectionSlider(options=[2, 4], value=4), (2, 4), "slider"),
        (ipywidgets.Checkbox(value=True), (False, True), "switch"),
    ],
)
def test_abbreviations_of_interact(short, values, kind):
    (control,), fixed = controls({"x": short}, {})
    assert (control.values, control.kind, fixed) == (values, kind, {})
    assert control.values[control.start] == getattr(short, "value", control.values[control.start])


@pytest.mark.parametrize("single", [3, 0.5, "relu", ipywidgets.fixed("relu"), None])
def test_a_single_value_is_fixed(single):
    assert controls({"x": single}, {}) == ([], {"x": getattr(single, "value", single)})


def test_an_explorer_moves_without_a_browser():
    figure = Explorer(wave, "a wave", KNOBS)
    assert figure.values == {"periods": 2, "lr": 0.1, "damped": False}
    assert figure.caption == "2 periods at 0.1, whole."
    before = figure.svg
    assert figure.set(periods=3, damped=True).caption == "3 periods at 0.1, damped."
    assert figure.svg != before and 'aria-label="a wave"' in figure.svg


def sentence_missing(fig, a=1):
    fig.subplots()


def breaks_at_two(fig, a=1):
    fig.subplots()
    return f"{1 / (2 - a)}"


@pytest.mark.parametrize(
    ("draw", "knobs", "words"),
    [
        (wave, {"period": (1, 3)}, r"figure wave: draw takes periods, lr, damped, not 'period'"),
        (lambda fig, a: "", {}, "'a' has neither a control nor a default"),
        (wave, {"periods": (3, 1)}, r"figure wave: control periods: \(3, 1, 1\) is no range"),
        (wave, {"periods": (1, 3, 0)}, "no range"),
        (wave, {"periods": ipywidgets.Text()}, "Text has no finite list of values"),
    ],
)
def test_what_cannot_work_is_refused_by_name(draw, knobs, words):
    with pytest.raises(ValueError, match=words):
        explore(draw, alt="a wave", **knobs)


LARGE = {  # controls too large for a page: the words while the book is built, the start otherwise
    "many values": ({"periods": (1, 300)}, "300 values; wanted 2 to 60", 2),
    "many tenths": ({"periods": (0.0, 10.0)}, "101 values; wanted 2 to 60", 2.0),
    "many pictures": (
        {"periods": (1, 50), "lr": log(0.001, 1)},
        "50 periods x 10 lr = 500 pictures",
        2,
    ),
    "below the grid": ({"periods": (5, 9)}, "periods=2 is not on its grid: 5, 6, 7, 8, 9", 5),
    "between": ({"periods": (0, 9, 3)}, "periods=2 is not on its grid: 0, 3, 6, 9", 3),
    "not in the menu": ({"periods": [7, 9]}, "periods=2 is not on its grid: 7, 9", 7),
    "one value": ({"periods": [2]}, "1 value; wanted 2 to 60", 2),
    "a widget": ({"periods": ipywidgets.IntSlider(2, 1, 99)}, "99 values; wanted 2 to 60", 2),
    "a million": ({"periods": (0, 1e6, 1)}, "1000001 values; wanted 2 to 60", 2.0),
    "more than a list holds": ({"periods": range(10**12)}, "wanted 2 to 60", 2),
}


@pytest.mark.parametrize(("knobs", "words", "start"), LARGE.values(), ids=LARGE)
def test_a_page_is_limited_and_a_notebook_is_not(knobs, words, start, monkeypatch):
    figure = Explorer(wave, "a wave", knobs)
    figure._widgets()
    assert figure.caption.startswith(f"{start} periods at 0.1")
    monkeypatch.setenv("NNBOOK_FRAMES", "frames")
    with pytest.raises(ValueError, match=f"live figure wave: .*{words}"):
        explore(wave, alt="a wave", **knobs)


def test_a_page_is_limited_wherever_it_is_made(tmp_path):
    with pytest.raises(ValueError, match="figure wave: control periods: it has 300 values"):
        Explorer(wave, "a wave", {"periods": (1, 300)}).page(tmp_path)


@pytest.mark.parametrize(
    ("short", "kind", "moved", "words"),
    [
        ((0.0, 10.0), ipywidgets.FloatSlider, 7.3, "7.3 periods"),
        ((0, 1e6, 1), ipywidgets.FloatSlider, 123456.0, "123456.0 periods"),
        ((0, 10**6), ipywidgets.IntSlider, 77, "77 periods"),
        (play(0, 500), ipywidgets.IntSlider, 499, "499 periods"),
    ],
)
def test_a_long_slider_is_that_of_interact(short, kind, moved, words):
    figure = Explorer(wave, "a wave", {"periods": short})
    _, row, _, caption = figure._widgets().children
    slider = getattr(row.children[0], "children", row.children)[-1]
    slider.value = moved
    assert isinstance(slider, kind) and words in caption.value
    assert figure.set(periods=moved + 1).values["periods"] == slider.value == moved + 1
    with pytest.raises(ValueError, match=r"periods=-1 is not on its grid: .* in steps of"):
        figure.set(periods=-1)


def test_alt_is_wanted():
    with pytest.raises(ValueError, match="needs alt="):
        explore(wave, alt=" ")


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (breaks_at_two, "breaks_at_two: drawing it at a=2 raised ZeroDivisionError"),
        (sentence_missing, "sentence_missing returned None at a=1; wanted its caption"),
    ],
)
def test_a_draw_that_fails_names_figure_and_point(draw, words, tmp_path):
    with pytest.raises(RuntimeError, match=words):
        Explorer(draw, "alt", {"a": (1, 3)}).page(tmp_path)


def test_set_takes_what_is_on_the_grid_only():
    figure = Explorer(wave, "a wave", KNOBS)
    with pytest.raises(ValueError, match="no control 'depth'; it has periods, lr, damped"):
        figure.set(depth=3)
    with pytest.raises(ValueError, match=r"periods=7 is not on its grid: 1, 2, 3\."):
        figure.set(periods=7)
    assert figure.values["periods"] == 2


def test_widgets_and_figure_follow_each_other():
    figure = Explorer(wave, "a wave", KNOBS | {"periods": ipywidgets.IntSlider(2, 1, 3)})
    _, row, screen, words = figure._widgets().children
    row.children[0].value, row.children[2].value = 3, True
    assert (
        words.value == "<p><b>3 periods at 0.1, damped.</b></p>"
        and plain(screen.value) == figure.svg
    )
    figure.set(periods=1, lr=1.0)
    assert (row.children[0].value, row.children[1].label) == (1, "1")
    assert "1 periods at 1, damped." in words.value


def test_a_page_holds_the_picture_of_every_combination(tmp_path):
    figure = Explorer(wave, "a wave", KNOBS)
    page = figure.page(tmp_path)
    held = unpack(page)
    assert len(held["f"]) == len(set(held["c"])) == 18
    assert "".join(held["t"][i] for i in held["f"][2 * 3 + 1 * 2]) in page  # 2 periods, 0.1, whole
    figure.set(periods=3, lr=1.0, damped=True)
    assert "".join(held["t"][i] for i in held["f"][-1]) in figure.svg
    assert held["c"][-1] == figure.caption


def test_ink_is_the_pages_and_ids_are_the_figures_own(tmp_path):
    page = Explorer(wave, "a wave", KNOBS).page(tmp_path)
    assert "#000" not in page and "currentColor" in page and "DejaVu" not in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) and all(i.startswith("live-wave") for i in ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_a_cached_figure_is_not_drawn_again(tmp_path, monkeypatch):
    page = Explorer(wave, "a wave", KNOBS).page(tmp_path)
    monkeypatch.setattr(frames, "_draw_all", lambda *_: pytest.fail("drawn again"))
    assert Explorer(wave, "a wave", KNOBS).page(tmp_path) == page


SOURCE = """
import functools, numpy as np, nnbook_lib as nn
{given}
class Helper:
    rate = {rate}
    def go(self): return {inner}
@functools.cache
def helper(x): return Helper().go() * x + {constant}
kept = functools.partial(lambda x: {part})
item = Helper()
item.size = {state}
def draw(fig, a={default}):
    def local(): return helper(a) + data.sum() + {nested} + kept(1) + item.size
    return local()
"""
PARTS = {"given": "data = np.ones(3)", "rate": 1, "inner": 2, "constant": 3, "default": 4}
PARTS |= {"nested": 5, "part": 6, "state": 7}


def mark(**changes):
    space = {"__name__": "__main__"}
    exec(SOURCE.format(**PARTS | changes), space)
    return fingerprint(space["draw"], 1)


@pytest.mark.parametrize("part", [{k: f"{v} + 1"} for k, v in PARTS.items()], ids=list(PARTS))
def test_whatever_draws_a_figure_counts_in_its_fingerprint(part):
    assert mark() == mark() != mark(**part)


@pytest.mark.parametrize(
    ("body", "edited", "counts"),
    [
        ("nn.Dense", "dense.py", True),
        ("nn.Dense", "initializers.py", True),  # dense.py imports it
        ("nn.Dense", "optimizers.py", False),
        ("nn.LSTMCell", "recurrent.py", True),
        ("nn.mlp(2, 1, depth=1)", "recurrent.py", False),
        ("nn.mlp(2, 1, depth=1)", "norm.py", True),
        ("nn.datasets.digits()", "digits.npz", True),
        ("nn.Dense", "digits.npz", False),
        ("nn.Dense", "easel.py", False),  # but what draws the figure counts by itself, see frames
        ("getattr(nn, word)", "optimizers.py", True),
        ("nn.exercises.check", "skip.py", True),
        ("nn.exercises.check('forward.layer')", "forward.py", True),
        ("nn.exercises.check('forward.layer')", "judging.py", True),
        ("nn.exercises.check('forward.layer')", "skip.py", False),
        ("nn.exercises.check('forward.layer'), 'skip'", "skip.py", False),
        ("kept.Residual", "containers.py", True),
        ("lambda: nn.Dense", "dense.py", True),
    ],
)
def test_of_the_library_the_files_count_that_are_run_on(body, edited, counts, monkeypatch):
    def mark():
        space = {"__name__": "__main__", "nn": nnbook_lib, "kept": nnbook_lib.containers}
        exec(f"def draw(fig): return {body}", space)
        return fingerprint(space["draw"])

    plain, content = mark(), sources._content
    monkeypatch.setattr(
        sources, "_content", lambda file: content(file) + b"edited" * (file.name == edited)
    )
    assert (mark() != plain) is counts


def test_what_cannot_be_told_has_no_fingerprint():
    assert fingerprint(wave, (i for i in range(3))) is None
