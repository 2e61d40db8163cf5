"""The clinic, patients 10 to 15."""

from __future__ import annotations

import numpy as np

from .. import initializers
from ..dense import Dense
from ..diagnostics import saturation
from ..functions import softmax
from ..layer import Layer
from ..network import Network
from ..optimizers import SGD, Adam, Momentum
from ..recurrent import Cell, Recurrent, RNNCell
from .exercise import Case, Mistake, add
from .patients import STEPS, T_TEST, X_TEST, T, X, rows_as_sequence
from .ward import PATIENCE, TEST, Ward, bends, deep, delta_ratio, digits, learn, tape, weights

# 10 and 11: a loss by hand, over the wrong axis, and with a sum for a mean


def of_label(p, t):
    return p[np.arange(len(p)), t]


def by_hand(probabilities=softmax, value_by=len, delta_by=len, pick=of_label):
    """A cross-entropy and its gradient, divided by value_by(y) and delta_by(y)."""

    def loss_and_delta(y, t):
        p = probabilities(y)
        delta = p.copy()
        delta[np.arange(len(y)), t] -= 1
        return -np.log(pick(p, t)).sum() / value_by(y), delta / delta_by(y)

    return loss_and_delta


def batches(rng):
    return [
        Case("one row, three classes", np.array([[1.0, 2.0, 4.0]]), np.array([2])),
        Case("two rows", np.array([[0.0, 1.0], [3.0, 1.0]]), np.array([1, 0])),
        Case("five random rows", rng.normal(size=(5, 4)), rng.integers(0, 4, 5)),
        Case("forty random rows", rng.normal(size=(40, 10)), rng.integers(0, 10, 40)),
        Case("logits of 1000", np.array([[1000.0, 999.0], [3.0, 1.0]]), np.array([0, 1])),
    ]


def e_to(y, axis=1, over=1):
    """exp of y less its largest along one axis, divided by the sum over another."""
    e = np.exp(y - y.max(axis=axis, keepdims=True))
    return e / e.sum(axis=over, keepdims=True)


def none(y):
    return 1


add(
    "clinic.patient_10",
    "Patient 10: starts at 3.5, and bursts",
    level=1,
    reference=by_hand(),
    outputs=("value", "delta"),
    cases=batches,
    mistakes=[
        Mistake(
            "Still ill. Add up the rows of p, then its columns: which of them is a distribution over the "
            "classes? An untrained net's loss is ln 32 here, and 32 is the number of rows.",
            by_hand(lambda y: e_to(y, 0, 0)),
        ),
        Mistake(
            "The sum is right now. The largest logit is still taken from each column: a row must lose the "
            "same number in every column, or its distribution changes.",
            by_hand(lambda y: e_to(y, 0, 1)),
        ),
        Mistake(
            "The largest logit is that of the row now; the sum still runs down the columns.",
            by_hand(lambda y: e_to(y, 1, 0)),
        ),
        Mistake(
            "You divide by the sum over the whole batch. Each row is a distribution of its own.",
            by_hand(lambda y: e_to(y, None, None)),
        ),
        Mistake(
            "The largest logit is no longer subtracted, and e^1000 overflows. Keep the trick, row by row.",
            by_hand(lambda y: np.exp(y) / np.exp(y).sum(axis=1, keepdims=True)),
        ),
        Mistake(
            "You take the logarithm of the largest probability. The loss asks for that of the label, which "
            "may be another one.",
            by_hand(pick=lambda p, t: p.max(axis=1)),
        ),
        Mistake(
            "The axis is right. The mean is now taken over the classes too: n counts the rows only.",
            by_hand(value_by=np.size, delta_by=np.size),
        ),
    ],
)
add(
    "clinic.patient_11",
    "Patient 11: well behaved in small groups",
    level=1,
    reference=by_hand(),
    outputs=("value", "delta"),
    cases=batches,
    mistakes=[
        Mistake(
            "Still ill: twice as many rows give a loss and a gradient twice as large. The learning rate "
            "then means something else for every batch size.",
            by_hand(value_by=none, delta_by=none),
        ),
        Mistake(
            "The number you see is a mean now, and the gradient is still a sum: the curve looks healthy, "
            "the steps are as long as before. delta is the derivative of value.",
            by_hand(delta_by=none),
        ),
        Mistake(
            "The gradient is right, and the number you see is still a sum: delta must be the derivative "
            "of value.",
            by_hand(value_by=none),
        ),
        Mistake(
            "You divide by 32, the batch size of today. The last batch of an epoch may be smaller, and "
            "tomorrow's is another: take the number of rows that came.",
            by_hand(value_by=lambda y: 32, delta_by=lambda y: 32),
        ),
        Mistake(
            "np.mean over all entries of delta divides by rows times classes. The mean runs over the rows.",
            by_hand(delta_by=np.size),
        ),
        Mistake(
            "delta is divided by n twice. The mean is taken once, in the loss.",
            by_hand(delta_by=lambda y: len(y) ** 2),
        ),
    ],
)


