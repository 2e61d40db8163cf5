"""The exercise on He's weights: what is left of a signal with others."""

from __future__ import annotations

import numpy as np

from ...exercise import Case, Mistake, add


def against(share=lambda std, n: std / np.sqrt(2 / n), over=np.prod):
    """against_he with another share of a layer, or with the shares taken together in another way."""
    return lambda std, n_in: over(share(std, n_in))


add(
    "landmarks.against_he",
    "What Xavier loses",
    level=1,
    reference=against(),
    cases=lambda rng: [
        Case("two layers of √(1/n)", np.sqrt(1 / np.array([8.0, 8.0])), np.array([8, 8])),
        Case("He's own weights", np.sqrt(2 / np.array([50.0, 20.0, 9.0])), np.array([50, 20, 9])),
        Case("one layer, 0.3 and 5 inputs", np.array([0.3]), np.array([5])),
        Case("0.01 in three layers", np.full(3, 0.01), np.array([576, 1152, 2304])),
        Case("others", rng.uniform(0.1, 1, 4), rng.integers(5, 40, 4)),
    ],
    remark="The paper does this for a network of its time that had 0.01 in all its layers: from its tenth "
    "layer to its second, the gradient would be 1/(1.7 × 10⁴) of theirs.",
    mistakes=[
        Mistake(
            "You compare with √(1/n), Xavier's own scale. He's is √(2/n).",
            against(lambda std, n: std / np.sqrt(1 / n)),
        ),
        Mistake(
            "You compare variances: each layer enters with its square. The signal is proportional to the "
            "standard deviation.",
            against(lambda std, n: std**2 / (2 / n)),
        ),
        Mistake(
            "This is how many times larger He's signal is: one over what is asked.",
            against(lambda std, n: np.sqrt(2 / n) / std),
        ),
        Mistake(
            "The root is missing: He's standard deviation is √(2/n).",
            against(lambda std, n: std / (2 / n)),
        ),
        Mistake(
            "You square the standard deviations that are given. They go with He's as they are.",
            against(lambda std, n: std**2 / np.sqrt(2 / n)),
        ),
        Mistake(
            "You take the root of std. It is a standard deviation already.",
            against(lambda std, n: np.sqrt(std) / np.sqrt(2 / n)),
        ),
        Mistake(
            "The root stands over the 2 alone: √(2/n).",
            against(lambda std, n: std / (np.sqrt(2) / n)),
        ),
        Mistake(
            "You multiply by He's standard deviation. The comparison is a quotient.",
            against(lambda std, n: std * np.sqrt(2 / n)),
        ),
        Mistake(
            "You add the layers' factors up. Each multiplies what comes from the one before.",
            against(over=np.sum),
        ),
        Mistake(
            "You take the mean of the layers' factors. Each multiplies what comes from the one before.",
            against(over=np.mean),
        ),
        Mistake(
            "You return each layer's factor. They are to be multiplied.",
            against(over=np.array),
        ),
        Mistake(
            "You return the factor after each layer. Asked is the one after all of them.",
            against(over=np.cumprod),
        ),
        Mistake(
            "You take only the last layer's factor.",
            against(over=lambda a: a[-1]),
        ),
        Mistake(
            "You take only the first layer's factor.",
            against(over=lambda a: a[0]),
        ),
        Mistake(
            "You take the geometric mean of the layers' factors. Asked is their product.",
            against(over=lambda a: np.prod(a) ** (1 / len(a))),
        ),
        Mistake(
            "You leave He's scale out. The standard deviation alone says nothing without the number of "
            "inputs.",
            against(lambda std, n: std),
        ),
        Mistake(
            "You multiply the standard deviations, and compare with a single layer of He's. Each layer has "
            "its own quotient.",
            lambda std, n_in: np.prod(std) / np.sqrt(2 / n_in)[0],
        ),
        Mistake(
            "You give 1/√2 for every layer, as if all weights were Xavier's. `std` says what they are.",
            lambda std, n_in: 2.0 ** (-len(std) / 2),
        ),
        Mistake(
            "You return the logarithm. Asked is the factor itself.",
            against(over=lambda a: np.sum(np.log(a))),
        ),
        Mistake(
            "You return by how much it is smaller, 1 less the factor. Asked is the factor.",
            against(over=lambda a: 1 - np.prod(a)),
        ),
        Mistake(
            "You divide by √2 once. It stands in the factor of every layer.",
            lambda std, n_in: np.prod(std * np.sqrt(n_in)) / np.sqrt(2),
        ),
        Mistake(
            "You take variances, and Xavier's scale: n times std². The factor of a layer is std / √(2/n).",
            against(lambda std, n: n * std**2),
        ),
        Mistake(
            "You take He's scale for the mean number of inputs. Each layer has its own.",
            lambda std, n_in: np.prod(std / np.sqrt(2 / np.mean(n_in))),
        ),
    ],
)
