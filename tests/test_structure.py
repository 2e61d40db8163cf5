"""The house: imports run downwards, public things are documented, importing is light."""

import ast
import importlib.util
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import nnbook_lib.exercises

FLOORS = [  # a module imports only from floors above it in this list
    {"shapes", "functions", "memory", "sources", "clock"},
    {"initializers", "autodiff", "optimizers", "datasets"},
    {"layer"},
    {"tape", "contract", "state"},
    {"activations", "dense", "norm", "dropout", "containers", "recurrent", "losses"},
    {"network"},
    {"mlp"},
    {"gradcheck", "training", "diagnostics"},
    {"symptoms", "course"},
    {"diagnosis"},
    {"exercises"},
    {"plotting"},
    {"instruments"},
    {"controls", "svg", "fingerprint", "ticks"},
    {"easel"},
    {"frames"},
    {"live"},
]
PACKAGE = Path(nnbook_lib.__file__).parent
MODULES = sorted(
    str(p.relative_to(PACKAGE).with_suffix("")).replace("/", ".")
    for p in PACKAGE.rglob("*.py")
    if p.name != "__init__.py"
)
SETS = set(nnbook_lib.exercises.SETS)
DATA = {f"exercises.{name}" for name in SETS | {"clinic_first", "clinic_second", "clinic_third"}}
INSIDE = [  # the same for the parts of the exercises
    {"judge.comparing", "exercise"},
    {"judge.running"},
    {"judge.trouble"},
    {"judge.by_form", "judge.by_size", "judge.by_place", "judge.by_input"},
    {"judge.hints"},
    {"judge.judging"},
    {"report", "patients"},
    {"ward"},
    {"clinic_first", "clinic_second", "clinic_third"},
    SETS,
]


def floor(module, floors):
    return next(i for i, names in enumerate(floors) if module in names)


def imported(module):
    """The package's own modules that a module imports, wherever the statement stands."""
    path = PACKAGE / f"{module.replace('.', '/')}.py"
    here = ["nnbook_lib", *module.split(".")]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = ".".join([*here[: -node.level], *filter(None, [node.module])])
            if importlib.util.find_spec(base).origin.endswith("__init__.py"):
                yield from (f"{base}.{alias.name}" for alias in node.names)
            else:
                yield base


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_downwards(module):
    top = module.split(".")[0]
    for name in imported(module):
        other = name.removeprefix("nnbook_lib.")
        if top == "exercises" and other.startswith("exercises."):
            here, there = (m.removeprefix("exercises.") for m in (module, other))
            assert floor(there, INSIDE) < floor(here, INSIDE), name
        else:
            assert floor(other.split(".")[0], FLOORS) < floor(top, FLOORS), name
            assert not other.startswith("exercises"), "the exercises stand on top"


@pytest.mark.parametrize("module", MODULES)
def test_modules_are_one_subject_and_documented(module):
    source = (PACKAGE / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
    loaded = importlib.import_module(f"nnbook_lib.{module}")
    assert loaded.__doc__
    if module in DATA:  # an answer is described in its notebook
        assert len(source.splitlines()) <= 500
        return
    assert len(source.splitlines()) <= 300
    for name, thing in vars(loaded).items():
        if name.startswith("_") or getattr(thing, "__module__", None) != loaded.__name__:
            continue
        if inspect.isfunction(thing) or inspect.isclass(thing):
            assert thing.__doc__, f"{module}.{name} has no docstring"


def test_importing_the_library_is_light():
    heavy = "matplotlib", "ipywidgets", "IPython", "torch"
    code = f"import sys, nnbook_lib; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
