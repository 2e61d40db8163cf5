"""The pictures of chapters 4 and 5: what their captions conclude is true of what they draw, and what
an axis cannot show has its word.
"""

import numpy as np
import pytest
from matplotlib.figure import Figure

from nnbook_lib.pictures import activations, initialization, vanishing
from nnbook_lib.pictures.layers import arrival, on_layers, portion


@pytest.mark.parametrize(
    "ratio, words",
    [
        (0.0, "nothing"),
        (2.9e-13, "less than a trillionth"),
        (4e-8, "less than a ten-millionth"),
        (2e-5, "less than a ten-thousandth"),
        (1e-26, "less than a quadrillionth"),
        (0.007, "0.7\N{NO-BREAK SPACE}%"),
        (0.374, "37\N{NO-BREAK SPACE}%"),
        (7.7, "7.7 times"),
    ],
)
def test_a_part_in_words(ratio, words):
    assert portion(ratio) == words


def test_what_arrives_at_layer_1_decides_what_is_concluded():
    assert arrival(2.9e-13).endswith("of the signal: it cannot learn.")
    assert arrival(1e-3).endswith("of the signal: the gradient vanishes.")
    assert arrival(1.4) == "Layer 1 gets 1.4 times the signal: the gradient keeps its size."
    assert arrival(1.01) == "Layer 1 gets the whole signal: the gradient keeps its size."
    assert arrival(0.4).endswith("of the signal: the gradient shrinks.")
    assert arrival(2.9).endswith(": the gradient grows on its way back.")
    assert arrival(30).endswith("grows on its way back.")


def words(fig):
    return [text.get_text() for ax in fig.axes for text in ax.texts]


def test_what_a_logarithmic_axis_cannot_show_has_its_word():
    ax = Figure().subplots()
    on_layers(ax, np.array([1e-30, 1e-3, 1e9]), (1e-8, 1e2))
    assert [t.get_text() for t in ax.texts] == ["10⁹", "10⁻³⁰"]
    assert [line.get_marker() for line in ax.lines] == ["o", "^", "v"]
    ax = Figure().subplots()
    on_layers(ax, np.zeros(3), (1e-8, 1e2))
    assert [t.get_text() for t in ax.texts] == ["all exactly 0"]


@pytest.mark.parametrize(
    "end, words",
    [(0.1, "it shrinks."), (1.4, "kept its size"), (7.5, "it grows."), (390, "explodes")],
)
def test_a_product_that_is_a_tenth_has_not_kept_its_size(end, words):
    said = vanishing.through_time(Figure(), np.geomspace(1, end, 50), 1.3, 1.3, 1.3)
    assert words in said


def test_a_product_that_is_exactly_zero_is_told_from_one_that_is_small():
    norms, small = np.append(np.full(15, 0.1), np.zeros(35)), np.geomspace(1, 1e-53, 50)
    fig = Figure()
    said = vanishing.through_time(fig, norms, 1.0, 1.0, 0.0)
    assert said.startswith("After 16 steps nothing is left") and "size 0," in said
    assert any("0 from k = 16 on" in text for text in words(fig))
    said = vanishing.through_time(Figure(), small, 0.25, 1.0, 1.0)
    assert "less than a quadrillionth" in said and "size 10⁻⁵³," in said


def test_a_run_that_diverged_says_so_in_both_panels():
    fig = Figure()
    said = vanishing.training(fig, [2.3, 0.4], [np.ones(11)] * 2, 6, "black")
    assert said.startswith("Diverged in epoch 3") and said.endswith("Before, it was 0.4.")
    assert {"diverged in epoch 3", "no weights left"} <= set(words(fig))


def test_dead_units_are_told_from_those_that_merely_do_not_learn():
    dead, flat = np.ones((13, 3)), np.full(13, 0.1)
    assert activations.fate(dead, flat).startswith("A whole layer is dead")
    assert activations.fate(0 * dead, flat) == "It hardly learns, and yet no unit is dead."
    waking, rising = np.linspace(0.6, 0.1, 13)[:, None] * np.ones(3), np.linspace(0.1, 0.95, 13)
    assert activations.fate(waking, rising).startswith("It comes back to life")


def test_a_gradient_of_zero_is_called_dead_and_its_panel_says_so():
    fig, zero = Figure(), np.zeros(10)
    said = initialization.trained(fig, [2.303] * 15, {}, zero, zero, 0.1, 15)
    assert said.startswith("It is dead") and "exactly 0." in said
    assert "exactly 0 everywhere" in words(fig)


def test_the_slope_of_a_kink_is_drawn_as_a_jump():
    fig = Figure()
    relu = (lambda u: np.maximum(u, 0)), (lambda u: (u > 0).astype(float))
    activations.slopes(fig, *relu, 1.0, "ReLU", "black")
    drawn = [line.get_ydata() for line in fig.axes[1].lines if len(line.get_ydata()) > 2]
    assert [set(y) for y in drawn] == [{0.0}, {1.0}]
