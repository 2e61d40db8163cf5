"""The built site in a real browser: every page, and every live figure on it.

What is tested is collected from _build/html, not listed here. Without the site, or without
Chromium and playwright, these tests are skipped; where CI is set, that is a failure.
"""

import base64
import gzip
import json
import math
import re
import unicodedata
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urlsplit

import nbformat
import numpy as np
import pytest

import axe
from conftest import DESK, PHONE, SITE, missing, optional, visited

BOOK = Path(__file__).parents[1] / "book"
NOTEBOOKS = sorted(BOOK.rglob("*.ipynb"))
PAGES = [  # without index.html, which leads on to the first page, what JupyterLite and the theme bring
    str(p.relative_to(SITE))
    for p in sorted(SITE.rglob("*.html"))
    if not {"_static", "lite"} & set(p.relative_to(SITE).parts)
    and "http-equiv" not in p.read_text(encoding="utf-8")[:300]
]
LIVE = re.compile(r'<figure class="live" id="([^"]+)"')
FRAMES = re.compile(r'data-frames="([^"]+)"')
HELD = re.compile(r'^document\.currentScript\.frames = "([^"]+)";\n$')


def html(page):
    return (SITE / page).read_text(encoding="utf-8")


FIGURES = {page: LIVE.findall(html(page)) for page in PAGES}
FIGURES = {page: names for page, names in FIGURES.items() if names}
# One page of each folder: what is the same script and the same path on every page is tried on these.
SOME = list({page.rpartition("/")[0]: page for page in reversed(FIGURES)}.values())
# In a module's scope: all tests of a page one after the other, so that it is opened once for them.
each_page = pytest.mark.parametrize("page", PAGES or ["no site"], scope="module")
each_live_page = pytest.mark.parametrize("page", FIGURES or ["no site"], scope="module")
some_live_pages = pytest.mark.parametrize("page", SOME or ["no site"], scope="module")


@pytest.fixture(scope="session", autouse=True)
def site():
    if not FIGURES:
        missing("no built site with live figures in _build/html: run make book first")


@pytest.fixture(scope="module")
def opened(page, browser, address):
    """The page over http, opened on a phone, and the same for all tests of this page."""
    with visited(browser, address + page, viewport=PHONE) as opened:
        yield opened


def unfolded(page):
    """The page with all that is deeper in sight."""
    page.evaluate(
        "document.querySelectorAll('details.deeper').forEach((one) => { one.open = true })"
    )
    return page


@pytest.fixture
def seen(opened):
    """The opened page on a desk, unfolded, with every figure as it was at first."""
    unfolded(opened)
    opened.set_viewport_size(DESK)
    opened.emulate_media(media="screen", color_scheme="light")
    opened.evaluate("document.querySelectorAll('.live-reset').forEach((reset) => reset.click())")
    opened.complaints.clear()
    return opened


# Every page ----------------------------------------------------------------------------------


AT_REST = "document.fonts.ready.then(() => new Promise(requestIdleCallback)).then(() => 0)"


@each_page
def test_a_page_is_quiet_asks_nobody_and_fits_a_phone(opened):
    opened.evaluate(AT_REST)
    assert opened.complaints == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


UNFOLDED = """() => {
  const shut = [...document.querySelectorAll("details:not([open])")];
  for (const one of shut) one.open = true;
  const pres = [...document.querySelectorAll("pre")];
  const told = (ones) => ones.map((one) => [one.className, one.textContent]);
  const wide = told(pres.filter((one) => one.scrollWidth > one.clientWidth));
  const split = told(pres.filter((one) => {
    getSelection().selectAllChildren(one);
    return getSelection().toString().trimEnd() !== one.textContent.trimEnd();
  }));
  getSelection().empty();
  for (const one of shut) one.open = false;
  return [wide, split];
}"""
GAP = re.compile(r"\S {2,}\S|^ ?\[\[", re.M)


@each_page
def test_code_wraps_on_a_phone_columns_stay_and_both_are_copied_as_written(opened):
    opened.set_viewport_size({"width": 375, "height": 812})
    wide, split = opened.evaluate(UNFOLDED)
    opened.set_viewport_size(PHONE)
    assert all(name == "columns" and GAP.search(text) for name, text in wide)
    assert split == []


FIRST_VIEW = """() => [
  document.querySelectorAll("*").length,
  performance.getEntriesByType("resource").map((entry) => entry.name),
]"""


