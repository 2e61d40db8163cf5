"""The exercise on the adding problem: its data, in two forms."""

from __future__ import annotations

import numpy as np

from ...exercise import Case, Mistake, add


def data(values, i, j, ends=True, marks=(1, 1), target=lambda a, b: 0.5 + (a + b) / 4):
    x = np.zeros((len(values), 2))
    x[:, 0] = values
    if ends:
        x[[0, -1], 1] = -1
    x[[i, j], 1] = marks
    return x, target(values[i], values[j])


def in_forms(old=None, new=None):
    """adding with what differs from the right answer in the old form, and in the new one."""
    new = {"ends": False, "target": lambda a, b: a + b} | (new or {})

    def adding(values, i, j, later):
        return data(values, i, j, **(new if later else old or {}))

    return adding


def changed(change):
    """adding with a change of its result."""
    return lambda values, i, j, later: change(*in_forms()(values, i, j, later))


def with_target(target):
    """adding with a target computed otherwise, in both forms."""
    return in_forms(
        {"target": lambda a, b: target(a, b, False)}, {"target": lambda a, b: target(a, b, True)}
    )


def only_marked(values, i, j, later):
    x, target = in_forms()(values, i, j, later)
    x[:, 0] *= x[:, 1] == 1
    return x, target


def one_end(k):
    def adding(values, i, j, later):
        x, target = in_forms()(values, i, j, later)
        x[k, 1] = 0
        return x, target

    return adding


add(
    "landmarks.adding",
    "The data of the adding problem",
    level=2,
    reference=in_forms(),
    outputs=("x", "target"),
    cases=lambda rng: [
        Case("1997, five pairs", np.array([0.3, -0.5, 0.9, 0.7, -0.1]), 1, 3, False),
        Case("the later form", np.array([0.3, -0.5, 0.9, 0.7, -0.1]), 1, 3, True),
        Case("1997, the second mark first", rng.uniform(-1, 1, 9), 6, 2, False),
        Case("the later form, neighbors", rng.uniform(0, 1, 7), 4, 5, True),
    ],
    remark="1997 has one thing more: sequences differ in length, and in the rare case that the first pair is "
    "marked, its value counts as 0.",
    mistakes=[
        Mistake(
            "The -1 at both ends is missing, in the form of 1997.",
            in_forms({"ends": False}),
        ),
        Mistake(
            "The later form has no -1 at its ends: there they are 0.",
            in_forms(None, {"ends": True}),
        ),
        Mistake(
            "Your two forms are exchanged: `later=False` is that of 1997.",
            lambda values, i, j, later: in_forms()(values, i, j, not later),
        ),
        Mistake(
            "You always give the form of 1997. With `later=True`, the ends are 0, and the target is the sum.",
            lambda values, i, j, later: in_forms()(values, i, j, False),
        ),
        Mistake(
            "You always give the later form. With `later=False`, the ends are -1, and the target is "
            "0.5 + (X1 + X2)/4.",
            lambda values, i, j, later: in_forms()(values, i, j, True),
        ),
        Mistake(
            "In 1997's target the 0.5 is missing. It moves the middle of the range from 0 to 1/2.",
            in_forms({"target": lambda a, b: (a + b) / 4}),
        ),
        Mistake(
            "In 1997's target you divide the 0.5 by 4, too: 0.5 + (X1 + X2)/4.",
            in_forms({"target": lambda a, b: (0.5 + a + b) / 4}),
        ),
        Mistake(
            "In 1997's target a bracket is missing: you divide only the second value by 4.",
            in_forms({"target": lambda a, b: 0.5 + a + b / 4}),
        ),
        Mistake(
            "In 1997's target you divide by 2. The sum lies between -2 and 2; a quarter of it, plus 0.5, "
            "between 0 and 1.",
            in_forms({"target": lambda a, b: 0.5 + (a + b) / 2}),
        ),
        Mistake(
            "The later form asks for the sum itself; your target there is 1997's.",
            in_forms(None, {"target": lambda a, b: 0.5 + (a + b) / 4}),
        ),
        Mistake(
            "Your target in 1997's form is the sum itself: it is to be scaled, 0.5 + (X1 + X2)/4.",
            in_forms({"target": lambda a, b: a + b}),
        ),
        Mistake(
            "In the later form you take the mean of the two values. The target is their sum.",
            in_forms(None, {"target": lambda a, b: (a + b) / 2}),
        ),
        Mistake(
            "You multiply the two values. That is another problem of 1997's; here they are added.",
            with_target(lambda a, b, later: a * b if later else 0.5 + a * b / 4),
        ),
        Mistake(
            "You subtract the second value. The two are added.",
            with_target(lambda a, b, later: a - b if later else 0.5 + (a - b) / 4),
        ),
        Mistake(
            "Your columns are exchanged: values first, then markers.",
            changed(lambda x, target: (x[:, ::-1], target)),
        ),
        Mistake(
            "You have a row for the values and one for the markers. One pair is one row: shape (T, 2).",
            changed(lambda x, target: (x.T, target)),
        ),
        Mistake(
            "You mark only the place `i`. `j` is marked, too.",
            in_forms({"marks": (1, 0)}, {"marks": (1, 0)}),
        ),
        Mistake(
            "You mark only the place `j`. `i` is marked, too.",
            in_forms({"marks": (0, 1)}, {"marks": (0, 1)}),
        ),
        Mistake(
            "You mark with 1 and 2. Both markers are 1.",
            in_forms({"marks": (1, 2)}, {"marks": (1, 2)}),
        ),
        Mistake("The last marker is to be -1, too, in the form of 1997.", one_end(-1)),
        Mistake("The first marker is to be -1, too, in the form of 1997.", one_end(0)),
        Mistake(
            "Your markers at the ends are 1. In the form of 1997 they are -1.",
            changed(lambda x, target: (np.column_stack([x[:, 0], np.abs(x[:, 1])]), target)),
        ),
        Mistake(
            "You set the values without a mark to 0. They stay: the network has to find out which ones do "
            "not count.",
            only_marked,
        ),
        Mistake(
            "You count the places from 1. `i` and `j` count from 0, as Python does.",
            lambda values, i, j, later: in_forms()(values, i - 1, j - 1, later),
            when=lambda adding: np.allclose(
                adding(np.arange(8.0), 3, 5, True)[0][:, 1], [0, 0, 1, 0, 1, 0, 0, 0]
            ),
        ),
        Mistake(
            "Your target is the sum of all values. Only the two marked ones count.",
            lambda values, i, j, later: (
                in_forms()(values, i, j, later)[0],
                values.sum() if later else 0.5 + values.sum() / 4,
            ),
        ),
    ],
)
