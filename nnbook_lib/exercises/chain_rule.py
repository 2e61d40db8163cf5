"""Exercises on the chain rule and backpropagation, for chapter 2."""
