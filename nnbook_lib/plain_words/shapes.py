"""On arrays that do not fit: products, broadcasting, axes, indices.

Rows of the table: (kinds of error, pattern of its text, what to say). What to say is a sentence in
which {0}, {1}, ... are the pattern's groups, or a function of the match and the place.
"""

from __future__ import annotations

import ast
import re

import numpy as np

from .place import Place

FITS = (
    "Sizes are compared from the last axis, and fit if they are equal or one of them is 1: "
    "`[:, None]` adds an axis, `.T` exchanges two, `keepdims=True` keeps the one that a sum or a "
    "mean is taken over."
)


def product(match: re.Match, place: Place) -> str:
    """The inner sizes of a product; which factor to transpose, if that helps."""
    first, second = match.groups()
    if match.string.startswith("matmul"):  # which names the second first
        first, second = second, first
    said = (
        "The inner sizes of a product must agree, and here the first factor ends with "
        f"{first} and the second begins with {second}: write the shape of each factor beside it."
    )
    return said + place.shapes() + (_turned(place) or " Often one of them needs `.T`.")


def _turned(place: Place) -> str:
    """A product that would fit, with one factor transposed."""
    code = place.code
    if not (isinstance(code, ast.BinOp) and isinstance(code.op, ast.MatMult)):
        return ""
    a, b = place.value(code.left), place.value(code.right)
    if not (isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and a.ndim and b.ndim == 2):
        return ""
    left, right = ast.unparse(code.left), ast.unparse(code.right)
    if a.shape[-1] == b.shape[1]:
        return f" `{left} @ {right}.T` fits.".replace(".T.T", "")
    if a.ndim == 2 and a.shape[0] == b.shape[0]:
        return f" `{left}.T @ {right}` fits.".replace(".T.T", "")
    return ""


def broadcast(match: re.Match, place: Place) -> str:
    """Which axis does not fit."""
    shapes = [_sizes(s) for s in re.findall(r"(?<!>)\(([\d, ]*)\)", match.string)][:2]
    said = "The two arrays have shapes that do not fit"
    if len(shapes) == 2 and "remapped" not in match.string:
        a, b = shapes
        said += f", {a} and {b}"
        for k, (m, n) in enumerate(zip(a[::-1], b[::-1], strict=False), 1):
            if m != n and 1 not in (m, n):
                which = {1: "the last axis", 2: "the last axis but one"}.get(k, f"axis {-k}")
                said += f": in {which}, {m} meets {n}{_remedy(a, b)}"
                break
    return f"{said}. {FITS}{place.shapes()}"


def _remedy(a: tuple[int, ...], b: tuple[int, ...]) -> str:
    """What would make two shapes fit, if it is plain."""
    if a == b[::-1]:
        return "; `.T` of one has the shape of the other"
    short, long = sorted((a, b), key=len)
    if len(short) == 1 and len(long) == 2 and short[0] == long[0]:
        return f"; `[:, None]` makes a column of the array of {short[0]}, and that fits"
    return ""


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(n) for n in text.replace(" ", "").split(",") if n)


def out_of_bounds(match: re.Match, place: Place) -> str:
    """Which indices there are."""
    index, axis, size = match.groups()
    if size == "0":
        return f"Axis {axis} is empty: there is nothing to index.{place.shapes()}"
    return (
        f"Axis {axis} has size {size}: its indices run from 0 to {int(size) - 1}, the length minus "
        f"1, and {index} is not among them.{place.shapes()}"
    )


def no_axis(match: re.Match, place: Place) -> str:
    """Which axes there are."""
    count = int(match[2])
    if count == 0:
        if re.search(r"np\.(max|min)\(", place.line):
            return "The larger of two is `np.maximum(a, b)`: `np.max` takes b for an axis."
        return "A single number has no axes: is something summed already, or is `[...]` missing?"
    has = "only axis 0" if count == 1 else f"the axes 0 to {count - 1}"
    return (
        f"The array has {has}, and axis {match[1]} is wanted. A batch has shape (n, d), one row a "
        f"sample: `x[None, :]` makes one of a single sample.{place.shapes()}"
    )


def reshaped(match: re.Match, place: Place) -> str:
    """How many numbers there are, and how many places."""
    places = int(np.prod(_sizes(match[2])))
    if "-" in match[2] or places < 0:
        return f"{match[1]} numbers cannot be divided into such rows.{place.shapes()}"
    if places and int(match[1]) > places:  # numpy leaves a -1 out of its message
        return (
            f"`reshape` keeps all numbers, and {match[1]} of them fill no whole number of rows of {places}, "
            f"or there are more of them than places.{place.shapes()}"
        )
    return (
        f"There are {match[1]} numbers and {places} places for them. `reshape` keeps all numbers; "
        f"with -1 for one size, numpy works that one out.{place.shapes()}"
    )


