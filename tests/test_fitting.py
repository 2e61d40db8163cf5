"""Training with validation: the best network is kept, nothing is lost, and a history tells it."""

import io
import re
import sys
import warnings
from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib.figure import Figure

import nnbook_lib as nn
from nnbook_lib.live import Explorer

LOSS = nn.SoftmaxCrossEntropy()


@pytest.fixture(scope="module")
def data():
    """Half moons with so much noise that a wide network soon overfits: x, t, x_val, t_val."""
    x, t = nn.datasets.moons(120, 0.4, rng=np.random.default_rng(0))
    return x[:60], t[:60], x[60:], t[60:]


def built(**how):
    how = {"depth": 2, "width": 20, "rng": np.random.default_rng(1), **how}
    return nn.mlp(2, 2, **how)


def fitted(net, data, **how):
    x, t, x_val, t_val = data
    how = {"validation": (x_val, t_val), "epochs": 60, **how}
    x = how.pop("x", x)
    opt = how.pop("opt", None) or nn.Adam(0.02)
    return nn.fit(net, LOSS, opt, x, t, rng=np.random.default_rng(2), **how)


def test_it_is_the_loop_that_one_writes_by_hand(data):
    x, t, x_val, t_val = data
    net, rng = built(norm="batch"), np.random.default_rng(2)
    of_epoch, losses, val_losses, right, states, ratios = [], [], [], [], [], []
    before = net.theta.copy()
    for step in nn.train(net, LOSS, nn.Adam(0.02), x, t, batch=25, epochs=12, rng=rng):
        of_epoch.append(step.loss)
        ratios.append(nn.diagnostics.update_ratios(net, before))
        before = net.theta.copy()
        if step.ends_epoch:
            losses.append(np.mean(of_epoch))
            val_losses.append(LOSS(net(x_val), t_val))
            right.append(nn.accuracy(net, x_val, t_val))
            states.append(net.state())
            of_epoch = []
    other = built(norm="batch")
    history = fitted(other, data, batch=25, epochs=12)
    assert np.array_equal(history.loss, losses) and np.array_equal(history.val_loss, val_losses)
    assert history.metric == "accuracy" and np.array_equal(history.val_score, right)
    assert history.best_epoch == 1 + np.argmin(val_losses)
    assert np.array_equal(history.ratios["first epoch"], ratios[0])
    assert np.array_equal(history.ratios["last epoch"], ratios[-3])  # three steps an epoch
    best = states[history.best_epoch - 1]
    assert all(np.array_equal(a, best[name]) for name, a in other.state().items())


def test_it_stops_early_and_keeps_the_best_with_its_running_averages(data):
    net = built(norm="batch")
    history = fitted(net, data, epochs=500, patience=7)
    assert len(history.val_loss) == history.best_epoch + 7 < 500
    assert LOSS(net(data[2]), data[3]) == history.val_loss.min() < history.val_loss[-1]
    assert str(history).startswith(f"Stopped after epoch {history.best_epoch + 7} of 500: ")
    assert f"epoch {history.best_epoch}: validation loss" in str(history)
    assert str(history).count("\n") == 1


def test_validation_changes_no_step(data):
    x, t, *_ = data
    seen = []
    for validation in (None, data[2:]):
        rng = np.random.default_rng(3)  # of the order of the rows and of the dropout, too
        net = built(norm="batch", dropout=0.3, rng=rng)
        history = nn.fit(
            net, LOSS, nn.Adam(0.02), x, t, validation=validation, epochs=5, batch=None, rng=rng
        )
        seen.append((history.loss, rng.random()))
    assert np.array_equal(seen[0][0], seen[1][0]) and seen[0][1] == seen[1][1]


def test_without_validation_the_network_stays_as_the_last_step_left_it(data):
    net, other = built(), built()
    history = fitted(net, data, validation=None, epochs=4)
    x, t, *_ = data
    list(nn.train(other, LOSS, nn.Adam(0.02), x, t, epochs=4, rng=np.random.default_rng(2)))
    assert np.array_equal(net.theta, other.theta)
    assert history.val_loss is history.val_score is history.best_epoch is None
    assert "nothing is known of new rows" in str(history)


class Explodes(nn.SoftmaxCrossEntropy):
    """A loss that is no number any more, or is interrupted, at the pass that is named."""

    def __init__(self, at, error):
        super().__init__()
        self.left, self.error = at, error

    def backward(self, saved):
        self.left -= 1
        if self.left == 0:
            raise self.error
        return super().backward(saved)


