"""The clinic, patients 1 to 5."""

from __future__ import annotations

import numpy as np

from .. import initializers
from ..activations import Softmax, sigmoid, softmax
from ..network import Network
from ..optimizers import SGD, Adam
from ..training import Diverged
from .exercise import Mistake, add
from .patients import CROSS, STEPS, T, X
from .ward import PATIENCE, TEST, Ward, bends, deep, delta_ratio, digits, learn, weights

# 1: unscaled inputs


def size(x):
    """The root mean square of the largest column."""
    return float(np.sqrt(np.mean(x**2, axis=0)).max())


def scanner(scale=lambda p: p / 255, lr=0.1, epochs=5, **how):
    def patient(pixels, t):
        x = scale(pixels)
        return *learn(deep(**how), SGD(lr), x, t, epochs), x

    return patient


def fits(c):
    return float(np.mean(c.net(c.x).argmax(axis=1) == T))


ward = Ward(lambda: (255 * X, T.copy()), "net, opt, x", TEST)
add(
    "clinic.patient_1",
    "Patient 1: a loss in the hundreds, then silence",
    level=1,
    reference=scanner(),
    seconds=PATIENCE,
    demands=ward.demands(
        (
            "x has numbers of about unit size",
            lambda c: np.isfinite(c.x).all() and 0.1 < size(c.x) < 5,
            "Still ill. The cause lies before the first layer: compare the range of what the network "
            "is given with that of a healthy patient, and return as x what it is trained on.",
        ),
        (
            "9 in 10 training rows are right",
            lambda c: fits(c) >= 0.9,
            "x is of the right order now, and the network learns too slowly. Is it the one trained on this "
            "x, for five epochs? Dividing all pixels by one number keeps most of what they say.",
        ),
    ),
    mistakes=[
        Mistake(
            "A smaller learning rate for inputs that are still in the hundreds. The steps no longer "
            "burst, but the first layer still dominates everything: no rate reaches 9 in 10 here. "
            "Treat x, not the step.",
            scanner(lambda p: p, lr=0.001),
            when=ward.shows(lambda c: size(c.x) > 5 and c.opt.lr < 0.1 and c.opt.steps == STEPS),
        ),
        Mistake(
            "Longer training on the same inputs. The units were dead after the first few steps, and "
            "nothing that is dead learns later. Treat x.",
            scanner(lambda p: p, epochs=8),
            when=ward.shows(lambda c: size(c.x) > 5 and c.opt.steps > STEPS),
        ),
        Mistake(
            "Another activation for the same inputs. It saturates where the old one died: the cause "
            "stands before it. Treat x.",
            scanner(lambda p: p, activation="tanh"),
            when=ward.shows(lambda c: size(c.x) > 5 and "relu" not in bends(c.net)),
        ),
        Mistake(
            "Training stopped: a number was infinite or NaN. Do you divide each column by its standard "
            "deviation? Some pixels are 0 on every image, and 0/0 is NaN. Divide by one number for all "
            "pixels, or add a little to the deviation.",
            scanner(lambda p: (p - p.mean(axis=0)) / p.std(axis=0)),
            when=ward.fails(Diverged),
        ),
        Mistake(
            "Too much of the medicine: the numbers are now far below 1, the first layer is given next "
            "to nothing, and its gradient is as small.",
            scanner(lambda p: p / 255**2),
            when=ward.shows(lambda c: size(c.x) < 0.1),
        ),
    ],
)


# 2: learning rate 100 times too large


def giant(lr=0.1, activation="tanh", epochs=5):
    return lambda x, t: learn(deep(activation=activation), SGD(lr), x, t, epochs)


ward = Ward(digits, "net, opt", TEST)
add(
    "clinic.patient_2",
    "Patient 2: wobbles and stays at 10 %",
    level=1,
    reference=giant(),
    seconds=PATIENCE,
    demands=ward.demands(
        (
            "9 in 10 test rows are right",
            lambda c: c.right >= 0.9,
            "Still ill. How long is the first step, compared with the weights it moves? By how much "
            "would you have to shorten it to come into the gray band?",
        ),
        (
            "in the same 225 steps",
            lambda c: c.opt.steps <= STEPS,
            "It is well, but took more steps than it had. A good rate needs no more than 225.",
        ),
    ),
    mistakes=[
        Mistake(
            "The right medicine, too little of it: the first step is still longer than a third of the "
            "weights. Look at the step sizes again, and go down by powers of ten.",
            giant(5.0),
            when=ward.shows(lambda c: 1 < c.opt.lr < 10),
        ),
        Mistake(
            "Now the steps are too short: the loss falls, and five epochs end before it is down. The "
            "good rates lie between this one and the old one.",
            giant(0.002),
            when=ward.shows(lambda c: c.opt.lr < 0.01),
        ),
        Mistake(
            "Fewer steps, by stopping earlier or by larger batches. At no moment of this course is the "
            "network well: the first step already throws the weights away.",
            giant(10.0, epochs=1),
            when=ward.shows(lambda c: c.opt.lr == 10 and c.opt.steps < STEPS),
        ),
        Mistake(
            "You train longer. The units are saturated after the first steps, and at this rate they "
            "are thrown from one end to the other, however long you wait.",
            giant(10.0, epochs=8),
            when=ward.shows(lambda c: c.opt.lr == 10 and c.opt.steps > STEPS),
        ),
        Mistake(
            "Another activation, the same steps. What tanh suffers as saturation, the other suffers "
            "as dead units. The step is too long for both.",
            giant(10.0, activation="relu"),
            when=ward.shows(lambda c: c.opt.lr == 10 and "tanh" not in bends(c.net)),
        ),
    ],
)


