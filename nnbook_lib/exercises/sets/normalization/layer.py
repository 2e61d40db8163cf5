"""Exercise: batch normalization as a layer that plugs into the library."""

from __future__ import annotations

import functools

import numpy as np

from ....dense import Dense
from ....layer import Layer
from ....losses import SquaredError
from ....network import Network, loss_and_grad
from ....norm import BatchNorm
from ...answers import batch_norm_layers as wrong
from ...answers.batch_norm import EPS, other_eps, x_hat
from ...answers.layers import backward, forward
from ...exercise import Case, Demand, Mistake, add

OUTPUTS = (
    "y",
    "dx",
    "dx of a second backward pass",
    "dgamma of two backward passes",
    "dbeta of two backward passes",
    "steps of running_mean in forward, backward, track",
    "steps of running_var in forward, backward, track",
    "y in evaluation",
    "dx in evaluation",
    "dgamma of a backward pass in evaluation",
    "averages behind track after evaluation",
)


def averages(layer):
    return np.array([layer.running_mean, layer.running_var], float)


def use_layer(layer_class, x, dy, later):
    """A learner's layer: twice forward, then back through the first; track; evaluation."""
    layer = layer_class(x.shape[1])
    layer.gamma += 0.5
    layer.beta -= 0.25
    layer.running_mean[...], layer.running_var[...] = 0.5, 2.0
    at = [averages(layer)]
    y, saved = forward(layer, x, train=True)
    other = forward(layer, x[1:] ** 2, train=True)[1]  # as where a layer stands in two places
    forward(layer, later, train=False)  # and as where somebody looks, in between
    at.append(averages(layer))
    dx = backward(layer, dy, saved)
    second_dx = backward(layer, 2 * dy[1:], other)
    at.append(averages(layer))
    layer.track(saved)
    at.append(averages(layer))
    gradients = np.array(layer.dgamma), np.array(layer.dbeta)
    evaluated, saved = forward(layer, later, train=False)
    forward(layer, x, train=True)
    later_dx = backward(layer, later + 1, saved)
    layer.track(saved)
    steps = np.diff(at, axis=0)
    collected = layer.dgamma - gradients[0]
    last = averages(layer)
    return (
        y,
        dx,
        second_dx,
        *gradients,
        steps[:, 0],
        steps[:, 1],
        evaluated,
        later_dx,
        collected,
        last,
    )


def in_network(layer_class):
    """A network that the layer stands in, and where in it; after a pass of training."""
    rng = np.random.default_rng(0)
    net = Network(Dense(4, 3, rng=rng), layer_class(3), Dense(3, 2, rng=rng))
    loss_and_grad(net, SquaredError(), rng.normal(size=(6, 4)), rng.normal(size=(6, 2)))
    return net


def is_trained(layer_class):
    """Whether what training moves includes gamma and beta, and their gradients reach it."""
    net = in_network(layer_class)
    own = {name for layer, name in net.parameters() if layer is net.layers[1]}
    return own == {"gamma", "beta"} and net.layers[1].dgamma.any() and net.layers[1].dbeta.any()


def is_saved(layer_class):
    """Whether the state of a network holds the running averages."""
    return {"1.running_mean", "1.running_var"} <= set(in_network(layer_class).state())


def a_batch():
    """x and dy of five samples, three features."""
    rng = np.random.default_rng(0)
    return rng.normal(1, 2, (5, 3)), rng.normal(size=(5, 3))


def a_layer(layer_class):
    """One that shows whether gamma, beta and the averages are used."""
    layer = layer_class(3)
    layer.gamma += 0.5
    layer.beta -= 0.25
    layer.running_mean[...], layer.running_var[...] = 0.5, 2.0
    return layer


def uses_the_batch(layer_class):
    """Whether in evaluation y is normalized with the batch's own mean and variance."""
    layer, (x, _) = a_layer(layer_class), a_batch()
    y, _ = forward(layer, x.copy(), train=False)
    return np.allclose(y, layer.gamma * x_hat(x) + layer.beta)


