"""Formulas: what Temml is given, what is made of its MathML, and what happens when one is wrong."""

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
formulas = pytest.importorskip("nnbook_site.formulas")
# https://www.w3.org/TR/mathml-core/#html-parser: all that browsers agree on
CORE = set(
    "annotation annotation-xml maction math merror mfrac mi mmultiscripts mn mo mover mpadded "
    "mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr "
    "munder munderover semantics".split()
)


def words(tex, display=False):
    """The tags and letters of a formula, one after the other."""
    return re.findall(r"<(\w+)|([^<>]+)(?=<)", formulas.typeset(tex, display))


def letters(tex):
    return "".join(text for _, text in words(tex))


@pytest.mark.parametrize(
    "tex",
    [
        r"\hat y = \frac{1}{1 + e^{-u}}",
        r"\overline{g^2} + \sqrt{v} + \binom{n}{k}",
        r"\underbrace{x + y}_{\text{a sum}} \cdot \boxed{\delta}",
        r"f(u) = \begin{cases} u & u > 0 \\ \alpha(e^u - 1) & u \le 0 \end{cases}",
        r"\begin{aligned} a &= b \\ c &= \prod_l \lVert W_l \rVert \end{aligned}",
        r"\mathbb{E}\,\mathcal{N}\,\mathbf{W} \quad \left(\frac ab\right)^2 \bigl(x\bigr)",
    ],
)
@pytest.mark.parametrize("display", [True, False])
def test_a_formula_is_what_every_browser_draws(tex, display):
    math = ElementTree.fromstring(f"<p>{formulas.typeset(tex, display)}</p>")
    assert {e.tag for e in math.iter()} - {"p"} <= CORE
    assert [e.get("display") for e in math] == (["block"] if display else [None])
    classes = {name for e in math.iter() for name in e.get("class", "").split()}
    sheet = (ROOT / "book/_ext/nnbook_site/static/formulas.css").read_text(encoding="utf-8")
    assert all(f".{name}" in sheet for name in classes)


@pytest.mark.parametrize("tex", [r"\frac{a}", r"\nosuchthing", "a_b_c", r"\begin{cases} a", "x^"])
def test_a_formula_that_cannot_be_read_is_an_error(tex):
    with pytest.raises(formulas.quickjs.JSException):
        formulas.typeset(tex, False)


def test_a_wrong_formula_is_reported_with_its_place(caplog):
    node = formulas.nodes.math(text=r"\nosuchthing")
    node.source, node.line = "chapter.ipynb", 7
    assert formulas._html(node, False) == ""
    assert "nosuchthing" in caplog.text
    place = caplog.records[0].location  # of the node, once Sphinx has set up its logging
    assert place is node or place.endswith("chapter.ipynb:7")


def test_two_numbers_are_two_and_a_large_one_is_one():
    assert ("mn", "") in words("(0,1)") and words("(0,1)").count(("mn", "")) == 2
    assert words("10{,}000").count(("mn", "")) == 1


def test_a_function_is_apart_from_the_factor_before_it():
    def spaces(tex):
        return words(tex).count(("mspace", ""))

    assert spaces(r"t \log p") == spaces(r"\log p") + 1
    assert spaces(r"t + \log p") == spaces(r"\log p")


def test_a_prime_is_raised_once():
    assert ("msup", "") not in words("f'(x)") and "′" in letters("f'(x)")


def test_only_a_wide_formula_in_a_line_may_be_broken():
    wide = "a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 = b_1 + b_2 + b_3 + b_4 + b_5"
    assert formulas.typeset(wide, True).count("<math") == 1
    assert formulas.typeset("u = W x + b", False).count("<math") == 1
    parts = ElementTree.fromstring(f"<p>{formulas.typeset(wide, False)}</p>")
    assert len(parts) > 5
    assert "".join(parts.itertext()) == letters(wide)
    for part in parts[:-1]:  # the sign before the break is drawn as one between two terms
        assert part[0][-1].tag == "mo" and part[0][-1].get("form") == "infix"


def test_no_line_breaks_inside_a_term():
    wide = (
        r"v_1\max(x, 0) + v_2\max(x - 1, 0) + 4\operatorname{relu}(x - \tfrac12) + v_4 + v_5 + v_6"
    )
    parts = ElementTree.fromstring(f"<p>{formulas.typeset(wide, False)}</p>")
    said = ["".join(part.itertext()).replace("\u2061", "") for part in parts]
    assert said == ["v1max(x,0)+", "v2max(x−1,0)+", "4relu(x−12)+", "v4+", "v5+", "v6"]
