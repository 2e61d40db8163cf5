"""The twin laboratory: what it measures, keeps, says and writes down, and its face in a notebook."""

import contextlib
import io
import json
import random
import re
from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure

from nnbook_lib import training
from nnbook_lib.in_page.cell import run
from nnbook_lib.live import explorer
from nnbook_lib.palette import COLORS
from nnbook_lib.twins import Experiment, Twins, learner
from nnbook_lib.twins import panel as panels
from nnbook_lib.twins import twins as opened
from nnbook_lib.twins.caption import caption
from nnbook_lib.twins.controls import BY_NAME, OWN, SHARED
from nnbook_lib.twins.drawing import draw
from nnbook_lib.twins.laboratory import Laboratory
from nnbook_lib.twins.learner import Learner
from nnbook_lib.twins.making import data
from nnbook_lib.twins.panel import Panel
from nnbook_lib.twins.presets import BY_KEY, PRESETS
from nnbook_lib.twins.remedies import advice

FAST = {"lr": 1000.0}
SMALL = {"depth": 2, "width": 4}
MOVED = {"depth": 2, "width": 4, "norm": "batch", "dropout": 0.2, "optimizer": "adam"}
DIVERGES = Experiment(
    {"data": "circles"},
    {"depth": 3, "activation": "identity", "lr": 1000.0},
    {"activation": "tanh", "lr": 0.1},
)


def drawn_by_lot(seed):
    """An experiment with half of its settings by chance, seldom deep."""
    chance = random.Random(seed)

    def some():
        names = [name for name in OWN if chance.random() < 0.5]
        own = {name: chance.choice(BY_NAME[name].values) for name in names}
        return own | {"depth": chance.choice([1, 2, 3, 8]), "width": chance.choice([2, 4, 16])}

    return Experiment(
        {name: chance.choice(BY_NAME[name].values) for name in SHARED}, some(), some()
    )


def after(experiment, steps):
    there = Twins(experiment)
    there.advance(steps)
    return there


# What is measured -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("experiment", "steps"),
    [*((drawn_by_lot(seed), [0, 1, 7, 23][seed % 4]) for seed in range(24)), (DIVERGES, 20)],
    ids=[*map(str, range(24)), "diverges"],
)
def test_the_python_prints_what_was_measured(experiment, steps):
    there = after(experiment, steps)
    text, out = there.script(steps), io.StringIO()
    with contextlib.redirect_stdout(out), np.errstate(all="ignore"):
        exec(text, {})
    heads = [line for line in out.getvalue().splitlines() if line.startswith(("A:", "B:"))]
    for side, head in zip(there.moments[-1].sides, heads, strict=True):
        said = f"step {side.step}, loss {side.loss:.6g}, {side.accuracy:.1%} right"
        assert ("stopped at step" if side.stopped else said) in head
    norms = [side.delta for side in there.moments[-1].sides if not side.stopped]
    printed = re.findall(r"delta by layer \[([^\]]*)\]", out.getvalue())
    for ours, theirs in zip(norms, printed, strict=True):
        np.testing.assert_allclose([*map(float, theirs.split())], ours, rtol=1e-6, atol=1e-7)
    assert max(map(len, text.splitlines())) <= 100


def test_looking_moves_nothing():
    there = Twins(Experiment(a=MOVED, b={"norm": "layer"}))
    for _ in range(12):
        there.advance()
    for side, watched in there.learners.items():
        alone = Learner(there.experiment.sides[side], there.data)
        for _ in range(12):
            alone.step()
        for name, array in alone.net.state().items():
            np.testing.assert_array_equal(watched.net.state()[name], array, err_msg=name)


def test_both_see_the_same_batches(monkeypatch):
    seen, measure = defaultdict(list), training.loss_and_grad

    def spy(net, loss, x, t, **how):
        seen[id(net)].append((x.tobytes(), t.tobytes()))
        return measure(net, loss, x, t, **how)

    monkeypatch.setattr(training, "loss_and_grad", spy)
    there = after(Experiment(a=SMALL, b={"activation": "relu", "depth": 5, "lr": 0.3}), 25)
    a, b = (seen[id(one.net)] for one in there.learners.values())
    assert a == b and len(a) == 25 and len(set(a)) == 25


