"""A text file of a table as a header and rows of cells, whatever program wrote it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

import numpy as np

from ..shapes import got
from .column import is_gap, number, numbers
from .telling import numbered, quoted

DELIMITERS = "\t;|,"
OTHERS = {  # how files begin that are no text: what it is, what to do
    b"PK\x03\x04": ("a spreadsheet program's own file (such as .xlsx) or a zip archive", True),
    b"\xd0\xcf\x11\xe0": ("an old spreadsheet file (.xls)", True),
    b"%PDF": ("a PDF", True),
    b"\x1f\x8b": ("packed by gzip: unpack it", False),
    b"PAR1": ("a Parquet file", True),
    b"SQLite format 3": ("a database", True),
    b"\x93NUMPY": ("a numpy array: read it by np.load", False),
    b"\x80\x04\x95": ("a pickle", True),
    b"\x89PNG": ("a picture", True),
}

WESTERN_SIGNS = {0x80, 0x85, *range(0x91, 0x98), 0x99}  # of cp1252: the euro, quotes, dashes
UNUSED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}  # by cp1252
NO_LETTER = re.compile("[\ufffd\ue000-\uf8ff]")
PASS_ENCODING = (
    "Save the file as 'CSV UTF-8', or pass encoding=, such as 'cp1252' (Windows), 'cp850' (DOS), "
    "'mac_roman' or 'cp932' (Japanese)."
)


class Sheet(NamedTuple):
    """header: the columns' names; rows: their cells as text; numbers: where each row stands in the
    source, as a spreadsheet program counts them; encoding: of its letters.
    """

    whose: str
    header: list[str]
    rows: list[list[str]]
    numbers: list[int]
    encoding: str

    @property
    def hint(self) -> str:
        """What to try where names are not what was expected, and letters were guessed."""
        if self.encoding.lower().startswith("utf"):
            return ""
        return f" It was read as {self.encoding}: if letters look wrong, pass encoding=."


def read_sheet(whose: str, path: str | Path, encoding: str | None) -> Sheet:
    """The table in a file. Raises OSError or ValueError, which say what it is instead."""
    path = _existing(whose, path)
    whose = f"{whose}: {path.name}"
    data = path.read_bytes()
    _is_text(whose, data)
    encoding = encoding or _encoding(data)
    if encoding is None:
        raise ValueError(f"{whose} has letters in an encoding that cannot be told. {PASS_ENCODING}")
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
    if "\n" in str(path):
        raise ValueError(
            f"{whose} expects the path of a file; got a text of several lines. Save it as a file: "
            "Path('my_table.csv').write_text(text)."
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
            f"{whose}: byte {error.start} is no letter in {encoding}. {PASS_ENCODING}"
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


def _encoding(data: bytes) -> str | None:
    """UTF-8 if it is that; else UTF-16 by its mark, Western (cp1252), Japanese (cp932), or unknown."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    high = [b for b in data if b >= 0x80]
    if not UNUSED.intersection(high) and 3 * sum(
        b < 0xA0 and b not in WESTERN_SIGNS for b in high
    ) <= len(high):
        return "cp1252"  # in which the other bytes below A0 are rare
    japanese = data.decode("cp932", errors="replace")
    wide = re.findall(r"[^\x00-\x7f]", japanese)
    beside = re.findall(r"[a-zA-Z][^\x00-\x7f]|[^\x00-\x7f][a-zA-Z]", japanese)
    if not NO_LETTER.search(japanese) and 3 * len(beside) <= len(wide):
        return "cp932"  # two bytes a sign, and words of these signs alone
    return None


def _reader(text: str, delimiter: str, strict: bool) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=strict)


def _delimiter(whose: str, text: str) -> str:
    """The sign at which the most rows fall into as many cells as most others do."""

    def evenness(delimiter: str) -> float:
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
            return 0.0
        return count / len(widths)

    best = max(DELIMITERS, key=evenness)  # of equals the first: a comma may be a decimal's
    if evenness(best):
        return best
    if evenness(" "):
        return " "
    raise ValueError(
        f"{whose} has one column only. Between the cells must be commas, semicolons or tabs; and a "
        "table needs a column for x and one for the target."
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
            fix = "Delete what stands above the names; if they are missing, write one for each column."
            if usual == width + 1:
                fix = "A name seems to be missing at its beginning, for the column of row names"
                fix += ", or a number has a decimal comma: save with semicolons, or points."
            raise ValueError(
                f"{whose}: the header, row {first}, has {_cells(width)}, and most rows "
                f"have {usual}. {fix}"
            )
        have = next(len(cells) for n, cells in below if n == odd[0])
        fix = f"A cell that contains a {delimiter!r} must stand in quotation marks"
        if delimiter == ",":
            fix += ", also a number with a decimal comma"
        if have < width:
            fix = "An empty cell still needs its delimiter; delete notes below the table"
        raise ValueError(
            f"{whose}: the header has {_cells(width)}, row {odd[0]} has {have}. Of another length than "
            f"the header: {numbered('row', odd)}. {fix}."
        )
    return header, [cells[:width] for _, cells in below], [n for n, _ in below]


def _cells(count: int) -> str:
    return f"{count} cell{'s' * (count != 1)}"


def _demand_header(whose: str, row: int, header: list[str], rows: list[list[str]]) -> None:
    """Raise ValueError where the first row has numbers over numbers; 0, 1, 2 or years are names."""
    over = []
    for i, name in enumerate(header):
        cells = [cells[i].replace(",", ".") for cells in rows[:100]]
        if numbers(cells, ".") is not None and not all(map(is_gap, cells)):
            over.append(number(name.replace(",", "."), ".") if name else None)
    if not over or any(value is None for value in over):
        return
    steps = np.diff(over)
    even = len(over) > 1 and steps[0] != 0 and (steps == steps[0]).all()
    if even and (over[0] == 0 or len(over) > 2) and over[0] == int(over[0]):
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
