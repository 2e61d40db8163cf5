"""Citations: each is a plain link to an entry of the bibliography, and says whose work and of when."""

import io
import re
import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from pybtex.database import parse_file, parse_string
from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
sys.path.insert(0, str(Path(__file__).parents[1] / "book" / "_ext"))
import bibliography
from nnbook_site import anchors

BOOK = bibliography.BOOK
PAGES = sorted(
    p for kind in ("*.ipynb", "*.md") for p in BOOK.rglob(kind) if p.parent.name[0] != "."
)
LINK = re.compile(r"\[([^][]*)\]\(([^()\s]*bibliography\.md)#([^()\s]*)\)")
TOGETHER = re.compile(rf"\[{LINK.pattern}(; {LINK.pattern})*\]")


def texts(path):
    """The pieces of a page that are Markdown."""
    if path.suffix == ".md":
        return [path.read_text(encoding="utf-8")]
    cells = nbformat.read(path, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == "markdown"]


def citations(path):
    """(what it shows, where it leads, the entry's key) of each citation."""
    return [match for text in texts(path) for match in LINK.findall(text)]


@pytest.fixture(scope="module")
def entries():
    return bibliography.entries(parse_file(bibliography.WORKS))


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.relative_to(BOOK).as_posix())
def test_a_citation_names_an_entry_as_the_bibliography_does(path, entries):
    for shown, leads, key in citations(path):
        assert key in entries, f"{path.name} cites {key}, which is not in references.bib"
        assert shown == entries[key][0]
        assert (path.parent / leads).resolve() == bibliography.PAGE
    for text in texts(path):  # in brackets, those for one statement together
        assert not (bare := LINK.search(TOGETHER.sub("", text))), bare[0]


def test_every_entry_is_cited(entries):
    assert {key for path in PAGES for *_, key in citations(path)} == set(entries)


def test_the_page_is_what_the_tool_makes_of_the_works():
    """If this fails: python tools/bibliography.py."""
    said = bibliography.PAGE.read_text(encoding="utf-8")
    assert said == bibliography.page(parse_file(bibliography.WORKS))


def test_a_work_is_named_by_its_authors_and_year():
    works = [
        ("one", "van Laarhoven, Twan", "C"),
        ("two", r"M{\"u}ller, Karl and {de la Cruz}, Ana", "D"),
        ("three", "Ba, Jimmy and Kiros, Jamie and Hinton, Geoffrey", "B"),
        ("again", "Ba, Jimmy and Kiros, Jamie and Hinton, Geoffrey", "A"),
    ]
    form = "@misc{{{}, author = {{{}}}, title = {{{}}}, year = 2020, note = {{arXiv:2001.00001}}}}"
    found = bibliography.entries(parse_string("\n".join(form.format(*w) for w in works), "bibtex"))
    assert {key: name for key, (name, _) in found.items()} == {
        "again": "Ba et al., 2020a",
        "three": "Ba et al., 2020b",
        "two": "Müller and de la Cruz, 2020",
        "one": "van Laarhoven, 2020",
    }
    assert found["one"][1].endswith("[arXiv:2001.00001](https://arxiv.org/abs/2001.00001).")


def test_on_the_site_a_link_leads_to_its_entry_and_a_citation_shows_it(tmp_path):
    (tmp_path / "text.md").write_text("# Text\n\n[[A, 2020](works.md#a2020)] [B](works.md#b2020)\n")
    (tmp_path / "works.md").write_text(
        '# Works\n\n- <a id="a2020"></a>**A, 2020.** A *title*.\n\n[own](#a2020)\n'
    )
    (tmp_path / "index.md").write_text("# Book\n\n```{toctree}\ntext\nworks\n```\n")
    warnings = io.StringIO()
    folders = tmp_path, None, tmp_path / "html", tmp_path / "doctrees"
    set_up = {"extensions": ["myst_parser"]}
    app = Sphinx(*folders, "html", set_up, status=None, warning=warnings)
    app.connect("doctree-read", anchors.collect)
    app.connect("doctree-resolved", anchors.show)
    app.build()
    text, works = (
        BeautifulSoup((tmp_path / "html" / f"{name}.html").read_text(), "html.parser")
        for name in ("text", "works")
    )
    link = text.find("a", string="A, 2020")
    assert (link["href"], link["title"]) == ("works.html#a2020", "A, 2020. A title.")
    assert works.find("a", string="own")["href"] == "#a2020"
    assert works.find(id="a2020").parent.get_text() == "A, 2020. A title."
    assert warnings.getvalue().count("xref_missing") == 1 and "b2020" in warnings.getvalue()
