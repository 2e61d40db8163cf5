"""Notebooks run before the pages are read: side by side, and only when something they run on changed.

What a notebook's cells gave is kept under a hash of its code, of the library's files that it runs on,
and of the versions of all that it imports. Sphinx then reads the notebook with its outputs in place,
so `execute_notebooks` is off in _config.yml.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import hashlib
import json
import os
import platform
import sys
import tempfile
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path

import nbformat
from IPython.core.inputtransformer2 import TransformerManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from sphinx.util import logging

from nnbook_lib.live.frames import NOTEBOOK
from nnbook_lib.live.sources import PACKAGE, modules_named, names_in, sources

from .kernels import STARTED_BY, Kernels
from .progress import Progress

logger = logging.getLogger(__name__)
TIMEOUT = 1800  # seconds a cell may take, on a slow machine
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
DRAWN_WITH = ("IPython", "ipykernel", "ipywidgets", "matplotlib", "numpy")  # said or not


def outdated(app, env, added, changed, removed) -> list[str]:
    """The notebooks whose pages show what was run with something that has changed since."""
    known = getattr(env, "nnbook_marks", {})
    return [name for name in _notebooks(env, known) if known[name] != _mark(env, name)]


def run(app, env, docnames) -> None:
    """Run those of the notebooks about to be read whose outputs are not kept."""
    marks = {name: _mark(env, name) for name in _notebooks(env, docnames)}
    env.nnbook_marks = getattr(env, "nnbook_marks", {}) | marks
    todo = [name for name, mark in marks.items() if not _kept(app, name, mark).exists()]
    progress = Progress(app, todo, all_of=len(list(_notebooks(env, env.found_docs))))
    if todo:
        with progress:
            asyncio.run(_run_all(app, {name: marks[name] for name in progress.order}, progress))


def put_outputs(app, docname, source) -> None:
    """Give Sphinx the notebook as it was run, instead of the file."""
    mark = getattr(app.env, "nnbook_marks", {}).get(docname)
    if mark and (kept := _kept(app, docname, mark)).exists():
        notebook, outputs = json.loads(source[0]), json.loads(kept.read_text(encoding="utf-8"))
        code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        for count, (cell, given) in enumerate(zip(code, outputs, strict=True), 1):
            cell |= {"outputs": given, "execution_count": count}
        source[0] = json.dumps(notebook)


def _notebooks(env, docnames):
    return (name for name in docnames if env.doc2path(name).endswith(".ipynb"))


def _kept(app, docname: str, mark: str) -> Path:
    folder = Path(app.outdir).parent / "executed"
    return folder / f"{docname.replace('/', '.')}.{mark}.json"


def _mark(env, docname: str) -> str:
    """A hash of all that decides what the notebook's cells give."""
    notebook = json.loads(Path(env.doc2path(docname)).read_text(encoding="utf-8"))
    code = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    names, imported = _looked_up("\n".join(map(TransformerManager().transform_cell, code)))
    versions = [f"{name} {_version(name)}" for name in sorted({*imported, *DRAWN_WITH})]
    started = [file.read_text(encoding="utf-8") for file in STARTED_BY]
    parts = platform.python_version(), *versions, *started, sources(modules_named(names)), *code
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _looked_up(code: str) -> tuple[set[str], set[str]]:
    """(every name in the code, the packages it imports), without running it."""
    tree = ast.parse(code)
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module.partition(".")[0])
    return set(names_in(compile(tree, "notebook", "exec"))), imported - {PACKAGE}


@cache
def _version(package: str) -> str:
    """The version of what `import package` brings; "" of what is Python's own or not installed."""
    if package in sys.stdlib_module_names:
        return ""
    with contextlib.suppress(PackageNotFoundError):
        return version(package)
    return version(found[0]) if (found := _distributions().get(package)) else ""


@cache
def _distributions() -> dict[str, list[str]]:
    """The names under which packages are installed, where these are others; it takes a while."""
    return packages_distributions()


async def _run_all(app, marks: dict[str, str], progress: Progress) -> None:
    """Run the notebooks in this order, as many at a time as there are cores."""
    free = asyncio.Semaphore(progress.jobs)
    kernels = Kernels(ONE_THREAD | os.environ)

    async def one(name: str, mark: str) -> None:
        async with free:
            kept = _kept(app, name, mark)
            with progress.running(name):
                outputs = await _outputs(Path(app.env.doc2path(name)), name, kernels)
            if outputs is not None and _mark(app.env, name) == mark:  # not edited meanwhile
                kept.parent.mkdir(parents=True, exist_ok=True)
                for old in kept.parent.glob(f"{kept.name.rsplit('.', 2)[0]}.*.json"):
                    old.unlink()
                kept.write_text(json.dumps(outputs), encoding="utf-8")

    with kernels:
        await asyncio.gather(*(one(name, mark) for name, mark in marks.items()))


async def _outputs(path: Path, name: str, kernels: Kernels) -> list[list] | None:
    """What each code cell of a notebook gives; None, with a warning, where one fails."""
    notebook = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(path.parent)}}
    with tempfile.TemporaryDirectory(prefix="nnbook-") as folder:
        kernel = kernels.manager(folder)
        client = NotebookClient(notebook, km=kernel, timeout=TIMEOUT, resources=where)
        try:
            await client.async_execute(env=kernels.env | {NOTEBOOK: name}, cleanup_kc=True)
        except CellExecutionError as error:
            logger.warning("%s", error, location=name, type="mystnb", subtype="exec")
            return None
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
