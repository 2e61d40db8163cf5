"""Exercises on exploding gradients, on time, and on the edge between, for chapter 4."""

from __future__ import annotations

import functools

import numpy as np

from ...inspection import diagnostics
from ..exercise import Case, Mistake, add
from .edges import (
    comes_near,
    edge,
    gives_the_ratio,
    goes_astray,
    piles_up,
    plain,
    stops_early,
)


def clip_by_norm(grads, limit):
    """All arrays scaled by one factor, so that their common norm is at most limit."""
    norm = np.sqrt(sum(np.sum(g**2) for g in grads))
    return [g * min(1.0, limit / norm) for g in grads]


def _in_place(grads, limit):
    for g, clipped in zip(grads, clip_by_norm(grads, limit), strict=True):
        g[...] = clipped
    return grads


def _clipped(clip_by_norm, grads, limit):
    """The arrays one by one, and whether they are new ones."""
    clipped = clip_by_norm(grads, limit)
    if clipped is None or clipped is ...:
        return clipped
    if not isinstance(clipped, list | tuple) or any(isinstance(c, list | tuple) for c in clipped):
        raise TypeError("return one list, with an array for each that came in, and nothing else")
    if len(clipped) != len(grads):
        raise ValueError(f"{len(grads)} arrays came in, and {len(clipped)} are in your list")
    shared = any(
        g is c or (isinstance(c, np.ndarray) and np.shares_memory(g, c))
        for g, c in zip(grads, clipped, strict=True)
    )
    return {f"array {k}": c for k, c in enumerate(clipped, start=1)} | {
        "new arrays (1: yes)": int(not shared)
    }


def _scaled(factor):
    """A wrong answer: all arrays times factor(their common norm, the limit)."""

    def answer(grads, limit):
        norm = np.sqrt(sum(np.sum(g**2) for g in grads))
        return [g * factor(norm, limit) for g in grads]

    return answer