# 3: vanishing gradients at depth 30


def tower(depth=30, activation="sigmoid", lr=0.001, epochs=5, **how):
    return lambda x, t: learn(deep(depth, activation, **how), Adam(lr), x, t, epochs)


def arrives(c):
    return delta_ratio(c.net, X, T) >= 1e-3


ward = Ward(digits, "net, opt", TEST)
add(
    "clinic.patient_3",
    "Patient 3: thirty layers, flat as a board",
    level=2,
    reference=tower(skip=True),
    seconds=PATIENCE,
    demands=ward.demands(
        (
            "31 layers of weights",
            lambda c: len(weights(c.net)) == 31,
            "The network should keep its thirty hidden layers and its output layer.",
        ),
        (
            "the gradient arrives at layer 1",
            arrives,
            "Still ill: ‖δ‖ of layer 1 is below a thousandth of that of layer 30. By what factor does it "
            "shrink in each layer on the way back, and what sets this factor?",
        ),
        (
            "4 in 10 test rows are right after 225 steps",
            lambda c: c.right >= 0.4 and c.opt.steps <= STEPS,
            "The gradient arrives now, and yet too few rows are right after 225 steps. Other cures that "
            "let it arrive leave the steps larger.",
        ),
    ),
    mistakes=[
        Mistake(
            "You amputate: with fewer layers the product has fewer factors. It learns, but the thirty "
            "layers were what was asked for. Change the factor instead.",
            tower(depth=3),
            when=ward.shows(lambda c: len(weights(c.net)) < 31),
        ),
        Mistake(
            "A larger learning rate multiplies every layer's step by the same number. The last layers "
            "are thrown about, and the first ones, which receive less than 10⁻¹⁸ of it, still stand.",
            tower(lr=0.1),
            when=ward.shows(lambda c: not arrives(c) and c.opt.lr > 0.001),
        ),
        Mistake(
            "More epochs. A step moves layer 1 by 10⁻¹⁵ of its size: it would need 10¹⁵ steps to move "
            "once by its own size. Let the gradient arrive first.",
            tower(epochs=6),
            when=ward.shows(lambda c: not arrives(c) and c.opt.steps > STEPS),
        ),
        Mistake(
            "Larger weights enlarge a factor of the product, so that some gradient arrives. But most "
            "sigmoids are saturated now, and what comes forward to layer 30 is nearly the same for every "
            "image, or chance. A cure must carry both ways.",
            tower(init=initializers.normal(2.0)),
            when=ward.shows(
                lambda c: (
                    c.right < 0.4 and "sigmoid" in bends(c.net) and weights(c.net)[-2].std() > 0.5
                )
            ),
        ),
        Mistake(
            "The right activation with the wrong weights: half of ReLU's units are off, and these "
            "weights do not make up for it. Leave `init` out, and the weights suit the activation.",
            tower(activation="relu", init=initializers.normal(0.1)),
            when=ward.shows(lambda c: not arrives(c) and "sigmoid" not in bends(c.net)),
        ),
    ],
)


# 4: softmax twice


def double(*end, lr=1.0, epochs=10, width=32):
    return lambda x, t: learn(Network(*deep(width=width).layers, *end), SGD(lr), x, t, epochs)


def inner_softmax(c):
    return any(isinstance(layer, Softmax) for layer in c.net.layers[:-1])


def ends_in_softmax(c):
    return isinstance(c.net.layers[-1], Softmax) and not inner_softmax(c)


def unsquashed(c):
    return not any(isinstance(layer, Softmax) for layer in c.net.layers) and not bends(
        Network(*c.net.layers[-1:])
    )


