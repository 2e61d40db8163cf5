"""Numbers as the book's sentences and pictures write them: 0.031, 12, 2.9 × 10⁻¹³, 37 %.

A minus is a true one, and no number breaks over two lines.
"""

from __future__ import annotations

import math

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SPACE = "\N{NO-BREAK SPACE}"


def power_of_ten(exponent: int) -> str:
    """10⁻³ for -3."""
    return f"10{str(exponent).translate(RAISED)}"


def number(value: float, digits: int = 2, zero: str = "0") -> str:
    """value with so many digits that count: 0.031, −12, 2.9 × 10⁻¹³.

    Powers of ten stand for what is below 0.001 or not below 100,000; in between, whole thousands
    have a comma. zero: what is said of 0. "no number" for a nan, "infinity" for what is beyond all.
    """
    if math.isnan(value):
        return "no number"
    sign, size = "−" if value < 0 else "", abs(float(value))
    if math.isinf(size):
        return f"{sign}infinity"
    if size == 0:
        return zero
    head, _, power = f"{size:.{digits - 1}e}".partition("e")
    if -3 <= int(power) < 5:
        places = max(0, digits - 1 - int(power))
        plain = f"{float(f'{head}e{power}'):,.{places}f}"
        return sign + (plain.rstrip("0").rstrip(".") if "." in plain else plain)
    head = head.rstrip("0").rstrip(".") if "." in head else head
    mantissa = "" if head == "1" else f"{head}{SPACE}×{SPACE}"
    return f"{sign}{mantissa}{power_of_ten(int(power))}"


def rounded(value: float, digits: int = 2) -> float:
    """value as number() shows it."""
    return float(f"{value:.{digits - 1}e}")


def equals(shown: float, value: float, digits: int = 2) -> str:
    """The end of an equation, = 0.73; ≈ 0.73 where its numbers, as they are shown, make another:
    0.14 + 0.58 ≈ 0.73.

    shown: what a reader gets who works it out from the numbers on the left.
    """
    said = number(value, digits)
    return f"{'=' if number(shown, digits) == said else '≈'} {said}"


def times(ratio: float) -> str:
    """How many times as large: 0.063 times; with two places where it would be 1: 0.98 times."""
    plain = number(ratio)
    return f"{f'{ratio:.2f}' if plain == '1' else plain} times"


def percent(share: float) -> str:
    """A share in percent: 37 %; never 0 % or 100 % where it is not exactly that."""
    if not math.isfinite(share):
        return "no number"
    shown = round(100 * share)
    if (shown == 0 and share > 0) or (shown == 100 and share < 1):
        shown = number(100 * share) if share < 0.5 else min(99.9, round(100 * share, 1))
    return f"{shown}{SPACE}%"


def count(n: int, thing: str, things: str = "") -> str:
    """1 layer, 20 layers; 1 epoch, 2,000 epochs. things: a plural that is not thing + s."""
    return f"{n:,}{SPACE}{thing if n == 1 else things or thing + 's'}"
