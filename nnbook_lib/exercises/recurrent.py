"""Exercises on LSTM and GRU, for chapter 5."""
