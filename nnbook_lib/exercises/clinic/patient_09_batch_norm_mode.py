"""Patient 9 of the clinic: batch normalization in the wrong mode."""

from __future__ import annotations

import copy
import functools

import numpy as np

from ...network import Network
from ...norm import BatchNorm
from ...optimizers import SGD
from ..exercise import Case, Mistake, add
from .networks import T_TEST, X_TEST, normalized_net
from .trials import learn


@functools.cache
def _learned():
    return learn(normalized_net(), SGD(0.1), epochs=3)[0]


def trained():
    """One for each who asks: an answer may change the network that it is given."""
    return copy.deepcopy(_learned())


def without_norms(net):
    return Network(*(layer for layer in net.layers if not isinstance(layer, BatchNorm)))


def asked(answer, net, x):
    """The answer, and what the running averages of the network are behind it."""
    said = answer(net, x)
    if said is ...:
        raise NotImplementedError
    averages = [value for name, value in net.state().items() if "running" in name]
    return said, np.concatenate(averages)


def learns_from_it(net, x):
    """Moves the running averages by the images that are asked, and answers then."""
    net.track(net.forward(x, True)[1])
    return net(x).argmax(axis=1)


def in_blocks(net, x, size):
    parts = [net.forward(x[i : i + size], True)[0] for i in range(0, len(x), size)]
    return np.concatenate(parts).argmax(axis=1)


def depends_on_blocks(answer):
    """Whether it gives what training mode gives on blocks of 2 to 39 images, of one size."""
    came, x = answer(trained(), X_TEST[:40]), X_TEST[:40]
    if np.array_equal(came, in_blocks(trained(), x, 40)):
        return False
    return any(np.array_equal(came, in_blocks(trained(), x, size)) for size in range(2, 40))


def stumbles(names, kind):
    """Whether an answer asks a thing of this kind for one of these names, which it does not have."""

    def ask(answer):
        try:
            answer(trained(), X_TEST[:1])
        except AttributeError as error:
            return error.name in np.ravel(names) and isinstance(error.obj, kind)
        return False

    return ask


def one_class(k):
    return X_TEST[T_TEST == k][:20]


add(
    "clinic.patient_9",
    "Patient 9: excellent in the lab, useless in the app",
    level=1,
    reference=lambda net, x: net(x).argmax(axis=1),
    call=asked,
    outputs=("class of each image", "running averages afterwards"),
    cases=lambda rng: [
        Case("one image", trained(), X_TEST[:1]),
        Case("forty images", trained(), X_TEST[:40]),
        Case("twenty images of a 3", trained(), one_class(3)),
        Case("twenty images of an 8", trained(), one_class(8)),
    ],
    remark="PyTorch's forward looks at a switch of the network instead, model.eval(). Who forgets to turn it "
    "back with model.train() trains the next epoch with frozen averages.",
    mistakes=[
        Mistake(
            "Still ill: every image gets the same answer. Alone in its batch, an image is its own mean: what "
            "is left after subtracting it, and which mean should be subtracted instead?",
            lambda net, x: np.array([net.forward(r[None], True)[0][0].argmax() for r in x]),
        ),
        Mistake(
            "You ask many images at once, and a single one is still ill. With many the answer to one depends "
            "on its neighbors: twenty images of one class are normalized as if they were all classes. "
            "Not the batch is to be changed, but the mode.",
            lambda net, x: net.forward(x, True)[0].argmax(axis=1),
        ),
        Mistake(
            "You leave out the normalization. The weights after it were trained on normalized numbers and "
            "get others now. Keep the layers, and let them use what they have learned.",
            lambda net, x: without_norms(net)(x).argmax(axis=1),
        ),
        Mistake(
            "Asking changes the network: its running averages move with the images that are asked. They are "
            "for training; leave net.track out.",
            learns_from_it,
        ),
        Mistake(
            "You return what the network says of the classes. Wanted is the class: the place of the largest.",
            lambda net, x: net(x),
        ),
        Mistake(
            "That is the largest output of each row. Wanted is its place, which is the class.",
            lambda net, x: net(x).max(axis=1),
        ),
        Mistake(
            "That is the class the network finds least likely: argmax, not argmin.",
            lambda net, x: net(x).argmin(axis=1),
        ),
        Mistake(
            "argmax runs down the columns: it says which image is first for a class. Wanted is each image's "
            "class, along axis 1.",
            lambda net, x: net(x).argmax(axis=0),
        ),
        Mistake(
            "argmax without an axis looks for one place in the whole array. Wanted is each image's class, "
            "along axis 1.",
            lambda net, x: net(x).argmax(),
        ),
        Mistake(
            "Only the first image gets an answer: does a `return` stand inside of the loop?",
            lambda net, x: net(x[:1]).argmax(axis=1),
        ),
        Mistake(
            "A single image is well, and several are asked in training mode: then the answer to one "
            "depends on its neighbors. The mode is not a matter of their number.",
            lambda net, x: net.forward(x, len(x) > 1)[0].argmax(axis=1),
        ),
        Mistake(
            "The network is still in training mode, block by block: what it says of an image depends on "
            "which others share its block. Call it as net(x).",
            lambda net, x: in_blocks(net, x, 32),
            when=depends_on_blocks,
        ),
        Mistake(
            "You standardize the images by their own batch before. The network was trained on the pixels as "
            "they are, and a single image becomes all zeros so.",
            lambda net, x: net((x - x.mean(axis=0)) / (x.std(axis=0) + 1e-5)).argmax(axis=1),
        ),
        Mistake(
            "All images get the answer of the most frequent class. Each has its own.",
            lambda net, x: np.full(len(x), np.bincount(net(x).argmax(axis=1)).argmax()),
        ),
        Mistake(
            "net.forward returns two things, the outputs and a tape: y, _ = net.forward(x). Or call the "
            "network, net(x), for the outputs alone.",
            lambda net, x: net.forward(x).argmax(axis=1),
            when=stumbles("argmax", tuple),
        ),
        Mistake(
            "There is no such switch on a network here: the mode is an argument, and net(x), or "
            "net.forward(x) without train=True, is the one for use.",
            lambda net, x: net.eval(),
            when=stumbles(("eval", "train"), Network),
        ),
    ],
)
