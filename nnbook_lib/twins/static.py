"""The twin laboratory as HTML that needs no Python: the picture of an experiment, its caption, its
numbers as tables, and for the page's scripts all that can be chosen.
"""

from __future__ import annotations

import json
from html import escape

import numpy as np

from ..numbers import number, percent
from .caption import different
from .experiment import Experiment
from .moment import Moment, Side
from .telling import choices

COLUMNS = {
    "‖δ‖": ("delta", number),
    "‖step‖ / ‖W‖": ("update", number),
    "dead": ("dead", percent),
    "flat": ("flat", percent),
    "spread": ("spread", number),
}

STILL = (
    "This picture stands still. What moves is the laboratory of the page <em>The twin laboratory</em>,"
    " and <code>twins</code> in a notebook."
)


def figure(
    picture: str,
    caption: str,
    numbers: str,
    experiment: Experiment,
    opening: str | None,
    alive: bool,
) -> str:
    """The figure. picture, numbers: HTML; opening: the key of the preset that experiment is, if any;
    alive: whether the page's scripts are to make the laboratory of it.
    """
    inside = (
        f'<div class="twins-picture plot">{picture}</div><figcaption>{escape(caption)}</figcaption>'
        f'<details class="twins-numbers"><summary>The numbers as tables</summary>{numbers}</details>'
    )
    if not alive:
        return f'<figure class="twins-still">{inside}</figure><p>{STILL}</p>'
    told = json.dumps(
        choices() | {"opening": opening, "experiment": experiment.as_dict()}, ensure_ascii=False
    ).replace("<", "\\u003c")
    return (
        f'<figure class="twins" id="twins">{inside}'
        f'<script type="application/json" class="twins-told">{told}</script></figure>'
    )


def tables(experiment: Experiment, moment: Moment) -> str:
    """All numbers of a moment: one table of both networks, and one of each by layer."""
    a, b = moment.sides
    rows = [
        _row(words, tell(a), tell(b))
        for words, tell in (
            ("steps", lambda side: str(side.step)),
            ("learning rate", lambda side: number(side.rate)),
            ("loss", lambda side: number(side.loss)),
            ("right, training rows", lambda side: percent(side.accuracy)),
            ("right, test rows", lambda side: percent(side.test)),
        )
    ]
    said = f"A and B after {moment.step} step" + "s" * (moment.step != 1)
    if experiment.differences:
        said += f"; different: {different(experiment)}"
    whole = _table(said, ("", "A", "B"), rows)
    return whole + "".join(_by_layer(name, side) for name, side in zip("AB", (a, b), strict=True))


def _by_layer(name: str, side: Side) -> str:
    rows = [
        _row(str(k + 1), *(_cell(getattr(side, what), k, tell) for what, tell in COLUMNS.values()))
        for k in range(len(side.delta))
    ]
    return _table(f"{name} by layer", ("layer", *COLUMNS), rows)


def _cell(values: np.ndarray | None, k: int, tell) -> str:
    """The last layer has no activation, and before the first step none was made."""
    return "–" if values is None or k >= len(values) else tell(values[k])


def _table(caption: str, head: tuple[str, ...], rows: list[str]) -> str:
    cells = "".join(f'<th scope="col">{word}</th>' if word else "<td></td>" for word in head)
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr>{cells}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _row(head: str, *cells: str) -> str:
    return f'<tr><th scope="row">{head}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