def behind(layer_class, between=None, collected=0.0):
    """dx and the averages behind a pass of training; with another forward in between, or with
    something in dgamma and dbeta."""
    layer, (x, dy) = a_layer(layer_class), a_batch()
    _, saved = forward(layer, x.copy(), train=True)
    if between is not None:
        forward(layer, x[:4] ** 2, train=between)
    layer.dgamma += collected
    layer.dbeta += collected
    dx = backward(layer, dy.copy(), saved)
    layer.running_mean[...], layer.running_var[...] = 0.5, 2.0
    layer.track(saved)
    return np.concatenate([np.ravel(dx), np.ravel(averages(layer))])


def takes_for_constants(layer_class):
    """Whether dx in training is dy gamma / sqrt(var + eps), right behind its forward."""
    layer, (x, dy) = a_layer(layer_class), a_batch()
    _, saved = forward(layer, x.copy(), train=True)
    dx = backward(layer, dy.copy(), saved)
    return np.allclose(dx, dy * layer.gamma / np.sqrt(x.var(0) + EPS))


def forgets(layer_class, train):
    """Whether another forward in between makes a difference to backward or track, or an error."""
    alone = behind(layer_class)
    try:
        return not np.allclose(alone, behind(layer_class, between=train))
    except ValueError:
        return True


def keeps_a_flag(layer_class):
    return forgets(layer_class, train=False) and not forgets(layer_class, train=True)


def counts_twice(layer_class):
    """Whether dx changes with what dgamma and dbeta hold from before."""
    return not np.allclose(behind(layer_class), behind(layer_class, collected=1.0))


def changes(layer_class):
    """Which of x, dy, gamma and beta are changed by a forward and a backward."""
    layer, (x, dy) = a_layer(layer_class), a_batch()
    held = {"x": x, "dy": dy, "gamma": layer.gamma, "beta": layer.beta}
    before = {name: np.array(value) for name, value in held.items()}
    _, saved = forward(layer, x, train=True)
    backward(layer, dy, saved)
    held |= {"gamma": layer.gamma, "beta": layer.beta}
    return {name for name, value in held.items() if not np.array_equal(value, before[name])}


def for_each_sample(layer_class):
    """Whether what is added to dgamma or dbeta has a row for each sample."""
    layer, (x, dy) = a_layer(layer_class), a_batch()
    _, saved = forward(layer, x, train=True)
    try:
        backward(layer, dy, saved)
    except ValueError as error:
        return "output operand" in str(error) and "(5,3)" in str(error)
    return False