def test_a_moment_is_trained_anew_bit_for_bit():
    there, thetas = Twins(Experiment(a=MOVED, b={"optimizer": "momentum"})), {}
    for step in range(1, 9):
        there.advance()
        thetas[step] = {side: one.net.theta.copy() for side, one in there.learners.items()}
    for step in (1, 5, 8):
        for side in "AB":
            np.testing.assert_array_equal(there.learner(side, step).net.theta, thetas[step][side])
    assert there.learner("A", 8) is there.learners["A"]


def test_kept_moments_are_bounded_and_have_both_ends(monkeypatch):
    assert Twins.__init__.__globals__["MOST"] == 300
    monkeypatch.setitem(Twins.__init__.__globals__, "MOST", 12)
    there = Twins(Experiment(a={"depth": 1, "width": 2}))
    for k in range(1, 60):
        there.advance()
        steps = [moment.step for moment in there.moments]
        assert (steps[0], steps[-1]) == (0, k) and len(steps) <= 12
        assert steps == sorted(set(steps))
        early, late = np.diff(steps[:-1]), np.diff(steps)[-1:]  # evenly, from the first step on
        assert len({*early}) <= 1 and late <= early.max(initial=1)
    assert there.thinned > 0


def test_numbers_of_numpy_are_values_too():
    own = {"lr": np.float64(0.1), "depth": np.int64(3), "skip": np.True_, "dropout": np.float64(0)}
    assert Experiment(a=own) == Experiment(a={"lr": 0.1, "depth": 3, "skip": True})
    with pytest.raises(ValueError, match=r"depth must be one of .*; got True"):
        Experiment(a={"depth": np.True_})


def test_the_caption_compares_numbers_only():
    """B's outputs are no numbers after its last step, while A's units are all alive, or dead."""
    both = {"depth": 12, "activation": "relu", "init": "large"}
    there = Twins(Experiment({}, both, {"lr": 0.001}))
    there.advance(9)
    said = " ".join(caption(there.experiment, moment) for moment in there.moments[4:])
    assert "B stopped at step 5; after 3 steps it had " in said
    assert "After 4 steps B’s outputs are no numbers." in said
    assert "no number of" not in said and "alike" not in said


def test_the_script_of_outputs_that_are_no_numbers_says_so(capsys):
    """After step 2 A's outputs are no numbers; no step has been refused yet."""
    there = Twins(Experiment({}, {"depth": 10, "activation": "identity", "init": "large"} | FAST))
    there.advance(), there.advance()
    a = there.moments[-1].a
    assert np.isnan(a.loss) and not a.stopped
    with np.errstate(all="ignore"):
        exec(there.script(2), {})
    assert "A: SoftmaxCrossEntropy is nan" in capsys.readouterr().out


def test_outputs_that_are_no_numbers_are_no_answers():
    """Among ten of them the largest is not the first: a 0 is not read."""
    own = {"depth": 12, "activation": "identity", "init": "large"} | FAST
    there = Twins(Experiment({"data": "digits"}, own))
    there.advance(), there.advance()
    a = there.moments[-1].a
    assert np.isnan(a.loss) and {label for label, _ in a.answers} == {None}
    fig = Figure()
    draw(fig, there, there.moments[-1])
    assert {text.get_text() for text in fig.axes[0].texts} >= {"? ✗"}


def test_what_overflows_gets_a_remedy_that_goes_on():
    there = after(Experiment({}, {"depth": 10, "activation": "relu", "init": "large"}), 20)
    assert there.learners["A"].stopped
    changes = [one for one in advice("A", there.learner("A", 20)) if one.change]
    assert changes and "init" in changes[0].change
    assert re.search(r"it has \d+\s% .*; A stops after \d steps?\.$", changes[0].tried)


def test_what_overflows_is_tried_at_smaller_rates():
    own = {"activation": "leaky_relu", "lr": 100.0, "seed": 4}
    there = after(Experiment({"data": "spirals"}, own), 20)
    first, *others = advice("A", there.learner("A", 20))
    assert first.change["lr"] < 100.0 and first.says.startswith("Before the first step: ")
    (overflow,) = (one for one in others if one.name == "overflow")
    assert overflow.remedy == "a smaller learning rate" and not overflow.change
    assert overflow.says.startswith("After 4 steps: ")
    assert overflow.tried == "The remedy above mends it, too."


