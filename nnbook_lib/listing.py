"""Layers as text: on one line if they fit, else a line each, and what repeats said once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

WIDTH = 100  # of a line that holds a whole container
LONGEST = 8  # entries of a block that is looked for
TIMES = 3  # a block that stands less often is written out


def runs(keys: Sequence[Hashable]) -> list[tuple[int, int, int]]:
    """Cut a sequence into blocks that repeat: (start, length of the block, times it stands there).

    A block is one of at most eight entries that stands three times or more; all else is (i, 1, 1).
    """
    found, i = [], 0
    while i < len(keys):
        length, times = 1, 1
        for p in range(1, min(LONGEST, (len(keys) - i) // TIMES) + 1):
            k = 1
            while keys[i + k * p : i + (k + 1) * p] == keys[i : i + p]:
                k += 1
            if k >= TIMES and k * p > length * times:
                length, times = p, k
        found.append((i, length, times))
        i += length * times
    return found


def again(length: int, times: int) -> str:
    """What is said of a block that has been written out once."""
    return f"the same{'' if length == 1 else f' {length}'}, {times - 1} times more"


def container(label: str, parts: Sequence[str]) -> str:
    """label(part, part, ...), on one line if it fits; else a numbered line for each part."""
    whole = f"{label}({', '.join(parts)})"
    if len(whole) <= WIDTH and "\n" not in whole:
        return whole
    lines = []
    for start, length, times in runs(list(parts)):
        lines += [f"{i}: {parts[i]}" for i in range(start, start + length)]
        if times > 1:
            end = start + length * times
            lines.append(f"{start + length} to {end - 1}: {again(length, times)}")
    inner = "\n".join(lines).replace("\n", "\n  ")
    return f"{label}(\n  {inner}\n)"
