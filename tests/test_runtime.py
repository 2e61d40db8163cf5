"""Pyodide's files: where the build takes them from, what it refuses, and what it makes of them.

Most of it with a Pyodide in names only, so that nothing here needs the network or the real files.
"""

import base64
import gzip
import importlib
import io
import json
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import pytest

from conftest import pyodide, site_with_python

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
ConfigError = pytest.importorskip("sphinx.errors").ConfigError
runtime, finding, library, lock, locking, pieces, writing = (
    importlib.import_module(f"nnbook_site.runtime{name}")
    for name in ("", ".finding", ".library", ".lock", ".locking", ".pieces", ".writing")
)
NOWHERE = "http://127.0.0.1:9/"  # nobody answers at the port "discard"
PACK = re.compile(r'document\.currentScript\.pack = "([\w+/=]+)";\n')
FILES_JS = re.compile(r"\(self\.nnbook \?\?= \{\}\)\.files = (.+);\n", re.S)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the files of a small Pyodide, which the lock then names."""
    place = tmp_path / "pyodide"
    place.mkdir()
    entry = {"name": "numpy", "file_name": "numpy-1.0.whl", "depends": ["scipy"]}
    other = {"name": "scipy", "file_name": "scipy-1.0.whl", "depends": []}
    listed = json.dumps({"info": {}, "packages": {"numpy": entry, "scipy": other}})
    files = []
    for name, group, text in [
        ("pyodide.js", "core", "loads();"),
        ("pyodide.asm.js", "core", "runs();"),
        ("pyodide.asm.wasm", "core", "engine " * 1000),
        ("pyodide-lock.json", "core", listed),
        ("numpy-1.0.whl", "core", "arrays"),
        ("matplotlib-1.0.whl", "drawing", "pictures"),
        ("pyodide.mjs", "lite", "module"),
        ("fonttools-1.0.whl", "lite", "letters"),
    ]:
        (place / name).write_text(text)
        files.append(lock.File(name, group, "1.0", len(text), lock.sha256(text.encode())))
    for module in (lock, finding, pieces):
        monkeypatch.setattr(module, "FILES", files)
    monkeypatch.setattr(finding, "logger", Mock())
    return place


def said():
    """The lines of the build's log."""
    return [str(call.args[0]) for call in finding.logger.info.call_args_list]


class Folder(SimpleHTTPRequestHandler):
    """A server's answers, without a word."""

    def log_message(self, *_):
        pass


def hang_up(answer, source, target):
    """Instead of copyfile: all of a file but its last letter."""
    target.write(source.read()[:-1])


