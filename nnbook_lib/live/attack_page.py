"""An attack as HTML: the claim, a picture of what the book tried, and what came of it. attack.js adds
what one attacks with, and the reader's own tries.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, inf, log10
from typing import Any

from ..numbers import number
from .claim import Claim, plain

# Of the picture and a row of it: on a phone its letters, of 12, are as many pixels.
WIDE, ROW = 340, 19
LEFT, RIGHT, TOP, BOTTOM = 84, 12, 22, 24  # what stands around the points
MOST_ROWS = 6
DECADES = 2  # beyond which the scale is logarithmic
MARGIN = 0.07  # of the scale, at both ends
TICKS = 5
MINE, FELL = "#0072b2", "#d55e00"
NEAR = 5  # between two points of a row, one of which makes way
LABEL = 12  # letters over the names of the rows


def attack_html(key: str, kept: str, claim: Claim, tried: Mapping[tuple, float]) -> str:
    """The whole of it. key: its id; kept: the name under which a browser keeps the reader's tries."""
    facts = claim.facts(tried) | {"picture": places(claim, tried)}
    told = escape(json.dumps(facts, ensure_ascii=False), quote=False).replace("'", "&#39;")
    return (
        f'<figure class="attack" id="{key}" data-kept="{kept}" data-facts=\'{told}\'>'
        f"<figcaption><b>Try to refute it.</b> {escape(claim.words, quote=False)}</figcaption>"
        f'<p class="attack-what">{escape(measured(claim, tried), quote=False)}</p>'
        f'{drawing(claim, tried)}<p class="attack-told">{escape(claim.told(tried), quote=False)}</p>'
        "</figure>"
    )


def measured(claim: Claim, tried: Mapping[tuple, float]) -> str:
    """What the picture shows."""
    return f"Measured: {claim.what}{' (logarithmic scale)' * is_log(claim, tried.values())}."


def is_log(claim: Claim, values: Sequence[float]) -> bool:
    """Whether values and bounds span more than two decades."""
    shown = [*values, *(b for b in (claim.low, claim.high) if b is not None)]
    return min(shown) > 0 and max(shown) / min(shown) > 10**DECADES


def places(claim: Claim, tried: Mapping[tuple, float]) -> dict[str, Any]:
    """Where in the picture a value stands: `log`, and the values at the `left` and at the `right` end;
    `y` of the reader's row.
    """
    log = is_log(claim, tried.values())
    shown = [*tried.values(), *(b for b in (claim.low, claim.high) if b is not None)]
    low, high = (log10(min(shown)), log10(max(shown))) if log else (min(shown), max(shown))
    margin = MARGIN * (high - low) or MARGIN * abs(high) or 1.0
    rows = len(_rows(claim, tried)[1])
    return {
        "log": log,
        "ends": [low - margin, high + margin],
        "x": [LEFT, WIDE - RIGHT],
        "y": TOP + rows * ROW + ROW // 2,
    }


def place(at: Mapping[str, Any], value: float) -> float:
    """How far right a value stands: one that lies outside, at the end."""
    (low, high), (left, right) = at["ends"], at["x"]
    if at["log"]:
        value = log10(value) if value > 0 else low
    share = min(max((value - low) / (high - low), 0), 1)
    return round(left + share * (right - left), 1)


def drawing(
    claim: Claim, tried: Mapping[tuple, float], mine: Mapping[tuple, float] | None = None
) -> str:
    """A point for each setting in the row of its last number, the bounds, and the reader's tries if one can
    try here.
    """
    at, (label, rows) = places(claim, tried), _rows(claim, tried)
    (left, right), base = at["x"], at["y"] + ROW // 2
    high = base + BOTTOM
    parts = [_side(at, bound, end, base) for bound, end in _sides(claim, at)]
    parts.append(f'<path d="M{left} {TOP}V{base}H{right}" fill="none" stroke="currentColor"/>')
    for value in ticks(at):
        x = place(at, value)
        parts.append(f'<path d="M{x} {base}v4" stroke="currentColor"/>')
        parts.append(_text(x, base + 17, number(value), "middle"))
    for i, (name, points) in enumerate(rows):
        y = TOP + i * ROW + ROW // 2
        parts.append(_text(left - 8, y + 4, name, "end"))
        for value, (x, off) in zip(points, _apart([place(at, v) for v in points]), strict=True):
            parts.append(_point(x, y + off, "" if claim.holds(value) else "attack-fell"))
    parts.append(_text(left - 8, TOP - 6, label, "end"))
    parts.append('<g class="attack-mine">')
    if mine is not None:
        parts.append(_text(left - 8, at["y"] + 4, "you", "end"))
    parts += [_point(place(at, v), at["y"], "attack-try") for v in (mine or {}).values()]
    if mine:
        x = place(at, claim.closest(mine)[1])
        parts.append(_point(x, at["y"], "attack-point"))
    parts.append("</g>")
    return (
        f'<svg role="img" aria-label="{escape(said(claim, tried))}" viewBox="0 0 {WIDE} {high}" '
        f'width="{WIDE * 1.4:.0f}" height="{high * 1.4:.0f}" font-size="12" fill="currentColor">'
        f"{''.join(parts)}</svg>"
    )


