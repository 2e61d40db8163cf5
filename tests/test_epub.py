"""The book as an EPUB: whole, valid, and alive without scripts.

A small site made here, and the real one if it is built. EPUBCheck, the format's own judge, runs
where it is installed (Debian: apt install epubcheck).
"""

import io
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urldefrag
from xml.etree import ElementTree

import pytest
import yaml
from PIL import Image

import small_site
from conftest import missing

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"
sys.path.insert(0, str(ROOT / "tools"))
import make_epub  # noqa: E402
import site_pages  # noqa: E402
from edition import Edition  # noqa: E402

CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
MADE = datetime(2026, 1, 2, 3, 4, 6, tzinfo=UTC)
EDITION = Edition("1.2.3", MADE, "abc1234")
NAMES = {
    "": "http://www.w3.org/1999/xhtml",
    "m": "http://www.w3.org/1998/Math/MathML",
    "s": "http://www.w3.org/2000/svg",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
OPS = "{http://www.idpf.org/2007/ops}"


class Opened:
    """A book as its zip file holds it: names in their order, documents parsed as XML."""

    def __init__(self, file):
        self.file = file
        with zipfile.ZipFile(file) as archive:
            self.kept = {info.filename: info.compress_type for info in archive.infolist()}
            self.files = {n.removeprefix("EPUB/"): archive.read(n) for n in self.kept}
        self.package = ElementTree.fromstring(self.files["package.opf"])
        self.pages = {
            name: ElementTree.fromstring(text)
            for name, text in self.files.items()
            if name.endswith(".xhtml")
        }

    def __getitem__(self, name):
        return self.pages[name]

    def words(self, name):
        return " ".join("".join(self[name].find("body", NAMES).itertext()).split())


def made(site, toc, config, target, damage=None):
    """The book of a site, opened; damage: what to put in the place of what in its pages."""
    files = make_epub.contents(site, toc, config, EDITION)
    opf = make_epub.package(files, config, CITATION, MADE)
    if damage:
        files |= {n: text.replace(*damage) for n, text in files.items() if n.endswith(".xhtml")}
    make_epub.write(target, files, opf, MADE)
    return Opened(target)


@pytest.fixture
def root(tmp_path):
    return small_site.build(tmp_path)


@pytest.fixture
def book(root):
    html, toc = root / "_build" / "html", root / "_toc.yml"
    return made(html, toc, small_site.PUBLISHED, root / "small.epub")


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    toc = ROOT / "_toc.yml"
    if not all((SITE / f"{name}.html").exists() for *_, name in site_pages.pages(toc)):
        missing("no site of these pages in _build/html: run make book first")
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    return made(SITE, toc, config, tmp_path_factory.mktemp("real") / "book.epub")


def broken(book):
    """Links into the book that lead nowhere, and what is asked of elsewhere."""
    ids = {name: {e.get("id") for e in page.iter()} | {""} for name, page in book.pages.items()}
    found = []
    for name, page in book.pages.items():
        for element in page.iter():
            for key, to in element.attrib.items():
                plain = key.rpartition("}")[2]
                if plain not in ("href", "src") or to.startswith("data:"):
                    continue
                file, anchor = urldefrag(to)
                if "://" in to:
                    if element.tag != f"{{{NAMES['']}}}a":
                        found.append((name, to))
                elif (file or name) not in book.files or anchor not in ids.get(file or name, {""}):
                    found.append((name, to))
    return found


# What the format wants -------------------------------------------------------------------------


def judged(file):
    """(whether EPUBCheck finds the book faultless, what it says)"""
    program = shutil.which("epubcheck")
    if not program:
        missing("EPUBCheck is not installed (Debian: apt install epubcheck)")
    jar = Path(program).read_bytes()[:2] == b"PK"  # Debian's; not every kernel starts one by itself
    command = ["java", "-jar", program] if jar else [program]
    done = subprocess.run(
        [*command, "--failonwarnings", file], capture_output=True, text=True, check=False
    )
    return done.returncode == 0, done.stdout + done.stderr


def test_epubcheck_finds_nothing_in_a_small_book(book):
    fine, said = judged(book.file)
    assert fine, said


def test_epubcheck_is_not_blind(root):
    html, toc = root / "_build" / "html", root / "_toc.yml"
    damage = ("viewBox", "viewbox")
    fine, said = judged(made(html, toc, small_site.CONFIG, root / "bad.epub", damage).file)
    assert not fine and "viewbox" in said


def test_epubcheck_finds_nothing_in_the_real_book(real):
    fine, said = judged(real.file)
    assert fine, said


def test_the_zip_says_first_what_it_is_and_the_package_lists_the_rest(book):
    assert next(iter(book.kept.items())) == ("mimetype", zipfile.ZIP_STORED)
    assert book.files["mimetype"] == b"application/epub+zip"
    items = {i.get("href"): i for i in book.package.iterfind(".//opf:item", NAMES)}
    outside = {"mimetype", "META-INF/container.xml", "package.opf"}
    assert set(items) == set(book.files) - outside
    told = {name: item.get("properties") for name, item in items.items()}
    assert told["one.xhtml"] == "svg" and told["more-two.xhtml"] == "mathml"
    assert told["nav.xhtml"] == "nav" and told["cover.png"] == "cover-image"
    names = {item.get("id"): name for name, item in items.items()}
    spine = [names[i.get("idref")] for i in book.package.iterfind(".//opf:itemref", NAMES)]
    chapters = ["intro.xhtml", "one.xhtml", "more-two.xhtml", "reference-terms.xhtml"]
    assert spine == ["title.xhtml", "nav.xhtml", *chapters]


def test_the_package_says_what_the_book_is(book):
    def said(name):
        return [e.text for e in book.package.iterfind(f".//dc:{name}", NAMES)]

    assert (said("title"), said("creator"), said("language")) == (["A book"], ["Nobody"], ["en"])
    assert said("date") == [CITATION["date-released"]] and said("subject") == CITATION["keywords"]
    assert "CC BY 4.0" in said("rights")[0] and "BSD 3-Clause" in said("rights")[0]
    (identifier,) = said("identifier")
    again = "".join(make_epub.facts(small_site.PUBLISHED, CITATION, MADE))
    assert identifier.startswith("urn:uuid:") and identifier in again  # the same, made again
    facts = {m.get("property"): m.text for m in book.package.iterfind(".//opf:meta", NAMES)}
    assert facts["dcterms:modified"] == "2026-01-02T03:04:06Z"
    assert facts["schema:accessibilityHazard"] == "none"


def test_it_says_which_book_it_is_and_is_the_same_made_again(root, book):
    assert "Version 1.2.3, 2 January 2026, commit abc1234" in book.words("title.xhtml")
    with zipfile.ZipFile(book.file) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 1, 2, 3, 4, 6)}
    html, toc = root / "_build" / "html", root / "_toc.yml"
    again = made(html, toc, small_site.PUBLISHED, root / "again.epub")
    assert again.file.read_bytes() == book.file.read_bytes()


