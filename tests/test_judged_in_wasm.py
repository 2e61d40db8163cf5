"""Every answer that the exercises know is judged in a page as it is here: the same verdict, the same
mistake named, and the same words.
"""

import re
from pathlib import Path

import pytest

from nnbook_lib.exercises import SETS, load

import judged

DRIVER = Path(judged.__file__).read_text(encoding="utf-8") + "\n\ncount_looks()\n"
NUMBER = re.compile(r"-?\d+\.?\d*(?:e[+-]?\d+)?")
FEW = 0.01  # of the reports may have a number that is rounded otherwise
CLINIC = ["clinic", "practice", "activations", "normalization"]
HALVES = {  # of about the same work, for two processes
    "clinic": CLINIC,
    "chapters": [prefix for prefix in SETS if prefix not in CLINIC],
}


def on_the_page(in_a_page, name):
    """The verdicts of an exercise, given by the page's Python."""
    return judged.unpacked(in_a_page(f"print(packed({name!r}))", DRIVER))


def unit(number):
    """What one more in the last printed digit is; numpy leaves out zeros behind the point, up to
    three. A whole number has no such digit.
    """
    digits, _, exponent = number.partition("e")
    _, point, behind = digits.partition(".")
    return 10.0 ** (int(exponent or 0) - (len(behind) or 3)) if point else 0.0


def near(one, other):
    """Whether two printed numbers differ by one in the last digit, or both come of a sum that is 0."""
    a, b = float(one), float(other)
    nothing = a * b == 0 and abs(a + b) < 1e-12
    return nothing or abs(a - b) < 1.5 * min(unit(one), unit(other)) or one == other


def almost_the_same(here, there):
    """Whether two reports say the same, but for the last printed digit of a number.

    The sums of a matrix product are added in another order there. So what cancels to 0 here may be 1e-17
    there, or -0, and then numpy sets the whole array in another way.
    """
    words = ["".join("".join(NUMBER.split(text)).split()) for text in (here, there)]
    numbers = [NUMBER.findall(text) for text in (here, there)]
    same = words[0] == words[1] and len(numbers[0]) == len(numbers[1])
    return same and all(map(near, *numbers))


@pytest.mark.parametrize(
    ("here", "there", "same"),
    [
        ("got = 0.440190", "got = 0.440191", True),
        ("[ 0.018 -0.   ]", "[ 0.018  0.   ]", True),
        ("[0. 0.]", "[0.000e+00 2.776e-17]", True),
        ("got = 0.44019", "got = 0.44", False),
        ("3.25e-09", "3.29e-09", False),
        ("at line 2", "at line 3", False),
        ("[1 2]", "[1 2 3]", False),
        ("x = 0.5 is wrong", "x = 0.5 is right", False),
    ],
)
def test_only_a_last_printed_digit_may_differ(here, there, same):
    assert almost_the_same(here, there) == same


@pytest.mark.parametrize("half", HALVES)
def test_every_known_answer_is_judged_on_a_page_as_here(half, in_a_page):
    """An answer that draws numbers of its own has other ones at each call; of it, right or wrong."""
    different, rounded, total = [], [], 0
    for name in load():
        if name.partition(".")[0] not in HALVES[half]:
            continue
        here, there = judged.verdicts(name), on_the_page(in_a_page, name)
        assert list(here) == list(there)
        total += len(here)
        for which, (status, mistake, words) in here.items():
            other, its, others = there[which]
            if (status, mistake) == (other, its) and almost_the_same(words, others):
                rounded += [f"{name}, {which}"] if words != others else []
            elif status != other or words == judged.verdicts(name)[which][2]:
                different.append(f"{name}, {which}:\n{words}\non the page:\n{others}")
    assert not different, "\n\n".join(different)
    assert len(rounded) <= FEW * total, rounded
