"""What a network consists of: its state, saved and restored."""

import copy

import numpy as np
import pytest

import nnbook_lib as nn


def build(seed=0, dtype=np.float64, **how):
    how = {"depth": 3, "width": 5, "norm": "batch", "skip": True} | how
    return nn.mlp(4, 3, **how, rng=np.random.default_rng(seed), dtype=dtype)


def trained(net, rng):
    x, t = rng.standard_normal((20, 4)), np.arange(20) % 3
    x = x.astype(net.theta.dtype)
    list(nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(0.01), x, t, epochs=3, rng=rng))
    return net, x


def test_a_saved_network_comes_back_whole(tmp_path, rng):
    net, x = trained(build(), rng)
    np.savez(tmp_path / "net.npz", **net.state())
    other = build(seed=1)
    with np.load(tmp_path / "net.npz") as state:
        other.restore(state)
    assert np.array_equal(other(x), net(x))
    other.check()


def test_a_state_is_a_copy_under_names_of_its_own(rng):
    cell = nn.GRUCell(2, 3, rng=rng)
    dense = nn.Dense(3, 3, rng=rng)
    net = nn.Network(nn.Recurrent(cell), nn.BatchNorm(3), nn.Residual(nn.Sequential(dense)), dense)
    state = net.state()
    assert list(state) == [
        "0.0.W", "0.0.U", "0.0.b", "0.0.c", "1.gamma", "1.beta", "1.running_mean", "1.running_var",
        "2.0.0.W", "2.0.0.b",
    ]  # fmt: skip
    net.theta[...] = 0
    net.layers[1].running_mean += 1
    assert state["2.0.0.W"].any() and not state["1.running_mean"].any()
    net.restore(state)
    assert dense.W.any() and not net.layers[1].running_mean.any()
    twin = copy.deepcopy(net)
    assert all(np.array_equal(twin.state()[name], array) for name, array in state.items())


def changed(**changes):
    state = build().state()
    for name, value in changes.items():
        if value is None:
            del state[name]
        else:
            state[name] = value
    return state


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (changed(**{"0.b": None}), ["lacks 0.b."]),
        (changed(**{"9.W": np.zeros(2)}), ["has besides 9.W."]),
        (changed(**{"0.b": np.zeros(4)}), ["0.b", "(4,)", "(5,)"]),
        (changed(**{"0.b": np.array(list("abcde"))}), ["0.b", "<U1"]),
        (build(norm=None).state(), ["lacks 1.0.gamma", "and 15 more", "has besides 1.1.W"]),
        (build().theta, ["state()"]),
        ("net.npz", ["np.load"]),
    ],
    ids=["missing", "besides", "shape", "kind", "another network", "theta", "a path"],
)
def test_another_networks_state_is_refused_and_changes_nothing(state, words):
    net = build(seed=2)
    before = net.state()
    with pytest.raises((TypeError, ValueError)) as caught:
        net.restore(state)
    message = str(caught.value)
    assert message.startswith("Network.restore") and [w for w in words if w not in message] == []
    assert all(np.array_equal(net.state()[name], array) for name, array in before.items())


def test_digits_are_not_lost_in_silence():
    wide, narrow = build(), build(dtype=np.float32)
    wide.restore(narrow.state())
    assert np.array_equal(wide.theta, narrow.theta)
    with pytest.raises(ValueError, match=r"float64.*float32"):
        narrow.restore(wide.state())
