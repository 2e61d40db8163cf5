"""Live figures in the hands of a reader: what is plainly meant works, and nothing fails in silence."""

import enum
import functools
import itertools

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
import pytest
from test_live import plain, unpack

from nnbook_lib.live import Explorer, explore, play, stops
from nnbook_lib.live.controls import controls
from nnbook_lib.live.fingerprint import fingerprint


class Kind(enum.Enum):
    RELU = 1
    TANH = 2


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 3


class Thing:
    """No widget, though it has the names of one."""

    value, options, traits = 3, ("a", "b"), dict


def wave(fig, a=1):
    fig.subplots().plot([0, a])
    return f"Up to {a}."


class Drawer:
    """Draws, and so does its method."""

    def __call__(self, fig, a=1):
        return wave(fig, a)

    def method(self, fig, a=1):
        return wave(fig, a)


def of_any(fig, *args, **kw):
    return wave(fig, **kw)


def of_tuple(*args, a=1):
    return wave(*args, a=a)


@pytest.mark.parametrize("single", [Kind.RELU, Thing(), Thing, 1 + 2j, b"ab"])
def test_only_fixed_of_ipywidgets_is_unwrapped(single):
    assert controls({"x": single}, {}) == ([], {"x": single})
    assert controls({"x": ipywidgets.fixed(single)}, {}) == ([], {"x": single})


@pytest.mark.parametrize(
    ("short", "values", "kind"),
    [
        (np.linspace(0, 1, 5), (0, 0.25, 0.5, 0.75, 1), "slider"),
        (np.arange(0, 0.4, 0.1), (0, 0.1, 0.2, 0.3), "slider"),
        (np.arange(3, dtype=np.float32) / 10, (0, 0.1, 0.2), "slider"),
        (range(5), (0, 1, 2, 3, 4), "slider"),
        (range(9, 0, -4), (9, 5, 1), "slider"),
        (np.array([3, 1, 2]), (3, 1, 2), "choice"),
        (np.array(["relu", "tanh"]), ("relu", "tanh"), "choice"),
        ((n * n for n in range(3)), (0, 1, 4), "choice"),
        ({"a": 1, "b": 2}.keys(), ("a", "b"), "choice"),
        ({"a": 1, "b": 2}.items(), (1, 2), "choice"),
        ((Level.LOW, Level.HIGH), (Level.LOW, Level.HIGH), "choice"),
        (Kind, (Kind.RELU, Kind.TANH), "choice"),
        (np.True_, (False, True), "switch"),
        ((np.int64(1), np.float64(2), np.float32(0.5)), (1, 1.5, 2), "slider"),
        ([np.float64(0.1), np.float64(0.2)], (0.1, 0.2), "choice"),
        (stops(*np.array([1, 5])), (1, 5), "slider"),
    ],
)
def test_what_is_plainly_a_control_becomes_one(short, values, kind):
    (control,), fixed = controls({"x": short}, {"x": values[0]} if kind != "switch" else {})
    assert (control.values, control.kind, fixed) == (values, kind, {})
    assert not any(isinstance(v, np.generic) for v in control.values)


def test_a_numpy_number_is_a_number():
    assert type(controls({"x": np.float64(3)}, {})[1]["x"]) is float


@pytest.mark.parametrize(
    ("short", "words"),
    [
        ({"a", "b"}, "has no order; write a list"),
        (np.zeros((2, 2)), r"write a list, \[...\], for a menu, or ipywidgets.fixed"),
        (np.linspace(0, 1, 500), "500 values; wanted 2 to 60"),
        (range(10**12), "1000000000000 values; wanted 2 to 60"),
        (itertools.count(), "more than 60 values"),
        ((0, np.inf), "is no range"),
        ([], "0 values"),
        ([1], r"1 value; wanted 2 to 60: write ipywidgets.fixed\(...\)"),
        (ipywidgets.IntSlider, r"is a class: make a widget of it, IntSlider\(\)"),
    ],
)
def test_what_cannot_be_a_control_is_refused_with_a_remedy(short, words, monkeypatch):
    monkeypatch.setenv("NNBOOK_FRAMES", "frames")
    with pytest.raises(ValueError, match=f"(?i)figure wave: control a: .*{words}"):
        Explorer(wave, "a wave", {"a": short})


