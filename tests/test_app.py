"""A book once opened is read without a connection, and it is never an old one.

Small books are built here by nnbook_site.app, changed and built again; what a reader sees of them, with
and without a connection, is looked at in Chromium. At the end, the built site itself.
"""

import gzip
import importlib
import json
import os
import re
import struct
import sys
import threading
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
import test_site

from conftest import NEVER, SITE, missing, optional, site_with_python, visited

ROOT = Path(__file__).parents[1]
sys.path[:0] = map(str, [ROOT / "book" / "_ext", ROOT / "tools"])
optional("sphinx")
addresses, app = (importlib.import_module(f"nnbook_site.{name}") for name in ("addresses", "app"))
site_pages = importlib.import_module("site_pages")

STATIC = Path(app.__file__).parent / "static"
POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:"
PAGE = """<!DOCTYPE html><html lang="en"><head><title>{name}</title>
<link rel="manifest" href="{up}manifest.webmanifest"><link rel="icon" href="{up}_static/logo.svg">
<link rel="stylesheet" href="{up}_static/site.css"><script defer src="{up}_static/says.js?v=1"></script>
<script defer src="{up}_static/app.js"></script></head>
<body><p id="page">{word}</p><p id="script"></p>{more}</body></html>"""
FRAME = "_static/frames/0123456789abcdef.js"
MORE = {"one.html": f'<figure data-frames="{FRAME}"></figure>'}


PATIENCE = re.compile(r"PATIENCE = \d+")


class Book:
    """A book in a folder below a server's top, whose pages, scripts and sheet all say one word."""

    def __init__(self, top: Path, place: str):
        self.place, self.folder, self.hour = place, top / place, 1_600_000_000
        self.patience = NEVER
        (self.folder / "_static" / "frames").mkdir(parents=True)
        (self.folder / "lite").mkdir()
        for name, source in (
            ("app.js", "app.js"),
            ("logo.svg", "logo.svg"),
            ("ground.svg", "logo.svg"),
        ):
            (self.folder / "_static" / name).write_bytes((STATIC / source).read_bytes())
        self.write(FRAME, "frames")
        self.write("lite/note.html", "<p>A note</p>")
        self.write("index.html", '<meta http-equiv="Refresh" content="0; url=one.html">')
        self.says("A", "one.html", "two.html", "deep/three.html")

    def write(self, name: str, text: str):
        """Each time an hour later, so that a server asked for what is newer has it."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        self.hour += 3600
        os.utime(file, (self.hour, self.hour))

    def says(self, word: str, *pages: str):
        """Write these pages, and the script and the sheet of all, anew; build."""
        self.write("_static/says.js", f'document.getElementById("script").textContent = "{word}";')
        sheet = f':root {{ --word: "{word}" }} p {{ background: url(ground.svg) }}'
        self.write("_static/site.css", sheet)
        for name in pages:
            values = {"name": name, "word": word, "more": MORE.get(name, "")}
            self.write(name, PAGE.format(up="../" * name.count("/"), **values))
        self.build()

    def build(self):
        app.build(
            SimpleNamespace(
                outdir=self.folder,
                builder=SimpleNamespace(format="html"),
                config=SimpleNamespace(html_title="A book", root_doc="one"),
            ),
            None,
        )
        worker = self.folder / "sw.js"  # patient, however slow the machine
        worker.write_text(PATIENCE.sub(f"PATIENCE = {self.patience}", worker.read_text()))
        for file in self.folder.rglob("*"):  # what the build has written has this hour, not today's
            if file.is_file() and file.stat().st_mtime > self.hour:
                os.utime(file, (self.hour, self.hour))

    def key(self, name: str) -> str:
        """Under which a browser keeps what the file holds now."""
        return f"{self.address}{name}?v={addresses.digits(self.folder / name)}"


@contextmanager
def serving(folder: Path, policy: str = POLICY):
    """A server that lets everything be kept for ten minutes, as GitHub's does. `asked` lists what it was
    asked for; of the names in `without`, it says what they map to: a status, or None for nothing. With
    `short`, it leads from page.html to page.
    """

    class Site(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_GET(self):
            if self.path == "/favicon.ico":  # a browser's own wish
                self.send_response(204)
                self.end_headers()
                return
            server.asked.append(self.path)
            path = self.path.partition("?")[0]
            if server.short and path.endswith(".html"):
                self.send_response(308)
                self.send_header("Location", self.path.replace(".html", ""))
                self.end_headers()
                return
            if server.short and (folder / f"{path[1:]}.html").exists():
                self.path = f"{path}.html"
            name = next((n for n in server.without if n in self.path), None)
            if name and server.without[name] is None:
                server.ended.wait()
            elif name:
                self.send_error(server.without[name])
            else:
                super().do_GET()

        def send_error(self, *what):
            self.failed = True
            super().send_error(*what)

        def end_headers(self):
            if not hasattr(self, "failed"):
                self.send_header("Cache-Control", "max-age=600")
            self.send_header("Content-Security-Policy", policy)
            super().end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Site, directory=str(folder)))
    server.daemon_threads = True
    server.asked, server.without, server.ended = [], {}, threading.Event()
    server.short = False
    server.address = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.ended.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["", "some/book/"], ids=["top", "folder"])
def book(request, tmp_path):
    with serving(tmp_path) as server:
        book = Book(tmp_path, request.param)
        book.server, book.address = server, server.address + book.place
        yield book


@pytest.fixture
def at_top(tmp_path):
    with serving(tmp_path) as server:
        book = Book(tmp_path, "")
        book.server, book.address = server, server.address
        yield book


@pytest.fixture
def read(browser):
    """read(address, ...) -> a page that may have a service worker."""
    with ExitStack() as visits:
        yield lambda address, **options: visits.enter_context(
            visited(browser, address, **{"service_workers": "allow"} | options)
        )


KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) found.push(url);
  return found;
}"""


