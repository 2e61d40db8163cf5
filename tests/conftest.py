"""What the tests share: processes, a browser, the seeded generator, every layer of the library, and
optional packages.
"""

import importlib
import itertools
import os
import re
import shutil
import threading
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

import nnbook_lib as nn
from nnbook_lib.exercises.judge import watchdog

# What is opened once for many tests: a notebook's kernel, a page, a JupyterLab, a page that runs Python.
TOGETHER = re.compile(
    r"(?P<notebook>.+)::Cell .*|tests/test_site\.py::.*?(?P<page>[\w/]+\.html)\]"
    r"|tests/test_lab\.py::.*\[(?P<door>lab|lite)\b.*"
    r"|tests/(?P<file>test_(running_pages|laboratory_page|page_python|twins_in_wasm))\.py::.*"
    r"|tests/(?P<test>test_solving\.py::test_what_other_pages\w+).*",
    re.S,
)


@pytest.hookimpl(optionalhook=True)  # of xdist
def pytest_xdist_make_scheduler(config, log):
    """What is opened once goes to one process with all its tests, in their order. These go first, the
    longest before the others.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            found = TOGETHER.fullmatch(nodeid)
            return found[found.lastgroup] if found else nodeid

    return Together(config, log)


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """What check waits for an answer, it counts in looks at the clock, 0.1 ms each, so that no test
    depends on how fast the machine is.
    """
    looks = itertools.count()
    monkeypatch.setattr(watchdog, "monotonic", lambda: 1e-4 * next(looks))


def optional(package: str):
    """The package, or a skip that says so; with CI set, where it must be installed, a failure."""
    if os.environ.get("CI"):
        return importlib.import_module(package)
    return pytest.importorskip(package, reason=f"{package} is not installed (optional)")


def missing(what: str):
    """Skip the test and say why; with CI set, fail it."""
    if os.environ.get("CI"):
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


PYODIDE = "NNBOOK_PYODIDE"  # names a folder with Pyodide's files, for the build and for these tests
SITE = Path(__file__).parents[1] / "_build" / "html"


def pyodide() -> Path:
    """The folder that NNBOOK_PYODIDE names, or a skip: no test asks the network for it."""
    named = os.environ.get(PYODIDE, "none")
    if named in ("", "none"):
        pytest.skip(f"{PYODIDE} names no folder with Pyodide's files")
    return Path(named)


def site_with_python() -> Path:
    """The built site, or a skip if it carries no Python; where NNBOOK_PYODIDE names a folder, a failure."""
    if not (SITE / "_static" / "python" / "files.js").is_file():
        what = f"the site in _build/html carries no Python: {PYODIDE}=FOLDER make book gives it one"
        if os.environ.get(PYODIDE, "none") not in ("", "none"):
            pytest.fail(what, pytrace=False)
        pytest.skip(what)
    return SITE


CHROMIUM = next(
    filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), ""
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


REFUSED = "ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error('refused'))"


def without_worker(new_context):
    """new_context, but without service workers where none are asked for: what a worker answers, a test
    can neither hold back nor replace.
    """

    def made(**options):
        if "service_workers" in options:
            return new_context(**options)
        context = new_context(service_workers="block", **options)
        context.add_init_script(f"if (self.ServiceWorkerContainer) {REFUSED}")  # and says nothing
        return context

    return made


@pytest.fixture(scope="module")
def browser():
    """Chromium, no longer than for a file's tests: beside playwright nothing else can use asyncio."""
    if not CHROMIUM:
        missing("no Chromium on this machine (Debian: apt install chromium)")
    with optional("playwright.sync_api").sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        browser.new_context = without_worker(browser.new_context)
        yield browser
        browser.close()


@contextmanager
def served(policy=""):
    """The built site over http on loopback; under a Content-Security-Policy, if one is given."""
    if not (SITE / "index.html").exists():
        missing("no built site in _build/html: run make book first")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def end_headers(self):
            if policy:
                self.send_header("Content-Security-Policy", policy)
            super().end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def address():
    """The built site over http on loopback."""
    with served() as address:
        yield address


DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
CLOSED_STORE = (  # a script for a page whose browser keeps nothing
    "Object.defineProperty(window, 'localStorage', { get() { throw new Error('closed') } })"
)
NEVER = 600_000  # ms; nothing here takes that long on any machine, unless it never comes


@contextmanager
def visited(browser, url, offline=False, **options):
    """A page that keeps in `complaints` all that goes wrong on it."""
    context = browser.new_context(**{"viewport": DESK} | options)
    context.set_default_timeout(NEVER)
    context.set_offline(offline)
    page = context.new_page()
    page.complaints = []
    home = url.split("/")[2]

    def asked(request):
        if request.url.split(":")[0] not in ("data", "blob") and request.url.split("/")[2] != home:
            page.complaints.append(f"asks {request.url}")

    def answered(response):
        if response.status >= 400:
            page.complaints.append(f"{response.status} for {response.url}")

    def said(message):
        if message.type in ("error", "warning"):
            page.complaints.append(f"console {message.type}: {message.text}")

    def failed(request):
        if request.failure != "net::ERR_ABORTED":  # by going on to another page
            page.complaints.append(f"failed: {request.url}")

    page.on("request", asked)
    page.on("response", answered)
    page.on("console", said)
    page.on("requestfailed", failed)
    page.on("pageerror", lambda e: page.complaints.append(f"uncaught: {e}"))
    page.goto(url)
    yield page
    context.close()


