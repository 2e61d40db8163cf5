"""Layers that a reader writes: they work wherever they stand, or the error names what is wrong."""

import math
import re

import numpy as np
import pytest

import nnbook_lib as nn

SE = nn.SquaredError()


def dense(d_in=4, d_out=4, seed=0):
    return nn.Dense(d_in, d_out, rng=np.random.default_rng(seed))


class Both(nn.Container):
    """The sum of its layers, written to the protocol and no further: it has no accumulate."""

    def forward(self, x, train=False, watch=False):
        tape = nn.Tape(watch)
        return sum(tape.run(layer, x, train) for layer in self.layers), tape

    def backward(self, dy, tape):
        return sum(record.layer.backward(dy, record.saved) for record in tape)


class Half(nn.Residual):
    """x + F(x) / 2: a new backward beside the accumulate that it inherits."""

    def forward(self, x, train=False, watch=False):
        F, tape = nn.Sequential.forward(self, x, train, watch)
        return x + F / 2, tape

    def backward(self, dy, tape):
        return dy + nn.Sequential.backward(self, dy / 2, tape)


class Inside(nn.Layer):
    """A plain layer around another one, which it names in `layers`."""

    def __init__(self, inner):
        self.inner, self.layers = inner, (inner,)

    def forward(self, x, train=False):
        return self.inner.forward(x, train)

    def backward(self, dy, saved):
        return self.inner.backward(dy, saved)


class Doubled(nn.Dense):
    """A Dense with a backward of its own, and the accumulate of Dense."""

    def forward(self, x, train=False):
        u, saved = super().forward(x, train)
        return 2 * u, saved

    def backward(self, delta, x):
        return super().backward(2 * delta, x)


def shared():
    one = dense()
    return [Both(one, nn.Sequential(nn.tanh, one)), nn.tanh, one]


def both():
    return Both(dense(seed=1), nn.Sequential(dense(seed=2), nn.tanh))


PLACES = {
    "first": lambda: [both(), nn.tanh, dense()],
    "in the middle": lambda: [dense(), both(), nn.tanh, dense()],
    "last": lambda: [dense(), nn.tanh, both()],
    "nested": lambda: [nn.Sequential(Both(both(), nn.BatchNorm(4))), dense()],
    "sharing a layer": shared,
    "in a Residual": lambda: [nn.Residual(both(), nn.tanh), dense()],
    "a subclass of Residual, first": lambda: [Half(dense(seed=1), nn.tanh), dense()],
    "a subclass of Dense, first": lambda: [Doubled(4, 4, rng=np.random.default_rng(3)), nn.tanh],
    "a layer inside a plain one, first": lambda: [Inside(dense(seed=1)), nn.tanh, dense()],
}


@pytest.mark.parametrize("place", PLACES)
def test_no_gradient_is_lost(place, rng):
    net = nn.Network(*PLACES[place]())
    x, t = rng.standard_normal((5, 4)), np.ones((5, 4))
    errors = nn.check_network(net, SE, x, t)
    assert max(error for _, error in errors) <= 1e-7, errors
    assert np.linalg.norm(net.grad) > 0


def test_running_averages_move_once_a_pass_wherever_the_layer_stands(rng):
    x = rng.standard_normal((6, 4))
    norms = [nn.BatchNorm(4) for _ in range(3)]
    net = nn.Network(norms[0], Both(norms[1], nn.tanh), nn.Residual(nn.Sequential(norms[2])))
    y, tape = net.forward(x, train=True)
    assert not norms[0].running_mean.any()
    net.backward(np.ones_like(y), tape)
    once = [norm.running_mean.copy() for norm in norms]
    assert np.allclose(once[0], 0.1 * x.mean(axis=0))
    assert all(mean.any() for mean in once)
    net.backward(np.ones_like(y), tape)
    nn.Sequential.backward(tape[2].layer, y, tape[2].saved)
    assert all(np.array_equal(a, norm.running_mean) for a, norm in zip(once, norms, strict=True))
    y, tape = net.forward(x)
    net.backward(y, tape)
    assert all(np.array_equal(a, norm.running_mean) for a, norm in zip(once, norms, strict=True))


# What breaks the protocol --------------------------------------------------------------------


class Scale(nn.Layer):
    """y = s x, right."""

    params = ("s",)

    def __init__(self):
        self.start(s=np.full(4, 1.5))

    def forward(self, x, train=False):
        return self.s * x, x

    def backward(self, dy, x):
        self.ds += (dy * x).sum(axis=0)
        return dy * self.s


def scale(params=("s",), start=lambda layer: layer.start(s=np.full(4, 1.5)), **methods):
    """A Scale in which something is different."""
    return type("Scale", (Scale,), {"params": params, "__init__": start, **methods})()


def replaces(self, dy, x):
    self.ds = (dy * x).sum(axis=0)
    return dy * self.s


def overwrites(self, dy, x):
    self.ds[...] = (dy * x).sum(axis=0)
    return dy * self.s


