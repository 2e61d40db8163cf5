"""JupyterLite on the site: the book's notebooks and nnbook_lib, run by the reader's own browser.

It is built after the pages, without network, and only when more of it has changed than a page.
The Python that runs there, Pyodide, is the one that the site's pages have: see own_python.py. On a
site without it the browser fetches it, with numpy and matplotlib, from Pyodide's address when a notebook
starts; what does not come with it lies in the site's lite/pypi.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import nbformat
from sphinx.util import logging

import nnbook_lib

from . import own_python, runtime
from .doors import EXPLAINED, LITE, Repository, has_lite
from .wheels import repack

logger = logging.getLogger(__name__)
LIBRARY = "nnbook-lib[live]"  # what piplite installs, from lite/pypi
PURE = ("comm", "ipywidgets", "jupyterlab_widgets")  # pure Python that Pyodide does not bring
MADE_BY = ("jupyterlite-core", "jupyterlite-pyodide-kernel", *PURE)
STYLE = "<style>summary { cursor: pointer }</style>"  # what is folded opens
# A link to a page of Markdown, the bibliography for one, shows it as JupyterLab does, not its source.
SETTINGS = {
    "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}}
}
SCRIPTS = Path(__file__).parent / "in_lite"
WAITING, SIGNS = "waiting.js", "signs.js"  # in Lab's page; in its workers, which tell the page
APART = "apart.js"  # in Lab's page: keeps it from the book's service worker
PATIENCE = 10  # seconds without a byte, after which the page says so


def build(app, error) -> None:
    """Put JupyterLite into the built site."""
    if error or app.builder.name != "html":
        return
    if not has_lite():
        logger.info("JupyterLite is not installed: the site goes without it.")
        return
    pages = sorted(Path(app.env.doc2path(name)) for name in app.env.found_docs)
    contents = {page.relative_to(app.srcdir): _content(page) for page in pages}
    out = Path(app.outdir) / LITE
    stamp = out / "made-of.txt"
    python = runtime.folder()
    mark = _mark(contents, app.config.html_title, bool(python))
    if not stamp.exists() or stamp.read_text() != mark:
        logger.info("building JupyterLite ...")
        _build(Path(app.outdir).parent / "lite", out, contents, app.config.html_title, python)
        stamp.write_text(mark)
    for path, content in contents.items():  # an edited page is only exchanged
        file = out / "files" / path
        if file.read_bytes() != content:
            file.write_bytes(content)


def _content(page: Path) -> bytes:
    """A page as it lies in JupyterLite: there the library comes from the site itself, and what was printed
    is one text, since lists of lines are shown with commas between them.
    """
    text = page.read_text(encoding="utf-8")
    if page.suffix == ".ipynb":
        text = json.dumps(nbformat.reads(text, as_version=4), ensure_ascii=False)
    return text.replace(Repository.configured().library, LIBRARY).encode()


def _mark(contents: Iterable[Path], title: str, own: bool) -> str:
    """A hash of all that goes into it, of the pages their names."""
    made_by = [version(name) for name in MADE_BY]
    digest = hashlib.sha256(f"{title} {made_by} {own} {[*map(str, contents)]}".encode())
    for folder in (Path(nnbook_lib.__file__).parent, Path(__file__).parent):
        for file in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def _build(
    work: Path, out: Path, contents: dict[Path, bytes], title: str, python: Path | None = None
) -> None:
    """JupyterLite with these contents, on the Python of the site if it has one: a folder's files."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.rmtree(out, ignore_errors=True)
    for path, content in contents.items():
        file = work / "files" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (work / "pypi").mkdir()
    build_library(work / "pypi")
    for name in PURE:
        repack(name, work / "pypi")
    config = {"appName": title, "litePluginSettings": own_python.settings() if python else {}}
    settings = {"jupyter-lite-schema-version": 0, "jupyter-config-data": config}
    (work / "jupyter-lite.json").write_text(json.dumps(settings))
    (work / "overrides.json").write_text(json.dumps(SETTINGS))
    options = ("--no-sourcemaps", "--no-unused-shared-packages", "--no-libarchive")
    _run(
        *("-m", "jupyterlite_core", "build", "--apps", "lab", "--contents", "files", *options),
        *("--output-dir", str(out.resolve())),
        where=work,
    )
    page = out / "lab" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</body>", f"{STYLE}</body>"), "utf-8")
    in_worker = [own_python.SHARING, SIGNS] if python else [SIGNS]
    for script in (APART, WAITING, *in_worker):
        shutil.copy(SCRIPTS / script, out)
    if python:
        own_python.put(python, out, work)
    _watch(out, in_worker)


def _watch(out: Path, in_worker: list[str]) -> None:
    """Put the script into Lab's page that says when Python doesn't come, and others into its workers."""
    schema = json.loads(
        (out / own_python.KERNEL / "schema/kernel.v0.schema.json").read_text("utf-8")
    )
    begins = schema["properties"]["pyodideUrl"]["default"]
    script = (
        f'<script src="../{APART}"></script>'
        f'<script id="nnbook-python" src="../{WAITING}" data-seconds="{PATIENCE}"'
        f' data-pyodide="{begins}" data-read="index.html" data-doors="{EXPLAINED}.html"></script>'
    )
    page = out / "lab" / "index.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("<head>", f"<head>{script}", 1), "utf-8")
    workers = [*(out / own_python.KERNEL).glob("*.worker.*.js")]
    if script not in page.read_text(encoding="utf-8") or not workers:
        raise RuntimeError(f"JupyterLite is built differently now: see {_watch.__name__}.")
    up = "../" * len(own_python.KERNEL.parts)
    for worker in workers:
        code = worker.read_text(encoding="utf-8")
        imports = "".join(f'import "{up}{script}";\n' for script in in_worker)
        worker.write_text(imports + code, "utf-8")


def build_library(into: Path) -> Path:
    """The wheel of nnbook_lib, as pip would build it; from a copy, since a build leaves traces."""
    package = Path(nnbook_lib.__file__).parent
    copy = into.resolve().parent / "library"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(
        package, copy / package.name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
    )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(package.parent / name, copy)
    build_wheel = "import sys; from setuptools.build_meta import build_wheel as b; b(sys.argv[1])"
    _run("-c", build_wheel, str(into.resolve()), where=copy)
    return next(into.glob("nnbook_lib-*.whl"))


def _run(*arguments: str, where: Path) -> None:
    """Run Python; if it fails, say what it said."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=where, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"JupyterLite could not be built:\n{done.stdout}\n{done.stderr}")
