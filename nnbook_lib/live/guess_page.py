"""A guess as HTML: the question, and in a fold the truth, which a curve has a picture of. guess.js adds
what one guesses with.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from .answers import Choice, Curve, Number

WIDE, HIGH = 340, 230  # of a curve's picture: on a phone its letters, of 12, are as many pixels
LEFT, RIGHT, TOP, BOTTOM = 50, 14, 40, 42  # what stands around the curves
HOW = (
    "Draw your curve with a finger or the mouse. With keys: left and right choose a point, up and down "
    "move it."
)
MINE, TRUE = "#0072b2", "#d55e00"


def guess_html(
    key: str, kept: str, question: str, answer: Number | Choice | Curve, says: str
) -> str:
    """The whole of it. key: its id; kept: the name under which a browser keeps the guess."""
    facts = answer.facts()
    picture = ""
    if isinstance(answer, Curve):
        picture, facts = drawing(answer), facts | places(answer)
    told = json.dumps(facts | {"kind": answer.kind}, ensure_ascii=False)
    told = escape(told, quote=False).replace("'", "&#39;")  # it has many of the other quotes
    more = (getattr(answer, "why", ""), says)
    more = "".join(f"<p>{escape(each, quote=False)}</p>" for each in more if each)
    return (
        f'<figure class="guess" id="{key}" data-kept="{kept}" '
        f"data-facts='{told}'>"
        f'<figcaption class="guess-question"><b>Guess first.</b> {escape(question, quote=False)}'
        f"</figcaption><details><summary>Show the answer</summary>{picture}"
        f'<p class="guess-truth">{escape(answer.plainly, quote=False)}</p>{more}</details></figure>'
    )


def places(answer: Curve) -> dict[str, Any]:
    """Where in the picture the points, the marks and the truth stand; and what the picture is called."""
    up, truth = answer.up()
    return {
        "xs": [_x(share) for share in answer.across()],
        **{"ys": [_y(share) for share in up], "yt": [_y(share) for share in truth]},
        "how": HOW,
        "label": f"Your guess of {answer.y_label}, {answer.x_label} by {answer.x_label}",
    }


def drawing(answer: Curve, marks: Sequence[int] | None = None, shown: bool = True) -> str:
    """The axes, with the truth if it is shown, and with a guess if there is one."""
    at, axis = places(answer), answer.scale
    base, side = HIGH - BOTTOM, WIDE - RIGHT
    parts = [f'<path d="M{LEFT} {TOP}V{base}H{side}" fill="none" stroke="currentColor"/>']
    for i in axis.ticks():
        y = at["ys"][i]
        parts += [
            f'<path d="M{LEFT} {y}H{side}" stroke="currentColor" stroke-opacity=".18"/>',
            _text(LEFT - 6, y + 4, axis.plain(axis.values[i]), "end"),
        ]
    step = -(-len(answer.x) // 6)
    for i in range(0, len(answer.x), step):
        said = answer.point(i).removeprefix(answer.x_label).strip()
        parts.append(_text(at["xs"][i], base + 16, said, "middle"))
    unit = f", {axis.unit[1]}" if axis.unit[1] else ""
    log = " (logarithmic scale)" if axis.is_log else ""
    parts += [
        _text(4, 13, f"{answer.y_label}{unit}{log}", "start"),
        _text((LEFT + side) / 2, HIGH - 8, answer.x_label, "middle"),
    ]
    points = list(zip(at["xs"], at["yt"], strict=True))
    if shown:
        parts.append(_line("guess-true", points, TRUE, ("", "truth", side - 36)))
    if marks is not None:
        points = [(x, at["ys"][m]) for x, m in zip(at["xs"], marks, strict=True)]
        parts.append(_line("guess-mine", points, MINE, ("6 4", "your guess", 176)))
    told = [f"{answer.point(i)}: {axis.words(t)}" for i, t in enumerate(answer.truth)]
    alt = escape(f"{answer.y_label}. Truth, {'; '.join(told)}" if shown else answer.y_label)
    return (
        f'<svg role="img" aria-label="{alt}" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE * 1.4:.0f}" '
        f'height="{HIGH * 1.4:.0f}" font-size="12" fill="currentColor">{"".join(parts)}</svg>'
    )


def _line(name: str, points: list, color: str, key: tuple[str, str, float]) -> str:
    """A curve with its points, and its key: how it is dashed, what it is called, where that stands."""
    dashes, words, x = key
    look = f'fill="none" stroke="{color}" stroke-width="2"'
    look += f' stroke-dasharray="{dashes}"' if dashes else ""
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="3.2" fill="{color}"/>' for x, y in points)
    way = " ".join(f"{x},{y}" for x, y in points)
    return (
        f'<g class="{name}"><polyline points="{way}" {look}/>{dots}'
        f'<path d="M{x - 26} 27h20" {look}/>{_text(x, 31, words, "start")}</g>'
    )


def _text(x: float, y: float, words: str, anchor: str) -> str:
    words = escape(words, quote=False)
    return f'<text x="{round(x, 1)}" y="{round(y, 1)}" text-anchor="{anchor}">{words}</text>'


def _x(share: float) -> float:
    return round(LEFT + 8 + share * (WIDE - RIGHT - LEFT - 16), 1)


def _y(share: float) -> float:
    return round(HIGH - BOTTOM - 6 - share * (HIGH - BOTTOM - TOP - 12), 1)
