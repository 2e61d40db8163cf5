"""Numbers in sentences and pictures: as a reader writes them, never as a computer does."""

import math

import pytest

from nnbook_lib.numbers import count, equals, number, percent, rounded, times


def spoken(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("value", "digits", "said"),
    [
        (0, 2, "0"),
        (-0.0, 2, "0"),
        (1.3, 2, "1.3"),
        (-3.14159, 3, "−3.14"),
        (9.99, 2, "10"),
        (0.5, 3, "0.5"),
        (0.001, 2, "0.001"),
        (0.00099, 2, "9.9 × 10⁻⁴"),
        (0.0009999, 2, "0.001"),
        (99_999, 5, "99,999"),
        (99_999, 2, "10⁵"),
        (12_345, 2, "12,000"),
        (2.9e-13, 2, "2.9 × 10⁻¹³"),
        (1e-8, 2, "10⁻⁸"),
        (-1.04e300, 2, "−10³⁰⁰"),
        (math.nan, 2, "no number"),
        (-math.inf, 2, "−infinity"),
    ],
)
def test_a_number(value, digits, said):
    assert spoken(number(value, digits)) == said
    assert " " not in number(value, digits).replace("no number", "")


def test_an_equation_of_rounded_numbers_says_so_where_a_reader_would_find_it_wrong():
    assert spoken(equals(rounded(0.144) + rounded(0.584), 0.728)) == "≈ 0.73"
    assert spoken(equals(0.5 * 0.5, 0.25)) == spoken(equals(rounded(0.251), 0.2512)) == "= 0.25"
    assert rounded(-0.0384, 2) == -0.038 and rounded(0.0) == 0


def test_nothing_is_called_what_its_sentence_wants():
    assert number(0.0, zero="nothing") == "nothing" != number(1e-300, zero="nothing")


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0 %"),
        (0.5, "50 %"),
        (1, "100 %"),
        (0.0004, "0.04 %"),
        (1e-9, "10⁻⁷ %"),
        (0.999, "99.9 %"),
        (0.9999999, "99.9 %"),
        (1.2, "120 %"),
        (math.nan, "no number"),
    ],
)
def test_a_share_is_never_rounded_to_none_or_all(share, said):
    assert spoken(percent(share)) == said


@pytest.mark.parametrize(
    ("ratio", "said"),
    [(0.063, "0.063 times"), (1.3, "1.3 times"), (1.0, "1.00 times"), (0.9963, "1.00 times"),
     (1.04, "1.04 times"), (9e-13, "9 × 10⁻¹³ times")],
)  # fmt: skip
def test_a_ratio_near_one_has_its_digits(ratio, said):
    assert spoken(times(ratio)) == said


def test_one_thing_is_not_many():
    said = count(1, "layer"), count(2000, "epoch"), count(0, "loss", "losses")
    assert list(map(spoken, said)) == ["1 layer", "2,000 epochs", "0 losses"]
