"""Which book this is: version, commit and date, the same however often it is made."""

from __future__ import annotations

import os
import subprocess
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import yaml


class Edition(NamedTuple):
    """version: the library's; made: the commit's time, or what SOURCE_DATE_EPOCH says, or without
    both the last release's day; commit: its short name, or "".

    https://reproducible-builds.org/specs/source-date-epoch/
    """

    version: str
    made: datetime
    commit: str

    def __str__(self) -> str:
        commit = f", commit {self.commit}" if self.commit else ""
        return f"Version {self.version}, {self.made.day} {self.made:%B %Y}{commit}"


def edition(root: Path) -> Edition:
    """The edition that the files in root are."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    released = datetime.fromisoformat(f"{citation['date-released']}T00:00Z")
    commit, seconds = git(root, "describe", "--always", "--dirty", "--exclude=*"), ""
    if commit:
        seconds = git(root, "log", "-1", "--format=%ct")
    seconds = os.environ.get("SOURCE_DATE_EPOCH") or seconds
    made = datetime.fromtimestamp(int(seconds), UTC) if seconds else released
    return Edition(project["version"], made, commit)


def git(root: Path, *words: str) -> str:
    """What git says of the repository in root; "" where there is none."""
    if not (root / ".git").exists():
        return ""
    try:
        done = subprocess.run(
            ["git", "-C", root, *words], capture_output=True, check=True, text=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()
