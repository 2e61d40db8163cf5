"""Attacks on a page that runs Python: any setting is tried, and told as JSON.

The page has the attack already, with the book's own tries, which do not run again: its cell only says
what is measured. One that a reader has changed is made anew.
"""

from __future__ import annotations

import json
import warnings
from typing import Any

from ..live.attacking import Attack
from ..live.failure import in_place_of_caption, overheard
from .called import Called

# The one that was run last, by the name under which a browser keeps it.
_open: dict[str, Attack] = {}


def attack(asked: str) -> str:
    """Try a setting. JSON in: `kept`, the attack's name, and `at`, a number for each of its settings. JSON
    out: `value`, or `missing`, true where no cell has made that attack; and `html`: why there is no
    number, or what was warned of.
    """
    told = json.loads(asked)
    one = _open.get(told["kept"])
    if one is None:
        return json.dumps({"missing": True})
    names = [knob.name for knob in one.claim.knobs]
    try:
        with warnings.catch_warnings(record=True) as heard:
            value = one.at(**dict(zip(names, told["at"], strict=True)))
    except (Exception, SystemExit) as error:
        return json.dumps({"html": in_place_of_caption(error, "number")})
    return json.dumps({"value": value, "html": overheard(heard)})


def attacked(asked: str) -> str:
    """An attack as HTML, which runs its own tries. JSON in: `kept`. JSON out: `html`."""
    one = _open[json.loads(asked)["kept"]]
    try:
        html = one.page()
    except (Exception, SystemExit) as error:
        html = in_place_of_caption(error, "number")
    return json.dumps({"html": html})


def _described(one: Attack) -> dict[str, Any]:
    _open[one.kept] = one
    return {"kind": "attack", "kept": one.kept, "text": one.claim.words}


called = Called(Attack, _described)
