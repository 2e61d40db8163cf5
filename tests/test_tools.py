"""The page of mathematical tools: what its captions conclude is so."""

import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from nnbook_lib.numbers import number
from nnbook_lib.pictures import linear_algebra, mathematics


def said(draw, **values):
    return draw(Figure(), **values)


@pytest.mark.parametrize(
    "matrix, kept",
    [("symmetric", {45, 135}), ("shear", {0, 180}), ("flatten", {135}), ("rotate", set())],
)
def test_an_eigenvector_is_named_only_where_the_arrow_is_not_turned(matrix, kept):
    angles = range(0, 181, 15)
    named = {
        a for a in angles if "not turned:" in said(linear_algebra.turned, matrix=matrix, angle=a)
    }
    pressed = {
        a for a in angles if "to a point" in said(linear_algebra.turned, matrix=matrix, angle=a)
    }
    assert named | pressed == kept and pressed == ({135} if matrix == "flatten" else set())


@pytest.mark.parametrize("corner", [0, 0.1, 0.5, 2])
def test_a_product_that_first_grows_says_how_far_and_when(corner):
    W = np.array([[0.9, corner], [0, 0.9]])
    norms = [np.linalg.svd(np.linalg.matrix_power(W, k))[1][0] for k in range(1, 61)]
    caption = said(linear_algebra.product_norms, corner=corner, depth=60)
    if max(norms) > 1:
        top = int(np.argmax(norms))
        assert f"grows, to {number(norms[top])} times at k = {top + 1}," in caption
    else:
        assert "grows" not in caption
    assert f"‖Wᵏ‖ = {number(norms[-1])};" in caption


@pytest.mark.parametrize(
    "lr, words", [(0.3, "Both shares shrink"), (0.65, "Both shares shrink"), (0.7, "It diverges")]
)
def test_a_bowl_diverges_above_two_over_its_largest_eigenvalue(lr, words):
    assert said(linear_algebra.bowl, lr=lr).startswith(words) and (lr > 2 / 3) == (
        "diverges" in words
    )


def test_a_corner_misses_by_the_square_of_the_nudge():
    x, y, h = 1.5, 0.5, 0.2
    missed = (x + h) * (y + h) - (x * y + h * (x + y))
    assert f"misses by 0.2² = {number(missed)}." in said(mathematics.nudged, x=x, y=y, side=h)


def test_no_line_has_smaller_squares_than_the_least():
    least = float(re.search(r"possible is ([\d.]+)", said(mathematics.fitted))[1])
    tried = [
        float(re.search(r"add up to ([\d.]+)", said(mathematics.fitted, slope=a, offset=b))[1])
        for a in np.arange(0, 3.1, 0.25)
        for b in np.arange(-0.5, 2.1, 0.25)
    ]
    assert least < min(tried) < least + 0.05


@pytest.mark.parametrize(
    "activation, mean", [("sigmoid", 0.5), ("tanh", 0), ("relu", 1 / np.sqrt(2 * np.pi))]
)
def test_what_an_activation_makes_of_the_mean(activation, mean):
    assert said(mathematics.activated, activation=activation).startswith(
        f"The mean is {number(mean)},"
    )
