"""The twin laboratory on a page: one experiment at a time, opened, moved on and asked, as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ..twins.caption import caption
from ..twins.controls import BY_NAME
from ..twins.experiment import Experiment
from ..twins.moment import SHOWN, Moment, frame
from ..twins.pair import Twins
from ..twins.presets import BY_KEY, Preset
from ..twins.remedies import advice
from ..twins.telling import finding, nothing_found

_open: dict[str, Any] = {}  # "twins", "preset", and "thinned" as the page knows it


def twins(asked: str) -> str:
    """Do what is asked. JSON in: `do`, and what it needs. JSON out: what is seen then; {"error": words}
    for settings that no control has.
    """
    told = json.loads(asked)
    try:
        return json.dumps(DOES[told.pop("do")](**told))
    except ValueError as error:
        return json.dumps({"error": str(error)})


def _opened(experiment: dict[str, Any], preset: str | None = None) -> dict[str, Any]:
    now = Twins(Experiment(**experiment))
    known: Preset | None = BY_KEY.get(preset) if preset else None
    _open.update(twins=now, preset=known, thinned=now.thinned)
    return {
        "data": _data(now),
        "moment": _moment(now, 0),
        "course": _course(now),
        "differences": list(now.experiment.differences),
        "notes": now.experiment.notes(),
    }


def _advanced(steps: int, seconds: float | None = None) -> dict[str, Any]:
    now = _open["twins"]
    known = len(now.moments)
    now.advance(steps, seconds)
    thinned, _open["thinned"] = now.thinned != _open["thinned"], now.thinned
    last = len(now.moments) - 1
    several = last > known  # the first steps are kept one by one
    return {
        "moment": _moment(now, last),
        "course": _course(now) if thinned or several else None,
        "over": now.over,
    }


def _at(index: int) -> dict[str, Any]:
    return {"moment": _moment(_open["twins"], index)}


def _python(step: int) -> dict[str, Any]:
    return {"text": _open["twins"].script(step)}


def _diagnosed(side: str, step: int) -> dict[str, Any]:
    side = side.upper()
    learner = _open["twins"].learner(side, step)
    found = advice(side, learner)
    findings = [
        {
            "name": f.name,
            "says": f.says,
            "remedy": f.remedy,
            "tried": f.tried,
            "change": {name: BY_NAME[name].key(value) for name, value in f.change.items()} or None,
        }
        for f in found
    ]
    words = "" if found else nothing_found(side, learner)
    return {"findings": findings, "words": words}


def _found() -> dict[str, Any]:
    preset, now = _open["preset"], _open["twins"]
    return {"says": finding(preset, now) if preset else ""}


def _moment(now: Twins, index: int) -> dict[str, Any]:
    moment: Moment = now.at(index)
    return {
        "index": index,
        "step": moment.step,
        "caption": caption(now.experiment, moment),
        "sides": [side.as_json() for side in moment.sides],
    }


def _course(now: Twins) -> list[list[float | None]]:
    """step, and loss, accuracy and test accuracy of A and of B, of every kept moment; null for a network
    that has stopped.
    """
    return [
        [moment.step, *(_number(v) for side in moment.sides for v in side.course)]
        for moment in now.moments
    ]


def _number(value: float) -> float | None:
    return value if value - value == 0 else None


def _data(now: Twins) -> dict[str, Any]:
    if now.data.classes > 2:
        images = now.data.x_test[:SHOWN].round(3).tolist()
        return {"kind": "digits", "images": images, "labels": now.data.t_test[:SHOWN].tolist()}
    low, high = frame(now.data.x)
    x = now.data.x.round(4).tolist()
    sides = {s.lower(): {"x": x, "t": one.t.tolist()} for s, one in now.learners.items()}
    return {"kind": "points", "low": low.tolist(), "high": high.tolist()} | sides


DOES: dict[str, Callable[..., dict[str, Any]]] = {
    "open": _opened,
    "advance": _advanced,
    "at": _at,
    "python": _python,
    "diagnose": _diagnosed,
    "finding": _found,
}
