"""Three versions of a notebook made one: what the learner wrote, in what the book has become.

A notebook is a dict as its JSON says. Cells are told apart by their ids, and compared by what they
hold: outputs, which every run changes, do not count.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

Cell = dict[str, Any]
Notebook = dict[str, Any]

YOURS_STAYS = "*The book has changed the cell above. Yours stays, and this is the book's new one:*"
ASLEEP = (
    "*The book has changed the cell above. Yours stays, and this is the book's new one. It does not "
    "run, so that your answer counts: to use it, click on it and press Esc, then Y.*"
)
CAME_BACK = "*You had deleted this cell, and the book has changed it:*"
FORM = {"nbformat": 4, "nbformat_minor": 5}
EMPTY: Notebook = {"cells": [], "metadata": {}, **FORM}


def read(file: bytes | None) -> Notebook:
    """The notebook that a file holds. Raises ValueError, which says what is wrong with it."""
    text = (file or b"").decode("utf-8-sig", errors="replace")
    try:
        notebook = json.loads(text)
    except ValueError as error:
        if any(line.startswith(("<<<<<<<", ">>>>>>>")) for line in text.splitlines()):
            raise ValueError("it holds merge markers, <<<<<<< and >>>>>>>") from None
        where = f", from line {error.lineno} on" if text.strip() else ": it is empty"
        raise ValueError(f"it is no valid notebook{where}") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(map(is_cell, cells)):
        raise ValueError("it is no valid notebook: it has no list of cells")
    return notebook


def is_cell(cell: Any) -> bool:
    """Whether a cell has what is read of it here: a type, and a text in one piece or in lines."""
    if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
        return False
    if not isinstance(cell.get("metadata", {}), dict):
        return False
    text = cell.get("source")
    return isinstance(text, str) or (
        isinstance(text, list) and all(isinstance(line, str) for line in text)
    )


def write(notebook: Notebook) -> bytes:
    """Its file, as Jupyter writes it."""
    return (json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def source(cell: Cell) -> str:
    return "".join(cell["source"]).replace("\r\n", "\n").rstrip()


def held(cell: Cell) -> tuple:
    """What makes two cells the same: kind, text and pasted pictures."""
    return cell["cell_type"], source(cell), json.dumps(cell.get("attachments") or {})


def new_id(*words: str) -> str:
    """An id that the same words get again, so that a merge that was interrupted can be repeated."""
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:16]


def by_id(notebook: Notebook, *known: dict[str, Cell]) -> dict[str, Cell]:
    """{id: cell}, in order. A cell that lost its id, as in some editors, is known by its text."""
    # Colab keeps a cell's id among its metadata.
    ids = [cell.get("id") or cell.get("metadata", {}).get("id") for cell in notebook["cells"]]
    lost: dict[tuple, list[str]] = {}
    for key, cell in (pair for cells in known for pair in cells.items()):
        if key not in ids:
            lost.setdefault(held(cell), []).append(key)
    found: dict[str, Cell] = {}
    for number, (key, cell) in enumerate(zip(ids, notebook["cells"], strict=True)):
        if not isinstance(key, str) or key in found:
            again = (k for k in lost.get(held(cell), ()) if k not in found)
            key = next(again, None) or new_id("added", str(number), source(cell))
        found[key] = {**cell, "id": key}
    return found


def merge(base: Notebook, mine: Notebook, book: Notebook) -> tuple[Notebook, str]:
    """(the notebook made of both, what there is to say about it).

    base: what the learner was given; mine: what it became; book: what the book has now. A cell that
    one side changed is as that side has it. Where both did, the learner's stays and the book's
    stands below it, under a line that says so.
    """
    old = by_id(base)
    new = by_id(book, old)
    own = by_id(mine, old, new)
    count: Counter[str] = Counter()
    groups = {}
    for key in own | new:
        what, group = settled(old.get(key), own.get(key), new.get(key), set(own))
        count[what] += 1
        if group:
            groups[key] = group
    cells = [cell for key in order(old, own, new, groups) for cell in groups[key]]
    version = max(map(form, (mine, book)))  # an older form than the book's may have no ids
    return {**mine, **dict(zip(FORM, version, strict=True)), "cells": cells}, said(count)


def form(notebook: Notebook) -> tuple[int, int]:
    return tuple(notebook.get(key, default) for key, default in FORM.items())


def settled(
    was: Cell | None, own: Cell | None, book: Cell | None, there: set[str]
) -> tuple[str, list[Cell]]:
    """(what became of a cell, the cells that stand in its place). there: the learner's ids."""
    if own is None:
        if was is None:
            return "new", [book]
        if book is None or held(book) == held(was):
            return "deleted", []
        return "back", [note(CAME_BACK, book), book]
    if book is None:
        if was is None:
            return "added", [own]
        return ("gone", []) if held(own) == held(was) else ("dropped", [own])
    if own == was:
        return ("same" if held(book) == held(was) else "changed"), [book]
    if held(own) == held(book):  # what was run keeps its outputs
        given = {} if was is None else was.get("metadata", {})
        changed = book.get("metadata", {}) != given and was is not None
        return "same", [{**own, "metadata": book["metadata"]} if changed else own]
    if was is not None and held(own) == held(was):
        return "changed", [book]
    if was is not None and held(book) == held(was):
        return "yours", [own]
    beside = apart(book)
    if beside["id"] in there:  # by a merge before this one
        return "yours", [own]
    asleep = beside["cell_type"] != book["cell_type"]
    return "both", [own, note(ASLEEP if asleep else YOURS_STAYS, book), beside]


def apart(cell: Cell) -> Cell:
    """The book's cell under another id. One that checks an exercise must not run after the answer."""
    another = {**cell, "id": new_id("book", cell["id"], source(cell))}
    if cell["cell_type"] == "code" and "check(" in source(cell):
        kept = {key: another[key] for key in ("id", "source")}
        return {**kept, "cell_type": "raw", "metadata": {}}
    return another


def note(words: str, cell: Cell) -> Cell:
    key = new_id("note", cell["id"], source(cell))
    return {"cell_type": "markdown", "id": key, "metadata": {}, "source": words}


def order(old: dict, own: dict, new: dict, groups: dict) -> list[str]:
    """The ids of what stays: in the book's order, or in the learner's who has moved cells."""
    shared = [key for key in old if key in own and key in new]
    moved = [key for key in own if key in shared] != shared
    first, second = (own, new) if moved else (new, own)
    found = [key for key in first if key in groups]
    keys = list(second)
    for i, key in enumerate(keys):
        if key in groups and key not in found:  # after what it came after, else before what follows
            if i and keys[i - 1] in found:
                place = found.index(keys[i - 1]) + 1
            else:
                after = next((k for k in keys[i + 1 :] if k in found), None)
                place = found.index(after) if after else len(found)
            found.insert(place, key)
    return found


def said(count: Counter[str]) -> str:
    """What a merge did, in words, or nothing where the learner's notebook stays as it is."""
    here, kept = count["both"], count["yours"] + count["added"]
    fresh = [f"{count[what]} {what}" for what in ("new", "changed", "gone") if count[what]]
    words = [f"cells of the book: {', '.join(fresh)}"] if fresh else []
    if here:
        words.append(f"changed by you and by the book: {here}, yours stays and the book's is below")
    if count["back"]:
        words.append(f"deleted by you and changed by the book: {count['back']}, here again")
    if count["dropped"]:
        words.append(f"changed by you and gone from the book: {count['dropped']}, yours stays")
    if words and kept:
        words.append(f"otherwise changed or added by you: {kept}, as you left them")
    return "; ".join(words)
