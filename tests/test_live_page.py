"""Live figures on a page, in a real browser: a small page with the book's own script and style."""

import io
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.application import Sphinx

from nnbook_lib.live import Explorer, stops

sys.path.insert(0, str(Path(__file__).parents[1] / "book" / "_ext"))
from nnbook_site import anchors, frames

STATIC = Path(frames.__file__).parent / "static"
SCRIPTS, SHEETS = ["live.js"], ["site.css", "figures.css", "phone.css", "print.css"]


def wave(fig, periods=2, shape="sine", loud=False):
    x = np.linspace(0, 1, 30)
    y = np.sin(2 * np.pi * periods * x)
    ax = fig.subplots()
    ax.plot(x, (np.sign(y) if shape == "square" else y) * (1 + loud), label=shape)
    ax.set(xlim=(0, 1), ylim=(-2, 2) if loud else (-1, 1))
    return f"It swings {periods} times. The shape is {shape}."


KNOBS = {"periods": stops(1, 2, 5, 10), "shape": ["sine", "square"], "loud": False}
PRESETS = {
    "Ten, square": {"periods": 10, "shape": "square"},
    "Loud": {"loud": True},
}


def page(folder, *figures, text=""):
    """The address of a page with these figures, as the site has them."""
    body = "".join(figure.page(folder / "cache") for figure in figures)
    app = SimpleNamespace(outdir=folder, builder=SimpleNamespace(format="html"))
    context = {"body": body, "pathto": lambda name, _: name}
    frames.move_out(app, "page", "page.html", context, None)
    head = "".join(f'<link rel="stylesheet" href="{(STATIC / s).as_uri()}">' for s in SHEETS)
    head += "".join(f'<script defer src="{(STATIC / s).as_uri()}"></script>' for s in SCRIPTS)
    (folder / "page.html").write_text(
        '<!doctype html><html data-theme="light"><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width, initial-scale=1">{head}<body style="margin: 0">'
        f'<article class="bd-article" style="padding: 0 16px">{text}{context["body"]}'
        '<p style="height: 1500px">after</p></article>',
        encoding="utf-8",
    )
    return (folder / "page.html").as_uri()


@pytest.fixture
def waves(tmp_path):
    above = (
        '<p><a href="#live-wave--ten-square">set it so</a></p><p style="height: 1500px">before</p>'
    )
    return page(tmp_path, Explorer(wave, "A wave", KNOBS, PRESETS), text=above)


CAPTION = "#live-wave figcaption"
TEN = "It swings 10 times. The shape is square."


def reads(seen, words):
    """Wait until the caption says it."""
    seen.wait_for_function(
        "([at, words]) => document.querySelector(at).innerText === words", arg=[CAPTION, words]
    )


def in_view(seen):
    seen.locator("#live-wave svg").first.wait_for()
    return seen.evaluate(
        "() => { const { top } = document.querySelector('#live-wave')"
        ".getBoundingClientRect(); return 0 <= top && top < innerHeight }"
    )


def test_a_link_sets_the_figure_and_leads_to_it(waves, visit):
    seen = visit(waves)
    for _ in range(2):
        seen.get_by_text("set it so").click()
        reads(seen, TEN)
        assert in_view(seen)
        seen.get_by_label("periods").press("Home")
        reads(seen, "It swings 1 times. The shape is square.")
    again = visit(f"{waves}#live-wave--ten-square")
    reads(again, TEN)
    assert in_view(again) and seen.complaints == again.complaints == []


def test_a_chip_sets_every_control_those_it_does_not_name_to_their_start(waves, visit):
    seen = visit(waves)
    seen.get_by_role("button", name="Ten, square").click()
    reads(seen, TEN)
    seen.get_by_role("button", name="Loud").click()
    reads(seen, "It swings 2 times. The shape is sine.")
    assert seen.get_by_label("loud").is_checked()


WRONG = {
    "no dict": (["deep"], "presets wants a dict, {label: {control: value}}"),
    "no label": ({"": {}}, "a preset's label is ''; wanted words"),
    "no letter": ({"?!": {}}, "a preset's label is '?!'; wanted words"),
    "no word": ({3: {}}, "a preset's label is 3; wanted words"),
    "one link": ({"Two, ReLU": {}, "two relu": {}}, "presets 'Two, ReLU' and 'two relu' have one link"),
    "no setting": ({"Ten": 10}, "preset 'Ten' wants a dict, {control: value}; got int 10"),
    "no control": ({"Ten": {"depth": 10}}, "preset 'Ten' sets 'depth', which is no control; the "),
    "no such value": ({"Six": {"periods": 6}}, "preset 'Six': periods=6 is not on its grid: 1, 2, 5, 10"),
    "no such word": ({"Saw": {"shape": "saw"}}, "preset 'Saw': shape='saw' is not on its grid: sine, square"),
}  # fmt: skip


@pytest.mark.parametrize(("presets", "words"), WRONG.values(), ids=WRONG)
def test_a_preset_that_cannot_be_is_refused_with_a_remedy(presets, words):
    with pytest.raises(ValueError, match=re.escape(f"live figure wave: {words}")):
        Explorer(wave, "A wave", KNOBS, presets)


def test_in_a_notebook_presets_are_buttons():
    figure = Explorer(wave, "A wave", KNOBS, PRESETS)
    chips = figure._widgets().children[0].children
    assert [chip.description for chip in chips] == list(PRESETS)
    chips[0].click()
    assert figure.caption == TEN and figure.values == {
        "periods": 10,
        "shape": "square",
        "loud": False,
    }


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
    assert warnings.getvalue().count("WARNING") == 1 and "live-wave--nine" in warnings.getvalue()