add(
    "normalization.layer",
    "A layer of your own",
    level=3,
    reference=BatchNorm,
    call=use_layer,
    outputs=OUTPUTS,
    cases=lambda rng: [
        Case(
            f"{n} samples, {d} features",
            rng.normal(1, 2, (n, d)),
            rng.normal(size=(n, d)),
            rng.normal(size=(later, d)),
        )
        for n, d, later in ((5, 2, 3), (8, 4, 1))
    ],
    demands=[
        Demand(
            "in a network, gamma and beta are trained",
            is_trained,
            'In nn.Network, training does not reach both of gamma and beta. params = ("gamma", "beta") names '
            "them, self.start(...) makes them, and backward adds to self.dgamma and self.dbeta.",
        ),
        Demand(
            "the running averages are saved with the network",
            is_saved,
            'net.state() does not hold the running averages: buffers = ("running_mean", "running_var") '
            "names them.",
        ),
    ],
    remark="PyTorch moves the running averages in forward, in training mode, and keeps what backward needs "
    "in a graph. There a pass that only looks must be told so, by eval() and no_grad().",
    mistakes=[
        Mistake(
            "Your layer sets dgamma and dbeta. It must add to them, so that a layer used twice collects "
            "both shares: self.dgamma += ...",
            wrong.Forgetful,
        ),
        Mistake(
            "dgamma and dbeta stay 0: backward must add to self.dgamma and self.dbeta, besides returning "
            "dx.",
            wrong.Learned,
        ),
        Mistake(
            "In evaluation your backward leaves dgamma and dbeta as they are. The gradients of gamma and "
            "beta are collected there, too.",
            wrong.ForgetsInEvaluation,
        ),
        Mistake(
            "What backward needs is kept on the layer, where the next forward overwrites it. Return it as "
            "`saved`, and let backward use what it is handed.",
            wrong.OnSelf,
            when=lambda layer_class: forgets(layer_class, train=True),
        ),
        Mistake(
            "In evaluation your layer still takes mean and variance of the batch. With train=False it uses "
            "the running averages.",
            wrong.AlwaysTraining,
            when=uses_the_batch,
        ),
        Mistake(
            "The running averages never move. In training they follow each batch: move them in track.",
            wrong.NeverTracking,
        ),
        Mistake(
            "Your forward moves the running averages. In this library forward is pure, so that looking at a "
            "network does not change it: move them in track.",
            wrong.Impure,
        ),
        Mistake(
            "Your backward moves the running averages, so a pass that is played back twice would move them "
            "twice. Backward only adds to the gradients: move them in track.",
            wrong.TracksInBackward,
        ),
        Mistake(
            "The running averages move behind a pass in evaluation, too. `saved` must tell track whether it "
            "was one of training.",
            wrong.TracksEvaluation,
        ),
        Mistake(
            "The running variance takes the batch's as it is, over n. It estimates that of all data: "
            "over n - 1.",
            wrong.DividesByN,
        ),
        Mistake(
            "Your momentum is turned around: the old averages keep nine tenths, and the batch adds one.",
            wrong.KerasMomentum,
        ),
        Mistake(
            "In evaluation, mean and variance are constants, and dx is only dy gamma / sqrt(var + eps). "
            "Your backward takes the formula of training.",
            wrong.EvalBackward,
        ),
        Mistake(
            "In training, mean and variance depend on every x of the batch. Your backward takes them for "
            "constants, which is right in evaluation only.",
            wrong.ConstantsBackward,
            when=takes_for_constants,
        ),
        Mistake(
            "check expects the class itself, not a layer made of it: no parentheses behind its name.",
            BatchNorm(4),
            when=lambda layer_class: isinstance(layer_class, Layer),
        ),
        Mistake(
            "Whether it was a pass of training is kept on the layer, where the next forward overwrites it: "
            "put it into `saved`, and let backward and track read it there.",
            wrong.FlagOnSelf,
            when=keeps_a_flag,
        ),
        Mistake(
            "Your dx depends on what self.dgamma and self.dbeta have collected before, since you use them "
            "for the sums. Use the sums of this pass alone, in variables of their own.",
            wrong.FromCollected,
            when=counts_twice,
        ),
        Mistake(
            "gamma and beta are left out of y, and gamma out of dx: y = gamma x_hat + beta.",
            wrong.Unscaled,
        ),
        Mistake(
            "gamma and beta are left out of y, which is gamma x_hat + beta.",
            wrong.UnscaledForward,
        ),
        Mistake(
            "gamma is left out of dx. The gradient passes it on its way to x_hat.",
            wrong.UnscaledBackward,
        ),
        Mistake(
            "dgamma and dbeta are divided by the number of samples. The loss has done that already: sums "
            "over the batch.",
            wrong.Averaged,
        ),
        Mistake(
            "What you add to self.dgamma or self.dbeta has a row for each sample. gamma and beta have one "
            "entry for each feature: sum over the batch, .sum(axis=0).",
            wrong.ForEachSample,
            when=for_each_sample,
        ),
        Mistake(
            "Your eps is another one. It is 1e-5 here, the notebook's `eps`; it shows where a feature hardly "
            "varies.",
            functools.partial(BatchNorm, eps=1e-3),
            when=lambda layer_class: other_eps(lambda x: forward(layer_class(2), x, train=True)[0]),
        ),
        Mistake(
            "In track, the batch's variance is taken around the new running mean. It is that around the "
            "batch's own mean.",
            wrong.AroundRunningMean,
        ),
        Mistake(
            "In track, mean and variance of the batch are exchanged: running_mean moves toward the "
            "variance. In which order does `saved` hold them?",
            wrong.SwapsInTrack,
        ),
        Mistake(
            "Your backward changes gamma or beta. It adds to self.dgamma and self.dbeta alone; the optimizer "
            "moves the parameters.",
            wrong.MovesGamma,
            when=lambda layer_class: bool(changes(layer_class) & {"gamma", "beta"}),
        ),
        Mistake(
            "Your backward writes into dy, which others may still need. Make a new array: dx = ..., and "
            "no -= or *= on dy.",
            wrong.WritesIntoDy,
            when=lambda layer_class: "dy" in changes(layer_class),
        ),
        Mistake(
            "Your forward writes into x, which the caller still needs. Make a new array: x - mean, and no -= "
            "on x.",
            wrong.WritesIntoX,
            when=lambda layer_class: "x" in changes(layer_class),
        ),
    ],
)
