"""Exercises on gradient descent, for chapter 3."""

from __future__ import annotations

import numpy as np

from ... import optimizers
from ..exercise import Case, Mistake, add
from . import adam


def stepped(optimizer, theta, grad):
    """theta after one step of the library's optimizer."""
    theta = theta.copy()
    optimizer.step(theta, grad)
    return theta


def into_theta(theta, grad, lr):
    theta -= lr * grad
    return theta


add(
    "descent.sgd_step",
    "One step downhill",
    level=1,
    reference=lambda theta, grad, lr: stepped(optimizers.SGD(lr), theta, grad),
    plain=lambda theta, grad, lr: theta - lr * grad,
    cases=lambda rng: [
        Case("two parameters", np.array([1.0, 2.0]), np.array([10.0, -20.0]), 0.1),
        Case("one slope of 0", np.array([3.0, 4.0]), np.array([0.0, 0.5]), 0.5),
        Case("seven random parameters", rng.normal(size=7), rng.normal(size=7), 0.03),
    ],
    mistakes=[
        Mistake(
            "You climb. The gradient points to where the loss rises; the step goes against it.",
            lambda theta, grad, lr: theta + lr * grad,
        ),
        Mistake(
            "This is the step alone. Where does it lead from theta?",
            lambda theta, grad, lr: -lr * grad,
        ),
        Mistake(
            "The result is right, but you write it into theta, which the caller may still need: "
            "`theta -= ...` changes the array itself. Make a new one.",
            into_theta,
        ),
        Mistake(
            "The learning rate is missing. The gradient says which way, not how far.",
            lambda theta, grad, lr: theta - grad,
        ),
        Mistake(
            "You use the sign of the slope only, so every parameter moves equally far. The step is "
            "proportional to the slope.",
            lambda theta, grad, lr: theta - lr * np.sign(grad),
        ),
        Mistake(
            "You divide the gradient by its length. Then steps do not get shorter near the minimum, and "
            "this is no longer gradient descent.",
            lambda theta, grad, lr: theta - lr * grad / np.linalg.norm(grad),
        ),
        Mistake(
            "This is the step alone, and it points uphill. From theta, go against the gradient.",
            lambda theta, grad, lr: lr * grad,
        ),
        Mistake(
            "You divide by the learning rate. A larger rate makes a longer step: multiply.",
            lambda theta, grad, lr: theta - grad / lr,
        ),
        Mistake(
            "The learning rate scales theta as well. It belongs to the gradient only: theta − lr · grad.",
            lambda theta, grad, lr: lr * (theta - grad),
        ),
        Mistake(
            "The learning rate scales theta, and not the gradient: theta − lr · grad.",
            lambda theta, grad, lr: lr * theta - grad,
        ),
        Mistake(
            "You multiply the gradient with theta. The step is −lr · grad, wherever theta is.",
            lambda theta, grad, lr: theta - lr * grad * theta,
        ),
        Mistake(
            "You subtract the rate and the gradient. The rate scales the gradient: lr · grad.",
            lambda theta, grad, lr: theta - (lr + grad),
        ),
        Mistake(
            "You look at the sign of the slope only, and move by lr where it is 0, too: every step is "
            "equally long. It is to be proportional to the slope.",
            lambda theta, grad, lr: theta - lr * np.where(grad > 0, 1.0, -1.0),
        ),
    ],
    remark="Optimizers do write into theta: a network has one vector of parameters, and a copy at "
    "every step would cost memory. Then it must be said, as in their docstrings; a function "
    "that returns its result leaves its arguments alone.",
)


def one_for_each(answer):
    """Whether 2 / λ is returned for every eigenvalue, in whichever order."""
    H = np.array([[5.0, 1.0], [1.0, 2.0]])
    rates = np.asarray(answer(H))
    return rates.shape == (2,) and np.allclose(np.sort(2 / rates), np.linalg.eigvalsh(H))


def along(H, rounds):
    """The curvature along a vector of ones that has been multiplied with H so many times."""
    v = np.ones(len(H))
    for _ in range(rounds):
        v = H @ v / np.linalg.norm(H @ v)
    return v @ H @ v / (v @ v)


