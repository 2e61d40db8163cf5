"""The exercise on XOR: what the derivatives say of a place where training stays."""

from __future__ import annotations

import numpy as np

from ...exercise import Case, Mistake, add


def lowest(H):
    return np.linalg.eigvalsh(H)[0]


def placed(moving, bend, order="msn", equal=False):
    """place with another measure of the gradient, or of the bend, or in another order of questions."""

    def place(g, H, tol):
        above = (lambda v: v >= tol) if equal else (lambda v: v > tol)
        found = {
            "m": (above(moving(g)), "moving"),
            "s": (above(-bend(H)), "saddle"),
            "n": (above(bend(H)), "minimum"),
        }
        return next((found[k][1] for k in order if found[k][0]), "flat")

    return place


def both_signs(g, H, tol):
    at = np.linalg.eigvalsh(H)
    if np.linalg.norm(g) > tol:
        return "moving"
    if at[0] < -tol and at[-1] > tol:
        return "saddle"
    return "minimum" if at[0] > tol else "flat"


def renamed(one, other):
    def place(g, H, tol):
        return right_place(g, H, tol).replace(one, other)

    return place


right_place = placed(np.linalg.norm, lowest)
TURN = np.array([[0.6, -0.8], [0.8, 0.6]])


def turned(a, b):
    """A symmetric matrix with these two eigenvalues."""
    return TURN @ np.diag([a, b]) @ TURN.T