def said(claim: Claim, tried: Mapping[tuple, float]) -> str:
    """The picture in words, row by row."""
    label, points_of = _rows(claim, tried)
    rows = []
    for name, points in points_of:
        low, high = number(min(points)), number(max(points))
        rows.append(f"{label} {name}: {low}".strip() + (f" to {high}" if high != low else ""))
    return f"{claim.what}; {'; '.join(rows)}. Refuted {claim.bound()}."


def ticks(at: Mapping[str, Any]) -> list[float]:
    """At most five numbers that are written under the scale: round ones."""
    low, high = at["ends"]
    if at["log"]:
        powers = range(ceil(low), floor(high) + 1)
        return [10.0**p for p in powers[:: -(-len(powers) // TICKS)]]
    size = 10.0 ** floor(log10((high - low) / TICKS))
    step = next(n * size for n in (1, 2, 5, 10) if (high - low) / (n * size) <= TICKS)
    return [round(i * step, 12) for i in range(ceil(low / step), floor(high / step) + 1)]


def _rows(claim: Claim, tried: Mapping[tuple, float]) -> tuple[str, list[tuple[str, list[float]]]]:
    """What the rows are called, and (name, values) of each: of a knob of few values that is no seed, the
    last one, every value has a row.
    """
    few = [
        i for i, k in enumerate(claim.knobs) if k.name != "seed" and 1 < len(k.values) <= MOST_ROWS
    ]
    if not few:
        return "", [("tried", list(tried.values()))]
    i, knob = few[-1], claim.knobs[few[-1]]
    label = knob.label if len(knob.label) <= LABEL else f"{knob.label[: LABEL - 1].rstrip()}…"
    return label, [
        (plain(v), [value for setting, value in tried.items() if setting[i] == v])
        for v in knob.values
    ]


def _sides(claim: Claim, at: Mapping[str, Any]) -> list[tuple[float, float]]:
    """(where it begins, where it ends) of each part of the scale that refutes the claim."""
    left, right = at["x"]
    found = []
    if claim.low is not None:
        found.append((place(at, claim.low), left))
    if claim.high is not None:
        found.append((place(at, claim.high), right))
    return found


def _side(at: Mapping[str, Any], bound: float, end: float, base: float) -> str:
    """An area that refutes, with its bound and its name: where the name has no room, it goes inwards."""
    x, wide = min(bound, end), abs(end - bound)
    outwards = wide >= 50
    anchor = "end" if (end < bound) == outwards else "start"
    shift = -5 if anchor == "end" else 5
    return (
        f'<rect class="attack-side" x="{x}" y="{TOP}" width="{round(wide, 1)}" height="{base - TOP}" '
        f'fill="{FELL}" fill-opacity=".13"/>'
        f'<path d="M{bound} {TOP - 14}V{base}" stroke="{FELL}" stroke-width="1.5"/>'
        + _text(
            bound + shift,
            TOP - 6,
            ("← " if end < bound else "") + "refuted" + (" →" if end > bound else ""),
            anchor,
        )
    )


def _apart(places: Sequence[float]) -> list[tuple[float, float]]:
    """(x, how far off the row's middle) of each point of a row: three that lie on one another are seen."""
    found: dict[int, tuple[float, float]] = {}
    last, level = -inf, 0
    for i in sorted(range(len(places)), key=places.__getitem__):
        level = (level + 1) % 3 if places[i] - last < NEAR else 0
        last = places[i]
        found[i] = places[i], (0.0, -4.5, 4.5)[level]
    return [found[i] for i in range(len(places))]


def _point(x: float, y: float, name: str) -> str:
    look = {
        "": 'r="3.4" fill="none" stroke="currentColor" stroke-opacity=".7"',
        "attack-fell": f'r="3.4" fill="{FELL}"',
        "attack-try": f'r="3" fill="{MINE}" fill-opacity=".45"',
        "attack-point": f'r="5" fill="{MINE}"',
    }[name]
    named = f'class="{name}" ' if name else ""
    return f'<circle {named}cx="{x}" cy="{y}" {look}/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    words = escape(words, quote=False)
    return f'<text x="{round(x, 1)}" y="{round(y, 1)}" text-anchor="{anchor}">{words}</text>'
