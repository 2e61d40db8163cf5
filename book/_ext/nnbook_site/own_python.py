"""JupyterLite with a Python of the site's own, so that no request leaves the site.

It is made if the site carries Pyodide for its pages (runtime/): JupyterLite takes the engine, numpy and
matplotlib from the same folder. Everything else is pure Python that building the book has installed.
JupyterLite gets a pyodide-lock.json of its own with all of it, and the kernel, made for a newer Pyodide,
loads its packages from there instead of installing them.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from email import message_from_bytes
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from .runtime import PLACE as SHARED
from .runtime.lock import FILES, PACKAGES, group, sha256
from .runtime.pieces import packages
from .wheels import from_folder, repack

KERNEL = Path("extensions/@jupyterlite/pyodide-kernel-extension/static")
PLACE = "static/pyodide"  # in JupyterLite
STARTS_WITH = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython")
OF_KERNEL = ("piplite", "ipykernel", "pyodide_kernel", "widgetsnbextension-4")
STAND_IN = Path(__file__).parent / "in_lite" / "micropip"
SHARING = "sharing.js"  # in the kernel's workers: what lies where
THERE = {"sys_platform": "emscripten", "python_version": "3.12", "extra": "live"}


def settings() -> dict[str, dict]:
    """What jupyter-lite.json says of the kernel."""
    kernel = {
        "pyodideUrl": f"./../{SHARED}/pyodide.mjs",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {
            "lockFileURL": f"{PLACE}/{PACKAGES}",
            "packages": [*STARTS_WITH],
        },
    }
    return {"@jupyterlite/pyodide-kernel-extension:kernel": kernel}


def put(runtime: Path, out: Path, work: Path) -> None:
    """Put every package that is loaded and that the pages do not have into JupyterLite; write the lock,
    and tell the kernel's workers where each of them lies.
    """
    place = out / PLACE
    place.mkdir(parents=True, exist_ok=True)
    listed = packages(runtime, FILES)
    for file in group("lite"):
        if file.name.endswith(".whl"):
            shutil.copyfile(runtime / file.name, place / file.name)
    brought = dict(listed["packages"])
    wheels = [*(work / "pypi").glob("*.whl")]
    wheels += [w for name in OF_KERNEL for w in (out / KERNEL / "pypi").glob(f"{name}[-.]*.whl")]
    for wheel in wheels:
        shutil.copy(wheel, place)
    from_folder(STAND_IN, "1.0", place)
    listed["packages"] = brought | _own(place, brought)
    (place / PACKAGES).write_text(json.dumps(listed), encoding="utf-8")
    names = json.dumps(sorted(wheel.name for wheel in place.glob("*.whl")))
    script = out / SHARING
    script.write_text(script.read_text(encoding="utf-8").replace("/* names */", names), "utf-8")


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
            "sha256": sha256(wheel.read_bytes()),
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
