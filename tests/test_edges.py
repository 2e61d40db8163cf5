"""What leaves a picture says where it has gone; a heat map's key says what its colors mean."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.offsetbox import TextArea

from nnbook_lib.pictures.edges import point, walk
from nnbook_lib.pictures.keys import key


@pytest.fixture
def ax():
    ax = Figure().subplots()
    ax.set(xlim=(-1, 1), ylim=(-1, 1))
    return ax


@pytest.mark.parametrize(
    ("at", "edge", "arrow", "said"),
    [
        ((0.5, 9), (0.5, 1), "^", "9"),
        ((0.5, -9), (0.5, -1), "v", "−9"),
        ((-7, 0), (-1, 0), "<", "−7"),
        ((np.inf, 0), (1, 0), ">", "infinity"),
        ((3, 50), (1, 1), "^", "50"),
    ],
)
def test_a_point_beyond_the_axes_is_an_arrow_at_the_edge_with_its_value(ax, at, edge, arrow, said):
    assert not point(ax, *at)
    (mark,), (text,) = ax.lines, ax.texts
    assert (mark.get_xydata()[0] == edge).all() and mark.get_marker() == arrow
    assert text.get_text() == said


def test_a_point_in_view_is_a_mark_without_words(ax):
    assert point(ax, 1, -1, marker="s")
    assert ax.lines[0].get_marker() == "s" and not ax.texts


def test_a_walk_has_dots_where_it_is_in_view_and_says_where_it_is_if_not(ax):
    assert not walk(ax, np.array([[0, 0], [0.5, 5], [3, 50]]), text="step 2: 50")
    line, dots, end = ax.lines
    assert len(line.get_xdata()) == 3 and dots.get_xydata().tolist() == [[0, 0]]
    assert end.get_marker() == "^" and [t.get_text() for t in ax.texts] == ["step 2: 50"]


def test_a_key_names_both_ends_of_the_colors(ax):
    key(ax, "disc", "triangle", title="answer:")
    words = [part.get_text() for part in ax.artists[0].get_children()[0].findobj(TextArea)]
    assert words == ["answer:", "disc", "triangle"]
