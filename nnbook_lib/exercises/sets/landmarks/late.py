"""Exercises on the best momentum, and on networks that are born dead."""

from __future__ import annotations

import numpy as np

from ...exercise import Case, Mistake, add


def ends(H):
    return np.linalg.eigvalsh(H)[[0, -1]]


def tuned(
    roots=lambda H: np.sqrt(ends(H)),
    alpha=lambda low, high: (2 / (low + high)) ** 2,
    beta=lambda low, high: ((high - low) / (high + low)) ** 2,
    factor=lambda low, high: (high - low) / (high + low),
):
    """best with other ends of the spectrum, or with other formulas of their roots."""

    def best(H):
        low, high = roots(H)
        return alpha(low, high), beta(low, high), factor(low, high)

    return best


def from_diagonal(H):
    return np.sqrt([np.diag(H).min(), np.diag(H).max()])


def curved(rng, values):
    """A symmetric matrix with these eigenvalues."""
    Q = np.linalg.qr(rng.normal(size=(len(values), len(values))))[0]
    H = Q @ np.diag(values) @ Q.T
    return (H + H.T) / 2


add(
    "landmarks.best",
    "The best rate and momentum",
    level=2,
    reference=tuned(),
    outputs=("alpha", "beta", "factor"),
    atol=1e-7,
    cases=lambda rng: [
        Case("1 and 9", np.diag([1.0, 9.0])),
        Case("not in order", np.diag([4.0, 100.0, 0.25])),
        Case("a turned ravine", curved(rng, [0.5, 2.0, 18.0])),
        Case("a turned valley in two dimensions", curved(rng, [0.1, 3.0])),
        Case("nearly round", curved(rng, [2.0, 2.5, 3.0, 3.1])),
    ],
    remark="It is the best in the long run, and on quadratics: at first the distance may even grow, as "
    "momentum overshoots.",
    mistakes=[
        Mistake(
            "You read the eigenvalues off the diagonal. Only a diagonal matrix has them there.",
            tuned(from_diagonal),
        ),
        Mistake(
            "You take the first and the last entry of the diagonal. Eigenvalues stand there only in a "
            "diagonal matrix, and in any order.",
            tuned(lambda H: np.sqrt(np.diag(H)[[0, -1]])),
        ),
        Mistake(
            "You take λ where the formulas have √λ, in all three.",
            tuned(ends),
        ),
        Mistake(
            "In α you take λ where the formula has √λ.",
            tuned(alpha=lambda low, high: (2 / (low**2 + high**2)) ** 2),
        ),
        Mistake(
            "This α is that of gradient descent without momentum, 2/(λ1 + λn).",
            tuned(alpha=lambda low, high: 2 / (low**2 + high**2)),
        ),
        Mistake(
            "In β you take λ where the formula has √λ.",
            tuned(beta=lambda low, high: ((high**2 - low**2) / (high**2 + low**2)) ** 2),
        ),
        Mistake(
            "In β and the factor you take λ where the formulas have √λ: that is gradient descent's factor.",
            tuned(
                beta=lambda low, high: ((high**2 - low**2) / (high**2 + low**2)) ** 2,
                factor=lambda low, high: (high**2 - low**2) / (high**2 + low**2),
            ),
        ),
        Mistake(
            "Your factor is that of gradient descent without momentum. With it, the factor is √β.",
            tuned(factor=lambda low, high: (high**2 - low**2) / (high**2 + low**2)),
        ),
        Mistake(
            "α is to be squared.",
            tuned(alpha=lambda low, high: 2 / (low + high)),
        ),
        Mistake(
            "β is to be squared; the factor is its root.",
            tuned(beta=lambda low, high: (high - low) / (high + low)),
        ),
        Mistake(
            "β is to be squared. As yours is not, its root, the factor, is wrong as well.",
            tuned(
                beta=lambda low, high: (high - low) / (high + low),
                factor=lambda low, high: np.sqrt((high - low) / (high + low)),
            ),
        ),
        Mistake(
            "None of your two is squared: α and β are squares of what you have.",
            tuned(
                alpha=lambda low, high: 2 / (low + high),
                beta=lambda low, high: (high - low) / (high + low),
                factor=lambda low, high: np.sqrt((high - low) / (high + low)),
            ),
        ),
        Mistake(
            "Your factor is β. Each step multiplies by its root.",
            tuned(factor=lambda low, high: ((high - low) / (high + low)) ** 2),
        ),
        Mistake(
            "Your factor is β². Each step multiplies by the root of β.",
            tuned(factor=lambda low, high: ((high - low) / (high + low)) ** 4),
        ),
        Mistake(
            "You take the root of the sum of the eigenvalues. The roots are taken one by one, then added.",
            tuned(alpha=lambda low, high: (2 / np.sqrt(low**2 + high**2)) ** 2),
        ),
        Mistake(
            "The 2 above in α is outside of the square: it is squared, too.",
            tuned(alpha=lambda low, high: 2 / (low + high) ** 2),
        ),
        Mistake(
            "In α the 2 is missing.",
            tuned(alpha=lambda low, high: 1 / (low + high) ** 2),
        ),
        Mistake(
            "Your eigenvalues are not sorted: np.linalg.eigvals gives them in no order. Take the smallest "
            "and the largest, or np.linalg.eigvalsh, which sorts.",
            tuned(
                lambda H: np.sqrt(np.linalg.eigvals(H).real[[0, -1]]),
                factor=lambda low, high: abs((high - low) / (high + low)),
            ),
            when=lambda best: (
                np.allclose(best(np.diag([4.0, 1.0, 100.0, 9.0])), tuned()(np.diag([4.0, 9.0])))
                and np.allclose(
                    best(np.array([[2.0, 1.0], [1.0, 2.0]])), tuned()(np.diag([1.0, 3.0]))
                )
            ),
        ),
        Mistake(
            "You take the two smallest eigenvalues. It is the smallest and the largest.",
            tuned(lambda H: np.sqrt(np.linalg.eigvalsh(H)[:2])),
        ),
        Mistake(
            "You take the two largest eigenvalues. It is the smallest and the largest.",
            tuned(lambda H: np.sqrt(np.linalg.eigvalsh(H)[-2:])),
        ),
        Mistake(
            "Your factor is 1 - √β. It is √β: what remains, not what is gained.",
            tuned(factor=lambda low, high: 1 - (high - low) / (high + low)),
        ),
        Mistake(
            "You return the condition number λn/λ1 in place of the factor.",
            tuned(factor=lambda low, high: (high / low) ** 2),
        ),
        Mistake(
            "Your factor has the wrong sign: it is a root, and positive.",
            tuned(factor=lambda low, high: (low - high) / (high + low)),
        ),
    ],
)


