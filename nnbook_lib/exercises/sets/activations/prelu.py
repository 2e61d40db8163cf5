"""Exercise: a layer with a slope that is learned."""

from __future__ import annotations

import numpy as np

from .... import losses, network, optimizers
from ....layer import Layer
from ...answers import prelu as wrong
from ...answers.layers import backward, forward
from ...exercise import Case, Demand, Mistake, add


def use(PReLU, u, a, dz):
    """Forward twice, as when a layer stands in two places, and back twice: z, dL/du, dL/da."""
    layer = PReLU()
    layer.a[...] = a
    z, saved = forward(layer, u)
    other = forward(layer, 1 - u[:1])[1]
    layer.zero_grad()
    du = backward(layer, dz, saved)
    backward(layer, 2 * dz[:1], other)
    return z, du, np.sum(layer.da)


def learns(PReLU):
    """Whether a network that is this layer alone learns |x|, which is slope -1."""
    layer = PReLU()
    net, x = network.Network(layer), np.linspace(-1, 1, 21)[:, None]
    for _ in range(60):
        network.loss_and_grad(net, losses.SquaredError(), x, np.abs(x))
        optimizers.SGD(2.0).step(net.theta, net.grad)
    return abs(float(np.sum(layer.a)) + 1) < 0.01


def complains(PReLU):
    """Whether what is added to da has more entries than a."""
    layer = PReLU()
    u = np.array([[1.0, -2.0], [-3.0, 4.0], [-1.0, -1.0]])
    _, saved = forward(layer, u)
    try:
        backward(layer, u, saved)
    except ValueError as error:
        return "output operand with shape (1,)" in str(error)
    return False


def moves_a(PReLU):
    """Whether backward changes the slope itself."""
    layer = PReLU()
    u = np.array([[1.0, -2.0], [-3.0, 4.0]])
    _, saved = forward(layer, u)
    before = np.array(layer.a)
    backward(layer, u, saved)
    return not np.array_equal(before, layer.a)


add(
    "activations.prelu",
    "A layer of your own: a slope that is learned",
    level=3,
    reference=wrong.PReLU,
    call=use,
    outputs=("z", "dL/du", "dL/da"),
    cases=lambda rng: [
        Case("one sample, a = 0.5", np.array([[2.0, -4.0]]), 0.5, np.array([[1.0, 3.0]])),
        Case("five samples", rng.normal(size=(5, 3)), 0.1, rng.normal(size=(5, 3))),
        Case("a slope above 1", rng.normal(size=(3, 2)), 1.5, rng.normal(size=(3, 2))),
        Case(
            "u of 0, and a = 0",
            np.array([[0.0, -2.0], [1.0, 0.0]]),
            0.0,
            np.array([[1.0, 3.0], [2.0, 5.0]]),
        ),
        Case("a negative slope", rng.normal(size=(2, 4)), -0.3, rng.normal(size=(2, 4))),
    ],
    mistakes=[
        Mistake(
            "dL/da is overwritten at each backward pass. A layer may stand in two places of a network and "
            "collects both shares: self.da += ...",
            wrong.Assigned,
        ),
        Mistake(
            "You average over the entries. dz carries the loss's 1/n already, and each entry that uses a "
            "adds its share: a sum.",
            wrong.Averaged,
        ),
        Mistake(
            "For dL/da you add up dz u over all entries. Where u > 0, z = u does not contain a at all.",
            wrong.AllOfU,
        ),
        Mistake(
            "For dL/da you multiply with a u, the output. Differentiate a u by a: what remains is u.",
            wrong.Scaled,
        ),
        Mistake(
            "dL/du is 0 where u is negative. There z = a u, with slope a.",
            wrong.Plain,
        ),
        Mistake(
            "max(u, a u) is right while a is below 1. A slope that is learned may grow beyond, and then it "
            "picks the wrong side: decide by the sign of u.",
            wrong.Max,
        ),
        Mistake(
            "You save z, and backward takes it for u. Save what backward needs, u itself: z is a u on the "
            "left, and with a negative a even its sign is another.",
            wrong.SavesZ,
        ),
        Mistake(
            "What backward needs is kept on the layer, where the next forward overwrites it: a layer may "
            "stand in two places. Return it as `saved`, and let backward use what it is handed.",
            wrong.OnSelf,
        ),
        Mistake(
            "At u = 0 your slope is 1. By the task it is a there: z = u only where u > 0.",
            wrong.OneAtZero,
        ),
        Mistake(
            "dL/da has the wrong sign: on the left dz/da is u, which is negative itself.",
            wrong.Negated,
        ),
        Mistake(
            "For dL/da you add up dz alone. On the left z = a u, so dz/da is u: dz times u.",
            wrong.WithoutU,
        ),
        Mistake(
            "You save z and find u by dividing by a. The slope is learned, and may become 0: save u itself.",
            wrong.Divides,
        ),
        Mistake(
            "dL/da stays 0: backward must add to self.da, besides returning dL/du. Otherwise the slope "
            "never learns.",
            wrong.Frozen,
        ),
        Mistake(
            "check expects the class itself, not a layer made of it: no parentheses behind its name.",
            wrong.PReLU(),
            when=lambda PReLU: isinstance(PReLU, Layer),
        ),
        Mistake(
            "You divide dL/da by the number of samples. dz carries the loss's 1/n already: a sum over all "
            "entries.",
            wrong.AveragedOverSamples,
        ),
        Mistake(
            "What you add to self.da has more than one entry, and the whole layer has a single slope a: add "
            "up over samples and units, np.sum(...) without an axis.",
            wrong.SumOverSamples,
            when=complains,
        ),
        Mistake(
            "Backward takes the sides from the sign of z. With a slope below 0, z = a u is positive on the "
            "left: save u, and decide by u > 0.",
            wrong.SidesFromZ,
        ),
        Mistake(
            "Your backward changes self.a itself. It adds to self.da alone, and returns dL/du: the optimizer "
            "moves a, by what stands there.",
            wrong.MovesA,
            when=moves_a,
        ),
        Mistake(
            "dL/du is dz itself: the slope is missing, 1 where u > 0, else a.",
            wrong.NoSlope,
        ),
        Mistake(
            "dL/du is right where u > 0. On the left you give a u dz, or z dz: the slope there is a alone.",
            wrong.TimesU,
        ),
        Mistake(
            "In dL/da the sides are exchanged: you add up dz u where u > 0. It is on the left that z = a u.",
            wrong.OtherSide,
        ),
    ],
    remark="He and others (2015) learned one slope for each channel, with a start at 0.25, as you do here "
    "for the layer. It gained them about one percent on ImageNet, and was hardly used later.",
    demands=[
        Demand(
            "in a network, it learns the slope of |x|",
            learns,
            "nn.Network(PReLU()), trained on |x|, does not find the slope -1. The optimizer moves what "
            'params = ("a",) names and self.start(a=...) made, by what stands in self.da.',
        )
    ],
)