def wait_until(page, test, arg=None):
    """Until what the browser keeps, a list of addresses, passes the test."""
    page.evaluate(
        f"async (arg) => {{ while (!({test})(await ({KEPT})(), arg))"
        " await new Promise(requestAnimationFrame); }",
        arg,
    )


def wait_until_kept(page, book, *names):
    test = "(kept, keys) => keys.every((key) => kept.includes(key))"
    wait_until(page, test, [book.key(name) for name in names])


def kept(page, book):
    return {url.removeprefix(book.address).split("?")[0] for url in page.evaluate(KEPT)}


def words(page):
    """What the page, its script and its sheet say."""
    sheet = 'getComputedStyle(document.documentElement).getPropertyValue("--word").slice(1, -1)'
    return [page.inner_text("#page"), page.inner_text("#script"), page.evaluate(sheet)]


WHOLE = ("one.html", "_static/says.js", "_static/site.css", "_static/ground.svg", FRAME)


def test_what_was_opened_is_read_without_a_connection(book, read):
    """The page with all it uses, its frames that were not yet asked for, too; nothing that was not."""
    page = read(book.address + "one.html")
    wait_until_kept(page, book, *WHOLE, "_static/app.js")
    page.context.set_offline(True)
    for address in ("one.html", "one.html?q=word#page", "one"):
        page.goto(book.address + address)
        assert words(page) == ["A"] * 3
    assert page.evaluate(f"fetch('{FRAME}').then((answer) => answer.text())") == "frames"
    assert not {"two.html", "deep/three.html"} & kept(page, book)
    assert page.complaints == []


def test_who_reads_on_has_the_rest_too(book, read):
    page = read(book.address + "one.html")
    wait_until_kept(page, book, *WHOLE)
    page.goto(book.address + "two.html")
    wait_until_kept(page, book, *app.kept(book.folder))
    page.context.set_offline(True)
    page.goto(book.address + "deep/three.html")
    assert words(page) == ["A"] * 3 and page.complaints == []
    page.goto(book.address)
    page.wait_for_url("**/one.html")
    assert words(page) == ["A"] * 3


def test_so_has_who_stays_for_a_minute(at_top, read):
    page = read(at_top.address + "lite/note.html")
    page.context.add_init_script(
        """const later = setTimeout;
        window.setTimeout = (what, ms) => ms === 60_000 ? (window.minute = what) : later(what, ms);"""
    )
    page.goto(at_top.address + "one.html")
    wait_until_kept(page, at_top, *WHOLE)
    assert "two.html" not in kept(page, at_top)
    page.evaluate("minute()")
    wait_until_kept(page, at_top, *app.kept(at_top.folder))


DEAR = "Object.defineProperty(Navigator.prototype, 'connection', { value: { saveData: true } })"


def test_where_data_is_dear_only_what_is_opened_is_fetched(at_top, read):
    page = read(at_top.address + "one.html")
    page.context.add_init_script(DEAR)
    wait_until_kept(page, at_top, *WHOLE)
    page.goto(at_top.address + "two.html")
    wait_until_kept(page, at_top, "two.html")
    page.goto(at_top.address + "one.html")
    wait_until_kept(page, at_top, *WHOLE)
    assert "deep/three.html" not in kept(page, at_top)