def test_stops_wants_the_values_themselves():
    with pytest.raises(ValueError, match=r"stops\(\*values\)"):
        stops([1, 2])
    with pytest.raises(ValueError, match="no range"):
        play("a", 3)


DRAWS = {
    "partial": functools.partial(wave, a=2),
    "partial of partial": functools.partial(functools.partial(wave), a=2),
    "lambda": lambda fig, a=1: wave(fig, a),
    "method": Drawer().method,
    "object": Drawer(),
    "any": of_any,
    "tuple": of_tuple,
}


@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS)
def test_whatever_can_be_called_draws(draw, tmp_path):
    figure = Explorer(draw, "a wave", {"a": (1, 3)})
    assert len(unpack(figure.page(tmp_path))["c"]) == 3
    with pytest.raises(ValueError, match=r"live figure .* has no control 'b'; it has a"):
        figure.set(b=1)
    assert figure.set(a=3).caption == "Up to 3." and "<svg" in figure.svg


METHOD = """
class Drawer:
    def method(self, fig): return {}
draw = Drawer().method
"""


def test_a_method_has_a_fingerprint_that_follows_it():
    def mark(inside):
        space = {"__name__": "__main__"}
        exec(METHOD.format(inside), space)
        return fingerprint(space["draw"])

    assert mark(1) == mark(1) != mark(2) and mark(1)


@pytest.mark.parametrize("draw", [None, "wave", lambda: "", lambda **kw: "", lambda *, fig: "", 3])
def test_what_cannot_be_called_with_a_figure_is_refused(draw):
    with pytest.raises(ValueError, match=r"wanted a function draw\(fig, ...\)"):
        explore(draw, alt="a wave")


def test_controls_are_passed_by_name_and_never_as_the_figure():
    with pytest.raises(ValueError, match="the / after 'a' forbids"):
        Explorer(lambda fig, a, /: "", "a wave", {"a": (1, 2)})
    with pytest.raises(ValueError, match=r"'a' stands where .* the figure. Write def draw\(fig, a"):
        Explorer(lambda a=1: "", "a wave", {"a": (1, 2)})
    with pytest.raises(ValueError, match="draw takes nothing, not 'b'"):
        Explorer(lambda fig: "", "a wave", {"b": (1, 2)})


def by_pyplot(fig, a=1):
    plt.plot([0, a])
    return "A line."


def half_by_pyplot(fig, a=1):
    fig.subplots()
    plt.title("lost")
    return "A line."


def wiped(fig, a=1):
    fig.subplots()
    fig.clf()
    return "A line."


def returns_fig(fig, a=1):
    fig.subplots()
    return fig


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (by_pyplot, "drew on a figure of pyplot at a=1. Draw on fig"),
        (half_by_pyplot, "drew on a figure of pyplot"),
        (wiped, "drew nothing on fig at a=1. Draw on fig"),
        (lambda fig, a=1: "A line.", "drew nothing on fig"),
        (returns_fig, "returned <Figure .* wanted its caption"),
    ],
)
def test_a_picture_drawn_elsewhere_is_told(draw, words):
    open_before = plt.get_fignums()
    with pytest.raises(RuntimeError, match=words):
        explore(draw, alt="a wave", a=(1, 2))
    assert plt.get_fignums() == open_before


def test_what_is_drawn_by_pyplot_on_an_open_figure_is_told():
    plt.figure()
    try:
        with pytest.raises(RuntimeError, match="drew nothing on fig"):
            explore(by_pyplot, alt="a wave", a=(1, 2))
    finally:
        plt.close()


