"""What captions work out is right as it stands: a reader who does the sum with the numbers shown
gets what is behind the = sign, to its last digit, or nearly what is behind the ≈ sign.
"""

import re
from html import unescape

import pytest
import test_site

RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
POWER = "[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+"
NUMBER = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?(?: × 10{POWER})?|10{POWER})"
TERM = rf"(?:½ )?−?(?:{NUMBER}|\(−?{NUMBER}\))(?:{POWER})?"
EQUATION = re.compile(
    rf"(?<![\w.,)⁻⁰¹²³⁴⁵⁶⁷⁸⁹])(?<![·×+−/]\s)({TERM}(?: [·×+−/] {TERM})+|{TERM}) ([=≈]) (−?{NUMBER})"
    rf"(?!\w|\.\d| [·×+/−])"
)


def worked_out(text):
    """The value of a sum of numbers as the book writes them."""
    text = re.sub(r"(?<=\d),(?=\d)", "", text).replace("½ ", "0.5 * ")
    text = re.sub(rf"([\d.]+) × 10({POWER})", lambda m: f"{m[1]}e{m[2].translate(RAISED)}", text)
    text = re.sub(rf"(?<![\d.])10({POWER})", lambda m: f"1e{m[1].translate(RAISED)}", text)
    text = re.sub(f"({POWER})", lambda m: f"**{m[1].translate(RAISED)}", text)
    return eval(text.translate(RAISED).replace("·", "*").replace("×", "*"), {"__builtins__": {}})


def last_digit(text):
    """What one more in the last digit that counts would add: 0.01 for 0.73, 100 for 1,200."""
    digits, _, power = text.lstrip("−").replace(",", "").partition(" × 10")
    if digits.startswith("10") and digits[2:3] in "⁻⁰¹²³⁴⁵⁶⁷⁸⁹" and digits[2:]:
        return abs(worked_out(text))
    scale = 10.0 ** int(power.translate(RAISED) or 0)
    if "." in digits:
        return scale * 10.0 ** -len(digits.partition(".")[2])
    zeros = len(digits) - len(digits.rstrip("0")) if len(digits) > 2 else 0
    return scale * 10.0**zeros


def wrong(caption):
    """The equations of a caption that do not hold."""
    text = re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", "", caption)))
    for left, sign, right in EQUATION.findall(text):
        off, digit = abs(worked_out(left) - worked_out(right)), last_digit(right)
        if off > (0.5001 * digit if sign == "=" else max(2 * digit, 0.01 * abs(worked_out(right)))):
            yield f"{left} {sign} {right}"


@pytest.mark.parametrize(
    ("caption", "found"),
    [
        ("It is 0.14 + 0.58 = 0.73.", ["0.14 + 0.58 = 0.73"]),
        ("It is 0.14 + 0.58 ≈ 0.73, and 2 · (−0.5) − 1 = −2.", []),
        ("After 24 steps 1²⁴ = 2; 1.03²⁴ = 2.03.", ["1²⁴ = 2"]),
        ("L = ½ (0.029)² = 4.2&nbsp;×&nbsp;10⁻⁴, then 3 × 10⁻² = 0.04", ["3 × 10⁻² = 0.04"]),
        (
            "2 × 600 = 1,200, but 1,200 / 3 = 300 and 40 × 30 = 1,300.",
            ["1,200 / 3 = 300", "40 × 30 = 1,300"],
        ),
        ("1,200 / 7 = 170 and 1.2 × 1.2 × 1.2 ≈ 2.4", ["1.2 × 1.2 × 1.2 ≈ 2.4"]),
        ("1 − 1 − 1 = −1, and 2 · 3 = 6, not 2 · 3 = 5, here.", ["2 · 3 = 5"]),
        ("−0.0648 × 0.125 ≈ −0.00813", []),
        ("x = 2, w x = 3 × 2 = 6 and y = 1 at w = 3", []),
    ],
)
def test_a_false_equation_is_found(caption, found):
    assert list(wrong(caption)) == found


@test_site.each_live_page
def test_the_captions_equations_hold(page):
    captions = {caption for *_, held in test_site.packed(page) for caption in held["c"]}
    assert [one for caption in sorted(captions) for one in wrong(caption)] == []
