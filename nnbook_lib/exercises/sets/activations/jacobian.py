"""Exercise: the matrix of softmax's derivatives."""

from __future__ import annotations

import numpy as np

from .... import functions
from ...exercise import Case, Mistake, add


def jacobian(y):
    """dy/du of softmax: diag(y) - y y^T."""
    return np.diag(y) - np.outer(y, y)


def powers(a, b, c, d):
    """The matrix with y_i^a y_j^b to subtract off the diagonal, and y_i^c - y_i^d on it."""
    return lambda y: np.where(np.eye(len(y)) > 0, np.diag(y**c - y**d), -np.outer(y**a, y**b))


def is_one_of(*others):
    """Whether an answer gives what one of some others does."""
    y = np.array([0.5, 0.3, 0.2])

    def found(answer):
        came = np.asarray(answer(y))
        wanted = [other(y) for other in others]
        return any(came.shape == w.shape and np.allclose(came, w) for w in wanted)

    return found


def off_diagonal(y):
    return jacobian(y) * (1 - np.eye(len(y)))


add(
    "activations.softmax_jacobian",
    "Softmax has no slope, but a matrix",
    level=2,
    reference=jacobian,
    remark="Nobody builds this matrix for a large k. Backward needs J^T dy alone, and that is "
    "y * (dy - y @ dy): k numbers, not k².",
    cases=lambda rng: [
        Case("three classes", np.array([0.7, 0.2, 0.1])),
        Case("two classes, undecided", np.array([0.5, 0.5])),
        Case("six random ones", rng.dirichlet(np.ones(6))),
    ],
    mistakes=[
        Mistake(
            "Off the diagonal you have zeros, as if softmax worked entry by entry. Raise one u, and all "
            "other y fall: what is dy_i / du_j?",
            lambda y: np.diag(y * (1 - y)),
        ),
        Mistake(
            "You return the diagonal alone, y (1 - y), as for a sigmoid. The derivative of a vector by a "
            "vector is a matrix.",
            lambda y: y * (1 - y),
        ),
        Mistake(
            "`y @ y` is a single number, the same for every entry. Wanted is the table of all products "
            "y_i y_j: np.outer.",
            lambda y: np.diag(y) - y @ y,
        ),
        Mistake(
            "The sign between the two terms is wrong: raise one u, and the other y fall.",
            lambda y: np.diag(y) + np.outer(y, y),
        ),
        Mistake(
            "You apply softmax to y. It is its output already.",
            lambda y: jacobian(functions.softmax(y)),
        ),
        Mistake(
            "Your rows are y_i (1 - y_j). The 1 stands on the diagonal only, where i = j.",
            lambda y: np.outer(y, 1 - y),
        ),
        Mistake(
            "All signs are turned: raise one u, and its own y rises. The diagonal is y_i (1 - y_i).",
            lambda y: -jacobian(y),
        ),
        Mistake(
            "You have the products y_i y_j alone. On the diagonal y_i is missing, and the products are "
            "subtracted.",
            lambda y: np.outer(y, y),
        ),
        Mistake(
            "You have the diagonal y_i alone. From it the products y_i y_j are subtracted: np.outer.",
            lambda y: np.diag(y),
        ),
        Mistake(
            "On the diagonal stands 1 - y_i^2, with the identity in the place of diag(y). It is y_i - y_i^2.",
            lambda y: np.eye(len(y)) - np.outer(y, y),
        ),
        Mistake(
            "Off the diagonal you have + y_i y_j. Raise one u, and the other y fall.",
            lambda y: np.where(np.eye(len(y)) > 0, jacobian(y), np.outer(y, y)),
        ),
        Mistake(
            "From each row of diag(y) you subtract y itself. What is subtracted are the products y_i y_j: "
            "np.outer(y, y).",
            lambda y: np.diag(y) - y,
            when=is_one_of(lambda y: np.diag(y) - y, lambda y: np.diag(y) - y[:, None]),
        ),
        Mistake(
            "You subtract y² from each row or column of diag(y). What is subtracted are the products "
            "y_i y_j, a table: np.outer(y, y).",
            lambda y: np.diag(y) - y**2,
            when=is_one_of(lambda y: np.diag(y) - y**2, lambda y: np.diag(y) - y[:, None] ** 2),
        ),
        Mistake(
            "Off the diagonal all is right. On it stands y_i²; it is y_i - y_i².",
            lambda y: off_diagonal(y) + np.diag(y**2),
        ),
        Mistake(
            "Off the diagonal all is right. On it stands 0, and there the slope is y_i - y_i².",
            off_diagonal,
        ),
        Mistake(
            "You have the products, -y_i y_j, everywhere. On the diagonal y_i comes in addition: diag(y).",
            lambda y: -np.outer(y, y),
        ),
        Mistake(
            "Off the diagonal all is right. On it stands y_i, 1 or 1 - y_i; it is y_i (1 - y_i).",
            lambda y: off_diagonal(y) + np.diag(y),
            when=is_one_of(
                lambda y: off_diagonal(y) + np.diag(y),
                lambda y: off_diagonal(y) + np.eye(len(y)),
                lambda y: off_diagonal(y) + np.diag(1 - y),
            ),
        ),
        Mistake(
            "All rows but the first are 0, as where return stands inside of the loop over the rows.",
            lambda y: jacobian(y) * (np.arange(len(y)) == 0)[:, None],
        ),
        Mistake(
            "All entries but the first are 0, as where return stands inside of both loops.",
            lambda y: np.where(np.arange(len(y) ** 2).reshape(len(y), -1) == 0, jacobian(y), 0),
        ),
        Mistake(
            "Only one half of the matrix is filled, with zeros on the other side of the diagonal. Both "
            "loops run over all k: J is symmetric.",
            lambda y: np.tril(jacobian(y)),
            when=is_one_of(lambda y: np.tril(jacobian(y)), lambda y: np.triu(jacobian(y))),
        ),
        Mistake(
            "Off the diagonal a y stands once too often: it is -y_i y_j, a single one of each.",
            powers(2, 1, 1, 3),
            when=is_one_of(
                *(powers(*ab, *cd) for ab in ((2, 1), (1, 2)) for cd in ((1, 3), (1, 2))),
                lambda y: np.diag(y) - np.outer(y, y) ** 2,
            ),
        ),
        Mistake(
            "A y is multiplied in a second time, also to the diagonal: on it stands y_i (1 - y_i), off it "
            "-y_i y_j.",
            lambda y: y[:, None] * jacobian(y),
            when=is_one_of(lambda y: y[:, None] * jacobian(y), lambda y: y * jacobian(y)),
        ),
        Mistake(
            "Where y_i y_j is to be subtracted you have the same number for one of the two, 1/k: as if all "
            "outputs were equal.",
            lambda y: (np.eye(len(y)) - 1 / len(y)) * y,
            when=is_one_of(
                lambda y: (np.eye(len(y)) - 1 / len(y)) * y,
                lambda y: (np.eye(len(y)) - 1 / len(y)) * y[:, None],
            ),
        ),
        Mistake(
            "Off the diagonal a factor is missing: you have -y_i or -y_j alone, and it is -y_i y_j.",
            lambda y: np.diag(y * (1 - y)) - y * (1 - np.eye(len(y))),
            when=is_one_of(
                lambda y: np.diag(y * (1 - y)) - y * (1 - np.eye(len(y))),
                lambda y: np.diag(y * (1 - y)) - y[:, None] * (1 - np.eye(len(y))),
            ),
        ),
    ],
)
