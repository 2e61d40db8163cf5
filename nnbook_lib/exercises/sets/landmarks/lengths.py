"""The exercise on the length map: an average under the bell curve."""

from __future__ import annotations

import numpy as np

from ...exercise import Case, Mistake, add

POINTS = np.linspace(-8, 8, 1601)
BELL = np.exp(-(POINTS**2) / 2)
SHARES = BELL / BELL.sum()
DRAWS = np.random.default_rng(0)


def mapped(weights=np.square, biases=np.square, spread=np.sqrt, average=lambda y: SHARES @ y**2):
    """length_map with other sizes of weights and biases, another spread, or another average of tanh."""
    return lambda q, sw, sb: weights(sw) * average(np.tanh(spread(q) * POINTS)) + biases(sb)


def drawn(length_map):
    """Whether the average is one over random draws: near the right one, and another at each call."""
    if length_map(1.0, 2.0, 0.0) == length_map(1.0, 2.0, 0.0):
        return False
    off = [abs(length_map(q, 2.0, 0.0) / mapped()(q, 2.0, 0.0) - 1) for q in (0.04, 1.0, 25.0)]
    return 1e-4 < max(off) < 0.2 and off[2] < 0.1 * max(off) + 0.05


add(
    "landmarks.length_map",
    "The length map",
    level=1,
    reference=mapped(),
    rtol=1e-4,
    cases=lambda rng: [
        Case("from q = 0", 0.0, 1.5, 0.3),
        Case("a large q", 100.0, 2.0, 0.5),
        Case("σw = 1.3, σb = 0.3", 1.0, 1.3, 0.3),
        Case("σw = 4, no biases", 7.0, 4.0, 0.0),
        Case("small weights", rng.uniform(0.1, 2), 0.6, 0.1),
    ],
    remark="Some axes show the standard deviations σw and σb, others the variances: 1.3 and 1.69 are the "
    "same network.",
    mistakes=[
        Mistake(
            "You multiply by σw itself. `sw` and `sb` are standard deviations, and the map has their "
            "squares.",
            mapped(weights=lambda sw: sw),
        ),
        Mistake(
            "You add σb itself. `sw` and `sb` are standard deviations, and the map has their squares.",
            mapped(biases=lambda sb: sb),
        ),
        Mistake(
            "You take σw and σb themselves. They are standard deviations, and the map has their squares.",
            mapped(weights=lambda sw: sw, biases=lambda sb: sb),
        ),
        Mistake(
            "You stretch the points by q. A mean square q is a standard deviation of √q.",
            mapped(spread=lambda q: q),
        ),
        Mistake(
            "You stretch the points by q². A mean square q is a standard deviation of √q.",
            mapped(spread=np.square),
        ),
        Mistake("q is missing: the points are stretched by √q.", mapped(spread=lambda q: 1.0)),
        Mistake(
            "You average the tanh first, or do not square it at all. Its mean is 0, since positive and "
            "negative ones cancel: square, then take the mean.",
            mapped(average=lambda y: 0.0),
        ),
        Mistake(
            "You average |tanh|. It is tanh squared.",
            mapped(average=lambda y: SHARES @ np.abs(y)),
        ),
        Mistake(
            "You square the average of |tanh|. Square first, then take the mean.",
            mapped(average=lambda y: (SHARES @ np.abs(y)) ** 2),
        ),
        Mistake(
            "All points count alike in your mean. Each has its share of the bell curve: `shares @ ...`.",
            mapped(average=lambda y: np.mean(y**2)),
        ),
        Mistake(
            "You add up over the points without their shares: `shares @ ...`.",
            mapped(average=lambda y: np.sum(y**2)),
        ),
        Mistake(
            "You multiply by the shares and divide by the number of points, too. The shares add up to 1 "
            "already.",
            mapped(average=lambda y: np.mean(SHARES * y**2)),
        ),
        Mistake(
            "The biases are missing: add σb².",
            mapped(biases=lambda sb: 0.0),
        ),
        Mistake(
            "σw² also multiplies σb² in yours. A bracket too many: the biases are added as they are.",
            lambda q, sw, sb: sw**2 * (mapped()(q, 1.0, 0.0) + sb**2),
        ),
        Mistake(
            "The weights are missing: σw² times the mean.",
            mapped(weights=lambda sw: 1.0),
        ),
        Mistake(
            "You put σw inside of the tanh. Here q is the mean square of the net input, which has σw in it: "
            "σw² multiplies the mean.",
            lambda q, sw, sb: mapped()(sw**2 * q, 1.0, sb),
        ),
        Mistake(
            "You put σw and σb inside of the tanh. They make the next q: σw² times the mean, plus σb².",
            lambda q, sw, sb: mapped()(sw**2 * q + sb**2, 1.0, 0.0),
        ),
        Mistake(
            "You average the square of tanh's slope, 1 - tanh². That is for χ, what the map of gradients "
            "has; the map of lengths has tanh² itself.",
            mapped(average=lambda y: SHARES @ (1 - y**2) ** 2),
        ),
        Mistake(
            "You average 1 - tanh², the slope. The map of lengths has tanh² itself.",
            mapped(average=lambda y: SHARES @ (1 - y**2)),
        ),
        Mistake(
            "The tanh is missing: yours is the map of a linear network, σw² q + σb².",
            lambda q, sw, sb: sw**2 * q + sb**2,
        ),
        Mistake(
            "You take tanh of √q alone. q is a mean square: the net inputs themselves are spread like √q z, "
            "and tanh² is averaged over them.",
            lambda q, sw, sb: sw**2 * np.tanh(np.sqrt(q)) ** 2 + sb**2,
        ),
        Mistake(
            "You take the root of the result. Asked is the mean square, q'.",
            lambda q, sw, sb: np.sqrt(mapped()(q, sw, sb)),
        ),
        Mistake(
            "You average over random draws: that is near, and another number each time. The sum over "
            "`points` with their `shares` is exact to many digits.",
            lambda q, sw, sb: (
                sw**2 * np.mean(np.tanh(np.sqrt(q) * DRAWS.normal(size=999)) ** 2) + sb**2
            ),
            when=drawn,
        ),
        Mistake(
            "You subtract σb². It is added.",
            mapped(biases=lambda sb: -(sb**2)),
        ),
        Mistake(
            "tanh stands to the fourth power in yours: one square is enough.",
            mapped(average=lambda y: SHARES @ y**4),
        ),
        Mistake(
            "The shares are squared, too. Square the tanh alone.",
            mapped(average=lambda y: np.sum((SHARES * y) ** 2)),
        ),
        Mistake(
            "You multiply by the distance of the points, 0.01. The shares add up to 1 without it.",
            mapped(average=lambda y: 0.01 * (SHARES @ y**2)),
        ),
        Mistake(
            "In yours σb² multiplies the mean, too. It is added behind.",
            lambda q, sw, sb: (sw**2 + sb**2) * mapped()(q, 1.0, 0.0),
        ),
        Mistake(
            "You take q out of the tanh. The net inputs are √q z, and tanh of that is not √q times tanh z.",
            lambda q, sw, sb: q * mapped()(1.0, sw, 0.0) + sb**2,
        ),
        Mistake(
            "You put σb inside of the tanh. Its square is added at the end.",
            lambda q, sw, sb: sw**2 * (SHARES @ np.tanh(np.sqrt(q) * POINTS + sb) ** 2),
        ),
    ],
)