add(
    "exploding.clip_by_norm",
    "Clip an explosion",
    level=2,
    reference=clip_by_norm,
    call=_clipped,
    cases=lambda rng: [
        Case("length 5, limit 1", [np.array([[2.0, 1.0]]), np.array([-4.0, 2.0])], 1.0),
        Case(
            "length 5, limit 10: as it was", [np.array([[2.0, 1.0]]), np.array([-4.0, 2.0])], 10.0
        ),
        Case("all zero", [np.zeros((1, 2)), np.zeros(2)], 1.0),
        Case("four arrays", [100 * rng.normal(size=s) for s in ((3, 4), (3,), (2, 3), (2,))], 0.5),
    ],
    mistakes=[
        Mistake(
            "You clip every array by its own norm, and that turns the direction of the step. There is one "
            "norm, of all arrays together.",
            lambda grads, limit: [clip_by_norm([g], limit)[0] for g in grads],
        ),
        Mistake(
            "You bring a short gradient up to the limit as well. Clipping only shortens: the factor is at "
            "most 1.",
            _scaled(lambda norm, limit: limit / norm),
        ),
        Mistake(
            "Your factor is at least 1, so it only lengthens. Clipping shortens: the smaller of 1 and "
            "limit / norm.",
            _scaled(lambda norm, limit: max(1.0, limit / norm)),
        ),
        Mistake(
            "Your fraction is upside down: a norm of 5 and a limit of 1 make a fifth, limit / norm.",
            _scaled(lambda norm, limit: min(1.0, norm / limit)),
        ),
        Mistake(
            "You shorten to length 1. The length to come down to is the limit.",
            _scaled(lambda norm, limit: 1 / norm if norm > limit else 1.0),
        ),
        Mistake(
            "You cut each entry at the limit. That changes the direction; here all entries are scaled by "
            "one factor.",
            lambda grads, limit: [np.clip(g, -limit, limit) for g in grads],
        ),
        Mistake(
            "You add up the norms of the arrays. The norm of all entries together is the root of the sum "
            "of the squares.",
            lambda grads, limit: [
                g * min(1.0, limit / sum(np.linalg.norm(h) for h in grads)) for g in grads
            ],
        ),
        Mistake(
            "You divide by the squared norm: the root is missing.",
            _scaled(lambda norm, limit: min(1.0, limit / norm**2)),
        ),
        Mistake(
            "You measure the largest entry. The norm is the root of the sum of all squares.",
            lambda grads, limit: [
                g * min(1.0, limit / max(np.abs(h).max() for h in grads)) for g in grads
            ],
        ),
        Mistake(
            "The numbers are right, but you write them into the arrays that came in, which the caller "
            "still needs: make new ones, g * factor.",
            _in_place,
        ),
        Mistake(
            "The numbers are right. But a gradient that is short enough comes back in the very arrays that "
            "came in: whoever writes into the result then changes the caller's. Return copies, g.copy().",
            lambda grads, limit: (
                grads
                if np.sqrt(sum(np.sum(g**2) for g in grads)) <= limit
                else clip_by_norm(grads, limit)
            ),
        ),
        Mistake(
            "You subtract where you should scale. All entries are multiplied by one factor, at most 1.",
            lambda grads, limit: [
                g - max(0.0, np.sqrt(sum(np.sum(h**2) for h in grads)) - limit) for g in grads
            ],
        ),
        Mistake(
            "Your length is always 1, whatever the limit: you divide by the norm and go no further.",
            _scaled(lambda norm, limit: 1 / norm),
        ),
        Mistake(
            "The gradient is not clipped at all: it comes back as long as it was.",
            lambda grads, limit: [g.copy() for g in grads],
        ),
        Mistake(
            "You scale by the limit. The factor is the limit over the norm, and at most 1.",
            _scaled(lambda norm, limit: limit if norm > limit else 1.0),
        ),
        Mistake(
            "You measure the root of the *mean* square. The norm is the root of the sum of all squares.",
            lambda grads, limit: [
                g
                * min(
                    1.0, limit / np.sqrt(np.mean(np.concatenate([h.ravel() for h in grads]) ** 2))
                )
                for g in grads
            ],
        ),
        Mistake(
            "Above the limit your gradient is 0, and the step is lost. Clipping keeps its direction: times "
            "limit / norm.",
            _scaled(lambda norm, limit: 0.0 if norm > limit else 1.0),
        ),
        Mistake(
            "Your norm of a matrix is the spectral one, np.linalg.norm(g, 2). Without the 2 it is the root "
            "of the sum of all squares.",
            lambda grads, limit: [
                g * min(1.0, limit / np.sqrt(sum(np.linalg.norm(h, 2) ** 2 for h in grads)))
                for g in grads
            ],
        ),
    ],
    remark="PyTorch has both: clip_grad_norm_ scales by the common norm, as here, and "
    "clip_grad_value_ cuts each entry, which turns the direction. The underscore says that "
    "they write into the gradients.",
)


def through_time(U, h):
    """The product J_T ... J_1 of the Jacobians diag(1 - h_k^2) U; h: (T, d)."""
    return functools.reduce(lambda J, state: (1 - state**2)[:, None] * (U @ J), h, np.eye(len(U)))


def _product(U, h, jacobian):
    return functools.reduce(lambda J, state: jacobian(U, state) @ J, h, np.eye(len(U)))


