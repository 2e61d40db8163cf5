"""A text file of a table as a header and rows of cells, whatever program wrote it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

import numpy as np

from ..shapes import got
from .arrays import numbered, quoted
from .column import is_gap, number, numbers

DELIMITERS = {"\t": "tabs", ";": "semicolons", "|": "bars", ",": "commas"}
OTHERS = {  # how files begin that are no text: what it is, what to do
    b"PK\x03\x04": ("a spreadsheet program's own file (such as .xlsx) or a zip archive", True),
    b"\xd0\xcf\x11\xe0": ("an old spreadsheet file (.xls)", True),
    b"%PDF": ("a PDF", True),
    b"\x1f\x8b": ("packed by gzip", False),
    b"PAR1": ("a Parquet file", True),
    b"SQLite format 3": ("a database", True),
    b"\x93NUMPY": ("a numpy array: read it by np.load", False),
    b"\x80\x04\x95": ("a pickle", True),
    b"\x89PNG": ("a picture", False),
}


class Sheet(NamedTuple):
    """header: the columns' names; rows: their cells as text; numbers: where each row stands in the
    source, as a spreadsheet program counts them; encoding: of its letters.
    """

    whose: str
    header: list[str]
    rows: list[list[str]]
    numbers: list[int]
    encoding: str


def read_sheet(whose: str, path: str | Path, encoding: str | None) -> Sheet:
    """The table in a file. Raises OSError or ValueError, which say what it is instead."""
    path = _existing(whose, path)
    whose = f"{whose}: {path.name}"
    data = path.read_bytes()
    _is_text(whose, data)
    encoding = encoding or _encoding(data)
    text = _decoded(whose, data, encoding)
    first, _, rest = text.partition("\n")
    if len(first := first.strip()) == 5 and first.lower().startswith("sep="):  # for Excel, not data
        text, delimiter = rest, first[4]
    else:
        delimiter = _delimiter(whose, text)
    records = list(_records(whose, text, delimiter))
    header, rows, numbers = _even(whose, records, delimiter)
    _demand_header(whose, records[0][0], header, rows)
    return Sheet(whose, _names(whose, header), rows, numbers, encoding)


def from_frame(whose: str, frame: object) -> Sheet:
    """The table in a pandas DataFrame; its rows are counted from 0."""
    whose = f"{whose}: the DataFrame"
    header = _names(whose, [_clean(str(name)) for name in frame.columns])
    rows = [["" if v is None else str(v).strip() for v in row] for row in frame.to_numpy()]
    if not rows:
        raise ValueError(f"{whose} has no rows.")
    return Sheet(whose, header, rows, list(range(len(rows))), "utf-8")


def _existing(whose: str, path: object) -> Path:
    if not isinstance(path, str | Path):
        raise TypeError(
            f"{whose} expects the path of a CSV file, or a pandas DataFrame; got {got(path)}."
        )
    if str(path).startswith(("http://", "https://")):
        raise ValueError(
            f"{whose} reads a file that is here, and {path} is an address: save it beside the "
            "notebook, and pass its name."
        )
    path = Path(path).expanduser()
    if path.is_file():
        return path
    if path.is_dir():
        raise IsADirectoryError(f"{whose}: {path} is a folder. Pass the path of a file in it.")
    folder = path.parent
    if not folder.is_dir():
        raise FileNotFoundError(f"{whose}: there is no folder {folder}, seen from {Path.cwd()}.")
    here = sorted(p.name for p in folder.iterdir() if p.suffix.lower() in (".csv", ".tsv", ".txt"))
    near = get_close_matches(path.name, here, cutoff=0.5) or here
    says = f" There: {quoted(near)}." if near else " It has no CSV file."
    raise FileNotFoundError(f"{whose}: no file {path.name} in the folder {folder.resolve()}.{says}")


def _is_text(whose: str, data: bytes) -> None:
    """Raise ValueError where the first bytes are those of another kind of file."""
    for start, (what, save) in OTHERS.items():
        if data.startswith(start):
            remedy = " Open it there and save it as CSV." if save else ""
            raise ValueError(f"{whose} is no text but {what}.{remedy}")


def _decoded(whose: str, data: bytes, encoding: str) -> str:
    """The text, without a byte-order mark."""
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except LookupError:
        raise ValueError(f"{whose}: Python knows no encoding {encoding!r}.") from None
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{whose}: byte {error.start} is no letter in {encoding}. Save the file as 'CSV UTF-8', or "
            "pass encoding=, such as 'cp1252', 'cp932' or 'mac_roman'."
        ) from None
    if "\0" in text:
        raise ValueError(f"{whose} is no text: it has zero bytes. Save the table as 'CSV UTF-8'.")
    start = text.lstrip()[:15].lower()
    if start.startswith(("<!doctype", "<html", "<?xml")):
        raise ValueError(
            f"{whose} is a web page, not a table. Download the file itself: the button says Raw or "
            "Download."
        )
    if start.startswith(("{", "[{", "[[")):
        raise ValueError(f"{whose} is JSON, not a table. Save it as CSV.")
    if not start:
        raise ValueError(f"{whose} is empty. A row of names and rows of values are needed.")
    return text


def _encoding(data: bytes) -> str:
    """UTF-8 if it is that; else UTF-16 by its mark, Japanese (cp932) or Western (cp1252)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        high = [b for b in data if b >= 0x80]
    # In cp1252 the bytes 81 to 9F are rare signs, in cp932 they begin each kana and most kanji.
    return "cp932" if 3 * sum(0x81 <= b <= 0x9F for b in high) > len(high) else "cp1252"


