"""What stands at the door: README, CITATION, CHANGELOG and CONTRIBUTING agree with the rest."""

import re
import tomllib
from pathlib import Path

import numpy as np
import pytest
import yaml

ROOT = Path(__file__).parents[1]
FRONT = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "CITATION.cff"]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_citation_has_what_the_format_requires():
    said = yaml.safe_load(text("CITATION.cff"))
    assert {"cff-version", "message", "title", "authors"} <= set(said)
    assert said["cff-version"] == "1.2.0" and said["version"] == VERSION
    assert said["authors"] and all({"name"} <= set(a) for a in said["authors"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", said["date-released"])
    assert set(said["license"]) == {"BSD-3-Clause", "CC-BY-4.0"}


def test_the_changelog_has_this_version_and_dates():
    heads = re.findall(r"^## \[(.+?)\](?: - (\d{4}-\d\d-\d\d))?$", text("CHANGELOG.md"), re.M)
    assert heads[0] == ("Unreleased", "") and heads[1][0] == VERSION
    assert all(date for _, date in heads[1:])
    kinds = set(re.findall(r"^### (.+)$", text("CHANGELOG.md"), re.M))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_repository_has_one_name():
    url = yaml.safe_load(text("_config.yml"))["repository"]["url"]
    owner, name = url.removeprefix("https://github.com/").split("/")
    for file in FRONT:
        others = {"karpathy/micrograd"}
        found = set(re.findall(r"(?:github\.com|mybinder\.org/v2/gh)/([\w.-]+/[\w-]+)", text(file)))
        assert found <= {f"{owner}/{name}", *others}, file
        sites = set(re.findall(r"https://([\w-]+\.github\.io/[\w-]+)/", text(file)))
        assert sites <= {f"{owner}.github.io/{name}", "udlbook.github.io/udlbook"}, file


@pytest.mark.parametrize("file", FRONT)
def test_files_that_are_named_are_there(file):
    """Links to files, and paths in code such as `tests/test_site.py`."""
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", text(file))
    folders = "book|nnbook_lib|tests|tools|benchmarks|docs|\\.binder|\\.github"
    named = re.findall(rf"`((?:{folders})/[\w./-]*)`", text(file))
    named = [name for name in named if "NN_" not in name and name != "book/landmarks/"]
    assert [name for name in linked + named if not (ROOT / name).exists()] == []


def test_what_make_is_asked_for_it_can_do():
    targets = set(re.findall(r"^([\w-]+):", text("Makefile"), re.M))
    asked = {t for f in FRONT for t in re.findall(r"(?:`|^)make ([a-z]+)", text(f), re.M)}
    assert asked and asked <= targets


def test_the_moving_picture_is_small_and_moves():
    from PIL import Image

    picture = ROOT / "docs" / "gradient-flow.gif"
    assert "docs/gradient-flow.gif" in text("README.md")
    assert picture.stat().st_size < 600_000
    with Image.open(picture) as moving:
        assert moving.n_frames >= 8


def test_the_readme_s_first_program_prints_what_it_says(capsys):
    program = re.search(r"^```python\n(.*?)^```", text("README.md"), re.M | re.S)[1]
    space = {}
    exec(compile(program, "README.md", "exec"), space)
    norms = space["nn"].diagnostics.gradient_norms(space["tape"])
    last, first = map(float, re.findall(r"([\d.e-]+) at the (?:last|first)", program))
    assert np.isclose(norms[-1], last, rtol=0.2) and np.isclose(norms[0], first, rtol=0.2)
    assert capsys.readouterr().out.startswith("[")


# The way onto a learner's computer -----------------------------------------------------------


def blocks(name):
    """The commands of a page's code blocks without a language, a list of lines for each."""
    found = re.findall(r"^```(.*?)\n(.*?)^```$", text(name), re.M | re.S)
    return [block.splitlines() for language, block in found if not language]


def on_windows(line):
    """A command as it is typed there: its own python, and its own slashes in paths."""
    line = re.sub(r"^python3 ", "py ", line.replace(".venv/bin/", ".venv/Scripts/"))
    return " ".join(w if "://" in w else w.replace("/", "\\") for w in line.split(" "))


def test_each_way_has_its_form_on_windows():
    for name in ("README.md", "book/reference/doors.md"):
        learner = [b for b in blocks(name) if any("my_copy.py" in line for line in b)]
        assert len(learner) in (2, 4)
        for here, there in zip(learner[::2], learner[1::2], strict=True):
            assert [on_windows(line) for line in here] == there


def test_readme_and_page_lead_the_same_way():
    page = [block for block in blocks("book/reference/doors.md") if "my_copy.py" in str(block)]
    readme = [block for block in blocks("README.md") if "my_copy.py" in str(block)]
    assert [block[1:] for block in readme] == page[:2]  # the page fetches the book before
    assert readme[0][0] == readme[1][0] and [readme[0][0]] in blocks("book/reference/doors.md")
    update = [f"git -C {readme[0][0].rpartition('/')[2]} pull"]
    assert page[2:] == [update + block[1:-1] for block in page[:2]]


def test_what_these_commands_name_is_there():
    url = yaml.safe_load(text("_config.yml"))["repository"]["url"]
    folder = url.rpartition("/")[2]
    lines = [line for block in blocks("book/reference/doors.md") for line in block]
    assert f"git clone {url}" in lines
    assert all(url in word for line in lines for word in line.split() if "://" in word)
    named = {w.removeprefix(f"{folder}/") for line in lines for w in line.split() if "/" in w}
    assert {".binder/requirements.txt", "tools/my_copy.py"} <= named
    assert (ROOT / ".binder/requirements.txt").exists() and (ROOT / "tools/my_copy.py").exists()
