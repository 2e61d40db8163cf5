"""Stands in for micropip where a site keeps its own Python: packages come from the site, or not at all.

Pyodide knows them from its pyodide-lock.json, with what each depends on.
"""

import re

import pyodide_js


async def install(requirements, *_, **__) -> None:
    """Load packages of the site by their names, as `%pip install` has them: versions and extras are
    left aside.
    """
    wanted = [requirements] if isinstance(requirements, str) else requirements
    names = [re.match(r"[\w.-]*", text)[0].lower().replace("_", "-") for text in wanted]
    here = pyodide_js._api.lockfile_packages.to_py()
    absent = [name for name in names if name not in here]
    if absent:
        raise ValueError(
            f"This site keeps its own Python, without {', '.join(absent)}. To use it, run the "
            "notebook on Binder, on Colab or on your own computer."
        )
    await pyodide_js.loadPackage(names)
