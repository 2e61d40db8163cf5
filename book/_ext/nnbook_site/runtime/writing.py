"""Writing Python into the site: `_static/python`, for servers, and its `packs`, for folders."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from .lock import group
from .pieces import ENGINE, KEYS, LIST, PACKED, WORKER, Packer, gather, listed, scripts

PLACE = "_static/python"  # in the site
PACKS = "packs"


def write(folder: Path, site: Path, work: Path) -> dict:
    """Put Pyodide's files of a folder, the library and the pages' scripts into the site, unless they
    are there; what is packed is kept in `work`. Returns what files.js says.
    """
    found, pack, place = gather(folder), Packer(work), site / PLACE
    said = listed(found, pack)
    text = f"(self.nnbook ??= {{}}).files = {json.dumps(said, indent=1)};\n"
    if (place / LIST).is_file() and (place / LIST).read_text(encoding="utf-8") == text:
        return said
    shutil.rmtree(place, ignore_errors=True)
    (place / PACKS).mkdir(parents=True)
    engine = {}
    for key in KEYS:
        for piece, entry in zip(found[key], said[key], strict=True):
            sent = pack(piece.content) if piece.name in PACKED else piece.content
            (place / entry["file"]).write_bytes(sent)
            if piece.name in ENGINE:
                engine[piece.name] = piece.content
            else:
                _put_script(place / PACKS / f"{piece.name}.js", pack.script(piece.content))
    for file in group("lite"):  # as a module, beside the engine's other files
        if file.name.endswith(".mjs"):
            shutil.copyfile(folder / file.name, place / file.name)
    ours = scripts()
    for name, content in ours.items():
        (place / name).write_bytes(content)
    worker = [*(engine[name] for name in ENGINE), text.encode(), ours[WORKER]]
    _put_script(place / PACKS / f"{WORKER}.js", pack.script(b"\n".join(worker)))
    _put_script(place / LIST, text)  # the last, since it says that the others are there
    pack.tidy()
    return said


def _put_script(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
