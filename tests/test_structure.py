"""The house: imports run downwards, public things are documented, importing is light."""

import ast
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import nnbook_lib

FLOORS = [  # a module imports only from floors above it in this list
    {"shapes", "functions", "memory"},
    {"initializers", "autodiff", "optimizers", "datasets"},
    {"layer"},
    {"activations", "dense", "norm", "dropout", "containers", "recurrent", "losses"},
    {"network"},
    {"gradcheck", "training", "diagnostics"},
    {"symptoms"},
    {"diagnosis"},
    {"plotting"},
    {"controls", "picture", "fingerprint"},
    {"frames"},
    {"live"},
]
PACKAGE = Path(nnbook_lib.__file__).parent
MODULES = sorted(p.stem for p in PACKAGE.glob("*.py") if p.stem != "__init__")


def floor(module):
    return next(i for i, names in enumerate(FLOORS) if module in names)


def imported(module):
    """The package's own modules that a module imports, wherever the statement stands."""
    for node in ast.walk(ast.parse((PACKAGE / f"{module}.py").read_text())):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            yield from [node.module] if node.module else [alias.name for alias in node.names]


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_downwards(module):
    assert [m for m in imported(module) if floor(m) >= floor(module)] == []


@pytest.mark.parametrize("module", MODULES)
def test_modules_are_one_subject_and_documented(module):
    source = (PACKAGE / f"{module}.py").read_text()
    assert len(source.splitlines()) <= 300
    loaded = importlib.import_module(f"nnbook_lib.{module}")
    assert loaded.__doc__
    for name, thing in vars(loaded).items():
        if name.startswith("_") or getattr(thing, "__module__", None) != loaded.__name__:
            continue
        if inspect.isfunction(thing) or inspect.isclass(thing):
            assert thing.__doc__, f"{module}.{name} has no docstring"


def test_importing_the_library_is_light():
    heavy = "matplotlib", "ipywidgets", "IPython", "torch"
    code = f"import sys, nnbook_lib; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