# What a reader meets ---------------------------------------------------------------------------


def test_links_lead_inside_and_to_the_site(book):
    assert broken(book) == []
    links = {
        "".join(a.itertext()): a.get("href") for a in book["intro.xhtml"].iterfind(".//a", NAMES)
    }
    assert links == {
        "one": "one.xhtml",
        "deep": "more-two.xhtml#deep",
        "name": f"{small_site.HOME}reference/api/index.html#name",
        "out": "https://example.org",
    }


def test_addresses_to_be_copied_are_a_link_to_where_they_are(book):
    page = book["reference-terms.xhtml"]
    (link,) = page.iterfind(".//a", NAMES)
    assert link.get("href") == f"{small_site.HOME}reference/terms.html#terms"
    words = book.words("reference-terms.xhtml")
    assert "Links, on the site: One; Two." in words and "git-pull" not in words


def test_an_image_comes_along(book):
    image = book["reference-terms.xhtml"].find(".//img", NAMES)
    assert image.get("alt") == "A dot" and book.files[image.get("src")] == small_site.LOGO.encode()


def test_the_contents_are_a_tree_of_parts_chapters_and_sections(book):
    def tree(listed):
        return [
            (item[0].text, item[0].get("href"), tree(item[1]) if len(item) > 1 else [])
            for item in listed
        ]

    contents, landmarks = book["nav.xhtml"].iterfind(".//nav", NAMES)
    assert (contents.get(f"{OPS}type"), landmarks.get(f"{OPS}type")) == ("toc", "landmarks")
    two = ("Two", "more-two.xhtml", [("Deep", "more-two.xhtml#deep", [])])
    assert tree(contents.find("ol", NAMES)) == [
        ("A book", "intro.xhtml", []),
        ("The book", None, [("1. One", "one.xhtml", [("Quiz", "one.xhtml#quiz", []), two])]),
        ("Reference", None, [("Terms", "reference-terms.xhtml", [])]),
    ]


