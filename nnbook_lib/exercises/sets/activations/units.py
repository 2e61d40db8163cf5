"""Exercises on which units learn: slopes that carry gradient, dead units, leaks."""

from __future__ import annotations

import difflib
import re

import numpy as np

from ...exercise import Case, Mistake, add

NAMES = ("sigmoid", "tanh", "relu", "elu", "selu")
LONG = ("linear unit", "hyperbolic", "tangent", "logistic")


def words(activation):
    """The words of an answer, or none if it is no text."""
    return re.findall(r"\w+", activation.lower()) if isinstance(activation, str) else []


def is_long(activation):
    text = " ".join(words(activation))
    return any(part in text for part in LONG)


def one_of_more(activation):
    """Whether one of the names stands among other words."""
    found = words(activation)
    return len(found) > 1 and not is_long(activation) and any(word in NAMES for word in found)


def misspelled(activation):
    """Whether a name has one letter too many or one missing, another, or two exchanged."""
    word = "".join(words(activation))
    taken = ("gelu", "silu", "celu", "prelu", "relu6", "crelu", *NAMES)
    alike = difflib.get_close_matches(word, NAMES, n=1, cutoff=0.7)
    return bool(alike) and word not in taken and not one_of_more(activation)


def another_name(activation):
    found = words(activation) and "".join(words(activation)) not in NAMES
    return found and not (is_long(activation) or one_of_more(activation) or misspelled(activation))


add(
    "activations.most_gradient",
    "Predict which function keeps the gradient",
    level=1,
    reference="selu",
    stops=("sigmoid", "tanh", "relu", "elu", "selu"),
    call=lambda activation: activation.lower() if isinstance(activation, str) else activation,
    remark="Klambauer and others (2017) chose SELU's two constants so that mean 0 and variance 1 come back "
    "to themselves, layer by layer, if the weights are LeCun's.",
    mistakes=[
        Mistake(
            "A ReLU's slope is 1, but for half of the inputs it is 0: RMS 0.71. Look at layer 1 at "
            "depth 16, then try the others.",
            "relu",
        ),
        Mistake(
            "tanh reaches slope 1 at the single point u = 0; its RMS is below 1. It does keep more than "
            "ReLU and the sigmoid here. One of the list keeps more still.",
            "tanh",
        ),
        Mistake(
            "ELU's RMS slope is 0.82: below 1, and sixteen layers multiply it. Look at depth 16, then think "
            "of the function that was built so that its layers keep their variance.",
            "elu",
        ),
        Mistake("The sigmoid keeps the least of all: at most a quarter a layer.", "sigmoid"),
        Mistake(
            "You give a list. One function alone does it: write its name as text, in quotes and without "
            "brackets.",
            ["selu", "elu"],
            when=lambda activation: isinstance(activation, list | tuple | set | dict),
        ),
        Mistake(
            "You give a number, and asked is which function it belongs to: its name, in quotes.",
            0.82,
            when=lambda activation: isinstance(activation, int | float | np.number),
        ),
        Mistake(
            "Write one name alone, as it stands in the drop-down, without any other word.",
            "selu and elu",
            when=one_of_more,
        ),
        Mistake(
            "That is a long name. Write the short one that stands in the drop-down: sigmoid, tanh, relu, elu "
            "or selu.",
            "exponential linear unit",
            when=is_long,
        ),
        Mistake(
            "That is misspelled. The names in the drop-down are sigmoid, tanh, relu, elu and selu.",
            "slu",
            when=misspelled,
        ),
        Mistake(
            "There is no such name in the drop-down. The figure has five functions: sigmoid, tanh, relu, elu "
            "and selu.",
            "identity",
            when=another_name,
        ),
    ],
)

