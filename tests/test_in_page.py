"""Cells of a page, run as the page's worker runs them, in this Python."""

import json
import sys

import pytest

from nnbook_lib.in_page import browser, cell, run

ANSWER = """\
from nnbook_lib.exercises import check

def f(x, w, b):
    return {}

check("forward.weighted_sum", f)
"""


@pytest.fixture(autouse=True)
def page(monkeypatch):
    """A page on which nothing has run."""
    monkeypatch.setattr(cell, "_page", {"__name__": "__main__"})
    monkeypatch.setattr(cell, "_ran", [])


def told(source, name="cell 1", **more):
    return json.loads(run(json.dumps({"source": source, "name": name, **more})))


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("1 + 1", ["2"]),
        ("a = 2", []),
        ("a = 2\na;", []),
        ("1\n2", ["2"]),
        ("None", []),
        ("", []),
        ("# nothing", []),
        ("for i in range(3): i", []),
        ("import numpy as np\nnp.arange(3)", ["array([0, 1, 2])"]),
    ],
)
def test_a_cell_shows_its_last_value(source, shown):
    said = told(source)
    assert [item["text"] for item in said["shown"]] == shown and said["status"] == "ok"


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ("w @ x + b", "right", "Checked: three inputs"),
        ("w @ x", "wrong", "The bias is missing."),
        ("...", "open", "not attempted yet"),
    ],
)
def test_an_exercise_is_judged_with_its_report(body, status, words):
    said = told(ANSWER.format(body) + "print('seen')\n")
    assert said["verdict"] == {"name": "forward.weighted_sum", "status": status}
    assert [item["kind"] for item in said["shown"]] == ["html"]
    assert words in said["shown"][0]["html"] and said["printed"] == "seen\n"


def test_an_error_shows_the_reader_s_own_lines():
    said = told("import numpy as np\n\ndef f(x):\n    return np.ones(3) @ x\n\nf(np.ones(2))")
    error = said["error"]
    assert error["line"] == 4 and [each["line"] for each in error["lines"]] == [6, 4]
    assert error["lines"][-1]["text"] == "return np.ones(3) @ x"
    assert error["says"].startswith("ValueError: matmul")
    assert "`x` has shape (2,)" in error["plain"]


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("input('?')", "nobody can answer input()"),
        ("import sys\nsys.exit(2)", "ended this cell, and nothing else"),
        ("import js", "js leads to the browser itself, and is closed"),
        ("from pyodide.code import run_js", "pyodide leads to the browser"),
        ("import no_such_thing", "ModuleNotFoundError: No module named 'no_such_thing'"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("class E(Exception):\n  def __str__(self): 1 / 0\nraise E", "E"),
        ("while True: pass", "This ran for 3 seconds without coming to an end"),
        ("while True:\n  try: pass\n  except BaseException: pass", "without coming to an end"),
        ("def f(): return f()\nf()", "RecursionError"),
        ("raise ValueError('x' * 10**6)", "ValueError: xxx"),
    ],
)
def test_what_a_page_cannot_do_is_said(source, says, monkeypatch):
    monkeypatch.setattr("builtins.input", input)
    browser.settle()
    said = told(source, seconds=3)
    assert says in said["error"]["says"] and len(said["error"]["says"]) < 3000
    assert said["error"]["line"] is not None and len(said["error"]["lines"]) <= 8
    assert told("1 + 1")["shown"][0]["text"] == "2"


@pytest.mark.parametrize(
    ("source", "line", "plain"),
    [
        ("x = 1\nx = (2,\ny = 3", 2, "to each `(` belongs a closing one"),
        ("def f(x)\n    return x", 1, "ends in a colon"),
        ("def f(x):\nreturn x", 2, "indented by four spaces"),
        ("x = 1\n  y = 2", 2, "further right"),
        ("if True:\n    x = 1\n  y = 2", 3, "count the spaces"),
        ("if True:\n\tx = 1\n        y = 2", 3, "Indent by spaces only"),
        ("return 3", 1, "`return` belongs into a function"),
        ("x = 1 +", 1, "cannot read this line"),
        ("x = “a”", 1, "quotation mark"),
        ("x = 3 ≤ 4", 1, "no such sign"),
        ("x = 'a", 1, "quotation mark"),
        ("[0] * 10**18", 1, "more than fits into memory"),
        ("import numpy as np\nnp.ones((10**10, 10**10))", 2, "more than fits into memory"),
        ("import absent", 1, "This page's Python has"),
        ("x = 1\n%timeit x", 2, "are Jupyter's"),
        ("!ls", 1, "are Jupyter's"),
        ("len?", 1, "are Jupyter's"),
        (">>> 1 + 1", 1, "Python's own prompt"),
    ],
)
def test_what_cannot_be_read_is_said_plainly(source, line, plain):
    error = told(source)["error"]
    assert error["line"] == line and plain in error["plain"]


