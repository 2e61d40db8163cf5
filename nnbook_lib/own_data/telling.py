"""Names and the numbers of rows and columns, as a message tells them: not more than a few of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def and_more(words: Sequence[str], most: int = 5) -> str:
    """'a, b and c', and where there are too many 'a, b, c, d, e and 12 more'."""
    words = list(words)
    if len(words) > most + 1:
        words = [*words[:most], f"{len(words) - most} more"]
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else "".join(words)


def quoted(names: Iterable[object], most: int = 5) -> str:
    """The names in quotation marks."""
    return and_more([repr(str(name)) for name in names], most)


def numbered(what: str, numbers: Sequence[int], most: int = 5) -> str:
    """'row 5', 'rows 5 and 273', 'rows 5, 10, 11, 12, 13 and 6 more'."""
    return f"{what}{'s' if len(numbers) > 1 else ''} {and_more([str(n) for n in numbers], most)}"


def examples(kinds: Sequence[str]) -> str:
    """Some of the words of a column, and how many there are."""
    if len(kinds) <= 3:
        return f"{len(kinds)} different, {quoted(kinds)}"
    return f"{len(kinds)} different, such as {quoted(kinds[:2])}"


def sentences(parts: Sequence[str]) -> str:
    """Each part as a sentence."""
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts)
