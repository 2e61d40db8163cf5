"""Exercises on broken networks, for the clinic, in three parts."""

from . import clinic_first, clinic_second, clinic_third  # importing registers them, in this order

__all__ = ["clinic_first", "clinic_second", "clinic_third"]
