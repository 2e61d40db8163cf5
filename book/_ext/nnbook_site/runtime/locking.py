"""Makes lock.json of a folder with Pyodide's files, whose packages are compared with Pyodide's list.

python -m nnbook_site.runtime.locking FOLDER        with book/_ext in PYTHONPATH
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

GROUPS = {
    "core": [
        *("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip"),
        *("pyodide-lock.json", "numpy"),
    ],
    # Without any one of these, matplotlib can't be imported or doesn't draw.
    "drawing": [
        *("matplotlib", "contourpy", "cycler", "kiwisolver", "packaging", "pillow", "pyparsing"),
        *("python-dateutil", "six"),
    ],
    # As a module Pyodide is loaded by JupyterLite alone; there a figure may be saved as a PDF, too.
    "lite": ["pyodide.mjs", "fonttools"],
}
ADDRESS = "https://cdn.jsdelivr.net/pyodide/v{}/full/"


def lock(folder: Path) -> dict:
    """What lock.json says of the files in a folder.

    Raises ValueError if a package is another file than Pyodide's list says.
    """
    from .lock import PACKAGES, sha256

    listed = json.loads((folder / PACKAGES).read_text(encoding="utf-8"))
    pyodide, files = listed["info"]["version"], []
    for group, names in GROUPS.items():
        for name in names:
            package = listed["packages"].get(name, {"file_name": name, "version": pyodide})
            content = (folder / package["file_name"]).read_bytes()
            if package.get("sha256", sha256(content)) != sha256(content):
                raise ValueError(f"{package['file_name']} is another file than {PACKAGES} says.")
            said = {"version": package["version"], "size": len(content), "sha256": sha256(content)}
            files.append({"name": package["file_name"], "group": group} | said)
    return {"pyodide": pyodide, "address": ADDRESS.format(pyodide), "files": files}


if __name__ == "__main__":
    made = json.dumps(lock(Path(sys.argv[1])), indent=1)
    Path(__file__).with_name("lock.json").write_text(f"{made}\n", encoding="utf-8")
