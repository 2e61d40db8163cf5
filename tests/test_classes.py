"""The page for teachers: its links can be pulled, and its plans are as long as they say."""

import re
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import yaml

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "book" / "reference" / "classes.md"
sys.path.insert(0, str(ROOT / "book" / "_ext"))
from nnbook_site import classes  # noqa: E402
from nnbook_site.doors import Repository  # noqa: E402


def test_a_link_names_repository_branch_and_a_file_that_is_there():
    said = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["repository"]
    link = urlsplit(classes.pull(Repository.configured(), "05_remedies/lstm_gru.ipynb"))
    asked = {key: value for key, (value,) in parse_qs(link.query).items()}
    assert link.path == "/hub/user-redirect/git-pull"
    assert (asked["repo"], asked["branch"]) == (said["url"], said["branch"])
    folder, _, inside = asked["urlpath"].removeprefix("lab/tree/").partition("/")
    assert folder == said["url"].rpartition("/")[2] and (ROOT / inside).exists()


def test_a_notebook_is_listed_by_its_title():
    assert classes.title(ROOT / "book" / "01_forward_propagation.ipynb") == "Forward propagation"


def test_the_plans_have_as_many_weeks_as_they_say():
    text = PAGE.read_text(encoding="utf-8")
    for words, weeks in {"Four weeks": 4, "Eight weeks": 8, "Twelve weeks": 12}.items():
        plan = text.split(f"## {words}")[1].split("\n## ")[0]
        numbers = [int(n) for n in re.findall(r"^\| (\d+) \|", plan, re.M)]
        assert numbers == list(range(1, weeks + 1))
