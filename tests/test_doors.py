"""The doors: links from one setting, pins that agree, the wheel elsewhere, JupyterLite on the site.

What a browser's Python can't do is tested from the library's source; that the wheel works away
from this folder, in an environment of its own.
"""

import ast
import json
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from unittest.mock import Mock
from urllib.parse import unquote

import ipywidgets
import nbformat
import numpy
import pytest

import nnbook_lib as nn
import nnbook_lib.exercises
from nnbook_lib.live import explorer as live

sys.path.insert(0, str(Path(__file__).parents[1] / "book" / "_ext"))
from nnbook_site import doors, lite

from conftest import missing

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "book"
SITE = ROOT / "_build" / "html"
NOTEBOOKS = sorted(BOOK.rglob("*.ipynb"))
REPOSITORY = doors.Repository.configured()


@pytest.fixture(scope="session")
def site():
    if not (SITE / doors.LITE).exists():
        missing("no built site with JupyterLite in _build/html: run make book first")
    return SITE


# One setting --------------------------------------------------------------------------------


def test_every_address_follows_from_the_setting(tmp_path):
    config = tmp_path / "_config.yml"
    config.write_text(
        "repository: {url: 'https://github.com/a/b/', branch: dev, path_to_book: text}\n"
    )
    there = doors.Repository.configured(config)
    file = "05_remedies/lstm gru.ipynb"
    assert there.library == "git+https://github.com/a/b@dev"
    assert unquote(there.binder(file)) == (
        f"https://mybinder.org/v2/gh/a/b/dev?urlpath=lab/tree/text/{file}"
    )
    assert there.colab(file) == (
        "https://colab.research.google.com/github/a/b/blob/dev/text/05_remedies/lstm%20gru.ipynb"
    )
    html = doors.row(there, file, "../", "05_remedies/lstm gru")
    assert html.count("https://") == 2 and REPOSITORY.name not in html
    assert there.library in doors.install_cell(there.library)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_notebook_installs_the_library_where_it_is_missing(path):
    """If this fails: python tools/doors.py and the notebook's name."""
    cells = nbformat.read(path, as_version=4).cells
    first = next(cell for cell in cells if cell.cell_type == "code")
    assert first.source == doors.install_cell(REPOSITORY.library)
    assert first.metadata == {"jupyter": {"source_hidden": True}, "tags": [doors.TAG]}


def test_the_install_cell_installs_only_where_the_library_is_missing():
    """What IPython makes of it, run with and without the library."""
    from IPython.core.inputtransformer2 import TransformerManager

    code = TransformerManager().transform_cell(doors.install_cell(REPOSITORY.library))
    for here, wanted in [(True, []), (False, [("pip", f"install -q {REPOSITORY.library}")])]:
        shell = Mock()
        source = code if here else code.replace("nnbook_lib", "a_module_that_is_nowhere")
        exec(source, {"get_ipython": Mock(return_value=shell)})
        assert [call.args for call in shell.run_line_magic.call_args_list] == wanted


def test_the_pages_have_their_doors(site):
    """Each page of the book says where to run it, and a notebook's page runs that notebook."""
    shown = 0
    for path in NOTEBOOKS:
        name = path.relative_to(BOOK).as_posix()
        page = (site / name).with_suffix(".html")
        if not page.exists():
            continue
        shown += 1
        text = page.read_text(encoding="utf-8")
        row = re.search(r'<nav class="doors".*?</nav>', text, re.S).group()
        up = "../" * name.count("/")
        wanted = {REPOSITORY.binder(name), REPOSITORY.colab(name), up + doors.lite(name)}
        wanted |= {f"{up}_sources/{name}", f"{up}{doors.EXPLAINED}.html"}
        assert set(re.findall(r'href="([^"]+)"', row)) == wanted
        first = doors.INSTALL.splitlines()[0].split("'")[0]  # of the cell that is not on the site
        assert first not in text
        assert not re.search(r'class="[^"]*launch-buttons', text)  # nor the theme's own
    assert shown
    assert "Run the book" in (site / "intro.html").read_text(encoding="utf-8")
    explained = (site / f"{doors.EXPLAINED}.html").read_text(encoding="utf-8")
    assert REPOSITORY.binder() in explained and doors.lite() in explained
    glossary = (site / "reference/glossary.html").read_text(encoding="utf-8")
    assert '<nav class="doors"' not in glossary  # it is no notebook


