"""Exercises on initialization, for chapter 5, in the order of the text."""

from . import rules, matrices  # noqa: F401, I001
