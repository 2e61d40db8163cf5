"""Exercises on other routes to a gradient, an engine and nudging, for chapter 2."""

from __future__ import annotations

import itertools

import numpy as np

from ... import functions
from ...activations import ACTIVATIONS
from ...autodiff import Tensor
from ...gradcheck import numeric_gradient
from ..exercise import Case, Mistake, add


def flows(divide, a, b):
    """A quotient and what comes back to a and b, if L = sum(seed * quotient)."""
    a, b = Tensor(a), Tensor(b)
    y = divide(a, b)
    if y is ... or y is None:
        return y
    check_node(y)
    y.backward(np.linspace(2, 3, y.data.size).reshape(y.data.shape))
    return {"the quotient": y.data, "a.grad": a.grad, "b.grad": b.grad}


def check_node(y):
    """TypeError, in a learner's words, for what the engine could not use."""
    if not isinstance(y, Tensor):
        raise TypeError(f"divide should return a Tensor, and returns {type(y).__name__}")
    if not all(map(callable, y.vjps)):
        raise TypeError("the ways back should be functions of g: write lambda g: before each")
    if len(y.parents) != len(y.vjps):
        raise TypeError(f"there are {len(y.parents)} parents and {len(y.vjps)} ways back")
    if any(isinstance(vjp(np.ones_like(y.data)), Tensor) for vjp in y.vjps):
        raise TypeError("a way back gives a Tensor; compute with numbers, a.data and b.data")
    if y.parents and not written(y):
        raise TypeError(
            "that is the library's own operation; make the Tensor yourself: Tensor(...)"
        )


def written(y):
    """Whether a way back to the result was written by somebody else than the library."""
    return any(getattr(vjp, "__module__", "") != Tensor.__module__ for vjp in y.vjps) or any(
        map(written, y.parents)
    )


def quotient(back_to_a, back_to_b):
    """A division with these ways back, functions of g, a, b."""
    return lambda a, b: Tensor(
        a.data / b.data,
        (a, b),
        (lambda g: back_to_a(g, a.data, b.data), lambda g: back_to_b(g, a.data, b.data)),
    )


