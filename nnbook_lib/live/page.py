"""A live figure as HTML: native controls, the first picture and its caption. live.js moves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from .controls import Control
from .presets import Preset


def figure_html(
    key: str,
    alt: str,
    controls: Sequence[Control],
    presets: Sequence[Preset],
    made: Mapping[str, Any],
) -> str:
    """The figure with everything that a page needs of it; made: see frames.frames."""
    chips = "".join(_chip(preset, key) for preset in presets)
    chips = chips and f'<div class="live-presets" role="group" aria-label="Settings">{chips}</div>'
    knobs = "".join(_html(c, key) for c in controls)
    reset = '<button type="button" class="live-reset">Reset</button>'
    return (
        f'<figure class="live" id="{key}" aria-label="{escape(alt)}">{chips}'
        f'<div class="live-controls">{knobs}{reset}</div>'
        f'<div class="live-picture">{made["svg"]}</div>'
        f'<figcaption aria-live="polite">{escape(made["caption"])}</figcaption>'
        f'<script type="text/plain" class="live-frames">{made["data"]}</script></figure>'
    )


def _chip(preset: Preset, key: str) -> str:
    """A button that sets the figure; a text links to it by its id."""
    at = ",".join(map(str, preset.at.values()))
    return (
        f'<button type="button" class="live-preset" id="{key}--{preset.slug}" data-at="{at}">'
        f"{escape(preset.label)}</button>"
    )


def _html(control: Control, key: str) -> str:
    """The control as native HTML; its input's value is the index of the chosen value."""
    name, labels, start = f"{key}-{control.name}", control.labels, control.start
    common = f'id="{name}" data-name="{control.name}" data-start="{start}"'
    words = escape("|".join(labels))
    label = f'<label for="{name}">{escape(control.label)}</label>'
    if control.kind == "switch":
        checked = " checked" if start else ""
        return f'<span class="live-control"><input type="checkbox" {common}{checked}>{label}</span>'
    if control.kind == "choice":
        options = "".join(
            f'<option value="{i}"{" selected" if i == start else ""}>{escape(text)}</option>'
            for i, text in enumerate(labels)
        )
        return f'<span class="live-control">{label}<select {common}>{options}</select></span>'
    button = '<button type="button" class="live-play">Play</button>' if control.play else ""
    return (
        f'<span class="live-control">{label}{button}<input type="range" {common} min="0" '
        f'max="{len(labels) - 1}" value="{start}" data-labels="{words}" '
        f'aria-valuetext="{escape(labels[start])}">'
        f'<output for="{name}">{escape(labels[start])}</output></span>'
    )
