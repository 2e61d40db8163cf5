"""Exercises on gradient descent, for chapter 3."""

from __future__ import annotations

import numpy as np

from ... import optimizers
from ..exercise import Case, Mistake, add


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
    ],
)

add(
    "descent.largest_rate",
    "The largest learning rate",
    level=2,
    reference=lambda H: 2 / np.linalg.eigvalsh(H)[-1],
    cases=lambda rng: [
        Case("one parameter", np.array([[4.0]])),
        Case("the ravine of the chapter", np.diag([1.0, 20.0])),
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
            "You read the curvatures from the diagonal. They stand there only if the ravine lies along "
            "the axes; in general they are the eigenvalues.",
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
    ],
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
        Case("at rest", np.array([1.0]), np.array([0.0]), np.array([2.0]), 0.1, 0.9),
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
    ],
)


def adam(theta, m, s, grad, k, lr, b1, b2, eps):
    """Step k of the library's, with a memory set by hand."""
    opt = optimizers.Adam(lr, betas=(b1, b2), eps=eps)
    theta, opt.m, opt.s, opt.steps = theta.copy(), m.copy(), s.copy(), k
    opt.update(theta, grad, lr)
    return theta, opt.m, opt.s


def spoiled_adam(theta, m, s, grad, k, lr, b1, b2, eps, what=""):
    b1, b2 = (b2, b1) if what == "exchanged" else (b1, b2)
    m = b1 * m + (1 - b1) * grad
    s = b2 * s + (1 - b2) * (grad if what == "not squared" else grad * grad)
    m_hat, s_hat = m / (1 - b1**k), s / (1 - b2**k)
    if what in ("no hats", "no m hat"):
        m_hat = m
    if what in ("no hats", "no s hat"):
        s_hat = s
    if what == "times":
        m_hat, s_hat = m * (1 - b1**k), s * (1 - b2**k)
    if what == "k - 1":
        m_hat, s_hat = m / (1 - b1 ** (k + 1)), s / (1 - b2 ** (k + 1))
    below = np.sqrt(s_hat) + eps
    if what == "eps inside":
        below = np.sqrt(s_hat + eps)
    if what == "eps early":
        below = (np.sqrt(s) + eps) / np.sqrt(1 - b2**k)
    if what == "no root":
        below = s_hat + eps
    theta = theta - lr * (grad if what == "raw gradient" else m_hat) / below
    return (theta, m_hat, s_hat) if what == "hats kept" else (theta, m, s)


def adam_mistake(says, what):
    return Mistake(says, lambda *given: spoiled_adam(*given, what=what))


add(
    "descent.adam_step",
    "One step of Adam",
    level=2,
    reference=adam,
    plain=spoiled_adam,
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
    mistakes=[
        adam_mistake(
            "m and s are right, but theta moves without their correction. They start at 0 and are too "
            "small at first: divide m by 1 − β₁ᵏ and s by 1 − β₂ᵏ.",
            "no hats",
        ),
        adam_mistake(
            "m and s are right. For the step you correct s only; m starts at 0 as well.", "no m hat"
        ),
        adam_mistake(
            "m and s are right. For the step you correct m only; s starts at 0 as well.", "no s hat"
        ),
        adam_mistake(
            "m and s are right. Their correction must make them larger: divide by 1 − βᵏ, don't multiply.",
            "times",
        ),
        adam_mistake(
            "The two β are exchanged: b1 belongs to m, b2 to s.",
            "exchanged",
        ),
        adam_mistake(
            "m and s are right. You add eps to the root before the correction; the book, as the paper's "
            "algorithm, adds it to sqrt(ŝ).",
            "eps early",
        ),
        adam_mistake(
            "theta is right, but you return the corrected m and s. The correction is for this step only; "
            "the running means go on uncorrected.",
            "hats kept",
        ),
        adam_mistake(
            "eps stands inside of the root. Here, as in the paper, it is added after it: "
            "sqrt(ŝ) + eps.",
            "eps inside",
        ),
        adam_mistake(
            "The root is missing: s holds squares, so its root has the size of a gradient.",
            "no root",
        ),
        adam_mistake(
            "Your s is a running mean of the gradient. It should be one of its square, entry by entry.",
            "not squared",
        ),
        adam_mistake(
            "The exponent of the correction is one too large. k counts from 1, and the first step "
            "divides by 1 − β.",
            "k - 1",
        ),
        adam_mistake(
            "You divide the gradient itself by the root: that is RMSProp. Adam moves by the running "
            "mean m̂.",
            "raw gradient",
        ),
    ],
)