ward = Ward(digits, "net, opt", TEST)
add(
    "clinic.patient_4",
    "Patient 4: nearly always right, and never sure",
    level=1,
    reference=double(lr=0.1),
    seconds=PATIENCE,
    demands=ward.demands(
        (
            "the loss on the training rows is below 0.6",
            lambda c: CROSS(c.net(X), T) < 0.6,
            "Still ill: the loss does not come below its floor. Work out the lowest loss that the outputs "
            "of this last layer can reach, and compare.",
        ),
        (
            "8 in 10 test rows are right",
            lambda c: c.right >= 0.8,
            "The floor is gone, and now too few rows are right: look at the size of the steps, since the "
            "gradients have become larger too.",
        ),
    ),
    mistakes=[
        Mistake(
            "The floor is gone: nothing squashes the outputs any more. But the gradients are about ten times "
            "as large as before, and the rate is still the old one. Shorten the steps.",
            double(lr=1.0),
            when=ward.shows(lambda c: unsquashed(c) and c.opt.lr > 0.3),
        ),
        Mistake(
            "More epochs. The loss creeps toward ln(1 + 9/e) = 1.46, and no number of steps brings it "
            "below: it is the best that outputs between 0 and 1 can do.",
            double(softmax, epochs=15),
            when=ward.shows(lambda c: ends_in_softmax(c) and c.opt.steps > 2 * STEPS),
        ),
        Mistake(
            "Another learning rate changes how fast the floor is reached, not where it lies.",
            double(softmax, lr=0.3),
            when=ward.shows(lambda c: ends_in_softmax(c) and c.opt.lr != 1),
        ),
        Mistake(
            "A larger network reaches the same floor: it lies in the range of the last layer's outputs.",
            double(softmax, width=64),
            when=ward.shows(lambda c: ends_in_softmax(c) and c.net.theta.size > 3600),
        ),
        Mistake(
            "You replaced one squashing function by another. The loss takes logits, any real number: "
            "nothing may stand between the last Dense layer and it.",
            double(sigmoid),
            when=ward.shows(lambda c: bends(Network(*c.net.layers[-1:])) != set()),
        ),
        Mistake(
            "There is still a softmax inside, and other layers behind it. What has passed it lies between "
            "0 and 1, and the layers behind must undo that first. Take it out.",
            double(softmax, softmax),
            when=ward.shows(inner_softmax),
        ),
    ],
)


# 5: labels shuffled against the images


def mixed(mix, width=32):
    def patient(x, t):
        rng = np.random.default_rng(0)
        x, t = mix(x, t, rng.permutation(len(x)), rng.permutation(len(x)))
        return learn(deep(width=width), SGD(0.1), x, t)[0], x, t

    return patient


def matched(c):
    """The fraction of its rows that carry their own label."""
    own = {row.tobytes(): label for row, label in zip(X, T, strict=True)}
    return np.mean([own.get(row.tobytes(), -1) == t for row, t in zip(c.x, c.t, strict=True)])


def strange(c):
    return len(c.x) == len(c.t) and matched(c) < 0.9


def moved(a, b):
    return not np.array_equal(a, b)


ward = Ward(digits, "net, x, t", TEST)
add(
    "clinic.patient_5",
    "Patient 5: learns a little, and nothing of use",
    level=1,
    reference=mixed(lambda x, t, a, b: (x[a], t[a])),
    seconds=PATIENCE,
    demands=ward.demands(
        (
            "every image has its own label",
            lambda c: matched(c) == 1,
            "Still ill, and the network is not to blame. Take ten rows of what it is trained on, and look "
            "at each image beside its label.",
        ),
        (
            "9 in 10 test rows are right",
            lambda c: c.right >= 0.9,
            "Every image has its own label now, and too few test rows are right: is the network trained on "
            "all 1440 rows, for five epochs?",
        ),
    ),
    mistakes=[
        Mistake(
            "A larger network. It learns more of the training rows by heart, and the test rows stay at one "
            "in ten: there is nothing in these pairs that could carry over.",
            mixed(lambda x, t, a, b: (x[a], t[b]), width=64),
            when=ward.shows(lambda c: strange(c) and c.net.theta.size > 3600),
        ),
        Mistake(
            "Now only the images move: x is in another order, and t in the old one. Whatever is done to the "
            "rows of one must be done to the other.",
            mixed(lambda x, t, a, b: (x[a], t)),
            when=ward.shows(lambda c: strange(c) and not moved(c.t, T)),
        ),
        Mistake(
            "Now only the labels move: t is in another order, and x in the old one. Whatever is done to the "
            "rows of one must be done to the other.",
            mixed(lambda x, t, a, b: (x, t[b])),
            when=ward.shows(lambda c: strange(c) and not moved(c.x, X)),
        ),
        Mistake(
            "The labels are sorted, and the images are not: the first hundred images are all called 0.",
            mixed(lambda x, t, a, b: (x[a], np.sort(t))),
            when=ward.shows(lambda c: strange(c) and (np.diff(c.t) >= 0).all()),
        ),
    ],
)
