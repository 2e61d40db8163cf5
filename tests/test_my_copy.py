"""A learner's copy of the notebooks: what was written there outlives every update of the book."""

import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from test_merge_notebooks import GIVEN, notebook

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))
import merge_notebooks  # noqa: E402
import my_copy  # noqa: E402
from merge_notebooks import YOURS_STAYS  # noqa: E402

NAME = Path("part/one.ipynb")


@pytest.fixture
def book(tmp_path):
    """A book of one notebook, a page, data and what only its builder needs."""
    home = tmp_path / "nnbook" / "book"
    (home / "part").mkdir(parents=True)
    (home / "_ext").mkdir()
    put(home / NAME, notebook(*GIVEN))
    for name in ("page.md", "data.csv", "conftest.py", "references.bib", "_ext/x.py"):
        (home / name).write_text(name)
    return home


def put(file, cells):
    file.write_text(cells if isinstance(cells, str) else json.dumps(cells), encoding="utf-8")


def texts(file):
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    return [merge_notebooks.source(cell) for cell in cells]


def update(book, folder):
    """Run it once; what was there before must be there still, or kept. Returns what it said."""
    before = {path: path.read_bytes() for path in shown(folder)}
    copy = my_copy.Copy(folder, book)
    assert copy.refuse() == ""
    copy.update()
    kept = {path.read_bytes() for path in copy.kept.rglob("*") if path.is_file()}
    for path, text in before.items():
        assert (path.is_file() and path.read_bytes() == text) or text in kept, path
    return " ".join(copy.lines)


def shown(folder):
    """The files of a copy that a learner sees."""
    return [p for p in folder.rglob("*") if p.is_file() and my_copy.HIDDEN not in p.parts]


def test_a_copy_has_what_a_learner_needs_and_is_brought_up_to_date(book, tmp_path):
    mine = tmp_path / "mine"
    assert update(book, mine) == ""
    names = {path.relative_to(mine).as_posix() for path in shown(mine)}
    assert names == {NAME.as_posix(), "page.md", "data.csv"}
    put(mine / NAME, notebook("a mine", "b B", "c C"))
    put(book / NAME, notebook("a A", "b B2", "c C"))
    (book / "page.md").write_text("new")
    assert NAME.as_posix() in update(book, mine)
    assert texts(mine / NAME) == ["mine", "B2", "C"] and (mine / "page.md").read_text() == "new"
    put(book / NAME, notebook("a A", "b B2", "c C3"))  # and once more, from there
    update(book, mine)
    assert texts(mine / NAME) == ["mine", "B2", "C3"]
    before = (mine / NAME).read_bytes()
    assert update(book, mine) == "" and (mine / NAME).read_bytes() == before


def test_what_both_changed_is_said_once(book, tmp_path):
    mine = tmp_path / "mine"
    update(book, mine)
    put(mine / NAME, notebook("a A", "b mine", "c C"))
    put(book / NAME, notebook("a A", "b B2", "c C"))
    wanted = ["A", "mine", YOURS_STAYS, "B2", "C"]
    for _ in range(2):
        update(book, mine)
        assert texts(mine / NAME) == wanted
    (
        mine / my_copy.HIDDEN / "given" / NAME
    ).unlink()  # or the machine went off before this was noted
    update(book, mine)
    assert texts(mine / NAME) == wanted


