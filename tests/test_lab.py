"""The notebooks in a real JupyterLab, and in JupyterLite on the built site: they read as the page does.

No Python is started, since this is about the text. Each fold is opened in the moment in which it
appears, as an eager reader does, and looked at when all cells stand and all formulas are typeset.
"""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import nbformat
import pytest

from conftest import missing, optional

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "book"
SITE = ROOT / "_build" / "html"
NOTEBOOKS = [p.relative_to(BOOK).as_posix() for p in sorted(BOOK.rglob("*.ipynb"))]
NOTEBOOKS = [name for name in NOTEBOOKS if ".ipynb_checkpoints" not in name]
CODE = re.compile(r"^ *(```+).*?^ *\1|(`+)(?!`).+?(?<!`)\2(?!`)", re.M | re.S)
FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$]+\$", re.S)

# Opens the folds of a cell once: what is drawn anew stays as it is drawn.
OPEN = """new MutationObserver(() => {
  const folds = document.querySelectorAll(".jp-MarkdownCell:not([opened]) details");
  for (const fold of folds) {
    fold.closest(".jp-MarkdownCell").setAttribute("opened", "");
    fold.querySelector("summary").click();
  }
}).observe(document, { childList: true, subtree: true });"""

COUNTS = """() => {
  const count = (what) => document.querySelectorAll(`.jp-Notebook ${what}`).length;
  return [count(".jp-Cell"), count(".jp-MarkdownOutput"), count(".jp-InputPlaceholder"),
    count("details"), count("mjx-container")];
}"""

FAULTS = r"""() => {
  const found = [];
  const all = (what) => document.querySelectorAll(`.jp-Notebook .jp-MarkdownCell ${what}`);
  for (const fold of all("details")) {
    const summary = fold.querySelector("summary");
    const style = getComputedStyle(summary);
    if (!fold.open) found.push(`shut: ${summary.textContent}`);
    if (style.display != "list-item" || style.listStyleType != "disclosure-open")
      found.push(`no triangle: ${summary.textContent}`);
  }
  const raw = /[$`]|\{[\w:-]+\}|:::|\*\*|\]\(|^\(.+\)=|<\/?[a-z]|\\[a-z]/i;
  const hues = new Set();
  for (const cell of all(".jp-RenderedMarkdown")) {
    const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const inside = walk.currentNode.parentElement;
      if (inside.closest("code, pre, mjx-container") || !walk.currentNode.data.trim()) continue;
      if (raw.test(walk.currentNode.data)) found.push(`raw: ${walk.currentNode.data}`);
      const { color, backgroundColor } = getComputedStyle(inside);
      if (!inside.closest("a")) hues.add(`${color} on ${backgroundColor}`);
    }
  }
  for (const error of all("mjx-merror")) found.push(`formula: ${error.textContent}`);
  if (hues.size > 1) found.push(`colors: ${[...hues].join(", ")}`);
  return found;
}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address at which JupyterLab, with nobody's settings, opens a notebook."""
    optional("jupyterlab")
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(BOOK, home / "book")  # JupyterLab saves what it opens
    folders = ["JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"]
    folders += ["JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"]
    options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0"]
    options += ["--IdentityProvider.token=", f"--ServerApp.root_dir={home / 'book'}"]
    options += ["--KernelSpecManager.ensure_native_kernel=False"]
    options += ["--KernelSpecManager.allowed_kernelspecs=none", "--expose-app-in-browser"]
    with subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *options],
        env=os.environ | {name: str(home / name) for name in folders},
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        said = ""
        while not (found := re.search(r"http://\S+:\d+/lab\b", said)):
            said += (line := server.stderr.readline())
            assert line, f"JupyterLab did not start:\n{said}"
        drain = threading.Thread(target=server.stderr.read)
        drain.start()
        yield f"{found[0]}?reset"
        server.terminate()
        drain.join()


@pytest.fixture(scope="module")
def lite():
    """The address at which JupyterLite of the built site opens a notebook."""
    if not (SITE / "lite").exists():
        missing("no built site with JupyterLite in _build/html: run make book first")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=SITE)) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/lite/lab/index.html"
        server.shutdown()


def exposing(route):
    """JupyterLite's settings, with one more: a script may ask its app for something."""
    settings = json.loads((SITE / "lite" / "jupyter-lite.json").read_text(encoding="utf-8"))
    settings["jupyter-config-data"]["exposeAppInBrowser"] = "true"
    route.fulfill(json=settings)


@pytest.fixture(scope="module", params=["lab", "lite"])
def door(request, browser):
    """A tab in which a notebook is opened after the other; it asks nothing of the network, and starts
    no Python.
    """
    context = browser.new_context()
    context.set_default_timeout(120_000)  # ms; on a busy machine a notebook needs 20 s
    context.route(re.compile(r"^https?://(?!127\.0\.0\.1|localhost)"), lambda way: way.abort())
    context.route("**/lite/jupyter-lite.json", exposing)
    context.route("**/_static/python/**", lambda way: way.abort())
    context.add_init_script(OPEN)
    tab = context.new_page()
    tab.goto(request.getfixturevalue(request.param))
    tab.wait_for_function("window.jupyterapp && jupyterapp.restored.then(() => true)")
    yield tab
    context.close()


@pytest.fixture
def window(door):
    """The tab with nothing open."""
    door.evaluate("[...jupyterapp.shell.widgets('main')].forEach((one) => one.dispose())")
    return door


def start(window, name):
    """Open a notebook."""
    window.evaluate("path => void jupyterapp.commands.execute('docmanager:open', { path })", name)


def expected(name):
    """How many cells, of which so many are text and so many fold their code; folds and formulas."""
    cells = nbformat.read(BOOK / name, as_version=4).cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    folded = [cell for cell in cells if cell.metadata.get("jupyter", {}).get("source_hidden")]
    folds = sum(text.count("<details") for text in texts)
    formulas = sum(len(FORMULA.findall(CODE.sub("", text))) for text in texts)
    return [len(cells), len(texts), len(folded), folds, formulas]


def test_what_is_deeper_is_folded_there_too(window):
    """The first in its tab: of notebooks opened after others, Lab does not always hide what is folded."""
    start(window, "05_remedies/all_together.ipynb")
    heading = window.get_by_role("heading", name=re.compile("^Deeper: A sigmoid"))
    heading.wait_for()
    below = window.locator(".jp-Cell", has_text="Tanh is a sigmoid, stretched and moved")
    more = window.locator(".jp-showHiddenCellsButton").first
    more.wait_for(state="attached")  # what is below the heading is folded a little later
    below.wait_for(state="hidden")
    more.evaluate("button => button.click()")
    below.wait_for()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_reads_as_the_page_does(name, window):
    wanted = expected(name)
    start(window, name)
    there = f"wanted => String(({COUNTS})()) == String(wanted)"
    with contextlib.suppress(optional("playwright.sync_api").TimeoutError):
        window.wait_for_function(there, arg=wanted, polling=250)
    assert (window.evaluate(FAULTS), window.evaluate(COUNTS)) == ([], wanted)


def test_a_citation_opens_the_bibliography_at_its_entry(window):
    start(window, "05_remedies/initialization.ipynb")
    window.get_by_role("link", name="Pennington et al., 2017").first.evaluate(
        "link => link.click()"
    )
    entry = window.locator(".jp-MarkdownViewer li", has_text="Resurrecting the sigmoid")
    entry.wait_for()
    window.wait_for_function(
        "entry => entry.getBoundingClientRect().top < innerHeight", arg=entry.element_handle()
    )
    assert entry.inner_text().startswith("Pennington et al., 2017.")
