"""The list of all exercises, made from the registry: a directive for the page that shows it.

    ```{exercise-list}
    ```

It is a plain list of links; kept.js adds the ticks.
"""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from nnbook_lib.exercises import LEVELS, SETS, load

HEADINGS = {  # by notebook
    "01_forward_propagation": "Chapter 1: forward propagation",
    "02_chain_rule": "Chapter 2: the chain rule",
    "03_gradient_descent": "Chapter 3: gradient descent",
    "04_vanishing_gradients": "Chapter 4: vanishing gradients",
    "05_activations": "Chapter 5: activation functions",
    "05_initialization": "Chapter 5: initialization",
    "05_batch_normalization": "Chapter 5: batch normalization",
    "05_skip_connections": "Chapter 5: skip connections",
    "05_lstm_gru": "Chapter 5: LSTM and GRU",
    "06_practice": "Chapter 6: practice",
    "landmarks": "The landmarks",
    "clinic": "The clinic",
}


class ExerciseList(SphinxDirective):
    """Every exercise under its chapter, with its level, linked to where it stands."""

    def run(self):
        known, found = load(), []
        for notebook in dict.fromkeys(SETS.values()):
            there = [e for name, e in known.items() if SETS[name.partition(".")[0]] == notebook]
            section = nodes.section(ids=[nodes.make_id(HEADINGS[notebook])])
            section += nodes.title(text=HEADINGS[notebook])
            items = "".join(_item(exercise, notebook) for exercise in there)
            section += nodes.raw("", f'<ol class="exercise-list">{items}</ol>', format="html")
            found.append(section)
        return found


def _item(exercise, notebook) -> str:
    link = f"{notebook}.html#{nodes.make_id(exercise.title)}"
    title = escape(exercise.title.replace("'", "’"))  # as on its page
    return (
        f'<li data-exercise="{exercise.name}"><a class="reference internal" href="{link}">'
        f'{title}</a> <span class="level">{LEVELS[exercise.level]}</span></li>'
    )