def stops_on_the_way(answer):
    """Whether the curvature is that along a vector of ones, multiplied with H a few times."""
    tries = np.array([[5.0, 1.0], [1.0, 2.0]]), np.array([[1.0, 0.0], [0.0, 3.0]])
    came, right = [answer(H) for H in tries], [2 / np.linalg.eigvalsh(H)[-1] for H in tries]
    early = ([2 / along(H, rounds) for H in tries] for rounds in range(1, 30))
    return np.shape(came) == (2,) and any(
        np.allclose(came, e, 1e-9, 0) and not np.allclose(e, right, 1e-9, 0) for e in early
    )


add(
    "descent.largest_rate",
    "The largest learning rate",
    level=2,
    reference=lambda H: 2 / np.linalg.eigvalsh(H)[-1],
    cases=lambda rng: [
        Case("the ravine of the chapter", np.diag([1.0, 20.0])),
        Case("one parameter", np.array([[4.0]])),
        Case("a turned ravine", np.array([[5.0, -4.0], [-4.0, 5.0]])),
        Case("a level direction", np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])),
        Case("a random Hessian", (lambda A: A.T @ A / 6)(rng.normal(size=(6, 4)))),
    ],
    mistakes=[
        Mistake(
            "1/λ is where one step lands on the minimum. Descent overshoots beyond it and still "
            "converges, as long as each step shrinks the distance: |1 − ηλ| < 1.",
            lambda H: 1 / np.linalg.eigvalsh(H)[-1],
        ),
        Mistake(
            "You take the smallest curvature. The steepest direction is the first to diverge, so the "
            "largest one sets the limit.",
            lambda H: 2 / np.linalg.eigvalsh(H)[0],
        ),
        Mistake(
            "This is the largest curvature itself. The steeper the valley, the smaller the rate must be.",
            lambda H: np.linalg.eigvalsh(H)[-1],
        ),
        Mistake(
            "You multiply by the largest curvature. The steeper the valley, the smaller the rate must be.",
            lambda H: 2 * np.linalg.eigvalsh(H)[-1],
        ),
        Mistake(
            "You take whichever eigenvalue comes first: np.linalg.eig puts them in no order.",
            lambda H: 2 / np.linalg.eig(H)[0][0],
        ),
        Mistake(
            "This is the condition number, the ratio of the curvatures. It sets how many steps are "
            "needed, not how long they may be.",
            lambda H: np.divide(*np.linalg.eigvalsh(H)[[-1, 0]]),
        ),
        Mistake(
            "2/(λmax + λmin) is the fastest rate, the best compromise between steep and flat. Asked for "
            "is the largest one that is stable.",
            lambda H: 2 / np.linalg.eigvalsh(H)[[0, -1]].sum(),
        ),
        Mistake(
            "This is 2 over the largest entry of H, which stands on the diagonal. The curvatures stand there "
            "only if the ravine lies along the axes; in general they are the eigenvalues.",
            lambda H: 2 / np.diag(H).max(),
        ),
        Mistake(
            "You divide by the sum of all curvatures, the trace. One direction at a time must be stable: "
            "only the largest counts.",
            lambda H: 2 / np.trace(H),
        ),
        Mistake(
            "The entries' root of the sum of squares (what np.linalg.norm gives) is not the largest "
            "curvature, which is an eigenvalue.",
            lambda H: 2 / np.linalg.norm(H),
        ),
        Mistake(
            "This is 2 over the largest sum of sizes in a row. No eigenvalue is larger, but the largest is "
            "often smaller: compute it, np.linalg.eigvalsh(H).",
            lambda H: 2 / np.abs(H).sum(axis=1).max(),
        ),
        Mistake(
            "This is 2 over the determinant, the product of all curvatures. Only the largest one counts.",
            lambda H: 2 / np.linalg.det(H),
        ),
        Mistake(
            "You average the curvatures. One direction that diverges is enough: take the largest.",
            lambda H: 2 / np.linalg.eigvalsh(H).mean(),
        ),
        Mistake(
            "You take the root of the largest curvature, as a norm would. The factor of a step is 1 − ηλ, "
            "with λ itself.",
            lambda H: 2 / np.sqrt(np.linalg.eigvalsh(H)[-1]),
        ),
        Mistake(
            "You square the largest curvature. The factor of a step is 1 − ηλ, with λ itself.",
            lambda H: 2 / np.linalg.eigvalsh(H)[-1] ** 2,
        ),
        Mistake(
            "You take whichever eigenvalue comes last: np.linalg.eig puts them in no order.",
            lambda H: 2 / np.linalg.eig(H)[0][-1],
        ),
        Mistake(
            "You take the largest entry of the eigenvectors. np.linalg.eigh returns two things, the "
            "eigenvalues first: the curvatures are those.",
            lambda H: 2 / np.linalg.eigh(H)[1].max(),
        ),
        Mistake(
            "You return a rate for each curvature. One rate serves all directions, so the largest curvature "
            "alone sets it: take the maximum.",
            lambda H: 2 / np.linalg.eigvalsh(H),
            when=one_for_each,
        ),
        Mistake(
            "Your vector is multiplied with H too few times to point along the steepest direction, and from "
            "some starts, such as ones, it never will. Ask np.linalg.eigvalsh(H).",
            lambda H: 2 / along(H, 2),
            when=stops_on_the_way,
        ),
    ],
    remark="For a matrix without negative curvature the largest eigenvalue is also the largest "
    "singular value, `np.linalg.norm(H, 2)`. Of a network nobody computes H: a few products "
    "of H with a vector, which cost two gradients each, find the largest curvature.",
)


