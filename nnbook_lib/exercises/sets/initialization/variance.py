"""Exercise: the variance to choose, predicted before the figure is moved."""

from __future__ import annotations

import numpy as np

from ...exercise import Mistake, add


def relu(best):
    """The first of two numbers."""
    first, _ = np.ravel(best)
    return first


def tanh(best):
    """The second of two numbers."""
    _, second = np.ravel(best)
    return second


STOPS = (0.5, 1.0, 1.5, 2.0, 4.0)


def on_slider(holds):
    """The same condition for numbers of the slider."""
    return lambda best: relu(best) in STOPS and tanh(best) in STOPS and holds(best)


def are(*numbers):
    """Whether the answer is these two numbers, to two digits."""
    return lambda best: np.allclose(np.ravel(best), numbers, atol=0.006)


def others(best):
    """Whether one of two numbers is not on the slider, for no reason that has a name."""
    known = is_scaled(best) or any(of(best) for of in (ROOTS, PLACES, MULTIPLIERS))
    return not known and not (relu(best) in STOPS and tanh(best) in STOPS)


def is_scaled(best):
    """Whether all is right but for a factor, such as 1/n."""
    return np.isclose(relu(best) * 1.5, tanh(best) * 2) and relu(best) not in (0, 2, 4)


ROOTS, PLACES, MULTIPLIERS = are(2**0.5, 1.5**0.5), are(3, 2), are(1.12, 1.29)


add(
    "initialization.best_variance",
    "Predict the variance, then move the figure",
    level=1,
    reference=np.array([2.0, 1.5]),
    remark="1.5 is what 20 layers ask for here. The deeper the network, the nearer to 1 the best value for "
    "tanh: its u shrink on the way up, and near 0 tanh is a straight line.",
    mistakes=[
        Mistake(
            "ReLU stands first, then tanh: the two are exchanged.",
            np.array([1.5, 2.0]),
            when=on_slider(lambda best: relu(best) == 1.5 and tanh(best) == 2),
        ),
        Mistake(
            "2 is right for ReLU. For tanh, 1 is what the derivation for linear layers gives; look at the "
            "figure at depth 20: tanh takes a little of the gradient in every layer.",
            np.array([2.0, 1.0]),
            when=on_slider(lambda best: relu(best) == 2 and tanh(best) == 1),
        ),
        Mistake(
            "2 is right for ReLU. For tanh your value is too small: the gradient falls on its way down.",
            np.array([2.0, 0.5]),
            when=on_slider(lambda best: relu(best) == 2 and tanh(best) < 1),
        ),
        Mistake(
            "2 is right for ReLU, whose other half is shut. Tanh shuts nothing: at 2 and above its gradient "
            "grows toward the input. Look at depth 20.",
            np.array([2.0, 2.0]),
            when=on_slider(lambda best: relu(best) == 2 and tanh(best) >= 2),
        ),
        Mistake(
            "Tanh is right. For ReLU your value is too small: it loses half of the mean square at every "
            "layer, though its slope is 1 where it is on. Look at depth 20.",
            np.array([1.0, 1.5]),
            when=on_slider(lambda best: relu(best) < 2 and tanh(best) == 1.5),
        ),
        Mistake(
            "Tanh is right. For ReLU your value is too large: the gradient grows toward the input.",
            np.array([4.0, 1.5]),
            when=on_slider(lambda best: relu(best) > 2 and tanh(best) == 1.5),
        ),
        Mistake(
            "At 1 ReLU loses half of the mean square at every layer, though its slope is 1 where it is on. "
            "And tanh takes a little, too. Look at depth 20.",
            np.array([1.0, 1.0]),
            when=on_slider(lambda best: relu(best) == 1 and tanh(best) == 1),
        ),
        Mistake(
            "Both are too large: set the depth to 20, and see how the gradient grows on its way down. "
            "Asked is where it is multiplied by about 1, not by the most.",
            np.array([4.0, 2.0]),
            when=on_slider(lambda best: relu(best) > 2 and tanh(best) > 1.5),
        ),
        Mistake(
            "For ReLU your value is too small, for tanh too large: ReLU shuts half of the mean square in "
            "every layer, tanh takes little.",
            np.array([1.0, 4.0]),
            when=on_slider(
                lambda best: (
                    relu(best) < 2 and tanh(best) > 1.5 and (relu(best), tanh(best)) != (1.5, 2)
                )
            ),
        ),
        Mistake(
            "For ReLU your value is too large, for tanh too small: set the depth to 20, and see where the "
            "gradient goes on its way down.",
            np.array([4.0, 1.0]),
            when=on_slider(lambda best: relu(best) > 2 and tanh(best) < 1.5),
        ),
        Mistake(
            "Both are too small: set the depth to 20, and see how the gradient falls on its way down.",
            np.array([1.5, 1.0]),
            when=on_slider(
                lambda best: (
                    relu(best) < 2 and tanh(best) < 1.5 and (relu(best), tanh(best)) != (1, 1)
                )
            ),
        ),
        Mistake(
            "These are roots, and not on the slider. It shows n Var W, a variance: write the number that "
            "stands there.",
            np.sqrt([2.0, 1.5]),
            when=ROOTS,
        ),
        Mistake(
            "3 is not on the slider: are these places, counted from 0? Write the values that stand there: "
            "0.5, 1, 1.5, 2 or 4.",
            np.array([3.0, 2.0]),
            when=PLACES,
        ),
        Mistake(
            "These are what δ is multiplied by, and not on the slider. Asked is the n Var W with which that "
            "happens: 0.5, 1, 1.5, 2 or 4.",
            np.array([1.12, 1.29]),
            when=MULTIPLIERS,
        ),
        Mistake(
            "Your two numbers have the right ratio, but a factor stands before them, such as 1/n. Write "
            "n Var W as it stands on the slider, and not Var W.",
            np.array([2.0, 1.5]) / 50,
            when=is_scaled,
        ),
        Mistake(
            "A number of yours is not on the slider, whose values are 0.5, 1, 1.5, 2 and 4. Take the one of "
            "them at which δ is multiplied by a number nearest to 1.",
            np.array([2.0, 1.4]),
            when=others,
        ),
        Mistake(
            "You give one number. Two are asked: for ReLU first, then for tanh, np.array([..., ...]).",
            2.0,
            when=lambda best: isinstance(best, int | float | np.number),
        ),
        Mistake(
            "You give a dictionary. Asked is an array of two numbers, ReLU's first: np.array([..., ...]).",
            {"relu": 2.0, "tanh": 1.5},
            when=lambda best: isinstance(best, dict),
        ),
    ],
)