@pytest.mark.parametrize(
    "damage, why",
    [
        (lambda text: text[: len(text) // 2], "no valid notebook, from line"),
        (lambda text: f"<<<<<<< mine\n{text}\n=======\n{text}\n>>>>>>> book", "merge markers"),
        (lambda text: "", "it is empty"),
        (lambda text: "[1, 2]", "no list of cells"),
        (lambda text: '{"worksheets": [], "nbformat": 3}', "no list of cells"),
    ],
    ids=["cut short", "merge markers", "empty", "a list", "an old form"],
)
def test_a_notebook_that_is_none_is_left_alone_and_named(book, tmp_path, damage, why):
    mine = tmp_path / "mine"
    update(book, mine)
    bad = damage((mine / NAME).read_text())
    put(mine / NAME, bad)
    beside = mine / "part" / "one.new.ipynb"
    for _ in range(2):  # also where the book is as it was
        said = update(book, mine)
        assert NAME.as_posix() in said and why in said and beside.name in said
        assert (mine / NAME).read_text() == bad
        assert beside.read_bytes() == (book / NAME).read_bytes()
    put(book / NAME, notebook("a A2", "b B", "c C"))
    update(book, mine)
    assert texts(beside) == ["A2", "B", "C"]
    put(mine / NAME, notebook("a A", "b mended", "c C"))
    update(book, mine)
    assert texts(mine / NAME) == ["A2", "mended", "C"]


def test_a_damaged_book_changes_nothing(book, tmp_path):
    mine = tmp_path / "mine"
    update(book, mine)
    put(book / NAME, "<<<<<<< HEAD")
    assert "the book's own is damaged" in update(book, mine)
    assert texts(mine / NAME) == ["A", "B", "C"]


def test_a_page_that_both_changed_is_put_beside(book, tmp_path):
    mine = tmp_path / "mine"
    update(book, mine)
    (mine / "page.md").write_text("mine")
    assert update(book, mine) == ""
    (book / "page.md").write_text("book")
    assert "page.new.md" in update(book, mine)
    assert (mine / "page.md").read_text() == "mine"
    assert (mine / "page.new.md").read_text() == "book"


def test_a_deleted_notebook_begins_anew(book, tmp_path):
    mine = tmp_path / "mine"
    update(book, mine)
    (mine / NAME).unlink()
    update(book, mine)
    assert texts(mine / NAME) == ["A", "B", "C"]


@pytest.mark.parametrize("worked", [True, False])
def test_a_notebook_that_left_the_book_stays_if_it_was_worked_in(book, tmp_path, worked):
    mine = tmp_path / "mine"
    update(book, mine)
    put(mine / NAME, notebook("a mine" if worked else "a A", "b B", "c C", metadata={"run": 1}))
    (book / NAME).rename(book / "two.ipynb")
    assert f"{NAME.as_posix()}: no longer in the book" in update(book, mine)
    assert (mine / NAME).exists() is worked and (mine / "two.ipynb").exists()


def test_a_notebook_of_the_learner_s_own_is_not_touched(book, tmp_path):
    mine = tmp_path / "mine"
    update(book, mine)
    put(mine / "mine.ipynb", notebook("z Z"))
    put(book / "mine.ipynb", notebook(*GIVEN))
    assert "of your own has this name" in update(book, mine)
    assert texts(mine / "mine.ipynb") == ["Z"] and (mine / "mine.new.ipynb").exists()


def test_answers_that_were_given_in_the_book_s_folder_come_along(book, tmp_path):
    def git(*words):
        me = ["-c", "user.name=me", "-c", "user.email=me@example.org"]
        subprocess.run(["git", "-C", book.parent, *me, *words], check=True, capture_output=True)

    git("init")
    git("add", ".")
    git("commit", "-m", "the book")
    put(book / NAME, notebook("a mine", "b B", "c C"))
    mine = tmp_path / "mine"
    assert "you have worked in the book's folder" in update(book, mine)
    git("checkout", ".")
    put(book / NAME, notebook("a A", "b B2", "c C"))
    git("commit", "-am", "a new one")
    update(book, mine)
    assert texts(mine / NAME) == ["mine", "B2", "C"]


def test_folders_that_cannot_be_a_copy_are_refused(book, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.tex").write_text("")
    (tmp_path / "file").write_text("")
    for folder, why in {
        book: "are not apart",
        book.parent / "mine": "are not apart",
        tmp_path: "are not apart",
        tmp_path / "full": "holds other files",
        tmp_path / "file": "is a file",
    }.items():
        assert why in my_copy.Copy(folder, book).refuse(), folder
    (tmp_path / "full" / "page.md").write_text("")  # made by hand
    assert my_copy.Copy(tmp_path / "full", book).refuse() == ""


# The book -------------------------------------------------------------------------------------


def test_the_command_makes_a_copy_whose_links_lead_somewhere(tmp_path):
    mine = tmp_path / "my book"
    command = [sys.executable, ROOT / "tools" / "my_copy.py", mine]

    def said():
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert "is your copy of the book" in said()
    pages = [p for p in mine.rglob("*.*") if p.suffix in (".ipynb", ".md") and p in shown(mine)]
    assert {p.relative_to(ROOT / "book") for p in (ROOT / "book").rglob("*.ipynb")} == {
        p.relative_to(mine) for p in pages if p.suffix == ".ipynb"
    }
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^):\s#]+\.(?:ipynb|md|png|svg|csv))[)#]", text):
            assert (page.parent / unquote(link)).exists(), (page, link)
    assert "was up to date" in said()
