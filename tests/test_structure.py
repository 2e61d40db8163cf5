"""The house: imports run downwards, public things are documented, importing is light."""

import ast
import importlib.util
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import nnbook_lib

FLOORS = [  # a module imports only from floors above it in this list
    {"numbers"},
    {"shapes", "listing", "functions", "memory", "printable", "optional", "palette", "log_ticks"}
    | {"plain_words.place", "own_data.telling"},
    {"schedules", "own_data.arrays", "saving.archive", "results"}
    | {f"plain_words.{what}" for what in ("shapes", "kinds", "calls", "reading")},
    {"initializers", "autodiff", "optimizers", "targets", "plain_words.*"}
    | {
        f"own_data.{what}"
        for what in ("column", "table", "noticing", "splitting", "scaling", "metrics")
    },
    {"layer", "own_data.sheet"},
    {"tape", "contract", "state", "own_data.choosing"},
    {"activations", "dense", "flatten", "norm", "dropout", "containers", "recurrent", "losses"}
    | {"own_data.reading", "promises"},
    {"summary"},
    {"datasets", "network", "pytorch.layers", "pytorch.values"},
    {"mlp", "saving.forms"},
    {"gradcheck", "training", "prediction", "pytorch.forward", "saving.tree"},
    {"inspection.diagnostics", "pytorch.bridge", "saving.filling"},
    {"saving.checkpoint"},
    {"inspection.relation", "inspection.surgery", "inspection.trial", "inspection.course"},
    {"inspection.symptoms", "inspection.remedies", "inspection.rates"},
    {"inspection.diagnosis"},
    {
        "twins.controls",
    },
    {"twins.experiment"},
    {"twins.making"},
    {"twins.learner"},
    {"twins.moment", "twins.remedies"},
    {"twins.caption", "twins.script"},
    {"twins.pair"},
    {"twins.preset"},
    {"twins.presets.*"},
    {"twins.telling"},
    {"landmarks.catalog"},
    {"landmarks.comparison", "landmarks.runs"},
    {"landmarks.*"},
    {"exercises.exercise"}
    | {f"exercises.judge.{w}" for w in ("comparing", "watchdog", "pristine")},
    {"exercises.answers.*"},
    {"exercises.judge.running"},
    {"exercises.judge.trouble", "exercises.judge.trying", "exercises.judge.kinds"},
    {f"exercises.judge.source.{what}" for what in ("edits", "terms", "settling")},
    {f"exercises.judge.source.{what}" for what in ("operators", "calls")},
    {"exercises.judge.source.everywhere"},
    {"exercises.judge.source.changes"},
    {
        f"exercises.judge.by_{what}"
        for what in ("form", "size", "terms", "place", "input", "running", "value", "source")
    },
    {"exercises.judge.hints"},
    {"exercises.judge.naming"},
    {"exercises.judge.judging"},
    {"exercises.report", "exercises.record", "exercises.clinic.networks"},
    {
        "exercises.clinic.trials",
        *(
            f"exercises.sets.{what}"
            for what in "curves passes softmax logits adam stopping loops decay edges".split()
        ),
        "exercises.sets.landmarks.lengths",
    },
    {
        f"exercises.sets.{name}.*"
        for name in (
            "activations",
            "initialization",
            "landmarks",
            "normalization",
            "practice",
            "recurrent",
            "skip",
        )
    }
    | {"exercises.sets.*", "exercises.clinic.*"},
    {f"exercises.collect.{what}" for what in ("finding", "reading")},
    {"exercises.collect.running"},
    {"exercises.collect.results"},
    {"exercises.collect.tables"},
    {"exercises.collect.*"},
    {"plotting"},
    {"marks"},
    {"pictures.arrows", "pictures.keys", "pictures.layers", "schematics.sheet"},
    {"pictures.*", "schematics.*"},
    {"inspection.instruments"},
    {"own_data.history", "own_data.validation"},
    {"own_data.fitting"},
    {"live.sources", "live.clock", "live.limits", "live.steps", "live.failure", "live.faults"}
    | {"live.caption", "live.scales"},
    {"live.controls", "live.svg", "live.ticks"},
    {"live.fingerprint", "live.easel", "live.presets", "live.ghost", "live.measure"},
    {"live.frames", "live.panel", "live.page", "live.answers", "live.claim"},
    {"live.explorer", "live.guess_page", "live.attack_page"},
    {"live.guess_panel", "live.attack_panel"},
    {"live.guessing", "live.attacking"},
    {"twins.drawing", "twins.static", "twins.form"},
    {"twins.laboratory"},
    {"twins.panel"},
    {"twins.notebook"},
    {"in_page.browser", "in_page.called", "in_page.needs"},
    {"in_page.cell", "in_page.pictures", "in_page.explorers", "in_page.laboratory"}
    | {"in_page.guesses", "in_page.attacks"},
    {"in_page.drawing"},
]
PACKAGE = Path(nnbook_lib.__file__).parent
MODULES = sorted(
    str(p.relative_to(PACKAGE).with_suffix("")).replace("/", ".")
    for p in PACKAGE.rglob("*.py")
    if p.name != "__init__.py"
)
DATA = [
    name for name in MODULES if name.startswith(("exercises.sets.", "exercises.clinic.patient_"))
]


def floor(module):
    """The number of the floor that names the module, or else the whole folder it is in."""
    folder = module.rpartition(".")[0] + ".*"
    for name in (module, folder):
        for number, names in enumerate(FLOORS):
            if name in names:
                return number
    raise AssertionError(f"{module} stands on no floor")


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
    for name in imported(module):
        other = name.removeprefix("nnbook_lib.")
        assert floor(other) < floor(module), f"{module} imports {other}"


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
    code = (
        f"import sys, nnbook_lib, nnbook_lib.twins; print([m for m in {heavy} if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
