"""What the extension makes of style sheets, code and figures, without a browser."""

import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "book" / "_ext"))
pytest.importorskip("sphinx")
from nnbook_site import frames, leftovers, listings, styles
from pygments import highlight
from pygments.lexers import PythonLexer


def pruned(sheet, *known):
    return "".join(styles.kept(styles.parsed(sheet), set(known)))


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        (".a, .b { color: red }", ".a{color: red}"),
        (".b { color: red }", ""),
        ("p { /* why */ margin:  0 }", "p{margin: 0}"),
        (".a:not(.b, .c) > p { margin: 0 }", ".a:not(.b, .c) > p{margin: 0}"),
        ("@media print { .a { margin: 0 } .b { margin: 0 } }", "@media print{.a{margin: 0}}"),
        ("@media print { .b { margin: 0 } }", ""),
        (":is(.a, .b) { margin: 0 }", ":is(.a, .b){margin: 0}"),
        (r".a\:x { margin: 0 }", ""),
        ('@charset "utf-8"; @font-face { font-family: "X" }', '@font-face {font-family: "X"}'),
    ],
)
def test_a_sheet_keeps_the_rules_in_use(sheet, left):
    assert pruned(sheet, "a") == left


def test_the_inks_of_the_dark_stay_though_a_color_looks_like_an_id():
    rules = styles.inks.rules()
    assert 0 < rules.count("{") == pruned(rules).count("{")


def test_a_property_nobody_asks_for_is_dropped_and_then_what_only_it_asked_for():
    sheet = "p{--a:1;--b:var(--a);--c:2;--d:3;margin:var(--c)}"
    assert styles.without_unasked(sheet, "getPropertyValue('--d')") == (
        "p{--c:2;--d:3;margin:var(--c)}"
    )


@pytest.fixture
def site(tmp_path):
    """A built site of one page, and the app that built it."""
    static = tmp_path / "_static"
    (static / "vendor").mkdir(parents=True)
    for name, text in {
        "site.css": ".used { color: red } .unused { color: red }",
        "frame.css": ".used { margin: 0 } .live { background: url(used.png) }",
        "run.js": "go()\n//# sourceMappingURL=run.js.map",
        "run.js.map": "{}",
        "used.png": "",
        "vendor/icons.woff2": "",
        "LICENSE": "",
    }.items():
        (static / name).write_text(text)
    (tmp_path / "index.html").write_text(
        '<link href="_static/site.css?v=1"><p class="used live"></p><script src="_static/run.js">'
    )
    builder = SimpleNamespace(format="html")
    return SimpleNamespace(outdir=tmp_path, builder=builder)


def test_a_site_has_one_sheet_and_no_leftovers(site):
    for _ in range(2):  # a build in which nothing was written leaves it as it is
        styles.bundle(site, None)
        leftovers.remove(site, None)
        files = {str(f.relative_to(site.outdir)) for f in site.outdir.rglob("*")}
        assert files == {"index.html", "_static"} | {
            f"_static/{name}" for name in ("LICENSE", "run.js", "site.css", "used.png")
        }
        sheet = (site.outdir / "_static/site.css").read_text()
        assert sheet.startswith(".used{color: red}.used{margin: 0}") and "unused" not in sheet
        assert (site.outdir / "_static/run.js").read_text() == "go()"


def test_a_figures_frames_leave_the_page_and_are_found_from_it(site):
    figure = (
        '<figure class="live" id="live-{0}" aria-label="x"><svg></svg>'
        '<script type="text/plain" class="live-frames">{1}</script></figure>'
    )
    context = {
        "body": figure.format("one", "AAAA") + "<p></p>" + figure.format("two", "BBBB"),
        "pathto": lambda name, resource: f"../{name}",
    }
    frames.move_out(site, "more/page", "page.html", context, None)
    assert "AAAA" not in context["body"] and "<script" not in context["body"]
    named = re.findall(r'id="live-(\w+)" data-frames="\.\./([^"]+)"', context["body"])
    assert [name for name, _ in named] == ["one", "two"]
    for (_, file), packed in zip(named, ("AAAA", "BBBB"), strict=True):
        assert f'"{packed}"' in (site.outdir / file).read_text()


def test_code_has_elements_for_what_stands_out_only():
    code = 'for x in range(3):\n    if x is not None: print(f"{x} a", 1.5)  # b\n'
    html = highlight(code, PythonLexer(), listings.Listing())
    spans = re.findall(r'<span class="(\w+)">(.*?)</span>', html)
    assert [text for kind, text in spans if kind == "k"] == ["for", "in", "if", "is", "not", "None"]
    assert {kind for kind, _ in spans} == {"k", "s", "c"}
    assert html.count("<span") == len(spans)


@pytest.mark.parametrize(("indent", "mark"), [(4, ""), (8, "in-2 "), (20, "in-3 ")])
def test_a_listing_says_how_far_in_its_long_lines_are(indent, mark):
    long, short = f'{" " * indent}print("{"&" * 24}")\n', f"{' ' * 12}pass\n"
    html = highlight(f"def f():\n{long}{short}", PythonLexer(), listings.Listing())
    assert html.startswith(f'<div class="{mark}highlight"><pre><span class="k">def</span>')