add(
    "gradients.divide",
    "An operation for the engine",
    level=2,
    reference=quotient(lambda g, a, b: g / b, lambda g, a, b: -g * a / b**2),
    call=flows,
    cases=lambda rng: [
        Case("6 / 2", 6.0, 2.0),
        Case("three quotients", np.array([1.0, -2.0, 3.0]), np.array([4.0, 0.5, -1.0])),
        Case("a matrix by a row", rng.normal(size=(4, 3)), rng.uniform(1, 2, 3)),
    ],
    mistakes=[
        Mistake(
            "The sign of what goes to b is wrong. If b grows, the quotient shrinks.",
            quotient(lambda g, a, b: g / b, lambda g, a, b: g * a / b**2),
        ),
        Mistake(
            "What goes back to b lacks a power: the slope of a/b with respect to b is not −a/b. "
            "Differentiate a · b⁻¹.",
            quotient(lambda g, a, b: g / b, lambda g, a, b: -g * a / b),
        ),
        Mistake(
            "Your functions return the slopes and leave g out. What arrives from above is to be "
            "multiplied with them.",
            quotient(lambda g, a, b: 1 / b, lambda g, a, b: -a / b**2),
        ),
        Mistake(
            "The ways back belong to a product: g times the other factor.",
            quotient(lambda g, a, b: g * b, lambda g, a, b: g * a),
        ),
        Mistake(
            "What is meant for a goes to b, and the other way around. The functions stand in the order "
            "of the parents.",
            quotient(lambda g, a, b: -g * a / b**2, lambda g, a, b: g / b),
        ),
        Mistake(
            "Nothing comes back to b: it is a parent too, with a function of its own.",
            lambda a, b: Tensor(a.data / b.data, (a,), (lambda g: g / b.data,)),
        ),
        Mistake(
            "Nothing comes back: the result does not know what it was computed from. Give the new Tensor "
            "its parents (a, b) and one function for each.",
            lambda a, b: Tensor(a.data / b.data),
        ),
        Mistake(
            "What goes back to a lacks the factor 1/b: a quotient moves the less, the larger b is.",
            quotient(lambda g, a, b: g, lambda g, a, b: -g * a / b**2),
        ),
        Mistake(
            "What goes back to b lacks the factor a: differentiate a · b⁻¹ with respect to b.",
            quotient(lambda g, a, b: g / b, lambda g, a, b: -g / b**2),
        ),
        Mistake(
            "What goes back to b lacks the sign and a power: the slope of a · b⁻¹ with respect to b is "
            "−a · b⁻².",
            quotient(lambda g, a, b: g / b, lambda g, a, b: g * a / b),
        ),
        Mistake(
            "What goes back to b is multiplied with b². It is to be divided by it: −g·a / b².",
            quotient(lambda g, a, b: g / b, lambda g, a, b: -g * a * b**2),
        ),
        Mistake(
            "The ways back are turned: both slopes have the roles of a and b exchanged, as if the quotient "
            "were b/a.",
            quotient(lambda g, a, b: -g * b / a**2, lambda g, a, b: g / a),
        ),
        Mistake(
            "What goes back to b holds g/b too much, as in a quotient rule where a depends on b. It does "
            "not: what is left is −g·a / b².",
            quotient(lambda g, a, b: g / b, lambda g, a, b: g * (b - a) / b**2),
        ),
        Mistake(
            "You add up all that goes back to b, and give every entry the sum. Each entry of b gets its own "
            "share; where b was broadcast, the engine adds up by itself.",
            quotient(lambda g, a, b: g / b, lambda g, a, b: np.full_like(b, np.sum(-g * a / b**2))),
        ),
        Mistake(
            "Both ways back give what belongs to b. If they are made in a loop: a lambda looks its names up "
            "when it is called, and then the last round holds. Write the two out.",
            quotient(lambda g, a, b: -g * a / b**2, lambda g, a, b: -g * a / b**2),
        ),
    ],
    remark="Other engines write the quotient y itself into the way back, −g·y/b: it lies there "
    "from the forward pass, and a product is saved. An operation may keep whatever makes "
    "its way back cheap.",
)


class Named:
    """A function that is shown by its formula in a report."""

    def __init__(self, formula, f):
        self.formula, self.f = formula, f

    def __call__(self, x):
        return float(self.f(x))

    def __repr__(self):
        return self.formula


def unit(x, i):
    e = np.zeros_like(x)
    e[i] = 1
    return e


def each(x, slope):
    """An array of x's shape: slope(i's unit vector) at every i."""
    return np.array([slope(unit(x, i)) for i in np.ndindex(x.shape)]).reshape(x.shape)


def one_array(f, x, h):
    """No copies: the nudges up and down cancel in x itself."""
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        above = below = x
        above[i] += h
        below[i] -= h
        g[i] = (f(above) - f(below)) / (2 * h)
    return g


def creeping(f, x, h):
    """One nudged copy for all entries, never set back."""
    y, g = x.copy(), np.zeros_like(x)
    for i in np.ndindex(x.shape):
        y[i] += h
        above = f(y)
        y[i] -= 2 * h
        g[i] = (above - f(y)) / (2 * h)
    return g


def two_copies(f, x, h):
    """One copy nudged up and one nudged down for all entries, never set back."""
    above, below, g = x.copy(), x.copy(), np.zeros_like(x)
    for i in np.ndindex(x.shape):
        above[i] += h
        below[i] -= h
        g[i] = (f(above) - f(below)) / (2 * h)
    return g


def whole_rows(f, x, h):
    """A nudge for each index of the first axis."""
    g = np.zeros_like(x)
    for i in range(len(x)):
        g[i] = (f(x + h * unit(x, i)) - f(x - h * unit(x, i))) / (2 * h)
    return g


