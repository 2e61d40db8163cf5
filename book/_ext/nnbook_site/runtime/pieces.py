"""What the site gives a page that uses Python: each file as it lies on the server, as it lies in a
folder, and the list of them all.

A server's file is fetched by name. From a folder (file://) a page can load nothing but scripts: there
each file is the text of a script, packed, which the page unpacks.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .library import library
from .lock import FILES, PACKAGES, VERSION, File, group, sha256

IN_PAGE = Path(__file__).parents[1] / "in_page"  # the pages' and the worker's own scripts
ENGINE = ("pyodide.js", "pyodide.asm.js")  # scripts, which a worker runs
PACKED = ("pyodide.asm.wasm", "nnbook_lib.zip")  # 3.6 MB travel instead of 11.6, from any server
WORKER = "worker.js"
LIST = "files.js"
KEYS = ("core", "drawing")


@dataclass(frozen=True)
class Piece:
    """A file by the name that Pyodide knows, and where it lies."""

    name: str
    file: str
    content: bytes


class Packer:
    """Packs what it is given, and keeps it in a folder: packing 10 MB takes seconds."""

    def __init__(self, work: Path):
        self.work, self.used = work, set()

    def __call__(self, content: bytes) -> bytes:
        file = self.work / f"{sha256(content)}.gz"
        self.used.add(file)
        if not file.is_file():
            self.work.mkdir(parents=True, exist_ok=True)
            part = file.with_suffix(".part")
            part.write_bytes(gzip.compress(content, 9, mtime=0))
            part.replace(file)
        return file.read_bytes()

    def script(self, content: bytes) -> str:
        """A script that leaves the packed content on the element that asked for it."""
        return f'document.currentScript.pack = "{base64.b64encode(self(content)).decode()}";\n'

    def tidy(self) -> None:
        """Forget what was not asked for this time."""
        for file in self.work.glob("*.gz"):
            if file not in self.used:
                file.unlink()


def packages(folder: Path, files: list[File]) -> dict:
    """Pyodide's own list, of these files only: nothing else is looked for on the site."""
    listed = json.loads((folder / PACKAGES).read_text(encoding="utf-8"))
    names = {file.name for file in files}
    kept = {k: v for k, v in listed["packages"].items() if v["file_name"] in names}
    for name, package in kept.items():
        kept[name] = package | {"depends": [need for need in package["depends"] if need in kept]}
    return listed | {"packages": kept}


def gather(folder: Path) -> dict[str, list[Piece]]:
    """The files of each group in which a page asks for them."""
    found = {
        key: [Piece(f.name, f.name, (folder / f.name).read_bytes()) for f in group(key)]
        for key in KEYS
    }
    list_ = json.dumps(packages(folder, group(*KEYS)), sort_keys=True).encode()
    found["core"] = [piece for piece in found["core"] if piece.name != PACKAGES]
    found["core"].append(Piece(PACKAGES, PACKAGES, list_))
    ours = library()
    found["core"].append(Piece("nnbook_lib.zip", f"nnbook_lib-{sha256(ours)[:8]}.zip", ours))
    return found


def scripts() -> dict[str, bytes]:
    """The scripts, sheets and licenses of in_page, by name."""
    return {file.name: file.read_bytes() for file in sorted(IN_PAGE.iterdir()) if file.is_file()}


def version(found: Mapping[str, list[Piece]]) -> str:
    """A name for all of it together: another one as soon as a byte of it is another."""
    of = [(piece.name, sha256(piece.content)) for key in KEYS for piece in found[key]]
    of += [(name, sha256(content)) for name, content in scripts().items()]
    of += [(file.name, file.sha256) for file in FILES]
    of += [(f.name, sha256(f.read_bytes())) for f in sorted(Path(__file__).parent.glob("*.py"))]
    return sha256(repr(of).encode())[:8]


def listed(found: Mapping[str, list[Piece]], pack: Packer) -> dict:
    """What files.js says: of each file its name, where it lies, and how much the server sends."""
    said = {"version": version(found), "pyodide": VERSION}
    for key in KEYS:
        said[key] = []
        for piece in found[key]:
            entry = {"name": piece.name, "file": piece.file, "bytes": len(piece.content)}
            if piece.name in PACKED:
                packed = len(pack(piece.content))
                entry |= {"file": f"{piece.file}.packed", "bytes": packed, "packed": True}
            said[key].append(entry)
    return said
