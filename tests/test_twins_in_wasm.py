"""The twin laboratory computes in a page what it computes here: the first steps, to 1e-9; and what an
experiment says is found out is true there, too.
"""

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from nnbook_lib.twins.controls import BY_NAME
from nnbook_lib.twins.presets import PRESETS

import twinned

DRIVER = Path(twinned.__file__).read_text(encoding="utf-8")

# Under batch normalization the gradient of the bias before it is 0 but for rounding, and these divide it
# by its own size: what is left is a drift of the bias, which the running mean follows a little late.
BY_SIZE = "rmsprop", "adam", "adamw"


@pytest.mark.parametrize("norm", BY_NAME["norm"].values)
@pytest.mark.parametrize("data", BY_NAME["data"].values)
def test_the_first_steps_are_the_same_in_a_page(data, norm, in_a_page):
    there = twinned.unpacked(in_a_page(f"print(packed({data!r}, {norm!r}))", DRIVER))
    for (optimizer, experiment), seen in zip(
        twinned.experiments(data, norm).items(), there, strict=True
    ):
        drifts = norm == "batch" and optimizer in BY_SIZE
        here = np.array(twinned.first_steps(experiment))
        assert here.shape == np.shape(seen) == (twinned.STEPS, 10)
        assert np.isfinite(here).all()
        tolerance = 1e-7 if drifts else 1e-9
        np.testing.assert_allclose(seen, here, rtol=tolerance, atol=tolerance, err_msg=optimizer)


def test_of_data_norm_and_optimizer_each_two_meet():
    met = {
        (data, norm, optimizer)
        for data in BY_NAME["data"].values
        for norm in BY_NAME["norm"].values
        for optimizer in twinned.experiments(data, norm)
    }
    names = ("data", "norm", "optimizer")
    for i, j in (0, 1), (0, 2), (1, 2):
        pairs = product(BY_NAME[names[i]].values, BY_NAME[names[j]].values)
        assert {(one[i], one[j]) for one in met} == {*pairs}


@pytest.mark.parametrize("chapter", sorted({preset.chapter for preset in PRESETS}))
def test_what_an_experiment_says_is_found_out_is_true_in_a_page(chapter, in_a_page):
    wrong = in_a_page(
        "from nnbook_lib.twins.presets import PRESETS, run\n"
        f"mine = [preset for preset in PRESETS if preset.chapter == {chapter!r}]\n"
        "print(len(mine), [p.key for p in mine if not p.holds(run(p, pictures=1))])"
    )
    count = sum(preset.chapter == chapter for preset in PRESETS)
    assert wrong == f"{count} []\n"
