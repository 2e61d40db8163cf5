"""Live figures on a page, in a real browser: small pages with the book's own scripts and styles."""

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.application import Sphinx
from test_live import unpack

from nnbook_lib import plotting
from nnbook_lib.in_page import explorers
from nnbook_lib.live import Explorer, ghost, play, stops

from conftest import DESK, PHONE

sys.path.insert(0, str(Path(__file__).parents[1] / "book" / "_ext"))
from nnbook_site import anchors, frames

HERE = Path(frames.__file__).parent
SCRIPTS = ["static/ghost.js", "static/live.js", "in_page/clean.js", "in_page/explorer.js"]
SHEETS = ["site.css", "figures.css", "phone.css", "print.css"]


def wave(fig, periods=2, shape="sine", loud=False):
    x = np.linspace(0, 1, 30)
    y = np.sin(2 * np.pi * periods * x)
    y = {"sine": y, "square": np.sign(y), "flat": 0 * y}[shape] * (1 + loud)
    ax = fig.subplots()
    ax.plot(x, y, "o-")
    ax.plot(x, 0 * x, "--")
    ax.text(0.5, 0.5, f"{periods} times")
    ax.set(xlim=(0, 1), ylim=(-1, 1) if shape != "square" else (-2, 2))
    swings = "does not swing" if shape == "flat" else f"swings {periods} times{' loudly' * loud}"
    return f"It {swings}. The shape is {shape}."


def flat(fig, periods=2, shape="sine", loud=False):
    """A figure in which periods and loudness change nothing where the shape is flat."""
    return wave(fig, 0 if shape == "flat" else periods, shape, loud)


def told(fig, word=1, none=1):
    """A figure whose word changes the caption alone, and `none` nothing at all."""
    fig.subplots().plot([0, 1])
    return f"The word is {word}."


def heat(fig, power=1):
    fig.subplots().imshow(np.arange(9).reshape(3, 3) ** power)
    return f"To the power {power}. A plane."


KNOBS = {"periods": stops(1, 2, 5, 10), "shape": ["sine", "square", "flat"], "loud": False}
PRESETS = {"Ten, square": {"periods": 10, "shape": "square"}, "Loud": {"loud": True}}
TEN, TWO = "It swings 10 times. The shape is square.", "It swings 2 times. The shape is sine."
FIVE = "It swings 5 times. The shape is sine."
HIGH = '<p style="height: 1500px">much text</p>'
LINK = '<p><a href="#live-wave--ten-square">set it so</a></p>'


def page(folder, *figures, text=""):
    """The address of a page with these figures, as the site has them."""
    body = "".join(figure.page(folder / "cache") for figure in figures)
    app = SimpleNamespace(outdir=folder, builder=SimpleNamespace(format="html"))
    context = {"body": body, "pathto": lambda name, _: name}
    frames.move_out(app, "page", "page.html", context, None)
    sheets = [f'<link rel="stylesheet" href="{(HERE / "static" / s).as_uri()}">' for s in SHEETS]
    scripts = [f'<script defer src="{(HERE / script).as_uri()}"></script>' for script in SCRIPTS]
    (folder / "page.html").write_text(
        '<!doctype html><html lang="en" data-theme="light"><meta charset="utf-8"><meta '
        f'name="viewport" content="width=device-width, initial-scale=1">{"".join(sheets + scripts)}'
        f'<body style="margin: 0 16px"><article class="bd-article">{text}'
        f"{context['body']}{HIGH}</article>",
        encoding="utf-8",
    )
    return (folder / "page.html").as_uri()


@pytest.fixture
def waves(tmp_path):
    return page(tmp_path, Explorer(wave, "A wave", KNOBS, PRESETS), text=LINK + HIGH)


def reads(seen, words, figure="figure"):
    """Wait until the caption says it."""
    seen.wait_for_function(
        "([at, words]) => document.querySelector(at).innerText === words",
        arg=[f"{figure} figcaption", words],
    )


def at_top(seen):
    """Whether the figure begins in the upper part of the screen."""
    return seen.evaluate(
        "() => { const { top } = document.querySelector('figure').getBoundingClientRect();"
        "return 0 <= top && top < innerHeight / 2 }"
    )


# Presets -------------------------------------------------------------------------------------