def as_a_vector(f, x, h):
    """len(x) nudges of that length, whatever the shape of x."""
    return np.array([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))])


add(
    "gradients.numeric",
    "The gradient by nudging",
    level=2,
    reference=lambda f, x, h: numeric_gradient(f, x, h),
    plain=lambda f, x, h: each(x, lambda e: (f(x + h * e) - f(x - h * e)) / (2 * h)),
    cases=lambda rng: [
        Case("a cube, and a coarse nudge", Named("x[0]**3", lambda x: x[0] ** 3), np.ones(1), 0.1),
        Case(
            "a product",
            Named("x[0] * x[1]**2", lambda x: x[0] * x[1] ** 2),
            np.array([2.0, -3.0]),
            0.5,
        ),
        Case(
            "a matrix",
            Named("np.exp(x).sum()**2", lambda x: np.exp(x).sum() ** 2),
            rng.normal(size=(2, 3)),
            0.01,
        ),
        Case(
            "three axes",
            Named("(x**3).sum()", lambda x: (x**3).sum()),
            rng.normal(size=(2, 1, 2)),
            0.1,
        ),
    ],
    mistakes=[
        Mistake(
            "You nudge to one side only. The error of (f(x + h) − f(x)) / h is about h; nudge to both "
            "sides, and it is about h².",
            lambda f, x, h: each(x, lambda e: (f(x + h * e) - f(x)) / h),
        ),
        Mistake(
            "You nudge down only. The error of (f(x) − f(x − h)) / h is about h; nudge to both sides, and "
            "it is about h².",
            lambda f, x, h: each(x, lambda e: (f(x) - f(x - h * e)) / h),
        ),
        Mistake(
            "All is 0, as if f were given the same numbers twice. Either both nudges meet in one array "
            "and cancel (`a = x` is a second name for x; use x.copy()), or the array holds whole numbers,"
            " and the nudge is rounded away.",
            one_array,
        ),
        Mistake(
            "The brackets are missing: `/ 2 * h` divides by 2 and multiplies with h.",
            lambda f, x, h: each(x, lambda e: (f(x + h * e) - f(x - h * e)) / 2 * h),
        ),
        Mistake(
            "You divide by h. From x − h to x + h it is twice as far.",
            lambda f, x, h: each(x, lambda e: (f(x + h * e) - f(x - h * e)) / h),
        ),
        Mistake(
            "You nudge all entries at once. A partial derivative moves one entry while the others stand "
            "still: a loop over the entries.",
            lambda f, x, h: np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h)),
        ),
        Mistake(
            "An entry is not set back after its nudge, so the next one is taken at another point. Nudge "
            "a fresh copy for every entry.",
            creeping,
        ),
        Mistake(
            "The sign is wrong: above minus below.",
            lambda f, x, h: each(x, lambda e: (f(x - h * e) - f(x + h * e)) / (2 * h)),
        ),
        Mistake(
            "You nudge to one side and divide by 2h. From x to x + h it is h, and with a nudge to "
            "both sides 2h.",
            lambda f, x, h: each(x, lambda e: (f(x + h * e) - f(x)) / (2 * h)),
        ),
        Mistake(
            "Only the first entry is filled. Is `return` inside of the loop?",
            lambda f, x, h: each(x, lambda e: (f(x + h * e) - f(x - h * e)) / (2 * h) * e.flat[0]),
        ),
        Mistake(
            "The division is missing: a slope is the difference over the distance, 2h.",
            lambda f, x, h: each(x, lambda e: f(x + h * e) - f(x - h * e)),
        ),
        Mistake(
            "You divide by 2. The distance from x − h to x + h is 2h.",
            lambda f, x, h: each(x, lambda e: (f(x + h * e) - f(x - h * e)) / 2),
        ),
        Mistake(
            "Each nudge is relative, h times the entry itself, but the distance is taken as 2h.",
            lambda f, x, h: each(x, lambda e: (f(x + h * e * x) - f(x - h * e * x)) / (2 * h)),
        ),
        Mistake(
            "The two copies are made once, before the loop, so the nudges of earlier entries stay in them. "
            "Make fresh copies for every entry.",
            two_copies,
        ),
        Mistake(
            "You nudge all entries at once, so a single number comes out. A gradient has a number for each "
            "entry, nudged while the others stand still: a loop.",
            lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h),
        ),
        Mistake(
            "Right for a vector. Where x has more axes, whole rows are nudged at once: run over all entries, "
            "for i in np.ndindex(x.shape).",
            whole_rows,
        ),
        Mistake(
            "You make len(x) nudges, each of the length len(x), as for a vector. x can have more axes: nudge "
            "np.zeros(x.shape) at i, for i in np.ndindex(x.shape).",
            as_a_vector,
        ),
        Mistake(
            "You hand f a single entry. It takes the whole array, of which one entry is nudged: copy x, and "
            "change that entry.",
            lambda f, x, h: np.array(
                [(f(one + h) - f(one - h)) / (2 * h) for one in x.ravel()]
            ).reshape(x.shape),
        ),
    ],
    remark="A nudge that is too small is as bad as a large one: the difference of two nearly equal "
    "numbers loses its digits. Near h = 1e-5 the two errors of a two-sided difference in "
    "double precision are about equal.",
)

