"""The schematics: every number by a second route, and nothing in the way of anything, at any setting."""

import itertools

import numpy as np
import pytest

import nnbook_lib as nn
from nnbook_lib import schematics
from nnbook_lib.live.easel import Easel
from nnbook_lib.numbers import SPACE
from nnbook_lib.palette import COLORS
from nnbook_lib.schematics import graph, gru, lstm, neurons, normalization, residual, unrolled
from nnbook_lib.schematics.sheet import RADIUS, Sheet

GRIDS = {  # as on the pages
    "single_neuron": {
        "step": range(9),
        "w3": (-4.0, -3.9, -3.0, -2.0, -1.0, 0.0),
        "bias": (-5.0, -3.0, -1.0),
        "activation": ("step", "relu", "sigmoid", "tanh"),
    },
    "dense_layer": {
        "step": range(8),
        "x3": (-2.0, -1.0, 0.0, 0.5, 1.0, 2.0),
        "activation": ("relu", "sigmoid", "tanh"),
    },
    "computational_graph": {
        "step": range(12),
        "weight": tuple(np.arange(-1.5, 3.1, 0.5)),
        "target": (0.0, 1.0),
    },
    "batch_norm": {
        "step": range(10),
        "first_sample": (-3.0, 0.0, 3.0, 9.0),
        "gamma": (0.5, 1.0, 2.0),
        "gradient": ("one sample", "all alike", "like x̂"),
    },
    "residual_block": {
        "step": range(12),
        "weight": tuple(np.arange(-1, 1.1, 0.25)),
        "wire": (True, False),
    },
    "rnn_unrolled": {
        "step": range(12),
        "weight": (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0),
        "first_input": (0.01, 0.1, 1.0, 3.0),
    },
    "lstm_cell": {
        "step": range(11),
        "forget_gate": (-4.0, -2.0, 0.0, 1.0, 2.0, 4.0),
        "input_gate": (-4.0, -1.0, 1.0, 4.0),
    },
    "gru_cell": {
        "step": range(12),
        "update_gate": (-4.0, -2.0, 0.0, 1.0, 2.0, 4.0),
        "reset_gate": (-4.0, -1.0, 1.0, 4.0),
    },
}
EVERY = list(GRIDS)


def points(name):
    """Every setting at the last step, where all numbers stand, and every step at the first setting."""
    steps, *others = GRIDS[name].values()
    last = [(steps[-1], *values) for values in itertools.product(*others)]
    first = [(step, *(values[0] for values in others)) for step in steps]
    return [dict(zip(GRIDS[name], values, strict=True)) for values in (*last, *first)]


@pytest.fixture
def drawn(monkeypatch):
    """Draw a schematic: (caption, its Easel, straight pieces of its wires, outlines of its boxes)."""
    pieces, boxes = [], []

    def noted(method, note):
        def wrapper(sheet, *args, **kwargs):
            note(*args)
            return method(sheet, *args, **kwargs)

        return wrapper

    def of_wire(ends, carries, *_):
        pieces.extend(itertools.pairwise(ends))

    def of_box(x, y, w, h, *_):
        boxes.append((x - w / 2, y - h / 2, x + w / 2, y + h / 2))

    monkeypatch.setattr(Sheet, "wire", noted(Sheet.wire, of_wire))
    monkeypatch.setattr(Sheet, "box", noted(Sheet.box, of_box))
    monkeypatch.setattr(
        Sheet,
        "operation",
        noted(Sheet.operation, lambda x, y, *_: of_box(x, y, 2 * RADIUS, 2 * RADIUS)),
    )
    easels = {}

    def draw(name, **values):
        pieces.clear(), boxes.clear()
        easel = easels.setdefault(name, Easel(getattr(schematics, name), name))
        _, caption = easel.picture(values)
        return caption, easel, list(pieces), list(boxes)

    return draw


def shrunk(box, by):
    return box[0] + by, box[1] + by, box[2] - by, box[3] - by


