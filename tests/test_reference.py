"""The library's reference: every public name has an entry, and names in the text lead to theirs.

Without the built site those tests that look into it are skipped; where CI is set, that is a failure.
"""

import ast
import importlib
import inspect
import os
import re
import sys
from pathlib import Path

import pytest

import nnbook_lib

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"

sys.path.insert(0, str(ROOT / "book" / "_ext"))
from nnbook_site.api import describing, names, signatures  # noqa: E402

MODULES = names.modules()


def public(module):
    """The functions and classes that a module defines, by import: the second way to find them."""
    loaded = importlib.import_module(f"nnbook_lib.{module}")
    for name, thing in vars(loaded).items():
        own = getattr(thing, "__module__", None) == loaded.__name__
        if (
            own
            and not name.startswith("_")
            and (inspect.isfunction(thing) or inspect.isclass(thing))
        ):
            yield name, thing


@pytest.mark.parametrize("module", MODULES)
def test_every_public_name_has_an_entry_and_every_entry_a_name(module):
    loaded = importlib.import_module(f"nnbook_lib.{module}")
    named = {entry.name: entry for entry in names.entries(module)}
    assert {name for name, _ in public(module)} <= set(named)
    for name, entry in named.items():
        assert hasattr(loaded, name) or isinstance(entry.node, ast.AnnAssign)
        if entry.doc:
            assert entry.doc == inspect.cleandoc(getattr(loaded, name).__doc__)


@pytest.mark.parametrize("module", MODULES)
def test_signatures_are_those_of_python(module):
    """The same parameters in the same order, with the same defaults left out or given."""
    for name, thing in public(module):
        entry = names.catalog()[f"{module}.{name}"]
        said = signatures.signature(entry)
        try:
            real = list(inspect.signature(thing).parameters.values())
        except ValueError:  # of a built-in exception
            continue
        if "(" in said and not said.endswith("()"):
            call = ast.parse(f"def f{said[said.index('(') :]}: ...").body[0].args
            given = [*call.posonlyargs, *call.args, *call.kwonlyargs]
            extra = [a for a in (call.vararg, call.kwarg) if a]
            assert {a.arg for a in given + extra} == {p.name for p in real}
            optional_ones = sum(p.default is not p.empty for p in real)
            assert (
                len(call.defaults) + sum(d is not None for d in call.kw_defaults) == optional_ones
            )


def test_every_export_leads_somewhere():
    shown = {entry.shown for entry in names.catalog().values()}
    missing = [
        name
        for name, thing in vars(nnbook_lib).items()
        if not name.startswith("_") and f"nn.{name}" not in shown and not inspect.ismodule(thing)
    ]
    assert missing == []


def test_every_module_is_on_one_page_and_every_page_in_the_book():
    where = names.pages(ROOT / "book")
    assert set(where) >= set(MODULES)
    contents = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    assert all(f"file: {page}\n" in contents for page in where.values())


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("nn.Dense", "dense.Dense"),
        ("nn.Dense(4, 3)", "dense.Dense"),
        ("nn.Dense.forward", "dense.Dense"),
        ("diagnostics.gradient_norms", "inspection.diagnostics.gradient_norms"),
        ("gradient_norms", "inspection.diagnostics.gradient_norms"),
        ("nnbook_lib/layer.py", "layer"),
        ("explore", "live.explorer.explore"),
        ("nn.train", "training.train"),
        ("train", None),  # also a word, and an argument
        ("layer.backward(dy, saved)", None),  # a variable called layer
        ("nn.Linear", None),  # PyTorch's
        ("W", None),
        ("log_softmax", None),  # two modules have one
    ],
)
def test_what_counts_as_a_name(text, entry):
    found = names.resolve(text)
    assert (found and found.path) == entry


def test_a_name_that_a_page_defines_itself_is_its_own():
    assert names.resolve("numeric_gradient", frozenset()) is not None
    assert names.resolve("numeric_gradient", frozenset({"numeric_gradient"})) is None
    assert names.resolve("nn.numeric_gradient", frozenset({"numeric_gradient"})) is not None


def test_docstrings_come_out_as_written():
    """Every word of every docstring stands in its entry, in order, with straight quotes."""
    for entry in names.catalog().values():
        shown = "\n".join(node.astext() for node in describing.prose(entry.doc))
        assert re.sub(r"[\s`*-]+", "", shown) == re.sub(r"[\s`*-]+", "", entry.doc), entry.key


def test_a_docstring_s_signs_become_type():
    paragraph = describing.paragraph(
        "It *adds* `a *\nb*` to x * y * z, and *both\nof them* to *args."
    )
    kinds = [(type(part).__name__, part.astext()) for part in paragraph]
    assert kinds == [
        ("inline", "It "),
        ("emphasis", "adds"),
        ("inline", " "),
        ("literal", "a * b*"),
        ("inline", " to x * y * z, and "),
        ("emphasis", "both\nof them"),
        ("inline", " to *args."),
    ]


# In the built site ---------------------------------------------------------------------------


def pages(pattern):
    found = sorted(SITE.glob(pattern))
    if not found:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("no built site in _build/html: run make book first")
    return [page.read_text(encoding="utf-8") for page in found]


def test_the_site_has_every_entry_with_its_code():
    text = "\n".join(pages("reference/api/*.html"))
    for path, entry in names.catalog().items():
        if path == entry.path:
            assert f'id="{entry.key}"' in text, entry.key
    folds = len(re.findall(r'<details class="source">', text))
    defined = [e for e in names.catalog().values() if isinstance(e.node, ast.ClassDef)]
    assert folds >= len({e.key for e in defined})


def test_no_page_shows_the_signs_of_emphasis():
    for page in pages("reference/api/*.html"):
        text = re.sub(r"<pre>.*?</pre>|<code.*?</code>", "", page, flags=re.S)
        assert not re.findall(
            r"(?<![\w*])\*\w[\w ]*\*(?!\w)|`[^`<]+`", re.sub(r"<[^>]+>", "", text)
        )


def test_chapters_lead_to_the_reference():
    """From the text and from the code cells, and to an entry of that very name."""
    for page in pages("0*.html"):
        links = re.findall(r'<a class="api[^>]*href="reference/api/[\w-]+\.html#([\w.]+)"', page)
        assert len(links) >= 5
        assert set(links) <= {entry.key for entry in names.catalog().values()}
    assert re.search(r'<a class="api"[^>]*>nn\.\w+</a>', pages("0*.html")[0])
