"""JupyterLite with a Python of the site's own, which the pages have, too."""

import json
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "book" / "_ext"))
from nnbook_site import lite, own_python
from nnbook_site.runtime import lock, writing

from conftest import optional, pyodide

BOOK = Path(__file__).parents[1] / "book"


@pytest.fixture
def runtime(tmp_path, monkeypatch):
    """A folder with the files of Pyodide, in names only, which the lock then names."""
    folder = tmp_path / "runtime"
    folder.mkdir()
    packages = {
        "numpy": ("numpy-1.0-cp312-cp312-wasm32.whl", []),
        "matplotlib": ("matplotlib-1.0-cp312-cp312-wasm32.whl", ["numpy", "pillow"]),
        "fonttools": ("fonttools-1.0-py3-none-any.whl", []),
        "scipy": ("scipy-1.0-cp312-cp312-wasm32.whl", ["numpy"]),
    }
    listed = {
        name: {"file_name": file, "sha256": lock.sha256(file.encode()), "depends": depends}
        for name, (file, depends) in packages.items()
    }
    groups = {"core": [lock.PACKAGES, packages["numpy"][0]], "drawing": [packages["matplotlib"][0]]}
    files = []
    for group, names in (groups | {"lite": ["pyodide.mjs", packages["fonttools"][0]]}).items():
        for name in names:
            (folder / name).write_text(name)
            files.append(lock.File(name, group, "1.0", len(name), lock.sha256(name.encode())))
    (folder / lock.PACKAGES).write_text(json.dumps({"info": {}, "packages": listed}))
    for module in (lock, own_python):
        monkeypatch.setattr(module, "FILES", files)
    return folder


def test_the_lock_of_jupyterlite_is_complete(runtime, tmp_path):
    """Each package is there, with its hash and all that it needs, or with the pages; nothing else is."""
    optional("jupyterlite_pyodide_kernel")
    out = tmp_path / "out"
    lite._build(tmp_path / "work", out, {Path("one.md"): b"One."}, "A book", runtime)
    place = out / own_python.PLACE
    packages = json.loads((place / lock.PACKAGES).read_text())["packages"]
    with_pages = {file.name for file in lock.group("core", "drawing")}
    for package in packages.values():
        file = (runtime if package["file_name"] in with_pages else place) / package["file_name"]
        assert lock.sha256(file.read_bytes()) == package["sha256"]
        assert set(package["depends"]) <= set(packages)
    files = {package["file_name"] for package in packages.values()} - with_pages
    assert {file.name for file in place.iterdir()} == {*files, lock.PACKAGES}
    said = (out / own_python.SHARING).read_text()
    assert all(f'"{file}"' in said for file in files)
    assert {*own_python.STARTS_WITH, "nnbook-lib", "traitlets"} <= set(packages)
    assert not {"scipy", "psutil", "pexpect"} & set(packages)
    assert packages["matplotlib"]["depends"] == ["numpy"]
    assert {"numpy", "matplotlib", "ipywidgets"} == set(packages["nnbook-lib"]["depends"])


def test_a_chapter_runs_on_it_and_no_request_leaves_the_site(browser, tmp_path):
    """For this the files must be real ones."""
    runtime = pyodide()
    optional("jupyterlite_pyodide_kernel")
    page = BOOK / "01_forward_propagation.ipynb"
    contents = {Path(page.name): lite._content(page)}
    lite._build(tmp_path / "work", tmp_path / "site" / "lite", contents, "A book", runtime)
    writing.write(runtime, tmp_path / "site", tmp_path / "packed")

    class Site(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Site, directory=str(tmp_path / "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    context = browser.new_context()
    context.set_default_timeout(100_000)
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    lab = context.new_page()
    lab.goto(f"{address}lite/lab/index.html?path={page.name}")
    lab.get_by_text("Python (Pyodide) | Idle").wait_for()
    lab.get_by_role("menuitem", name="Run", exact=True).click()
    lab.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    lab.wait_for_selector(".widget-slider")
    assert not lab.locator("[data-mime-type='application/vnd.jupyter.error']").count()
    assert not lab.locator("#nnbook-waiting").count()
    context.close()
    server.shutdown()
    server.server_close()
    assert not [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    numpy = next(file.name for file in lock.group("core") if file.name.startswith("numpy-"))
    for shared in ("pyodide.mjs", "pyodide.asm.wasm.packed", numpy):
        assert f"{address}{writing.PLACE}/{shared}" in asked
