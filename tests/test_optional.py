"""Without an optional package: what needs it says so, and what does not goes on."""

import subprocess
import sys

import pytest

FIGURE = """
from nnbook_lib.live import explore
from nnbook_lib.live.explorer import Explorer
def draw(fig, a=1):
    fig.subplots().plot([0, a])
    return f"Up to {a}."
"""


def run_without(package, code):
    hidden = f"import sys; sys.modules[{package!r}] = None\n{code}"
    return subprocess.run([sys.executable, "-c", hidden], capture_output=True, text=True)


@pytest.mark.parametrize(
    ("package", "code", "what"),
    [
        (
            "ipywidgets",
            FIGURE + "Explorer(draw, 'a line', {'a': (1, 3)})._widgets()",
            "A live figure",
        ),
        ("matplotlib", FIGURE, "A picture"),
        ("matplotlib", "from nnbook_lib import plotting", "A picture"),
        ("matplotlib", "import nnbook_lib.inspection.instruments", "A picture"),
    ],
)
def test_what_is_missing_is_named_with_the_command_that_installs_it(package, code, what):
    last = run_without(package, code).stderr.strip().splitlines()[-1]
    assert f"{what} needs the package {package}" in last
    assert f"%pip install {package}" in last and f"python -m pip install {package}" in last
    assert "On a hub" in last


def test_a_figure_in_a_script_needs_no_notebook():
    code = FIGURE + "print(explore(draw, alt='a line', a=(1, 3)).caption)"
    assert run_without("IPython", code).stdout == "Up to 1.\n"


def test_another_missing_package_is_not_taken_for_ours():
    from nnbook_lib.optional import missing

    error = ModuleNotFoundError("No module named 'mine'", name="mine")
    assert missing(error, "A picture") is error
