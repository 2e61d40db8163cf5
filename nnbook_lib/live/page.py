"""A live figure as HTML: native controls, the first picture and its caption. live.js moves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from . import caption
from .controls import Control
from .ghost import PANEL
from .presets import Preset

MOST_TICKS = 24  # of a slider: more are a gray bar
LAST = (
    '<label class="live-last" title="The last setting, faint, under the present one">'
    '<input type="checkbox" class="live-ghost" checked>last setting</label>'
)
PLAY = '<button type="button" class="live-play" title="Play"><span>Play</span></button>'
RESET = '<button type="button" class="live-reset" title="Reset"><span>Reset</span></button>'


def figure_html(
    key: str,
    alt: str,
    controls: Sequence[Control],
    presets: Sequence[Preset],
    made: Mapping[str, Any],
) -> str:
    """The figure with all that a page needs of it. made: of frames.frames."""
    chips = "".join(_chip(preset, key) for preset in presets)
    chips = chips and f'<div class="live-presets" role="group" aria-label="Settings">{chips}</div>'
    knobs = "".join(_control(c, f"{key}-{c.name}") for c in controls)
    last = LAST if PANEL in made["svg"] else ""  # where any panel can have a ghost
    tools = f'<span class="live-scale"></span><div class="live-tools">{last}{RESET}</div>'
    return (
        f'<figure class="live" id="{key}" aria-label="{escape(alt)}">'
        f'<div class="live-controls">{chips}{knobs}{tools}</div>'
        f'<div class="live-picture">{made["svg"]}</div>'
        f'<p class="live-setting">{escape(in_words(controls))}</p>'
        f'<figcaption aria-live="polite" aria-atomic="true">{caption.html(made["caption"])}</figcaption>'
        f'<script type="text/plain" class="live-frames">{made["data"]}</script></figure>'
    )


def in_words(controls: Sequence[Control]) -> str:
    """Where the controls stand, for paper: "Drawn for depth 20, activation sigmoid, without skip."."""
    said = [
        f"{('without', 'with')[c.start]} {c.label}"
        if c.kind == "switch"
        else f"{c.label} {c.labels[c.start]}"
        for c in controls
    ]
    return f"Drawn for {', '.join(said)}." if said else ""


def ticks(count: int) -> int:
    """How many distances the ticks of a slider with so many values mark: each, or whole groups."""
    return max((n for n in range(1, MOST_TICKS + 1) if (count - 1) % n == 0), default=1)


def _chip(preset: Preset, key: str) -> str:
    """A button that sets the figure; a text links to it by its id."""
    at = ",".join(map(str, preset.at.values()))
    return (
        f'<button type="button" class="live-preset" id="{key}--{preset.slug}" data-at="{at}">'
        f"{escape(preset.label)}</button>"
    )


def _control(control: Control, name: str) -> str:
    """The control as native HTML, under its name; its value is the index of the chosen one."""
    labels, start = control.labels, control.start
    common = f'id="{name}" data-name="{control.name}" data-start="{start}"'
    label = f'<label for="{name}">{escape(control.label)}</label>'
    if control.kind == "switch":
        box = f'<input type="checkbox" {common}{" checked" if start else ""}>'
    elif control.is_short:
        label = f'<span id="{name}-label">{escape(control.label)}</span>'
        options = "".join(
            f'<label><input type="radio" name="{name}" value="{i}"{" checked" * (i == start)}>'
            f"<span>{escape(text)}</span></label>"
            for i, text in enumerate(labels)
        )
        box = f'<fieldset role="radiogroup" aria-labelledby="{name}-label" {common}>{options}</fieldset>'
    elif control.kind == "choice":
        options = "".join(
            f'<option value="{i}"{" selected" * (i == start)}>{escape(text)}</option>'
            for i, text in enumerate(labels)
        )
        box = f"<select {common}>{options}</select>"
    else:
        button = PLAY if control.play else ""
        words, now = escape("|".join(labels)), escape(labels[start])
        box = (
            f'<span class="live-range" style="--ticks:{ticks(len(labels))}">'
            f'<input type="range" {common} min="0" max="{len(labels) - 1}" value="{start}" '
            f'data-labels="{words}" aria-valuetext="{now}"></span>'
            f'<output for="{name}">{now}</output>{button}'
        )
    return f'<div class="live-control">{label}<div class="live-input">{box}</div></div>'
