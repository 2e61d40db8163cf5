"""Exercises on recurrent networks, LSTM and GRU, for chapter 5, in the order of the text."""

from . import plain, lstm, gates, depth  # noqa: F401, I001
