"""What a build runs and keeps, and what it says of it. The site itself is tested in test_site.py."""

import asyncio
import importlib
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import pytest

from nnbook_lib.live import clock, easel, frames, sources

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
pytest.importorskip("sphinx")
execution, kernels, progress, quizzes = (
    importlib.import_module(f"nnbook_site.{name}")
    for name in ("execution", "kernels", "progress", "quizzes")
)


def notebook(*cells, text="A sentence."):
    code = [{"cell_type": "code", "source": [c], "metadata": {}, "outputs": []} for c in cells]
    words = {"cell_type": "markdown", "source": [text], "metadata": {}}
    form = {"metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps({"cells": [words, *code], **form})


@pytest.fixture
def app(tmp_path):
    """As much of Sphinx as running notebooks needs: one document, `page`."""
    env = SimpleNamespace(doc2path=lambda name: str(tmp_path / f"{name}.ipynb"))
    return SimpleNamespace(env=env, outdir=str(tmp_path / "html"), found_docs={"page"})


def write(app, *cells, **how):
    Path(app.env.doc2path("page")).write_text(notebook(*cells, **how), encoding="utf-8")
    return execution._mark(app.env, "page")


DENSE = "import nnbook_lib as nn\nnn.Dense(2, 1)"


def test_a_notebook_is_old_when_its_code_changes_and_not_when_its_text_does(app):
    mark = write(app, DENSE)
    assert write(app, DENSE, text="Another sentence.") == mark
    assert write(app, DENSE + "  # more") != mark


@pytest.mark.parametrize(
    ("edited", "counts"),
    [("dense.py", True), ("layer.py", True), ("optimizers.py", False), ("skip.py", False)],
)
def test_a_notebook_is_old_when_a_file_it_runs_on_changes(edited, counts, app, monkeypatch):
    mark, content = write(app, DENSE), sources._content
    monkeypatch.setattr(
        sources, "_content", lambda file: content(file) + b"edited" * (file.name == edited)
    )
    assert (execution._mark(app.env, "page") != mark) is counts


def test_a_notebook_is_old_when_something_it_imports_comes_or_goes(app, monkeypatch):
    mark = write(app, "%pip list\ntry:\n    import torch\nexcept ImportError:\n    pass")
    monkeypatch.setattr(execution, "_version", lambda name: "9.9" if name == "torch" else "1.0")
    assert execution._mark(app.env, "page") != mark


def test_what_a_notebook_gave_is_put_into_its_cells(app, tmp_path):
    app.env.nnbook_marks = {"page": write(app, "1 + 1", "print(3)")}
    given = [[{"output_type": "execute_result", "data": {"text/plain": "2"}}], []]
    kept = execution._kept(app, "page", app.env.nnbook_marks["page"])
    kept.parent.mkdir()
    kept.write_text(json.dumps(given))
    source = [Path(app.env.doc2path("page")).read_text()]
    execution.put_outputs(app, "page", source)
    cells = json.loads(source[0])["cells"]
    assert [c["outputs"] for c in cells[1:]] == given and "outputs" not in cells[0]
    untouched = ["# A page"]
    execution.put_outputs(app, "other", untouched)
    assert untouched == ["# A page"]


def test_a_kernel_runs_a_notebook_in_its_folder_with_its_environment(tmp_path):
    file = tmp_path / "page.ipynb"
    code = "import os, pathlib; print(pathlib.Path.cwd().name, os.environ['NNBOOK_NOTEBOOK'])"
    file.write_text(notebook(code))

    async def run():
        with kernels.Kernels(execution.ONE_THREAD | dict(execution.os.environ)) as some:
            return await execution._outputs(file, "page", some)

    [[said]] = asyncio.run(run())
    assert said["text"] == f"{tmp_path.name} page\n"


def test_a_notebook_that_fails_is_named_and_not_kept(tmp_path, monkeypatch):
    file, warned = tmp_path / "page.ipynb", Mock()
    file.write_text(notebook("1 / 0"))
    monkeypatch.setattr(execution.logger, "warning", warned)

    async def run():
        with kernels.Kernels(execution.ONE_THREAD | dict(execution.os.environ)) as some:
            return await execution._outputs(file, "page", some)

    assert asyncio.run(run()) is None
    assert "ZeroDivisionError" in str(warned.call_args) and "page" in str(warned.call_args)


@pytest.fixture
def course(app, tmp_path, monkeypatch):
    """Two notebooks that should take 10 s and 20 s, on a machine half as fast."""
    known = {"benchmark": 1.0, "pages": 5.0, "notebooks": {"short": 10.0, "long": 20.0}}
    (tmp_path / "seconds.json").write_text(json.dumps(known))
    monkeypatch.setattr(progress, "KNOWN", tmp_path / "seconds.json")
    monkeypatch.setattr(progress, "benchmark", lambda: 2.0)
    monkeypatch.setattr(progress, "cores", lambda: 2)
    monkeypatch.setenv("NNBOOK_FRAMES", str(tmp_path / "frames"))
    return progress.Progress(app, ["short", "long"], all_of=5)


def test_how_long_is_guessed_from_this_machines_speed_and_then_from_what_was_done(course):
    assert course.order == ["long", "short"]
    assert course._left() == 40  # the longer one, 2 x 20 s; both side by side
    course.took["short"] = 50.0  # five times as long as it should
    assert course._left() == 100


def test_the_table_says_where_the_time_went(course):
    course.took |= {"short": 3.0, "long": 4.0}
    cache = course._file.parent
    spent = {"computing": 1.0, "drawing": 0.5, "packing": 0.25}
    for seconds in spent, None:
        frames._tell(cache, "live-wave", done=12, of=12, kb=34.5, seconds=seconds)
    lines = course._file.read_text().replace("null", '"long"', 1).splitlines()
    course._file.write_text("\n".join(lines).replace('"notebook": null', '"notebook": "long"'))
    table = "\n".join(course.table())
    assert table.index("long") < table.index("wave, 12 pictures") < table.index("short")
    assert "1.8        1.0      0.5      0.2" in table and "kept" in table


def test_words_for_a_time():
    assert [progress.words(s) for s in (0.4, 59.6, 200)] == ["0 s", "1 min 0 s", "3 min 20 s"]


def frame(*files):
    """The stack of a program, its innermost function's file first."""
    back = None
    for file in reversed(files):
        back = SimpleNamespace(f_code=SimpleNamespace(co_filename=file), f_back=back)
    return back


CELL, NUMPY = "/tmp/ipykernel_7/1.py", "/site-packages/numpy/_core/_methods.py"


@pytest.mark.parametrize(
    ("files", "doing"),
    [
        ((NUMPY, "/here/nnbook_lib/dense.py", CELL, easel.__file__), "computing"),
        ((NUMPY, CELL, easel.__file__, frames.__file__), "computing"),
        ((NUMPY, "/site-packages/matplotlib/axis.py", CELL, easel.__file__), "drawing"),
        (("/here/nnbook_lib/plotting.py", CELL), "drawing"),
        (
            ("/lib/xml/etree/ElementTree.py", "/here/nnbook_lib/live/svg.py", easel.__file__),
            "packing",
        ),
        ((easel.__file__, frames.__file__), "drawing"),
        (("/lib/threading.py",), "computing"),
        ((), "computing"),
    ],
)
def test_the_clock_knows_what_the_program_does(files, doing):
    assert clock._doing(frame(*files)) == doing


@pytest.mark.parametrize("word, kind", [("Right", "right"), ("No", "wrong"), ("Perhaps", "")])
def test_an_option_gets_the_verdict_that_its_text_begins_with(word, kind, monkeypatch):
    monkeypatch.setattr(quizzes, "logger", warned := Mock())
    option = f'<details class="option"><summary>x</summary>\n<p>{word}. So.</p></details>'
    shown = quizzes.with_verdicts(option)
    assert (f'class="option {kind}"' in shown) == bool(kind) != warned.warning.called
    assert (f'<strong class="verdict">{word}.</strong> So.' in shown) == bool(kind)