def test_what_is_printed_has_an_end():
    said = told("import warnings\nprint('a' * 10**7)\nwarnings.warn('b')")
    assert len(said["printed"]) < 21_000 and said["printed"].endswith("letters are shown.")
    assert told("import sys\nprint('b', file=sys.stderr)")["printed"] == "b\n"


ODD = "class {}:\n  def __getattribute__(self, name):\n    1 / 0\n"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (ODD.format("E(Exception)") + "raise E", "it has an error itself"),
        (ODD.format("M(type)") + "class E(Exception, metaclass=M): pass\nraise E", "E"),
        ("raise type('E' * 10**6, (Exception,), {})", "EEE"),
    ],
)
def test_an_error_that_is_one_itself_is_told(source, says):
    said = told(source)["error"]["says"]
    assert said and says in said.replace("value", "E") and len(said) < 3000


def test_a_value_whose_class_fails_is_told():
    said = told(ODD.format("M(type)") + "class A(metaclass=M): pass\nA()")
    assert "a value that cannot be shown" in said["shown"][0]["text"]


@pytest.mark.parametrize("body", ["1 / 0", "return 3", "while True: pass"])
def test_a_value_that_cannot_be_shown_is_named(body):
    said = told(f"class A:\n  def __repr__(self):\n    {body}\nA()")
    assert "a A that cannot be shown" in said["shown"][0]["text"]


def test_markup_without_end_is_shown_as_text():
    source = "class A:\n  def _repr_html_(self): return '<b>' * {}\nA()"
    assert told(source.format(1))["shown"][0]["html"] == "<b>"
    assert told(source.format(10**6))["shown"][0]["kind"] == "text"


def test_cells_above_run_once_and_an_exercise_has_its_own_names():
    above = ["runs = []", "runs.append(1)"]
    told("mine = 1\nruns", before=above)
    said = told("len(runs), 'mine' in globals()", before=above)
    assert said["shown"][0]["text"] == "(1, False)"
    told("mine = 1", shared=True)
    assert told("mine")["shown"][0]["text"] == "1"


def test_of_cells_above_the_one_that_fails_is_named():
    said = told("1", before=["x = 1", "x = y"])
    assert said["error"]["lines"] == [{"cell": "cell 2 above", "line": 1, "text": "x = y"}]
    assert told("x", before=["x = 1"])["shown"][0]["text"] == "1"


@pytest.mark.parametrize(
    "source",
    [
        "import builtins\nbuiltins.len = lambda x: 3",
        "import builtins\nbuiltins.__import__ = None",
        "import builtins\ndel builtins.isinstance, builtins.getattr",
        "import json\njson.loads = json.dumps = None",
        "import numpy as np\nnp.array = np.asarray = np.allclose = None\nnp.pi = 3.0\ndel np.linalg",
        "import nnbook_lib.in_page.cell as c\nc._values = c._shown = None",
        "import nnbook_lib.exercises.judge.running as r\nr.Paper.write = None",
        "from nnbook_lib.exercises.report import Report\nReport._repr_html_ = None",
        "import numpy as np\nnp.seterr(all='raise')\nnp.set_printoptions(precision=1)",
        "import sys\nsys.settrace(lambda *_: 1 / 0)",
        "import sys\nsys.setrecursionlimit(100)",
        "import sys\nsys.stdout.close()",
        "import warnings\nwarnings.simplefilter('error')",
        "import os, tempfile\nos.chdir(tempfile.gettempdir())",
    ],
)
def test_what_a_cell_breaks_is_whole_for_the_next(source):
    look = (
        "import sys, os, warnings, builtins, numpy as np\n"
        "np.pi, np.geterr(), np.array([1 / 3]), sys.getrecursionlimit(), os.getcwd(), len('ab'), "
        "warnings.filters[:1], getattr(sys.gettrace(), '__name__', ''), "
        "isinstance(next(iter([1])), int), np.linalg.norm([3, 4])"
    )
    before = told(look)
    told(source)
    assert told(look)["shown"] == before["shown"]
    said = told(ANSWER.format("w @ x + b"))
    assert said["verdict"]["status"] == "right"
    assert "Checked: three inputs" in said["shown"][0]["html"]


def test_what_a_cell_sets_holds_until_its_end_and_what_it_printed_is_shown():
    source = (
        "import numpy as np, sys\nnp.set_printoptions(precision=1)\nprint(1)\nsys.stdout.close()\n"
    )
    said = told(source + "np.array([1 / 3])")
    assert said["shown"][0]["text"] == "array([0.3])" and said["printed"] == "1\n"


def test_modules_that_a_cell_removes_are_back():
    told("import sys\nsys.modules.clear()")
    assert "numpy" in sys.modules and told("import numpy\n1")["status"] == "ok"
