"""The exercise on covariate shift: what one unit sees during training."""

from __future__ import annotations

import numpy as np

from ...exercise import Case, Mistake, add

SHARES = [15, 50, 85]
SHUFFLED = (
    np.arange(20.0) * 7 % 20
)  # 1 at the fourth place, 10 at the eleventh, 19 at the eighteenth


def three(pick, shares=SHARES, axis=1):
    """bands of other values, with other shares, or along another axis."""
    return lambda u, unit: np.percentile(pick(u, unit), shares, axis=axis)


def one_unit(u, unit):
    return u[:, :, unit]


add(
    "landmarks.bands",
    "Percentiles of an activation",
    level=1,
    reference=three(one_unit),
    cases=lambda rng: [
        Case("0, 1, ..., 20", np.arange(21.0)[::-1].reshape(1, 21, 1), 0),
        Case("six steps of eight units", rng.normal(size=(6, 40, 8)).cumsum(axis=0), 3),
        Case("as many samples as units and steps", rng.normal(size=(5, 5, 5)) ** 3, 1),
        Case("the last unit, counted from behind", rng.normal(size=(4, 9, 6)), -1),
    ],
    remark="They fall apart if the unit's distribution widens, and drift together if it moves. A unit of a "
    "network that does not learn has a quiet band, too: look at the loss beside it.",
    mistakes=[
        Mistake(
            "You take the percentiles along the steps, for each sample. At each step they are to be taken "
            "over the samples: axis=1.",
            three(one_unit, axis=0),
        ),
        Mistake(
            "You take all units together. The figure follows one: `u[:, :, unit]`.",
            three(lambda u, unit: u, axis=(1, 2)),
        ),
        Mistake(
            "You use `unit` as the index of a sample, and take percentiles over the units. The units are the "
            "last axis.",
            three(lambda u, unit: u[:, unit % u.shape[1], :]),
        ),
        Mistake(
            "You use `unit` as the index of a step. The units are the last axis.",
            three(lambda u, unit: u[unit % u.shape[0]]),
        ),
        Mistake(
            "np.percentile counts from 0 to 100: yours are 0.15, 0.5 and 0.85 percent. (np.quantile counts "
            "from 0 to 1.)",
            three(one_unit, [0.15, 0.5, 0.85]),
        ),
        Mistake(
            "Your percentiles are 25, 50 and 75. Asked are 15, 50 and 85.",
            three(one_unit, [25, 50, 75]),
        ),
        Mistake(
            "Your percentiles are 16, 50 and 84, those of a standard deviation. Asked are 15, 50 and 85.",
            three(one_unit, [16, 50, 84]),
        ),
        Mistake(
            "Your percentiles are 15, 50 and 95. Asked are 15, 50 and 85.",
            three(one_unit, [15, 50, 95]),
        ),
        Mistake(
            "Your percentiles are 5, 50 and 95. Asked are 15, 50 and 85.",
            three(one_unit, [5, 50, 95]),
        ),
        Mistake(
            "Your percentiles are 10, 50 and 90. Asked are 15, 50 and 85.",
            three(one_unit, [10, 50, 90]),
        ),
        Mistake(
            "Your percentiles run from the highest to the lowest. Asked is the other order.",
            three(one_unit, SHARES[::-1]),
        ),
        Mistake(
            "You return a row for each step. Asked is one for each percentile: shape (3, steps).",
            lambda u, unit: three(one_unit)(u, unit).T,
        ),
        Mistake(
            "You return mean and standard deviation, not percentiles. They agree only for some "
            "distributions.",
            lambda u, unit: np.array(
                [
                    one_unit(u, unit).mean(axis=1) + k * one_unit(u, unit).std(axis=1)
                    for k in (-1, 0, 1)
                ]
            ),
        ),
        Mistake(
            "In the middle you take the mean. The 50th percentile is the median.",
            lambda u, unit: np.array(
                [
                    np.percentile(one_unit(u, unit), 15, axis=1),
                    one_unit(u, unit).mean(axis=1),
                    np.percentile(one_unit(u, unit), 85, axis=1),
                ]
            ),
        ),
        Mistake(
            "You take all steps and samples together, and get three numbers. Each step has its own three: "
            "axis=1.",
            three(one_unit, axis=None),
        ),
        Mistake(
            "You take the percentiles for every unit. Choose the one first: `u[:, :, unit]`.",
            three(lambda u, unit: u),
            when=lambda bands: np.shape(bands(np.zeros((2, 4, 5)), 1)) == (3, 2, 5),
        ),
        Mistake(
            "You average over the units first. The figure follows one.",
            three(lambda u, unit: u.mean(axis=2)),
        ),
        Mistake(
            "You take the unit before the one that is asked for. `unit` counts from 0, as Python does.",
            three(lambda u, unit: u[:, :, unit - 1]),
        ),
        Mistake(
            "You look at the first unit, whatever `unit` is.",
            three(lambda u, unit: u[:, :, 0]),
        ),
        Mistake(
            "You apply the sigmoid first. The figure follows the input of the unit's activation.",
            three(lambda u, unit: 1 / (1 + np.exp(-one_unit(u, unit)))),
        ),
        Mistake(
            "You take shares of the range, from the smallest value to the largest. A percentile counts the "
            "values below it.",
            lambda u, unit: np.array(
                [
                    one_unit(u, unit).min(axis=1) + k / 100 * np.ptp(one_unit(u, unit), axis=1)
                    for k in SHARES
                ]
            ),
            when=lambda bands: np.allclose(
                np.ravel(bands(np.array([0.0, 1, 2, 3, 100]).reshape(1, 5, 1), 0)), SHARES
            ),
        ),
        Mistake(
            "You pick the values by their places without sorting them first, or without going between two "
            "of them. np.percentile does both.",
            lambda u, unit: np.array([one_unit(u, unit)[:, u.shape[1] * k // 100] for k in SHARES]),
            when=lambda bands: np.allclose(
                np.ravel(bands(SHUFFLED.reshape(1, 20, 1), 0)), SHUFFLED[[3, 10, 17]], atol=0.4
            ),
        ),
        Mistake(
            "You take values as they stand in the sorted row. Between two of them, np.percentile goes a part "
            "of the way.",
            lambda u, unit: (
                np.sort(one_unit(u, unit), axis=1)[:, [int(k / 100 * u.shape[1]) for k in SHARES]].T
            ),
            when=lambda bands: (
                lambda found: (
                    found.shape == (3, 1)
                    and np.all(found == np.round(found))
                    and np.allclose(found[:, 0], [2.85, 9.5, 16.15], atol=1)
                )
            )(np.asarray(bands(SHUFFLED.reshape(1, 20, 1), 0))),
        ),
        Mistake(
            "You return the smallest value, the median and the largest. Asked are the percentiles 15, 50 and "
            "85.",
            three(one_unit, [0, 50, 100]),
        ),
    ],
)
