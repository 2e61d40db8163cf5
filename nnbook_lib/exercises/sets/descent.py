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
    ],
    remark="Optimizers do write into theta: a network has one vector of parameters, and a copy at "
    "every step would cost memory. Then it must be said, as in their docstrings; a function "
    "that returns its result leaves its arguments alone.",
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
    ],
    remark="PyTorch keeps v without the rate, v ← βv + g, and moves theta by −ηv. While η is "
    "constant both walk the same path; when it drops, the book's ball first rolls on at its "
    "old speed.",
)


def adam(theta, m, s, grad, k, lr, b1, b2, eps):
    """Step k of the library's, with a memory set by hand."""
    opt = optimizers.Adam(lr, betas=(b1, b2), eps=eps)
    theta, opt.m, opt.s, opt.steps = theta.copy(), m.copy(), s.copy(), k
    opt.update(theta, grad, lr)
    return theta, opt.m, opt.s


def spoiled_adam(theta, m, s, grad, k, lr, b1, b2, eps, what=""):
    b1, b2 = (b2, b1) if what == "exchanged" else (b1, b2)
    new = (1.0, 1.0) if what == "sums" else (1 - b1, 1 - b2)
    m = b1 * m + new[0] * grad
    s = b2 * s + new[1] * (grad if what == "not squared" else grad * grad)
    m_hat, s_hat = m / (1 - b1**k), s / (1 - b2**k)
    if what == "one beta":
        s_hat = s / (1 - b1**k)
    if what == "no power":
        m_hat, s_hat = m / (1 - b1), s / (1 - b2)
    if what == "product":
        m_hat, s_hat = m / (1 - b1 * k), s / (1 - b2 * k)
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
    if what == "no eps":
        below = np.sqrt(s_hat)
    step = lr * (grad if what == "raw gradient" else m_hat) / below
    if what == "no division":
        step = lr * m_hat
    if what == "no rate":
        step = step / lr
    if what == "step alone":
        return -step, m, s
    return (theta - step, m_hat, s_hat) if what == "hats kept" else (theta - step, m, s)


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
        adam_mistake(
            "Your m and s are sums: the new value enters a running mean with the weight 1 − β.",
            "sums",
        ),
        adam_mistake(
            "m and s are right. You correct both with β₁; s has a β₂ of its own.", "one beta"
        ),
        adam_mistake(
            "m and s are right. The power is missing in the correction: after k steps it is 1 − βᵏ.",
            "no power",
        ),
        adam_mistake(
            "m and s are right. In the correction you multiply β by k; it is a power, `b1**k`.",
            "product",
        ),
        adam_mistake("m and s are right. The step lacks eps under its fraction.", "no eps"),
        adam_mistake(
            "m and s are right. theta moves by lr · m̂: the division by the root of ŝ is missing.",
            "no division",
        ),
        adam_mistake("m and s are right. The learning rate is missing.", "no rate"),
        adam_mistake(
            "m and s are right. What you return as theta is the step alone.", "step alone"
        ),
    ],
    remark="Where eps stands differs between libraries, and matters when it is not tiny. The paper "
    "also names a faster form that moves both corrections into the rate; its eps then "
    "counts for more in the first steps.",
)