def spoils(self, dy, x):
    self.ds += (dy * x).sum(axis=0)
    dy *= self.s
    return dy


def by_hand(layer):
    layer.s, layer.ds = np.ones(4), np.zeros(4)


def hides(layer):
    layer.start(s=np.ones(4))
    layer.more = {"inner": dense()}


def no_watch():
    class Plain(nn.Container):
        def forward(self, x, train=False):
            return x, None


def step(layer):
    """One pass through a network with the layer between two others."""
    net = nn.Network(dense(), layer, dense())
    return nn.loss_and_grad(net, SE, np.ones((5, 4)), np.ones((5, 4)))


def check(layer):
    rng = np.random.default_rng(0)
    return nn.check_layer(layer, rng.standard_normal((5, 4)), rng=rng)


def run(**how):
    return step(scale(**how))


def alone(**how):
    return check(scale(**how))


def writes_into_x(self, x, train=False):
    x[x < 0] = 0  # a second time it changes nothing
    return self.s * x, x


def keeps_x(layer=Scale):
    """A layer that finds on itself what backward needs."""

    def forward(self, x, train=False):
        self.x = x
        return self.s * x, None

    def backward(self, dy, saved):
        self.ds += (dy * self.x).sum(axis=0)
        return dy * self.s

    return scale(forward=forward, backward=backward)


def one_array(self, x, train=False):
    self.y = getattr(self, "y", np.empty_like(x))
    return np.multiply(self.s, x, out=self.y), x


def counts(self, x, train=False):
    self.calls = getattr(self, "calls", 0) + 1
    return self.s * x * self.calls, x


def draws(self, x, train=False):
    return self.s * x + np.random.default_rng().standard_normal(x.shape), x


def moves(self, dy, x):
    self.ds += (dy * x).sum(axis=0)
    dx = dy * self.s
    self.s -= 0.1 * self.ds
    return dx


def misspells(self, dy, x):
    self.dS = (dy * x).sum(axis=0)
    return dy * self.s


def in_float32(array):
    return array.astype(np.float32)


def by_hand_step():
    net = nn.Network(scale(backward=replaces))
    y, tape = net.forward(np.ones((2, 4)))
    net.backward(y, tape)
    nn.SGD(0.1).step(net.theta, net.grad)


def nothing(self, dy, x):
    """A backward without its return."""


