"""The clinic: its patients are ill as it is told, their treatments tell, instruments show it."""

import dataclasses

import numpy as np
import pytest
from matplotlib.figure import Figure

import nnbook_lib as nn
from nnbook_lib.exercises import check
from nnbook_lib.exercises.clinic.networks import CROSS, PATIENTS, T, X, course, patient
from nnbook_lib.exercises.clinic.trials import Trials, deep, learn
from nnbook_lib.inspection import instruments
from nnbook_lib.inspection.course import AFTER, BEFORE, gradient_agreement


def test_only_patient_0_is_healthy():
    healthy = course(0)
    assert healthy.right[-1].min() > 0.9 and healthy.losses[-10:].mean() < 0.5
    for number in set(PATIENTS) - {0, 4}:
        assert course(number).right[-1].max() < 0.6, number
    assert course(4).right[-1].min() > 0.9 and course(4).losses.min() > 1.4


def test_patient_9_is_ill_in_the_asking_and_not_by_a_small_last_batch():
    assert len(X) % 32 == 0
    net = learn(patient(9).net, patient(9).opt)[0]
    assert nn.accuracy(net, X, T) > 0.9


TREATMENTS = [  # what shows the cause: well under this one
    (2, {"lr": 0.1}),
    (3, {"activation": "tanh"}),
    (6, {"activation": "elu"}),
    (9, {"images": 32}),
    (11, {"batch": 4}),
    (12, {"spread": 0.3}),
    (13, {"lr": 0.1}),
    (14, {"depth": 8, "lr": 0.1}),
]


@pytest.mark.parametrize(("number", "treatment"), TREATMENTS)
def test_a_telling_treatment_tells(number, treatment):
    assert course(number, **treatment).right[-1].min() > 0.6


def test_symptoms_are_those_told():
    assert course(1).x.max() == 255 and course(1).losses[0] > 200
    assert course(2).ratios["first step"].min() > 1
    assert course(3).delta[BEFORE][0] < 1e-19
    assert np.ptp(course(4).values[AFTER][-1]) <= 1
    assert (course(5).t != T[:10]).sum() > 5
    assert course(6).dead[BEFORE].max() == 1 and course(6).delta[BEFORE][0] == 0
    slow = course(7, lr=0.001)
    assert (slow.ratios["last step"] > 20 * slow.ratios["first step"]).all()
    assert not course(8).weights[0].any()
    for batch in 8, 32, 128:
        assert course(10, batch=batch).losses[0] == pytest.approx(np.log(batch), abs=0.3)
        assert course(11, batch=batch).losses[0] > 2 * batch
    assert course(10).diverged and AFTER not in course(10).delta
    assert course(12).shut[BEFORE].max() > 0.8
    assert course(14).delta[BEFORE][0] > 1e4 * course(14).delta[BEFORE][-2]
    assert np.allclose(course(15).agreement, [1, -1, 1], atol=1e-6)


def test_a_gradient_agrees_with_nudged_weights():
    net = deep()
    before = net.theta.copy()
    assert np.allclose(gradient_agreement(net, CROSS, X[:8], T[:8]), 1, atol=1e-6)
    assert (net.theta == before).all()


def test_diagnose_names_ten_of_fifteen():
    names = {
        **{1: "unscaled inputs", 2: "learning rate too large", 4: "softmax twice"},
        **{5: "labels unrelated to inputs", 6: "dead units", 8: "symmetric units"},
        **{9: None, 10: "cannot learn one batch by heart", 11: "learning rate too large"},
        **{0: None, 7: None, 12: "saturated units", 13: "learning rate too small"},
    }
    for number, name in names.items():
        p = patient(number)
        found = nn.diagnose(p.net, p.loss, p.x[:128], p.t[:128], p.opt)
        assert (found[0].name if found else None) == name, number


@pytest.mark.parametrize("number", [0, 10, 14, 15])
@pytest.mark.parametrize("instrument", instruments.INSTRUMENTS)
def test_every_instrument_has_a_picture_and_a_sentence(instrument, number):
    fig = Figure(layout="constrained")
    said = instruments.look(fig, instrument, course(number))
    assert fig.axes and said.endswith(".") and "nan" not in said
    fig.canvas.draw()


def test_a_course_without_a_single_number_is_told():
    nothing = dataclasses.replace(course(0), losses=np.array([]))
    with pytest.raises(ValueError, match="no number at the first step"):
        instruments.look(Figure(), "gradient", nothing)


def test_a_script_runs_once_for_all_questions_and_anew_for_a_new_check():
    runs = []

    def script(x, t):
        runs.append(1)
        opt = nn.SGD(0.1)
        opt.step(np.zeros(1), np.zeros(1))
        return deep(), opt

    trials = Trials(lambda: (X, T), "net, opt", (X, T))
    demands = trials.demands(("runs", lambda seen: seen.right >= 0, ""))
    assert all(demand.holds(script) for demand in demands)
    assert trials.shows(lambda seen: seen.opt.lr == 0.1)(script)
    assert len(runs) == 1 and demands[0].holds(script) and len(runs) == 2
    with pytest.raises(TypeError, match=r"net \(a network\), opt"):
        trials.shows(lambda seen: True)(lambda x, t: 3)
    with pytest.raises(NotImplementedError):
        trials.shows(lambda seen: True)(lambda x, t: ...)


def test_a_script_that_trains_nothing_or_writes_into_its_data_is_told_so():
    def idle(x, t):
        return deep(activation="tanh"), nn.SGD(10)

    def greedy(pixels, t):
        pixels /= 255
        return *learn(deep(), nn.SGD(0.1), pixels, t), pixels

    assert "no step" in check("clinic.patient_2", idle).verdict.diagnosis
    assert check("clinic.patient_1", greedy).verdict.failed == "its data are as they were"


def test_a_cure_that_ends_with_other_parameters_passes_and_a_spoiled_one_is_told_so():
    def cured(x, t):
        net, opt = learn(deep(activation="tanh"), nn.SGD(0.1))
        net.theta *= 1.01  # another state that is as good
        return net, opt

    def spoiled(x, t):
        net, opt = cured(x, t)
        net.theta *= 0.01
        return net, opt

    assert check("clinic.patient_2", cured)
    assert "changed after the training" in check("clinic.patient_2", spoiled).verdict.diagnosis


@pytest.mark.parametrize("U", [np.eye(32) / 3, np.zeros((32, 32))])
def test_an_echo_without_memory_is_told_that_nothing_arrives(U):
    def forgetful(x, t):
        rng = np.random.default_rng(0)
        cell = nn.RNNCell(2, 32, rng=rng)
        cell.U[...] = U
        net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
        return learn(net, nn.SGD(0.1), x, t)

    assert "Too much of the medicine" in check("clinic.patient_14", forgetful).verdict.diagnosis


def test_an_answer_that_changes_its_network_leaves_the_next_one_alone():
    def moves(net, x):
        net.track(net.forward(x, True)[1])
        return np.full(len(x), -1)

    def stumbles(net, x):
        return net.eval()

    said = repr(check("clinic.patient_9", stumbles))
    check("clinic.patient_9", moves)
    assert "averages afterwards" in said and repr(check("clinic.patient_9", stumbles)) == said
