"""Exercises on initialization, for chapter 5, in the order of the text."""

from . import twins, rules, initializer, variance, matrices  # noqa: F401, I001