# The faults of the notebook's backward pass, from the output down, and what to say of each
FAULTS = {
    "the first delta": "Begin at the output: from which entries of p is 1 subtracted?",
    "the gradient of a bias": "From the same delta dW comes out right and db does not: a bias collects "
    "from all rows.",
    "the slope of the activation": "The last layer is right and all below it is not: what does delta "
    "meet on its way down?",
}


def deep_backward(Ws, zs, t, faults=(), slope=lambda z: 1 - z**2, sum_of=sum):
    """(dWs, dbs) of the chapter's tanh network, with some of the faults or others."""
    n, dWs, dbs = len(t), [], []
    delta = functions.softmax(zs[-1])
    if "the first delta" in faults:
        delta[:, t] -= 1
    else:
        delta[np.arange(n), t] -= 1
    delta /= n
    for W, z in zip(Ws[::-1], zs[-2::-1], strict=True):
        dWs.insert(0, delta.T @ z)
        dbs.insert(0, delta.mean(axis=0) if "the gradient of a bias" in faults else sum_of(delta))
        delta = delta @ W * (z * (1 - z) if "the slope of the activation" in faults else slope(z))
    return dWs, dbs


def by_name(backward, Ws, zs, t):
    """Its results as {"dW1": ..., "db1": ...}, from the last layer to the first."""
    result = backward(Ws, zs, t)
    if result is ... or result is None:
        return result
    if not (isinstance(result, tuple | list) and len(result) == 2):
        raise TypeError("return two lists, dWs and dbs: one matrix and one vector for each layer")
    dWs, dbs = result
    if not len(dWs) == len(dbs) == len(Ws):
        raise TypeError(f"{len(Ws)} layers, but {len(dWs)} arrays in dWs and {len(dbs)} in dbs")
    pairs = list(zip(dWs, dbs, strict=True))
    numbered = reversed(list(enumerate(pairs, start=1)))
    return {f"d{name}{k}": g for k, pair in numbered for name, g in zip("Wb", pair, strict=True)}


def deep_case(says, rng, n, widths):
    Ws = [rng.normal(size=(b, a)) for a, b in itertools.pairwise(widths)]
    zs = [rng.normal(size=(n, widths[0]))]
    for W in Ws[:-1]:
        zs.append(np.tanh(zs[-1] @ W.T + 0.5))
    return Case(says, Ws, [*zs, zs[-1] @ Ws[-1].T], rng.integers(widths[-1], size=n))


