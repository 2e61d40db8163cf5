"""What runs on GitHub: actions pinned, rights least, commands those that the README gives."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"uses: [\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.stem)


def parsed(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job.get("steps", [])]


def commands(workflow):
    return [line.strip() for step in steps(workflow) for line in step.get("run", "").splitlines()]


def test_the_three_are_there():
    assert [path.stem for path in WORKFLOWS] == ["pages", "test", "weekly"]


@each_workflow
def test_actions_are_pinned_by_commit_and_named_by_version(path):
    lines = [line.strip(" -") for line in path.read_text(encoding="utf-8").splitlines()]
    used = [line for line in lines if line.startswith("uses:")]
    assert (
        used
        and [line for line in used if not (PINNED.match(line) or line.startswith("uses: ./"))] == []
    )


def test_one_action_has_one_version():
    text = "".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    pins = set(re.findall(r"uses: (actions/[\w-]+)@(.+)", text))
    assert len(pins) == len({name for name, _ in pins})


@each_workflow
def test_rights_are_least(path):
    workflow = parsed(path)
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        more = {"pages": "write", "id-token": "write"} if name == "deploy" else None
        assert job.get("permissions") == more
    for step in steps(workflow):
        if "actions/checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False
    triggers = workflow[True]  # "on" is a yes in YAML
    assert "pull_request_target" not in triggers and "secrets." not in path.read_text("utf-8")


@each_workflow
def test_it_ends_and_does_not_pile_up(path):
    workflow = parsed(path)
    assert "concurrency" in workflow
    assert all("timeout-minutes" in job or "uses" in job for job in workflow["jobs"].values())


@each_workflow
def test_what_it_makes_the_makefile_knows(path):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {*re.findall(r"^([\w-]+):", makefile, re.M), ".venv/.ready"}
    made = [line.split()[1] for line in commands(parsed(path)) if line.startswith("make ")]
    assert set(made) <= targets


def test_what_is_published_was_linted_built_tested_and_printed():
    build = parsed(ROOT / ".github/workflows/test.yml")["jobs"]["book"]["steps"]
    runs = [step.get("run", "") for step in build]
    order = [
        runs.index(f"make {what}") for what in ("lint", "book", "plain", "pdf", "epub", "test")
    ]
    assert order == sorted(order) and "upload-pages-artifact" in build[-1]["uses"]
    assert parsed(ROOT / ".github/workflows/pages.yml")["jobs"]["deploy"]["needs"] == "test"


def test_ci_and_workflow_take_the_same_pytorch():
    named = re.compile(r"torch==([\d.]+)")
    here = named.findall((ROOT / ".ci/run").read_text(encoding="utf-8"))
    there = named.findall((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))
    assert here == there != []


def test_windows_runs_what_the_readme_says():
    job = parsed(ROOT / ".github/workflows/weekly.yml")["jobs"]["windows"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    runs = [step["run"] for step in job["steps"] if "run" in step]
    assert len(runs) >= 4 and "\n".join(runs) in readme


def test_windows_goes_the_learner_s_way():
    job = parsed(ROOT / ".github/workflows/weekly.yml")["jobs"]["learner"]
    page = (ROOT / "book" / "reference" / "doors.md").read_text(encoding="utf-8")
    *runs, chapter, again = [step["run"] for step in job["steps"] if "run" in step]
    assert len(runs) == 3 and "\n".join(runs) in page and again == runs[-1]
    assert chapter.startswith(r".venv\Scripts\jupyter execute my-book")
    assert job["steps"][0]["with"]["path"] == "nnbook"  # where git would put it


def test_the_weekly_run_frees_every_pin_but_the_book_s(tmp_path):
    loosen = commands(parsed(ROOT / ".github/workflows/weekly.yml"))
    script = next(line for line in loosen if line.startswith("sed -i"))
    edits = re.findall(r"s/(.*?)/(.*?)/", script)
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    for pattern, instead in edits:
        lines = [re.sub(pattern, instead, line) for line in lines]
    assert not any("==" in line for line in lines) and "jupyter-book<2" in lines
