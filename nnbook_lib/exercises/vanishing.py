"""Exercises on vanishing gradients, for chapter 4."""
