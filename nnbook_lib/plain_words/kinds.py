"""On things of the wrong kind: None, lists, text, numbers where arrays are wanted, and the reverse.

Rows of the table, as in shapes.py.
"""

from __future__ import annotations

import re

from .place import Place

LIST = r"'(?:list|tuple)'"
FUNCTION = r"'(?:function|method|builtin_function_or_method|type|numpy\.ufunc)'"
OPERATORS = r"unsupported operand|bad operand|not supported between"


def nothing(match: re.Match, place: Place) -> str:
    """Which name is None, and where None comes from."""
    names = [name for name, value in place.those(lambda v: v is None)]
    what = f"`{names[0]}` is None" if names else "Something here is None"
    return (
        f"{what}: an argument that was not given, the result of a function that does not end in `return`, "
        "or of a method such as `.sort()` and `.append()`, which changes its list and gives nothing back."
    )


def one_number(match: re.Match, place: Place) -> str:
    """Where one number is wanted and an array came: by `math`, most often."""
    used = dict.fromkeys(re.findall(r"\bmath\.(\w+)", place.line))
    used |= dict.fromkeys(n for n, f in place.those(callable) if _of_math(f) and "." not in n)
    if used:
        mine, ours = (", ".join(f"`{m}.{n}`" for n in used) for m in ("math", "np"))
        verb = "takes" if len(used) == 1 else "take"
        return f"{mine} {verb} one number. For an array, each entry at once, write {ours}."
    return (
        "One number is wanted here, and a whole array or a list came. The functions of `math` take "
        "one number: write `np.exp`, `np.log`, `np.sqrt` instead. An index takes one entry out of "
        f"an array: `x[0]`.{place.shapes()}"
    )


def _of_math(function: object) -> bool:
    return getattr(function, "__module__", None) == "math"


