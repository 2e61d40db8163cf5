"""A table of results reads the same as text and as HTML, and shades what it is told to shade."""

import re

import pytest

from nnbook_lib.results import Results


def table(**how):
    rows = {"plain <20>": [2.3, "10 %"], "with norm": [1e-12, "92 %"]}
    return Results("network", ["loss", "right"], rows, **how)


def test_text_stands_in_columns():
    assert repr(table()).splitlines() == [
        "network      loss  right",
        "plain <20>    2.3   10 %",
        "with norm   10⁻¹²   92 %",
    ]


def test_html_shades_the_cells_of_a_column():
    html = table(shade={"loss": lambda loss: 1 - loss / 4.6})._repr_html_()
    cells = re.findall(r"<td([^>]*)>([^<]*)</td>", html)
    assert cells == [
        (' style="--share: 0.50"', "2.3"),
        ("", "10 %"),
        (' style="--share: 1.00"', "10⁻¹²"),
        ("", "92 %"),
    ]
    assert '<th scope="row">plain &lt;20&gt;</th>' in html and 'class="result"' in html


def test_what_does_not_fit_is_named():
    with pytest.raises(ValueError, match="row 'short' needs a value for each of the 2 columns"):
        Results("network", ["loss", "right"], {"short": [1.0]})
    with pytest.raises(ValueError, match="shade names column 'speed'; there are loss, right"):
        table(shade={"speed": float})