@each_page
def test_a_page_is_light(page, opened):
    """Gzipped, 250 kB at first sight with all that is asked for, in 7,500 elements; 200 kB of frames."""
    opened.evaluate(AT_REST)
    elements, asked = opened.evaluate(FIRST_VIEW)
    files = {SITE / page} | {SITE / urlsplit(url).path[1:] for url in asked if url[:5] != "data:"}
    frames = {frames_file(page, name) for name in FRAMES.findall(html(page))}
    first = sum(len(gzip.compress(file.read_bytes())) for file in files - frames)
    assert first <= 250_000 and elements <= 7500
    assert sum(file.stat().st_size for file in frames) * 3 / 4 <= 200_000
    scripts = "live.js", "ghost.js"
    assert sum(len(gzip.compress((SITE / "_static" / s).read_bytes())) for s in scripts) <= 6000


@each_page
def test_code_of_78_letters_fits_a_laptop(seen):
    """In a notebook's cells; what is folded has less room."""
    unwrapped = seen.add_style_tag(content=".cell_input pre { white-space: pre !important }")
    wide = """pres => pres.filter((p) => !p.closest("details") && p.scrollWidth > p.clientWidth)
      .map((p) => p.textContent)"""
    found = seen.locator(".cell_input pre:visible").evaluate_all(wide)
    unwrapped.evaluate("style => style.remove()")
    assert found == []


SHOWN = re.compile(r"^<Figure size", re.M)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_picture_that_a_notebook_draws_is_on_its_page(path):
    """As many as its stored outputs name, each with its text alternative."""
    outputs = [o for c in nbformat.read(path, 4).cells for o in c.get("outputs", [])]
    texts = [o["data"].get("text/plain", "") for o in outputs if "data" in o]
    page = html(path.relative_to(BOOK).with_suffix(".html"))
    pictures = re.findall(r'<div class="plot[^>]*><svg role="img" aria-label="([^"]*)"', page)
    assert len(pictures) == sum(len(SHOWN.findall(text)) for text in texts)
    assert all(pictures)


@each_page
def test_axe_finds_nothing(seen):
    assert axe.all_but_colors(axe.in_theme(seen, "light")) == []


@each_page
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_ink_stands_out_from_its_ground(seen, theme):
    assert axe.colors(axe.in_theme(seen, theme)) == []


class Parsed(HTMLParser):
    """A page's links, the anchors they may point to, and images without a text alternative."""

    def __init__(self, page):
        super().__init__()
        self.links, self.anchors, self.mute = [], {""}, []
        self.feed(html(page))

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        self.anchors.add(a.get("id"))
        if tag in ("a", "link") and "href" in a:
            self.links.append(a["href"])
        if tag in ("script", "img") and "src" in a:
            self.links.append(a["src"])
        text = (
            a.get("alt")
            if tag == "img"
            else a.get("aria-label", "")
            if a.get("role") == "img"
            else "."
        )
        # an empty alt is for decoration only: the logo, whose name stands beside it
        if text is None or (not text.strip() and "logo" not in a.get("class", "")):
            self.mute.append(self.get_starttag_text()[:120])


parsed_page = cache(Parsed)


@each_page
def test_links_lead_somewhere_and_images_have_words(page):
    parsed = parsed_page(page)
    broken = []
    for link in parsed.links:
        path, anchor = urldefrag(link)
        if re.match(r"[a-z]+:", path):
            continue
        target = (SITE / page).parent / unquote(path.split("?")[0]) if path else SITE / page
        if not target.exists():
            broken.append(link)
        elif anchor and target.suffix == ".html":
            there = parsed_page(str(target.resolve().relative_to(SITE.resolve())))
            if unquote(anchor) not in there.anchors:
                broken.append(link)
    assert broken == [] and parsed.mute == []


def test_nothing_is_on_the_site_that_no_page_asks_for():
    """Of Python's files, test_runtime.py says which are there."""
    static = [f for f in (SITE / "_static").rglob("*") if f.is_file() and f.name != "LICENSE"]
    static = [f for f in static if "python" not in f.relative_to(SITE).parts]
    asking = [SITE / page for page in PAGES] + [f for f in static if f.suffix in (".css", ".js")]
    asking.append(SITE / "manifest.webmanifest")
    text = "\n".join(file.read_text(encoding="utf-8") for file in asking)
    unasked = [str(f.relative_to(SITE)) for f in static if f.name not in text]
    assert unasked == []


ITALIC = {  # the letter that a browser draws for one that stands alone in an <mi>
    unicodedata.normalize("NFKC", chr(c)): c
    for c in (0x210E, *range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C))
}