add(
    "activations.dead_units",
    "Count the dead",
    level=2,
    reference=lambda u: (u <= 0).all(axis=0).mean(),
    remark="Dead on this batch is not dead for ever: another sample may turn the unit on. Count over as many "
    "samples as you have.",
    cases=lambda rng: [
        Case(
            "three samples, four units; the last two are dead",
            np.array([[1.0, -1.0, -1.0, 0.0], [2.0, -2.0, -3.0, 0.0], [3.0, 9.0, -1.0, -2.0]]),
        ),
        Case("one sample, five units", np.array([[1.0, -1.0, -2.0, 0.5, -3.0]])),
        Case(
            "twenty samples: one unit is on for one of them, another hardly",
            np.array([[-1.0, -1.0, -1.0]] * 19 + [[2.0, 1e-9, -1.0]]),
        ),
        Case("none is dead", np.array([[1.0, -5.0], [-2.0, 1.0]])),
        Case("all are dead", np.array([[-1.0, -5.0, 0.0], [-2.0, -1.0, 0.0]])),
        Case(
            "ten samples, seven units", rng.normal(-1.3, 0.8, size=(10, 7)) + np.arange(-2, 5) / 3
        ),
    ],
    mistakes=[
        Mistake(
            "You count entries. A unit is off for some samples as a matter of course; it is dead if it is "
            "off for all of them.",
            lambda u: np.mean(u <= 0),
        ),
        Mistake(
            "You call a unit dead if it is off for a single sample. All samples are needed: .all, not .any.",
            lambda u: (u <= 0).any(axis=0).mean(),
        ),
        Mistake(
            "You ask which samples have all units off. A unit is a column: the samples lie along axis 0.",
            lambda u: (u <= 0).all(axis=1).mean(),
        ),
        Mistake(
            "A unit at u = 0 has slope 0 too, by the book's convention: count u <= 0.",
            lambda u: (u < 0).all(axis=0).mean(),
        ),
        Mistake(
            "You return how many units are dead. Wanted is the share: divide by the number of units.",
            lambda u: (u <= 0).all(axis=0).sum(),
        ),
        Mistake(
            "You divide by the number of samples. The share is one of the units: there are u.shape[1].",
            lambda u: (u <= 0).all(axis=0).sum() / len(u),
        ),
        Mistake(
            "You return the share of the living.",
            lambda u: 1 - (u <= 0).all(axis=0).mean(),
        ),
        Mistake(
            "You ask whether the mean of u, or the sum, is negative. A unit can be off on average and on for "
            "one sample; that one keeps it alive.",
            lambda u: (u.mean(axis=0) <= 0).mean(),
        ),
        Mistake(
            "You return the share in percent. Asked is a number from 0 to 1.",
            lambda u: 100 * (u <= 0).all(axis=0).mean(),
        ),
        Mistake(
            "You return the share of the entries that are on. Asked is the share of the units, columns, that "
            "are off for all samples.",
            lambda u: np.mean(u > 0),
        ),
        Mistake(
            "You count the dead entries by u = 0. u is what goes into the ReLU: it is off wherever u <= 0.",
            lambda u: (u == 0).all(axis=0).mean(),
        ),
        Mistake(
            "Your result is 1 if all units are dead, and 0 else: a share cut to a whole number, with // "
            "for / or int(), or a question asked of all of u at once. Asked is the share itself.",
            lambda u: float((u <= 0).all()),
        ),
        Mistake(
            "You count the first unit alone: what the others do makes no difference to your result. Does "
            "return stand inside of the loop?",
            lambda u: (u[:, 0] <= 0).all() / u.shape[1],
        ),
        Mistake(
            "The last unit is left out of your count. range(u.shape[1]) has them all.",
            lambda u: (u[:, :-1] <= 0).all(axis=0).sum() / u.shape[1],
        ),
        Mistake(
            "The first unit is left out of your count: numpy counts from 0.",
            lambda u: (u[:, 1:] <= 0).all(axis=0).sum() / u.shape[1],
        ),
        Mistake(
            "You look at the first sample alone. A unit that is off there may be on for another.",
            lambda u: (u[0] <= 0).mean(),
        ),
        Mistake(
            "You look at the last sample alone, or what you noted of the others is overwritten.",
            lambda u: (u[-1] <= 0).mean(),
        ),
        Mistake(
            "The first sample is left out: a unit that is on for it alone is alive.",
            lambda u: (u[1:] <= 0).all(axis=0).mean(),
        ),
        Mistake(
            "You divide by the number of entries. The share is one of the units: there are u.shape[1].",
            lambda u: (u <= 0).all(axis=0).sum() / u.size,
        ),
        Mistake(
            "You return which units are dead, an entry for each. Asked is their share, one number: the mean "
            "of these.",
            lambda u: (u <= 0).all(axis=0),
        ),
        Mistake(
            "You return the share of the units that are on for all samples. Asked is that of those that are "
            "off for all: u <= 0.",
            lambda u: (u > 0).all(axis=0).mean(),
        ),
    ],
)