def still(left):
    """What to say while these faults are left: of the next one only."""
    mended = [name for name in FAULTS if name not in left]
    right = f"Mended: {' and '.join(mended)}" if mended else "Nothing is mended yet"
    return f"{right}; faults left: {len(left)}. {FAULTS[left[0]]}"


add(
    "gradients.repair",
    "Repair a backward pass",
    level=3,
    reference=deep_backward,
    call=by_name,
    cases=lambda rng: [
        deep_case("one layer, two samples", rng, 2, [1, 2]),
        deep_case("two layers", rng, 4, [2, 3, 3]),
        deep_case("three layers", rng, 3, [2, 4, 3, 5]),
    ],
    mistakes=[
        Mistake(still(left), lambda Ws, zs, t, left=left: deep_backward(Ws, zs, t, left))
        for size in (3, 2, 1)
        for left in itertools.combinations(FAULTS, size)
    ]
    + [
        Mistake(
            "The last layer is right. One layer back, the slope of tanh is gone altogether.",
            lambda Ws, zs, t: deep_backward(Ws, zs, t, slope=lambda z: 1),
        ),
        Mistake(
            "The last layer is right. z is tanh(u) already: with tanh(z) in the slope, tanh is applied "
            "twice.",
            lambda Ws, zs, t: deep_backward(Ws, zs, t, slope=lambda z: 1 - np.tanh(z) ** 2),
        ),
        Mistake(
            "The last layer is right. The slope of tanh is 1 minus the square, not plus.",
            lambda Ws, zs, t: deep_backward(Ws, zs, t, slope=lambda z: 1 + z**2),
        ),
        Mistake(
            "db adds up the nodes of each row (axis 1). It should add up the rows, for each node.",
            lambda Ws, zs, t: deep_backward(Ws, zs, t, sum_of=lambda delta: delta.sum(axis=1)),
        ),
        Mistake(
            "The last layer is right. In the slope of tanh z alone is squared: 1 − z², not (1 − z)².",
            lambda Ws, zs, t: deep_backward(Ws, zs, t, slope=lambda z: (1 - z) ** 2),
        ),
        Mistake(
            "Your lists begin with the last layer, as the backward pass does. dWs[0] and dbs[0] belong to "
            "the first one: insert(0, ...) in the place of append.",
            lambda Ws, zs, t: tuple(g[::-1] for g in deep_backward(Ws, zs, t)),
        ),
    ],
    remark="In practice one checks a new layer alone before it goes into a network, on sizes that "
    "all differ and with more samples than one: then a sum over the wrong axis and a mean "
    "for a sum can't hide.",
)

CHOICE = ("sigmoid", "tanh", "relu")  # the activations of the figure in the notebook
U = np.linspace(-3, 3, 61)


def misplaced(name):
    """How far f' at z = f(u) is from f' at u, at most."""
    f = ACTIVATIONS[name]
    return np.abs(f.df(f.f(U)) - f.df(U)).max()


add(
    "gradients.silent_bug",
    "A bug that one activation hides",
    level=1,
    reference=min(CHOICE, key=misplaced),
    mistakes=[
        Mistake(
            "The sigmoid's z lies between 0 and 1, where its slope is between 0.20 and 0.25, whatever the "
            "slope at u is. The check sees that at once: look at the bars.",
            "sigmoid",
        ),
        Mistake(
            "tanh flattens u, so at z the slope is larger than at u, and more so for large u. Look at the "
            "bars for tanh.",
            "tanh",
        ),
        Mistake(
            "One of the three does hide it. For which function does u's place on the curve, as far as the "
            "slope goes, agree with the place of f(u)?",
            "none",
        ),
        Mistake(
            'Asked for is one of the figure\'s three: "sigmoid", "tanh" or "relu".',
            "identity",
            when=lambda word: str(word).strip().lower() not in (*CHOICE, "none"),
        ),
    ],
    remark="The leaky ReLU hides it as well: its slope, too, asks for nothing but the sign. A "
    "check with tanh would have found the bug at once.",
)
