"""JupyterLite with a Python of the site's own: from the files of Pyodide that NNBOOK_PYODIDE names."""

import hashlib
import json
import os
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "book" / "_ext"))
from nnbook_site import lite, own_python

from conftest import optional

BOOK = Path(__file__).parents[1] / "book"


def digest(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.fixture
def runtime(tmp_path, monkeypatch):
    """A folder with the files of a Pyodide, in names only."""
    folder = tmp_path / "runtime"
    folder.mkdir()
    for name in own_python.CORE:
        (folder / name).write_text(name)
    packages = {}
    for name, depends in [("numpy", []), ("matplotlib", ["numpy", "absent"]), ("scipy", ["numpy"])]:
        file = folder / f"{name}-1.0-cp312-cp312-wasm32.whl"
        file.write_text(name)
        packages[name] = {"file_name": file.name, "sha256": digest(file), "depends": depends}
    (folder / own_python.LOCK).write_text(json.dumps({"info": {}, "packages": packages}))
    monkeypatch.setenv(own_python.FOLDER, str(folder))
    return folder


def test_without_a_folder_nothing_changes(tmp_path, monkeypatch):
    monkeypatch.delenv(own_python.FOLDER, raising=False)
    own_python.put(tmp_path / "out", tmp_path)
    assert own_python.settings() == {} and not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", [*own_python.CORE, own_python.LOCK])
def test_a_folder_that_is_not_pyodide_is_named(runtime, name):
    (runtime / name).unlink()
    with pytest.raises(FileNotFoundError, match=f"there is no {name}. Unset it"):
        own_python.settings()


def test_a_package_that_is_another_file_or_missing_is_named(runtime, tmp_path):
    wheel = next(runtime.glob("numpy*.whl"))
    wheel.write_text("another")
    with pytest.raises(ValueError, match=f"{wheel.name} is not the file"):
        own_python.put(tmp_path / "out", tmp_path)
    wheel.unlink()
    with pytest.raises(FileNotFoundError, match=f"lacks {wheel.name}"):
        own_python.put(tmp_path / "out", tmp_path)


def test_the_lock_of_the_site_is_complete(runtime, tmp_path):
    """Each package is there, with its hash and all that it needs; nothing else is."""
    optional("jupyterlite_pyodide_kernel")
    lite._build(tmp_path / "work", tmp_path / "out", {Path("one.md"): b"One."}, "A book")
    place = tmp_path / "out" / own_python.PLACE
    packages = json.loads((place / own_python.LOCK).read_text())["packages"]
    for package in packages.values():
        assert digest(place / package["file_name"]) == package["sha256"]
        assert set(package["depends"]) <= set(packages)
    files = {package["file_name"] for package in packages.values()}
    assert {file.name for file in place.iterdir()} == {*files, *own_python.CORE, own_python.LOCK}
    assert {*own_python.STARTS_WITH, "nnbook-lib", "traitlets"} <= set(packages)
    assert not {"scipy", "psutil", "pexpect"} & set(packages)
    assert packages["matplotlib"]["depends"] == ["numpy"]
    assert {"numpy", "matplotlib", "ipywidgets"} == set(packages["nnbook-lib"]["depends"])


def test_a_chapter_runs_on_it_and_no_request_leaves_the_site(browser, tmp_path):
    """For this the files must be real ones."""
    if not os.environ.get(own_python.FOLDER):
        pytest.skip(f"{own_python.FOLDER} names no folder with Pyodide")
    optional("jupyterlite_pyodide_kernel")
    page = BOOK / "01_forward_propagation.ipynb"
    contents = {Path(page.name): lite._content(page)}
    lite._build(tmp_path / "work", tmp_path / "site" / "lite", contents, "A book")

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
