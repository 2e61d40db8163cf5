"""The same book by Sphinx alone, compared with what Jupyter Book made: it can leave on any day.

    python tools/plain_sphinx.py        after `make book`

The configuration comes from `jupyter-book config sphinx`, into a folder to be thrown away, and gets
the lines that it lacks for a book whose contents lie beside it, not in it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
SITE = ROOT / "_build" / "html"
PLAIN = ROOT / "_build" / "plain"  # beside the site: what was executed and drawn is found again
WORK = ROOT / "_build" / "plain-conf"
ADDED = f"""
import sys
sys.path.append({str(ROOT / "book" / "_ext")!r})
external_toc_path = {str(ROOT / "_toc.yml")!r}
"""
# What a page says of files beside it: the sum of one that may be written after it, and downloads.
BESIDE = re.compile(rb'\?v=\w+|<p class="download">.*?</p>')
LATER = (".pdf", ".epub")  # what `make pdf` and `make epub` put on the site
# What tells when it was made, or how; the worker knows the pages with their downloads.
DATED = ("lite", ".buildinfo", ".made", "sw.js")


def run(program: str, *arguments: object) -> None:
    """Run a program of this environment, or end with its exit code."""
    done = subprocess.run([BIN / program, *map(str, arguments)], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def build() -> None:
    """Write a conf.py that says what _config.yml says, and let sphinx-build make the site from it."""
    for folder in (WORK, PLAIN):
        shutil.rmtree(folder, ignore_errors=True)
    WORK.mkdir(parents=True)
    config = shutil.copy(ROOT / "_config.yml", WORK)  # the conf.py is written beside it
    run("jupyter-book", "config", "sphinx", "book", "--config", config)
    with (WORK / "conf.py").open("a", encoding="utf-8") as file:
        file.write(ADDED)
    strict = ("--fail-on-warning", "--nitpicky", "--keep-going")
    run("sphinx-build", *strict, "-c", WORK, "-d", WORK / "doctrees", "book", PLAIN)


def files(site: Path) -> dict[str, bytes]:
    """What a site consists of, by name."""
    found = {}
    for file in sorted(file for file in site.rglob("*") if file.is_file()):
        name = file.relative_to(site)
        if name.parts[0] not in DATED and name.suffix not in LATER:
            content = file.read_bytes()
            found[name.as_posix()] = BESIDE.sub(b"", content) if name.suffix == ".html" else content
    return found


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The names of the files that only one site has, or that are not the same in both."""
    return [name for name in sorted(one | other) if one.get(name) != other.get(name)]


def main() -> None:
    if not (SITE / "index.html").exists():
        sys.exit(f"There is no site in {SITE} to compare with: run make book first.")
    build()
    plain = files(PLAIN)
    if different := differences(plain, files(SITE)):
        sys.exit(f"Sphinx alone makes {len(different)} files otherwise: {', '.join(different)}")
    print(f"{len(plain)} files, the same by Sphinx alone as by Jupyter Book.")


if __name__ == "__main__":
    main()
