"""Where the files of Pyodide come from: a folder that is named, a cache, or Pyodide's public address."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from time import monotonic

from sphinx.util import logging

from .fetching import fetch
from .lock import ADDRESS, FILES, VERSION, fault

logger = logging.getLogger(__name__)
NAMED = "NNBOOK_PYODIDE"  # the environment variable
NONE = "none"  # its value for a site that is to go without
LIMIT = 600  # seconds for all files together


@cache
def folder() -> Path | None:
    """A folder with every file of the lock; None if the site goes without, which the log says.

    Looked for once in a build. Raises FileNotFoundError or ValueError as `find` does.
    """
    return find(os.environ.get(NAMED, ""), kept())


def kept() -> Path:
    """The cache: where this system keeps what can be fetched again."""
    home = Path.home()
    if named := os.environ.get("XDG_CACHE_HOME"):
        place = Path(named)
    elif sys.platform == "win32":
        place = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    else:
        place = home / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    return place / "nnbook" / f"pyodide-{VERSION}"


def find(named: str, cached: Path, address: str = ADDRESS) -> Path | None:
    """The folder that is named; else the cache, into which what it lacks is fetched.

    Raises FileNotFoundError if the named folder lacks a file, and ValueError if it has another one in
    its place, or if another one comes from the address.
    """
    if named == NONE:
        logger.info(f"No Python on this site: {NAMED} is {NONE}.")
        return None
    if named:
        _look_through(Path(named))
        return Path(named)
    try:
        complete(cached, address)
    except OSError as error:
        logger.info(
            f"No Python on this site: Pyodide {VERSION} did not come from {address} ({error}). With a "
            f"network, or with {NAMED}, a folder that has it, it will be there."
        )
        return None
    return cached


def _look_through(named: Path) -> None:
    """Refuse a folder that has not every file of the lock."""
    faults = [wrong for file in FILES if (wrong := fault(file, named))]
    if faults:
        other = any("SHA-256" in wrong for wrong in faults)
        raise (ValueError if other else FileNotFoundError)(
            f"{NAMED} is to name a folder with the files of Pyodide {VERSION}. In {named}: "
            f"{'; '.join(faults)}. Fetch {'them' if len(faults) > 1 else 'it'} from {ADDRESS}, or unset "
            f"{NAMED}, and the build does; {NONE} makes a site without Python."
        )


def complete(cached: Path, address: str = ADDRESS) -> None:
    """Fetch what the cache lacks, and anew what is damaged. Raises as `fetch` does."""
    cached.mkdir(parents=True, exist_ok=True)
    lacking = {file: wrong for file in FILES if (wrong := fault(file, cached))}
    if lacking:
        size = sum(file.size for file in lacking) / 1e6
        logger.info(f"fetching Pyodide {VERSION}, {size:.0f} MB, from {address} into {cached} ...")
    until = monotonic() + LIMIT
    for file, wrong in lacking.items():
        if "SHA-256" in wrong:
            logger.info(f"{wrong}. It is fetched anew.")
            (cached / file.name).unlink()
        fetch(file, address, cached, until)
