"""Python for the pages: Pyodide, numpy, matplotlib and nnbook_lib, from the site's own files.

lock.py      the files of Pyodide, by name and hash; lock.json is made by locking.py
finding.py   a folder that has them: the one named, a cache, or fetched by fetching.py
__main__.py  fetches them beforehand
pieces.py    what becomes of each on the site; library.py makes the library's archive
writing.py   the site's folder
"""

from __future__ import annotations

import shutil
from pathlib import Path

from sphinx.errors import ConfigError

from .finding import folder
from .pieces import KEYS, Packer, gather, listed
from .writing import PLACE, write

SAID = "nnbook_python"  # the setting with what the pages are told; empty on a site without Python


def setup(app) -> None:
    # The pages are written again when Python comes, goes, or becomes another.
    app.add_config_value(SAID, {}, "html", [dict])
    app.connect("config-inited", configure)
    app.connect("build-finished", put)


def configure(app, config) -> None:
    """Find Pyodide's files, and keep what the pages say of them."""
    try:
        found = folder()
    except (OSError, ValueError) as error:
        raise ConfigError(str(error)) from error
    if found:
        said = listed(gather(found), Packer(_work(app)))
        sizes = {key: sum(entry["bytes"] for entry in said[key]) for key in KEYS}
        config[SAID] = {"version": said["version"]} | sizes


def attributes(app, pagename: str = "") -> dict[str, str]:
    """What a page's script is told of Python, for its tag: nothing if the site has none. With the
    page's name, the way to the site's root, too.
    """
    said = app.config[SAID]
    if not said:
        return {}
    told = {"version": said["version"], "bytes": said["core"], "drawing": said["drawing"]}
    if pagename:
        told["root"] = "../" * pagename.count("/") or "./"
    return {f"data-{name}": str(value) for name, value in told.items()}


def put(app, error) -> None:
    """Write Python's files into the built site; without them, take away what an earlier build wrote."""
    if error or app.builder.format != "html":
        return
    if found := folder():
        write(found, Path(app.outdir), _work(app))
    else:
        shutil.rmtree(Path(app.outdir) / PLACE, ignore_errors=True)


def _work(app) -> Path:
    """Where what is packed is kept between builds."""
    return Path(app.outdir).parent / "python"
