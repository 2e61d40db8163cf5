"""Exercises on activation functions, for chapter 5, in the order of the text."""

from . import slopes, averages, jacobian, units, prelu  # noqa: F401, I001
