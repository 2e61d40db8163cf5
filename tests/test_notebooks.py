"""What every notebook of the book keeps to. That it runs and prints the same is nbval's part."""

import ast
import importlib
import re
import symtable
import sys
from pathlib import Path

import nbformat
import pytest

from nnbook_lib.twins.controls import OWN

BOOK = Path(__file__).parents[1] / "book"
sys.path.insert(0, str(BOOK / "_ext"))
pytest.importorskip("sphinx")
deeper = importlib.import_module("nnbook_site.deeper")
NOTEBOOKS = sorted(p for p in BOOK.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)
FRONT = BOOK / "intro.ipynb"  # its one figure is a picture of the book, and not yet a lesson
CHAPTERS = [p for p in NOTEBOOKS if p.parent.name not in ("exercises", "landmarks", "reference")]
CHAPTERS = [p for p in CHAPTERS if p.stem != "laboratory"]
CHAPTERS.remove(FRONT)
KNOBS = {"depth", "activation", "lr"}
MYST = re.compile(
    r"\{[\w:-]+\}`|^[ >]*(:{3}|```\s*\{|~~~\s*\{)|^\([^()\n]+\)=\s*$|^\+\+\+|^% |\[\^\w+\]", re.M
)
QUESTION = re.compile(r"^\*\*\d+\.\*\* ", re.M)
OPTION = re.compile(
    r'<details class="option"><summary>([^\n]+)</summary>\n\n(.*?)\n\n</details>', re.S
)
QUESTIONS = re.compile(r'(?:<details class="option">(?:(?!</details>).)*</details>\s*)+', re.S)


@pytest.fixture(params=NOTEBOOKS, ids=lambda p: p.stem)
def cells(request):
    return nbformat.read(request.param, as_version=4).cells


def code(cells):
    """The code cells, without the one that installs the library elsewhere."""
    shown = [c for c in cells if "remove-cell" not in c.metadata.get("tags", [])]
    return [c for c in shown if c.cell_type == "code"]


def calls(cells, name):
    """The calls of a function in the notebook's code."""
    for cell in code(cells):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                yield node


def test_it_opens_with_a_title_and_its_imports(cells):
    assert cells[0].cell_type == "markdown" and cells[0].source.startswith("# ")
    assert "import nnbook_lib as nn" in code(cells)[0].source
    assert all(re.match(r"#{2,4} |[^#]", c.source) for c in cells[1:] if c.cell_type == "markdown")


@pytest.mark.parametrize(
    "myst",
    [
        "{cite}`he2015`",
        "{doc}`a`",
        ":::{note}",
        "> ::::",
        "```{note}",
        "(label)=",
        "[^1]",
        "+++",
        "% x",
    ],
)
def test_what_only_myst_reads_is_recognized(myst):
    assert MYST.search(f"text\n{myst}\ntext")


def test_its_text_is_plain_markdown(cells):
    """Which JupyterLab, Colab and GitHub show as the page does. CONTRIBUTING.md says how to cite."""
    for cell in cells:
        if cell.cell_type == "markdown":
            assert not (found := MYST.search(cell.source)), found[0]


@pytest.mark.parametrize("path", [p for p in NOTEBOOKS if p != FRONT], ids=lambda p: p.stem)
def test_its_live_figures_have_depth_activation_and_learning_rate(path):
    cells = nbformat.read(path, as_version=4).cells
    figures = [{k.arg for k in call.keywords} for call in calls(cells, "explore")]
    figures += [{*OWN} for _ in calls(cells, "twins")]
    assert set().union(*figures) >= KNOBS


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_a_chapter_has_two_live_figures_or_more(path):
    assert len(list(calls(nbformat.read(path, as_version=4).cells, "explore"))) >= 2


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_how_long_a_chapter_takes_is_measured_and_not_written(path):
    """The build writes it: book/_ext/nnbook_site/lengths.py."""
    text = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    assert not re.search(r"^.*(?:[Rr]eading time|[Tt]ime to read|^Time:).*$", text, re.M)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda p: p.stem)
