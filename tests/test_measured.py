"""What exercises say of trainings that the reader watches is stored; a part of it is measured here."""

from nnbook_lib.exercises import find
from nnbook_lib.exercises.answers.races import learn, learned, trained
from nnbook_lib.exercises.sets.normalization import numbers
from nnbook_lib.exercises.sets.recurrent.depth import RIGHT
from nnbook_lib.exercises.sets.skip import deep


def test_twenty_steps_and_layers_are_as_stored():
    """The entries next to the limit of a half, on which the answer hangs."""
    for kind, depth in (("tanh", 10), ("tanh", 20), ("relu", 10), ("relu", 20), ("LSTM", 20)):
        measured = learn(kind, depth, 0.01)[1]
        assert abs(measured - RIGHT[kind][depth]) < 0.15, (kind, depth)
        assert (measured > 0.5) == (find("recurrent.depth").reference[kind] >= depth)


def test_forty_layers_are_as_stored():
    for kind, right in deep.RIGHT.items():
        for depth, stored in right.items():
            assert abs(trained(depth, kind == "skip", "tanh", 0.03)[1] - stored) < 0.08


def test_the_rates_that_normalization_stands_are_as_stored():
    for norm, right in numbers.RIGHT.items():
        for lr, stored in right.items():
            assert abs(learned(8, "relu", lr, norm)[1] - stored) < 0.15
