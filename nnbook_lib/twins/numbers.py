"""Measured numbers as the laboratory's sentences write them."""

from __future__ import annotations

import numpy as np


def number(value: float) -> str:
    """A number with two digits that count: 0.031, 12, 3.2e-13; "no number" for what is none."""
    if not np.isfinite(value):
        return "no number"
    if value == 0:
        return "0"
    if 1e-3 <= abs(value) < 1e4:
        return f"{float(f'{value:.2g}'):.10g}"
    mantissa, power = f"{value:.1e}".split("e")
    return f"{mantissa.removesuffix('.0')}e{int(power)}"


def percent(value: float) -> str:
    """A fraction in percent; never 0 % or 100 % where it is not exactly that."""
    if not np.isfinite(value):
        return "no number"
    shown = round(100 * value)
    if (shown == 0 and value > 0) or (shown == 100 and value < 1):
        return f"{100 * value:.2g} %" if value < 0.5 else f"{min(99.9, 100 * value):.1f} %"
    return f"{shown} %"
