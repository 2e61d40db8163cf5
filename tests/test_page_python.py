"""nnbook.Python, the page's side of Python, in a real browser and under a strict policy: it starts,
judges, ends what does not end, and says what is missing.
"""

import pytest

from conftest import SITE, served, site_with_python

POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:"
LOAD = """root => new Promise((loaded) => {
  window.root = root;
  const script = document.createElement("script");
  script.onload = () => loaded();
  script.src = `${root}_static/python/python.js`;
  document.head.append(script);
})"""
RUN = """async ([source, options]) => {
  window.python ??= new nnbook.Python(root);
  const late = new Promise((resolve) => setTimeout(resolve, 200_000, { status: "no answer" }));
  return Promise.race([late, python.run(source, options)
    .catch((why) => ({ status: "rejected", says: why.message }))]);
}"""
ANSWER = """\
from nnbook_lib.exercises import check

def f(x, w, b):
    return {}

check("forward.weighted_sum", f)
"""


@pytest.fixture(scope="module", autouse=True)
def site():
    site_with_python()


@pytest.fixture(scope="module")
def address():
    """The site over http, by a server that lets a page do only what the policy says."""
    with served(POLICY) as address:
        yield address


def opened(browser, root):
    """A page of the site with nnbook.Python on it."""
    context = browser.new_context(service_workers="block")
    context.set_default_timeout(300_000)
    page = context.new_page()
    page.goto(f"{root}search.html")
    page.evaluate(LOAD, root)
    return page


@pytest.fixture(scope="module")
def page(browser, address):
    return opened(browser, address)


def run(page, source, **options):
    return page.evaluate(RUN, [source, options])


@pytest.mark.parametrize("how", ["http", "file"])
def test_an_answer_is_judged(how, browser, address, page):
    seen = page if how == "http" else opened(browser, f"{SITE.as_uri()}/")
    right = run(seen, ANSWER.format("w @ x + b"), seconds=18)
    assert right["verdict"] == {"name": "forward.weighted_sum", "status": "right"}
    assert "The bias is missing." in run(seen, ANSWER.format("w @ x"))["shown"][0]["html"]
    seen.context.set_offline(True)
    assert run(seen, ANSWER.format("..."))["verdict"]["status"] == "open"
    seen.context.set_offline(False)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("while True: pass", "without coming to an end"),
        ("def f(n): return f(n + 1) + 1\nf(0)", "RecursionError"),
        ("import numpy as np\nnp.ones(10**9)", "array is too big"),
        ("[0] * 10**9", "MemoryError"),
        ("input()", "nobody can answer input()"),
        ("import sys\nsys.exit()", "ended this cell"),
        ("import js\njs.close()", "closed"),
        ("import threading\nthreading.Thread(target=print).start()", "can't start new thread"),
        ("import urllib.request as u\nu.urlopen('http://example.org')", "URLError"),
    ],
)
def test_what_cannot_be_done_is_said_and_python_goes_on(source, says, page):
    run(page, "1")
    page.evaluate("() => { python.onprogress = ({ stage }) => { window.begun = stage } }")
    assert says in run(page, source, seconds=1)["error"]["says"]
    assert run(page, "1 + 1")["shown"][0]["text"] == "2"
    assert page.evaluate("window.begun") is None  # it is the same Python


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("import itertools\nsum(itertools.count())", "without coming to an end"),
        ("import os\nos._exit(1)", "Python broke down in this cell"),
    ],
)
def test_what_python_cannot_end_the_page_ends_and_starts_python_again(source, says, page):
    said = run(page, source, seconds=1)
    assert said["status"] == "broken" and says in said["error"]["says"]
    above = ["import numpy as np"]
    assert run(page, "int(np.ones(2).sum())", before=above)["shown"][0]["text"] == "2"


def test_ten_megabytes_of_output_are_cut(page):
    assert len(run(page, "for i in range(10_000): print('x' * 1000)")["printed"]) < 21_000


def test_a_cell_is_stopped_at_once_and_those_that_wait_are_run(page):
    run(page, "1")
    said = page.evaluate("""async () => {
      const endless = python.run("while True: pass", {}), next = python.run("1 + 1", {});
      await new Promise(requestAnimationFrame);
      python.stop();
      return [(await endless).status, (await next).shown[0].text];
    }""")
    assert said == ["stopped", "2"]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("pyodide.asm.wasm", "missing"),
        ("python_stdlib.zip", "refused"),
        ("numpy", "cut"),
        ("nnbook_lib", "missing"),
        ("worker.js", "missing"),
        ("pyodide.asm.js", "refused"),
    ],
)
def test_a_file_that_does_not_come_whole_is_named_and_asked_for_again(
    name, fault, browser, address
):
    seen = opened(browser, address)

    def answer(route):
        if fault == "missing":
            route.fulfill(status=404)
        elif fault == "refused":
            route.abort()
        else:
            route.fulfill(body=route.fetch().body()[:5000])

    seen.context.route(f"**/python/{name}*", answer)
    said = run(seen, "1 + 1")
    words = {"missing": "is not on this site (404)", "cut": "is damaged: 5000 of"}
    assert said["status"] == "rejected"
    if name.endswith(".js"):
        assert "Python's script did not come." in said["says"]
    else:
        assert name in said["says"] and words.get(fault, "did not come") in said["says"]
    seen.context.unroute_all()
    assert run(seen, "1 + 1")["shown"][0]["text"] == "2"
    seen.context.close()


def test_matplotlib_that_did_not_come_is_asked_for_again(browser, address):
    seen = opened(browser, address)
    seen.context.route("**/python/kiwisolver*", lambda route: route.fulfill(status=404))
    assert "kiwisolver" in run(seen, "1 + 1", drawing=True)["says"]
    seen.context.unroute_all()
    assert run(seen, "import matplotlib\n1 + 1", drawing=True)["shown"][0]["text"] == "2"
    seen.context.close()


def test_in_a_folder_stop_is_heard_while_files_come_and_a_damaged_file_is_said(browser):
    seen = opened(browser, f"{SITE.as_uri()}/")
    said = seen.evaluate("""async () => {
      const python = window.python = new nnbook.Python(root);
      const first = new Promise((come) => { python.onprogress = come; });
      const stopped = python.run("1 + 1", {});
      await first;
      python.stop();
      return (await stopped).status;
    }""")
    assert said == "stopped"
    seen.evaluate("window.whole = atob; window.atob = (text) => whole(text.slice(0, 400)); 0")
    assert "One of Python's files is damaged" in run(seen, "1 + 1")["says"]
    seen.evaluate("window.atob = whole; 0")
    assert run(seen, "1 + 1")["shown"][0]["text"] == "2"
    seen.context.close()