add(
    "exploding.through_time",
    "The same matrix, step after step",
    level=2,
    reference=through_time,
    cases=lambda rng: [
        Case("one step", np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[0.5, 0.0]])),
        Case(
            "two steps of two units",
            np.array([[8.0, 8.0], [-8.0, -8.0]]),
            np.array([[0.0, 0.5], [0.6, 0.0]]),
        ),
        Case("six steps of three units", rng.normal(size=(3, 3)), rng.uniform(-0.9, 0.9, (6, 3))),
    ],
    mistakes=[
        Mistake(
            "The factors are in the wrong order. A later step acts on what the earlier ones gave, so it "
            "stands on the left: J_T ... J_2 J_1.",
            lambda U, h: _product(U, h[::-1], lambda U, s: np.diag(1 - s**2) @ U),
        ),
        Mistake(
            "You multiply the columns of U with the slopes. The slope belongs to the unit that comes out, "
            "a row: diag(1 - h²) U.",
            lambda U, h: _product(U, h, lambda U, s: U @ np.diag(1 - s**2)),
        ),
        Mistake(
            "The slopes are missing: yours is a power of U, as in a linear network.",
            lambda U, h: np.linalg.matrix_power(U, len(h)),
        ),
        Mistake(
            "You take tanh of h. The states are outputs of tanh already: the slope is 1 - h².",
            lambda U, h: _product(U, h, lambda U, s: np.diag(1 - np.tanh(s) ** 2) @ U),
        ),
        Mistake(
            "z (1 - z) is the slope of the sigmoid. The states are outputs of tanh: 1 - h².",
            lambda U, h: _product(U, h, lambda U, s: np.diag(s * (1 - s)) @ U),
        ),
        Mistake(
            "`*` multiplies entry by entry, and with a diagonal matrix it keeps nothing but the diagonal. "
            "Matrices that act one after the other are multiplied with @.",
            lambda U, h: functools.reduce(
                lambda J, s: np.diag(1 - s**2) @ U * J, h, np.eye(len(U))
            ),
        ),
        Mistake(
            "You add up the Jacobians of the steps. The chain rule multiplies them.",
            lambda U, h: sum(np.diag(1 - s**2) @ U for s in h),
        ),
        Mistake(
            "That is the Jacobian of the last step alone. The others belong to the product too.",
            lambda U, h: np.diag(1 - h[-1] ** 2) @ U,
        ),
        Mistake(
            "A step is left out: the first row of h comes out of a step as well, the one from h_0.",
            lambda U, h: through_time(U, h[1:]),
        ),
        Mistake(
            "You use U.T. That carries a gradient back; here wanted is the Jacobian itself.",
            lambda U, h: _product(U, h, lambda U, s: np.diag(1 - s**2) @ U.T),
        ),
        Mistake(
            "There is one U too many: begin with the identity matrix, not with U.",
            lambda U, h: through_time(U, h) @ U,
        ),
        Mistake(
            "The last state is left out. Each row of h comes out of a step with a Jacobian.",
            lambda U, h: through_time(U, h[:-1]),
        ),
        Mistake(
            "The square is missing: the slope of tanh is 1 - h².",
            lambda U, h: _product(U, h, lambda U, s: np.diag(1 - s) @ U),
        ),
        Mistake(
            "The 1 is missing or its minus: the slope of tanh is 1 - h², not h².",
            lambda U, h: _product(U, h, lambda U, s: np.diag(s**2) @ U),
        ),
        Mistake(
            "The slope of tanh is 1 minus the square, not plus.",
            lambda U, h: _product(U, h, lambda U, s: np.diag(1 + s**2) @ U),
        ),
        Mistake(
            "U is missing: yours is a product of slopes alone.",
            lambda U, h: np.diag(np.prod(1 - h**2, axis=0)),
        ),
        Mistake(
            "That is the Jacobian of the first step alone. Is `return` inside of the loop?",
            lambda U, h: np.diag(1 - h[0] ** 2) @ U,
        ),
        Mistake(
            "(1 - h²) @ U adds up the rows of U, and leaves a vector. Each row of U is to be multiplied with "
            "its own slope: np.diag(1 - h²) @ U.",
            lambda U, h: functools.reduce(lambda J, s: (1 - s**2) @ U @ J, h, np.eye(len(U))),
        ),
        Mistake(
            "You take the columns of h for the states. A state is a row of h, one for each step.",
            lambda U, h: _product(U, h.T, lambda U, s: np.diag(1 - s**2) @ U),
        ),
    ],
    remark="Training never builds this matrix. Backpropagation through time carries a single "
    "vector down, δ ← δ J, which costs d² a step in the place of d³; the Jacobian is built "
    "to look at it.",
)


def _radius(U):
    return np.abs(np.linalg.eigvals(U)).max()