NUMBER_OF_AXES = (
    "Given are {1} indices, and the number of axes is {0}.{shapes} `x[None, :]` and `x[:, None]` add an "
    "axis; did a sum, a mean or an index take one away?"
)
ROWS = [
    (ValueError, r"size (\d+) is different from (\d+)", product),
    (ValueError, r"not aligned: (\d+) \(dim \d+\) != (\d+)", product),
    (
        ValueError,
        r"matmul.*does not have enough dimensions",
        "`@` multiplies arrays, and one of these is a single number or None. With a number, write "
        "`*`; None comes from a function that does not end in `return`.{shapes}",
    ),
    (ValueError, r"operands could not be broadcast", broadcast),
    (
        ValueError,
        r"output operand with shape (\(.*?\)) doesn't match the broadcast shape (\(.*?\))",
        "`+=` and its like keep the shape of what stands at their left, {0}, and the result has "
        "shape {1}: write `x = x + y`, or sum over the axis that is too many, `y.sum(axis=0)`."
        "{shapes}",
    ),
    (
        ValueError,
        r"could not broadcast input array from shape (\(.*?\)) into shape (\(.*?\))",
        "What stands right of `=` has shape {0}, and the place for it {1}. " + FITS + "{shapes}",
    ),
    (
        ValueError,
        r"must have same first dimension, but have shapes (\(.*?\)) and (\(.*?\))",
        "A line needs as many x as y, and here are {0} and {1}.{shapes}",
    ),
    (
        ValueError,
        r"inhomogeneous",
        "The rows of an array must all be of one length, and these are not. Several results of "
        "different shapes go into a tuple, `a, b`, instead of an array.",
    ),
    (
        ValueError,
        r"setting an array element with a sequence",
        "One entry of an array takes one number, and a list or an array came.{shapes}",
    ),
    (ValueError, r"cannot reshape array of size (\d+) into shape \((.*?)\)", reshaped),
    (
        ValueError,
        r"all the input array dim|all input arrays must have the same shape",
        "Arrays are put together along one axis, and must agree in all others: print their shapes."
        "{shapes}",
    ),
    (
        ValueError,
        r"zero-dimensional arrays cannot be concatenated",
        "A single number cannot be put at the end of an array by itself: write `[number]`.",
    ),
    (
        ValueError,
        r"zero-size array|of an empty sequence|arg is an empty",
        "It is empty: there is no largest or smallest of nothing.{shapes}",
    ),
    (ValueError, r"negative dimensions", "A size is negative.{shapes}"),
    (
        ValueError,
        r"read-only",
        "This array may not be written into: take a copy first, `x = x.copy()`.",
    ),
    (
        ValueError,
        r"too many values to unpack \(expected (\d+)",
        "Left of `=` stand {0} names, and more values come. An array is unpacked along its first "
        "axis; several results of a function come in the order of its `return`.{shapes}",
    ),
    (
        ValueError,
        r"not enough values to unpack \(expected (?:at least )?(\d+), got (\d+)",
        "Left of `=` stand {0} names, and the number of values that come is {1}. An array of one "
        "axis has a shape of one number, `(n,)`.{shapes}",
    ),
    (ValueError, r"axis (-?\d+) is out of bounds for array of dimension (\d+)", no_axis),
    (IndexError, r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)", out_of_bounds),
    (
        IndexError,
        r"array is (\d+)-dimensional, but (\d+) were indexed",
        NUMBER_OF_AXES,
    ),
    (
        IndexError,
        r"boolean index did not match",
        "A condition used as an index needs one truth value for each entry of the array: the two "
        "shapes differ.{shapes}",
    ),
    (
        IndexError,
        r"tuple index out of range",
        "Indices run from 0 to the length minus 1. A shape has one size for each axis: an array of "
        "shape (n,) has `shape[0]` only.{shapes}",
    ),
    (IndexError, r"index out of range", "Indices run from 0 to the length minus 1."),
    (
        IndexError,
        r"only integers, slices|must be of integer|must be integer",
        "An index is a whole number, and so is each of an array of them: `n // 2` instead of "
        "`n / 2`, `.astype(int)` for labels that are floats.",
    ),
    (
        IndexError,
        r"invalid index to scalar",
        "A single number has no entries: leave the index out, or look where the sum was taken.",
    ),
]