# 12: saturated sigmoids


def loud(init=None, activation="sigmoid", lr=1.0, epochs=5, mend=None):
    def patient(x, t):
        net = deep(activation=activation, init=init)
        if mend is not None:
            net.layers[mend].W[...] = deep(activation=activation).layers[mend].W
        return learn(net, SGD(lr), x, t, epochs)

    return patient


def saturated(c):
    return saturation(tape(c.net, X, T)).max() > 0.6


def too_large(c):
    """Whether each hidden layer's weights are of the old, large kind."""
    return [W.std() > 2 for W in weights(c.net)[:-1]]


LARGE = initializers.normal(5.0)
ward = Ward(digits, "net, opt", TEST)
add(
    "clinic.patient_12",
    "Patient 12: certain from the first step, and wrong",
    level=1,
    reference=loud(),
    seconds=PATIENCE,
    demands=ward.demands(
        (
            "most values lie where the slope is not 0",
            lambda c: not saturated(c),
            "Still ill: most values of a hidden layer lie at its two ends, where the slope is next to 0. "
            "What makes u so large, before any training?",
        ),
        (
            "8 in 10 test rows are right",
            lambda c: c.right >= 0.8,
            "The units are no longer saturated, and too few rows are right. A sigmoid's slope is at most a "
            "quarter: it needs a rate of about 1, and weights that are neither large nor all alike.",
        ),
        (
            "after the same 225 steps",
            lambda c: c.opt.steps <= STEPS,
            "It is well, but took more steps than it had.",
        ),
    ),
    mistakes=[
        Mistake(
            "Another learning rate. Where the slope is next to 0, small steps stand still, and large ones "
            "jump from one flat side to the other.",
            loud(LARGE, lr=10.0),
            when=ward.shows(lambda c: all(too_large(c)) and c.opt.lr != 1),
        ),
        Mistake(
            "More epochs help a little: the few values that are not saturated do all the learning. Treat "
            "what saturates the others.",
            loud(LARGE, epochs=8),
            when=ward.shows(lambda c: all(too_large(c)) and c.opt.steps > STEPS),
        ),
        Mistake(
            "Another activation with the same weights. tanh saturates as well, and with ReLU the outputs "
            "are in the thousands. The weights are too large for each of them.",
            loud(LARGE, activation="tanh"),
            when=ward.shows(lambda c: all(too_large(c)) and "sigmoid" not in bends(c.net)),
        ),
        Mistake(
            "One layer is well, another still has the old weights, and is saturated.",
            loud(LARGE, mend=0),
            when=ward.shows(lambda c: any(too_large(c)) and not all(too_large(c))),
        ),
        Mistake(
            "Too much of the medicine: with weights near 0 every unit of a layer gives nearly the same, "
            "and most of the training goes into telling them apart.",
            loud(initializers.normal(0.001)),
            when=ward.shows(lambda c: c.right < 0.8 and c.opt.lr == 1 and not saturated(c)),
        ),
    ],
)


# 13: learning rate 100 times too small


def timid(opt=SGD, lr=0.1, epochs=5):
    return lambda x, t: learn(deep(), opt(lr), x, t, epochs)