def test_the_font_has_every_letter_of_every_formula():
    font = optional("fontTools.ttLib").TTFont(SITE / "_static/fonts/stix-two-math.woff2")
    assert "MATH" in font  # how far a script is raised, what a tall brace is made of
    maths = re.findall(r"<math.*?</math>", "".join(map(html, PAGES)), re.S)
    assert len(maths) > 1000
    letters = {c for math in maths for c in unescape(re.sub("<[^>]+>", "", math))} - {"\n"}
    drawn = {ITALIC.get(c, ord(c)) for c in letters} | {ord(c) for c in letters}
    assert [chr(c) for c in drawn - set(font.getBestCmap())] == []


# Every live figure ---------------------------------------------------------------------------


LOOK = """async (name) => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame(); await frame();
  while (document.querySelector("figure.live[aria-busy]")) await frame();
  await frame();
  const figure = document.getElementById(name), svg = figure.querySelector("svg").cloneNode(true);
  for (const ghost of svg.querySelectorAll(".ghost")) ghost.remove();
  return [svg.innerHTML, figure.querySelector("figcaption").innerText];
}"""


def picture(page, name):
    """What a reader of the figure sees, the drawing without its ghost and the caption, once the last
    movement is painted, however slow the machine.
    """
    return tuple(page.evaluate(LOOK, name))


def controls(page, name):
    return page.locator(f"#{name} [data-name]").all()


def keys(control):
    """Keys that move a control through its values, from its start and back."""
    kind = control.evaluate("c => c.type")
    if kind == "fieldset":
        at_end = control.evaluate("c => c.querySelector('label:last-of-type input').checked")
        return ["ArrowUp" if at_end else "ArrowDown"] * 2
    if kind == "checkbox":
        return ["Space"]
    if kind == "range":
        at_end = control.evaluate("c => c.value === c.max")
        return ["ArrowLeft" if at_end else "ArrowRight", "Home", "End"]
    last = control.evaluate("c => c.selectedIndex === c.options.length - 1")
    return ["ArrowUp" if last else "ArrowDown"] * 2


def focus(control):
    control.evaluate("c => (c.querySelector('input:checked') ?? c).focus()")


def watch_it_move(page, name, control):
    """(drawings, captions) seen while the control is moved by its keys."""
    focus(control)
    seen = [picture(page, name)]
    for key in keys(control):
        page.keyboard.press(key)
        seen.append(picture(page, name))
    return map(set, zip(*seen, strict=True))


def check_alive(page, name):
    """From where the figure opens, every control, moved by keyboard, changes the picture and the
    caption; Reset undoes it.
    """
    at_first = picture(page, name)
    assert page.locator(f"#{name} .live-controls").is_visible(), f"{name} has no controls"
    for control in controls(page, name):
        which = f"{name}: {control.get_attribute('data-name')}"
        drawings, captions = watch_it_move(page, name, control)
        assert len(drawings) > 1, f"{which} does not change the picture"
        assert len(captions) > 1, f"{which} does not change the caption"
        page.locator(f"#{name} .live-reset").click()
        assert picture(page, name) == at_first, f"{which}: Reset does not bring the start back"


@each_live_page
def test_every_control_moves_its_figure(page, seen):
    for name in FIGURES[page]:
        check_alive(seen, name)
    assert seen.complaints == []


@some_live_pages
def test_figures_live_in_a_folder_too(page, visit):
    """There a page gets its script and its frames without a server. That the frames of every page lie
    where it says, from wherever it is opened, test_every_frame_is_there has seen.
    """
    seen = unfolded(visit((SITE / page).as_uri(), offline=True))
    for name in FIGURES[page]:
        check_alive(seen, name)
    assert seen.complaints == []


@each_live_page
def test_figures_can_be_shared_by_the_address(page, seen, visit):
    """Whoever opens it, or has the page open already, finds them as they were left."""
    moved = []
    for name in FIGURES[page]:
        for control in controls(seen, name):
            picture(seen, name)  # painted: what the last movement has disabled is disabled now
            if control.is_disabled():
                continue  # it changes nothing where those before it stand now
            focus(control)
            seen.keyboard.press(keys(control)[0])
            moved.append(f"{name}.{control.get_attribute('data-name')}=")
    seen.wait_for_function("all => all.every((one) => location.hash.includes(one))", arg=moved)
    left, shared = [picture(seen, name) for name in FIGURES[page]], seen.evaluate("location.href")
    if page in SOME:
        again = unfolded(visit(shared))
        assert [picture(again, name) for name in FIGURES[page]] == left
    for reset in seen.locator(".live-reset").all():
        reset.evaluate("reset => reset.click()")
    seen.wait_for_function("!location.hash")
    seen.evaluate("url => { location.href = url }", shared)
    assert [picture(seen, name) for name in FIGURES[page]] == left