def momentum(theta, v, grad, lr, beta):
    """One step of the library's, with a memory set by hand."""
    opt = optimizers.Momentum(lr, beta=beta)
    theta, opt.v = theta.copy(), v.copy()
    opt.update(theta, grad, lr)
    return theta, opt.v


def by_hand(theta, v, grad, lr, beta):
    moved = beta * v - lr * grad
    return theta + moved, moved


add(
    "descent.momentum_step",
    "A ball with inertia",
    level=2,
    reference=momentum,
    plain=by_hand,
    outputs=("theta", "v"),
    cases=lambda rng: [
        Case("at rest", np.array([1.0, 3.0]), np.zeros(2), np.array([2.0, -1.0]), 0.1, 0.9),
        Case(
            "rolling", np.array([1.0, 1.0]), np.array([0.5, -0.5]), np.array([2.0, 0.0]), 0.1, 0.8
        ),
        Case("random", *rng.normal(size=(3, 5)), 0.03, 0.9),
    ],
    mistakes=[
        Mistake(
            "theta moves by the old velocity. First the gradient changes v, then the new v moves theta.",
            lambda theta, v, grad, lr, beta: (theta + v, beta * v - lr * grad),
        ),
        Mistake(
            "Your v leaves the learning rate out and theta multiplies it in. That is PyTorch's form. It "
            "walks the same way while lr is constant; the book's v has the rate inside: it is the step "
            "itself.",
            lambda theta, v, grad, lr, beta: (theta - lr * (beta * v + grad), beta * v + grad),
        ),
        Mistake(
            "You weight the gradient with 1 − β. That makes a running mean, as Adam keeps one; in "
            "momentum the steps add up, and β alone shrinks the old ones.",
            lambda theta, v, grad, lr, beta: (
                theta + beta * v - (1 - beta) * lr * grad,
                beta * v - (1 - beta) * lr * grad,
            ),
        ),
        Mistake(
            "Your v is a running mean of the gradient, and theta moves by lr times that. In the book's "
            "momentum v is the step: the new gradient enters with −lr, not with 1 − β.",
            lambda theta, v, grad, lr, beta: (
                theta - lr * (beta * v + (1 - beta) * grad),
                beta * v + (1 - beta) * grad,
            ),
        ),
        Mistake(
            "The gradient enters v with a plus, and theta adds v: the ball is driven uphill.",
            lambda theta, v, grad, lr, beta: (theta + beta * v + lr * grad, beta * v + lr * grad),
        ),
        Mistake(
            "The old velocity is multiplied with lr as well. It is a step already and has its rate inside.",
            lambda theta, v, grad, lr, beta: (
                theta + lr * (beta * v - grad),
                lr * (beta * v - grad),
            ),
        ),
        Mistake(
            "β shrinks the new slope too. It is the friction on what the ball had before.",
            lambda theta, v, grad, lr, beta: (
                theta + beta * (v - lr * grad),
                beta * (v - lr * grad),
            ),
        ),
        Mistake(
            "The old velocity is kept whole: without the factor β there is no friction, and the ball "
            "never comes to rest.",
            lambda theta, v, grad, lr, beta: (theta + v - lr * grad, v - lr * grad),
        ),
        Mistake(
            "The old velocity is lost, so this is plain descent. Nothing is remembered.",
            lambda theta, v, grad, lr, beta: (theta - lr * grad, -lr * grad),
        ),
        Mistake(
            "Your v points uphill, +lr·grad, and theta subtracts it. The path is right; the book's v is "
            "the step itself, which is added to theta.",
            lambda theta, v, grad, lr, beta: (theta - beta * v - lr * grad, beta * v + lr * grad),
        ),
        Mistake(
            "This is Nesterov's step: theta moves by βv − lr·grad with the new v. Plain momentum moves by "
            "the new v.",
            lambda theta, v, grad, lr, beta: (
                theta + beta * (beta * v - lr * grad) - lr * grad,
                beta * v - lr * grad,
            ),
        ),
        Mistake(
            "v is right, and theta moves against it. v is the step itself: add it.",
            lambda theta, v, grad, lr, beta: (theta - beta * v + lr * grad, beta * v - lr * grad),
        ),
        Mistake(
            "v is right, and theta multiplies it with lr once more. v has the rate inside: it is the step.",
            lambda theta, v, grad, lr, beta: (
                theta + lr * (beta * v - lr * grad),
                beta * v - lr * grad,
            ),
        ),
        Mistake(
            "theta is right, and you return the old v. The new one is needed in the next step.",
            lambda theta, v, grad, lr, beta: (theta + beta * v - lr * grad, v.copy()),
        ),
        Mistake(
            "Your v leaves the learning rate out and theta multiplies it in. The book's v has the rate "
            "inside: it is the step itself.",
            lambda theta, v, grad, lr, beta: (theta + lr * (beta * v - grad), beta * v - grad),
        ),
        Mistake(
            "v is right, and theta forgets it: theta takes a plain step. The new v is what moves theta.",
            lambda theta, v, grad, lr, beta: (theta - lr * grad, beta * v - lr * grad),
        ),
        Mistake(
            "The learning rate is missing: the new slope enters v with −lr.",
            lambda theta, v, grad, lr, beta: (theta + beta * v - grad, beta * v - grad),
        ),
        Mistake(
            "β belongs to the old velocity and lr to the slope. You have them exchanged.",
            lambda theta, v, grad, lr, beta: (theta + lr * v - beta * grad, lr * v - beta * grad),
        ),
        Mistake(
            "You return theta alone. The next step needs the new v as well: `return theta, v`.",
            lambda theta, v, grad, lr, beta: theta + beta * v - lr * grad,
        ),
        Mistake(
            "Only the last entries are left: a loop over the parameters overwrites them in every round. "
            "Without a loop, numpy computes with all entries at once.",
            lambda theta, v, grad, lr, beta: (
                (theta + beta * v - lr * grad)[-1],
                (beta * v - lr * grad)[-1],
            ),
        ),
    ],
    remark="PyTorch keeps v without the rate, v ← βv + g, and moves theta by −ηv. While η is "
    "constant both walk the same path; when it drops, the book's ball first rolls on at its "
    "old speed.",
)


add(
    "descent.adam_step",
    "One step of Adam",
    level=2,
    reference=adam.step,
    plain=adam.spoiled,
    outputs=("theta", "m", "s"),
    cases=lambda rng: [
        Case("the first step", *np.array([[1.0], [0.0], [0.0], [4.0]]), 1, 0.1, 0.9, 0.999, 1e-8),
        Case(
            "the third, with two parameters",
            *np.array([[0.0, 0.0], [0.2, -0.1], [0.5, 0.01], [1.0, -3.0]]),
            *(3, 0.01, 0.9, 0.99, 1e-2),
        ),
        Case(
            "the ninth, with a large eps",
            *(rng.normal(size=5), rng.normal(size=5), rng.uniform(0.1, 1, 5), rng.normal(size=5)),
            *(9, 0.05, 0.8, 0.95, 0.1),
        ),
    ],
    mistakes=adam.MISTAKES,
    remark="Where eps stands differs between libraries, and matters when it is not tiny. The paper "
    "also names a faster form that moves both corrections into the rate; its eps then "
    "counts for more in the first steps.",
)
