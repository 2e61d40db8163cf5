"""Our library, written as a reader of the book would write it."""

import numpy as np

from nnbook_lib import (
    SGD,
    BinaryCrossEntropy,
    Dense,
    LSTMCell,
    Momentum,
    Network,
    Recurrent,
    SoftmaxCrossEntropy,
    SquaredError,
    accuracy,
    loss_and_grad,
    mlp,
    train,
)
from nnbook_lib.inspection.diagnostics import gradient_norms as norms_of

from problems import DIGITS_BATCH, DIGITS_EPOCHS


def build(p):
    d_in, *hidden, d_out = p.widths
    net = mlp(
        d_in,
        d_out,
        depth=len(hidden),
        width=hidden[0],
        activation=p.activation,
        rng=np.random.default_rng(0),
        dtype=p.dtype,
    )
    return start(net, p)


def start(net, p):
    net.theta = np.concatenate([a.ravel() for a in p.arrays])
    return net


def train_step(p):
    net, opt = build(p), SGD(p.lr)
    loss = BinaryCrossEntropy() if p.activation == "tanh" else SoftmaxCrossEntropy()

    def step():
        value, _ = loss_and_grad(net, loss, p.x, p.t)
        opt.step(net.theta, net.grad)
        return value

    return {"": (step, lambda: net.theta)}


def digits_run(p):
    loss = SoftmaxCrossEntropy()

    def run():
        net, rng = build(p), np.random.default_rng(0)
        steps = train(
            net, loss, Momentum(p.lr), p.x, p.t, batch=DIGITS_BATCH, epochs=DIGITS_EPOCHS, rng=rng
        )
        losses = [step.loss for step in steps]
        return losses[0], losses[1], accuracy(net, p.x_test, p.t_test)

    return {"": (run, None)}


def lstm_step(p):
    rng = np.random.default_rng(0)
    cell = LSTMCell(2, 32, rng=rng, dtype=p.dtype)
    net = start(Network(Recurrent(cell), Dense(32, 1, rng=rng, dtype=p.dtype)), p)
    loss, opt = SquaredError(), SGD(p.lr)

    def step():
        value, _ = loss_and_grad(net, loss, p.x, p.t)
        opt.step(net.theta, net.grad)
        return value

    return {"": (step, None)}


def gradient_norms(p):
    net, loss = build(p), SoftmaxCrossEntropy()

    def measure():
        _, tape = loss_and_grad(net, loss, p.x, p.t, watch=True)
        return norms_of(tape)

    return {"": (measure, None)}
