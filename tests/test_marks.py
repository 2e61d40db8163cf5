"""Words in a picture stand where there is room, and tell what has left it."""

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure

from nnbook_lib import marks, plotting
from nnbook_lib.palette import COLORS


@pytest.fixture
def ax():
    with matplotlib.rc_context(plotting.STYLE):
        ax = Figure().subplots()
        ax.set(xlim=(0, 10), ylim=(0, 4))
        yield ax


def where(ax, words):
    return next(text for text in ax.texts if text.get_text() == words)


def test_a_note_keeps_out_of_a_curves_way(ax):
    ax.plot([0, 10], [3, 3])
    marks.note(ax, "here", [(5, 3, "center", "center"), (5, 1, "center", "center")])
    assert where(ax, "here").get_position() == (5, 1)
    marks.note(ax, "there", [(5, 1, "center", "center"), (5, 2, "center", "center")])
    assert where(ax, "there").get_position() == (5, 2)


def test_a_level_is_named_on_the_side_that_is_free(ax):
    ax.plot(np.linspace(5, 10, 50), np.full(50, 2.2))  # just above, at the right
    marks.level(ax, 2, "guessing")
    text = where(ax, "guessing")
    assert text.get_va() == "top" or text.get_ha() == "left"


def test_a_curve_that_leaves_says_how_far(ax):
    marks.leaving(ax, np.arange(3), np.array([1.0, 1200.0, -3.0]), "black")
    assert [text.get_text().strip() for text in ax.texts] == ["1,200", "−3"]


def test_names_stand_at_the_first_points_in_their_order(ax):
    lines = {"plain": np.array([1e-9, 1.0]), "norm": np.array([2.0, 1.0]), "skip": np.ones(2)}
    marks.starts_at(ax, list(lines), 2)
    ax.set(ylim=(1e-4, 1e4), yscale="log")
    marks.name_starts(ax, lines)
    assert {text.get_text() for text in ax.texts} == {"plain ↓ 10⁻⁹", "norm", "skip"}
    assert where(ax, "norm").get_position()[1] > where(ax, "skip").get_position()[1]
    assert ax.get_xlim()[0] < 1


def test_labels_apart_share_what_they_lack():
    heights = plotting.apart(np.array([0.0, 0.5, 0.5, 1.0]), 0.1)
    assert heights == pytest.approx([0.0, 0.45, 0.55, 1.0])  # only those that are too close move
    assert plotting.apart(np.ones(3), 0.1, 0, 1) == pytest.approx([0.8, 0.9, 1.0])


@pytest.mark.parametrize("at", [0.0, 9.9])
def test_an_arrow_at_the_edge_does_not_cover_its_word(ax, at):
    marks.gone(ax, at, "60,000", "black")
    ax.figure.canvas.draw()
    word = where(ax, "60,000").get_window_extent()
    arrow = ax.lines[-1].get_window_extent()  # its place; half its size to each side
    half = 4 / 72 * ax.figure.dpi
    assert word.x0 >= arrow.x1 + half or word.x1 <= arrow.x0 - half


def test_a_name_moved_aside_is_led_to_its_curve(ax):
    lines = {"plain": np.array([1e-3, 1.0]), "norm": np.array([1.0, 1]), "skip": np.array([1.1, 1])}
    marks.starts_at(ax, list(lines), 2)
    ax.set(ylim=(1e-4, 1e4), yscale="log")
    marks.name_starts(ax, lines)
    drawn = {line.get_color(): line.get_ydata() for line in ax.lines}
    place = ax.transScale + ax.transLimits
    for name in "norm", "skip":
        led = drawn[COLORS[name]]
        assert led[0] == where(ax, name).get_position()[1]
        assert led[1] == pytest.approx(place.transform((1, lines[name][0]))[1])
    assert COLORS["plain"] not in drawn
