"""Exercises on training in practice, for chapter 6, in the order of the text."""

from . import measures, script  # noqa: F401
