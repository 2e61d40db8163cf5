"""Exercises on batch normalization, for chapter 5, in the order of the text."""

from . import formulas, backward, numbers, layer  # noqa: F401, I001
