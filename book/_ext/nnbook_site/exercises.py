"""The list of all exercises, made from the registry: a directive for the page that shows it.

    ```{exercise-list}
    ```

It is a plain list of links; progress.js adds the ticks.
"""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from nnbook_lib.exercises import LEVELS, SETS, load

HEADINGS = {
    "forward": "Chapter 1: forward propagation",
    "chain_rule": "Chapter 2: the chain rule",
    "descent": "Chapter 3: gradient descent",
    "vanishing": "Chapter 4: vanishing gradients",
    "activations": "Chapter 5: activation functions",
    "initialization": "Chapter 5: initialization",
    "normalization": "Chapter 5: batch normalization",
    "skip": "Chapter 5: skip connections",
    "recurrent": "Chapter 5: LSTM and GRU",
    "practice": "Chapter 6: practice",
    "clinic": "The clinic",
}


class ExerciseList(SphinxDirective):
    """Every exercise under its chapter, with its level, linked to where it stands."""

    def run(self):
        known, found = load(), []
        for prefix, notebook in SETS.items():
            names = [name for name in known if name.partition(".")[0] == prefix]
            section = nodes.section(ids=[nodes.make_id(HEADINGS[prefix])])
            section += nodes.title(text=HEADINGS[prefix])
            items = "".join(_item(known[name], notebook) for name in names)
            section += nodes.raw("", f'<ol class="exercise-list">{items}</ol>', format="html")
            found.append(section)
        return found


def _item(exercise, notebook) -> str:
    link = f"{notebook}.html#{nodes.make_id(exercise.title)}"
    return (
        f'<li data-exercise="{exercise.name}"><a class="reference internal" href="{link}">'
        f'{escape(exercise.title)}</a> <span class="level">{LEVELS[exercise.level]}</span></li>'
    )
