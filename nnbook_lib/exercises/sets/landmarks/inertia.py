"""The exercise on momentum: its best setting on a quadratic."""

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
            "In α you add the eigenvalues. Their roots are added, and the sum is squared.",
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
            when=lambda best: all(
                np.allclose(np.abs(best(H)), tuned()(np.diag(ends)))
                for H, ends in (
                    (np.diag([4.0, 1.0, 100.0, 9.0]), [4.0, 9.0]),
                    (np.array([[2.0, 1.0], [1.0, 2.0]]), [1.0, 3.0]),
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
        Mistake(
            "In β the square covers only what stands below: it is ((√λn - √λ1)/(√λn + √λ1))².",
            tuned(beta=lambda low, high: (high - low) / (high + low) ** 2),
        ),
        Mistake(
            "In β the square covers only what stands above: it is ((√λn - √λ1)/(√λn + √λ1))².",
            tuned(beta=lambda low, high: (high - low) ** 2 / (high + low)),
        ),
        Mistake(
            "In α the square covers only what stands above: it is (2/(√λ1 + √λn))².",
            tuned(alpha=lambda low, high: 4 / (low + high)),
        ),
    ],
)
