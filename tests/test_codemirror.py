"""The bundled editor: it is what its tool makes, and its license names what is in it."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[1] / "tools" / "codemirror"
BUNDLE = TOOL.parents[1] / "book" / "_ext" / "nnbook_site" / "in_page" / "codemirror.js"


def needed(packages, name):
    """A package of the lock and all that it needs."""
    found = {name}
    for other in packages[f"node_modules/{name}"].get("dependencies", {}):
        found |= needed(packages, other)
    return found


def test_the_license_names_every_package_with_its_version():
    packages = json.loads((TOOL / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    known = {
        name: packages[f"node_modules/{name}"]["version"]
        for direct in packages[""]["devDependencies"]
        if direct != "esbuild"
        for name in needed(packages, direct)
    }
    text = BUNDLE.with_suffix(".LICENSE").read_text(encoding="utf-8")
    named = dict(re.findall(r"(\S+) (\d+\.\d+\.\d+)", text))
    assert named.items() <= known.items()
    # Completion is needed by others, for what is left out of the bundle.
    assert known.keys() - named.keys() == {"@codemirror/autocomplete", "@codemirror/streamparser"}
    assert "THE SOFTWARE IS PROVIDED" in text


@pytest.mark.skipif(
    not (TOOL / "node_modules").exists() or not shutil.which("npm"),
    reason="tools/codemirror is not installed: npm ci there",
)
def test_the_bundle_is_what_the_tool_makes(tmp_path):
    made = tmp_path / "codemirror.js"
    command = ["npm", "run", "--silent", "bundle", "--", f"--outfile={made}", "--log-level=error"]
    subprocess.run(command, cwd=TOOL, check=True)
    assert made.read_bytes() == BUNDLE.read_bytes()