add(
    "landmarks.place",
    "Stuck, or only flat",
    level=2,
    reference=right_place,
    cases=lambda rng: [
        Case("a² - b²", np.zeros(2), np.diag([2.0, -2.0]), 1e-6),
        Case("a² alone", np.zeros(2), np.diag([2.0, 0.0]), 1e-6),
        Case("a bowl", np.zeros(2), turned(1.0, 3.0), 1e-6),
        Case("a slope above a bowl", np.array([0.0, -0.3]), turned(1.0, 3.0), 0.1),
        Case("a slope at a saddle", np.array([0.4, -0.4]), turned(1.0, -3.0), 0.1),
        Case("a positive diagonal", np.zeros(2), np.array([[1.0, 2.0], [2.0, 1.0]]), 1e-6),
        Case("many small slopes", np.full(9, 0.05), np.eye(9), 0.1),
        Case("a few tiny slopes", np.full(4, 0.04), np.eye(4), 0.1),
        Case("a slope along a floor", np.array([0.4, 0.0]), np.diag([0.0, 2.0]), 0.1),
        Case("a bend that counts as 0", np.zeros(2), turned(-0.05, 1.0), 0.1),
        Case("a hilltop", np.zeros(2), turned(-1.0, -2.0), 1e-6),
        Case("two ways down, one up", np.zeros(3), np.diag([-3.0, -2.0, 9.0]), 1e-6),
        Case("nearly flat", np.array([0.0, 0.05]), turned(-0.05, 1.0), 0.1),
        Case("a valley, nearly flat", np.array([0.02, 0.0]), turned(0.05, 1.0), 0.1),
        Case("slope and bend at the limit", np.array([-5.0]), np.array([[5.0]]), 5.0),
        Case("a bend at the limit, downwards", np.zeros(1), np.array([[-5.0]]), 5.0),
        Case("a gentle slope", np.array([0.05, 0.0]), turned(1.0, 2.0), 0.01),
        Case("small numbers", np.array([1e-3, 2e-3]), np.diag([4e-3, 1e-2]), 3e-3),
    ],
    mistakes=[
        Mistake(
            "You judge by the diagonal of H. It may be positive though the error falls in a direction "
            "between the axes: take the smallest eigenvalue.",
            placed(np.linalg.norm, lambda H: np.diag(H).min()),
        ),
        Mistake(
            "You judge by the smallest entry of H. Entries off the diagonal may be negative in a bowl: take "
            "the smallest eigenvalue.",
            placed(np.linalg.norm, np.min),
        ),
        Mistake(
            "You take the largest entry of the gradient. Wanted is its length: many small slopes are a large "
            "one together.",
            placed(lambda g: np.abs(g).max(), lowest),
        ),
        Mistake(
            "You add the entries of g up, and those of opposite signs cancel. Take the length.",
            placed(lambda g: abs(g.sum()), lowest),
        ),
        Mistake(
            "You take the largest entry of g as it is, and a negative slope is none for you. Take the "
            "length.",
            placed(np.max, lowest),
        ),
        Mistake(
            "You take the mean of g. Slopes of opposite signs cancel in it, and many make it no larger. Take "
            "the length.",
            placed(lambda g: abs(g.mean()), lowest),
        ),
        Mistake(
            "You compare the square of the length with tol. Take the length itself.",
            placed(lambda g: g @ g, lowest),
        ),
        Mistake(
            "You add the sizes of the slopes up. The length is the root of the sum of their squares.",
            placed(lambda g: np.abs(g).sum(), lowest),
        ),
        Mistake(
            "You ask for the saddle before the slope. The words are in order: where a slope is left, the "
            'answer is "moving", whatever the bend.',
            placed(np.linalg.norm, lowest, "smn"),
        ),
        Mistake(
            "You ask for the slope last. The words are in order: where a slope is left, the answer is "
            '"moving", whatever the bend.',
            placed(np.linalg.norm, lowest, "snm"),
        ),
        Mistake(
            'You never say "moving", or its condition can\'t hold: ask first for the length of g.',
            placed(lambda g: 0.0, lowest),
        ),
        Mistake(
            "You judge by the largest eigenvalue. One positive one does not make a minimum: the smallest "
            "decides.",
            placed(np.linalg.norm, lambda H: np.linalg.eigvalsh(H)[-1]),
        ),
        Mistake(
            "You judge by the determinant, the product of the eigenvalues. Two negative ones make it "
            "positive, and its size is none of a bend: take the smallest eigenvalue.",
            placed(np.linalg.norm, np.linalg.det),
        ),
        Mistake(
            "You judge by the sum of the eigenvalues (the trace), or their mean. A large positive one hides "
            "a negative one in it: take the smallest.",
            placed(np.linalg.norm, np.trace),
        ),
        Mistake(
            "You take the sizes of the eigenvalues, so none is negative, and no place a saddle.",
            placed(np.linalg.norm, lambda H: np.abs(np.linalg.eigvalsh(H)).min()),
        ),
        Mistake(
            "You call a place a saddle only if the error also rises somewhere. Here a negative smallest "
            "eigenvalue is enough.",
            both_signs,
        ),
        Mistake(
            'You never say "flat": a smallest eigenvalue that counts as 0 makes no minimum.',
            renamed("flat", "minimum"),
        ),
        Mistake(
            "You call a flat place a saddle. It is one only if the smallest eigenvalue is below -tol.",
            renamed("flat", "saddle"),
        ),
        Mistake(
            "A number equal to tol counts as 0, so the questions are `>` tol and `<` -tol, without the "
            "equals sign.",
            placed(np.linalg.norm, lowest, equal=True),
        ),
        Mistake(
            "You compare the eigenvalue with 0, and do without tol there. What is at most tol in size counts "
            "as 0.",
            lambda g, H, tol: (
                "moving"
                if np.linalg.norm(g) > tol
                else placed(np.linalg.norm, lowest)(g * 0, H, 0.0)
            ),
        ),
        Mistake(
            "You compare the gradient with 0, and do without tol there. What is at most tol counts as 0.",
            lambda g, H, tol: "moving" if np.any(g) else right_place(g, H, tol),
        ),
        Mistake(
            "You do without tol. A number whose size is at most tol counts as 0.",
            lambda g, H, tol: right_place(g, H, 0.0),
        ),
        Mistake(
            "You call it a minimum wherever the gradient is 0. At a saddle and in a flat place it is 0, "
            "too.",
            lambda g, H, tol: "moving" if np.linalg.norm(g) > tol else "minimum",
        ),
        Mistake(
            "Your saddle and your minimum are exchanged: a negative eigenvalue is a way down.",
            lambda g, H, tol: {"saddle": "minimum", "minimum": "saddle"}.get(
                word := right_place(g, H, tol), word
            ),
        ),
        Mistake(
            "In yours every single slope must be above tol. The gradient's length is, if one of them is.",
            placed(lambda g: np.abs(g).min(), lowest),
        ),
    ],
)