def leaky_backward(dz, u, a):
    """dL/du of z = u for u > 0, else a u."""
    return dz * np.where(u > 0, 1.0, a)


def times_u(back):
    """Whether on the right the result is u or u dz, and on the left what it should be."""
    dz, u = np.array([[0.5, 3.0]]), np.array([[2.0, 0.7]])
    came, left = back(dz.copy(), u.copy(), 0.25), back(dz.copy(), -u, 0.25)
    return np.allclose(left, 0.25 * dz) and (np.allclose(came, u) or np.allclose(came, u * dz))


def other_border(back):
    """Whether the sides are told apart by u > a, or by the size of u."""
    dz, u = np.array([[1.0, 2.0, 3.0, 4.0]]), np.array([[-3.0, -0.1, 0.1, 3.0]])
    came = back(dz.copy(), u.copy(), 0.25)
    return any(np.allclose(came, dz * np.where(v > 0.25, 1, 0.25)) for v in (u, np.abs(u)))


add(
    "activations.leaky_backward",
    "Leaky ReLU, backward",
    level=1,
    reference=leaky_backward,
    cases=lambda rng: [
        Case("one sample", np.array([[1.0, 2.0, -2.0]]), np.array([[3.0, -3.0, -1.0]]), 0.25),
        Case("u of 0", np.array([[4.0, -4.0]]), np.array([[0.0, 5.0]]), 0.25),
        Case("four samples", rng.normal(size=(4, 3)), rng.normal(size=(4, 3)), 0.1),
        Case("a slope of 2 on the left", rng.normal(size=(2, 3)), rng.normal(size=(2, 3)), 2.0),
        Case("u a transposed view", rng.normal(size=(2, 5)), rng.normal(size=(5, 2)).T, 0.01),
    ],
    mistakes=[
        Mistake(
            "You look at the sign of dz. Open or shut is decided on the way forward, by u.",
            lambda dz, u, a: dz * np.where(dz > 0, 1.0, a),
        ),
        Mistake(
            "You return the slope alone. Backward it is multiplied with what comes from above, dz.",
            lambda dz, u, a: np.where(u > 0, 1.0, a),
        ),
        Mistake(
            "For negative u you give 0: that is ReLU. The leaky one lets the share a through.",
            lambda dz, u, a: dz * (u > 0),
        ),
        Mistake(
            "You multiply dz with the output of the function. Backward its slope is wanted: 1 or a.",
            lambda dz, u, a: dz * np.where(u > 0, u, a * u),
        ),
        Mistake(
            "Your sides are exchanged: slope 1 is on the right, where u > 0.",
            lambda dz, u, a: dz * np.where(u > 0, a, 1.0),
        ),
        Mistake(
            "You look at the sign of dz: the larger of dz and a dz. Open or shut is decided on the way "
            "forward, by u.",
            lambda dz, u, a: np.maximum(dz, a * dz),
        ),
        Mistake(
            "At u = 0 your slope is 1. By the task it is a there: z = u only where u > 0.",
            lambda dz, u, a: dz * np.where(u >= 0, 1.0, a),
        ),
        Mistake(
            "At u = 0 your slope is neither 1 nor a. By the task it is a: z = a u wherever u is not above 0.",
            lambda dz, u, a: dz * np.where(u > 0, 1.0, np.where(u < 0, a, 0.0)),
        ),
        Mistake(
            "That is forward, the function itself. Backward dz is multiplied with its slope.",
            lambda dz, u, a: np.where(u > 0, u, a * u),
        ),
        Mistake(
            "On the left you return a alone: there it is a dz.",
            lambda dz, u, a: np.where(u > 0, dz, a),
        ),
        Mistake(
            "On the left you return a u: there it is a dz.",
            lambda dz, u, a: np.where(u > 0, dz, a * u),
        ),
        Mistake(
            "On the left you divide by a. The slope there is a: multiply.",
            lambda dz, u, a: np.where(u > 0, dz, dz / a),
        ),
        Mistake(
            "The numbers are right, but you write them into dz, which other branches may still need: "
            "make a new array.",
            lambda dz, u, a: np.multiply(dz, np.where(u > 0, 1.0, a), out=dz),
        ),
        Mistake(
            "On the left you have a u dz. There z = a u, and its slope is a alone: a dz.",
            lambda dz, u, a: np.where(u > 0, dz, a * u * dz),
        ),
        Mistake(
            "Your a is cut to a whole number, as in an array of integers: (u > 0).astype(int), or "
            "np.ones_like of one. Give it numbers with a point, or use np.where(u > 0, 1.0, a).",
            lambda dz, u, a: dz * np.where(u > 0, 1.0, np.trunc(a)),
        ),
        Mistake(
            "On the right your slope is 1 + a. There it is 1: a belongs to the left alone.",
            lambda dz, u, a: dz * ((u > 0) + a),
        ),
        Mistake(
            "On the left your slope is 1 - a. There z = a u, with slope a.",
            lambda dz, u, a: dz * np.where(u > 0, 1.0, 1 - a),
        ),
        Mistake(
            "On the left your slope is -a. There z = a u, with slope a, whatever the sign of u.",
            lambda dz, u, a: dz * np.where(u > 0, 1.0, -a),
        ),
        Mistake(
            "On the left a is multiplied in twice. There z = a u, with slope a.",
            lambda dz, u, a: dz * np.where(u > 0, 1.0, a * a),
        ),
        Mistake(
            "On the left dz goes through unchanged: your slope is 1 everywhere. There z = a u, with slope a.",
            lambda dz, u, a: dz * 1.0,
        ),
        Mistake(
            "You add dz and the slope. Backward they are multiplied.",
            lambda dz, u, a: dz + np.where(u > 0, 1.0, a),
        ),
        Mistake(
            "On the right you have u dz, or u: there z = u, with slope 1, so it is dz.",
            lambda dz, u, a: dz * np.where(u > 0, u, a),
            when=times_u,
        ),
        Mistake(
            "You decide by u > a, or by |u|. It is u > 0 that decides.",
            lambda dz, u, a: dz * np.where(u > a, 1.0, a),
            when=other_border,
        ),
    ],
)


