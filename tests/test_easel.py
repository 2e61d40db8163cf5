"""The pictures of a figure: one tick for all, and one layout with room for all."""

import io
import re
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure

from nnbook_lib.live import easel
from nnbook_lib.live.easel import Easel
from nnbook_lib.live.svg import page_svg
from nnbook_lib.live.ticks import draw_as_usual, draw_lightly, name_distances
from nnbook_lib.plotting import STYLE


def plain(ax):
    ax.plot([0, 3], [0, 7])


def logarithmic(ax):
    ax.loglog([1e-3, 1e2], [1, 1e9])
    ax.set_xlabel("rate")


def one_decade(ax):  # with labels at minor ticks
    ax.plot([2, 6], [1, 2])
    ax.set_yscale("log")


def named(ax):
    ax.set(xlabel="layer", ylabel="size", title="sizes", xlim=(3, 0))
    ax.minorticks_on()
    ax.grid(True, which="both")


def turned(ax):
    ax.tick_params(labelrotation=30, direction="in", top=True, labelright=True)


def right(ax):
    ax.yaxis.tick_right()
    ax.yaxis.set_label_position("right")
    ax.set_ylabel("right")


def own_labels(ax):
    ax.set_xticks([0, 1], ["no", "yes"])
    ax.get_xticklabels()[0].set_color("red")


def few(ax):
    ax.plot([0, 3], [0, 7])
    ax.set(xticks=range(4), yticks=[7])


def offset(ax):
    ax.plot([0, 1], [1e9, 1e9 + 1])


def bare(ax):
    ax.set(xticks=[], yticks=[])
    ax.xaxis.set_visible(False)


def marks_and_texts(svg):
    """Where the marks and the texts of a picture are, in any order."""
    root = ElementTree.fromstring(svg)
    uses = [(e.get("x"), e.get("y")) for e in root.iter() if e.tag.endswith("use")]
    texts = [
        ("".join("".join(e.itertext()).split()), e.get("transform"), e.get("style"))
        for e in root.iter()
        if e.tag.endswith("text")
    ]
    return sorted(uses), sorted(texts, key=str)


@pytest.mark.parametrize(
    "prepare",
    [plain, logarithmic, one_decade, named, turned, right, own_labels, few, offset, bare],
    ids=lambda prepare: prepare.__name__,
)
def test_one_tick_draws_what_many_do(prepare):
    renderer = easel._Renderer()
    with matplotlib.rc_context({**STYLE, "svg.hashsalt": "same"}):
        fig = Figure(layout="constrained", dpi=72)
        easel._Canvas(fig, renderer)
        prepare(fig.subplots())
        fig.get_layout_engine().execute(fig)
        fig.set_layout_engine("none")
        usual = renderer.render(fig)
        distances = name_distances(fig)
        light = Figure(dpi=72)
        easel._Canvas(light, renderer)
        prepare(light.subplots())
        light.axes[0].set_position(fig.axes[0].get_position(original=True))
        draw_lightly(light, distances)
        assert marks_and_texts(renderer.render(light)) == marks_and_texts(usual)
        draw_as_usual(light)
        assert marks_and_texts(renderer.render(light)) == marks_and_texts(usual)


def room(fig, digits=1, panels=2, name="y"):
    for ax in np.ravel(fig.subplots(1, panels)):
        ax.plot([0, 1], [0, 1])
        ax.set(ylim=(0, 10.0**digits), yticks=[0, 10.0**digits], ylabel=name)
        ax.set_yticks([0, 10.0**digits], ["0", "9" * digits])
    return f"{digits} digits"


def corners(svg):
    """Where the axes stand: the corners of the paths that matplotlib clips lines by."""
    return re.findall(r'<rect [^>]*x="([\d.]+)"', ElementTree.tostring(svg, encoding="unicode"))


def test_a_picture_that_needs_more_room_widens_the_layout_of_all():
    figure = Easel(room, "live-room")
    narrow, _ = figure.picture({"digits": 1})
    assert figure.widened == 0
    wide, _ = figure.picture({"digits": 9})
    assert figure.widened == 1 and corners(wide) != corners(narrow)
    for digits in (5, 9, 1):
        again, _ = figure.picture({"digits": digits})
        assert figure.widened == 1 and corners(again) == corners(wide)


def test_another_grid_of_axes_has_a_layout_of_its_own():
    figure = Easel(room, "live-room")
    for _ in range(2):
        for panels in 1, 2, 3:
            figure.picture({"digits": 2, "panels": panels})
    assert figure.widened == 0 and len(figure._layouts) == 3


def outside(fig, far=False):
    fig.subplots().text(-5 if far else 0, 0.5, "out here").set_in_layout(False)
    return "A text that is outside in any layout."


def test_what_sticks_out_in_any_layout_widens_nothing():
    figure = Easel(outside, "live-outside")
    for far in False, True, True:
        figure.picture({"far": far})
    assert figure.widened == 0


def test_a_line_that_lies_outside_its_axes_leaves_no_path_without_points():
    """Which a page draws as nothing, and an EPUB may not have."""
    paths = []
    for height in (0.5, 5):
        fig = Figure()
        ax = fig.subplots()
        ax.plot([0, 1], [height, height])
        ax.set(ylim=(0, 1))
        text = io.StringIO()
        fig.savefig(text, format="svg")
        paths.append(list(page_svg(text.getvalue(), "key").iter("path")))
    assert len(paths[0]) == len(paths[1]) + 1
    assert all(path.get("d") for path in paths[0] + paths[1])