def meet(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def inside(a, b):
    return b[0] <= a[0] and b[1] <= a[1] and a[2] <= b[2] and a[3] <= b[3]


@pytest.mark.parametrize("name", EVERY)
def test_nothing_is_in_the_way_of_a_number(name, drawn):
    """No text meets another, the frame, a wire that is not its own, or the outline of a box."""
    found = set()
    for values in points(name):
        _, easel, pieces, boxes = drawn(name, **values)
        found |= set(easel.faults())
        height = easel._renderer.height
        for one in easel._renderer.texts:
            left, top, right, bottom = one.box
            words, box = one.words, shrunk((left, height - bottom, right, height - top), 2.5)
            for (x0, y0), (x1, y1) in pieces:
                line = min(x0, x1), min(y0, y1), max(x0, x1) + 0.01, max(y0, y1) + 0.01
                if meet(box, line):
                    found.add(f"a wire runs through {words!r} at {values}")
            for outline in boxes:
                if meet(box, outline) and not inside(box, outline):
                    found.add(f"a box cuts {words!r} at {values}")
    assert not found, "\n".join(sorted(found)[:20])


@pytest.mark.parametrize("name", EVERY)
def test_values_run_forward_before_gradients_run_back(name, drawn):
    """Step by step numbers are added, blue ones first; each step says something of its own."""
    seen, told = [], []
    for step in GRIDS[name]["step"]:
        caption, easel, *_ = drawn(name, step=step)
        colors = [one.text.get_color() for one in easel._renderer.texts]
        seen.append([colors.count(COLORS[way]) for way in ("forward", "backward")])
        told.append(caption)
    blue, orange = np.transpose(seen)
    turn = np.flatnonzero(orange)[0]
    assert 0 < turn < len(seen) and (np.diff(blue) >= 0).all() and (np.diff(orange) >= 0).all()
    assert blue[0] < blue[turn - 1] and (blue[turn - 1 :] == blue[-1]).all()
    assert len(set(told)) == len(told)


@pytest.mark.parametrize(
    "name, opening", [*((name, {}) for name in EVERY), ("dense_layer", {"step": 7})]
)
def test_a_control_changes_what_is_said(name, opening, drawn):
    for control, choices in GRIDS[name].items():
        if control != "step":
            said = {drawn(name, **opening | {control: choice})[0] for choice in choices}
            assert len(said) > 1, f"{control} does not change the caption"


@pytest.mark.parametrize(
    "name, values, words",
    [
        ("lstm_cell", {"forget_gate": -4.0}, "Along the cell exactly f = 0.018 of the gradient"),
        ("lstm_cell", {"step": 3, "forget_gate": 0.0}, "The cell keeps 50 % of its content."),
        ("gru_cell", {"step": 8, "update_gate": 4.0}, "the share z = 0.98 comes back to h."),
        ("residual_block", {"weight": 0.0}, "The whole gradient reaches x"),
        ("residual_block", {"weight": 0.5, "wire": False}, "25 % of the gradient reaches x."),
        ("residual_block", {"weight": -1.0}, "Nothing of the gradient reaches x"),
        ("residual_block", {"weight": 1.0}, "The gradient reaches x 4 times as large"),
        ("rnn_unrolled", {"weight": 0.5}, "5 % of the gradient reaches time step 1."),
        ("rnn_unrolled", {"weight": 3.0, "first_input": 0.01}, "42 times as large."),
        ("batch_norm", {"gradient": "all alike"}, "At x, nothing is left of the gradient."),
        ("batch_norm", {"gradient": "like x̂"}, "At x, nothing is left of the gradient."),
        ("computational_graph", {"target": 0.0}, "Raise w a little, and the loss rises."),
        ("single_neuron", {"step": 3, "w3": -4.0}, "The node stays silent."),
        ("single_neuron", {"step": 3}, "ReLU lets u = 2 pass."),
        ("single_neuron", {"step": 4, "w3": -3.9, "activation": "step"}, "The node answers 1."),
        ("single_neuron", {"step": 1}, "x₁ speaks loudest."),
        ("single_neuron", {"step": 1, "w3": -4.0}, "x₁ and x₃ speak loudest."),
        (
            "single_neuron",
            {"step": 4, "bias": -2.0, "activation": "tanh"},
            "The node answers 0.995.",
        ),
        ("computational_graph", {"weight": -1.0, "target": 0.0}, "∂L/∂w = 0.0053 × 2 = 0.011"),
        ("dense_layer", {"x3": -2.0, "step": 5}, "node 1 and node 2 are shut"),
    ],
)
def test_the_caption_says_what_is_drawn(name, values, words, drawn):
    caption, *_ = drawn(name, **values)
    assert words in caption.replace(SPACE, " "), caption


def cuts(f, at, h=1e-30):
    """dL/d value at each of some places by the complex step, which knows no chain rule."""
    return [
        f(*(v + (1j * h if i == k else 0) for i, v in enumerate(at))).imag / h
        for k in range(len(at))
    ]


def sigma(u):
    return 1 / (1 + np.exp(-u))


@pytest.mark.parametrize("forget_gate, input_gate", [(1.0, 1.0), (-4.0, 4.0), (0.0, -1.0)])
def test_lstm_numbers_are_the_cell_s(forget_gate, input_gate):
    n, cell = lstm.lstm_numbers(forget_gate, input_gate), lstm.cell_with(forget_gate, input_gate)
    a = np.array([[lstm.X]]) @ cell.W.T + cell.b
    (h, c), kept = cell.step(a, (np.array([[lstm.H]]), np.array([[lstm.C]])))
    da = np.empty((1, 4))
    dh, dc = cell.step_back((np.array([[lstm.DH]]), np.array([[lstm.DC]])), kept, da)
    for gate, row in zip("ifog", range(4), strict=True):
        assert n[gate][0] == pytest.approx(getattr(kept, gate).item(), rel=1e-12)
        assert n[f"u_{gate}"][1] == pytest.approx(da[0, row], rel=1e-12)
    assert n["h′"][0] == pytest.approx(h.item()) and n["c′"][0] == pytest.approx(c.item())
    assert (n["h"][1], n["c"][1]) == pytest.approx((dh.item(), dc.item()), rel=1e-12)
    assert n["x"][1] == pytest.approx((da @ cell.W).item(), rel=1e-12)
    assert n["u_f"][0] == pytest.approx(forget_gate) and n["u_i"][0] == pytest.approx(input_gate)
    assert n["c"][1] / n["c′"][1] == pytest.approx(n["f"][0], rel=1e-12)  # what the caption says

    def loss(f, i, g, o):
        c_new = f * lstm.C + i * g
        return lstm.DH * o * np.tanh(c_new) + lstm.DC * c_new

    at = [n[gate][0] for gate in "figo"]
    assert [n[gate][1] for gate in "figo"] == pytest.approx(cuts(loss, at), rel=1e-12)


@pytest.mark.parametrize("update_gate, reset_gate", [(1.0, 1.0), (-4.0, 4.0), (2.0, -1.0)])
def test_gru_numbers_are_the_cell_s(update_gate, reset_gate):
    n, cell = gru.gru_numbers(update_gate, reset_gate), gru.cell_with(update_gate, reset_gate)
    (h,), kept = cell.step(np.array([[gru.X]]) @ cell.W.T + cell.b, (np.array([[gru.H]]),))
    da = np.empty((1, 3))
    (dh,) = cell.step_back((np.ones((1, 1)),), kept, da)
    for name in "rzgv":
        assert n[name][0] == pytest.approx(getattr(kept, name).item(), rel=1e-12)
    assert (n["u_r"][1], n["u_z"][1], n["a_g"][1]) == pytest.approx(tuple(da[0]), rel=1e-12)
    assert n["h′"][0] == pytest.approx(h.item()) and n["h"][1] == pytest.approx(dh.item())
    assert n["x"][1] == pytest.approx((da @ cell.W).item(), rel=1e-12)
    assert n["u_z"][0] == pytest.approx(update_gate) and n["u_r"][0] == pytest.approx(reset_gate)

    def loss(r, z, v, g_alone):
        return (1 - z) * np.tanh(g_alone + r * v) + z * gru.H

    at = [n[name][0] for name in ("r", "z", "v", "a_g")]
    assert [n[name][1] for name in ("r", "z", "v", "a_g")] == pytest.approx(
        cuts(loss, at), rel=1e-12
    )


@pytest.mark.parametrize("arrives", GRIDS["batch_norm"]["gradient"])
@pytest.mark.parametrize("moved, gamma", [(3.0, 1.0), (-3.0, 2.0)])
def test_batch_norm_numbers_are_the_layer_s(arrives, moved, gamma):
    n, layer = normalization.norm_numbers(moved, gamma, arrives), nn.BatchNorm(1)
    layer.gamma[...], layer.beta[...] = gamma, normalization.BETA
    y, kept = layer.forward(n["x"][0][:, None], train=True)
    dx = layer.backward(n["y"][1][:, None], kept)
    assert n["y"][0] == pytest.approx(y[:, 0]) and n["x"][1] == pytest.approx(dx[:, 0], abs=1e-12)
    assert (n["γ"][1], n["β"][1]) == pytest.approx((layer.dgamma[0], layer.dbeta[0]), abs=1e-12)
    if arrives == "all alike":
        assert n["x"][1] == pytest.approx(np.zeros(4), abs=1e-12)
    assert n["x"][1].sum() == pytest.approx(0, abs=1e-12)  # the mean is out
    assert n["c"][1] @ n["x̂"][0] == pytest.approx(0, abs=1e-4)  # and the part along x^


@pytest.mark.parametrize("weight", [-1.0, -0.5, 0.0, 0.75])
def test_residual_numbers_are_the_layer_s(weight):
    branches = [nn.Dense(1, 1, rng=np.random.default_rng(0)) for _ in range(2)]
    for dense in branches:
        dense.W[...], dense.b[...] = weight, 0
    net = nn.Sequential(*(nn.Residual(nn.relu, dense) for dense in branches))
    y, tape = net.forward(np.array([[residual.X]]), watch=True)
    dx = net.backward(np.ones((1, 1)), tape)
    n = residual.residual_numbers(weight, True)
    assert n["y2"][0] == pytest.approx(y.item()) and n["y0"][1] == pytest.approx(dx.item())
    assert n["y1"] == pytest.approx((tape[0].y.item(), tape[0].dy.item()))
    plain = residual.residual_numbers(weight, False)
    assert plain["y0"][1] == pytest.approx(weight**2 if weight > 0 else 0)


@pytest.mark.parametrize("weight, mark", [(1.0, 1.0), (3.0, 0.01), (0.25, 3.0)])
def test_rnn_numbers_by_complex_step(weight, mark):
    n = unrolled.rnn_numbers(weight, mark)

    def run(*x):
        h = 0
        for each in x:
            h = np.tanh(each + weight * h)
        return h

    assert n["dx"] == pytest.approx(cuts(run, n["x"]), rel=1e-12)
    assert n["h"][-1] == pytest.approx(run(*n["x"]))
    assert n["dh"][0] == pytest.approx(np.prod(n["factor"][1:]), rel=1e-12)


@pytest.mark.parametrize("weight, target", [(0.5, 1.0), (-1.5, 0.0)])
def test_graph_numbers_by_complex_step(weight, target):
    n = graph.graph_numbers(weight, target)

    def loss(w, x, b, t):
        return 0.5 * (sigma(w * x + b) - t) ** 2

    at = weight, graph.X, graph.B, target
    assert [n[name][1] for name in "wxbt"] == pytest.approx(cuts(loss, at), rel=1e-12)


@pytest.mark.parametrize("activation", GRIDS["dense_layer"]["activation"])
def test_layer_numbers_by_autodiff(activation):
    n = neurons.layer_numbers(neurons.X, neurons.W, neurons.B, activation, neurons.DZ)
    x, W, b = (nn.autodiff.Tensor(a) for a in (neurons.X[None], neurons.W, neurons.B))
    u = x @ W.T + b
    getattr(u, activation)().backward(neurons.DZ[None])
    for name, node in {"x": x, "W": W, "b": b, "u": u}.items():
        assert n[name][0].ravel() == pytest.approx(node.data.ravel())
        assert n[name][1].ravel() == pytest.approx(node.grad.ravel(), abs=1e-15)
