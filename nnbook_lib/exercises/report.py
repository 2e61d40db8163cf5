"""A verdict as text and as HTML. It displays itself in a notebook and prints itself elsewhere."""

from __future__ import annotations

import re
import textwrap
from html import escape
from typing import Any

import numpy as np

from ..printable import printable
from .judge.judging import Said, Verdict
from .judge.running import TimeUp, limit

LINES, LETTERS = 10, 500  # of what the learner's code printed, that are shown
HEAD = {"right": "right", "wrong": "not right yet", "open": "not attempted yet"}
MARK = {"right": "✓", "wrong": "✗", "open": "○"}
PRE = (  # a phone is narrow, and JupyterLab paints every second row of a table
    "margin:0;padding:0;background:transparent;white-space:pre-wrap;overflow-wrap:anywhere"
)
FOLDED = (  # JupyterLab takes the triangle off what can be opened: a hint looks like plain text
    "<style>.jp-RenderedHTMLCommon summary{list-style:revert;cursor:pointer}</style>"
)
BAR = "padding:0.2em 0 0.2em 0.8em;border-left:4px solid"
COLOR = {"right": "#009e73", "wrong": "#d55e00", "open": "#808080"}  # as everywhere in the book


class Report:
    """What `check` returns: shown as the last line of a cell. True if the answer is right."""

    def __init__(self, verdict: Verdict):
        self.verdict = verdict

    @property
    def passed(self) -> bool:
        """Whether the answer is right."""
        return self.verdict.status == "right"

    def __bool__(self) -> bool:
        return self.passed

    def __repr__(self) -> str:
        v = self.verdict
        lines = [f"{MARK[v.status]} {v.name}: {HEAD[v.status]}"]
        if v.status == "right":
            lines[0] += f" ({'; '.join(v.passed)})"
            lines += [_wrapped("  " + v.diagnosis)] if v.diagnosis else []
        elif v.status == "wrong":
            lines += [f"  passes  {says}" for says in v.passed]
            if v.failed:
                lines.append(f"  FAILS   {v.failed}")
            for name, value in v.shown:
                lines.append(_beside(f"            {name} = ", written(value)))
            if v.printed:
                lines.append(_beside("  Your code printed: ", beginning(v.printed)))
            lines.append(_wrapped("  " + v.diagnosis))
        return printable("\n".join(lines))

    def _repr_html_(self) -> str:
        v, color = self.verdict, COLOR[self.verdict.status]
        rows = "".join(
            f'<tr><th style="text-align:left;vertical-align:top;font-weight:normal">{escape(name)}</th>'
            f'<td style="text-align:left"><pre style="{PRE}">{escape(written(value))}</pre></td></tr>'
            for name, value in v.shown
        )
        printed = f'<pre style="{PRE}">{escape(beginning(v.printed))}</pre>' if v.printed else ""
        passes = "".join(f"<li>{escape(says)}</li>" for says in v.passed)
        return (
            FOLDED + f'<div class="exercise-report" style="{BAR} {color}">'
            f"<p><strong>{MARK[v.status]} {escape(v.title)}: {HEAD[v.status]}</strong></p>"
            + (f"<p>Right so far:</p><ul>{passes}</ul>" if passes and v.status == "wrong" else "")
            + (f"<p>Checked: {escape('; '.join(v.passed))}.</p>" if v.status == "right" else "")
            + (f"<p>Fails: {escape(v.failed)}</p>" if v.failed else "")
            + (f"<table>{rows}</table>" if rows else "")
            + (f"<p>Your code printed:</p>{printed}" if printed else "")
            + (f"<p>{_with_code(v.diagnosis)}</p>" if v.diagnosis else "")
            + "</div>"
        )


def written(value: Any) -> str:
    """A value as short as it can be read: arrays rounded, and cut in the middle if large."""
    if isinstance(value, Said):
        return str(value)
    numbers = isinstance(value, np.ndarray | np.complexfloating | complex)
    if numbers and np.iscomplexobj(value) and not np.any(value.imag):
        value = value.real  # some versions of np.linalg.eig give real eigenvalues so
    if isinstance(value, np.ndarray) and value.ndim:
        plain = value.dtype.kind not in "fc" or not 0 < _largest(value) < 1e-2
        with np.printoptions(3, suppress=plain, threshold=40, edgeitems=2, linewidth=70):
            return str(value)
    if isinstance(value, np.ndarray | np.number | float):
        return (
            f"{np.asarray(value)[()]:.6g}" if np.asarray(value).dtype.kind in "fiu" else str(value)
        )
    if isinstance(value, tuple | list):
        inside = ", ".join(written(one).replace("\n", " ") for one in value)
        return f"[{inside}]" if isinstance(value, list) else f"({inside})"
    if isinstance(value, dict):
        return "\n".join(f"{k}: {written(one)}".replace("\n", " ") for k, one in value.items())
    try:
        with limit(1.0):
            text = repr(value)
    except (Exception, TimeUp):
        text = f"a {type(value).__name__} that cannot be shown"
    text = re.sub(r" at 0x[0-9A-Fa-f]+", "", text)  # an address, another one in each process
    return text if len(text) <= 200 else text[:199] + "…"


def beginning(printed: str) -> str:
    """The first lines of what was printed, and "…" if there are more."""
    text = printed.rstrip()
    cut = "\n".join(text.splitlines()[:LINES])[:LETTERS]
    return cut if cut == text else f"{cut}\n…"


def _with_code(text: str) -> str:
    """Text as HTML: what stands between two backticks is code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _largest(value: np.ndarray) -> float:
    return float(np.max(np.abs(value[np.isfinite(value)]), initial=0))


def _beside(head: str, text: str) -> str:
    """Text of several lines, set beside a head."""
    return head + text.replace("\n", "\n" + " " * len(head))


def _wrapped(text: str, width: int = 88) -> str:
    return "\n".join(textwrap.wrap(text, width, subsequent_indent="  ", break_long_words=False))
