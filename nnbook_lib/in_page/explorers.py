"""Live figures on a page that runs Python: their controls as JSON, and any value drawn.

The static figure has a picture of each stop of its sliders. Here a slider goes through the values
between them, too, and a field beside it takes any number.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from itertools import pairwise
from math import floor, log10
from typing import Any

from ..live.caption import by_line
from ..live.controls import Control, is_number
from ..live.explorer import Explorer
from ..live.failure import in_place_of_caption, overheard
from ..live.ghost import PANEL, laid_under
from ..live.page import ticks
from ..live.steps import Steps
from .called import Called

MOST = 240  # values of a slider: as many as a hand tells apart on a screen

_open: list[Explorer] = []  # those on the page; the place of one is its name
_kept: dict[Explorer, dict[tuple, str]] = {}  # of each the last pictures, by the numbers of _told


def show(explorer: Explorer) -> None:
    """What explore() does on a page. Drawn here, so that what is wrong is the cell's error."""
    _ = explorer.caption
    called.show(explorer)


def move(asked: str) -> str:
    """Draw a live figure at other values. JSON in: `id`, and `values`, a number for each slider, the
    place of the choice in its list for all others; and `under`, the values of the picture to be laid
    under it as its ghost, if any. JSON out: `svg`, the picture, empty if there is none, and `caption`,
    as _picture says; and `note`, HTML: why there is none, or what was warned of.
    """
    moved = json.loads(asked)
    explorer = _open[moved["id"]]
    values = {c.name: _value(c, moved["values"][c.name]) for c in explorer.controls}
    try:
        with warnings.catch_warnings(record=True) as heard:
            svg, caption = explorer.at(**values)
    except (Exception, SystemExit) as error:
        told = {"svg": "", "caption": "", "note": in_place_of_caption(error)}
    else:
        told = _picture(explorer, svg, caption, moved["values"], moved.get("under"))
        told["note"] = overheard(heard)
    return json.dumps(told)


def _picture(
    explorer: Explorer, svg: str, caption: str, values: dict, under: dict | None = None
) -> dict[str, Any]:
    """`svg`, with the picture at the values `under` as its ghost; `caption`, its first sentence a line;
    `ghosts`, whether any panel may have one; `changed`, whether one has none for its scale.
    """
    at, last = (tuple(map(float, v.values())) if v else None for v in (values, under))
    kept = _kept.get(explorer, {})
    _kept[explorer] = {place: kept[place] for place in kept if place == last} | {at: svg}
    told = {"caption": by_line(caption), "ghosts": PANEL in svg, "svg": svg, "changed": False}
    if last in kept and last != at:
        told["svg"], told["changed"] = laid_under(svg, kept[last])
    return told


def fine(values: Sequence) -> list[float]:
    """What a slider with these stops goes through: the stops, and values between each two of them.

    Between whole stops they are whole; between others they have the same distance, or the same ratio
    where that is the more even way from stop to stop. Of stops too many for a hand, some.
    """
    if len(values) > MOST:
        last = len(values) - 1
        return [values[round(i * last / MOST)] for i in range(MOST + 1)]
    count = max(1, MOST // (len(values) - 1))
    geometric, whole = _is_geometric(values), _are_whole(values)
    found = [values[0]]
    for a, b in pairwise(values):
        for part in (i / count for i in range(1, count)):
            value = a * (b / a) ** part if geometric else a + (b - a) * part
            size = value if geometric else b - a
            found.append(round(value) if whole else round(value, 2 - floor(log10(abs(size)))))
        found.append(b)
    return list(dict.fromkeys(found))


def is_free(control: Control) -> bool:
    """Whether a control is a slider through numbers that rise or fall all the way."""
    values = control.values
    if control.kind != "slider" or len(values) < 2:
        return False
    if isinstance(values, Steps):
        return True
    return all(map(is_number, values)) and list(values) in (
        sorted(values),
        sorted(values, reverse=True),
    )


def _described(explorer: Explorer) -> dict[str, Any]:
    if explorer not in _open:
        _open.append(explorer)
    values = {c.name: _told(c, explorer.values[c.name]) for c in explorer.controls}
    return {
        "kind": "explorer",
        "id": _open.index(explorer),
        "name": explorer.key,
        "alt": explorer.alt,
        "controls": [_control(c, explorer.values[c.name]) for c in explorer.controls],
        "presets": [
            {
                "label": preset.label,
                "slug": preset.slug,
                "values": {
                    c.name: _told(c, c.values[preset.at[c.name]]) for c in explorer.controls
                },
            }
            for preset in explorer.presets
        ],
    } | _picture(explorer, explorer.svg, explorer.caption, values)


called = Called(Explorer, _described)


def _control(control: Control, value: Any) -> dict[str, Any]:
    told = {"name": control.name, "label": control.label, "kind": control.kind}
    told |= {"value": _told(control, value), "play": control.play, "short": control.is_short}
    told["ticks"] = ticks(len(control.values))
    if is_free(control):
        return told | {"kind": "number", "values": fine(control.values)}
    return told | {"labels": list(control.labels)}


def _told(control: Control, value: Any) -> Any:
    """How the page is told a value of a control: of a slider itself, of another its place."""
    return value if is_free(control) else control.nearest(value)


def _value(control: Control, told: float) -> Any:
    """What draw is given for it: a whole number if those of the slider are and it is one."""
    if not is_free(control):
        return control.values[int(told)]
    return int(told) if _are_whole(control.values) and float(told).is_integer() else float(told)


def _are_whole(values: Sequence) -> bool:
    return values.whole if isinstance(values, Steps) else all(isinstance(v, int) for v in values)


def _is_geometric(values: Sequence) -> bool:
    """Whether ratios are more even than distances, from stop to stop."""
    if len(values) < 3 or min(values) <= 0:
        return False
    ratios = [abs(log10(b / a)) for a, b in pairwise(values)]
    distances = [abs(b - a) for a, b in pairwise(values)]
    return max(ratios) / min(ratios) < max(distances) / min(distances)