ward = Ward(digits, "net, opt", TEST)
add(
    "clinic.patient_13",
    "Patient 13: better every day, a little",
    level=1,
    reference=timid(),
    seconds=PATIENCE,
    demands=ward.demands(
        (
            "after 225 steps",
            lambda c: c.opt.steps <= STEPS,
            "Time heals this patient, and it had none: 225 steps are enough for a network of this size. "
            "Look at how far each of them goes.",
        ),
        (
            "9 in 10 test rows are right",
            lambda c: c.right >= 0.9,
            "Still ill. By how much of its size does a step move a weight matrix, and how much is usual?",
        ),
    ),
    mistakes=[
        Mistake(
            "More steps of the same length. It works, at many times the price: you pay with days for what "
            "one number costs nothing. Look at the step sizes.",
            timid(lr=0.001, epochs=8),
            when=ward.shows(lambda c: c.opt.steps > STEPS and c.opt.lr < 0.01),
        ),
        Mistake(
            "The right direction, half of the way: five epochs at this rate still end too early. Go on by "
            "a power of ten.",
            timid(lr=0.01),
            when=ward.shows(lambda c: type(c.opt) is SGD and 0.001 < c.opt.lr < 0.05),
        ),
        Mistake(
            "Too far: now the steps are too long, and the units die in the first few.",
            timid(lr=5.0),
            when=ward.shows(lambda c: type(c.opt) is SGD and c.opt.lr > 0.5),
        ),
        Mistake(
            "Momentum adds up the last ten steps or so: with this rate it is worth a factor of 10, and 100 "
            "are missing.",
            timid(Momentum, 0.001),
            when=ward.shows(lambda c: isinstance(c.opt, Momentum) and c.opt.steps <= STEPS),
        ),
        Mistake(
            "Adam's step is as long as its learning rate, whatever the gradient; with this one it is as "
            "timid as the old one. Adam wants a rate of its own.",
            timid(Adam, 0.0001),
            when=ward.shows(lambda c: isinstance(c.opt, Adam) and c.opt.lr < 0.001),
        ),
    ],
)


# 14: an exploding RNN


def echo(scale=1.0, lr=0.1, epochs=5, clip=None, cell=RNNCell, width=32):
    def patient(x, t):
        rng = np.random.default_rng(0)
        one = cell(2, width, rng=rng)
        one.U *= scale
        net = Network(Recurrent(one), Dense(width, 10, rng=rng))
        return learn(net, SGD(lr), x, t, epochs, clip=clip)

    return patient


def stretch(c):
    """How much the cell's U stretches at most, and how large its W is."""
    cell = next(layer for layer in c.net.walk() if isinstance(layer, Cell))
    return np.linalg.norm(cell.U, 2), cell.W.std()


SEQUENCES = rows_as_sequence(X, 32)
ward = Ward(
    lambda: (SEQUENCES.copy(), T.copy()), "net, opt", (rows_as_sequence(X_TEST, 32), T_TEST)
)
add(
    "clinic.patient_14",
    "Patient 14: does not remember how the digit began",
    level=2,
    reference=echo(clip=1.0),  # without the clip 0.5 to 0.8 right: it hangs on how sums are rounded
    seconds=PATIENCE,
    demands=ward.demands(
        (
            "two thirds of the test rows are right",
            lambda c: c.right >= 0.66,
            "Still ill. On the way back each time step multiplies the gradient by diag(tanh′) and by U: "
            "by how much may U stretch a vector if 32 such factors are not to explode? And where U keeps "
            "every length, a single step may still be too long: how do you bound it?",
        ),
        (
            "after the same 225 steps",
            lambda c: c.opt.steps <= STEPS,
            "It is well, but took more steps than it had.",
        ),
        (
            "the gradient is of one size through time",
            lambda c: delta_ratio(c.net, SEQUENCES, T) < 1e3,
            "It learns, and the gradient of the first time step is still more than a thousand times that "
            "of the last.",
        ),
    ),
    mistakes=[
        Mistake(
            "Clipping bounds the length of a step. Its direction still comes from a gradient that has passed "
            "32 stretching factors, and says little about the loss. It is a guard rail; here the "
            "engine is broken.",
            echo(3.0, clip=1.0),
            when=ward.shows(
                lambda c: stretch(c)[0] > 2.5 and stretch(c)[1] < 2 and c.opt.lr == 0.1
            ),
        ),
        Mistake(
            "Smaller steps along the same exploded gradient. It is not too long only, it points anywhere.",
            echo(3.0, lr=0.001),
            when=ward.shows(lambda c: stretch(c)[0] > 2.5 and c.opt.lr < 0.1),
        ),
        Mistake(
            "More epochs. The first step was 78 times as long as the weights it moved: there is nothing left "
            "to train.",
            echo(3.0, epochs=6),
            when=ward.shows(lambda c: stretch(c)[0] > 2.5 and c.opt.steps > STEPS),
        ),
        Mistake(
            "Too much of the medicine: U now shrinks at every step, and after 32 of them nothing of the "
            "digit's beginning is left. The gradient vanishes where it exploded.",
            echo(0.1),
            when=ward.shows(
                lambda c: (
                    stretch(c)[0] < 2.5
                    and c.right < 0.66
                    and delta_ratio(c.net, SEQUENCES, T) < 0.01
                )
            ),
        ),
    ],
)


