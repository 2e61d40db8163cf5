"""The exercise on vanishing gradients: what one step in time can do."""

from __future__ import annotations

import numpy as np

from ...exercise import Case, Mistake, add


def size(M):
    return np.linalg.norm(M, 2)


def radius(M):
    return np.abs(np.linalg.eigvals(M)).max()


def step(jacobian=lambda W, s: s[:, None] * W, first=radius, second=size):
    """one_step with another Jacobian, or with other numbers of it."""
    return lambda W, slopes: (first(jacobian(W, slopes)), second(jacobian(W, slopes)))


def largest_real(M):
    return np.linalg.eigvals(M).real.max()


add(
    "landmarks.one_step",
    "A norm, not an eigenvalue",
    level=2,
    reference=step(),
    outputs=("radius", "norm"),
    cases=lambda rng: [
        Case("eigenvalues 0 and 0", np.array([[0.0, 2.0], [0.0, 0.0]]), np.ones(2)),
        Case("slopes 1/2 and 1", np.array([[1.0, 3.0], [0.0, 2.0]]), np.array([0.5, 1.0])),
        Case("a negative eigenvalue", np.array([[-3.0, 0.0], [1.0, 2.0]]), np.array([1.0, 0.7])),
        Case("two negative ones", np.array([[-3.0, 0.5], [1.0, -2.0]]), np.array([0.8, 0.5])),
        Case("a rotation", np.array([[0.6, -0.8], [0.8, 0.6]]), np.array([0.9, 0.4])),
        Case("four units of tanh", rng.normal(size=(4, 4)), 1 - np.tanh(rng.normal(size=4)) ** 2),
    ],
    mistakes=[
        Mistake(
            "The slopes multiply your columns. In diag(f') W they multiply rows, one for each unit that is "
            "computed: `slopes[:, None] * W`.",
            step(lambda W, s: W * s),
        ),
        Mistake(
            "The slopes are missing: each row of W is multiplied by its unit's.",
            step(lambda W, s: W),
        ),
        Mistake(
            "You take the norm of W itself. The slopes belong to the Jacobian.",
            lambda W, s: (step()(W, s)[0], size(W)),
        ),
        Mistake(
            "You take the eigenvalues of W itself. The slopes belong to the Jacobian.",
            lambda W, s: (radius(W), step()(W, s)[1]),
        ),
        Mistake(
            "You take the largest eigenvalue as it is, or its real part. The radius is the largest "
            "*absolute* value: of -3 and 1.4 it is 3.",
            step(first=largest_real),
        ),
        Mistake(
            "You take the absolute value of the largest eigenvalue. Take it first of each one, then the "
            "largest.",
            step(first=lambda M: abs(largest_real(M))),
        ),
        Mistake(
            "You take the real parts' absolute values. Complex eigenvalues have a length: np.abs of the "
            "complex number.",
            step(first=lambda M: np.abs(np.linalg.eigvals(M).real).max()),
        ),
        Mistake(
            "This is the Frobenius norm, the root of the sum of all squares, what np.linalg.norm gives "
            "without a 2. It is larger than what a vector can be lengthened by: `np.linalg.norm(J, 2)`.",
            step(second=np.linalg.norm),
        ),
        Mistake(
            "This is the square of the norm: singular values are the *roots* of the eigenvalues of JᵀJ.",
            step(second=lambda M: size(M) ** 2),
        ),
        Mistake(
            "You take the smallest singular value. The norm is the largest.",
            step(second=lambda M: np.linalg.norm(M, -2)),
        ),
        Mistake(
            "You take the largest sum of a row's or a column's absolute values. It bounds other lengths than "
            "the usual one: wanted is the largest singular value, `np.linalg.norm(J, 2)`.",
            step(second=lambda M: np.linalg.norm(M, np.inf)),
            when=lambda one_step: any(
                np.isclose(one_step(M, np.ones(2))[1], np.linalg.norm(M, order))
                for order in (1, np.inf)
                for M in [np.array([[1.0, -2.0], [3.0, 0.5]])]
            ),
        ),
        Mistake(
            "You take the largest entry of the matrix. The norm is its largest singular value.",
            step(second=lambda M: np.abs(M).max()),
        ),
        Mistake(
            "You give the radius twice. The norm is the largest singular value, and may be larger.",
            step(second=radius),
        ),
        Mistake(
            "You give the norm twice. The radius is made of eigenvalues, and may be smaller.",
            step(first=size),
        ),
        Mistake(
            "You treat the matrix as a symmetric one: eigvalsh and eigh read only half of it. Use "
            "np.linalg.eigvals.",
            step(first=lambda M: np.abs(np.linalg.eigvalsh(M)).max()),
        ),
        Mistake(
            "You take the smallest eigenvalue. The radius is the largest absolute value.",
            step(first=lambda M: np.abs(np.linalg.eigvals(M)).min()),
        ),
        Mistake(
            "You multiply W's norm and radius by the largest slope. That only bounds the norm: multiply row "
            "by row first.",
            lambda W, s: (s.max() * radius(W), s.max() * size(W)),
        ),
        Mistake(
            "You multiply W's norm by the largest slope. That is a bound of the norm, often above it: "
            "multiply row by row first.",
            lambda W, s: (step()(W, s)[0], s.max() * size(W)),
        ),
        Mistake(
            "You add the eigenvalues up. The radius is the largest of their absolute values.",
            step(first=lambda M: abs(np.trace(M))),
        ),
        Mistake(
            "You square the slopes. Each multiplies its row once.",
            step(lambda W, s: s[:, None] ** 2 * W),
        ),
        Mistake(
            "`slopes @ W` is a vector. The Jacobian is a matrix: multiply each row of W by its slope.",
            step(lambda W, s: s @ W, first=lambda v: np.abs(v).max(), second=np.linalg.norm),
        ),
        Mistake(
            "You take the eigenvalues of (J + Jᵀ)/2. That is another matrix, with others: take J's own.",
            step(first=lambda M: np.abs(np.linalg.eigvalsh((M + M.T) / 2)).max()),
        ),
    ],
)
