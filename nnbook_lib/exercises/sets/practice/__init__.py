"""Exercises on training in practice, for chapter 6, in the order of the text."""

from . import numbers, diagnosis, loop  # noqa: F401, I001
