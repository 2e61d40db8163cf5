"""Training real data, and what happens when it goes wrong."""

import warnings

import numpy as np
import pytest

import nnbook_lib as nn


def test_a_small_network_learns_the_digits(rng):
    x, t, x_test, t_test = nn.datasets.digits()
    net = nn.mlp(64, 10, depth=2, width=50, rng=rng)
    first = nn.SoftmaxCrossEntropy()(net(x), t)
    losses = [s.loss for s in nn.train(net, nn.SoftmaxCrossEntropy(), nn.Adam(3e-3), x, t,
                                       epochs=12, rng=rng)]  # fmt: skip
    assert 2 < first < 4 and losses[-1] < 0.1
    assert nn.accuracy(net, x_test, t_test) >= 0.96


def test_xor_needs_its_hidden_layer(rng):
    x, t = nn.datasets.xor()
    final = {}
    for depth in (0, 1):
        net = nn.mlp(2, 1, depth=depth, width=4, activation="tanh", rng=rng)
        *_, last = nn.train(
            net, nn.BinaryCrossEntropy(), nn.Adam(0.1), x, t, batch=None, epochs=300
        )
        final[depth] = last.loss
    assert final[0] == pytest.approx(np.log(2), abs=1e-3) and final[1] < 0.01


def test_the_lstm_learns_to_add_two_marked_numbers(rng):
    x, t = nn.datasets.adding_problem(512, 10, rng=rng)
    net = nn.Network(nn.Recurrent(nn.LSTMCell(2, 16, rng=rng)), nn.Dense(16, 1, rng=rng))
    *_, last = nn.train(net, nn.SquaredError(), nn.Adam(0.02), x, t, epochs=25, clip=1.0, rng=rng)
    assert 2 * last.loss < 0.02  # always answering 1 gives 1/6


def test_epochs_batches_and_their_ends(rng):
    x, t = rng.standard_normal((10, 2)), rng.integers(0, 2, 10)
    seen = []

    class Spy(nn.Dense):
        def forward(self, x, train=False):
            seen.append(x)
            return super().forward(x, train)

    net = nn.Network(Spy(2, 2, rng=rng))
    steps = list(
        nn.train(net, nn.SoftmaxCrossEntropy(), nn.SGD(0.1), x, t, batch=4, epochs=2, rng=rng)
    )
    assert [len(b) for b in seen] == [4, 4, 2] * 2
    assert [(s.step, s.epoch, s.ends_epoch) for s in steps] == [
        (1, 1, False), (2, 1, False), (3, 1, True), (4, 2, False), (5, 2, False), (6, 2, True),
    ]  # fmt: skip
    for epoch in (seen[:3], seen[3:]):  # each sample once, in a new order
        assert np.array_equal(np.sort(np.concatenate(epoch), axis=0), np.sort(x, axis=0))
    assert not np.array_equal(seen[0], seen[3])


def test_whole_batch_training_is_the_formula(rng):
    x, t = rng.standard_normal((6, 3)), rng.standard_normal((6, 2))
    net = nn.Network(nn.Dense(3, 2, rng=rng))
    W, b = net.layers[0].W.copy(), net.layers[0].b.copy()
    for _ in nn.train(net, nn.SquaredError(), nn.SGD(0.1), x, t, batch=None, epochs=5):
        delta = (x @ W.T + b - t) / 6
        W, b = W - 0.1 * delta.T @ x, b - 0.1 * delta.sum(axis=0)
        assert np.allclose(net.layers[0].W, W) and np.allclose(net.layers[0].b, b)


def test_clipping_limits_each_update(rng):
    x, t = 100 * rng.standard_normal((8, 3)), rng.standard_normal((8, 2))
    net = nn.Network(nn.Dense(3, 2, rng=rng))
    before = net.theta.copy()
    for step in nn.train(net, nn.SquaredError(), nn.SGD(0.1), x, t, batch=None, epochs=3, clip=1.0):
        assert step.grad_norm > 1 and np.linalg.norm(net.theta - before) == pytest.approx(0.1)
        before = net.theta.copy()


def test_a_diverging_run_stops_and_keeps_its_record(rng):
    x, t = nn.datasets.sine(50, rng=rng)
    net = nn.mlp(1, 1, depth=2, rng=rng)
    recorded = []
    with pytest.raises(nn.Diverged) as caught:
        for step in nn.train(net, nn.SquaredError(), nn.SGD(100.0), x, t, batch=None, epochs=200):
            recorded.append(step)
    message = str(caught.value)
    assert f"stopped at step {len(recorded) + 1}" in message and "Learning rate 100" in message
    assert "ten times smaller" in message and "clip=1.0" in message
    assert caught.value.steps == recorded and 1 < len(recorded) < 199
    assert isinstance(caught.value.__cause__, nn.NotFinite)
    with pytest.raises(nn.Diverged, match="stopped at step 1:") as caught:
        list(nn.train(net, nn.SquaredError(), nn.SGD(0.1), np.nan * x, t, batch=None))
    assert caught.value.steps == []


def test_a_reader_may_stop_early_and_go_on(rng):
    x, t = nn.datasets.moons(100, rng=rng)
    net, opt = nn.mlp(2, 2, rng=rng), nn.Adam(0.01)
    for step in nn.train(net, nn.SoftmaxCrossEntropy(), opt, x, t, epochs=50, rng=rng):
        if step.step == 7:
            break
    best = net.theta.copy()
    list(nn.train(net, nn.SoftmaxCrossEntropy(), opt, x, t, epochs=1, rng=rng))
    assert opt.steps == 7 + 4 and not np.array_equal(net.theta, best)


def test_training_that_nobody_iterates_says_so(rng):
    def run(epochs=2):
        x, t = nn.datasets.moons(70, rng=rng)
        net, opt = nn.mlp(2, 2, rng=rng), nn.SGD(0.1)
        return nn.train(net, nn.SoftmaxCrossEntropy(), opt, x, t, epochs=epochs, rng=rng)

    with pytest.warns(RuntimeWarning, match=r"never iterated.*for step in nn\.train"):
        run()
    steps = run()
    assert "iterate over me: for step in nn.train(...)" in repr(steps)
    assert iter(steps) is steps and len(steps) == 6
    assert next(steps).step == 1 and "iterate" not in repr(steps)
    assert [step.step for step in steps] == [2, 3, 4, 5, 6]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        del steps
        assert len(list(run())) == 6


def test_a_list_of_widths_gives_each_hidden_layer_its_own(rng):
    net = nn.mlp(4, 3, width=[6, 5], norm="layer", rng=rng)
    shapes = [layer.W.shape for layer in net.layers if isinstance(layer, nn.Dense)]
    assert shapes == [(6, 4), (5, 6), (3, 5)]