add(
    "exploding.bound",
    "A bound that needs no data",
    level=1,
    reference=lambda U, gamma, k: float((gamma * np.linalg.norm(U, 2)) ** k),
    atol=0.0,
    cases=lambda rng: [
        Case("a diagonal U, tanh", np.diag([0.5, -2.0]), 1.0, 3),
        Case("no eigenvalue but 0", np.array([[8.0, 8.0], [-8.0, -8.0]]), 1.0, 2),
        Case("sigmoid, twelve steps", rng.normal(size=(4, 4)), 0.25, 12),
    ],
    mistakes=[
        Mistake(
            "You take the largest eigenvalue. It bounds nothing here, for the slopes differ from step to "
            "step: the largest singular value is the most that U can stretch.",
            lambda U, gamma, k: (gamma * _radius(U)) ** k,
        ),
        Mistake(
            "np.linalg.norm(U) is the root of the sum of all squares (Frobenius). That is a bound too, but "
            "far from the best: ask for the largest singular value, np.linalg.norm(U, 2).",
            lambda U, gamma, k: (gamma * np.linalg.norm(U)) ** k,
        ),
        Mistake(
            "You take the largest entry of U. It is no bound: a vector can be stretched by more. Singular "
            "values say by how much.",
            lambda U, gamma, k: (gamma * np.abs(U).max()) ** k,
        ),
        Mistake(
            "np.linalg.norm(U, 1) is the largest sum of a column. For lengths, the largest singular value "
            "is wanted: np.linalg.norm(U, 2).",
            lambda U, gamma, k: (gamma * np.linalg.norm(U, 1)) ** k,
        ),
        Mistake(
            "You take the smallest singular value. A bound has to hold for the vector that is stretched "
            "most.",
            lambda U, gamma, k: (gamma * np.linalg.norm(U, -2)) ** k,
        ),
        Mistake(
            "That is the bound for one step. There are k of them, and their factors multiply.",
            lambda U, gamma, k: gamma * np.linalg.norm(U, 2),
        ),
        Mistake(
            "You bound a power of U, as if all slopes were gamma at every step. They differ from step to "
            "step, and then a product can be longer than the power: bound each factor by itself.",
            lambda U, gamma, k: np.linalg.norm(np.linalg.matrix_power(gamma * U, k), 2),
        ),
        Mistake(
            "gamma comes in only once. Every step has its slopes: the factor is gamma ‖U‖ each time.",
            lambda U, gamma, k: gamma * np.linalg.norm(U, 2) ** k,
        ),
        Mistake(
            "gamma is missing: the slopes of the activation are a factor of every step too.",
            lambda U, gamma, k: np.linalg.norm(U, 2) ** k,
        ),
        Mistake(
            "You multiply by k. The steps multiply: raise to the power k.",
            lambda U, gamma, k: k * gamma * np.linalg.norm(U, 2),
        ),
        Mistake(
            "np.linalg.norm(U, np.inf) is the largest sum of a row. For lengths, the largest singular value "
            "is wanted: np.linalg.norm(U, 2).",
            lambda U, gamma, k: (gamma * np.linalg.norm(U, np.inf)) ** k,
        ),
        Mistake(
            "You take the square of the largest singular value, an eigenvalue of UᵀU: the root is missing.",
            lambda U, gamma, k: (gamma * np.linalg.norm(U, 2) ** 2) ** k,
        ),
        Mistake(
            "You add up the singular values. A vector can be stretched by the largest one at most.",
            lambda U, gamma, k: (gamma * np.linalg.norm(U, "nuc")) ** k,
        ),
        Mistake(
            "One step is missing: from h_(T-k) to h_T there are k factors.",
            lambda U, gamma, k: (gamma * np.linalg.norm(U, 2)) ** (k - 1),
        ),
        Mistake(
            "One step is too many: from h_(T-k) to h_T there are k factors.",
            lambda U, gamma, k: (gamma * np.linalg.norm(U, 2)) ** (k + 1),
        ),
        Mistake(
            "You cut the bound at 1. Above 1 it promises nothing, but it is the bound all the same.",
            lambda U, gamma, k: min(1.0, (gamma * np.linalg.norm(U, 2)) ** k),
        ),
        Mistake(
            "You take the length of the longest column of U. A vector that mixes columns can be stretched by "
            "more: the largest singular value.",
            lambda U, gamma, k: (gamma * np.linalg.norm(U, axis=0).max()) ** k,
        ),
        Mistake(
            "You answer whether the gradient must vanish. Wanted is the bound itself, a number.",
            lambda U, gamma, k: bool((gamma * np.linalg.norm(U, 2)) ** k < 1),
        ),
        Mistake(
            "The norm of U comes in only once. Every step multiplies with U: the factor is gamma ‖U‖ each "
            "time.",
            lambda U, gamma, k: gamma**k * np.linalg.norm(U, 2),
        ),
        Mistake(
            "np.linalg.eigvalsh is for symmetric matrices, and looks at one half of U only. For the stretch, "
            "singular values are wanted: np.linalg.norm(U, 2).",
            lambda U, gamma, k: (gamma * np.abs(np.linalg.eigvalsh(U)).max()) ** k,
        ),
    ],
    remark="Pascanu, Mikolov and Bengio (2013) use this bound to show when gradients must vanish. "
    "It is only sufficient: with tanh most slopes lie well below 1, so gradients vanish "
    "also where the bound is far above it.",
)


