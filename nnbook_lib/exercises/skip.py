"""Exercises on skip connections, for chapter 5."""
