"""Colors for every name, and numbers on every logarithmic axis."""

from itertools import pairwise

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

import nnbook_lib as nn
from nnbook_lib import palette, plotting

OWN = ["sin", "swish", "leaky_relu(0.2)", "mish", "mine"]


def luminance(color):
    parts = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722] + 0.05


TWINS = plotting.COLORS["twin A"], plotting.COLORS["twin B"]


CYCLE = plotting.STYLE["axes.prop_cycle"].by_key()["color"]


@pytest.mark.parametrize("color", [*palette.SPARE, *TWINS, *CYCLE[2:]])
def test_a_spare_color_and_the_twins_are_seen_on_white_and_on_black_pages(color):
    assert luminance("#ffffff") / luminance(color) >= 3
    assert luminance(color) / luminance("#14181e") >= 3
    assert (*palette.SPARE, *plotting.COLORS.values(), *CYCLE).count(color) == 1


def test_a_name_of_ones_own_has_a_color_and_keeps_it():
    colors = palette.Colors(plotting.COLORS)
    first = [colors[name] for name in OWN]
    assert len(set(first)) == len(OWN) and set(first) <= set(palette.SPARE)
    assert [colors[name] for name in reversed(OWN)] == first[::-1]
    assert "sin" not in colors and colors["relu"] == plotting.COLORS["relu"]
    assert colors[nn.relu] == colors["relu"]
    assert colors[nn.leaky_relu_with(0.2)] == colors["leaky_relu(0.2)"]
    many = [colors[f"number {k}"] for k in range(50)]
    assert set(many) <= set(palette.SPARE)


def test_names_are_written_as_the_book_does_or_as_they_are():
    assert [plotting.NAMES[name] for name in ("relu", nn.relu, "sin")] == ["ReLU", "ReLU", "sin"]


def test_a_curve_of_ones_own_activation_has_its_color(monkeypatch):
    monkeypatch.setitem(nn.ACTIVATIONS, "sin", nn.Activation("sin", np.sin, np.cos))
    ax = plotting.curves(np.arange(3), {"sin": np.ones(3), "runs": np.ones(3)}, Figure().subplots())
    shown = [line.get_color() for line in ax.lines[:2]]
    assert shown[0] == plotting.COLORS["sin"] != shown[1]


SPANS = {f"{d:g} decades from 3": [3, 3 * 10.0**d] for d in (0.01, 0.2, 0.8, 1, 1.5, 2, 5, 13, 40)}
SPANS |= {"0.2 to 0.9": [0.2, 0.9], "2 to 3": [2, 3], "2.1 to 2.2": [2.1, 2.2], "equal": [0.5] * 3}
SPANS |= {"ones": [1, 1], "zeros among": [0, 0.3, 0.5], "zeros": [0, 0], "no numbers": [np.nan] * 3}
SPANS |= {"tiny": [3e-7, 8e-7], "large": [5e5, 9e5], "about 100": [99, 101], "one": [7]}
SPANS |= {"rounding errors": [1, 1 + 1e-12], "infinite": [1, 2, np.inf], "1e-300": [1e-300, 1e-290]}
SPANS |= {"up to 1e290": [1e150, 1e290]}


@pytest.mark.parametrize("size", [(5.6, 3.4), (5.6, 1.7)], ids=["high", "low"])
@pytest.mark.parametrize("span", SPANS.values(), ids=SPANS)
def test_a_logarithmic_axis_has_two_numbers_and_none_runs_into_another(span, size):
    with matplotlib.rc_context(plotting.STYLE):
        fig = Figure(figsize=size, layout="constrained")
        canvas = FigureCanvasAgg(fig)
        ax = plotting.by_layer(np.array(span, float), fig.subplots(), log=True, what="δ")
        canvas.draw()
        low, high = ax.get_ylim()
        texts = [t for t in ax.get_yticklabels() if low <= t.get_position()[1] <= high]
        texts = [t for t in texts if t.get_text()]
        boxes = [t.get_window_extent(canvas.get_renderer()) for t in texts]
    assert len(texts) >= 2 and len({t.get_text() for t in texts}) == len(texts)
    assert all(one.y1 <= other.y0 for one, other in pairwise(boxes))


@pytest.mark.parametrize(
    ("limits", "labels"),
    [
        ((0.09, 110), ["10⁻¹", "10⁰", "10¹", "10²"]),
        ((0.18, 4), ["0.2", "0.5", "1", "2"]),
        (
            (2e-7, 3.1e-7),
            [
                "2\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10⁻⁷",
                "3\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10⁻⁷",
            ],
        ),
    ],
)
def test_powers_are_written_as_such_where_there_are_enough(limits, labels):
    fig = Figure()
    FigureCanvasAgg(fig)
    ax = plotting.by_layer(np.array([1.0]), fig.subplots(), log=True)
    ax.set_ylim(limits)
    ticks = [t for t in ax.yaxis.get_majorticklocs() if limits[0] <= t <= limits[1]]
    assert ax.yaxis.get_major_formatter().format_ticks(ticks) == labels
