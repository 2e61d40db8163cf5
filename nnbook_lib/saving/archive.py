"""The file itself: a zip of arrays, as numpy's .npz, one of which is a text that describes the rest.

    np.load("net.npz")["nnbook"].item()      # the text, JSON

There is no pickle in it, so reading one runs nothing. What is no such file is named.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy as np

from ..shapes import got

TEXT = "nnbook"  # the array that holds the description
VERSION = 1  # of what the description says; a file with a larger one is from a later library
KINDS = "biufcmMSUV"  # the dtypes an array may have: everything but Python objects

# What other files begin with, and what to do with them.
FOREIGN = {
    b"\x93NUMPY": "It is one array (.npy): read it with np.load.",
    b"\x89HDF": "It is an HDF5 file, as Keras writes them: load it in Keras.",
    **{
        b"\x80"
        + bytes([protocol]): "It is a pickle, maybe PyTorch's. Reading one may run any code "
        "in it, so it is not opened here. If it holds a module, load it with torch.load, then "
        "nn.from_torch(module)."
        for protocol in range(2, 6)
    },
}
INSIDE = {  # what another zip has inside
    "data.pkl": "It is a PyTorch file: load it with torch.load, then nn.from_torch(module).",
    "[Content_Types].xml": "It is an office document: save the table in it as CSV.",
}


def place(whose: str, path: object) -> Path:
    """path with .npz at its end, as numpy writes it. Raises TypeError for what is no path,
    IsADirectoryError for one without a name.
    """
    if not isinstance(path, (str, os.PathLike)) or not os.fspath(path):
        raise TypeError(
            f"{whose} expects the path of a file first, such as 'net.npz'; got {got(path)}."
            + (" Write nn.save(path, what), in this order." if whose == "nn.save" else "")
        )
    path = Path(path).expanduser()
    if path.name in ("", ".."):
        raise IsADirectoryError(f"{whose}: {path} is a folder. Name a file in it.")
    return path if path.name.endswith(".npz") else path.with_name(path.name + ".npz")


def write(path: object, description: dict[str, Any], arrays: dict[str, np.ndarray]) -> None:
    """Write both into the file, or leave what was there as it was.

    Raises OSError, in a sentence, where the folder is missing or may not be written to.
    """
    target = place("nn.save", path)
    if target.is_dir() or os.fspath(path).endswith(("/", os.sep)):
        raise IsADirectoryError(
            f"nn.save: {path} is a folder. Name a file in it, or give the file another name."
        )
    if not target.parent.is_dir():
        raise FileNotFoundError(
            f"nn.save: there is no folder {target.parent}. Make it first, or choose another: "
            "Path(folder).mkdir(parents=True)."
        )
    target = target.resolve()  # of a link, what it leads to
    beside = target.with_name(f"{target.name}.{token_hex(4)}.part")  # another thread's is another
    text = np.array(json.dumps({"version": VERSION, **description}).encode("ascii"))
    try:
        with open(beside, "wb") as file:
            with zipfile.ZipFile(file, "w", allowZip64=True) as parts:
                for name, array in {TEXT: text, **arrays}.items():
                    with parts.open(f"{name}.npy", "w", force_zip64=True) as part:
                        np.lib.format.write_array(part, array, allow_pickle=False)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)
    except OSError as error:
        raise type(error)(
            f"nn.save could not write {target}: {error.strerror or error}. Choose another folder, "
            "or make room. A file that was there before is as it was."
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def read(path: object) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The description in the file, and its arrays by name.

    Raises FileNotFoundError where there is none, ValueError for what `write` has not written.
    """
    file = _found(path)
    try:
        whole = file.read_bytes()
    except OSError as error:
        raise type(error)(f"nn.load could not read {file}: {error.strerror}.") from error
    try:
        with zipfile.ZipFile(io.BytesIO(whole)) as parts:
            data = {name: parts.read(name) for name in parts.namelist()}
    except Exception as error:  # zipfile raises many, depending on which byte is damaged
        raise ValueError(_broken(file, whole[:16], error)) from error
    if f"{TEXT}.npy" not in data:
        raise ValueError(_foreign(file, list(data)))
    arrays = {name.removesuffix(".npy"): _array(file, name, data[name]) for name in data}
    text = arrays.pop(TEXT)
    try:
        description = json.loads(text.item())
        version = description["version"]
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(
            f"nn.load: {file} has no description that can be read. Save it again, with nn.save."
        ) from error
    if version != VERSION:
        newer = isinstance(version, int) and version > VERSION
        raise ValueError(
            f"nn.load: {file} was saved by {'a newer' if newer else 'another'} nnbook, in format "
            f"{version!r}; this one reads format {VERSION}. "
            + ("Update the library." if newer else "Load it there, and save it again here.")
        )
    return description, arrays


def _found(path: object) -> Path:
    """The file meant, with or without .npz."""
    file = place("nn.load", path)
    for candidate in (file, Path(path).expanduser()):
        if candidate.is_file():
            return candidate
    if file.parent.is_dir():
        there = sorted(other.name for other in file.parent.glob("*.npz"))
        has = f"It has {', '.join(there[:5])}." if there else "It has no .npz at all."
        raise FileNotFoundError(
            f"nn.load: there is no file {file.name} in {file.parent.resolve()}. {has}"
        )
    raise FileNotFoundError(f"nn.load: there is no folder {file.parent}.")


def _array(file: Path, name: str, data: bytes) -> np.ndarray:
    try:
        return np.lib.format.read_array(io.BytesIO(data), allow_pickle=False)
    except Exception as error:  # ValueError for Python objects, and what a strange header may raise
        name = name.removesuffix(".npy")
        raise ValueError(
            f"nn.load: {file}: its part {name!r} is not an array that can be read: {error}. "
            "Save it again, with nn.save."
        ) from error


def _foreign(file: Path, names: list[str]) -> str:
    """What to say of another zip."""
    for inside, remedy in INSIDE.items():
        if any(name.rpartition("/")[2] == inside for name in names):
            return f"nn.load: {file} was not written by nn.save. {remedy}"
    if names and all(name.endswith(".npy") for name in names):
        return (
            f"nn.load: {file} holds arrays, but not what they belong to: it was not written by "
            "nn.save. Read it with np.load; if it is a network's state, net.restore(np.load(path))."
        )
    return f"nn.load: {file} is another kind of zip, not written by nn.save."


def _broken(file: Path, start: bytes, error: Exception) -> str:
    """What to say of a file that is no zip, or not a whole one."""
    if not start:
        return f"nn.load: {file} is empty. Save it again, with nn.save."
    if start.startswith(b"PK") or b"PK".startswith(start):
        why = str(error) or type(error).__name__
        return (
            f"nn.load: {file} is cut short or damaged ({why}). Take a copy of it, or save it again, "
            "with nn.save."
        )
    remedy = next((say for begin, say in FOREIGN.items() if start.startswith(begin)), "")
    return f"nn.load: {file} was not written by nn.save. {remedy or f'It begins with {start!r}.'}"