def test_a_chapter_ends_with_a_quiz(path):
    """Five questions or more; each option says why it is right or not, and one is right."""
    cells = nbformat.read(path, as_version=4).cells
    (quiz,) = [c.source for c in cells if re.match("## Quiz\n", c.source)]
    questions = QUESTION.split(quiz)[1:]
    assert len(questions) >= 5
    for question in questions:
        options = OPTION.findall(question)
        assert len(options) >= 3 and question.count("<summary>") == len(options), question


def test_a_question_has_one_right_option_and_each_says_why(cells):
    """Of every question of the book; the page makes the verdict one sees of the first word."""
    text = "\n\n".join(c.source for c in cells if c.cell_type == "markdown")
    assert text.count('<details class="option">') == len(OPTION.findall(text))
    for question in QUESTIONS.findall(text):
        options = OPTION.findall(question)
        assert len(options) >= 2
        assert [why.startswith("Right. ") for _, why in options].count(True) == 1, question
        assert all(re.match(r"(Right|No)\. .{20}", why, re.S) for _, why in options), question
        assert not any(re.search(r"[$*`]", shown) for shown, _ in options), question


def test_every_plain_figure_has_words(cells):
    text = "\n".join(cell.source for cell in code(cells))
    assert "plt.show()" not in text or "plotting.use_style()" in text  # or pictures are raster
    for cell in code(cells):
        if re.search(r"^plt\.show\(\)", cell.source, re.M):
            words = cell.metadata.get("mystnb", {})
            assert len(words.get("image", {}).get("alt", "")) > 20, cell.source
            caption = words.get("figure", {}).get("caption", "")
            assert len(caption) > 20 and caption.endswith("."), cell.source  # a sentence below it


def test_cells_that_only_draw_are_folded_on_the_site(cells):
    """So that a page is text, figures and the code that is its lesson; one click shows the rest. What is
    no lesson and makes something else than a figure has the tag house.
    """
    for cell in code(cells):
        draws = re.search(
            r"^plt\.show\(\)|^(explore|guess|attack)\(|^def \w+\(\s*fig\b", cell.source, re.M
        )
        tags = cell.metadata.get("tags", [])
        assert (bool(draws) or "house" in tags) == ("hide-input" in tags), cell.source


def test_what_the_site_folds_or_leaves_out_is_folded_in_jupyter(cells):
    for cell in cells:
        tags = set(cell.metadata.get("tags", []))
        source = bool(tags & {"hide-input", "hide-cell", "remove-input", "remove-cell"})
        outputs = bool(tags & {"hide-output", "hide-cell", "remove-output"})
        wanted = {"source_hidden": True} if source else {}
        wanted |= {"outputs_hidden": True} if outputs else {}
        assert cell.metadata.get("jupyter", {}) == wanted, cell.source


def test_stored_outputs_are_text(cells):
    for cell in code(cells):
        for output in cell.outputs:
            assert output.output_type != "error" and set(output.get("data", [])) <= {"text/plain"}


def wanted_from_others(source):
    """The global names that a cell uses and does not itself define."""
    table = symtable.symtable(source, "cell", "exec")
    own = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    scopes, used = [table], set()
    while scopes:
        scope = scopes.pop()
        scopes += scope.get_children()
        outside = [s for s in scope.get_symbols() if s.is_global() or scope is table]
        used |= {s.get_name() for s in outside if s.is_referenced()}
    return used - own, own


def test_what_a_visible_cell_uses_is_defined_where_one_sees_it(cells):
    """Not in a cell that the site folds; a reader would not find it. Of house cells it may use what the text
    before it names, `so`; who goes deeper opens the folds.
    """
    folded, text, deep = {}, "", deeper.deeper_cells(cells)
    for number, cell in enumerate(cells):
        if cell.cell_type == "markdown":
            text += cell.source
        if cell.cell_type == "markdown" or "remove-cell" in (tags := cell.metadata.get("tags", [])):
            continue
        used, own = wanted_from_others(cell.source)
        hidden = "hide-input" in tags
        found = {name for name in used if folded.get(name) and f"`{name}`" not in text}
        assert hidden or number in deep or not found, found
        folded |= dict.fromkeys(own, hidden)