def test_a_link_sets_the_figure_and_leads_to_it(waves, visit):
    seen = visit(waves, viewport=PHONE)  # where the button is far below the figure's top
    for _ in range(2):
        seen.get_by_text("set it so").click()
        reads(seen, TEN)
        assert at_top(seen)
        seen.get_by_label("periods").press("Home")
        reads(seen, "It swings 1 times. The shape is square.")
    again = visit(f"{waves}#live-wave--ten-square", viewport=PHONE)
    reads(again, TEN)
    assert at_top(again) and seen.complaints == again.complaints == []
    still = visit(f"{waves}#live-wave--ten-square", java_script_enabled=False)
    box = still.locator("figure").bounding_box()
    assert -box["height"] / 2 < box["y"] < DESK["height"] / 2


def test_a_chip_sets_every_control_those_it_does_not_name_to_their_start(waves, visit):
    seen = visit(waves)
    ten, loud = (seen.get_by_role("button", name=name) for name in PRESETS)
    ten.click()
    reads(seen, TEN)
    assert (ten.get_attribute("aria-pressed"), loud.get_attribute("aria-pressed")) == (
        "true",
        "false",
    )
    loud.click()
    reads(seen, "It swings 2 times loudly. The shape is sine.")
    assert seen.get_by_label("loud").is_checked()
    seen.get_by_role("button", name="Reset").click()
    reads(seen, TWO)


WRONG = {
    "no dict": (["deep"], "presets wants a dict, {label: {control: value}}"),
    "no label": ({"": {}}, "a preset's label is ''; wanted words"),
    "no letter": ({"?!": {}}, "a preset's label is '?!'; wanted words"),
    "no word": ({3: {}}, "a preset's label is 3; wanted words"),
    "one link": ({"Two, ReLU": {}, "two relu": {}}, "'Two, ReLU' and 'two relu' have one link"),
    "no setting": ({"Ten": 10}, "preset 'Ten' wants a dict, {control: value}; got int 10"),
    "no control": ({"Ten": {"depth": 10}}, "preset 'Ten' sets 'depth', which is no control; the "),
    "no such value": ({"Six": {"periods": 6}}, "periods=6 is not on its grid: 1, 2, 5, 10"),
    "no such word": ({"Saw": {"shape": "saw"}}, "shape='saw' is not on its grid: sine, square"),
}


@pytest.mark.parametrize(("presets", "words"), WRONG.values(), ids=WRONG)
def test_a_preset_that_cannot_be_is_refused_with_a_remedy(presets, words):
    with pytest.raises(ValueError, match="live figure wave: ") as refused:
        Explorer(wave, "A wave", KNOBS, presets)
    assert words in str(refused.value)


def test_on_the_site_a_text_links_to_a_preset(tmp_path):
    figure = Explorer(wave, "A wave", KNOBS, PRESETS).page(tmp_path)
    link, bad = "[set](#live-wave--ten-square)", "[bad](#live-wave--nine)"
    (tmp_path / "one.md").write_text(f"# One\n\n{link} {bad}\n\nFIGURE\n")
    (tmp_path / "index.md").write_text(
        "# Book\n\n[there](one.md#live-wave--ten-square)\n\n```{toctree}\none\n```\n"
    )
    warnings = io.StringIO()
    folders = tmp_path, None, tmp_path / "html", tmp_path / "doctrees"
    app = Sphinx(*folders, "html", {"extensions": ["myst_parser"]}, status=None, warning=warnings)

    def shown(app, doctree):  # what a cell has shown
        for words in [*doctree.findall(nodes.paragraph)]:
            if words.astext() == "FIGURE":
                words.replace_self(nodes.raw("", figure, format="html"))

    app.connect("doctree-read", shown, priority=100)
    app.connect("doctree-read", anchors.collect)
    app.connect("doctree-resolved", anchors.show)
    app.build()
    one, home = (
        BeautifulSoup((tmp_path / "html" / f"{name}.html").read_text(), "html.parser")
        for name in ("one", "index")
    )
    assert one.find("a", string="set")["href"] == "#live-wave--ten-square"
    assert home.find("a", string="there")["href"] == "one.html#live-wave--ten-square"
    assert one.find(id="live-wave--ten-square").get_text() == "Ten, square"
    assert (
        warnings.getvalue().count("xref_missing") == 1 and "live-wave--nine" in warnings.getvalue()
    )


# Controls ------------------------------------------------------------------------------------


