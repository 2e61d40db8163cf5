"""A notebook that learner and book have both changed: no answer is lost, nothing new is missed."""

import json
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))
import merge_notebooks  # noqa: E402
from merge_notebooks import ASLEEP, CAME_BACK, YOURS_STAYS  # noqa: E402

GIVEN = ("a A", "b B", "c C")


def notebook(*cells, **more):
    """A notebook of cells given as "id text", all of them code."""
    made = []
    for cell in cells:
        key, _, text = cell.partition(" ")
        made.append(nbformat.v4.new_code_cell(text, id=key))
    return json.loads(nbformat.writes(nbformat.v4.new_notebook(cells=made))) | more


def merged(base, mine, book):
    """The texts of the cells that three notebooks become; the outcome must be a valid notebook."""
    result, said = merge_notebooks.merge(base, mine, book)
    nbformat.validate(nbformat.reads(json.dumps(result), as_version=4))
    return [merge_notebooks.source(cell) for cell in result["cells"]], said


CASES = {
    "nothing happened": (GIVEN, GIVEN, "A B C"),
    "the book changed a cell": (GIVEN, ("a A", "b B2", "c C"), "A B2 C"),
    "the learner changed a cell": (("a A", "b mine", "c C"), GIVEN, "A mine C"),
    "each changed another": (("a mine", "b B", "c C"), ("a A", "b B", "c C2"), "mine B C2"),
    "both changed one": (
        ("a A", "b mine", "c C"),
        ("a A", "b B2", "c C"),
        f"A|mine|{YOURS_STAYS}|B2|C",
    ),
    "both changed one alike": (("a A", "b B2", "c C"), ("a A", "b B2", "c C"), "A B2 C"),
    "the learner added": (("a A", "x X", "b B", "y Y", "c C"), GIVEN, "A X B Y C"),
    "at both ends": (("x X", "a A", "b B", "c C", "y Y"), ("a A2", "b B", "c C"), "X A2 B C Y"),
    "both added after one": (
        ("a A", "x X", "y Y", "b B", "c C"),
        ("a A", "n N", "b B", "c C"),
        "A X Y N B C",
    ),
    "added where the book took away": (
        ("a A", "b B", "x X", "y Y", "c C"),
        ("a A", "n N", "c C"),
        "A N X Y C",
    ),
    "the book dropped one": (GIVEN, ("a A", "c C"), "A C"),
    "the book dropped one that is changed": (("a A", "b mine", "c C"), ("a A", "c C"), "A mine C"),
    "the learner deleted one": (("a A", "c C"), ("a A2", "b B", "c C"), "A2 C"),
    "and the book changed that": (("a A", "c C"), ("a A", "b B2", "c C"), f"A|{CAME_BACK}|B2|C"),
    "both deleted one": (("a A", "c C"), ("a A", "c C"), "A C"),
    "the learner moved one": (("c C", "a A", "b B"), ("a A", "n N", "b B", "c C2"), "C2 A N B"),
    "the book moved one": (("a A", "b mine", "c C"), ("c C", "a A", "b B"), "C A mine"),
}


@pytest.mark.parametrize("mine, book, wanted", CASES.values(), ids=CASES)
def test_a_cell_is_as_the_side_that_changed_it_has_it(mine, book, wanted):
    texts, _ = merged(notebook(*GIVEN), notebook(*mine), notebook(*book))
    assert texts == wanted.split("|" if "|" in wanted else " ")


def test_it_says_what_it_did():
    mine = notebook("a A", "b mine", "c C", "x X")
    book = notebook("a A2", "b B2", "n N")
    _, said = merged(notebook(*GIVEN), mine, book)
    assert "1 new, 1 changed, 1 gone" in said and "by you and by the book: 1" in said
    assert "added by you: 1" in said
    assert merged(notebook(*GIVEN), mine, notebook(*GIVEN))[1] == ""


def test_the_book_s_new_exercise_does_not_run_over_an_answer():
    given, mine, book = (
        notebook(f"b f = {answer}\ncheck('x', f)") for answer in ("...", "42", "None")
    )
    result, _ = merge_notebooks.merge(given, mine, book)
    assert [cell["cell_type"] for cell in result["cells"]] == ["code", "markdown", "raw"]
    assert list(map(merge_notebooks.source, result["cells"]))[1:] == [
        ASLEEP,
        "f = None\ncheck('x', f)",
    ]


def test_outputs_do_not_count_and_are_kept():
    given, mine, book = notebook(*GIVEN), notebook(*GIVEN), notebook("a A", "b B2", "c C")
    ran = [{"output_type": "stream", "name": "stdout", "text": "ran"}]
    for cell in mine["cells"]:
        cell |= {"outputs": ran, "execution_count": 1}
    result, _ = merge_notebooks.merge(given, mine, book)
    assert [cell["outputs"] for cell in result["cells"]] == [ran, [], ran]
    book["cells"][0]["metadata"] = {"tags": ["hide-input"]}
    mine["cells"][2] = given["cells"][2]  # not run
    book["cells"][2]["outputs"] = [{**ran[0], "text": "the book's new numbers"}]
    result, _ = merge_notebooks.merge(given, mine, book)
    assert result["cells"][0]["metadata"] == {"tags": ["hide-input"]}
    assert [cell["outputs"] for cell in result["cells"][::2]] == [ran, book["cells"][2]["outputs"]]


def test_a_pasted_picture_is_a_change():
    given, mine, book = notebook(*GIVEN), notebook(*GIVEN), notebook("a A", "b B2", "c C")
    for each in (given, mine, book):
        each["cells"][1] = nbformat.v4.new_markdown_cell(each["cells"][1]["source"], id="b")
    mine["cells"][1]["attachments"] = {"dot.png": {"image/png": "aGk="}}
    assert "attachments" in merge_notebooks.merge(given, mine, book)[0]["cells"][1]


def test_cells_without_ids_are_known_again():
    """By their text; and by the id that Colab keeps elsewhere, though their text has changed."""
    mine, book = notebook("a A", "b mine", "c C", "x X"), notebook("a A2", "b B2", "c C2")
    mine["nbformat_minor"] = 0
    for cell in mine["cells"]:
        cell["metadata"]["id"] = cell.pop("id")
    texts, _ = merged(notebook(*GIVEN), mine, book)
    assert texts == ["A2", "mine", YOURS_STAYS, "B2", "C2", "X"]
    for cell in mine["cells"]:
        del cell["metadata"]["id"]
    texts, _ = merged(notebook(*GIVEN), mine, book)
    assert texts == ["A2", "mine", CAME_BACK, "B2", "C2", "X"]


def test_two_cells_of_one_id_are_two():
    mine = notebook("a A", "b mine", "c C")
    mine["cells"].append({**mine["cells"][1], "source": ["twice"]})
    texts, _ = merged(notebook(*GIVEN), mine, notebook("a A2", "b B", "c C"))
    assert texts == ["A2", "mine", "C", "twice"]
