"""The first sentence of a caption says what the picture shows, at its extremes too."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from nnbook_lib.pictures import practice, residual, together

RATES = {
    "steps too small": (np.linspace(2.4, 2.39, 30), 1e-5, "too small"),
    "a rise": (np.linspace(2.4, 9, 30), 1.7, "too large"),
    "a jump, and back to a guess": (np.r_[2.4, 7, np.full(28, 2.32)], 1.7, "too large"),
    "a jump, then learning": (np.r_[2.4, 7, np.linspace(3, 0.1, 28)], 0.1, "before it falls"),
    "level at a usual ratio": (np.linspace(2.4, 2.3, 30), 0.01, "hardly falls"),
    "down to a guess": (np.linspace(2.8, 2.3, 30), 0.01, "no lower than that of a guess"),
    "a little below it": (np.linspace(2.8, 2.1, 30), 0.01, "learns slowly"),
    "learning": (np.linspace(2.4, 0.1, 30), 0.01, "It learns."),
    "no number": (np.r_[2.4, 2.5, np.full(28, np.inf)], 1.0, "too large"),
}


def first(said: str) -> str:
    return said.partition(". ")[0] + "."


@pytest.mark.parametrize("losses, ratio, said", RATES.values(), ids=RATES)
def test_the_steps_are_judged_by_the_whole_course_of_the_loss(losses, ratio, said):
    assert said in first(practice.rates(Figure(), losses, np.full(3, ratio)))


@pytest.mark.parametrize("end, said", [(0.3, "found."), (2.1, "little"), (2.35, "than a guess")])
def test_nothing_found_does_not_mean_that_all_is_well(end, said):
    losses = np.linspace(64, end, 15)
    assert said in first(practice.faults(Figure(), losses, np.ones(3), []))


@pytest.mark.parametrize(
    "plain, skip, said",
    [
        (1.2, 1.0, "Both learn slowly"),
        (0.99, 1.0, "Both learn slowly"),
        (0.3, 0.1, "skip connections learns faster"),
        (0.1, 0.3, "the plain net learns faster"),
        (2.3, 0.1, "Only the net with skip connections"),
        (0.1, np.inf, "Only the plain net"),
        (2.3, np.inf, "Neither"),
    ],
)
def test_who_learns_follows_from_the_fall_of_the_loss(plain, skip, said):
    losses = {"plain": np.array([2.3, plain]), "skip": np.array([2.3, skip])}
    assert said in first(residual.training(Figure(), losses, 5))


@pytest.mark.parametrize(
    "best, said", [(0.1, "guesses"), (0.24, "few"), (0.4, "some"), (0.9, "reads the")]
)
def test_a_net_guesses_only_where_a_tenth_is_right(best, said):
    right, losses = {0.1: 0.1, 0.3: best, 1.0: 0.95}, {0.1: 2.3, 0.3: 2.0, 1.0: 2.2}
    assert said in first(together.laboratory(Figure(), np.ones(20), right, losses, 5))