def test_a_few_short_options_are_buttons_that_the_keyboard_moves(waves, visit):
    seen = visit(waves)
    shapes = seen.get_by_role("radiogroup", name="shape")
    shapes.get_by_label("sine").press("ArrowRight")
    reads(seen, "It swings 2 times. The shape is square.")
    assert shapes.get_by_label("square").is_checked()
    shapes.get_by_label("flat").check()
    reads(seen, "It does not swing. The shape is flat.")


@pytest.mark.parametrize(
    ("options", "short"),
    [
        (["sine", "flat"], True),
        (["sine", "square", "flat", "saw"], True),
        (["sine", "square", "flat", "saw", "step"], False),
        (["sine", "the former, but with corners and jumps"], False),
        ([1, 2, 3], True),
    ],
)
def test_many_options_or_long_ones_are_a_menu(options, short, tmp_path):
    figure = Explorer(
        heat, "A wave", {"power": [(str(name), 1 + (name == "flat")) for name in options]}
    )
    assert (
        ("<fieldset" in figure.page(tmp_path)) is short is ("<select" not in figure.page(tmp_path))
    )
    knob = figure._widgets().children[1].children[0]
    assert type(knob).__name__ == ("ToggleButtons" if short else "Dropdown")


def test_a_control_that_changes_nothing_is_disabled_and_says_so(tmp_path, visit):
    presets = {"Flat": {"shape": "flat"}, "Sine": {}}
    words = Explorer(told, "A line", {"word": (1, 2), "none": (1, 2)})
    seen = visit(page(tmp_path, Explorer(flat, "A wave", KNOBS, presets), words))
    seen.locator("#live-told figcaption").hover()
    seen.wait_for_function("() => document.querySelector('[data-name=none]').disabled")
    assert seen.get_by_label("word").is_enabled()
    seen.locator("#live-told").evaluate("figure => figure.remove()")
    periods, loud = seen.get_by_label("periods"), seen.get_by_label("loud")
    for _ in range(2):
        seen.get_by_label("flat").check()
        reads(seen, "It does not swing. The shape is flat.")
        assert periods.is_disabled() and loud.is_disabled()
        assert seen.get_by_text("changes nothing here").count() == 2
        assert not seen.get_by_label("flat").is_disabled()
        seen.get_by_label("sine").check()
        reads(seen, TWO)
        assert periods.is_enabled() and not seen.get_by_text("changes nothing here").count()
    periods.focus()
    seen.evaluate("document.getElementById('live-flat--flat').click()")
    reads(seen, "It does not swing. The shape is flat.")
    assert periods.is_enabled() and loud.is_disabled()  # it has the focus
    seen.get_by_label("flat").focus()
    seen.wait_for_function("() => document.querySelector('[data-name=periods]').disabled")


BOXES = """() => [...document.querySelectorAll(
  ".live-controls :is(button, select, [type=range], [type=checkbox], fieldset label)")].map((one) => {
    const target = one.type === "checkbox" ? one.closest(".live-control, .live-last") : one;
    const { width, height } = target.getBoundingClientRect();
    return [one.outerHTML, width, height]; })"""
SIZE = "() => 12 * document.querySelector('figure svg').getBoundingClientRect().width / 403.2"


def test_on_a_phone_the_picture_stays_in_view_above_controls_for_a_finger(waves, visit):
    seen = visit(waves, viewport=PHONE)
    knob = seen.locator(
        "[data-name=loud]"
    )  # the last: by itself the picture would be above the screen
    knob.evaluate("knob => scrollTo(0, knob.getBoundingClientRect().top + scrollY - 340)")
    picture, box = seen.locator("figure svg").bounding_box(), knob.bounding_box()
    assert 48 <= picture["y"] and picture["y"] + picture["height"] <= box["y"]  # below the header
    assert (picture["x"], picture["width"]) == (0, PHONE["width"])
    assert seen.evaluate(SIZE) >= 11  # of text of 12 points
    small = [one for one in seen.evaluate(BOXES) if one[2] < 44 or one[1] < 24]
    row = seen.locator(".live-control", has_text="loud").bounding_box()
    seen.mouse.click(row["x"] + row["width"] - 5, row["y"] + 5)
    assert seen.get_by_label("loud").is_checked()
    assert small == [] and seen.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_on_a_desk_the_figure_is_as_wide_as_reads_well_and_its_controls_are_in_line(waves, visit):
    seen = visit(waves)
    assert (
        seen.locator("figure svg").bounding_box()["width"] == 640
    )  # 12 of its 403 units are 19 px
    lefts = {box.bounding_box()["x"] for box in seen.locator(".live-input").all()}
    assert len(lefts) == 1
    ticks = "r => getComputedStyle(r.parentElement).getPropertyValue('--ticks')"
    assert seen.get_by_label("periods").evaluate(ticks) == "3"