def test_a_page_leaves_picture_and_caption_together(tmp_path):
    figure = Explorer(wave, "a wave", {"a": (1, 3)})
    figure.page(tmp_path)
    assert figure.caption == "Up to 1." and "<svg" in figure.svg
    figure.set(a=3).page(tmp_path)
    assert figure.caption == "Up to 3."


def fails_at_two(fig, a=1, b=1):
    fig.subplots()
    return f"{1 / (2 - a):g} and {b}"


def test_set_moves_all_or_nothing():
    figure = Explorer(fails_at_two, "a wave", {"a": (1, 3), "b": (1, 3)})
    _, row, _, words = figure._widgets().children
    for wrong, error in (({"b": 2, "a": 2}, RuntimeError), ({"b": 2, "a": 7}, ValueError)):
        with pytest.raises(error):
            figure.set(**wrong)
        assert figure.values == {"a": 1, "b": 1} and figure.caption == "1 and 1"
        assert [knob.value for knob in row.children] == [0, 0] and "1 and 1" in words.value


def raises(error):
    def draw(fig, a=1):
        if a == 2:
            raise error
        return wave(fig, a)

    return draw


def unreadable(fig, a=1):
    fig.subplots().set_title("$\\frac$" if a == 2 else "")
    return f"Title {a}."


def not_xml(fig, a=1):
    fig.subplots().set_title("a\x00b" if a == 2 else "")
    return f"Title {a}."


WRONG = {  # a figure that fails at a=2, and what a reader is told
    "in a line": (fails_at_two, ["a=2", "ZeroDivisionError", "<code>return f", "1 / (2 - a)"]),
    "by a key": (raises(KeyError("sin")), ["KeyError", "has no key", "<code>raise error</code>"]),
    "by an exit": (raises(SystemExit(1)), ["SystemExit", "<code>raise error</code>"]),
    "by a stop": (raises(KeyboardInterrupt()), ["Stopped before the picture was done"]),
    "with a <tag>": (raises(OSError("<b>")), ["OSError: &lt;b&gt;"]),
    "in matplotlib": (unreadable, ["ValueError", "as matplotlib drew it"]),
    "in the page's SVG": (not_xml, ["a=2", "as matplotlib drew it"]),
}


@pytest.mark.parametrize(("draw", "said"), WRONG.values(), ids=WRONG)
def test_a_hand_on_a_control_reads_what_went_wrong_and_moves_on(draw, said):
    figure = Explorer(draw, "a wave", {"a": (1, 3)})
    _, row, screen, words = figure._widgets().children
    row.children[0].value = 1
    assert all(part in words.value for part in ["No picture.", *said]) and not screen.value
    row.children[0].value = 2
    assert words.value == f"<p><b>{figure.caption}</b></p>" and plain(screen.value) == figure.svg


def test_what_a_ready_made_widget_is_changed_to_is_told():
    menu = ipywidgets.Dropdown(options=[1, 2])
    figure = Explorer(wave, "a wave", {"a": menu})
    _, _, screen, words = figure._widgets().children
    menu.options = [8, 9]
    assert "a=8 is not on its grid: 1, 2" in words.value and not screen.value


def warns(fig, a=1):
    ax = fig.subplots()
    ax.set_title(f"{np.log(np.array([0.0 if a == 2 else 1.0]))}")
    return f"Logarithm {a}."


@pytest.mark.filterwarnings("default")
def test_a_warning_stands_under_the_caption():
    _, row, _, words = Explorer(warns, "a logarithm", {"a": (1, 3)})._widgets().children
    row.children[0].value = 1
    assert words.value.startswith("<p><b>Logarithm 2.</b></p>")
    assert "RuntimeWarning: divide by zero" in words.value and "<code>ax.set_title" in words.value
    row.children[0].value = 2
    assert words.value == "<p><b>Logarithm 3.</b></p>"


def test_a_ready_made_widget_starts_where_the_figure_does():
    class Mine(ipywidgets.IntSlider):
        pass

    knob = Mine(3, 1, 3)
    figure = Explorer(wave, "a wave", {"a": knob})
    figure._widgets()
    assert knob.value == figure.values["a"] == 1