def test_a_new_book_is_read_at_once_and_kept(book, read):
    page = read(book.address + "one.html")
    wait_until_kept(page, book, *WHOLE)
    old = book.key("one.html")
    book.says("B", "one.html", "two.html", "deep/three.html")
    page.goto(book.address + "one.html")
    assert words(page) == ["B"] * 3
    wait_until_kept(page, book, *WHOLE)
    wait_until(page, "(kept, old) => !kept.includes(old)", old)
    page.context.set_offline(True)
    page.reload()
    assert words(page) == ["B"] * 3 and page.complaints == []


def test_only_what_changed_is_fetched_again_and_what_went_does_not_come_back(book, read):
    page = read(book.address + "one.html")
    wait_until_kept(page, book, *WHOLE)
    page.goto(book.address + "two.html")
    wait_until_kept(page, book, *app.kept(book.folder))
    (book.folder / "two.html").unlink()
    book.write("deep/three.html", (book.folder / "deep/three.html").read_text() + "<p>more</p>")
    book.build()
    book.server.asked.clear()
    assert page.goto(book.address + "two.html").status == 404  # though it is kept
    page.goto(book.address + "one.html")
    wait_until(page, "(kept, count) => kept.length === count", len(app.kept(book.folder)))
    asked = {path.partition("?")[0].removeprefix(f"/{book.place}") for path in book.server.asked}
    assert asked <= {"two.html", "one.html", "sw.js", "deep/three.html"}
    page.context.set_offline(True)
    page.goto(book.address + "deep/three.html")
    assert "more" in page.inner_text("body")
    with suppress(Exception):  # nothing, or the 404 that the browser itself has kept
        page.goto(book.address + "two.html")
    assert not page.locator("#page").count()


def test_a_page_never_meets_the_script_of_another_version(at_top, read):
    """A new page whose script does not come goes without; the old book stays whole, until the new one is."""
    page = read(at_top.address + "one.html")
    wait_until_kept(page, at_top, *WHOLE)
    at_top.says("B", "one.html")
    at_top.server.without = {"says.js": 503}
    page.goto(at_top.address + "one.html")
    assert words(page) == ["B", "", "B"]
    page.context.set_offline(True)
    page.reload()
    assert words(page) == ["A"] * 3
    page.context.set_offline(False)
    at_top.server.without = {}
    page.reload()
    assert words(page) == ["B"] * 3
    wait_until_kept(page, at_top, *WHOLE)


@pytest.mark.parametrize("trouble", [None, 503])
def test_a_server_that_does_not_answer_is_no_connection(at_top, read, trouble):
    at_top.patience = 1 if trouble is None else at_top.patience
    at_top.build()
    page = read(at_top.address + "one.html")
    wait_until_kept(page, at_top, *WHOLE)
    at_top.server.without = {"": trouble}
    page.reload()
    assert words(page) == ["A"] * 3


def test_a_host_may_lead_to_shorter_addresses(at_top, read):
    at_top.server.short = True
    page = read(at_top.address + "one.html")
    assert page.url == at_top.address + "one"
    wait_until_kept(page, at_top, *WHOLE)
    page.goto(at_top.address + "two.html")
    wait_until_kept(page, at_top, *app.kept(at_top.folder))
    page.context.set_offline(True)
    for name in ("one.html", "one", "deep/three.html"):
        page.goto(at_top.address + name)
        assert words(page) == ["A"] * 3
    assert page.complaints == []


def test_a_new_version_of_an_opened_page_brings_what_it_asks_for(at_top, read):
    """Before it is in charge, though the page itself is not opened again."""
    page = read(at_top.address + "one.html")
    page.context.add_init_script(DEAR)
    wait_until_kept(page, at_top, *WHOLE)
    new = FRAME.replace("0123", "4567")
    at_top.write(new, "new frames")
    at_top.write("one.html", (at_top.folder / "one.html").read_text().replace(FRAME, new))
    at_top.build()
    page.goto(at_top.address + "two.html")
    wait_until_kept(page, at_top, "one.html", new)


PYTHON = "_static/python/"


