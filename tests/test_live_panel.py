"""Live figures in a notebook, and the words under them."""

import re

import numpy as np
import pytest
from bs4 import BeautifulSoup

from nnbook_lib.live import Explorer, caption, panel, play, stops


def wave(fig, periods=2, shape="sine"):
    x = np.linspace(0, 1, 30)
    y = np.sin(2 * np.pi * periods * x)
    ax = fig.subplots()
    ax.plot(x, np.sign(y) if shape == "square" else y)
    ax.set(xlim=(0, 1), ylim=(-2, 2) if shape == "square" else (-1, 1))
    return f"It swings {periods} times. The shape is {shape}."


KNOBS = {"periods": stops(1, 2, 5, 10), "shape": ["sine", "square"]}
PRESETS = {"Ten, square": {"periods": 10, "shape": "square"}, "Five": {"periods": 5}}


@pytest.fixture
def time(monkeypatch):
    """A clock that a test sets."""
    now = [0.0]
    monkeypatch.setattr(panel, "monotonic", lambda: now[0])
    return now


def opened(**more):
    """(the figure, its buttons by name, its controls, picture and words)."""
    figure = Explorer(wave, "A wave", KNOBS | more, PRESETS)
    tools, row, screen, words = figure._widgets().children
    named = {
        tool.description or getattr(tool, "tooltip", "") or "note": tool for tool in tools.children
    }
    return figure, named, row.children, screen, words


def curve(picture):
    """Where the curve of a picture runs, and that of its ghost if there is one."""
    soup = BeautifulSoup(picture, "html.parser")
    ghost = [path["d"] for path in soup.select(".ghost path")]
    paths = [p["d"] for p in soup.select("path[clip-path]") if p["d"] not in ghost]
    return paths[-1], ghost


def test_presets_and_reset_are_buttons(time):
    figure, tools, _, screen, words = opened()
    assert list(tools)[:2] == list(PRESETS)
    tools["Ten, square"].click()
    assert figure.values == {"periods": 10, "shape": "square"}
    assert words.value == "<p><b>It swings 10 times.</b> The shape is square.</p>"
    tools["Five"].click()
    assert figure.values == {"periods": 5, "shape": "sine"}
    five = curve(screen.value)[0]
    tools["Reset"].click()
    assert figure.values == {"periods": 2, "shape": "sine"}
    assert curve(screen.value)[1] == [five]


def test_a_run_of_moves_has_one_ghost_and_a_pause_begins_another(time):
    _, tools, (periods, shape), screen, _ = opened()
    two = curve(screen.value)[0]
    assert curve(screen.value) == (two, [])
    periods.value = 2
    five = curve(screen.value)[0]
    assert curve(screen.value) == (five, [two])
    time[0] = 0.3
    periods.value = 3
    ten = curve(screen.value)[0]
    assert curve(screen.value) == (ten, [two])
    time[0] = 2.0
    periods.value = 0
    assert curve(screen.value)[1] == [ten]
    tools["last setting"].value = False
    assert curve(screen.value)[1] == []
    tools["last setting"].value = True
    assert curve(screen.value)[1] == [ten]
    shape.value = 1
    note = tools["note"]
    assert curve(screen.value)[1] == [] and "the scale has changed" in note.value
    shape.value = 0
    assert note.value == ""


def test_a_picture_that_failed_leaves_no_ghost(time):
    def draw(fig, a=1):
        if a == 2:
            raise OverflowError
        ax = fig.subplots()
        ax.plot([0, a])
        ax.set_ylim(0, 3)
        return f"Up to {a}."

    figure = Explorer(draw, "A line", {"a": (1, 3)})
    _, (slider,), screen, words = (
        getattr(each, "children", each) if i == 1 else each
        for i, each in enumerate(figure._widgets().children)
    )
    slider.value = 1
    assert "No picture." in words.value
    slider.value = 2
    assert "ghost" not in screen.value and words.value == "<p><b>Up to 3.</b></p>"


def test_a_slider_that_plays_leaves_the_ghost_of_its_start(time):
    _, _, (box, _), screen, _ = opened(periods=play(1, 10))
    two = curve(screen.value)[0]
    runner, _ = box.children
    for step in (4, 8, 9):
        time[0] += 0.3
        runner.value = step
        assert curve(screen.value)[1] == [two]


FIRST = {
    "It learns. Then more.": "It learns.",
    "Only one": "Only one",
    "At x = 0.5 the slope is 2.5. It falls.": "At x = 0.5 the slope is 2.5.",
    "It falls to x = 0.5. There it stays.": "It falls to x = 0.5.",
    "One, e.g. ReLU, learns. Two.": "One, e.g. ReLU, learns.",
    "It is better, cf. Fig. 3. Then more.": "It is better, cf. Fig. 3.",
    "As He et al. (2015) say, it learns. Then.": "As He et al. (2015) say, it learns.",
    "Does it learn? 12 of 20 units are dead.": "Does it learn?",
    "(It is “dead.”) Then more.": "(It is “dead.”)",
    "1.5 vs. 2 times. Then.": "1.5 vs. 2 times.",
    "It is 2.9 × 10⁻¹³ of it: it cannot learn.\nThen more.": "It is 2.9 × 10⁻¹³ of it: it cannot learn.",
}  # fmt: skip


@pytest.mark.parametrize(("said", "first"), FIRST.items())
def test_a_caption_concludes_in_its_first_sentence(said, first):
    head, rest = caption.sentences(said)
    assert (head, f"{head} {rest}".strip()) == (first, said.replace("\n", " "))
    assert caption.by_line(said) == "\n".join(filter(None, (head, rest)))
    assert re.match(r"<b>.*</b>", caption.html(said))[0] == f"<b>{first}</b>"


def test_a_caption_is_words_and_no_html():
    assert caption.html("1 < 2. A & B.") == "<b>1 &lt; 2.</b> A &amp; B."


def test_what_a_figure_says_of_itself_has_no_marks():
    assert Explorer(wave, "A wave", KNOBS).caption == "It swings 2 times. The shape is sine."