# The last setting, faint ---------------------------------------------------------------------


def line(svg):
    """The path of the wave."""
    return svg.locator(
        "xpath=.//*[name()='path'][@clip-path][contains(@style, '#0072b2')]"
    ).last.get_attribute("d")


def test_the_last_setting_stays_as_a_ghost(waves, visit):
    seen = visit(waves)
    svg, faint = seen.locator("figure svg"), seen.locator("figure .ghost")
    two = line(svg)
    seen.get_by_label("periods").press("ArrowRight")
    reads(seen, FIVE)
    assert faint.locator("path").get_attribute("d") == two != line(svg)
    assert faint.locator("text").count() == 0 and faint.locator("use").count() == 30
    order = "g => [...g.parentElement.children].indexOf(g) < g.parentElement.children.length - 1"
    assert faint.evaluate(order)  # what is drawn later lies on top
    seen.get_by_label("last setting").uncheck()
    faint.wait_for(state="detached")
    seen.get_by_label("last setting").check()
    faint.wait_for(state="attached")
    seen.get_by_role("button", name="Reset").click()
    reads(seen, TWO)
    assert line(svg) == two != faint.locator("path").get_attribute("d")


def test_one_pull_at_a_slider_has_one_ghost(waves, visit):
    seen = visit(waves)
    two = line(seen.locator("figure svg"))
    seen.get_by_label("periods").scroll_into_view_if_needed()
    box = seen.get_by_label("periods").bounding_box()
    across = [box["x"] + 8 + part * (box["width"] - 16) for part in (1 / 3, 2 / 3, 1)]
    seen.mouse.move(across[0], box["y"] + box["height"] / 2)
    seen.mouse.down()
    for x, words in zip(across[1:], (FIVE, "It swings 10 times. The shape is sine."), strict=True):
        seen.mouse.move(x, box["y"] + box["height"] / 2)
        reads(seen, words)
        assert seen.locator("figure .ghost path").get_attribute("d") == two
    seen.mouse.up()


def test_where_the_scale_has_changed_there_is_no_ghost_but_a_word(waves, visit):
    seen = visit(waves)
    seen.get_by_label("square").check()
    reads(seen, "It swings 2 times. The shape is square.")
    assert (
        not seen.locator("figure .ghost").count()
        and seen.get_by_text("the scale has changed").is_visible()
    )
    seen.get_by_label("periods").press("ArrowRight")
    reads(seen, "It swings 5 times. The shape is square.")
    assert (
        seen.locator("figure .ghost").count()
        and not seen.get_by_text("the scale has changed").count()
    )


def diagram(fig, power=1):
    ax = fig.subplots()
    ax.plot([0, power], [0, 1])
    ax.set(xlim=(0, 3), xticks=[], yticks=[])
    return f"{power} wide. A diagram."


def bare(fig, power=1):
    fig.subplots().axis("off")
    fig.axes[0].plot([0, power], [0, 1])
    return f"{power} wide. A diagram."


@pytest.mark.parametrize("draw", [heat, diagram, bare])
def test_a_heat_map_and_a_diagram_have_no_ghost(draw, tmp_path):
    figure = Explorer(draw, "A plane", {"power": (1, 3)})
    assert "live-ghost" not in figure.page(tmp_path) and "data-axes" not in figure.svg
    assert figure._widgets().children[0].children[0].layout.display == "none"


def test_a_page_and_a_notebook_lay_the_same_under_a_picture(waves, visit, tmp_path):
    held = unpack(Explorer(wave, "A wave", KNOBS).page(tmp_path))
    pictures = [[held["t"][i] for i in indices] for indices in held["f"]]
    pairs = [(a, b) for a in pictures for b in pictures]
    said = visit(waves).evaluate("pairs => pairs.map(([a, b]) => nnbook.ghost(a, b))", pairs)
    assert said == [list(ghost.with_ghost(a, b)) for a, b in pairs]
    assert {changed for _, changed in said} == {True, False}