def test_folds_stay_folds_and_their_contents_are_there(book):
    folds = [
        " ".join("".join(fold.itertext()).split())
        for name in ("one.xhtml", "more-two.xhtml")
        for fold in book[name].iterfind(".//details", NAMES)
    ]
    assert folds == [
        "What you needschool",
        "thisNo: wrong.",
        "thatRight.",
        "soYes.",
        "HintLook.",
        "SolutionFound.",
    ]
    assert "Run this" not in book.words("one.xhtml") and "code" not in book.words("one.xhtml")


def test_a_live_figure_is_its_first_picture_and_leads_to_where_it_moves(book):
    figure = book["one.xhtml"].find(".//figure", NAMES)
    picture = figure.find("s:svg", NAMES)
    assert picture.get("aria-label") == "A line" and picture.get("viewBox") == "0 0 9 9"
    assert picture.find(".//s:clipPath", NAMES) is not None
    assert picture.find(".//s:use", NAMES).get("{http://www.w3.org/1999/xlink}href") == "#d"
    caption = figure.find("figcaption", NAMES)
    words = " ".join(" ".join(caption.itertext()).split())
    assert words == "It says. So. Drawn for n 2, with skip. Move it on the site"
    assert caption.find(".//a", NAMES).get("href") == f"{small_site.HOME}one.html#live-x"


PARTS = """<section id="two"><h1>Two</h1><section id="deep"><h2>Deep</h2><p><math data-tex="u^2">
    <msup><mi>u</mi><mn>2</mn></msup></math> <span data-tex="a = b"><math><mi>a</mi><mo
    form="infix">=</mo></math><math><mi>b</mi></math></span> <math data-tex="c"><mrow
    displaystyle="true" scriptlevel="0"><mi>c</mi></mrow></math></p></section></section>"""


def test_a_formula_is_mathml_alone_and_has_its_tex(book):
    formula = book["more-two.xhtml"].find(".//m:math", NAMES)
    assert "".join("".join(formula.itertext()).split()) == "u2" and formula.get("alttext") == "u^2"
    assert [e.tag.rpartition("}")[2] for e in formula.iter()] == ["math", "msup", "mi", "mn"]
    assert "u2u2" not in book.words("more-two.xhtml").replace(" ", "")


def test_a_formula_in_parts_has_no_part_that_claims_to_be_the_whole(root):
    html = root / "_build" / "html"
    (html / "more/two.html").write_text(f'<article class="bd-article">{PARTS}</article>', "utf-8")
    book = made(html, root / "_toc.yml", small_site.CONFIG, root / "small.epub")
    formulas = list(book["more-two.xhtml"].iterfind(".//m:math", NAMES))
    assert [formula.get("alttext") for formula in formulas] == ["u^2", None, None, "c"]
    assert formulas[3][0].tag.endswith("mstyle") and broken(book) == []


def test_code_is_told_without_color(book):
    code = book["one.xhtml"].find(".//pre", NAMES)
    assert "".join(code.itertext()).split() == ["return", "x"]
    assert [span.get("class") for span in code.iterfind("span", NAMES)] == ["k"]
    sheet = book.files["book.css"].decode()
    assert "pre-wrap" in sheet and "#" not in sheet.replace(small_site.FONT, "")


def test_the_cover_shows_the_logo(book):
    with Image.open(io.BytesIO(book.files["cover.png"])) as cover:
        assert cover.size == (1200, 1800)
        colors = {color for _, color in cover.convert("RGB").getcolors(1 << 16)}
    assert {(0x00, 0x72, 0xB2), (0xD5, 0x5E, 0x00), (255, 255, 255)} <= colors


def test_the_real_book_is_whole(real):
    assert broken(real) == []
    expected = {f"{site_pages.slug(n)}.xhtml" for *_, n in site_pages.pages(ROOT / "_toc.yml")}
    assert set(real.pages) == expected | {"title.xhtml", "nav.xhtml"}
    for name in real.files:
        text = real.files[name]
        if name.endswith(".xhtml"):
            assert b"<script" not in text and b"<input" not in text and b"<button" not in text, name
    live = sum(
        (SITE / f"{name}.html").read_text("utf-8").count('<figure class="live"')
        for *_, name in site_pages.pages(ROOT / "_toc.yml")
    )
    shown = [
        f.find(".//s:svg", NAMES)
        for p in real.pages.values()
        for f in p.iterfind(".//figure[@class='live']", NAMES)
    ]
    assert len(shown) == live > 0
    assert all(picture.get("aria-label", "").strip() for picture in shown)
    folds = sum(len(p.findall(".//details", NAMES)) for p in real.pages.values())
    assert folds > 500 and real.file.stat().st_size < 5_000_000