def _reader(text: str, delimiter: str, strict: bool) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=strict)


def _delimiter(whose: str, text: str) -> str:
    """The sign at which most rows fall into as many cells as most others, and as the first."""

    def evenness(delimiter: str) -> tuple:
        widths = []
        try:
            for cells in _reader(text, delimiter, strict=False):
                if any(cells):
                    widths.append(len(cells))
                if len(widths) == 100:
                    break
        except csv.Error:
            pass
        width, count = Counter(widths).most_common(1)[0] if widths else (1, 0)
        if width == 1:
            return (False,)
        return True, widths[0] == width, count / len(widths)

    best = max(DELIMITERS, key=evenness)  # of equals the first: a comma may be a decimal's
    if evenness(best)[0]:
        return best
    spaces = text.strip().splitlines()[-1].split()
    fix = " Between the cells are spaces: replace them by commas." if len(spaces) > 1 else ""
    raise ValueError(
        f"{whose} has one column only. Between the cells must be commas, semicolons or tabs.{fix}"
    )


def _records(whose: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """(row number, cells), blank rows left out."""
    row = 0
    try:
        for row, cells in enumerate(_reader(text, delimiter, strict=True), 1):
            if any(cell.strip() for cell in cells):
                yield row, [_clean(cell) for cell in cells]
    except csv.Error:
        raise ValueError(
            f"{whose}: the quotation marks of row {row + 1} are not in pairs. A cell stands in two "
            '"marks", and a mark inside is written twice, "".'
        ) from None


def _clean(cell: str) -> str:
    return normalize("NFC", cell.strip())


def _even(whose, records, delimiter) -> tuple[list[str], list[list[str]], list[int]]:
    """Header, rows and row numbers; raises ValueError unless all rows are as long as the header."""
    (first, header), *below = records
    used = [max(i for i, cell in enumerate(cells) if cell) + 1 for _, cells in records]
    width = max(used[0], min(max(used), len(header)))  # commas after the last cell are no column
    header = header[:width]
    if not below:
        raise ValueError(f"{whose} has no rows below its header, row {first}.")
    odd = [
        n for (n, cells), u in zip(below, used[1:], strict=True) if u > width or len(cells) < width
    ]
    if odd:
        lengths = Counter(len(cells) for _, cells in below)
        usual = lengths.most_common(1)[0][0]
        if 2 * len(odd) > len(below) and usual != width:
            fix = "Delete what stands above the row of names."
            if usual == width + 1:
                fix = "A name seems to be missing at its beginning, for the column of row names."
            raise ValueError(
                f"{whose}: the header, row {first}, has {width} cells, and most rows have {usual}. {fix}"
            )
        have = next(len(cells) for n, cells in below if n == odd[0])
        fix = f"A cell that contains a {delimiter!r} must stand in quotation marks"
        if delimiter == ",":
            fix += ", also a number with a decimal comma"
        if have < width:
            fix = "An empty cell still needs its delimiter; notes below the table must go"
        raise ValueError(
            f"{whose}: {len(odd)} of {len(below)} rows do not have the header's {width} cells: "
            f"{numbered('row', odd)}; row {odd[0]} has {have}. {fix}."
        )
    return header, [cells[:width] for _, cells in below], [n for n, _ in below]


def _demand_header(whose: str, row: int, header: list[str], rows: list[list[str]]) -> None:
    """Raise ValueError where the first row has numbers over numbers; 0, 1, 2 or years are names."""
    over = []
    for i, name in enumerate(header):
        cells = [cells[i].replace(",", ".") for cells in rows]
        if numbers(cells, ".") is not None and not all(map(is_gap, cells)):
            over.append(number(name.replace(",", "."), ".") if name else None)
    if not over or any(value is None for value in over):
        return
    steps = np.diff(over)
    if len(over) > 1 and steps[0] != 0 and (steps == steps[0]).all() and over[0] == int(over[0]):
        return
    raise ValueError(
        f"{whose}: row {row} looks like data ({quoted(header, 3)}), not like a header. Put a row "
        "with a name for each column above it."
    )


def _names(whose: str, header: list[str]) -> list[str]:
    """The names, each once; a column without one is called by its number."""
    names = [name or f"column {i + 1}" for i, name in enumerate(header)]
    for name, count in Counter(names).items():
        if count > 1:
            where = [i + 1 for i, other in enumerate(names) if other == name]
            raise ValueError(
                f"{whose}: {numbered('column', where)} have the same name, {name!r}. Rename all "
                "but one in the header."
            )
    return names