# Pins ---------------------------------------------------------------------------------------


def pins(path):
    """{package: version} of a requirements file's own lines."""
    lines = re.findall(r"^([\w-]+)==(\S+)$", path.read_text(), re.M)
    return {name.lower().replace("_", "-"): version for name, version in lines}


def test_binder_gets_what_the_book_was_tested_with():
    tested = pins(ROOT / "requirements.txt")
    learner = pins(ROOT / ".binder" / "requirements.txt")
    wanted = {"numpy", "matplotlib", "ipywidgets", "jupyterlab"}
    assert set(learner) == wanted and learner == {name: tested[name] for name in wanted}
    lines = (ROOT / ".binder" / "requirements.txt").read_text().splitlines()
    assert "-c ../constraints.txt" in lines
    # pip would look for it in the folder it is started in; see the head of that file
    assert not any(line.startswith(("-e", ".")) for line in lines)
    assert "\npython -m pip install --no-deps -e .\n" in (ROOT / ".binder/postBuild").read_text()


def test_jupyterlite_matches_jupyterlab():
    """Its parts are made for one minor version of JupyterLab each: 0.8 for 4.6."""
    tested = pins(ROOT / "requirements.txt")
    core, kernel = tested["jupyterlite-core"], tested["jupyterlite-pyodide-kernel"]
    assert core.rsplit(".", 1)[0] == kernel.rsplit(".", 1)[0]
    assert tested["jupyterlab"].rsplit(".", 1)[0] == "4.6" and core.startswith("0.8.")


# The library in the browser's Python ----------------------------------------------------------

# Modules of the standard library that Pyodide leaves out, or that can't start anything there.
ABSENT = {"curses", "dbm", "ensurepip", "fcntl", "grp", "idlelib", "msvcrt", "pwd", "readline"}
ABSENT |= {"resource", "syslog", "termios", "tkinter", "turtle", "venv", "winreg", "winsound"}
STARTS = {"asyncio", "concurrent", "multiprocessing", "subprocess", "threading", "socket"}
BROUGHT = {"numpy", "matplotlib", "PIL", "matplotlib_inline", "ipywidgets", "IPython", "nnbook_lib"}
AT_BUILD_ONLY = {"clock.py"}  # watches what takes time while the book is built


def imports(tree, everywhere):
    """The first names of the modules that a file imports: at its top, or everywhere."""
    for node in ast.walk(tree) if everywhere else tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]