@pytest.fixture
def visit(browser):
    """visit(url, ...) -> a page as visited() opens it, for this test alone."""
    with ExitStack() as visits:
        yield lambda url, **options: visits.enter_context(visited(browser, url, **options))


# Every layer of the library in a small instance: name -> build(rng, dtype), and the input's shape behind n.
LAYERS = {
    "Dense": (lambda r, d: nn.Dense(4, 3, rng=r, dtype=d), (4,)),
    "Flatten": (lambda r, d: nn.Flatten(), (2, 3)),
    "BatchNorm": (lambda r, d: nn.BatchNorm(4, dtype=d), (4,)),
    "LayerNorm": (lambda r, d: nn.LayerNorm(4, dtype=d), (4,)),
    "Dropout": (lambda r, d: nn.Dropout(0.4, rng=r), (4,)),
    "Softmax": (lambda r, d: nn.Softmax(), (4,)),
    "Sequential": (
        lambda r, d: nn.Sequential(
            nn.Dense(4, 5, rng=r, dtype=d), nn.tanh, nn.Dense(5, 3, rng=r, dtype=d)
        ),
        (4,),
    ),
    "Residual": (
        lambda r, d: nn.Residual(nn.gelu, nn.Dense(4, 4, init="he", rng=r, dtype=d)),
        (4,),
    ),
    "Network": (
        lambda r, d: nn.mlp(4, 3, depth=3, width=5, norm="layer", skip=True, rng=r, dtype=d),
        (4,),
    ),
    "RNN": (lambda r, d: nn.Recurrent(nn.RNNCell(3, 4, rng=r, dtype=d)), (5, 3)),
    "LSTM": (lambda r, d: nn.Recurrent(nn.LSTMCell(3, 4, rng=r, dtype=d)), (5, 3)),
    "GRU": (lambda r, d: nn.Recurrent(nn.GRUCell(3, 4, rng=r, dtype=d)), (5, 3)),
    "RNN sequences": (
        lambda r, d: nn.Recurrent(nn.RNNCell(3, 4, rng=r, dtype=d), return_sequences=True),
        (5, 3),
    ),
    "LSTM sequences": (
        lambda r, d: nn.Recurrent(nn.LSTMCell(3, 4, rng=r, dtype=d), return_sequences=True),
        (5, 3),
    ),
    "GRU stacked": (
        lambda r, d: nn.Sequential(
            nn.Recurrent(nn.GRUCell(3, 4, rng=r, dtype=d), return_sequences=True),
            nn.Recurrent(nn.GRUCell(4, 2, rng=r, dtype=d)),
            nn.Dense(2, 3, rng=r, dtype=d),
        ),
        (5, 3),
    ),
    **{name: ((lambda r, d, a=a: a), (4,)) for name, a in nn.ACTIVATIONS.items()},
    "leaky_relu(0.25)": (lambda r, d: nn.leaky_relu_with(0.25), (4,)),
}


def jitter(layer, rng):
    """Move every parameter off its starting value (beta = 0, gamma = 1, b = 0 hide mistakes)."""
    for owner, name in layer.parameters():
        array = getattr(owner, name)
        array += (0.3 * rng.standard_normal(array.shape)).astype(array.dtype)
    for part in layer.walk():
        if isinstance(part, nn.BatchNorm):
            part.running_mean += rng.standard_normal(part.d_in).astype(part.gamma.dtype)
            part.running_var *= rng.uniform(0.5, 2, part.d_in).astype(part.gamma.dtype)
    return layer


@pytest.fixture(params=LAYERS, ids=list(LAYERS))
def case(request, rng):
    """(build, shape): build(dtype) -> the layer with jittered parameters, the same for every
    call.
    """
    build, shape = LAYERS[request.param]

    def make(dtype=np.float64):
        return jitter(build(np.random.default_rng(1), dtype), np.random.default_rng(2))

    return make, shape


LOAD_PYTHON = """root => new Promise((loaded) => {
  const script = document.createElement("script");
  script.onload = () => loaded(window.python = new nnbook.Python(root));
  script.src = `${root}_static/python/python.js`;
  document.head.append(script);
})"""
RUN_CELL = """([source, before]) => Promise.race([python.run(source, { before }),
  new Promise((resolve) => setTimeout(resolve, 600_000, { status: "no answer" }))])"""


@pytest.fixture(scope="module")
def in_a_page(browser, address):
    """run(source, *cells above): what the source prints on a page of the site with its Python, over http."""
    site_with_python()
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.goto(f"{address}search.html")
    page.evaluate(LOAD_PYTHON, address)

    def run(source, *before):
        done = page.evaluate(RUN_CELL, [source, [*before]])
        assert done["status"] == "ok", done
        return done["printed"]

    yield run
    context.close()
