"""Curves made of ReLUs, for chapter 1: what they give, and what people draw instead."""

from __future__ import annotations

import numpy as np

from ..exercise import Case, Mistake


def relus(x, places, v):
    """The sum of v_i max(x - place_i, 0)."""
    return sum(weight * np.maximum(x - place, 0) for place, weight in zip(places, v, strict=True))


# A tent ---------------------------------------------------------------------------------------


def wrong_from(piece):
    """Whether this is the first of the tent's three pieces to have a wrong slope, for a new reason."""

    def first(v):
        v = np.asarray(v, dtype=float)
        known = any(np.array_equal(v, mistake.answer) for mistake in TENT if mistake.when is None)
        wrong = ~np.isclose(np.cumsum(v), [1.0, -1.0, 0.0])
        return v.shape == (3,) and not known and wrong.any() and np.argmax(wrong) == piece

    return first


TENT = [
    Mistake(
        "1, -1, 0 are the slopes of the pieces. ReLUs add up, so each entry of v is the change of the "
        "slope at its place: with -1 at the second, the curve only becomes level.",
        np.array([1.0, -1.0, 0.0]),
    ),
    Mistake(
        "The curve climbs to 1, falls back to 0, and goes on falling: the third ReLU must make it level "
        "again.",
        np.array([1.0, -2.0, 0.0]),
    ),
    Mistake(
        "(1, -1, 1) climbs, is level, and climbs again. Each entry of v is a change of the slope: "
        "the slopes are v1, v1 + v2, v1 + v2 + v3, and wanted are 1, -1, 0.",
        np.array([1.0, -1.0, 1.0]),
    ),
    Mistake(
        "With (1, 2, 1) every ReLU makes the curve steeper. The second must bend it down.",
        np.array([1.0, 2.0, 1.0]),
    ),
    Mistake(
        "0, 1, 0 are the heights of the tent at 0, 1 and 2. Each entry of v is a change of the slope.",
        np.array([0.0, 1.0, 0.0]),
    ),
    Mistake(
        "The tent hangs upside down: its slopes are -1, 1, 0. Turn all signs.",
        np.array([-1.0, 2.0, -1.0]),
    ),
    Mistake(
        "The third ReLU bends the curve down once more. At 2 the slope is -1 and must become 0: it has to "
        "be turned up.",
        np.array([1.0, -2.0, -1.0]),
    ),
    Mistake(
        "The first piece is wrong. From 0 to 1 only the first ReLU is on, so the slope there is v1, and the "
        "curve is to climb by 1.",
        np.array([2.0, -4.0, 2.0]),
        when=wrong_from(0),
    ),
    Mistake(
        "The first piece is right, the second is not. From 1 to 2 two ReLUs are on, so the slope there is "
        "v1 + v2, and the curve is to fall by 1.",
        np.array([1.0, -3.0, 2.0]),
        when=wrong_from(1),
    ),
    Mistake(
        "The tent is right up to x = 2, and after it the curve is not level. There all three ReLUs are on: "
        "the slope is v1 + v2 + v3.",
        np.array([1.0, -2.0, 2.0]),
        when=wrong_from(2),
    ),
]

# A bump ---------------------------------------------------------------------------------------


def bump(x, a, b, height):
    """A trapezoid from a to b, its ramps a quarter of its width: places left to right."""
    ramp = (b - a) / 4
    return height / ramp * relus(x, (a, a + ramp, b - ramp, b), (1, -1, -1, 1))


def by_piece(bump, x, a, b, height):
    """The curve at x, piece by piece."""
    y = bump(x, a, b, height)
    if y is ... or y is None:
        return y
    if np.shape(y) != x.shape:
        raise ValueError(
            f"bump should return a height for every entry of x, shape {x.shape}; its result has the "
            f"shape {np.shape(y)}"
        )
    y, ramp = np.asarray(y), (b - a) / 4
    pieces = {
        "left of a": x <= a,
        "the way up": (x > a) & (x < a + ramp),
        "the flat top": (x >= a + ramp) & (x <= b - ramp),
        "the way down": (x > b - ramp) & (x < b),
        "right of b": x >= b,
    }
    return {piece: y[inside] for piece, inside in pieces.items()}


def bumps(rng):
    """Cases, with points on every piece."""
    return [
        Case("from 0 to 4, height 1", np.arange(-1.0, 5.5, 0.5), 0.0, 4.0, 1.0),
        Case("from -3 to -1, height 2.5", np.linspace(-4, 2, 25), -3.0, -1.0, 2.5),
        Case("upside down", np.sort(rng.uniform(-2, 8, 30)), 1.0, 6.0, -0.5),
    ]


def of_ramp(width):
    """A bump whose ramps are width(a, b) long."""

    def answer(x, a, b, height):
        ramp = width(a, b)
        return height / ramp * relus(x, (a, a + ramp, b - ramp, b), (1, -1, -1, 1))

    return answer