def test_the_library_imports_nothing_that_pyodide_lacks():
    package = ROOT / "nnbook_lib"
    for file in sorted(package.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if file.parent == package / "exercises" / "collect":  # a teacher's command, which starts
            continue  # kernels, and which nothing else may import
        assert not re.search(r"^ *(from|import) .*\bcollect\b", text, re.M), file
        used = set(imports(ast.parse(text), everywhere=True))
        if file.name == "bridge.py":  # for readers who have it; the others are told
            used -= {"torch"}
        if file.name == "fitting.py":  # its progress="bar", likewise
            used -= {"tqdm"}
        if file.name in ("easel.py", "watchdog.py"):  # a lock and threading.local: no thread starts
            used -= {"threading"}
        known = used <= set(sys.stdlib_module_names) | BROUGHT
        assert known and not used & ABSENT, file
        if file.name not in AT_BUILD_ONLY:
            assert not used & STARTS, file


def test_a_figure_in_a_kernel_starts_nothing():
    """explore() in a notebook needs no module that draws for the book."""
    code = """
import sys
import nnbook_lib.live as live
def draw(fig, n=1):
    fig.subplots().plot([0, n])
    return f"{n}"
e = live.Explorer(draw, "a line", {"n": (1, 3)})
assert e.set(n=2).caption == "2" and e._widgets().children
print("nnbook_lib.live.frames" in sys.modules, "nnbook_lib.live.clock" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split() == ["False", "False"]


def test_a_figure_shows_on_the_older_widgets_of_colab(monkeypatch):
    """Colab has ipywidgets 7, where a widget does not say by itself how it is shown."""
    monkeypatch.delattr(ipywidgets.Widget, "_repr_mimebundle_")
    monkeypatch.delenv(live.BUILDING, raising=False)
    monkeypatch.setattr("IPython.core.getipython.get_ipython", Mock())
    shown = Mock()
    monkeypatch.setattr("IPython.display.display", shown)

    def draw(fig, n=1):
        fig.subplots().plot([0, n])
        return f"{n}"

    live.explore(draw, n=(1, 3), alt="a line")
    bundle = shown.call_args.args[0]
    view = bundle["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] and view["version_major"] == 2 and bundle["text/plain"] == "1"


# The wheel ----------------------------------------------------------------------------------


def test_the_wheel_works_elsewhere(tmp_path):
    """Installed without an index in an environment of its own, it imports and finds its digits."""
    (tmp_path / "pypi").mkdir()
    wheel = lite.build_library(tmp_path / "pypi")
    assert wheel.name.endswith("-py3-none-any.whl")
    inside = [Path(name) for name in zipfile.ZipFile(wheel).namelist() if "dist-info" not in name]
    assert {path.suffix for path in inside} <= {".py", ".md", ".npz", ".csv", ".json"}
    venv.create(tmp_path / "env", with_pip=False)
    python = next((tmp_path / "env").glob("[bS]*/python*"))
    home = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", home, wheel], check=True)
    Path(home, "numpy.pth").write_text(str(Path(numpy.__file__).parents[1]))
    code = """
import nnbook_lib as nn
import nnbook_lib.exercises
print(nn.__file__)
print(nn.datasets.digits().x.shape, len(nnbook_lib.exercises.load()))
"""
    done = subprocess.run(
        [python, "-I", "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    where, *found = done.stdout.splitlines()
    digits, exercises = nn.datasets.digits(), nnbook_lib.exercises.load()
    assert Path(where).is_relative_to(tmp_path)
    assert found == [f"{digits.x.shape} {len(exercises)}"]


# JupyterLite --------------------------------------------------------------------------------


def test_jupyterlite_holds_the_notebooks(site):
    """Every notebook of the site is there and listed, and takes the library from the site."""
    inside = site / doors.LITE
    listed = set()
    for file in (inside / "api" / "contents").rglob("all.json"):
        entries = json.loads(file.read_text(encoding="utf-8"))["content"]
        listed |= {entry["path"] for entry in entries}
    for path in NOTEBOOKS:
        name = path.relative_to(BOOK).as_posix()
        if (site / name).with_suffix(".html").exists():
            text = (inside / "files" / name).read_text(encoding="utf-8")
            assert name in listed and lite.LIBRARY in text and REPOSITORY.library not in text


def test_jupyterlite_needs_no_package_index(site):
    """The library, and what Pyodide does not bring, lie in the site; so do the controls."""
    inside = site / doors.LITE
    index = json.loads((inside / "pypi" / "all.json").read_text(encoding="utf-8"))
    assert set(index) == {"comm", "ipywidgets", "jupyterlab-widgets", "nnbook-lib"}
    for package in index.values():
        for (wheel,) in package["releases"].values():
            assert (inside / "pypi" / wheel["filename"]).stat().st_size == wheel["size"]
    settings = json.loads((inside / "jupyter-lite.json").read_text(encoding="utf-8"))
    extensions = settings["jupyter-config-data"]["federated_extensions"]
    names = {extension["name"] for extension in extensions}
    ours = {"@jupyter-widgets/jupyterlab-manager", "@jupyterlite/pyodide-kernel-extension"}
    assert names == {*ours, "jupyterlab_pygments"}  # others, installed by chance, would come along
    assert not list(inside.rglob("*.js.map"))
