"""Every answer that the exercises know is judged in a page as it is here: the same verdict, the same
mistake named, and the same words.
"""

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from nnbook_lib.exercises import SETS, load

import judged

SITE = Path(__file__).parents[1] / "_build" / "html"
DRIVER = Path(judged.__file__).read_text(encoding="utf-8") + "\n\ncount_looks()\n"
LOAD = """root => new Promise((loaded) => {
  const script = document.createElement("script");
  script.onload = () => loaded(window.python = new nnbook.Python(root));
  script.src = `${root}_static/python/python.js`;
  document.head.append(script);
})"""
NUMBER = re.compile(r"-?\d+\.?\d*(?:e[+-]?\d+)?")
FEW = 0.01  # of the reports may have a number that is rounded otherwise
# In two halves of about the same work, for two processes.
HALVES = {
    "first": [
        "forward",
        "chain_rule",
        "gradients",
        "descent",
        "training",
        "initialization",
        "skip",
    ],
    "second": [],
}
HALVES["second"] = [name for name in SETS if name not in HALVES["first"]]


@pytest.fixture(scope="module")
def page(browser):
    """A page of the site with its Python, over http."""
    if not (SITE / "_static" / "python").exists():
        pytest.skip("the site in _build/html was built without Python")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_port}/"
    context = browser.new_context(service_workers="block")
    context.set_default_timeout(300_000)
    page = context.new_page()
    page.goto(f"{root}search.html")
    page.evaluate(LOAD, root)
    yield page
    context.close()
    server.shutdown()
    server.server_close()


def on_the_page(page, name):
    """The verdicts of an exercise, given by the page's Python."""
    source = f"print(packed({name!r}))"
    done = page.evaluate("([source, before]) => python.run(source, { before })", [source, [DRIVER]])
    assert done["status"] == "ok", done["error"]
    return judged.unpacked(done["printed"])


def unit(number):
    """What one more in the last printed digit is; numpy leaves out zeros behind the point, up to
    three. A whole number has no such digit.
    """
    digits, _, exponent = number.partition("e")
    _, point, behind = digits.partition(".")
    return 10.0 ** (int(exponent or 0) - (len(behind) or 3)) if point else 0.0


def almost_the_same(here, there):
    """Whether two reports say the same, but for the last printed digit of a number.

    The sums of a matrix product are added in another order there. So what cancels to 0 here may be 1e-17
    there, or -0, and then the other numbers of an array are set differently, too.
    """
    words = ["".join("".join(NUMBER.split(text)).split()) for text in (here, there)]
    numbers = [NUMBER.findall(text) for text in (here, there)]
    return (
        words[0] == words[1]
        and len(numbers[0]) == len(numbers[1])
        and all(
            abs(float(a) - float(b)) <= max(unit(a), unit(b)) for a, b in zip(*numbers, strict=True)
        )
    )


@pytest.mark.parametrize("half", HALVES)
def test_every_known_answer_is_judged_on_a_page_as_here(half, page):
    different, rounded, total = [], [], 0
    for name in load():
        if name.partition(".")[0] not in HALVES[half]:
            continue
        here, there = judged.verdicts(name), on_the_page(page, name)
        assert list(here) == list(there)
        total += len(here)
        for which, (*verdict, words) in here.items():
            *other, others = there[which]
            if verdict != other or not almost_the_same(words, others):
                different.append(f"{name}, {which}:\n{words}\non the page:\n{others}")
            elif words != others:
                rounded.append(f"{name}, {which}")
    assert not different, "\n\n".join(different)
    assert len(rounded) <= FEW * total, rounded
