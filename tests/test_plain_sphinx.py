"""The comparison of two builds sees what is different, and only that."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
import plain_sphinx

PAGE = '<link href="a.css?v={version}"><!-- pdf -->{download}<p>{text}</p>'
DOWNLOAD = '<p class="download"><a href="book.pdf">The book</a></p>'


def site(folder, version="1", download="", text="the same", more=()):
    for name, content in (
        ("one.html", PAGE.format(version=version, download=download, text=text)),
        ("a.css", "p {}"),
        *more,
    ):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return plain_sphinx.files(folder)


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({}, []),
        ({"version": "2", "download": DOWNLOAD}, []),
        ({"more": [("book.pdf", ""), (".buildinfo", ""), ("lite/index.html", "")]}, []),
        ({"text": "other"}, ["one.html"]),
        ({"more": [("a.css", "p { color: red }")]}, ["a.css"]),
        ({"more": [("two.html", ""), ("deep/lite.html", "")]}, ["deep/lite.html", "two.html"]),
    ],
)
def test_what_a_reader_would_meet_is_compared(change, seen, tmp_path):
    one, other = site(tmp_path / "one"), site(tmp_path / "other", **change)
    assert plain_sphinx.differences(one, other) == seen
    assert plain_sphinx.differences(other, one) == seen