def test_python_is_kept_when_it_has_been_used(at_top, read):
    """In its version; a new version brings its heirs, and fetches only what changed."""
    for name in ("engine", "library-1.zip", "drawing-1.zip", "run.js", "packs/run.js"):
        at_top.write(PYTHON + name, name)
    at_top.write(PYTHON + "files.js", '(self.nnbook ??= {}).files = {"version":"p1"};')
    at_top.build()
    page = read(at_top.address + "one.html")
    wait_until_kept(page, at_top, *WHOLE)
    get = f"""([name, v]) => fetch('/{PYTHON}' + name + '?v=' + v)
    .then((answer) => answer.text(), () => 'nothing')"""
    for name in ("engine", "library-1.zip", "run.js"):
        assert page.evaluate(get, [name, "p1"]) == name
    page.goto(at_top.address + "two.html")
    wait_until_kept(page, at_top, PYTHON + "engine", PYTHON + "library-1.zip", "deep/three.html")
    assert not {PYTHON + "drawing-1.zip", PYTHON + "packs/run.js"} & kept(page, at_top)
    at_top.server.asked.clear()
    (at_top.folder / PYTHON / "library-1.zip").unlink()
    for name in ("library-2.zip", "more.js"):
        at_top.write(PYTHON + name, name)
    at_top.write(PYTHON + "files.js", '(self.nnbook ??= {}).files = {"version":"p2"};')
    at_top.says("B", "two.html")
    page.goto(at_top.address + "two.html")
    wait_until_kept(page, at_top, "two.html", *(PYTHON + n for n in ("library-2.zip", "more.js")))
    wait_until(page, "(kept, old) => !kept.some((key) => key.includes(old))", "library-1.zip")
    asked = {path.partition("?")[0].rpartition("/")[2] for path in at_top.server.asked}
    assert not {"engine", "run.js", "drawing-1.zip"} & asked
    page.context.set_offline(True)
    assert page.evaluate(get, ["engine", "p2"]) == "engine"


def test_what_is_not_the_books_is_not_touched(at_top, read):
    """JupyterLite's folder, another book's keeping, what is asked for in part, and files that are not."""
    page = read(at_top.address + "one.html")
    wait_until_kept(page, at_top, *WHOLE)
    page.evaluate("caches.open('another').then(kept => kept.put('/another', new Response('its')))")
    seen = {}
    page.on("response", lambda r: seen.update({r.url.removeprefix(at_top.address): r}))
    for get in (
        "'lite/note.html'",
        "'two.html', { headers: { Range: 'bytes=0-3' } }",
        "'none.html'",
    ):
        page.evaluate(f"fetch({get}).then((answer) => answer.text())")
    page.evaluate("fetch('one.html').then((answer) => answer.text())")
    assert {name: r.from_service_worker for name, r in seen.items()} == {
        "lite/note.html": False,
        "two.html": False,
        "none.html": False,
        "one.html": True,
    }
    at_top.says("B", "one.html")
    page.goto(at_top.address + "one.html")
    wait_until_kept(page, at_top, *WHOLE)
    assert not [key for key in page.evaluate(KEPT) if "none" in key]
    assert f"{at_top.address}another" in page.evaluate(KEPT)
    assert "lite/note.html" not in kept(page, at_top)


def test_a_full_browser_reads_on(at_top, read):
    page = read(at_top.address + "lite/note.html")
    quota = {"origin": at_top.address[:-1], "quotaSize": 1}
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", quota)
    page.goto(at_top.address + "one.html")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    put = "caches.open('x').then(x => x.put('/x', new Response('x'))).catch(why => why.name)"
    assert page.evaluate(put) == "QuotaExceededError"
    page.goto(at_top.address + "two.html")
    at_top.says("B", "two.html")
    page.goto(at_top.address + "two.html")
    assert words(page) == ["B"] * 3 and kept(page, at_top) == set() and page.complaints == []


BROKEN = {"missing": None, "not a script": "<p>", "failing": "throw new Error('no')"}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_without_a_worker_the_site_is_as_before(at_top, read, text):
    if text is None:
        (at_top.folder / "sw.js").unlink()
    else:
        at_top.write("sw.js", text)
    page = read(at_top.address + "lite/note.html")
    page.context.add_init_script(
        """const { prototype } = ServiceWorkerContainer, { register } = prototype;
        prototype.register = function (...given) {
          const done = register.apply(this, given);
          done.catch(() => {}).then(() => { window.refused = true; });
          return done;
        };"""
    )
    page.goto(at_top.address + "one.html")
    page.wait_for_function("() => window.refused")
    page.complaints = [one for one in page.complaints if "fetching the script" not in one]  # 404
    assert words(page) == ["A"] * 3 and page.complaints == []


def test_in_a_folder_nothing_is_asked_for(at_top, read):
    page = read((at_top.folder / "one.html").as_uri())
    page.evaluate(test_site.AT_REST)
    assert words(page) == ["A"] * 3
    page.context.new_cdp_session(page).send(
        "Page.getAppManifest"
    )  # as a browser with a window does
    assert not page.locator("link[rel=manifest]").count() and page.complaints == []


