"""Exercises on gradient descent, for chapter 3."""
