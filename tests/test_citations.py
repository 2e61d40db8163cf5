"""Citations: each is a plain link to an entry of the bibliography, and says whose work and of when."""

import re
import sys
from pathlib import Path

import nbformat
import pytest
from pybtex.database import parse_file

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
import bibliography

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
