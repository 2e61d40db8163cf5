"""What the build finds wrong with a picture: each kind of fault, and nothing in a sound picture."""

import numpy as np
import pytest

from nnbook_lib import plotting
from nnbook_lib.live.easel import Easel


def found(draw, caption="It learns."):
    def draw_it(fig):
        draw(fig)
        return caption

    easel = Easel(draw_it, "live-it")
    easel.picture({})
    return easel.faults()


def sound(fig):
    ax = fig.subplots()
    plotting.curves(np.arange(5), {"relu": np.arange(1, 6.0), "sigmoid": np.ones(5)}, ax, log=True)
    ax.set(xlabel="epoch", ylabel="loss (logarithmic scale)", title="What it does")


def on_axes(what):
    def draw(fig):
        what(fig.subplots())

    return draw


def two_panels(fig):
    left, right = fig.subplots(1, 2)
    left.plot([0, 1], [0, 1])
    right.plot([0, 1], [np.nan, np.nan])
    right.set(xlim=(0, 1), ylim=(0, 1))


def no_numbers(ax):
    ax.plot([0, 1], [0, 1])
    ax.set_yticks([0, 1], ["", ""])


def near_colors(ax):
    ax.plot([0, 1, 2], [0, 1, 2], color="#cc1f58")
    ax.plot([0, 1, 2], [0, 1, 3], color="#c2215c")


def alike_but_dashed(ax):
    ax.plot([0, 1, 2], [0, 1, 2], color="#cc1f58")
    ax.plot([0, 1, 2], [0, 1, 3], "--", color="#c2215c")


def heat_map(n, **how):
    def draw(ax):
        ax.imshow(np.arange(n * n).reshape(n, n), extent=[-1, 1] * 2, **how)

    return draw


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (two_panels, "panel 2: is empty and does not say why"),
        (on_axes(lambda ax: ax.plot([0.5], [0.5])), "is empty and does not say why"),
        (on_axes(lambda ax: (ax.plot([0, 1]), ax.text(0.9, 0.5, "a long label" * 5))), "is cut"),
        (
            on_axes(lambda ax: (ax.plot([0, 1]), ax.text(0, 0.5, "one"), ax.text(0, 0.5, "two"))),
            "'one' and 'two' run into each other",
        ),
        (on_axes(lambda ax: (ax.plot([0, 1]), ax.text(0, 0, "small", size=9))), "is 9 points high"),
        (on_axes(lambda ax: (ax.plot([0, 1]), ax.text(0, 0, "1e-05"))), "a label is a computer's"),
        (on_axes(lambda ax: (ax.plot([0, 1]), ax.text(0, 0, "relu"))), "a label is a computer's"),
        (on_axes(no_numbers), "its y axis has no two numbers"),
        (
            on_axes(lambda ax: (ax.plot([0, 1], [0, 3], "o"), ax.set_ylim(0, 1))),
            "(1, 3) is outside",
        ),
        (on_axes(heat_map(20)), "a heat map of 20 x 20 cells"),
        (on_axes(near_colors), "look alike"),
    ],
)
def test_a_fault_is_found(draw, said):
    assert [fault for fault in found(draw) if said in fault] and len(found(draw)) == 1


@pytest.mark.parametrize(
    "caption", ["It ends at 1e-05.", "It ends at -3.", "nan of it.", "A relu."]
)
def test_a_computers_way_of_writing_is_found_in_the_caption(caption):
    assert len(found(sound, caption)) == 1


@pytest.mark.parametrize(
    "draw",
    [
        sound,
        on_axes(alike_but_dashed),
        on_axes(heat_map(60)),
        on_axes(heat_map(8, label="cells")),  # a matrix, whose cells are what is shown
        on_axes(lambda ax: (ax.text(0.5, 0.5, "all zero"), ax.axis("off"))),
    ],
)
def test_a_sound_picture_has_none(draw):
    assert found(draw, "It learns: 2.9 × 10⁻¹³, x₁-x₂, layers 1-3, −3.") == []


def test_words_of_two_lines_say_why_a_panel_is_empty():
    assert found(on_axes(lambda ax: ax.text(0.5, 0.5, "all\nzero"))) == []
