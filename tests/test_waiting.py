"""JupyterLite's page says when Python doesn't come: in Chromium, with a Pyodide made for the test.

It is Lab as it lies on the site, with its own worker; only what Pyodide's address answers is ours.
"""

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from conftest import missing

SITE = Path(__file__).parents[1] / "_build" / "html"
LITE = SITE / "lite"
ELSEWHERE = "https://cdn.jsdelivr.net/"
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
BAR = "#nnbook-waiting[role=alert]"
# It fetches one more file, as Pyodide does, and waits forever without it; then all goes well.
PYODIDE = """
const anything = new Proxy(() => {}, {
  get: (_, name) => (name === "then" ? undefined : anything), apply: () => anything,
});
export async function loadPyodide({ indexURL }) {
  try {
    const answer = await fetch(indexURL + "pyodide.asm.wasm");
    if (!answer.ok) throw answer;
    postMessage("begun");
    await answer.arrayBuffer();
  } catch { await new Promise(() => {}); }
  return anything;
}"""
LISTEN = """window.signs = [];
window.Worker = class extends Worker {
  constructor(...how) {
    super(...how);
    this.addEventListener("message", ({ data }) => {
      if (data?.nnbook ?? data === "begun") signs.push(data.nnbook ?? data);
    });
  }
}"""
MJS = {"content_type": "text/javascript", "body": PYODIDE}


@pytest.fixture(scope="module")
def server():
    """The site, and under /python a Pyodide whose second file comes in parts, as the test says."""
    if not (LITE / "waiting.js").exists():
        missing("no built site with JupyterLite in _build/html: run make book first")
    steps = threading.Semaphore(0)

    class Site(SimpleHTTPRequestHandler):
        isolated = False

        def log_message(self, *_):
            pass

        def end_headers(self):
            if self.isolated:
                self.send_header("Cross-Origin-Opener-Policy", "same-origin")
                self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
            super().end_headers()

        def do_GET(self):
            if not self.path.startswith("/python/"):
                super().do_GET()
                return
            self.send_response(200)
            body = PYODIDE.encode() if self.path.endswith(".mjs") else bytes(3)
            self.send_header("Content-Type", "text/javascript")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.path.endswith(".mjs"):
                self.wfile.write(body)
                return
            for one in body:
                steps.acquire()
                self.wfile.write(bytes([one]))
                self.wfile.flush()

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Site, directory=str(SITE)))
    server.daemon_threads = True
    server.steps, server.site = steps, Site
    server.address = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def lab(browser, server):
    """open(answers, seconds, python) -> Lab with a notebook. answers: {file: what Pyodide's address
    gives for it}, None for no answer ever; python: pyodideUrl, if the site's settings name one.
    """
    contexts = []

    def open(answers=None, seconds=1, python=None, workers="block"):
        context = browser.new_context(service_workers=workers)
        contexts.append(context)
        context.add_init_script(LISTEN)
        page = context.new_page()
        page.elsewhere = []

        def answer(route):
            page.elsewhere.append(route.request.url.rpartition("/")[2])
            what = (answers or {}).get(page.elsewhere[-1], {"status": 404})
            if what == "abort":
                route.abort()
            elif what:
                route.fulfill(**{"headers": {"Access-Control-Allow-Origin": "*"}} | what)

        def home(route):
            text = (LITE / "lab" / "index.html").read_text(encoding="utf-8")
            assert text.count('data-seconds="10"') == 1
            text = text.replace('data-seconds="10"', f'data-seconds="{seconds}"')
            route.fulfill(content_type="text/html", body=text)

        def settings(route):
            said = json.loads((LITE / "jupyter-lite.json").read_text(encoding="utf-8"))
            kernel = (
                {"pyodideUrl": python} if python else {}
            )  # the site's own is not what is tested
            said["jupyter-config-data"]["litePluginSettings"][KERNEL] = kernel
            route.fulfill(json=said)

        context.route(lambda url: not url.startswith(server.address), answer)
        if not server.site.isolated:  # what is fulfilled lacks the server's headers
            context.route("**/lite/lab/index.html*", home)
        context.route("**/lite/jupyter-lite.json*", settings)
        smallest = min(LITE.glob("files/*.ipynb"), key=lambda file: file.stat().st_size)
        page.goto(f"{server.address}lite/lab/index.html?path={smallest.name}")
        return page

    yield open
    for context in contexts:
        context.close()


def heard(page, sign, since=0):
    """Wait until the worker has said this, and count what it has said."""
    found = "([sign, since]) => signs.slice(since).some(said => eval(sign))"
    page.wait_for_function(found, arg=[sign, since])
    return page.evaluate("signs.length")


