"""A network at a glance: its summary, and how it prints itself."""

import numpy as np
import pytest

import nnbook_lib as nn
from nnbook_lib.listing import runs


def rng():
    return np.random.default_rng(0)


def dense(d_in=3, d_out=3):
    return nn.Dense(d_in, d_out, rng=rng())


def test_a_deep_network_is_told_in_a_few_lines():
    net = nn.mlp(64, 10, depth=20, rng=rng())
    assert str(net).splitlines() == [
        "Network(",
        "  0: Dense(64 -> 32)",
        "  1: relu",
        "  2: Dense(32 -> 32)",
        "  3 to 38: the same 2, 18 times more",
        "  39: relu",
        "  40: Dense(32 -> 10)",
        ")",
    ]
    assert str(net.summary()).splitlines() == [
        "         layer                      output   parameters",
        "-------------------------------------------------------",
        "0        Dense(64 -> 32)            (n, 32)       2,080",
        "1        relu                       (n, 32)",
        "2        Dense(32 -> 32)            (n, 32)       1,056",
        "3 to 38  the same 2, 18 times more               19,008",
        "39       relu                       (n, 32)",
        "40       Dense(32 -> 10)            (n, 10)         330",
        "-------------------------------------------------------",
        "22,474 parameters, all trained; 179,792 bytes, float64",
    ]


def test_a_short_network_stays_on_its_line_and_inner_ones_are_indented():
    assert repr(nn.Network(dense(), nn.tanh)) == "Network(Dense(3 -> 3), tanh)"
    inner = nn.Residual(*(dense() for _ in range(2)), *[nn.tanh, dense(), nn.relu] * 4)
    assert repr(nn.Network(nn.Sequential(inner, nn.tanh))).splitlines()[:5] == [
        "Network(",
        "  0: Sequential(",
        "    0: Residual(",
        "      0: Dense(3 -> 3)",
        "      1: Dense(3 -> 3)",
    ]


def every_kind():
    fixed, one = dense(), dense()
    fixed.params = ("W",)
    return nn.Network(
        nn.Recurrent(nn.LSTMCell(2, 3, rng=rng()), return_sequences=True),
        nn.Recurrent(nn.GRUCell(3, 3, rng=rng())),
        nn.Residual(nn.Sequential(one, nn.BatchNorm(3)), one),
        fixed,
        nn.Flatten(),
        nn.Softmax(),
    )


def test_what_a_summary_counts_is_what_there_is():
    net = every_kind()
    told = net.summary()
    assert told.trained == net.theta.size
    assert told.parameters == net.theta.size + 3  # the bias left fixed
    assert told.parameters == sum(row.parameters for row in told.rows)
    assert told.buffers == 6
    assert told.bytes == 8 * (told.parameters + told.buffers)
    for words in ("3 fixed", "6 numbers in buffers", "(n, T, 3)", "Dense(3 -> 3), as at 2.0.0"):
        assert words in str(told)


@pytest.mark.parametrize(
    ("net", "y"),
    [
        (nn.mlp(4, 2, depth=3, norm="batch", skip=True, rng=rng()), (5, 4)),
        (every_kind(), (5, 7, 2)),
        (nn.Network(nn.Flatten(4), dense(4, 2)), (5, 2, 2)),
    ],
)
def test_the_shapes_are_those_of_the_outputs(net, y):
    _, tape = net.forward(np.ones(y), watch=True)
    said = [row.output for row in net.summary().rows]
    real = [str(record.y.shape).replace("5", "n", 1).replace("7", "T") for record in tape]
    assert said == real


@pytest.mark.parametrize(
    ("keys", "blocks"),
    [
        ("", []),
        ("abab", [(0, 1, 1), (1, 1, 1), (2, 1, 1), (3, 1, 1)]),
        ("aaa", [(0, 1, 3)]),
        ("xabababy", [(0, 1, 1), (1, 2, 3), (7, 1, 1)]),
        ("aaaaaab", [(0, 1, 6), (6, 1, 1)]),
    ],
)
def test_blocks_that_repeat_are_found(keys, blocks):
    assert runs(list(keys)) == blocks


def test_without_numbers():
    assert str(nn.Network(nn.relu).summary()).endswith("no parameters")
    assert "(n, ?)" in str(nn.Network(nn.relu).summary())
    assert repr(nn.Network()) == "Network()"