def test_a_download_put_on_the_pages_later_is_known_to_the_worker(at_top):
    """Else they would be pages of no version, and none were kept."""
    at_top.write("one.html", "<!-- pdf -->")
    at_top.build()
    site_pages.offer(at_top.folder, "book.pdf", "The book", "1 page")
    assert "book.pdf" in (at_top.folder / "one.html").read_text()
    known = f'"one.html": "{addresses.digits(at_top.folder / "one.html")}"'
    assert known in (at_top.folder / "sw.js").read_text()


def test_the_same_site_has_the_same_worker_and_icons_of_their_size(at_top):
    def made():
        names = ["sw.js", app.MANIFEST, *(f"_static/{name}.png" for name in app.ICONS)]
        return {name: (at_top.folder / name).read_bytes() for name in names}

    before = made()
    at_top.build()
    assert made() == before
    icons = json.loads(before[app.MANIFEST])["icons"]
    for icon in icons:
        size = "{}x{}".format(*struct.unpack(">II", before[icon["src"]][16:24]))
        assert size == icon["sizes"]
    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}
    version = re.compile(rb'"version": "(\w+)"')
    at_top.write("deep/three.html", "changed")
    at_top.build()
    assert version.search(made()["sw.js"])[1] != version.search(before["sw.js"])[1]


# The built site ------------------------------------------------------------------------------


@pytest.fixture
def built(browser):
    if not (SITE / "sw.js").exists():
        missing("no built site in _build/html: run make book first")
    with serving(SITE, "") as server:
        book = SimpleNamespace(folder=SITE, address=server.address, server=server)
        book.key = partial(Book.key, book)
        yield book


LIVE, DOORS = "03_gradient_descent.html", "reference/doors.html"


def test_a_chapter_is_read_and_its_figures_moved_without_a_connection(built, read):
    page = read(built.address + LIVE)
    frames = [
        str(test_site.frames_file(LIVE, address).relative_to(SITE))
        for address in test_site.FRAMES.findall(test_site.html(LIVE))
    ]
    wait_until_kept(page, built, LIVE, *frames)
    page.context.set_offline(True)
    page.reload()
    test_site.unfolded(page)
    for name in test_site.FIGURES[LIVE]:
        test_site.check_alive(page, name)
    assert page.complaints == []


def test_an_exercise_is_solved_without_a_connection(built, read):
    """Once Python has been used, on whatever page."""
    test_solving = importlib.import_module("test_solving")
    files = (site_with_python() / app.PYTHON / "files.js").read_text(encoding="utf-8")
    core = json.loads(files.partition(" = ")[2].rstrip(";\n"))["core"]
    notebook, name = test_solving.NODE
    exercise = test_solving.Exercise(read(f"{built.address}exercises/{notebook}.html"), name)
    wait_until_kept(exercise.page, built, f"exercises/{notebook}.html")
    exercise.open().answer(test_solving.solution(notebook, name))
    expect = optional("playwright.sync_api").expect
    expect(exercise.report).to_contain_text(": right", timeout=NEVER)
    wait_until_kept(exercise.page, built, *(app.PYTHON + file["file"] for file in core))
    exercise.page.context.set_offline(True)
    exercise.page.reload()
    _, wrong, words = test_solving.WRONG[notebook]
    exercise.open().answer(wrong)
    expect(exercise.report).to_contain_text(words, timeout=NEVER)
    assert exercise.page.complaints == []


def test_the_whole_book_weighs_what_the_page_on_its_doors_says(built):
    """And the worker and its registration next to nothing."""
    book = [name for name in app.kept(SITE) if not name.startswith(app.PYTHON)]
    weight = {name: len(gzip.compress((SITE / name).read_bytes())) for name in [*book, "sw.js"]}
    said = re.search(r"the rest of the\s+book with them: ([\d.]+) MB", test_site.html(DOORS))
    assert sum(weight.values()) <= 1e6 * float(said[1])
    assert weight["_static/app.js"] <= 1000 and weight["sw.js"] <= 8000


def test_jupyterlite_has_a_worker_of_its_own_beside_the_books(built, read):
    """It would end the book's when it is first opened, and take it for its own when it is again."""
    page = read(built.address + DOORS)
    wait_until_kept(page, built, DOORS)
    for _ in range(2):
        page.goto(built.address + "lite/lab/index.html")
        page.wait_for_function("() => navigator.serviceWorker.controller")
        controller = page.evaluate("navigator.serviceWorker.controller.scriptURL")
        assert controller.startswith(built.address + "lite/")
        page.goto(built.address + DOORS)
        controller = page.evaluate("navigator.serviceWorker.controller.scriptURL")
        assert controller == built.address + "sw.js"
