"""Exercises on activation functions, for chapter 5."""
