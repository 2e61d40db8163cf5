"""Exercises on initialization, for chapter 5."""
