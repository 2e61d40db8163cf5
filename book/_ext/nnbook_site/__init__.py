"""What makes a Jupyter Book site ours: figures that live without Python, formulas without scripts,
pages that ask nothing of the network, and a face.

    sphinx:
      local_extensions:
        nnbook_site: book/_ext
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from nnbook_lib.live.explorer import BUILDING

from . import (
    anchors,
    api,
    card,
    classes,
    deeper,
    doors,
    execution,
    exercises,
    figures,
    folds,
    formulas,
    frames,
    front,
    leftovers,
    lengths,
    listings,
    lite,
    pages,
    progress,
    quizzes,
    runtime,
    search,
    streams,
    styles,
)
from . import app as installable

HERE = Path(__file__).parent


def setup(app):
    streams.install()
    listings.install()
    app.add_html_math_renderer(
        "mathml", (formulas.visit_inline, None), (formulas.visit_block, None)
    )
    app.add_css_file("site.css", priority=900)
    api.setup(app)
    classes.setup(app)
    app.add_directive("exercise-list", exercises.ExerciseList)
    app.connect("config-inited", configure, priority=900)  # after Jupyter Book's own
    app.connect("env-get-outdated", execution.outdated)
    app.connect("env-before-read-docs", execution.run)
    app.connect("source-read", execution.put_outputs)
    app.connect("builder-inited", pages.polish_templates)
    app.connect("builder-inited", search.switch_off)
    app.connect("html-collect-pages", search.page)
    app.connect("doctree-read", figures.collect)
    app.connect("doctree-read", anchors.collect)
    app.connect("doctree-read", lengths.collect)
    app.connect("doctree-resolved", anchors.show)
    app.connect("doctree-resolved", figures.show)
    app.connect("doctree-resolved", folds.under_their_figures)
    app.connect("doctree-resolved", formulas.hold_punctuation)
    app.connect("doctree-resolved", front.dress)
    app.connect("doctree-resolved", lengths.show)
    app.connect("doctree-resolved", deeper.fold, priority=900)  # the title is no longer first
    app.connect("html-page-context", doors.add_row)
    app.connect("html-page-context", front.move_doors)
    app.connect("html-page-context", quizzes.show_verdicts)
    app.connect("html-page-context", frames.move_out)
    app.connect("html-page-context", pages.trim, priority=900)  # after all who add scripts
    app.connect("build-finished", card.draw)
    app.connect("build-finished", front.lead_in)
    app.connect("build-finished", styles.bundle, priority=900)  # the theme writes sheets till then
    app.connect("build-finished", leftovers.remove, priority=910)
    app.connect("build-finished", search.put, priority=920)
    runtime.setup(app)
    app.connect("build-finished", lite.build)
    app.connect("build-finished", progress.report)
    app.connect("build-finished", lengths.report)
    app.connect("build-finished", installable.build, priority=990)  # it knows every file by content
    # The pages are written again when this extension changes.
    app.add_config_value("short_way", [], "", [list])  # chapters that are held to a length
    app.add_config_value("nnbook_site", hash_of(HERE), "html", [str])
    # env_version: another number where what is kept of a page that was read (figures.py) is another.
    return {
        "version": "1",
        "env_version": 2,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def configure(app, config) -> None:
    """Settings that can't be given in _config.yml without losing Jupyter Book's own."""
    build = Path(app.outdir).parent
    os.environ[BUILDING] = str(build / "frames")  # the kernels inherit it
    config.html_math_renderer = "mathml"
    config.numfig = False  # figures.py numbers the live ones, too
    config.templates_path.append(str(HERE / "templates"))
    config.html_static_path.append(str(HERE / "static"))
    config.html_favicon = str(HERE / "static" / "logo.svg")
    config.nb_ipywidgets_js = {}


def hash_of(folder: Path, more: str = "") -> str:
    """A hash of all files in a folder, and of more."""
    digest = hashlib.sha256(more.encode())
    for file in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]