FAILING = {
    "offline": {"pyodide.mjs": "abort"},
    "not there": {"pyodide.mjs": {"status": 404}},
    "another page in its place": {"pyodide.mjs": {"content_type": "text/html", "body": "<p>No."}},
    "no answer": {"pyodide.mjs": None},
    "its second file refused": {"pyodide.mjs": MJS, "pyodide.asm.wasm": "abort"},
    "no answer to the second": {"pyodide.mjs": MJS, "pyodide.asm.wasm": None},
}


@pytest.mark.parametrize("answers", FAILING.values(), ids=FAILING)
def test_without_python_the_page_says_so(lab, server, answers):
    """What happened, what it means, what to do; and it can be put away."""
    page = lab(answers)
    text = page.locator(BAR).inner_text()
    assert "Python has not arrived, so no cell can run" in text and "cdn.jsdelivr.net" in text
    for name, to in [("the chapters", "index.html"), ("another door", "reference/doors.html")]:
        link = page.locator(BAR).get_by_role("link", name=name)
        assert link.evaluate("a => a.href") == server.address + to
    under, height = (
        page.locator(x).bounding_box()[y] for x, y in [("#main", "y"), (BAR, "height")]
    )
    assert under == pytest.approx(height, abs=1)  # it hides nothing of Lab
    page.get_by_role("button", name="Close", exact=True).click()
    page.wait_for_selector(BAR, state="detached")
    assert page.locator("#main").bounding_box()["y"] == 0


def test_with_python_the_page_is_silent_and_asks_for_nothing(lab):
    page = lab({"pyodide.mjs": MJS, "pyodide.asm.wasm": {"body": "x"}}, seconds=1000)
    heard(page, "said.ready")
    assert not page.locator(BAR).count()
    assert page.elsewhere == ["pyodide.mjs", "pyodide.asm.wasm"]


def test_it_goes_away_when_python_comes_after_all(lab, server):
    """And every byte counts, where a download is only slow."""
    page = lab(python="/python/pyodide.mjs")
    begun = heard(page, "said === 'begun'")
    later = heard(page, "said.quiet", begun)
    page.wait_for_selector(BAR)
    assert "It comes from this site" in page.locator(BAR).inner_text()
    server.steps.release()
    heard(page, "said.quiet === 0 && !said.ready", later)
    server.steps.release(2)
    heard(page, "said.ready")
    page.wait_for_selector(BAR, state="detached")
    assert not page.elsewhere


def test_try_again_loads_the_page_anew(lab):
    answers = {"pyodide.mjs": "abort", "pyodide.asm.wasm": {"body": "x"}}
    page = lab(answers, seconds=1000)
    page.wait_for_selector(BAR)
    answers["pyodide.mjs"] = MJS
    page.locator(BAR).get_by_role("button", name="Try again").click()
    heard(page, "said.ready")
    assert not page.locator(BAR).count()


def test_a_package_that_is_missing_later_is_named(lab):
    """What a learner fetches is not our affair."""
    answers = {"pyodide.mjs": MJS, "pyodide.asm.wasm": {"body": "x"}}
    page = lab(answers, seconds=1000)
    heard(page, "said.ready")
    (kernel,) = [worker for worker in page.workers if "pyodide-kernel" in worker.url]
    fetch = "name => fetch('https://cdn.jsdelivr.net/' + name).then(a => a.text())"
    kernel.evaluate(fetch, "my_table.csv")
    kernel.evaluate(fetch, "numpy-2.0.2-cp312-cp312-wasm32.whl")
    assert "has not arrived: numpy. A cell" in page.locator(BAR).inner_text()
    answers["numpy-2.0.2-cp312-cp312-wasm32.whl"] = {"body": "x"}
    kernel.evaluate(fetch, "numpy-2.0.2-cp312-cp312-wasm32.whl")
    page.wait_for_selector(BAR, state="detached")


def test_it_works_beside_the_service_worker(lab):
    page = lab(python="/nowhere/pyodide.mjs", workers="allow")
    assert "It comes from this site" in page.locator(BAR).inner_text()
    active = page.evaluate("navigator.serviceWorker.ready.then(here => here.active.scriptURL)")
    assert "lite/service-worker.js" in active


def test_it_works_on_an_isolated_page(lab, server, monkeypatch):
    """There the kernel has another worker, which speaks with the page through shared memory."""
    monkeypatch.setattr(server.site, "isolated", True)
    page = lab(python="/nowhere/pyodide.mjs")
    assert page.evaluate("crossOriginIsolated")
    assert "It comes from this site" in page.locator(BAR).inner_text()
    server.steps.release(3)
    page = lab(python="/python/pyodide.mjs")
    heard(page, "said.ready")
    assert not page.locator(BAR).count()
