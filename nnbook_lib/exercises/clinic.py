"""Exercises on broken networks, for the clinic."""
