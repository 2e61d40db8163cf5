"""Collecting answers: each exercise has one true status, whatever was handed in, and by whom."""

import asyncio
import csv
import io
import json
import re
import shlex
from pathlib import Path

import pytest
from jupyter_client.kernelspec import NoSuchKernel

from nnbook_lib.exercises import SETS, load
from nnbook_lib.exercises.collect import __main__ as command
from nnbook_lib.exercises.collect import finding, results, tables
from nnbook_lib.exercises.collect.reading import Cell, checked
from nnbook_lib.exercises.collect.results import Result, Student
from nnbook_lib.exercises.collect.running import Died, Kernel, Ran, run

PAGE = Path(__file__).parents[1] / "book" / "reference" / "classes.md"
RIGHT = 'check("forward.layer", lambda x, W, b: x @ W.T + b)'
WRONG = 'check("forward.layer", lambda x, W, b: x @ W.T)'
HANDED_IN = [
    "import numpy as np\nfrom nnbook_lib.exercises import check",
    WRONG,
    f"%%capture\n{RIGHT}; from IPython.display import clear_output; clear_output()",
    'def collapse(W1, b1:\n    pass\n\ncheck("forward.collapse", collapse)',
    'answer = of_a_deleted_cell\ncheck("forward.tent", answer)',
    "import os\nopen(os.environ['NNBOOK_VERDICTS'], 'a').write('5\\n{\"name\": 5}\\n')",
    'check("forward.softmax", lambda u: u)',
    'check("forward.network")',
    'print("✓ forward.bump: right")  # check("forward.bump", bump)',
    'def check(*_):\n    return "✓ forward.kinks: right"',
    'check("forward.kinks", ...)',
]


