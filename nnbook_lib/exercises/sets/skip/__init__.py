"""Exercises on skip connections, for chapter 5, in the order of the text."""

from . import block, stack, deep  # noqa: F401, I001
