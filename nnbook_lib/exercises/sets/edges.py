"""Where a gradient neither vanishes nor explodes, for chapter 4, and how a search for it fails."""

from __future__ import annotations

import copy
import functools

import numpy as np

from ... import losses, network
from ...inspection import diagnostics
from ...mlp import mlp


def edge(
    net,
    x,
    t,
    *,
    first=0,
    last=-2,
    of=diagnostics.gradient_norms,
    narrows=np.less,
    reset=True,
    high=1000.0,
    rounds=16,
):
    """The v with ‖delta_1‖ = ‖delta of the last hidden layer‖ for weights times root v: bisection."""
    theta, low = net.theta.copy(), 0.1
    for _ in range(rounds):
        v = np.sqrt(low * high)
        net.theta = (theta if reset else net.theta) * np.sqrt(v)
        _, tape = network.loss_and_grad(net, losses.SoftmaxCrossEntropy(), x, t, watch=True)
        norms = of(tape)
        low, high = (v, high) if narrows(norms[first], norms[last]) else (low, v)
    return float(np.sqrt(low * high))


def tried(answer):
    """What an answer gives for one network, what is right, and the v it tried."""
    net, x, t = plain(np.random.default_rng(3), "tanh", 4)
    right = edge(copy.deepcopy(net), x, t)
    size, forward, scales = np.linalg.norm(net.theta), net.forward, []

    def noted(*args, **more):
        scales.append((np.linalg.norm(net.theta) / size) ** 2)
        return forward(*args, **more)

    net.forward = noted
    return float(answer(net, x, t)), right, scales


def in_range(scales):
    """Whether a search stays between 0.1 and 1000."""
    return len(scales) > 3 and 0.09 < min(scales) and max(scales) < 1100


def piles_up(answer):
    """Whether the weights leave the range, farther than with v taken for its root."""
    _, _, scales = tried(answer)
    return len(scales) > 3 and not (1e-3 < np.min(scales) and np.max(scales) < 2e6)


def goes_astray(answer):
    """Whether a search within the range ends at one of its ends."""
    v, _, scales = tried(answer)
    return in_range(scales) and not 0.11 < v < 900


def comes_near(answer):
    """Whether a search comes near the edge, not as near as it should, and not to another level."""
    v, right, scales = tried(answer)
    others = {"last": -1}, {"first": 1}, {"of": diagnostics.weight_gradient_norms}
    levels = [tried(functools.partial(edge, **other))[0] for other in others]
    near = 1e-3 < abs(v / right - 1) < 0.125
    return near and in_range(scales) and not np.isclose(v, levels, rtol=1e-3).any()


def stops_early(answer):
    """Whether the result is that of a bisection with too few halvings, on either scale."""
    v, right, scales = tried(answer)
    found = []
    for middle in lambda a, b: (a + b) / 2, lambda a, b: np.sqrt(a * b):
        low, high = 0.1, 1000.0
        for _ in range(16):
            between = middle(low, high)
            low, high = (between, high) if between < right else (low, between)
            found += [between, middle(low, high)]
    far = abs(v / right - 1) > 1e-3 and not comes_near(answer)
    far = far and not gives_the_ratio(answer)
    return bool(scales) and far and 0.11 < v < 900 and np.isclose(v, found, rtol=1e-6).any()


def gives_the_ratio(answer):
    """Whether a search ends with 1, which is the ratio and not the edge."""
    v, right, scales = tried(answer)
    return len(scales) > 3 and np.isclose(v, 1, rtol=1e-3) and not np.isclose(right, 1, rtol=1e-2)


def plain(rng, activation, depth):
    """A network with n Var W = 1, five inputs and their labels."""
    net = mlp(8, 3, depth=depth, activation=activation, init="lecun", rng=rng)
    return net, rng.normal(size=(5, 8)), rng.integers(0, 3, 5)