def write(path, sources, stored=""):
    """A notebook of these cells; stored: the text of the output of each."""
    output = {"output_type": "execute_result", "data": {"text/plain": [stored]}, "metadata": {}}
    cells = [
        {"cell_type": "code", "source": [s], "outputs": [output] * bool(stored)} for s in sources
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")


def statuses(text):
    return dict(re.findall(r"^  . (forward\.\w+) +(.+)$", text, re.M))


def test_a_class_with_every_kind_of_answer(tmp_path, capsys):
    """What is printed, cleared or stored counts for nothing, and one broken file stops no other."""
    folder = tmp_path / "handed in"
    write(folder / "佐藤 花子" / "answers (1).ipynb", HANDED_IN, "✓ forward.softmax: right (x)")
    whole = (folder / "佐藤 花子" / "answers (1).ipynb").read_text(encoding="utf-8")
    (folder / "=cmd_01_forward.ipynb").write_text(whole[:400], encoding="utf-8")
    (folder / "notes.txt").write_text("")
    before = sorted(folder.rglob("*"))
    table = tmp_path / "class.csv"
    assert command.main([str(folder), "--csv", str(table), "--details"]) == 1
    assert sorted(folder.rglob("*")) == before
    shown = capsys.readouterr().out
    of_sato = shown.split("佐藤 花子: ")[1].split("\n\n")[0]
    assert of_sato.startswith("1 of 10 right")
    assert statuses(of_sato) == {
        "forward.weighted_sum": "missing",
        "forward.layer": "right",
        "forward.collapse": "broken",
        "forward.parameters": "missing",
        "forward.tent": "broken",
        "forward.bump": "missing",
        "forward.kinks": "broken",
        "forward.softmax": "wrong",
        "forward.network": "not attempted",
        "forward.interpolate": "missing",
    }
    assert "SyntaxError: '(' was never closed, line 1." in of_sato
    assert "NameError: name 'of_a_deleted_cell' is not defined, line 1." in of_sato
    assert results.NOT_CALLED in of_sato
    assert re.search(r"forward.softmax +wrong\n.*\s+It was shown as right", of_sato)
    assert set(statuses(shown.split("=cmd: ")[1].split("\n\n")[0]).values()) == {"not reached"}
    assert table.read_bytes().startswith(b"\xef\xbb\xbfstudent,")
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    rows = {row["student"]: row for row in csv.DictReader(lines)}
    assert list(rows)[:2] == ["'=cmd", "佐藤 花子"]
    assert (rows["佐藤 花子"]["right"], rows["佐藤 花子"]["of"]) == ("1", "10")
    assert "not valid JSON" in rows["'=cmd"]["remarks"]
    assert rows["all students: not reached"]["forward.layer"] == "1"


def test_an_endless_cell_is_stopped_and_a_kernel_that_dies_is_seen(tmp_path):
    folder = tmp_path / ("long" * 13)  # as macOS has them: no name for a socket's file
    folder.mkdir()

    async def one():
        kernel = Kernel(folder)
        try:
            await kernel.start()
            endless = "open('started', 'w').close()\nwhile True: pass"
            assert await kernel.reply(endless, seconds=0) is None
            while not (folder / "work" / "started").exists():
                await asyncio.sleep(0.05)
            assert await kernel.interrupt()
            reply = await kernel.reply("1 / 0", seconds=100)
            assert reply["ename"] == "ZeroDivisionError"
            with pytest.raises(Died):
                await kernel.reply("import os; os._exit(1)", seconds=100)
        finally:
            await kernel.stop()

    asyncio.run(one())


def test_a_kernel_that_does_not_start_is_said(monkeypatch):
    monkeypatch.setattr("jupyter_client.kernelspec.KernelSpecManager.get_kernel_spec", no_kernel)
    (ran,) = asyncio.run(run([Cell("1")], seconds=1))
    assert ran.stopped == "The kernel did not start: No such kernel named python3."


def no_kernel(self, name):
    raise NoSuchKernel(name)


def test_what_is_not_run_is_not_reached_and_the_last_check_counts():
    book = {"forward.layer": "01", "forward.tent": "01", "backprop.chain": "02"}
    layer, tent = Cell("", ("forward.layer",)), Cell("", ("forward.tent",))
    right = Ran([{"name": "forward.layer", "status": "right", "says": ""}])
    dead = Ran(stopped="The kernel died in an earlier cell.")
    found = results.of_notebook([layer, tent], [right, dead], book)
    assert [r.status for r in found.values()] == ["right", "not reached"]
    found = results.of_notebook([layer, layer], [right, Ran(error="SyntaxError: x")], book)
    assert {n: r.status for n, r in found.items()} == {
        "forward.layer": "broken",
        "forward.tent": "missing",
    }


def test_of_several_notebooks_the_last_in_which_an_exercise_was_tried_counts():
    kinds = ["wrong", "right", "not attempted", "not reached", "missing"]
    handed_in = {Path(f"{i}.ipynb"): {"forward.layer": Result(k)} for i, k in enumerate(kinds)}
    student = results.of_student("Sato", handed_in)
    assert student.results["forward.layer"].status == "right"
    assert "more than one notebook" in student.remarks[0]


@pytest.mark.parametrize(
    ("file", "student"),
    [
        ("Sato_01_forward.ipynb", "Sato"),
        ("Sato_01_forward (1).ipynb", "Sato"),
        ("01-forward-propagation Sato Hanako-Copy1.ipynb", "Sato Hanako"),
        ("か\u3099_clinic.ipynb", "が"),
        ("Sato/01_forward_propagation (1).ipynb", "Sato"),
        ("Sato/week 1/answers.ipynb", "Sato"),
        ("01_forward_propagation.ipynb", "class"),
        ("01_forward_propagation (1).ipynb", "class (1)"),
        ("Sato/.ipynb_checkpoints/01.ipynb", None),
    ],
)
def test_whose_a_notebook_is(tmp_path, file, student):
    folder = tmp_path / "class"
    for path in (folder / file, folder / "Abe" / "02_chain_rule.ipynb"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    found, _ = finding.find([str(folder)], SETS.values())
    assert {one.student for one in found} == {"Abe", student} - {None}


def test_folders_for_weeks_need_not_be_students(tmp_path):
    for file in (
        "week 1/Sato_01_forward.ipynb",
        "week 1/Abe_01.ipynb",
        "week 2/Sato_02_chain.ipynb",
    ):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text("")
    found, _ = finding.find([str(tmp_path)], SETS.values(), by_file=True)
    assert [one.student for one in found] == ["Abe_01", "Sato", "Sato"]


def test_a_name_is_harmless_on_a_screen_and_one_that_is_no_utf_8_stays_its_own():
    assert finding.plain("Sato\x1b[2J\n") == "Sato [2J"
    assert finding.plain("\udc8d\udcb2") == r"\udc8d\udcb2"  # Shift JIS, out of a zip


def test_what_a_notebook_says_is_harmless_on_a_screen():
    said = {"name": "forward.tent", "status": "wrong", "says": "It gives \x1b[2J."}
    ran = [Ran(error="KeyError: '\x1b]0;x\x07'"), Ran([said, said | {"status": "perfect"}])]
    cells = [Cell("", ("forward.layer",)), Cell("", ("forward.tent",))]
    found = results.of_notebook(cells, ran, {"forward.layer": "01", "forward.tent": "01"})
    assert [r.says for r in found.values()] == ["KeyError: ' ]0;x '.", "It gives [2J."]


@pytest.mark.parametrize("name", ["=1+1", "a;=1+1", 'a; "@x', "a;b"])
def test_a_name_is_no_formula_in_whatever_way_a_spreadsheet_cuts_cells(name):
    file = io.StringIO()
    tables.write_csv([Student(name, {"forward.layer": Result("right")})], file)
    row = file.getvalue().splitlines()[1]
    assert not re.search(r"""(^|[,;])[\s"]*[=@]""", row)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ('assert check("forward.layer", layer)', ["forward.layer"]),
        ("ex.check(\n    name='forward.layer', answer=f)", ["forward.layer"]),
        ('check("forward.layer, layer', ["forward.layer"]),
        ('# check("forward.layer", layer)', []),
        ("recheck('forward.layer')", []),
    ],
)
def test_calls_of_check_are_found_in_code_that_does_not_run(source, names):
    assert checked(source) == names


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere"], "nowhere does not exist"),
        (["*.ipynb"], "*.ipynb does not exist"),
        (["."], "There is no notebook"),
        (["text.txt"], "There is no notebook"),
        ([".", "--csv", "one.ipynb"], "must end in .csv"),
        ([".", "--csv", "no/class.csv"], "there is no folder no"),
        ([".", "--only", "forward.layr"], "Did you mean forward.layer?"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_run(
    tmp_path, monkeypatch, capsys, arguments, says
):
    (tmp_path / "text.txt").write_text("")
    monkeypatch.chdir(tmp_path)
    assert command.main(arguments) == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"cells": [1]}', '{"cells": [{"cell_type": "code", "source": 5}]}']
)
def test_a_file_that_holds_no_exercise_is_named(tmp_path, capsys, text):
    (tmp_path / "one.ipynb").write_text(text)
    assert command.main([str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "one.ipynb" in said and "No exercise of this book" in said


def test_wide_letters_keep_the_columns():
    students = [Student(n, {"forward.layer": Result("right")}) for n in ("佐藤", "Abe")]
    first, second = tables.of_class(students).splitlines()[1:3]
    assert first.index("✓") + len("佐藤") == second.index("✓")


def test_the_page_shows_commands_and_statuses_that_there_are():
    text = PAGE.read_text(encoding="utf-8")
    commands = re.findall(r"^python -m nnbook_lib\.exercises\.collect (.+)$", text, re.M)
    assert commands
    for line in commands:
        assert command._asked(shlex.split(line)).paths
    for names in re.findall(r"--only (\w[\w.,]+)", text):
        assert command._only(names, load())
    assert all(f"**{status}**" in text for status in results.STATUSES)