LABELS = """c => c.matches("fieldset") ? [...c.querySelectorAll("label")].map((one) => one.textContent)
  : c.options ? [...c.options].map((option) => option.text)
  : c.type === "checkbox" ? ["off", "on"] : c.dataset.labels.split("|")"""
HOSTILE = ["<img src=x onerror=alert(1)>", "99999", "", "%E0%A4%A", "__proto__", "constructor"]


@some_live_pages
def test_a_hostile_address_is_ignored(page, seen, address, visit):
    name = FIGURES[page][0]
    start, first = picture(seen, name), controls(seen, name)[0].get_attribute("data-name")
    good = controls(seen, name)[-1]
    hashes = [
        f"{figure}.{control}={bad}"
        for bad in HOSTILE
        for figure, control in [(name, first), (name, bad), (bad, first), ("__proto__", first)]
    ]
    labels = good.evaluate(LABELS)
    half_good = [
        f"{name}.{good.get_attribute('data-name')}={quote(label)}&{name}.{first}=99999"
        for label in (labels[0], labels[-1])  # one of them moves it
    ]
    for attempt in hashes + half_good:
        seen.evaluate("hash => { location.hash = hash }", attempt)
        assert picture(seen, name) == start, attempt
    fresh = visit(f"{address}{page}#{'&'.join(hashes)}")
    assert picture(fresh, name) == start and seen.complaints == fresh.complaints == []


def check_still(page, name):
    """The figure's picture is in sight, and no control that moves nothing there."""
    assert page.locator(f"#{name} svg").is_visible()
    assert not page.locator(f"#{name} .live-controls").is_visible()


@each_live_page
def test_in_print_the_first_pictures_stand(page, seen):
    seen.emulate_media(media="print")
    for name in FIGURES[page]:
        check_still(seen, name)


@some_live_pages
def test_without_script_the_first_pictures_stand(page, address, visit):
    """The picture and the caption of every figure are in its page: see test_every_frame_is_there."""
    still = visit(address + page, java_script_enabled=False)
    for name in FIGURES[page]:
        if not still.locator(f"details.deeper #{name}").count():  # the summary opens it
            check_still(still, name)


def frames_file(page, name):
    return ((SITE / page).parent / name).resolve()


def held_by(page, name):
    """What the script with a figure's frames sets."""
    script = frames_file(page, name).read_text(encoding="utf-8")
    return json.loads(gzip.decompress(base64.b64decode(HELD.match(script)[1])))


def packed(page):
    """Of each live figure of the page: its name, its controls as {name: (start, labels)}, and its
    frames as frames.pack made them.
    """
    for name, figure in re.findall(LIVE.pattern + "(.*?)</figure>", html(page), re.S):
        knobs = {}
        for knob in re.findall('class="live-control">.*?</div>', figure, re.S):
            options = "<option[^>]*>([^<]*)<|<input type=.radio.[^>]*><span>([^<]*)<"
            labels = ["".join(found) for found in re.findall(options, knob)] or ["off", "on"]
            if slider := re.search('data-labels="([^"]*)"', knob):
                labels = slider[1].split("|")
            start = int(re.search(r'data-start="(\d+)"', knob)[1])
            knobs[re.search('data-name="([^"]+)"', knob)[1]] = start, labels
        yield name, knobs, held_by(page, FRAMES.search(figure)[1])


CARRIED = re.compile(r"<svg\b.{500,}?</svg>.*?<figcaption\b[^>]*>.*?\w.*?</figcaption>", re.S)


@each_live_page
def test_every_frame_is_there(page):
    """In its file; and the first one, with its caption, on the page itself."""
    figures = re.findall(LIVE.pattern + "(.*?)</figure>", html(page), re.S)
    assert [name for name, figure in figures if CARRIED.search(figure)] == FIGURES[page]
    assert len(set(FIGURES[page])) == len(FIGURES[page])
    for name, knobs, held in packed(page):
        size = math.prod(len(labels) for _, labels in knobs.values())
        assert len(held["f"]) == len(held["c"]) == size > 1, name
        for pieces, caption in zip(held["f"], held["c"], strict=True):
            assert caption.strip() and len("".join(held["t"][i] for i in pieces)) > 500, name


