"""JupyterLite with a Python of the site's own, so that no request leaves the site.

It is made if NNBOOK_PYODIDE names a folder with the files of Pyodide 0.27: its core, its
pyodide-lock.json, and numpy and matplotlib with what they need. Everything else is pure Python that
building the book has installed. The site gets a pyodide-lock.json of its own with all of it, and the
kernel, made for a newer Pyodide, loads its packages from there instead of installing them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from email import message_from_bytes
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from .wheels import from_folder, repack

FOLDER = "NNBOOK_PYODIDE"  # the environment variable
KERNEL = Path("extensions/@jupyterlite/pyodide-kernel-extension/static")
PLACE = "static/pyodide"  # in JupyterLite
LOCK = "pyodide-lock.json"
CORE = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
DRAWN_WITH = ("numpy", "matplotlib")
STARTS_WITH = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython")
OF_KERNEL = ("piplite", "ipykernel", "pyodide_kernel", "widgetsnbextension-4")
STAND_IN = Path(__file__).parent / "in_lite" / "micropip"
THERE = {"sys_platform": "emscripten", "python_version": "3.12", "extra": "live"}


def folder() -> Path | None:
    """The folder that NNBOOK_PYODIDE names, if it does.

    Raises FileNotFoundError if it isn't one with Pyodide's files.
    """
    named = os.environ.get(FOLDER)
    if not named:
        return None
    lacking = [name for name in (*CORE, LOCK) if not Path(named, name).is_file()]
    if lacking:
        raise FileNotFoundError(
            f"{FOLDER} is to name a folder with Pyodide's files; in {named} there is no "
            f"{', '.join(lacking)}. Unset it for the Python of Pyodide's public address."
        )
    return Path(named)


def settings() -> dict[str, dict]:
    """What jupyter-lite.json says of the kernel."""
    if folder() is None:
        return {}
    kernel = {
        "pyodideUrl": f"./{PLACE}/pyodide.mjs",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": [*STARTS_WITH]},
    }
    return {"@jupyterlite/pyodide-kernel-extension:kernel": kernel}


def mark() -> str:
    """A hash that changes with the folder's files."""
    runtime = folder()
    files = sorted(runtime.iterdir()) if runtime else []
    return str([(file.name, _hash(file)) for file in files if file.is_file()])


def put(out: Path, work: Path) -> None:
    """Copy Pyodide, and every package that is loaded, into JupyterLite; write their lock."""
    runtime = folder()
    if runtime is None:
        return
    place = out / PLACE
    place.mkdir(parents=True, exist_ok=True)
    for name in CORE:
        shutil.copy(runtime / name, place)
    lock = json.loads((runtime / LOCK).read_text(encoding="utf-8"))
    brought = _brought(runtime, lock["packages"])
    for package in brought.values():
        shutil.copy(runtime / package["file_name"], place)
    wheels = [*(work / "pypi").glob("*.whl")]
    wheels += [w for name in OF_KERNEL for w in (out / KERNEL / "pypi").glob(f"{name}[-.]*.whl")]
    for wheel in wheels:
        shutil.copy(wheel, place)
    from_folder(STAND_IN, "1.0", place)
    lock["packages"] = brought | _own(place, brought)
    (place / LOCK).write_text(json.dumps(lock), encoding="utf-8")


def _brought(runtime: Path, packages: dict[str, dict]) -> dict[str, dict]:
    """Pyodide's own packages that are needed, compared with the hashes of its lock.

    Raises FileNotFoundError if one that is drawn with is missing, ValueError if one is another file.
    What else they name but the folder lacks is left out: matplotlib runs without matplotlib-pyodide.
    """
    found, wanted = {}, [*DRAWN_WITH]
    while wanted:
        name = canonicalize_name(wanted.pop())
        if name in found or name not in packages:
            continue
        package = packages[name]
        file = runtime / package["file_name"]
        if not file.is_file():
            if name in DRAWN_WITH:
                raise FileNotFoundError(f"{FOLDER}: {runtime} lacks {file.name}, which is needed.")
            continue
        if _hash(file) != package["sha256"]:
            raise ValueError(
                f"{FOLDER}: {file} is not the file that {LOCK} describes. Download it again."
            )
        found[name] = dict(package)
        wanted += package["depends"]
    for package in found.values():
        package["depends"] = [d for d in package["depends"] if canonicalize_name(d) in found]
    return found


def _own(place: Path, brought: dict[str, dict]) -> dict[str, dict]:
    """Entries for the pure-Python wheels there; what they need is packed from what is installed."""
    known = {package["file_name"] for package in brought.values()}
    own, wheels = {}, [wheel for wheel in place.glob("*.whl") if wheel.name not in known]
    while wheels:
        wheel = wheels.pop()
        name, version, *_ = parse_wheel_filename(wheel.name)
        depends = _needs(wheel)
        own[name] = {
            "name": name,
            "version": str(version),
            "file_name": wheel.name,
            "install_dir": "site",
            "sha256": _hash(wheel),
            "package_type": "package",
            "imports": [],
            "depends": depends,
            "unvendored_tests": False,
        }
        coming = {parse_wheel_filename(file.name)[0] for file in wheels}
        for need in depends:
            if need not in own and need not in brought and need not in coming:
                wheels.append(repack(need.replace("-", "_"), place))
    return own


def _needs(wheel: Path) -> list[str]:
    """The names of what a wheel depends on in Pyodide."""
    with zipfile.ZipFile(wheel) as archive:
        (file,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        said = message_from_bytes(archive.read(file)).get_all("Requires-Dist") or []
    needs = map(Requirement, said)
    return [canonicalize_name(n.name) for n in needs if not n.marker or n.marker.evaluate(THERE)]


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