add(
    "exploding.edge",
    "Find the edge",
    level=3,
    reference=lambda net, x, t: edge(net, x, t),
    may_change=("net",),
    rtol=1e-3,
    cases=lambda rng: [
        Case("four layers of ReLU", *plain(rng, "relu", 4)),
        Case("six layers of tanh", *plain(rng, "tanh", 6)),
        Case("four layers of sigmoid", *plain(np.random.default_rng(1), "sigmoid", 4)),
    ],
    mistakes=[
        Mistake(
            "You return the factor of the weights. A variance is wanted, and the weights grow with its "
            "root: theta times np.sqrt(v).",
            lambda net, x, t: np.sqrt(edge(net, x, t)),
        ),
        Mistake(
            "You compare layer 1 with the output layer. Its delta comes straight from the loss; compare "
            "with the last *hidden* layer, the last but one of the norms.",
            lambda net, x, t: edge(net, x, t, last=-1),
        ),
        Mistake(
            "You compare the weight gradients. They are delta times what came forward, and can be level "
            "where delta is not: take gradient_norms.",
            lambda net, x, t: edge(net, x, t, of=diagnostics.weight_gradient_norms),
        ),
        Mistake(
            "The search runs to the end of its range: it keeps the wrong half. Where the gradient shrinks "
            "on its way down, v is too small, so the lower end moves up.",
            lambda net, x, t: edge(net, x, t, narrows=np.greater),
            when=goes_astray,
        ),
        Mistake(
            "The scales pile up: theta is multiplied again and again. Keep a copy of the first theta, and "
            "start from it at every trial.",
            lambda net, x, t: edge(net, x, t, reset=False),
            when=piles_up,
        ),
        Mistake(
            "Your search ends at v = 10. For a sigmoid the edge lies far beyond; the task gives "
            "the range, up to 1000.",
            lambda net, x, t: edge(net, x, t, high=10.0),
        ),
        Mistake(
            "Your search ends at v = 100. For a sigmoid the edge lies beyond; the task gives the "
            "range, up to 1000.",
            lambda net, x, t: edge(net, x, t, high=100.0),
        ),
        Mistake(
            "You compare layer 1 with layer 2. They may be level where the gradient still shrinks or grows "
            "higher up: compare with the last hidden layer.",
            lambda net, x, t: edge(net, x, t, last=1),
        ),
        Mistake(
            "You begin with layer 2. The gradient has one more layer to go: compare layer 1, the "
            "first of the norms.",
            lambda net, x, t: edge(net, x, t, first=1),
        ),
        Mistake(
            "Near the edge, but not to three digits: the search ends too early, or its grid is too "
            "coarse. Halve the range twenty times.",
            lambda net, x, t: edge(net, x, t) * 1.02,
            when=comes_near,
        ),
        Mistake(
            "The search ends after a few halvings, where the range is still wide: twenty are plenty. If "
            "there is a loop, does `return` stand inside of it?",
            lambda net, x, t: edge(net, x, t, rounds=3),
            when=stops_early,
        ),
        Mistake(
            "You return the ratio of the norms, which at the edge is 1. Wanted is the v at which it is.",
            lambda net, x, t: edge(net, x, t) ** 0,
            when=gives_the_ratio,
        ),
    ],
    remark="Theory finds the edge on paper, for layers of infinite width: 2 for ReLU, 1 for tanh "
    "near zero. Measuring it costs a few passes and holds for the network at hand, with its "
    "width, its data and its depth.",
)
