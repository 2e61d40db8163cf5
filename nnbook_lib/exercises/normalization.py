"""Exercises on batch normalization, for chapter 5."""
