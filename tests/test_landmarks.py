"""The landmarks: a tolerance that is broken is an error, and every page has what a landmark has."""

import re
from pathlib import Path

import nbformat
import pytest

from nnbook_lib.landmarks import LANDMARKS, Comparison, Landmark
from nnbook_lib.landmarks.catalog import VERDICTS

BOOK = Path(__file__).parents[1] / "book"
SLUGS = [landmark.slug for landmark in LANDMARKS]
ROW = {
    **{"paper": 1425, "here": [900, 2000, 4100], "low": 300, "high": 9000, "verdict": "agrees"},
    **{"standing": "confirmed", "where": "Fig. 1", "why": "one run there"},
}


def compared(*rows, slug="symmetry"):
    found = Comparison(slug)
    for row in rows or [{}]:
        found.row(**{"what": "sweeps"} | ROW | row)
    return found


def test_a_row_says_both_numbers_the_tolerance_and_why():
    assert str(compared().rows[0]).splitlines() == [
        "sweeps",
        "  paper: 1,425 (confirmed: Fig. 1)",
        "  here: 2,000 (900 to 4,100, 3\N{NO-BREAK SPACE}seeds); tolerance: 300 to 9,000",
        "  agrees: one run there",
    ]
    one = {"here": 0.5, "paper": "half <of> it", "low": 0.5, "high": 0.5}
    assert "here: 0.5; tolerance: exactly 0.5" in str(compared(one).rows[0])
    assert "half &lt;of&gt; it" in compared(one).rows[0].html()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"here": [900, 200]}, "sweeps: 200 came out, and the tolerance is 300 to 9,000"),
        ({"here": [900, float("nan")]}, "sweeps: nan came out"),
        ({"paper": 10}, "the paper's 10 and a tolerance of 300 to 9,000 are not 'agrees'"),
        ({"verdict": "differs"}, "are not 'differs'"),
    ],
)
def test_what_does_not_hold_is_an_error(row, said):
    with pytest.raises(AssertionError, match=re.escape(said)):
        compared(row)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"verdict": "nearly"}, "verdict is one of agrees, agrees in shape, differs; got 'nearly'"),
        ({"standing": "heard"}, "standing is one of confirmed, secondhand, derived; got 'heard'"),
        ({"low": -float("inf"), "high": float("inf")}, "needs a tolerance"),
        ({"here": []}, "needs one number of ours or more"),
    ],
)
def test_a_row_that_says_too_little_is_refused(row, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        compared(row)


def test_the_verdict_is_the_worst_rows_and_the_catalogs():
    told = dict(people="", found="", says="", chapter="", page="")
    of = [Landmark("a", 1986, rows=rows, **told) for rows in ((3, 0, 0), (3, 2, 0), (3, 2, 1))]
    assert [one.verdict for one in of] == list(VERDICTS)
    assert of[1].verdict_in_words == "agrees in shape in 2 of 5 rows"
    found = compared(*[{}] * 90)
    assert found.counts == (90, 0, 0)
    with pytest.raises(
        AssertionError, match=r"of the rows of symmetry \(90, 0, 0\) agree, agree in"
    ):
        repr(found)


def test_a_landmark_of_no_catalog_is_refused():
    with pytest.raises(ValueError, match="wants a landmark of the catalog, one of symmetry, xor"):
        Comparison("moon")


def test_the_catalog_is_in_the_order_of_years_and_says_what_came_of_each():
    assert [a.year for a in LANDMARKS] == sorted(a.year for a in LANDMARKS)
    assert len({*SLUGS}) == len(SLUGS)
    for landmark in LANDMARKS:
        assert landmark.says.endswith("."), landmark.slug
        chapter = nbformat.read(BOOK / f"{landmark.chapter}.ipynb", as_version=4)
        text = "\n".join(cell.source for cell in chapter.cells if cell.cell_type == "markdown")
        assert f"landmarks/{landmark.slug}.ipynb" in text, f"{landmark.chapter}: {landmark.slug}"
        assert landmark.page in text.partition("\n")[0]


@pytest.fixture(scope="module", params=SLUGS)
def page(request):
    cells = nbformat.read(BOOK / "landmarks" / f"{request.param}.ipynb", as_version=4).cells
    return request.param, cells


def test_a_landmark_has_figure_table_attack_and_exercise(page):
    slug, cells = page
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    assert re.search(r"^explore\(", code, re.M) and re.search(r"^attack\(", code, re.M)
    assert f'Comparison("{slug}")' in code
    (anchor,) = re.findall(r"\(\.\./exercises/landmarks\.ipynb#([\w-]+)\)", text)
    exercises = nbformat.read(BOOK / "exercises" / "landmarks.ipynb", as_version=4).cells
    heads = [re.match(r"## (.+)", cell.source) for cell in exercises]
    assert anchor in [re.sub(r"\W+", "-", head[1].lower()) for head in heads if head]


def test_the_index_has_every_landmark_with_its_verdict():
    assert {p.stem for p in (BOOK / "landmarks").glob("*.ipynb")} == {*SLUGS, "index"}
    index = nbformat.read(BOOK / "landmarks" / "index.ipynb", as_version=4).cells
    text = "\n".join(cell.source for cell in index if cell.cell_type == "markdown")
    for one in LANDMARKS:
        row = f"| {one.year} | [{one.found}]({one.slug}.ipynb) | {one.people} |"
        row += f" {one.verdict_in_words} | {one.says} | [{one.page}](../{one.chapter}.ipynb) |"
        assert row in text