@pytest.mark.parametrize("ended", ["diverged", "interrupted"])
@pytest.mark.parametrize("done", [0, 3])
def test_what_ends_it_midway_loses_nothing(data, ended, done):
    x, t, x_val, t_val = data
    error = nn.NotFinite("It is nan.") if ended == "diverged" else KeyboardInterrupt()
    net = built(norm="batch")
    start = net.state()
    at = 1 + 2 * done + 2  # the look before; two steps an epoch; the second one of the next
    loss = Explodes(at, error)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        history = nn.fit(
            net,
            loss,
            nn.Adam(0.02),
            x,
            t,
            validation=(x_val, t_val),
            epochs=9,
            rng=np.random.default_rng(2),
        )
    assert history.ended == ended and len(history.loss) == len(history.val_loss) == done
    assert f"{ended.capitalize()} in epoch {done + 1} of 9" in str(history)
    if ended == "diverged":
        assert "Try a learning rate ten times smaller" in str(told[0].message)
    if done:
        assert loss(net(x_val), t_val) == history.val_loss.min()
    elif ended == "diverged":
        assert "as it was before training" in str(history)
        assert all(np.array_equal(a, start[name]) for name, a in net.state().items())
    else:
        assert not np.array_equal(net.layers[0].W, start["0.W"])  # the step made is kept


def test_many_rows_are_judged_in_slices_as_in_one(data, rng):
    x, t, *_ = data
    x_val, t_val = nn.datasets.moons(2500, 0.4, rng=rng)
    seen = []

    class Spy(nn.Dense):
        def forward(self, x, train=False):
            seen.append(len(x))
            return super().forward(x, train)

    net = nn.Network(Spy(2, 2, rng=rng))
    history = fitted(
        net, (x, t, x_val, t_val), epochs=1, metric=lambda net, x, t: float(net.theta[0])
    )
    assert max(seen) <= 1024 and history.metric == "metric"
    assert history.val_loss[0] == pytest.approx(LOSS(net(x_val), t_val), rel=1e-12)
    assert history.val_score[0] == net.theta[0]


def test_raw_targets_one_row_single_outputs_and_sequences(rng):
    x, t = rng.standard_normal((9, 3)), 1e4 + rng.standard_normal((9, 1))
    net = nn.mlp(3, 1, rng=rng)
    fit = {"batch": 50, "epochs": 3, "rng": rng}
    history = nn.fit(
        net, nn.SquaredError(), nn.Adam(), x[:1], t[:1], validation=(x[8:], t[8:]), **fit
    )
    assert history.val_score is None and np.isfinite(history.val_loss).all()

    yes = (x[:, :1] > 0).astype(float)
    history = nn.fit(
        nn.mlp(3, 1, rng=rng), nn.BinaryCrossEntropy(), nn.Adam(), x[:6], yes[:6],
        validation=(x[6:], yes[6:]), **fit,
    )  # fmt: skip
    assert history.metric == "accuracy"

    x, t = nn.datasets.adding_problem(20, 6, rng=rng)
    net = nn.Network(nn.Recurrent(nn.GRUCell(2, 4, rng=rng)), nn.Dense(4, 1, rng=rng))
    history = nn.fit(
        net, nn.SquaredError(), nn.Adam(), x[:15], t[:15], validation=(x[15:], t[15:]), **fit
    )
    assert history.delta["after"].shape == (7,) and history.ratios["last epoch"].shape == (2,)
    assert "time step" in history.plot(Figure())


@pytest.mark.parametrize("validation", [True, False])
def test_three_plots_in_one_call_and_a_sentence(data, validation):
    history = fitted(built(), data, epochs=5, **({} if validation else {"validation": None}))
    fig = Figure()
    said = history.plot(fig)
    titles = [ax.get_title() or ax.get_title(loc="left") for ax in fig.axes]
    assert [title.split(" (")[0] for title in titles] == ["loss", "‖δ‖", "‖ΔW‖ / ‖W‖"]
    words = [{text.get_text() for text in ax.texts} for ax in fig.axes]
    assert words[0] - {" kept "} == ({"training", "validation"} if validation else {"training"})
    assert words[1] == {"before", "after"} and words[2] == {"first epoch", "last epoch", "usual"}
    layers = [ax.get_lines()[0].get_xdata() for ax in fig.axes[1:]]
    assert all(np.array_equal(x, [1, 2, 3]) for x in layers)
    expected = f"after epoch {history.best_epoch} of 5" if validation else "in 5 epochs"
    assert expected in said and said.count(".\n") == 0 and said.endswith(".")

    def draw(fig, lr=0.01):
        return history.plot(fig)

    assert Explorer(draw, "Three plots.", {"lr": [0.01, 0.1]}).caption == said


def test_plots_are_not_drawn_into_one(data):
    with pytest.raises(TypeError, match=r"History.plot draws on a whole figure.*got Axes"):
        fitted(built(), data, epochs=1).plot(Figure().subplots())