@each_live_page
def test_every_control_does_something_where_its_figure_opens(page):
    """Whatever value of a single control a reader tries first, the picture or the caption changes:
    a control that seems dead is taken for broken.
    """
    dead = []
    for name, knobs, held in packed(page):
        grid = np.arange(len(held["f"])).reshape([len(labels) for _, labels in knobs.values()])
        opening = tuple(start for start, _ in knobs.values())
        for axis, (control, (start, labels)) in enumerate(knobs.items()):
            line = grid[(*opening[:axis], slice(None), *opening[axis + 1 :])]
            shown = [(held["f"][i], held["c"][i]) for i in line]
            same = [label for label, one in zip(labels, shown, strict=True) if one == shown[start]]
            if same != [labels[start]]:
                dead.append(f"{name}: {control} shows the same at {', '.join(same)}")
    assert dead == []


@some_live_pages
def test_reduced_motion_has_nothing_to_play(page, address, visit):
    calm = visit(address + page, reduced_motion="reduce")
    assert calm.locator("figure.live-on").count() and not calm.locator(".live-play").count()


@each_live_page
def test_play_runs(seen):
    for button in seen.locator(".live-play").all():
        name = button.evaluate("b => b.closest('figure').id")
        played = button.locator("xpath=preceding-sibling::*/input[@type='range']")
        played.press("Home")
        before = picture(seen, name)
        button.click()
        seen.wait_for_function(
            "([name, before]) => document.querySelector(`#${name} figcaption`).innerText !== before",
            arg=[name, before[1]],
        )
        assert picture(seen, name)[0] != before[0]
        assert float(played.input_value()) > 0


# By a finger: the last of a page's tests, since the browser stays one without a mouse ----------------

SMALL = """() => {
  const small = [];
  const text = "p, li, td, th, dt, dd, pre, figcaption, h1, h2, h3, h4"; // a link in a line is as high as it
  for (const one of document.querySelectorAll("button, select, summary, input, label:has(input), a")) {
    const rows = one.closest(".bd-links, .bd-toc, .doors, .exercise-list, .prev-next-area");
    if (one.matches("a") && one.closest(text) && !rows) continue;
    if (one.matches("input") && one.closest("label")) continue; // the label is hit
    const boxes = [one, ...(one.labels ?? [])].map((each) => each.getBoundingClientRect());
    const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((box) => box[side])));
    const [right, bottom] = ["right", "bottom"].map((side) => Math.max(...boxes.map((box) => box[side])));
    if (right > left && bottom > top && (right - left < 43.5 || bottom - top < 43.5))
      small.push(`${one.outerHTML.slice(0, 100)}: ${right - left} x ${bottom - top}`);
  }
  return small;
}"""


@each_page
def test_a_finger_hits_what_it_presses(opened):
    """44 px for all that is pressed on a phone, with the book's and the page's contents open."""
    opened.emulate_media(media="screen")
    opened.set_viewport_size(PHONE)
    touch = {"enabled": True, "maxTouchPoints": 1}
    opened.context.new_cdp_session(opened).send("Emulation.setTouchEmulationEnabled", touch)
    assert opened.evaluate("matchMedia('(pointer: coarse) and (hover: none)').matches")
    small = []
    for contents in ("#book", "#on-this-page"):
        if opened.locator(contents).count():
            opened.locator(contents).evaluate("c => c.showPopover()")
            small += opened.evaluate(SMALL)
    assert small == []


# The tests themselves ----------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["frames", "damage", "script"])
def test_a_dead_figure_is_noticed(fault, tmp_path, visit):
    """The tests above are not blind: break a figure, and they say so."""
    page, (name, *_) = next(iter(FIGURES.items()))
    text = html(page)
    (tmp_path / "damaged.js").write_text('document.currentScript.frames = "H4sIAAAA";\n')
    damage = {
        "frames": (FRAMES, 'data-frames="none.js"'),
        "damage": (FRAMES, 'data-frames="damaged.js"'),
        "script": (r"live\.js", "none.js"),
    }
    broken = re.sub(*damage[fault], text).replace('="_static/', f'="{(SITE / "_static").as_uri()}/')
    (tmp_path / "broken.html").write_text(broken, encoding="utf-8")
    seen = visit((tmp_path / "broken.html").as_uri())
    with pytest.raises(AssertionError, match=r"does not change|has no controls"):
        check_alive(seen, name)
    if fault != "script":
        assert "could not be loaded" in picture(seen, name)[1]
