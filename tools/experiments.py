"""Write the experiments of the twin laboratory into its page, word for word as they are in the library.

Each chapter's experiments are a cell of book/laboratory.ipynb. Run this after changing one.

    python tools/experiments.py
"""

import itertools
from pathlib import Path

import nbformat

from nnbook_lib.twins.presets import PRESETS

NOTEBOOK = Path(__file__).parents[1] / "book" / "laboratory.ipynb"
CELL = "laboratory-experiments-"  # their ids begin with it


def entry(preset):
    """An experiment: the place that links lead to, its question, and what is found, folded."""
    return (
        f'<a id="lab-{preset.key}"></a>**[{preset.title}](#lab-{preset.key}).** {preset.question}\n\n'
        "<details><summary>What you will find</summary>\n\n"
        f"{preset.sentence}\n\n"
        "</details>"
    )


def cells():
    """A cell for each chapter, in the order of the presets."""
    for chapter, presets in itertools.groupby(PRESETS, lambda preset: preset.chapter):
        source = "\n\n".join([f"### {chapter}", *map(entry, presets)])
        name = "".join(c if c.isalnum() else "-" for c in chapter.lower())
        yield nbformat.v4.new_markdown_cell(source, id=f"{CELL}{name}".replace("--", "-"))


def written(notebook):
    """The notebook with these cells in the place of those it had."""
    places = [i for i, cell in enumerate(notebook.cells) if cell.id.startswith(CELL)]
    others = [cell for cell in notebook.cells if not cell.id.startswith(CELL)]
    notebook.cells = [*others[: places[0]], *cells(), *others[places[0] :]]
    return notebook


if __name__ == "__main__":
    nbformat.write(written(nbformat.read(NOTEBOOK, as_version=4)), NOTEBOOK)
    print(f"wrote {len(PRESETS)} experiments into {NOTEBOOK.name}")