ROWS = [
    (
        TypeError,
        r"for \^=?:|bitwise_xor",
        "A power is written `**`: `x**2`, and the root `x**0.5`. `^` means something else in Python.",
    ),
    ((TypeError, AttributeError, ValueError), r"NoneType", nothing),
    (
        TypeError,
        r"arrays can be converted to Python scalars|must be real number, not (?:list|tuple|numpy)",
        one_number,
    ),
    (
        TypeError,
        rf"(?:{OPERATORS}).*{FUNCTION}",
        "One of these is a function, not a number: call it, with its arguments in parentheses.",
    ),
    (
        TypeError,
        r"concatenate str|(?:unsupported operand|not supported between|bad operand).*'str'|"
        r"dtype\('<U|StrDType|string multiply|type 'str'|not \"?'?str",
        'Text, in quotes, does not calculate with numbers. `float("3")` makes a number of text; to '
        'print both, put a comma between them or write an f-string, f"{{x}}".',
    ),
    (
        TypeError,
        rf"can't multiply sequence|concatenate (?:list|tuple)|(?:{OPERATORS}).*{LIST}|abs\(\): {LIST}",
        "A list, or a text, does not calculate entry by entry: make an array of it first, `np.array(...)`.",
    ),
    (
        TypeError,
        r"(?:unsupported operand|bad operand|not supported between).*'(?:dict|set)'",
        "A dict or a set does not calculate: take the values out of it by their keys.",
    ),
    (
        TypeError,
        r"Cannot cast ufunc '\w+' output from dtype\('(\w+)'\) to dtype\('(\w+)'\)",
        "`+=` and its like write into the array, which holds {1} and has no room for {0}: an array "
        "of whole numbers keeps no fractions. Make it one of floats, `x = x.astype(float)`, or "
        "write `x = x + ...`.",
    ),
    (
        TypeError,
        r"ufunc '\w+' not supported for the input types|loop of ufunc does not support",
        "numpy can calculate with numbers only, and this array holds something else, or rows of "
        "different lengths: print it, and its dtype.",
    ),
    (
        ValueError,
        r"truth value of an array",
        "`if`, `and`, `or`, `not`, `min` and `max` want one truth value, and an array has one for "
        "each entry. Entry by entry it is `np.where(condition, a, b)`, `(a > 0) & (a < 1)` and "
        "`np.maximum(a, b)`; for all of them, `.any()` or `.all()`.",
    ),
    (
        TypeError,
        r"unhashable type: '([\w.]+)'",
        "What can change, as a list or an array does, cannot be a key of a dict, stand in a set, or "
        "go to a cached function: use a tuple, `tuple(x)`.",
    ),
    (
        TypeError,
        r"object of type '(?:int|float|numpy\.\w+)' has no len|len\(\) of unsized|"
        r"'(?:int|float|bool|numpy\.\w+)' object is not iterable|iteration over a 0-d",
        "A single number has no length and no entries to run through. To count, write `range(n)`.",
    ),
    (
        TypeError,
        r"cannot unpack non-iterable (\w+)",
        "Left of `=` stand several names, and a single {0} comes. Does the function return as many?",
    ),
    (
        TypeError,
        r"'function' object is not (?:iterable|subscriptable)|"
        r"'(?:builtin_function_or_method|numpy\.ufunc|method)' object is not (?:iter|subscr)",
        "This is a function: call it with parentheses, `f(x)`. Square brackets are for entries.",
    ),
    (
        TypeError,
        r"object is not subscriptable",
        "Square brackets take an entry out of an array, a list or a dict, and this is none: has it "
        "become a single number?",
    ),
    (
        TypeError,
        r"(?:list|tuple) indices must be integers or slices, not tuple",
        "A list takes one index at a time, `x[i][j]`. `np.array(x)[i, j]` takes both.",
    ),
    (
        TypeError,
        r"Cannot interpret .* as a data type",
        "The sizes of an array go into one tuple: `np.zeros((2, 3))`.",
    ),
    (
        TypeError,
        r"indices must be integers|'(?:numpy\.)?float\d*' object cannot be interpreted as an int|"
        r"expected a sequence of integers",
        "A whole number is wanted here: `n // 2` instead of `n / 2`, or `int(...)`.",
    ),
    (
        TypeError,
        r"'(?:tuple|list)' object cannot be interpreted as an integer",
        "A single whole number is wanted here, and several came. `np.random.randn` takes its sizes "
        "one by one; `rng.normal(size=(2, 3))` takes them together.",
    ),
    (
        TypeError,
        r"only integer scalar arrays",
        "One whole number is wanted here, and an array came. To put arrays together, give them in "
        "one list: `np.concatenate([a, b])`.",
    ),
    (
        TypeError,
        r"does not support item assignment",
        "Its entries cannot be set: it is a tuple, a text or a single number. Make an array of it, "
        "`np.array(...)`.",
    ),
    (
        TypeError,
        r"unsupported format string passed to numpy\.ndarray",
        "A format such as `:.2f` is for one number. Of an array, write one entry, or "
        "`np.round(x, 2)`.",
    ),
    (
        ValueError,
        r"could not convert string|invalid literal for int",
        "This text is not the text of a number.",
    ),
    (
        ZeroDivisionError,
        r"",
        "The divisor is 0 here: which of its values makes it so? A sum of nothing, an empty batch, a "
        "step of 0?",
    ),
    (
        ValueError,
        r"math domain error|expected a (?:positive|nonneg)",
        "A logarithm wants a number above 0, and a root one that is not negative.",
    ),
    (
        OverflowError,
        r"range error|out of range|too large",
        "The number is too large for a computer's floats, which end at 1.8e308: e to the power of "
        "710 is beyond them.",
    ),
    (
        (FloatingPointError, RuntimeWarning),
        r"divide by zero",
        "A division by 0, or the logarithm of 0, gives infinity: which entry is 0?",
    ),
    (
        (FloatingPointError, RuntimeWarning),
        r"invalid value",
        "0/0, infinity minus infinity, the root or logarithm of a negative number gives NaN.",
    ),
    (
        (FloatingPointError, RuntimeWarning),
        r"overflow",
        "A number becomes too large: subtract the largest before `np.exp`, or take a smaller step.",
    ),
]