BROKEN = {  # what is done, and the words that must be in the error
    "a container whose forward takes no watch": (no_watch,
        ["Plain", "(self, x, train=False, watch=False)"]),
    "a layer that is in no layers": (lambda: run(start=hides),
        ["Scale keeps Dense(4 -> 4) in self.more", "self.layers"]),
    "batch norm inside a plain layer": (lambda: step(Inside(nn.BatchNorm(4))),
        ["Inside", "BatchNorm(4)", "track"]),
    "a name for params": (lambda: run(params="s"), ["Scale", "params = ('s',)"]),
    "a parameter without a value": (lambda: run(params=("s", "r")), ["Scale.start", "('s', 'r')"]),
    "a parameter never started": (lambda: run(start=lambda layer: None),
        ["Scale", "'s'", "self.start(s=...)"]),
    "a parameter never started, alone": (lambda: alone(start=lambda layer: None),
        ["Scale", "self.start(s=...)"]),
    "a whole-number parameter": (lambda: run(start=lambda layer: layer.start(s=np.ones(4, int))),
        ["Scale.start", "int64", "dtype=float"]),
    "whole-number weights": (lambda: nn.Dense(3, 2, rng=np.random.default_rng(0), dtype=int),
        ["Dense", "int64"]),
    "a parameter that params does not name": (lambda: run(params=(), start=by_hand),
        ["ds", "'s'", "params"]),
    "a forward without train": (lambda: run(forward=lambda self, x: (x, x)),
        ["Scale.forward", "train=False"]),
    "a forward that returns y alone": (lambda: run(forward=lambda self, x, train=False: x),
        ["Scale.forward", "(y, saved)", "y, None"]),
    "a forward that returns y alone, called": (
        lambda: scale(forward=lambda self, x, train=False: x)(np.ones((2, 4))), ["Scale.forward"]),
    "a forward that returns y alone, checked": (
        lambda: alone(forward=lambda self, x, train=False: x), ["Scale.forward"]),
    "a backward that returns nothing": (lambda: run(backward=nothing),
        ["Scale.backward", "dx", "(5, 4)", "None"]),
    "a backward that returns nothing, alone": (lambda: alone(backward=nothing),
        ["Scale.backward", "None"]),
    "a backward that returns nothing, in a Residual": (
        lambda: step(nn.Residual(scale(backward=nothing))), ["Scale.backward", "None"]),
    "a backward that returns another shape": (
        lambda: run(backward=lambda self, dy, x: dy.sum(axis=0)),
        ["Scale.backward", "(5, 4)", "(4,)"]),
    "a gradient replaced": (lambda: alone(backward=replaces), ["Scale.backward", "self.ds += ..."]),
    "a gradient overwritten": (lambda: alone(backward=overwrites), ["self.ds += ..."]),
    "a gradient replaced, in a network": (lambda: run(backward=replaces),
        ["Scale.ds", "self.ds += ..."]),
    "a gradient replaced, in a loop by hand": (by_hand_step, ["Scale.ds", "self.ds += ..."]),
    "a gradient under another name": (lambda: alone(backward=misspells),
        ["Scale.backward", "ds at zero", "self.ds += ..."]),
    "dy overwritten": (lambda: alone(backward=spoils), ["Scale.backward", "dy", "copy"]),
    "x overwritten": (lambda: alone(forward=writes_into_x), ["Scale.forward", "into x", "x.copy()"]),
    "x kept on the layer": (lambda: check(keeps_x()),
        ["Scale keeps on itself", "gradients", "saved"]),
    "one array for every y": (lambda: alone(forward=one_array), ["Scale keeps on itself", "the y of"]),
    "another y each time": (lambda: alone(forward=counts), ["Scale.forward", "second time"]),
    "random numbers of its own": (lambda: alone(forward=draws), ["Scale.forward", "self.rng"]),
    "a parameter moved in backward": (lambda: alone(backward=moves),
        ["Scale.backward changes Scale.s", "optimizer"]),
    "y in another precision": (
        lambda: alone(forward=lambda self, x, train=False: (in_float32(self.s * x), x)),
        ["Scale.forward", "float64", "float32", "x.dtype"]),
    "dx in another precision": (
        lambda: alone(backward=lambda self, dy, x: in_float32(dy)), ["Scale.backward", "float32"]),
    "a list for y": (lambda: run(forward=lambda self, x, train=False: (x.tolist(), x)),
        ["Scale.forward", "array", "list"]),
    "three results": (lambda: run(forward=lambda self, x, train=False: (x, x, x)),
        ["Scale.forward", "(y, saved)"]),
    "dx and more": (lambda: alone(backward=lambda self, dy, x: (dy, dy)),
        ["Scale.backward", "tuple", "dx alone"]),
    "a function for a layer": (lambda: check(np.tanh), ["check_layer", "Activation"]),
    "a class for a layer": (lambda: check(Scale), ["check_layer", "call the class"]),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_breaks_the_protocol_is_named(name):
    act, words = BROKEN[name]
    with pytest.raises((TypeError, ValueError)) as caught:
        act()
    message = str(caught.value)
    assert [word for word in words if word not in message] == [], message
    assert re.search(r"[.)]$", message), "a message is a sentence"


class Noise(nn.Layer):
    """y = x + noise in training, right: its generator is its own, in a dict."""

    def __init__(self):
        self.kept = {"rng": np.random.default_rng(0)}

    def forward(self, x, train=False):
        noise = self.kept["rng"].standard_normal(x.shape) if train else 0
        return x + noise, None

    def backward(self, dy, saved):
        return dy


@pytest.mark.parametrize(
    "make", [Scale, Noise, lambda: scale(start=lambda a: setattr(a, "s", 2 * np.ones(4)))]
)
def test_a_right_layer_passes_everywhere(make):
    step(make())
    x = np.random.default_rng(1).standard_normal((5, 4))
    for n, train in (5, True), (5, False), (1, True):
        errors = nn.check_layer(make(), x[:n], train=train, rng=np.random.default_rng(0))
        assert max(errors.values()) <= 1e-8


def test_an_error_in_a_checked_layer_says_where(rng):
    with pytest.raises(ValueError) as raised:
        alone(backward=lambda self, dy, x: dy @ np.ones((3, 2)))
    assert raised.value.__notes__[0].startswith("In Scale.backward. The inner sizes of")


class Written(nn.Layer):
    """A layer with mistakes that Python or numpy report."""

    def __init__(self, forward, backward):
        self.there, self.back = forward, backward

    def forward(self, x, train=False):
        return self.there(x), x

    def backward(self, dy, x):
        return self.back(dy)


@pytest.mark.parametrize(
    ("forward", "backward", "said"),
    [
        (lambda x: math.exp(x), None, "In Written.forward. `math.exp` takes one number."),
        (lambda x: x, lambda dy: dy @ np.ones((3, 2)), "In Written.backward. The inner sizes of"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_an_error_in_a_layer_says_where_and_in_plain_words(forward, backward, said, first):
    layers = [Written(forward, backward), dense()]
    net = nn.Network(*(layers if first else [dense(), *layers]))
    x = np.ones((5, 4))
    with pytest.raises((TypeError, ValueError)) as raised:
        nn.loss_and_grad(net, SE, x, x)
    assert [note[: len(said)] for note in raised.value.__notes__] == [said]


def test_errors_of_the_library_speak_for_themselves():
    with pytest.raises(ValueError) as raised:
        nn.loss_and_grad(nn.Network(dense(3)), SE, np.ones((5, 4)), np.ones((5, 4)))
    assert not hasattr(raised.value, "__notes__")