def borrowed(slope):
    """Whether the left has the sigmoid's slope or tanh's, in terms of the output."""
    z = np.array([-0.3, -0.6])
    return any(np.allclose(slope(z, 0.8), v) for v in (z * (1 - z), 1 - z**2, 0.8 * z * (1 - z)))


add(
    "activations.elu_slope",
    "ELU's slope, from its output",
    level=1,
    reference=lambda z, alpha: np.where(z > 0, 1.0, z + alpha),
    remark="Slopes from outputs save memory: forward need not keep u as well. The same works for the "
    "sigmoid, z (1 - z), and tanh, 1 - z². It does not for GELU, which falls and rises.",
    cases=lambda rng: [
        Case("alpha = 2", np.array([3.0, -0.5]), 2.0),
        Case("alpha = 2, at the corner, and close to the floor", np.array([0.1, 0.0, -1.999]), 2.0),
        Case("alpha = 1", np.array([2.0, -0.25]), 1.0),
        Case("a batch", np.maximum(rng.normal(0, 2, size=(3, 4)), -0.69), 0.7),
    ],
    mistakes=[
        Mistake(
            "You take e^z. The exponential stands in u: z = alpha (e^u - 1). Solve that for alpha e^u.",
            lambda z, alpha: np.where(z > 0, 1.0, alpha * np.exp(np.minimum(z, 0))),
        ),
        Mistake(
            "You add 1, which is right for alpha = 1 alone. From z = alpha e^u - alpha, what is alpha e^u?",
            lambda z, alpha: np.where(z > 0, 1.0, z + 1),
        ),
        Mistake(
            "For positive z you give alpha. There ELU is the identity, with slope 1.",
            lambda z, alpha: np.minimum(z, 0) + alpha,
        ),
        Mistake(
            "For negative z you give z itself, which is negative. ELU rises everywhere: z plus something.",
            lambda z, alpha: np.where(z > 0, 1.0, z),
        ),
        Mistake(
            "At z = 0 your slope is 1. By the task the second formula holds there, with slope alpha.",
            lambda z, alpha: np.where(z >= 0, 1.0, z + alpha),
        ),
        Mistake(
            "On the left you return alpha, the slope at the corner. Farther left it falls: alpha e^u, in "
            "terms of z.",
            lambda z, alpha: np.where(z > 0, 1.0, alpha),
        ),
        Mistake(
            "The sign is turned: from z = alpha e^u - alpha follows alpha e^u = z + alpha.",
            lambda z, alpha: np.where(z > 0, 1.0, alpha - z),
        ),
        Mistake(
            "You return ELU of z. z is its output already; asked is the slope.",
            lambda z, alpha: np.where(z > 0, z, alpha * (np.exp(np.minimum(z, 0)) - 1)),
        ),
        Mistake(
            "e^u is (z + alpha) / alpha. The slope is alpha e^u: without that division.",
            lambda z, alpha: np.where(z > 0, 1.0, z / alpha + 1),
        ),
        Mistake(
            "You have alpha (z + 1). From z = alpha e^u - alpha, what is alpha e^u?",
            lambda z, alpha: np.where(z > 0, 1.0, alpha * (z + 1)),
        ),
        Mistake(
            "z + alpha is the slope on the left. On the right it is 1: you need both, and np.where.",
            lambda z, alpha: z + alpha,
        ),
        Mistake(
            "On the left you have alpha (z + alpha). With z = alpha e^u - alpha, z + alpha is alpha e^u "
            "already, the slope.",
            lambda z, alpha: np.where(z > 0, 1.0, alpha * (z + alpha)),
        ),
        Mistake(
            "You take the smaller of z + alpha and 1. That is right for alpha = 1 alone: decide by the sign "
            "of z, with np.where.",
            lambda z, alpha: np.minimum(z + alpha, 1.0),
        ),
        Mistake(
            "On the left all is right. On the right you return z itself; there z = u, with slope 1.",
            lambda z, alpha: np.where(z > 0, z, z + alpha),
        ),
        Mistake(
            "On the left you have the sigmoid's form, z (1 - z), or tanh's, 1 - z². ELU's slope there is "
            "alpha e^u: find it in z = alpha e^u - alpha.",
            lambda z, alpha: np.where(z > 0, 1.0, z * (1 - z)),
            when=borrowed,
        ),
        Mistake(
            "Your slope is 1 on the left, too. There ELU flattens toward its floor, -alpha: the slope is "
            "alpha e^u, in terms of z.",
            lambda z, alpha: np.ones_like(z),
        ),
        Mistake(
            "On the left you have z - alpha, which is negative. From z = alpha e^u - alpha, what is "
            "alpha e^u?",
            lambda z, alpha: np.where(z > 0, 1.0, z - alpha),
        ),
        Mistake(
            "On the left you have alpha z. From z = alpha e^u - alpha, what is alpha e^u?",
            lambda z, alpha: np.where(z > 0, 1.0, alpha * z),
        ),
        Mistake(
            "You take e^z, without alpha. The exponential stands in u: z = alpha (e^u - 1). Solve that for "
            "alpha e^u.",
            lambda z, alpha: np.where(z > 0, 1.0, np.exp(np.minimum(z, 0))),
        ),
        Mistake(
            "The sides are exchanged: the slope is 1 on the right, where z > 0, and z + alpha on the left.",
            lambda z, alpha: np.where(z > 0, z + alpha, 1.0),
        ),
        Mistake(
            "On the left your slope is 0, as ReLU's. ELU rises there, too: alpha e^u, in terms of z.",
            lambda z, alpha: np.where(z > 0, 1.0, 0.0),
        ),
    ],
)
