"""Errors of Python and numpy in a beginner's words: each kind by code that beginners write."""

import linecache
import warnings

import numpy as np
import pytest

import nnbook_lib as nn
from nnbook_lib.live import Explorer
from nnbook_lib.plain_words import in_plain_words
from nnbook_lib.plain_words.place import place_of

START = """
import math, numpy as np, nnbook_lib as nn
x, W, v, b, i = np.ones((2, 3)), np.ones((4, 3)), np.ones(3), np.ones(2), np.arange(3)
def forgets(u): np.exp(u)
def calls_itself(n): return calls_itself(n)
class Own:
    def forward(x): return x
    def backward(self, dy): return dy
"""
CODE = {
    "1.5 ^ 2": "`**`",
    "x ^ 0.5": "`**`",
    "math.exp(x)": "write `np.exp`",
    "math.log(1 + math.exp(v))": "write `np.log`, `np.exp`",
    "math.sqrt([1, 2])": "`np.sqrt`",
    "float(x)": "One number is wanted",
    "y = forgets(x)\ny + 1": "`y` is None",
    "1 - forgets(x)": "does not end in `return`",
    "forgets(x).sum()": "does not end in `return`",
    "forgets(x)[0]": "does not end in `return`",
    "x @ forgets(x)": "does not end in `return`",
    "x + W": "(2, 3) and (4, 3): in the last axis but one, 2 meets 4",
    "x * b": "`[:, None]` makes a column of the array of 2",
    "x + x.T": "`.T` of one has the shape of the other",
    "x -= np.ones((4, 2, 3))": "keep the shape",
    "x @ W": "`x` has shape (2, 3) and `W` (4, 3). `x @ W.T` fits.",
    "W @ x": "`W @ x.T` fits",
    "b @ W": "begins with 4",
    "np.dot(x, W)": "ends with 3 and the second begins with 4",
    "x @ 3": "write `*`",
    "1.5 * [1, 2]": "`np.array(...)`",
    "[1, 2] - [3, 4]": "`np.array(...)`",
    "[1, 2] + 1": "`np.array(...)`",
    "-[1, 2]": "`np.array(...)`",
    "[1, 2].sum()": "A list has no `.sum`",
    "(1, 2).T": "A tuple has no `.T`",
    "[[1, 2]][0, 1]": "x[i][j]",
    "2(x + 1)": "`2 * (x + 1)`",
    "x(0)": "`x`, is an array, not a function",
    "x.T()": "leave its parentheses out",
    "sum = 3\nsum(v)": "may stand for something else",
    "np = 3\nnp.exp(v)": "import it again",
    "0 < x < 1": "`np.where(condition, a, b)`",
    "max(0, x)": "`np.maximum(a, b)`",
    "i += 0.5": "`x = x.astype(float)`",
    "i /= 2": "`x = x.astype(float)`",
    "np.Exp(x)": "`np.exp`",
    "np.sigmoid(x)": "`nn.sigmoid`",
    "np.float": "write `float`",
    "sigmoid(x)": "`nn.sigmoid`",
    "Exp(x)": "`np.exp`",
    "math.tanhh(1)": "`math.tanh`",
    "plt.plot(x)": "`import matplotlib.pyplot as plt`",
    "wieght = 1\nweight": "`wieght`",
    "x[2]": "run from 0 to 1",
    "[1, 2][2]": "from 0 to the length minus 1",
    "v.shape[1]": "`shape[0]` only",
    "v[0, 1]": "2 indices, and the number of axes is 1",
    "x[0.5]": "`n // 2`",
    "np.eye(3)[v]": "`.astype(int)`",
    "v.sum()[0]": "leave the index out",
    "v.sum(axis=1)": "only axis 0",
    "np.max(0, 1)": "`np.maximum(a, b)`",
    "p, q = 1, 2, 3": "stand 2 names, and more values",
    "p, q = v.shape": "number of values that come is 1",
    "p, q = 1": "a single int comes",
    "nn.Dense(2)": "'d_out'",
    "(lambda x: x)(1, 2)": "takes 1 argument by position; given: 2",
    "np.sum(x, axs=1)": "`axis`",
    "Own().forward(x)": "def forward(self, ...)",
    "Own().backward(x, x)": "takes 2 arguments by position; given: 3, self among them",
    "nn.Dense.forward(x=x)": "make an object first",
    "np.array([[1, 2], [3]])": "all be of one length",
    "v[0] = [1, 2]": "takes one number",
    "v[:2] = v": "the place for it (2,)",
    "1 / 0": "The divisor is 0",
    "math.log(0)": "above 0",
    "math.exp(1000)": "too large",
    "np.errstate(all='raise').__enter__()\nnp.log(v - 1)": "gives infinity",
    "{[1]: 2}": "`tuple(x)`",
    "'a' + 1": "in quotes",
    "1 + 'a'": "in quotes",
    "v + 'a'": "in quotes",
    "(1.5).shape": "A single number has no `.shape`",
    "(3).sum()": "`np.sum(x)`",
    "v.append(1)": "`np.concatenate([a, b])`",
    "len(3)": "`range(n)`",
    "for k in 3: pass": "`range(n)`",
    "range(1.5)": "A whole number",
    "np.zeros(2, 3)": "`np.zeros((2, 3))`",
    "np.concatenate(v, v)": "`np.concatenate([a, b])`",
    "x.reshape(4, 2)": "6 numbers and 8 places",
    "np.exp[v]": "with parentheses",
    "np.exp + 1": "call it",
    "(1, 2)[0] = 3": "cannot be set",
    "f'{v:.2f}'": "`np.round(x, 2)`",
    "calls_itself(1)": "a case where it stops",
    "def f():\n  n += 1\nf()": "give `n` a value",
    "{'a': 1}['b']": "no key 'b'",
}


def raised(code):
    """What the code raises, run as a cell of a notebook."""
    linecache.cache["<cell>"] = len(code), None, code.splitlines(keepends=True), "<cell>"
    space = {}
    exec(START, space)
    with np.errstate(), warnings.catch_warnings(), pytest.raises(Exception) as caught:
        warnings.simplefilter("ignore")
        exec(compile(code, "<cell>", "exec"), space)
    return caught.value


@pytest.mark.parametrize(("code", "words"), CODE.items(), ids=CODE)
def test_an_error_that_beginners_meet_is_explained(code, words):
    assert words in in_plain_words(raised(code))


def test_what_is_not_in_the_table_gets_no_words():
    for error in (ValueError("of another kind"), KeyboardInterrupt(), OSError(2, "no file")):
        assert in_plain_words(error) == ""


def test_an_error_without_words_breaks_nothing():
    class Mute(TypeError):
        def __str__(self):
            raise RuntimeError

    assert in_plain_words(Mute()) == ""


def test_the_line_is_the_readers_own_even_if_a_package_raises():
    error = raised("y = nn.functions.softmax(\n    x @ W)\n")
    assert str(place_of(error)) == "line 2: `x @ W)`"
    assert str(place_of(raised("np.linalg.norm('a')"))).startswith("line 1")
    assert str(place_of(ValueError())) == ""


def squares(fig, a=1):
    fig.subplots().plot(np.arange(3.0), np.arange(3.0) ^ a)
    return "Squares."


def test_a_live_figure_explains_what_its_draw_raises():
    with pytest.raises(RuntimeError, match=r"squares: drawing it at a=1 .* `\*\*`: `x\*\*2`"):
        _ = Explorer(squares, "squares", {"a": (1, 2)}).svg


def test_importing_the_library_suffices_for_its_names():
    assert "nn.relu" in in_plain_words(raised("relu(x)")) and nn.relu
