"""`twins`, which opens the twin laboratory in a notebook."""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches

from ..shapes import got
from .controls import OWN, SHARED
from .experiment import Experiment, Settings, named
from .laboratory import Laboratory
from .presets import BY_KEY, PRESETS, Preset


def twins(
    preset: str | None = None,
    *,
    shared: Settings | None = None,
    both: Settings | None = None,
    a: Settings | None = None,
    b: Settings | None = None,
) -> Laboratory:
    """Open the twin laboratory: networks A and B, trained side by side with one thing different.

        twins("sigmoid-in-depth")                                   # an experiment of the book's
        twins(both={"depth": 30}, b={"norm": "batch"})              # one of your own
        twins("sigmoid-in-depth", shared={"data": "spirals"})       # one of the book's, changed

    preset: the key of an experiment in nnbook_lib.twins.presets; without it and without settings the
    first of them. shared: settings of the data, {"data": "moons", "noise": 0.1}; both: settings of
    both networks; a, b: of one of them. What is not given is as in the preset, or as it stands in
    nnbook_lib.twins.controls, where all names and values are; B is as A where nothing else is said.

    Both begin with the same seed and see the same batches. In a notebook the controls are widgets:
    choose, run, step, go back to any moment kept, see the Python, ask what is wrong. The picture is
    matplotlib's. While the book is built, and on a page that runs Python, it is the picture after the
    preset's steps.

    Raises ValueError for a preset, a name or a value that there is not, with those there are;
    ModuleNotFoundError in a notebook without ipywidgets or matplotlib.
    """
    settings = shared, both, a, b
    known = _preset(preset) if preset is not None or not any(settings) else None
    laboratory = Laboratory(_experiment(known, *settings))
    _show(laboratory)
    return laboratory


def _show(laboratory: Laboratory) -> None:
    """Display it: widgets where a kernel runs; where a book is built or a page runs Python, a picture
    that stands still, at the end.
    """
    explorer = sys.modules.get(f"{__package__.partition('.')[0]}.live.explorer")
    if explorer is not None and explorer.SHOWN_BY:
        laboratory.run()
        laboratory.html = laboratory.page(alive=False)
        return
    shell = sys.modules.get("IPython")  # where a kernel runs, it is loaded
    if shell is None or shell.get_ipython() is None:
        return
    from IPython.display import display

    from ..live.explorer import BUILDING, WIDGET

    if os.environ.get(BUILDING):
        laboratory.run()
        bundle = {"text/html": laboratory.page(), "text/plain": laboratory.caption}
    else:
        from .panel import Panel

        view = {"version_major": 2, "version_minor": 0, "model_id": Panel(laboratory).box.model_id}
        bundle = {WIDGET: view, "text/plain": laboratory.caption}
    display(bundle, raw=True)


def _preset(key: str | None) -> Preset:
    """The preset of this name; ValueError lists those that are near it, or all."""
    if key is None:
        return PRESETS[0]
    if isinstance(key, str) and key in BY_KEY:
        return BY_KEY[key]
    near = get_close_matches(key, BY_KEY, n=3, cutoff=0.4) if isinstance(key, str) else []
    there = f"near it {', '.join(near)}" if near else f"there are {', '.join(BY_KEY)}"
    what = repr(key) if isinstance(key, str) else got(key)
    raise ValueError(f"twins: preset must be the key of an experiment; {there}; got {what}.")


def _experiment(
    preset: Preset | None,
    shared: Settings | None,
    both: Settings | None,
    a: Settings | None,
    b: Settings | None,
) -> Experiment:
    both = named("both", OWN, both)
    if preset is None:
        return Experiment(shared, {**both, **named("a", OWN, a)}, b)
    shared = {**preset.shared, **named("shared", SHARED, shared)}
    both = {**preset.both, **both}
    ours = {**both, **preset.a, **named("a", OWN, a)}
    theirs = {**both, **preset.b, **named("b", OWN, b)}
    return Experiment(shared, ours, theirs)
