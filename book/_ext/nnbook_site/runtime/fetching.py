"""A file of Pyodide from an address into a folder: whole and with the right hash, or not at all."""

from __future__ import annotations

import hashlib
import os
from http.client import HTTPException
from pathlib import Path
from time import monotonic
from urllib.request import urlopen

from .lock import VERSION, File

PATIENCE = 20  # seconds without a byte
PIECE = 1 << 16


def fetch(file: File, address: str, into: Path, until: float) -> None:
    """Put the file into a folder; `until` is the time, as monotonic() has it, to give up.

    Raises OSError if it does not come, or not in time, and ValueError if what comes is another file.
    """
    part = into / f"{file.name}.{os.getpid()}.part"
    digest, size = hashlib.sha256(), 0
    try:
        with urlopen(address + file.name, timeout=PATIENCE) as answer, part.open("wb") as kept:
            while size <= file.size and (piece := answer.read(PIECE)):
                digest.update(piece)
                size += kept.write(piece)
                if monotonic() > until:
                    raise TimeoutError(f"{file.name} took too long")
        if size < file.size and answer.headers.get("Content-Length") == str(file.size):
            raise OSError(f"{file.name} ended after {size} of {file.size} bytes")
        if digest.hexdigest() != file.sha256:
            raise ValueError(
                f"{address}{file.name} is not the file of Pyodide {VERSION}: its SHA-256 is another. "
                "Does something on your network answer in its place?"
            )
        os.replace(part, into / file.name)
    except HTTPException as error:
        raise OSError(f"{file.name} did not come whole: {error!r}") from error
    finally:
        part.unlink(missing_ok=True)
