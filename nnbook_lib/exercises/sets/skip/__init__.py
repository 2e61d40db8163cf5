"""Exercises on skip connections, for chapter 5, in the order of the text."""

from . import blocks, deep  # noqa: F401