def test_a_run_that_overflows_has_its_history_and_its_plots(rng):
    x, t = nn.datasets.sine(50, rng=np.random.default_rng(0))

    def score(net, x, t):
        return nn.r2_score(t, net(x))  # which refuses outputs that are not finite

    for lr in (10, 1e20):  # a loss near the largest number, and one beyond it
        net, fig = nn.mlp(1, 1, rng=np.random.default_rng(0)), Figure(layout="constrained")
        with pytest.warns(RuntimeWarning, match="Try a learning rate ten times smaller"):
            history = nn.fit(
                net, nn.SquaredError(), nn.SGD(lr), x, t, metric=score,
                validation=(x[:10] + 0.01, t[:10]), epochs=5, rng=np.random.default_rng(0),
            )  # fmt: skip
        history.plot(fig)
        fig.savefig(io.BytesIO(), format="svg")
        assert history.ended == "diverged"
    assert np.isnan(history.val_score).all() and "in 1 epoch;" in history.plot(Figure())


def test_progress_is_a_few_plain_lines(data, capsys):
    history = fitted(built(), data, epochs=60, progress=True)
    out = capsys.readouterr().out
    assert re.findall(r"^epoch +(\d+): loss", out, re.M) == ["1", "2", "5", "10", "20", "50"]
    assert out.endswith(f"{history}\n") and "\r" not in out
    fitted(built(), data, epochs=2)
    assert capsys.readouterr().out == ""


def test_the_bar_is_tqdms_and_knows_where_it_ends(data, monkeypatch):
    seen = []

    def tqdm(steps, **how):
        seen.append(len(steps))
        return steps

    monkeypatch.setitem(sys.modules, "tqdm.auto", SimpleNamespace(tqdm=tqdm))
    fitted(built(), data, epochs=3, progress="bar")
    assert seen == [6]  # two steps an epoch
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(ModuleNotFoundError, match="needs the package tqdm"):
        fitted(built(), data, epochs=3, progress="bar")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"validation": "x"}, "must be a pair (x_val, t_val)"),
        ({"validation": (np.ones((5, 3)), np.ones(5, int))}, "x_val has rows of shape (3,), and x"),
        ({"validation": (np.ones((5, 2)), np.ones(4, int))}, "x_val has 5 samples and t_val has 4"),
        ({"validation": (np.ones((5, 2)), np.ones((5, 1)))}, "t_val has rows of shape (1,), and t"),
        ({"validation": (np.ones((5, 2)), np.full(5, 2))}, "on the validation data: Softmax"),
        ({"validation": (np.ones((5, 2), "f4"), np.ones(5, int))}, "Pass x_val.astype(np.float64)"),
        ({"validation": (np.full((5, 2), np.nan), np.ones(5, int))}, "in 5 of its 5 rows"),
        ({"validation": None, "patience": 3}, "patience looks at validation rows"),
        ({"validation": None, "metric": len}, "metric looks at validation rows"),
        ({"patience": 0}, "patience must be a whole number >= 1"),
        ({"metric": "accuracy"}, "metric must be a function"),
        ({"metric": nn.r2_score}, "lambda net, x, t: nn.r2_score(t, net(x))"),
        (
            {"metric": lambda net, x, t: None},
            "metric must return a number; metric returned NoneType",
        ),
        ({"x": np.ones((60, 2), int)}, "fit expects x as an array, floating point"),
        ({"progress": "dots"}, 'progress must be True, False or "bar"'),
        ({"epochs": 0}, "epochs must be a whole number >= 1"),
    ],
)
def test_what_does_not_fit_is_named_before_the_first_step(data, how, words):
    net = built()
    before = net.theta.copy()
    with pytest.raises((TypeError, ValueError), match=re.escape(words)):
        fitted(net, data, **how)
    assert np.array_equal(net.theta, before)


def test_validation_rows_among_the_training_rows_are_noticed(data):
    x, t, x_val, t_val = data
    mixed = np.concatenate([x[:20], x_val[20:]]), np.concatenate([t[:20], t_val[20:]])
    with pytest.warns(RuntimeWarning, match="20 of the 60 validation rows are training rows"):
        fitted(built(), data, validation=mixed, epochs=1)

    coarse = (x.round(), t, x_val.round(), t_val)  # rows are equal by chance, and that is no fault
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fitted(built(), coarse, epochs=1)
        for seed in range(10):  # and in a small one more often in one part than in the other
            few = np.random.default_rng(seed).integers(0, 40, (87, 1)) * np.ones(x.shape[1])
            fitted(built(), (few[:65], np.resize(t, 65), few[65:], np.resize(t, 22)), epochs=1)
