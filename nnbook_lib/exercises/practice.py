"""Exercises on training in practice, for chapter 6."""
