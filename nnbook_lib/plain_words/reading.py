"""On code that Python cannot read, and on what does not fit into memory.

Rows of the table, as in shapes.py.
"""

from __future__ import annotations

INSIDE = "What belongs to a line that ends in `:` stands below it, indented by four spaces."
TOO_LARGE = (
    "That is more than fits into memory. Multiply the sizes of its axes: is one of them a value that "
    "was meant to be an entry?"
)

ROWS = [
    (TabError, r"", "Indent by spaces only: four of them in place of each tab."),
    (IndentationError, r"expected an indented block", INSIDE),
    (
        IndentationError,
        r"unindent does not match",
        "This line begins neither where the line before begins nor where an outer one does: count the "
        "spaces at the beginnings of the lines.",
    ),
    (
        IndentationError,
        r"unexpected indent",
        "This line begins further right than the one before, which does not end in `:`. Take the "
        "spaces at its beginning away.",
    ),
    (
        SyntaxError,
        r"invalid character '([“”‘’])'",
        "{0} is a typographer's quotation mark, as text programs set them. Python's are straight: "
        "`\"` and `'`.",
    ),
    (
        SyntaxError,
        r"invalid (?:non-printable )?character",
        "Python has no such sign. Was the line copied from a text? Type it anew: `<=`, `*`, `-`.",
    ),
    (
        SyntaxError,
        r"'return' outside function",
        "`return` belongs into a function: indent the line by four spaces below its `def` line.",
    ),
    (
        SyntaxError,
        r"'([(\[{])' was never closed",
        "Count the brackets: to each `{0}` belongs a closing one.",
    ),
    (
        SyntaxError,
        r"expected ':'",
        "A line with `def`, `if`, `else`, `for`, `while` or `class` ends in a colon.",
    ),
    (SyntaxError, r"unterminated", "A text ends in the same quotation mark as it begins with."),
    (
        SyntaxError,
        r"^invalid syntax(?!\.)",
        "Python cannot read this line. Look here, and at the end of the line before, for a bracket, a "
        "comma, a colon or an operator that is missing or one too many, and for a misspelled word.",
    ),
    (
        SyntaxError,
        r"positional argument follows keyword argument",
        "After an argument with a name, as `lr=...`, each needs its name. Is the comma a decimal one? "
        "Python writes a point: `0.1`.",
    ),
    (MemoryError, r"", TOO_LARGE),
    (ValueError, r"array is too big|[Mm]aximum allowed (?:size|dimension)", TOO_LARGE),
]
