"""The palette's text colors for the dark theme: each lightened until it is read as well as on white.

Lines and areas keep their color; WCAG asks 3 : 1 of them, and 4.5 : 1 of text.
"""

from __future__ import annotations

from nnbook_lib.plotting import COLORS

NIGHT, WANTED = "#14181e", 4.5


def rules() -> str:
    """Their style rules."""
    rules = "\n".join(
        f'html[data-theme="dark"] :is(.plot, .live) text[style*="fill:{color}"]'
        f"{{fill:{lightened(color)} !important}}"
        for color in sorted(set(COLORS.values()))
        if contrast(color, NIGHT) < WANTED
    )
    return f"@media screen {{\n{rules}\n}}"  # paper is white


def lightened(color: str) -> str:
    """The color with as little white in it as gives it the contrast wanted."""
    for share in range(1, 101):
        parts = [round(c + (255 - c) * share / 100) for c in rgb(color)]
        lighter = "#" + "".join(f"{part:02x}" for part in parts)
        if contrast(lighter, NIGHT) >= WANTED:
            return lighter
    return "#ffffff"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colors, 1 to 21. WCAG 2.1, definition of contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    """The relative luminance, 0 to 1. WCAG 2.1, definition of relative luminance."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (part / 255 for part in rgb(color))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def rgb(color: str) -> list[int]:
    """The three parts of "#rrggbb"."""
    return [int(color[i : i + 2], 16) for i in (1, 3, 5)]