def of_changes(*signs, at=lambda a, b, r: (a, a + r, b - r, b)):
    """A bump with the right slopes, of these signs, at these places."""
    return lambda x, a, b, height: (
        height / ((b - a) / 4) * relus(x, at(a, b, (b - a) / 4)[: len(signs)], signs)
    )


BUMP = [
    Mistake(
        "Your bump has vertical walls. Wanted are ramps, a quarter of the width long, made of ReLUs.",
        lambda x, a, b, height: np.where((x > a) & (x < b), height, 0.0),
    ),
    Mistake(
        "The ramps are as steep for every bump: the slope is the height. To climb to the height within a "
        "quarter of the width, it must be height / ((b - a) / 4).",
        lambda x, a, b, height: bump(x, a, b, height * (b - a) / 4),
    ),
    Mistake(
        "Your slope is height / (b - a), as if a ramp took the whole width. It takes a quarter.",
        lambda x, a, b, height: bump(x, a, b, height / 4),
    ),
    Mistake(
        "Your slope is height / (b - a) / 4, which divides by 4 once more. Put brackets around the "
        "ramp's length: height / ((b - a) / 4).",
        lambda x, a, b, height: bump(x, a, b, height / 16),
    ),
    Mistake(
        "The ramps climb by 1 on each unit of length, so the top is a ramp's length high. The slope must "
        "be height / ((b - a) / 4).",
        lambda x, a, b, height: bump(x, a, b, (b - a) / 4),
    ),
    Mistake(
        "Your bump is 1 high: multiply with the height.",
        lambda x, a, b, height: bump(x, a, b, 1.0),
    ),
    Mistake(
        "The curve climbs for ever: a second ReLU must make it level where the ramp ends.",
        of_changes(1),
    ),
    Mistake(
        "The bump climbs and never comes down: two more ReLUs must take the height away again.",
        of_changes(1, -1),
    ),
    Mistake(
        "The curve comes down and goes on falling: a fourth ReLU, at b, must make it level again.",
        of_changes(1, -1, -1),
    ),
    Mistake(
        "The curve climbs a second time where it should come down. The changes of the slope are up, level, "
        "down, level: +, -, -, +.",
        of_changes(1, -1, 1, -1),
    ),
    Mistake(
        "The second ramp begins at b. It ends there: it begins a quarter of the width before.",
        of_changes(1, -1, -1, 1, at=lambda a, b, r: (a, a + r, b, b + r)),
    ),
    Mistake(
        "Your ramps lie outside of the interval, before a and after b. The bump is 0 there; climb from a "
        "on, and be down at b.",
        of_changes(1, -1, -1, 1, at=lambda a, b, r: (a - r, a, b, b + r)),
    ),
    Mistake(
        "Your ramps meet in the middle, so this is a tent. A ramp takes a quarter of the width, and the "
        "flat top a half.",
        of_ramp(lambda a, b: (b - a) / 2),
    ),
    Mistake(
        "Each of your ramps takes a third of the width. Wanted are a quarter, a half and a quarter.",
        of_ramp(lambda a, b: (b - a) / 3),
    ),
    Mistake(
        "The top begins and ends at the right places for an interval that starts at 0 only: b / 4 is not "
        "a quarter of the width. The width is b - a.",
        of_ramp(lambda a, b: b / 4),
    ),
    Mistake(
        "`b - a / 4` divides a alone. A quarter of the width is (b - a) / 4.",
        of_ramp(lambda a, b: b - a / 4),
    ),
    Mistake(
        "Your curve begins at 0, as if a were 0. It is to begin at a: the kinks lie at a, a quarter of the "
        "width behind it, a quarter before b, and at b.",
        lambda x, a, b, height: bump(x, 0.0, b - a, height),
    ),
    Mistake(
        "Your bump reaches from 0 to b. It is to begin at a, which is not always 0.",
        lambda x, a, b, height: bump(x, 0.0, b, height),
    ),
    Mistake(
        "The way down begins in the middle of the bump, a quarter of the width too early. The top is level "
        "for a half of the width, up to b - (b - a) / 4.",
        of_changes(1, -1, -1, 1, at=lambda a, b, r: (a, a + r, a + 2 * r, a + 3 * r)),
    ),
    Mistake(
        "A quarter of the width comes out as a whole number, which for the width 2 is 0: `//` and int(...) "
        "round. Divide with `/`.",
        of_ramp(lambda a, b: (b - a) // 4),
    ),
]

# Kinks ----------------------------------------------------------------------------------------

KINKS = [
    Mistake("9 is the number of straight pieces. Between them are the kinks, one fewer.", 9),
    Mistake(
        "16 is two for each unit. A kink is a place where a unit's u changes its sign, and in a hidden "
        "layer with one input each unit has one such place.",
        16,
    ),
    Mistake(
        "7 is one too few. Every one of the eight units bends the curve where its u is 0; none is "
        "needed for anything else.",
        7,
    ),
    Mistake(
        "Too few. The window of the figure hides some of them, and training need not use them all; asked "
        "is how many there can be. How often can a single unit bend the curve?",
        3,
        when=lambda kinks: kinks < 7 and kinks not in (0, 1, 4),
    ),
    Mistake(
        "Too many. With one input, u = wx + b of a hidden unit is 0 at a single x, so each unit bends the "
        "curve once at most.",
        64,
        when=lambda kinks: kinks > 7 and kinks not in (8, 9, 16),
    ),
    Mistake(
        "A curve of ReLUs is no smooth one, however it looks from afar: every ReLU in it has a kink.",
        0,
    ),
    Mistake(
        "One kink is what a single ReLU has. The curve is the sum of those of all hidden units, and each "
        "may bend it at a place of its own.",
        1,
    ),
    Mistake(
        "Four is what a single bump needs. Asked is how many kinks the ReLUs can make at most, whatever "
        "is drawn with them.",
        4,
    ),
]

# Through points -------------------------------------------------------------------------------


def hinges(x, y):
    """v with y_0 + sum of v_i relu(x - x_i) through all points."""
    return np.diff(np.diff(y) / np.diff(x), prepend=0.0)


def from_zero(x, y):
    """The hinges, but for a first slope as if y_0 were 0."""
    slopes = np.diff(y) / np.diff(x)
    return np.r_[y[1] / (x[1] - x[0]), np.diff(slopes)]


def alternating(x, y):
    """Each slope less the weight before it."""
    v = []
    for slope in np.diff(y) / np.diff(x):
        v.append(slope - (v[-1] if v else 0.0))
    return np.array(v)


THROUGH_POINTS = [
    Mistake(
        "You return the slopes of the pieces. A ReLU goes on for ever, so what each one adds is the "
        "change of the slope at its place.",
        lambda x, y: np.diff(y) / np.diff(x),
    ),
    Mistake(
        "You return the steps of y. A weight is a slope: divide by the steps of x.",
        lambda x, y: np.diff(y),
    ),
    Mistake(
        "You take the changes of y's steps, as if the points stood one apart: divide each step of y by "
        "its step of x first.",
        lambda x, y: np.diff(np.diff(y), prepend=0.0),
    ),
    Mistake(
        "The first weight is missing: before the first point the slope is 0, so the first change is the "
        "first slope itself.",
        lambda x, y: np.diff(np.diff(y) / np.diff(x)),
    ),
    Mistake(
        "The changes have the wrong sign: the new slope minus the old one.",
        lambda x, y: -hinges(x, y),
    ),
    Mistake(
        "You give the last point a ReLU as well, which makes the curve level after it. The sum ends at "
        "x_(m-1): one weight for each piece, and nothing is asked of the curve beyond the last point.",
        lambda x, y: np.diff(np.diff(y) / np.diff(x), prepend=0.0, append=0.0),
    ),
    Mistake(
        "The 0 stands at the wrong end: before the first point the slope is 0, not after the last one. "
        "Put it in front, `prepend`.",
        lambda x, y: np.diff(np.diff(y) / np.diff(x), append=0.0),
    ),
    Mistake(
        "Your first weight is 0, so the first piece is level. Before the first point the slope is 0; the "
        "change there is the first slope itself.",
        lambda x, y: hinges(x, y) * (np.arange(len(x) - 1) > 0),
    ),
    Mistake(
        "Your slopes are upside down: a slope is the step of y over the step of x.",
        lambda x, y: np.diff(np.diff(x) / np.diff(y), prepend=0.0),
    ),
    Mistake(
        "You compare each slope with the first y. Before the first point the curve is level: the slope "
        "there is 0, whatever y is.",
        lambda x, y: np.diff(np.diff(y) / np.diff(x), prepend=y[0]),
    ),
    Mistake(
        "The changes are divided by the steps of x once more. A change of the slope is a difference of two "
        "slopes, and no more.",
        lambda x, y: hinges(x, y) / np.diff(x),
    ),
    Mistake(
        "Your first weight is y1 / (x1 - x0), as if y0 were 0. The curve starts at y0 already: the first "
        "slope is (y1 - y0) / (x1 - x0).",
        from_zero,
    ),
    Mistake(
        "You subtract the weight before, which is not the slope that is in force: that is the sum of all "
        "weights so far. Up to the second weight it is the same.",
        alternating,
    ),
    Mistake(
        "You return the heights of the curve at the points. Wanted are the weights v that make it, one for "
        "each piece.",
        lambda x, y: y + 0.0,
    ),
    Mistake(
        "Your slopes are those of np.gradient, an average over the pieces on both sides of a point. Each "
        "piece has a slope of its own: np.diff(y) / np.diff(x).",
        lambda x, y: np.diff(np.gradient(y, x)[:-1], prepend=0.0),
    ),
    Mistake(
        "You add the slopes up. A weight is the difference between a slope and the one before it: np.diff "
        "in the place of np.cumsum.",
        lambda x, y: np.cumsum(np.diff(y) / np.diff(x)),
    ),
]