# 15: a sign error in a backward


def layer_with(backward, forward=np.tanh, keep_u=False):
    class Tanh(Layer):
        def forward(self, u, train=False):
            z = forward(u)
            return z, (u if keep_u else z)

        def backward(self, dz, saved):
            return backward(dz, saved)

    return Tanh


def there_and_back(Tanh, u, dz):
    layer = Tanh if isinstance(Tanh, Layer) else Tanh()
    z, saved = layer.forward(u)
    return z, layer.backward(dz, saved)


add(
    "clinic.patient_15",
    "Patient 15: works against itself",
    level=1,
    reference=layer_with(lambda dz, z: dz * (1 - z * z)),
    call=there_and_back,
    outputs=("z", "du"),
    cases=lambda rng: [
        Case("one number", np.array([[0.5]]), np.array([[1.0]])),
        Case("two rows", np.array([[0.0, 1.0], [-1.0, 2.0]]), np.array([[1.0, -1.0], [2.0, 0.5]])),
        Case("five random rows", rng.normal(size=(5, 3)), rng.normal(size=(5, 3))),
    ],
    mistakes=[
        Mistake(
            "Still ill: du points the wrong way. tanh rises everywhere, so its slope is nowhere negative.",
            layer_with(lambda dz, z: dz * (z * z - 1)),
        ),
        Mistake(
            "You turned the sign a second time, in forward. Now backward is the derivative of what forward "
            "computes, and the network learns, but the layer is called Tanh and is −tanh.",
            layer_with(lambda dz, z: dz * (z * z - 1), lambda u: -np.tanh(u)),
        ),
        Mistake(
            "You took the size of everything: where dz is negative, du must be negative too. Only the slope "
            "is never negative.",
            layer_with(lambda dz, z: np.abs(dz) * (1 - z * z)),
        ),
        Mistake(
            "The slope alone is not the gradient: the chain rule multiplies it with dz, which comes from "
            "above.",
            layer_with(lambda dz, z: 1 - z * z),
        ),
        Mistake(
            "The sign is right, and the slope is taken at z instead of u: z is already tanh(u), so the slope "
            "is 1 − z², without another tanh.",
            layer_with(lambda dz, z: dz * (1 - np.tanh(z) ** 2)),
        ),
        Mistake(
            "forward saves u now, and backward still takes it for z: 1 − u² is no slope of tanh.",
            layer_with(lambda dz, u: dz * (1 - u * u), keep_u=True),
        ),
        Mistake(
            "You divide by the slope. Going back, dz is multiplied with it: du = dz · tanh′(u).",
            layer_with(lambda dz, z: dz / (1 - z * z)),
        ),
        Mistake(
            "(1 − z)² is not 1 − z². The slope is (1 − z)(1 + z).",
            layer_with(lambda dz, z: dz * (1 - z) ** 2),
        ),
        Mistake(
            "That is the sigmoid's slope, z (1 − z). tanh's is 1 − z².",
            layer_with(lambda dz, z: dz * z * (1 - z)),
        ),
    ],
)
