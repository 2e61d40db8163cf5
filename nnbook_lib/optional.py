"""What to say where a package is missing that the library itself can do without."""

from __future__ import annotations


def missing(error: ModuleNotFoundError, what: str) -> ModuleNotFoundError:
    """The error that names what needs the package, and the commands that install it.

    what: "A picture", "A live figure". An error about another than a package of these: itself.
    """
    package = (error.name or "").partition(".")[0]
    if package not in ("IPython", "ipywidgets", "matplotlib", "tqdm"):
        return error
    return ModuleNotFoundError(
        f"{what} needs the package {package}, which this Python does not have. In a notebook, run "
        f"%pip install {package} in a cell, restart the kernel and reload the page; in a terminal, "
        f"python -m pip install {package}. On a hub without leave to install, ask its "
        "administrator for what the book's .binder/requirements.txt lists.",
        name=error.name,
    )