def test_of_two_panels_each_has_its_own_axes_and_marks(tmp_path):
    def two(fig, n=1, wide=False):
        for k, ax in enumerate(fig.subplots(1, 2)):
            ax.bar([0, 1], [n, k])
            ax.plot([0, 1], [0, n], "s")
            ax.annotate("here", (0, n), (0.5, 2), arrowprops={"arrowstyle": "->"})
            ax.legend(["a"], loc="upper right")
            ax.set(xlim=(-1, 3 if wide and k else 2), ylim=(0, 4))
        return f"{n} and {wide}."

    figure = Explorer(two, "Two", {"n": (1, 3), "wide": False})
    one = figure.svg
    told, changed = ghost.laid_under(figure.set(n=2).svg, one)
    assert told.count('class="ghost"') == 2 and not changed
    faint = BeautifulSoup(told, "html.parser").select(".ghost")
    assert [len(each.select("path:not(defs path)")) for each in faint] == [1, 1]  # a bar; no arrow
    told, changed = ghost.laid_under(figure.set(wide=True).svg, one)
    assert told.count('class="ghost"') == 1 and changed


def test_the_key_of_a_curve_s_name_is_no_ghost():
    def named(fig, n=1):
        ax, x = fig.subplots(), np.arange(3.0)
        ax.set(xlim=(0, 2), ylim=(0, 9))
        plotting.curves(x, {"SGD": n * x, "Adam": n + x}, ax)
        return f"{n}."

    figure = Explorer(named, "Curves", {"n": (1, 3)})
    one = figure.svg
    told, _ = ghost.laid_under(figure.set(n=2).svg, one)
    (faint,) = BeautifulSoup(told, "html.parser").select(".ghost")
    assert len(faint.select("path")) == 2  # the curves


# Words ---------------------------------------------------------------------------------------


def test_the_first_sentence_is_bold_and_print_says_the_setting(waves, visit):
    seen = visit(waves)
    bold = seen.locator("figcaption b")
    assert bold.inner_text() == "It swings 2 times."
    seen.get_by_label("periods").press("ArrowRight")
    reads(seen, FIVE)
    assert bold.inner_text() == "It swings 5 times."
    setting = seen.locator(".live-setting")
    assert not setting.is_visible()
    seen.emulate_media(media="print")
    assert (
        setting.inner_text() == "Drawn for periods 5, shape sine, without loud."
        and setting.is_visible()
    )
    assert (
        not seen.locator(".live-controls").is_visible() and not seen.locator(".ghost").is_visible()
    )
    still = visit(waves, java_script_enabled=False)
    assert still.locator("figcaption b").inner_text() == "It swings 2 times."
    assert still.get_by_text("Drawn for periods 2, shape sine, without loud.").is_visible()
    assert not still.locator(".live-controls").is_visible()


# Where the page runs Python ------------------------------------------------------------------


def test_a_page_that_runs_python_has_the_same(waves, visit):
    seen = visit(waves)
    seen.expose_function("move", explorers.move)
    told = explorers.called.form(
        Explorer(
            wave,
            "A wave",
            KNOBS | {"periods": play(1, 3)},
            PRESETS | {"Ten, square": {"periods": 3}},
        )
    )
    seen.evaluate(
        "told => document.querySelector('article').replaceChildren(nnbook.explorer(told, { call:"
        "async (_, asked) => JSON.parse(await move(JSON.stringify(asked))) }).figure)",
        json.loads(json.dumps(told)),
    )
    assert seen.locator("figcaption b").inner_text() == "It swings 2 times."
    seen.get_by_role("radiogroup", name="shape").get_by_label("sine").press("ArrowRight")
    reads(seen, "It swings 2 times. The shape is square.")
    assert seen.get_by_text("the scale has changed").is_visible()
    seen.evaluate("location.hash = '#live-wave--ten-square'")
    reads(seen, "It swings 3 times. The shape is sine.")
    seen.get_by_role("button", name="Reset").click()
    reads(seen, TWO)
    seen.locator(".ghost").wait_for(state="attached")
    seen.get_by_label("last setting").uncheck()
    seen.locator(".ghost").wait_for(state="detached")
    assert seen.get_by_role("button", name="Play").count() == 1 and seen.complaints == []
