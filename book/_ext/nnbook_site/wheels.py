"""Wheels made of what is installed, and of a folder: pure Python, for the Python of a browser."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Mapping
from importlib.metadata import distribution
from pathlib import Path

NOT_IN_A_WHEEL = {"INSTALLER", "REQUESTED", "RECORD", "direct_url.json"}
COMPILED = {".pyc", ".so", ".pyd", ".dylib"}  # what is optional in a package that is used as pure


def repack(name: str, into: Path) -> Path:
    """The wheel that an installed pure-Python package came from, without what lies elsewhere."""
    installed = distribution(name)
    inside = {
        file.as_posix(): file.read_binary()
        for file in installed.files or []
        if ".." not in file.parts
        and file.suffix not in COMPILED
        and file.name not in NOT_IN_A_WHEEL
    }
    (info,) = {file.rpartition("/")[0] for file in inside if file.endswith(".dist-info/METADATA")}
    return _pack(into / f"{name}-{installed.version}-py3-none-any.whl", info, inside)


def from_folder(folder: Path, version: str, into: Path) -> Path:
    """A wheel with a package of ours that is not installed."""
    name, info = folder.name, f"{folder.name}-{version}.dist-info"
    inside = {f"{name}/{file.name}": file.read_bytes() for file in sorted(folder.glob("*.py"))}
    inside[f"{info}/METADATA"] = (
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode()
    )
    inside[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    return _pack(into / f"{name}-{version}-py3-none-any.whl", info, inside)


def _pack(wheel: Path, info: str, inside: Mapping[str, bytes]) -> Path:
    record = []
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, data in inside.items():
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            record.append(f"{file},sha256={digest},{len(data)}\n")
            archive.writestr(zipfile.ZipInfo(file), data, zipfile.ZIP_DEFLATED)
        record.append(f"{info}/RECORD,,\n")
        archive.writestr(zipfile.ZipInfo(f"{info}/RECORD"), "".join(record))
    return wheel