def whole(widths):
    return 1 - np.prod(1 - 0.5**widths)


add(
    "landmarks.born_dead",
    "Born dead",
    level=1,
    reference=whole,
    cases=lambda rng: [
        Case("one layer of one unit", np.array([1])),
        Case("two layers of one unit", np.array([1, 1])),
        Case("one layer of two units", np.array([2])),
        Case("nine layers of three", np.full(9, 3)),
        Case("different widths", np.array([4, 2, 7])),
        Case("others", rng.integers(1, 6, 4)),
    ],
    remark="Nine hidden layers of width 2 come to 0.92, of width 10 to 0.009. Lu and colleagues' other "
    "number, over 90 % of training runs that collapse, is not this one: runs may also die later.",
    mistakes=[
        Mistake(
            "This is the probability to be alive. Asked is that of being dead: what it lacks to 1.",
            lambda widths: np.prod(1 - 0.5**widths),
        ),
        Mistake(
            "You want all layers to be dead. One is enough: nothing gets through it.",
            lambda widths: np.prod(0.5**widths),
        ),
        Mistake(
            "You add the layers' probabilities up. That counts networks with several dead layers several "
            "times, and comes to more than 1 with many layers.",
            lambda widths: np.sum(0.5**widths),
        ),
        Mistake(
            "You call a layer dead if one of its units is off. All must be.",
            lambda widths: 1 - np.prod(0.5**widths),
        ),
        Mistake(
            "You look at the narrowest layer alone. The others can be dead, too.",
            lambda widths: 0.5 ** widths.min(),
        ),
        Mistake(
            "You look at the first layer alone. The others can be dead, too.",
            lambda widths: 0.5 ** widths[0],
        ),
        Mistake(
            "You look at the last layer alone. The others can be dead, too.",
            lambda widths: 0.5 ** widths[-1],
        ),
        Mistake(
            "You return each layer's probability. Asked is one number, for the network.",
            lambda widths: 0.5**widths,
        ),
        Mistake(
            "You return the probability up to each layer. Asked is that for the whole network.",
            lambda widths: 1 - np.cumprod(1 - 0.5**widths),
        ),
        Mistake(
            "You take the mean of the layers' probabilities. Each further layer is a further danger.",
            lambda widths: np.mean(0.5**widths),
        ),
        Mistake(
            "You take N/2 or 1/(2N) for a layer of N units. Units are off independently: 2 to the power "
            "-N.",
            lambda widths: 1 - np.prod(1 - 0.5 / widths),
            when=lambda born_dead: any(
                np.isclose(born_dead(np.array([4])), v) for v in (1 / 8, 1 / 4)
            ),
        ),
        Mistake(
            "Width and number of layers are exchanged: a layer of N units is dead with 2^-N, whatever the "
            "number of layers.",
            lambda widths: 1 - (1 - 0.5 ** len(widths)) ** np.mean(widths),
        ),
        Mistake(
            "You take the number of all units as if they were in one layer. Each layer has its own chance.",
            lambda widths: 1 - (1 - 0.5 ** np.sum(widths)) ** len(widths),
        ),
        Mistake(
            "You use the mean width for every layer. A narrow one is in more danger than a wide one saves.",
            lambda widths: 1 - (1 - 0.5 ** np.mean(widths)) ** len(widths),
        ),
        Mistake(
            "The last layer is missing in your product.",
            lambda widths: whole(widths[:-1]),
        ),
        Mistake(
            "The first layer is missing in your product.",
            lambda widths: whole(widths[1:]),
        ),
        Mistake(
            "You use the first layer's width for all. Each has its own.",
            lambda widths: 1 - (1 - 0.5 ** widths[0]) ** len(widths),
        ),
        Mistake(
            "You take the expected number of units that are off. Asked is a probability.",
            lambda widths: np.sum(widths) / 2,
        ),
        Mistake(
            "You subtract the layers' chances to be dead from 1, one after another. All layers are alive "
            "with the product of 1 - 2^-N, and what that lacks to 1 is asked.",
            lambda widths: 1 - np.sum(0.5**widths),
        ),
    ],
)