def test_a_batch_of_one_is_found_where_it_is_normalized():
    there = after(Experiment({}, {"depth": 2, "norm": "batch", "batch": 1}), 5)
    assert [(one.name, one.change) for one in advice("A", there.learner("A", 5))][:1] == [
        ("batch of one", {"batch": 32})
    ]


def test_no_batch_is_left_with_so_few_rows_that_normalization_is_thrown_off():
    """One or two rows left over for the last batch of an epoch ruin its running averages."""
    for name in BY_NAME["data"].values:
        rows = len(data(name, 0.1).x)
        for batch in BY_NAME["batch"].values:
            assert batch in (1, None) or rows % batch not in (1, 2, 3), (name, batch)


def test_what_is_tried_is_what_is_named():
    """Weights drawn as they should be already: another remedy is tried, and named."""
    own = {"depth": 4, "lr": 30.0, "optimizer": "momentum", "skip": True, "width": 8}
    there = after(Experiment({"noise": 0.5}, own), 100)
    for one in advice("A", there.learner("A", 100)):
        drawn = one.remedy.startswith("to draw the weights")
        assert not (drawn and one.tried.startswith("Tried")), one


def test_one_that_diverges_stops_in_words_and_the_other_goes_on():
    laboratory = Laboratory(DIVERGES)
    for _ in range(10):
        laboratory.advance(3)
    a, b = laboratory.moment.sides
    assert a.step <= a.taken < 30 == b.step and b.loss < laboratory.twins.at(0).b.loss
    assert a.stopped.startswith(f"Stopped at step {a.taken + 1}:")
    assert "Try a learning rate ten times smaller" in a.stopped and not b.stopped
    assert f"A stopped at step {a.taken + 1}; after {a.step} step" in laboratory.caption
    assert f"stopped; as after step {a.step}" in laboratory.svg


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"preset": "sigmoid-in-dept"}, "near it sigmoid-in-depth.*; got 'sigmoid-in-dept'"),
        ({"preset": "?"}, "there are .*sigmoid-in-depth.*; got '\\?'"),
        ({"preset": 3}, "there are .*sigmoid-in-depth.*; got int 3"),
        ({"both": {"data": "xor"}}, "both may have depth.* got 'data': .* shared={'data': ...}"),
        ({"shared": {"lr": 1.0}}, "shared may have data, noise; got 'lr': .* both={'lr': ...}"),
        ({"a": {"rate": 1}}, "a may have depth.* got 'rate': there is no such control"),
        ({"b": {"lr": 0.2}}, "lr must be one of 1e-05, .*, 0.1, 0.3, .*; got 0.2"),
        ({"a": {"depth": "99"}}, "depth must be one of 1, 2, .*, 30; got '99'"),
        ({"b": {"skip": 1}}, "skip must be one of off, on; got 1"),
        ({"b": ["lr"]}, "b must be a dict such as {'lr': 0.1}; got list"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(given, words):
    with pytest.raises(ValueError, match=f"^twins: .*{words}"):
        opened(**given)


@pytest.mark.parametrize("seed", range(8))
def test_an_experiment_is_the_same_from_its_keys_and_its_address(seed):
    experiment = drawn_by_lot(seed)
    parts = {"shared": {}, "a": {}, "b": {}}
    for piece in experiment.address().split("&"):
        name, value = piece.split("=")
        part = "b" if name.startswith("B.") else "shared" if name in SHARED else "a"
        parts[part][name.removeprefix("B.")] = value
    assert Experiment(**parts) == Experiment(**experiment.as_dict()) == experiment


# The face in a notebook -----------------------------------------------------------------------


def test_a_preset_is_changed_where_it_is_told_to_be():
    plain = opened("sigmoid-in-depth")
    assert plain.preset.key == "sigmoid-in-depth" and opened().preset == PRESETS[0]
    changed = opened("sigmoid-in-depth", shared={"data": "xor"}, both={"depth": 3})
    assert changed.preset is None
    assert (
        changed.experiment.address()
        == "data=xor&depth=3&activation=sigmoid&lr=0.03&B.activation=tanh"
    )
    assert opened(a={"lr": 1.0}, both=SMALL).experiment.b["lr"] == 1.0


ZEROS = Experiment(a=SMALL | {"init": "zeros"}, b={"init": "large"})


@pytest.mark.parametrize(
    "experiment",
    [DIVERGES, ZEROS, *map(drawn_by_lot, range(8))],
    ids=["diverges", "zeros", *map(str, range(8))],
)
@pytest.mark.parametrize("steps", [0, 6])
def test_every_panel_of_the_picture_has_both_lines_or_says_why_not(experiment, steps):
    there, fig = after(experiment, steps), Figure()
    draw(fig, there, there.moments[-1])
    answers, panels = fig.axes[:2], fig.axes[2:]
    assert len(panels) == 6
    for ax in answers:
        assert ax.images and (ax.lines or len(ax.texts) > 20)
    for ax in panels:
        for name in "AB":
            lines = [line for line in ax.lines if line.get_color() == COLORS[f"twin {name}"]]
            inked = any(np.isfinite(np.array(line.get_ydata(), float)).any() for line in lines)
            reason = rf"({name}|A and B): (no step yet|no number|0 everywhere)"
            assert inked != bool(re.search(reason, ax.get_xlabel())), ax.get_title()


@pytest.fixture
def panel(monkeypatch):
    monkeypatch.setattr(panels, "SECONDS", None)  # a tick takes all its steps, however long
    return Panel(Laboratory(Experiment(a=SMALL)))


def button(panel, words):
    """The button with these words, wherever it is."""

    def inside(box):
        for child in getattr(box, "children", ()):
            yield from (child, *inside(child))

    return next(w for w in inside(panel.box) if getattr(w, "description", "") == words)


@pytest.mark.parametrize("name", [*SHARED, *OWN])
def test_each_control_changes_picture_and_caption(name, panel):
    def shown():
        panel.play.value += 1
        return panel.screen.value, panel.words.value

    panel.speed.value = 5
    before = shown()
    knob = panel.form.knobs["shared" if name in SHARED else "b"][name]
    knob.value = len(BY_NAME[name].values) - 1 if knob.value == 0 else 0
    assert panel.laboratory.twins.step == 0 and "After 0 steps" in panel.words.value
    now = shown()
    assert panel.laboratory.twins.step == 5
    assert all(a != b for a, b in zip(before, now, strict=True))


def test_b_follows_a_until_it_is_set_apart(panel):
    a, b, marks = panel.form.knobs["a"]["depth"], panel.form.knobs["b"]["depth"], panel.form.marks
    a.value = 4
    assert (b.value, marks["depth"].value) == (4, "")
    b.value = 2
    assert "differs" in marks["depth"].value
    a.value = 7
    assert b.value == 2 and "hidden layers: 8 | 3" in panel.words.value
    button(panel, "Copy A to B").click()
    assert b.value == 7 and "A and B are the same" in panel.words.value


def test_a_run_pauses_where_the_preset_is_at_its_end_and_says_what_was_found(panel):
    preset = BY_KEY["sigmoid-in-depth"]
    panel.menu.value, panel.speed.value = preset.key, 100
    button(panel, "Step").click()  # 100 at once do not end where the preset does
    panel.running = True
    assert preset.question in panel.question.value and "Found" not in panel.words.value
    while panel.running:
        before = panel.laboratory.twins.step
        panel.play.value += 1
        assert before < panel.laboratory.twins.step <= preset.steps
    assert panel.laboratory.twins.step == preset.steps
    assert f"Found: {preset.sentence}" in panel.words.value
    panel.play.value += 1  # and on beyond it
    assert panel.laboratory.twins.step == preset.steps + 100


def test_scrubbing_back_shows_the_same_picture(panel):
    words, seen = [], defaultdict(set)
    for _ in range(4):
        words.append(panel.words.value)
        button(panel, "Step").click()
    for index in (2, 0, 3, 1, 2, 0, 3, 1):
        panel.running = True
        panel.moments.value = index
        assert panel.words.value == words[index] and f"After {index} step" in words[index]
        assert panel.moments.description == f"step {index}" and not panel.running
        seen[index].add(panel.screen.value)
    assert [len(pictures) for pictures in seen.values()] == [1] * 4
    assert len(set.union(*seen.values())) == 4
    button(panel, "Step").click()  # from the end
    assert panel.laboratory.moment.step == 5
    button(panel, "Start over").click()
    assert panel.words.value == words[0] and panel.moments.max == 0


def test_the_python_and_the_tables_are_those_of_the_moment(panel):
    button(panel, "Step").click()
    button(panel, "Show the Python").value = button(panel, "The numbers as tables").value = True
    assert "steps = 1" in panel.code.value and "A and B after 1 step" in panel.table.value
    button(panel, "Step").click()
    assert "steps = 2" in panel.code.value and "A and B after 2 steps" in panel.table.value


def test_a_remedy_is_put_on_b_with_one_click(panel):
    panel.form.knobs["a"]["init"].value = BY_NAME["init"].place("zeros")
    button(panel, "What is wrong with A?").click()
    said = " ".join(getattr(child, "value", "") for child in panel.findings.children)
    assert "Remedy:" in said and "training rows" in said
    button(panel, "Try it on B").click()
    now = panel.laboratory.experiment
    assert now.differences and panel.running and "Different:" in panel.words.value
    assert now.a == Experiment(a=SMALL | {"init": "zeros"}).a


def test_what_fails_in_a_widget_is_said(panel, monkeypatch):
    monkeypatch.setattr(Twins, "advance", lambda *_: 1 / 0)
    button(panel, "Step").click()
    assert "ZeroDivisionError" in panel.words.value


# The figure of a page -------------------------------------------------------------------------


def test_the_figure_of_a_page_has_all_that_its_scripts_need():
    preset = BY_KEY["sigmoid-in-depth"]
    laboratory = Laboratory(preset.experiment)
    laboratory.run()
    page = laboratory.page()
    assert laboratory.twins.step == preset.steps and laboratory.caption in page
    assert page.startswith('<figure class="twins" id="twins">') and '<svg role="img"' in page
    told = json.loads(re.search(r'class="twins-told">([^<]+)</script></figure>$', page)[1])
    assert told["opening"] == preset.key
    for control in told["controls"]:
        assert control["default"] in control["keys"]
        assert len(control["keys"]) == len(control["labels"]) > 1
    for said, one in zip(told["presets"], PRESETS, strict=True):
        assert Experiment(**said["experiment"]) == one.experiment
        assert said["question"] == one.question and said["steps"] == one.steps
    rows = re.findall(r'<tr><th scope="row">', page)
    assert len(rows) == 5 + 2 * (preset.experiment.a["depth"] + 1)


def test_a_page_that_runs_python_shows_the_picture(monkeypatch):
    monkeypatch.setattr(explorer, "SHOWN_BY", [lambda _: None])
    source = (
        "from nnbook_lib.twins import twins\ntwins(both={'depth': 1, 'width': 2}, b={'lr': 1.0})"
    )
    told = json.loads(run(json.dumps({"source": source, "name": "cell 1", "shared": False})))
    (shown,) = told["shown"]
    assert told["error"] is None and shown["kind"] == "html"
    assert "<svg" in shown["html"] and "This picture stands still." in shown["html"]
    assert "After 200 steps A has" in shown["html"] and "<script" not in shown["html"]
    assert shown["text"].startswith("After 200 steps A has")


def test_a_long_run_forgets_its_steps_and_is_the_same(monkeypatch):
    """train keeps every Step of a call; the laboratory calls it anew now and then."""
    experiment = Experiment({}, {"norm": "batch", "dropout": 0.2, "batch": 64} | FAST)
    whole = after(experiment, 40).learners["A"]
    monkeypatch.setattr(learner, "EPOCHS", 3)
    parts = after(experiment, 40).learners["A"]
    assert parts.steps == 40 and np.array_equal(parts.net.theta, whole.net.theta)


def test_another_seed_keeps_the_question_and_says_where_it_comes_out_otherwise():
    laboratory = opened("only-the-seed", both={"width": 4})
    assert laboratory.preset is None
    laboratory = opened("three-fences", both={"seed": 3})
    assert laboratory.preset.key == "three-fences" and laboratory.finding == ""
    laboratory.run()
    assert laboratory.finding.startswith(laboratory.preset.sentence)
    otherwise = replace(laboratory.preset, holds=lambda twins: False)
    laboratory.preset = otherwise
    said = f"This time it came out otherwise than the book says: {otherwise.sentence}"
    assert laboratory.finding.startswith(said)


def test_a_page_is_told_what_experiment_it_shows():
    told = re.search('twins-told">(.*?)</script>', opened(b={"lr": 1.0}).page())[1]
    assert json.loads(told)["opening"] is None
    assert json.loads(told)["experiment"]["b"]["lr"] == "1"