@pytest.fixture
def address(folder):
    """The folder over http on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Folder, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def names(place):
    return {file.name for file in place.iterdir()}


# Where the files come from ---------------------------------------------------------------------


def test_a_named_folder_is_taken_and_nothing_is_asked_for(folder, tmp_path):
    assert finding.find(str(folder), tmp_path / "cache", NOWHERE) == folder
    assert not (tmp_path / "cache").exists()


def test_a_named_folder_that_lacks_a_file_is_refused_by_name(folder, tmp_path):
    (folder / "pyodide.mjs").unlink()
    with pytest.raises(FileNotFoundError, match=r"In .*: pyodide.mjs is missing. Fetch it from"):
        finding.find(str(folder), tmp_path, NOWHERE)
    with pytest.raises(FileNotFoundError, match=r"pyodide.js is missing; .*Fetch them from"):
        finding.find(str(tmp_path / "no folder"), tmp_path, NOWHERE)


@pytest.mark.parametrize("text", ["arrayz", "arrays and more"])
def test_a_named_folder_with_another_file_is_refused_by_name(text, folder, tmp_path):
    (folder / "numpy-1.0.whl").write_text(text)
    with pytest.raises(ValueError, match=r"numpy-1.0.whl is not the file of Pyodide 0\.\d+\.\d+"):
        finding.find(str(folder), tmp_path, NOWHERE)


def test_none_is_a_wish(folder, tmp_path):
    assert finding.find("none", tmp_path / "cache", NOWHERE) is None
    assert said() == ["No Python on this site: NNBOOK_PYODIDE is none."]


@pytest.mark.parametrize("how", ["http", "file"])
def test_without_a_named_folder_the_files_are_fetched_once(how, folder, address, tmp_path):
    cache = tmp_path / "deep" / "cache"
    assert finding.find("", cache, address if how == "http" else f"{folder.as_uri()}/") == cache
    assert {name: (cache / name).read_text() for name in names(cache)} == {
        name: (folder / name).read_text() for name in names(folder)
    }
    assert finding.find("", cache, NOWHERE) == cache
    assert len(said()) == 1 and "fetching Pyodide" in said()[0]


def test_a_damaged_file_of_the_cache_is_fetched_anew(folder, address, tmp_path):
    cache = tmp_path / "cache"
    finding.find("", cache, address)
    (cache / "numpy-1.0.whl").write_text("arrayz")
    assert finding.find("", cache, address) == cache
    assert (cache / "numpy-1.0.whl").read_text() == "arrays"
    assert any("numpy-1.0.whl is not the file" in line for line in said())


def test_another_file_from_the_address_is_refused_by_name(folder, address, tmp_path):
    cache = tmp_path / "cache"
    (folder / "pyodide.asm.js").write_text("steals();")
    with pytest.raises(ValueError, match=rf"{address}pyodide.asm.js is not the file"):
        finding.find("", cache, address)
    assert names(cache) == {"pyodide.js"}  # and nothing half, or wrong


@pytest.mark.parametrize("fault", ["offline", "not there", "cut", "slow"])
def test_without_network_the_site_goes_without_and_one_line_says_so(
    fault, folder, address, tmp_path, monkeypatch
):
    cache, source = tmp_path / "cache", address
    if fault == "offline":
        source = NOWHERE
    elif fault == "not there":
        (folder / "numpy-1.0.whl").unlink()
    elif fault == "slow":
        monkeypatch.setattr(finding, "LIMIT", -1)
    else:  # a server that says how long it is, and hangs up
        monkeypatch.setattr(Folder, "copyfile", hang_up)
    assert finding.find("", cache, source) is None
    (line,) = [line for line in said() if "No Python" in line]
    assert source in line and "NNBOOK_PYODIDE" in line
    assert not [name for name in names(cache) if name.endswith(".part")]


def test_a_cache_that_cannot_be_written_is_no_error(folder, address, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    assert finding.find("", tmp_path / "file" / "cache", address) is None
    assert "No Python on this site" in said()[-1]


@pytest.mark.parametrize(
    ("system", "variables", "place"),
    [
        ("linux", {}, ".cache"),
        ("darwin", {}, "Library/Caches"),
        ("win32", {}, "AppData/Local"),
        ("win32", {"LOCALAPPDATA": "here"}, "here"),
        ("linux", {"XDG_CACHE_HOME": "there"}, "there"),
    ],
)
def test_the_cache_is_where_the_system_has_caches(system, variables, place, tmp_path, monkeypatch):
    for name in ("LOCALAPPDATA", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, str(tmp_path / value))
    monkeypatch.setattr(finding.sys, "platform", system)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert finding.kept() == tmp_path / place / "nnbook" / f"pyodide-{lock.VERSION}"


# What the site gets ----------------------------------------------------------------------------


def listed(place):
    """What files.js says."""
    return json.loads(FILES_JS.fullmatch((place / "files.js").read_text())[1])


def unpacked(file):
    return gzip.decompress(base64.b64decode(PACK.fullmatch(file.read_text())[1]))


def entries(files):
    return [entry for group in pieces.KEYS for entry in files[group]]


def written(site):
    """Of each file that a page may ask for its content, as a server has it; a folder's is the same.

    Nothing else is there.
    """
    place, contents = site / writing.PLACE, {}
    files = listed(place)
    for entry in entries(files):
        sent = (place / entry["file"]).read_bytes()
        assert len(sent) == entry["bytes"]
        contents[entry["name"]] = gzip.decompress(sent) if entry.get("packed") else sent
    packed = {name for name in contents if name not in pieces.ENGINE}
    for name in packed:
        assert unpacked(place / "packs" / f"{name}.js") == contents[name]
    worker = unpacked(place / "packs" / "worker.js.js")
    for name in (*pieces.ENGINE, "files.js", "worker.js"):
        assert (place / name).read_bytes() in worker
    assert names(place / "packs") == {f"{name}.js" for name in (*packed, "worker.js")}
    ours = {"files.js", "packs", "pyodide.mjs", *pieces.scripts()}
    assert names(place) == {entry["file"] for entry in entries(files)} | ours
    return contents


def test_every_file_lies_there_for_a_server_and_for_a_folder(folder, tmp_path):
    site, work = tmp_path / "html", tmp_path / "work"
    files = writing.write(folder, site, work)
    assert files == listed(site / writing.PLACE)
    contents = written(site)
    for file in lock.group("core", "drawing"):
        if file.name != lock.PACKAGES:
            assert lock.sha256(contents[file.name]) == file.sha256
    packages = json.loads(contents[lock.PACKAGES])["packages"]
    assert [*packages] == ["numpy"] and packages["numpy"]["depends"] == []
    (wasm,) = [entry for entry in entries(files) if entry["name"] == "pyodide.asm.wasm"]
    assert wasm["packed"] and wasm["bytes"] < 200


def every_byte(site):
    return {str(f.relative_to(site)): f.read_bytes() for f in site.rglob("*") if f.is_file()}


def test_what_is_made_of_the_same_is_the_same(folder, tmp_path):
    for site in ("one", "two"):
        writing.write(folder, tmp_path / site, tmp_path / f"work of {site}")
    assert every_byte(tmp_path / "one") == every_byte(tmp_path / "two")


def test_it_is_written_anew_when_a_byte_of_it_changes_and_only_then(folder, tmp_path, monkeypatch):
    site, work = tmp_path / "html", tmp_path / "work"
    first = writing.write(folder, site, work)
    mark = site / writing.PLACE / "left by hand"
    mark.write_text("still here")
    assert writing.write(folder, site, work) == first and mark.exists()
    monkeypatch.setattr(pieces, "library", lambda: b"another library")
    second = writing.write(folder, site, work)
    assert second["version"] != first["version"] and not mark.exists()
    assert written(site)["nnbook_lib.zip"] == b"another library"
    assert len([*work.iterdir()]) == len(names(site / writing.PLACE / "packs"))  # none is left over
    ours = tmp_path / "in_page"
    shutil.copytree(pieces.IN_PAGE, ours)
    (ours / "worker.js").write_text("works();")
    monkeypatch.setattr(pieces, "IN_PAGE", ours)
    assert writing.write(folder, site, work)["version"] not in (first["version"], second["version"])
    assert (site / writing.PLACE / "worker.js").read_text() == "works();"


def test_the_librarys_archive_runs_as_it_is_and_holds_no_leftovers(tmp_path):
    made = library.library()
    inside = zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert inside == sorted(inside)  # and so always the same bytes
    assert "nnbook_lib/__init__.py" in inside and "nnbook_lib/data/digits.npz" in inside
    assert not [name for name in inside if "__pycache__" in name or "test" in name.split("/")[1]]
    zipfile.ZipFile(io.BytesIO(made)).extractall(tmp_path)
    code = "import nnbook_lib; print(nnbook_lib.__file__, nnbook_lib.datasets.digits()[0].shape)"
    run = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {code}"]
    assert str(tmp_path) in subprocess.check_output(run, text=True)


# What Sphinx is told ---------------------------------------------------------------------------


@pytest.fixture
def app(tmp_path):
    """As much of Sphinx as the runtime needs."""
    builder = SimpleNamespace(format="html")
    config = {runtime.SAID: {}}
    return SimpleNamespace(outdir=str(tmp_path / "build" / "html"), builder=builder, config=config)


def test_pages_are_told_what_the_site_has(folder, app, monkeypatch):
    monkeypatch.setattr(runtime, "folder", lambda: folder)
    runtime.configure(app, app.config)
    runtime.put(app, None)
    files = listed(Path(app.outdir) / writing.PLACE)
    assert runtime.attributes(app, "exercises/one") == {
        "data-version": files["version"],
        "data-bytes": str(sum(entry["bytes"] for entry in files["core"])),
        "data-drawing": str(len("pictures")),
        "data-root": "../",
    }
    assert runtime.attributes(app, "one")["data-root"] == "./"


def test_a_wrong_file_ends_the_build_with_its_name(folder, app, monkeypatch):
    (folder / "pyodide.js").write_text("steals()")
    monkeypatch.setattr(runtime, "folder", lambda: finding.find(str(folder), folder, NOWHERE))
    with pytest.raises(ConfigError, match=r"pyodide.js is not the file of Pyodide"):
        runtime.configure(app, app.config)


def test_without_files_pages_are_told_nothing_and_what_was_there_goes(folder, app, monkeypatch):
    writing.write(folder, Path(app.outdir), folder.parent / "work")
    monkeypatch.setattr(runtime, "folder", lambda: None)
    runtime.configure(app, app.config)
    runtime.put(app, None)
    assert runtime.attributes(app, "one") == {}
    assert not (Path(app.outdir) / writing.PLACE).exists()


# With the real files ---------------------------------------------------------------------------


def test_the_lock_is_what_its_tool_makes_of_the_files():
    """Which compares each package with the hash that Pyodide's own list gives."""
    made = locking.lock(pyodide())
    assert made == json.loads((Path(lock.__file__).parent / "lock.json").read_text())


def test_the_built_site_has_the_files_of_the_lock_once():
    """JupyterLite takes them from where the pages do."""
    site = site_with_python()
    contents = written(site)
    assert not {file.name for file in lock.group("core", "drawing")} & {
        file.name for file in (site / "lite").rglob("*") if file.name != lock.PACKAGES
    }
    for file in lock.group("core", "drawing"):
        if file.name != lock.PACKAGES:
            assert lock.sha256(contents[file.name]) == file.sha256
    (module,) = [file for file in lock.group("lite") if file.name == "pyodide.mjs"]
    assert lock.fault(module, site / writing.PLACE) == ""
    version = listed(site / writing.PLACE)["version"]
    for page in [*site.glob("*.html"), *site.glob("exercises/*.html")]:
        if 'id="nnbook-python"' in (text := page.read_text(encoding="utf-8")):
            assert f'data-version="{version}"' in text
    assert f'"python": "{version}"' in (site / "sw.js").read_text(encoding="utf-8")
